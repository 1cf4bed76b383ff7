"""Forms over an app's fields: their controls, what these hold at first, what Podio is sent. Performs no I/O.

Only fields that a plain form can change without loss are offered; the others are left as they are and edited in
Podio. A control has a name within its form: ``f12`` for field 12, ``f12.currency`` and the like where a field needs
more than one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbench import date_form, numbers, paragraphs
from workbench import podio_shapes as shapes
from workbench.form_controls import Complaint, Control
from workbench.html_tokenizer import unescape

__all__ = ["Control", "Filled", "all_controls", "controls", "left_out", "read"]

_TYPES = {"phone": ("work", "mobile", "home", "other"), "email": ("work", "home", "other")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What a form's texts mean to Podio: the changed fields by their external id, or complaints by control."""

    fields: Mapping[str, Any]
    complaints: Mapping[str, str]


def controls(field: shapes.AppField, value: shapes.FieldValue | None = None) -> tuple[Control, ...]:
    """Give the controls of a field with what they hold at first; none when it can't be edited here without loss."""
    values = value.values if value else ()
    first: Mapping[str, Any] = values[0] if values else {}
    name = f"f{field.field_id}"
    common: dict[str, Any] = {"label": field.label, "required": field.required, "hint": field.description}
    if len(values) > 1:
        return ()
    match field.type:
        case "text":
            return _text_controls(field, name, first, common)
        case "number":
            return (Control(name=name, mode="decimal", value=numbers.typed_form(first.get("value")), **common),)
        case "money":
            return _money_controls(field, name, first, common)
        case "progress":
            hint = field.description or "Per cent, 0 to 100"
            return (
                Control(
                    name=name,
                    mode="numeric",
                    value=shapes.text(first.get("value")),
                    label=field.label,
                    required=field.required,
                    hint=hint,
                ),
            )
        case "category" if not field.multiple and field.options:
            chosen = shapes.option(first.get("value"))
            choices = tuple(
                (str(option.option_id), option.text)
                for option in field.options
                if option.active or (chosen and chosen.option_id == option.option_id)
            )
            start = str(chosen.option_id) if chosen else ""
            return (Control(name=name, kind="choice", value=start, choices=(("", "–"), *choices), **common),)
        case "date":
            return date_form.controls(field, first, common)
        case "phone" | "email":
            kinds = tuple(dict.fromkeys((*field.value_types, *_TYPES[field.type])))
            kind = shapes.text(first.get("type")) or kinds[0]
            return (
                Control(
                    name=name,
                    mode="tel" if field.type == "phone" else "email",
                    value=shapes.text(first.get("value")),
                    **common,
                ),
                Control(
                    name=f"{name}.type",
                    label=f"{field.label}: kind",
                    kind="choice",
                    value=kind,
                    choices=tuple((each, each.replace("_", " ")) for each in dict.fromkeys((*kinds, kind))),
                ),
            )
    return ()


def _text_controls(
    field: shapes.AppField, name: str, first: Mapping[str, Any], common: Mapping[str, Any]
) -> tuple[Control, ...]:
    raw = shapes.text(first.get("value"))
    if not field.holds_html(first):
        text = unescape(raw)
        # A box of one line would drop the ends of lines.
        return (Control(name=name, kind="lines" if field.large or "\n" in text else "line", value=text, **common),)
    lines = paragraphs.lines(raw)
    return () if lines is None else (Control(name=name, kind="lines", value=paragraphs.text_of(lines), **common),)


def _money_controls(
    field: shapes.AppField, name: str, first: Mapping[str, Any], common: Mapping[str, Any]
) -> tuple[Control, ...]:
    currency = shapes.text(first.get("currency")) or (field.currencies[0] if field.currencies else "EUR")
    return (
        Control(name=name, mode="decimal", value=numbers.typed_form(first.get("value")), **common),
        Control(
            name=f"{name}.currency",
            label=f"{field.label}: currency",
            kind="choice",
            value=currency,
            choices=tuple((code, code) for code in dict.fromkeys((*field.currencies, currency))),
        ),
    )


