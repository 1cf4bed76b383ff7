"""What the page listens to for as long as its state wants it."""

from __future__ import annotations

from enum import Enum
from typing import Any, NamedTuple

from workbench import reading_ahead, sample
from workbench import state as states
from workbench.core.reads import Read
from workbench.state import Phase, State


class Subscription(Enum):
    """Something that is listened to."""

    CLOCK = "the time, by which a sign-in ends"
    NOTE = "whether the note was read: what went well is said for some seconds"
    TABS = "tabs of this site that open and ask for the session"


class OutboxOf(NamedTuple):
    """The outbox of a user."""

    user_id: int


class RestBefore(NamedTuple):
    """A moment in which nothing happens, before this is read ahead."""

    key: Read[Any]


Wanted = Subscription | OutboxOf | RestBefore


def subscriptions(state: State) -> dict[Wanted, None]:
    """Return what a state wants to be listened to."""
    result: dict[Wanted, None] = {}
    if state.phase is Phase.SIGNED_IN and state.account.expires_at is not None:
        result[Subscription.CLOCK] = None
    if state.phase is Phase.SIGNED_IN and state.note not in ("", sample.EXPIRED):
        result[Subscription.NOTE] = None
    if states.hands_session_on(state):
        result[Subscription.TABS] = None
    if state.phase is Phase.SIGNED_IN and state.account.user_id:
        result[OutboxOf(state.account.user_id)] = None
    if key := reading_ahead.likely(state):
        result[RestBefore(key)] = None
    return result
