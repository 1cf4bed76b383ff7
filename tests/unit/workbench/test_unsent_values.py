"""An item under the user's own changes: each type of field shows what was written into it."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.workbench.outbox.desk import Desk

from podio.fields import READ_ONLY, DateValue, Option, Text
from podio.model import App, AppField, Item
from workbench.field_ui import plain, show
from workbench.locales import ENGLISH
from workbench.outbox import Change, FieldEdit, Outbox, UpdateItem, add, is_same, values_of
from workbench.unsent_values import field_value, is_known, with_changes


def edited(item_id: int, **edits: FieldEdit) -> Outbox:
    return add(Outbox(), Change("0" * 32, 0, 0.0, UpdateItem(item_id, edits, 3)), 0.0)


async def test_every_field_of_the_sample_shows_what_it_holds_when_that_is_written_into_it(desk: Desk) -> None:
    types, known = set(), set()
    for app_id in range(31, 39):
        app = App.from_json(await desk.ada.request("GET", f"/app/{app_id}"))
        page = await desk.ada.request("POST", f"/item/app/{app_id}/filter/", body={"limit": 6})
        assert app is not None
        for found in page["items"]:
            item = Item.from_json(found)
            assert item is not None
            for value in item.fields.fields:
                field = next(field for field in app.fields if field.field_id == value.field_id)
                if field.type in READ_ONLY:
                    continue
                again = field_value(field, value.written())
                assert again is not None
                assert (again.type, again.label, len(again.values)) == (value.type, value.label, len(value.values))
                if field.type != "embed":
                    assert is_same(field.type, again.written(), value.written())
                if is_known(field, value.written()):
                    assert plain(show(again, field, ENGLISH)) == plain(show(value, field, ENGLISH))
                    known.add(field.type)
                types.add(field.type)
    assert len(types) >= 12
    assert known >= {"text", "number", "money", "progress", "duration", "date", "category", "phone", "email"}
    assert known.isdisjoint({"contact", "app", "image", "embed", "location"})


def a_field(kind: str, **settings: Any) -> AppField:
    field = AppField.from_json(
        {"field_id": 1, "external_id": "it", "type": kind, "label": "It", "config": {"settings": settings}}
    )
    assert field is not None
    return field


@pytest.mark.parametrize("empty", [None, "", []])
def test_what_was_cleared_shows_nothing(empty: Any) -> None:
    assert field_value(a_field("text"), empty) is None


def test_an_option_is_shown_by_its_text_and_one_that_is_gone_by_dots() -> None:
    field = a_field("category", options=[{"id": 2, "text": "Won", "status": "active"}])
    won, field_values = field_value(field, [2]), field_value(field, 7)
    assert won is not None
    assert field_values is not None
    assert [option.text for option in won.of(Option)] == ["Won"]
    assert [option.text for option in field_values.of(Option)] == ["…"]


def test_what_is_cleared_is_known_and_a_name_that_podio_looks_up_is_not() -> None:
    field = a_field("category", options=[{"id": 2, "text": "Won", "status": "active"}])
    assert is_known(a_field("contact"), [])
    assert not is_known(a_field("contact"), [5])
    assert [is_known(field, written) for written in ([2], [2, 7])] == [True, False]


def test_a_date_is_shown_as_it_was_written() -> None:
    value = field_value(a_field("date"), {"start_date": "2026-11-30", "start_time": "10:00:00"})
    assert value is not None
    assert str(value.of(DateValue)[0].start) == "2026-11-30 10:00:00"


ITEM = Item.from_json(
    {
        "item_id": 9,
        "app": {"app_id": 7},
        "fields": [
            {"field_id": 1, "external_id": "name", "type": "text", "label": "Name", "values": [{"value": "Hopper"}]},
            {"field_id": 2, "external_id": "size", "type": "number", "label": "Size", "values": [{"value": "12.0000"}]},
        ],
    }
)
APP = App.from_json(
    {
        "app_id": 7,
        "fields": [
            {"field_id": 1, "external_id": "name", "type": "text", "label": "Name", "status": "active"},
            {"field_id": 2, "external_id": "size", "type": "number", "label": "Size", "status": "active"},
            {"field_id": 3, "external_id": "note", "type": "text", "label": "Note", "status": "active"},
        ],
    }
)


def test_an_item_is_shown_under_the_users_changes_in_the_apps_order() -> None:
    assert ITEM is not None
    assert APP is not None
    outbox = edited(
        9,
        note=FieldEdit("text", "New", None),
        name=FieldEdit("text", "Grace", "Hopper"),
        size=FieldEdit("number", [], "12"),
    )
    shown_item = with_changes(ITEM, APP, outbox)
    assert [(value.label, value.value) for value in shown_item.fields.fields] == [
        ("Name", Text(value="Grace")),
        ("Note", Text(value="New")),
    ]
    assert values_of(shown_item.fields)["name"] == "Grace"
    assert with_changes(ITEM, APP, edited(8, name=FieldEdit("text", "Grace", "Hopper"))) is ITEM
