"""What a page of 10,000 sample items costs at the emulator, over HTTP, and what starting one costs: under 0.3 s."""

from __future__ import annotations

import time

import pytest
from tests.emulator.conftest import ada, clock, server_url, visitors  # noqa: F401
from tests.emulator.visitor import Visitor

from podio_emulator import create_app
from podio_emulator.ids import MEASUREMENTS_APP_ID

LIMIT = 0.3  # seconds


def filtered(visitor: Visitor, body: dict[str, object]) -> float:
    begun = time.perf_counter()
    visitor.call("POST", f"/item/app/{MEASUREMENTS_APP_ID}/filter/", body).json()
    return time.perf_counter() - begun


@pytest.mark.parametrize(
    "body",
    [
        {"limit": 100},
        {"limit": 100, "offset": 9900, "sort_by": "flux"},
        {"limit": 100, "sort_by": "title", "filters": {"verdict": [3], "power": {"from": 7, "to": 8}}},
    ],
    ids=str,
)
def test_a_page_of_the_measurements(ada: Visitor, body: dict[str, object]) -> None:  # noqa: F811
    filtered(ada, {"limit": 1})
    quickest = min(filtered(ada, body) for _ in range(3))
    print(f"\n{body}: {quickest * 1000:.0f} ms (at most {LIMIT * 1000:.0f})")
    assert quickest < LIMIT


def test_an_emulator_whose_measurements_nobody_requested() -> None:
    begun = time.perf_counter()
    create_app()
    seconds = time.perf_counter() - begun
    print(f"\nan emulator starts in {seconds * 1000:.0f} ms (at most {LIMIT * 1000:.0f})")
    assert seconds < LIMIT
