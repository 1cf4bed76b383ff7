"""The area "tasks".

A list must be narrowed by at least one of ``org, space, app, responsible, reference, created_by, completed_by``;
several values of one filter stand in one text, with ``;`` between them. Source: "Tasks" of Podio's documentation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from podio_emulator.api.task_properties import (
    REFERABLE,
)
from podio_emulator.calls import Access, Call, Operation, Permission
from podio_emulator.errors import Refusal, invalid_value, one_of
from podio_emulator.model import Task
from podio_emulator.queries import (
    paged,
    query_boolean,
    query_number,
)
from podio_emulator.references import referred

_GROUPINGS = (
    "app",
    "completed_on",
    "created_by",
    "due_date",
    "label",
    "org",
    "reference",
    "responsible",
    "space",
)


def by_rank(task: Task) -> Any:
    """Order tasks as their user has ranked them."""
    return task.rank, task.task_id


_SORT_KEYS: dict[str, Callable[[Task], Any]] = {
    "rank": by_rank,
    "created_on": lambda task: (task.created_on, task.task_id),
    "completed_on": lambda task: (task.completed_on or datetime.min.replace(tzinfo=UTC), task.task_id),
}
_LIST_LIMIT = 100


# Reading


def _matches(call: Call, name: str, value: str) -> Callable[[Task], bool]:
    """Make the test of one value of a filter."""
    if name == "reference":
        kind, _, number = value.partition(":")
        if not number.isdigit():
            raise invalid_value(value, "must be type:id")
        return lambda task: task.ref == (kind, int(number))
    number = value.rpartition(":")[2]
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        raise invalid_value(value, "must be integer")
    wanted_id = int(number)
    store = call.store

    def app_of(task: Task) -> int | None:
        kind, ref_id = task.ref or ("", 0)
        item = store.find_item(ref_id) if kind == "item" else None
        return item.app_id if item is not None else ref_id if kind == "app" else None

    tests: dict[str, Callable[[Task], bool]] = {
        "org": lambda task: task.space_id is not None and store.spaces[task.space_id].org_id == wanted_id,
        "space": lambda task: task.space_id == wanted_id,
        "app": lambda task: app_of(task) == wanted_id,
        "responsible": lambda task: task.responsible == wanted_id,
        "created_by": lambda task: task.created_by.id == wanted_id,
        "completed_by": lambda task: task.completed_by is not None and task.completed_by.id == wanted_id,
    }
    return tests[name]


_FILTERS = ("org", "space", "app", "responsible", "reference", "created_by", "completed_by")


def _list(call: Call) -> list[Any]:
    filters = {name: call.query[name].split(";") for name in _FILTERS if call.query.get(name)}
    if not filters:
        raise Refusal(400, "invalid_value", f"At least one filter must be given: {', '.join(_FILTERS)}")
    tests = {name: [_matches(call, name, value) for value in values] for name, values in filters.items()}
    completed = query_boolean(call.query, "completed")
    tasks = [
        task
        for task in call.store.tasks.values()
        if call.sees_task(task)
        and all(any(test(task) for test in alternatives) for alternatives in tests.values())
        and (completed is None or (task.status == "completed") is completed)
    ]
    grouping = call.query.get("grouping")
    if grouping is not None and grouping not in _GROUPINGS:
        raise invalid_value(grouping, one_of(_GROUPINGS))
    sort_by = call.query.get("sort_by", "rank")
    if sort_by not in _SORT_KEYS:
        raise invalid_value(sort_by, one_of(tuple(_SORT_KEYS)))
    tasks.sort(key=_SORT_KEYS[sort_by], reverse=bool(query_boolean(call.query, "sort_desc")))
    return [call.shapes.task(task) for task in paged(tasks, call.query, limit=_LIST_LIMIT, most=_LIST_LIMIT)]


def _get(call: Call) -> dict[str, Any]:
    return call.shapes.task_full(call.task())


def task_reference(call: Call, permission: Permission = Permission.READ) -> tuple[str, int]:
    """Return the object that a path names as what tasks refer to."""
    kind, ref_id = call.params["ref_type"], call.params["ref_id"]
    referred(call, kind, ref_id, allowed=REFERABLE, permission=permission)
    return kind, ref_id


def _on_reference(call: Call) -> list[Task]:
    return [task for task in call.store.tasks_on(*task_reference(call)) if call.sees_task(task)]


def _of_reference(call: Call) -> list[Any]:
    return [call.shapes.task(task) for task in _on_reference(call)]


def _count(call: Call) -> dict[str, Any]:
    return {"count": len(_on_reference(call))}


def _summary(call: Call, tasks: list[Task]) -> dict[str, Any]:
    """Write active tasks as they are overdue, due today, or neither; of each kind only the first few."""
    limit = query_number(call.query, "limit", 4)
    today = call.calendar.today.isoformat()
    kinds: dict[str, list[Task]] = {"overdue": [], "today": [], "other": []}
    for task in sorted(tasks, key=lambda task: (task.due_date or "9999", task.rank, task.task_id)):
        if task.status == "active" and call.sees_task(task):
            due = task.due_date
            kind = "other" if due is None or due > today else "today" if due == today else "overdue"
            kinds[kind].append(task)
    return {
        kind: {"tasks": [call.shapes.task(task) for task in tasks[:limit]], "total": len(tasks)}
        for kind, tasks in kinds.items()
    }


def _own_tasks(call: Call) -> list[Task]:
    return [task for task in call.store.tasks.values() if task.responsible == call.user_id]


def _own_summary(call: Call) -> dict[str, Any]:
    return _summary(call, _own_tasks(call))


def _personal_summary(call: Call) -> dict[str, Any]:
    return _summary(call, [task for task in _own_tasks(call) if task.space_id is None])


def _space_summary(call: Call) -> dict[str, Any]:
    space_id = call.space().space_id
    return _summary(call, [task for task in _own_tasks(call) if task.space_id == space_id])


def _org_summary(call: Call) -> dict[str, Any]:
    org_id = call.organization().org_id
    spaces = {space.space_id for space in call.store.spaces.values() if space.org_id == org_id}
    return _summary(call, [task for task in _own_tasks(call) if task.space_id in spaces])


def _reference_summary(call: Call) -> dict[str, Any]:
    return _summary(call, _on_reference(call))


def _totals(call: Call) -> dict[str, Any]:
    today, author = call.calendar.today.isoformat(), call.author

    def totals(tasks: Iterable[Task]) -> dict[str, int]:
        active = [task for task in tasks if task.status == "active"]
        return {
            "overdue": sum(task.due_date is not None and task.due_date < today for task in active),
            "due": sum(task.due_date == today for task in active),
            "total": len(active),
        }

    own_tasks = _own_tasks(call)
    delegated = (task for task in call.store.tasks.values() if task.created_by == author and task not in own_tasks)
    return {"own": totals(own_tasks), "delegated": totals(task for task in delegated if task.responsible is not None)}


_USER = Access.USER
OPERATIONS: tuple[Operation, ...] = (
    Operation(
        method="GET",
        path="/task",
        run=_list,
        missing_parameters=(
            "grouping",
            "reassigned",
            "completed_on",
            "created_on",
            "created_via",
            "due_date",
            "external_id",
            "files",
            "label",
            "priority",
            "view",
        ),
    ),
    Operation(method="GET", path="/task/summary", run=_own_summary, access=_USER),
    Operation(method="GET", path="/task/personal/summary", run=_personal_summary, access=_USER),
    Operation(method="GET", path="/task/org/{org_id:int}/summary", run=_org_summary, access=_USER),
    Operation(method="GET", path="/task/space/{space_id:int}/summary", run=_space_summary, access=_USER),
    Operation(method="GET", path="/task/total", run=_totals, access=_USER),
    Operation(method="GET", path="/task/{task_id:int}", run=_get),
    Operation(method="GET", path="/task/{ref_type}/{ref_id:int}", run=_of_reference),
    Operation(method="GET", path="/task/{ref_type}/{ref_id:int}/count", run=_count),
    Operation(method="GET", path="/task/{ref_type}/{ref_id:int}/summary", run=_reference_summary),
)
