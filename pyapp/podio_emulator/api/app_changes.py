"""The area "applications", second part: apps and their fields made and changed, and what apps depend on.

Of an app's and a field's configuration the emulator honours what changes how it works; a property that it only shows
may be sent with the value that it shows, and is refused otherwise. Source: "Applications" of Podio's documentation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from podio_emulator.api.apps import administered
from podio_emulator.calculations import is_understood
from podio_emulator.calls import Access, Call, Operation, Permission
from podio_emulator.errors import forbidden, invalid_value, json_type, not_done, not_found, one_of
from podio_emulator.field_types import FIELD_TYPES
from podio_emulator.model import App, AppField
from podio_emulator.queries import boolean_of, is_int, needed_id, needed_text, object_of, text_of
from podio_emulator.shapes import app_config
from podio_emulator.store import Store

_SETTINGS: Mapping[str, Mapping[str, Any]] = {
    "app": {"multiple": False, "referenceable_types": []},
    "calculation": {"return_type": "number", "decimals": 2, "script": "0", "unit": None},
    "category": {"multiple": False, "display": "inline", "options": []},
    "contact": {"type": "space_users", "valid_types": ["user"]},
    "date": {"calendar": True, "end": "enabled", "time": "enabled", "color": "DCEBD8"},
    "duration": {"fields": ["days", "hours", "minutes"]},
    "email": {"include_in_bcc": False, "include_in_cc": False, "possible_types": ["work", "home", "other"]},
    "file": {"allowed_mimetypes": []},
    "image": {"allowed_mimetypes": ["image/*"]},
    "location": {"structured": False, "has_map": True},
    "money": {"allowed_currencies": ["EUR", "USD"]},
    "number": {"decimals": 0},
    "phone": {"call_link_scheme": "callto", "possible_types": ["mobile", "work", "home", "other"]},
    "text": {"format": "html", "size": "small"},
}
_HONOURED = ("label", "description", "required", "settings", "delta")
_APP_KEYS = ("name", "item_name", "description", "type", "icon_id")


def label_of(name: str, labels: set[str], otherwise: str) -> str:
    """Make the part of an address, or the external id, that stands for a name, unlike all that are taken."""
    base = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or otherwise
    label, number = base, 1
    while label in labels:
        number += 1
        label = f"{base}-{number}"
    return label


def _check_shown(config: Mapping[str, Any], honoured: tuple[str, ...], shown_config: Mapping[str, Any]) -> None:
    for name, value in config.items():
        if name not in honoured and value is not None and value != shown_config.get(name):
            raise not_done(name)


def _options(options: Any) -> list[dict[str, Any]]:
    """Read a category's options; those without an id are new."""
    if not isinstance(options, list):
        raise invalid_value(options, "must be array")
    result: list[dict[str, Any]] = []
    for option in map(object_of, options):
        option_id = option.get("id")
        if option_id is not None and not is_int(option_id):
            raise invalid_value(option_id, "must be integer")
        result.append(
            {
                "id": option_id or max([0, *(earlier["id"] for earlier in result), *_ids(options)]) + 1,
                "text": needed_text(option, "text"),
                "status": option.get("status") or "active",
                "color": option.get("color") or "DCEBD8",
            }
        )
    return result


def _ids(options: list[dict[str, Any]]) -> list[int]:
    return [option["id"] for option in options if is_int(option.get("id"))]


