"""How a form that is submitted becomes a change in the outbox, once, and what becomes of the form then."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from podio.model import App, Item
from workbench import field_ui, routes
from workbench import state as states
from workbench.effects import Focus, PutChange
from workbench.events import ChangeDenied, ChangeStored, Submitted
from workbench.failures import Failure, Kind
from workbench.form_drafts import (
    BASE,
    clear_form,
    clear_sent,
    control_id,
    field_key,
    field_of,
    form_app,
    form_target,
    held_value,
    seen_values,
    store,
    take_out,
    typed_texts_of,
)
from workbench.names import name_of
from workbench.navigation import go, show_item
from workbench.outbox import (
    AddComment,
    Change,
    CreateItem,
    DeleteItem,
    Discarded,
    FieldEdit,
    Operation,
    Phase,
    SendAgain,
    UpdateItem,
    values_of,
)
from workbench.reads import AppOf, ItemOf
from workbench.state import State, Submission
from workbench.turn import Turn
from workbench.unsent_values import with_changes

_UNKNOWN_USER = "Podio didn't say who you are yet, so nothing was sent. Try again in a moment."
_FULL = "Your browser's storage is full, so nothing was sent. What you typed is kept: make room, and try again."
_DENIED = "Your browser doesn't let this page store anything, so nothing was sent. Try again."
_NOTHING = "Fill in at least one field."
_LONGEST_TITLE = 200
_REVISION = re.compile(r"[0-9]{1,9}")


def submit(turn: Turn, event: Submitted) -> None:
    """Make a change of a form, unless it is being stored or sent already."""
    kind, number = form_target(event.form)
    if states.is_busy(turn.state, event.form):
        return
    match kind:
        case "comment":
            _submit_comment(turn, event, number)
        case "new":
            _submit_new(turn, event, number)
        case "edit":
            _submit_edit(turn, event, number)


def delete(turn: Turn, item_id: int, *, nonce: str, now: float) -> None:
    """Delete an item."""
    form = f"delete:item:{item_id}"
    if not states.is_busy(turn.state, form):
        _put(turn, form, _change(turn, DeleteItem(item_id), nonce, now), {})


def _submit_comment(turn: Turn, event: Submitted, item_id: int) -> None:
    text = event.texts.get("text", "")
    if not text.strip():
        _complain(turn, event.form, {"text": "Write a comment first."})
        return
    turn.put_draft(event.form, {"text": text})
    try:
        field_ui.check_text(text)
    except field_ui.Complaint as complaint:
        _complain(turn, event.form, {"text": str(complaint)})
        return
    _put(turn, event.form, _change(turn, AddComment(item_id, text), event.nonce, event.now), {"text": text})


def _submit_new(turn: Turn, event: Submitted, app_id: int) -> None:
    app = turn.state.read(AppOf(app_id=app_id)).value
    if app is None:
        return
    form_reading = field_ui.read_form(app, event.texts, None, turn.state.site.locale)
    turn.put_draft(event.form, typed_texts_of(turn.state, event.form, event.texts))
    if form_reading.complaints:
        _complain(turn, event.form, form_reading.complaints)
        return
    if not form_reading.fields:
        rows = field_ui.form_controls(app, None, turn.state.site.locale)
        first = next((control.name for _, row in rows for control in row), "")
        _complain(turn, event.form, {first: _NOTHING}, summary=_NOTHING)
        return
    _put(turn, event.form, _change(turn, CreateItem(app_id, form_reading.fields), event.nonce, event.now), event.texts)


def _submit_edit(turn: Turn, event: Submitted, item_id: int) -> None:
    item = turn.state.read(ItemOf(item_id=item_id)).value
    app = form_app(turn.state, event.form)
    if item is None or app is None:
        return
    draft = turn.account.drafts.get(event.form, {})
    sent_texts = {name: text for name, text in event.texts.items() if name in draft or text == field_ui.UNREADABLE}
    controls_on_the_way = draft.keys() - states.typed_texts(turn.state, event.form).keys()
    # What a change has taken up already may have been changed since, in another tab.
    new_texts = {
        name: text for name, text in sent_texts.items() if name not in controls_on_the_way or text != draft[name]
    }
    form_reading = field_ui.read_form(
        app, new_texts, with_changes(item, app, turn.account.outbox), turn.state.site.locale
    )
    if form_reading.complaints:
        _complain(turn, event.form, form_reading.complaints)
        return
    if not form_reading.fields:
        _unchanged(turn, event.form, item_id)
        return
    edits = _edits(turn.state, app, item, form_reading.fields, draft)
    turn.put_draft(event.form, {**draft, **sent_texts})
    operation = UpdateItem(item_id, edits, _base(item, draft))
    _put(turn, event.form, _change(turn, operation, event.nonce, event.now), sent_texts)


def _unchanged(turn: Turn, form: str, item_id: int) -> None:
    """Go on with a form that holds what the item holds already, perhaps by a change that was refused."""
    clear_form(turn, form)
    refused_changes = [change for change in form_changes(turn.state, form) if change.phase is Phase.FAILED]
    for change in refused_changes:
        turn.decide_change(change.change_id, SendAgain())
    show_item(turn, item_id, "" if refused_changes else "Nothing was changed.")


def _base(item: Item, draft: Mapping[str, str]) -> int:
    base = draft.get(BASE, "")
    return int(base) if _REVISION.fullmatch(base) else item.revision or 0


def _edits(
    state: State, app: App, item: Item, fields: Mapping[str, Any], draft: Mapping[str, str]
) -> dict[str, FieldEdit]:
    """Return the new values of fields, each with what the user saw there when they began.

    Of a draft that doesn't say, and of an item that has moved on since, that is nothing: then the user decides.
    """
    values_seen = seen_values(draft)
    if _base(item, draft) == (item.revision or 0):
        held = values_of(item.fields)
        values_seen = {field_key(field): held_value(held, field) for field in app.fields} | values_seen
    types = {field_key(field): field.type for field in app.fields}
    return {key: FieldEdit(types.get(key, ""), value, values_seen.get(key)) for key, value in fields.items()}


def _change(turn: Turn, operation: Operation, nonce: str, now: float) -> Change:
    """Return a change, named by what it is done to."""
    target: App | Item | None
    if isinstance(operation, CreateItem):
        target = turn.state.read(AppOf(app_id=operation.app_id)).value
    else:
        target = turn.state.read(ItemOf(item_id=operation.item)).value if isinstance(operation.item, int) else None
    return Change(nonce, 0, now, operation, name_of(target)[:_LONGEST_TITLE] if target else "")


def _put(turn: Turn, form: str, change: Change, sent_texts: Mapping[str, str]) -> None:
    """Put a change into the outbox, but where one that does the same waits there: a form that was submitted twice."""
    if not turn.account.user_id:
        _fail(turn, form, _UNKNOWN_USER)
        return
    duplicate = turn.account.outbox.find(change.operation)
    if duplicate is None and _has_arrived(turn, form, change.operation, sent_texts):
        return
    if duplicate is None:
        previous = turn.account.submissions.get(form)
        store(turn, form)  # it comes back if the page goes away before the change is stored
        turn.put_submission(form, Submission(change_id=change.change_id, texts=sent_texts))
        turn.do(PutChange(change=change, form=form))
        if isinstance(change.operation, CreateItem):
            _drop_refused(turn, previous)
        return
    if duplicate.phase is Phase.FAILED:
        turn.decide_change(duplicate.change_id, SendAgain())
    turn.put_submission(form, Submission(change_id=duplicate.change_id, is_stored=True, texts=sent_texts))
    _follow(turn, form, duplicate)


def _has_arrived(turn: Turn, form: str, operation: Operation, sent_texts: Mapping[str, str]) -> bool:
    """Whether Podio has what is submitted here from before the page began; whoever means it twice submits it again."""
    if not isinstance(operation, AddComment | CreateItem):
        return False
    for settlement in turn.account.arrivals:
        if type(settlement.change.operation) is type(operation) and settlement.change.operation == operation:
            turn.set_account(arrivals=tuple(other for other in turn.account.arrivals if other is not settlement))
            turn.put_submission(form, None)
            clear_sent(turn, form, sent_texts)
            turn.set(note="Podio has this already, from before the page was loaded. It wasn't sent twice.")
            if isinstance(operation, CreateItem):
                leave_new_form(turn, operation.app_id, settlement.item_id)
            return True
    return False


def _drop_refused(turn: Turn, submission: Submission | None) -> None:
    """Drop the new item that was refused, in whose place the user has submitted another."""
    change = turn.account.outbox.get(submission.change_id) if submission else None
    if change is not None and change.phase is Phase.FAILED:
        turn.decide_change(change.change_id, Discarded())


def _complain(turn: Turn, form: str, complaints: Mapping[str, str], *, summary: str = "") -> None:
    """Say under each control what is wrong with its text, and once more in one alert, by the fields' labels."""
    app = form_app(turn.state, form)
    fields = {control: field_of(app, control) for control in complaints}
    texts = (
        f"{name_of(field)}: {complaints[control]}" if field else complaints[control]
        for control, field in fields.items()
    )
    failure = Failure(kind=Kind.REFUSED, message=summary or " ".join(texts))
    turn.put_submission(form, Submission(complaints=complaints, failure=failure))
    turn.do(Focus(element_id=control_id(form, next(iter(complaints)))))


