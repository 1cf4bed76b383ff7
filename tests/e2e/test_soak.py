"""The page under random faults, in two tabs: nothing is lost, doubled or overwritten, and what was reported is so.

`make soak` runs 20 seeds, and then robs the outbox of its checks: SOAK_BROWSER_SEEDS says how many, SOAK_FIRST with
which to begin. A seed replays to the same end.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, get_args

import pytest
from playwright.sync_api import BrowserContext
from tests.e2e.conftest import cleared
from tests.e2e.driving import Console, Site
from tests.e2e.soak_judgement import Wrong
from tests.e2e.soak_run import Check, SoakRun

FIRST = int(os.environ.get("SOAK_FIRST", "0"))
SEEDS = int(os.environ.get("SOAK_BROWSER_SEEDS", "2"))
STEPS = int(os.environ.get("SOAK_STEPS", "300"))
PROBE = (Path(__file__).parent / "soak_probe.py").read_text(encoding="utf-8")

Soak = Callable[..., dict[str, Any]]
when_asked = pytest.mark.skipif("SOAK_BROWSER_SEEDS" not in os.environ, reason="it takes long: `make soak` does it")


@pytest.fixture(scope="module")
def soak_site(serve_probe: Callable[..., Site]) -> Site:
    return serve_probe({"soak_probe": PROBE}, "soak_probe")


@pytest.fixture
def site(soak_site: Site, console: Console) -> Site:
    console.allow("Failed to load resource", "blocked by CORS policy")  # that is what is tested
    return soak_site


@pytest.fixture
def soak(shared_context: BrowserContext, site: Site, console: Console) -> Soak:
    """Let a seed run to its end: `soak(seed, without=check)`."""

    def run_it(seed: int, *, without: Check | None = None) -> dict[str, Any]:
        site.emulator.reset()
        with cleared(shared_context, site, console) as context:
            run = SoakRun(context, site, seed, steps=STEPS, without=without)
            try:
                return run.run()
            except Exception as error:
                error.add_note(f"Replay it with: make soak SOAK_FIRST={seed} BROWSER_SEEDS=1 SEEDS=1")
                error.add_note("\n".join(run.log))
                raise
            finally:
                run.close()

    return run_it


@pytest.mark.parametrize("seed", range(FIRST, FIRST + SEEDS))
def test_nothing_is_lost_doubled_or_overwritten_and_what_was_reported_is_so(soak: Soak, seed: int) -> None:
    soak(seed)


@when_asked
def test_a_seed_leads_to_the_same_end_again(soak: Soak) -> None:
    assert soak(FIRST) == soak(FIRST)


@when_asked
@pytest.mark.parametrize("check", get_args(Check))
def test_without_any_one_of_its_checks_the_outbox_goes_wrong(
    soak: Soak, check: Check, record_property: Callable[[str, object], None]
) -> None:
    def goes_wrong(seed: int) -> bool:
        try:
            with suppress(TimeoutError):  # what is sent for ever is wrong, too, but not what is looked for
                soak(seed, without=check)
        except Wrong as error:
            record_property("goes wrong:", f"seed {seed}: {error}")
            return True
        return False

    assert any(map(goes_wrong, range(20)))
