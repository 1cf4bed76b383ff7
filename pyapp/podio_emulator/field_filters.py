"""How field values are matched by a filter and compared when items are sorted.

Source: "Filtering" of Podio's documentation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from podio_emulator.errors import Refusal, invalid_value
from podio_emulator.model import AppField, Stored
from podio_emulator.times import Calendar

_FOUR_DECIMALS = Decimal("0.0001")
_LARGEST = Decimal(10) ** 15


def _settings(field: AppField) -> Mapping[str, Any]:
    return field.settings or {}


def _is_int(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def decimal_text(value: object) -> str:
    """Write a number as Podio does: a string with four decimals. Raise a refusal if it is none."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise invalid_value(value, "must be number")
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        raise invalid_value(value, "must be number") from None
    if not number.is_finite() or abs(number) >= _LARGEST:
        raise invalid_value(value, "must be number")
    return str(number.quantize(_FOUR_DECIMALS))


# Filtering: the filter's value -> a test of a field's values (None: the filter is of no use and is ignored)

Test = Callable[[tuple[Stored, ...]], bool]
_RELATIVE = re.compile(r"([+-]?\d{1,5})([dwmy])(r?)")


def among(raw: Any, calendar: Calendar) -> Test | None:
    """Match values that are among those of the filter; null matches items without one."""
    choices = raw if isinstance(raw, list) else [raw]
    if not all(entry is None or _is_int(entry) or isinstance(entry, str) for entry in choices):
        return None
    return lambda values: any(value["value"] in choices for value in values) or (not values and None in choices)


def _number_or_none(value: object) -> Decimal | None:
    try:
        return Decimal(decimal_text(value))
    except Refusal:
        return None


def between(raw: Any, calendar: Calendar) -> Test | None:
    """Match numbers from ``from`` to ``to``, either of which may be missing."""
    if not isinstance(raw, dict) or not {"from", "to"} & set(raw):
        return None
    low, high = _number_or_none(raw.get("from")), _number_or_none(raw.get("to"))
    if low is None and high is None:
        return None
    return lambda values: any(
        (low is None or Decimal(value["value"]) >= low) and (high is None or Decimal(value["value"]) <= high)
        for value in values
    )


def shifted(day: date, number: int, unit: str) -> date:
    """Return the day so many days, weeks, months or years (``d w m y``) later; a month's last day is the latest."""
    if unit in "dw":
        return day + timedelta(days=number * (7 if unit == "w" else 1))
    months = day.year * 12 + day.month - 1 + number * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    msg = "beyond the calendar"
    raise ValueError(msg)


def day_bound(value: object, today: date, *, is_end: bool) -> date | None:
    """Read one edge of a date filter: a date, or relative to today (``-1w``; ``r`` rounds to whole periods)."""
    if not isinstance(value, str):
        return None
    match = _RELATIVE.fullmatch(value)
    try:
        if match is None:
            return date.fromisoformat(value[:10])
        day = shifted(today, int(match[1]), match[2])
        if not match[3]:
            return day
        start = {
            "d": day,
            "w": day - timedelta(days=day.weekday()),
            "m": day.replace(day=1),
            "y": day.replace(month=1, day=1),
        }[match[2]]
        return shifted(start, 1, match[2]) - timedelta(days=1) if is_end else start
    except (ValueError, OverflowError):
        return None


def day_range(raw: Any, calendar: Calendar) -> tuple[date, date] | None:
    """Read a date filter ``{"from", "to"}``; None where it is of no use."""
    if not isinstance(raw, dict) or not {"from", "to"} & set(raw):
        return None
    low = day_bound(raw.get("from"), calendar.today, is_end=False)
    high = day_bound(raw.get("to"), calendar.today, is_end=True)
    if (low is None and raw.get("from") is not None) or (high is None and raw.get("to") is not None):
        return None
    return low or date.min, high or date.max


def in_days(raw: Any, calendar: Calendar) -> Test | None:
    """Match dates of which a day lies in the filter's range."""
    days = day_range(raw, calendar)
    if days is None:
        return None
    low, high = days[0].isoformat(), days[1].isoformat()
    return lambda values: any(
        value["start_date"] <= high and (value["end_date"] or value["start_date"]) >= low for value in values
    )


# Sorting: a field's values -> something to compare

SortKey = Callable[[tuple[Stored, ...], AppField], Any]


def by_text(values: tuple[Stored, ...], field: AppField) -> Any:
    """Compare by the first value's text."""
    return str(values[0]["value"]).casefold()


def by_number(values: tuple[Stored, ...], field: AppField) -> Any:
    """Compare by the first value as a number."""
    return float(values[0]["value"])


def by_option(values: tuple[Stored, ...], field: AppField) -> Any:
    """Compare by the place of the first option."""
    order = [option["id"] for option in _settings(field).get("options", ())]
    return order.index(values[0]["value"])


def by_start(values: tuple[Stored, ...], field: AppField) -> Any:
    """Compare by the first date's start."""
    return values[0]["start_date"], values[0]["start_time"] or ""
