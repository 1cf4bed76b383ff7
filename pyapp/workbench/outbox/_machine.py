"""A change as a table: in each phase, what an event leads to and what is to be done then.

The rules that the table holds:

1. A change is sent by the one sender only, after it is stored durably as SENDING. So a change that a new sender finds
   as SENDING may have been sent: it is UNKNOWN.
2. What is UNKNOWN is looked up before it is sent again. What was not found where it would be created is looked for
   until `SETTLED_AFTER`, for a call may be carried out after its sender has stopped waiting.
3. A change that was sent once is not edited any more, unless Podio itself has refused it.
4. An update is made on one revision. Where the item has another by now, its fields are compared: those that hold what
   the user saw, or already what the user wants, may be written; for the others the user decides.
5. Only Podio's own word refuses a change. Any other refusal leaves it unknown.
6. Too many calls, no connection and an expired sign-in pause the sender; the change waits, as if never sent.

A change that is SAVED, or None in its place, leaves the outbox.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from workbench.outbox._changes import (
    NO_VALUES,
    AttachFile,
    Change,
    CreateItem,
    DeleteComment,
    DeleteItem,
    Edits,
    FieldEdit,
    Phase,
    UpdateItem,
)
from workbench.outbox._events import (
    Abort,
    Adopted,
    Choice,
    Command,
    Conflicted,
    Discarded,
    Done,
    Due,
    Edited,
    Event,
    Gone,
    Hurried,
    ItemNow,
    ItemRead,
    LookUp,
    LookUpFailed,
    Lost,
    NotFound,
    NotSent,
    Refused,
    Resolved,
    Send,
    SendAgain,
    Settlement,
    ShowItem,
    Stopped,
    Uploaded,
)
from workbench.outbox._values import is_same

SETTLED_AFTER = 20.0
"""Seconds after which what Podio doesn't show counts as not created."""

_FIRST_PAUSE = 5.0
_LONGEST_PAUSE = 300.0
_FIRST_LOOK_UP_PAUSE = 2.0
_LONGEST_LOOK_UP_PAUSE = 60.0

Step = tuple[Change | None, tuple[Command, ...]]


def step(change: Change, event: Event, now: float) -> Step:
    """Return where an event leads and what is to be done then; an event that its phase does not know changes nothing.

    Args:
        change: Where the change stands.
        event: What happened.
        now: Seconds since 1970.

    Returns:
        The change, or None where it is dropped; and the commands, which wait until that is stored.
    """
    transition = TABLE[change.phase].get(type(event))
    return (change, ()) if transition is None else transition(change, event, now)


# Transitions. Their event is that of the table's row.


def _send(change: Change, event: Any, now: float) -> Step:
    result = change._replace(phase=Phase.SENDING, tries=change.tries + 1, reason="", unknown_since=0.0)
    return result, (Send(result),)


def _look_up(change: Change, event: Any, now: float) -> Step:
    return change, (LookUp(change),)


def _hurry(change: Change, event: Any, now: float) -> Step:
    return change._replace(again_at=now), ()


def _lose(change: Change, event: Any, now: float) -> Step:
    reason = getattr(event, "reason", "")
    return change._replace(phase=Phase.UNKNOWN, unknown_since=now, again_at=now, is_lost=True, reason=reason), ()


def _stop(change: Change, event: Any, now: float) -> Step:
    unknown, _ = _lose(change, event, now)
    return unknown, (Abort(change),)


def _merge(change: Change, event: Any, now: float) -> Step:
    if change.tries:
        return change, ()
    return _with_edits(change, event.edits)


def _correct(change: Change, event: Any, now: float) -> Step:
    operation = change.operation
    fields = operation.edits if isinstance(operation, UpdateItem) else NO_VALUES
    if not isinstance(operation, CreateItem) and fields.keys().isdisjoint(event.edits):
        return change, ()
    return _with_edits(_waiting(change, now)._replace(tries=0), event.edits)


def _save(change: Change, event: Any, now: float) -> Step:
    item_id = event.item_id or (change.item if isinstance(change.item, int) else 0)
    result = change._replace(phase=Phase.SAVED)
    return result, (Settlement(result, item_id, event.revision, event.comment_id, event.title),)


def _attach(change: Change, event: Any, now: float) -> Step:
    if not isinstance(change.operation, AttachFile):
        return change, ()
    result = change._replace(operation=change.operation._replace(file_id=event.file_id))
    return result, (Send(result),)


def _not_sent(change: Change, event: Any, now: float) -> Step:
    return _waiting(change, now + _FIRST_PAUSE, event.reason)._replace(tries=change.tries - 1), ()


def _fail(change: Change, event: Any, now: float) -> Step:
    return change._replace(phase=Phase.FAILED, reason=event.reason, unknown_since=0.0), ()


def _compare(change: Change, event: Any, now: float) -> Step:
    if not isinstance(change.operation, CreateItem | UpdateItem):
        return _fail(change, Refused("Somebody else has changed this."), now)
    return change._replace(phase=Phase.UNKNOWN, unknown_since=now, again_at=now), ()


def _end_or_fail(change: Change, event: Any, now: float) -> Step:
    is_deletion = isinstance(change.operation, DeleteItem | DeleteComment)
    return _save(change, Done(), now) if is_deletion else _fail(change, event, now)


def _wait_or_send(change: Change, event: Any, now: float) -> Step:
    may_be_repeated = isinstance(change.operation, AttachFile | DeleteComment)
    if may_be_repeated or event.looked_up_at >= change.unknown_since + SETTLED_AFTER:
        return _waiting(change, now + _pause(change), change.reason), ()
    again_at = min(now + _look_up_pause(change, now), change.unknown_since + SETTLED_AFTER)
    return change._replace(again_at=again_at, reason=""), ()  # Podio responds: why it didn't before is no news


