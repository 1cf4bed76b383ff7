"""Forms: controls, what became of sending them, and whether their draft is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import htpy as h

from podio.model import App, AppField, Item
from workbench import clicks, corrections, field_ui, rich_text
from workbench import state as states
from workbench.core.clicks import on_click
from workbench.core.routes import Route, fragment
from workbench.field_ui import Control
from workbench.form_drafts import control_id
from workbench.names import name_of
from workbench.previews import saved_as
from workbench.state import State
from workbench.submissions import form_changes
from workbench.views import values
from workbench.views.changes import change_state
from workbench.views.parts import button


def control(state: State, form: str, spec: Control, note: str = "", *, shortcut: str = "") -> h.Renderable:
    """One labelled control with its draft's text, if there is one; ``data-fill`` says when to write it again.

    Args:
        state: The page.
        form: The form's key.
        spec: The control.
        note: What will be saved of its text, where that could be understood otherwise.
        shortcut: The key that leads to it.
    """
    element_id = control_id(form, spec.name)
    text = _drafted(state, form).get(spec.name, spec.value)
    complaint = _complaint(state, form, spec.name)
    hint_id, note_id, complaint_id = (f"{element_id}-{kind}" for kind in ("hint", "note", "complaint"))
    texts = ((hint_id, spec.hint), (note_id, note), (complaint_id, complaint))
    described_by = " ".join(element for element, text in texts if text)
    common: dict[str, str | bool | None] = {
        "id": element_id,
        "name": spec.name,
        "data-fill": _fill(state, form, spec),
        "aria-describedby": described_by or None,
        "aria-keyshortcuts": shortcut or None,
        "aria-invalid": "true" if complaint else None,
        "aria-required": "true" if spec.required else None,
    }
    return h.div(f".control{_width(spec)}", id=f"{element_id}-box")[
        h.label(for_=element_id)[spec.label, h.span(".required", aria_hidden="true")[" *"] if spec.required else None],
        _element(spec, text, common),
        h.small(id=hint_id)[spec.hint] if spec.hint else None,
        # Always there: a live region is read out when something comes into it.
        h.div({"aria-live": "polite"})[h.small(".saved-as", id=note_id)[f"Will be saved as {note}"] if note else None],
        h.small(".complaint", id=complaint_id)[complaint] if complaint else None,
    ]


def _width(spec: Control) -> str:
    """Return the class of a control's width: as wide as what goes in."""
    if spec.kind in ("date", "time") or spec.mode in ("decimal", "numeric"):
        return ".short"
    return ".middle" if spec.kind == "choice" or spec.mode in ("tel", "email") else ""


def _drafted(state: State, form: str) -> Mapping[str, str]:
    """Return the texts that a form shows in place of what is stored, by control.

    What is submitted of an edit shows as what the item will hold: in another tab it may have been changed again.
    """
    return states.typed_texts(state, form) if form.startswith("edit:") else state.account.drafts.get(form, {})


def _fill(state: State, form: str, spec: Control) -> str:
    """Return what differs when a control is to be written again: by the program, or for a value that is another now.

    What the user begins to type is taken for an edit of the value that is there by then, so it must be on the page.
    """
    return f"{state.fills.get(form, 0)}.{hash(spec.value)}"


def field_controls(state: State, form: str, app: App, item: Item | None = None) -> h.Renderable:
    """The fields of an app, a row for each: its controls, or what an item holds of it that only Podio can change."""
    rows = {field.field_id: row for field, row in field_ui.form_controls(app, item, state.site.locale)}
    is_edit = form.startswith("edit:")
    return h.fragment[
        [
            h.div(".control-row", id=f"{form.replace(':', '-')}-row-{field.field_id}")[
                _controls(state, form, field, rows[field.field_id])
                if field.field_id in rows
                else _left_to_podio(state, field, item)
            ]
            for field in app.visible_fields
            if field.field_id in rows or (is_edit and field_ui.is_left_to_podio(field, item, state.site.locale))
        ]
    ]


def _controls(state: State, form: str, field: AppField, row: Sequence[Control]) -> h.Node:
    if row[0].kind == "check":
        return _checks(state, form, field, row)
    return [control(state, form, part, saved_as(state, form, part.name)) for part in row]


