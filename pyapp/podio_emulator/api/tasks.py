"""The area "tasks". Performs no I/O.

A list must be narrowed by at least one of ``org, space, app, responsible, reference, created_by, completed_by``;
several values of one filter stand in one text, with ``;`` between them. Source: "Tasks" of Podio's documentation.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from podio_emulator.api.files import attach
from podio_emulator.api.items import file_ids
from podio_emulator.api.notifications import notify
from podio_emulator.calls import Access, Call, Operation, Permission
from podio_emulator.errors import Refusal, forbidden, invalid_value, not_found
from podio_emulator.field_types import one_of
from podio_emulator.model import Label, Task
from podio_emulator.queries import (
    boolean_of,
    is_int,
    needed_text,
    paged,
    query_boolean,
    query_number,
    text_of,
    texts_of,
)
from podio_emulator.references import referred, referred_in_body, space_of
from podio_emulator.times import written

REFERABLE = ("item", "app", "space")
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
_COLORS = ("E9E9E9", "D1F3EC", "DCEBD8", "FFD5C2", "DDDDDD", "F7F0C5", "D2E4EB", "E1D8ED", "F0F0F0", "FFD5D1")
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
    today = call.now.date().isoformat()
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


def _due(call: Call, body: dict[str, Any]) -> tuple[str | None, str | None]:
    due_on = text_of(body, "due_on")
    day, clock = (due_on.partition(" ")[::2]) if due_on else (text_of(body, "due_date"), text_of(body, "due_time"))
    try:
        if day:
            datetime.fromisoformat(f"{day} {clock or '00:00:00'}")
    except ValueError:
        raise invalid_value(f"{day} {clock or ''}".strip(), "must be date") from None
    if day and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
        raise invalid_value(day, "must be date")
    if clock and not re.fullmatch(r"\d{2}:\d{2}(:\d{2})?", clock):
        raise invalid_value(clock, "must be time")
    return day or None, (clock if len(clock) == 8 else f"{clock}:00") if day and clock else None


def _people(call: Call, value: Any) -> list[int | None]:
    """Read ``responsible``: a user's id, an object with an id or an address, a list of these, or null."""
    if value is None:
        return [None]
    people: list[int | None] = []
    for entry in value if isinstance(value, list) else [value]:
        found = None
        if is_int(entry):
            found = next((p for p in call.store.profiles.values() if p.user_id == entry), None)
        elif isinstance(entry, dict):
            kind, ref = entry.get("type"), entry.get("id")
            found = next(
                (
                    p
                    for p in call.store.profiles.values()
                    if p.user_id is not None
                    and ((kind == "user" and is_int(ref) and p.user_id == ref) or (kind == "mail" and p.mail == ref))
                ),
                None,
            )
        else:
            raise invalid_value(entry, "must be integer or must be object")
        if found is None:
            raise invalid_value(entry, "must be a valid reference")
        people.append(found.user_id)
    return people or [None]


def _check_reach(call: Call, person: int | None, space_id: int | None) -> None:
    if person is None or person == call.user_id:
        return
    if space_id is not None and person not in call.store.space(space_id).roles:
        raise forbidden("The person is not a member of the workspace")
    if space_id is None and call.store.user(person).profile_id not in call.store.colleagues(call.user_id):
        raise forbidden("You do not share a workspace with that person")


def _label_ids(call: Call, body: dict[str, Any]) -> tuple[int, ...]:
    """Read ``label_ids`` or ``labels`` (texts; a label that isn't there is made)."""
    if body.get("label_ids") is not None:
        ids = body["label_ids"]
        if not isinstance(ids, list) or not all(is_int(one) and one in call.store.labels for one in ids):
            raise invalid_value(ids, "must be array of label ids")
        return tuple(ids)
    found = []
    for text in texts_of(body.get("labels")):
        own = (label for label in call.store.labels.values() if label.user_id == call.user_id and label.text == text)
        found.append((next(own, None) or _new_label(call, text, _COLORS[0])).label_id)
    return tuple(found)


def _create_about(call: Call, ref: tuple[str, int] | None) -> dict[str, Any] | list[Any]:
    body = call.json_object()
    if ref is None and body.get("ref_type") is not None:
        value = {"type": body["ref_type"], "id": body.get("ref_id")}
        ref = referred_in_body(call, value, allowed=REFERABLE, permission=Permission.WRITE)
    space_id = space_of(call, *ref) if ref is not None else None
    if ref is None and body.get("space_id") is not None:
        _, space_id = referred_in_body(call, {"type": "space", "id": body["space_id"]}, allowed=("space",))
    text, description = needed_text(body, "text"), text_of(body, "description", default="")
    private, (day, clock) = boolean_of(body, "private"), _due(call, body)
    people = _people(call, body.get("responsible"))
    for person in people:
        _check_reach(call, person, space_id)
    labels, files = _label_ids(call, body), file_ids(call, body)
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
        day, clock = _due(call, {"due_date": task.due_date, **body})
        task = replace(task, due_date=day, due_time=clock)
    if body.get("ref_type") is not None:
        value = {"type": body["ref_type"], "id": body.get("ref_id")}
        ref = referred_in_body(call, value, allowed=REFERABLE, permission=Permission.WRITE)
        task = replace(task, ref=ref, space_id=space_of(call, *ref))
    if "responsible" in body:
        people = _people(call, body["responsible"])
        if len(people) > 1:
            raise invalid_value(body["responsible"], "must be one person")
        _check_reach(call, people[0], task.space_id)
        task = replace(task, responsible=people[0])
    if {"labels", "label_ids"} & set(body):
        task = replace(task, label_ids=_label_ids(call, body))
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


