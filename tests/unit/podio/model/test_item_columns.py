"""A page of items as columns: the same by msgspec, by json, and by the model's items."""

from __future__ import annotations

import copy
import json
import sys
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import podio.model
from podio.fields import EMPTY_CELL, Cell, column_of
from podio.json_text import MAX_NESTING
from podio.model import App, AppField, ItemColumns, ItemsPage, _item_columns, read_item_columns
from tests.unit.podio.fields.shapes import EXAMPLES
from tests.unit.podio.model import answers

FIELDS = tuple(AppField(field_id=number, type=kind) for number, (kind, *_) in enumerate(EXAMPLES, start=1))
STATUS = AppField.from_json(answers.FIELDS[0])
assert STATUS is not None


def item_of_all_types(**changes: Any) -> dict[str, Any]:
    fields = [
        {"field_id": number, "type": kind, "values": values}
        for number, (kind, values, *_) in enumerate(EXAMPLES, start=1)
    ]
    return answers.WHOLE_ITEM | {"fields": fields} | changes


def page(*items: Any, **more: Any) -> bytes:
    return json.dumps({"total": 9, "filtered": 5, "items": list(items)} | more).encode()


def by_json(content: bytes, fields: Any = FIELDS) -> ItemColumns:
    return _item_columns._columns(_item_columns._decoded_by_json(content), fields)


def agree(content: bytes) -> ItemColumns:
    """Return the columns, after comparing the ways to them."""
    columns = read_item_columns(content, FIELDS)
    assert columns == by_json(content)
    decoded = ItemsPage.from_json(json.loads(content))
    items = decoded.items
    assert (columns.total, columns.filtered) == (decoded.total, decoded.filtered)
    assert columns.item_ids == [item.item_id for item in items]
    assert columns.app_item_ids == [item.app_item_id for item in items]
    assert columns.external_ids == [item.external_id for item in items]
    assert columns.titles == [item.title for item in items]
    assert columns.revisions == [item.revision for item in items]
    assert columns.links == [item.link for item in items]
    assert columns.rights == [item.rights for item in items]
    assert columns.tags == [item.tags for item in items]
    assert columns.comment_counts == [item.comment_count for item in items]
    assert columns.created_by == [item.created_by.name if item.created_by else "" for item in items]
    assert columns.created_on == [item.created_on for item in items]
    assert columns.last_edit_by == [item.last_edit_by.name if item.last_edit_by else "" for item in items]
    assert columns.last_edit_on == [item.last_edit_on for item in items]
    assert set(columns.cells) == {field.field_id for field in FIELDS}
    assert all(len(cells) == len(items) for cells in columns.cells.values())
    return columns


def test_a_page_of_items_becomes_columns_with_an_entry_for_each_item() -> None:
    columns = read_item_columns(page(answers.WHOLE_ITEM, {"item_id": 2}), App.from_json(answers.APP).fields)  # type: ignore[union-attr]
    assert (columns.item_ids, columns.total, columns.filtered) == ([31001, 2], 9, 5)
    assert columns.titles == ["Hotel Fjord & Spa", ""]
    assert columns.created_by == ["Ada & Co", ""]
    assert columns.last_edit_by == ["Grace", ""]
    assert columns.cells[11] == [Cell((1,), "To do", 0), EMPTY_CELL]
    assert columns.cells[10][0].text == "Hotel Fjord & Spa"


def test_the_cells_are_those_of_the_values_that_an_item_has() -> None:
    content = page(item_of_all_types())
    columns, items = agree(content), ItemsPage.from_json(json.loads(content)).items
    for field in FIELDS:
        assert columns.cells[field.field_id] == [column_of(items[0].fields[field.field_id])]


def test_msgspec_decodes_an_ordinary_answer() -> None:
    pytest.importorskip("msgspec")
    assert _item_columns._decoded_by_msgspec(page(item_of_all_types(), answers.WHOLE_ITEM)) is not None


def test_without_msgspec_the_columns_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    content = page(item_of_all_types(), answers.WHOLE_ITEM)
    columns = read_item_columns(content, FIELDS)
    monkeypatch.delitem(sys.modules, "podio.model._typed_items", raising=False)
    monkeypatch.delattr(podio.model, "_typed_items", raising=False)
    monkeypatch.setitem(sys.modules, "msgspec", None)
    assert _item_columns._decoded_by_msgspec(content) is None
    assert read_item_columns(content, FIELDS) == columns


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"title": "half an emoji: \ud83d"}, "titles"),
    ({"priority": float("nan"), "comment_count": float("inf")}, "comment_counts"),
    ({"title": None, "external_id": 5}, "external_ids"),
    ({"item_id": "31001", "app_item_id": "7"}, "app_item_ids"),
    ({"revision": {"revision": 5}}, "revisions"),
    ({"revision": 7.0}, "revisions"),
    ({"tags": [None, "a", 5]}, "tags"),
    ({"rights": "view"}, "rights"),
    ({"created_by": [], "created_on": 5}, "created_by"),
    ({"fields": {"odd": 1}}, "titles"),
]


