"""Make something once and keep it in ``build/``: made again only when what it is made from changes."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from tools.runtime import BUILD, exclusive


def made_once(kind: str, parts: Iterable[bytes], make: Callable[[Path], None]) -> bytes:
    """Return what `make` writes into the file it is given; made once for the same `parts`.

    Two processes may ask at once: one makes it, the other waits, and the file appears whole.
    """
    digest = hashlib.sha256()
    for part in parts:
        digest.update(hashlib.sha256(part).digest())
    target = BUILD / f"{kind}-{digest.hexdigest()[:16]}"
    if target.exists():
        return target.read_bytes()
    with exclusive(kind), tempfile.TemporaryDirectory(dir=BUILD) as scratch:
        if not target.exists():
            made = Path(scratch, "made")
            make(made)
            made.rename(target)
    return target.read_bytes()
