"""What things are called."""

from __future__ import annotations

from typing import Any

import pytest

from podio.fields import read_field
from podio.model import App, AppField, File, Item, Organization, Space, User
from workbench.names import item_name, name_of


@pytest.mark.parametrize(
    ("kind", "answer", "name"),
    [
        (User, {"user_id": 1}, "User 1"),
        (User, {"user": {"user_id": 1, "mail": "a@b.c"}}, "a@b.c"),
        (Organization, {"org_id": 1, "name": "A &amp; B"}, "A & B"),
        (Organization, {"org_id": 1, "name": None}, "Organization 1"),
        (Space, {"space_id": 1}, "Workspace 1"),
        (App, {"app_id": 1}, "App 1"),
        (AppField, {"field_id": 1}, "Field 1"),
        (Item, {"item_id": 9, "title": "R&amp;D"}, "R&D"),
        (Item, {"item_id": 9, "app_item_id": 2, "title": ""}, "Item 2 (no title)"),
        (Item, {"item_id": 9, "title": {"odd": 1}}, "Item 9 (no title)"),
        (File, {"file_id": 1}, "File 1"),
    ],
)
def test_each_thing_has_a_name_even_where_podio_has_none(kind: Any, answer: Any, name: str) -> None:
    assert name_of(kind.from_json(answer)) == name


def test_a_value_is_called_after_its_field() -> None:
    assert name_of(read_field({"field_id": 1, "label": "R&amp;D"})) == "R&D"
    assert name_of(read_field({"field_id": 1, "label": 5})) == "Field 1"


def test_an_app_s_items_are_called_items_where_the_app_says_nothing_else() -> None:
    assert [item_name(App(app_id=1, item_name=name)) for name in ("Lead", "")] == ["Lead", "Item"]
