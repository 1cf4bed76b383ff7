"""What a route needs to be read from Podio, and how responses are filed.

Each thing that is read has one place under its key, and each call a tag of its own. A response is filed only where its
tag is still waited for, so that a late one can't overwrite what the user sees now. What isn't shown any more is
remembered for some minutes: back at it, it is there at once, and is read again behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from podio.model import App, Item, ItemsPage
from workbench.core.reads import Loadable, Read
from workbench.failures import STOPPED, Failure, Kind
from workbench.outbox import Settlement, UpdateItem
from workbench.reads import AppsOf, CommentsOf, ItemOf, ItemsOf, Me, Organizations, comments_sent_with
from workbench.settled_reads import After, is_listed, with_item, with_newest, with_settled, without_item
from workbench.state import RenewalPhase, State
from workbench.turn import Turn

ValueT = TypeVar("ValueT")

_REMEMBERED = {ItemsOf: 5, ItemOf: 30, CommentsOf: 30}
"""What isn't kept until the sign-out, and how many of each are remembered when they aren't shown any more."""

_READ_AHEAD = {ItemsOf: 1, ItemOf: 3, CommentsOf: 3}
"""How much is kept of what was read ahead and isn't shown."""

_REMEMBERED_FOR = 300.0
_UNREADABLE = Failure(kind=Kind.UNREADABLE, message="Podio's answer could not be read. Try again in a little while.")


def start(turn: Turn, key: Read[ValueT], *, is_quiet: bool = False) -> None:
    """Read something, again if it was read before; what was read stays visible meanwhile."""
    _stop_reading_ahead(turn)
    previous = turn.state.read(key)
    turn.abort(previous.tag)
    value, stands_in = previous.value, previous.stands_in
    if value is None:
        value = key.stand_in(turn.account.reads)
        stands_in = value is not None
    tag = turn.request(key.request())
    turn.put_read(key, Loadable(value=value, stands_in=stands_in, tag=tag, is_quiet=is_quiet))


def _stop_reading_ahead(turn: Turn) -> None:
    """Let nobody wait for what nobody waits for."""
    loadables = turn.account.reads.items()
    ahead = [
        key for key, loadable in loadables if loadable.ahead and loadable.loading and loadable.hidden_since is not None
    ]
    if ahead:
        turn.drop_reads(ahead)


def start_ahead(turn: Turn, key: Read[Any]) -> None:
    """Read something before the user wants to see it."""
    tag = turn.request(key.request_ahead(), ahead=True)
    turn.put_read(key, Loadable(tag=tag, is_quiet=True, hidden_since=0.0, ahead=True))


def ensure(turn: Turn) -> None:
    """Read what the route and the page's frame need and isn't there, or is from memory; leave what they don't."""
    keys = (Me(), Organizations(), *turn.state.route.reads)
    old = _recall(turn, keys)
    for key in keys:
        loadable = turn.state.read(key)
        is_there = loadable.own is not None and not (loadable.failure or key in old)
        if not (is_there or loadable.loading or _is_on_its_way(turn.state, key)):
            start(turn, key, is_quiet=key in old)
    if turn.account.ahead_calls:
        turn.set_account(ahead_calls=0)
    stay = (*keys, *turn.state.route.keeps)
    _leave(turn, [key for key in turn.account.reads if key not in stay and type(key) in _REMEMBERED])


def _recall(turn: Turn, keys: Sequence[Read[Any]]) -> set[Read[Any]]:
    """Show what is only remembered, or read ahead, and return what of it is to be read again.

    A page of a list that was read ahead just now isn't; an item is, for Podio is to know that the user has seen it.
    """
    old: set[Read[Any]] = set()
    for key in keys:
        loadable = turn.state.read(key)
        if loadable.hidden_since is None:
            continue
        if loadable.value is None:
            value = key.stand_in(turn.account.reads)
            loadable = replace(loadable, value=value, stands_in=value is not None, is_quiet=False)
        if not (loadable.ahead and isinstance(key, ItemsOf)):
            old.add(key)
        turn.put_read(key, replace(loadable, hidden_since=None, ahead=loadable.ahead and loadable.loading))
    return old


