"""The table of operations, read into values and checked.

Each row of ``operations.tsv`` is one documented operation:

============== =====================================================================================================
area           the attribute of `podio.Podio` (the documentation's area in snake case)
method         the method's name: what `tools.operations.names` makes of the title, or an exception with its reason
verb, path     the HTTP method, and the path as documented, with ``{places}``
arguments      a type for each place: ``app_id:int view_id:int|str``; an ``int`` is an id and checked, so are several
               (``int|str`` under a name that ends in ``_ids``)
query          the query's documented keys, ``limit:int``; with ``!`` the key must be given. Others go in as `params`
body           nothing: no body; ``Any``: JSON that is passed through; a type of `podio.json_types`: JSON of that type,
               with ``!`` it must be given, with ``={}`` an empty object is sent if it isn't; ``form``; ``file``
answer         ``Any``: plain JSON; a type of `podio.json_types`; ``bytes``: what isn't JSON; ``None``: nothing (204)
title          the documented title
documentation  its address
sentence       what the operation does, in our words
note           what else a caller should know
name_reason    why the name isn't what the rule makes of the title; else nothing
============== =====================================================================================================
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.operations import names

TABLE = Path(__file__).with_name("operations.tsv")
DOCUMENTATION = "https://developers.podio.com/doc/"
COLUMNS = (
    "area",
    "method",
    "verb",
    "path",
    "arguments",
    "query",
    "body",
    "answer",
    "title",
    "documentation",
    "sentence",
    "note",
    "name_reason",
)


class TableError(ValueError):
    """A row that says something impossible; the message names the row."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Parameter:
    """A place in the path, or a key of the query."""

    name: str
    annotation: str
    required: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Body:
    """What a call sends; `annotation` is ``form`` or ``file`` for what isn't JSON."""

    annotation: str
    required: bool
    empty_object: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Operation:
    """One row."""

    area: str
    method: str
    verb: str
    path: str
    arguments: tuple[Parameter, ...]
    query: tuple[Parameter, ...]
    body: Body | None
    answer: str
    title: str
    documentation: str
    sentence: str
    note: str
    name_reason: str

    @property
    def name(self) -> str:
        """Return ``items.filter``."""
        return f"{self.area}.{self.method}"

    @property
    def template(self) -> str:
        """Return the path with the kinds of its ids: ``/contact/{profile_ids:ids}``."""
        path = self.path
        for argument in self.arguments:
            if argument.annotation == "int" or argument.name.endswith("_ids"):
                kind = "ids" if argument.name.endswith("_ids") else "id"
                path = path.replace(f"{{{argument.name}}}", f"{{{argument.name}:{kind}}}")
        return path

    @property
    def area_class(self) -> str:
        """Return the name of the area's class: ``space_members`` -> ``SpaceMembers``."""
        return "".join(word.capitalize() for word in self.area.split("_"))

    @property
    def json_types(self) -> set[str]:
        """Return the types of `podio.json_types` that the method's signature names."""
        annotations = [self.answer, *([self.body.annotation] if self.body else [])]
        return {name for text in annotations for name in re.findall(r"\b[A-Z]\w+", text)} - {"Any", "None"}


def read(table: Path = TABLE) -> list[Operation]:
    """Return the operations in the table's order.

    Raises:
        TableError: for a row that doesn't hold together.
    """
    header, *lines = table.read_text(encoding="utf-8").splitlines()
    if tuple(header.split("\t")) != COLUMNS:
        raise TableError(f"The columns must be {', '.join(COLUMNS)}.")
    operations = [_operation(line, number) for number, line in enumerate(lines, start=2)]
    for name, count in Counter(operation.name for operation in operations).items():
        if count > 1:
            raise TableError(f"{name} names {count} operations.")
    return operations


def ruled_names(operations: list[Operation]) -> Iterator[tuple[Operation, str]]:
    """Yield each operation with the name that the rule gives it."""
    titles = Counter((operation.area, operation.title) for operation in operations)
    for operation in operations:
        name = names.method_name(operation.area, operation.title)
        version = names.version_in(operation.path)
        shared = titles[operation.area, operation.title] > 1
        yield operation, f"{name}_{version}" if version and shared else name


def _operation(line: str, number: int) -> Operation:
    cells = line.split("\t")
    if len(cells) != len(COLUMNS):
        raise TableError(f"Row {number} has {len(cells)} columns, not {len(COLUMNS)}.")
    row = dict(zip(COLUMNS, cells, strict=True))
    arguments = tuple(_parameters(row["arguments"], required=True))
    operation = Operation(
        area=row["area"],
        method=row["method"],
        verb=row["verb"],
        path=row["path"],
        arguments=arguments,
        query=tuple(_parameters(row["query"], required=False)),
        body=_body(row["body"]),
        answer=row["answer"],
        title=row["title"],
        documentation=row["documentation"],
        sentence=row["sentence"],
        note=row["note"],
        name_reason=row["name_reason"],
    )
    places = re.findall(r"\{(\w+)\}", operation.path)
    if places != [argument.name for argument in arguments]:
        raise TableError(f"{operation.name}: the arguments are not the places of {operation.path}.")
    parameter_names = [
        *places,
        *(key.name for key in operation.query),
        "self",
        "body",
        "form",
        "source",
        "filename",
        "params",
    ]
    if len(parameter_names) != len(set(parameter_names)):
        raise TableError(f"{operation.name}: two parameters have one name.")
    if operation.body and operation.verb in ("GET", "DELETE"):
        raise TableError(f"{operation.name}: a {operation.verb} has no body.")
    if not operation.documentation.startswith(DOCUMENTATION):
        raise TableError(f"{operation.name}: {operation.documentation} is no page of Podio's documentation.")
    if not operation.sentence.endswith("."):
        raise TableError(f"{operation.name}: the sentence has no end.")
    return operation


def _parameters(cell: str, *, required: bool) -> Iterator[Parameter]:
    for text in cell.split():
        name, _, kind = text.partition(":")
        yield Parameter(
            name=name,
            annotation=kind.removesuffix("!").replace("|", " | "),
            required=required or kind.endswith("!"),
        )


def _body(cell: str) -> Body | None:
    if not cell:
        return None
    annotation = cell.removesuffix("!").removesuffix("={}")
    return Body(
        annotation=annotation,
        required=cell.endswith("!") or annotation in ("form", "file"),
        empty_object=cell.endswith("={}"),
    )
