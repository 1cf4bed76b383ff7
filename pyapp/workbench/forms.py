"""Forms over an app's fields: their controls, what these hold at first, what Podio is sent. Performs no I/O.

Only fields that a plain form can change without loss are offered; the others are left as they are and edited in
Podio. A control has a name within its form: ``f12`` for field 12, ``f12.currency`` and the like where a field needs
more than one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from workbench import podio_shapes as shapes
from workbench import rich_text

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?")
_TYPES = {"phone": ("work", "mobile", "home", "other"), "email": ("work", "home", "other")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One control of a form; ``kind`` is line, lines, choice, date or time."""

    name: str
    label: str
    kind: str = "line"
    value: str = ""
    hint: str = ""
    required: bool = False
    mode: str = ""
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What a form's texts mean to Podio: the changed fields by their external id, or complaints by control."""

    fields: Mapping[str, Any]
    complaints: Mapping[str, str]


def _number_text(raw: Any) -> str:
    written = shapes.text(raw)
    return written.rstrip("0").rstrip(".") if "." in written else written


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
            raw = shapes.text(first.get("value"))
            if field.large and rich_text.looks_like_html(raw):
                if not _is_simple(rich_text.from_html(raw)):
                    return ()
                raw = rich_text.plain(rich_text.from_html(raw)).strip("\n")
            else:
                raw = rich_text.unescape(raw)
            return (Control(name=name, kind="lines" if field.large else "line", value=raw, **common),)
        case "number":
            return (Control(name=name, mode="decimal", value=_number_text(first.get("value")), **common),)
        case "money":
            currency = shapes.text(first.get("currency")) or (field.currencies[0] if field.currencies else "EUR")
            known = tuple(dict.fromkeys((*field.currencies, currency)))
            return (
                Control(name=name, mode="decimal", value=_number_text(first.get("value")), **common),
                Control(
                    name=f"{name}.currency",
                    label=f"{field.label}: currency",
                    kind="choice",
                    value=currency,
                    choices=tuple((code, code) for code in known),
                ),
            )
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
            return _date_controls(field, first, common)
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


def _date_controls(field: shapes.AppField, first: Mapping[str, Any], common: dict[str, Any]) -> tuple[Control, ...]:
    name = f"f{field.field_id}"
    made = []
    for edge in ("start", "end") if field.has_end else ("start",):
        day = shapes.text(first.get(f"{edge}_date")) or shapes.text(first.get(edge))[:10]
        time = shapes.text(first.get(f"{edge}_time"))[:5]
        if edge == "end" and not first.get("end") and not first.get("end_date"):
            day = time = ""
        if edge == "start":
            made.append(Control(name=name, kind="date", value=day, **common))
        else:
            made.append(Control(name=f"{name}.end", label=f"{field.label}: end", kind="date", value=day))
        if field.has_time:
            suffix = "time" if edge == "start" else "end_time"
            label = f"{field.label}: {'time' if edge == 'start' else 'end time'}"
            made.append(Control(name=f"{name}.{suffix}", label=label, kind="time", value=time))
    return tuple(made)


def _is_simple(nodes: Sequence[rich_text.Element | str]) -> bool:
    return all(isinstance(node, str) or (node.tag in {"p", "br"} and _is_simple(node.children)) for node in nodes)


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
        now = {control.name: texts.get(control.name, control.value).strip() for control in made}
        if item is not None and all(now[control.name] == control.value.strip() for control in made):
            continue
        key = field.external_id or str(field.field_id)
        main = f"f{field.field_id}"
        if not now[main]:
            if field.required:
                complaints[main] = f"{field.label} is required."
            elif item is not None:
                fields[key] = []
            continue
        try:
            fields[key] = _write(field, now, main)
        except ValueError as problem:
            complaints[main] = str(problem)
    return Filled(fields=fields, complaints=complaints)


def _decimal(label: str, written: str) -> str:
    compact = written.replace(" ", "").replace("\u00a0", "")
    if compact.count(",") == 1 and "." not in compact and not re.search(r",[0-9]{3}$", compact):
        compact = compact.replace(",", ".")
    elif "," in compact:
        if not re.fullmatch(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", compact):
            raise ValueError(f"{label} must be a number, such as 1250.50.")
        compact = compact.replace(",", "")
    try:
        value = Decimal(compact)
    except InvalidOperation:
        raise ValueError(f"{label} must be a number, such as 1250.50.") from None
    if not value.is_finite():
        raise ValueError(f"{label} must be a number, such as 1250.50.")
    return f"{value:f}"


def _write(field: shapes.AppField, now: Mapping[str, str], main: str) -> Any:
    written = now[main]
    match field.type:
        case "number":
            return _decimal(field.label, written)
        case "money":
            return {"value": _decimal(field.label, written), "currency": now[f"{main}.currency"]}
        case "progress":
            if not re.fullmatch(r"[0-9]{1,3}", written) or int(written) > 100:
                raise ValueError(f"{field.label} must be a whole number from 0 to 100.")
            return int(written)
        case "category":
            if not written.isascii() or not written.isdigit():
                raise ValueError(f"Choose one of the options of {field.label}.")
            return int(written)
        case "date":
            return _write_date(field, now, main)
        case "phone" | "email":
            if field.type == "email" and not re.fullmatch(r"[^@\s]+@[^@\s]+", written):
                raise ValueError(f"{field.label} must be an e-mail address, such as ada@example.com.")
            return [{"type": now[f"{main}.type"], "value": written}]
    return written


def _write_date(field: shapes.AppField, now: Mapping[str, str], main: str) -> Any:
    value: dict[str, str] = {}
    for edge, day, time in (("start", main, f"{main}.time"), ("end", f"{main}.end", f"{main}.end_time")):
        written, clock = now.get(day, ""), now.get(time, "")
        if not written and edge == "end":
            continue
        try:
            value[f"{edge}_date"] = date.fromisoformat(written).isoformat()
        except ValueError:
            raise ValueError(f"{field.label} must be a date, such as 2026-11-21.") from None
        if clock:
            if not _TIME.fullmatch(clock):
                raise ValueError(f"{field.label} must have a time such as 14:05.")
            value[f"{edge}_time"] = clock if len(clock) == 8 else f"{clock}:00"
    if value.get("end_date", "9999") < value["start_date"]:
        raise ValueError(f"{field.label} ends before it starts.")
    return value
