"""Dates: a day, a moment, or a span of either, shown and read by the user's locale, and in a form's controls.

What the controls don't show they don't change: the seconds of a time, and whatever a field's settings hide. Parts that
make no date (an end without a start, a time without a day) are refused, never left out.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, tzinfo

from podio.fields import DateValue
from podio.model import AppField
from workbench.field_ui.controls import Complaint, Control, FieldUI, Parts, Reading, main_control, part_control
from workbench.field_ui.pieces import Piece, When
from workbench.locales import ENGLISH_MONTHS, Locale, ascii_digits

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?")
_MIDNIGHT = time()
_LONGEST = 100
_CLOCK_AT_END = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?(?: ?([ap])\.?m\.?)?$")
_SPAN = re.compile(r" ?\u2013 ?| - ")
_BETWEEN = re.compile(r"[\s.,/\u060c-]*+")
_MONTHS = (*ENGLISH_MONTHS, "January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip


def day_text(day: date, locale: Locale) -> str:
    """Write a date with its month's name where there are names, so that no country misreads it: ``Nov 21, 2026``."""
    pattern = locale.date_pattern.replace("{day}", str(day.day)).replace("{year}", f"{day.year:04}")
    return locale.own_digits(pattern).replace("{month}", locale.own_digits(locale.months[day.month - 1]))


def moment_text(moment: datetime | None, zone: tzinfo | None, locale: Locale) -> str:
    """Write a moment in the user's time zone (``None``: that of the machine): ``Nov 21, 2026, 14:05``."""
    if moment is None:
        return ""
    try:
        local = moment.astimezone(zone)
    except (OverflowError, OSError, ValueError):
        local = moment
    return f"{day_text(local, locale)}, {locale.own_digits(f'{local:%H:%M}')}"


def show(value: DateValue, field: AppField | None, locale: Locale) -> Piece:
    """Make a piece of a date; its times are left out where the field has none."""
    shows_time = field is None or field.has_time
    zone = " UTC" if shows_time and isinstance(value.start, datetime) and value.start.tzinfo else ""
    clock = _clock(value.start)[:5] if shows_time else ""
    machine = value.start.isoformat()[: len("2026-11-21")] + (f"T{clock}" if clock else "")
    return When(text=_text(value, locale, shows_time=shows_time) + zone, machine=machine)


def _text(value: DateValue, locale: Locale, *, shows_time: bool) -> str:
    start, end = value.start, value.end
    text, clock = day_text(start, locale), locale.own_digits(_clock(start)) if shows_time else ""
    text += f", {clock}" if clock else ""
    if end is None:
        return text
    end_clock = locale.own_digits(_clock(end)) if shows_time else ""
    if (end.year, end.month, end.day) != (start.year, start.month, start.day):
        return f"{text} – {day_text(end, locale)}" + (f", {end_clock}" if end_clock else "")
    return f"{text}–{end_clock}" if end_clock and end_clock != clock else text


def _clock(edge: date | None) -> str:
    """Return the time of a moment, its seconds where they say something; empty for a day."""
    if not isinstance(edge, datetime):
        return ""
    return f"{edge:%H:%M:%S}" if edge.second else f"{edge:%H:%M}"


_Edge = tuple[str, time | None]


def _edges(values: tuple[DateValue, ...]) -> tuple[_Edge, _Edge] | None:
    """Return a value's start and end as day and time; None where they can't be shown as the user entered them."""
    if not values:
        return ("", None), ("", None)
    if isinstance(values[0].start, datetime) and values[0].start.tzinfo:
        return None
    return _edge(values[0].start), _edge(values[0].end)


def _edge(edge: date | None) -> _Edge:
    if isinstance(edge, datetime):
        return edge.date().isoformat(), edge.time()
    return (edge.isoformat() if edge else ""), None


def _clock_text(clock: time | None) -> str:
    return f"{clock:%H:%M}" if clock else ""


def _edit(field: AppField, values: tuple[DateValue, ...], locale: Locale) -> tuple[Control, ...]:
    edges = _edges(values)
    if edges is None:
        return ()
    (start, start_time), (end, end_time) = edges
    hides_time = not field.has_time and any(clock not in (None, _MIDNIGHT) for clock in (start_time, end_time))
    if hides_time or (end and not field.has_end):
        return ()
    controls = [main_control(field, start, kind="date")]
    if field.has_time:
        controls.append(part_control(field, "time", _clock_text(start_time), kind="time"))
    if field.has_end:
        controls.append(part_control(field, "end", end, kind="date"))
    if field.has_end and field.has_time:
        controls.append(part_control(field, "end_time", _clock_text(end_time), kind="time", words="end time"))
    return tuple(controls)


def _read(texts: Parts, field: AppField, values: tuple[DateValue, ...], locale: Locale) -> Reading:
    start, clock = texts[""], texts.get("time", "")
    end, end_clock = texts.get("end", ""), texts.get("end_time", "")
    if not start:
        raise Complaint(f"Enter a start date, or clear {'the end' if end else 'the time'} too.")
    if end_clock and not end:
        raise Complaint("Enter an end date, or clear the end time too.", "end")
    (_, start_time), (_, end_time) = _edges(values) or (("", None), ("", None))
    first = _moment("", start, _full(clock, start_time))
    last = _moment("end", end, _full(end_clock, end_time)) if end else None
    return Reading(value=_check(DateValue(start=first, end=last)))


