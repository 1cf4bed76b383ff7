"""The area "tasks", second part: tasks made, changed, completed, ranked and deleted.

Source: "Tasks" of Podio's documentation.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from podio_emulator.api.files import attach_all
from podio_emulator.api.items import file_ids
from podio_emulator.api.notifications import notify
from podio_emulator.api.reminders import check_reminder, next_day, set_reminder
from podio_emulator.api.task_labels import label_ids
from podio_emulator.api.task_properties import (
    check_reach,
    due,
    reference,
    responsible_users,
    task_recurrence,
)
from podio_emulator.api.tasks import by_rank, task_reference
from podio_emulator.calls import Call, Operation, Permission
from podio_emulator.errors import invalid_value
from podio_emulator.model import Task
from podio_emulator.queries import (
    boolean_of,
    needed_id,
    needed_text,
    text_of,
)
from podio_emulator.references import referred_in_body, space_of


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
    user_ids = responsible_users(call, body.get("responsible"))
    for user_id in user_ids:
        check_reach(call, user_id, space_id)
    labels, files = label_ids(call, body), file_ids(call, body)
    rule = task_recurrence(body, day)
    check_reminder(call, body)
    tasks = []
    for user_id in user_ids:
        task_id = call.store.new_id()
        task = Task(
            task_id=task_id,
            text=text,
            description=description or "",
            private=private,
            due_date=day,
            due_time=clock,
            responsible=user_id,
            space_id=space_id,
            ref=ref,
            label_ids=labels,
            created_on=call.now,
            created_by=call.author,
            created_via=call.via,
            external_id=text_of(body, "external_id"),
            file_ids=files,
            rank=task_id,
            recurrence=rule,
        )
        call.store.tasks[task_id] = task
        set_reminder(call, ("task", task_id), body.get("reminder"))
        attach_all(call, files, "task", task_id)
        _notify_assigned(call, task)
        if ref is not None:
            call.send_event(f"/{ref[0]}/{ref[1]}", "task_create", *ref, task_id=task_id)
        tasks.append(call.shapes.task_full(task))
    return tasks[0] if len(tasks) == 1 else tasks


def _notify_assigned(call: Call, task: Task) -> None:
    if task.responsible is not None and task.responsible != call.user_id:
        notify(call, task.responsible, "task_assign", f"assigned the task “{task.text}” to you", "task", task.task_id)


def _create(call: Call) -> dict[str, Any] | list[Any]:
    return _create_about(call, None)


def _create_on(call: Call) -> dict[str, Any] | list[Any]:
    return _create_about(call, task_reference(call, Permission.WRITE))


def _store(call: Call, task: Task, *, name: str = "update") -> None:
    call.store.tasks[task.task_id] = task
    attach_all(call, task.file_ids, "task", task.task_id)
    call.send_event(f"/task/{task.task_id}", name, "task", task.task_id)


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
        user_ids = responsible_users(call, body["responsible"])
        if len(user_ids) > 1:
            raise invalid_value(body["responsible"], "must be one user")
        check_reach(call, user_ids[0], task.space_id)
        task = replace(task, responsible=user_ids[0])
    if {"labels", "label_ids"} & set(body):
        task = replace(task, label_ids=label_ids(call, body))
    if "file_ids" in body:
        task = replace(task, file_ids=file_ids(call, body))
    if "recurrence" in body:
        task = replace(task, recurrence=task_recurrence(body, task.due_date))
    if "external_id" in body:
        task = replace(task, external_id=text_of(body, "external_id"))
    return task


def _update(call: Call) -> dict[str, Any]:
    task = call.task(Permission.WRITE)
    body = call.json_object()
    new_task = _with(call, task, body)
    check_reminder(call, body)
    if "reminder" in body:
        set_reminder(call, ("task", task.task_id), body["reminder"])
    if new_task != task:
        _store(call, new_task)
        if new_task.responsible != task.responsible:
            _notify_assigned(call, new_task)
    return call.shapes.task_full(new_task)


def _only(path: str, *names: str) -> Operation:
    """Return an operation that changes these properties alone and has no content in its response."""

    def run(call: Call) -> None:
        task = call.task(Permission.WRITE)
        body = call.json_object()
        if not set(names) & set(body):
            raise invalid_value(body, f"must have {' or '.join(names)}")
        _store(call, _with(call, task, {name: body[name] for name in names if name in body}))

    return Operation(method="PUT", path=path, run=run, keys=names)


def _assign(call: Call) -> None:
    task = call.task(Permission.WRITE)
    new_task = _with(call, task, {"responsible": call.json_object().get("responsible")})
    _store(call, new_task)
    _notify_assigned(call, new_task)


def _complete(call: Call) -> dict[str, Any]:
    task = call.task(Permission.WRITE)
    completed_task = replace(
        task, status="completed", completed_on=call.now, completed_by=call.author, completed_via=call.via
    )
    _store(call, completed_task)
    next_task = _next_task(call, task)
    return {"recurring_task_id": None if next_task is None else next_task.task_id}


def _next_task(call: Call, task: Task) -> Task | None:
    """Make the task that follows a recurring one; None where nothing recurs, or no more."""
    if task.recurrence is None or task.due_date is None:
        return None
    day = next_day(date.fromisoformat(task.due_date), task.recurrence)
    if day is None:
        return None
    task_id = call.store.new_id()
    next_task = replace(task, task_id=task_id, due_date=day.isoformat(), created_on=call.now, rank=task_id)
    call.store.tasks[task_id] = next_task
    reminder = call.store.reminders.pop(("task", task.task_id), None)
    if reminder is not None:
        call.store.reminders["task", task_id] = replace(reminder, delivered_for=None, snoozed_until=None)
    return next_task


def _incomplete(call: Call) -> None:
    task = call.task(Permission.WRITE)
    _store(call, replace(task, status="active", completed_on=None, completed_by=None, completed_via=None))


def _delete(call: Call) -> None:
    task = call.task(Permission.DELETE)
    call.store.delete_task(task)
    call.send_event(f"/task/{task.task_id}", "delete", "task", task.task_id)


def _rank(call: Call) -> None:
    """Put a task between two others of the caller's list, either of which may be missing."""
    task = call.task(Permission.WRITE)
    body = call.json_object()
    others = [other for other in sorted(call.store.tasks.values(), key=by_rank) if other is not task]
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
    _store(call, replace(call.task(Permission.WRITE), ref=None))


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
    "reminder",
    "recurrence",
)
_KEYS_ABOUT = tuple(key for key in _KEYS if not key.startswith("ref_"))
_MISSING_KEYS = ("linked_account_id",)
OPERATIONS: tuple[Operation, ...] = (
    Operation(method="POST", path="/task", run=_create, keys=(*_KEYS, "space_id"), missing_keys=_MISSING_KEYS),
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
    Operation(
        method="POST",
        path="/task/{ref_type}/{ref_id:int}",
        run=_create_on,
        keys=_KEYS_ABOUT,
        missing_keys=_MISSING_KEYS,
    ),
)
