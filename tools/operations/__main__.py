"""Write `podio.areas` and docs/operations.md from the table: ``python -m tools.operations``."""

from __future__ import annotations

from tools.operations.generate import write

if __name__ == "__main__":
    write()
