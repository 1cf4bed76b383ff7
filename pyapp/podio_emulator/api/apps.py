"""The area "applications"."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from podio_emulator.calls import Access, Call, Operation, Permission
from podio_emulator.errors import forbidden, not_found
from podio_emulator.model import App
from podio_emulator.queries import query_boolean, query_number, text_of


def _is_shown(call: Call, app: App) -> bool:
    with_inactive = query_boolean(call.query, "include_inactive") is True
    return call.sees_app(app) and (with_inactive or app.app_id not in call.store.inactive_apps)


def _of_space(call: Call) -> list[Any]:
    apps = call.store.apps_of(call.space().space_id)
    return [call.shapes.app_short(app) for app in apps if _is_shown(call, app)]


def _list_apps(call: Call) -> list[Any]:
    apps = [app for app in call.store.apps.values() if _is_shown(call, app)]
    return [call.shapes.app_short(app) for app in apps[: query_number(call.query, "limit", 1000)]]


def _get(call: Call) -> dict[str, Any]:
    return call.shapes.app(call.app())


def _by_label(call: Call) -> dict[str, Any]:
    for app in call.store.apps_of(call.space().space_id):
        if app.url_label == call.params["url_label"] and call.sees_app(app):
            return call.shapes.app(app)
    raise not_found()


def _field(call: Call) -> dict[str, Any]:
    field = call.app().field_by_key(call.params["field_key"])
    if field is None:
        raise not_found()
    return call.shapes.field(field)


def administered(call: Call) -> App:
    """Return the app that the path names; refuse a caller who isn't an admin of its workspace."""
    app = call.app(Permission.WRITE)
    if call.store.spaces[app.space_id].roles.get(call.user_id) != "admin":
        raise forbidden("Only an admin of the workspace can do that")
    return app


def _activate(call: Call) -> None:
    call.store.inactive_apps.discard(administered(call).app_id)


def _deactivate(call: Call) -> None:
    call.store.inactive_apps.add(administered(call).app_id)


def _describe(call: Call) -> None:
    app = administered(call)
    description = text_of(call.json_object(), "description") or ""
    call.store.apps[app.app_id] = replace(app, description=description)


_MISSING = ("exclude_app_ids", "exclude_demo", "order", "referenceable_in_org", "right", "text", "view")
OPERATIONS: tuple[Operation, ...] = (
    Operation(method="GET", path="/app", run=_list_apps, missing_parameters=_MISSING),
    Operation(method="GET", path="/app/v2", run=_list_apps, missing_parameters=_MISSING),
    Operation(method="GET", path="/app/top", run=_list_apps, access=Access.USER, missing_parameters=("exclude_demo",)),
    Operation(method="GET", path="/app/space/{space_id:int}", run=_of_space),
    Operation(method="GET", path="/app/space/{space_id:int}/{url_label}", run=_by_label),
    Operation(method="GET", path="/app/{app_id:int}", run=_get, missing_parameters=("type", "view")),
    Operation(method="GET", path="/app/{app_id:int}/field/{field_key}", run=_field),
    Operation(method="POST", path="/app/{app_id:int}/activate", run=_activate, access=Access.USER),
    Operation(method="POST", path="/app/{app_id:int}/deactivate", run=_deactivate, access=Access.USER),
    Operation(
        method="PUT", path="/app/{app_id:int}/description", run=_describe, access=Access.USER, keys=("description",)
    ),
)
