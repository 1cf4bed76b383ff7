"""Numbers: Podio's as text to read, and a user's text as the number that it means.

A number is never rounded by a `float`. Its text is never longer than what was written by more than a few digits: an
exponent (``1e-400000000``) is no reason to write out its zeros.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from podio.fields import MOST_DIGITS, decimal

LONGEST_READABLE = 29
"""Digits before the point up to which a number is written in groups; a longer one stays as it came."""

_SPACES = " \u00a0\u2009\u202f"
_FOLDED = str.maketrans(
    {**dict.fromkeys(_SPACES, " "), "\u2019": "'", "\u2212": "-", "\uff0c": ",", "\uff0e": ".", "\uff0d": "-"}
)
_POINT, _GROUP = "\u066b", "\u066c"
_DIGITS = rf"[0-9]{{1,{MOST_DIGITS}}}+"
_NUMBER = re.compile(rf"([+-]?) ?({_DIGITS}(?:[,.' {_POINT}{_GROUP}]{_DIGITS})*+|[,.{_POINT}]{_DIGITS})")
_EXPONENT = re.compile(r"([+-]?[0-9]{1,2})")
_GROUPED = re.compile(rf"[1-9][0-9]{{0,2}}(?:([,.' {_GROUP}])[0-9]{{3}})(?:\1[0-9]{{3}})*+")


def podio_number(raw: Any) -> Decimal | None:
    """Return a number of Podio's, exactly; None for what is none, or has hundreds of digits."""
    return decimal(raw.strip() if isinstance(raw, str) else raw)


def readable_number(raw: Any) -> Decimal | None:
    """Return a number of Podio's, unless it has so many digits that it is better read as it came."""
    value = podio_number(raw)
    return value if value is not None and value.adjusted() < LONGEST_READABLE else None


def number_text(raw: Any, decimals: int | None = None) -> str:
    """Write Podio's number, a string with four decimals, without the zeros that say nothing: ``6,513.51``."""
    value = readable_number(raw)
    if value is None:
        return _as_it_came(raw)
    if decimals is not None:
        return f"{value:,.{decimals}f}"
    return _without_zeros(f"{value:,f}")


def typed_form(raw: Any) -> str:
    """Write Podio's number as a form takes it: no groups, and never in a form that could mean two numbers."""
    value = podio_number(raw)
    return _as_it_came(raw) if value is None else _unambiguous(value)


def readings(written: str) -> Sequence[Decimal]:
    """Return what a typed text can mean: nothing, one number, or two where the locale alone would tell.

    A single comma or point before exactly three digits is a decimal sign to some and groups thousands for others:
    ``1.250``, ``3,141``. All other texts mean one number or none, whoever writes them.
    """
    mantissa, marker, exponent = _ascii_digits(written.strip()).translate(_FOLDED).lower().partition("e")
    found = _NUMBER.fullmatch(mantissa)
    if not found or (marker and not _EXPONENT.fullmatch(exponent)):
        return ()
    sign, digits = found.groups()
    meant = dict.fromkeys(f"{sign}{plain}e{exponent or 0}" for plain in _decimal_texts(digits))
    return tuple(value for plain in meant if (value := decimal(Decimal(plain))) is not None)


def written_number(label: str, written: str) -> str:
    """Return a typed number as Podio takes it.

    Raises:
        ValueError: for a text that is no number, or may mean either of two; the message is for the user.
    """
    found = readings(written)
    if not found:
        raise ValueError(f"{label} must be a number, such as 1250.50.")
    if len(found) > 1:
        meanings = " or ".join(_without_zeros(f"{value:f}") for value in found)
        forms = " or ".join(map(_unambiguous, found))
        raise ValueError(f"{label}: {written.strip()} can mean {meanings}. Type {forms}.")
    return f"{found[0]:f}"


def _as_it_came(raw: Any) -> str:
    return raw if isinstance(raw, str) else str(raw) if isinstance(raw, int | float | Decimal) else ""


def _ascii_digits(written: str) -> str:
    """Return the text with its decimal digits in ASCII, unless it mixes those of several scripts."""
    digits = {character: int(character) for character in written if character.isdecimal()}
    if len({ord(character) - digit for character, digit in digits.items()}) != 1:
        return written
    return written.translate({ord(character): str(digit) for character, digit in digits.items()})


def _decimal_texts(digits: str) -> list[str]:
    """Return the decimal texts that the digits of a number, with their separators, can stand for."""
    separators = [character for character in digits if not character.isdigit()]
    if not separators:
        return [digits]
    whole, point, fraction = digits.rpartition(separators[-1])
    meant = []
    # A decimal sign comes once, last, and differs from what groups the digits before it.
    if (
        point in (",", ".", _POINT)
        and point not in whole
        and (whole.isdigit() or not whole or _GROUPED.fullmatch(whole))
    ):
        meant.append(f"{_joined(whole) or 0}.{fraction}")
    if _GROUPED.fullmatch(digits) or (
        point in (",", ".") and len(whole) <= 3 and whole.isdigit() and len(fraction) == 3
    ):
        meant.append(_joined(digits))
    return meant


def _joined(digits: str) -> str:
    return "".join(character for character in digits if character.isdigit())


def _without_zeros(written: str) -> str:
    return written.rstrip("0").rstrip(".") if "." in written else written


def _unambiguous(value: Decimal) -> str:
    written = _without_zeros(f"{value:f}")
    whole, _, fraction = written.partition(".")
    return f"{written}0" if len(fraction) == 3 and len(whole.lstrip("-")) <= 3 else written
