"""The area "stream": what was done last, newest first.

Items, tasks and files, each with its comments. The third version of each address adds ``activity_groups``; how Podio
groups is not documented, so here there are none.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from podio_emulator.calls import Access, Call, Operation
from podio_emulator.errors import not_found
from podio_emulator.model import App, Item, Status, StoredFile, Task
from podio_emulator.queries import paged
from podio_emulator.references import referred
from podio_emulator.times import time_text

_LIMIT, _MOST = 10, 100
Streamed = Item | Status | Task | StoredFile


def _last_update(call: Call, target: Streamed) -> datetime:
    if isinstance(target, Item):
        return target.last_event_on
    if isinstance(target, (Status, Task)):
        comments = call.store.comments_on("task" if isinstance(target, Task) else "status", _id(target))
        return max([target.created_on, *(comment.created_on for comment in comments)])
    return target.created_on


def _objects(call: Call, apps: list[App], *, with_spaces: bool) -> list[Streamed]:
    spaces = {app.space_id for app in apps} if with_spaces else set()
    objects: list[Streamed] = [item for app in apps for item in call.store.items_of(app.app_id)]
    objects += [task for task in call.store.tasks.values() if task.space_id in spaces and call.sees_task(task)]
    objects += [status for status in call.store.statuses.values() if status.space_id in spaces]
    objects += [
        file
        for file in call.store.files.values()
        # A file that is attached shows with what it is attached to.
        if file.space_id in spaces and file.ref is None and call.sees_file(file)
    ]
    return sorted(objects, key=lambda target: (_last_update(call, target), _id(target)), reverse=True)


def _id(target: Streamed) -> int:
    if isinstance(target, Item):
        return target.item_id
    if isinstance(target, Status):
        return target.status_id
    return target.task_id if isinstance(target, Task) else target.file_id


def _to_json(call: Call, target: Streamed) -> dict[str, Any]:
    shapes, store = call.shapes, call.store
    data: dict[str, Any]
    app: App | None = None
    if isinstance(target, Item):
        kind, title, link, data = "item", target.title, shapes.item_link(target), shapes.item_listed(target)
        app = store.apps[target.app_id]
        space_id: int | None = app.space_id
    elif isinstance(target, Task):
        kind, title, link, data = "task", target.text, shapes.task_link(target), shapes.task(target)
        space_id = target.space_id
    elif isinstance(target, Status):
        kind, title, data, space_id = "status", target.value, shapes.status(target), target.space_id
        link = data["link"]
    else:
        kind, title, data, space_id = "file", target.name, shapes.file(target), target.space_id
        link = data["link"]
    space = store.spaces[space_id] if space_id is not None else None
    org = store.organizations[space.org_id] if space is not None else None
    comments = store.comments_on(kind, _id(target))
    return {
        "type": kind,
        "id": _id(target),
        "title": title,
        "link": link,
        "rights": ["view", "comment", "rate", "subscribe"],
        "data": data,
        "created_on": time_text(target.created_on),
        "created_by": shapes.byline(target.created_by),
        "created_via": shapes.via(target.created_via),
        "last_update_on": time_text(_last_update(call, target)),
        "comments_allowed": kind != "file",
        "comments": [shapes.comment(comment) for comment in comments],
        "files": [] if isinstance(target, StoredFile) else shapes.files(target.file_ids),
        "user_ratings": {"like": 1 if call.user_id in store.likes.get((kind, _id(target)), ()) else None},
        "app": shapes.app_micro(app) if app is not None else None,
        "space": shapes.space_short(space) if space is not None else None,
        "org": {"org_id": org.org_id, "name": org.name} if org is not None else None,
        "activity": [],
    }


def _answer(call: Call, objects: list[Streamed]) -> list[Any]:
    extra_keys: dict[str, Any] = {"activity_groups": []} if call.path.rstrip("/").endswith("/v3") else {}
    return [_to_json(call, target) | extra_keys for target in paged(objects, call.query, limit=_LIMIT, most=_MOST)]


def _visible_apps(call: Call) -> list[App]:
    return [app for app in call.store.apps.values() if call.sees_app(app)]


def _global(call: Call) -> list[Any]:
    return _answer(call, _objects(call, _visible_apps(call), with_spaces=True))


def _of_org(call: Call) -> list[Any]:
    org_id = call.organization().org_id
    apps = [app for app in _visible_apps(call) if call.store.spaces[app.space_id].org_id == org_id]
    return _answer(call, _objects(call, apps, with_spaces=True))


def _of_space(call: Call) -> list[Any]:
    space_id = call.space().space_id
    return _answer(call, _objects(call, [a for a in _visible_apps(call) if a.space_id == space_id], with_spaces=True))


def _of_app(call: Call) -> list[Any]:
    return _answer(call, _objects(call, [call.app()], with_spaces=False))


def _by(call: Call, user_id: int) -> list[Any]:
    objects = _objects(call, _visible_apps(call), with_spaces=True)
    return _answer(call, [t for t in objects if (t.created_by.type, t.created_by.id) == ("user", user_id)])


def _of_user(call: Call) -> list[Any]:
    return _by(call, call.store.user(call.params["user_id"]).user_id or 0)


def _personal(call: Call) -> list[Any]:
    return _by(call, call.user_id)


def _get(call: Call) -> dict[str, Any]:
    target = referred(call, call.params["ref_type"], call.params["ref_id"], allowed=("item", "status", "task", "file"))
    if not isinstance(target, (Item, Status, Task, StoredFile)):
        raise not_found()
    return _to_json(call, target)


def _versions(path: str, run: Callable[[Call], list[Any]], access: Access = Access.SIGNED_IN) -> tuple[Operation, ...]:
    return tuple(
        Operation(method="GET", path=f"/stream{path}{version}", run=run, access=access, heavy=True)
        for version in ("", "/v2", "/v3")
    )


OPERATIONS: tuple[Operation, ...] = (
    *_versions("", _global, Access.USER),
    *_versions("/org/{org_id:int}", _of_org),
    *_versions("/space/{space_id:int}", _of_space),
    *_versions("/app/{app_id:int}", _of_app),
    *_versions("/user/{user_id:int}", _of_user),
    *_versions("/personal", _personal, Access.USER),
    Operation(method="GET", path="/stream/{ref_type}/{ref_id:int}", run=_get),
    Operation(method="GET", path="/stream/{ref_type}/{ref_id:int}/v2", run=_get),
)
