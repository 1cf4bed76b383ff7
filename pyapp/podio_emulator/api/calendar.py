"""The area "calendar": items with dates and tasks that are due, of a workspace, an app, or all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from podio_emulator.calls import Access, Call, Operation
from podio_emulator.errors import invalid_value
from podio_emulator.model import App
from podio_emulator.queries import query_boolean


def _day(call: Call, name: str) -> str:
    text = call.query.get(name, "")
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise invalid_value(text, f"{name} must be date") from None


def _events(call: Call, apps: list[App], first: str, last: str, *, tasks: bool) -> Iterator[dict[str, Any]]:
    for app in apps:
        fields = [f for f in app.fields if f.type == "date" and (f.settings or {}).get("calendar", True)]
        for item in call.store.items_of(app.app_id) if fields else ():
            for field in fields:
                for value in item.values.get(field.field_id, ()):
                    end = value["end_date"] or value["start_date"]
                    if value["start_date"] <= last and end >= first:
                        dates = call.shapes.value(value, field) or {}
                        yield {
                            "ref_type": "item",
                            "ref_id": item.item_id,
                            "uid": f"{item.item_id}_{field.field_id}",
                            "title": item.title,
                            "description": None,
                            "location": None,
                            "status": None,
                            "busy": False,
                            "link": call.shapes.item_link(item),
                            "color": (field.settings or {}).get("color"),
                            **dates,
                            "app": call.shapes.app_micro(app),
                            "forged": False,
                        }
    spaces = {app.space_id for app in apps}
    for task in call.store.tasks.values() if tasks else ():
        due = task.due_date
        near = task.space_id in spaces or task.responsible == call.user_id
        if due is not None and first <= due <= last and near and call.sees_task(task):
            yield {
                "ref_type": "task",
                "ref_id": task.task_id,
                "uid": f"task_{task.task_id}",
                "title": task.text,
                "description": task.description,
                "location": None,
                "status": task.status,
                "busy": False,
                "link": call.shapes.task_link(task),
                "color": None,
                "start": f"{due} {task.due_time or '00:00:00'}",
                "start_date": due,
                "start_time": task.due_time,
                "end": None,
                "end_date": None,
                "end_time": None,
                "app": None,
                "forged": False,
            }


def _answer(call: Call, apps: list[App], *, tasks: bool) -> list[Any]:
    tasks = tasks and query_boolean(call.query, "tasks") is not False
    first, last = _day(call, "date_from"), _day(call, "date_to")
    if last < first:
        raise invalid_value(last, "date_to must not be before date_from")
    return sorted(_events(call, apps, first, last, tasks=tasks), key=lambda event: str(event["start"]))


def _global(call: Call) -> list[Any]:
    return _answer(call, [app for app in call.store.apps.values() if call.sees_app(app)], tasks=True)


def _of_space(call: Call) -> list[Any]:
    apps = call.store.apps_of(call.space().space_id)
    return _answer(call, [app for app in apps if call.sees_app(app)], tasks=True)


def _of_app(call: Call) -> list[Any]:
    return _answer(call, [call.app()], tasks=False)


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        method="GET", path="/calendar", run=_global, access=Access.USER, missing_parameters=("priority", "types")
    ),
    Operation(
        method="GET", path="/calendar/space/{space_id:int}", run=_of_space, missing_parameters=("priority", "types")
    ),
    Operation(method="GET", path="/calendar/app/{app_id:int}", run=_of_app, missing_parameters=("priority", "types")),
)
