"""Fields that hold one text or one number: text, tag, number, money, progress, duration, calculation.

Numbers travel as text with four decimals (``"6513.5100"``) and are never turned into a `float`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from podio.fields import _dates as dates
from podio.fields import _json_parts as parts
from podio.fields._error import Unfit
from podio.fields._field_type import Entry, EntryColumn, FieldType, Settings
from podio.fields._values import DateValue, Money, Text

TextParts = tuple[str, str | None]

_LONGEST_DURATION = timedelta.max.days * 86_400 + 86_399


def _parse_text(entry: Entry, settings: Settings) -> TextParts | None:
    value, text_format = entry.get("value"), entry.get("format")
    if not isinstance(value, str) or not (text_format is None or isinstance(text_format, str)):
        return None
    return value, text_format


def _text(pieces: TextParts, entry: Entry) -> Text:
    return Text(value=pieces[0], format=pieces[1], raw=entry)


def _text_parts(value: Text) -> TextParts:
    return value.value, value.format


def _text_column(settings: Settings) -> Callable[[TextParts], EntryColumn]:
    # Where nothing says what it is, only a small field can't hold HTML.
    default = parts.text(settings.get("format")) or ("plain" if settings.get("size") == "small" else "html")

    def column(pieces: TextParts) -> EntryColumn:
        value, text_format = pieces
        label = parts.text_of_html(value) if (text_format or default) == "html" else parts.plain(value)
        return value, label, label.casefold()

    return column


def _write_text(value: Any, settings: Settings) -> Any:
    if isinstance(value, str):
        return value
    if not isinstance(value, Text) or not isinstance(value.value, str) or not isinstance(value.format, str | None):
        raise Unfit
    if value.format is None:
        return value.value
    return {"value": value.value, "format": value.format}


def _parse_tag(entry: Entry, settings: Settings) -> str | None:
    return parts.text_or_none(entry.get("value"))


def _tag_column(settings: Settings) -> Callable[[str], EntryColumn]:
    def column(tag: str) -> EntryColumn:
        label = parts.plain(tag)
        return tag, label, label.casefold()

    return column


def _write_tag(value: Any, settings: Settings) -> Any:
    if not isinstance(value, str):
        raise Unfit
    return value


def number_text(number: Decimal) -> str:
    """Return a number in digits, without the zeros after the point that say nothing."""
    digits = f"{number:f}"
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return digits if number else "0"


def _parse_number(entry: Entry, settings: Settings) -> Decimal | None:
    return parts.decimal(entry.get("value"))


def _number_column(settings: Settings) -> Callable[[Decimal], EntryColumn]:
    return lambda number: (number, number_text(number), number)


def _write_number(value: Any, settings: Settings) -> str:
    number = parts.decimal(value)
    if number is None:
        raise Unfit
    return f"{number:f}"


def _parse_money(entry: Entry, settings: Settings) -> tuple[Decimal, str] | None:
    amount, currency = parts.decimal(entry.get("value")), parts.text(entry.get("currency"))
    return (amount, currency) if amount is not None and currency else None


def _money(pieces: tuple[Decimal, str], entry: Entry) -> Money:
    return Money(amount=pieces[0], currency=pieces[1], raw=entry)


def _money_parts(value: Money) -> tuple[Decimal, str]:
    return value.amount, value.currency


def _money_column(settings: Settings) -> Callable[[tuple[Decimal, str]], EntryColumn]:
    return lambda pieces: (pieces, f"{number_text(pieces[0])} {pieces[1]}", pieces[0])


def _write_money(value: Any, settings: Settings) -> Any:
    if not isinstance(value, Money) or not isinstance(value.currency, str) or not value.currency:
        raise Unfit
    return {"value": _write_number(value.amount, settings), "currency": value.currency}


def _check_money(written: Any, settings: Settings) -> None:
    allowed = parts.texts(settings.get("allowed_currencies"))
    if allowed and written["currency"] not in allowed:
        raise Unfit(f"money in one of the field's currencies: {', '.join(allowed)}")


def _parse_progress(entry: Entry, settings: Settings) -> int | None:
    percent = parts.whole(entry.get("value"))
    return percent if percent is not None and 0 <= percent <= 100 else None


def _progress_column(settings: Settings) -> Callable[[int], EntryColumn]:
    return lambda percent: (percent, f"{percent}%", percent)


def _write_progress(value: Any, settings: Settings) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 100:
        raise Unfit
    return value


def _parse_duration(entry: Entry, settings: Settings) -> int | None:
    seconds = parts.whole(entry.get("value"))
    return seconds if seconds is not None and 0 <= seconds <= _LONGEST_DURATION else None


def _duration(seconds: int, entry: Entry) -> timedelta:
    return timedelta(seconds=seconds)


def _duration_parts(value: timedelta) -> int:
    return value.days * 86_400 + value.seconds


def _duration_column(settings: Settings) -> Callable[[int], EntryColumn]:
    def column(seconds: int) -> EntryColumn:
        minutes, second = divmod(seconds, 60)
        return seconds, f"{minutes // 60}:{minutes % 60:02}:{second:02}", seconds

    return column


def _write_duration(value: Any, settings: Settings) -> int:
    if isinstance(value, timedelta):
        if value.microseconds:
            raise Unfit("a duration of whole seconds: round it first")
        value = _duration_parts(value)
    if isinstance(value, bool) or not isinstance(value, int) or value > _LONGEST_DURATION:
        raise Unfit
    if value < 0:
        raise Unfit("a duration of no less than 0 seconds, as a timedelta or an int")
    return value


CalculationParts = Decimal | TextParts | dates.DateParts


def _parse_calculation(entry: Entry, settings: Settings) -> CalculationParts | None:
    if "value" not in entry:
        return dates.parse(entry, settings)
    # A calculation may give the text "42"; only the settings say that it is no number.
    number = None if settings.get("return_type") == "text" else parts.decimal(entry["value"])
    return number if number is not None else _parse_text(entry, settings)


def _calculation(pieces: Any, entry: Entry) -> Decimal | Text | DateValue:
    if isinstance(pieces, Decimal):
        return pieces
    return _text(pieces, entry) if len(pieces) == 2 else dates.date_value(pieces, entry)


def _calculation_parts(value: Decimal | Text | DateValue) -> CalculationParts:
    if isinstance(value, Decimal):
        return value
    return _text_parts(value) if isinstance(value, Text) else dates.date_parts(value)


def _kind_of_calculation(pieces: CalculationParts) -> int:
    return 0 if isinstance(pieces, Decimal) else 1 if len(pieces) == 2 else 2


def _calculation_column(settings: Settings) -> Callable[[Any], EntryColumn]:
    of_kinds = (_number_column(settings), _text_column(settings), dates.column(settings))

    def column(pieces: Any) -> EntryColumn:
        # Numbers, texts and dates can't be compared: where a calculation gave several, each keeps to its kind.
        rank = _kind_of_calculation(pieces)
        key, label, sort = of_kinds[rank](pieces)
        return key, label, (rank, sort)

    return column


TEXT = FieldType(
    parse=_parse_text,
    value=_text,
    parts=_text_parts,
    column=_text_column,
    write=_write_text,
    expected="a str, or a Text to name its format too",
)
TAG = FieldType(parse=_parse_tag, column=_tag_column, write=_write_tag, expected="str values", several=True)
NUMBER = FieldType(
    parse=_parse_number,
    column=_number_column,
    write=_write_number,
    expected="a Decimal, an int, a float or a text such as '6513.51', of at most 100 digits before the point",
)
MONEY = FieldType(
    parse=_parse_money,
    value=_money,
    parts=_money_parts,
    column=_money_column,
    write=_write_money,
    check=_check_money,
    expected="a Money with amount and currency: Money(amount=…, currency='EUR')",
)
PROGRESS = FieldType(
    parse=_parse_progress, column=_progress_column, write=_write_progress, expected="an int from 0 to 100 (per cent)"
)
DURATION = FieldType(
    parse=_parse_duration,
    value=_duration,
    parts=_duration_parts,
    column=_duration_column,
    write=_write_duration,
    expected="a timedelta, or whole seconds as an int",
)
CALCULATION = FieldType(
    parse=_parse_calculation,
    value=_calculation,
    parts=_calculation_parts,
    column=_calculation_column,
    write=None,
    expected="nothing: Podio works out calculations itself, so leave the field out",
)
SEPARATOR = FieldType(
    parse=_parse_text,
    value=_text,
    parts=_text_parts,
    column=_text_column,
    write=None,
    expected="nothing: a separator holds no value, so leave it out",
)
