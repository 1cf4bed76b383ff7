"""When a call is sent once more, and how long to wait before: one policy, which the caller can see and choose.

`podio.call_budget` decides when a call is sent at all.

Two things pass by waiting. A refusal for too many calls (420, "Please wait 300 seconds") came before Podio did
anything, so every call may be sent again. A failure (502, 503, 504, a lost connection) leaves open whether Podio acted,
so only calls that change nothing are sent again, and those that never left.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from podio._back_off import BackOff
from podio.errors import APIError, ConnectionFailed, PodioError, RateLimited, ServerError

_PASSING = frozenset({502, 503, 504})
_READING_METHODS = frozenset({"GET", "HEAD"})
_READING_POSTS = re.compile(
    r"/item/app/\d+/filter(/[^/]+)?/?"
    r"|/item/app/\d+/calculate/?"
    r"|/search(/(app|org|space)/\d+)?(/v2)?/?"
    r"|/reference/search/?"
    r"|/importer/\d+/preview/\d+/?"
)
"""Podio's documented operations that read by POST because their filter does not fit into a query."""


def reads_only(method: str, path: str) -> bool:
    """Return whether a call changes nothing, so that it may be sent twice."""
    return method in _READING_METHODS or (method == "POST" and _READING_POSTS.fullmatch(path) is not None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """What the newest response says about the hourly limit that its call counts towards.

    Podio counts ordinary calls and those that it marks as rate-limited apart, so two answers may speak of two limits.
    A page can't read these headers: there `podio.limits` stays None.

    Attributes:
        limit: Calls allowed in an hour.
        remaining: Calls left; nobody says until when.
    """

    limit: int
    remaining: int


def limits_of(headers: Mapping[str, str]) -> Limits | None:
    """Return what an answer's headers say of the limit, or None where they say nothing that can be read."""
    limit, remaining = (headers.get(f"x-rate-limit-{name}", "") for name in ("limit", "remaining"))
    if not (_is_count(limit) and _is_count(remaining)):
        return None
    return Limits(limit=int(limit), remaining=int(remaining))


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= len("999999999")


@dataclass(frozen=True, kw_only=True, slots=True)
class Wait:
    """A pause before a call is sent, or sent once more.

    Attributes:
        seconds: How long.
        reason: What went wrong: `RateLimited` (of this call, or of another for which this one waits as well), a
            `ServerError`, or a `ConnectionFailed`. None: nothing did; calls slow down before Podio refuses one.
        failures: How often the call has failed; refusals for too many calls are none.
        waited: How many seconds it has waited before because something went wrong.
        limits: What is known of the hourly limit that the call counts towards; None where nothing is.
        calls: How many calls of the client wait for their turn, this one included.
    """

    seconds: float
    reason: PodioError | None
    failures: int
    waited: float
    limits: Limits | None = None
    calls: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class RetryPolicy:
    """How patient a client is. What it does not settle is raised as it came.

    Attributes:
        attempts: How often a call is sent in all when it fails (502, 503, 504, no answer); refusals for too many calls
            are not counted here.
        max_wait: Seconds that one call may wait in all after something went wrong, be it with another call. A wait
            that would exceed it is not begun: the error is raised at once. That calls slow down is not counted here.
        first_pause: Seconds before the second try of a call that failed; doubled for each further one.
        longest_pause: Seconds that such a pause has at most.
        unstated_wait: Seconds to wait after a refusal that does not say for how long (Podio's may have no body).
        on_wait: Called with each `Wait` before it begins; what it raises ends the call.
        random: Numbers from 0 to 1, so that clients that failed together don't come back together.
    """

    attempts: int = 4
    max_wait: float = 900.0
    first_pause: float = 0.5
    longest_pause: float = 30.0
    unstated_wait: float = 60.0
    on_wait: Callable[[Wait], Any] | None = None
    random: Callable[[], float] = field(default=random.random, repr=False)

    def __post_init__(self) -> None:
        if self.attempts < 1 or min(self.max_wait, self.first_pause, self.longest_pause, self.unstated_wait) < 0:
            raise ValueError("A call is sent at least once, and no wait is shorter than nothing.")

    def wait_after(self, error: PodioError, *, repeatable: bool, failures: int, waited: float) -> Wait | None:
        """Return how long to wait before a call is sent once more, or None when it must not be.

        Args:
            error: How the newest try ended.
            repeatable: Whether the call may be sent twice though Podio may have acted on it.
            failures: How often it has failed, this time included; refusals for too many calls are not counted.
            waited: How many seconds it has waited.
        """
        if isinstance(error, RateLimited):
            seconds = self.until_allowed(error)
        elif failures < self.attempts and _may_repeat(error, repeatable=repeatable):
            seconds = self._pause(error, failures)
        else:
            return None
        if waited + seconds > self.max_wait:
            return None
        return Wait(seconds=seconds, reason=error, failures=failures, waited=waited)

    def until_allowed(self, error: RateLimited) -> float:
        """Return the seconds after which Podio takes calls again."""
        stated = error.retry_after if error.retry_after is not None else self.unstated_wait
        # A second more at most: never earlier than Podio allows, and not all at the same moment.
        return max(stated, 1.0) + self.random()

    def _pause(self, error: PodioError, failures: int) -> float:
        pause = BackOff(first=self.first_pause, longest=self.longest_pause, random=self.random).pause(failures)
        stated = error.retry_after if isinstance(error, APIError) else None
        return max(pause, stated or 0.0)


NO_RETRIES = RetryPolicy(attempts=1, max_wait=0.0)
"""The client's own policy unless it is given another: nothing waits behind a user's back; each error is raised."""


def _may_repeat(error: PodioError, *, repeatable: bool) -> bool:
    if isinstance(error, ConnectionFailed):
        return repeatable or not error.may_have_been_sent
    return repeatable and isinstance(error, ServerError) and error.status in _PASSING
