"""Write ``podio/sync/__init__.pyi``, the types of the synchronous library: ``python -m tools.sync_types``.

They are made of the asynchronous sources: the same classes, methods and documentation without ``async``. At run time
`podio.sync` makes the same of the classes themselves, so that nothing stands twice.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYAPP = ROOT / "pyapp"
TARGET = PYAPP / "podio" / "sync" / "__init__.pyi"

HEAD = '''"""The library for synchronous programs: the same names without ``await``.

Made by ``python -m tools.sync_types`` of the asynchronous sources: edit those.
"""

'''

PUBLIC = ["App", "Item", "ItemQuery", "Iteration", "Podio"]

ITERATION = '''
_T = TypeVar("_T")


class Iteration(Iterator[_T]):
    """What comes one by one, each waited for: ``for``, and `close` (or ``with``) to end it early."""

    def __next__(self) -> _T: ...
    def __enter__(self) -> Self: ...
    def __exit__(self, *_: object) -> None: ...
    def close(self) -> None:
        """End it: what it holds open is closed."""
'''

LEFT_OUT = {"__aenter__", "__aexit__", "__aiter__", "__anext__", "__init_subclass__", "aclose", "stream_call"}
OPERATORS = {
    "__and__",
    "__contains__",
    "__delitem__",
    "__eq__",
    "__ge__",
    "__getitem__",
    "__iter__",
    "__le__",
    "__len__",
    "__ne__",
    "__setitem__",
    "__str__",
}
FRONTS: tuple[tuple[str, str], ...] = (
    ("podio._paging", "ItemIterator"),
    ("podio._objects._app", "App"),
    ("podio._objects._item", "Item"),
    ("podio._objects._query", "ItemQuery"),
)
"""The classes, besides the client and the areas, that have a front: module and name."""

ATTRIBUTES = {"App": ["fields: AppFields", "value: model.App"], "Item": ["app: App", "value: model.Item"]}
"""What instances of these have besides what their classes say."""

CLIENT_ATTRIBUTES = ["api_url", "authorize_url", "client_id", "push_url", "token_url"]
ASYNC_ITERATORS = {"AsyncGenerator", "AsyncIterator", "AsyncIterable"}
DOCSTRINGS = {
    "__enter__": "Return the client itself; `close` is called at the end.",
    "__exit__": "Call `close`.",
    "close": "End the client: store what the store could not take before; close the HTTP client, unless it was given.",
}


@dataclass
class Source:
    """A module's source: its classes, and where its names come from."""

    name: str
    tree: ast.Module = field(init=False)
    origins: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        path = PYAPP / self.name.replace(".", "/")
        file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        self.tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in self._statements(self.tree.body):
            if isinstance(node, ast.ImportFrom):
                self.origins |= {
                    alias.asname or alias.name: f"from {node.module} import {alias.name}" for alias in node.names
                }
            elif isinstance(node, ast.Import):
                self.origins |= {alias.name.partition(".")[0]: f"import {alias.name}" for alias in node.names}
            else:
                self.origins |= {name: f"from {self.name} import {name}" for name in _defined(node)}

    def _statements(self, body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
        for node in body:
            if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
                yield from node.body
            else:
                yield node

    def class_of(self, name: str) -> ast.ClassDef:
        """Return a class of the module."""
        return next(node for node in self.tree.body if isinstance(node, ast.ClassDef) and node.name == name)

    def module_of(self, name: str) -> str:
        """Return the module that a name was imported from."""
        return self.origins[name].split()[1]


def _defined(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        return [node.name]
    if isinstance(node, ast.Assign):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    return [node.target.id] if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) else []


class Writer:
    """Writes classes, and remembers what they need to be imported."""

    def __init__(self, own_names: set[str]) -> None:
        self.imports: dict[str, str] = {}
        self._own_names = own_names

    def methods(self, source: Source, node: ast.ClassDef) -> list[str]:
        """Return a class's public methods and properties, without ``async``."""
        lines = []
        for entry in node.body:
            if isinstance(entry, ast.FunctionDef | ast.AsyncFunctionDef) and self._is_shown(entry.name):
                lines += self.function(source, entry)
        return lines

    def function(self, source: Source, node: ast.FunctionDef | ast.AsyncFunctionDef, name: str = "") -> list[str]:
        """Return a method's signature and documentation, without ``async``."""
        for annotation in self._annotations(node):
            self._import(source, annotation)
        arguments = ast.parse(f"def f({ast.unparse(node.args)}): ...").body[0]
        assert isinstance(arguments, ast.FunctionDef)
        if arguments.args.args:
            arguments.args.args[0].annotation = None
        returns = self._returned(node)
        lines = [f"@{ast.unparse(decorator)}" for decorator in node.decorator_list if _is_property(decorator)]
        lines.append(f"def {name or node.name}({_with_short_defaults(arguments.args)}) -> {returns}:")
        lines += _documentation(DOCSTRINGS.get(name) or ast.get_docstring(node))
        return lines

    def _returned(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
        returned = node.returns
        assert returned is not None, node.name
        if isinstance(returned, ast.Subscript) and ast.unparse(returned.value) in ASYNC_ITERATORS:
            entry = returned.slice.elts[0] if isinstance(returned.slice, ast.Tuple) else returned.slice
            return f"Iteration[{ast.unparse(entry)}]"
        return ast.unparse(returned)

    def _is_shown(self, name: str) -> bool:
        return name not in LEFT_OUT and (not name.startswith("_") or name in OPERATORS)

    def _annotations(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.expr]:
        arguments = node.args
        for argument in (*arguments.posonlyargs, *arguments.args[1:], *arguments.kwonlyargs):
            if argument.annotation is not None:
                yield argument.annotation
        for rest in (arguments.vararg, arguments.kwarg):
            if rest is not None and rest.annotation is not None:
                yield rest.annotation
        if node.returns is not None:
            yield node.returns

    def _import(self, source: Source, annotation: ast.expr) -> None:
        for node in ast.walk(annotation):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                continue
            if not isinstance(node, ast.Name) or node.id in self._own_names or node.id in ASYNC_ITERATORS:
                continue
            origin = source.origins.get(node.id)
            if origin is None:
                continue  # a builtin
            if self.imports.setdefault(node.id, origin) != origin and not _is_same(self.imports[node.id], origin):
                raise SystemExit(f"{node.id} means two things: {origin}; {self.imports[node.id]}")


def _is_same(first: str, second: str) -> bool:
    """Whether two imports give the same: one of them of a module that imports it itself."""
    modules = [statement.split()[1] for statement in (first, second)]
    name = first.split()[-1]
    origins = [Source(module).origins.get(name, "") for module in modules if module.startswith("podio")]
    return first in origins or second in origins or len(set(origins)) == 1


def _is_property(decorator: ast.expr) -> bool:
    return ast.unparse(decorator) == "property" or ast.unparse(decorator).endswith(".setter")


def _with_short_defaults(arguments: ast.arguments) -> str:
    def short(value: ast.expr | None) -> ast.expr | None:
        return value if value is None or isinstance(value, ast.Constant) else ast.Constant(value=...)

    arguments.defaults = [default for value in arguments.defaults if (default := short(value)) is not None]
    arguments.kw_defaults = [short(value) for value in arguments.kw_defaults]
    return ast.unparse(arguments)


def _documentation(docstring: str | None) -> list[str]:
    if not docstring:
        return ["    ..."]
    lines = without_await(docstring).splitlines()
    if len(lines) == 1:
        return [f'    """{lines[0]}"""']
    return [f'    """{lines[0]}', *(f"    {line}".rstrip() for line in lines[1:]), '    """']


def without_await(text: str) -> str:
    """Return documentation with its examples as a synchronous program writes them."""
    text = re.sub(r"async with contextlib\.aclosing\(((?:[^()]|\([^()]*\))*)\) as", r"with \1 as", text)
    return re.sub(r"\basync (for|with)\b", r"\1", re.sub(r"\bawait (?=\w)", "", text))


def _class(name: str, bases: str, docstring: str | None, members: list[str]) -> list[str]:
    return ["", "", f"class {name}{bases}:", *_documentation(docstring), *(f"    {line}".rstrip() for line in members)]


def _client(writer: Writer) -> list[str]:
    client, areas = Source("podio.client"), Source("podio.areas")
    node = client.class_of("Podio")
    members: list[str] = [f"{name}: str" for name in CLIENT_ATTRIBUTES] + ["auth_type: AuthType", "scope: str | None"]
    for entry in node.body:
        if isinstance(entry, ast.FunctionDef | ast.AsyncFunctionDef):
            if entry.name == "__init__":
                members += [line.replace("OnTokenWillRefresh | None", _HOOK) for line in writer.function(client, entry)]
            elif not entry.name.startswith("_") and entry.name not in LEFT_OUT:
                members += writer.function(client, entry)
        elif isinstance(entry, ast.Assign) and isinstance(entry.value, ast.Call):
            members += _delegated(writer, client, entry)
    members += ["def __enter__(self) -> Self:", *_documentation(DOCSTRINGS["__enter__"])]
    members += ["def __exit__(self, *_: object) -> None:", *_documentation(DOCSTRINGS["__exit__"])]
    members += ["def close(self) -> None:", *_documentation(DOCSTRINGS["close"])]
    members += writer.methods(areas, areas.class_of("Areas"))
    return _class("Podio", "", ast.get_docstring(node), members)


_HOOK = "OnTokenWillRefresh | Callable[[RenewalRequest], RedirectAnswer] | None"


def _delegated(writer: Writer, client: Source, entry: ast.Assign) -> list[str]:
    target, call = entry.targets[0], entry.value
    assert isinstance(target, ast.Name)
    assert isinstance(call, ast.Call)
    method = call.args[1]
    assert isinstance(method, ast.Attribute)
    assert isinstance(method.value, ast.Name)
    if target.id in LEFT_OUT:
        return []
    source = Source(client.module_of(method.value.id))
    methods = (node for node in source.class_of(method.value.id).body if getattr(node, "name", "") == method.attr)
    function = next(methods)
    assert isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
    return writer.function(source, function, target.id)


def render() -> str:
    """Return the stub, not yet laid out."""
    areas = Source("podio.areas")
    classes = [
        (areas.module_of(name), name) for name in sorted(areas.origins) if areas.module_of(name) != "podio.areas.calls"
    ]
    classes = [(module, name) for module, name in classes if module.startswith("podio.areas.")]
    writer = Writer({"Podio", *(name for _, name in (*classes, *FRONTS))})
    writer.imports |= {
        "AppFields": "from podio._objects._fields import AppFields",
        "model": "from podio import model",
        "AuthType": "from podio.session import AuthType",
        "Callable": "from collections.abc import Callable",
        "RedirectAnswer": "from podio.authorization import RedirectAnswer",
        "RenewalRequest": "from podio.renewal import RenewalRequest",
    }
    body = [ITERATION]
    for module, name in FRONTS:
        source = Source(module)
        node = source.class_of(name)
        bases = _bases(node)
        if bases:
            writer._import(source, node.bases[0])
        members = [*ATTRIBUTES.get(name, ()), *writer.methods(source, node)]
        body += _class(name, bases, ast.get_docstring(node), [*members, *_iterated(writer, source, node)])
    for module, name in classes:
        source = Source(module)
        node = source.class_of(name)
        body += _class(name, "", ast.get_docstring(node), writer.methods(source, node))
    body += _client(writer)
    imports = {"from collections.abc import Iterator", "from typing import Self, TypeVar", *writer.imports.values()}
    # pdoc runs the file, in which classes name later ones.
    future = "from __future__ import annotations"
    return "\n".join([HEAD, future, *sorted(imports), "", f"__all__ = {PUBLIC}", *body, ""])


def _bases(node: ast.ClassDef) -> str:
    base = node.bases[0] if node.bases else None
    if isinstance(base, ast.Subscript) and isinstance(base.value, ast.Name) and base.value.id in ASYNC_ITERATORS:
        entry = str(base.slice.value) if isinstance(base.slice, ast.Constant) else ast.unparse(base.slice)
        return f"(Iteration[{entry}])"
    return ""


def _iterated(writer: Writer, source: Source, node: ast.ClassDef) -> list[str]:
    """Return ``__iter__`` of a class that only ``__aiter__`` has."""
    functions = {entry.name: entry for entry in node.body if isinstance(entry, ast.FunctionDef | ast.AsyncFunctionDef)}
    if "__aiter__" not in functions or "__anext__" in functions:
        return []
    return writer.function(source, functions["__aiter__"], "__iter__")


def generate() -> bytes:
    """Return the stub, laid out by ruff, its imports sorted."""
    ruff = [sys.executable, "-m", "ruff"]
    options = ["--quiet", "--no-cache", "--stdin-filename", str(TARGET), "-"]
    source: bytes = render().encode()
    for command in (["check", "--select=I", "--fix"], ["format"]):
        source = subprocess.run([*ruff, *command, *options], input=source, capture_output=True, check=True).stdout
    return source


if __name__ == "__main__":
    TARGET.write_bytes(generate())
