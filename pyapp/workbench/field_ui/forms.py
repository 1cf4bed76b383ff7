"""Fields as the page shows them, and forms over an app's fields: their controls, and what these mean to Podio.

A form offers only the fields that it can change without loss; the others are left as they are and edited in Podio. A
control has a name within its form: ``f12`` for field 12, ``f12.currency`` and the like where a field needs more than
one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from podio.fields import READ_ONLY, FieldValue, FieldValueError, RawValue, Value, write_value
from podio.model import App, AppField, Item
from workbench.field_ui.controls import CLEARED, PLAIN_ICON, Complaint, Control, Parts, Reading, control_name
from workbench.field_ui.pieces import Chip, Piece, Words
from workbench.field_ui.types import CHIPS, FIELD_UIS
from workbench.locales import Locale
from workbench.names import name_of

_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormReading:
    """What a form's texts mean to Podio: the JSON of the changed fields by external id, or complaints by control."""

    fields: Mapping[str, Any]
    complaints: Mapping[str, str]


def show(value: FieldValue | None, field: AppField | None, locale: Locale) -> tuple[Piece, ...]:
    """Return what is shown of a field's values.

    Args:
        value: The field, as `podio.fields` reads it.
        field: Its template, where known: it says how the values were meant (decimals, with or without time).
        locale: The user's.
    """
    if value is None:
        return ()
    if field is None and value.settings:
        field = AppField.from_json(value.raw)
    return tuple(piece for entry in value.values if (piece := _piece(value.type, entry, field, locale)) is not None)


def _piece(kind: str, value: Value, field: AppField | None, locale: Locale) -> Piece | None:
    if not isinstance(value, RawValue):
        return FIELD_UIS[kind].show(value, field, locale) if kind in FIELD_UIS else None
    if not value.text:
        return None
    return Chip(text=value.text) if kind in CHIPS else Words(text=value.text)


def icon(kind: str) -> str:
    """Return the icon of a type of field, as the path of an SVG; the plainest for a type that isn't known."""
    return FIELD_UIS[kind].icon if kind in FIELD_UIS else PLAIN_ICON


def field_controls(field: AppField, value: FieldValue | None, locale: Locale) -> tuple[Control, ...]:
    """Return the controls of a field with what they hold at first; none where it can't be edited here without loss."""
    row, values = FIELD_UIS.get(field.type), _values(value)
    if row is None or any(isinstance(entry, RawValue) for entry in values) or (len(values) > 1 and not row.several):
        return ()
    return row.edit(field, values, locale)


def _values(value: FieldValue | None) -> tuple[Value, ...]:
    """Return the values of a field, without what stands for none."""
    values = value.values if value else ()
    return tuple(entry for entry in values if not (isinstance(entry, RawValue) and entry.is_empty))


def form_controls(app: App, item: Item | None, locale: Locale) -> tuple[tuple[AppField, tuple[Control, ...]], ...]:
    """Return the controls of all fields that can be edited here, in the app's order."""
    rows = ((field, field_controls(field, _value_of(item, field), locale)) for field in app.visible_fields)
    return tuple((field, row) for field, row in rows if row)


def _value_of(item: Item | None, field: AppField) -> FieldValue | None:
    return item.fields.get(field.field_id) if item else None


def is_left_to_podio(field: AppField, item: Item | None, locale: Locale) -> bool:
    """Return whether a form can't change a field, though Podio can."""
    return field.type not in READ_ONLY and not field_controls(field, _value_of(item, field), locale)


def read_form(app: App, texts: Mapping[str, str], item: Item | None, locale: Locale) -> FormReading:
    """Turn a form's texts into what Podio is sent; only what differs from the item counts as changed.

    Args:
        app: The app whose fields the form is over.
        texts: What was typed, by control; a control that is not named holds what it held at first.
        item: The item as it was when the form was drawn; None for a new one.
        locale: The user's.
    """
    fields: dict[str, Any] = {}
    complaints: dict[str, str] = {}
    for field, row in form_controls(app, item, locale):
        value = _value_of(item, field)
        try:
            reading = _read(field, row, value, texts, locale, is_new=item is None)
            if reading is None or _is_as_before(reading, _values(value)):
                continue
            json = write_value(field.type, reading.value, field=name_of(field), settings=field.settings)
        except Complaint as complaint:
            complaints[control_name(field, complaint.part)] = str(complaint)
        except FieldValueError as error:
            complaints[control_name(field)] = str(error)
        else:
            fields[field.external_id or str(field.field_id)] = json
    return FormReading(fields=fields, complaints=complaints)


def _is_as_before(reading: Reading, values: tuple[Value, ...]) -> bool:
    """Whether the values are those from before, though the text is another: the same number with other zeros."""
    return (reading.value if isinstance(reading.value, tuple) else (reading.value,)) == values


def _read(
    field: AppField,
    row: tuple[Control, ...],
    value: FieldValue | None,
    texts: Mapping[str, str],
    locale: Locale,
    *,
    is_new: bool,
) -> Reading | None:
    """Read the texts of a field; None where they were not changed."""
    now = {_part(control): _normalized(control, texts.get(control.name, control.value)) for control in row}
    if not is_new and all(now[_part(control)] == _normalized(control, control.value) for control in row):
        return None
    for part, text in now.items():
        check_text(text, part)
    # A choice beside an empty text says nothing; the other parts of a date do.
    counting = [now[_part(control)].strip() for control in row if control is row[0] or control.kind != "choice"]
    if field.required and not (any(counting) if row[0].kind == "check" else counting[0]):
        raise Complaint("This field is required.")
    return FIELD_UIS[field.type].read(now, field, _values(value), locale) if any(counting) else CLEARED


def _part(control: Control) -> str:
    return control.name.partition(".")[2]


def _normalized(control: Control, text: str) -> str:
    """Return a control's text as it counts: the ends of lines alike, no spaces around what stands on one line."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if control.kind == "lines" else text.strip()


def check_text(text: str, part: str = "") -> None:
    """Refuse a text that no request could carry.

    Raises:
        Complaint: for half a character, such as an emoji of which a program kept one half.
    """
    if _HALF_CHARACTER.search(text):
        raise Complaint("This holds half a character, such as a cut emoji (shown as \ufffd). Delete it.", part)


def saved_as(
    field: AppField, row: tuple[Control, ...], value: FieldValue | None, texts: Mapping[str, str], locale: Locale
) -> str:
    """Return in words what will be saved of a text that could be understood otherwise; empty where it couldn't."""
    if not any(control.name in texts for control in row):
        return ""
    try:
        reading = _read(field, row, value, texts, locale, is_new=False)
    except Complaint:
        return ""
    return reading.note if reading else ""


def read_text(field: AppField, text: str, locale: Locale, value: FieldValue | None = None) -> Reading:
    """Read a text alone, as a cell or what is pasted has it, as a field's new value.

    Args:
        field: The field.
        text: What was typed or pasted.
        locale: The user's.
        value: What the field holds before.

    Raises:
        Complaint: for a text that the field can't hold, and for a field that can't be edited here without loss.
    """
    row, ui = field_controls(field, value, locale), FIELD_UIS.get(field.type)
    if ui is None or not row:
        raise Complaint("Edit this in Podio.")
    check_text(text)
    if not text.strip():
        return CLEARED
    if ui.parse:
        return ui.parse(text, field, locale)
    parts: Parts = {_part(control): control.value for control in row} | {"": _normalized(row[0], text)}
    return ui.read(parts, field, _values(value), locale)
