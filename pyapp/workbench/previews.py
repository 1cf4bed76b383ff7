"""What a form will save of a text that could be understood otherwise: shown under its field as one types."""

from __future__ import annotations

from workbench import field_ui
from workbench.events import Typed
from workbench.form_drafts import field_of, form_app, form_item
from workbench.state import State


def saved_as(state: State, form: str, control: str) -> str:
    """Return in words what will be saved of a control's field; empty where its text says so itself.

    Args:
        state: The page.
        form: The form's key, such as ``edit:item:9``.
        control: The control's name; only a field's main one has something to say.
    """
    texts = state.account.drafts.get(form, {})
    app = form_app(state, form)
    field = field_of(app, control)
    if app is None or field is None or not texts:
        return ""
    item = form_item(state, form, app)
    value = item.fields.get(field.field_id) if item else None
    row = field_ui.field_controls(field, value, state.site.locale)
    return field_ui.saved_as(field, row, value, texts, state.site.locale) if row and row[0].name == control else ""


def shows_more(event: Typed, before: State, after: State) -> bool:
    """Whether what was typed changes the text under its field: all else of it the control shows already."""
    main = event.control.partition(".")[0]
    return saved_as(before, event.form, main) != saved_as(after, event.form, main)
