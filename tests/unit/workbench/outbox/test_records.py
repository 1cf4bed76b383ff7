"""What the storage holds: every change of ours comes back whole, and nothing else comes in."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.outbox import (
    AddComment,
    AttachFile,
    Change,
    CreateItem,
    CreateTask,
    DeleteComment,
    DeleteItem,
    FieldEdit,
    Operation,
    Phase,
    UpdateItem,
    is_change_id,
    read_change,
    write_change,
)

ID = "0123456789abcdef" * 2
OPERATIONS: tuple[Operation, ...] = (
    CreateItem(7, {"title": "new", "people": [1, 2], "empty": None}),
    UpdateItem(9, {"title": FieldEdit("text", "<p>mine</p>", None), "42": FieldEdit("money", {"value": "5"}, "x")}, 5),
    UpdateItem(ID, {"title": FieldEdit("text", "mine", "seen")}, 0),
    DeleteItem(9),
    AddComment(9, "Hello\n“漢字”"),
    AttachFile(9, "plan – 2.pdf", "application/pdf", 100 * 2**20, 77),
    AttachFile(ID, "plan", "", 0),
    DeleteComment(9, 31),
    CreateTask(9, "Call", "2026-11-30"),
    CreateTask(9, "Call"),
)


def change_of(operation: Operation, **attributes: Any) -> Change:
    return Change(ID, 3, 1000.5, operation, title="Lamp", **attributes)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: type(operation).__name__)
@pytest.mark.parametrize("phase", [phase for phase in Phase if phase is not Phase.SAVED], ids=lambda phase: phase.name)
def test_a_change_comes_back_as_it_was_stored(operation: Operation, phase: Phase) -> None:
    change = change_of(operation, phase=phase, tries=2, again_at=1.0, is_lost=True, reason="No.", theirs={"a": [1]})
    assert read_change(write_change(change)) == change


ODD_PARTS: list[tuple[str, Any]] = [
    ("change_id", "../../user"),
    ("change_id", ID.upper()),
    ("change_id", 5),
    ("number", -1),
    ("number", True),
    ("number", 1.5),
    ("number", 2**60),
    ("made_at", "1000"),
    ("made_at", -1),
    ("made_at", 10**400),
    ("again_at", None),
    ("unknown_since", [1]),
    ("title", ["Lamp"]),
    ("title", "x" * 501),
    ("phase", "SAVED"),
    ("phase", "BROKEN"),
    ("phase", ["PENDING"]),
    ("tries", -1),
    ("is_lost", 1),
    ("reason", None),
    ("theirs", []),
    ("theirs", {"": 1}),
    ("theirs", {str(number): 1 for number in range(501)}),
    ("revision", None),
    ("operation", None),
    ("operation", {"name": "UpdateItem"}),
    ("operation", {"name": "DeleteItem", "values": {"item": 9}, "path": "/oauth/token"}),
    ("operation", {"name": ["DeleteItem"], "values": {"item": 9}}),
    ("operation", {"name": "Request", "values": {"path": "/oauth/token"}}),
    ("operation", {"name": "DeleteItem", "values": {"item": 9, "path": "/oauth/token"}}),
    ("operation", {"name": "DeleteItem", "values": {"item": "9/../../user"}}),
    ("operation", {"name": "DeleteItem", "values": {"item": 0}}),
    ("operation", {"name": "DeleteItem", "values": {"item": 9.0}}),
    ("operation", {"name": "AddComment", "values": {"item": 9, "text": " \n"}}),
    ("operation", {"name": "AddComment", "values": {"item": 9, "text": {"html": "<b>"}}}),
    ("operation", {"name": "CreateItem", "values": {"app_id": "7", "fields": {}}}),
    ("operation", {"name": "CreateItem", "values": {"app_id": 7, "fields": []}}),
    ("operation", {"name": "UpdateItem", "values": {"item": 9, "edits": {}, "revision": 1}}),
    ("operation", {"name": "UpdateItem", "values": {"item": 9, "edits": {"a": ["text", "b"]}, "revision": 1}}),
    ("operation", {"name": "UpdateItem", "values": {"item": 9, "edits": {"a": ["<b>", "b", "c"]}, "revision": 1}}),
    ("operation", {"name": "UpdateItem", "values": {"item": 9, "edits": {"a": [None, "b", "c"]}, "revision": 1}}),
    (
        "operation",
        {"name": "AttachFile", "values": {"item": 9, "name": "a/b", "media_type": "", "size": 1, "file_id": 0}},
    ),
    (
        "operation",
        {"name": "AttachFile", "values": {"item": 9, "name": "a\nb", "media_type": "", "size": 1, "file_id": 0}},
    ),
    (
        "operation",
        {"name": "AttachFile", "values": {"item": 9, "name": "a", "media_type": "x", "size": 1, "file_id": 0}},
    ),
    (
        "operation",
        {"name": "AttachFile", "values": {"item": 9, "name": "a", "media_type": "", "size": 2**30, "file_id": 0}},
    ),
    ("operation", {"name": "CreateTask", "values": {"item": 9, "text": "Call", "due_date": "soon"}}),
    ("operation", {"name": "CreateTask", "values": {"item": 9, "text": "Call", "due_date": None}}),
]


@pytest.mark.parametrize(("part", "value"), ODD_PARTS)
def test_a_record_with_one_odd_part_is_not_taken(part: str, value: Any) -> None:
    record = json.loads(write_change(change_of(DeleteItem(9))))
    assert read_change(json.dumps(record)) is not None
    assert read_change(json.dumps({**record, part: value})) is None


@pytest.mark.parametrize("part", Change._fields)
def test_a_record_that_lacks_a_part_or_has_another_is_not_taken(part: str) -> None:
    record = json.loads(write_change(change_of(DeleteItem(9))))
    assert read_change(json.dumps({key: value for key, value in record.items() if key != part})) is None
    assert read_change(json.dumps({**record, "path": "/user"})) is None


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999"])
def test_a_number_that_nobody_can_send_is_not_taken(number: str) -> None:
    text = write_change(change_of(CreateItem(7, {"amount": 12345})))
    assert read_change(text.replace("12345", number)) is None


@pytest.mark.parametrize("text", [None, 5, b"{}", "", "[]", "null", '"x"', "[" * 100_000, "x" * 2_000_001, {}])
def test_what_is_no_record_is_not_taken(text: Any) -> None:
    assert read_change(text) is None


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3))


@given(st.sampled_from(OPERATIONS), st.data())
def test_no_shape_of_any_part_makes_reading_fail(operation: Operation, data: st.DataObject) -> None:
    record = json.loads(write_change(change_of(operation)))
    where = data.draw(st.sampled_from([record, record["operation"], record["operation"]["values"]]))
    where[data.draw(st.sampled_from(sorted(where)))] = data.draw(JSON)
    change = read_change(json.dumps(record))
    assert change is None or read_change(write_change(change)) == change


@pytest.mark.parametrize(("text", "expected"), [(ID, True), (ID[1:], False), (ID + "\n", False), (5, False)])
def test_a_changes_id_is_fit_for_a_path(text: Any, expected: bool) -> None:
    assert is_change_id(text) is expected
