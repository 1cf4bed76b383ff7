"""The areas "reminders" and "recurrence", and the batches that there never are.

A reminder comes ``remind_delta`` minutes before a task is due, or before the first date of an item. The emulator starts
nothing by itself: a reminder that is due is delivered before the next call is answered. A task that recurs is followed,
when it is completed, by the next one. Source: "Reminders" and "Recurrence" of Podio's documentation; the rules of
recurrence are podio-php's and podio-rb's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from podio_emulator.calls import Access, Call, Operation, Permission
from podio_emulator.errors import forbidden, invalid_value, not_found, one_of
from podio_emulator.field_filters import shifted
from podio_emulator.model import Item, Notification, Reminder, Task
from podio_emulator.queries import is_int, object_of, paged
from podio_emulator.references import referred
from podio_emulator.store import Store
from podio_emulator.times import local_to_utc

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_UNITS = {"weekly": "w", "monthly": "m", "yearly": "y"}
_LONGEST_DELTA = 60 * 24 * 365
_SNOOZE = 10

Ref = tuple[str, int]


def _reference(call: Call, *, allowed: tuple[str, ...], permission: Permission) -> Ref:
    kind, ref_id = call.params["ref_type"], call.params["ref_id"]
    referred(call, kind, ref_id, allowed=allowed, permission=permission)
    return kind, ref_id


# Reminders


def set_reminder(call: Call, ref: Ref, value: Any) -> None:
    """Set the reminder of an object from a body's ``{"remind_delta": minutes}``; null removes it."""
    if value is None:
        call.store.reminders.pop(ref, None)
        return
    check_reminder(call, {"reminder": value})
    delta = _reminder_delta(value)
    previous = call.store.reminders.get(ref)
    reminder_id = previous.reminder_id if previous is not None else call.store.new_id()
    call.store.reminders[ref] = Reminder(
        reminder_id=reminder_id, remind_delta=delta, user_id=call.user_id, created_via=call.via
    )


def check_reminder(call: Call, body: dict[str, Any]) -> None:
    """Refuse a body's ``reminder`` before anything is made of the rest of it."""
    if body.get("reminder") is not None:
        if not call.user_id:
            raise forbidden("Only a user can be reminded")
        _reminder_delta(body["reminder"])


def _reminder_delta(value: Any) -> int:
    """Read the minutes of a reminder; refuse any other key."""
    reminder = object_of(value)
    for name in reminder.keys() - {"remind_delta", "reminder_id"}:
        raise invalid_value(name, one_of(("remind_delta",)))
    delta: Any = reminder.get("remind_delta")
    if not is_int(delta) or not 0 <= delta <= _LONGEST_DELTA:
        raise invalid_value(delta, f"must be integer between 0 and {_LONGEST_DELTA}")
    return int(delta)


def deliver(store: Store, now: datetime) -> None:
    """Notify the users whose reminders are due, each once."""
    for (kind, ref_id), reminder in list(store.reminders.items()):
        target = store.find_item(ref_id) if kind == "item" else store.tasks.get(ref_id)
        if target is None:
            del store.reminders[kind, ref_id]
            continue
        moment = _moment(store, target)
        if moment is None or reminder.delivered_for == moment:
            continue
        due = reminder.snoozed_until or moment - timedelta(minutes=reminder.remind_delta)
        if due > now or (isinstance(target, Task) and target.status != "active"):
            continue
        store.reminders[kind, ref_id] = replace(reminder, delivered_for=moment, snoozed_until=None)
        notification = Notification(
            notification_id=store.new_id(),
            user_id=reminder.user_id,
            type="reminder",
            text="reminds you",
            ref_type=kind,
            ref_id=ref_id,
            created_on=now,
            created_by=target.created_by,
            created_via=reminder.created_via,
        )
        store.notifications[notification.notification_id] = notification


def _moment(store: Store, target: Item | Task) -> datetime | None:
    """Return when a task is due, or the first date of an item."""
    if isinstance(target, Task):
        if target.due_date is None:
            return None
        return datetime.fromisoformat(f"{target.due_date} {target.due_time or '00:00:00'}").replace(tzinfo=UTC)
    fields = [field.field_id for field in store.app(target.app_id).fields if field.type == "date"]
    dates = [target.values[field_id][0] for field_id in fields if field_id in target.values]
    if not dates:
        return None
    return local_to_utc(datetime.fromisoformat(f"{dates[0]['start_date']} {dates[0]['start_time'] or '00:00:00'}"))


def _reminder(call: Call, permission: Permission = Permission.READ) -> tuple[Ref, Reminder]:
    ref = _reference(call, allowed=("item", "task"), permission=permission)
    reminder = call.store.reminders.get(ref)
    if reminder is None:
        raise not_found()
    return ref, reminder


def _get_reminder(call: Call) -> dict[str, Any] | None:
    return call.shapes.reminder(_reminder(call)[1])


def _set_reminder(call: Call) -> None:
    ref = _reference(call, allowed=("item", "task"), permission=Permission.WRITE)
    set_reminder(call, ref, call.json_object())


