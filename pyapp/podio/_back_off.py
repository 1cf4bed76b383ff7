"""The pauses between tries of something that fails: longer each time, and not the same for all who failed together."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class BackOff:
    """Pauses that double up to a limit, each shortened by up to a half.

    Attributes:
        first: Seconds before the second try.
        longest: Seconds that a pause has at most.
        random: Numbers from 0 to 1, so that clients that failed together don't come back together.
    """

    first: float
    longest: float
    random: Callable[[], float] = field(default=random.random, repr=False)

    def pause(self, failures: int) -> float:
        """Return the seconds to wait after so many failures in a row, of which there is one at least."""
        pause = min(self.longest, self.first * 2.0 ** min(failures - 1, 30))
        return pause * (0.5 + self.random() / 2)
