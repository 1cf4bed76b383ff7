"""The area "status": messages to a workspace, which show in its stream. Source: "Status" of Podio's documentation."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from podio_emulator.api.files import attach_all
from podio_emulator.api.items import file_ids
from podio_emulator.calls import Access, Call, Operation, Permission
from podio_emulator.errors import forbidden
from podio_emulator.model import Status
from podio_emulator.queries import needed_text


def _status(call: Call, permission: Permission = Permission.READ) -> Status:
    status = call.allowed_status(call.store.status(call.params["status_id"]), permission)
    if permission is not Permission.READ and status.created_by != call.author:
        raise forbidden("You can only change your own status messages")
    return status


def _create(call: Call) -> dict[str, Any]:
    space, body = call.space(), call.json_object()
    if not call.sees_space(space, Permission.WRITE):
        raise forbidden()
    status = Status(
        status_id=call.store.new_id(),
        space_id=space.space_id,
        value=needed_text(body, "value"),
        created_on=call.now,
        created_by=call.author,
        created_via=call.via,
        file_ids=file_ids(call, body),
    )
    call.store.statuses[status.status_id] = status
    attach_all(call, status.file_ids, "status", status.status_id)
    call.send_event(f"/space/{space.space_id}", "create", "status", status.status_id)
    if not call.is_silent:
        call.send_event(f"/space/{space.space_id}", "stream_create", "status", status.status_id)
    return call.shapes.status_full(status)


def _get(call: Call) -> dict[str, Any]:
    return call.shapes.status_full(_status(call))


def _update(call: Call) -> None:
    status = _status(call, Permission.WRITE)
    body = call.json_object()
    new_status = replace(
        status,
        value=needed_text(body, "value"),
        file_ids=file_ids(call, body) if "file_ids" in body else status.file_ids,
    )
    call.store.statuses[status.status_id] = new_status
    attach_all(call, new_status.file_ids, "status", status.status_id)


def _delete(call: Call) -> None:
    call.store.delete_status(_status(call, Permission.DELETE))


_KEYS = ("value", "file_ids")
_MISSING = ("alerts", "embed_file_id", "embed_id", "embed_url", "question", "question_id")
OPERATIONS: tuple[Operation, ...] = (
    Operation(
        method="POST",
        path="/status/space/{space_id:int}",
        run=_create,
        access=Access.USER,
        keys=_KEYS,
        missing_keys=_MISSING,
        missing_parameters=("alert_invite",),
    ),
    Operation(method="GET", path="/status/{status_id:int}", run=_get),
    Operation(method="PUT", path="/status/{status_id:int}", run=_update, keys=_KEYS, missing_keys=_MISSING),
    Operation(method="DELETE", path="/status/{status_id:int}", run=_delete),
)