def _delete_reminder(call: Call) -> None:
    del call.store.reminders[_reminder(call, Permission.WRITE)[0]]


def _snooze(call: Call) -> None:
    """Let a reminder come again, ten minutes from now."""
    ref, reminder = _reminder(call, Permission.WRITE)
    until = call.now + timedelta(minutes=_SNOOZE)
    call.store.reminders[ref] = replace(reminder, delivered_for=None, snoozed_until=until)


# Recurrence


def recurrence(value: Any) -> dict[str, Any] | None:
    """Read a rule: ``name`` (weekly, monthly, yearly), ``step``, ``until`` and ``config`` (the ``days`` of a week)."""
    if value is None:
        return None
    for name in object_of(value).keys() - {"recurrence_id", "name", "step", "until", "config"}:
        raise invalid_value(name, one_of(("name", "step", "until", "config")))
    name, step, until = value.get("name"), value.get("step", 1), value.get("until")
    config = value.get("config") or {}
    if not isinstance(name, str) or name not in _UNITS:
        raise invalid_value(name, one_of(tuple(_UNITS)))
    if not is_int(step) or not 1 <= step <= 100:
        raise invalid_value(step, "must be integer between 1 and 100")
    try:
        if until is not None:
            until = date.fromisoformat(until).isoformat()
    except (TypeError, ValueError):
        raise invalid_value(until, "must be date") from None
    for key, entry in object_of(config).items():
        is_days = key == "days" and name == "weekly" and isinstance(entry, list)
        if is_days and entry and all(day in _DAYS for day in entry):
            continue
        if entry is not None and not (key == "repeat_on" and name == "monthly" and entry == "day_of_month"):
            raise invalid_value(entry, f"must not be given as {key!r}")
    return {"name": name, "config": config, "step": step, "until": until}


def next_day(day: date, rule: Mapping[str, Any]) -> date | None:
    """Return the day after ``day`` on which a rule recurs; None where it has come to its end."""
    days = sorted(map(_DAYS.index, rule["config"].get("days") or ()))
    later_days = [number for number in days if number > day.weekday()]
    if later_days:
        next_date = day + timedelta(days=later_days[0] - day.weekday())
    elif days:
        week = day - timedelta(days=day.weekday())
        next_date = week + timedelta(weeks=rule["step"], days=days[0])
    else:
        next_date = shifted(day, rule["step"], _UNITS[rule["name"]])
    return None if rule["until"] is not None and next_date.isoformat() > rule["until"] else next_date


def _task(call: Call, permission: Permission) -> Task:
    ref = _reference(call, allowed=("task",), permission=permission)
    return call.store.task(ref[1])


def _get_recurrence(call: Call) -> dict[str, Any] | None:
    task = _task(call, Permission.READ)
    if task.recurrence is None:
        raise not_found()
    return call.shapes.recurrence(task)


def _set_recurrence(call: Call) -> None:
    task = _task(call, Permission.WRITE)
    if task.due_date is None:
        raise invalid_value(None, "a task that recurs must be due at a date")
    call.store.tasks[task.task_id] = replace(task, recurrence=recurrence(call.json_object()))


def _delete_recurrence(call: Call) -> None:
    task = _task(call, Permission.WRITE)
    if task.recurrence is None:
        raise not_found()
    call.store.tasks[task.task_id] = replace(task, recurrence=None)


def _no_batches(call: Call) -> list[Any]:
    """List batches: the emulator does at once what Podio puts off, so there never is one."""
    if "ref_type" in call.params:
        _reference(call, allowed=("app", "item", "space"), permission=Permission.READ)
    return paged([], call.query, limit=20)


def _no_batch(call: Call) -> None:
    raise not_found()


_USER = Access.USER
_REMINDER = "/reminder/{ref_type}/{ref_id:int}"
_RECURRENCE = "/recurrence/{ref_type}/{ref_id:int}"
_RULE = ("name", "step", "until", "config")
OPERATIONS: tuple[Operation, ...] = (
    Operation(method="GET", path=_REMINDER, run=_get_reminder, access=_USER),
    Operation(method="POST", path=_REMINDER, run=_set_reminder, access=_USER, keys=("remind_delta",)),
    Operation(method="PUT", path=_REMINDER, run=_set_reminder, access=_USER, keys=("remind_delta",)),
    Operation(method="DELETE", path=_REMINDER, run=_delete_reminder, access=_USER),
    Operation(method="POST", path=f"{_REMINDER}/snooze", run=_snooze, access=_USER),
    Operation(method="GET", path=_RECURRENCE, run=_get_recurrence),
    Operation(method="PUT", path=_RECURRENCE, run=_set_recurrence, keys=_RULE),
    Operation(method="DELETE", path=_RECURRENCE, run=_delete_recurrence),
    Operation(method="GET", path="/batch", run=_no_batches, access=_USER),
    Operation(method="GET", path="/batch/{batch_id:int}", run=_no_batch, access=_USER),
    Operation(method="GET", path="/batch/{ref_type}/{ref_id:int}/{plugin}/running", run=_no_batches, access=_USER),
)
