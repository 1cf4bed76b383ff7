"""The area "tags": on items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from podio_emulator.calls import Call, Operation, Permission
from podio_emulator.errors import invalid_value
from podio_emulator.json_bodies import decoded
from podio_emulator.model import Item
from podio_emulator.queries import needed_text, paged, query_number, texts_of
from podio_emulator.references import referred
from podio_emulator.times import time_text


def _item(call: Call) -> Item:
    target = referred(
        call, call.params["ref_type"], call.params["ref_id"], allowed=("item",), permission=Permission.WRITE
    )
    if not isinstance(target, Item):  # pragma: no cover - only items are allowed
        raise TypeError
    return target


def _tags_of(call: Call) -> tuple[str, ...]:
    value = decoded(call.body) if call.body.strip() else None
    tags = tuple(tag.strip() for tag in texts_of(value))
    if not all(tags):
        raise invalid_value(value, "must not hold empty tags")
    return tags


def _keep(call: Call, item: Item, tags: tuple[str, ...]) -> None:
    call.store.put_item(replace(item, tags=tuple(dict.fromkeys(tags)), last_event_on=call.now))


def _create(call: Call) -> None:
    item = _item(call)
    _keep(call, item, (*item.tags, *_tags_of(call)))


def _update(call: Call) -> None:
    _keep(call, _item(call), _tags_of(call))


def _remove(call: Call) -> None:
    item, text = _item(call), needed_text(call.query, "text")
    _keep(call, item, tuple(tag for tag in item.tags if tag != text))


def _of_app(call: Call) -> list[Item]:
    return call.store.items_of(call.app().app_id)


def _of_space(call: Call) -> list[Item]:
    apps = call.store.apps_of(call.space().space_id)
    return [item for app in apps if call.sees_app(app) for item in call.store.items_of(app.app_id)]


def _of_org(call: Call) -> list[Item]:
    org_id = call.organization().org_id
    apps = [app for app in call.store.apps.values() if call.store.spaces[app.space_id].org_id == org_id]
    return [item for app in apps if call.sees_app(app) for item in call.store.items_of(app.app_id)]


Items = Callable[[Call], list[Item]]


def _counts_of(items: Items) -> Callable[[Call], list[Any]]:
    def run(call: Call) -> list[Any]:
        counts = Counter(tag for item in items(call) for tag in item.tags)
        text = call.query.get("text", "").casefold()
        matches = [(tag, count) for tag, count in counts.items() if text in tag.casefold()]
        matches.sort(key=lambda pair: (-pair[1], pair[0]))
        return [{"text": tag, "count": count} for tag, count in matches[: query_number(call.query, "limit", 1000)]]

    return run


def _top(call: Call) -> list[Any]:
    counts = Counter(tag for item in _of_app(call) for tag in item.tags)
    return [tag for tag, _ in counts.most_common(query_number(call.query, "limit", 10))]


def _tagged(items: Items) -> Callable[[Call], list[Any]]:
    def run(call: Call) -> list[Any]:
        text = needed_text(call.query, "text")
        tagged_items = [item for item in items(call) if text in item.tags]
        return [
            {
                "type": "item",
                "id": item.item_id,
                "title": item.title,
                "link": call.shapes.item_link(item),
                "created_on": time_text(item.created_on),
            }
            for item in paged(tagged_items, call.query, limit=100)
        ]

    return run


_PLACES: tuple[tuple[str, Items], ...] = (
    ("/app/{app_id:int}", _of_app),
    ("/space/{space_id:int}", _of_space),
    ("/org/{org_id:int}", _of_org),
)
OPERATIONS: tuple[Operation, ...] = (
    Operation(method="GET", path="/tag/app/{app_id:int}/top", run=_top),
    *(Operation(method="GET", path=f"/tag{place}", run=_counts_of(items)) for place, items in _PLACES),
    *(Operation(method="GET", path=f"/tag{place}/search", run=_tagged(items)) for place, items in _PLACES),
    Operation(method="POST", path="/tag/{ref_type}/{ref_id:int}", run=_create, free_body=True),
    Operation(method="PUT", path="/tag/{ref_type}/{ref_id:int}", run=_update, free_body=True),
    Operation(method="DELETE", path="/tag/{ref_type}/{ref_id:int}", run=_remove),
)
