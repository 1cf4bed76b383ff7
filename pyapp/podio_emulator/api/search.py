"""The area "search": versions 1 (POST) and 2 (GET).

At most 20 results in one response. What is found: items by title and text, tasks, files, apps and workspaces by name.
Sources: "Search" of Podio's documentation; version 2 is undocumented and follows the clients that use it.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from podio_emulator.calls import Call, Operation
from podio_emulator.errors import invalid_value, one_of
from podio_emulator.filters import whole_number
from podio_emulator.model import App, Author, Item, Space
from podio_emulator.queries import needed_text, query_boolean, query_number
from podio_emulator.times import time_text

MOST_RESULTS = 20
_TYPES = ("item", "task", "file", "app", "space")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Hit:
    kind: str
    ref_id: int
    title: str
    link: str
    created_on: datetime
    created_by: Author
    space_id: int | None
    app: App | None


def _text_of(item: Item, app: App) -> str:
    texts = [item.title]
    for field in app.fields:
        if field.type in {"text", "phone", "email", "location", "tag"}:
            texts += [str(value["value"]) for value in item.values.get(field.field_id, ())]
    return " ".join(texts)


Matches = Callable[[str], bool]


def _hits_in(call: Call, words: list[str], apps: list[App], *, whole_spaces: bool) -> Iterator[_Hit]:
    def matches(text: str) -> bool:
        folded = html.unescape(text).casefold()
        return all(word in folded for word in words)

    spaces = {app.space_id for app in apps}
    for app in apps:
        if whole_spaces and matches(app.name):
            yield _app_hit(call, app)
        for item in call.store.items_of(app.app_id):
            if matches(_text_of(item, app)):
                yield _item_hit(call, item, app)
    yield from _task_hits(call, matches, spaces if whole_spaces else None, {app.app_id for app in apps})
    if whole_spaces:
        yield from _file_hits(call, matches, spaces)
        for space_id in sorted(spaces):
            if matches(call.store.spaces[space_id].name):
                yield _space_hit(call, call.store.spaces[space_id])


def _app_hit(call: Call, app: App) -> _Hit:
    return _Hit(
        kind="app",
        ref_id=app.app_id,
        title=app.name,
        link=call.shapes.app_url(app),
        created_on=app.created_on,
        created_by=Author(type="user", id=app.created_by),
        space_id=app.space_id,
        app=app,
    )


def _item_hit(call: Call, item: Item, app: App) -> _Hit:
    return _Hit(
        kind="item",
        ref_id=item.item_id,
        title=item.title,
        link=call.shapes.item_link(item),
        created_on=item.created_on,
        created_by=item.created_by,
        space_id=app.space_id,
        app=app,
    )


def _task_hits(call: Call, matches: Matches, spaces: set[int] | None, app_ids: set[int]) -> Iterator[_Hit]:
    """Find tasks of these workspaces, or (None) tasks about items of these apps."""
    for task in call.store.tasks.values():
        about = call.store.find_item(task.ref[1]) if task.ref is not None and task.ref[0] == "item" else None
        is_reached = task.space_id in spaces if spaces is not None else about is not None and about.app_id in app_ids
        if is_reached and call.sees_task(task) and matches(f"{task.text} {task.description}"):
            yield _Hit(
                kind="task",
                ref_id=task.task_id,
                title=task.text,
                link=call.shapes.task_link(task),
                created_on=task.created_on,
                created_by=task.created_by,
                space_id=task.space_id,
                app=None,
            )


def _file_hits(call: Call, matches: Matches, spaces: set[int]) -> Iterator[_Hit]:
    for file in call.store.files.values():
        if file.space_id in spaces and call.sees_file(file) and matches(file.name):
            yield _Hit(
                kind="file",
                ref_id=file.file_id,
                title=file.name,
                link=f"{call.shapes.base_url}/file/{file.file_id}/raw",
                created_on=file.created_on,
                created_by=file.created_by,
                space_id=file.space_id,
                app=None,
            )


def _space_hit(call: Call, space: Space) -> _Hit:
    return _Hit(
        kind="space",
        ref_id=space.space_id,
        title=space.name,
        link=call.shapes.space_url(space),
        created_on=space.created_on,
        created_by=Author(type="user", id=space.created_by),
        space_id=space.space_id,
        app=None,
    )


def _to_json(call: Call, hit: _Hit, rank: int) -> dict[str, Any]:
    space = call.store.spaces[hit.space_id] if hit.space_id is not None else None
    org = call.store.organizations[space.org_id] if space is not None else None
    return {
        "type": hit.kind,
        "id": hit.ref_id,
        "rank": rank,
        "search_id": None,
        "title": hit.title,
        "link": hit.link,
        "created_on": time_text(hit.created_on),
        "created_by": call.shapes.byline(hit.created_by),
        "app": call.shapes.app_micro(hit.app) if hit.app is not None else None,
        "space": call.shapes.space_short(space) if space is not None else None,
        "org": {"org_id": org.org_id, "name": org.name} if org is not None else None,
    }


def _hits(call: Call, query: str, kind: str | None, apps: list[App], *, whole_spaces: bool) -> list[_Hit]:
    if kind is not None and kind not in _TYPES:
        raise invalid_value(kind, one_of(_TYPES))
    words = html.unescape(query).casefold().split()
    hits = _hits_in(call, words, apps, whole_spaces=whole_spaces)
    return sorted(
        (hit for hit in hits if kind in {None, hit.kind}), key=lambda hit: (hit.created_on, hit.ref_id), reverse=True
    )


#: Which apps a search reaches, and whether it reaches all that lies in their workspaces too.
Reach = Callable[[Call], tuple[list[App], bool]]


def _version_1(reach: Reach) -> Callable[[Call], list[Any]]:
    def run(call: Call) -> list[Any]:
        apps, whole_spaces = reach(call)
        body = call.json_object()
        kind = body.get("ref_type")
        if kind is not None and not isinstance(kind, str):
            raise invalid_value(kind, "must be string")
        limit = whole_number(body, "limit", MOST_RESULTS, least=1, most=10**6)
        offset = whole_number(body, "offset", 0, least=0, most=10**9)
        hits = _hits(call, needed_text(body, "query"), kind, apps, whole_spaces=whole_spaces)
        page = hits[offset : offset + min(limit, MOST_RESULTS)]
        return [_to_json(call, hit, offset + place) for place, hit in enumerate(page, 1)]

    return run


def _version_2(reach: Reach) -> Callable[[Call], dict[str, Any]]:
    def run(call: Call) -> dict[str, Any]:
        apps, whole_spaces = reach(call)
        query, kind = needed_text(call.query, "query"), call.query.get("ref_type")
        limit = min(query_number(call.query, "limit", MOST_RESULTS), MOST_RESULTS)
        offset = query_number(call.query, "offset", 0)
        hits = _hits(call, query, None, apps, whole_spaces=whole_spaces)
        selection = _hits(call, query, kind, apps, whole_spaces=whole_spaces) if kind else hits
        counts = {name: sum(hit.kind == name for hit in hits) for name in _TYPES}
        return {
            "counts": counts if query_boolean(call.query, "counts") else {},
            "results": [
                _to_json(call, hit, offset + place) for place, hit in enumerate(selection[offset : offset + limit], 1)
            ],
        }

    return run


def _everywhere(call: Call) -> tuple[list[App], bool]:
    return [app for app in call.store.apps.values() if call.sees_app(app)], True


def _in_org(call: Call) -> tuple[list[App], bool]:
    org_id = call.organization().org_id
    apps, _ = _everywhere(call)
    return [app for app in apps if call.store.spaces[app.space_id].org_id == org_id], True


def _in_space(call: Call) -> tuple[list[App], bool]:
    space_id = call.space().space_id
    return [app for app in call.store.apps_of(space_id) if call.sees_app(app)], True


def _in_app(call: Call) -> tuple[list[App], bool]:
    return [call.app()], False


_PLACES: tuple[tuple[str, Reach], ...] = (
    ("", _everywhere),
    ("/org/{org_id:int}", _in_org),
    ("/space/{space_id:int}", _in_space),
    ("/app/{app_id:int}", _in_app),
)
OPERATIONS: tuple[Operation, ...] = (
    *(
        Operation(
            method="POST",
            path=f"/search{place}",
            run=_version_1(reach),
            heavy=True,
            keys=("query", "limit", "offset", "ref_type"),
            missing_keys=("search_fields",),
        )
        for place, reach in _PLACES
    ),
    *(
        Operation(
            method="GET",
            path=f"/search{place}/v2",
            run=_version_2(reach),
            heavy=True,
            missing_parameters=("highlights", "search_fields"),
        )
        for place, reach in _PLACES
    ),
)
