"""Money: an amount, and its currency from the choice beside it or out of the text itself (``¥1,000``, ``5 EUR``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from podio.fields import Money
from podio.model import AppField
from workbench.field_ui.controls import Complaint, Control, FieldUI, Parts, Reading, main_control, part_control
from workbench.field_ui.numbers import (
    folded,
    localized,
    no_number,
    number_text,
    read_number,
    readable_number,
    typed_form,
    without_zeros,
)
from workbench.field_ui.pieces import Figure, Piece
from workbench.locales import Locale

_SHOWN = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥"}
_CURRENCIES: Mapping[str, tuple[str, ...]] = {
    "€": ("EUR",),
    "$": ("USD", "AUD", "CAD", "HKD", "MXN", "NZD", "SGD"),
    "US$": ("USD",),
    "£": ("GBP",),
    "¥": ("JPY", "CNY"),
    "￥": ("JPY", "CNY"),
    "円": ("JPY",),
    "元": ("CNY",),
    "kr": ("DKK", "NOK", "SEK", "ISK"),
    "kr.": ("DKK", "NOK", "SEK", "ISK"),
    "Fr.": ("CHF",),
    "R$": ("BRL",),
    "₹": ("INR",),
    "₩": ("KRW",),
    "₽": ("RUB",),
    "₺": ("TRY",),
    "₪": ("ILS",),
    "₫": ("VND",),
    "฿": ("THB",),
    "zł": ("PLN",),
    "Kč": ("CZK",),
    "Ft": ("HUF",),
}
_CODES = {code for codes in _CURRENCIES.values() for code in codes}
_WITHOUT_DECIMALS = {"CLP", "ISK", "JPY", "KRW", "VND"}
_DEFAULT = "EUR"
_BEGINS_NUMBER = ".,\u066b"


def money_text(raw: Any, currency: str, locale: Locale) -> str:
    """Write an amount with its currency, and its decimals: two where the currency has any, or as many as there are."""
    value = readable_number(raw)
    if value is None:
        amount = number_text(raw, locale)
    else:
        integer, _, fraction = without_zeros(f"{value:,f}").partition(".")
        fraction = fraction.ljust(0 if currency in _WITHOUT_DECIMALS else 2, "0")
        amount = localized(f"{integer}.{fraction}" if fraction else integer, locale)
    symbol = _SHOWN.get(currency)
    if not symbol:
        return f"{amount} {currency}".strip()
    if not locale.currency_first:
        return f"{amount}\u00a0{symbol}"
    return f"-{symbol}{amount[1:]}" if amount.startswith("-") else f"{symbol}{amount}"


def _show(value: Money, field: AppField | None, locale: Locale) -> Piece:
    return Figure(text=money_text(value.amount, value.currency, locale))


def _edit(field: AppField, values: tuple[Money, ...], locale: Locale) -> tuple[Control, ...]:
    amount = typed_form(values[0].amount, locale) if values else ""
    currency = values[0].currency if values else next(iter(field.currencies), _DEFAULT)
    codes = dict.fromkeys((*field.currencies, currency))
    choice = part_control(field, "currency", currency, kind="choice")
    return main_control(field, amount, mode="decimal"), replace(choice, choices=tuple((code, code) for code in codes))


def _read(texts: Parts, field: AppField, values: tuple[Money, ...], locale: Locale) -> Reading:
    currency_choice = texts["currency"]
    if values and texts[""] == typed_form(values[0].amount, locale):
        # Untouched beside a currency that was changed: as Podio has it.
        return Reading(value=Money(amount=values[0].amount, currency=currency_choice))
    text, symbol = _split(texts[""])
    currency = _currency(symbol, currency_choice, field) if symbol else currency_choice
    number = read_number(text, locale, has_decimals=currency not in _WITHOUT_DECIMALS)
    if number is None:
        raise no_number()
    note = (
        number.note if currency == currency_choice else f"{number.note or typed_form(number.value, locale)} {currency}"
    )
    return Reading(value=Money(amount=number.value, currency=currency), note=note)


def _split(text: str) -> tuple[str, str]:
    """Return an amount and the sign or code of the currency before or after it, empty where there is none."""
    text = folded(text)
    sign, text = (text[0], text[1:].lstrip()) if text[:1] in ("-", "+") else ("", text)
    start, end = 0, len(text)
    while start < end and not (text[start].isdecimal() or text[start] in _BEGINS_NUMBER or text[start] in "+-"):
        start += 1
    while end > start and not text[end - 1].isdecimal():
        end -= 1
    before, after = text[:start].strip(), text[end:].strip()
    if bool(before) == bool(after):
        return f"{sign}{text}", ""
    return f"{sign}{text[start:end]}", before or after


def _currency(symbol: str, currency_choice: str, field: AppField) -> str:
    """Return the currency that a sign or a code means in a field."""
    allowed = field.currencies
    codes = _CURRENCIES.get(symbol) or (
        (symbol.upper(),) if symbol.upper() in {*allowed, currency_choice, *_CODES} else ()
    )
    if not codes:
        raise no_number()
    matches = [code for code in codes if not allowed or code in allowed]
    if currency_choice in matches:
        return currency_choice
    if not matches:
        raise Complaint(f"Enter an amount in {', '.join(allowed)}: {symbol} is none of these.")
    if allowed and len(matches) > 1:
        raise Complaint(f"Choose which currency {symbol} is.", "currency")
    return matches[0]


MONEY = FieldUI(show=_show, edit=_edit, read=_read, icon="M8 1.5v13M11 5C10 3 5 3 5 5.5S11 8 11 10.5 6 13 5 11")
