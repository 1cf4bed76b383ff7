"""The outbox under random faults: nothing is lost, doubled or overwritten, and what was reported as saved is there.

`make soak` runs 200 seeds; SOAK_SEEDS says how many, SOAK_FIRST with which to begin. A seed replays to the same end.
"""

from __future__ import annotations

import os
import sys
from typing import get_args

import pytest
from tests.unit.workbench.outbox.simulation import Check, Simulation

FIRST = int(os.environ.get("SOAK_FIRST", "0"))
IN_PYODIDE = sys.platform == "emscripten"
SEEDS = int(os.environ.get("SOAK_SEEDS", "3" if IN_PYODIDE else "40"))


@pytest.mark.parametrize("seed", range(FIRST, FIRST + SEEDS))
def test_nothing_is_lost_doubled_or_overwritten_and_what_was_reported_is_so(seed: int) -> None:
    Simulation(seed).run()


@pytest.mark.skipif(IN_PYODIDE, reason="it takes long there, and says nothing of that Python")
@pytest.mark.parametrize("check", get_args(Check))
def test_without_any_one_of_its_checks_the_outbox_goes_wrong(check: Check) -> None:
    def goes_wrong(seed: int) -> bool:
        try:
            Simulation(seed, without=check).run()
        except AssertionError:
            return True
        return False

    assert any(map(goes_wrong, range(100)))
