"""What is typed in a form, until Podio has it: a draft by form and control.

A form has a key: ``comment:item:9``, ``new:app:7``, ``edit:item:9`` or ``delete:item:9``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from podio.json_text import parse_object
from podio.model import App, AppField, Item
from workbench import field_ui
from workbench import state as states
from workbench.effects import AdoptDraft, RemoveDraft, StoreDraft
from workbench.events import DraftsLoaded
from workbench.outbox import CreateItem, Phase, values_of
from workbench.reads import AppOf, ItemOf
from workbench.state import State
from workbench.turn import Turn
from workbench.unsent_values import new_item, with_changes

BASE = "_base"
"""In a draft of an edit: the item's revision that the user saw when they began."""

SEEN = "_seen"
"""In a draft of an edit: what the fields that were typed in held then, as JSON by the field's external id or id."""

WHEN = "_when"
"""In a draft of an edit: when something was typed in it last, in whole seconds since 1970."""

_NOTES = frozenset({BASE, SEEN, WHEN})
_SECONDS = re.compile(r"[0-9]{1,11}", re.ASCII)
_FORM = re.compile(r"(comment|new|edit|delete):(item|app):([1-9][0-9]{0,15})")


def form_target(form: str) -> tuple[str, int]:
    """Take a form's key apart into what it does and the id it does it to; ``("", 0)`` if it is no key."""
    match = _FORM.fullmatch(form)
    return (match[1], int(match[3])) if match else ("", 0)


def take_text(turn: Turn, form: str, control: str, text: str, now: float) -> None:
    """Keep what was typed."""
    kind, number = form_target(form)
    if not kind:
        return
    draft = turn.account.drafts.get(form, {})
    _take_as_typed(turn, form, control, text)
    if _is_as_at_first(turn.state, form, control, text):
        texts = _reduced(turn.state, form, draft, [name for name in draft if name != control])
    elif kind == "edit":
        texts = {**draft, **_notes(turn.state, number, control, draft), control: text}
    else:
        texts = {**draft, control: text}
    if not texts.keys() - _NOTES:
        drop_draft(turn, form)
        return
    turn.put_draft(form, texts | ({WHEN: str(int(now))} if kind == "edit" else {}))
    store(turn, form)


def _take_as_typed(turn: Turn, form: str, control: str, text: str) -> None:
    """Take a text for typed, and not for what was submitted, where the item will hold another: another tab's."""
    submission = turn.account.submissions.get(form)
    first_text = _first_text(turn.state, form, control)
    if submission and submission.is_stored and text == submission.texts.get(control) and first_text not in (None, text):
        texts = {name: sent_text for name, sent_text in submission.texts.items() if name != control}
        turn.put_submission(form, replace(submission, texts=texts))


