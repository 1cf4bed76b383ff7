"""Items as text: CSV, JSON, or a line of JSON for each."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, Protocol, get_args

from podio.fields import column_of
from podio.model import App, Item

Format = Literal["csv", "json", "jsonl"]
FORMATS: tuple[Format, ...] = get_args(Format)

_FORMULA = "=+-@\t\r"
_NUMBER = re.compile(r"[+-]?\d[\d.,]*( ?%| [A-Z]{3})?")
_PHONE = re.compile(r"\+[\d ()./-]+")

_BEFORE = ("item_id", "app_item_id", "item_external_id")
_AFTER = ("tags", "created_on", "created_by", "last_edit_on", "last_edit_by", "link")


class Writer(Protocol):
    """Makes text of items."""

    def begin(self) -> str:
        """Return what comes before all items."""
        ...

    def item(self, item: Mapping[str, Any]) -> str:
        """Return an item's text."""
        ...

    def end(self) -> str:
        """Return what comes after all items."""
        ...


def writer(form: Format, app: App, *, exact: bool) -> Writer:
    """Return what writes items of an app in a format.

    Args:
        form: The format.
        app: The app, which says what columns there are.
        exact: Leave texts of a CSV as they are, also where a spreadsheet would take one for a formula.
    """
    if form == "csv":
        return _CSV(app, exact=exact)
    return _JSON() if form == "json" else _JSONLines()


def as_text(value: str) -> str:
    """Return a text that a spreadsheet takes for a text: one that looks like a formula gets an apostrophe before it.

    Numbers, amounts of money and phone numbers stay as they are.
    """
    is_formula = value[:1] in _FORMULA and not _NUMBER.fullmatch(value) and not _PHONE.fullmatch(value)
    return f"'{value}" if value and is_formula else value


class _CSV:
    """A row for each item: a column for each field, named by its external id, with the text of its grid's cell."""

    def __init__(self, app: App, *, exact: bool) -> None:
        self._fields = app.fields
        self._exact = exact

    def begin(self) -> str:
        names = [field.external_id or str(field.field_id) for field in self._fields]
        taken = {*_BEFORE, *_AFTER}
        return self._row([*_BEFORE, *(f"{name} (field)" if name in taken else name for name in names), *_AFTER])

    def item(self, item: Mapping[str, Any]) -> str:
        decoded = Item.from_json(item)
        if decoded is None:
            return ""
        values = (decoded.fields.get(field.field_id) for field in self._fields)
        return self._row(
            [
                *map(_plain, (decoded.item_id, decoded.app_item_id, decoded.external_id)),
                *("" if value is None else column_of(value).text for value in values),
                ", ".join(decoded.tags),
                _moment(decoded.created_on),
                "" if decoded.created_by is None else decoded.created_by.name,
                _moment(decoded.last_edit_on),
                "" if decoded.last_edit_by is None else decoded.last_edit_by.name,
                decoded.link,
            ]
        )

    def end(self) -> str:
        return ""

    def _row(self, values: list[str]) -> str:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerow(values if self._exact else map(as_text, values))
        return text.getvalue()


class _JSONLines:
    """A line of JSON for each item, as Podio sent it."""

    def begin(self) -> str:
        return ""

    def item(self, item: Mapping[str, Any]) -> str:
        return f"{json.dumps(item, ensure_ascii=False)}\n"

    def end(self) -> str:
        return ""


class _JSON:
    """One array of all items, as Podio sent them; written as they come, for all of them may not fit into memory."""

    def __init__(self) -> None:
        self._before = "["

    def begin(self) -> str:
        return ""

    def item(self, item: Mapping[str, Any]) -> str:
        before, self._before = self._before, ","
        return f"{before}\n{json.dumps(item, ensure_ascii=False)}"

    def end(self) -> str:
        return "[]\n" if self._before == "[" else "\n]\n"


def _plain(value: object) -> str:
    return "" if value is None else str(value)


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else moment.isoformat()
