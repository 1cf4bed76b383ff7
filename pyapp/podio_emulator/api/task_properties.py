"""What a body says of a task: when it is due, who is responsible, what it refers to.

Source: "Tasks" of Podio's documentation.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from podio_emulator.api.reminders import recurrence
from podio_emulator.calls import Call, Permission
from podio_emulator.errors import forbidden, invalid_value
from podio_emulator.queries import is_int, text_of
from podio_emulator.references import referred_in_body

REFERABLE = ("item", "app", "space")


def reference(call: Call, body: dict[str, Any]) -> tuple[str, int] | None:
    """Read ``ref_type`` and ``ref_id``, which come together; None where a body has neither."""
    if body.get("ref_type") is None and body.get("ref_id") is None:
        return None
    value = {"type": body.get("ref_type"), "id": body.get("ref_id")}
    return referred_in_body(call, value, allowed=REFERABLE, permission=Permission.WRITE)


def due(body: dict[str, Any]) -> tuple[str | None, str | None]:
    """Read ``due_on``, or ``due_date`` and ``due_time``: a day and the time of that day, either None."""
    due_on = text_of(body, "due_on")
    day, clock = (due_on.partition(" ")[::2]) if due_on else (text_of(body, "due_date"), text_of(body, "due_time"))
    if clock and not day:
        raise invalid_value(clock, "due_time must come with due_date")
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


def task_recurrence(body: dict[str, Any], day: str | None) -> dict[str, Any] | None:
    """Read ``recurrence``, which a task without a date can't have."""
    rule = recurrence(body.get("recurrence"))
    if rule is not None and day is None:
        raise invalid_value(body["recurrence"], "must not be given for a task that isn't due at a date")
    return rule


def responsible_users(call: Call, value: Any) -> list[int | None]:
    """Read ``responsible``: a user's id, an object with an id or an address, a list of these, or null."""
    if value is None:
        return [None]
    user_ids: list[int | None] = []
    for entry in value if isinstance(value, list) else [value]:
        users = None
        if is_int(entry):
            users = next((p for p in call.store.profiles.values() if p.user_id == entry), None)
        elif isinstance(entry, dict):
            kind, ref = entry.get("type"), entry.get("id")
            users = next(
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
        if users is None:
            raise invalid_value(entry, "must be a valid reference")
        user_ids.append(users.user_id)
    return user_ids or [None]


def check_reach(call: Call, user_id: int | None, space_id: int | None) -> None:
    """Refuse a user whom the caller can't assign a task in this workspace (None: in none)."""
    if user_id is None or user_id == call.user_id:
        return
    if space_id is not None and user_id not in call.store.space(space_id).roles:
        raise forbidden("The user is not a member of the workspace")
    if space_id is None and call.store.user(user_id).profile_id not in call.store.colleagues(call.user_id):
        raise forbidden("You do not share a workspace with that user")
