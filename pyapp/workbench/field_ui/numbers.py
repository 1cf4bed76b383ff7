"""Numbers: Podio's as a text to read, and a user's text as the number that it means where they live.

A number is never rounded by a `float`. Its text is never longer than what was written by more than a few digits: an
exponent (``1e-400000000``) is no reason to write out its zeros.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any, NamedTuple

from podio.fields import MOST_DIGITS, decimal
from podio.model import AppField
from workbench.field_ui.controls import Complaint, Control, FieldUI, Parts, Reading, main_control
from workbench.field_ui.pieces import Figure, Piece
from workbench.locales import Locale, ascii_digits
from workbench.names import name_of

LONGEST_READABLE = 29
"""Digits before the point up to which a number is written in groups; a longer one stays as it came."""

_LARGEST_EXPONENT = 20
_MOST_DECIMALS = 4
_SPACES = " \u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_FOLDED = str.maketrans(
    {**dict.fromkeys(_SPACES, " "), "\u2019": "'", "\u2212": "-", "\uff0c": ",", "\uff0e": ".", "\uff0d": "-"}
)
_POINT, _GROUP = "\u066b", "\u066c"
_DIGITS = rf"[0-9]{{1,{MOST_DIGITS}}}+"
_NUMBER = re.compile(rf"([+-]?) ?({_DIGITS}(?:[,.' {_POINT}{_GROUP}]{_DIGITS})*+|[,.{_POINT}]{_DIGITS})")
_EXPONENT = re.compile(r"[+-]?[0-9]{1,2}")
_SIGNS = rf"[,.' {_GROUP}]"
_GROUPED = re.compile(rf"[1-9][0-9]{{0,2}}({_SIGNS})[0-9]{{3}}(?:\1[0-9]{{3}})*+")
_PAIRED = re.compile(rf"[1-9][0-9]?({_SIGNS})(?:[0-9]{{2}}\1)*+[0-9]{{3}}")
_UNIT_IN_BRACKETS = re.compile(r"[(\[]\s*+(?:in\s++)?([^()\[\]]++)[)\]]")


class Number(NamedTuple):
    """A number that was read; ``note`` says it again where the text could mean another."""

    value: Decimal
    note: str


def readable_number(raw: Any) -> Decimal | None:
    """Return a number of Podio's, unless it has so many digits that it is better read as it came."""
    value = _podio_number(raw)
    return value if value is not None and value.adjusted() < LONGEST_READABLE else None


def number_text(raw: Any, locale: Locale, decimals: int | None = None) -> str:
    """Write Podio's number, a string with four decimals, without the zeros that say nothing: ``6,513.51``."""
    value = readable_number(raw)
    if value is None:
        return _as_it_came(raw)
    return localized(f"{value:,.{decimals}f}" if decimals is not None else without_zeros(f"{value:,f}"), locale)


def localized(text: str, locale: Locale) -> str:
    """Write a number as Python groups it (``6,513.51``) in the signs and digits of a locale."""
    integer, point, fraction = text.partition(".")
    if locale.has_pairs and "," in integer:
        sign, digits = ("-", integer[1:]) if integer.startswith("-") else ("", integer)
        first, last = digits.replace(",", "")[:-3], digits[-3:]
        pairs = [first[max(0, end - 2) : end] for end in range(len(first), 0, -2)]
        integer = sign + ",".join((*reversed(pairs), last))
    return locale.own_digits(f"{integer.replace(',', locale.group)}{locale.decimal if point else ''}{fraction}")


def typed_form(raw: Any, locale: Locale) -> str:
    """Write Podio's number as a form takes it: in the locale's signs, without groups."""
    value = _podio_number(raw)
    return _as_it_came(raw) if value is None else localized(without_zeros(f"{value:f}"), locale)


