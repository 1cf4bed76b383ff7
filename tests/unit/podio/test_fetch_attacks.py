"""A call by fetch that is lost: nothing that Podio may have done is reported as not sent."""

import asyncio
from types import SimpleNamespace
from typing import Any

import httpx2
import pytest

from tests.unit.podio.fake_browser import Browser, JsError


@pytest.mark.parametrize(
    ("online_before", "online_after", "expected"),
    [
        (True, False, httpx2.ReadError),
        (True, True, httpx2.ReadError),
        (False, True, httpx2.ReadError),
        (False, False, httpx2.ConnectError),
    ],
)
async def test_a_call_counts_as_not_sent_only_if_the_browser_was_offline_from_the_first(
    online_before: bool, online_after: bool, expected: type[Exception]
) -> None:
    browser = Browser()
    browser.js.navigator.onLine = online_before
    browser.js.AbortController = SimpleNamespace(new=lambda: SimpleNamespace(signal=None, abort=lambda: None))

    async def fetch(address: str, options: Any) -> None:
        await asyncio.sleep(0)
        browser.js.navigator.onLine = online_after
        raise JsError("Failed to fetch")

    browser.js.fetch = fetch
    with browser.running() as library:
        request = httpx2.Request("POST", "https://api.example/comment/item/1/")
        with pytest.raises(expected):
            await library.FetchTransport().handle_async_request(request)
