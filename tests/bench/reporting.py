"""How a benchmark reports what it measured."""

from __future__ import annotations

import os

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "7"))
"""How often each thing is measured. Only figures of 7 and more count; fewer are a quick look."""


def report(what: str, value: float, limit: float, unit: str = "") -> None:
    """Print a figure beside its limit, and fail where it is above and counts.

    Raises:
        AssertionError: The figure is above its limit.
    """
    verdict = "" if value <= limit else "   <-- above"
    print(f"{what:<58} {value:8.2f}{unit}  (at most {limit:g}{unit}){verdict}", flush=True)
    if ROUNDS >= 7:
        assert value <= limit, what
