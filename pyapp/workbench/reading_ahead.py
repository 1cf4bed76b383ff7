"""What the user is likely to want to see next is read before they do, while nothing else is under way.

That is the next page of a list, the next item of one that is open, and an item on whose link the pointer or the focus
rests. It costs Podio's limits what may turn out to be of no use, and must never be in anybody's way. So:

1. Nothing is read ahead while anything else is read, sent or renewed, without a connection or with an expired sign-in,
   nor ever again where Podio has refused a call for there were too many; nor in a tab that nobody looks at, or for a
   user who saves data (`workbench.browser.resting`).
2. Between two places of the page there are `_MOST_CALLS` at most, one at a time.
3. Whoever goes on stops what is under way, but for what they go to: that call serves them.
4. A failure is nobody's business; the call is made once, and with the token that is there.

The sample needs none of this: its Podio is in the page.
"""

from __future__ import annotations

from typing import Any

from workbench import reading
from workbench import state as states
from workbench.core.reads import Read
from workbench.core.routes import Destination
from workbench.reads import ItemOf, ItemsOf, ids_beside
from workbench.routes import AppPage, ItemPage
from workbench.state import Phase, RenewalPhase, State
from workbench.turn import Turn

_MOST_CALLS = 4


def likely(state: State) -> Read[Any] | None:
    """Return what is to be read ahead as soon as the user rests; None where there is nothing, or it may not be."""
    if not _may(state):
        return None
    key: Read[Any] | None
    match state.route:
        case AppPage() as route:
            key = _next_page(state, ItemsOf(app_id=route.app_id, query=route.query))
        case ItemPage(editing=False) as route:
            key = _next_item(state, route)
        case _:
            return None
    return key if key is not None and state.read(key).own is None else None


def rested(turn: Turn, now: float) -> None:
    """Read ahead what is likely to be wanted next."""
    key = likely(turn.state)
    if key is not None and not states.is_expired(turn.state, now):
        _start(turn, key)


def pointed(turn: Turn, destination: Destination | None, now: float) -> None:
    """Read ahead the item to which a link leads."""
    if destination is None or not isinstance(destination.route, ItemPage):
        return
    key = ItemOf(item_id=destination.route.item_id)
    if _may(turn.state) and not states.is_expired(turn.state, now) and turn.state.read(key).own is None:
        _start(turn, key)


def _start(turn: Turn, key: Read[Any]) -> None:
    turn.set_account(ahead_calls=turn.account.ahead_calls + 1)
    reading.start_ahead(turn, key)


def _may(state: State) -> bool:
    account = state.account
    return (
        state.phase is Phase.SIGNED_IN
        and state.online
        and not (state.leaving or states.is_sample(state))
        and account.renewal.phase is RenewalPhase.IDLE
        and account.ahead_calls < _MOST_CALLS
        and not (account.limit_met or account.pace.hindrance or account.outbox.sending)
        and not any(loadable.loading for loadable in account.reads.values())
    )


def _next_page(state: State, key: ItemsOf) -> ItemsOf | None:
    page = state.read(key).own
    if page is None or (page.filtered or 0) <= page.offset + len(page.items):
        return None
    return key.next_page


def _next_item(state: State, route: ItemPage) -> ItemOf | None:
    beside = ids_beside(state.read(ItemsOf(app_id=route.app_id, query=route.query)).own, route.item_id)
    return ItemOf(item_id=beside[1]) if beside and beside[1] else None
