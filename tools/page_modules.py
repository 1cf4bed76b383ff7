"""Which modules a page can ever import: what begins at its entry, late imports included, and nothing else.

The library has parts for servers and scripts alone (stores in files, the middleware of Starlette). In a page nothing
leads to them, and their bytes would be part of everybody's download.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping


def reachable(sources: Mapping[str, bytes], entries: Iterable[str]) -> dict[str, bytes]:
    """Return those of the `sources` that the modules `entries` import, at once or later, and the entries themselves.

    Args:
        sources: Name in the archive -> source: ``podio/areas/items.py``.
        entries: Dotted names of modules.
    """
    files = {_module(name): name for name in sources}
    found: set[str] = set()
    waiting = list(entries)
    while waiting:
        parts = waiting.pop().split(".")
        for end in range(1, len(parts) + 1):  # importing a module imports the packages above it
            module = ".".join(parts[:end])
            if module in files and module not in found:
                found.add(module)
                waiting.extend(_imports(ast.parse(sources[files[module]])))
    return {name: sources[name] for module, name in files.items() if module in found}


def _module(name: str) -> str:
    return name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _imports(node: ast.AST) -> Iterator[str]:
    """Yield what a module imports, and what may be a module of a package; not what only a type checker reads."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and isinstance(child.test, ast.Name) and child.test.id == "TYPE_CHECKING":
            for statement in child.orelse:
                yield from _imports(ast.Module(body=[statement], type_ignores=[]))
            continue
        if isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        elif isinstance(child, ast.ImportFrom) and child.module:
            yield child.module
            yield from (f"{child.module}.{alias.name}" for alias in child.names)
        elif isinstance(child, ast.Call) and _is_late_import(child.func) and child.args:
            argument = child.args[0]
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield argument.value
        yield from _imports(child)


def _is_late_import(function: ast.expr) -> bool:
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name == "import_module"
