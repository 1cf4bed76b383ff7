"""The table's operations as Python source and as a page of documentation.

The source is valid but not yet laid out: `ruff format` does that.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from itertools import groupby

from tools.operations.table import DOCUMENTATION, Operation

_ORIGIN = "Made by ``python -m tools.operations`` of its table: edit that."
_WIDTH = 112


def by_area(operations: Iterable[Operation]) -> dict[str, list[Operation]]:
    """Return the operations of each area, both in the table's order."""
    return {area: list(rows) for area, rows in groupby(operations, key=lambda operation: operation.area)}


def area_module(operations: list[Operation]) -> str:
    """Return the module of one area."""
    first = operations[0]
    methods = "\n".join(_method(operation) for operation in operations)
    title = _area_title(first.area)
    json_types = sorted(set().union(*(operation.json_types for operation in operations)), key=str.lower)
    typing = [name for name in ("Any", "cast") if re.search(rf"\b{name}\b", methods)]
    if json_types:
        typing.insert(0, "TYPE_CHECKING")
    calls = ["Area", "Params", *(name for name in ("fill", "merged") if f"{name}(" in methods)]
    return "\n".join(
        [
            f'"""{title}: a method for each operation that Podio documents.',
            "",
            _ORIGIN,
            '"""',
            "",
            "from __future__ import annotations",
            "",
            *(["from collections.abc import Mapping"] if "Mapping[" in methods else []),
            *([f"from typing import {', '.join(typing)}"] if typing else []),
            "",
            f"from podio.areas.calls import {', '.join(calls)}",
            *(
                ["", "if TYPE_CHECKING:", f"    from podio.json_types import {', '.join(json_types)}"]
                if json_types
                else []
            ),
            "",
            "",
            f"class {first.area_class}(Area):",
            f'    """{title} ({_area_address(first)})."""',
            "",
            methods,
        ]
    )


def areas_module(operations: list[Operation]) -> str:
    """Return the package's own module, with the mixin that brings each area when it is first used."""
    firsts = [rows[0] for rows in by_area(operations).values()]
    imports = [f"    from podio.areas.{first.area} import {first.area_class}" for first in firsts]
    properties = [
        f"""
    @property
    def {first.area}(self: Caller) -> {first.area_class}:
        \"\"\"{_area_title(first.area)} ({_area_address(first)}).\"\"\"
        from podio.areas.{first.area} import {first.area_class}

        return area_of(self, {first.area_class})"""
        for first in firsts
    ]
    return "\n".join(
        [
            '"""The areas of Podio\'s API as attributes of the client (``podio.items``).',
            "",
            "An area's module is imported when the area is first used, so that importing `podio` stays cheap.",
            _ORIGIN,
            '"""',
            "",
            "from __future__ import annotations",
            "",
            "from typing import TYPE_CHECKING",
            "",
            "from podio.areas.calls import Caller, area_of",
            "",
            "if TYPE_CHECKING:",
            *imports,
            "",
            "",
            "class Areas:",
            '    """Has an attribute for each area; what it is mixed into makes the calls (`Caller`)."""',
            *properties,
            "",
        ]
    )


def page(introduction: str, operations: list[Operation]) -> str:
    """Return the page that lists every operation, for finding a method by the documentation's title."""
    lines = [introduction.rstrip().format(**_counts(operations))]
    for area, rows in by_area(operations).items():
        lines += [
            "",
            f"## podio.{area}",
            "",
            "| method | returns | Podio's documentation | call |",
            "|---|---|---|---|",
        ]
        for row in rows:
            returned = row.answer.replace("|", "\\|")
            lines.append(
                f"| `{row.method}` | `{returned}` | [{row.title}]({row.documentation}) | `{row.verb} {row.path}` |"
            )
    return "\n".join([*lines, ""])


def _counts(operations: list[Operation]) -> dict[str, int]:
    answers = [operation.answer for operation in operations]
    return {"all": len(answers), "untyped": answers.count("Any"), "typed": len(answers) - answers.count("Any")}


def _method(operation: Operation) -> str:
    returned = operation.answer
    return "\n".join(
        [
            f"    async def {operation.method}({', '.join(_signature(operation))}) -> {returned}:",
            *_docstring(operation),
            *_statements(operation),
            "",
        ]
    )


def _signature(operation: Operation) -> list[str]:
    keywords = []
    body = operation.body
    if body and body.annotation == "form":
        keywords.append("form: Mapping[str, str]")
    elif body and body.required and body.annotation != "file":
        keywords.append(f"body: {body.annotation}")
    elif body and body.annotation != "file":
        keywords.append("body: Any = None" if body.annotation == "Any" else f"body: {body.annotation} | None = None")
    keywords += [
        f"{key.name}: {key.annotation}" + ("" if key.required else " | None = None") for key in operation.query
    ]
    return [
        "self",
        *(f"{argument.name}: {argument.annotation}" for argument in operation.arguments),
        *(["source: Any", "filename: str"] if body and body.annotation == "file" else []),
        "*",
        *keywords,
        "params: Params | None = None",
    ]


def _docstring(operation: Operation) -> list[str]:
    note = textwrap.wrap(operation.note, _WIDTH)
    lines = [
        f'"""{operation.sentence}',
        "",
        *([*note, ""] if note else []),
        f'See "{operation.title}", {operation.documentation}',
        '"""',
    ]
    return [f"        {line}".rstrip() for line in lines]


def _statements(operation: Operation) -> list[str]:
    path = f'"{operation.template}"'
    if operation.arguments:
        path = f"fill({path}, {', '.join(f'{argument.name}={argument.name}' for argument in operation.arguments)})"
    query = "params"
    if operation.query:
        query = "merged({" + ", ".join(f'"{key.name}": {key.name}' for key in operation.query) + "}, params)"
    call = f"await self.{_call(operation, query)}"
    if operation.answer == "None":
        statement = call
    elif operation.answer in ("Any", "bytes"):
        statement = f"return {call}"
    else:
        statement = f'return cast("{operation.answer}", {call})'
    return [f"        path = {path}", f"        {statement}"]


def _call(operation: Operation, query: str) -> str:
    body = operation.body
    if operation.answer == "bytes":
        return f'_caller.request_bytes("{operation.verb}", path, params={query})'
    if body and body.annotation == "file":
        return f"_caller.request_upload(path, source=source, filename=filename, params={query})"
    if body and body.annotation == "form":
        return f"_caller.request_form(path, form=form, params={query})"
    body_argument = "" if body is None else ", body=body or {}" if body.empty_object else ", body=body"
    return f'_caller.request("{operation.verb}", path, params={query}{body_argument})'


def _area_title(area: str) -> str:
    words = area.replace("_", " ").replace("oauth", "OAuth")
    return words[0].upper() + words[1:]


def _area_address(operation: Operation) -> str:
    return DOCUMENTATION + operation.documentation.removeprefix(DOCUMENTATION).partition("/")[0]
