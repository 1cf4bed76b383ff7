"""The areas "contacts" and "space members"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from podio_emulator.calls import Access, Call, Operation, Permission
from podio_emulator.errors import Refusal, forbidden, invalid_value, not_found, one_of
from podio_emulator.model import Profile, Space
from podio_emulator.queries import (
    choice_of,
    ids_in_path,
    is_int,
    needed_text,
    paged,
    query_boolean,
    text_of,
    texts_of,
)

MISSING_KEYS = (
    "about",
    "address",
    "avatar",
    "birthdate",
    "city",
    "country",
    "external_id",
    "im",
    "image",
    "linkedin",
    "location",
    "skill",
    "skype",
    "state",
    "twitter",
    "url",
    "zip",
)
ROLES = ("light", "regular", "admin")
_CONTACT_TYPES = ("user", "space")
_LIMIT = 500


# Contacts


def _list(call: Call, profiles: Iterable[Profile]) -> list[Any]:
    """Write profiles in the order of their names; ``name``, ``contact_type`` and ``exclude_self`` narrow the list.

    Without ``contact_type`` only users are listed, with a blank one all; the caller only with ``exclude_self=false``.
    """
    text = call.query.get("name", "").casefold()
    kinds = {kind.strip() for kind in call.query.get("contact_type", "user").split(",")} - {""} or set(_CONTACT_TYPES)
    for kind in kinds - set(_CONTACT_TYPES):
        raise invalid_value(kind, one_of(_CONTACT_TYPES))
    excluded = call.user_id if query_boolean(call.query, "exclude_self") is not False else 0
    matches = [
        profile
        for profile in profiles
        if text in profile.name.casefold()
        and ("user" if profile.user_id is not None else "space") in kinds
        and profile.user_id != excluded
    ]
    matches.sort(key=lambda profile: profile.name.casefold())
    return [call.shapes.profile(profile) for profile in paged(matches, call.query, limit=_LIMIT, most=_LIMIT)]


def _people_of(call: Call, spaces: list[Space]) -> list[Profile]:
    members = {user_id for space in spaces for user_id in space.roles}
    space_ids = {space.space_id for space in spaces}
    return [p for p in call.store.profiles.values() if p.user_id in members or p.space_id in space_ids]


def _spaces(call: Call, org_id: int | None = None) -> list[Space]:
    return [s for s in call.store.spaces.values() if org_id in {None, s.org_id} and call.sees_space(s)]


def _list_contacts(call: Call) -> list[Any]:
    return _list(call, _people_of(call, _spaces(call)))


def _of_org(call: Call) -> list[Any]:
    return _list(call, _people_of(call, _spaces(call, call.organization().org_id)))


def _of_space(call: Call) -> list[Any]:
    return _list(call, _people_of(call, [call.space()]))


def _of_app(call: Call) -> list[Any]:
    return _list(call, _people_of(call, [call.store.space(call.app().space_id)]))


def _visible(call: Call, profile_id: int) -> Profile:
    profile = call.store.profiles.get(profile_id)
    if profile is None:
        raise not_found()
    if call.author.type == "user" and profile_id not in call.store.colleagues(call.user_id):
        raise forbidden()
    return profile


def _get_contacts(call: Call) -> Any:
    """Write one contact as an object, several as a list."""
    profiles = [_visible(call, profile_id) for profile_id in ids_in_path(call.params["profile_ids"])]
    entries = [call.shapes.profile(profile) for profile in profiles]
    return entries[0] if len(entries) == 1 else entries


def _of_user(call: Call) -> dict[str, Any]:
    return call.shapes.profile(_visible(call, call.store.user(call.params["user_id"]).profile_id))


def _first(body: dict[str, Any], name: str) -> str | None:
    """Read a property that may be one text or a list of them; the emulator keeps the first."""
    value = body.get(name)
    texts = texts_of([value] if isinstance(value, str) else value)
    return texts[0] if texts else None


def _create(call: Call) -> dict[str, Any]:
    space, body = call.space(), call.json_object()
    if not call.sees_space(space, Permission.WRITE):
        raise forbidden()
    profile = Profile(
        profile_id=call.store.new_id(),
        space_id=space.space_id,
        name=needed_text(body, "name"),
        mail=_first(body, "mail") or "",
        phone=_first(body, "phone"),
        title=_first(body, "title"),
        organization=text_of(body, "organization"),
        created_on=call.now,
        last_seen_on=call.now,
    )
    call.store.profiles[profile.profile_id] = profile
    call.send_event(f"/space/{space.space_id}", "create", "profile", profile.profile_id)
    return {"profile_id": profile.profile_id}


def _contact_of_space(call: Call, profile_id: int) -> Profile:
    profile = _visible(call, profile_id)
    if profile.user_id is not None:
        raise forbidden("A user with an account can only change their own profile")
    return profile


def changed_profile(profile: Profile, body: dict[str, Any]) -> Profile:
    """Return a user with what a body changes of them."""
    if "name" in body:
        profile = replace(profile, name=needed_text(body, "name"))
    if "organization" in body:
        profile = replace(profile, organization=text_of(body, "organization"))
    if "phone" in body:
        profile = replace(profile, phone=_first(body, "phone"))
    if "title" in body:
        profile = replace(profile, title=_first(body, "title"))
    return profile


def _update(call: Call) -> None:
    profile = _contact_of_space(call, call.params["profile_id"])
    body = call.json_object()
    new_profile = changed_profile(profile, body)
    if "mail" in body:
        new_profile = replace(new_profile, mail=_first(body, "mail") or "")
    call.store.profiles[profile.profile_id] = new_profile


def _delete(call: Call) -> None:
    for profile_id in ids_in_path(call.params["profile_ids"]):
        profile = _contact_of_space(call, profile_id)
        if any(
            {"value": profile_id} in values
            for app in call.store.apps_of(profile.space_id or 0)
            for item in call.store.items_of(app.app_id)
            for field in app.fields
            if field.type == "contact" and (values := item.values.get(field.field_id))
        ):
            raise Refusal(400, "in_use", "The contact is used in items", propagate=True)
        del call.store.profiles[profile_id]


# Members of a workspace


def _member(call: Call, space: Space, user_id: int) -> dict[str, Any]:
    profile = call.store.user(user_id)
    return {
        "profile": call.shapes.profile(profile),
        "user": call.shapes.user_of_member(profile),
        "role": space.roles[user_id],
        "employee": False,
        "grants": 0,
        "status": "active",
        "invited_on": None,
        "started_on": None,
        "ended_on": None,
    }


def _members(call: Call) -> list[Any]:
    space = call.space()
    role = call.params.get("role")
    ids = [user_id for user_id, its in space.roles.items() if role in {None, its}]
    return [_member(call, space, user_id) for user_id in paged(ids, call.query, limit=100, most=_LIMIT)]


def _members_by_role(call: Call) -> list[Any]:
    if call.params["role"] not in ROLES:
        raise invalid_value(call.params["role"], one_of(ROLES))
    return _members(call)


def _one_member(call: Call) -> dict[str, Any]:
    space = call.space()
    if call.params["user_id"] not in space.roles:
        raise not_found()
    return _member(call, space, call.params["user_id"])


def _administered(call: Call) -> Space:
    space = call.space()
    if call.user_id == 0 or space.roles.get(call.user_id) != "admin" or not call.sees_space(space, Permission.WRITE):
        raise forbidden("Only an admin of the workspace can do that")
    return space


def _with_roles(call: Call, space: Space, roles: dict[int, str]) -> None:
    if "admin" not in roles.values():
        raise Refusal(400, "last_admin", "A workspace needs an admin", propagate=True)
    call.store.spaces[space.space_id] = replace(space, roles=roles)
    org = call.store.organizations[space.org_id]
    call.store.organizations[space.org_id] = replace(
        org, roles=dict(org.roles) | {user_id: "light" for user_id in roles if user_id not in org.roles}
    )


def _add(call: Call) -> None:
    """Add users who have an account, by their ids or addresses; the emulator sends no invitations."""
    space, body = _administered(call), call.json_object()
    role = choice_of(body, "role", ROLES, default="regular")
    ids, mails = body.get("users") or [], texts_of(body.get("mails"))
    if not isinstance(ids, list) or not all(map(is_int, ids)) or not (ids or mails):
        raise invalid_value(body.get("users"), "must be array of user ids")
    added = [call.store.user(user_id).user_id or 0 for user_id in ids]
    for mail in mails:
        profile = next((p for p in call.store.profiles.values() if p.user_id and p.mail == mail), None)
        if profile is None:
            raise invalid_value(mail, "must be the address of a user with an account")
        added.append(profile.user_id or 0)
    _with_roles(call, space, dict(space.roles) | {user_id: role for user_id in added if user_id not in space.roles})


def _change_roles(call: Call) -> None:
    space = _administered(call)
    role = choice_of(call.json_object(), "role", ROLES)
    ids = ids_in_path(call.params["user_ids"])
    if not set(ids) <= set(space.roles):
        raise not_found()
    _with_roles(call, space, dict(space.roles) | dict.fromkeys(ids, role))


def _end(call: Call) -> None:
    space = _administered(call)
    ids = ids_in_path(call.params["user_ids"])
    if not set(ids) <= set(space.roles):
        raise not_found()
    _with_roles(call, space, {user_id: role for user_id, role in space.roles.items() if user_id not in ids})


def _leave(call: Call) -> None:
    space = call.space()
    _with_roles(call, space, {user_id: role for user_id, role in space.roles.items() if user_id != call.user_id})


def _join(call: Call) -> None:
    """Join an open workspace of an organization that one belongs to."""
    space = call.store.space(call.params["space_id"])
    if space.privacy != "open" or call.user_id not in call.store.organizations[space.org_id].roles:
        raise forbidden()
    _with_roles(call, space, dict(space.roles) | {call.user_id: space.roles.get(call.user_id, "regular")})


_KEYS = ("name", "mail", "phone", "title", "organization")
_MISSING_PARAMETERS = ("external_id", "field", "order", "required", "type")
_MEMBER = "/space/{space_id:int}/member"
OPERATIONS: tuple[Operation, ...] = (
    Operation(
        method="GET", path="/contact", run=_list_contacts, access=Access.USER, missing_parameters=_MISSING_PARAMETERS
    ),
    Operation(method="GET", path="/contact/org/{org_id:int}", run=_of_org, missing_parameters=_MISSING_PARAMETERS),
    Operation(
        method="GET", path="/contact/space/{space_id:int}", run=_of_space, missing_parameters=_MISSING_PARAMETERS
    ),
    Operation(
        method="POST",
        path="/contact/space/{space_id:int}",
        run=_create,
        keys=_KEYS,
        missing_keys=MISSING_KEYS,
    ),
    Operation(method="GET", path="/contact/app/{app_id:int}", run=_of_app, missing_parameters=_MISSING_PARAMETERS),
    Operation(method="GET", path="/contact/user/{user_id:int}", run=_of_user),
    Operation(method="GET", path="/contact/{profile_ids}/v2", run=_get_contacts),
    Operation(method="GET", path="/contact/{profile_ids}", run=_get_contacts),
    Operation(
        method="PUT",
        path="/contact/{profile_id:int}",
        run=_update,
        keys=_KEYS,
        missing_keys=MISSING_KEYS,
    ),
    Operation(method="DELETE", path="/contact/{profile_ids}", run=_delete),
    Operation(method="GET", path=_MEMBER, run=_members),
    Operation(method="GET", path=f"{_MEMBER}/v2", run=_members),
    Operation(
        method="POST",
        path=_MEMBER,
        run=_add,
        access=Access.USER,
        keys=("role", "users", "mails"),
        missing_keys=(
            "context_ref_id",
            "context_ref_type",
            "external_contacts",
            "message",
            "profiles",
            "resend_invite",
        ),
    ),
    Operation(method="GET", path=f"{_MEMBER}/{{user_id:int}}", run=_one_member),
    Operation(method="GET", path=f"{_MEMBER}/{{user_id:int}}/v2", run=_one_member),
    Operation(method="GET", path=f"{_MEMBER}/{{role}}", run=_members_by_role),
    Operation(method="PUT", path=f"{_MEMBER}/{{user_ids}}", run=_change_roles, access=Access.USER, keys=("role",)),
    Operation(method="DELETE", path=f"{_MEMBER}/{{user_ids}}", run=_end, access=Access.USER),
    Operation(method="POST", path="/space/{space_id:int}/leave", run=_leave, access=Access.USER),
    Operation(method="POST", path="/space/{space_id:int}/join", run=_join, access=Access.USER),
)