def read_number(text: str, locale: Locale, *, has_decimals: bool = True) -> Number | None:
    """Return what a typed text means in a locale; None where it is no number.

    A single comma or point before exactly three digits is a decimal sign to some and groups thousands for others:
    ``1.250``, ``3,141``. The locale decides then. All other texts mean one number or none, whoever writes them.

    Args:
        text: What was typed.
        locale: The user's.
        has_decimals: False for amounts of a currency that has none: what can be groups is groups then.
    """
    mantissa, marker, exponent = folded(text).lower().partition("e")
    match = _NUMBER.fullmatch(mantissa)
    if not match or (marker and not (_EXPONENT.fullmatch(exponent) and abs(int(exponent)) <= _LARGEST_EXPONENT)):
        return None
    sign, digits = match.groups()
    separators = [character for character in digits if not character.isdigit()]
    with_decimals, without_decimals = (
        None if plain is None else decimal(Decimal(f"{sign}{plain}e{exponent or 0}"))
        for plain in _meanings(digits, separators, locale)
    )
    own_sign = locale.decimal if locale.decimal in (",", ".") else "."
    last = separators[-1] if separators else ""
    prefers_decimals = bool(marker) or (has_decimals and last == own_sign)
    is_ambiguous = with_decimals is not None and without_decimals is not None
    value = with_decimals if without_decimals is None or (is_ambiguous and prefers_decimals) else without_decimals
    if value is None:
        return None
    podio_value = _as_podio_keeps_it(value)
    note = typed_form(podio_value, locale)
    if podio_value != value:
        return Number(podio_value, f"{note} (Podio keeps four decimals)")
    if is_ambiguous and value is with_decimals:
        return Number(value, f"{note} (not {typed_form(without_decimals, locale)})")
    # One reading alone, but not by the signs of this locale.
    is_foreign = last in (",", ".") and separators and (last == own_sign) == (value is without_decimals)
    return Number(value, note if is_ambiguous or is_foreign or marker else "")


def _as_podio_keeps_it(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or exponent >= -_MOST_DECIMALS:
        return value
    with localcontext(prec=3 * MOST_DIGITS):
        return value.quantize(Decimal(1).scaleb(-_MOST_DECIMALS), ROUND_HALF_UP)


def folded(text: str) -> str:
    """Return a typed text with its digits, spaces and signs in one form each."""
    return ascii_digits(text.translate(_FOLDED).strip())


def without_zeros(text: str) -> str:
    """Return a number's text without the zeros at its end that say nothing."""
    return text.rstrip("0").rstrip(".") if "." in text else text


def no_number() -> Complaint:
    """Return the complaint about what is no number."""
    return Complaint("Enter a number.")


def _podio_number(raw: Any) -> Decimal | None:
    return decimal(raw.strip() if isinstance(raw, str) else raw)


def _as_it_came(raw: Any) -> str:
    return raw if isinstance(raw, str) else str(raw) if isinstance(raw, int | float | Decimal) else ""


def _meanings(digits: str, separators: list[str], locale: Locale) -> tuple[str | None, str | None]:
    """Return what the digits of a number stand for with a decimal sign, and without: in groups, or whole."""
    if not separators:
        return None, digits
    integer, point, fraction = digits.rpartition(separators[-1])
    with_decimals = without_decimals = None
    # A decimal sign comes once, last, and differs from what groups the digits before it.
    if (
        point in (",", ".", _POINT)
        and point not in integer
        and (integer.isdigit() or not integer or _is_grouped(integer, locale))
    ):
        with_decimals = f"{_without_separators(integer) or 0}.{fraction}"
    if _is_grouped(digits, locale):
        without_decimals = _without_separators(digits)
    return with_decimals, without_decimals


def _is_grouped(digits: str, locale: Locale) -> bool:
    return bool(_GROUPED.fullmatch(digits) or (locale.has_pairs and _PAIRED.fullmatch(digits)))


def _without_separators(digits: str) -> str:
    return "".join(character for character in digits if character.isdigit())


def _without_unit(text: str, field: AppField) -> str:
    """Return a text without the unit after it, if that is the field's own, or its label names it."""
    text = text.rstrip()
    for unit in _units(field):
        number = text.removesuffix(unit).rstrip()
        # A per cent may be a hundredth to whoever typed it; what begins with a digit belongs to the number.
        if unit and len(number) < len(text) and number[-1:].isdecimal() and (unit[0].isalpha() or unit[0] == "\u00b0"):
            return number
    return text


def _units(field: AppField) -> set[str]:
    label = name_of(field)
    units = {field.unit, *(unit.strip() for unit in _UNIT_IN_BRACKETS.findall(label))}
    before, *last = label.rsplit(None, 1)
    # "Length in mm" and "Power W" name a unit; the "in" of "Check in" is none.
    return units | ({last[0]} if before and last and last[0] != "in" else set())


def _show(value: Decimal, field: AppField | None, locale: Locale) -> Piece:
    return Figure(text=number_text(value, locale, field.decimals if field else None))


def _edit(field: AppField, values: tuple[Decimal, ...], locale: Locale) -> tuple[Control, ...]:
    return (main_control(field, typed_form(values[0], locale) if values else "", mode="decimal"),)


def _read(texts: Parts, field: AppField, values: tuple[Decimal, ...], locale: Locale) -> Reading:
    number = read_number(texts[""], locale) or read_number(_without_unit(texts[""], field), locale)
    if number is None:
        raise no_number()
    return Reading(value=number.value, note=number.note)


NUMBER = FieldUI(show=_show, edit=_edit, read=_read, icon="M6.5 2 5 14M11 2 9.5 14M3 5.5h11M2 10.5h11")
