"""How many tabs crash in a first visit from afar: plain starts at 50 Mbit/s and 50 ms, each with a new profile.

``make first-visits`` makes 200 of them, ``VISITS=1000 make first-visits`` more; ``make bench`` makes a few only.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect
from tests.bench.visits import MEGABIT, TabCrashed, crash_reported, visit
from tests.e2e.driving import Site, throttle

VISITS = int(os.environ.get("BENCH_VISITS", "10"))
TOLD_EVERY = 10


def test_first_visits_crash_no_tab(released: Site, profile: Callable[[], Any]) -> None:
    released.emulator.reset()
    crashes = unjoined = 0
    for number in range(1, VISITS + 1):
        with profile() as context:
            page = context.new_page()
            throttle(page, latency=50, down=50 * MEGABIT, up=50 * MEGABIT)
            try:
                visit(page, released.url)
                with crash_reported(page):  # all that a first visit starts, but a crowded machine has its limits
                    expect(page.locator("script-py")).to_be_attached(timeout=30_000)
            except TabCrashed:
                crashes += 1
            except AssertionError:
                unjoined += 1
        if number % TOLD_EVERY == 0 or number == VISITS:
            print(
                f"\n{number} visits, {crashes} crashes ({unjoined} that ended before PyScript joined)",
                end="",
                flush=True,
            )
    print()
    assert crashes == 0