def _update_only(*names: str) -> Callable[[Call], None]:
    """Make an operation that changes these properties alone, and answers with nothing."""

    def run(call: Call) -> None:
        task = call.task(Permission.WRITE)
        body = call.json_object()
        if not set(names) & set(body):
            raise invalid_value(body, f"must have {' or '.join(names)}")
        _changed(call, _with(call, task, {name: body[name] for name in names if name in body}))

    return run


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
            wanted = call.allowed_task(call.store.task(body[name] if is_int(body[name]) else 0))
            place = others.index(wanted) + shift if wanted in others else place
            break
    others.insert(place, task)
    for rank, other in enumerate(others, 1):
        call.store.tasks[other.task_id] = replace(other, rank=rank)


def _remove_reference(call: Call) -> None:
    _changed(call, replace(call.task(Permission.WRITE), ref=None))


# Labels


def _new_label(call: Call, text: str, color: str) -> Label:
    label = Label(label_id=call.store.new_id(), user_id=call.user_id, text=text, color=color)
    call.store.labels[label.label_id] = label
    return label


def _labels(call: Call) -> list[Any]:
    return [call.shapes.label(label) for label in call.store.labels.values() if label.user_id == call.user_id]


def _color(body: dict[str, Any]) -> str:
    color = body.get("color", _COLORS[0])
    if not isinstance(color, str) or not re.fullmatch(r"[0-9A-Fa-f]{6}", color):
        raise invalid_value(color, "must be a color of six hexadecimal digits")
    return color.upper()


def _label(call: Call) -> Label:
    label = call.store.labels.get(call.params["label_id"])
    if label is None:
        raise not_found()
    if label.user_id != call.user_id:
        raise forbidden()
    return label


def _create_label(call: Call) -> dict[str, Any]:
    body = call.json_object()
    return {"label_id": _new_label(call, needed_text(body, "text"), _color(body)).label_id}


def _update_label(call: Call) -> None:
    label, body = _label(call), call.json_object()
    call.store.labels[label.label_id] = replace(label, text=needed_text(body, "text"), color=_color(body))


def _delete_label(call: Call) -> None:
    del call.store.labels[_label(call).label_id]


def _totals(call: Call) -> dict[str, Any]:
    own = [task for task in _own(call) if task.status == "active"]
    today = written(call.now)[:10]
    return {
        "own": {
            "overdue": sum(task.due_date is not None and task.due_date < today for task in own),
            "due": sum(task.due_date == today for task in own),
            "total": len(own),
        }
    }


_USER = Access.USER
OPERATIONS: tuple[Operation, ...] = (
    Operation(method="GET", path="/task", run=_list),
    Operation(method="POST", path="/task", run=_create),
    Operation(method="GET", path="/task/label", run=_labels, access=_USER),
    Operation(method="POST", path="/task/label", run=_create_label, access=_USER),
    Operation(method="PUT", path="/task/label/{label_id:int}", run=_update_label, access=_USER),
    Operation(method="DELETE", path="/task/label/{label_id:int}", run=_delete_label, access=_USER),
    Operation(method="GET", path="/task/summary", run=_own_summary, access=_USER),
    Operation(method="GET", path="/task/personal/summary", run=_personal_summary, access=_USER),
    Operation(method="GET", path="/task/org/{org_id:int}/summary", run=_org_summary, access=_USER),
    Operation(method="GET", path="/task/space/{space_id:int}/summary", run=_space_summary, access=_USER),
    Operation(method="GET", path="/task/total", run=_totals, access=_USER),
    Operation(method="GET", path="/task/{task_id:int}", run=_one),
    Operation(method="PUT", path="/task/{task_id:int}", run=_update),
    Operation(method="DELETE", path="/task/{task_id:int}", run=_delete),
    Operation(method="POST", path="/task/{task_id:int}/assign", run=_assign),
    Operation(method="POST", path="/task/{task_id:int}/complete", run=_complete),
    Operation(method="POST", path="/task/{task_id:int}/incomplete", run=_incomplete),
    Operation(method="POST", path="/task/{task_id:int}/rank", run=_rank),
    Operation(method="PUT", path="/task/{task_id:int}/description", run=_update_only("description")),
    Operation(method="PUT", path="/task/{task_id:int}/text", run=_update_only("text")),
    Operation(method="PUT", path="/task/{task_id:int}/private", run=_update_only("private")),
    Operation(method="PUT", path="/task/{task_id:int}/due", run=_update_only("due_on", "due_date", "due_time")),
    Operation(method="PUT", path="/task/{task_id:int}/due_on", run=_update_only("due_on", "due_date", "due_time")),
    Operation(method="PUT", path="/task/{task_id:int}/label", run=_update_only("labels", "label_ids")),
    Operation(method="PUT", path="/task/{task_id:int}/ref", run=_update_only("ref_type", "ref_id")),
    Operation(method="DELETE", path="/task/{task_id:int}/ref", run=_remove_reference),
    Operation(method="GET", path="/task/{ref_type}/{ref_id:int}", run=_of_reference),
    Operation(method="POST", path="/task/{ref_type}/{ref_id:int}", run=_create_on),
    Operation(method="GET", path="/task/{ref_type}/{ref_id:int}/count", run=_count),
    Operation(method="GET", path="/task/{ref_type}/{ref_id:int}/summary", run=_reference_summary),
)
