"""The area "comments", for comments on items. Performs no I/O."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from podio_emulator.api.items import file_ids
from podio_emulator.calls import Call, Operation, Permission
from podio_emulator.errors import invalid_value
from podio_emulator.model import Comment

_LIST_LIMIT = 100


def _number(call: Call, name: str, default: int) -> int:
    text = call.query.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit()):
        raise invalid_value(text, "must be integer")
    return int(text)


def _list(call: Call) -> list[Any]:
    comments = call.store.comments_on(call.item().item_id)
    offset = _number(call, "offset", 0)
    return [call.shapes.comment(c) for c in comments[offset : offset + _number(call, "limit", _LIST_LIMIT)]]


def _text(body: dict[str, Any]) -> str:
    value = body.get("value")
    if not isinstance(value, str):
        raise invalid_value(value, "must be string")
    if not value.strip():
        raise invalid_value(value, "must not be empty")
    return value


def _external_id(body: dict[str, Any]) -> str | None:
    value = body.get("external_id")
    if value is not None and not isinstance(value, str):
        raise invalid_value(value, "must be string")
    return value


def _create(call: Call) -> dict[str, Any]:
    item = call.item(Permission.WRITE)
    body = call.json_object()
    comment = Comment(
        comment_id=call.store.new_id(),
        item_id=item.item_id,
        value=_text(body),
        created_on=call.now,
        created_by=call.author,
        created_via=call.shapes.auth_client_id(call.caller.client_id),
        external_id=_external_id(body),
        file_ids=file_ids(call, body),
    )
    call.store.put_comment(comment)
    call.store.put_item(replace(item, last_event_on=call.now))
    _tell(call, "comment_create", comment)
    return call.shapes.comment(comment)


def _tell(call: Call, name: str, comment: Comment) -> None:
    call.tell(f"/item/{comment.item_id}", name, "item", comment.item_id, comment_id=comment.comment_id)


def _one(call: Call) -> dict[str, Any]:
    return call.shapes.comment(call.comment())


def _update(call: Call) -> dict[str, Any]:
    comment = call.comment(Permission.WRITE)
    body = call.json_object()
    changed = replace(
        comment,
        value=_text(body),
        last_edit_on=call.now,
        external_id=_external_id(body) if "external_id" in body else comment.external_id,
        file_ids=file_ids(call, body) if "file_ids" in body else comment.file_ids,
    )
    call.store.put_comment(changed)
    _tell(call, "comment_update", changed)
    return call.shapes.comment(changed)


def _delete(call: Call) -> None:
    comment = call.comment(Permission.DELETE)
    call.store.delete_comment(comment)
    _tell(call, "comment_delete", comment)


OPERATIONS: tuple[Operation, ...] = (
    Operation(method="GET", path="/comment/item/{item_id:int}", run=_list),
    Operation(method="POST", path="/comment/item/{item_id:int}", run=_create),
    Operation(method="GET", path="/comment/{comment_id:int}", run=_one),
    Operation(method="PUT", path="/comment/{comment_id:int}", run=_update),
    Operation(method="DELETE", path="/comment/{comment_id:int}", run=_delete),
)
