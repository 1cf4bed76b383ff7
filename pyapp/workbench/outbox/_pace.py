"""When the sender may send: what pauses it, and for how long."""

from __future__ import annotations

from typing import NamedTuple

from workbench.outbox._delivery import Hindrance

_UNSTATED_WAIT = 60.0
_FIRST_PAUSE = 2.0
_LONGEST_PAUSE = 60.0


class Pace(NamedTuple):
    """Whether the sender is paused.

    Attributes:
        hindrance: What pauses it; None where nothing does.
        until: Until when (seconds since 1970); an expired sign-in pauses it until the user has signed in.
        failures: How often in a row there was no connection.
    """

    hindrance: Hindrance | None = None
    until: float = 0.0
    failures: int = 0

    def is_paused(self, now: float) -> bool:
        """Whether nothing may be sent."""
        return self.hindrance is not None and now < self.until

    def after(self, hindrance: Hindrance | None, wait: float | None, now: float) -> Pace:
        """Return the pace after a call.

        Args:
            hindrance: What kept the call from being made, if anything did.
            wait: Seconds that Podio requests to wait, where it does.
            now: Seconds since 1970.
        """
        if hindrance is Hindrance.LIMIT:
            return Pace(hindrance, now + (_UNSTATED_WAIT if wait is None else wait))
        if hindrance is Hindrance.SIGN_IN:
            return Pace(hindrance, float("inf"))
        if hindrance is Hindrance.CONNECTION:
            pause = min(_FIRST_PAUSE * 2 ** min(self.failures, 10), _LONGEST_PAUSE)
            return Pace(hindrance, now + pause, self.failures + 1)
        return Pace()

    def resume(self) -> Pace:
        """Return the pace where there is reason to think that it works now; Podio's limit holds all the same."""
        return self if self.hindrance is Hindrance.LIMIT else Pace()
