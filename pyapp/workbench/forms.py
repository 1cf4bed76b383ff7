"""Forms over an app's fields: their controls, what these hold at first, what Podio is sent. Performs no I/O.

Only fields that a plain form can change without loss are offered; the others are left as they are and edited in
Podio. A control has a name within its form: ``f12`` for field 12, ``f12.currency`` and the like where a field needs
more than one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from podio.fields import DateValue, Email, FieldValue, Money, Option, Phone, RawValue, Text, Value
from podio.model import App, AppField, Item
from workbench import date_form, numbers, paragraphs
from workbench.field_values import holds_html, option_text, type_text
from workbench.form_controls import Complaint, Control
from workbench.html_tokenizer import unescape
from workbench.names import name_of

__all__ = ["Control", "Filled", "all_controls", "controls", "left_out", "read"]

_TYPES = {"phone": ("work", "mobile", "home", "other"), "email": ("work", "home", "other")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What a form's texts mean to Podio: the changed fields by their external id, or complaints by control."""

    fields: Mapping[str, Any]
    complaints: Mapping[str, str]


def controls(field: AppField, value: FieldValue | None = None) -> tuple[Control, ...]:
    """Give the controls of a field with what they hold at first; none when it can't be edited here without loss."""
    values = _held(value)
    if len(values) > 1 or any(isinstance(entry, RawValue) for entry in values):
        return ()
    first = values[0] if values else None
    name = f"f{field.field_id}"
    common: dict[str, Any] = {"label": name_of(field), "required": field.required, "hint": field.description}
    match field.type:
        case "text":
            return _text_controls(field, name, cast("Text | None", first), common)
        case "number":
            return (Control(name=name, mode="decimal", value=numbers.typed_form(first), **common),)
        case "money":
            return _money_controls(field, name, cast("Money | None", first), common)
        case "progress":
            text = "" if first is None else str(first)
            return (Control(name=name, mode="numeric", value=text, **common | {"hint": common["hint"] or _PER_CENT}),)
        case "category" if not field.multiple and field.options:
            return _category_controls(field, name, cast("Option | None", first), common)
        case "date":
            return date_form.controls(field, cast("DateValue | None", first), common)
        case "phone" | "email":
            return _typed_controls(field, name, cast("Phone | Email | None", first), common)
    return ()


_PER_CENT = "Per cent, 0 to 100"


def _held(value: FieldValue | None) -> tuple[Value, ...]:
    """Return the values of a field, without what stands for none."""
    values = value.values if value else ()
    return tuple(entry for entry in values if not (isinstance(entry, RawValue) and entry.is_empty))


def _text_controls(field: AppField, name: str, first: Text | None, common: Mapping[str, Any]) -> tuple[Control, ...]:
    first = first or Text(value="")
    if not holds_html(field, first):
        text = unescape(first.value)
        # A box of one line would drop the ends of lines.
        return (Control(name=name, kind="lines" if field.is_large or "\n" in text else "line", value=text, **common),)
    lines = paragraphs.lines(first.value)
    return () if lines is None else (Control(name=name, kind="lines", value=paragraphs.text_of(lines), **common),)


def _money_controls(field: AppField, name: str, first: Money | None, common: Mapping[str, Any]) -> tuple[Control, ...]:
    currency = first.currency if first else (field.currencies[0] if field.currencies else "EUR")
    return (
        Control(name=name, mode="decimal", value=numbers.typed_form(first.amount if first else None), **common),
        Control(
            name=f"{name}.currency",
            label=f"{common['label']}: currency",
            kind="choice",
            value=currency,
            choices=tuple((code, code) for code in dict.fromkeys((*field.currencies, currency))),
        ),
    )


def _category_controls(
    field: AppField, name: str, first: Option | None, common: Mapping[str, Any]
) -> tuple[Control, ...]:
    choices = tuple(
        (str(option.id), option_text(option))
        for option in field.options
        if option.status != "deleted" or (first and first.id == option.id)
    )
    start = str(first.id) if first else ""
    return (Control(name=name, kind="choice", value=start, choices=(("", "–"), *choices), **common),)


def _typed_controls(
    field: AppField, name: str, first: Phone | Email | None, common: Mapping[str, Any]
) -> tuple[Control, ...]:
    types = tuple(dict.fromkeys((*field.value_types, *_TYPES[field.type])))
    chosen = (first.type if first else "") or types[0]
    mode = "tel" if field.type == "phone" else "email"
    return (
        Control(name=name, mode=mode, value=first.value if first else "", **common),
        Control(
            name=f"{name}.type",
            label=f"{common['label']}: kind",
            kind="choice",
            value=chosen,
            choices=tuple((entry, type_text(entry)) for entry in dict.fromkeys((*types, chosen))),
        ),
    )


