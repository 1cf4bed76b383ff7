"""What a form will save of a text that could be understood otherwise: shown under its field as one types."""

from __future__ import annotations

from workbench import field_ui
from workbench.events import Typed
from workbench.form_drafts import field_of, form_app, form_target
from workbench.reads import ItemOf
from workbench.state import State
from workbench.unsent_values import with_changes


def saved_as(state: State, form: str, control: str) -> str:
    """Return in words what will be saved of a control's field; empty where its text says so itself.

    Args:
        state: The page.
        form: The form's key, such as ``edit:item:9``.
        control: The control's name; only a field's main one has something to say.
    """
    kind, number = form_target(form)
    texts = state.account.drafts.get(form, {})
    item = state.read(ItemOf(item_id=number)).value if kind == "edit" else None
    app = form_app(state, form)
    field = field_of(app, control)
    if field is None or not texts:
        return ""
    if item:
        item = with_changes(item, app, state.account.outbox)
    value = item.fields.get(field.field_id) if item else None
    row = field_ui.field_controls(field, value, state.site.locale)
    return field_ui.saved_as(field, row, value, texts, state.site.locale) if row and row[0].name == control else ""


def shows_more(event: Typed, before: State, after: State) -> bool:
    """Whether what was typed changes the text under its field: all else of it the control shows already."""
    main = event.control.partition(".")[0]
    return saved_as(before, event.form, main) != saved_as(after, event.form, main)
