"""When two values of a field are the same, and what an item holds."""

from __future__ import annotations

from typing import Any

import pytest

from podio.fields import item_values
from workbench.outbox import is_same, values_of


@pytest.mark.parametrize(
    ("field_type", "first", "second"),
    [
        ("number", "12.5", "12.5000"),
        ("number", 12, [{"value": "12.0000"}]),
        ("money", {"value": "5", "currency": "EUR"}, {"value": "5.0000", "currency": "EUR"}),
        ("progress", 40, [{"value": 40}]),
        ("duration", 90, "90"),
        ("text", "one\ntwo", {"value": "one\r\ntwo", "format": "markdown"}),
        ("text", None, []),
        ("text", "", None),
        ("category", [2, 1], [1, 2]),
        ("contact", [5], [{"value": {"profile_id": 5, "name": "Ada"}}]),
        ("date", {"start": "2026-12-11 23:00:00"}, {"start_date": "2026-12-11", "start_time": "23:00:00"}),
        ("date", {"start_date": "2026-12-11", "end_date": None}, {"start_date": "2026-12-11"}),
        ("location", "Aarhus", {"value": "Aarhus", "city": "Aarhus", "lat": 56.1}),
        ("unheard_of", {"a": [1]}, {"a": [1]}),
    ],
)
def test_values_are_the_same_however_they_are_written(field_type: str, first: Any, second: Any) -> None:
    assert is_same(field_type, first, second)
    assert is_same(field_type, second, first)


@pytest.mark.parametrize(
    ("field_type", "first", "second"),
    [
        ("number", "12.5", "12.51"),
        ("number", "0", None),
        ("money", {"value": "5", "currency": "EUR"}, {"value": "5", "currency": "USD"}),
        ("text", "one", "One"),
        ("category", [1], [1, 2]),
        ("email", [{"type": "work", "value": "a@b.c"}], [{"type": "home", "value": "a@b.c"}]),
        ("date", {"start_date": "2026-12-11"}, {"start_date": "2026-12-12"}),
        ("number", object(), "5"),
    ],
)
def test_other_values_are_not(field_type: str, first: Any, second: Any) -> None:
    assert not is_same(field_type, first, second)


def test_an_item_holds_its_values_by_external_id_and_by_id_in_the_form_in_which_they_are_written() -> None:
    fields = [
        {"field_id": 1, "external_id": "title", "type": "text", "values": [{"value": "Lamp"}]},
        {"field_id": 2, "type": "number", "values": [{"value": "12.5000"}]},
        {"field_id": 3, "external_id": "sum", "type": "calculation", "values": [{"value": "1.0000"}]},
    ]
    assert values_of(item_values({"fields": fields})) == {"title": "Lamp", "1": "Lamp", "2": "12.5000"}
