"""Date fields: whole days and moments, alone or as a span, in the user's own time and in UTC.

Podio spells a date ``YYYY-MM-DD`` and a moment ``YYYY-MM-DD HH:MM:SS``, without zone. Each end of a span comes in six
spellings (``start``, ``start_date``, ``start_time``, and the same with ``_utc``). The first three are what the user
entered, in a time zone that the JSON doesn't name; a whole day has ``start_time: null`` and still a midnight in
``start``. Sources: https://developers.podio.com/doc/items ("Item field values") and captured answers.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar

from podio.fields import _json_parts as parts
from podio.fields._error import Unfit
from podio.fields._field_type import Entry, EntryColumn, FieldType, Settings
from podio.fields._values import DateValue

T = TypeVar("T")

DateParts = tuple[date, date | None, datetime | None, datetime | None]
"""Start and end as entered, then in UTC, as `DateValue` has them."""

_MIDNIGHT = time()
_SPELLINGS = {
    name: tuple((f"{name}{zone}", f"{name}_date{zone}", f"{name}_time{zone}") for zone in ("", "_utc"))
    for name in ("start", "end")
}


class _Odd(Exception):
    """The JSON is not of the expected shape, or its spellings contradict each other."""


def _understood(value: T | None) -> T:
    if value is None:
        raise _Odd
    return value


def _edge(entry: Entry, spellings: tuple[str, str, str], *, is_day: bool) -> date | None:
    """Read one end from its three spellings, which must agree; None where there is none.

    Args:
        entry: The JSON.
        spellings: The keys of the whole, of the day and of the clock time.
        is_day: Whether the field's settings exclude times: then a midnight that no clock time confirms is a day.
    """
    whole_key, day_key, clock_key = spellings
    whole_text, day_text, clock_text = entry.get(whole_key), entry.get(day_key), entry.get(clock_key)
    if whole_text is None and day_text is None and clock_text is None:
        return None
    if isinstance(whole_text, str) and whole_text[:10] == day_text and whole_text[11:] == clock_text:
        # All three are there and agree, as in nearly every answer.
        return _understood(parts.moment(whole_text))
    whole = None if whole_text is None else _understood(parts.moment(whole_text))
    at = None if clock_text is None else _understood(parts.clock(clock_text))
    whole_day = whole.date() if isinstance(whole, datetime) else whole
    day = _understood(whole_day) if day_text is None else _understood(parts.day(day_text))
    if whole_day is not None and whole_day != day:
        raise _Odd
    if at is None:
        # `start_time: null` makes a whole day even of a `start` with a midnight; without the key, `start` counts.
        is_whole_day = clock_key in entry or (is_day and isinstance(whole, datetime) and whole.time() == _MIDNIGHT)
        return whole if isinstance(whole, datetime) and not is_whole_day else day
    moment = datetime.combine(day, at)
    if isinstance(whole, datetime) and whole != moment:
        raise _Odd
    return moment


def _edges(entry: Entry, name: str, *, is_day: bool) -> tuple[date | None, datetime | None]:
    """Read one end as the user entered it, and in UTC; where only UTC is there, it is both."""
    local_keys, utc_keys = _SPELLINGS[name]
    local, utc = _edge(entry, local_keys, is_day=is_day), _edge(entry, utc_keys, is_day=is_day)
    aware = utc.replace(tzinfo=UTC) if isinstance(utc, datetime) else None
    if local is None:
        return aware or utc, aware
    return local, aware if isinstance(local, datetime) else None


def parse(entry: Entry, settings: Settings) -> DateParts | None:
    """Parse an element of a date field's (or a date calculation's) ``values``; None for an unexpected shape."""
    is_day = settings.get("time") == "disabled"
    try:
        start, start_utc = _edges(entry, "start", is_day=is_day)
        end, end_utc = _edges(entry, "end", is_day=is_day)
    except _Odd:
        return None
    if start is None or (end is not None and _is_aware(start) != _is_aware(end)):
        return None
    return start, end, start_utc, end_utc


def date_value(pieces: DateParts, entry: Entry) -> DateValue:
    """Make the value of the parts."""
    start, end, start_utc, end_utc = pieces
    return DateValue(start=start, end=end, start_utc=start_utc, end_utc=end_utc, raw=entry)


def date_parts(value: DateValue) -> DateParts:
    """Return the parts of a value."""
    return value.start, value.end, value.start_utc, value.end_utc


def column(settings: Settings) -> Callable[[DateParts], EntryColumn]:
    """Return what a grid keeps of a date: the ordinal of its first day, its text, its seconds since year 1."""
    return _column


def _column(pieces: DateParts) -> EntryColumn:
    start, end, *_ = pieces
    day = start.toordinal()
    label = _shown(start)
    if end is not None and end != start:
        label = f"{label} – {_shown(end)}"
    if isinstance(start, datetime):
        return day, label, day * 86_400 + start.hour * 3_600 + start.minute * 60 + start.second
    return day, label, day * 86_400


def _shown(edge: date) -> str:
    if not isinstance(edge, datetime):
        return edge.isoformat()
    label = edge.replace(tzinfo=None).isoformat(" ", "seconds" if edge.second else "minutes")
    return label if edge.tzinfo is None else f"{label} UTC"


def _is_aware(edge: date) -> bool:
    return isinstance(edge, datetime) and edge.utcoffset() is not None


def _written(name: str, edge: date) -> dict[str, str]:
    if not isinstance(edge, datetime):
        return {f"{name}_date": edge.isoformat()}
    if edge.microsecond:
        raise Unfit("a time of whole seconds: use .replace(microsecond=0)")
    if not _is_aware(edge):
        return {f"{name}_date": edge.date().isoformat(), f"{name}_time": edge.time().isoformat()}
    try:
        utc = edge.astimezone(UTC).replace(tzinfo=None)
    except OverflowError:
        raise Unfit("a moment that UTC can express") from None
    return {f"{name}_utc": utc.isoformat(sep=" ")}


def _write(value: Any, settings: Settings) -> dict[str, str]:
    if isinstance(value, str):
        value = parts.moment(value)
    if isinstance(value, date):
        value = DateValue(start=value)
    if not isinstance(value, DateValue) or not isinstance(value.start, date) or not isinstance(value.end, date | None):
        raise Unfit
    if value.end is None:
        return _written("start", value.start)
    if _is_aware(value.start) != _is_aware(value.end):
        raise Unfit("start and end alike: both with a time zone, or both without")
    return _written("start", value.start) | _written("end", value.end)


def _check(written: Any, settings: Settings) -> None:
    has_time = any(key.endswith(("_time", "_utc")) for key in written)
    if has_time and settings.get("time") == "disabled":
        raise Unfit("a date (a day without a time): the field's settings exclude times, and Podio would drop it")
    has_end = any(key.startswith("end") for key in written)
    if has_end and settings.get("end") == "disabled":
        raise Unfit("a date or a datetime without an end: the field's settings exclude ends")
    # Within one day an end may seem to lie before the start: when the clocks go back.
    if any(has_end and written.get(f"end{form}", "~") < written.get(f"start{form}", "") for form in ("_date", "_utc")):
        raise Unfit("an end that is not before the start")


DATE = FieldType(
    parse=parse,
    value=date_value,
    parts=date_parts,
    column=column,
    write=_write,
    check=_check,
    expected="a date, a datetime (naive: the user's own time; aware: sent as UTC), a DateValue for a span, "
    "or a text such as '2014-12-11' or '2014-12-11 23:00:00'",
)
