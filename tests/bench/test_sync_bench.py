"""What a call through podio.sync costs more than the same call awaited: at most a millisecond."""

from __future__ import annotations

import asyncio
import time
from statistics import median

import httpx2

from podio import Podio
from podio.sync import Podio as SyncPodio

CALLS = 300
MOST = 1.0
TOKEN = {"access_token": "a", "token_type": "bearer", "expires_in": 28800, "refresh_token": "r"}


def http() -> httpx2.AsyncClient:
    return httpx2.AsyncClient(transport=httpx2.MockTransport(lambda request: httpx2.Response(200, json={})))


def synchronous() -> list[float]:
    times = []
    with SyncPodio("app", client_id="id", client_secret="secret", http_client=http()) as podio:
        podio.set_access_token(TOKEN)
        for _ in range(CALLS):
            start = time.perf_counter()
            podio.request("GET", "/item/1")
            times.append((time.perf_counter() - start) * 1000)
    return times


async def asynchronous() -> list[float]:
    times = []
    async with Podio("app", client_id="id", client_secret="secret", http_client=http()) as podio:
        await podio.set_access_token(TOKEN)
        for _ in range(CALLS):
            start = time.perf_counter()
            await podio.request("GET", "/item/1")
            times.append((time.perf_counter() - start) * 1000)
    return times


def test_a_call() -> None:
    more = median(synchronous()) - median(asyncio.run(asynchronous()))
    print(f"\na call through podio.sync: {more:.2f} ms more (at most {MOST:.0f})")
    assert more <= MOST
