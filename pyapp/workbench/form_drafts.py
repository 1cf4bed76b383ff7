"""What is typed in a form, until Podio has it: a draft by form and control.

A form has a key: ``comment:item:9``, ``new:app:7``, ``edit:item:9`` or ``delete:item:9``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from podio.json_text import parse_object
from podio.model import App, AppField
from workbench import field_ui
from workbench import state as states
from workbench.effects import RemoveDraft, StoreDraft
from workbench.outbox import AddComment, CreateItem, Operation, UpdateItem, values_of
from workbench.reads import AppOf, ItemOf
from workbench.state import State
from workbench.turn import Turn

BASE = "_base"
"""In a draft of an edit: the item's revision that the user saw when they began."""

SEEN = "_seen"
"""In a draft of an edit: what the fields that were typed in held then, as JSON by the field's external id or id."""

WHEN = "_when"
"""In a draft of an edit: when something was typed in it last, in whole seconds since 1970."""

_NOTES = frozenset({BASE, SEEN, WHEN})
_SECONDS = re.compile(r"[0-9]{1,11}", re.ASCII)
_FORM = re.compile(r"(comment|new|edit|delete):(item|app):([1-9][0-9]{0,15})")
_LONGEST_TEXT = 200_000
_MOST_DRAFTS = 500


def form_target(form: str) -> tuple[str, int]:
    """Take a form's key apart into what it does and the id it does it to; ``("", 0)`` if it is no key."""
    match = _FORM.fullmatch(form)
    return (match[1], int(match[3])) if match else ("", 0)


def take_text(turn: Turn, form: str, control: str, text: str, now: float) -> None:
    """Keep what was typed."""
    kind, number = form_target(form)
    if not kind:
        return
    texts = {**turn.account.drafts.get(form, {}), control: text}
    if kind == "edit":
        texts |= {**_notes(turn.state, number, control, texts), WHEN: str(int(now))}
    if kind in {"comment", "new"} and not any(value.strip() for value in texts.values()):
        drop_draft(turn, form)
        return
    turn.put_draft(form, texts)
    turn.set_account(typed=turn.account.typed | {form})
    store(turn, form)


