"""What is measured in whole numbers of one unit: progress in per cent, durations; and calculations, which are shown."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

from podio.fields import DateValue, Text
from podio.model import AppField
from workbench import rich_text
from workbench.field_ui import dates
from workbench.field_ui.controls import Complaint, Control, FieldUI, Parts, Reading, main_control
from workbench.field_ui.numbers import folded, number_text
from workbench.field_ui.pieces import Bar, Figure, Piece, Prose, Words
from workbench.locales import Locale

_PER_CENT = re.compile(r"([0-9]{1,3}) ?[%\u066a]?")
_CLOCK = re.compile(r"([0-9]{1,9}):([0-5]?[0-9])(?::([0-5]?[0-9]))?")
_LENGTH = re.compile(r"(?:[0-9]{1,9} ?[a-z]{1,7}\.?,? ?)++")
_PART = re.compile(r"([0-9]++) ?([a-z]++)")
_UNITS = {
    "days": ("d", "day", "days"),
    "hours": ("h", "hr", "hrs", "hour", "hours"),
    "minutes": ("m", "min", "mins", "minute", "minutes"),
    "seconds": ("s", "sec", "secs", "second", "seconds"),
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words}
_BY_CLOCK = ("hours", "minutes", "seconds")
_LONGEST = 60


def duration_text(length: timedelta, locale: Locale) -> str:
    """Write a duration: ``1 day 2 h 3 min 4 s``."""
    minutes, second = divmod(length.seconds, 60)
    hour, minute = divmod(minutes, 60)
    parts = ((length.days, "day" if length.days == 1 else "days"), (hour, "h"), (minute, "min"), (second, "s"))
    return locale.own_digits(" ".join(f"{amount} {unit}" for amount, unit in parts if amount) or "0 min")


def _show_progress(value: int, field: AppField | None, locale: Locale) -> Piece:
    return Bar(percent=value)


def _edit_progress(field: AppField, values: tuple[int, ...], locale: Locale) -> tuple[Control, ...]:
    text = locale.own_digits(str(values[0])) if values else ""
    return (main_control(field, text, mode="numeric", hint="Per cent, 0 to 100"),)


def _read_progress(texts: Parts, field: AppField, values: tuple[int, ...], locale: Locale) -> Reading:
    match = _PER_CENT.fullmatch(folded(texts[""]))
    if not match or int(match[1]) > 100:
        raise Complaint("Enter a whole number from 0 to 100.")
    return Reading(value=int(match[1]))


def _show_duration(value: timedelta, field: AppField | None, locale: Locale) -> Piece:
    return Figure(text=duration_text(value, locale))


def _edit_duration(field: AppField, values: tuple[timedelta, ...], locale: Locale) -> tuple[Control, ...]:
    text = duration_text(values[0], locale) if values else ""
    return (main_control(field, text, hint="Such as 1:30 (hours and minutes), or 2 days 4 h"),)


def _read_duration(texts: Parts, field: AppField, values: tuple[timedelta, ...], locale: Locale) -> Reading:
    text = folded(texts[""]).lower()
    clock = _CLOCK.fullmatch(text)
    if clock:
        parts = [(amount, unit) for amount, unit in zip(clock.groups("0"), _BY_CLOCK, strict=True)]
    else:
        pairs = _PART.findall(text) if len(text) <= _LONGEST and _LENGTH.fullmatch(text) else []
        parts = [(amount, _UNIT_OF.get(word, "")) for amount, word in pairs]
    amounts = {unit: int(amount) for amount, unit in parts}
    try:
        if not parts or "" in amounts or len(amounts) < len(parts):
            raise OverflowError
        length = timedelta(**amounts)
    except OverflowError:
        raise Complaint("Enter a duration, such as 1:30 (hours and minutes) or 2 days 4 h.") from None
    # Hours and minutes to some, minutes and seconds to others.
    return Reading(value=length, note=duration_text(length, locale) if clock else "")


def _show_calculation(value: Decimal | Text | DateValue, field: AppField | None, locale: Locale) -> Piece | None:
    if isinstance(value, DateValue):
        return dates.show(value, field, locale)
    if isinstance(value, Text):
        return Prose(nodes=rich_text.from_podio(value.value)) if value.value else None
    if field is not None and field.return_type == "text":
        return Words(text=f"{value:f}")
    unit = f" {field.unit}" if field and field.unit else ""
    return Figure(text=number_text(value, locale, field.decimals if field else None) + unit)


PROGRESS = FieldUI(show=_show_progress, edit=_edit_progress, read=_read_progress, icon="M2 6h12v4H2zM3 8h5")
DURATION = FieldUI(
    show=_show_duration, edit=_edit_duration, read=_read_duration, icon="M8 2a6 6 0 1 0 .01 0M8 5v3.5l2 1.5"
)
CALCULATION = FieldUI(show=_show_calculation, icon="M12 5V3H4l4 5-4 5h8v-2")
