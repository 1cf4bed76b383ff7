"""Naming an object by its type and id, as Podio does for comments, files, tasks, likes, tags and hooks.

``{"type": "item", "id": 31001}`` in bodies, ``/…/item/31001/`` in paths. Rights are checked here: an object that the
caller may not see is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from podio_emulator.calls import Call, Permission
from podio_emulator.errors import Refusal, forbidden, invalid_value, one_of
from podio_emulator.model import App, Comment, Item, Organization, Space, Status, StoredFile, Task
from podio_emulator.queries import object_of

Referred = Item | Task | Status | Comment | StoredFile | App | Space | Organization


def referred(
    call: Call, kind: str, ref_id: int, *, allowed: tuple[str, ...], permission: Permission = Permission.READ
) -> Referred:
    """Return the object that a path or a body names; refuse a type that doesn't belong there."""
    if kind not in allowed:
        # An id of thousands of digits, a list, an object: whatever was sent in the place of a type.
        raise Refusal(400, "invalid_value", f"Invalid reference {str(kind)[:80]}")
    return _LOOK_UPS[kind](call, ref_id, permission)


def referred_in_body(
    call: Call, value: Any, *, allowed: tuple[str, ...], permission: Permission = Permission.READ
) -> tuple[str, int]:
    """Read ``{"type", "id"}`` of a body and return both, once it is sure that the caller may use the object."""
    body = object_of(value)
    kind, ref_id = body.get("type"), body.get("id")
    if not isinstance(kind, str) or kind not in allowed:
        raise invalid_value(kind, one_of(allowed))
    if isinstance(ref_id, bool) or not isinstance(ref_id, int):
        raise invalid_value(ref_id, "must be integer")
    _LOOK_UPS[kind](call, ref_id, permission)
    return kind, ref_id


def space_of(call: Call, kind: str, ref_id: int) -> int | None:
    """Return the workspace that an object lies in, whoever requests it."""
    store = call.store
    if kind == "item":
        return store.app(store.item(ref_id).app_id).space_id
    if kind == "app":
        return store.app(ref_id).space_id
    if kind == "space":
        return ref_id
    if kind == "task":
        return store.task(ref_id).space_id
    if kind == "status":
        return store.status(ref_id).space_id
    if kind == "comment":
        comment = store.comment(ref_id)
        return space_of(call, comment.ref_type, comment.ref_id)
    return None


def _item(call: Call, ref_id: int, permission: Permission) -> Item:
    return call.allowed_item(call.store.item(ref_id), permission)


def _task(call: Call, ref_id: int, permission: Permission) -> Task:
    return call.allowed_task(call.store.task(ref_id), permission)


def _status(call: Call, ref_id: int, permission: Permission) -> Status:
    return call.allowed_status(call.store.status(ref_id), permission)


def _comment(call: Call, ref_id: int, permission: Permission) -> Comment:
    comment = call.store.comment(ref_id)
    _LOOK_UPS[comment.ref_type](call, comment.ref_id, permission)
    return comment


def _file(call: Call, ref_id: int, permission: Permission) -> StoredFile:
    return call.allowed_file(call.store.file(ref_id))


def _app(call: Call, ref_id: int, permission: Permission) -> App:
    app = call.store.app(ref_id)
    if not call.sees_app(app, permission):
        raise forbidden()
    return app


def _space(call: Call, ref_id: int, permission: Permission) -> Space:
    space = call.store.space(ref_id)
    if not call.sees_space(space, permission):
        raise forbidden()
    return space


def _org(call: Call, ref_id: int, permission: Permission) -> Organization:
    org = call.store.organization(ref_id)
    if not call.sees_org(org):
        raise forbidden()
    return org


_LOOK_UPS: Mapping[str, Callable[[Call, int, Permission], Referred]] = {
    "item": _item,
    "task": _task,
    "status": _status,
    "comment": _comment,
    "file": _file,
    "app": _app,
    "space": _space,
    "org": _org,
}