def _notes(state: State, item_id: int, control: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Return what a draft of an edit keeps beside its texts: an item may be read again before it is submitted."""
    form = f"edit:item:{item_id}"
    item = state.read(ItemOf(item_id=item_id)).value
    field = field_of(form_app(state, form), control)
    values_seen = seen_values(texts)
    if item and field and not _is_typed(state, form, field):
        values = state.account.outbox.values_shown(item_id, values_of(item.fields))
        values_seen = {**values_seen, field_key(field): held_value(values, field)}
    base = texts.get(BASE) or str((item and item.revision) or 0)
    return {BASE: base, **({SEEN: json.dumps(values_seen)} if values_seen else {})}


def _is_typed(state: State, form: str, field: AppField) -> bool:
    """Whether the user has begun to edit a field; what is submitted is done with."""
    app = form_app(state, form)
    return any(field_of(app, control) == field for control in states.typed_texts(state, form))


def form_app(state: State, form: str) -> App | None:
    """Return the app whose items a form makes or edits, once it is read."""
    kind, number = form_target(form)
    item = state.read(ItemOf(item_id=number)).value if kind == "edit" else None
    app_id = item.app_id if item else number if kind == "new" else None
    return state.read(AppOf(app_id=app_id)).value if app_id else None


def field_of(app: App | None, control: str) -> AppField | None:
    """Return the field of an app that a form's control edits."""
    field_id = control.removeprefix("f").partition(".")[0]
    return app.field(int(field_id)) if app and field_id.isdecimal() else None


def seen_values(texts: Mapping[str, str]) -> dict[str, Any]:
    """Return what the fields of an edit held when the user began, as far as its draft says so."""
    return parse_object(texts.get(SEEN), constants=False)


def field_key(field: AppField) -> str:
    """Return the name by which a field is written."""
    return field.external_id or str(field.field_id)


def typed_on(texts: Mapping[str, str]) -> datetime | None:
    """Return when something was typed in an edit last, as far as its draft says so."""
    seconds = texts.get(WHEN, "")
    return datetime.fromtimestamp(int(seconds), UTC) if _SECONDS.fullmatch(seconds) and int(seconds) else None


def held_value(values: Mapping[str, Any], field: AppField) -> Any:
    """Return what an item's values hold of a field, which they name by its external id or its id."""
    return next((values[key] for key in (field.external_id, str(field.field_id)) if key in values), None)


def store(turn: Turn, form: str) -> None:
    """Store what isn't on its way of a form's draft, once it is known whose it is."""
    texts = states.typed_texts(turn.state, form)
    if texts.keys() - _NOTES and turn.account.user_id:
        turn.do(StoreDraft(user_id=turn.account.user_id, form=form, texts=texts))


def store_own(turn: Turn, operation: Operation) -> None:
    """Store what is typed here of a form that another tab has submitted: each tab has its text, the browser the newest.

    What was stored of it went with the change that the other tab has put into the outbox. A draft that was only found
    here may be what that change was made of, and would come back as if it were unsent.
    """
    match operation:
        case AddComment(item=item_id):
            form = f"comment:item:{item_id}"
        case UpdateItem(item=item_id):
            form = f"edit:item:{item_id}"
        case CreateItem(app_id=app_id):
            form = f"new:app:{app_id}"
        case _:
            return
    submission = turn.account.submissions.get(form)
    is_being_stored = submission is not None and bool(submission.change_id) and not submission.is_stored
    if form in turn.account.typed and not is_being_stored and states.is_typed_in(turn.state, form):
        store(turn, form)


def drop_draft(turn: Turn, form: str) -> None:
    """Delete a form's draft, here and in storage."""
    turn.put_draft(form, None)
    turn.set_account(stored_drafts=turn.account.stored_drafts - {form}, typed=turn.account.typed - {form})
    if turn.account.user_id:
        turn.do(RemoveDraft(user_id=turn.account.user_id, form=form))


def clear_form(turn: Turn, form: str) -> None:
    """Clear what was typed in a form and submitted, and empty it."""
    turn.put_submission(form, None)
    drop_draft(turn, form)
    turn.refill(form)


def take_out(turn: Turn, form: str, control: str, sent_text: str) -> None:
    """Take out of a control what was sent of it, and only that: the user may have typed on."""
    text = turn.account.drafts.get(form, {}).get(control, "")
    if text.strip() == sent_text.strip():
        drop_draft(turn, form)
        turn.refill(form)
    elif text.startswith(sent_text):
        turn.put_draft(form, {control: text[len(sent_text) :].lstrip()})
        turn.refill(form)
        store(turn, form)


def clear_sent(turn: Turn, form: str, sent_texts: Mapping[str, str]) -> None:
    """Drop of a draft what was sent, and only that: the user may have typed on."""
    draft = turn.account.drafts.get(form, {})
    remainder = {name: text for name, text in draft.items() if name not in _NOTES and text != sent_texts.get(name)}
    typed = turn.account.typed
    drop_draft(turn, form)
    if remainder:
        turn.set_account(typed=typed)
        turn.put_draft(form, {**remainder, **_notes_of(turn.state, form, draft, remainder)})
        store(turn, form)
    else:
        turn.refill(form)


def _notes_of(state: State, form: str, draft: Mapping[str, str], remainder: Mapping[str, str]) -> dict[str, str]:
    """Return what a draft of an edit goes on keeping for what is left of it.

    The revision stays the one that the user saw: a newer one would hide what others have changed since.
    """
    if form_target(form)[0] != "edit":
        return {}
    app = form_app(state, form)
    fields = (field_of(app, control) for control in remainder)
    keys = {field_key(field) for field in fields if field}
    values_seen = {key: value for key, value in seen_values(draft).items() if key in keys}
    return {name: text for name, text in {**draft, SEEN: json.dumps(values_seen)}.items() if name in _NOTES}


def restore(turn: Turn, drafts: Mapping[str, Mapping[str, str]]) -> None:
    """Bring back stored drafts; what was typed meanwhile wins over them, what isn't a draft is removed."""
    for number, (form, texts) in enumerate(drafts.items()):
        if number >= _MOST_DRAFTS or not _is_draft(form, texts):
            turn.do(RemoveDraft(user_id=turn.account.user_id, form=form))
        elif form not in turn.account.drafts:
            turn.put_draft(form, {name: text for name, text in texts.items() if text != field_ui.UNREADABLE})
            turn.set_account(stored_drafts=turn.account.stored_drafts | {form})
            turn.refill(form)


def _is_draft(form: str, texts: object) -> bool:
    return (
        form_target(form)[0] not in {"", "delete"}
        and isinstance(texts, Mapping)
        and 0 < len(texts) <= 300
        and all(isinstance(name, str) and isinstance(text, str) for name, text in texts.items())
        and sum(map(len, texts.values())) <= _LONGEST_TEXT
    )


def control_id(form: str, control: str) -> str:
    """Name a control's element: stable, and fit for an id."""
    kind, number = form_target(form)
    return f"{kind}-{number}-{control.replace('.', '-')}"
