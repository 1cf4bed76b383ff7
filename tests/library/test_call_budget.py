"""Clients that keep to the emulator's hourly limits together: slower before a refusal, and waiting as one for it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from podio import Clock, ConfigurationError, LocalCallBudget, Podio, RateLimited, RetryPolicy, StorageError, Wait
from podio.call_budget import Turn
from podio_emulator import create_app, ids
from podio_emulator.in_process import InProcessTransport
from tests.emulator.visitor import Clock as Time
from tests.library.conftest import World

ITEM = f"/item/{ids.CLIENT_ITEM_ID}"
FILTER = f"/item/app/{ids.CLIENTS_APP_ID}/filter/"


class Site:
    """An emulator whose limits are small, and the app's clients of it."""

    def __init__(self, **limits: int) -> None:
        self.time = Time()
        app = create_app(clock=self.time, **limits)
        self.world = World(url="http://127.0.0.1:8001", clock=self.time, transport=lambda: InProcessTransport(app))
        self.waits: list[Wait] = []
        self.waiting = asyncio.Event()
        self.patience = RetryPolicy(attempts=1, on_wait=self.note)

    def note(self, wait: Wait) -> None:
        self.waits.append(wait)
        self.waiting.set()

    async def sleep(self, seconds: float) -> None:
        until = self.time.now + seconds
        await asyncio.sleep(0)
        self.time.now = max(self.time.now, until)

    async def client(self, **options: Any) -> Podio:
        clock = Clock(now=self.time, sleep=self.sleep)
        podio = self.world.podio("app", clock=clock, **{"retry_policy": self.patience, **options})
        await podio.authenticate_with_app(ids.CLIENTS_APP_ID, ids.CLIENTS_APP_TOKEN)
        return podio

    async def statuses(self) -> list[int]:
        async with self.world.http() as http:
            calls = (await http.get("/_emulator/requests")).json()
        return [call["status"] for call in calls if call["path"].startswith("/item/")]


