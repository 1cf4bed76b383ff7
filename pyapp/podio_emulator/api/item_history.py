"""The area "items", second part: revisions and their differences, references, clones, single fields, many at once.

Revisions made before the emulator ran have no earlier state: the sample's items begin with their newest. Performs no
I/O. Source: "Items" of Podio's documentation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from podio_emulator.api.items import attach_files_of, read_fields
from podio_emulator.api.views import filters_of, find
from podio_emulator.calculations import with_calculations
from podio_emulator.calls import Call, Operation, Permission
from podio_emulator.errors import invalid_value, not_found
from podio_emulator.filters import LARGEST_LIMIT, page_of
from podio_emulator.json_bodies import decoded
from podio_emulator.model import App, AppField, Item
from podio_emulator.queries import is_int, paged

# Revisions


def _revisions(call: Call) -> list[Any]:
    return [call.shapes.revision(revision) for revision in call.item().revisions]


def _number(item: Item, revision_id: int) -> int:
    """Find a revision by its number or by its id: both are used in paths."""
    for revision in item.revisions:
        if revision_id in {revision.revision, revision.item_revision_id}:
            return revision.revision
    raise not_found()


def _revision(call: Call) -> dict[str, Any]:
    item = call.item()
    return call.shapes.revision(item.revisions[_number(item, call.params["revision"])])


def _difference(call: Call) -> list[Any]:
    item = call.item()
    older = call.store.item_at(item, _number(item, call.params["revision_from"]))
    newer = call.store.item_at(item, _number(item, call.params["revision_to"]))
    app = call.store.app(item.app_id)
    return [
        {
            "field_id": field.field_id,
            "type": field.type,
            "external_id": field.external_id,
            "label": field.label,
            "from": _values(call, older, field),
            "to": _values(call, newer, field),
        }
        for field in app.fields
        if older.values.get(field.field_id) != newer.values.get(field.field_id)
    ]


def _values(call: Call, item: Item, field: AppField) -> list[Any]:
    entries = (call.shapes.value(stored, field) for stored in item.values.get(field.field_id, ()))
    return [value for value in entries if value is not None]


def _back_to(call: Call, item: Item, number: int) -> dict[str, Any]:
    old_item = call.store.item_at(item, number)
    new_item = replace(item, values=old_item.values, tags=old_item.tags, external_id=old_item.external_id)
    result = call.store.change_item(
        item, new_item, author=call.author, via=call.via, now=call.now, is_silent=call.is_silent
    )
    call.send_event(f"/item/{result.item_id}", "update", "item", result.item_id, revision=result.revision)
    return {"revision": result.revision}


def _revert_to(call: Call) -> dict[str, Any]:
    item = call.item(Permission.WRITE)
    return _back_to(call, item, _number(item, call.params["revision"]))


def _revert(call: Call) -> dict[str, Any]:
    """Undo a revision: back to the one before it."""
    item = call.item(Permission.WRITE)
    number = _number(item, call.params["revision"])
    if number == 0:
        raise invalid_value(number, "must not be the first revision")
    return _back_to(call, item, number - 1)


# References


def _referring(call: Call, item: Item) -> list[tuple[App, AppField, list[Item]]]:
    references = []
    for app in call.store.apps.values():
        fields = [
            field
            for field in app.fields
            if field.type == "app" and item.app_id in (field.settings or {}).get("referenceable_types", ())
        ]
        for field in fields if call.sees_app(app) else ():
            items = [
                other
                for other in call.store.items_of(app.app_id)
                if any(stored["value"] == item.item_id for stored in other.values.get(field.field_id, ()))
            ]
            if items:
                references.append((app, field, items))
    return references


def _references(call: Call) -> list[Any]:
    return [
        {
            "app": call.shapes.app_micro(app),
            "field": call.shapes.field(field),
            "items": [call.shapes.item_micro(item) for item in items],
        }
        for app, field, items in _referring(call, call.item())
    ]


def _references_by_field(call: Call) -> list[Any]:
    groups = _referring(call, call.item())
    items = [
        item for _, field, group_items in groups if field.field_id == call.params["field_id"] for item in group_items
    ]
    return [call.shapes.item_micro(item) for item in paged(items, call.query, limit=1000)]


# Values


def _field(call: Call, item: Item) -> AppField:
    field = call.store.app(item.app_id).field_by_key(call.params["field_key"])
    if field is None:
        raise not_found()
    return field


def _one_value(call: Call) -> list[Any]:
    item = call.item()
    return _values(call, item, _field(call, item))


def _one_field(call: Call) -> dict[str, Any]:
    """Write a field with its values: what is known of version 2 is that it is not a list of bare values."""
    item = call.item()
    field = _field(call, item)
    entries = [entry for entry in call.shapes.values(item) if entry["field_id"] == field.field_id]
    return entries[0] if entries else call.shapes.field(field) | {"values": []}


def _store(call: Call, item: Item, fields: dict[str, Any]) -> dict[str, Any]:
    app = call.store.app(item.app_id)
    values = dict(item.values) | read_fields(call, app, {"fields": fields})
    new_item = replace(item, values=with_calculations(app, {key: value for key, value in values.items() if value}))
    result = call.store.change_item(
        item, new_item, author=call.author, via=call.via, now=call.now, is_silent=call.is_silent
    )
    if result is not item:
        attach_files_of(call, result)
        call.send_event(f"/item/{result.item_id}", "update", "item", result.item_id, revision=result.revision)
    return {"revision": result.revision, "title": result.title}


def _update_values(call: Call) -> dict[str, Any]:
    return _store(call, call.item(Permission.WRITE), call.json_object())


def _update_value(call: Call) -> dict[str, Any]:
    item = call.item(Permission.WRITE)
    field = _field(call, item)
    return _store(call, item, {field.external_id: decoded(call.body) if call.body.strip() else []})


# Clones, and many at once


def _clone(call: Call) -> dict[str, Any]:
    item = call.item()
    app = call.store.app(item.app_id)
    if not call.sees_app(app, Permission.WRITE):
        call.item(Permission.WRITE)
    clone = call.store.create_item(
        app=app, values=item.values, author=call.author, via=call.via, now=call.now, tags=item.tags
    )
    call.send_event(f"/space/{app.space_id}", "create", "item", clone.item_id, app_id=app.app_id)
    return {"item_id": clone.item_id}


def _basic(call: Call) -> dict[str, Any]:
    item = call.item()
    return call.shapes.item_listed(item) | {"app": call.shapes.app_micro(call.store.apps[item.app_id])}


def _bulk_delete(call: Call) -> dict[str, Any]:
    """Delete the items named, or those that pass the filters; one that is not the app's is passed over."""
    app, body = call.app(Permission.DELETE), call.json_object()
    ids, view_id = body.get("item_ids"), body.get("view_id")
    filters: tuple[Mapping[str, Any], ...] = filters_of(body)
    if ids is not None:
        if not isinstance(ids, list) or not all(map(is_int, ids)):
            raise invalid_value(ids, "must be array of integer")
        if filters or view_id is not None:
            raise invalid_value(body, "must have item_ids or filters, not both")
        items = [item for item in call.store.items_of(app.app_id) if item.item_id in set(ids)]
    elif filters or view_id is not None:
        if view_id is not None:
            if not is_int(view_id):
                raise invalid_value(view_id, "must be integer")
            filters = (*find(call, app, str(view_id)).filters, *filters)
        query = {"filters": list(filters), "limit": LARGEST_LIMIT}
        items = list(page_of(call.store.items_of(app.app_id), app, query, call.calendar).items)
    else:
        raise invalid_value(body, "must have item_ids or filters")
    for item in items:
        call.store.delete_item(item)
        call.send_event(f"/item/{item.item_id}", "delete", "item", item.item_id)
    return {"deleted": [item.item_id for item in items], "pending": []}