def _leave(turn: Turn, keys: Sequence[Read[Any]]) -> None:
    """Remember what isn't shown any more, as far as it was read: of each kind the last ones."""
    hidden_reads: dict[Read[Any], Loadable[Any]] = {}
    for kind, limit in _REMEMBERED.items():
        loadables = [(key, turn.state.read(key)) for key in keys if type(key) is kind]
        candidates = [(key, loadable) for key, loadable in loadables if loadable.own is not None]
        seen = [(key, loadable) for key, loadable in candidates if not loadable.ahead][-limit:]
        ahead = [(key, loadable) for key, loadable in candidates if loadable.ahead][-_READ_AHEAD[kind] :]
        for key, loadable in (*seen, *ahead):
            turn.abort(loadable.tag)
            left = loadable.hidden_since or 0.0
            hidden_reads[key] = Loadable(
                value=loadable.value, response_tag=loadable.response_tag, hidden_since=left, ahead=loadable.ahead
            )
    turn.drop_reads([key for key in keys if key not in hidden_reads])
    visible_reads = {key: loadable for key, loadable in turn.account.reads.items() if key not in hidden_reads}
    turn.set_account(reads={**hidden_reads, **visible_reads})


def drop_old(turn: Turn, now: float) -> None:
    """Drop what hasn't been shown for some minutes."""
    for key, loadable in tuple(turn.account.reads.items()):
        if loadable.hidden_since is None:
            continue
        if not 0 < loadable.hidden_since <= now:  # left since the clock was read, or the clock was put back
            turn.put_read(key, replace(loadable, hidden_since=now))
        elif now - loadable.hidden_since > _REMEMBERED_FOR:
            turn.drop_reads([key])
        elif loadable.ahead and not loadable.loading:
            turn.put_read(key, replace(loadable, ahead=False))  # it is as old as what was seen before


def refresh(turn: Turn) -> None:
    """Read again all that the route shows."""
    for key in turn.state.route.reads:
        if not _is_on_its_way(turn.state, key):
            start(turn, key)


def retry_failed(turn: Turn, *kinds: Kind) -> None:
    """Read again what failed, for one of these reasons or (without an argument) for any."""
    for key, loadable in tuple(turn.account.reads.items()):
        is_meant = loadable.failure and (not kinds or loadable.failure.kind in kinds)
        if is_meant and not loadable.loading and not _is_on_its_way(turn.state, key):
            start(turn, key)


def stop(turn: Turn, key: Read[Any]) -> None:
    """Stop waiting for something."""
    loadable = turn.state.read(key)
    if loadable.loading:
        turn.abort(loadable.tag)
        turn.put_read(key, replace(loadable, tag=0, is_slow=False, failure=STOPPED))


def _is_on_its_way(state: State, key: Read[Any]) -> bool:
    """Whether something that is being read will bring this along."""
    return key.comes_with is not None and state.read(key.comes_with).loading


def waiting_for(state: State, tag: int) -> Read[Any] | None:
    """Return the key whose response has this tag; None when nobody waits for it any more."""
    return next((key for key, loadable in state.account.reads.items() if loadable.tag == tag), None) if tag else None


def file_response(turn: Turn, key: Read[ValueT], response: Any) -> None:
    """File a response under its key; one that can't be read is a failure of its own."""
    value = key.decode(response)
    if value is None:
        file_failure(turn, key, _UNREADABLE)
        return
    before = turn.state.read(key)
    is_adopted = before.ahead and before.hidden_since is None
    new: Loadable[Any] = Loadable(
        value=value, response_tag=before.tag, hidden_since=before.hidden_since, ahead=before.ahead and not is_adopted
    )
    turn.put_read(key, new)
    if isinstance(value, ItemsPage):
        turn.put_read(key, replace(new, value=with_newest(turn.account.reads, value)))
    if isinstance(key, ItemOf) and isinstance(value, Item):
        turn.set_account(reads=with_item(turn.account.reads, value))
        _file_comments(turn, key.item_id, value, new)
        if is_adopted:
            start(turn, key, is_quiet=True)  # Podio is to know that the user has seen it
    if isinstance(value, App) and value.space_id:
        show_space(turn, value.space_id)


