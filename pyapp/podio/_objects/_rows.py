"""An item as a row: texts for CSV, Python's values for a DataFrame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from importlib import import_module
from typing import Any

from podio.errors import ConfigurationError
from podio.fields import DateValue, FieldValue, Money, column_of
from podio.model import App, Item

BEFORE = ("item_id", "title")
AFTER = ("created_on", "last_edit_on")


def columns(app: App) -> tuple[str, ...]:
    """Return the names of a row's columns: what comes before and after the fields, and these by external id."""
    return (*BEFORE, *(field.external_id for field in app.fields if field.type != "separator"), *AFTER)


def row(app: App, item: Item) -> dict[str, str]:
    """Return an item's texts."""
    return {name: _text(value) for name, value in _values(app, item).items()}


def record(app: App, item: Item) -> dict[str, Any]:
    """Return an item's values, as a column of a DataFrame keeps them; what it has no kind for, as text."""
    return {name: _native(value) for name, value in _values(app, item).items()}


def data_frame(records: Sequence[Mapping[str, Any]], names: Sequence[str]) -> Any:
    """Return a `pandas.DataFrame`.

    Raises:
        ConfigurationError: where pandas isn't installed.
    """
    try:
        pandas = import_module("pandas")
    except ModuleNotFoundError:
        raise ConfigurationError("data_frame needs pandas: pip install pandas.") from None
    return pandas.DataFrame.from_records(records, columns=list(names))


def _values(app: App, item: Item) -> dict[str, Any]:
    ends = {name: getattr(item, name) for name in (*BEFORE, *AFTER)}
    return {name: ends[name] if name in ends else item.fields.get(name) for name in columns(app)}


def _text(value: Any) -> str:
    if isinstance(value, FieldValue):
        return column_of(value).text
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    return "" if value is None else str(value)


def _native(value: Any) -> Any:
    if not isinstance(value, FieldValue):
        return value
    if len(value.values) != 1:
        return column_of(value).text or None
    (single,) = value.values
    if isinstance(single, Money):
        single = single.amount
    if isinstance(single, Decimal):
        return float(single)
    if isinstance(single, DateValue):
        return single.start
    return single if isinstance(single, int | float | timedelta) else column_of(value).text
