"""The area "items": get, count, create, update, delete."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from podio_emulator.api.files import attach_all
from podio_emulator.api.notifications import mark_viewed
from podio_emulator.api.reminders import check_reminder, set_reminder
from podio_emulator.calculations import with_calculations
from podio_emulator.calls import Call, Operation, Permission
from podio_emulator.errors import conflict, invalid_value, not_found
from podio_emulator.field_types import write_values
from podio_emulator.model import App, Item, Stored
from podio_emulator.queries import is_int, object_of, query_boolean, text_of, texts_of
from podio_emulator.references import referred_in_body
from podio_emulator.store import Values


def _get(call: Call) -> dict[str, Any]:
    item = call.item()
    if query_boolean(call.query, "mark_as_viewed") is not False:
        mark_viewed(call, "item", item.item_id)
    return call.shapes.item(item)


def _values(call: Call) -> list[Any]:
    return call.shapes.values(call.item())


def _count(call: Call) -> dict[str, Any]:
    return {"count": len(call.store.items_of(call.app().app_id))}


def _by_external_id(call: Call) -> dict[str, Any]:
    external_id = call.params["external_id"]
    for item in call.store.items_of(call.app().app_id):
        if item.external_id == external_id:
            return call.shapes.item(item)
    raise not_found()


def _by_app_item_id(call: Call) -> dict[str, Any]:
    app_item_id = call.params["app_item_id"]
    for item in call.store.items_of(call.app().app_id):
        if item.app_item_id == app_item_id:
            return call.shapes.item(item)
    raise not_found()


def _create(call: Call) -> dict[str, Any]:
    app = call.app(Permission.WRITE)
    body = call.json_object()
    fields = read_fields(call, app, body)
    for field in app.fields:
        if field.required and field.field_id not in fields:
            refusal = invalid_value(None, f"the field {field.external_id} is required")
            refusal.propagate = True
            raise refusal
    check_reminder(call, body)
    item = call.store.create_item(
        app=app,
        values=with_calculations(app, _without_empty(fields)),
        author=call.author,
        via=call.via,
        now=call.now,
        external_id=text_of(body, "external_id"),
        tags=texts_of(body.get("tags")),
        file_ids=file_ids(call, body),
        ref=_reference(call, body),
    )
    attach_files_of(call, item)
    set_reminder(call, ("item", item.item_id), body.get("reminder"))
    space = f"/space/{app.space_id}"
    call.send_event(space, "create", "item", item.item_id, app_id=app.app_id)
    if not call.is_silent:
        call.send_event(space, "stream_create", "item", item.item_id)
    return {"item_id": item.item_id, "title": item.title}


def _update(call: Call) -> dict[str, Any] | None:
    item = call.item(Permission.WRITE)
    app = call.store.app(item.app_id)
    body = call.json_object()
    revision = body.get("revision")
    if revision is not None:
        if isinstance(revision, bool) or not isinstance(revision, int):
            raise invalid_value(revision, "must be integer")
        if revision != item.revision:
            raise conflict()
    values = _without_empty(dict(item.values) | read_fields(call, app, body))
    new_item = replace(
        item,
        values=with_calculations(app, values),
        external_id=text_of(body, "external_id") if "external_id" in body else item.external_id,
        tags=texts_of(body.get("tags")) if "tags" in body else item.tags,
        file_ids=file_ids(call, body) if "file_ids" in body else item.file_ids,
        ref=_reference(call, body) if "ref" in body else item.ref,
    )
    check_reminder(call, body)
    if "reminder" in body:
        set_reminder(call, ("item", item.item_id), body["reminder"])
    result = call.store.change_item(
        item, new_item, author=call.author, via=call.via, now=call.now, is_silent=call.is_silent
    )
    if result is item:
        return None
    attach_files_of(call, result)
    call.send_event(f"/item/{result.item_id}", "update", "item", result.item_id, revision=result.revision)
    return {"revision": result.revision, "title": result.title}


def _reference(call: Call, body: dict[str, Any]) -> tuple[str, int] | None:
    """Read what an item is about: ``ref``, an object with ``type`` and ``id``."""
    if body.get("ref") is None:
        return None
    return referred_in_body(call, body["ref"], allowed=("item", "task", "app", "space"))


def _update_reference(call: Call) -> None:
    item = call.item(Permission.WRITE)
    new_item = replace(item, ref=_reference(call, {"ref": call.json_object()}))
    call.store.change_item(item, new_item, author=call.author, via=call.via, now=call.now, is_silent=call.is_silent)


def _delete_reference(call: Call) -> None:
    item = call.item(Permission.WRITE)
    call.store.change_item(
        item, replace(item, ref=None), author=call.author, via=call.via, now=call.now, is_silent=call.is_silent
    )


def attach_files_of(call: Call, item: Item) -> None:
    """Let those who see the item see its files, also those in its fields."""
    app = call.store.app(item.app_id)
    in_fields = [
        value["value"] for f in app.fields if f.type in {"image", "file"} for value in item.values.get(f.field_id, ())
    ]
    attach_all(call, (*item.file_ids, *in_fields), "item", item.item_id)


def _delete(call: Call) -> None:
    item = call.item(Permission.DELETE)
    call.store.delete_item(item)
    call.send_event(f"/item/{item.item_id}", "delete", "item", item.item_id)


def read_fields(call: Call, app: App, body: dict[str, Any]) -> dict[int, tuple[Stored, ...]]:
    """Read ``fields``: an object by field id or external id, or a list of such objects."""
    fields = body.get("fields", {})
    if isinstance(fields, list):
        entries = [(entry.get("external_id") or entry.get("field_id"), entry) for entry in map(object_of, fields)]
        pairs = [(str(key), entry.get("values", entry.get("value"))) for key, entry in entries]
    elif isinstance(fields, dict):
        pairs = list(fields.items())
    else:
        raise invalid_value(fields, "must be object")
    values_by_id = {}
    for key, raw in pairs:
        field = app.field_by_key(key)
        if field is None:
            raise invalid_value(key, "must be a field of the app")
        values = write_values(raw, field, call.store)
        if field.type in {"image", "file"}:
            for value in values:
                call.allowed_file(call.store.file(value["value"]))
        values_by_id[field.field_id] = values
    return values_by_id


def _without_empty(values: dict[int, tuple[Stored, ...]]) -> Values:
    return {field_id: field_values for field_id, field_values in values.items() if field_values}


def file_ids(call: Call, body: dict[str, Any]) -> tuple[int, ...]:
    """Read ``file_ids``; refuse ids of no file, and of files that the caller may not see."""
    value = body.get("file_ids")
    ids = [] if value is None else value
    if not isinstance(ids, list) or not all(is_int(entry) and entry in call.store.files for entry in ids):
        raise invalid_value(value, "must be array of file ids")
    for file_id in ids:
        call.allowed_file(call.store.file(file_id))
    return tuple(ids)


OPERATIONS: tuple[Operation, ...] = (
    Operation(method="GET", path="/item/app/{app_id:int}/count", run=_count, missing_parameters=("view_id",)),
    Operation(method="GET", path="/item/app/{app_id:int}/external_id/{external_id}", run=_by_external_id),
    Operation(
        method="POST",
        path="/item/app/{app_id:int}",
        run=_create,
        keys=("external_id", "fields", "file_ids", "tags", "ref", "reminder"),
        missing_keys=("recurrence", "linked_account_id"),
    ),
    Operation(method="GET", path="/item/{item_id:int}", run=_get),
    Operation(
        method="PUT",
        path="/item/{item_id:int}",
        run=_update,
        keys=("external_id", "fields", "file_ids", "tags", "ref", "reminder", "revision"),
        missing_keys=("recurrence", "linked_account_id"),
    ),
    Operation(method="DELETE", path="/item/{item_id:int}", run=_delete),
    Operation(method="PUT", path="/item/{item_id:int}/ref", run=_update_reference, keys=("type", "id")),
    Operation(method="DELETE", path="/item/{item_id:int}/ref", run=_delete_reference),
    Operation(method="GET", path="/item/{item_id:int}/value", run=_values),
    # How version 2 differs isn't known; it is an operation of its own, not the field "v2".
    Operation(method="GET", path="/item/{item_id:int}/value/v2", run=_values),
    Operation(
        method="GET",
        path="/app/{app_id:int}/item/{app_item_id:int}",
        run=_by_app_item_id,
        missing_parameters=("mark_as_viewed",),
    ),
)
