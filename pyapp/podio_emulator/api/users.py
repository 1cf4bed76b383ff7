"""The area "users": who is signed in. Performs no I/O."""

from __future__ import annotations

from typing import Any

from podio_emulator.calls import Access, Call, Operation


def _status(call: Call) -> dict[str, Any]:
    return call.shapes.user_status(call.user)


def _user(call: Call) -> dict[str, Any]:
    return call.shapes.user(call.user)


OPERATIONS: tuple[Operation, ...] = (
    Operation(method="GET", path="/user/status", run=_status, access=Access.USER),
    Operation(method="GET", path="/user", run=_user, access=Access.USER),
)
