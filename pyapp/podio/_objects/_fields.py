"""The fields of an app by the names that a program has for them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

from podio.fields import FieldValue, FieldValueError, read_field, write_values
from podio.fields._types import FIELD_TYPES
from podio.model import App, AppField, Item, User


class UnknownField(FieldValueError, KeyError):
    """The app has no field of this name."""

    __str__ = BaseException.__str__  # a KeyError shows its message in quotes


class AppFields(Mapping[str, AppField]):
    """An app's fields: by external id, by label where only one field has it, by field id.

    Going through it gives the external ids, in the app's order.
    """

    def __init__(self, app: App) -> None:
        self._app = app
        self._labels: dict[str, list[AppField]] = {}
        for field in app.fields:
            self._labels.setdefault(field.label, []).append(field)

    def __getitem__(self, name: str | int) -> AppField:
        field = self._app.field(name)
        labelled = self._labels.get(name, []) if isinstance(name, str) else []
        if field is None and len(labelled) == 1:
            field = labelled[0]
        if field is None:
            raise self._unknown(name, labelled)
        return field

    def __iter__(self) -> Iterator[str]:
        return (field.external_id for field in self._app.fields)

    def __len__(self) -> int:
        return len(self._app.fields)

    def written(self, values: Mapping[str, object]) -> dict[str, Any]:
        """Return the ``fields`` of a request that gives an item these values, by external id.

        Raises:
            FieldValueError: for whatever doesn't fit; its ``errors`` has one for each wrong field.
        """
        return write_values(self._app.raw, {self._external_id(name): plain(value) for name, value in values.items()})

    def read(self, field: AppField, written: Any) -> FieldValue:
        """Return what a field holds once this was written to it, as if Podio had answered it."""
        entries = written if isinstance(written, list) else [] if written is None else [written]
        by_id = {option.id: option.raw for option in field.options} if entries else {}
        json = {
            **field.raw,
            "label": field.label,
            "values": [_as_answered(entry, by_id) for entry in entries],
        }
        return read_field(json)

    def _external_id(self, name: str) -> str:
        try:
            return self[name].external_id
        except UnknownField as error:
            if self._labels.get(name):
                raise error from None
            return name  # which `write_values` refuses, with all that is wrong beside it

    def _unknown(self, name: object, labelled: list[AppField]) -> UnknownField:
        if labelled:
            external_ids = ", ".join(repr(field.external_id) for field in labelled)
            message = f"{len(labelled)} fields of the app are labelled {name!r}. Use an external id: {external_ids}."
        else:
            close = difflib.get_close_matches(str(name), [*self, *self._labels], n=1)
            hint = f" Did you mean {close[0]!r}?" if close else ""
            message = f"The app has no field {name!r}.{hint} It has {', '.join(self) or 'no fields at all'}."
        return UnknownField(field=str(name), value=None, expected="nothing", message=message)


def _as_answered(entry: Any, options: Mapping[int, Any]) -> Mapping[str, Any]:
    if not isinstance(entry, Mapping):
        return {"value": options.get(entry, entry)}
    if entry.get("type") == "user" and "id" in entry:  # how a contact is written of whom only the user is known
        return {"value": {"user_id": entry["id"], "type": "user"}}
    return entry


def plain(value: Any) -> Any:
    """Return a value as `podio.fields` writes it: of an item, of the model or of this layer, and of a user, the id."""
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    subject = getattr(value, "value", None)
    if isinstance(value, Item) or isinstance(subject, Item):
        return value.item_id
    if isinstance(value, User):
        return value.profile_id if value.profile_id is not None else {"type": "user", "id": value.user_id}
    return value


def holds_several(field: AppField) -> bool:
    """Return whether a field may hold several values."""
    kind = FIELD_TYPES.get(field.type)
    return kind is not None and kind.several and field.settings.get("multiple") is not False


def simple(field: AppField, value: FieldValue | None) -> Any:
    """Return what a field holds: one value or None, and of a field that may hold several a tuple."""
    values = value.values if value is not None else ()
    if holds_several(field) or len(values) > 1:
        return values
    return values[0] if values else None
