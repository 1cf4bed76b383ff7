"""The page's JavaScript modules, as the site has them: a module with the modules that it imports put into it.

Each would be a request of its own before Python. The modules must have no two names at their top level in common, and
import each other by name alone; `make check` looks at the former.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

_IMPORT = re.compile(rb'^import \{[^}]*\} from "(\.[^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(rb"^export (?=(?:async |const |let |function |class ))", re.MULTILINE)


def parts(name: str, sources: Mapping[str, bytes]) -> list[str]:
    """Return the modules that a module imports, at first or second hand, each after those that it imports itself."""
    names: list[str] = []
    for match in _IMPORT.finditer(sources[name]):
        imported = posixpath.normpath(posixpath.join(posixpath.dirname(name), match[1].decode()))
        names += [part for part in [*parts(imported, sources), imported] if part not in names]
    return names


def joined(name: str, sources: Mapping[str, bytes]) -> bytes:
    """Return the module with all that it imports in front of it; what it exports itself stays exported."""
    before = [_EXPORT.sub(b"", sources[part]) for part in parts(name, sources)]
    return b"\n".join(_IMPORT.sub(b"", source) for source in [*before, sources[name]])
