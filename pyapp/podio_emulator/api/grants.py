"""The area "grants": single items opened to users who aren't members of the workspace.

Who has a grant may see the item with its files, comment on it and like it. ``action`` says what the user shall
do, and limits nothing. Source: "Grants" of Podio's documentation.
"""

from __future__ import annotations

from typing import Any

from podio_emulator.api.notifications import notify
from podio_emulator.api.task_properties import responsible_users
from podio_emulator.calls import Access, Call, Operation, Permission
from podio_emulator.errors import forbidden, invalid_value, not_done, not_found
from podio_emulator.model import Grant
from podio_emulator.queries import choice_of, text_of
from podio_emulator.references import referred

_ACTIONS = ("view", "comment", "rate")


def _item_id(call: Call, permission: Permission = Permission.READ) -> int:
    kind, ref_id = call.params["ref_type"], call.params["ref_id"]
    referred(call, kind, ref_id, allowed=("item",), permission=permission)
    return int(ref_id)


def _create(call: Call) -> dict[str, Any]:
    """Open an item to users, and name those who could be invited to its workspace."""
    item_id, body = _item_id(call, Permission.WRITE), call.json_object()
    users = body.get("people")
    if not isinstance(users, list) or not users:
        raise invalid_value(users, "must be array of users")
    if choice_of(body, "access_level", ("view", "edit"), default="view") == "edit":
        raise not_done("access_level")
    action, message = choice_of(body, "action", _ACTIONS, default="view"), text_of(body, "message")
    members = call.store.spaces[call.store.app(call.store.item(item_id).app_id).space_id].roles
    invitable = []
    for user_id in responsible_users(call, users):
        if user_id is None:
            raise invalid_value(users, "must be array of users")
        earlier = call.store.grants.get((item_id, user_id))
        call.store.grants[item_id, user_id] = Grant(
            grant_id=call.store.new_id() if earlier is None else earlier.grant_id,
            item_id=item_id,
            user_id=user_id,
            action=action,
            message=message,
            created_on=call.now,
            created_by=call.author,
        )
        if user_id != call.user_id:
            notify(call, user_id, "grant_create", message or "shared an item with you", "item", item_id)
        if user_id not in members:
            invitable.append(call.shapes.profile(call.store.user(user_id)))
    return {"invitable": invitable}


def _on_item(call: Call) -> list[Grant]:
    item_id = _item_id(call)
    return [grant for grant in call.store.grants.values() if grant.item_id == item_id]


def _list(call: Call) -> list[Any]:
    return [call.shapes.grant(grant) for grant in _on_item(call)]


def _count(call: Call) -> dict[str, Any]:
    return {"count": len(_on_item(call))}


def _get_own(call: Call) -> dict[str, Any]:
    grant = call.store.grants.get((_item_id(call), call.user_id))
    if grant is None:
        raise not_found()
    return call.shapes.grant(grant)


def _delete(call: Call) -> None:
    """Take a grant away, which who may change the item can do, and its user."""
    user_id = call.params["user_id"]
    item_id = _item_id(call, Permission.READ if user_id == call.user_id else Permission.WRITE)
    if call.store.grants.pop((item_id, user_id), None) is None:
        raise not_found()


def _space_of(call: Call, grant: Grant) -> int | None:
    item = call.store.find_item(grant.item_id)
    return None if item is None else call.store.apps[item.app_id].space_id


def _to_user(call: Call) -> list[Any]:
    space_id, user_id = call.space().space_id, call.store.user(call.params["user_id"]).user_id
    grants = (grant for grant in call.store.grants.values() if grant.user_id == user_id)
    return [call.shapes.grant(grant) for grant in grants if _space_of(call, grant) == space_id]


def _own_on_org(call: Call) -> list[Any]:
    org = call.store.organization(call.params["org_id"])
    spaces = {space.space_id for space in call.store.spaces.values() if space.org_id == org.org_id}
    grants = [grant for grant in call.store.grants.values() if grant.user_id == call.user_id]
    grants = [grant for grant in grants if _space_of(call, grant) in spaces]
    if not grants and not call.sees_org(org):
        raise forbidden()
    return [call.shapes.grant(grant) for grant in grants]


_USER = Access.USER
_GRANT = "/grant/{ref_type}/{ref_id:int}"
OPERATIONS: tuple[Operation, ...] = (
    Operation(method="GET", path="/grant/org/{org_id:int}/own", run=_own_on_org, access=_USER),
    Operation(method="GET", path="/grant/space/{space_id:int}/user/{user_id:int}", run=_to_user),
    Operation(
        method="POST",
        path=_GRANT,
        run=_create,
        access=_USER,
        keys=("people", "action", "message", "access_level"),
        missing_keys=("shared_as_client",),
    ),
    Operation(method="GET", path=_GRANT, run=_list),
    Operation(method="GET", path=f"{_GRANT}/count", run=_count),
    Operation(method="GET", path=f"{_GRANT}/own", run=_get_own, access=_USER),
    Operation(method="DELETE", path=f"{_GRANT}/{{user_id:int}}", run=_delete, access=_USER),
)
