"""The areas "organizations" and "spaces"."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from podio_emulator.api.app_changes import label_of
from podio_emulator.calls import Access, Call, Operation, Permission
from podio_emulator.errors import forbidden, not_found
from podio_emulator.model import Organization, Space
from podio_emulator.queries import boolean_of, choice_of, needed_id, needed_text, paged, query_number, text_of

_PRIVACY = ("open", "closed")


def _spaces(call: Call, org: Organization) -> list[Space]:
    return [space for space in call.store.spaces.values() if space.org_id == org.org_id and call.sees_space(space)]


def _list(call: Call) -> list[Any]:
    orgs = [org for org in call.store.organizations.values() if call.sees_org(org)]
    return [call.shapes.organization(org, _spaces(call, org)) for org in orgs]


def _to_json(call: Call, org: Organization) -> dict[str, Any]:
    return call.shapes.organization(org, _spaces(call, org))


def _get(call: Call) -> dict[str, Any]:
    return _to_json(call, call.organization())


def _create(call: Call) -> dict[str, Any]:
    name = needed_text(call.json_object(), "name")
    org = Organization(
        org_id=call.store.new_id(),
        name=name,
        url_label=label_of(name, {org.url_label for org in call.store.organizations.values()}, "org"),
        type="free",
        roles={call.user_id: "admin"},
        created_by=call.user_id,
        created_on=call.now,
    )
    call.store.organizations[org.org_id] = org
    json = _to_json(call, org)
    return {name: json[name] for name in ("org_id", "url", "url_label")}


def _update(call: Call) -> None:
    org = call.organization()
    if org.roles.get(call.user_id) != "admin":
        raise forbidden("Only an admin of the organization can do that")
    body = call.json_object()
    if "name" in body:
        org = replace(org, name=needed_text(body, "name"))
    call.store.organizations[org.org_id] = org


def _members(call: Call) -> list[Any]:
    org = call.organization()
    return [
        {"profile": call.shapes.profile(call.store.user(user_id)), "role": role, "admin": role == "admin"}
        for user_id, role in paged(list(org.roles.items()), call.query, limit=500)
    ]


def _spaces_of(call: Call) -> list[Any]:
    return [call.shapes.space(space) for space in _spaces(call, call.organization())]


def _org_by_url(call: Call) -> dict[str, Any]:
    label = urlsplit(call.query.get("url", "")).path.strip("/").partition("/")[0] or call.query.get("org_slug", "")
    for org in call.store.organizations.values():
        if org.url_label == label:
            if not call.sees_org(org):
                raise forbidden()
            return _to_json(call, org)
    raise not_found()


# Workspaces


def _space(call: Call) -> dict[str, Any]:
    return call.shapes.space(call.space())


def _create_space(call: Call) -> dict[str, Any]:
    body = call.json_object()
    org = call.store.organization(needed_id(body, "org_id"))
    if call.user_id not in org.roles:
        raise forbidden()
    name = needed_text(body, "name")
    labels = {space.url_label for space in call.store.spaces.values() if space.org_id == org.org_id}
    space = Space(
        space_id=call.store.new_id(),
        org_id=org.org_id,
        name=name,
        description=text_of(body, "description") or "",
        url_label=label_of(name, labels, "space"),
        privacy=choice_of(body, "privacy", _PRIVACY, default="closed"),
        roles={call.user_id: "admin"},
        created_by=call.user_id,
        created_on=call.now,
        last_activity_on=call.now,
        auto_join=boolean_of(body, "auto_join"),
        post_on_new_app=boolean_of(body, "post_on_new_app", default=True),
        post_on_new_member=boolean_of(body, "post_on_new_member", default=True),
    )
    call.store.spaces[space.space_id] = space
    return {"space_id": space.space_id, "url": call.shapes.space_url(space)}


def _update_space(call: Call) -> None:
    space = call.space()
    if space.roles.get(call.user_id) != "admin" or not call.sees_space(space, Permission.WRITE):
        raise forbidden("Only an admin of the workspace can do that")
    body = call.json_object()
    if "name" in body:
        space = replace(space, name=needed_text(body, "name"))
    if "description" in body:
        space = replace(space, description=text_of(body, "description") or "")
    if "privacy" in body:
        space = replace(space, privacy=choice_of(body, "privacy", _PRIVACY))
    space = replace(
        space,
        auto_join=boolean_of(body, "auto_join", default=space.auto_join),
        post_on_new_app=boolean_of(body, "post_on_new_app", default=space.post_on_new_app),
        post_on_new_member=boolean_of(body, "post_on_new_member", default=space.post_on_new_member),
    )
    call.store.spaces[space.space_id] = space


def _space_by_label(call: Call) -> dict[str, Any]:
    org = call.organization()
    for space in call.store.spaces.values():
        if space.org_id == org.org_id and space.url_label == call.params["label"]:
            if not call.sees_space(space):
                raise forbidden()
            return call.shapes.space(space)
    raise not_found()


def _space_by_url(call: Call) -> dict[str, Any]:
    url = call.query.get("url", "").rstrip("/")
    for space in call.store.spaces.values():
        if call.shapes.space_url(space) == url:
            if not call.sees_space(space):
                raise forbidden()
            return call.shapes.space(space)
    raise not_found()


def _top_spaces(call: Call) -> list[Any]:
    spaces = [space for space in call.store.spaces.values() if call.sees_space(space)]
    spaces.sort(key=lambda space: space.last_activity_on, reverse=True)
    return [call.shapes.space(space) for space in spaces[: query_number(call.query, "limit", 6)]]


def _available(call: Call) -> list[Any]:
    """List the open workspaces of an organization that the caller could join."""
    org = call.organization()
    spaces = [s for s in call.store.spaces.values() if s.org_id == org.org_id and s.privacy == "open"]
    return [call.shapes.space_short(space) for space in spaces if call.user_id not in space.roles]


_USER = Access.USER
OPERATIONS: tuple[Operation, ...] = (
    Operation(method="GET", path="/org", run=_list),
    Operation(method="POST", path="/org", run=_create, access=_USER, keys=("name",), missing_keys=("logo",)),
    Operation(method="GET", path="/org/url", run=_org_by_url),
    Operation(method="GET", path="/org/{org_id:int}", run=_get),
    Operation(
        method="PUT",
        path="/org/{org_id:int}",
        run=_update,
        access=_USER,
        keys=("name",),
        missing_keys=("logo", "url_label"),
    ),
    Operation(
        method="GET",
        path="/org/{org_id:int}/member",
        run=_members,
        missing_parameters=("member_type", "query", "sort_by", "sort_desc"),
    ),
    Operation(method="GET", path="/org/{org_id:int}/space", run=_spaces_of),
    Operation(
        method="POST",
        path="/space",
        run=_create_space,
        access=_USER,
        keys=("org_id", "name", "description", "privacy", "auto_join", "post_on_new_app", "post_on_new_member"),
        missing_keys=("type",),
    ),
    Operation(method="GET", path="/space/url", run=_space_by_url),
    Operation(method="GET", path="/space/top", run=_top_spaces, access=_USER),
    Operation(method="GET", path="/space/org/{org_id:int}", run=_spaces_of),
    Operation(method="GET", path="/space/org/{org_id:int}/available", run=_available, access=_USER),
    Operation(method="GET", path="/space/org/{org_id:int}/{label}", run=_space_by_label),
    Operation(method="GET", path="/space/{space_id:int}", run=_space),
    Operation(
        method="PUT",
        path="/space/{space_id:int}",
        run=_update_space,
        access=_USER,
        keys=("name", "description", "privacy", "auto_join", "post_on_new_app", "post_on_new_member"),
        missing_keys=("url_label", "video"),
    ),
)
