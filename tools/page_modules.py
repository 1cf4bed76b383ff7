"""Which modules a page can ever import: what begins at its entry, late imports included, and nothing else.

The library has parts for servers and scripts alone (stores in files, the middleware of Starlette). In a page nothing
leads to them, and their bytes would be part of everybody's download.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterable, Mapping


def reachable(sources: Mapping[str, bytes], entries: Iterable[str]) -> dict[str, bytes]:
    """Return those of the `sources` that the modules `entries` import, at once or later, and the entries themselves.

    Args:
        sources: Name in the archive -> source: ``podio/areas/items.py``.
        entries: Dotted names of modules.
    """
    files = {_module(name): name for name in sources}
    modules: set[str] = set()
    waiting = list(entries)
    while waiting:
        parts = waiting.pop().split(".")
        for end in range(1, len(parts) + 1):  # importing a module imports the packages above it
            module = ".".join(parts[:end])
            if module in files and module not in modules:
                modules.add(module)
                waiting.extend(imports(sources[files[module]].decode()))
    return {name: sources[name] for module, name in files.items() if module in modules}


@functools.lru_cache(maxsize=1024)  # a build reads each module twice: for what it leads to, and for what it needs
def imports(source: str) -> frozenset[str]:
    """Return the absolute names that a module imports, late imports included; of each what may be a module.

    What only a type checker reads is not among them.
    """
    visitor = _Imports()
    visitor.visit(ast.parse(source))
    return frozenset(visitor.names)


class _Imports(ast.NodeVisitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_If(self, node: ast.If) -> None:
        if not (isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"):
            self.generic_visit(node)
            return
        for statement in node.orelse:
            self.visit(statement)

    def visit_Import(self, node: ast.Import) -> None:
        self.names.update(alias.name for alias in node.names)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        if node.module and not node.level:
            self.names.add(node.module)
            self.names.update(f"{node.module}.{alias.name}" for alias in node.names)

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name == "import_module" and node.args and isinstance(node.args[0], ast.Constant):
            self.names.add(str(node.args[0].value))
        self.generic_visit(node)


def _module(name: str) -> str:
    return name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
