"""The controls of a date field, and what they mean to Podio: a date, a moment, or a span of either.

What the controls don't show they don't change: the seconds of a time, and whatever a field's settings hide. Parts that
make no date (an end without a start, a time without a day) are refused, never left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from podio.fields import DateValue
from podio.model import AppField
from workbench.form_controls import Complaint, Control
from workbench.names import name_of

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?")
_MIDNIGHT = time()


def controls(field: AppField, first: DateValue | None, common: Mapping[str, Any]) -> tuple[Control, ...]:
    """Give the controls of a date field; none where they could not show all of its value."""
    edges = _edges(first)
    if edges is None:
        return ()
    (start, start_time), (end, end_time) = edges
    hides_time = not field.has_time and any(clock not in (None, _MIDNIGHT) for clock in (start_time, end_time))
    if hides_time or (end and not field.has_end):
        return ()
    name = f"f{field.field_id}"
    made = [Control(name=name, kind="date", value=start, **common)]
    if field.has_time:
        made.append(
            Control(name=f"{name}.time", label=f"{name_of(field)}: time", kind="time", value=_shown(start_time))
        )
    if field.has_end:
        made.append(Control(name=f"{name}.end", label=f"{name_of(field)}: end", kind="date", value=end))
    if field.has_end and field.has_time:
        label = f"{name_of(field)}: end time"
        made.append(Control(name=f"{name}.end_time", label=label, kind="time", value=_shown(end_time)))
    return tuple(made)


def write(field: AppField, first: DateValue | None, texts: Mapping[str, str]) -> Any:
    """Turn the controls' texts into what Podio is sent; ``[]`` where all of them are empty.

    Raises:
        Complaint: when they make no date.
    """
    name, label = f"f{field.field_id}", name_of(field)
    start, clock = texts.get(name, ""), texts.get(f"{name}.time", "")
    end, end_clock = texts.get(f"{name}.end", ""), texts.get(f"{name}.end_time", "")
    if not any((start, clock, end, end_clock)):
        return []
    if not start:
        raise Complaint(name, f"{label}: enter a start date, or clear {'the end' if end else 'the time'} too.")
    if end_clock and not end:
        raise Complaint(f"{name}.end", f"{label}: enter an end date, or clear the end time too.")
    (_, start_time), (_, end_time) = _edges(first) or _NOTHING
    value = _edge(field, "start", name, start, _full(clock, start_time))
    if end:
        value |= _edge(field, "end", f"{name}.end", end, _full(end_clock, end_time))
        if (value["end_date"], value.get("end_time", "24")) < (value["start_date"], value.get("start_time", "")):
            raise Complaint(name, f"{label} ends before it starts.")
    return value


_Edge = tuple[str, time | None]
_NOTHING: tuple[_Edge, _Edge] = (("", None), ("", None))


def _edges(value: DateValue | None) -> tuple[_Edge, _Edge] | None:
    """Return a value's start and end as day and time; None where they can't be shown as the user entered them."""
    if value is None:
        return _NOTHING
    if isinstance(value.start, datetime) and value.start.tzinfo:
        return None
    return _parts(value.start), _parts(value.end)


def _parts(edge: date | None) -> _Edge:
    if isinstance(edge, datetime):
        return edge.date().isoformat(), edge.time()
    return (edge.isoformat() if edge else ""), None


def _shown(clock: time | None) -> str:
    return f"{clock:%H:%M}" if clock else ""


def _full(written: str, before: time | None) -> str:
    """Return a time with its seconds: those from before where the time that is shown was not touched."""
    if before is not None and written == _shown(before):
        return before.isoformat()
    return f"{written}:00" if len(written) == len("14:05") else written


def _edge(field: AppField, edge: str, control: str, day: str, clock: str) -> dict[str, str]:
    try:
        found = date.fromisoformat(day) if _DAY.fullmatch(day) else None
    except ValueError:
        found = None
    if found is None:
        raise Complaint(control, f"{name_of(field)} must be a date, such as 2026-11-21.")
    if clock and not _TIME.fullmatch(clock):
        raise Complaint(control, f"{name_of(field)} must have a time such as 14:05.")
    return {f"{edge}_date": day} | ({f"{edge}_time": clock} if clock else {})