def _settings(store: Store, kind: str, settings: Any, previous: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    defaults = previous if previous is not None else _SETTINGS.get(kind)
    if settings is None:
        return defaults
    result = dict(defaults or {})
    for name, value in object_of(settings).items():
        if kind == "category" and name == "options":
            options = _options(value)
            # Items may have an option that is gone.
            remaining_options = [option for option in result[name] if option["id"] not in _ids(options)]
            result[name] = [*options, *({**option, "status": "deleted"} for option in remaining_options)]
        elif kind == "app" and name == "referenced_apps":
            if not isinstance(value, list):
                raise invalid_value(value, "must be array")
            result["referenceable_types"] = [needed_id(object_of(entry), "app_id") for entry in value]
        elif name in result:
            # What a setting is by default says what it may be; null, what Podio leaves open.
            if None not in (value, result[name]) and type(value) is not type(result[name]):
                raise invalid_value(value, f"{name} must be {json_type(result[name])}")
            result[name] = value
        elif value is not None:
            raise invalid_value(name, one_of(tuple(result)))
    if kind == "calculation" and not is_understood(result["script"]):
        raise invalid_value(result["script"], "must be the four operations on numbers and number fields")
    for app_id in result.get("referenceable_types", ()):
        if not is_int(app_id) or app_id not in store.apps:
            raise invalid_value(app_id, "must be a valid reference")
    return result


def _config(body: dict[str, Any]) -> dict[str, Any]:
    """Return a field's configuration, which some clients send in ``config``, others beside the type."""
    beside = {name: value for name, value in body.items() if name not in {"config", "type"}}
    return beside | ({} if body.get("config") is None else object_of(body["config"]))


def _read_field(
    store: Store,
    body: dict[str, Any],
    *,
    labels: set[str],
    previous: AppField | None = None,
    shown_config: Mapping[str, Any] | None = None,
) -> AppField:
    """Read a field's ``type`` and ``config``; of an existing one (``previous``) what the body doesn't name stays.

    ``labels`` are the external ids of the app's other fields, ``shown_config`` the configuration that the field shows.
    """
    kind = previous.type if previous is not None else body.get("type")
    if not isinstance(kind, str) or kind not in FIELD_TYPES:
        raise invalid_value(kind, one_of(tuple(FIELD_TYPES)))
    config = _config(body)
    _check_shown(config, _HONOURED, {"visible": True} if shown_config is None else shown_config)
    label = needed_text(config, "label") if previous is None or "label" in config else previous.label
    return AppField(
        field_id=previous.field_id if previous is not None else store.new_id(),
        external_id=previous.external_id if previous is not None else label_of(label, labels, kind),
        type=kind,
        label=label,
        settings=_settings(store, kind, config.get("settings"), previous.settings if previous is not None else None),
        required=boolean_of(config, "required", default=previous is not None and previous.required),
        description=text_of(config, "description", default=previous.description if previous is not None else None),
    )


def _place(fields: tuple[AppField, ...], field: AppField, config: dict[str, Any]) -> tuple[AppField, ...]:
    """Return an app's fields with one put at the place that ``delta`` says; without one it stays, or comes last."""
    delta = config.get("delta")
    if delta is not None and (not is_int(delta) or delta < 0):
        raise invalid_value(delta, "must be integer from 0")
    place = next((index for index, other in enumerate(fields) if other.field_id == field.field_id), len(fields))
    others = [other for other in fields if other.field_id != field.field_id]
    others.insert(place if delta is None else delta, field)
    return tuple(others)


def new_app(
    store: Store, body: Mapping[str, Any], *, space_id: int, created_by: int, created_on: datetime, token: str
) -> App:
    """Add an app to a workspace, as a body with ``config`` and ``fields`` describes it; refuse what Podio refuses."""
    config, fields = object_of(body.get("config")), body.get("fields")
    if fields is not None and not isinstance(fields, list):
        raise invalid_value(fields, "must be array")
    app = App(
        app_id=store.new_id(),
        space_id=space_id,
        name=needed_text(config, "name"),
        item_name=needed_text(config, "item_name"),
        description=text_of(config, "description") or "",
        url_label=label_of(config["name"], {app.url_label for app in store.apps_of(space_id)}, "app"),
        icon_id=needed_id({"icon_id": 54} | config, "icon_id"),
        created_by=created_by,
        created_on=created_on,
        fields=(),
        token=token,
        type=text_of(config, "type", default="standard") or "standard",
    )
    _check_shown(config, _APP_KEYS, app_config(app))
    for entry in map(object_of, fields or ()):
        field = _read_field(store, entry, labels={field.external_id for field in app.fields})
        app = replace(app, fields=_place(app.fields, field, _config(entry)))
    store.apps[app.app_id] = app
    return app


def _create(call: Call) -> dict[str, Any]:
    body = call.json_object()
    space = call.store.space(needed_id(body, "space_id"))
    if space.roles.get(call.user_id) not in {"admin", "regular"} or not call.sees_space(space, Permission.WRITE):
        raise forbidden()
    app = new_app(
        call.store,
        body,
        space_id=space.space_id,
        created_by=call.user_id,
        created_on=call.now,
        token=call.tokens.new_app_token(),
    )
    call.send_event(f"/space/{space.space_id}", "create", "app", app.app_id)
    return {"app_id": app.app_id}


def _keep(call: Call, app: App) -> dict[str, Any]:
    revision = call.store.app_revisions.get(app.app_id, 0) + 1
    call.store.app_revisions[app.app_id] = revision
    call.store.apps[app.app_id] = app
    return {"revision": revision}


def _add_field(call: Call) -> dict[str, Any]:
    app, body = administered(call), call.json_object()
    field = _read_field(call.store, body, labels={field.external_id for field in app.fields})
    return {"field_id": field.field_id} | _keep(call, replace(app, fields=_place(app.fields, field, _config(body))))


def _field(call: Call, app: App) -> AppField:
    field = app.field_by_key(call.params["field_key"])
    if field is None:
        raise not_found()
    return field


def _update_field(call: Call) -> dict[str, Any]:
    app, body = administered(call), call.json_object()
    previous = _field(call, app)
    field = _read_field(
        call.store, body, labels=set(), previous=previous, shown_config=call.shapes.field_config(previous)
    )
    return _keep(call, replace(app, fields=_place(app.fields, field, _config(body))))


def _delete_field(call: Call) -> dict[str, Any]:
    """Delete a field, and its values with it."""
    app = administered(call)
    field = _field(call, app)
    for item in call.store.items_of(app.app_id):
        if field.field_id in item.values:
            values = {key: value for key, value in item.values.items() if key != field.field_id}
            call.store.put_item(replace(item, values=values))
    return _keep(call, replace(app, fields=tuple(other for other in app.fields if other is not field)))


def _referred(call: Call, app: App) -> list[int]:
    ids = [
        app_id
        for field in app.fields
        if field.type == "app"
        for app_id in (field.settings or {}).get("referenceable_types", ())
    ]
    return [app_id for app_id in dict.fromkeys(ids) if call.sees_app(call.store.apps[app_id])]


def _dependencies(call: Call, apps: list[App]) -> dict[str, Any]:
    """Write apps and what they refer to, and which of them refers to which."""
    apps_by_id = {app.app_id: app for app in apps}
    for app in apps_by_id.copy().values():
        waiting = [app]
        while waiting:
            for app_id in _referred(call, waiting.pop()):
                if app_id not in apps_by_id:
                    apps_by_id[app_id] = call.store.apps[app_id]
                    waiting.append(apps_by_id[app_id])
    return {
        "apps": [call.shapes.app_short(app) for app in apps_by_id.values()],
        "dependencies": {str(app_id): _referred(call, app) for app_id, app in apps_by_id.items()},
    }


def _app_dependencies(call: Call) -> dict[str, Any]:
    return _dependencies(call, [call.app()])


def _space_dependencies(call: Call) -> dict[str, Any]:
    return _dependencies(call, [app for app in call.store.apps_of(call.space().space_id) if call.sees_app(app)])


_USER = Access.USER
_FIELD_KEYS = ("config", *_HONOURED)
_FIELD = "/app/{app_id:int}/field"
OPERATIONS: tuple[Operation, ...] = (
    Operation(method="POST", path="/app", run=_create, access=_USER, keys=("space_id", "config", "fields")),
    Operation(method="POST", path=_FIELD, run=_add_field, access=_USER, keys=("type", *_FIELD_KEYS)),
    Operation(method="PUT", path=f"{_FIELD}/{{field_key}}", run=_update_field, access=_USER, keys=_FIELD_KEYS),
    Operation(
        method="DELETE",
        path=f"{_FIELD}/{{field_key}}",
        run=_delete_field,
        access=_USER,
        missing_parameters=("delete_values",),
    ),
    Operation(method="GET", path="/app/{app_id:int}/dependencies", run=_app_dependencies),
    Operation(method="GET", path="/space/{space_id:int}/dependencies", run=_space_dependencies),
)
