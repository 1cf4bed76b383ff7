"""Podio's answers taken apart."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench import podio_shapes as shapes

KEYS = [
    "app_id",
    "item_id",
    "org_id",
    "space_id",
    "spaces",
    "fields",
    "values",
    "config",
    "settings",
    "options",
    "name",
    "title",
    "user",
    "profile",
    "user_id",
    "rights",
    "tags",
    "files",
    "revision",
    "current_revision",
    "items",
    "filtered",
    "comment_id",
    "value",
    "field_id",
    "type",
    "color",
    "id",
    "text",
    "created_on",
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
    max_leaves=25,
)


@given(JSON)
def test_no_shape_of_an_answer_raises(answer: Any) -> None:
    shapes.person(answer)
    shapes.organizations(answer)
    shapes.apps(answer)
    shapes.app(answer)
    shapes.item(answer, 7)
    shapes.items_page(answer, 7, 0)
    shapes.comments(answer)


def test_names_lose_one_layer_of_html_entities() -> None:
    assert shapes.name("R&amp;D") == "R&D"
    assert shapes.name("&amp;lt;b&amp;gt;") == "&lt;b&gt;"


def test_an_app_s_token_is_not_taken_over() -> None:
    app = shapes.app({"app_id": 7, "token": "a-credential", "config": {"name": "Leads"}})
    assert "a-credential" not in repr(app)


def test_fields_come_in_the_app_s_order_without_hidden_and_deleted_ones() -> None:
    fields = [
        {"field_id": 1, "type": "text", "config": {"delta": 2, "label": "Second"}},
        {"field_id": 2, "type": "tel", "config": {"delta": 1, "label": "First"}},
        {"field_id": 3, "type": "text", "status": "deleted", "config": {"delta": 0}},
        {"field_id": 4, "type": "text", "config": {"delta": 0, "hidden": True}},
    ]
    app = shapes.app({"app_id": 7, "fields": fields})
    assert app is not None
    assert [(field.label, field.type) for field in app.fields] == [("First", "phone"), ("Second", "text")]


@pytest.mark.parametrize("written", ["2026-11-21T08:00:00Z", "2026-13-21 08:00:00", "", None, 5])
def test_a_time_that_is_none_is_none(written: Any) -> None:
    assert shapes.moment(written) is None


def test_podio_s_times_are_utc() -> None:
    assert shapes.moment("2026-11-21 08:00:00") == datetime(2026, 11, 21, 8, tzinfo=UTC)


def test_an_item_says_who_changed_it_last() -> None:
    item = shapes.item(
        {
            "item_id": 9,
            "current_revision": {"revision": 4, "created_by": {"name": "Grace"}, "created_on": "2026-11-21 08:00:00"},
        }
    )
    assert item is not None
    assert (item.revision, item.changed.name) == (4, "Grace")


def test_an_item_without_a_title_has_a_name_all_the_same() -> None:
    item = shapes.item({"item_id": 9, "app_item_id": 2, "title": ""})
    assert item is not None
    assert item.title == "Item 2 (no title)"
