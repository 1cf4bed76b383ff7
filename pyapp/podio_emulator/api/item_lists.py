"""The area "items", third part: an app's items filtered, as a view shows them, and with more of each than is usual.

``fields=items.fields(files)`` bundles keys of the full item into the items of the response; ``items.view(micro)`` and
``items.view(full)`` choose another view of them. Sources: "Filter items" and "Limits" of Podio's documentation.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from podio_emulator.api.views import filters_of, find, remember
from podio_emulator.calls import Call, Operation
from podio_emulator.errors import Refusal, forbidden, invalid_value, one_of
from podio_emulator.filters import QUERY_PROPERTIES, page_of
from podio_emulator.model import App, Item
from podio_emulator.queries import boolean_of, query_boolean, query_number

_BUNDLE = re.compile(r"items(?:\.view\(([a-z_-]+)\))?(?:\.fields\(([a-z_,]+)\))?")
_QUERY_TYPES = {"app", "category", "contact"}

WriteItem = Callable[[Item], dict[str, Any]]


def _writer(call: Call) -> WriteItem:
    """Return what writes an item of the response, as the parameter ``fields`` wants it."""
    text = call.query.get("fields")
    if not text:
        return call.shapes.item_listed
    match = _BUNDLE.fullmatch(text.replace(" ", ""))
    if match is None:
        raise Refusal(400, "invalid_value", f"Invalid value: the Podio emulator does not know the fields {text[:80]!r}")
    views: dict[str | None, WriteItem] = {
        None: call.shapes.item_listed,
        "micro": call.shapes.item_micro,
        "full": call.shapes.item,
    }
    if match[1] not in views:
        raise invalid_value(match[1], one_of(("micro", "full")))
    write, names = views[match[1]], match[2].split(",") if match[2] else []

    def with_fields(item: Item) -> dict[str, Any]:
        full = call.shapes.item(item) if names else {}
        for name in names:
            if name not in full:
                raise invalid_value(name, "must be a property of an item")
        return write(item) | {name: full[name] for name in names}

    return with_fields


def _page(call: Call, app: App, body: dict[str, Any]) -> dict[str, Any]:
    write = _writer(call)
    page = page_of(call.store.items_of(app.app_id), app, body, call.calendar)
    return {"total": page.total, "filtered": page.filtered, "items": [write(item) for item in page.items]}


def _filter(call: Call) -> dict[str, Any]:
    app, body = call.app(), call.json_object()
    if "space_id" in call.query and query_number(call.query, "space_id", 0) != app.space_id:
        raise forbidden("The app does not belong to that workspace")
    answer = _page(call, app, body)
    if boolean_of(body, "remember"):
        remember(call, app, body)
    return answer


def _filter_by_view(call: Call) -> dict[str, Any]:
    """Filter an app's items as a view does; the body may page, sort otherwise, and narrow further."""
    app, body = call.app(), call.json_object()
    view = find(call, app, call.params["view_key"])
    filters = [*view.filters, *filters_of(body)]
    query = {"sort_by": view.sort_by, "sort_desc": view.sort_desc} | body | {"filters": filters}
    answer = _page(call, app, query)
    if boolean_of(body, "remember"):
        remember(call, app, query)
    return answer


def _get(call: Call) -> dict[str, Any]:
    """List an app's items: the older operation, with sorting, paging and filters in the query.

    A filter's parameter is a field or a property with ids or texts, ``;`` between them. What Podio takes for ranges is
    not known: other filters are refused.
    """
    app = call.app()
    body: dict[str, Any] = {
        "limit": query_number(call.query, "limit", 20),
        "offset": query_number(call.query, "offset", 0),
        "filters": _query_filters(call, app),
    }
    if "sort_by" in call.query:
        body["sort_by"] = call.query["sort_by"]
    descending = query_boolean(call.query, "sort_desc")
    if descending is not None:
        body["sort_desc"] = descending
    return _page(call, app, body)


def _query_filters(call: Call, app: App) -> dict[str, Any]:
    filters: dict[str, Any] = {}
    for name, text in call.query.items():
        field = app.field_by_key(name)
        if name in QUERY_PROPERTIES or (field is not None and field.type in _QUERY_TYPES):
            values = text.split(";")
            numeric = field is not None or QUERY_PROPERTIES[name] is int
            if numeric and not all(value.isascii() and value.isdigit() and len(value) < 16 for value in values):
                raise invalid_value(text, "must be integers with ; between them")
            filters[name] = [int(value) if numeric else value for value in values]
        elif field is not None or name in {"created_on", "created_by", "last_edit_on", "last_edit_by", "last_edit_via"}:
            raise Refusal(400, "invalid_value", f"Invalid value: filter by {name!r} with POST /item/app/…/filter/")
    return filters


_KEYS = ("filters", "limit", "offset", "sort_by", "sort_desc", "remember")
_APP = "/item/app/{app_id:int}"
OPERATIONS: tuple[Operation, ...] = (
    Operation(method="POST", path=f"{_APP}/filter", run=_filter, heavy=True, keys=_KEYS, parameters=("fields",)),
    Operation(
        method="POST",
        path=f"{_APP}/filter/{{view_key}}",
        run=_filter_by_view,
        heavy=True,
        keys=_KEYS,
        parameters=("fields",),
    ),
    Operation(method="GET", path=_APP, run=_get, heavy=True, parameters=("fields",)),
    Operation(method="GET", path=f"{_APP}/v2", run=_get, heavy=True, parameters=("fields",)),
)
