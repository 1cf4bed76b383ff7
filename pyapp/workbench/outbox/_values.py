"""When two values of a field are the same, however Podio and we write them; and what an item holds."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from podio.fields import READ_ONLY, FieldValue, FieldValueError, ItemValues, write_value
from workbench.outbox._changes import Values

_UNORDERED = frozenset({"category", "question", "contact", "app", "tag", "image", "file"})
_TEXT_OF = frozenset({"location", "text"})
"""Types of which Podio adds to what was sent, or sends back more: the text alone is compared."""


def is_same(field_type: str, first: Any, second: Any) -> bool:
    """Whether two values of a field, as they are written or as they were read, are the same to Podio."""
    return bool(first == second) or _parts(field_type, first) == _parts(field_type, second)


def values_of(fields: ItemValues) -> dict[str, Any]:
    """Return what the fields of an item hold, in the form in which it is written, by external id and by id."""
    values: dict[str, Any] = {}
    for field in fields.fields:
        if field.type not in READ_ONLY:
            json = _json(field)
            values.update({str(key): json for key in (field.external_id, field.field_id) if key is not None})
    return values


def _json(field: FieldValue) -> Any:
    try:
        return field.written()
    except FieldValueError:  # odd JSON of Podio's, which is the same as itself and as nothing else
        return field.raw


def _parts(field_type: str, value: Any) -> list[Hashable]:
    try:
        json = write_value(field_type, value)
    except FieldValueError:
        json = value
    entries = [] if json is None or json == "" else json if isinstance(json, list) else [json]
    parts = [_entry(field_type, entry) for entry in entries]
    return sorted(parts, key=repr) if field_type in _UNORDERED else parts


def _entry(field_type: str, entry: Any) -> Hashable:
    if field_type in _TEXT_OF:
        text = entry.get("value") if isinstance(entry, Mapping) else entry
        return text.replace("\r\n", "\n") if isinstance(text, str) else _frozen(text)
    if field_type in {"number", "progress", "duration"}:
        return _number(entry)
    if field_type == "money" and isinstance(entry, Mapping):
        return _number(entry.get("value")), _frozen(entry.get("currency"))
    return _frozen(entry)


def _number(value: Any) -> Hashable:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return _frozen(value)


def _frozen(value: Any) -> Hashable:
    if isinstance(value, Mapping):
        return frozenset((str(key), _frozen(entry)) for key, entry in value.items() if entry is not None)
    if isinstance(value, list | tuple):
        return tuple(map(_frozen, value))
    return value if isinstance(value, Hashable) else repr(value)


def with_edits(values: Values, edits: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of an item under edits."""
    return {**values, **{key: edit.value for key, edit in edits.items()}}
