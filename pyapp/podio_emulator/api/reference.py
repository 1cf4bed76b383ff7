"""The area "reference": what a reference leads to, and searching for what a field may refer to."""

from __future__ import annotations

from typing import Any

from podio_emulator.calls import Access, Call, Operation
from podio_emulator.errors import Refusal, invalid_value
from podio_emulator.filters import whole_number
from podio_emulator.queries import needed_text, object_of, text_of
from podio_emulator.references import referred


def _references(call: Call) -> list[Any]:
    """Search for the targets of a field, or of tasks and alerts, in groups by kind."""
    body = call.json_object()
    target = needed_text(body, "target")
    limit = whole_number(body, "limit", 13, least=1, most=100)
    text = (text_of(body, "text") or "").casefold()
    params = object_of(body.get("target_params") or {})
    for name in set(params) - ({"field_id"} if target == "item_field" else set()):
        raise invalid_value(name, f"must not be given for {target[:80]}")
    if target not in {"item_field", "task_reference", "task_responsible", "alert"}:
        raise Refusal(400, "invalid_value", f"Invalid reference {target[:80]}")
    app_ids: tuple[int, ...] = tuple(app.app_id for app in call.store.apps.values() if call.sees_app(app))
    seeks_users = target in {"task_responsible", "alert"}
    if target == "item_field":
        field_id = params.get("field_id")
        places = [
            (app, field) for app in call.store.apps.values() for field in app.fields if field.field_id == field_id
        ]
        if not places or not call.sees_app(places[0][0]):
            raise Refusal(400, "invalid_value", "Invalid reference field")
        settings = places[0][1].settings or {}
        seeks_users = places[0][1].type == "contact"
        app_ids = tuple(
            app_id for app_id in settings.get("referenceable_types", ()) if call.sees_app(call.store.apps[app_id])
        )
    if seeks_users:
        ids = call.store.colleagues(call.user_id)
        profiles = [p for p in call.store.profiles.values() if p.profile_id in ids and text in p.name.casefold()]
        contents = [{"type": "profile", "id": p.profile_id, "data": call.shapes.profile(p)} for p in profiles[:limit]]
        return [{"name": "profiles", "contents": contents}]
    groups = []
    for app_id in app_ids:
        items = [item for item in call.store.items_of(app_id) if text in item.title.casefold()][:limit]
        if items:
            contents = [
                {"type": "item", "id": item.item_id, "title": item.title, "link": call.shapes.item_link(item)}
                for item in items
            ]
            data = call.shapes.app_micro(call.store.apps[app_id])
            groups.append({"name": "app", "data": data, "contents": contents})
    return groups


def _reference(call: Call) -> dict[str, Any]:
    kind, ref_id = call.params["ref_type"], call.params["ref_id"]
    referred(call, kind, ref_id, allowed=("item", "task", "app", "space"))
    return call.shapes.reference(kind, ref_id)


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        method="POST",
        path="/reference/search",
        run=_references,
        access=Access.USER,
        keys=("target", "target_params", "text", "limit"),
    ),
    Operation(method="GET", path="/reference/{ref_type}/{ref_id:int}", run=_reference),
)
