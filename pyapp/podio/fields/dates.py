"""Date fields: whole days and moments, alone or as a span, in the person's own time and in UTC. Performs no I/O.

Podio spells a date ``YYYY-MM-DD`` and a moment ``YYYY-MM-DD HH:MM:SS``, without zone. Each end of a span comes in six
spellings (``start``, ``start_date``, ``start_time``, and the same with ``_utc``). The first three are what the person
entered, in a time zone that is not told; a whole day has ``start_time: null`` and still a midnight in ``start``.
Sources: https://developers.podio.com/doc/items ("Item field values") and captured answers.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import Any

from podio.fields.error import Unfit
from podio.fields.field_type import Entry, FieldType, Settings
from podio.fields.values import DateValue

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CLOCK = re.compile(r"[0-9]{2}:[0-9]{2}(?::[0-9]{2})?")


class _Odd(Exception):
    """The JSON is not of the expected shape, or its spellings contradict each other."""


def _day(given: object) -> date:
    if not isinstance(given, str) or not _DAY.fullmatch(given):
        raise _Odd
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise _Odd from None


def _clock(given: object) -> time:
    if not isinstance(given, str) or not _CLOCK.fullmatch(given):
        raise _Odd
    try:
        return time.fromisoformat(given)
    except ValueError:
        raise _Odd from None


def _moment(given: object) -> date:
    """Read ``YYYY-MM-DD``, or with a time after a space; a `datetime` only where there is a time."""
    if not isinstance(given, str):
        raise _Odd
    day, space, clock = given.partition(" ")
    return datetime.combine(_day(day), _clock(clock)) if space else _day(day)


def _edge(entry: Entry, whole_key: str, day_key: str, clock_key: str) -> date | None:
    """Read one end from its three spellings, which must agree; None where there is none."""
    whole = None if entry.get(whole_key) is None else _moment(entry[whole_key])
    if entry.get(day_key) is None:
        if entry.get(clock_key) is not None and whole is None:
            raise _Odd
        day = whole
    else:
        day = _day(entry[day_key])
    if day is None:
        return None
    has_time = isinstance(whole, datetime)
    whole_day = whole.date() if isinstance(whole, datetime) else whole
    day = day.date() if isinstance(day, datetime) else day
    if whole_day is not None and whole_day != day:
        raise _Odd
    if entry.get(clock_key) is None:
        # `start_time: null` makes a whole day even of a `start` with a midnight; without the key, `start` tells.
        return day if clock_key in entry or not has_time else whole
    moment = datetime.combine(day, _clock(entry[clock_key]))
    if has_time and whole != moment:
        raise _Odd
    return moment


def _edges(entry: Entry, name: str) -> tuple[date | None, datetime | None]:
    """Read one end as the person entered it, and in UTC; where only UTC is there, it is both."""
    local = _edge(entry, name, f"{name}_date", f"{name}_time")
    utc = _edge(entry, f"{name}_utc", f"{name}_date_utc", f"{name}_time_utc")
    aware = utc.replace(tzinfo=UTC) if isinstance(utc, datetime) else None
    if local is None:
        return aware or utc, aware
    return local, aware if isinstance(local, datetime) else None


def read(entry: Entry, settings: Settings) -> DateValue | None:
    """Read an element of a date field's (or a date calculation's) ``values``; None for an unexpected shape."""
    try:
        start, start_utc = _edges(entry, "start")
        end, end_utc = _edges(entry, "end")
    except _Odd:
        return None
    if start is None or (end is not None and _is_aware(start) != _is_aware(end)):
        return None
    return DateValue(start=start, end=end, start_utc=start_utc, end_utc=end_utc, raw=entry)


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
        try:
            value = _moment(value)
        except _Odd:
            raise Unfit from None
    if isinstance(value, date):
        value = DateValue(start=value)
    if not isinstance(value, DateValue) or not isinstance(value.start, date) or not isinstance(value.end, date | None):
        raise Unfit
    if value.end is None:
        return _written("start", value.start)
    if _is_aware(value.start) != _is_aware(value.end):
        raise Unfit("start and end alike: both with a time zone, or both without")
    return _written("start", value.start) | _written("end", value.end)


DATE = FieldType(
    read=read,
    write=_write,
    wanted="a date, a datetime (naive: the person's own time; aware: sent as UTC), a DateValue for a span, "
    "or a text such as '2014-12-11' or '2014-12-11 23:00:00'",
)