def all_controls(app: App, item: Item | None = None) -> tuple[tuple[AppField, tuple[Control, ...]], ...]:
    """Give the controls of all fields that can be edited here, in the app's order."""
    found = []
    for field in app.visible_fields:
        made = controls(field, item.fields.get(field.field_id) if item else None)
        if made:
            found.append((field, made))
    return tuple(found)


def left_out(app: App, item: Item | None = None) -> tuple[str, ...]:
    """Name the fields that this form can't change."""
    read_only = {"calculation", "separator"}
    offered = {field.field_id for field, _ in all_controls(app, item)}
    return tuple(
        name_of(field) for field in app.visible_fields if field.field_id not in offered and field.type not in read_only
    )


def read(app: App, texts: Mapping[str, str], item: Item | None = None) -> Filled:
    """Turn the form's texts into what Podio is sent; only what differs from the item counts as changed."""
    fields: dict[str, Any] = {}
    complaints: dict[str, str] = {}
    for field, made in all_controls(app, item):
        now = {control.name: _typed(control, texts.get(control.name, control.value)) for control in made}
        if item is not None and all(now[control.name] == _typed(control, control.value) for control in made):
            continue
        first = next(iter(_held(item.fields.get(field.field_id) if item else None)), None)
        main = f"f{field.field_id}"
        if field.required and not now[main].strip():
            complaints[main] = f"{name_of(field)} is required."
            continue
        try:
            written = _write(field, first, now, made[0])
        except Complaint as complaint:
            complaints[complaint.control] = str(complaint)
            continue
        is_empty_still = written == [] and first is None
        if not is_empty_still and not _is_same_number(first, written):
            fields[field.external_id or str(field.field_id)] = written
    return Filled(fields=fields, complaints=complaints)


def _typed(control: Control, text: str) -> str:
    """Return a control's text as it counts: the ends of lines alike, no spaces around what stands on one line."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if control.kind == "lines" else text.strip()


def _is_same_number(first: Value | None, written: Any) -> bool:
    if isinstance(first, Money) and written:
        return first == Money(amount=Decimal(written["value"]), currency=written["currency"])
    return isinstance(first, Decimal) and bool(written) and first == Decimal(written)


def _write(field: AppField, first: Value | None, now: Mapping[str, str], main: Control) -> Any:
    """Turn a field's texts into what Podio is sent; ``[]`` clears the field.

    Raises:
        Complaint: for texts that don't fit.
    """
    if field.type == "date":
        return date_form.write(field, cast("DateValue | None", first), now)
    written = now[main.name]
    if not written.strip():
        return []
    match field.type:
        case "text":
            return _write_text(field, cast("Text | None", first), written)
        case "number":
            return _write_number(field, main, written, cast("Decimal | None", first))
        case "money":
            amount = _write_number(field, main, written, first.amount if isinstance(first, Money) else None)
            return {"value": amount, "currency": now[f"{main.name}.currency"]}
        case "progress":
            if not re.fullmatch(r"[0-9]{1,3}", written) or int(written) > 100:
                raise Complaint(main.name, f"{name_of(field)} must be a whole number from 0 to 100.")
            return int(written)
        case "category":
            if not re.fullmatch(r"[0-9]{1,16}", written):
                raise Complaint(main.name, f"Choose one of the options of {name_of(field)}.")
            return int(written)
        case "phone" | "email":
            if field.type == "email" and not re.fullmatch(r"[^@\s]++@[^@\s]++", written):
                raise Complaint(main.name, f"{name_of(field)} must be an e-mail address, such as ada@example.com.")
            return [{"type": now[f"{main.name}.type"], "value": written}]
    return written


def _write_text(field: AppField, first: Text | None, written: str) -> Any:
    first = first or Text(value="")
    if holds_html(field, first):
        written = paragraphs.to_html(written, paragraphs.lines(first.value) or ())
    return {"value": written, "format": first.format} if first.format else written


def _write_number(field: AppField, main: Control, written: str, first: Decimal | None) -> str:
    if written == main.value.strip() and first is not None:
        # Untouched beside a currency that was changed: as Podio has it.
        return f"{first:f}"
    try:
        return numbers.written_number(name_of(field), written)
    except ValueError as problem:
        raise Complaint(main.name, str(problem)) from None
