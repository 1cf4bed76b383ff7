"""The user's locale as a value."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.unit.workbench.intl import LOCALES

from workbench.locales import ENGLISH, ascii_digits, read_locale


def test_what_the_browser_says_of_the_united_states_is_the_default() -> None:
    assert LOCALES["en-US"] == ENGLISH


def test_the_signs_of_a_number_are_the_browser_s() -> None:
    signs = {tag: (locale.decimal, locale.group) for tag, locale in LOCALES.items()}
    assert signs["da"] == (",", ".")
    assert signs["fr"] == (",", "\u202f")
    assert signs["ar-EG"] == ("\u066b", "\u066c")
    assert LOCALES["ar-EG"].digits == "\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669"
    assert [tag for tag, locale in LOCALES.items() if locale.has_pairs] == ["en-IN"]


def test_the_order_of_a_date_is_the_browser_s() -> None:
    orders = {tag: LOCALES[tag].date_order for tag in ("en-US", "da", "ja", "ar-EG")}
    assert orders == {"en-US": "mdy", "da": "dmy", "ja": "ymd", "ar-EG": "dmy"}


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"number": [("integer", "1234567"), ("decimal", "."), ("fraction", "8")]},
        {"number": [("group", ","), ("decimal", ",")]},
        {"digits": "01234"},
        {"digits": ["0"] * 10},
        {"number": None, "money": "€1", "date": [["day"], 1, None, ["day", 1]], "months": [None] * 12},
        {"months": 5},
        [],
        None,
        {"digits": "abcdefghij"},
        {"date": [("literal", "Today")], "months": ["Jan"] * 12},
        {"date": [("day", "1"), ("month", "1"), ("year", "1")], "months": ["Jan"]},
    ],
)
def test_what_a_browser_says_oddly_is_left_at_the_default(odd: dict[str, Any]) -> None:
    assert read_locale(json.dumps(odd)) == ENGLISH


def test_digits_of_one_script_become_ascii_and_those_of_several_stay() -> None:
    assert ascii_digits("\u200f\u0661\u0662") == "12"
    assert ascii_digits("1\u0662") == "1\u0662"


@pytest.mark.parametrize("text", ["", "{", "1e999", '"da"', "[" * 2000])
def test_what_is_no_json_is_the_default(text: str) -> None:
    assert read_locale(text) == ENGLISH