def typed_texts_of(state: State, form: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Return of all the texts of a form those that were typed."""
    return {name: text for name, text in texts.items() if not _is_as_at_first(state, form, name, text)}


def _is_as_at_first(state: State, form: str, control: str, text: str) -> bool:
    """Whether a control holds what it held before anything was typed, which is no draft.

    What was submitted from it is the draft of an item that isn't settled yet, whatever the control held before that.
    """
    submission = state.account.submissions.get(form)
    if submission is not None and submission.change_id and control in submission.texts:
        return False
    first_text = _first_text(state, form, control)
    if form_target(form)[0] != "edit" and not first_text:
        return not text.strip()
    return first_text is not None and text == first_text.replace("\r\n", "\n").replace("\r", "\n")


def _first_text(state: State, form: str, control: str) -> str | None:
    """Return what a control of a form holds before anything is typed in it; None where that isn't known."""
    app = form_app(state, form)
    field = field_of(app, control)
    if app is None or field is None:
        return None
    item = form_item(state, form, app)
    row = field_ui.field_controls(field, item.fields.get(field.field_id) if item else None, state.site.locale)
    return next((part.value for part in row if part.name == control), None)


def form_item(state: State, form: str, app: App) -> Item | None:
    """Return the item that a form holds before anything is typed: as the user has changed it, or a refused new one."""
    kind, number = form_target(form)
    if kind == "edit":
        item = state.read(ItemOf(item_id=number)).value
        return with_changes(item, app, state.account.outbox) if item else None
    change = states.submitted_change(state, form)
    if change is None or change.phase is not Phase.FAILED or not isinstance(change.operation, CreateItem):
        return None
    return new_item(app, change.operation.fields)


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
    """Store what isn't on its way of a form's draft, once it is known whose it is; delete it where that is nothing."""
    user_id, texts = turn.account.user_id, states.typed_texts(turn.state, form)
    if not user_id or form not in turn.account.drafts:
        return
    if states.is_typed_in(turn.state, form):
        turn.do(StoreDraft(user_id=user_id, form=form, texts=texts))
        return
    turn.set_account(denied_drafts=turn.account.denied_drafts - {form})
    turn.do(RemoveDraft(user_id=user_id, form=form))


def drop_draft(turn: Turn, form: str) -> None:
    """Delete a form's draft, here and in storage."""
    turn.put_draft(form, None)
    turn.set_account(
        stored_drafts=turn.account.stored_drafts - {form},
        denied_drafts=turn.account.denied_drafts - {form},
        copied_drafts=turn.account.copied_drafts - {form},
    )
    if turn.account.user_id:
        turn.do(RemoveDraft(user_id=turn.account.user_id, form=form))


def clear_form(turn: Turn, form: str) -> None:
    """Clear what was typed in a form and submitted, and empty it."""
    turn.put_submission(form, None)
    drop_draft(turn, form)
    turn.refill(form)


def take_out(turn: Turn, form: str, control: str, sent_text: str) -> None:
    """Take out of a control what was sent of it, and only that: the user may have typed on, or something else."""
    text = turn.account.drafts.get(form, {}).get(control, "")
    if text.strip() == sent_text.strip():
        drop_draft(turn, form)
        turn.refill(form)
        return
    if text.startswith(sent_text):
        turn.put_draft(form, {control: text[len(sent_text) :].lstrip()})
        turn.refill(form)
    store(turn, form)


def clear_sent(turn: Turn, form: str, sent_texts: Mapping[str, str]) -> None:
    """Drop of a draft what was sent, and only that: the user may have typed on."""
    draft = turn.account.drafts.get(form, {})
    controls = [name for name, text in draft.items() if name not in _NOTES and text != sent_texts.get(name)]
    if form_target(form)[0] != "edit":  # the next comment or new item begins with nothing, so emptied is nothing
        controls = [name for name in controls if draft[name].strip()]
    drop_draft(turn, form)
    if controls:
        turn.put_draft(form, _reduced(turn.state, form, draft, controls))
        store(turn, form)
    else:
        turn.refill(form)


def _reduced(state: State, form: str, draft: Mapping[str, str], controls: Collection[str]) -> dict[str, str]:
    """Return what a draft is with the texts of these controls alone.

    The revision of an edit stays the one that the user saw: a newer one would hide what others have changed since.
    """
    texts = {name: text for name, text in draft.items() if name in controls or name in _NOTES}
    app = form_app(state, form)
    if SEEN in draft and app is not None:
        keys = {field_key(field) for control in controls if (field := field_of(app, control))}
        values_seen = {key: value for key, value in seen_values(draft).items() if key in keys}
        texts[SEEN] = json.dumps(values_seen)
    return texts


def restore(turn: Turn, event: DraftsLoaded) -> None:
    """Bring back stored drafts, however long and many; what was typed meanwhile wins over them.

    What isn't shown stays stored: for a page that starts later, or for the version of the page that can read it.
    """
    for form, texts in event.drafts.items():
        if form in turn.account.drafts or not _is_draft(form, texts):
            continue
        if form in event.gone_tabs:
            turn.do(AdoptDraft(user_id=turn.account.user_id, form=form, tab=event.gone_tabs[form]))
        if form in event.copied_forms:
            turn.set_account(copied_drafts=turn.account.copied_drafts | {form})
        turn.put_draft(form, {name: text for name, text in texts.items() if text != field_ui.UNREADABLE})
        turn.set_account(stored_drafts=turn.account.stored_drafts | {form})
        turn.refill(form)


def not_shown(state: State, drafts: Iterable[tuple[str, Mapping[str, str]]]) -> tuple[str, ...]:
    """Return the forms of those drafts that this page doesn't show."""
    return tuple(form for form, texts in drafts if _is_draft(form, texts) and state.account.drafts.get(form) != texts)


def _is_draft(form: str, texts: object) -> bool:
    return (
        form_target(form)[0] not in {"", "delete"}
        and isinstance(texts, Mapping)
        and all(isinstance(name, str) and isinstance(text, str) for name, text in texts.items())
        and any(name not in _NOTES and text != field_ui.UNREADABLE for name, text in texts.items())
    )


def control_id(form: str, control: str) -> str:
    """Name a control's element: stable, and fit for an id."""
    kind, number = form_target(form)
    return f"{kind}-{number}-{control.replace('.', '-')}"
