"""The things that the emulator holds: users, organizations, workspaces, apps, items, comments, files.

Values only: nothing here reads a clock, draws a random number or performs I/O. Ids are Podio's ids (positive integers);
times are aware datetimes in UTC; names are kept as Podio keeps them, HTML entities included.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

#: One value of a field in the emulator's own compact form; ``field_types`` says what it looks like for each type.
Stored = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """A user or contact: with ``user_id`` an account of Podio, without it a contact of one workspace."""

    profile_id: int
    name: str
    mail: str
    user_id: int | None = None
    space_id: int | None = None
    password: str | None = field(default=None, repr=False)
    phone: str | None = None
    title: str | None = None
    organization: str | None = None
    avatar: int | None = None
    locale: str = "en_GB"
    timezone: str = "Europe/Copenhagen"
    created_on: datetime
    last_seen_on: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Author:
    """Who did something: a user, or an app that is signed in with its own token."""

    type: str
    id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Organization:
    """An organization; ``roles`` maps a user's id to a role."""

    org_id: int
    name: str
    url_label: str
    type: str
    roles: Mapping[int, str]
    created_by: int
    created_on: datetime
    logo: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Space:
    """A workspace; ``roles`` maps a member's user id to a role."""

    space_id: int
    org_id: int
    name: str
    description: str
    url_label: str
    privacy: str
    roles: Mapping[int, str]
    created_by: int
    created_on: datetime
    last_activity_on: datetime
    auto_join: bool = False
    post_on_new_app: bool = True
    post_on_new_member: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class AppField:
    """A field of an app; ``settings`` are the type's own (shapes as in Podio's ``config.settings``)."""

    field_id: int
    external_id: str
    type: str
    label: str
    settings: Mapping[str, Any] | None = None
    required: bool = False
    description: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class App:
    """An app with its fields in their order; ``token`` is a credential."""

    app_id: int
    space_id: int
    name: str
    item_name: str
    description: str
    url_label: str
    icon_id: int
    created_by: int
    created_on: datetime
    fields: tuple[AppField, ...]
    token: str = field(repr=False)
    type: str = "standard"

    def field_by_key(self, key: str) -> AppField | None:
        """Find a field by its id (written as text) or by its external id."""
        return next((f for f in self.fields if f.external_id == key or str(f.field_id) == key), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Revision:
    """One step in an item's life."""

    item_revision_id: int
    revision: int
    type: str
    created_on: datetime
    created_by: Author
    created_via: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """An item; ``values`` maps a field's id to its values and holds no field that has none."""

    item_id: int
    app_item_id: int
    app_id: int
    title: str
    values: Mapping[int, tuple[Stored, ...]]
    created_on: datetime
    created_by: Author
    created_via: int
    revisions: tuple[Revision, ...]
    external_id: str | None = None
    tags: tuple[str, ...] = ()
    file_ids: tuple[int, ...] = ()
    ref: tuple[str, int] | None = None
    last_event_on: datetime

    @property
    def revision(self) -> int:
        """The number of the newest revision, from 0."""
        return self.revisions[-1].revision


@dataclass(frozen=True, kw_only=True, slots=True)
class Comment:
    """A comment on an item or a task; ``value`` is what was typed."""

    comment_id: int
    ref_type: str = "item"
    ref_id: int
    value: str
    created_on: datetime
    created_by: Author
    created_via: int
    external_id: str | None = None
    file_ids: tuple[int, ...] = ()
    last_edit_on: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Grant:
    """An item opened to one user."""

    grant_id: int
    item_id: int
    user_id: int
    action: str
    message: str | None
    created_on: datetime
    created_by: Author


@dataclass(frozen=True, kw_only=True, slots=True)
class Status:
    """A message to a workspace."""

    status_id: int
    space_id: int
    value: str
    created_on: datetime
    created_by: Author
    created_via: int
    file_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredFile:
    """A file: one that was uploaded has its bytes, those of the sample are made when requested (``file_contents``).

    ``ref`` is the object that it is attached to; before that only its author sees it.
    """

    file_id: int
    name: str
    mimetype: str
    description: str | None
    created_on: datetime
    created_by: Author
    space_id: int | None
    public: bool = False
    text: str = ""
    data: bytes | None = field(default=None, repr=False)
    ref: tuple[str, int] | None = None
    replaces: tuple[int, ...] = ()
    created_via: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Embed:
    """A link with what Podio found out about it."""

    embed_id: int
    url: str
    title: str | None
    description: str | None
    type: str
    hostname: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """A task for one user; ``due_time`` (HH:MM:SS, UTC) only where the task is due at an hour."""

    task_id: int
    text: str
    description: str = ""
    status: str = "active"
    private: bool = False
    due_date: str | None = None
    due_time: str | None = None
    responsible: int | None
    space_id: int | None = None
    ref: tuple[str, int] | None = None
    label_ids: tuple[int, ...] = ()
    created_on: datetime
    created_by: Author
    created_via: int
    completed_on: datetime | None = None
    completed_by: Author | None = None
    completed_via: int | None = None
    external_id: str | None = None
    file_ids: tuple[int, ...] = ()
    rank: int = 0
    recurrence: Mapping[str, Any] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reminder:
    """What reminds a user of an object, minutes before it is due; ``delivered_for`` is the moment it was due then."""

    reminder_id: int
    remind_delta: int
    user_id: int
    created_via: int
    delivered_for: datetime | None = None
    snoozed_until: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """A label that one user puts on tasks."""

    label_id: int
    user_id: int
    text: str
    color: str


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """A way to look at an app's items that somebody saved; the last one used has the id 0."""

    view_id: int
    app_id: int
    name: str | None
    type: str
    sort_by: str
    sort_desc: bool
    filters: tuple[Mapping[str, Any], ...]
    layout: str
    fields: Mapping[str, Any]
    grouping: Mapping[str, Any]
    private: bool
    created_on: datetime
    created_by: Author


@dataclass(frozen=True, kw_only=True, slots=True)
class Hook:
    """An address that gets events; active once its verification is done."""

    hook_id: int
    ref_type: str
    ref_id: int
    url: str
    type: str
    status: str = "inactive"
    code: str | None = field(default=None, repr=False)
    created_on: datetime
    created_by: Author
    created_via: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Notification:
    """What one user is notified of: somebody commented, assigned, or mentioned."""

    notification_id: int
    user_id: int
    type: str
    text: str
    ref_type: str
    ref_id: int
    created_on: datetime
    created_by: Author
    created_via: int
    viewed_on: datetime | None = None
    starred: bool = False
