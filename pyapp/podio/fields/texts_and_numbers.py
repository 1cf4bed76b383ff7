"""Fields that hold one text or one number: text, tag, number, money, progress, duration, calculation.

Performs no I/O. Numbers travel as text with four decimals (``"6513.5100"``) and are never turned into a `float`.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from podio.fields import dates
from podio.fields import json_parts as parts
from podio.fields.error import Unfit
from podio.fields.field_type import Entry, FieldType, Settings
from podio.fields.values import DateValue, Money, Text


def _read_text(entry: Entry, settings: Settings) -> Text | None:
    value, written_as = entry.get("value"), entry.get("format")
    if not isinstance(value, str) or not isinstance(written_as, str | None):
        return None
    return Text(value=value, format=written_as, raw=entry)


def _write_text(value: Any, settings: Settings) -> Any:
    if isinstance(value, str):
        return value
    if not isinstance(value, Text) or not isinstance(value.value, str):
        raise Unfit
    if value.format is None:
        return value.value
    return {"value": value.value, "format": value.format}


def _read_tag(entry: Entry, settings: Settings) -> str | None:
    return parts.text_or_none(entry.get("value"))


def _write_tag(value: Any, settings: Settings) -> Any:
    if not isinstance(value, str):
        raise Unfit
    return value


def _read_number(entry: Entry, settings: Settings) -> Decimal | None:
    return parts.decimal(entry.get("value"))


def _write_number(value: Any, settings: Settings) -> str:
    number = parts.decimal(value)
    if number is None:
        raise Unfit
    return f"{number:f}"


def _read_money(entry: Entry, settings: Settings) -> Money | None:
    amount, currency = parts.decimal(entry.get("value")), parts.text(entry.get("currency"))
    return Money(amount=amount, currency=currency, raw=entry) if amount is not None and currency else None


def _write_money(value: Any, settings: Settings) -> Any:
    if not isinstance(value, Money) or not isinstance(value.currency, str) or not value.currency:
        raise Unfit
    return {"value": _write_number(value.amount, settings), "currency": value.currency}


def _read_progress(entry: Entry, settings: Settings) -> int | None:
    percent = parts.whole(entry.get("value"))
    return percent if percent is not None and 0 <= percent <= 100 else None


def _write_progress(value: Any, settings: Settings) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 100:
        raise Unfit
    return value


def _span(seconds: int) -> timedelta | None:
    try:
        return timedelta(seconds=seconds)
    except OverflowError:
        return None


def _read_duration(entry: Entry, settings: Settings) -> timedelta | None:
    seconds = parts.whole(entry.get("value"))
    return None if seconds is None else _span(seconds)


def _write_duration(value: Any, settings: Settings) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        value = _span(value)
    if not isinstance(value, timedelta):
        raise Unfit
    if value.microseconds:
        raise Unfit("a duration of whole seconds: round it first")
    return value.days * 86_400 + value.seconds


def _read_calculation(entry: Entry, settings: Settings) -> Decimal | Text | DateValue | None:
    if "value" not in entry:
        return dates.read(entry, settings)
    # A calculation may give the text "42"; only the settings tell that it is no number.
    number = None if settings.get("return_type") == "text" else parts.decimal(entry["value"])
    return number if number is not None else _read_text(entry, settings)


TEXT = FieldType(read=_read_text, write=_write_text, wanted="a str, or a Text to name its format too")
TAG = FieldType(read=_read_tag, write=_write_tag, wanted="str values", several=True)
NUMBER = FieldType(
    read=_read_number,
    write=_write_number,
    wanted="a Decimal, an int, a float or a text such as '6513.51', of at most 100 digits before the point",
)
MONEY = FieldType(
    read=_read_money, write=_write_money, wanted="a Money with amount and currency: Money(amount=…, currency='EUR')"
)
PROGRESS = FieldType(read=_read_progress, write=_write_progress, wanted="an int from 0 to 100 (per cent)")
DURATION = FieldType(read=_read_duration, write=_write_duration, wanted="a timedelta, or whole seconds as an int")
CALCULATION = FieldType(
    read=_read_calculation, write=None, wanted="nothing: Podio works out calculations itself, so leave the field out"
)
SEPARATOR = FieldType(read=_read_text, write=None, wanted="nothing: a separator holds no value, so leave it out")
