"""What a route needs to be read from Podio, and how answers are filed.

Each thing that is read has one place under its key, and each call a tag of its own. An answer is filed only where its
tag is still waited for, so that a late one can't overwrite what the user sees now.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from podio.model import App, Item
from workbench.core.reads import Loadable, Read
from workbench.failures import STOPPED, Failure, Kind
from workbench.reads import AppsOf, CommentsOf, ItemOf, ItemsOf, Me, Organizations, comments_sent_with
from workbench.state import RenewalPhase, State
from workbench.turn import Turn

ValueT = TypeVar("ValueT")

_PASSING = (ItemsOf, ItemOf, CommentsOf)
_UNREADABLE = Failure(kind=Kind.UNREADABLE, message="Podio's answer could not be read. Try again in a little while.")


def start(turn: Turn, key: Read[ValueT]) -> None:
    """Read something, again if it was read before; what was read stays visible meanwhile."""
    before = turn.state.read(key)
    turn.abort(before.tag)
    value, stands_in = before.value, before.stands_in
    if value is None:
        value = key.stand_in(turn.state.reads)
        stands_in = value is not None
    tag = turn.request(key.request())
    turn.put_read(key, Loadable(value=value, stands_in=stands_in, tag=tag))


def ensure(turn: Turn) -> None:
    """Read what the route and the page's frame need and isn't there; let go of what they don't."""
    keys = (Me(), Organizations(), *turn.state.route.reads)
    for key in keys:
        loadable = turn.state.read(key)
        is_there = loadable.value is not None and not (loadable.stands_in or loadable.failure)
        if not (is_there or loadable.loading or _is_on_its_way(turn.state, key)):
            start(turn, key)
    turn.drop_reads([key for key in turn.state.reads if key not in keys and isinstance(key, _PASSING)])


def refresh(turn: Turn) -> None:
    """Read again all that the route shows."""
    for key in turn.state.route.reads:
        if not _is_on_its_way(turn.state, key):
            start(turn, key)


def retry_failed(turn: Turn, *kinds: Kind) -> None:
    """Read again what failed, for one of these reasons or (none given) for any."""
    for key, loadable in tuple(turn.state.reads.items()):
        is_meant = loadable.failure and (not kinds or loadable.failure.kind in kinds)
        if is_meant and not loadable.loading and not _is_on_its_way(turn.state, key):
            start(turn, key)


def stop(turn: Turn, key: Read[Any]) -> None:
    """Stop waiting for something."""
    loadable = turn.state.read(key)
    if loadable.loading:
        turn.abort(loadable.tag)
        turn.put_read(key, replace(loadable, tag=0, slow=False, failure=STOPPED))


def _is_on_its_way(state: State, key: Read[Any]) -> bool:
    """Whether something that is being read will bring this along."""
    return key.comes_with is not None and state.read(key.comes_with).loading


def waiting_for(state: State, tag: int) -> Read[Any] | None:
    """Find the key whose answer has this tag; None when nobody waits for it any more."""
    return next((key for key, loadable in state.reads.items() if loadable.tag == tag), None) if tag else None


def file_answer(turn: Turn, key: Read[ValueT], answer: Any) -> None:
    """File an answer under its key; one that can't be read is a failure of its own."""
    value = key.decode(answer)
    if value is None:
        file_failure(turn, key, _UNREADABLE)
        return
    tag = turn.state.read(key).tag
    turn.put_read(key, Loadable(value=value, answered=tag))
    if isinstance(key, ItemOf) and isinstance(value, Item):
        _file_comments(turn, key.item_id, value, tag)
    if isinstance(value, App) and value.space_id:
        show_space(turn, value.space_id)


def _file_comments(turn: Turn, item_id: int, item: Item, tag: int) -> None:
    """File the comments that came with an item, unless they were read later than it; what didn't come is read."""
    key = CommentsOf(item_id=item_id)
    before = turn.state.read(key)
    comments = comments_sent_with(item)
    if comments is None:
        if not before.loading:
            start(turn, key)
    elif max(before.tag, before.answered) < tag:
        turn.abort(before.tag)
        turn.put_read(key, Loadable(value=comments, answered=tag))


def file_failure(turn: Turn, key: Read[Any], failure: Failure) -> None:
    """File why something couldn't be read; what was read of it before stays."""
    turn.put_read(key, replace(turn.state.read(key), tag=0, slow=False, failure=failure))


def mark_slow(turn: Turn, key: Read[Any]) -> None:
    """Say that something takes long; not while the sign-in is what is waited for."""
    if turn.state.renewal.phase is RenewalPhase.IDLE:
        turn.put_read(key, replace(turn.state.read(key), slow=True))


def show_space(turn: Turn, space_id: int) -> None:
    """Unfold a workspace in the side bar and read its apps."""
    turn.set(expanded=turn.state.expanded | {space_id})
    key = AppsOf(space_id=space_id)
    loadable = turn.state.read(key)
    if not loadable.loading and loadable.value is None:
        start(turn, key)


def pages_of(state: State, app_id: int) -> list[Read[Any]]:
    """Return the keys of all pages of an app's items."""
    return [key for key in state.reads if isinstance(key, ItemsOf) and key.app_id == app_id]
