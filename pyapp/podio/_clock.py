"""Time as a client sees it: what it is, and how to let it pass."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """A clock to tell the time by and to wait with; the two belong together, for a test lets both stand still.

    Attributes:
        now: Returns the seconds since 1970.
        sleep: Waits for so many seconds.
    """

    now: Callable[[], float] = time.time
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


SYSTEM_CLOCK = Clock()
"""The machine's clock."""
