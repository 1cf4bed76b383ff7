"""The area "tasks". Performs no I/O.

A list must be narrowed by at least one of ``org, space, app, responsible, reference, created_by, completed_by``;
several values of one filter stand in one text, with ``;`` between them. Source: "Tasks" of Podio's documentation.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from podio_emulator.api.files import attach
from podio_emulator.api.items import file_ids
from podio_emulator.api.notifications import notify
from podio_emulator.api.task_labels import label_ids
from podio_emulator.api.task_properties import REFERABLE, check_reach, due, reference, responsible_users
from podio_emulator.calls import Access, Call, Operation, Permission
from podio_emulator.errors import Refusal, invalid_value
from podio_emulator.field_types import one_of
from podio_emulator.model import Task
from podio_emulator.queries import (
    boolean_of,
    needed_id,
    needed_text,
    paged,
    query_boolean,
    query_number,
    text_of,
)
from podio_emulator.references import referred, referred_in_body, space_of

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
_SORT_KEYS: dict[str, Callable[[Task], Any]] = {
    "rank": lambda task: (task.rank, task.task_id),
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
    wanted = int(number)
    store = call.store

    def app_of(task: Task) -> int | None:
        kind, ref_id = task.ref or ("", 0)
        item = store.find_item(ref_id) if kind == "item" else None
        return item.app_id if item is not None else ref_id if kind == "app" else None

    tests: dict[str, Callable[[Task], bool]] = {
        "org": lambda task: task.space_id is not None and store.spaces[task.space_id].org_id == wanted,
        "space": lambda task: task.space_id == wanted,
        "app": lambda task: app_of(task) == wanted,
        "responsible": lambda task: task.responsible == wanted,
        "created_by": lambda task: task.created_by.id == wanted,
        "completed_by": lambda task: task.completed_by is not None and task.completed_by.id == wanted,
    }
    return tests[name]


_FILTERS = ("org", "space", "app", "responsible", "reference", "created_by", "completed_by")


def _list(call: Call) -> list[Any]:
    given = {name: call.query[name].split(";") for name in _FILTERS if call.query.get(name)}
    if not given:
        raise Refusal(400, "invalid_value", f"At least one filter must be given: {', '.join(_FILTERS)}")
    tests = {name: [_matches(call, name, value) for value in values] for name, values in given.items()}
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


def _one(call: Call) -> dict[str, Any]:
    return call.shapes.task_full(call.task())


def _reference(call: Call, permission: Permission = Permission.READ) -> tuple[str, int]:
    kind, ref_id = call.params["ref_type"], call.params["ref_id"]
    referred(call, kind, ref_id, allowed=REFERABLE, permission=permission)
    return kind, ref_id


def _on_reference(call: Call) -> list[Task]:
    return [task for task in call.store.tasks_on(*_reference(call)) if call.sees_task(task)]


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
        kind: {"tasks": [call.shapes.task(task) for task in found[:limit]], "total": len(found)}
        for kind, found in kinds.items()
    }


def _own(call: Call) -> list[Task]:
    return [task for task in call.store.tasks.values() if task.responsible == call.user_id]


def _own_summary(call: Call) -> dict[str, Any]:
    return _summary(call, _own(call))


def _personal_summary(call: Call) -> dict[str, Any]:
    return _summary(call, [task for task in _own(call) if task.space_id is None])


def _space_summary(call: Call) -> dict[str, Any]:
    space_id = call.space().space_id
    return _summary(call, [task for task in _own(call) if task.space_id == space_id])


def _org_summary(call: Call) -> dict[str, Any]:
    org_id = call.organization().org_id
    spaces = {space.space_id for space in call.store.spaces.values() if space.org_id == org_id}
    return _summary(call, [task for task in _own(call) if task.space_id in spaces])


def _reference_summary(call: Call) -> dict[str, Any]:
    return _summary(call, _on_reference(call))


# Writing


def _create_about(call: Call, ref: tuple[str, int] | None) -> dict[str, Any] | list[Any]:
    body = call.json_object()
    ref = ref or reference(call, body)
    space_id = space_of(call, *ref) if ref is not None else None
    if body.get("space_id") is not None:
        _, named_id = referred_in_body(call, {"type": "space", "id": body["space_id"]}, allowed=("space",))
        if space_id not in {None, named_id}:
            raise invalid_value(named_id, "must be the workspace that the reference lies in")
        space_id = named_id
    text, description = needed_text(body, "text"), text_of(body, "description", default="")
    private, (day, clock) = boolean_of(body, "private"), due(body)
    people = responsible_users(call, body.get("responsible"))
    for person in people:
        check_reach(call, person, space_id)
    labels, files = label_ids(call, body), file_ids(call, body)
    made = []
    for person in people:
        task_id = call.store.new_id()
        task = Task(
            task_id=task_id,
            text=text,
            description=description or "",
            private=private,
            due_date=day,
            due_time=clock,
            responsible=person,
            space_id=space_id,
            ref=ref,
            label_ids=labels,
            created_on=call.now,
            created_by=call.author,
            created_via=call.via,
            external_id=text_of(body, "external_id"),
            file_ids=files,
            rank=task_id,
        )
        call.store.tasks[task_id] = task
        for file_id in files:
            attach(call, call.store.file(file_id), "task", task_id)
        _tell_assigned(call, task)
        if ref is not None:
            call.tell(f"/{ref[0]}/{ref[1]}", "task_create", *ref, task_id=task_id)
        made.append(call.shapes.task_full(task))
    return made[0] if len(made) == 1 else made


def _tell_assigned(call: Call, task: Task) -> None:
    if task.responsible is not None and task.responsible != call.user_id:
        notify(call, task.responsible, "task_assign", f"assigned the task “{task.text}” to you", "task", task.task_id)


def _create(call: Call) -> dict[str, Any] | list[Any]:
    return _create_about(call, None)


def _create_on(call: Call) -> dict[str, Any] | list[Any]:
    return _create_about(call, _reference(call, Permission.WRITE))


def _changed(call: Call, changed: Task, *, name: str = "update") -> None:
    call.store.tasks[changed.task_id] = changed
    call.tell(f"/task/{changed.task_id}", name, "task", changed.task_id)


def _with(call: Call, task: Task, body: dict[str, Any]) -> Task:
    """Return a task with what a body changes of it; what the body doesn't name stays."""
    if "text" in body:
        task = replace(task, text=needed_text(body, "text"))
    if "description" in body:
        task = replace(task, description=text_of(body, "description") or "")
    if "private" in body:
        task = replace(task, private=boolean_of(body, "private"))
    if {"due_on", "due_date", "due_time"} & set(body):
        day, clock = due(body if "due_on" in body else {"due_date": task.due_date, **body})
        task = replace(task, due_date=day, due_time=clock)
    ref = reference(call, body)
    if ref is not None:
        task = replace(task, ref=ref, space_id=space_of(call, *ref))
    if "responsible" in body:
        people = responsible_users(call, body["responsible"])
        if len(people) > 1:
            raise invalid_value(body["responsible"], "must be one person")
        check_reach(call, people[0], task.space_id)
        task = replace(task, responsible=people[0])
    if {"labels", "label_ids"} & set(body):
        task = replace(task, label_ids=label_ids(call, body))
    if "file_ids" in body:
        task = replace(task, file_ids=file_ids(call, body))
    if "external_id" in body:
        task = replace(task, external_id=text_of(body, "external_id"))
    return task


