"""Podio's hourly limits, per user and API key."""

from __future__ import annotations

from dataclasses import dataclass

from podio_emulator.errors import rate_limited
from podio_emulator.model import Author

_WINDOW = 3600


@dataclass(kw_only=True, slots=True)
class _Window:
    began: float
    used: int = 0


class RateLimits:
    """Counts calls in windows of an hour that begin with the first call.

    ``ordinary`` calls and ``heavy`` ones (which Podio's documentation marks as rate-limited) are counted apart.
    """

    def __init__(self, *, ordinary: int, heavy: int) -> None:
        self._limits = {False: ordinary, True: heavy}
        self._windows: dict[tuple[Author, str, bool], _Window] = {}

    def clear(self) -> None:
        """Clear all calls."""
        self._windows.clear()

    def count(self, author: Author, client_id: str, *, heavy: bool, now: float) -> dict[str, str]:
        """Count a call and return the headers that show it; refuse the call above the limit."""
        key = (author, client_id, heavy)
        window = self._windows.get(key)
        if window is None or now - window.began >= _WINDOW:
            window = self._windows[key] = _Window(began=now)
        limit = self._limits[heavy]
        headers = {"X-Rate-Limit-Limit": str(limit), "X-Rate-Limit-Remaining": str(max(0, limit - window.used - 1))}
        if window.used >= limit:
            refusal = rate_limited(max(1, int(window.began + _WINDOW - now)))
            refusal.headers.update(headers)
            raise refusal
        window.used += 1
        return headers
