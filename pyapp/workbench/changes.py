"""What the user changes at Podio: how a form becomes a change in the outbox, and how the page goes on with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from workbench import clicks, field_ui, reading
from workbench.clicks import ChangeClick
from workbench.effects import HurryChanges, PutChange, TellChange
from workbench.events import (
    ChangeDenied,
    ChangeIsSlow,
    ChangeSettled,
    ChangeShown,
    ChangesRead,
    ChangeStored,
    OutboxOpened,
)
from workbench.failures import Failure, Kind
from workbench.form_drafts import control_id, store, take_out
from workbench.names import name_of
from workbench.outbox import (
    AddComment,
    Change,
    Discarded,
    Event,
    Hurried,
    Outbox,
    Phase,
    SendAgain,
    Stopped,
)
from workbench.reads import CommentsOf, ItemOf
from workbench.state import Dialog, RenewalPhase, Stage, Write
from workbench.turn import Turn
from workbench.writes import complain

OutboxEvent = OutboxOpened | ChangesRead | ChangeStored | ChangeDenied | ChangeIsSlow | ChangeSettled | ChangeShown

_UNKNOWN_USER = "Podio didn't say who you are yet, so nothing was sent. Try again in a moment."
_FULL = "Your browser's storage is full, so nothing was sent. What you typed is kept: make room, and try again."
_DENIED = "Your browser doesn't let this page store anything, so nothing was sent. Try again."
_LONGEST_TITLE = 200


# Submitting


def submit_comment(turn: Turn, form: str, item_id: int, texts: Mapping[str, str], *, nonce: str, now: float) -> None:
    """Put a comment into the outbox."""
    text = texts.get("text", "")
    if not text.strip():
        complain(turn, form, {"text": "Write a comment first."}, control_id(form, "text"))
        return
    turn.put_draft(form, {"text": text})
    try:
        field_ui.check_text("The comment", text)
    except field_ui.Complaint as complaint:
        complain(turn, form, {"text": str(complaint)}, control_id(form, "text"))
        return
    item = turn.state.read(ItemOf(item_id=item_id)).value
    title = name_of(item)[:_LONGEST_TITLE] if item else ""
    _put(turn, form, Change(nonce, 0, now, AddComment(item_id, text), title))


def _put(turn: Turn, form: str, change: Change) -> None:
    """Put a change into the outbox, but where one that does the same waits there: a form that was submitted twice."""
    if not turn.state.person_id:
        _fail(turn, form, _UNKNOWN_USER)
        return
    same = turn.state.outbox.find(change.operation)
    if same is None:
        store(turn, form)  # it comes back if the page goes away before the change is stored
        turn.put_write(form, Write(stage=Stage.SENDING, change_id=change.change_id))
        turn.do(PutChange(change=change, form=form))
        return
    if same.phase is Phase.FAILED:
        _decide(turn, same.change_id, SendAgain())
    _leave_form(turn, form, same)


def _fail(turn: Turn, form: str, message: str) -> None:
    failure = Failure(kind=Kind.UNEXPECTED, message=message)
    turn.put_write(form, Write(stage=Stage.FAILED, failure=failure))


def _leave_form(turn: Turn, form: str, change: Change) -> None:
    """Empty a form whose change is in the outbox."""
    turn.put_write(form, None)
    if isinstance(change.operation, AddComment):
        take_out(turn, form, "text", change.operation.text)


# What the outbox tells


def went_on(turn: Turn, event: OutboxEvent) -> None:
    """Take what the outbox tells."""
    match event:
        case OutboxOpened(is_kept=is_kept):
            turn.set(outbox_kept=is_kept)
        case ChangesRead(outbox=outbox):
            _read(turn, outbox)
        case ChangeStored(form=form, change=change):
            if form in turn.state.writes:
                _leave_form(turn, form, change)
        case ChangeDenied(form=form, is_full=is_full):
            store(turn, form)
            _fail(turn, form, _FULL if is_full else _DENIED)
        case ChangeIsSlow(change_id=change_id):
            sending = turn.state.outbox.get(change_id)
            if sending and sending.phase is Phase.SENDING and turn.state.renewal.phase is RenewalPhase.IDLE:
                turn.set(slow_changes=turn.state.slow_changes | {change_id})
        case ChangeSettled(settled=settled):
            _settled(turn, settled.change)
        case ChangeShown(change_id=change_id):
            saved = turn.state.saved_changes
            turn.set(saved_changes=tuple(change for change in saved if change.change_id != change_id))
        case _:
            assert_never(event)


def _read(turn: Turn, outbox: Outbox) -> None:
    """Show the changes, and what Podio holds in the place of those that are gone: another tab may have sent them."""
    sending = {change.change_id for change in outbox.changes if change.phase is Phase.SENDING}
    gone = [change for change in turn.state.outbox.changes if outbox.get(change.change_id) is None]
    turn.set(outbox=outbox, slow_changes=turn.state.slow_changes & sending)
    for item_id in {change.item for change in gone if isinstance(change.operation, AddComment)}:
        if isinstance(item_id, int) and CommentsOf(item_id=item_id) in turn.state.reads:
            reading.start(turn, CommentsOf(item_id=item_id))


def _settled(turn: Turn, change: Change) -> None:
    turn.set(saved_changes=(*turn.state.saved_changes, change))
    if isinstance(change.operation, AddComment):
        turn.set(note="Comment added.")


# What the user decides


def clicked(turn: Turn, click: ChangeClick) -> None:
    """Take one click."""
    match click:
        case clicks.SendChange(change_id=change_id):
            _decide(turn, change_id, SendAgain())
        case clicks.CheckChange(change_id=change_id):
            _decide(turn, change_id, Hurried())
        case clicks.StopChange(change_id=change_id):
            _decide(turn, change_id, Stopped())
        case clicks.EditChange(change_id=change_id):
            _edit(turn, change_id)
        case clicks.DiscardChange(change_id=change_id):
            if turn.state.outbox.get(change_id):
                turn.set(dialog=Dialog.DISCARD_CHANGE, dialog_change=change_id)
        case clicks.ConfirmDiscardChange():
            change_id = turn.state.dialog_change
            if turn.state.dialog is Dialog.DISCARD_CHANGE and turn.state.outbox.get(change_id):
                turn.do(TellChange(change_id=change_id, event=Discarded()))
            turn.set(dialog=Dialog.NONE, dialog_change="")
        case _:
            assert_never(click)


def _decide(turn: Turn, change_id: str, event: Event) -> None:
    if turn.state.outbox.get(change_id):
        turn.do(TellChange(change_id=change_id, event=event))
        if not isinstance(event, Stopped):
            turn.do(HurryChanges())


def _edit(turn: Turn, change_id: str) -> None:
    """Take the text of a comment that was refused back into the box; what is typed there comes after it."""
    change = turn.state.outbox.get(change_id)
    if change is None or change.phase is not Phase.FAILED or not isinstance(change.operation, AddComment):
        return
    form = f"comment:item:{change.operation.item}"
    typed = turn.state.drafts.get(form, {}).get("text", "")
    turn.put_draft(form, {"text": f"{change.operation.text}\n{typed}" if typed.strip() else change.operation.text})
    store(turn, form)
    turn.refill(form)
    turn.do(TellChange(change_id=change_id, event=Discarded()))