def _update(call: Call) -> dict[str, Any]:
    task = call.task(Permission.WRITE)
    changed = _with(call, task, call.json_object())
    if changed != task:
        _changed(call, changed)
        if changed.responsible != task.responsible:
            _tell_assigned(call, changed)
    return call.shapes.task_full(changed)


def _only(path: str, *names: str) -> Operation:
    """Return an operation that changes these properties alone and has no content in its response."""

    def run(call: Call) -> None:
        task = call.task(Permission.WRITE)
        body = call.json_object()
        if not set(names) & set(body):
            raise invalid_value(body, f"must have {' or '.join(names)}")
        _changed(call, _with(call, task, {name: body[name] for name in names if name in body}))

    return Operation(method="PUT", path=path, run=run, keys=names)


def _assign(call: Call) -> None:
    task = call.task(Permission.WRITE)
    changed = _with(call, task, {"responsible": call.json_object().get("responsible")})
    _changed(call, changed)
    _tell_assigned(call, changed)


def _complete(call: Call) -> dict[str, Any]:
    task = call.task(Permission.WRITE)
    done = replace(task, status="completed", completed_on=call.now, completed_by=call.author, completed_via=call.via)
    _changed(call, done)
    return {"recurring_task_id": None}


def _incomplete(call: Call) -> None:
    task = call.task(Permission.WRITE)
    _changed(call, replace(task, status="active", completed_on=None, completed_by=None, completed_via=None))


