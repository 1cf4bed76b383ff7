"""Taking JSON of any shape apart without ever failing.

Each function returns what its name says, or None (or something empty) where the JSON holds something else: answers
come from outside, and a null, a missing key or a number written as text must not end in an AttributeError.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any

MOST_DIGITS = 100
"""Digits before and after the point beyond which a number isn't taken for one: ``1e999999999`` would fill the memory
when written out."""

LARGEST_ID = 2**63 - 1

_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
_PLAIN_DECIMAL = re.compile(rf"[+-]?[0-9]{{1,{MOST_DIGITS}}}(?:\.[0-9]{{1,{MOST_DIGITS}}})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CLOCK = re.compile(r"[0-9]{2}:[0-9]{2}(?::[0-9]{2})?")
_LONGEST_MOMENT = len("YYYY-MM-DD HH:MM:SS")
_LONG_REFERENCE = re.compile(r"&#[0-9]{8,}+;?+")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*+>")
_SPACES = re.compile(r"\s++")


def mapping(value: object) -> Mapping[str, Any]:
    """Return an object; an empty one for anything else."""
    # `json` makes no mapping but a dict, and asking for an abstract class is dear where thousands of cells are read.
    return value if type(value) is dict or isinstance(value, Mapping) else {}


def sequence(value: object) -> list[Any] | tuple[Any, ...]:
    """Return a list; an empty one for anything else."""
    return value if isinstance(value, list | tuple) else ()


def text(value: object) -> str:
    """Return a text; an empty one for anything else."""
    return value if isinstance(value, str) else ""


def text_or_none(value: object) -> str | None:
    """Return a text, or None for anything else."""
    return value if isinstance(value, str) else None


def texts(value: object) -> tuple[str, ...]:
    """Return the texts of a list; a text alone counts as a list of one."""
    if isinstance(value, str):
        return (value,)
    return tuple(entry for entry in sequence(value) if isinstance(entry, str))


def plain(value: str) -> str:
    """Return a text with one layer of character references undone, which Podio writes into names (``&amp;``)."""
    # `html.unescape` makes an `int` of the digits of a reference, of however many there are.
    return html.unescape(_LONG_REFERENCE.sub("\ufffd", value)) if "&" in value else value


def name(value: object) -> str:
    """Return a name as users read it: without character references and outer spaces; empty where there is none."""
    return plain(text(value)).strip()


def names(value: object) -> tuple[str, ...]:
    """Return the names of a list, such as an item's tags."""
    return tuple(filter(None, map(name, sequence(value))))


def text_of_html(value: str) -> str:
    """Return the text of HTML in one line, to search in; no sanitizer."""
    return _SPACES.sub(" ", plain(_TAG.sub(" ", value) if "<" in value else value)).strip()


def first(*values: Any) -> Any:
    """Return the first value that is there."""
    return next((value for value in values if value is not None), None)


def whole(value: object) -> int | None:
    """Return a whole number, also where it comes as text or with a fraction of zero."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return int(value) if isinstance(value, str) and _WHOLE.fullmatch(value) else None


def identifier(value: object) -> int | None:
    """Return an id: a positive whole number of 63 bits at most."""
    number = value if type(value) is int else whole(value)
    return number if number is not None and 0 < number <= LARGEST_ID else None


def count(value: object) -> int | None:
    """Return a number of things, 0 or more; None for anything else."""
    number = whole(value)
    return number if number is not None and 0 <= number <= LARGEST_ID else None


def largest_count(*values: object) -> int | None:
    """Return the largest number of things among the values; None where none is one."""
    return max((number for number in map(count, values) if number is not None), default=None)


def decimal(value: object) -> Decimal | None:
    """Return a number exactly as it is written, its trailing zeros kept; None for what is none, or absurdly large."""
    if isinstance(value, str):
        return Decimal(value) if _PLAIN_DECIMAL.fullmatch(value) else None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    # A float's repr is the shortest text that means it: 6513.51 stays 6513.51.
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        return None
    exponent = number.as_tuple().exponent
    fits = isinstance(exponent, int) and exponent >= -MOST_DIGITS and number.adjusted() < MOST_DIGITS
    return number if fits else None


def degrees(value: object) -> float | None:
    """Return a coordinate in degrees, a whole number left whole; None for what can be none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if abs(value) <= 180 else None


def day(value: object) -> date | None:
    """Read ``YYYY-MM-DD``."""
    return _day(value) if isinstance(value, str) and _DAY.fullmatch(value) else None


def clock(value: object) -> time | None:
    """Read ``HH:MM:SS`` or ``HH:MM``."""
    if not isinstance(value, str) or not _CLOCK.fullmatch(value):
        return None
    try:
        return time.fromisoformat(value)
    except ValueError:
        return None


def moment(value: object) -> date | None:
    """Read ``YYYY-MM-DD``, or with a time after a space; a `datetime` only where there is a time."""
    return _moment(value) if isinstance(value, str) and len(value) <= _LONGEST_MOMENT else None


# The dates of an app's items are few, and each of its items names four or more.
@lru_cache(maxsize=4096)
def _moment(text: str) -> date | None:
    day_text, space, clock_text = text.partition(" ")
    start, at = day(day_text), clock(clock_text)
    if start is None or not space:
        return start
    return None if at is None else datetime.combine(start, at)


@lru_cache(maxsize=4096)
def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def utc_moment(value: object) -> datetime | None:
    """Read ``YYYY-MM-DD HH:MM:SS`` as UTC, which the times of Podio's own making are."""
    instant = moment(value)
    return instant.replace(tzinfo=UTC) if isinstance(instant, datetime) else None
