"""The fields of an item, read into Python values."""

from __future__ import annotations

import builtins
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from podio.fields import _json_parts as parts
from podio.fields._error import FieldValueError
from podio.fields._field_type import FieldType, Settings
from podio.fields._types import FIELD_TYPES, type_name
from podio.fields._values import RawValue, Value

V = TypeVar("V")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldValue:
    """A field of an item with what it holds.

    Attributes:
        type: The field's type, such as ``date``, by the name that Podio's answers have for it (``phone``, not
            ``tel``); empty where the JSON names none.
        field_id: The field's id, or None.
        external_id: The field's name for programs, such as ``due-date``, or None.
        label: The field's name for users, or empty.
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
                value=self.values,
                expected="one value",
                message=f"The field {self.name!r} holds {len(self.values)} values. Read .values instead of .value.",
            )
        return self.values[0] if self.values else None

    def of(self, kind: builtins.type[V]) -> tuple[V, ...]:
        """Return the values of one kind, as ``values["status"].of(Option)``: what a type checker can follow."""
        return tuple(cast("V", value) for value in self.values if isinstance(value, kind))

    @property
    def name(self) -> str:
        """What the field is called in messages: its external id, else its id, else its type."""
        return self.external_id or (str(self.field_id) if self.field_id is not None else self.type)

    def __str__(self) -> str:
        """Return all that it holds as a user reads it."""
        from podio.fields._columns import column_of  # which needs this module

        return column_of(self).text

    @property
    def settings(self) -> Settings:
        """The settings of the field (``config.settings``); empty where the JSON has none."""
        return settings_of(self.raw)

    def written(self) -> Any:
        """Return the JSON that makes Podio keep these values.

        Raises:
            FieldValueError: for a type that can't be written (`READ_ONLY`).
        """
        from podio.fields._writing import write_value

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
        for value in self.fields:
            for key in (value.external_id, value.field_id):
                if key is not None:
                    self._by_key.setdefault(key, value)

    def __getitem__(self, key: str | int) -> FieldValue:
        return self._by_key[key]

    def __iter__(self) -> Iterator[str | int]:
        keys: set[str | int] = set()
        for value in self.fields:
            key = value.external_id if value.external_id is not None else value.field_id
            if key is not None and key not in keys:
                keys.add(key)
                yield key

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def written(self) -> dict[str, Any]:
        """Return the ``fields`` of a request that gives an item these values; what Podio works out itself is left out.

        So an item is copied: ``await podio.items.create(app_id, body={"fields": item_values(item).written()})``.
        """
        return {
            str(key): value.written()
            for key, value in self.items()
            if (kind := FIELD_TYPES.get(value.type)) is None or kind.write is not None
        }


def settings_of(field_json: object) -> Settings:
    """Return the settings of a field, of an item's or an app's JSON; empty where there are none."""
    return parts.mapping(parts.mapping(parts.mapping(field_json).get("config")).get("settings"))


def _read_entry(kind: FieldType | None, entry: object, settings: Settings) -> Value:
    value = kind.read(entry, settings) if kind is not None and isinstance(entry, Mapping) else None
    return RawValue(raw=entry) if value is None else value


def read_field(field_json: object) -> FieldValue:
    """Read one field of an item: ``{"field_id", "type", "external_id", "label", "config", "values"}``.

    Never raises: what is not understood becomes a `RawValue`, so that it is neither lost nor in the way.
    """
    data = parts.mapping(field_json)
    name, entries = type_name(parts.text(data.get("type"))), data.get("values")
    if entries is None:
        entries = []
    settings, kind = settings_of(data), FIELD_TYPES.get(name)
    return FieldValue(
        type=name,
        field_id=parts.identifier(data.get("field_id")),
        external_id=parts.text(data.get("external_id")) or None,
        label=parts.text(data.get("label")),
        values=tuple(_read_entry(kind, entry, settings) for entry in entries)
        if isinstance(entries, list | tuple)
        else (RawValue(raw=entries),),
        raw=field_json,
    )


def item_values(item_json: object) -> ItemValues:
    """Read all fields of an item, or of the list of fields that ``GET /item/{item_id}/value`` answers. Never raises."""
    fields = item_json if isinstance(item_json, list | tuple) else parts.mapping(item_json).get("fields")
    return ItemValues(fields=tuple(read_field(entry) for entry in parts.sequence(fields) if isinstance(entry, Mapping)))