def _fail(turn: Turn, form: str, message: str) -> None:
    turn.put_submission(form, Submission(failure=Failure(kind=Kind.UNEXPECTED, message=message)))


# What the outbox reports about a form


def take_stored_change(turn: Turn, event: ChangeStored) -> None:
    """Go on with a form whose change is stored."""
    submission = turn.account.submissions.get(event.form)
    if submission is None or submission.change_id != event.change.change_id:
        return
    change = turn.account.outbox.get(event.change.change_id) or _absorbing(turn.state, event.change)
    if change is None:
        _unchanged(turn, event.form, form_target(event.form)[1])
        return
    turn.put_submission(event.form, replace(submission, change_id=change.change_id, is_stored=True))
    _follow(turn, event.form, change)


def take_denial(turn: Turn, event: ChangeDenied) -> None:
    """Say that a form's change could not be stored; its draft stays. What comes of no form is noted."""
    if not event.form:
        turn.set(note=_FULL if event.is_full else _DENIED)
        return
    store(turn, event.form)
    _fail(turn, event.form, _FULL if event.is_full else _DENIED)


def _absorbing(state: State, edit: Change) -> Change | None:
    """Return the change that an edit has gone into; None where nothing is left of both."""
    candidates = (
        change for change in reversed(state.account.outbox.changes) if isinstance(change.operation, UpdateItem)
    )
    return next((change for change in candidates if change.item == edit.item), None)


