"""The fields of an item: read into Python values, and written into what Podio takes. Performs no I/O.

Sources: "Item field values" of https://developers.podio.com/doc/items; for ``question`` and ``video``, fields of old
apps that the documentation has forgotten, the SDK for PHP. Unknown types, and the old ``state``, ``title`` and
``member``, pass through untouched.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from podio.fields import addresses, dates, references, texts_and_numbers
from podio.fields import json_parts as parts
from podio.fields.error import FieldValueError, Unfit
from podio.fields.field_type import FieldType, Settings
from podio.fields.values import RawValue, Value

V = TypeVar("V")

_FIELD_TYPES: Mapping[str, FieldType] = {
    "text": texts_and_numbers.TEXT,
    "number": texts_and_numbers.NUMBER,
    "calculation": texts_and_numbers.CALCULATION,
    "money": texts_and_numbers.MONEY,
    "progress": texts_and_numbers.PROGRESS,
    "duration": texts_and_numbers.DURATION,
    "tag": texts_and_numbers.TAG,
    "separator": texts_and_numbers.SEPARATOR,
    "date": dates.DATE,
    "category": references.CATEGORY,
    "question": references.CATEGORY,
    "contact": references.CONTACT,
    "app": references.APP,
    "image": references.FILE,
    "file": references.FILE,
    "video": references.FILE,
    "embed": references.EMBED,
    "location": addresses.LOCATION,
    "phone": addresses.PHONE,
    "tel": addresses.PHONE,  # the documentation's name for what answers call phone
    "email": addresses.EMAIL,
}

_ANY_JSON = "plain JSON (text, numbers, true, false, null, lists and objects), being of a type that is not known here"

READ_ONLY = frozenset(name for name, kind in _FIELD_TYPES.items() if kind.write is None)
"""The types of field that Podio lets nobody write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldValue:
    """A field of an item with what it holds.

    Attributes:
        type: The field's type, such as ``date``; empty where the JSON names none.
        field_id: The field's id, or None.
        external_id: The field's name for programs, such as ``due-date``, or None.
        label: The field's name for people, or empty.
        values: What it holds, in Podio's order: of one kind throughout, save for a `RawValue` in the place of what
            was not understood.
        raw: The JSON that it was read from, whole.
    """

    type: str
    field_id: int | None = None
    external_id: str | None = None
    label: str = ""
    values: tuple[Value, ...] = ()
    raw: Any = field(default_factory=dict, repr=False, compare=False)

    @property
    def value(self) -> Value | None:
        """The value, or None where the field is empty.

        Raises:
            FieldValueError: when there are several, of which one alone would be misleading: use ``values``.
        """
        if len(self.values) > 1:
            raise FieldValueError(
                field=self.name,
                given=self.values,
                wanted="one value",
                message=f"The field {self.name!r} holds {len(self.values)} values. Read .values instead of .value.",
            )
        return self.values[0] if self.values else None

    def of(self, kind: builtins.type[V]) -> tuple[V, ...]:
        """Return the values of one kind, as ``values["status"].of(Option)``: what a type checker can follow."""
        return tuple(cast("V", each) for each in self.values if isinstance(each, kind))

    @property
    def name(self) -> str:
        """What the field is called in messages: its external id, else its id, else its type."""
        return self.external_id or (str(self.field_id) if self.field_id is not None else self.type)

    @property
    def settings(self) -> Settings:
        """The settings of the field (``config.settings``); empty where the JSON has none."""
        return settings_of(self.raw)

    def written(self) -> Any:
        """Return the JSON that makes Podio keep these values.

        Raises:
            FieldValueError: for a type that can't be written (`READ_ONLY`).
        """
        return write_value(self.type, self, field=self.name)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ItemValues(Mapping[str | int, FieldValue]):
    """The fields of an item that hold values, by external id and by field id: ``values["due-date"]``, ``values[42]``.

    Podio leaves empty fields out, so use ``get`` for what may be empty. Iterating gives one key per field: its external
    id, else its field id.

    Attributes:
        fields: The fields in Podio's order.
    """

    fields: tuple[FieldValue, ...] = ()
    _by_key: dict[str | int, FieldValue] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        for each in self.fields:
            for key in (each.external_id, each.field_id):
                if key is not None:
                    self._by_key.setdefault(key, each)

    def __getitem__(self, key: str | int) -> FieldValue:
        return self._by_key[key]

    def __iter__(self) -> Iterator[str | int]:
        seen: set[str | int] = set()
        for each in self.fields:
            key = each.external_id if each.external_id is not None else each.field_id
            if key is not None and key not in seen:
                seen.add(key)
                yield key

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def written(self) -> dict[str, Any]:
        """Return the ``fields`` of a request that gives an item these values; what Podio works out itself is left out.

        So an item is copied: ``await podio.items.create(app_id, body={"fields": item_values(item).written()})``.
        """
        return {str(key): each.written() for key, each in self.items() if each.type not in READ_ONLY}


def settings_of(field_json: object) -> Settings:
    """Return the settings of a field, of an item's or an app's JSON; empty where there are none."""
    return parts.mapping(parts.mapping(parts.mapping(field_json).get("config")).get("settings"))


def _read_entry(kind: FieldType | None, entry: object, settings: Settings) -> Value:
    found = kind.read(entry, settings) if kind is not None and isinstance(entry, Mapping) else None
    return RawValue(raw=entry) if found is None else found


