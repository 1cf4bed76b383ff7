"""Runs in the page: the real workbench, and calls that a test starts when the browser would block a window.

A test's own `evaluate`, and each look that `expect` takes at the page, counts as a click, which would let a window
open. So what a test asks for is done by a timer of the page, once the browser no longer counts any click, and until
then the test listens to the console only.
"""

import asyncio
import json

import js
from pyodide.ffi import create_proxy

from workbench.browser import main


async def start() -> None:
    limit = getattr(js.document.documentElement.dataset, "windowTimeLimit", None)
    loop = await (main.start(window_time_limit=float(limit)) if limit else main.start())
    wanted: list[int] = []
    answers: list[str] = []
    asked: list[asyncio.Future[list[None]]] = []

    async def call(number: int) -> None:
        try:
            answer = await loop.podio.request("GET", f"/item/{31_001 + number % 5}")
            answers.append(f"ok {number} {answer['item_id']}")
        except Exception as error:
            answers.append(f"{type(error).__name__} {number}")

    async def tell_what_comes(calls: asyncio.Future[list[None]]) -> None:
        while not calls.done() and loop.sign_in.status.phase.value in ("idle", "failed"):
            await asyncio.wait([calls], timeout=0.02)
        js.console.debug(f"probe: {'answered' if calls.done() else loop.sign_in.status.phase.value}")

    async def work() -> None:
        while True:
            await asyncio.sleep(0.05)
            if wanted and not js.navigator.userActivation.isActive:
                calls = asyncio.gather(*(call(number) for number in range(wanted.pop())))
                await tell_what_comes(calls)
                asked.append(calls)

    js.window.probeAsk = create_proxy(wanted.append)
    js.window.probeAnswers = create_proxy(lambda: json.dumps(answers))
    js.document.documentElement.dataset.probe = "ready"
    await work()
