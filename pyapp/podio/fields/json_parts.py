"""Taking JSON of any shape apart without ever failing. Performs no I/O.

Each function returns what it was asked for, or None (or something empty) where the JSON holds something else: answers
come from outside, and a null, a missing key or a number written as text must not end in an AttributeError.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

MOST_DIGITS = 100
"""Digits before and after the point beyond which a number isn't taken for one: ``1e999999999`` would fill the memory
when written out."""

LARGEST_ID = 2**63 - 1

_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
_PLAIN_DECIMAL = re.compile(rf"[+-]?[0-9]{{1,{MOST_DIGITS}}}(?:\.[0-9]{{1,{MOST_DIGITS}}})?")


def mapping(given: object) -> Mapping[str, Any]:
    """Return an object; an empty one for anything else."""
    return given if isinstance(given, Mapping) else {}


def text(given: object) -> str:
    """Return a text; an empty one for anything else."""
    return given if isinstance(given, str) else ""


def text_or_none(given: object) -> str | None:
    """Return a text, or None for anything else."""
    return given if isinstance(given, str) else None


def texts(given: object) -> tuple[str, ...]:
    """Return the texts of a list; a text alone counts as a list of one."""
    if isinstance(given, str):
        return (given,)
    return tuple(each for each in given if isinstance(each, str)) if isinstance(given, list | tuple) else ()


def whole(given: object) -> int | None:
    """Return a whole number, also where it comes as text or with a fraction of zero."""
    if isinstance(given, bool):
        return None
    if isinstance(given, int):
        return given
    if isinstance(given, float) and given.is_integer():
        return int(given)
    return int(given) if isinstance(given, str) and _WHOLE.fullmatch(given) else None


def identifier(given: object) -> int | None:
    """Return an id: a positive whole number of 63 bits at most."""
    number = whole(given)
    return number if number is not None and 0 < number <= LARGEST_ID else None


def decimal(given: object) -> Decimal | None:
    """Return a number exactly as it is written, its trailing zeros kept; None for what is none, or absurdly large."""
    if isinstance(given, str):
        return Decimal(given) if _PLAIN_DECIMAL.fullmatch(given) else None
    if isinstance(given, bool) or not isinstance(given, int | float | Decimal):
        return None
    # A float's repr is the shortest text that means it: 6513.51 stays 6513.51.
    number = Decimal(repr(given)) if isinstance(given, float) else Decimal(given)
    if not number.is_finite():
        return None
    exponent = number.as_tuple().exponent
    fits = isinstance(exponent, int) and exponent >= -MOST_DIGITS and number.adjusted() < MOST_DIGITS
    return number if fits else None


def degrees(given: object) -> float | None:
    """Return a coordinate in degrees, a whole number left whole; None for what can be none."""
    if isinstance(given, bool) or not isinstance(given, int | float):
        return None
    return given if abs(given) <= 180 else None
