"""All items of a large app, through limits and failures: each once, in order, in bounded memory."""

from __future__ import annotations

import asyncio
import tracemalloc

import pytest

from podio import Clock, Podio, RateLimited
from podio._paging import Cursor
from podio._retry_policy import RetryPolicy, Wait
from podio_emulator import ids
from tests.library.conftest import IN_PYODIDE, World

MEASUREMENTS = 10_000
FILTER = f"/item/app/{ids.MEASUREMENTS_APP_ID}/filter"
SMALL = "items.view(micro)"
"""What is counted is the items: their fields would take most of the time."""
FAULTS = [
    {"path": FILTER, "status": 420, "times": 2},
    {"path": FILTER, "status": 502, "body": "<html>Bad gateway</html>"},
    {"path": FILTER, "drop": True, "times": 2},
    {"path": FILTER, "status": 503, "after": True},
    {"path": FILTER, "drop": True, "after": True},
    {"path": FILTER, "status": 420, "body": ""},
]


async def signed_in(world: World, policy: RetryPolicy | None = None) -> Podio:
    async def sleep(seconds: float) -> None:
        world.clock.now += seconds
        await asyncio.sleep(0)

    patience = {"retry_policy": policy} if policy is not None else {}
    clock = Clock(now=world.clock, sleep=sleep)
    return await world.signed_in(clock=clock, http_client=world.http(timeout=60), **patience)


# Going through 10,000 items by podio.sync as well would show nothing more and cost much.
asynchronously = pytest.mark.parametrize(
    "world", ["in process"] if IN_PYODIDE else ["in process", "over HTTP"], indirect=True
)


@asynchronously
async def test_ten_thousand_items_come_once_each_in_order_whatever_fails(world: World) -> None:
    waits: list[Wait] = []

    podio = await signed_in(world, RetryPolicy(attempts=6, on_wait=waits.append))
    await world.control("faults", FAULTS)
    items = podio.iterate_items(ids.MEASUREMENTS_APP_ID, fields=SMALL, concurrency=3)
    item_ids = [item["item_id"] async for item in items]
    assert podio.limits is not None
    await podio.aclose()
    item_ids = item_ids
    assert len(item_ids) == MEASUREMENTS
    assert item_ids == sorted(set(item_ids))
    assert len(waits) == 8
    assert sum(isinstance(wait.reason, RateLimited) for wait in waits) == 3


@asynchronously
async def test_an_export_that_failed_goes_on_in_another_run(world: World) -> None:
    async def some(cursor_text: str) -> tuple[list[int], str]:
        podio = await signed_in(world)
        items = podio.iterate_items(
            ids.MEASUREMENTS_APP_ID, fields=SMALL, cursor=Cursor.parse(cursor_text) if cursor_text else None
        )
        item_ids: list[int] = []
        try:
            async with items:
                async for item in items:
                    item_ids.append(item["item_id"])
                    if len(item_ids) == 2_750:
                        await world.control("faults", [{"path": FILTER, "status": 420, "times": None}])
        except RateLimited:
            await world.control("faults", [])
        await podio.aclose()
        return item_ids, str(items.cursor)

    first, cursor_text = await some("")
    assert 2_750 <= len(first) < 5_000
    item_ids = list(first)
    while len(item_ids) < MEASUREMENTS:
        more, cursor_text = await some(cursor_text)
        assert more
        item_ids += more
    item_ids = item_ids
    assert item_ids == sorted(set(item_ids))
    assert len(item_ids) == MEASUREMENTS


@pytest.mark.skipif(IN_PYODIDE, reason="memory is measured beside a served emulator, and here are no sockets")
@pytest.mark.parametrize("world", ["over HTTP"], indirect=True)
async def test_what_was_read_is_let_go_of(world: World) -> None:
    podio = await signed_in(world)
    peaks: list[int] = []
    read = 0
    tracemalloc.start()
    try:
        async with podio.iterate_items(ids.MEASUREMENTS_APP_ID, page_size=100, concurrency=1) as items:
            async for _ in items:
                read += 1
                if read % 300 == 0:
                    peaks.append(tracemalloc.get_traced_memory()[1])
                    tracemalloc.reset_peak()
                if read == 900:
                    break
    finally:
        tracemalloc.stop()
    await podio.aclose()
    first, _, third = peaks
    # Three hundred items more are held for a moment each: what stays is their ids.
    assert third < first * 1.25
