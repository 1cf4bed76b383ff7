"""Items: what Podio sends, and what requests take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Required, TypedDict

from podio.json_types._apps import AppFieldJSON, AppJSON, FieldConfigJSON, ViewFilter
from podio.json_types._common import BylineJSON, PresenceJSON, PushChannelJSON, ReferenceJSON, ViaJSON
from podio.json_types._content import CommentJSON, FileJSON
from podio.json_types._grants import GrantJSON
from podio.json_types._ratings import RatingsJSON
from podio.json_types._spaces import SpaceShortJSON
from podio.json_types._tasks import RecurrenceCreation, RecurrenceJSON, ReminderCreation, ReminderJSON, TaskJSON

FieldsById = Mapping[str, Any] | Mapping[int, Any]
"""Something for each field of an app, by the field's id or its external id."""


class FieldValuesJSON(TypedDict, total=False):
    """The values of one field of an item; each value's keys depend on the field's type."""

    field_id: Required[int]
    type: Required[str]
    external_id: Required[str]
    label: Required[str]
    config: FieldConfigJSON
    status: str
    values: Required[list[dict[str, Any]]]


class ItemRevisionJSON(TypedDict, total=False):
    """A revision of an item."""

    item_revision_id: int
    revision: Required[int]
    type: Required[str]
    created_on: Required[str]
    created_by: BylineJSON
    created_via: ViaJSON
    user: BylineJSON


class ItemMicroJSON(TypedDict):
    """An item as it stands where it is referred to (Podio's view "micro")."""

    item_id: int
    app_item_id: int
    title: str
    link: str
    revision: int


class ItemJSON(ItemMicroJSON, total=False):
    """An item; `fields` has only those with values. Lists leave out what surrounds an item and count it."""

    app_item_id_formatted: str
    external_id: str | None
    app: AppJSON
    space: SpaceShortJSON
    rights: Required[list[str]]
    created_on: Required[str]
    created_by: Required[BylineJSON]
    created_via: ViaJSON
    last_event_on: str
    last_edit_on: str | None
    last_edit_by: BylineJSON | None
    initial_revision: ItemRevisionJSON
    current_revision: ItemRevisionJSON
    revisions: list[ItemRevisionJSON]
    fields: list[FieldValuesJSON]
    files: list[FileJSON]
    comments: list[CommentJSON]
    comment_count: int
    file_count: int
    task_count: int
    tags: list[str]
    tasks: list[TaskJSON]
    refs: list[Any]
    ref: ReferenceJSON | None
    references: list[Any]
    reminder: ReminderJSON | None
    recurrence: RecurrenceJSON | None
    participants: dict[str, Any]
    linked_account_id: int | None
    linked_account_data: Any
    priority: float | None
    subscribed: bool
    subscribed_count: int
    pinned: bool
    is_liked: bool
    like_count: int
    user_ratings: dict[str, int | None]
    ratings: dict[str, RatingsJSON]
    invite: Any
    excerpt: Any
    grant: GrantJSON | None
    push: PushChannelJSON
    presence: PresenceJSON


class ItemReference(TypedDict):
    """The object that a new item refers to."""

    type: str
    id: int


class ItemCreation(TypedDict, total=False):
    """What a new item is made of."""

    external_id: str | None
    fields: FieldsById
    file_ids: Sequence[int]
    tags: Sequence[str]
    reminder: ReminderCreation
    recurrence: RecurrenceCreation
    linked_account_id: int
    ref: ItemReference


class ItemUpdate(ItemCreation, total=False):
    """What changes of an item; with `revision` only if it still is the item's latest (else 409, `podio.Conflict`)."""

    revision: int


class CreatedItemJSON(TypedDict):
    """The new item."""

    item_id: int
    title: str


class UpdatedItemJSON(TypedDict):
    """The item's new revision."""

    revision: int
    title: str


class DeletedItemsJSON(TypedDict, total=False):
    """Which items are deleted, and which will be."""

    deleted: Required[list[int]]
    pending: Required[list[int]]


class ItemFilter(TypedDict, total=False):
    """Which items, in which order.

    `limit` is 30 if left out, and at most 500. `filters` has a value for each field (by id or external id) or key
    (`created_on`, `tags`, …); text fields can't be filtered, and Podio ignores a filter that it can't use.
    `remember` makes the filter the user's last view of the app.
    """

    limit: int
    offset: int
    sort_by: str | int
    sort_desc: bool
    filters: FieldsById | Sequence[ViewFilter]
    remember: bool


class FilteredItemsJSON(TypedDict):
    """A page of items; `total` counts all of the app, `filtered` those that pass."""

    total: int
    filtered: int
    items: list[ItemJSON]


class ClonedItemJSON(TypedDict):
    """The new item."""

    item_id: int


class RevertedItemJSON(TypedDict):
    """The revision that brought an earlier state back."""

    revision: int


class ReferringItemsJSON(TypedDict, total=False):
    """The items of one app that refer to an item by one field."""

    app: Required[AppJSON]
    field: Required[AppFieldJSON]
    items: Required[list[ItemMicroJSON]]


FieldDifferenceJSON = TypedDict(
    "FieldDifferenceJSON",
    {
        "field_id": int,
        "type": str,
        "external_id": str,
        "label": str,
        "from": list[dict[str, Any]],
        "to": list[dict[str, Any]],
    },
    total=False,
)
"""A field whose values differ between two revisions: ``from`` and ``to``."""