def read_field(field_json: object) -> FieldValue:
    """Read one field of an item: ``{"field_id", "type", "external_id", "label", "config", "values"}``.

    Never raises: what is not understood becomes a `RawValue`, so that it is neither lost nor in the way.
    """
    said = parts.mapping(field_json)
    name, entries = parts.text(said.get("type")), said.get("values")
    if entries is None:
        entries = []
    settings = settings_of(said)
    kind = _FIELD_TYPES.get(name)
    return FieldValue(
        type=name,
        field_id=parts.identifier(said.get("field_id")),
        external_id=parts.text(said.get("external_id")) or None,
        label=parts.text(said.get("label")),
        values=tuple(_read_entry(kind, each, settings) for each in entries)
        if isinstance(entries, list | tuple)
        else (RawValue(raw=entries),),
        raw=field_json,
    )


def item_values(item_json: object) -> ItemValues:
    """Read all fields of an item, or of the list of fields that ``GET /item/{item_id}/value`` answers. Never raises."""
    given = item_json if isinstance(item_json, list | tuple) else parts.mapping(item_json).get("fields")
    return ItemValues(
        fields=tuple(read_field(each) for each in given if isinstance(each, Mapping))
        if isinstance(given, list | tuple)
        else ()
    )


def write_value(
    field_type: str, value: object, *, field: str | None = None, settings: Mapping[str, Any] | None = None
) -> Any:
    """Return the JSON that makes Podio keep `value` in a field.

    Podio takes it in the ``fields`` of an item's body, or as the body of ``PUT /item/{item_id}/value/{field_id}``.

    Args:
        field_type: The field's type, such as ``money``.
        value: One value, or a list or tuple of them where the field may hold several. ``None`` and ``[]`` clear the
            field. A value may be what reading gave (`FieldValue`, an element of its ``values``, an element of Podio's
            own ``values``) or any other form that the type takes; see docs/field-values.md.
        field: What to call the field in an error's message; left out, the type.
        settings: The field's ``config.settings``, where known: lets options be named by their texts.

    Raises:
        FieldValueError: when the value doesn't fit, or when the type can't be written (`READ_ONLY`).
    """
    name = field or field_type
    kind = _FIELD_TYPES.get(field_type)
    if isinstance(value, FieldValue):
        if value.type != field_type:
            raise FieldValueError(field=name, given=value, wanted=f"values of the type {field_type}")
        settings = value.settings if settings is None else settings
        given, was_read = value.values, True
    else:
        given, was_read = _as_tuple(value), False
    if kind is None:
        try:
            return _untouched([] if value is None else given if was_read else value)
        except Unfit:
            raise FieldValueError(field=name, given=value, wanted=_ANY_JSON) from None
    if kind.write is None:
        raise FieldValueError(field=name, given=value, wanted=kind.wanted)
    if len(given) > 1 and not kind.several and not was_read:
        raise FieldValueError(field=name, given=value, wanted=f"one value: {kind.wanted}")
    written = []
    for each in given:
        try:
            written.append(_write_one(each, kind, kind.write, parts.mapping(settings)))
        except Unfit as unfit:
            raise FieldValueError(field=name, given=each, wanted=unfit.wanted or kind.wanted) from None
    return written[0] if len(written) == 1 and not kind.several else written


def _as_tuple(value: object) -> tuple[Any, ...]:
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def _untouched(value: object) -> Any:
    """Pass on what is for a field of a type that isn't known: Podio alone can judge it, as long as it is JSON."""
    if isinstance(value, RawValue):
        return value.raw
    if isinstance(value, list | tuple):
        return [_untouched(each) for each in value]
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return {key: _untouched(each) for key, each in value.items()}
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, int | float) and parts.decimal(value) is not None:
        return value
    raise Unfit


def _write_one(value: object, kind: FieldType, write: Callable[[Any, Settings], Any], settings: Settings) -> Any:
    if isinstance(value, RawValue):
        return value.raw
    understood = kind.read(value, settings) if isinstance(value, Mapping) else None
    return write(value if understood is None else understood, settings)


def write_values(app: object, values: Mapping[Any, object]) -> dict[str, Any]:
    """Return the ``fields`` of a request that creates or changes an item.

    Args:
        app: The app's JSON as ``GET /app/{app_id}`` answers it, or the list of its ``fields``: it tells the types.
        values: What to write, by external id or field id; fields that are not named keep what they hold.

    Raises:
        FieldValueError: when the app has no such field, or for a value that doesn't fit.
    """
    given = app if isinstance(app, list | tuple) else parts.mapping(app).get("fields")
    known: dict[str, Mapping[str, Any]] = {}
    for each in given if isinstance(given, list | tuple) else ():
        said = parts.mapping(each)
        for key in (parts.identifier(said.get("field_id")), parts.text(said.get("external_id"))):
            if key:
                known[str(key)] = said
    fields = {}
    for key, value in values.items():
        said = known.get(str(key), {})
        if not said:
            names = ", ".join(name for name in known if not name.isdigit()) or "no fields at all"
            message = f"The app has no field {str(key)!r}. It has {names}."
            raise FieldValueError(field=str(key), given=value, wanted="nothing", message=message)
        fields[str(key)] = write_value(parts.text(said.get("type")), value, field=str(key), settings=settings_of(said))
    return fields