def _follow(turn: Turn, form: str, change: Change) -> None:
    """Store of a form what isn't in its change, which went with it from the storage, or lies there beside what is sent.

    The box of a comment is emptied, which stands in the list now; what is sent by another form stays in it.
    """
    if isinstance(change.operation, AddComment):
        turn.put_submission(form, None)
        take_out(turn, form, "text", change.operation.text)
    else:
        store(turn, form)


def close_form(turn: Turn, change_id: str) -> str:
    """Clear what a change has sent of the form that it came of, and return that form; empty where it came of none."""
    for form, submission in turn.account.submissions.items():
        if submission.change_id == change_id:
            turn.put_submission(form, None)
            clear_sent(turn, form, submission.texts)
            return form
    return ""


def form_changes(state: State, form: str) -> tuple[Change, ...]:
    """Return the changes in the outbox that a form shows: those of its item, or the one that came of it."""
    kind, number = form_target(form)
    kinds = {"edit": UpdateItem, "delete": DeleteItem}
    if kind in kinds:
        changes = state.account.outbox.changes
        return tuple(c for c in changes if c.item == number and isinstance(c.operation, kinds[kind]))
    change = states.submitted_change(state, form)
    return () if change is None else (change,)


def leave_new_form(turn: Turn, app_id: int, item_id: int) -> None:
    """Go from the form of a new item to the item."""
    route = turn.state.route
    if item_id and isinstance(route, routes.NewItemPage) and route.app_id == app_id:
        go(turn, routes.ItemPage(app_id=app_id, item_id=item_id, query=route.query))
