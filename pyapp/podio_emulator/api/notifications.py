"""The area "notifications": what a user is notified of, and the inbox.

The inbox's groups follow the typed models of Podio's own clients; no captured response is at hand.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from podio_emulator.calls import Access, Call, Operation
from podio_emulator.errors import not_found
from podio_emulator.model import Notification
from podio_emulator.push import event
from podio_emulator.queries import paged, query_boolean
from podio_emulator.times import time_text


def notify(call: Call, user_id: int, kind: str, text: str, ref_type: str, ref_id: int) -> None:
    """Put something into a user's inbox and notify those of their clients that listen, unless the call is silent."""
    if call.is_silent:
        return
    notification = Notification(
        notification_id=call.store.new_id(),
        user_id=user_id,
        type=kind,
        text=text,
        ref_type=ref_type,
        ref_id=ref_id,
        created_on=call.now,
        created_by=call.author,
        created_via=call.via,
    )
    call.store.notifications[notification.notification_id] = notification
    message = event(
        "notification_create",
        ref_type="user",
        ref_id=user_id,
        author=call.author,
        via=call.via,
        data={"notification_id": notification.notification_id},
    )
    call.publish(f"/user/{user_id}", message)


def _to_json(call: Call, notification: Notification) -> dict[str, Any]:
    return {
        "notification_id": notification.notification_id,
        "type": notification.type,
        "text": notification.text,
        "viewed_on": time_text(notification.viewed_on) if notification.viewed_on else None,
        "starred": notification.starred,
        "created_on": time_text(notification.created_on),
        "created_by": call.shapes.byline(notification.created_by),
        "created_via": call.shapes.via(notification.created_via),
        "data": {},
    }


def _own_notifications(call: Call) -> list[Notification]:
    notifications = [
        notification for notification in call.store.notifications.values() if notification.user_id == call.user_id
    ]
    return sorted(notifications, key=lambda notification: notification.notification_id, reverse=True)


def _list(call: Call) -> list[Any]:
    viewed, starred = query_boolean(call.query, "viewed"), query_boolean(call.query, "starred")
    groups: dict[tuple[str, int], list[Notification]] = {}
    for notification in _own_notifications(call):
        if viewed in {None, notification.viewed_on is not None} and starred in {None, notification.starred}:
            groups.setdefault((notification.ref_type, notification.ref_id), []).append(notification)
    page = paged(list(groups.items()), call.query, limit=20, most=100)
    return [
        {
            "context": _context(call, *ref),
            "notifications": [_to_json(call, notification) for notification in notifications],
        }
        for ref, notifications in page
    ]


def _context(call: Call, ref_type: str, ref_id: int) -> dict[str, Any]:
    reference = call.shapes.reference(ref_type, ref_id)
    return {"ref": {"type": ref_type, "id": ref_id}, "title": reference["title"], "link": reference["link"]}


def _count(call: Call) -> dict[str, Any]:
    return {"new": sum(notification.viewed_on is None for notification in _own_notifications(call))}


def _notification(call: Call) -> Notification:
    notification = call.store.notifications.get(call.params["notification_id"])
    if notification is None or notification.user_id != call.user_id:
        raise not_found()
    return notification


def _get(call: Call) -> dict[str, Any]:
    notification = _notification(call)
    context = _context(call, notification.ref_type, notification.ref_id)
    return {"context": context, "notifications": [_to_json(call, notification)]}


def _keep(call: Call, notification: Notification) -> None:
    call.store.notifications[notification.notification_id] = notification


def _view(call: Call) -> None:
    _keep(call, replace(_notification(call), viewed_on=call.now))


def _unview(call: Call) -> None:
    _keep(call, replace(_notification(call), viewed_on=None))


def _star(call: Call) -> None:
    _keep(call, replace(_notification(call), starred=True))


def _unstar(call: Call) -> None:
    _keep(call, replace(_notification(call), starred=False))


def _view_all(call: Call) -> None:
    for notification in _own_notifications(call):
        _keep(call, replace(notification, viewed_on=notification.viewed_on or call.now))


def mark_viewed(call: Call, ref_type: str, ref_id: int) -> None:
    """Mark the caller's notifications about an object as viewed."""
    for notification in _own_notifications(call):
        if (notification.ref_type, notification.ref_id) == (ref_type, ref_id) and notification.viewed_on is None:
            _keep(call, replace(notification, viewed_on=call.now))


def _view_reference(call: Call) -> None:
    mark_viewed(call, call.params["ref_type"], call.params["ref_id"])


def _table(method: str, path: str, run: Any, **keys: Any) -> Operation:
    return Operation(method=method, path=f"/notification{path}", run=run, access=Access.USER, **keys)


_MISSING = (
    "bookmarked",
    "context_type",
    "created_from",
    "created_to",
    "direction",
    "sent",
    "type",
    "types",
    "user_id",
    "viewed_from",
)


OPERATIONS: tuple[Operation, ...] = (
    _table("GET", "", _list, missing_parameters=_MISSING),
    _table("GET", "/inbox/new/count", _count),
    _table("POST", "/viewed", _view_all),
    _table("GET", "/{notification_id:int}", _get),
    _table("GET", "/{notification_id:int}/v2", _get),
    _table("POST", "/{notification_id:int}/viewed", _view),
    _table("DELETE", "/{notification_id:int}/viewed", _unview),
    _table("POST", "/{notification_id:int}/star", _star),
    _table("DELETE", "/{notification_id:int}/star", _unstar),
    _table("POST", "/{ref_type}/{ref_id:int}/viewed", _view_reference),
)