@pytest.mark.parametrize("limit", [20, 60, 250])
async def test_a_client_that_makes_more_calls_than_an_hour_has_is_never_refused(limit: int) -> None:
    site = Site(rate_limit=limit)
    async with await site.client() as podio:
        for _ in range(2 * limit + limit // 2):
            await podio.request("GET", ITEM)
    assert set(await site.statuses()) == {200}
    assert site.waits
    assert {wait.reason for wait in site.waits} == {None}
    assert all(wait.limits is not None and wait.limits.remaining <= limit / 2 for wait in site.waits)
    assert 3600 <= site.time.now - Time.now <= 3 * 3600


async def test_what_an_hour_has_more_than_enough_of_never_waits() -> None:
    site = Site(rate_limit=100)
    async with await site.client() as podio:
        for _ in range(50):
            await podio.request("GET", ITEM)
    assert (site.waits, site.time.now) == ([], Time.now)


async def test_calls_that_begin_at_once_are_never_refused_either() -> None:
    site = Site(rate_limit=40)
    async with await site.client() as podio:
        await asyncio.gather(*(podio.request("GET", ITEM) for _ in range(100)))
    assert await site.statuses() == [200] * 100
    assert max(wait.calls for wait in site.waits) > 50


async def test_calls_that_podio_counts_apart_have_a_count_of_their_own() -> None:
    site = Site(rate_limit=1000, heavy_rate_limit=20)
    async with await site.client() as podio:
        for _ in range(18):
            await podio.request("POST", FILTER, body={"limit": 1})
        slow = len(site.waits)
        assert slow > 0
        for _ in range(100):
            await podio.request("GET", ITEM)
        assert len(site.waits) == slow


async def test_an_operation_that_podio_counts_otherwise_than_it_says_is_counted_as_it_does() -> None:
    site = Site(rate_limit=20, heavy_rate_limit=500)
    async with await site.client() as podio:
        await podio.request("POST", FILTER, body={"limit": 1})
        assert podio._sender._gate is not None  # type: ignore[attr-defined]
        podio._sender._gate._found["GET", "/item/{id}"] = "rate_limited"  # type: ignore[attr-defined]
        for _ in range(30):
            await podio.request("GET", ITEM)
    assert set(await site.statuses()) == {200}


async def test_all_calls_wait_together_when_podio_refuses_one() -> None:
    site = Site(rate_limit=1000)
    async with await site.client() as podio:
        await podio.request("GET", ITEM)
        await site.world.control("faults", [{"path": ITEM, "status": 420, "times": 1}])
        began = site.time.now
        first = asyncio.create_task(podio.request("GET", ITEM))
        await site.waiting.wait()
        site.time.now = began  # the refusal has just come
        others = [podio.request("GET", ITEM) for _ in range(30)]
        others += [podio.request("POST", FILTER, body={"limit": 1})]
        await asyncio.gather(first, *others)
    assert site.time.now - began >= 300
    statuses = await site.statuses()
    assert statuses.count(420) == 1
    assert all(isinstance(wait.reason, RateLimited) for wait in site.waits)
    assert len(site.waits) <= 3, "the refused one's, and one for each line"


async def test_a_call_that_may_not_wait_so_long_is_not_sent_and_says_how_long() -> None:
    site = Site(rate_limit=1000)
    impatient = RetryPolicy(attempts=1, max_wait=100)
    async with await site.client(retry_policy=impatient) as podio:
        await site.world.control("faults", [{"path": ITEM, "status": 420, "times": 1}])
        for _ in range(2):
            with pytest.raises(RateLimited) as caught:
                await podio.request("GET", ITEM)
            assert caught.value.retry_after is not None
            assert 298 < caught.value.retry_after < 302
            assert (caught.value.method, caught.value.path) == ("GET", ITEM)
        site.time.now += 302
        await podio.request("GET", ITEM)
    assert await site.statuses() == [420, 200]


async def test_a_budget_that_is_given_makes_a_client_wait_and_try_nothing_else_again() -> None:
    site = Site(rate_limit=30)
    budget = LocalCallBudget(clock=site.time)
    async with (
        await site.client(retry_policy=None, call_budget=budget) as first,
        await site.client(retry_policy=None, call_budget=budget) as second,
    ):
        for _ in range(20):
            await asyncio.gather(first.request("GET", ITEM), second.request("GET", ITEM))
        assert set(await site.statuses()) == {200}
        await site.world.control("faults", [{"path": ITEM, "status": 503, "times": 1}])
        with pytest.raises(Exception, match="503"):
            await first.request("GET", ITEM)


async def test_a_client_without_patience_and_budget_finds_out_for_itself_each_time() -> None:
    site = Site(rate_limit=3)
    async with await site.client(retry_policy=None) as podio:
        for _ in range(3):
            await podio.request("GET", ITEM)
        for _ in range(2):
            with pytest.raises(RateLimited):
                await podio.request("GET", ITEM)
    assert await site.statuses() == [200] * 3 + [420] * 2


async def test_signing_in_and_renewing_wait_for_no_limit() -> None:
    site = Site(rate_limit=1000)
    async with await site.client() as podio:
        await site.world.control("faults", [{"path": ITEM, "status": 420, "times": 1}])
        call = asyncio.create_task(podio.request("GET", ITEM))
        await site.waiting.wait()
        await podio.renew()
        await podio.authenticate_with_app(ids.CLIENTS_APP_ID, ids.CLIENTS_APP_TOKEN)
        await call


async def test_a_call_that_is_cancelled_in_the_line_lets_the_next_one_through() -> None:
    site = Site(rate_limit=1000)
    async with await site.client() as podio:
        await podio.request("GET", ITEM)
        await site.world.control("faults", [{"path": ITEM, "status": 420, "times": 1}])
        calls = [asyncio.create_task(podio.request("GET", ITEM)) for _ in range(4)]
        await site.waiting.wait()
        calls[0].cancel()
        calls[1].cancel()
        answers = await asyncio.gather(*calls, return_exceptions=True)
    assert [isinstance(answer, dict) for answer in answers[2:]] == [True, True]


class Broken:
    """A budget whose server is down."""

    asked = 0

    async def take(self, kind: str) -> Turn:
        self.asked += 1
        raise StorageError("down")

    async def note(self, turn: Turn, limits: Any) -> None:
        raise StorageError("down")

    async def close(self, seconds: float) -> None:
        raise StorageError("down")


async def test_calls_go_out_without_a_budget_that_fails_and_ask_it_again_later() -> None:
    site, budget = Site(rate_limit=100), Broken()
    async with await site.client(call_budget=budget) as podio:
        for _ in range(5):
            await podio.request("GET", ITEM)
        assert budget.asked == 1
        site.time.now += 11
        await podio.request("GET", ITEM)
        assert budget.asked == 2


@pytest.mark.parametrize("wrong", [LocalCallBudget, object(), "redis://"])
def test_what_is_no_budget_is_refused(wrong: Any) -> None:
    with pytest.raises(ConfigurationError, match="call_budget"):
        Podio(client_id="workbench", call_budget=wrong)