def _field_search(call: Call) -> list[Any]:
    """Find the items that an app field may refer to, by a part of their titles."""
    field_id = call.params["field_id"]
    field = next(
        (f for app in call.store.apps.values() if call.sees_app(app) for f in app.fields if f.field_id == field_id),
        None,
    )
    if field is None or field.type != "app":
        raise not_found()
    text = call.query.get("text", "").casefold()
    apps = [call.store.apps[app_id] for app_id in (field.settings or {}).get("referenceable_types", ())]
    matches = [
        item
        for app in apps
        if call.sees_app(app)
        for item in call.store.items_of(app.app_id)
        if text in item.title.casefold()
    ]
    return [call.shapes.item_micro(item) for item in matches[:13]]


_ITEM = "/item/{item_id:int}"
OPERATIONS: tuple[Operation, ...] = (
    Operation(
        method="POST",
        path="/item/app/{app_id:int}/delete",
        run=_bulk_delete,
        heavy=True,
        keys=("item_ids", "filters", "view_id"),
    ),
    Operation(
        method="GET",
        path="/item/field/{field_id:int}/find",
        run=_field_search,
        missing_parameters=("not_item_id", "sort"),
    ),
    Operation(method="GET", path=f"{_ITEM}/basic", run=_basic),
    Operation(method="POST", path=f"{_ITEM}/clone", run=_clone),
    Operation(method="GET", path=f"{_ITEM}/revision", run=_revisions),
    Operation(method="GET", path=f"{_ITEM}/revision/{{revision:int}}", run=_revision),
    Operation(method="DELETE", path=f"{_ITEM}/revision/{{revision:int}}", run=_revert),
    Operation(method="POST", path=f"{_ITEM}/revision/{{revision:int}}/revert_to", run=_revert_to),
    Operation(method="GET", path=f"{_ITEM}/revision/{{revision_from:int}}/{{revision_to:int}}", run=_difference),
    Operation(method="GET", path=f"{_ITEM}/reference", run=_references),
    Operation(method="GET", path=f"{_ITEM}/reference/field/{{field_id:int}}", run=_references_by_field),
    Operation(method="GET", path=f"{_ITEM}/value/{{field_key}}/v2", run=_one_field),
    Operation(method="PUT", path=f"{_ITEM}/value", run=_update_values, free_body=True),
    Operation(method="GET", path=f"{_ITEM}/value/{{field_key}}", run=_one_value),
    Operation(method="PUT", path=f"{_ITEM}/value/{{field_key}}", run=_update_value, free_body=True),
)