def _full(text: str, previous: time | None) -> str:
    """Return a time with its seconds: those from before where the time that is shown was not touched."""
    return previous.isoformat() if previous is not None and text == _clock_text(previous) else text


def _moment(part: str, day: str, clock: str) -> date:
    try:
        day_date = date.fromisoformat(day) if _DAY.fullmatch(day) else None
    except ValueError:
        day_date = None
    if day_date is None:
        raise Complaint("Enter a date, such as 2026-11-21.", part)
    if clock and not _TIME.fullmatch(clock):
        raise Complaint("Enter a time, such as 14:05.", part)
    return datetime.combine(day_date, time.fromisoformat(clock)) if clock else day_date


def _check(value: DateValue) -> DateValue:
    start, end = value.start, value.end
    if end is not None:
        (first, clock), (last, end_clock) = _edge(start), _edge(end)
        if (last, end_clock or time.max) < (first, clock or _MIDNIGHT):
            raise Complaint("This ends before it starts.")
    return value


# A text alone, as it is pasted or typed into a cell


def _parse(text: str, field: AppField, locale: Locale) -> Reading:
    if len(text) > _LONGEST:
        raise _no_date(locale)
    first, *other_texts = _SPAN.split(" ".join(ascii_digits(text).casefold().split()))
    start = _parse_edge(first, locale, None)
    end = _parse_edge(other_texts[0], locale, start) if len(other_texts) == 1 else None
    if len(other_texts) > 1:
        raise Complaint("Enter one date, or a start and an end.")
    if end is not None and not field.has_end:
        raise Complaint("Enter a start alone: there is no end here.")
    if not field.has_time and any(isinstance(edge, datetime) for edge in (start, end)):
        raise Complaint("Enter days alone: there is no time here.")
    value = _check(DateValue(start=start, end=end))
    preview = _text(value, locale, shows_time=True)
    return Reading(value=value, note="" if preview == text.strip() else preview)


def _parse_edge(text: str, locale: Locale, start: date | None) -> date:
    """Read one end of a span; an end may be a time alone."""
    match = _CLOCK_AT_END.search(text)
    day_words = text[: match.start()].rstrip(", t") if match else text
    day = _day(day_words, locale)
    if day is None and not day_words and match and start is not None:
        day = start.date() if isinstance(start, datetime) else start
    if day is None:
        raise _no_date(locale)
    if not match:
        return day
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if match[4] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if match[4] == "p" else 0)
    elif match[4]:
        hour = 24
    try:
        return datetime.combine(day, time(hour, minute, second))
    except ValueError:
        raise Complaint("Enter a time, such as 14:05.") from None


def _no_date(locale: Locale) -> Complaint:
    return Complaint(f"Enter a date, such as {day_text(date(2026, 11, 21), locale)}.")


def _day(text: str, locale: Locale) -> date | None:
    month, text = _named_month(text, locale)
    numbers = re.findall(r"[0-9]+", text)
    literals = re.sub(r"\{[a-z]+\}", " ", locale.date_pattern).casefold().split()
    for literal in sorted(literals, key=len, reverse=True):
        text = text.replace(literal, " ")
    if not _BETWEEN.fullmatch(re.sub(r"[0-9]+", " ", text)) or len(numbers) != (2 if month else 3):
        return None
    if month:
        year, *days = sorted(numbers, key=len, reverse=True)
        return _date(year, str(month), days[0])
    if len(numbers[0]) == len("2026"):
        return _date(*numbers)
    by_order = {"dmy": (2, 1, 0), "mdy": (2, 0, 1)}
    locale_order = locale.date_order if locale.date_order in by_order else "dmy"
    readings = {order: _date(*(numbers[place] for place in places)) for order, places in by_order.items()}
    if locale_order != locale.date_order and all(readings.values()) and len(set(readings.values())) > 1:
        # Where the year comes first, nothing says which of the others is the month.
        return None
    return readings[locale_order] or next(filter(None, readings.values()), None)


def _named_month(text: str, locale: Locale) -> tuple[int, str]:
    """Find a month's name; return its number, 0 for none, and the text without it."""
    names = {name.casefold().strip("."): place % 12 + 1 for place, name in enumerate(_MONTHS)}
    names |= {name.casefold().strip("."): place + 1 for place, name in enumerate(locale.months) if not name.isdecimal()}
    for name in sorted(names, key=len, reverse=True):
        before, separator, after = text.partition(name)
        if separator:
            return names[name], f"{before} {after}"
    return 0, text


def _date(year: str, month: str, day: str) -> date | None:
    if len(year) != len("2026") or max(len(month), len(day)) > len("31"):
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


DATE = FieldUI(show=show, edit=_edit, read=_read, parse=_parse, icon="M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v3M10.5 2v3")