def _left_to_podio(state: State, field: AppField, item: Item | None) -> h.Renderable:
    """A field in its place, which is edited in Podio."""
    pieces = field_ui.show(item.fields.get(field.field_id) if item else None, field, state.site.locale)
    link = "" if states.is_sample(state) else rich_text.safe_link(item.link if item else "")
    return h.div(".control.elsewhere")[
        h.span(".label", dir="auto")[name_of(field)],
        h.div[values.full(pieces) if pieces else h.span(".empty")["Empty"]],
        h.small[values.link("Edit in Podio", link) if link else "Can be edited in Podio only."],
    ]


def _checks(state: State, form: str, field: AppField, boxes: Sequence[Control]) -> h.Renderable:
    """The boxes of a field that may hold several choices, as one group that a complaint can focus."""
    element_id = control_id(form, f"f{field.field_id}")
    complaint = _complaint(state, form, f"f{field.field_id}")
    hint_id, complaint_id = f"{element_id}-hint", f"{element_id}-complaint"
    described_by = " ".join(filter(None, (hint_id if field.description else "", complaint_id if complaint else "")))
    draft = _drafted(state, form)
    return h.fieldset(".control.checks", id=element_id, tabindex="-1", aria_describedby=described_by or None)[
        h.legend[name_of(field), h.span(".required", aria_hidden="true")[" *"] if field.required else None],
        [
            h.label[
                h.input(
                    id=control_id(form, box.name),
                    name=box.name,
                    type="checkbox",
                    checked=bool(draft.get(box.name, box.value)),
                    data_fill=_fill(state, form, box),
                ),
                f" {box.label}",
            ]
            for box in boxes
        ],
        h.small(id=hint_id)[field.description] if field.description else None,
        h.small(".complaint", id=complaint_id)[complaint] if complaint else None,
    ]


def _element(spec: Control, text: str, common: Mapping[str, str | bool | None]) -> h.Renderable:
    match spec.kind:
        case "lines":
            return h.textarea(common, rows="5", dir="auto")["\n" + text if text.startswith("\n") else text]
        case "choice":
            choice_names = dict(spec.choices)
            choices = spec.choices if text in choice_names else (*spec.choices, (text, text))
            return h.select(common)[[h.option(value=key, selected=key == text)[label] for key, label in choices]]
        case "date" | "time":
            return h.input(common, type=spec.kind, value=text)
    return h.input(common, type="text", inputmode=spec.mode or None, value=text, autocomplete="off", dir="auto")


def submit_button(state: State, form: str, text: str, busy_text: str) -> h.Renderable:
    """The form's button; while sending it stays where it is and keeps the focus, but does nothing."""
    busy = states.is_busy(state, form)
    return h.button(id=f"{form.replace(':', '-')}-submit", type="submit", aria_disabled="true" if busy else None)[
        busy_text if busy else text
    ]


def cancel_link(form: str, back: Route) -> h.Renderable:
    """Lead out of a form, to where it was opened from; what was typed is not lost without a question."""
    return h.a(on_click(clicks.CancelForm(form=form)), href=fragment(back), class_="cancel")["Cancel"]


def draft_note(state: State, form: str) -> h.Renderable:
    """A quiet word that what is typed is safe."""
    is_stored = form in state.account.drafts and form in state.account.stored_drafts
    return h.span(".draft-note", id=f"{form.replace(':', '-')}-draft")[
        h.fragment[
            "Draft kept",
            " ",
            button(
                "Discard draft", clicks.Discard(form=form), kind="link", element_id=f"{form.replace(':', '-')}-discard"
            ),
        ]
        if is_stored
        else None
    ]


def form_state(state: State, form: str, name: str) -> h.Renderable:
    """What became of submitting a form, with the choices that are left."""
    submission = state.account.submissions.get(form)
    failure = submission.failure if submission else None
    return h.div(".form-state", id=f"{form.replace(':', '-')}-state")[
        h.div(".failure", role="alert")[
            h.p[failure.message],
            None
            if submission and submission.complaints
            else h.div(".choices")[h.button(type="submit", class_="secondary")["Try again"]],
        ]
        if failure
        else None,
        [change_state(state, change, name) for change in form_changes(state, form)],
    ]


def _complaint(state: State, form: str, control: str) -> str:
    submission = state.account.submissions.get(form)
    own_complaint = submission.complaints.get(control, "") if submission else ""
    return own_complaint or corrections.complaint(state, form, control)
