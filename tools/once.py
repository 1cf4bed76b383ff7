"""Make something once and keep it in ``build/``: made again only when what it is made from changes."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from tools.runtime import BUILD, exclusive


def make_once(kind: str, parts: Iterable[bytes], make: Callable[[Path], None]) -> bytes:
    """Return what `make` writes into a file; make it once for the same `parts`.

    Two processes may need it at once: the first makes it, the second waits, and the file appears whole.
    """
    digest = hashlib.sha256()
    for part in parts:
        digest.update(hashlib.sha256(part).digest())
    target = BUILD / f"{kind}-{digest.hexdigest()[:16]}"
    if target.exists():
        return target.read_bytes()
    with exclusive(kind), tempfile.TemporaryDirectory(dir=BUILD) as scratch:
        if not target.exists():
            scratch_file = Path(scratch, "file")
            make(scratch_file)
            scratch_file.rename(target)
    return target.read_bytes()
