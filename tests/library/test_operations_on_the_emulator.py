"""Each documented operation that the emulator has: the library's method reaches it and is answered as Podio answers."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest

from podio import APIError, InvalidResponse, Podio, ServerError
from podio_emulator import ids
from podio_emulator.api import OPERATIONS
from tests.library.conftest import World
from tests.unit.podio.areas.documented import content_of, name_of, query_of, rows, typed

# Objects of the sample company that Ada may see, by the names that the paths give them.
OBJECTS = {
    "org_id": ids.LYSHOLM_ORG_ID,
    "space_id": ids.SALES_SPACE_ID,
    "app_id": ids.CLIENTS_APP_ID,
    "item_id": ids.CLIENT_ITEM_ID,
    "user_id": ids.ADA_ID,
    "profile_id": ids.ADA_ID + 1000,
    "comment_id": 7001,
    "file_id": 8001,
    "field_id": ids.CLIENTS_APP_ID * 100 + 1,
    "ref_type": "item",
    "ref_id": ids.CLIENT_ITEM_ID,
    "type": "item",
    "revision": 0,
    "revision_id": 0,
    "app_item_id": 1,
}


def shape(method: str, path: str) -> tuple[str, str]:
    """Return method and path with places that have no names, and without the slash at the end."""
    return method, re.sub(r"\{[^}]*\}", "{}", path).rstrip("/")


EMULATED = {shape(operation.method, operation.path) for operation in OPERATIONS}
ROWS = [row for row in rows() if shape(row["verb"], row["path"]) in EMULATED]
READS = [row for row in ROWS if row["verb"] == "GET"]


def sample(name: str, kind: str) -> Any:
    value = OBJECTS.get(name, 1)
    return str(value) if kind == "str" else value


async def signed_in(world: World) -> Podio:
    podio = world.podio("password")
    await podio.authenticate_with_credentials(ids.ADA_MAIL, ids.PASSWORD)
    return podio


async def call(podio: Podio, row: dict[str, str]) -> Any:
    method = getattr(getattr(podio, row["area"]), row["method"])
    arguments = [sample(name, kind) for name, kind in typed(row["arguments"]).items()]
    return await method(*arguments, **query_of(row, required_only=True), **content_of(row))


def test_the_emulator_has_a_good_part_of_what_is_documented() -> None:
    assert len(ROWS) > 150
    assert len(READS) > 80


@pytest.mark.parametrize("row", ROWS, ids=name_of)
def test_an_operation_that_the_emulator_has_is_reached_and_answered(world: World, row: dict[str, str]) -> None:
    async def work() -> None:
        podio = await signed_in(world)
        try:
            await call(podio, row)
        except ServerError:
            raise
        except APIError as refusal:
            # An object or a body may be refused; the operation itself must be known.
            if "No matching operation" in refusal.error_description:
                raise
        except InvalidResponse as odd:
            raise AssertionError(f"{name_of(row)} is answered with {odd.status}, but not as Podio answers") from odd
        finally:
            await podio.aclose()

    asyncio.run(work())


def test_most_reads_of_the_sample_company_succeed(world: World) -> None:
    async def work() -> None:
        podio = await signed_in(world)
        answered = 0
        for row in READS:
            try:
                await call(podio, row)
            except APIError:
                continue
            answered += 1
        await podio.aclose()
        assert answered >= len(READS) * 2 // 3

    asyncio.run(work())
