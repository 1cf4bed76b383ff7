"""A good call of each operation that the emulator has: the objects of its path, its body, its query.

What a call changes or ends is made for it first; everything else is the sample company's.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from podio import Podio
from podio_emulator import ids
from tests.library.conftest import World
from tests.unit.podio.areas.documented import name_of, query_of, typed

NAME_FIELD_ID = ids.CLIENTS_APP_ID * 100 + 1
CLIENT_OF_PROJECT_FIELD_ID = ids.PROJECTS_APP_ID * 100 + 2
CALENDAR = {"date_from": "2026-11-01", "date_to": "2026-12-31"}
SEARCH = {"query": "a", "limit": 20}
REMINDER = {"remind_delta": 15}
RECURRENCE = {"name": "weekly", "config": {"days": ["monday"]}, "step": 2, "until": "2027-12-31"}
TASK = {
    "text": "Call back",
    "due_on": "2026-12-24 10:00:00",
    "labels": ["urgent"],
    "responsible": ids.ADA_ID,
    "reminder": REMINDER,
    "recurrence": RECURRENCE,
}


@dataclass(frozen=True)
class Maker:
    """An id that is made for the call: the name of one of MAKERS."""

    name: str


PLACES: dict[str, Any] = {
    "org_id": ids.LYSHOLM_ORG_ID,
    "space_id": ids.SALES_SPACE_ID,
    "app_id": ids.CLIENTS_APP_ID,
    "item_id": ids.CLIENT_ITEM_ID,
    "app_item_id": 1,
    "field_id": NAME_FIELD_ID,
    "field_or_external_id": "name",
    "user_id": ids.ADA_ID,
    "user_ids": str(ids.GRACE_ID),
    "ref_type": "item",
    "ref_id": ids.CLIENT_ITEM_ID,
    "rating_type": "like",
    "role": "admin",
    "field": "mail",
    "client_type": "web",
    "view_id": "last",
    "view_id_or_name": "last",
    "profile_id": ids.ADA_ID + 1000,
    "profile_ids": str(ids.ADA_ID + 1000),
    "name": "colour",
}
"""What the places of a path hold, where the operation doesn't say otherwise."""

