"""What the page listens to for as long as its state wants it."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from workbench import sample
from workbench import state as states
from workbench.state import Phase, State


class Subscription(Enum):
    """Something that is listened to."""

    CLOCK = "the time, by which a sign-in ends"
    NOTE = "whether the note was read: what went well is said for some seconds"
    TABS = "tabs of this site that open and ask for the session"


class OutboxOf(NamedTuple):
    """The outbox of a user."""

    person_id: int


def subscriptions(state: State) -> dict[Subscription | OutboxOf, None]:
    """Return what a state wants to be listened to."""
    wanted: dict[Subscription | OutboxOf, None] = {}
    if state.phase is Phase.SIGNED_IN and state.account.expires_at is not None:
        wanted[Subscription.CLOCK] = None
    if state.phase is Phase.SIGNED_IN and state.note not in ("", sample.EXPIRED):
        wanted[Subscription.NOTE] = None
    if states.hands_session_on(state):
        wanted[Subscription.TABS] = None
    if state.phase is Phase.SIGNED_IN and state.account.user_id:
        wanted[OutboxOf(state.account.user_id)] = None
    return wanted
