"""The areas "ratings" (likes) and "subscriptions"."""

from __future__ import annotations

from typing import Any

from podio_emulator.calls import Access, Call, Operation
from podio_emulator.errors import forbidden, invalid_value, not_found
from podio_emulator.model import Author
from podio_emulator.references import referred

_LIKEABLE = ("item", "status", "task", "comment")
_SUBSCRIBABLE = ("item", "task", "app", "space")


def _liked(call: Call) -> tuple[str, int]:
    kind, ref_id = call.params["ref_type"], call.params["ref_id"]
    referred(call, kind, ref_id, allowed=_LIKEABLE)
    return kind, ref_id


def _like(call: Call) -> dict[str, Any]:
    """Like an object; the value of a like is 1."""
    ref = _liked(call)
    value = call.json_object().get("value")
    if isinstance(value, bool) or value != 1:
        raise invalid_value(value, "must be one of {1}")
    likers = call.store.likes.get(ref, ())
    if call.user_id not in likers:
        call.store.likes[ref] = (*likers, call.user_id)
        call.send_event(f"/{ref[0]}/{ref[1]}", "rating_like_create", *ref)
    # A rating's id: one per object and user.
    return {"rating_id": ref[1] * 1000 + call.user_id % 1000}


def _unlike(call: Call) -> None:
    ref = _liked(call)
    likers = call.store.likes.get(ref, ())
    if call.user_id in likers:
        call.store.likes[ref] = tuple(user_id for user_id in likers if user_id != call.user_id)
        call.send_event(f"/{ref[0]}/{ref[1]}", "rating_like_delete", *ref)


def _likes(call: Call) -> dict[str, Any]:
    return call.shapes.like_counts(call.store.likes.get(_liked(call), ()))


def _list_ratings(call: Call) -> dict[str, Any]:
    return {"like": _likes(call)}


def _count(call: Call) -> dict[str, Any]:
    return {"like_count": len(call.store.likes.get(_liked(call), ()))}


def _liked_by(call: Call) -> list[Any]:
    likers = call.store.likes.get(_liked(call), ())
    return [call.shapes.byline(Author(type="user", id=user_id)) for user_id in likers]


def _get_own(call: Call) -> dict[str, Any]:
    if call.user_id not in call.store.likes.get(_liked(call), ()):
        raise not_found()
    return {"value": 1}


def _subscribed(call: Call) -> tuple[int, str, int]:
    kind, ref_id = call.params["ref_type"], call.params["ref_id"]
    referred(call, kind, ref_id, allowed=_SUBSCRIBABLE)
    return call.user_id, kind, ref_id


def _subscribe(call: Call) -> dict[str, Any]:
    subscription = _subscribed(call)
    for subscription_id, existing in call.store.subscriptions.items():
        if existing == subscription:
            return {"subscription_id": subscription_id}
    subscription_id = call.store.new_id()
    call.store.subscriptions[subscription_id] = subscription
    return {"subscription_id": subscription_id}


def _unsubscribe(call: Call) -> None:
    subscription = _subscribed(call)
    call.store.subscriptions = {
        key: existing for key, existing in call.store.subscriptions.items() if existing != subscription
    }


def _subscription(call: Call) -> dict[str, Any]:
    subscription = _subscribed(call)
    for subscription_id, existing in call.store.subscriptions.items():
        if existing == subscription:
            return _to_json(subscription_id, existing)
    raise not_found()


def _to_json(subscription_id: int, existing: tuple[int, str, int]) -> dict[str, Any]:
    return {"subscription_id": subscription_id, "ref": {"type": existing[1], "id": existing[2]}, "started_on": None}


def _by_id(call: Call) -> dict[str, Any]:
    existing = call.store.subscriptions.get(call.params["subscription_id"])
    if existing is None:
        raise not_found()
    if existing[0] != call.user_id:
        raise forbidden()
    return _to_json(call.params["subscription_id"], existing)


def _unsubscribe_by_id(call: Call) -> None:
    _by_id(call)
    del call.store.subscriptions[call.params["subscription_id"]]


_RATED = "/rating/{ref_type}/{ref_id:int}"
_FOLLOWED = "/subscription/{ref_type}/{ref_id:int}"
OPERATIONS: tuple[Operation, ...] = (
    Operation(method="GET", path=_RATED, run=_list_ratings),
    Operation(method="GET", path=f"{_RATED}/like_count", run=_count),
    Operation(method="GET", path=f"{_RATED}/liked_by", run=_liked_by),
    Operation(method="GET", path=f"{_RATED}/like", run=_likes),
    Operation(method="POST", path=f"{_RATED}/like", run=_like, access=Access.USER, keys=("value",)),
    Operation(method="DELETE", path=f"{_RATED}/like", run=_unlike, access=Access.USER),
    Operation(method="GET", path=f"{_RATED}/like/self", run=_get_own, access=Access.USER),
    Operation(method="POST", path=_FOLLOWED, run=_subscribe, access=Access.USER),
    Operation(method="GET", path=_FOLLOWED, run=_subscription, access=Access.USER),
    Operation(method="DELETE", path=_FOLLOWED, run=_unsubscribe, access=Access.USER),
    Operation(method="GET", path="/subscription/{subscription_id:int}", run=_by_id, access=Access.USER),
    Operation(method="DELETE", path="/subscription/{subscription_id:int}", run=_unsubscribe_by_id, access=Access.USER),
)