BODIES: dict[str, Any] = {
    "applications.create": {
        "space_id": ids.SALES_SPACE_ID,
        "config": {"name": "Visits", "item_name": "Visit"},
        "fields": [{"type": "text", "config": {"label": "Title"}}],
    },
    "applications.create_field": {"type": "text", "config": {"label": "More"}},
    "applications.update_field": {"config": {"label": "Full name"}},
    "applications.update_description": {"description": "Who buys"},
    "comments.create": {"value": "Seen by @[Grace](user:102)"},
    "comments.update": {"value": "Seen twice"},
    "contacts.create_space_contact": {"name": "Ole Berg", "mail": ["ole@example.com"], "phone": ["+47 1"]},
    "contacts.update": {"name": "Ole B."},
    "embeds.create": {"url": "https://example.com/a"},
    "files.update": {"description": "An offer"},
    "files.attach": {"ref_type": "item", "ref_id": ids.CLIENT_ITEM_ID},
    "grants.create": {"people": [ids.GRACE_ID], "action": "comment", "message": "Please look"},
    "hooks.create": {"url": "https://hooks.example.com/", "type": "item.create"},
    "items.create": {"fields": {"name": "New"}, "external_id": "new-1"},
    "items.update": {"fields": {"name": "Newer"}},
    "items.bulk_delete": {"item_ids": [ids.CLIENT_ITEM_ID]},
    "items.filter": {"limit": 500},
    "items.filter_from_space_and_app": {"limit": 500},
    "items.filter_by_view": {"limit": 500},
    "items.update_values": {"name": "Newer"},
    "items.update_reference": {"type": "item", "id": ids.PROJECT_ITEM_ID},
    "items.update_field_values": [{"value": "Newer"}],
    "oauth_authorization.get_access_token_v2": {
        "grant_type": "password",
        "username": ids.ADA_MAIL,
        "password": ids.PASSWORD,
        "client_id": ids.CONFIDENTIAL_CLIENT_ID,
        "client_secret": ids.CONFIDENTIAL_CLIENT_SECRET,
    },
    "organizations.create": {"name": "Nordlys"},
    "organizations.update": {"name": "Lysholm AS"},
    "ratings.create": {"value": 1},
    "recurrence.create_or_update": RECURRENCE,
    "reference.search": {"target": "task_reference", "text": "a"},
    "reminders.create_or_update": REMINDER,
    "reminders.create_or_update_by_post": REMINDER,
    "search.search_globally": SEARCH,
    "search.search_in_app": SEARCH,
    "search.search_in_organization": SEARCH,
    "search.search_in_space": SEARCH,
    "space_members.add": {"users": [ids.GRACE_ID], "role": "regular"},
    "space_members.update": {"role": "admin"},
    "spaces.create": {"org_id": ids.LYSHOLM_ORG_ID, "name": "Support"},
    "spaces.update": {"name": "Sales and support"},
    "status.create": {"value": "Closed on Monday"},
    "status.update": {"value": "Closed on Tuesday"},
    "tags.add": ["new"],
    "tags.update": ["new", "newer"],
    "tasks.create": TASK,
    "tasks.create_with_reference": TASK | {"responsible": [ids.ADA_ID, ids.GRACE_ID]},
    "tasks.create_label": {"text": "Later", "color": "D1F3EC"},
    "tasks.update_label": {"text": "Soon", "color": "D1F3EC"},
    "tasks.update": {"text": "Call again"},
    "tasks.update_text": {"text": "Call again"},
    "tasks.update_description": {"description": "About the offer"},
    "tasks.update_private": {"private": True},
    "tasks.update_due": {"due_on": "2026-12-24 10:00:00"},
    "tasks.update_due_on": {"due_on": "2026-12-24 10:00:00"},
    "tasks.update_labels": {"labels": ["urgent"]},
    "tasks.update_reference": {"ref_type": "item", "ref_id": ids.CLIENT_ITEM_ID},
    "tasks.assign": {"responsible": ids.GRACE_ID},
    "users.update_profile": {"title": ["Head of sales"]},
    "users.set_property": {"value": "blue"},
    "users.set_properties": {"colour": "blue"},
    "users.update_notification_settings": {"reminder": True},
    "views.create": {"name": "Newest", "filters": [{"key": "created_on", "values": {"from": "-7d"}}]},
    "views.update": {"name": "Oldest"},
    "views.update_last": {"sort_by": "title"},
}
"""What is sent, where something has to be."""

QUERIES: dict[str, dict[str, Any]] = {
    "calendar.get_global": CALENDAR,
    "calendar.get_space_calendar": CALENDAR,
    "calendar.get_app_calendar": CALENDAR,
    "items.filter_from_space_and_app": {"space_id": ids.SALES_SPACE_ID},
    "organizations.get_by_url": {"org_slug": "lysholm"},
    "search.search_in_app_v2": {"query": "a", "counts": True},
    "spaces.get_by_url": {"url": "https://podio.com/lysholm/sales-projects"},
    "tags.get_objects_on_app_with_tag": {"text": "vip"},
    "tags.get_objects_on_organization_with_tag": {"text": "vip"},
    "tags.get_objects_on_space_with_tag": {"text": "vip"},
    "tasks.get_all": {"space": ids.SALES_SPACE_ID},
}
"""The query, where there has to be one for a good call."""

ARGUMENTS: dict[str, dict[str, Any]] = {
    "calendar.get_app_calendar": {"app_id": ids.PROJECTS_APP_ID},
    "contacts.delete": {"profile_ids": Maker("space_contact")},
    "contacts.update": {"profile_id": Maker("space_contact")},
    "space_members.join_space": {"space_id": Maker("open_space")},
    "applications.get_on_space_by_url_label": {"url_label": "clients-leads"},
    "items.find_by_field_and_title": {"field_id": CLIENT_OF_PROJECT_FIELD_ID},
    "items.get_references_to_item_by_field": {"field_id": CLIENT_OF_PROJECT_FIELD_ID},
    "items.get_by_external_id": {"external_id": "new-1"},
    "items.get_revision_difference": {"revision_from_id": 0, "revision_to_id": 1},
    "spaces.get_by_org_and_url_label": {"url_label": "sales-projects"},
}
"""What the places of one operation hold in place of PLACES."""

PLACES_IN_AREA: dict[str, dict[str, Any]] = {
    "recurrence": {"ref_type": "task", "ref_id": Maker("task_id")},
    "reminders": {"ref_type": "task", "ref_id": Maker("task_id")},
    "hooks": {"ref_type": "app", "ref_id": ids.CLIENTS_APP_ID},
    "views": {"view_id": Maker("view_id")},
}
"""What the places of one area hold in place of PLACES."""