def _judge(change: Change, event: Any, now: float) -> Step:
    item: ItemNow = event.item
    operation = change.operation
    if not isinstance(operation, UpdateItem):
        # The item that is to be deleted is still there.
        return _waiting(change, now + _pause(change), change.reason), ()
    if _is_made(change, operation, item):
        result = change._replace(phase=Phase.SAVED)
        return result, (ShowItem(item), Settlement(result, item.item_id, item.revision))
    if item.revision == operation.revision:
        return _waiting(change, now + _pause(change), change.reason), ()
    theirs = {key: item.values.get(key) for key, edit in operation.edits.items() if clashes(edit, item.values.get(key))}
    if theirs:
        conflict = change._replace(phase=Phase.CONFLICT, theirs=theirs, revision=item.revision, reason="")
        return conflict, (ShowItem(item),)
    # A call with the revision of before can't be carried out any more.
    waiting = _waiting(change, now)._replace(operation=operation._replace(revision=item.revision), is_lost=False)
    return waiting, (ShowItem(item),)


def _look_up_later(change: Change, event: Any, now: float) -> Step:
    return change._replace(again_at=now + _look_up_pause(change, now), reason=event.reason or change.reason), ()


def _send_again(change: Change, event: Any, now: float) -> Step:
    return _waiting(change, now), ()


def _drop(change: Change, event: Any, now: float) -> Step:
    return None, ()


def _resolve(change: Change, event: Any, now: float) -> Step:
    operation = change.operation
    if not isinstance(operation, UpdateItem):
        return change, ()
    edits = {key: edit for key, edit in operation.edits.items() if key not in change.theirs}
    for key, theirs in change.theirs.items():
        edit = operation.edits[key]
        choice = event.choices.get(key, Choice.THEIRS)
        value = {Choice.MINE: edit.value, Choice.THEIRS: theirs, Choice.BEFORE: edit.before}[choice]
        if not is_same(edit.type, value, theirs):
            edits[key] = edit._replace(value=value, before=theirs)
    if not edits:
        return None, ()
    update = UpdateItem(operation.item, edits, change.revision)
    result = _waiting(change, now)._replace(operation=update, tries=0, is_lost=False)
    return result._replace(theirs=NO_VALUES, revision=0), ()


Transition = Callable[[Change, Any, float], Step]

TABLE: Mapping[Phase, Mapping[type[Event], Transition]] = {
    Phase.PENDING: {Due: _send, Hurried: _hurry, Edited: _merge, SendAgain: _hurry, Discarded: _drop},
    Phase.SENDING: {
        Adopted: _lose,
        Done: _save,
        Uploaded: _attach,
        NotSent: _not_sent,
        Lost: _lose,
        Refused: _fail,
        Conflicted: _compare,
        Gone: _end_or_fail,
        Stopped: _stop,
    },
    Phase.UNKNOWN: {
        Due: _look_up,
        Hurried: _hurry,
        Done: _save,
        NotFound: _wait_or_send,
        ItemRead: _judge,
        Gone: _end_or_fail,
        LookUpFailed: _look_up_later,
        SendAgain: _send_again,
        Discarded: _drop,
    },
    Phase.CONFLICT: {Resolved: _resolve, Discarded: _drop},
    Phase.FAILED: {Edited: _correct, SendAgain: _send_again, Discarded: _drop},
    Phase.SAVED: {},
}
"""By phase and event, the transition; a cell that is missing is an event that changes nothing in that phase: the late
outcome of a call that was abandoned, or a click on what has moved on."""


def _waiting(change: Change, again_at: float, reason: str = "") -> Change:
    return change._replace(phase=Phase.PENDING, again_at=again_at, unknown_since=0.0, reason=reason)


def _pause(change: Change) -> float:
    """Return the seconds before a change that was not carried out is sent again: doubled each time."""
    return float(min(_FIRST_PAUSE * 2 ** min(max(change.tries - 1, 0), 20), _LONGEST_PAUSE))


def _look_up_pause(change: Change, now: float) -> float:
    """Return the seconds before the next look-up: as long as it has been unknown, within bounds."""
    return max(_FIRST_LOOK_UP_PAUSE, min(now - change.unknown_since, _LONGEST_LOOK_UP_PAUSE))


def _with_edits(change: Change, edits: Edits) -> Step:
    operation = change.operation
    if isinstance(operation, CreateItem):
        fields = {**operation.fields, **{key: edit.value for key, edit in edits.items()}}
        return change._replace(operation=operation._replace(fields=fields)), ()
    if not isinstance(operation, UpdateItem):
        return change, ()
    result = dict(operation.edits)
    for key, edit in edits.items():
        before = result[key].before if key in result else edit.before
        if is_same(edit.type, edit.value, before):
            result.pop(key, None)
        else:
            result[key] = edit._replace(before=before)
    if not result:
        return None, ()
    return change._replace(operation=operation._replace(edits=result)), ()


def _is_made(change: Change, operation: UpdateItem, item: ItemNow) -> bool:
    """Whether the item shows that the change arrived: by what it holds now, or by the revision that it made."""
    next_values = item.next_values if change.is_lost and item.next_values is not None else NO_VALUES
    return all(
        is_same(edit.type, next_values[key] if key in next_values else item.values.get(key), edit.value)
        for key, edit in operation.edits.items()
    )


def clashes(edit: FieldEdit, theirs: Any) -> bool:
    """Whether a field holds what the user neither saw nor wants."""
    return not (is_same(edit.type, theirs, edit.before) or is_same(edit.type, theirs, edit.value))