def _file_comments(turn: Turn, item_id: int, item: Item, read: Loadable[Any]) -> None:
    """File the comments that came with an item, unless they were read later than it; what didn't come is read."""
    key = CommentsOf(item_id=item_id)
    previous = turn.state.read(key)
    comments = comments_sent_with(item)
    if comments is None:
        if key in turn.state.route.reads and not previous.loading:
            start(turn, key)
    elif max(previous.tag, previous.response_tag) < read.response_tag:
        turn.abort(previous.tag)
        turn.put_read(key, replace(read, value=comments))


def file_failure(turn: Turn, key: Read[Any], failure: Failure) -> None:
    """File why something couldn't be read; what was read of it before stays, but for the memory of what is gone."""
    loadable = turn.state.read(key)
    if loadable.is_quiet and failure.kind is Kind.MISSING:
        loadable = Loadable()
    if isinstance(key, ItemOf) and failure.kind is Kind.MISSING:
        _take(turn, without_item(turn.account.reads, key.item_id))
    turn.put_read(key, replace(loadable, tag=0, is_slow=False, failure=failure))


def mark_slow(turn: Turn, key: Read[Any]) -> None:
    """Say that something takes long; not while the sign-in is what is waited for."""
    if turn.account.renewal.phase is RenewalPhase.IDLE:
        turn.put_read(key, replace(turn.state.read(key), is_slow=True))


def show_space(turn: Turn, space_id: int) -> None:
    """Unfold a workspace in the side bar and read its apps."""
    turn.set_account(expanded=turn.account.expanded | {space_id})
    key = AppsOf(space_id=space_id)
    loadable = turn.state.read(key)
    if not loadable.loading and loadable.value is None:
        start(turn, key)


def settle(turn: Turn, settled: Settlement) -> None:
    """Change what was read by a change that Podio has; of what is shown, read again what can't be known otherwise."""
    after = with_settled(turn.account.reads, settled)
    stale = after.stale
    if isinstance(settled.change.operation, UpdateItem):
        # Where it is shown by itself there is more to see: who changed it last and when, and what others have done.
        item = [key for key in turn.state.route.reads if key == ItemOf(item_id=settled.item_id)]
        stale = tuple(dict.fromkeys((*item, *stale)))
    _take(turn, After(after.reads, stale))


def read_item_again(turn: Turn, item_id: int) -> None:
    """Read an item again that may have changed, where it is shown by itself or in a list."""
    _take(turn, After(turn.account.reads, (ItemOf(item_id=item_id),)))


def read_lists_again(turn: Turn, app_id: int) -> None:
    """Read the lists of an app again that are shown, and drop the others: nobody knows what has changed in them."""
    lists = [key for key in turn.account.reads if isinstance(key, ItemsOf) and key.app_id == app_id]
    _take(turn, After(turn.account.reads, tuple(lists)))


def _take(turn: Turn, after: After) -> None:
    turn.drop_reads([key for key in turn.account.reads if key not in after.reads])
    turn.set_account(reads=after.reads)
    for key in after.stale:
        if _is_shown(turn.state, key):
            start(turn, key, is_quiet=True)
        elif isinstance(key, ItemsOf):
            turn.drop_reads([key])


def _is_shown(state: State, key: Read[Any]) -> bool:
    shown = state.route.reads
    return key in shown or (
        isinstance(key, ItemOf) and any(is_listed(state.account.reads, other, key.item_id) for other in shown)
    )
