"""The emulator's time, which a test puts forward or stops."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

_LATEST = datetime(9000, 1, 1, tzinfo=UTC).timestamp()
"""Beyond it the dates of what expires later can't be written."""


class Clock:
    """Seconds since the epoch: those of `source`, until a test says otherwise.

    Calling it returns the time, so that a client can go by it as well: ``podio.Clock(now=clock)``.
    """

    def __init__(self, source: Callable[[], float]) -> None:
        self._source = source
        self._ahead = 0.0
        self._stopped_at: float | None = None

    def __call__(self) -> float:
        """Return the time."""
        return self._source() + self._ahead if self._stopped_at is None else self._stopped_at

    def advance(self, step: float | timedelta) -> None:
        """Put the clock forward by `step` (seconds, or a timedelta); a stopped one stays stopped.

        Raises:
            ValueError: for a step back, or out of the calendar.
        """
        seconds = step.total_seconds() if isinstance(step, timedelta) else step
        if not seconds >= 0:
            msg = f"A clock goes forward: {step!r} must be a number of seconds from 0."
            raise ValueError(msg)
        moment = _check(self() + seconds)
        if self._stopped_at is None:
            self._ahead += seconds
        else:
            self._stopped_at = moment

    def stop(self, at: datetime | None = None) -> None:
        """Stop the clock, at a moment or where it is.

        Raises:
            ValueError: for a moment without a time zone, or out of the calendar.
        """
        if at is not None and at.tzinfo is None:
            msg = f"{at!r} needs a time zone: datetime(…, tzinfo=UTC)."
            raise ValueError(msg)
        self._stopped_at = self() if at is None else _check(at.timestamp())

    def reset(self) -> None:
        """Show the source's time again."""
        self._ahead, self._stopped_at = 0.0, None


def _check(seconds: float) -> float:
    if not 0 <= seconds <= _LATEST:
        msg = "The clock shows the years from 1970 to 9000."
        raise ValueError(msg)
    return seconds
