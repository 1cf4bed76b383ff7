"""Write the Python code of README.md and docs/ as modules for type checkers: ``python -m tools.documented_code DIR``.

Each section of a page becomes the body of an ``async`` function, for that is where the reader puts it. Names that a
section takes for given (a client that is signed in, an app's id) are the function's parameters, with the types that
`ASSUMED` has for them. What a page imports once serves its later sections too; what it has made before is of any type.
"""

from __future__ import annotations

import ast
import builtins
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

ASSUMED = {
    "answer": "podio_library.RedirectAnswer | None",
    "app_id": "int",
    "app_json": "json_types_library.AppJSON",
    "app_token": "str",
    "ask_for_code": "typing_library.Callable[[], str]",
    "body": "bytes",
    "code": "str",
    "comments_json": "list[json_types_library.CommentJSON]",
    "content": "bytes",
    "file": "json_types_library.FileJSON",
    "go_to": "typing_library.Callable[[str], None]",
    "item": "json_types_library.ItemJSON",
    "item_id": "int",
    "items_json": "json_types_library.FilteredItemsJSON",
    "organizations_json": "list[json_types_library.OrganizationJSON]",
    "password": "str",
    "path_secret": "str",
    "picture_id": "int",
    "podio": "podio_library.Podio",
    "refresh_token": "str",
    "show_status": "typing_library.Callable[[typing_library.Any], None]",
    "state": "str",
    "stop_at": "int",
    "token": "str",
    "username": "str",
    "visitors_session": "dict[str, str]",
    "visitors_store": "podio_library.SessionStore",
}
"""The types of the names that the pages take for given, by the names under which a module imports the libraries."""

ASSUMED_ON = {"field-values.md": {"app": "dict[str, typing_library.Any]"}}
"""The same for single pages."""

_IMPORTS = (ast.Import, ast.ImportFrom)
_FUTURE = "from __future__ import annotations"


class DocumentedCodeError(ValueError):
    """A page's code that no module can be made of; the message names page and section."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """The code of one section: its blocks, each with the line of the page on which it begins."""

    page: Path
    title: str
    blocks: tuple[tuple[int, str], ...]


def sections(page: Path) -> Iterator[Section]:
    """Yield the sections of a page that have Python code."""
    title, fence = "", None
    blocks: list[tuple[int, str]] = []
    lines = page.read_text(encoding="utf-8").splitlines(keepends=True)
    for number, line in enumerate(lines, 1):
        if line.strip().startswith("```"):
            if fence is None:
                fence = (line.strip(), number)
                continue
            opening, start = fence
            if opening == "```python":
                blocks.append((start + 1, textwrap.dedent("".join(lines[start : number - 1]))))
            fence = None
        elif fence is None and re.match(r"#+ ", line):
            if blocks:
                yield Section(page=page, title=title, blocks=tuple(blocks))
            title, blocks = line.strip("# \n"), []
    if blocks:
        yield Section(page=page, title=title, blocks=tuple(blocks))


def module(section: Section, earlier: Sequence[Section] = ()) -> str:
    """Return a module with the section's code.

    Args:
        section: The section.
        earlier: The page's sections before it.

    Raises:
        DocumentedCodeError: for a name that neither the page nor `ASSUMED` knows.
    """
    place = f"{section.page.name}, {section.title!r}"
    tree = _tree(section)
    imported = (ast.unparse(node) for other in earlier for node in _tree(other).body if isinstance(node, _IMPORTS))
    carried = [statement for statement in imported if _bound(ast.parse(statement)) & _free(tree)]
    free = _free(tree) - set().union(*(_bound(ast.parse(statement)) for statement in carried))
    earlier_names = set().union(*(_bound(_tree(other)) for other in earlier))
    assumed = ASSUMED | ASSUMED_ON.get(section.page.name, {})
    types = {
        name: assumed.get(name) or ("typing_library.Any" if name in earlier_names else "") for name in sorted(free)
    }
    unknown = [name for name, kind in types.items() if not kind]
    if unknown:
        raise DocumentedCodeError(f"{place}: nothing says what {', '.join(unknown)} is; ASSUMED may.")
    parameters = ", ".join(f"{name}: {kind}" for name, kind in types.items())
    body = "\n".join(f"# line {line}\n{code}" for line, code in section.blocks).replace(f"{_FUTURE}\n", "")
    return "\n".join(
        [
            f'"""{place}."""',
            "",
            _FUTURE,
            "",
            "import typing as typing_library",
            "",
            "import podio as podio_library",
            "import podio.json_types as json_types_library",
            *carried,
            "",
            "",
            f"async def section({parameters}) -> None:",
            textwrap.indent(body, "    "),
        ]
    )


def write(directory: Path, pages: Iterable[Path]) -> None:
    """Write the modules of all pages into a directory of their own, which is emptied first."""
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    for page in pages:
        page_sections = list(sections(page))
        for number, section in enumerate(page_sections):
            name = re.sub(r"\W", "_", f"{page.stem}_{number}".lower())
            (directory / f"{name}.py").write_text(module(section, page_sections[:number]), encoding="utf-8")


def pages() -> list[Path]:
    """Return the pages that have code for users."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def _tree(section: Section) -> ast.Module:
    return ast.parse("".join(code for _, code in section.blocks))


def _free(tree: ast.AST) -> set[str]:
    """Return the names that code uses and doesn't bind."""
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    return used - _bound(tree) - set(dir(builtins))


def _bound(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                names.add(name)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
            case ast.alias(name=name, asname=asname):
                names.add(asname or name.partition(".")[0])
            case ast.ExceptHandler(name=str(name)):
                names.add(name)
    return names


if __name__ == "__main__":
    write(Path(sys.argv[1]), pages())
