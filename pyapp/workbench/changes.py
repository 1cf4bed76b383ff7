"""How the page goes on with the changes in the outbox: what became of each, and what the user decides about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from workbench import clicks, corrections, reading, submissions
from workbench import state as states
from workbench.clicks import ChangeClick
from workbench.effects import ApproveChanges, PutChange, SaveFile
from workbench.events import (
    ChangeDenied,
    ChangeGone,
    ChangeIsSlow,
    ChangeSettled,
    ChangesHeld,
    ChangeShown,
    ChangesRead,
    ChangeStored,
    Clicked,
    ItemSeen,
    OutboxOpened,
    SendingPaused,
)
from workbench.form_drafts import clear_form, store
from workbench.navigation import close_edit, leave_deleted, show_item
from workbench.outbox import (
    AddComment,
    Change,
    Choice,
    CreateItem,
    DeleteComment,
    DeleteItem,
    Discarded,
    Hindrance,
    Hurried,
    Phase,
    Resolved,
    SendAgain,
    Settlement,
    Stopped,
    UpdateItem,
    write_file,
)
from workbench.reads import CommentsOf
from workbench.state import Dialog, RenewalPhase
from workbench.turn import Turn

OutboxEvent = (
    OutboxOpened
    | ChangesRead
    | ChangeStored
    | ChangeDenied
    | ChangeIsSlow
    | ChangeSettled
    | ChangeShown
    | ChangeGone
    | ChangesHeld
    | SendingPaused
    | ItemSeen
)

_UNDONE = "Your change was undone."

# What the outbox reports


def went_on(turn: Turn, event: OutboxEvent) -> None:
    """Take a report of the outbox."""
    match event:
        case OutboxOpened(is_kept=is_kept):
            change_ids = frozenset(change.change_id for change in turn.account.outbox.changes)
            turn.set_account(outbox_kept=is_kept, found_changes=change_ids)
        case ChangesRead(outbox=outbox, unapproved=unapproved):
            slow_changes = turn.account.slow_changes & outbox.sending
            turn.set_account(outbox=outbox, unapproved=unapproved, slow_changes=slow_changes)
        case ChangeStored():
            submissions.take_stored_change(turn, event)
        case ChangeDenied():
            submissions.take_denial(turn, event)
        case ChangeIsSlow(change_id=change_id):
            slow_change = turn.account.outbox.get(change_id)
            if slow_change and slow_change.phase is Phase.SENDING and turn.account.renewal.phase is RenewalPhase.IDLE:
                turn.set_account(slow_changes=turn.account.slow_changes | {change_id})
        case ChangeSettled(settlement=settlement):
            _settle(turn, settlement)
        case ChangeShown(change_id=change_id):
            saved_changes = turn.account.saved_changes
            turn.set_account(saved_changes=tuple(change for change in saved_changes if change.change_id != change_id))
        case ChangeGone(change=old_change):
            if all(change.change_id != old_change.change_id for change in turn.account.saved_changes):
                _close_unseen(turn, old_change)
                _look_at(turn, old_change)
        case ChangesHeld(is_held=is_held):
            turn.set_account(changes_held=is_held)
        case SendingPaused(pace=pace):
            limit_met = turn.account.limit_met or pace.hindrance is Hindrance.LIMIT
            turn.set_account(pace=pace, limit_met=limit_met)
        case ItemSeen(item_id=item_id):
            reading.read_item_again(turn, item_id)
        case _:
            assert_never(event)


def _close_unseen(turn: Turn, change: Change) -> None:
    """Close the form of a change that another tab has sent, or dropped."""
    form = submissions.close_form(turn, change.change_id)
    match change.operation:
        case UpdateItem(item=int() as item_id) if form and form not in turn.account.drafts:
            close_edit(turn, item_id)
            turn.set(note="")


def _look_at(turn: Turn, change: Change) -> None:
    """Read again what a change is about that another tab has sent, or dropped."""
    match change.operation:
        case AddComment(item=int() as item_id) | DeleteComment(item=int() as item_id):
            _read_comments(turn, item_id)
        case UpdateItem(item=int() as item_id) | DeleteItem(item=int() as item_id):
            reading.read_item_again(turn, item_id)
        case CreateItem(app_id=app_id) if change.phase is not Phase.FAILED:
            reading.read_lists_again(turn, app_id)


def _read_comments(turn: Turn, item_id: int) -> None:
    key, reads = CommentsOf(item_id=item_id), turn.account.reads
    if key in reads or key.comes_with in reads:
        reading.start(turn, key)


def _settle(turn: Turn, settlement: Settlement) -> None:
    """Go on with a change that Podio has; another tab's, or one from before a reload, has no form here."""
    change = settlement.change
    turn.set_account(saved_changes=(*turn.account.saved_changes, change))
    is_undo = change.change_id in turn.account.undoing
    turn.set_account(
        latest_settlement=None if is_undo else settlement, undoing=turn.account.undoing - {change.change_id}
    )
    if change.change_id in turn.account.found_changes:
        turn.set_account(arrivals=(*turn.account.arrivals, settlement))
    reading.settle(turn, settlement)
    match change.operation:
        case AddComment(item=int() as item_id):
            _read_comments(turn, item_id)
            turn.set(note="Comment added.")
        case DeleteComment(item=int() as item_id):
            _read_comments(turn, item_id)
            turn.set(note=_UNDONE)
        case UpdateItem(item=int() as item_id) if is_undo:
            if f"edit:item:{item_id}" not in turn.account.drafts:
                turn.refill(f"edit:item:{item_id}")
            turn.set(note=_UNDONE)
        case CreateItem(app_id=app_id):
            if submissions.close_form(turn, change.change_id):
                submissions.leave_new_form(turn, app_id, settlement.item_id)
            turn.set(note="Item created.")
        case UpdateItem(item=int() as item_id):
            _finish_edit(turn, item_id, change)
        case DeleteItem(item=int() as item_id):
            is_own = f"delete:item:{item_id}" in turn.account.submissions
            for form in (f"edit:item:{item_id}", f"comment:item:{item_id}", f"delete:item:{item_id}"):
                # What is typed in one tab isn't lost by a deletion in another.
                if is_own or not states.is_typed_in(turn.state, form):
                    clear_form(turn, form)
            leave_deleted(turn, item_id)


