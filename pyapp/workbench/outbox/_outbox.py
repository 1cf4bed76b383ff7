"""All changes of a user that Podio doesn't have yet, in the order in which they were made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from workbench.outbox._changes import (
    AddComment,
    Change,
    CreateItem,
    DeleteComment,
    DeleteItem,
    FieldEdit,
    ItemKey,
    Operation,
    Phase,
    UpdateItem,
    Values,
)
from workbench.outbox._events import Adopted, Command, Done, Edited, Event, Hurried, Settlement
from workbench.outbox._machine import clashes, step
from workbench.outbox._values import with_edits

MaySend = Callable[[Change], bool]


def _always(change: Change) -> bool:
    return True


class Outbox(NamedTuple):
    """The changes, in the order of their numbers."""

    changes: tuple[Change, ...] = ()

    def get(self, change_id: str) -> Change | None:
        """Return a change; None where it is settled or dropped."""
        return next((change for change in self.changes if change.change_id == change_id), None)

    def find(self, operation: Operation) -> Change | None:
        """Return a change that does the same: what a form that is submitted twice would double."""
        kind = type(operation)
        changes = (
            change for change in self.changes if type(change.operation) is kind and change.operation == operation
        )
        return next(changes, None)

    def values_shown(self, item: ItemKey, values: Values) -> Values:
        """Return what the user sees of an item: what Podio holds, under the user's own changes.

        That is what a further edit's `FieldEdit.before` is.
        """
        for change in self.changes:
            if change.item == item and isinstance(change.operation, CreateItem):
                values = {**values, **change.operation.fields}
            elif change.item == item and isinstance(change.operation, UpdateItem):
                values = with_edits(values, change.operation.edits)
        return values

    def next_at(self, may_send: MaySend = _always) -> float | None:
        """Return when the next change is to be taken up (seconds since 1970); None where nothing waits."""
        return min((change.again_at for change in self._candidates(may_send)), default=None)

    @property
    def sending(self) -> frozenset[str]:
        """The ids of the changes that are being sent."""
        return frozenset(change.change_id for change in self.changes if change.phase is Phase.SENDING)

    def needs_sender(self, now: float, may_send: MaySend = _always) -> bool:
        """Whether a change is due, or was being sent by a sender that is gone, if there is none now."""
        return bool(self.sending) or self.due(now, may_send) is not None

    def due(self, now: float, may_send: MaySend = _always) -> Change | None:
        """Return the change that the sender takes up next; None where none is due.

        Args:
            now: Seconds since 1970.
            may_send: Whether a change may be sent at all; one that may not holds those up that wait for it.
        """
        return next((change for change in self._candidates(may_send) if change.again_at <= now), None)

    def _candidates(self, may_send: MaySend) -> Iterable[Change]:
        for place, change in enumerate(self.changes):
            if (
                change.phase in (Phase.PENDING, Phase.UNKNOWN)
                and may_send(change)
                and not any(_blocks(earlier, change) for earlier in self.changes[:place])
            ):
                yield change


def add(outbox: Outbox, change: Change, now: float) -> Outbox:
    """Take a change up as the newest; one that edits an item goes into the edit of before, where that may be edited.

    An edit of what the user didn't see, for it waits here from another tab, is a conflict at once: it would overwrite
    that unseen, whether it went into it or followed it on its revision.
    """
    if isinstance(change.operation, UpdateItem):
        unseen = _unseen(outbox, change.operation)
        target = next((other for other in reversed(outbox.changes) if _may_absorb(other, change)), None)
        if target is not None and not unseen and not isinstance(target.operation, DeleteItem):
            result, _ = step(target, Edited(change.operation.edits), now)
            if result is not target:
                return _replace(outbox, target.change_id, result)
        # What was seen lies on the edits before it, and these on what was seen then.
        revisions = [_revision(other, change) for other in outbox.changes if other.item == change.item]
        revision = min([change.operation.revision, *revisions])
        change = change._replace(operation=change.operation._replace(revision=revision))
        if unseen:
            change = change._replace(phase=Phase.CONFLICT, theirs=unseen, revision=revision)
    number = max((other.number for other in outbox.changes), default=0) + 1
    return Outbox((*outbox.changes, change._replace(number=number)))


def _unseen(outbox: Outbox, operation: UpdateItem) -> dict[str, Any]:
    """Return what waits for the fields of an edit, of those in which the user saw and wants something else."""
    waiting = outbox.values_shown(operation.item, {})
    edits = operation.edits.items()
    return {key: waiting[key] for key, edit in edits if key in waiting and clashes(edit, waiting[key])}


def apply(outbox: Outbox, change_id: str, event: Event, now: float) -> tuple[Outbox, tuple[Command, ...]]:
    """Apply what happened to a change, and what follows of it for those behind it.

    Args:
        outbox: The changes.
        change_id: Which one it happened to. One that is gone is passed over.
        event: What happened.
        now: Seconds since 1970.

    Returns:
        The changes, and the commands, which wait until the changes are stored.
    """
    change = outbox.get(change_id)
    if change is None:
        return outbox, ()
    result, commands = step(change, event, now)
    if result is change:
        return outbox, commands
    if result is None:
        return _without(outbox, change), commands
    if result.phase is not Phase.SAVED:
        return _replace(outbox, change_id, result), commands
    return _advance(_replace(outbox, change_id, None), change, event), commands


def adopt(outbox: Outbox, now: float) -> Outbox:
    """Take the changes over as their new sender: what was being sent is unknown now."""
    return _apply_to_all(outbox, Adopted(), now)


def hurry(outbox: Outbox, now: float) -> Outbox:
    """Let all that waits for its next try be tried now."""
    return _apply_to_all(outbox, Hurried(), now)


def _apply_to_all(outbox: Outbox, event: Adopted | Hurried, now: float) -> Outbox:
    return Outbox(tuple(step(change, event, now)[0] or change for change in outbox.changes))


def undo(settlement: Settlement) -> Operation | None:
    """Return what takes a change back that Podio has made; None where nothing does: Podio restores no item."""
    operation = settlement.change.operation
    match operation:
        case CreateItem() if settlement.item_id:
            return DeleteItem(settlement.item_id)
        case UpdateItem(item=item, edits=edits, revision=revision):
            edits_back = {key: FieldEdit(edit.type, edit.before, edit.value) for key, edit in edits.items()}
            return UpdateItem(item, edits_back, revision + 1 if settlement.revision is None else settlement.revision)
        case AddComment(item=item) if settlement.comment_id:
            return DeleteComment(item, settlement.comment_id)
    return None


def _may_absorb(earlier: Change, edit: Change) -> bool:
    """Whether an edit could go into a change, or must not go past it."""
    return earlier.item == edit.item and isinstance(earlier.operation, CreateItem | UpdateItem | DeleteItem)


def _revision(earlier: Change, edit: Change) -> int:
    operation = earlier.operation if isinstance(earlier.operation, UpdateItem) else edit.operation
    return operation.revision if isinstance(operation, UpdateItem) else 0


def _blocks(earlier: Change, later: Change) -> bool:
    """Whether a change waits for one that was made before it: the order within an item."""
    if earlier.item != later.item:
        return False
    first, second = earlier.operation, later.operation
    has_failed = earlier.phase is Phase.FAILED
    if isinstance(first, CreateItem):
        return True
    if isinstance(first, DeleteItem):
        return not has_failed
    if isinstance(second, DeleteItem):
        return not has_failed and earlier.phase is not Phase.CONFLICT
    if isinstance(first, UpdateItem) and isinstance(second, UpdateItem):
        return not (has_failed and first.edits.keys().isdisjoint(second.edits))
    return isinstance(first, AddComment) and isinstance(second, AddComment) and not has_failed


def _replace(outbox: Outbox, change_id: str, change: Change | None) -> Outbox:
    changes = (change if other.change_id == change_id else other for other in outbox.changes)
    return Outbox(tuple(other for other in changes if other is not None))


def _without(outbox: Outbox, change: Change) -> Outbox:
    """Drop a change, and with an item that is not created what was to be done to it."""
    change_id = change.change_id
    return Outbox(tuple(other for other in outbox.changes if other.change_id != change_id and other.item != change_id))


def _advance(outbox: Outbox, predecessor: Change, event: Event) -> Outbox:
    """Let the changes behind one that is made go on from there."""
    operation = predecessor.operation
    if not isinstance(event, Done):
        return outbox
    if isinstance(operation, CreateItem) and event.item_id:
        return Outbox(tuple(_on_item(other, predecessor.change_id, event.item_id) for other in outbox.changes))
    if isinstance(operation, UpdateItem) and event.revision == operation.revision + 1:
        return Outbox(tuple(_on_revision(other, operation) for other in outbox.changes))
    return outbox


def _on_item(change: Change, created_by: str, item_id: int) -> Change:
    operation = change.operation
    if change.item != created_by or isinstance(operation, CreateItem):
        return change
    return change._replace(operation=operation._replace(item=item_id))


def _on_revision(change: Change, predecessor: UpdateItem) -> Change:
    """Move a change on that was made on the same revision: nobody else's edit lies between."""
    operation = change.operation
    if (
        not isinstance(operation, UpdateItem)
        or operation.item != predecessor.item
        or operation.revision != predecessor.revision
    ):
        return change
    return change._replace(operation=operation._replace(revision=predecessor.revision + 1))
