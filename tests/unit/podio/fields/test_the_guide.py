"""docs/field-values.md: its examples run, and its table names every type."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from podio.fields import Money
from tests.unit.podio.fields.shapes import EXAMPLES, PERSON

GUIDE = (Path(__file__).resolve().parents[4] / "docs" / "field-values.md").read_text(encoding="utf-8")
OPTIONS = [{"id": 1, "text": "To do", "status": "active"}, {"id": 2, "text": "In progress", "status": "active"}]
KINDS = {
    "title": "text",
    "budget": "money",
    "due-date": "date",
    "status": "category",
    "responsible": "contact",
    "time-spent": "duration",
}
APP = {
    "fields": [
        {"field_id": number, "external_id": name, "type": kind, "config": {"settings": {"options": OPTIONS}}}
        for number, (name, kind) in enumerate(KINDS.items(), start=41)
    ]
}
VALUES: dict[str, list[Any]] = {
    "title": [{"value": "Harbour"}],
    "budget": [{"value": "541.9870", "currency": "EUR"}],
    "due-date": [{"start": "2026-11-30 00:00:00", "start_date": "2026-11-30", "start_time": None}],
    "status": [{"value": OPTIONS[0]}],
    "responsible": [{"value": PERSON}],
}
ITEM = {"fields": [field | {"values": VALUES[field["external_id"]]} for field in APP["fields"][:5]]}


def test_the_guides_examples_run_and_give_what_they_say() -> None:
    names: dict[str, Any] = {"item": ITEM, "app": APP}
    for block in re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL):
        exec(compile(block, "docs/field-values.md", "exec"), names)
    assert (names["title"], names["due"], names["notes"]) == ("Harbour", date(2026, 11, 30), None)
    assert names["budget"] == Money(amount=Decimal("541.9870"), currency="EUR")
    assert (names["status"], names["people"]) == (["To do"], ["Foo &amp; Bar"])
    assert names["fields"] == {
        "title": "Harbour lights",
        "budget": {"value": "541.99", "currency": "EUR"},
        "due-date": {"start_date": "2026-11-30"},
        "status": [2],
        "time-spent": 5400,
        "responsible": [],
    }
    assert names["copy"]["fields"]["responsible"] == [140798621]


def test_the_guides_table_names_every_type() -> None:
    table = GUIDE[GUIDE.index("| type |") :]
    types = {kind for kind, *_ in EXAMPLES if kind != "hologram"} | {"calculation", "separator"}
    assert {kind for kind in types if not re.search(rf"^\|[^|]*\b{kind}\b", table, re.MULTILINE)} == set()