def _finish_edit(turn: Turn, item_id: int, change: Change) -> None:
    form = f"edit:item:{item_id}"
    had_form = submissions.close_form(turn, change.change_id)
    if form in turn.account.drafts:
        turn.set(note="Saved, but for what you typed since." if had_form else "Saved.")
    else:
        close_edit(turn, item_id)
        turn.set(note="Saved.")


# What the user decides


def clicked(turn: Turn, click: ChangeClick, event: Clicked) -> None:
    """Take one click."""
    match click:
        case clicks.SendChange(change_id=change_id):
            turn.decide_change(change_id, SendAgain())
        case clicks.CheckChange(change_id=change_id):
            turn.decide_change(change_id, Hurried())
        case clicks.StopChange(change_id=change_id):
            turn.decide_change(change_id, Stopped())
        case clicks.EditChange(change_id=change_id):
            corrections.edit(turn, change_id)
        case clicks.KeepMine(change_id=change_id):
            _resolve(turn, change_id, lambda key: Choice.MINE)
        case clicks.TakeTheirs(change_id=change_id):
            _resolve(turn, change_id, lambda key: Choice.THEIRS)
        case clicks.ChooseValue():
            _choose(turn, click)
        case clicks.KeepChosen(change_id=change_id):
            _resolve(turn, change_id, turn.account.choices.get(change_id, {}).get)
        case clicks.UndoChange(change_id=change_id):
            _undo(turn, change_id, event)
        case clicks.ShowUnsent():
            turn.set_account(dialog=Dialog.UNSENT)
        case clicks.SendUnsent():
            if turn.account.unapproved:
                turn.do(ApproveChanges(change_ids=turn.account.unapproved))
        case clicks.SaveUnsent():
            turn.do(SaveFile(name="unsent-changes.json", text=write_file(turn.account.outbox.changes)))
        case clicks.DiscardChange(change_id=change_id):
            if turn.account.outbox.get(change_id):
                turn.set_account(dialog=Dialog.DISCARD_CHANGE, dialog_change=change_id)
        case clicks.ConfirmDiscardChange():
            change_id = turn.account.dialog_change
            if turn.account.dialog is Dialog.DISCARD_CHANGE:
                _discard(turn, change_id)
            turn.set_account(dialog=Dialog.NONE, dialog_change="")
        case _:
            assert_never(click)


def _undo(turn: Turn, change_id: str, event: Clicked) -> None:
    """Take a change back by another one, which may fail or conflict as any other."""
    settlement, operation = turn.account.latest_settlement, states.offered_undo(turn.state)
    if settlement is None or operation is None or settlement.change.change_id != change_id:
        return
    change = Change(event.nonce, 0, event.now, operation, settlement.change.title)
    turn.set(note="")
    turn.set_account(undoing=turn.account.undoing | {change.change_id})
    turn.do(PutChange(change=change, form=""))


def _discard(turn: Turn, change_id: str) -> None:
    """Drop a change; the form that it came of keeps its text, which is a draft again."""
    for form, submission in turn.account.submissions.items():
        if submission.change_id == change_id:
            turn.put_submission(form, None)
            store(turn, form)
    turn.decide_change(change_id, Discarded())


def _choose(turn: Turn, click: clicks.ChooseValue) -> None:
    change = turn.account.outbox.get(click.change_id)
    choice = next((choice for choice in Choice if choice.value == click.choice), None)
    if change is not None and choice is not None and click.key in change.theirs:
        choices = {**turn.account.choices.get(click.change_id, {}), click.key: choice}
        turn.set_account(choices={**turn.account.choices, click.change_id: choices})


def _resolve(turn: Turn, change_id: str, choose: Callable[[str], Choice | None]) -> None:
    """Decide a conflict; a form whose text isn't what is kept is closed, but for what was typed since."""
    change = turn.account.outbox.get(change_id)
    if change is None or change.phase is not Phase.CONFLICT:
        return
    choices = {key: choice for key in change.theirs if (choice := choose(key)) is not None}
    if choices.keys() != change.theirs.keys():
        return
    turn.decide_change(change_id, Resolved(choices))
    turn.set_account(
        choices={
            other_id: other_choices for other_id, other_choices in turn.account.choices.items() if other_id != change_id
        }
    )
    if set(choices.values()) == {Choice.MINE} or not isinstance(change.item, int):
        return
    form = f"edit:item:{change.item}"
    submissions.close_form(turn, change.change_id)
    if form in turn.account.drafts:
        return
    are_theirs = set(choices.values()) == {Choice.THEIRS}
    note = "Your changes were dropped; this is the item as it is in Podio." if are_theirs else ""
    show_item(turn, change.item, note)