def all_controls(
    app: shapes.App, item: shapes.Item | None = None
) -> tuple[tuple[shapes.AppField, tuple[Control, ...]], ...]:
    """Give the controls of all fields that can be edited here, in the app's order."""
    found = []
    for field in app.fields:
        made = controls(field, item.field_value(field.field_id) if item else None)
        if made:
            found.append((field, made))
    return tuple(found)


def left_out(app: shapes.App, item: shapes.Item | None = None) -> tuple[str, ...]:
    """Name the fields that this form can't change."""
    read_only = {"calculation", "separator"}
    offered = {field.field_id for field, _ in all_controls(app, item)}
    return tuple(field.label for field in app.fields if field.field_id not in offered and field.type not in read_only)


def read(app: shapes.App, texts: Mapping[str, str], item: shapes.Item | None = None) -> Filled:
    """Turn the form's texts into what Podio is sent; only what differs from the item counts as changed."""
    fields: dict[str, Any] = {}
    complaints: dict[str, str] = {}
    for field, made in all_controls(app, item):
        now = {control.name: _typed(control, texts.get(control.name, control.value)) for control in made}
        if item is not None and all(now[control.name] == _typed(control, control.value) for control in made):
            continue
        value = item.field_value(field.field_id) if item else None
        first: Mapping[str, Any] = value.values[0] if value else {}
        main = f"f{field.field_id}"
        if field.required and not now[main].strip():
            complaints[main] = f"{field.label} is required."
            continue
        try:
            written = _write(field, first, now, made[0])
        except Complaint as complaint:
            complaints[complaint.control] = str(complaint)
            continue
        is_empty_still = written == [] and value is None
        if not is_empty_still and not _is_same_number(field, first, written):
            fields[field.external_id or str(field.field_id)] = written
    return Filled(fields=fields, complaints=complaints)


def _typed(control: Control, text: str) -> str:
    """Return a control's text as it counts: the ends of lines alike, no spaces around what stands on one line."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if control.kind == "lines" else text.strip()


def _is_same_number(field: shapes.AppField, first: Mapping[str, Any], written: Any) -> bool:
    if field.type not in {"number", "money"} or not written or not first:
        return False
    amount, currency = (written["value"], written["currency"]) if field.type == "money" else (written, None)
    before = numbers.podio_number(first.get("value"))
    return before == numbers.podio_number(amount) and before is not None and currency == first.get("currency")


def _write(field: shapes.AppField, first: Mapping[str, Any], now: Mapping[str, str], main: Control) -> Any:
    """Turn a field's texts into what Podio is sent; ``[]`` clears the field.

    Raises:
        Complaint: for texts that don't fit.
    """
    if field.type == "date":
        return date_form.write(field, first, now)
    written = now[main.name]
    if not written.strip():
        return []
    match field.type:
        case "text":
            return _write_text(field, first, written)
        case "number":
            return _write_number(field, main, written, first)
        case "money":
            amount = _write_number(field, main, written, first)
            return {"value": amount, "currency": now[f"{main.name}.currency"]}
        case "progress":
            if not re.fullmatch(r"[0-9]{1,3}", written) or int(written) > 100:
                raise Complaint(main.name, f"{field.label} must be a whole number from 0 to 100.")
            return int(written)
        case "category":
            if not re.fullmatch(r"[0-9]{1,16}", written):
                raise Complaint(main.name, f"Choose one of the options of {field.label}.")
            return int(written)
        case "phone" | "email":
            if field.type == "email" and not re.fullmatch(r"[^@\s]++@[^@\s]++", written):
                raise Complaint(main.name, f"{field.label} must be an e-mail address, such as ada@example.com.")
            return [{"type": now[f"{main.name}.type"], "value": written}]
    return written


def _write_text(field: shapes.AppField, first: Mapping[str, Any], written: str) -> Any:
    if field.holds_html(first):
        written = paragraphs.to_html(written, paragraphs.lines(shapes.text(first.get("value"))) or ())
    given = shapes.text(first.get("format"))
    return {"value": written, "format": given} if given else written


def _write_number(field: shapes.AppField, main: Control, written: str, first: Mapping[str, Any]) -> str:
    if written == main.value.strip():
        # Untouched beside a currency that was changed: as Podio has it.
        return shapes.text(first.get("value"))
    try:
        return numbers.written_number(field.label, written)
    except ValueError as problem:
        raise Complaint(main.name, str(problem)) from None