def _delete(call: Call) -> None:
    task = call.task(Permission.DELETE)
    call.store.delete_task(task)
    call.tell(f"/task/{task.task_id}", "delete", "task", task.task_id)


def _rank(call: Call) -> None:
    """Put a task between two others of the caller's list, either of which may be missing."""
    task = call.task(Permission.WRITE)
    body = call.json_object()
    others = [other for other in sorted(call.store.tasks.values(), key=_SORT_KEYS["rank"]) if other is not task]
    place = len(others)
    for name, shift in (("previous_task_id", 1), ("next_task_id", 0)):
        if body.get(name) is not None:
            neighbour = call.allowed_task(call.store.task(needed_id(body, name)))
            place = others.index(neighbour) + shift if neighbour in others else place
            break
    others.insert(place, task)
    for rank, other in enumerate(others, 1):
        call.store.tasks[other.task_id] = replace(other, rank=rank)


def _remove_reference(call: Call) -> None:
    _changed(call, replace(call.task(Permission.WRITE), ref=None))


def _totals(call: Call) -> dict[str, Any]:
    own = [task for task in _own(call) if task.status == "active"]
    today = call.calendar.today.isoformat()
    return {
        "own": {
            "overdue": sum(task.due_date is not None and task.due_date < today for task in own),
            "due": sum(task.due_date == today for task in own),
            "total": len(own),
        }
    }


_KEYS = (
    "text",
    "description",
    "private",
    "due_on",
    "due_date",
    "due_time",
    "ref_type",
    "ref_id",
    "responsible",
    "labels",
    "label_ids",
    "file_ids",
    "external_id",
)
_KEYS_ABOUT = tuple(key for key in _KEYS if not key.startswith("ref_"))
_MISSING_KEYS = ("reminder", "recurrence", "linked_account_id")
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
    Operation(method="POST", path="/task", run=_create, keys=(*_KEYS, "space_id"), missing_keys=_MISSING_KEYS),
    Operation(method="GET", path="/task/summary", run=_own_summary, access=_USER),
    Operation(method="GET", path="/task/personal/summary", run=_personal_summary, access=_USER),
    Operation(method="GET", path="/task/org/{org_id:int}/summary", run=_org_summary, access=_USER),
    Operation(method="GET", path="/task/space/{space_id:int}/summary", run=_space_summary, access=_USER),
    Operation(method="GET", path="/task/total", run=_totals, access=_USER),
    Operation(method="GET", path="/task/{task_id:int}", run=_one),
    Operation(
        method="PUT", path="/task/{task_id:int}", run=_update, keys=_KEYS, missing_keys=(*_MISSING_KEYS, "space_id")
    ),
    Operation(method="DELETE", path="/task/{task_id:int}", run=_delete),
    Operation(method="POST", path="/task/{task_id:int}/assign", run=_assign, keys=("responsible",)),
    Operation(method="POST", path="/task/{task_id:int}/complete", run=_complete),
    Operation(method="POST", path="/task/{task_id:int}/incomplete", run=_incomplete),
    Operation(method="POST", path="/task/{task_id:int}/rank", run=_rank, keys=("previous_task_id", "next_task_id")),
    _only("/task/{task_id:int}/description", "description"),
    _only("/task/{task_id:int}/text", "text"),
    _only("/task/{task_id:int}/private", "private"),
    _only("/task/{task_id:int}/due", "due_on", "due_date", "due_time"),
    _only("/task/{task_id:int}/due_date", "due_date", "due_time"),
    _only("/task/{task_id:int}/due_on", "due_on", "due_date", "due_time"),
    _only("/task/{task_id:int}/label", "labels", "label_ids"),
    _only("/task/{task_id:int}/ref", "ref_type", "ref_id"),
    Operation(method="DELETE", path="/task/{task_id:int}/ref", run=_remove_reference),
    Operation(method="GET", path="/task/{ref_type}/{ref_id:int}", run=_of_reference),
    Operation(
        method="POST",
        path="/task/{ref_type}/{ref_id:int}",
        run=_create_on,
        keys=_KEYS_ABOUT,
        missing_keys=_MISSING_KEYS,
    ),
    Operation(method="GET", path="/task/{ref_type}/{ref_id:int}/count", run=_count),
    Operation(method="GET", path="/task/{ref_type}/{ref_id:int}/summary", run=_reference_summary),
)
