"""A change that Podio has refused is corrected in the form that it came of, also after a reload."""

from __future__ import annotations

import re
from dataclasses import replace

from podio.model import AppField
from workbench import state as states
from workbench.effects import Focus
from workbench.form_drafts import control_id, field_key, form_app, store
from workbench.names import name_of
from workbench.navigation import go
from workbench.outbox import AddComment, Change, CreateItem, Discarded, Phase, UpdateItem
from workbench.reads import find_item
from workbench.routes import ItemPage, NewItemPage
from workbench.state import Dialog, State, Submission
from workbench.submissions import form_changes
from workbench.turn import Turn

_ANOTHER_DRAFT = "You have a draft of another new item. Submit or discard it first."


def form_page(state: State, change: Change) -> ItemPage | NewItemPage | None:
    """Return where the form is in which a change is corrected; None where it has none, or its app isn't known."""
    route = state.route
    match change.operation:
        case CreateItem(app_id=app_id):
            if isinstance(route, NewItemPage) and route.app_id == app_id:
                return route
            return NewItemPage(app_id=app_id)
        case UpdateItem(item=int() as item_id) | AddComment(item=int() as item_id):
            is_edit = isinstance(change.operation, UpdateItem)
            if isinstance(route, ItemPage) and route.item_id == item_id:
                return replace(route, editing=is_edit)
            item_app_id, _ = find_item(state.account.reads, item_id) or (0, None)
            return ItemPage(app_id=item_app_id, item_id=item_id, editing=is_edit) if item_app_id else None
    return None


def edit(turn: Turn, change_id: str) -> None:
    """Open the form of a change that was refused, with what was typed, at the field that Podio complains about."""
    change = turn.account.outbox.get(change_id)
    if change is None or change.phase is not Phase.FAILED:
        return
    page = form_page(turn.state, change)
    if page is None and not isinstance(change.operation, AddComment):
        return
    focus = ""
    match change.operation:
        case AddComment(item=item, text=text):
            form = f"comment:item:{item}"
            focus = control_id(form, "text")
            _take_back(turn, form, text)
            turn.decide_change(change_id, Discarded())
        case CreateItem(app_id=app_id):
            form = f"new:app:{app_id}"
            _link(turn, form, change_id)
            focus = _complained_control(turn.state, form)
        case UpdateItem(item=item):
            form = f"edit:item:{item}"
            turn.refill(form)
            focus = _complained_control(turn.state, form)
    turn.set_account(dialog=Dialog.NONE)
    if page is not None and page != turn.state.route:
        go(turn, page)
    if focus:
        turn.do(Focus(element_id=focus))


def _take_back(turn: Turn, form: str, text: str) -> None:
    """Take the text of a comment back into the box; what is typed there comes after it."""
    draft_text = turn.account.drafts.get(form, {}).get("text", "")
    turn.put_draft(form, {"text": f"{text}\n{draft_text}" if draft_text.strip() else text})
    store(turn, form)
    turn.refill(form)


def _link(turn: Turn, form: str, change_id: str) -> None:
    """Let the form of a new item hold what was refused, unless another one is typed there."""
    submission = turn.account.submissions.get(form)
    if submission is not None and submission.change_id == change_id:
        return
    if states.is_typed_in(turn.state, form):
        turn.set(note=_ANOTHER_DRAFT)
        return
    turn.put_submission(form, Submission(change_id=change_id, is_stored=True))
    turn.refill(form)


def complaint(state: State, form: str, control: str) -> str:
    """Return what Podio says against a field of a form whose change it has refused; empty where it says nothing."""
    for change in form_changes(state, form):
        if change.phase is Phase.FAILED and control in [
            f"f{field.field_id}" for field in _complained_controls(state, change)
        ]:
            return change.reason
    return ""


def complained_labels(state: State, change: Change) -> tuple[str, ...]:
    """Return the labels of the fields that a refusal is about, where that is known."""
    return tuple(map(name_of, _complained_controls(state, change)))


def _complained_controls(state: State, change: Change) -> tuple[AppField, ...]:
    """Return the fields that a refusal is about: the only one, or those that it names."""
    match change.operation:
        case CreateItem(app_id=app_id, fields=values):
            app = form_app(state, f"new:app:{app_id}")
        case UpdateItem(item=item, edits=values):
            app = form_app(state, f"edit:item:{item}")
        case _:
            return ()
    fields = [
        field for field in (app.fields if app else ()) if field_key(field) in values or str(field.field_id) in values
    ]
    return tuple(field for field in fields if len(values) == 1 or _is_named(field, change.reason))


def _is_named(field: AppField, reason: str) -> bool:
    names = (name_of(field), field.external_id, str(field.field_id))
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", reason, re.IGNORECASE) for name in names if name)


def _complained_control(state: State, form: str) -> str:
    app = form_app(state, form)
    controls = [f"f{field.field_id}" for field in (app.fields if app else ())]
    return next((control_id(form, control) for control in controls if complaint(state, form, control)), "")
