"""A client belongs to the event loop of its first use."""

from __future__ import annotations

import asyncio
import sys
import threading

import httpx2
import pytest

from podio import Podio, errors
from podio._event_loop import EventLoopGuard
from tests.unit.podio.fakes import Page, until


def test_a_client_in_a_second_event_loop_is_refused_with_a_way_out() -> None:
    page = Page()
    asyncio.run(page.podio.request("GET", "/item/1"))
    for again in (
        lambda: page.podio.request("GET", "/item/1"),
        lambda: page.podio.is_authenticated(),
        lambda: page.podio.items.get(1),
        lambda: page.podio.aclose(),
        lambda: anext(page.podio.stream_file(5)),
    ):
        with pytest.raises(errors.ConfigurationError, match=r"asyncio\.run around the whole program"):
            asyncio.run(again())  # type: ignore[arg-type]
    assert len(page.fake.seen) == 1


on_cpython = pytest.mark.skipif(sys.platform == "emscripten", reason="a page has one event loop and no threads")


@on_cpython
async def test_a_client_in_a_second_thread_is_refused_while_the_first_one_waits() -> None:
    page = Page(lifetime=-1)
    raised_errors: list[Exception] = []

    def elsewhere() -> None:
        try:
            asyncio.run(page.podio.request("GET", "/item/2"))
        except Exception as error:
            raised_errors.append(error)

    page.sign_in.let_go.clear()
    waiting = asyncio.ensure_future(page.podio.request("GET", "/item/1"))
    await until(lambda: page.podio.is_renewing)
    thread = threading.Thread(target=elsewhere)
    thread.start()
    await asyncio.to_thread(thread.join)
    page.sign_in.let_go.set()
    await waiting
    assert [type(error) for error in raised_errors] == [errors.ConfigurationError]


@on_cpython
def test_the_guard_holds_no_loop_alive_and_needs_none() -> None:
    guard = EventLoopGuard()
    guard.check()
    loop = asyncio.new_event_loop()

    async def check() -> None:
        guard.check()

    loop.run_until_complete(check())
    loop.close()
    del loop
    with pytest.raises(errors.ConfigurationError):
        asyncio.run(check())


async def test_a_client_closes_the_http_client_that_it_made_and_none_that_it_was_given() -> None:
    async with httpx2.AsyncClient() as http_client:
        async with Podio(client_id="workbench", http_client=http_client) as podio:
            assert isinstance(podio, Podio)
        assert not http_client.is_closed
        await podio.aclose()
        assert not http_client.is_closed
    async with Podio(client_id="workbench") as podio:
        own = podio._http
    assert own.is_closed


async def test_a_client_that_was_closed_says_so() -> None:
    page = Page()
    await page.podio._http.aclose()
    with pytest.raises(errors.ConfigurationError, match="was closed"):
        await page.podio.request("GET", "/item/1")
