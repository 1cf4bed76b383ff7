"""The page's style sheets, as the site has them: one sheet with the sheets that it imports put into it.

Each would be a request of its own before the first paint. A sheet imports others by name, each into a cascade layer
(https://www.w3.org/TR/css-cascade-5/#layering): the order of the imports says which of them wins.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

_IMPORT = re.compile(rb'^@import url\("([^"]+)"\) layer\((\w+)\);\n', re.MULTILINE)
_COMMENT = re.compile(rb"/\*(?!!).*?\*/", re.DOTALL)
_INDENT = re.compile(rb"\n\s+")
_CHARSET = re.compile(rb'^@charset "[^"]*";')


def parts(name: str, sources: Mapping[str, bytes]) -> list[str]:
    """Return the sheets that a sheet imports, in their order."""
    return [_address(name, match) for match in _IMPORT.finditer(sources[name])]


def joined(name: str, sources: Mapping[str, bytes]) -> bytes:
    """Return the sheet with each sheet that it imports in the place of its import, without comments and indents.

    They are a tenth of what the first paint waits for; a comment that begins with ``/*!``, as licences do, stays.
    """

    def layer(match: re.Match[bytes]) -> bytes:
        content = _CHARSET.sub(b"", sources[_address(name, match)])
        return b"@layer %s {\n%s\n}\n" % (match[2], content.strip())

    return _INDENT.sub(b"\n", _COMMENT.sub(b"", _IMPORT.sub(layer, sources[name])))


def _address(name: str, match: re.Match[bytes]) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), match[1].decode()))
