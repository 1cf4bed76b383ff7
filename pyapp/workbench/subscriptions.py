"""What the page listens to for as long as its state wants it."""

from __future__ import annotations

from enum import Enum

from workbench import state as states
from workbench.state import Phase, State


class Subscription(Enum):
    """Something that is listened to."""

    CLOCK = "the time, by which a sign-in ends"
    TABS = "tabs of this site that open and ask for the session"


def subscriptions(state: State) -> dict[Subscription, None]:
    """Return what a state wants to be listened to."""
    wanted: dict[Subscription, None] = {}
    if state.phase is Phase.SIGNED_IN and state.expires_at is not None:
        wanted[Subscription.CLOCK] = None
    if states.hands_session_on(state):
        wanted[Subscription.TABS] = None
    return wanted
