"""A field of an app, or a property of its items, to make conditions of.

Podio filters by categories, relationships, contacts, tags, numbers and dates, and ignores a filter by anything else
without a word: so that is an error here. What its filters can't say of those (that a date is empty) is compared after
reading. Source: "Filter items" of https://developers.podio.com/doc/items.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal, NoReturn

from podio._objects._conditions import Check, Condition
from podio._objects._fields import AppFields, plain
from podio.fields import DateValue, FieldValueError, Money, decimal
from podio.model import AppField, Item

Kind = Literal["choice", "number", "date", "moment", "author", "none"]

_KINDS: Mapping[str, Kind] = {
    "category": "choice",
    "question": "choice",
    "app": "choice",
    "contact": "choice",
    "tag": "choice",
    "number": "number",
    "money": "number",
    "progress": "number",
    "duration": "number",
    "date": "date",
}
_RELATIVE = re.compile(r"[+-]\d{1,5}[dwmy]r?", re.ASCII)

Values = Callable[[Item], tuple[Any, ...]]
"""What an item holds, as `Filterable` compares it."""

Write = Callable[[Any], Any]
"""Makes of a value what Podio's filter takes; raises `FieldValueError`."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Filterable:
    """A field, or a property of items, to make conditions of: ``app["status"] == "Client"``.

    Attributes:
        name: What it is called.
        key: The key of Podio's filter.
        kind: How it is filtered by.
        values: Reads what an item holds.
        write: Writes a value as the filter takes it.
        options: All that a category may hold, deleted options included; None of others.
        description: What it is, for messages.
    """

    name: str
    key: str
    kind: Kind
    values: Values
    write: Write
    options: tuple[int, ...] | None = None
    description: str = ""

    def __eq__(self, value: object) -> Condition:  # type: ignore[override]  # pyright: ignore
        """Return the condition that it holds this value; of None, that it holds none."""
        return self.eq(value)

    def __ne__(self, value: object) -> Condition:  # type: ignore[override]  # pyright: ignore
        """Return the condition that it doesn't hold this value; of None, that it holds one."""
        return self.ne(value)

    def __ge__(self, value: object) -> Condition:
        """Return the condition that it is this or more, or later."""
        return self.between(value, None)

    def __le__(self, value: object) -> Condition:
        """Return the condition that it is this or less, or earlier."""
        return self.between(None, value)

    def eq(self, value: object) -> Condition:
        """Return the condition that it holds this value; of None, that it holds none.

        Raises:
            FieldValueError: for a value that the field can't hold, and for what Podio can't filter by.
        """
        if value is None:
            return self.is_empty()
        return self.in_([value]) if self._filtered() in ("choice", "author") else self.between(value, value)

    def in_(self, values: Iterable[object]) -> Condition:
        """Return the condition that it holds one of these values; None among them: or none.

        Raises:
            FieldValueError: as `eq` does.
        """
        if isinstance(values, str) or not isinstance(values, Iterable):
            self._refuse(values, "a list of values: .in_([…]); .eq(…) takes one")
        values = list(values)
        if not values:
            self._refuse(values, "at least one value: Podio may ignore an empty list and return every item")
        if self._filtered() in ("choice", "author"):
            return self._among([None if value is None else self.write(value) for value in values])
        conditions = [self.eq(value) for value in values]
        return Condition(checks=(lambda item: any(_passes(self, condition, item) for condition in conditions),))

    def ne(self, value: object) -> Condition:
        """Return the condition that it doesn't hold this value; of None, that it holds one.

        Raises:
            FieldValueError: as `eq` does.
        """
        if self._filtered() == "choice" and self.options is not None:
            excluded = None if value is None else self.write(value)
            others = [option for option in (*self.options, None) if option != excluded]
            return self._among(others, lambda held: excluded is None or excluded not in held)
        if value is None:
            return Condition(checks=(lambda item: bool(self.values(item)),))
        equal = self.eq(value)
        return Condition(checks=(lambda item: not _passes(self, equal, item),))

    def is_empty(self) -> Condition:
        """Return the condition that it holds nothing.

        Raises:
            FieldValueError: for what Podio can't filter by.
        """
        if self._filtered() == "choice" and self.key not in ("tags", "external_id"):
            return self._among([None])
        return Condition(checks=(lambda item: not self.values(item),))

    def between(self, start: object, end: object) -> Condition:
        """Return the condition that it lies from `start` to `end`, both included; None leaves one open.

        Args:
            start: A number, a timedelta of a duration; a date, or a text relative to today: ``-7d``, ``+1m``, ``-1wr``
                (``d w m y``; ``r`` rounds to the whole period). Of ``created_on`` and ``last_edit_on`` a datetime too.
            end: The same.

        Raises:
            FieldValueError: as `eq` does.
        """
        if self._filtered() in ("choice", "author"):
            self._refuse((start, end), "no range, but single values: use == or .in_(…)")
        edges = {"from": start, "to": end}
        given = {name: edge for name, edge in edges.items() if edge is not None}
        if not given:
            self._refuse((start, end), "a range with a beginning or an end: .between(…, …)")
        checks: list[Check] = []
        filters: dict[str, Any] = {}
        for name, edge in given.items():
            if self.kind == "moment" and isinstance(edge, datetime):
                moment = edge.astimezone(UTC)
                # Podio cuts days by nobody knows whose clock: a day more, and the rest is compared here.
                filters[name] = (moment.date() + timedelta(days=-1 if name == "from" else 1)).isoformat()
                checks.append(_later(self.values, moment) if name == "from" else _earlier(self.values, moment))
            else:
                filters[name] = self.write(edge)
        return Condition(filters={self.key: filters}, checks=tuple(checks))

    def _among(self, written: list[Any], check: Callable[[tuple[Any, ...]], bool] | None = None) -> Condition:
        checks = () if check is None else (lambda item: check(self.values(item)),)
        return Condition(filters={self.key: written}, checks=checks)

    def _filtered(self) -> Kind:
        if self.kind == "none":
            raise FieldValueError(
                field=self.name,
                value=None,
                expected="no condition",
                message=f"Podio can't filter by {self.description}: it would ignore that without a word and return "
                "every item. Compare in the loop, or search (podio.iterate_search).",
            )
        return self.kind

    def _refuse(self, value: object, expected: str) -> NoReturn:
        raise FieldValueError(field=self.name, value=value, expected=expected)


