"""Runs in the page: the real workbench, and calls that a test starts when the browser would block a window.

A test's own `evaluate`, and each look that `expect` takes at the page, counts as a click for five seconds, which would
let a window open. So the test spends the click before it starts calls, in a way that is none, and then listens to the
console only.
"""

import asyncio
import json

import js
from pyodide.ffi import create_proxy

from workbench.browser import main


async def start() -> None:
    limit = getattr(js.document.documentElement.dataset, "windowTimeLimit", None)
    loop = await (main.start(window_time_limit=float(limit)) if limit else main.start())
    answers: list[str] = []
    running: set[asyncio.Future[None]] = set()

    async def call(number: int) -> None:
        try:
            answer = await loop.podio.request("GET", f"/item/{31_001 + number % 5}")
            answers.append(f"ok {number} {answer['item_id']}")
        except Exception as error:
            answers.append(f"{type(error).__name__} {number}")

    async def ask(count: int) -> None:
        calls = asyncio.gather(*(call(number) for number in range(count)))
        while not calls.done() and loop.sign_in.status.phase.value in ("idle", "failed"):
            await asyncio.wait([calls], timeout=0.02)
        js.console.debug(f"probe: {'answered' if calls.done() else loop.sign_in.status.phase.value}")
        await calls

    def begin(count: int) -> None:
        asking = asyncio.ensure_future(ask(count))
        running.add(asking)
        asking.add_done_callback(running.discard)

    js.window.probeAsk = create_proxy(begin)
    js.window.probeAnswers = create_proxy(lambda: json.dumps(answers))
    js.document.documentElement.dataset.probe = "ready"
