"""Fields that say how to reach somebody: location, phone, email. Performs no I/O."""

from __future__ import annotations

from typing import Any

from podio.fields import json_parts as parts
from podio.fields.error import Unfit
from podio.fields.field_type import Entry, FieldType, Settings
from podio.fields.values import Email, Location, Phone

LONGEST_PHONE = 50
LONGEST_EMAIL = 254

_TEXTS = (
    "formatted",
    "street_address",
    "street_number",
    "street_name",
    "city",
    "postal_code",
    "state",
    "country",
)
_DEGREES = ("lat", "lng")


def _read_location(entry: Entry, settings: Settings) -> Location | None:
    said: dict[str, Any] = {name: parts.text_or_none(entry.get(name)) for name in ("value", *_TEXTS)}
    said |= {name: parts.degrees(entry.get(name)) for name in _DEGREES}
    # A part that can't be understood would be lost when the value is written back.
    if any(found is None and entry.get(name) is not None for name, found in said.items()):
        return None
    if said["value"] is None:
        said["value"] = said["formatted"]
    if said["value"] is None:
        return None
    in_sync = entry.get("map_in_sync")
    return Location(**said, map_in_sync=in_sync if isinstance(in_sync, bool) else None, raw=entry)


def _write_location(value: Any, settings: Settings) -> Any:
    if isinstance(value, str):
        return value
    if not isinstance(value, Location) or not isinstance(value.value, str):
        raise Unfit
    written: dict[str, Any] = {"value": value.value}
    for names, understood in ((_TEXTS, parts.text_or_none), (_DEGREES, parts.degrees)):
        for name in names:
            given = getattr(value, name)
            if given is not None and understood(given) is None:
                raise Unfit(f"a Location whose {name} is {'a str' if names is _TEXTS else 'a number of degrees'}")
            if given is not None:
                written[name] = given
    if written.get("formatted") == value.value:
        # Podio's own repetition of the address; sent back, it would count as a change.
        del written["formatted"]
    return written


def _read_typed(kind: type[Phone] | type[Email], longest: int, entry: Entry) -> Phone | Email | None:
    value, label = parts.text_or_none(entry.get("value")), parts.text(entry.get("type"))
    if value is None or not label or len(value) > longest:
        return None
    return kind(value=value, type=label, raw=entry)


def _write_typed(kind: type[Phone] | type[Email], longest: int, value: Any) -> dict[str, str]:
    if not isinstance(value, kind) or not isinstance(value.value, str):
        raise Unfit
    if not isinstance(value.type, str) or not value.type:
        raise Unfit
    if len(value.value) > longest:
        raise Unfit(f"at most {longest} characters")
    return {"type": value.type, "value": value.value}


LOCATION = FieldType(
    read=_read_location, write=_write_location, wanted="an address (str), or a Location to give its parts too"
)
PHONE = FieldType(
    read=lambda entry, settings: _read_typed(Phone, LONGEST_PHONE, entry),
    write=lambda value, settings: _write_typed(Phone, LONGEST_PHONE, value),
    wanted="numbers with their types: Phone(type='work', value='…')",
    several=True,
)
EMAIL = FieldType(
    read=lambda entry, settings: _read_typed(Email, LONGEST_EMAIL, entry),
    write=lambda value, settings: _write_typed(Email, LONGEST_EMAIL, value),
    wanted="addresses with their types: Email(type='work', value='…')",
    several=True,
)