def _later(values: Values, moment: datetime) -> Check:
    return lambda item: any(value >= moment for value in values(item))


def _earlier(values: Values, moment: datetime) -> Check:
    return lambda item: any(value <= moment for value in values(item))


def _passes(field: Filterable, condition: Condition, item: Item) -> bool:
    """Apply a condition on one number or date here; `eq` made it."""
    if not all(check(item) for check in condition.checks):
        return False
    edges = condition.filters.get(field.key)
    if edges is None:
        return True
    low, high = edges.get("from"), edges.get("to")
    if isinstance(low, str):
        if _RELATIVE.fullmatch(low):
            field._refuse(low, "a date: one relative to today is known to Podio alone")
        low, high = date.fromisoformat(low), date.fromisoformat(high)
    return any(_begin(value) <= high and _end(value) >= low for value in field.values(item))


def _begin(value: Any) -> Any:
    return _day(value.start) if isinstance(value, DateValue) else _day(value)


def _end(value: Any) -> Any:
    return _day(value.end or value.start) if isinstance(value, DateValue) else _day(value)


def _day(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else value


def of_field(fields: AppFields, field: AppField) -> Filterable:
    """Return a field, to make conditions of."""
    kind = _KINDS.get(field.type, "none")
    if field.type == "calculation" and field.return_type in ("", "number"):
        kind = "number"
    name = field.external_id
    write: Write = {"number": _number(name), "date": _date(name)}.get(kind) or _choice(fields, field)
    return Filterable(
        name=name,
        key=str(field.field_id),
        kind=kind,
        values=lambda item: tuple(map(_comparable, _held(field, item))),
        write=write,
        options=tuple(option.id for option in field.options) if field.type in ("category", "question") else None,
        description=f"the {field.type} field {name!r}",
    )


def _held(field: AppField, item: Item) -> tuple[Any, ...]:
    value = item.fields.get(field.field_id)
    return value.values if value is not None else ()


def _comparable(value: Any) -> Any:
    if isinstance(value, Money):
        return value.amount
    if isinstance(value, timedelta):
        return Decimal(value.days * 86_400 + value.seconds)
    for name in ("item_id", "profile_id", "id"):
        if hasattr(value, name):
            return getattr(value, name)
    return value


def _choice(fields: AppFields, field: AppField) -> Write:
    def write(value: Any) -> Any:
        value = plain(value)
        if isinstance(value, list):
            raise FieldValueError(field=field.external_id, value=value, expected="one value: use .in_(…) for several")
        (written,) = fields.written({field.external_id: value}).values()
        entry = written[0] if isinstance(written, list) and len(written) == 1 else written
        if isinstance(entry, int | str):
            return entry
        expected = "a contact by its profile: a Contact or a User with a profile_id, or that id"
        raise FieldValueError(field=field.external_id, value=value, expected=expected)

    return write


def _number(name: str) -> Write:
    def write(value: Any) -> Any:
        seconds = value.days * 86_400 + value.seconds if isinstance(value, timedelta) else value
        number = decimal(seconds)
        if number is None:
            expected = "a number; Podio filters money by its amount alone, and durations by their seconds"
            raise FieldValueError(field=name, value=value, expected=expected)
        return int(number) if number == number.to_integral_value() else float(number)

    return write


def _date(name: str) -> Write:
    def write(value: Any) -> str:
        if isinstance(value, str) and _RELATIVE.fullmatch(value):
            return value
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
            try:
                return date.fromisoformat(value).isoformat()
            except ValueError:
                pass
        if isinstance(value, date) and not isinstance(value, datetime):
            return value.isoformat()
        expected = "a day, for Podio filters by days: a date, or a text relative to today such as '-7d' or '+1mr'"
        raise FieldValueError(field=name, value=value, expected=expected)

    return write


def _whole(name: str) -> Write:
    def write(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise FieldValueError(field=name, value=value, expected="a whole number")
        return value

    return write


def _text(name: str) -> Write:
    def write(value: Any) -> str:
        if not isinstance(value, str):
            raise FieldValueError(field=name, value=value, expected="a text")
        return value

    return write


def _author(name: str) -> Write:
    def write(value: Any) -> Any:
        if isinstance(value, Mapping) and value.keys() == {"type", "id"}:
            return dict(value)
        user_id = value if isinstance(value, int) else getattr(value, "user_id", None)
        if isinstance(user_id, bool) or not isinstance(user_id, int):
            expected = "a user (a User, a Byline, a user's id), or {'type': 'app', 'id': …}"
            raise FieldValueError(field=name, value=value, expected=expected)
        return {"type": "user", "id": user_id}

    return write


def _one(value: Any) -> tuple[Any, ...]:
    return () if value is None or value == "" else (value,)


def _authors(byline: Any) -> tuple[Any, ...]:
    return () if byline is None else ({"type": byline.type, "id": byline.id},)


_PROPERTIES: Mapping[str, tuple[Kind, Callable[[str], Write], Values]] = {
    "created_on": ("moment", _date, lambda item: _one(item.created_on)),
    "last_edit_on": ("moment", _date, lambda item: _one(item.last_edit_on)),
    "created_by": ("author", _author, lambda item: _authors(item.created_by)),
    "last_edit_by": ("author", _author, lambda item: _authors(item.last_edit_by)),
    "external_id": ("choice", _text, lambda item: _one(item.external_id)),
    "tags": ("choice", _text, lambda item: item.tags),
    "item_id": ("number", _whole, lambda item: _one(item.item_id)),
    "app_item_id": ("number", _whole, lambda item: _one(item.app_item_id)),
}


def of_property(name: str) -> Filterable:
    """Return a property of items, to make conditions of.

    Raises:
        FieldValueError: for one that Podio doesn't filter by.
    """
    if name not in _PROPERTIES:
        message = f"Podio doesn't filter by a property {name!r}. It does by {', '.join(_PROPERTIES)}."
        raise FieldValueError(field=name, value=None, expected="nothing", message=message)
    kind, write, values = _PROPERTIES[name]
    return Filterable(name=name, key=name, kind=kind, values=values, write=write(name), description=name)
