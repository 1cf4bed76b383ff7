"""The area "comments", for comments on items and tasks."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from podio_emulator.api.files import attach_all
from podio_emulator.api.items import file_ids
from podio_emulator.api.notifications import notify
from podio_emulator.calls import Call, Operation, Permission
from podio_emulator.model import Comment, Item, Status, Task
from podio_emulator.queries import needed_text, paged, text_of
from podio_emulator.references import referred, space_of

_COMMENTABLE = ("item", "status", "task")
_LIST_LIMIT = 100
_MENTION = re.compile(r"@\[[^\[\]\n]++\]\(user:(\d{1,15})\)")


def _ref(call: Call, permission: Permission = Permission.READ) -> tuple[str, int]:
    kind, ref_id = call.params["ref_type"], call.params["ref_id"]
    if kind == "item" and call.is_granted(ref_id) and call.caller.scope.allows(permission):
        permission = Permission.READ
    referred(call, kind, ref_id, allowed=_COMMENTABLE, permission=permission)
    return kind, ref_id


def _list(call: Call) -> list[Any]:
    return [call.shapes.comment(c) for c in paged(call.store.comments_on(*_ref(call)), call.query, limit=_LIST_LIMIT)]


def _create(call: Call) -> dict[str, Any]:
    kind, ref_id = _ref(call, Permission.WRITE)
    body = call.json_object()
    comment = Comment(
        comment_id=call.store.new_id(),
        ref_type=kind,
        ref_id=ref_id,
        value=needed_text(body, "value"),
        created_on=call.now,
        created_by=call.author,
        created_via=call.via,
        external_id=text_of(body, "external_id"),
        file_ids=file_ids(call, body),
    )
    call.store.put_comment(comment)
    if kind == "item" and not call.is_silent:
        call.store.put_item(replace(call.store.item(ref_id), last_event_on=call.now))
    attach_all(call, comment.file_ids, "comment", comment.comment_id)
    _send_event(call, "comment_create", comment)
    for user_id in _mentioned_or_concerned(call, comment) - {call.user_id}:
        notify(call, user_id, "comment", "commented", kind, ref_id)
    return call.shapes.comment(comment)


def _mentioned_or_concerned(call: Call, comment: Comment) -> set[int]:
    """Return who is notified of a comment: whom it names, and who made what it is about, if they may see that."""
    user_ids = {int(user_id) for user_id in _MENTION.findall(comment.value)}
    about = referred(call, comment.ref_type, comment.ref_id, allowed=_COMMENTABLE)
    if not isinstance(about, (Item, Status, Task)):  # pragma: no cover - nothing else is allowed
        raise TypeError
    if about.created_by.type == "user":
        user_ids.add(about.created_by.id)
    if isinstance(about, Task) and about.private:
        return user_ids & {about.created_by.id, about.responsible or 0}
    space_id = space_of(call, comment.ref_type, comment.ref_id)
    return user_ids if space_id is None else user_ids & set(call.store.space(space_id).roles)


def _send_event(call: Call, name: str, comment: Comment) -> None:
    kind, ref_id = comment.ref_type, comment.ref_id
    call.send_event(f"/{kind}/{ref_id}", name, kind, ref_id, comment_id=comment.comment_id)


def _get(call: Call) -> dict[str, Any]:
    return call.shapes.comment(call.comment())


def _update(call: Call) -> dict[str, Any]:
    comment = call.comment(Permission.WRITE)
    body = call.json_object()
    new_comment = replace(
        comment,
        value=needed_text(body, "value"),
        last_edit_on=call.now,
        external_id=text_of(body, "external_id") if "external_id" in body else comment.external_id,
        file_ids=file_ids(call, body) if "file_ids" in body else comment.file_ids,
    )
    call.store.put_comment(new_comment)
    attach_all(call, new_comment.file_ids, "comment", new_comment.comment_id)
    _send_event(call, "comment_update", new_comment)
    return call.shapes.comment(new_comment)


def _delete(call: Call) -> None:
    comment = call.comment(Permission.DELETE)
    call.store.delete_comment(comment)
    _send_event(call, "comment_delete", comment)


_KEYS, _MISSING_KEYS = ("value", "external_id", "file_ids"), ("embed_id", "embed_url", "embed_file_id")
OPERATIONS: tuple[Operation, ...] = (
    Operation(method="GET", path="/comment/{ref_type}/{ref_id:int}", run=_list),
    Operation(
        method="POST",
        path="/comment/{ref_type}/{ref_id:int}",
        run=_create,
        keys=_KEYS,
        missing_keys=_MISSING_KEYS,
        missing_parameters=("alert_invite",),
    ),
    Operation(method="GET", path="/comment/{comment_id:int}", run=_get),
    Operation(
        method="PUT",
        path="/comment/{comment_id:int}",
        run=_update,
        keys=_KEYS,
        missing_keys=_MISSING_KEYS,
    ),
    Operation(method="DELETE", path="/comment/{comment_id:int}", run=_delete),
)
