"""The user's locale as a value: how numbers and dates are written where the browser is set to.

The browser's ``Intl`` says it once (``web/tabs.js``); all that shows or reads a number or a date takes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from podio.json_text import parse_object

ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ASCII = "0123456789"
_DATE_PARTS = ("day", "month", "year")
_BIDI = dict.fromkeys(map(ord, "\u061c\u200e\u200f\u2066\u2067\u2068\u2069"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Locale:
    """How numbers and dates are written; by default as in the United States.

    Attributes:
        decimal: The sign before a number's decimals.
        group: The sign between the groups of a number's digits.
        has_pairs: Whether the digits beyond the thousands are grouped in twos, as in India.
        digits: The ten digits.
        currency_first: Whether the sign of a currency stands before the amount.
        months: The months' short names; numbers where dates are written without names.
        date_pattern: A date, with ``{day}``, ``{month}`` and ``{year}``.
    """

    decimal: str = "."
    group: str = ","
    has_pairs: bool = False
    digits: str = _ASCII
    currency_first: bool = True
    months: tuple[str, ...] = ENGLISH_MONTHS
    date_pattern: str = "{month} {day}, {year}"

    @property
    def date_order(self) -> str:
        """The order of a date's parts: ``dmy``, ``mdy``, ``ymd`` and so on."""
        return "".join(sorted("dmy", key=lambda part: self.date_pattern.find(f"{{{part}")))

    def own_digits(self, text: str) -> str:
        """Write a text's ASCII digits in the locale's."""
        return text if self.digits == _ASCII else text.translate(str.maketrans(_ASCII, self.digits))


ENGLISH = Locale()
"""The locale where the browser says nothing."""


def ascii_digits(text: str) -> str:
    """Return a text without marks of direction, its digits in ASCII unless it mixes those of several scripts."""
    text = text.translate(_BIDI)
    digits = {character: int(character) for character in text if character.isdecimal()}
    if len({ord(character) - digit for character, digit in digits.items()}) != 1:
        return text
    return text.translate({ord(character): str(digit) for character, digit in digits.items()})


def read_locale(text: str) -> Locale:
    """Make a locale of what the browser writes; whatever of it is missing or odd is as by default.

    Args:
        text: JSON: ``number``, ``money``, ``date`` with the parts (type and text) of 1234567.8, of an amount in euros
            and of a date with its month's short name; the ten ``digits``, and the short names of the twelve ``months``.
    """
    json = parse_object(text)
    fields: dict[str, Any] = {}
    number, signs = list(_parts(json.get("number"))), dict(_parts(json.get("number")))
    lengths = [len(part) for kind, part in number if kind == "integer"]
    if all(len(signs.get(kind, "")) == 1 for kind in ("decimal", "group")) and signs["decimal"] != signs["group"]:
        fields |= {"decimal": signs["decimal"], "group": signs["group"], "has_pairs": lengths[-2:] == [2, 3]}
    digits = json.get("digits")
    if isinstance(digits, str) and [int(digit) for digit in digits if digit.isdecimal()] == list(range(len(digits))):
        fields |= {"digits": digits} if len(digits) == len(_ASCII) else {}
    kinds = [kind for kind, _ in _parts(json.get("money"))]
    if {"currency", "integer"} <= set(kinds):
        fields["currency_first"] = kinds.index("currency") < kinds.index("integer")
    months = [name for name in _list(json.get("months")) if isinstance(name, str) and name]
    date = [f"{{{kind}}}" if kind in _DATE_PARTS else part for kind, part in _parts(json.get("date"))]
    if all(date.count(f"{{{kind}}}") == 1 for kind in _DATE_PARTS) and len(months) == len(ENGLISH_MONTHS):
        fields |= {"date_pattern": "".join(date), "months": tuple(name.translate(_BIDI) for name in months)}
    return Locale(**fields)


def _parts(parts: object) -> Iterator[tuple[str, str]]:
    for part in _list(parts):
        if isinstance(part, list) and len(part) == 2 and all(isinstance(text, str) for text in part):
            yield part[0], part[1].translate(_BIDI)


def _list(json: object) -> list[Any]:
    return json if isinstance(json, list) else []
