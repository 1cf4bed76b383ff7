"""The field types: how values are checked when written, shown when read, compared when sorted, matched when filtered.

Each type is a line of ``FIELD_TYPES``. A written value may be a scalar, an object of sub-ids, or a list of either;
``[]`` or ``null`` clears. Stored values are compact (an option's id, an item's id); ``shapes`` writes them out.
Sources: "Item field values" and "Filtering" of Podio's documentation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import urlsplit

from podio_emulator.errors import Refusal, invalid_value, one_of
from podio_emulator.field_filters import (
    SortKey,
    Test,
    among,
    between,
    by_number,
    by_option,
    by_start,
    by_text,
    decimal_text,
    in_days,
)
from podio_emulator.model import AppField, Stored
from podio_emulator.store import Store
from podio_emulator.times import Calendar, local_to_utc, utc_to_local

PHONE_TYPES = ("mobile", "work", "home", "main", "work_fax", "private_fax", "other")
EMAIL_TYPES = ("home", "work", "other")
_PLACE_TEXTS = (
    "value",
    "formatted",
    "street_address",
    "street_number",
    "street_name",
    "city",
    "postal_code",
    "state",
    "country",
)


def _settings(field: AppField) -> Mapping[str, Any]:
    return field.settings or {}


def _is_int(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _unwrapped(raw: Any) -> Any:
    """Take ``{"value": x}`` for ``x``: most types accept both."""
    return raw["value"] if isinstance(raw, dict) and "value" in raw else raw


# Writing: one raw value -> one stored value (None: the value counts as no value)


def _write_text(raw: Any, field: AppField, store: Store) -> Stored | None:
    value = _unwrapped(raw)
    if not isinstance(value, str):
        raise invalid_value(raw, "must be string or must be object")
    if isinstance(raw, dict) and "format" in raw and raw["format"] not in ("plain", "markdown", "html"):
        raise invalid_value(raw["format"], one_of(("plain", "markdown", "html")))
    if not value.strip():
        return None
    # A text that is written otherwise than its field says so when it is read.
    form = raw.get("format") if isinstance(raw, dict) else None
    return {"value": value} if form in {None, _settings(field).get("format")} else {"value": value, "format": form}


def _write_number(raw: Any, field: AppField, store: Store) -> Stored | None:
    return {"value": decimal_text(_unwrapped(raw))}


def _write_money(raw: Any, field: AppField, store: Store) -> Stored | None:
    if not isinstance(raw, dict) or "value" not in raw:
        raise invalid_value(raw, "must be object")
    allowed = tuple(_settings(field).get("allowed_currencies", ()))
    if raw.get("currency") not in allowed:
        raise invalid_value(raw.get("currency"), one_of(allowed))
    return {"value": decimal_text(raw["value"]), "currency": raw["currency"]}


def _whole(raw: Any, *, least: int, most: int) -> Stored:
    value = _unwrapped(raw)
    if not _is_int(value) or not least <= value <= most:
        raise invalid_value(raw, f"must be integer between {least} and {most}")
    return {"value": value}


def _write_progress(raw: Any, field: AppField, store: Store) -> Stored | None:
    return _whole(raw, least=0, most=100)


def _write_duration(raw: Any, field: AppField, store: Store) -> Stored | None:
    return _whole(raw, least=0, most=10**10)


def _write_category(raw: Any, field: AppField, store: Store) -> Stored | None:
    value = _unwrapped(raw)
    if isinstance(value, dict):
        value = value.get("id")
    ids = tuple(option["id"] for option in _settings(field).get("options", ()) if option["status"] == "active")
    if not _is_int(value) or value not in ids:
        raise invalid_value(raw, one_of(ids))
    return {"value": value}


def _date_part(raw: Any, text: Any) -> date:
    if not isinstance(text, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise invalid_value(raw, "must be date")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise invalid_value(raw, "must be date") from None


def _time_part(raw: Any, text: Any) -> time:
    if not isinstance(text, str) or not re.fullmatch(r"\d{2}:\d{2}(:\d{2})?", text):
        raise invalid_value(raw, "must be time")
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise invalid_value(raw, "must be time") from None


def _moment(raw: Mapping[str, Any], edge: str) -> tuple[date, time | None] | None:
    """Read one edge (``start`` or ``end``) in any of the spellings that Podio takes."""
    if raw.get(edge) is not None:
        text = raw[edge]
        day, _, clock = text.partition(" ") if isinstance(text, str) else (text, "", "")
        return _date_part(raw, day), _time_part(raw, clock) if clock else None
    if raw.get(f"{edge}_date") is not None:
        time_text = raw.get(f"{edge}_time")
        return _date_part(raw, raw[f"{edge}_date"]), None if time_text is None else _time_part(raw, time_text)
    if raw.get(f"{edge}_utc") is not None:
        text = raw[f"{edge}_utc"]
        day, _, clock = text.partition(" ") if isinstance(text, str) else (text, "", "")
        if not clock:
            return _date_part(raw, day), None
        local = utc_to_local(datetime.combine(_date_part(raw, day), _time_part(raw, clock), tzinfo=UTC))
        return local.date(), local.time()  # the time keeps the fold
    return None


def _write_date(raw: Any, field: AppField, store: Store) -> Stored | None:
    if isinstance(raw, str):
        raw = {"start": raw}
    if not isinstance(raw, dict):
        raise invalid_value(raw, "must be object")
    start, end = _moment(raw, "start"), _moment(raw, "end")
    if start is None:
        raise invalid_value(raw, "must have start or start_date or start_utc")
    if end is not None and _settings(field).get("end") == "disabled":
        raise invalid_value(raw, "must not have end")
    if _settings(field).get("time") == "disabled":
        start, end = (start[0], None), None if end is None else (end[0], None)
    if end is not None and _is_before(end, start):
        raise invalid_value(raw, "end must not be before start")
    # Which of two equal times is meant, once a year; only the spelling in UTC can say so.
    folds = {f"{name}_fold": 1 for name, edge in (("start", start), ("end", end)) if edge and edge[1] and edge[1].fold}
    return {
        "start_date": start[0].isoformat(),
        "start_time": start[1].isoformat() if start[1] else None,
        "end_date": end[0].isoformat() if end else None,
        "end_time": end[1].isoformat() if end and end[1] else None,
        **folds,
    }


def _is_before(end: tuple[date, time | None], start: tuple[date, time | None]) -> bool:
    if end[1] is None or start[1] is None:
        return end[0] < start[0]
    return local_to_utc(datetime.combine(end[0], end[1])) < local_to_utc(datetime.combine(start[0], start[1]))


def _write_contact(raw: Any, field: AppField, store: Store) -> Stored | None:
    value = _unwrapped(raw)
    if isinstance(value, dict) and "profile_id" in value:
        value = value["profile_id"]
    contact = None
    if _is_int(value):
        contact = store.profiles.get(value)
    elif isinstance(value, dict):
        kind, ref = value.get("type"), value.get("id")
        contact = next(
            (
                profile
                for profile in store.profiles.values()
                if (kind == "user" and _is_int(ref) and profile.user_id == ref)
                or (kind in {"profile", "space"} and profile.profile_id == ref)
                or (kind == "mail" and profile.mail == ref)
            ),
            None,
        )
    else:
        raise invalid_value(raw, "must be integer or must be object")
    if contact is None:
        raise _invalid_reference(raw)
    return {"value": contact.profile_id}


def _invalid_reference(raw: object) -> Refusal:
    refusal = invalid_value(raw, "must be a valid reference")
    refusal.detail = "reference.invalid"
    return refusal


def _write_app(raw: Any, field: AppField, store: Store) -> Stored | None:
    value = _unwrapped(raw)
    if isinstance(value, dict):
        value = value.get("item_id")
    if not _is_int(value):
        raise invalid_value(raw, "must be integer or must be object")
    try:
        item = store.item(value)
    except Refusal:
        raise _invalid_reference(raw) from None
    if item.app_id not in _settings(field).get("referenceable_types", ()):
        raise _invalid_reference(raw)
    return {"value": value}


def _write_location(raw: Any, field: AppField, store: Store) -> Stored | None:
    if isinstance(raw, str):
        raw = {"value": raw}
    if not isinstance(raw, dict):
        raise invalid_value(raw, "must be string or must be object")
    parts: dict[str, Any] = {}
    for name in _PLACE_TEXTS:
        if raw.get(name) is not None:
            if not isinstance(raw[name], str):
                raise invalid_value(raw[name], "must be string")
            parts[name] = raw[name]
    for name, most in (("lat", 90), ("lng", 180)):
        if raw.get(name) is not None:
            if isinstance(raw[name], bool) or not isinstance(raw[name], (int, float)) or abs(raw[name]) > most:
                raise invalid_value(raw[name], f"must be number between -{most} and {most}")
            parts[name] = raw[name]
    if not parts:
        raise invalid_value(raw, "must have value")
    if "value" not in parts:
        places = (parts.get(name) for name in ("street_address", "postal_code", "city", "country"))
        parts["value"] = parts.get("formatted") or ", ".join(place for place in places if place)
    return parts if parts["value"].strip() else None


def _write_embed(raw: Any, field: AppField, store: Store) -> Stored | None:
    if _is_int(raw):
        raw = {"embed": raw}
    if not isinstance(raw, dict):
        raise invalid_value(raw, "must be object")
    if "url" in raw:
        url = raw["url"]
        if not isinstance(url, str) or not _is_web_address(url):
            raise invalid_value(url, "must be url")
        return {"embed": store.embed_for(url).embed_id, "file": None}
    if not _is_int(raw.get("embed")) or raw["embed"] not in store.embeds:
        raise _invalid_reference(raw)
    if raw.get("file") is not None and (not _is_int(raw["file"]) or raw["file"] not in store.files):
        raise _invalid_reference(raw)
    return {"embed": raw["embed"], "file": raw.get("file")}


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _write_file(raw: Any, field: AppField, store: Store) -> Stored | None:
    value = _unwrapped(raw)
    if isinstance(value, dict):
        value = value.get("file_id")
    if not _is_int(value):
        raise invalid_value(raw, "must be integer or must be object")
    if value not in store.files:
        raise _invalid_reference(raw)
    allowed = _settings(field).get("allowed_mimetypes")
    if allowed and store.files[value].mimetype not in allowed:
        raise invalid_value(store.files[value].mimetype, one_of(tuple(allowed)))
    return {"value": value}


def _typed_text(raw: Any, types: tuple[str, ...], default: str, most: int) -> Stored | None:
    if isinstance(raw, str):
        raw = {"value": raw}
    if not isinstance(raw, dict) or not isinstance(raw.get("value"), str):
        raise invalid_value(raw, "must be object")
    kind = raw.get("type", default)
    if kind not in types:
        raise invalid_value(kind, one_of(types))
    if len(raw["value"]) > most:
        raise invalid_value(raw["value"], f"must be at most {most} characters")
    return {"type": kind, "value": raw["value"]} if raw["value"].strip() else None


def _write_phone(raw: Any, field: AppField, store: Store) -> Stored | None:
    return _typed_text(raw, PHONE_TYPES, "work", 50)


def _write_email(raw: Any, field: AppField, store: Store) -> Stored | None:
    value = _typed_text(raw, EMAIL_TYPES, "work", 254)
    if value is not None and not re.fullmatch(r"[^@\s]+@[^@\s]+", value["value"]):
        raise invalid_value(value["value"], "must be email")
    return value


def _write_tag(raw: Any, field: AppField, store: Store) -> Stored | None:
    value = _unwrapped(raw)
    if not isinstance(value, str):
        raise invalid_value(raw, "must be string")
    return {"value": value.strip()} if value.strip() else None


def _write_nothing(raw: Any, field: AppField, store: Store) -> Stored | None:
    raise invalid_value(raw, f"the field {field.external_id} can not be written")


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldType:
    """How one type behaves.

    ``single`` holds at most one value, unless the field's settings say ``multiple``. ``keys`` are those of a value that
    is written as an object; others are refused, unless null or the object is one that was read (it has its own id).
    """

    write: Callable[[Any, AppField, Store], Stored | None]
    keys: frozenset[str]
    single: bool = True
    test: Callable[[Any, Calendar], Test | None] | None = None
    sort: SortKey | None = None


#: Of an object that was read: another item, a profile, a file, an option.
_OWN_IDS = {"item_id", "profile_id", "file_id"}
_VALUE = frozenset({"value"})
_EDGES = ("", "_date", "_time", "_utc", "_date_utc", "_time_utc")
_DATE = frozenset(f"{edge}{part}" for edge in ("start", "end") for part in _EDGES)
_OPTION = _VALUE | {"id", "text", "status", "color"}
_TYPED = _VALUE | {"type"}
_REFERENCE = _TYPED | {"id"}

FIELD_TYPES: Mapping[str, FieldType] = {
    "text": FieldType(write=_write_text, keys=_VALUE | {"format"}, sort=by_text),
    "number": FieldType(write=_write_number, keys=_VALUE, test=between, sort=by_number),
    "calculation": FieldType(write=_write_nothing, keys=_VALUE, test=between, sort=by_number),
    "money": FieldType(write=_write_money, keys=_VALUE | {"currency"}, test=between, sort=by_number),
    "progress": FieldType(write=_write_progress, keys=_VALUE, test=between, sort=by_number),
    "duration": FieldType(write=_write_duration, keys=_VALUE, test=between, sort=by_number),
    "category": FieldType(write=_write_category, keys=_OPTION, test=among, sort=by_option),
    "date": FieldType(write=_write_date, keys=_DATE, test=in_days, sort=by_start),
    "contact": FieldType(write=_write_contact, keys=_REFERENCE, single=False, test=among, sort=by_number),
    "app": FieldType(write=_write_app, keys=_VALUE, test=among, sort=by_number),
    "location": FieldType(
        write=_write_location, keys=frozenset({*_PLACE_TEXTS, "lat", "lng", "map_in_sync"}), sort=by_text
    ),
    "embed": FieldType(write=_write_embed, keys=frozenset({"embed", "file", "url"}), single=False),
    "image": FieldType(write=_write_file, keys=_VALUE, single=False),
    "file": FieldType(write=_write_file, keys=_VALUE, single=False),
    "phone": FieldType(write=_write_phone, keys=_TYPED, single=False, sort=by_text),
    "email": FieldType(write=_write_email, keys=_TYPED, single=False, sort=by_text),
    "tag": FieldType(write=_write_tag, keys=_VALUE, single=False, test=among, sort=by_text),
    "separator": FieldType(write=_write_nothing, keys=frozenset()),
}


def _check_keys(entry: Any, kind: FieldType) -> None:
    if not isinstance(entry, dict) or not _OWN_IDS.isdisjoint(entry):
        return
    for name, value in entry.items():
        if name not in kind.keys and value is not None:
            raise invalid_value(name, one_of(tuple(sorted(kind.keys))))


def write_values(raw: Any, field: AppField, store: Store) -> tuple[Stored, ...]:
    """Check what a caller wrote into a field and return it as it is stored; refuse what Podio refuses."""
    kind = FIELD_TYPES[field.type]
    entries = raw if isinstance(raw, list) else [] if raw is None else [raw]
    for entry in entries:
        _check_keys(entry, kind)
    results = [kind.write(entry, field, store) for entry in entries]
    values = tuple(value for value in results if value is not None)
    if len(values) > 1 and kind.single and not _settings(field).get("multiple"):
        raise invalid_value(raw, "must have at most one value")
    if not values and field.required:
        refusal = invalid_value(raw, f"the field {field.external_id} is required")
        refusal.propagate = True
        raise refusal
    return values
