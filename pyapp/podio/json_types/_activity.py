"""What was done and what is found: stream, notifications, batches, calendar, search, tags."""

from __future__ import annotations

from typing import Any, Required, TypedDict

from podio.json_types._apps import AppJSON
from podio.json_types._common import BylineJSON, ReferenceJSON, ViaJSON
from podio.json_types._content import CommentJSON, FileJSON
from podio.json_types._spaces import OrganizationShortJSON, SpaceShortJSON


class SearchRequest(TypedDict, total=False):
    """What to search for; a response has 20 results at most."""

    query: str
    limit: int
    offset: int
    ref_type: str
    search_fields: Any


class SearchResultJSON(TypedDict, total=False):
    """An object that was found."""

    type: Required[str]
    id: Required[int]
    rank: int
    search_id: int | None
    title: Required[str]
    link: Required[str]
    created_on: str
    created_by: BylineJSON
    app: AppJSON | None
    space: SpaceShortJSON | None
    org: OrganizationShortJSON | None


class SearchResultsJSON(TypedDict, total=False):
    """Objects that were found, and how many there are by type."""

    counts: dict[str, int]
    results: Required[list[SearchResultJSON]]


class StreamObjectJSON(TypedDict, total=False):
    """An object with what happened to it; `data` depends on its type, `activity_groups` comes with version 3."""

    type: Required[str]
    id: Required[int]
    title: str
    link: str
    rights: list[str]
    data: dict[str, Any]
    created_on: str
    created_by: BylineJSON
    created_via: ViaJSON
    last_update_on: str
    comments_allowed: bool
    comments: list[CommentJSON]
    files: list[FileJSON]
    user_ratings: dict[str, int | None]
    app: AppJSON | None
    space: SpaceShortJSON | None
    org: OrganizationShortJSON | None
    activity: list[Any]
    activity_groups: list[Any]


class NotificationContextJSON(TypedDict, total=False):
    """What notifications are about."""

    ref: Required[ReferenceJSON]
    title: str | None
    link: str | None


class NotificationJSON(TypedDict, total=False):
    """Something that a user is notified of; `data` depends on its type."""

    notification_id: Required[int]
    type: Required[str]
    text: str
    viewed_on: str | None
    starred: bool
    created_on: str
    created_by: BylineJSON
    created_via: ViaJSON
    data: dict[str, Any]


class NotificationGroupJSON(TypedDict, total=False):
    """The notifications about one object."""

    context: Required[NotificationContextJSON]
    notifications: Required[list[NotificationJSON]]


class InboxCountJSON(TypedDict):
    """How many notifications the user hasn't seen."""

    new: int


class BatchJSON(TypedDict, total=False):
    """Something that Podio does to many objects after it has answered, and how far it is (podio-rb's `batch.rb`)."""

    batch_id: Required[int]
    name: str
    plugin: Required[str]
    status: Required[str]
    completed: int
    skipped: int
    failed: int
    created_on: str
    started_on: str | None
    ended_on: str | None
    file: FileJSON | None
    app: AppJSON | None
    space: SpaceShortJSON | None


class CalendarEventJSON(TypedDict, total=False):
    """An item with a date, or a task that is due."""

    ref_type: Required[str]
    ref_id: Required[int]
    uid: str
    title: Required[str]
    description: str | None
    location: str | None
    status: str | None
    busy: bool
    link: str
    color: str | None
    start: Required[str]
    start_date: str
    start_time: str | None
    start_utc: str
    start_date_utc: str
    start_time_utc: str | None
    end: str | None
    end_date: str | None
    end_time: str | None
    end_utc: str | None
    end_date_utc: str | None
    end_time_utc: str | None
    app: AppJSON | None
    forged: bool


class TagCountJSON(TypedDict):
    """A tag, and how many objects have it."""

    text: str
    count: int


class TaggedObjectJSON(TypedDict, total=False):
    """An object that has a tag."""

    type: Required[str]
    id: Required[int]
    title: str
    link: str
    created_on: str


class ReferenceGroupJSON(TypedDict, total=False):
    """Objects of one kind that a field, a task or an alert may refer to; items come by app (`data`)."""

    name: Required[str]
    data: AppJSON
    contents: Required[list[ReferenceJSON]]