BEFORE: dict[str, tuple[str, ...]] = {
    "comments.get_on_object": ("comment_id",),
    "files.get_latest_on_app": ("attached",),
    "files.get_on_app": ("attached",),
    "grants.delete": ("own_grant",),
    "grants.get_count_on_object": ("own_grant",),
    "grants.get_on_object": ("own_grant",),
    "grants.get_own_information": ("own_grant",),
    "grants.get_own_on_org": ("own_grant",),
    "grants.get_to_user_on_space": ("own_grant",),
    "hooks.get_all": ("hook_id",),
    "items.get": ("revision", "comment_id", "attached", "task_id", "like", "own_grant", "reminder"),
    "items.get_by_external_id": ("external_item",),
    "items.get_revision_difference": ("revision",),
    "items.get_revisions": ("revision",),
    "notifications.get_all": ("notification_id",),
    "ratings.delete": ("like",),
    "ratings.get": ("like",),
    "ratings.get_all": ("like",),
    "ratings.get_own": ("like",),
    "ratings.get_who_liked_object": ("like",),
    "organizations.leave_space": ("second_admin",),
    "spaces.get_available": ("open_space",),
    "stream.get_global": ("task_id", "file_id", "comment_id", "status_id"),
    "stream.get_global_v3": ("task_id", "file_id", "comment_id", "status_id"),
    "subscriptions.get_by_reference": ("subscription_id",),
    "subscriptions.unsubscribe_by_reference": ("subscription_id",),
    "tasks.get_all": ("task_id",),
    "tasks.get_labels": ("label_id",),
    "tasks.get_summary": ("task_id",),
    "tasks.get_summary_for_organization": ("task_id",),
    "tasks.get_summary_for_personal": ("own_task",),
    "tasks.get_summary_for_reference": ("task_id",),
    "tasks.get_summary_for_space": ("task_id",),
    "tasks.get_with_reference": ("task_id",),
    "users.delete_property": ("property",),
    "users.get_property": ("property",),
    "users.get_notification_settings": ("settings",),
    "views.get_all": ("view_id",),
}
"""What is made before a call, where its path doesn't name it."""


async def _comment(podio: Podio, world: World) -> int:
    comment: Any = await podio.comments.create("item", ids.CLIENT_ITEM_ID, body={"value": "Seen"})
    return int(comment["comment_id"])


async def _file(podio: Podio, world: World) -> int:
    file = await podio.upload_file(b"content", "offer.txt")
    return file["file_id"]


async def _attached(podio: Podio, world: World) -> int:
    file_id = await _file(podio, world)
    await podio.files.attach(file_id, body={"ref_type": "item", "ref_id": ids.CLIENT_ITEM_ID})
    return file_id


async def _hook(podio: Podio, world: World) -> int:
    body: Any = BODIES["hooks.create"]
    hook = await podio.hooks.create("app", ids.CLIENTS_APP_ID, body=body)
    await podio.hooks.request_verification(hook["hook_id"])
    return hook["hook_id"]


async def _status(podio: Podio, world: World) -> int:
    file_id = await _file(podio, world)
    status = await podio.status.create(ids.SALES_SPACE_ID, body={"value": "Closed", "file_ids": [file_id]})
    await podio.comments.create("status", status["status_id"], body={"value": "Seen"})
    return status["status_id"]


async def _task(podio: Podio, world: World) -> int:
    task: Any = await podio.tasks.create_with_reference("item", ids.CLIENT_ITEM_ID, body=TASK)
    await podio.tasks.complete(task["task_id"])
    open_task: Any = await podio.tasks.create_with_reference("item", ids.CLIENT_ITEM_ID, body=TASK)
    return int(open_task["task_id"])


async def _notification(podio: Podio, world: World) -> int:
    grace = await world.signed_in(ids.GRACE_MAIL)
    await grace.comments.create("item", ids.CLIENT_ITEM_ID, body={"value": "Seen"})
    await grace.aclose()
    groups: Any = await podio.notifications.get_all()
    return int(groups[0]["notifications"][0]["notification_id"])


async def _open_space(podio: Podio, world: World) -> int:
    grace = await world.signed_in(ids.GRACE_MAIL)
    space = await grace.spaces.create(body={"org_id": ids.LYSHOLM_ORG_ID, "name": "Open", "privacy": "open"})
    await grace.aclose()
    return space["space_id"]


