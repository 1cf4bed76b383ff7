"""Each documented operation that the emulator has: a good call succeeds, and returns what is declared."""

from __future__ import annotations

import inspect
from typing import Any, Literal, Required, TypedDict

import httpx2
import pytest

from podio import ConfigurationError, NotFound, Podio, json_types
from podio_emulator import ids
from podio_emulator.api import OPERATIONS
from podio_emulator.calls import Operation
from tests.library import operation_examples as examples
from tests.library.conftest import World
from tests.library.declared_json import mismatches
from tests.unit.podio.areas.documented import name_of, rows, typed


def documented_as(operation: Operation) -> list[dict[str, str]]:
    """Return the documented operations that one of the emulator's is.

    A documented place may stand for a fixed word of the emulator's (``like``); of several rows the one that says most
    in the path counts.
    """
    candidates = [row for row in rows() if row["verb"] == operation.method and _is_same(row, operation.path)]
    fewest = min((row["path"].count("{") for row in candidates), default=0)
    return [row for row in candidates if row["path"].count("{") == fewest]


def emulated() -> list[dict[str, str]]:
    """Return the documented operations that the emulator has."""
    operations = []
    for operation in OPERATIONS:
        operations += [row for row in documented_as(operation) if row not in operations]
    return operations


def _is_same(row: dict[str, str], path: str) -> bool:
    documented, its = row["path"].strip("/").split("/"), path.strip("/").split("/")
    kinds = typed(row["arguments"])
    return len(documented) == len(its) and all(
        segment.startswith("{")
        if word.startswith("{")
        else segment == word or (segment.startswith("{") and kinds[segment[1:-1]] == "str")
        for segment, word in zip(documented, its, strict=True)
    )


ROWS = emulated()


def declared(row: dict[str, str], podio: Podio) -> Any:
    """Return the type that the operation's method says it returns."""
    annotation = inspect.signature(getattr(getattr(podio, row["area"]), row["method"])).return_annotation
    return eval(annotation, {**vars(json_types), "Any": Any})


def test_the_emulator_has_half_of_what_is_documented() -> None:
    assert len(ROWS) >= 237


def test_each_operation_that_the_emulator_has_says_what_it_returns() -> None:
    assert [name_of(row) for row in ROWS if row["answer"] == "Any"] == []


@pytest.mark.parametrize("row", [row for row in ROWS if row["area"] != "batch"], ids=name_of)
async def test_a_good_call_returns_what_is_declared(world: World, row: dict[str, str]) -> None:
    responses: list[httpx2.Response] = []

    async def note(response: httpx2.Response) -> None:
        responses.append(response)

    podio = await world.signed_in(http_client=world.http(event_hooks={"response": [note]}))
    arguments = await examples.arguments_of(podio, world, row)
    content = await examples.content_of(podio, world, row)
    value = await getattr(getattr(podio, row["area"]), row["method"])(*arguments, **content)
    kind = declared(row, podio)
    await podio.aclose()
    value, kind = value, kind
    if kind is None:
        assert (responses[-1].status_code, value) == (204, None)
    elif kind is bytes:
        assert value == b"content"
    else:
        assert list(mismatches(value, kind)) == []
        assert value not in ({}, []), "an example without content proves nothing"


async def test_the_emulator_puts_nothing_off_so_that_there_is_no_batch(world: World) -> None:
    podio = await world.signed_in()
    assert await podio.batch.get_all() == []
    assert await podio.batch.get_running("app", ids.CLIENTS_APP_ID, "export") == []
    with pytest.raises(NotFound):
        await podio.batch.get(1)
    await podio.aclose()


async def test_an_item_that_no_path_can_name_is_found_as_its_refusal_says(world: World) -> None:
    podio = await world.signed_in()
    item = await podio.items.create(
        ids.CLIENTS_APP_ID, body={"fields": {"name": "New"}, "external_id": "https://a.example/7"}
    )
    with pytest.raises(ConfigurationError, match=r"podio\.items\.filter"):
        await podio.items.get_by_external_id(ids.CLIENTS_APP_ID, "https://a.example/7")
    page = await podio.items.filter(ids.CLIENTS_APP_ID, body={"filters": {"external_id": "https://a.example/7"}})
    assert [entry["item_id"] for entry in page["items"]] == [item["item_id"]]
    await podio.aclose()


class Exact(TypedDict):
    id: int
    name: str | None


class Loose(TypedDict, total=False):
    """Has keys that may be missing."""

    kind: Literal["a", "b"]
    needed: Required[int]
    inner: list[Exact]
    numbers: dict[str, float]


@pytest.mark.parametrize(
    ("value", "kind", "places"),
    [
        ({"id": 1, "name": None}, Exact, []),
        ({"id": 1}, Exact, ["$: no name"]),
        ({"id": True, "name": "x"}, Exact, ["$.id: bool, not int"]),
        ({"id": 1, "name": "x", "other": 1}, Exact, ["$.other: unknown to Exact"]),
        ({"needed": 1}, Loose, []),
        ({}, Loose, ["$: no needed"]),
        ({"needed": 1, "kind": "c"}, Loose, ["$.kind: 'c', not one of ('a', 'b')"]),
        (
            {"needed": 1, "inner": [{"id": 1, "name": "x"}, {"id": "1", "name": "x"}]},
            Loose,
            ["$.inner[1].id: str, not int"],
        ),
        ({"needed": 1, "inner": None}, Loose, ["$.inner: NoneType, not list"]),
        ({"needed": 1, "numbers": {"x": 1, "y": "1"}}, Loose, ["$.numbers.y: str, not float"]),
        ([], Loose, ["$: list, not Loose"]),
    ],
)
def test_what_compares_json_with_its_type_is_strict(value: Any, kind: Any, places: list[str]) -> None:
    assert list(mismatches(value, kind)) == places