@pytest.mark.parametrize(("changes", "column"), REFUSED)
def test_of_an_answer_that_msgspec_refuses_every_item_is_read_all_the_same(changes: Any, column: str) -> None:
    odd = item_of_all_types(**changes)
    content = page(answers.WHOLE_ITEM | {"item_id": 1}, odd, answers.WHOLE_ITEM | {"item_id": 3})
    assert _item_columns._decoded_by_msgspec(content) is None
    columns = agree(content)
    assert columns.item_ids == [1, 31001, 3]
    expected = agree(page(answers.WHOLE_ITEM))
    assert getattr(columns, column)[0] == getattr(columns, column)[2] == getattr(expected, column)[0]


def test_entries_that_are_no_items_are_left_out() -> None:
    assert agree(page(None, 5, {"item_id": -1}, {}, {"item_id": 2}, [])).item_ids == [2]
    assert agree(b"[]").item_ids == agree(b'{"items": null}').item_ids == agree(b"{}").item_ids == []


def test_a_field_that_is_there_twice_counts_once() -> None:
    twice = [{"field_id": 1, "values": [{"value": "a"}]}, {"field_id": 1, "values": [{"value": "b"}]}]
    assert agree(page({"item_id": 1, "fields": twice})).cells[1] == [Cell(("a",), "a", "a")]


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_an_answer_that_nests_too_deeply_is_refused_before_it_is_decoded(opening: str) -> None:
    depth = MAX_NESTING * 40
    closing = "]" if opening == "[" else "}"
    nested = f"{opening * depth}1{closing * depth}"
    with pytest.raises(ValueError, match="nested"):
        read_item_columns(f'{{"items": [{{"item_id": 1, "x": {nested}}}]}}'.encode(), FIELDS)


@pytest.mark.parametrize("content", [b"", b"{", b'{"items": [', b"\xff\xfe", b"{'items': []}"])
def test_what_is_no_json_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError):
        read_item_columns(content, FIELDS)


def test_an_answer_in_another_encoding_is_read() -> None:
    text = page(answers.WHOLE_ITEM | {"title": "Ærø 雲"}).decode()
    assert read_item_columns(text.encode("utf-16"), FIELDS).titles == ["Ærø 雲"]
    assert read_item_columns(text.encode("utf-8-sig"), FIELDS).titles == ["Ærø 雲"]


ODD = st.sampled_from(
    [
        *(None, 5, -1, 1.5, 7.0, "x", "", True, [], {}, [None], [[]], 2**70, -(2**70), 1e300, float("nan")),
        *("7", "2026-11-27 08:00:00", "\ud83d", "a &amp; b", {"name": None}, {"name": 5}, {"revision": "3"}),
        *([{"field_id": 1}], [{"value": 10**30}]),
    ]
).map(copy.deepcopy)


@settings(max_examples=500)
@given(data=st.data(), count=st.integers(1, 3))
def test_an_answer_with_odd_parts_gives_the_same_columns_either_way(data: st.DataObject, count: int) -> None:
    answer = json.loads(page(item_of_all_types(), answers.WHOLE_ITEM, {"item_id": 2, "last_edit_by": answers.BYLINE}))
    for _ in range(count):
        part: Any = answer
        while True:
            keys = sorted(part) if isinstance(part, dict) else list(range(len(part)))
            key = data.draw(st.sampled_from(keys))
            if not isinstance(part[key], dict | list) or not part[key] or data.draw(st.integers(0, 3)) == 0:
                part[key] = data.draw(ODD)
                break
            part = part[key]
    agree(json.dumps(answer, ensure_ascii=data.draw(st.booleans())).encode("utf-8", "surrogatepass"))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["items", "item_id", "title", "fields", "field_id", "values", "value", "revision", "name"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=500)
@given(JSON, st.lists(JSON, max_size=3))
@example({}, [{"item_id": 1, "fields": [{"field_id": 1, "values": [{"value": 2**70}]}]}])
@example({}, [{"item_id": 1, "created_by": {}, "initial_revision": {"created_by": {"name": "Ada"}}}])
def test_json_of_any_shape_gives_the_same_columns_either_way(whole: Any, items: list[Any]) -> None:
    agree(json.dumps(whole).encode())
    agree(json.dumps({"items": items}).encode())
