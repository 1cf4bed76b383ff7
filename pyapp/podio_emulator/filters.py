"""Filtering, sorting and paging an app's items.

A filter that is of no use (a text field, an unknown key, a value of the wrong shape) is ignored, as Podio does; an
unusable sort key, limit or offset is refused. Source: "Filter items" of Podio's documentation.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from podio_emulator.errors import invalid_value, one_of
from podio_emulator.field_filters import day_range
from podio_emulator.field_types import FIELD_TYPES
from podio_emulator.model import App, Author, Item
from podio_emulator.times import Calendar

DEFAULT_LIMIT = 30
LARGEST_LIMIT = 500

ItemTest = Callable[[Item], bool]
ItemKey = Callable[[Item], Any]

_NO_VALUE_KEYS = ("approved", "rsvp", "fivestar", "yesno", "thumbs", "like", "priority")
_SORT_KEYS: dict[str, ItemKey] = {
    "created_on": lambda item: item.created_on,
    "created_by": lambda item: item.created_by.id,
    "last_edit_on": lambda item: item.revisions[-1].created_on,
    "last_edit_by": lambda item: item.revisions[-1].created_by.id,
    "app_item_id": lambda item: item.app_item_id,
    "item_id": lambda item: item.item_id,
    "activity": lambda item: item.last_event_on,
    "title": lambda item: item.title.casefold(),
    # The sample's items carry no ratings: such a key leaves them in the order of their creation.
    **dict.fromkeys(_NO_VALUE_KEYS, lambda item: 0),
}


#: The properties that the query of a list may filter by, with the type of their values.
QUERY_PROPERTIES: dict[str, type] = {
    "app_item_id": int,
    "created_via": int,
    "external_id": str,
    "item_id": int,
    "tags": str,
    "title": str,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A page of the items that passed the filters; ``total`` counts the app's items, ``filtered`` those that passed."""

    total: int
    filtered: int
    items: tuple[Item, ...]


def page_of(items: list[Item], app: App, body: dict[str, Any], calendar: Calendar) -> Page:
    """Apply a request's ``filters``, ``sort_by``, ``sort_desc``, ``offset`` and ``limit`` to an app's items."""
    limit = whole_number(body, "limit", DEFAULT_LIMIT, least=1, most=LARGEST_LIMIT)
    offset = whole_number(body, "offset", 0, least=0, most=10**9)
    tests = _tests(app, body.get("filters"), calendar)
    matches = [item for item in items if all(test(item) for test in tests)] if tests else items
    sorted_items = _sorted(matches, app, body)
    return Page(total=len(items), filtered=len(matches), items=tuple(sorted_items[offset : offset + limit]))


def whole_number(body: dict[str, Any], name: str, default: int, *, least: int, most: int) -> int:
    """Read a whole number of a request's body; refuse another type and a number out of range."""
    value = body.get(name)
    if value is None:
        return default
    if isinstance(value, bool) or not isinstance(value, int):
        raise invalid_value(value, "must be integer")
    if not least <= value <= most:
        raise invalid_value(value, f"must be between {least} and {most}")
    return value


def _sorted(items: list[Item], app: App, body: dict[str, Any]) -> list[Item]:
    sort_by = body.get("sort_by")
    descending = body.get("sort_desc")
    if descending is not None and not isinstance(descending, bool):
        raise invalid_value(descending, "must be boolean")
    if sort_by is None:
        return sorted(items, key=_SORT_KEYS["created_on"], reverse=descending is not False)
    if isinstance(sort_by, bool) or not isinstance(sort_by, (str, int)):
        raise invalid_value(sort_by, "must be string")
    key = _SORT_KEYS.get(str(sort_by))
    if key is not None:
        return sorted(items, key=key, reverse=bool(descending))
    field = app.field_by_key(str(sort_by))
    if field is None:
        raise invalid_value(sort_by, one_of((*_SORT_KEYS, *(f.external_id for f in app.fields))))
    by = FIELD_TYPES[field.type].sort
    if by is None:
        return items
    # Items without a value come last, whichever way the others are sorted.
    with_value = [item for item in items if field.field_id in item.values]
    without = [item for item in items if field.field_id not in item.values]
    return [
        *sorted(with_value, key=lambda item: by(item.values[field.field_id], field), reverse=bool(descending)),
        *without,
    ]