async def _revision(podio: Podio, world: World) -> int:
    await podio.items.update(ids.CLIENT_ITEM_ID, body={"fields": {"name": "Newer"}})
    return 1


def _maker(key: str, call: Callable[[Podio], Awaitable[Any]]) -> Callable[[Podio, World], Awaitable[Any]]:
    """Return a maker of an object whose id stands in the response; without a key of anything else."""

    async def make(podio: Podio, world: World) -> Any:
        response = await call(podio)
        return response[key] if key else None

    return make


ITEM = ("item", ids.CLIENT_ITEM_ID)
MAKERS: dict[str, Callable[[Podio, World], Awaitable[Any]]] = {
    "attached": _attached,
    "comment_id": _comment,
    "external_item": _maker("", lambda podio: podio.items.create(ids.CLIENTS_APP_ID, body=BODIES["items.create"])),
    "file_id": _file,
    "hook_id": _hook,
    "label_id": _maker("label_id", lambda podio: podio.tasks.create_label(body=BODIES["tasks.create_label"])),
    "like": _maker("", lambda podio: podio.ratings.create(*ITEM, "like", body={"value": 1})),
    "notification_id": _notification,
    "open_space": _open_space,
    "own_grant": _maker("", lambda podio: podio.grants.create(*ITEM, body={"people": [ids.ADA_ID], "action": "rate"})),
    "property": _maker("", lambda podio: podio.users.set_property("colour", body={"value": "blue"})),
    "reminder": _maker("", lambda podio: podio.reminders.create_or_update(*ITEM, body={"remind_delta": 15})),
    "revision": _revision,
    "revision_id": _revision,
    "settings": _maker("", lambda podio: podio.users.update_notification_settings("web", body={"reminder": True})),
    "own_task": _maker("", lambda podio: podio.tasks.create(body=TASK)),
    "second_admin": _maker(
        "", lambda podio: podio.space_members.update(ids.SALES_SPACE_ID, str(ids.GRACE_ID), body={"role": "admin"})
    ),
    "space_contact": _maker(
        "profile_id",
        lambda podio: podio.contacts.create_space_contact(
            ids.SALES_SPACE_ID, body=BODIES["contacts.create_space_contact"]
        ),
    ),
    "status_id": _status,
    "subscription_id": _maker("subscription_id", lambda podio: podio.subscriptions.subscribe(*ITEM)),
    "task_id": _task,
    "view_id": _maker("view_id", lambda podio: podio.views.create(ids.CLIENTS_APP_ID, body=BODIES["views.create"])),
}
"""What makes the objects that the sample company doesn't have; by the place that names them, or by BEFORE."""


async def arguments_of(podio: Podio, world: World, row: dict[str, str]) -> list[Any]:
    """Make what the call needs, and return what its path's places hold."""
    for before in BEFORE.get(name_of(row), ()):
        await MAKERS[before](podio, world)
    places = typed(row["arguments"])
    values = [await _place(podio, world, row, place) for place in places]
    return [str(value) if kind == "str" else value for value, kind in zip(values, places.values(), strict=True)]


async def _place(podio: Podio, world: World, row: dict[str, str], place: str) -> Any:
    values = PLACES | PLACES_IN_AREA.get(row["area"], {}) | ARGUMENTS.get(name_of(row), {})
    if place not in values or isinstance(values[place], Maker):
        maker = values[place].name if place in values else place
        return await MAKERS[maker](podio, world)
    return values[place]


async def content_of(podio: Podio, world: World, row: dict[str, str]) -> dict[str, Any]:
    """Return the query and what is sent."""
    name = name_of(row)
    keywords = {**query_of(row, required_only=True), **QUERIES.get(name, {})}
    if row["body"] == "file":
        return {**keywords, "source": b"content", "filename": "offer.txt"}
    if row["body"] == "form":
        return {**keywords, "form": BODIES["oauth_authorization.get_access_token_v2"]}
    if name == "hooks.validate_verification":
        (hook,) = await world.waiting_hooks()
        return {"body": {"code": hook["code"]}}
    if name == "files.replace":
        return {"body": {"old_file_id": await MAKERS["file_id"](podio, world)}}
    return {**keywords, **({"body": BODIES[name]} if name in BODIES else {})}
