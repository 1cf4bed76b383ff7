"""What pypodio2 misses of Python 2, and no more: its own code runs unchanged.

Its text is Python 2's ``str``, bytes that look like text: here a text of which each character is one byte (ISO 8859-1),
which ``http.client`` sends as these bytes.
"""

from __future__ import annotations

import builtins
import importlib.util
import sys
import urllib
import urllib.parse
from pathlib import Path


class _Iteration:
    """A generator with Python 2's ``next``."""

    def __init__(self, generator):
        self.next = generator.__next__


def prepare():
    """Make ``import pypodio2.api`` work."""
    urllib.urlencode = urllib.parse.urlencode
    urllib.quote_plus = urllib.parse.quote_plus
    # No text of ours is one: it need not be encoded.
    builtins.unicode = type("unicode", (), {})
    # "from encode import …" means the module beside the one that says so.
    package = importlib.util.find_spec("pypodio2")
    sys.path.append(str(Path(package.origin).parent))
    encode = importlib.import_module("encode")
    encode.multipart_yielder.__next__ = encode.multipart_yielder.next
    blocks = encode.MultipartParam.iter_encode
    encode.MultipartParam.iter_encode = lambda *args: _Iteration(blocks(*args))