def _tests(app: App, filters: Any, calendar: Calendar) -> list[ItemTest]:
    if filters is None:
        return []
    if isinstance(filters, list):
        pairs = [(str(entry.get("key")), entry.get("values")) for entry in filters if isinstance(entry, dict)]
    elif isinstance(filters, dict):
        pairs = list(filters.items())
    else:
        raise invalid_value(filters, "must be object or must be array")
    tests = (_test(app, key, value, calendar) for key, value in pairs)
    return [test for test in tests if test is not None]


def _test(app: App, key: str, value: Any, calendar: Calendar) -> ItemTest | None:
    if key in _PROPERTY_TESTS:
        return _PROPERTY_TESTS[key](value, calendar)
    field = app.field_by_key(key)
    make = FIELD_TYPES[field.type].test if field is not None else None
    test = make(value, calendar) if make is not None else None
    if field is None or test is None:
        return None
    field_id = field.field_id
    return lambda item: test(item.values.get(field_id, ()))


def _on(moment: ItemKey) -> Callable[[Any, Calendar], ItemTest | None]:
    def make(value: Any, calendar: Calendar) -> ItemTest | None:
        days = day_range(value, calendar)
        if days is None:
            return None
        return lambda item: days[0] <= calendar.day_of(moment(item)) <= days[1]

    return make


def _by(author: Callable[[Item], Author]) -> Callable[[Any, Calendar], ItemTest | None]:
    def make(value: Any, calendar: Calendar) -> ItemTest | None:
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            return None
        authors = [(entry.get("type"), entry.get("id")) for entry in value]
        return lambda item: (author(item).type, author(item).id) in authors

    return make


def _in(get: ItemKey) -> Callable[[Any, Calendar], ItemTest | None]:
    def make(value: Any, calendar: Calendar) -> ItemTest | None:
        values = value if isinstance(value, list) else [value]
        if any(isinstance(entry, (dict, list)) for entry in values):
            return None
        return lambda item: get(item) in values

    return make


def _numbered(get: ItemKey) -> Callable[[Any, Calendar], ItemTest | None]:
    def make(value: Any, calendar: Calendar) -> ItemTest | None:
        if not isinstance(value, dict):
            return _in(get)(value, calendar)
        low, high = value.get("from"), value.get("to")
        if not all(edge is None or (isinstance(edge, int) and not isinstance(edge, bool)) for edge in (low, high)):
            return None
        return lambda item: (low is None or get(item) >= low) and (high is None or get(item) <= high)

    return make


def _tagged(value: Any, calendar: Calendar) -> ItemTest | None:
    tags = value if isinstance(value, list) else [value]
    if not all(isinstance(entry, str) for entry in tags):
        return None
    return lambda item: any(tag in item.tags for tag in tags)


_PROPERTY_TESTS: dict[str, Callable[[Any, Calendar], ItemTest | None]] = {
    "created_on": _on(lambda item: item.created_on),
    "last_edit_on": _on(lambda item: item.revisions[-1].created_on),
    "created_by": _by(lambda item: item.created_by),
    "last_edit_by": _by(lambda item: item.revisions[-1].created_by),
    "created_via": _in(lambda item: item.created_via),
    "last_edit_via": _in(lambda item: item.revisions[-1].created_via),
    "external_id": _in(lambda item: item.external_id),
    "title": _in(lambda item: item.title),
    "item_id": _numbered(lambda item: item.item_id),
    "app_item_id": _numbered(lambda item: item.app_item_id),
    "tags": _tagged,
}
