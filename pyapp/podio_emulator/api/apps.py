"""The area "applications". Performs no I/O."""

from __future__ import annotations

from typing import Any

from podio_emulator.calls import Call, Operation
from podio_emulator.errors import not_found


def _of_space(call: Call) -> list[Any]:
    apps = call.store.apps_of(call.space().space_id)
    return [call.shapes.app_short(app) for app in apps if call.sees_app(app)]


def _one(call: Call) -> dict[str, Any]:
    return call.shapes.app(call.app())


def _field(call: Call) -> dict[str, Any]:
    field = call.app().field_by_key(call.params["field_key"])
    if field is None:
        raise not_found()
    return call.shapes.field(field)


OPERATIONS: tuple[Operation, ...] = (
    Operation(method="GET", path="/app/space/{space_id:int}", run=_of_space),
    Operation(method="GET", path="/app/{app_id:int}", run=_one),
    Operation(method="GET", path="/app/{app_id:int}/field/{field_key}", run=_field),
)
