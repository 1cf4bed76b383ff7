"""Podio's hourly limits, kept by all calls together: slower the less is left, and not one while Podio says to wait.

Podio says with each response how many calls an hour it allows and how many are left, not until when. Hence:

1. Each call that is sent takes a ticket; what is left is what the newest response said, less the tickets taken since.
   That corrects itself: for other programs' calls, calls that never arrived, and a new hour.
2. While more than a share of the limit is left, nothing waits. Below it the pauses grow, until the last calls are
   spread over the rest of the hour, counted from when its first call was seen.
3. Before the first response of an hour, or after a refusal, only a few calls go out: nobody knows yet what is left.
4. Once Podio refuses a call (420, "Please wait 300 seconds") nobody sends one until that time has passed.
5. Podio counts the calls that its documentation marks as rate-limited apart: they have a count of their own.

`take`, `note` and `close` decide; a budget keeps their state: here in memory, `podio.redis.RedisCallBudget` for many
processes. `podio._call_gate` waits.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal, Protocol

from podio._retry_policy import Limits
from podio.json_text import parse_object

__all__ = ["BudgetState", "CallBudget", "Count", "LocalCallBudget", "Turn", "close", "note", "take"]

HOUR = 3600.0
SLOW_BELOW = 0.5
MOST_UNSEEN = 20
"""Calls that go out before a response has said what is left."""
UNSEEN_PAUSE = 0.1
UNSEEN_PATIENCE = 1.0
"""Seconds after which one more goes out though no response came."""

Cause = Literal["refused", "slow", "unseen"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """What a budget says to a call that is to be sent.

    Attributes:
        kind: What the call counts towards.
        seconds: How long to wait and then ask again; 0: it may be sent.
        cause: Why it must wait: Podio refused a call, few are left, or nobody knows yet how many are.
        ticket: Its number, where it may be sent.
        limits: What is known of the limit.
    """

    kind: str
    seconds: float = 0.0
    cause: Cause | None = None
    ticket: int | None = None
    limits: Limits | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Count:
    """The calls of one kind.

    Attributes:
        taken: How many tickets were taken, ever.
        unseen_from: How many were when the hour began of which nothing is known yet.
        capacity: The ticket with which nothing is left; None while no response has said it.
        limit: Calls allowed in an hour, as of the newest response.
        since: When the hour was first seen, in seconds.
        newest: When the newest ticket was taken.
        is_silent: Whether responses say nothing of limits, as in a page.
    """

    taken: int = 0
    unseen_from: int = 0
    capacity: int | None = None
    limit: int | None = None
    since: float = 0.0
    newest: float = 0.0
    is_silent: bool = False

    @property
    def left(self) -> int:
        """The calls that are left."""
        return max((self.capacity or 0) - self.taken, 0)

    @property
    def limits(self) -> Limits | None:
        """What is known of the limit."""
        return None if self.capacity is None or self.limit is None else Limits(limit=self.limit, remaining=self.left)

    def unseen(self, since: float) -> Count:
        """Return the count at the begin of an hour of which nothing is known yet."""
        return replace(self, capacity=None, is_silent=False, since=since, unseen_from=self.taken)


@dataclass(frozen=True, kw_only=True, slots=True)
class BudgetState:
    """What a budget keeps.

    Attributes:
        closed_until: Until when nothing is sent, in seconds.
        counts: The calls, by kind.
    """

    closed_until: float = 0.0
    counts: Mapping[str, Count] = field(default_factory=dict)

    def with_count(self, kind: str, count: Count) -> BudgetState:
        """Return the state with another count of a kind."""
        return replace(self, counts={**self.counts, kind: count})

    def to_json(self) -> str:
        """Return the state as text."""
        return json.dumps(
            {"closed_until": self.closed_until, "counts": {kind: asdict(count) for kind, count in self.counts.items()}}
        )

    @classmethod
    def from_json(cls, text: str) -> BudgetState:
        """Return the state of a text; a damaged one counts as nothing."""
        stored: Any = parse_object(text, longest=64 * 1024, constants=False)
        try:
            counts = {str(kind): Count(**fields) for kind, fields in stored["counts"].items()}
            state = cls(closed_until=stored["closed_until"] + 0.0, counts=counts)
            for count in counts.values():
                numbers = (count.taken, count.unseen_from, count.capacity or 0, count.limit or 0)
                if not all(isinstance(number, int) for number in numbers) or count.since + count.newest < 0:
                    return cls()
        except (KeyError, TypeError, AttributeError):
            return cls()
        return state


def take(state: BudgetState, kind: str, now: float, *, slow_below: float = SLOW_BELOW) -> tuple[BudgetState, Turn]:
    """Return whether a call may be sent now, and the state once it has its ticket.

    Args:
        state: The budget's state.
        kind: What the call counts towards.
        now: The time in seconds.
        slow_below: The share of the limit, 0 to 1, below which calls slow down.
    """
    count = state.counts.get(kind) or Count(since=now)
    if state.closed_until > now:
        return state, Turn(kind=kind, seconds=state.closed_until - now, cause="refused", limits=count.limits)
    if now >= count.since + HOUR:
        count = count.unseen(now)
    seconds, cause = _pause(count, now, slow_below)
    if seconds > 0:
        return state, Turn(kind=kind, seconds=seconds, cause=cause, limits=count.limits)
    count = replace(count, taken=count.taken + 1, newest=now)
    return state.with_count(kind, count), Turn(kind=kind, ticket=count.taken, limits=count.limits)


def note(state: BudgetState, turn: Turn, limits: Limits | None, now: float) -> BudgetState:
    """Return the state once a response has come.

    Args:
        state: The budget's state.
        turn: The call's.
        limits: What the response says; None where it says nothing.
        now: The time in seconds.
    """
    count = state.counts.get(turn.kind) or Count(since=now)
    if state.closed_until > now:
        return state  # a response to what was sent before: it speaks of an hour that is over when calls go on
    if limits is None:
        return state.with_count(turn.kind, replace(count, is_silent=True)) if count.capacity is None else state
    capacity = limits.remaining + (count.taken if turn.ticket is None else turn.ticket)
    # Responses may overtake each other; only a jump is a new hour.
    is_new_hour = count.capacity is None or capacity - count.capacity > limits.limit / 4
    since = now if is_new_hour else count.since
    count = replace(count, capacity=capacity, limit=limits.limit, since=since, is_silent=False)
    return state.with_count(turn.kind, count)


def close(state: BudgetState, seconds: float, now: float) -> BudgetState:
    """Return the state once Podio has refused a call: nothing is sent for so many seconds."""
    until = max(state.closed_until, now + seconds)
    return BudgetState(closed_until=until, counts={kind: count.unseen(until) for kind, count in state.counts.items()})


def _pause(count: Count, now: float, slow_below: float) -> tuple[float, Cause | None]:
    if count.is_silent:
        return 0.0, None
    if count.capacity is None or count.limit is None:
        waits = count.taken - count.unseen_from >= MOST_UNSEEN and 0 <= now - count.newest < UNSEEN_PATIENCE
        return (UNSEEN_PAUSE, "unseen") if waits else (0.0, None)
    few = count.limit * slow_below
    if count.left >= few:
        return 0.0, None
    # The rest of the hour, divided among what is left; at first only a little of it.
    spread = (count.since + HOUR - count.newest) / max(count.left, 1)
    return count.newest + spread * (1 - (count.left / few) ** 2) - now, "slow"


class CallBudget(Protocol):
    """A budget that clients share: `LocalCallBudget`, `podio.redis.RedisCallBudget`.

    Podio counts by user and API key, so those that share one must have both in common. Whatever it raises is a
    `podio.PodioError`; calls then go out without it.
    """

    async def take(self, kind: str) -> Turn:
        """Return whether a call may be sent now; if so it has its ticket."""
        ...

    async def note(self, turn: Turn, limits: Limits | None) -> None:
        """Note what a response says of the limit; None where it says nothing."""
        ...

    async def close(self, seconds: float) -> None:
        """Note that Podio refused a call, so that nothing is sent for so many seconds."""
        ...


class LocalCallBudget:
    """A budget of one client, or of several in one event loop that are the same user with the same API key.

    Args:
        slow_below: The share of the hourly limit, 0 to 1, below which calls slow down; 0: they don't, and all wait only
            once Podio refuses one.
        clock: Seconds since 1970.

    Raises:
        ValueError: for a share that is none.
    """

    def __init__(self, *, slow_below: float = SLOW_BELOW, clock: Callable[[], float] = time.time) -> None:
        self._slow_below = checked_share(slow_below)
        self._clock = clock
        self._state = BudgetState()

    async def take(self, kind: str) -> Turn:
        """Return whether a call may be sent now."""
        self._state, turn = take(self._state, kind, self._clock(), slow_below=self._slow_below)
        return turn

    async def note(self, turn: Turn, limits: Limits | None) -> None:
        """Note what a response says of the limit."""
        self._state = note(self._state, turn, limits, self._clock())

    async def close(self, seconds: float) -> None:
        """Note that Podio refused a call."""
        self._state = close(self._state, seconds, self._clock())


def checked_share(share: float) -> float:
    """Return a share, once it is found to be one.

    Raises:
        ValueError: for any other number.
    """
    if not 0 <= share <= 1:
        raise ValueError("slow_below must be a share of the limit, from 0 to 1.")
    return share
