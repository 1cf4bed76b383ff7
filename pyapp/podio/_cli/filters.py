"""The conditions of ``--where``, as Podio's filters.

Podio ignores a filter that it can't use without a word, and then returns all items: so each is checked against the app
first. Source: https://developers.podio.com/doc/filters
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from html import unescape
from typing import Any

from podio._cli.console import CommandError
from podio.model import App, AppField

_CONDITION = re.compile(r"\s*(?P<name>.*?)\s*(?P<sign>>=|<=|=)\s*(?P<text>.*?)\s*", re.DOTALL)
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
_RELATIVE_DAY = re.compile(r"[+-]?\d{1,5}[dwmy]r?", re.ASCII)

_Reader = Callable[[str], Any]


def _number(text: str) -> int | float:
    if not _NUMBER.fullmatch(text):
        raise ValueError("must be a number")
    return float(text) if "." in text else int(text)


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ValueError("must be an id")
    return int(text)


def _day(text: str) -> str:
    if _RELATIVE_DAY.fullmatch(text):
        return text
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError("must be a day such as 2026-12-24, or relative to today such as -1w, +3d, -1mr") from None


def _text(text: str) -> str:
    return text


def _user(text: str) -> dict[str, Any]:
    return {"type": "user", "id": _whole(text)}


_RANGES: dict[str, _Reader] = {
    "number": _number,
    "money": _number,
    "calculation": _number,
    "progress": _number,
    "duration": _number,
    "date": _day,
    "created_on": _day,
    "last_edit_on": _day,
    "item_id": _whole,
    "app_item_id": _whole,
}
"""Types of fields, and properties of items, that are filtered by a range, with what reads one of its ends."""

_CHOICES: dict[str, _Reader] = {
    "app": _whole,
    "contact": _whole,
    "tag": _text,
    "tags": _text,
    "external_id": _text,
    "created_by": _user,
    "last_edit_by": _user,
}
"""Those that are filtered by values of which an item has one."""

_PROPERTIES = (
    "created_on",
    "last_edit_on",
    "created_by",
    "last_edit_by",
    "item_id",
    "app_item_id",
    "external_id",
    "tags",
)


def filters_of(conditions: Iterable[str], app: App) -> dict[str, Any]:
    """Return Podio's filters for conditions such as ``status=Client``, ``due>=2026-01-01``, ``budget<=100``.

    Several conditions on one field with ``=`` let any of the values pass; nothing after the ``=``: items without one.

    Raises:
        CommandError: for a condition that the app can't be filtered by; it says why.
    """
    filters: dict[str, Any] = {}
    for condition in conditions:
        match = _CONDITION.fullmatch(condition)
        if match is None or not match["name"]:
            raise CommandError(f"--where {condition}: write FIELD=VALUE, FIELD>=VALUE or FIELD<=VALUE.")
        try:
            key, kind, field = _target(match["name"], app)
            if kind in _RANGES:
                _add_range(filters.setdefault(key, {}), match["sign"], _RANGES[kind](match["text"]))
            elif match["sign"] != "=":
                raise ValueError("takes = alone")
            else:
                filters.setdefault(key, []).append(_choice(match["text"], kind, field))
        except ValueError as error:
            raise CommandError(f"--where {condition}: {match['name']} {error}.") from None
    return filters


def _target(name: str, app: App) -> tuple[str, str, AppField | None]:
    """Return the filter's key, what kind of filter it is, and the field; fields go before properties."""
    field = app.field(name)
    if field is None and name in _PROPERTIES:
        return name, name, None
    labelled = [other for other in app.fields if other.label == name]
    field = field or (labelled[0] if len(labelled) == 1 else None)
    if field is None:
        if labelled:
            raise ValueError(
                f"is the label of {' and '.join(other.external_id for other in labelled)}: name one of these"
            )
        names = ", ".join([*(other.external_id for other in app.fields), *_PROPERTIES])
        raise ValueError(f"is no field of {app.name}; it has {names}")
    if field.type not in {*_RANGES, *_CHOICES, "category", "question"}:
        raise ValueError(f"is a field of the type {field.type}, which Podio can't filter by")
    return field.external_id, field.type, field


def _add_range(ends: dict[str, Any], sign: str, value: Any) -> None:
    for end in {">=": ("from",), "<=": ("to",), "=": ("from", "to")}[sign]:
        if end in ends:
            raise ValueError("has two conditions for the same end of its range")
        ends[end] = value


def _choice(text: str, kind: str, field: AppField | None) -> Any:
    if not text:
        return None
    if kind in _CHOICES:
        return _CHOICES[kind](text)
    options = [] if field is None else [option for option in field.options if option.status != "deleted"]
    ids = [option.id for option in options if text in (option.text, unescape(option.text))]
    if len(ids) != 1:
        raise ValueError(f"has no option {text!r}; it has {', '.join(unescape(option.text) for option in options)}")
    return ids[0]
