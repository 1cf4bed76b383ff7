"""Items as text."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podio._cli.export import Format, as_text, writer
from podio.model import App


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "=cmd|'/c calc'!A1",
        "+1+1",
        "-1+1",
        "-2+3+cmd",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "-",
        "+",
        "=",
        "--1",
        "-A1",
        "+SUM(1)",
    ],
)
def test_a_text_that_a_spreadsheet_takes_for_a_formula_gets_an_apostrophe(text: str) -> None:
    assert as_text(text) == f"'{text}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Lamps",
        "-5",
        "+5",
        "-5.25",
        "-1,234.50 EUR",
        "-12 %",
        "+45 86 12 40 11",
        "+1 (555) 010-9999",
        "'=1",
        "a=b",
        " =1",
        "3-2",
    ],
)
def test_numbers_phones_and_other_texts_stay_as_they_are(text: str) -> None:
    assert as_text(text) == text


def app(*fields: dict[str, Any]) -> App:
    app = App.from_json({"app_id": 1, "config": {"name": "A"}, "fields": list(fields)})
    assert app is not None
    return app


FIELDS = (
    {
        "field_id": 1,
        "external_id": "title",
        "type": "text",
        "label": "=Title",
        "config": {"label": "=Title", "delta": 0},
    },
    {"field_id": 2, "external_id": "tags", "type": "tag", "label": "Tags", "config": {"label": "Tags", "delta": 1}},
    {"field_id": 3, "external_id": "=x", "type": "number", "label": "X", "config": {"label": "X", "delta": 2}},
)


def exported(form: Format, *items: dict[str, Any], exact: bool = False) -> str:
    text = writer(form, app(*FIELDS), exact=exact)
    return "".join([text.begin(), *(text.item(item) for item in items), text.end()])


def test_a_column_is_named_by_the_external_id_and_none_twice() -> None:
    (header,) = csv.reader(io.StringIO(exported("csv")))
    assert header[:6] == ["item_id", "app_item_id", "item_external_id", "title", "tags (field)", "'=x"]
    assert len(set(header)) == len(header)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\x00")))
def test_any_text_comes_back_from_the_csv(text: str) -> None:
    item = {
        "item_id": 7,
        "external_id": text,
        "fields": [{"field_id": 1, "type": "text", "values": [{"value": "a\nb"}]}],
    }
    _, row = csv.reader(io.StringIO(exported("csv", item, exact=True), newline=""))
    assert row[2] == text
    assert row[3] == "a b"


def test_items_without_fields_or_id_do_no_harm() -> None:
    rows = list(
        csv.reader(io.StringIO(exported("csv", {"item_id": 7}, {"title": "no id"}, {"item_id": 8, "fields": None})))
    )
    assert [row[0] for row in rows] == ["item_id", "7", "8"]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_json_is_one_array_and_jsonl_a_line_for_each(count: int) -> None:
    items = [{"item_id": number, "title": "雲\u2028\n\x1b"} for number in range(count)]
    assert json.loads(exported("json", *items)) == items
    lines = exported("jsonl", *items).split("\n")
    assert [json.loads(line) for line in lines[:-1]] == items
    assert lines[-1] == ""
