"""The area "views": ways to look at an app's items.

The view ``0``, or ``last``, is the one that the user used last; it can be requested before there is one.
Sources: "Views" and "Filtering" of Podio's documentation.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from podio_emulator.calls import Access, Call, Operation, Permission
from podio_emulator.errors import forbidden, invalid_value, not_found
from podio_emulator.filters import page_of
from podio_emulator.model import App, View
from podio_emulator.queries import boolean_of, choice_of, needed_text, object_of
from podio_emulator.times import time_text

LAYOUTS = ("badge", "table", "stream", "calendar", "card", "table-new")


def filters_of(body: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    """Read filters as a list of ``{key, values}``, or as an object by key."""
    filters = body.get("filters")
    if filters is None:
        return ()
    if isinstance(filters, dict):
        return tuple({"key": key, "values": values} for key, values in filters.items())
    if not isinstance(filters, list) or not all(isinstance(entry, dict) and "key" in entry for entry in filters):
        raise invalid_value(filters, "must be array of object")
    return tuple({"key": str(entry["key"]), "values": entry.get("values")} for entry in filters)


def _object(body: dict[str, Any], name: str) -> dict[str, Any]:
    value = body.get(name)
    return {} if value is None else object_of(value)


def _read(call: Call, app: App, body: dict[str, Any], *, view_id: int, name: str | None) -> View:
    sort_by = body.get("sort_by", "created_on")
    if isinstance(sort_by, bool) or not isinstance(sort_by, (str, int)):
        raise invalid_value(sort_by, "must be string")
    view = View(
        view_id=view_id,
        app_id=app.app_id,
        name=name,
        type="saved" if view_id else "last",
        sort_by=str(sort_by),
        sort_desc=boolean_of(body, "sort_desc", default=True),
        filters=filters_of(body),
        layout=choice_of(body, "layout", LAYOUTS, default="badge"),
        fields=_object(body, "fields"),
        grouping=_object(body, "grouping"),
        private=boolean_of(body, "private"),
        created_on=call.now,
        created_by=call.author,
    )
    _matching(call, view)
    return view


def _matching(call: Call, view: View) -> int:
    """Count a view's items; this also refuses a sort key that is none."""
    app = call.store.app(view.app_id)
    body = {"filters": list(view.filters), "sort_by": view.sort_by, "limit": 1}
    return page_of(call.store.items_of(app.app_id), app, body, call.calendar).filtered


def _to_json(call: Call, view: View) -> dict[str, Any]:
    return {
        "view_id": view.view_id,
        "name": view.name,
        "type": view.type,
        "items": _matching(call, view),
        "sort_by": view.sort_by,
        "sort_desc": view.sort_desc,
        "filters": [dict(entry) for entry in view.filters],
        "layout": view.layout,
        "fields": dict(view.fields),
        "grouping": dict(view.grouping),
        "private": view.private,
        "created_on": time_text(view.created_on),
        "created_by": call.shapes.byline(view.created_by),
    }


def _sees(call: Call, view: View) -> bool:
    return not view.private or view.created_by == call.author


def _list(call: Call) -> list[Any]:
    app_id = call.app().app_id
    return [_to_json(call, v) for v in call.store.views.values() if v.app_id == app_id and _sees(call, v)]


def _create(call: Call) -> dict[str, Any]:
    app, body = call.app(Permission.WRITE), call.json_object()
    view = _read(call, app, body, view_id=call.store.new_id(), name=needed_text(body, "name"))
    call.store.views[view.view_id] = view
    return {"view_id": view.view_id}


def _last_of(call: Call, app: App) -> View:
    return call.store.last_views.get((app.app_id, call.user_id)) or _read(call, app, {}, view_id=0, name=None)


def _last(call: Call) -> dict[str, Any]:
    return _to_json(call, _last_of(call, call.app()))


def _update_last(call: Call) -> None:
    remember(call, call.app(), call.json_object())


def remember(call: Call, app: App, body: dict[str, Any]) -> None:
    """Make what a body says the view of the app that the user used last."""
    properties = {name: value for name, value in body.items() if value is not None}
    call.store.last_views[app.app_id, call.user_id] = _read(call, app, properties, view_id=0, name=None)


def find(call: Call, app: App, key: str) -> View:
    """Return an app's view by its id, by its name, or the last one used."""
    if key in {"0", "last"}:
        return _last_of(call, app)
    for view in call.store.views.values():
        if view.app_id == app.app_id and _sees(call, view) and key in {str(view.view_id), view.name}:
            return view
    raise not_found()


def _by_key(call: Call) -> dict[str, Any]:
    return _to_json(call, find(call, call.app(), call.params["view_key"]))


def _view(call: Call, *, own: bool = False) -> View:
    view = call.store.views.get(call.params["view_id"])
    if view is None:
        raise not_found()
    if not call.sees_app(call.store.app(view.app_id)) or not _sees(call, view):
        raise forbidden()
    if own and view.created_by != call.author:
        raise forbidden("You can only change your own views")
    return view


def _get(call: Call) -> dict[str, Any]:
    return _to_json(call, _view(call))


def _update(call: Call) -> None:
    view, body = _view(call, own=True), call.json_object()
    now = {
        "sort_by": view.sort_by,
        "sort_desc": view.sort_desc,
        "filters": list(view.filters),
        "layout": view.layout,
        "fields": dict(view.fields),
        "grouping": dict(view.grouping),
        "private": view.private,
    }
    name = needed_text(body, "name") if "name" in body else view.name
    new_view = _read(call, call.store.app(view.app_id), now | body, view_id=view.view_id, name=name)
    call.store.views[view.view_id] = replace(new_view, created_on=view.created_on, created_by=view.created_by)


def _delete(call: Call) -> None:
    view = _view(call, own=True)
    del call.store.views[view.view_id]
    if call.store.default_views.get(view.app_id) == view.view_id:
        del call.store.default_views[view.app_id]


def _make_default(call: Call) -> None:
    view = _view(call)
    if not call.sees_app(call.store.app(view.app_id), Permission.WRITE) or view.private:
        raise forbidden()
    call.store.default_views[view.app_id] = view.view_id


OPERATIONS: tuple[Operation, ...] = (
    Operation(method="GET", path="/view/app/{app_id:int}", run=_list, missing_parameters=("include_standard_views",)),
    Operation(
        method="POST",
        path="/view/app/{app_id:int}",
        run=_create,
        keys=("name", "sort_by", "sort_desc", "filters", "layout", "fields", "grouping", "private"),
    ),
    Operation(method="GET", path="/view/app/{app_id:int}/last", run=_last, access=Access.USER),
    Operation(
        method="PUT",
        path="/view/app/{app_id:int}/last",
        run=_update_last,
        access=Access.USER,
        keys=("sort_by", "sort_desc", "filters", "layout", "fields", "grouping"),
        missing_keys=("private",),
    ),
    Operation(method="GET", path="/view/app/{app_id:int}/{view_key}", run=_by_key),
    Operation(method="GET", path="/view/{view_id:int}", run=_get),
    Operation(
        method="PUT",
        path="/view/{view_id:int}",
        run=_update,
        keys=("name", "sort_by", "sort_desc", "filters", "layout", "fields", "grouping", "private"),
    ),
    Operation(method="DELETE", path="/view/{view_id:int}", run=_delete),
    Operation(method="POST", path="/view/{view_id:int}/default", run=_make_default),
)
