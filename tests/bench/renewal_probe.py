"""Runs in the page: the real workbench, and calls that are timed."""

import asyncio
import json
from typing import Any

import js
from pyodide.ffi import create_proxy

from workbench.browser import main


def now() -> float:
    """Return milliseconds by the clock that all windows share."""
    return float(js.performance.timeOrigin + js.performance.now())


async def start() -> None:
    loop = await main.start()

    async def calls(count: int) -> str:
        begun = now()
        js.window.callbackLoaded = 0
        answers: list[Any] = await asyncio.gather(*(loop.podio.request("GET", "/item/31001") for _ in range(count)))
        ended = now()
        return json.dumps(
            {
                "took": ended - begun,
                "since_callback": ended - float(js.window.callbackLoaded),
                "answered": len([answer for answer in answers if answer["item_id"] == 31001]),
            }
        )

    js.window.benchCalls = create_proxy(calls)
