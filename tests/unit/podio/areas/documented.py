"""What the table says of each operation, read plainly, and a client that records the calls that are requested of it.

The generator reads the table by its own code; that these tests don't share it is the point.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from podio.areas import Areas

TABLE = Path(__file__).resolve().parents[4] / "tools" / "operations" / "operations.tsv"
SAMPLES = {"int": 7, "str": "Grün & 1%", "int|str": "two words", "bool": True}
ENCODED = {"int": "7", "str": "Gr%C3%BCn%20%26%201%25", "int|str": "two%20words"}


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def name_of(row: Mapping[str, str]) -> str:
    return f"{row['area']}.{row['method']}"


def typed(cell: str) -> dict[str, str]:
    """Return names and types of a cell such as ``limit:int space_id:int!``."""
    return {name: kind for name, _, kind in (entry.partition(":") for entry in cell.split())}


def arguments_of(row: Mapping[str, str]) -> list[Any]:
    return [7 if name.endswith("_ids") else SAMPLES[kind] for name, kind in typed(row["arguments"]).items()]


def path_of(row: Mapping[str, str]) -> str:
    """Return the path with its places filled, segment by segment."""
    kinds = typed(row["arguments"])
    return "/".join(
        _encoded(segment[1:-1], kinds) if segment.startswith("{") else segment for segment in row["path"].split("/")
    )


def _encoded(name: str, kinds: Mapping[str, str]) -> str:
    return "7" if name.endswith("_ids") else ENCODED[kinds[name]]


def query_of(row: Mapping[str, str], *, required_only: bool = False) -> dict[str, Any]:
    kinds = typed(row["query"])
    return {name: SAMPLES[kind.rstrip("!")] for name, kind in kinds.items() if kind.endswith("!") or not required_only}


def content_of(row: Mapping[str, str]) -> dict[str, Any]:
    """Return the keywords that carry what the operation sends."""
    match row["body"]:
        case "":
            return {}
        case "file":
            return {"source": b"content", "filename": "a.txt"}
        case "form":
            return {"form": {"grant_type": "password"}}
    return {"body": {"sent": ["as", "it", "is"]}}


def needed_content_of(row: Mapping[str, str]) -> dict[str, Any]:
    return content_of(row) if row["body"] in ("file", "form") or row["body"].endswith("!") else {}


@dataclass(frozen=True, kw_only=True)
class Call:
    """A call that was requested of a client."""

    method: str
    path: str
    query: dict[str, Any]
    content: dict[str, Any] = field(default_factory=dict)


class Recorder(Areas):
    """A client that makes no calls: records them, and returns what the test ordered."""

    def __init__(self, answer: Any = None) -> None:
        self.answer = answer
        self.calls: list[Call] = []

    def note(self, method: str, path: str, params: Mapping[str, Any] | None, **content: Any) -> Any:
        query = {key: value for key, value in (params or {}).items() if value is not None}
        self.calls.append(Call(method=method, path=path, query=query, content=content))
        return self.answer

    async def request(
        self, method: str, path: str, *, params: Mapping[str, Any] | None = None, body: Any = None
    ) -> Any:
        return self.note(method, path, params, **({} if body is None else {"body": body}))

    async def request_bytes(self, method: str, path: str, *, params: Mapping[str, Any] | None = None) -> Any:
        return self.note(method, path, params)

    async def request_upload(
        self, path: str, *, source: Any, filename: str, params: Mapping[str, Any] | None = None
    ) -> Any:
        return self.note("POST", path, params, source=source, filename=filename)

    async def request_form(self, path: str, *, form: Mapping[str, str], params: Mapping[str, Any] | None = None) -> Any:
        return self.note("POST", path, params, form=form)

    def method(self, row: Mapping[str, str]) -> Any:
        return getattr(getattr(self, row["area"]), row["method"])
