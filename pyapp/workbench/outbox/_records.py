"""Changes as the text that the browser's storage keeps, and back.

Whoever shares the origin can write there. So a record is taken only if every part of it has the one form that we write;
what it holds are operations by name, ids and values, never a path, and no text of it is ever shown as HTML.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from podio.json_text import parse_json
from workbench.outbox._changes import (
    AddComment,
    AttachFile,
    Change,
    CreateItem,
    CreateTask,
    DeleteComment,
    DeleteItem,
    FieldEdit,
    ItemKey,
    Operation,
    Phase,
    UpdateItem,
)

LONGEST_RECORD = 2_000_000
"""Characters of one record: more than Podio takes in a call."""

MOST_FIELDS = 500
LARGEST_FILE = 100 * 2**20
_LARGEST_ID = 2**53 - 1
_LATEST = 10.0**11
_CHANGE_ID = re.compile(r"[0-9a-f]{32}")
_FIELD_TYPE = re.compile(r"[a-z_]{1,40}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,100}/[a-z0-9!#$&^_.+-]{1,100}|")
_NAME = re.compile(r"[^\x00-\x1f\x7f/\\]{1,255}")


class _InvalidRecord(Exception):
    """A record that is none of ours."""


def is_change_id(value: object) -> bool:
    """Whether this is a change's id: 32 hexadecimal digits, fit for a path."""
    return isinstance(value, str) and _CHANGE_ID.fullmatch(value) is not None


def write_change(change: Change) -> str:
    """Return a change as text."""
    record = change._asdict()
    record["phase"] = change.phase.name
    record["theirs"] = dict(change.theirs)
    values: dict[str, Any] = dict(change.operation._asdict())
    if isinstance(change.operation, UpdateItem):
        values["edits"] = {key: list(edit) for key, edit in change.operation.edits.items()}
    if isinstance(change.operation, CreateItem):
        values["fields"] = dict(change.operation.fields)
    record["operation"] = {"name": type(change.operation).__name__, "values": values}
    return json.dumps(record)


def write_file(changes: Iterable[Change]) -> str:
    """Return changes as a file for the user to keep; the contents of files to upload are not in it."""
    return json.dumps({"unsent_changes": [json.loads(write_change(change)) for change in changes]}, indent=2)


def read_change(text: object) -> Change | None:
    """Return the change that a text holds; None where it holds anything but a whole change of ours."""
    if not isinstance(text, str) or len(text) > LONGEST_RECORD:
        return None
    try:
        record = parse_json(text, constants=False)
        json.dumps(record, allow_nan=False)  # 1e999 is read as a number that nobody can send
        return _change(record)
    except (ValueError, _InvalidRecord):
        return None


def _change(raw: Any) -> Change:
    record = _with_keys(raw, Change._fields)
    phase = record["phase"]
    if phase not in ("PENDING", "SENDING", "UNKNOWN", "CONFLICT", "FAILED") or not isinstance(record["is_lost"], bool):
        raise _InvalidRecord
    return Change(
        change_id=_change_id(record["change_id"]),
        number=_count(record["number"]),
        made_at=_moment(record["made_at"]),
        operation=_operation(record["operation"]),
        title=_text(record["title"], 500),
        phase=Phase[phase],
        tries=_count(record["tries"]),
        again_at=_moment(record["again_at"]),
        unknown_since=_moment(record["unknown_since"]),
        is_lost=record["is_lost"],
        reason=_text(record["reason"], 2000),
        theirs=_fields(record["theirs"]),
        revision=_count(record["revision"]),
    )


def _operation(raw: Any) -> Operation:
    record = _with_keys(raw, ("name", "values"))
    reader = _READERS.get(record["name"]) if isinstance(record["name"], str) else None
    if reader is None:
        raise _InvalidRecord
    kind, read = reader
    return read(_with_keys(record["values"], kind._fields))


def _create_item(record: Mapping[str, Any]) -> Operation:
    return CreateItem(_id(record["app_id"]), _fields(record["fields"]))


def _update_item(record: Mapping[str, Any]) -> Operation:
    edits = {key: _edit(entry) for key, entry in _fields(record["edits"]).items()}
    if not edits:
        raise _InvalidRecord
    return UpdateItem(_item(record["item"]), edits, _count(record["revision"]))


def _delete_item(record: Mapping[str, Any]) -> Operation:
    return DeleteItem(_item(record["item"]))


def _add_comment(record: Mapping[str, Any]) -> Operation:
    return AddComment(_item(record["item"]), _message(record["text"]))


def _delete_comment(record: Mapping[str, Any]) -> Operation:
    return DeleteComment(_item(record["item"]), _id(record["comment_id"]))


def _attach_file(record: Mapping[str, Any]) -> Operation:
    return AttachFile(
        item=_item(record["item"]),
        name=_matching(_NAME, record["name"]),
        media_type=_matching(_MEDIA_TYPE, record["media_type"]),
        size=_count(record["size"], most=LARGEST_FILE),
        file_id=_count(record["file_id"]),
    )


def _create_task(record: Mapping[str, Any]) -> Operation:
    due_date = record["due_date"]
    return CreateTask(
        _item(record["item"]), _message(record["text"]), due_date if due_date == "" else _matching(_DAY, due_date)
    )


_READERS: Mapping[str, tuple[Any, Callable[[Mapping[str, Any]], Operation]]] = {
    kind.__name__: (kind, read)
    for kind, read in (
        (CreateItem, _create_item),
        (UpdateItem, _update_item),
        (DeleteItem, _delete_item),
        (AddComment, _add_comment),
        (DeleteComment, _delete_comment),
        (AttachFile, _attach_file),
        (CreateTask, _create_task),
    )
}


def _with_keys(raw: Any, keys: tuple[str, ...]) -> Mapping[str, Any]:
    if not isinstance(raw, dict) or raw.keys() != set(keys):
        raise _InvalidRecord
    return raw


def _edit(raw: Any) -> FieldEdit:
    if not isinstance(raw, list) or len(raw) != len(FieldEdit._fields):
        raise _InvalidRecord
    field_type, value, before = raw
    return FieldEdit(_matching(_FIELD_TYPE, field_type), value, before)


def _fields(raw: Any) -> dict[str, Any]:
    if not isinstance(raw, dict) or len(raw) > MOST_FIELDS or not all(0 < len(key) <= 200 for key in raw):
        raise _InvalidRecord
    return raw


def _item(raw: Any) -> ItemKey:
    return _change_id(raw) if isinstance(raw, str) else _id(raw)


def _change_id(raw: Any) -> str:
    return _matching(_CHANGE_ID, raw)


def _id(raw: Any) -> int:
    number = _count(raw)
    if not number:
        raise _InvalidRecord
    return number


def _count(raw: Any, *, most: int = _LARGEST_ID) -> int:
    if type(raw) is not int or not 0 <= raw <= most:
        raise _InvalidRecord
    return raw


def _moment(raw: Any) -> float:
    if type(raw) not in (int, float) or not 0 <= raw <= _LATEST:
        raise _InvalidRecord
    return float(raw)


def _text(raw: Any, longest: int) -> str:
    if not isinstance(raw, str) or len(raw) > longest:
        raise _InvalidRecord
    return raw


def _message(raw: Any) -> str:
    text = _text(raw, LONGEST_RECORD)
    if not text.strip():
        raise _InvalidRecord
    return text


def _matching(pattern: re.Pattern[str], raw: Any) -> str:
    if not isinstance(raw, str) or pattern.fullmatch(raw) is None:
        raise _InvalidRecord
    return raw
