"""How long a page of 500 items takes to become columns in the page: decoded by msgspec, and by `json` without it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from playwright.sync_api import Page
from tests.e2e.driving import Site
from tools.build_site import build

from podio_emulator import ids

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "15"))
PROBE = """
import json
import statistics
import time

import js
from pyodide.ffi import create_proxy

from workbench.browser import later, main


def milliseconds(work, rounds):
    times = []
    for _ in range(rounds + 3):
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times[3:])


async def decode(text, app, rounds):
    await later.install("msgspec")
    from podio.model import App, _item_columns

    content, fields = text.encode(), App.from_json(json.loads(app)).fields
    ways = {"msgspec": _item_columns._decoded_by_msgspec, "json": _item_columns._decoded_by_json}
    columns = {name: _item_columns._columns(way(content), fields) for name, way in ways.items()}
    assert columns["msgspec"] == columns["json"]
    results = {"items": len(columns["json"].item_ids), "bytes": len(content)}
    for name, way in ways.items():
        results[name] = milliseconds(lambda way=way: list(way(content).items), rounds)
        to_columns = lambda way=way: _item_columns._columns(way(content), fields)
        results[f"columns by {name}"] = milliseconds(to_columns, rounds)
    return json.dumps(results)


async def start():
    js.window.probeDecode = create_proxy(decode)
    await main.start()
"""


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory, serve_site: Callable[..., Site]) -> Site:
    out = build(
        tmp_path_factory.mktemp("site"), extra_modules={"decoding_probe": PROBE}, entry="decoding_probe", release=True
    )
    return serve_site("--site", str(out))


def sample(podio: str) -> tuple[str, str]:
    """Return a page of 500 items of the emulator's largest app, and the app."""
    form = {"grant_type": "password", "username": "ada@example.com", "password": "podio"}
    secret = {"client_id": "server", "client_secret": "server-secret"}
    with httpx2.Client(base_url=podio, trust_env=False) as client:
        token = client.post("/oauth/token", data={**form, **secret}).raise_for_status().json()["access_token"]
        client.headers["Authorization"] = f"Bearer {token}"
        app = f"/app/{ids.MEASUREMENTS_APP_ID}"
        page = client.post(f"/item{app}/filter/", json={"limit": 500})
        return page.raise_for_status().text, client.get(app).raise_for_status().text


def test_msgspec_decodes_a_page_of_items_faster_than_json(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page(state="signed-out")
    text, app = sample(site.emulator.url)
    timing = "([text, app, rounds]) => probeDecode(text, app, rounds)"
    results: dict[str, Any] = json.loads(page.evaluate(timing, [text, app, ROUNDS]))
    print(f"\n{results['items']} items, {results['bytes'] / 1024:.0f} KB, medians of {ROUNDS}:")
    for name in ("msgspec", "json", "columns by msgspec", "columns by json"):
        print(f"  {name:<20} {results[name]:7.1f} ms")
    assert results["items"] == 500
    assert results["msgspec"] * 1.5 < results["json"]
