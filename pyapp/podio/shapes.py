"""The JSON objects of Podio's API, as types: nothing here is checked at run time, and no I/O is performed.

An object comes as Podio sent it. Where keys may be missing (by the view that was asked for, by the caller's rights, by
Podio's mood) the shape says ``total=False``: read such a key with ``get``. Podio's conventions hold throughout
(https://developers.podio.com/index/api): a date is ``YYYY-MM-DD``, a datetime ``YYYY-MM-DD HH:MM:SS`` without a zone,
UTC except where a person entered it; names may hold HTML entities; numbers and money in field values come as strings.

What a request takes is named for the request (`ItemCreation`, `ItemFilter`), what it brings for the object (`Item`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypedDict

FieldsById = Mapping[str, Any] | Mapping[int, Any]
"""Something for each field of an app, by the field's id or its external id."""


# What many objects hold


class Reference(TypedDict, total=False):
    """A reference to an object; of an item or a task with its title, link and data."""

    type: str
    id: int
    title: str
    link: str
    data: dict[str, Any]


class Image(TypedDict, total=False):
    """A person's picture; `link` is an address, `thumbnail_link` one that takes ``/tiny``, ``/small`` and so on."""

    file_id: int
    link: str
    thumbnail_link: str
    link_target: str
    hosted_by: str
    hosted_by_humanized_name: str


class Byline(TypedDict, total=False):
    """Who did something: a person, an app or Podio itself."""

    type: str
    id: int
    user_id: int
    profile_id: int
    name: str
    url: str
    link: str
    avatar_type: str
    avatar_id: int
    avatar: int | None
    image: Image | None
    last_seen_on: str


class Via(TypedDict, total=False):
    """By which API client something was done."""

    id: int
    auth_client_id: int
    name: str
    url: str | None
    display: bool


class PushChannel(TypedDict):
    """Where Podio's push service tells about an object; the signature is good for `expires_in` seconds."""

    channel: str
    signature: str
    timestamp: int
    expires_in: int


class Presence(TypedDict, total=False):
    """What names a person's presence at an object to the push service."""

    ref_type: str
    ref_id: int
    user_id: int
    signature: str


# Signing in


class TokenReference(TypedDict):
    """Whom a token acts for: a user, or an app."""

    type: str
    id: int


class TokenAnswer(TypedDict, total=False):
    """What a grant is traded for. Every token in it is a credential; `server_nonce` asks for the second factor."""

    access_token: str
    token_type: str
    expires_in: int
    refresh_token: str
    scope: str
    ref: TokenReference
    transfer_token: str
    new_user_created: bool
    server_nonce: str


class GrantedScope(TypedDict, total=False):
    """One part of what a token may do: the permissions on an object, or (`ref_type` null) on all."""

    ref_type: str | None
    ref_id: int | None
    permissions: list[str]
    ref_data: dict[str, Any]


# People


class Mail(TypedDict, total=False):
    """One of a person's mail addresses."""

    mail: str
    primary: bool
    verified: bool
    disabled: bool


class User(TypedDict, total=False):
    """An account (GET /user)."""

    user_id: int
    mail: str
    mails: list[Mail]
    status: str
    locale: str
    timezone: str
    invites: int
    flags: list[str]
    created_on: str
    activated_on: str


class Profile(TypedDict, total=False):
    """A person or a space's contact, as others see them; what a contact field holds."""

    profile_id: int
    user_id: int | None
    type: str
    name: str
    link: str
    mail: list[str]
    phone: list[str]
    avatar: int | None
    image: Image | None
    rights: list[str]
    space_id: int | None
    org_id: int | None
    external_id: str | None
    last_seen_on: str | None


class UserStatus(TypedDict, total=False):
    """The person who is signed in (GET /user/status); `calendar_code` is a credential."""

    user: User
    profile: Profile
    properties: dict[str, Any]
    referral: dict[str, Any]
    flags: list[str]
    betas: list[Any]
    inbox_new: int
    message_unread_count: int
    calendar_code: str
    mailbox: str
    task_mail: str
    push: PushChannel
    presence: Presence


# Organizations and spaces


class SpaceSummary(TypedDict, total=False):
    """A space as its organization lists it, or as a referenced item names it."""

    space_id: int
    org_id: int
    name: str
    url: str
    url_label: str
    type: str
    role: str | None
    rank: int | None


class OrganizationSummary(TypedDict, total=False):
    """An organization as its space names it."""

    org_id: int
    name: str
    url: str
    logo: int | None


class Organization(TypedDict, total=False):
    """An organization with the spaces that the person belongs to."""

    org_id: int
    name: str
    url: str
    url_label: str
    type: str
    premium: bool
    role: str
    status: str
    rank: int
    logo: int | None
    image: Image | None
    domains: list[str]
    rights: list[str]
    user_limit: int | None
    grants_count: int
    segment: str | None
    segment_size: Any
    tier: str | None
    contract_status: str
    sales_agent_id: int | None
    created_on: str
    created_by: Byline
    spaces: list[SpaceSummary]


class Space(TypedDict, total=False):
    """A space (workspace)."""

    space_id: int
    org_id: int
    name: str
    description: str | None
    url: str
    url_label: str
    type: str
    privacy: Literal["open", "closed"]
    auto_join: bool
    post_on_new_app: bool
    post_on_new_member: bool
    archived: bool
    premium: bool
    role: str | None
    rank: int | None
    rights: list[str]
    subscribed: bool
    member_count: int
    app_count: int
    created_on: str
    created_by: Byline
    last_activity_on: str | None
    org: OrganizationSummary
    push: PushChannel
    video: Any
    top: bool


class SpaceCreation(TypedDict, total=False):
    """What a new space is made of."""

    org_id: int
    name: str
    privacy: Literal["open", "closed"]
    auto_join: bool
    post_on_new_app: bool
    post_on_new_member: bool


class SpaceCreated(TypedDict):
    """The new space."""

    space_id: int
    url: str


# Apps


class FieldConfig(TypedDict, total=False):
    """How a field is set up; `settings` depends on the field's type and is null where there are none."""

    label: str
    description: str | None
    delta: int
    required: bool
    mapping: str | None
    visible: bool
    hidden: bool
    hidden_create_view_edit: bool
    unique: bool
    default_value: Any
    settings: dict[str, Any] | None


class AppField(TypedDict, total=False):
    """A field of an app. Podio says ``phone`` where its documentation says ``tel``."""

    field_id: int
    type: str
    external_id: str
    label: str
    status: str
    config: FieldConfig


class AppConfig(TypedDict, total=False):
    """How an app is set up."""

    type: str
    name: str
    item_name: str
    description: str | None
    usage: str | None
    icon: str
    icon_id: int
    external_id: str | None
    allow_create: bool
    allow_edit: bool
    allow_attachments: bool
    allow_comments: bool
    allow_tags: bool
    silent_creates: bool
    silent_edits: bool
    disable_notifications: bool
    default_view: str | None
    show_app_item_id: bool
    app_item_id_prefix: str | None
    app_item_id_padding: int | None
    tasks: list[Any]
    fivestar: bool
    fivestar_label: str | None
    approved: bool
    thumbs: bool
    thumbs_label: str | None
    rsvp: bool
    rsvp_label: str | None
    yesno: bool
    yesno_label: str | None


class App(TypedDict, total=False):
    """An app; lists leave `fields` out. `token` is a credential: never log it."""

    app_id: int
    status: str
    original: int | None
    original_revision: int | None
    current_revision: int
    space_id: int
    default_view_id: int | None
    subscribed: bool
    rights: list[str]
    name: str
    item_name: str
    icon: str
    icon_id: int
    url: str
    link: str
    url_add: str
    link_add: str
    url_label: str
    mailbox: str
    token: str
    owner: Byline
    integration: Any
    layouts: dict[str, Any]
    config: AppConfig
    fields: list[AppField]


# Items


class FieldValues(TypedDict, total=False):
    """The values of one field of an item; each value's keys depend on the field's type."""

    field_id: int
    type: str
    external_id: str
    label: str
    config: FieldConfig
    values: list[dict[str, Any]]


class ItemRevision(TypedDict, total=False):
    """A revision of an item."""

    item_revision_id: int
    revision: int
    type: str
    created_on: str
    created_by: Byline
    created_via: Via
    user: Byline


class File(TypedDict, total=False):
    """What is known about a file; `thumbnail_link` takes ``/tiny``, ``/small``, ``/medium`` and so on."""

    file_id: int
    name: str
    mimetype: str
    size: int
    link: str
    thumbnail_link: str | None
    perma_link: str | None
    description: str | None
    hosted_by: str
    hosted_by_humanized_name: str
    link_target: str
    external_file_id: str | None
    created_on: str
    created_by: Byline
    created_via: Via
    context: Reference | None
    rights: list[str]
    replaces: list[Any]
    presence: Presence
    push: PushChannel


class Embed(TypedDict, total=False):
    """An address with what Podio found there."""

    embed_id: int
    url: str
    original_url: str
    resolved_url: str | None
    title: str | None
    description: str | None
    type: str
    hostname: str | None
    embed_html: str | None
    embed_width: int | None
    embed_height: int | None
    files: list[File]


class EmbedCreation(TypedDict, total=False):
    """What an embed is made of."""

    url: str
    mode: Literal["immediate", "delayed", "auto", "never"]


class Comment(TypedDict, total=False):
    """A comment; `rich_value` is HTML."""

    comment_id: int
    value: str
    rich_value: str
    external_id: str | None
    ref: Reference
    created_on: str
    created_by: Byline
    created_via: Via
    user: Byline
    last_edit_on: str | None
    files: list[File]
    embed: Embed | None
    embed_file: File | None
    questions: list[Any]
    is_liked: bool
    like_count: int
    rights: list[str]


class CommentCreation(TypedDict, total=False):
    """What a comment is made of; an embed by its id or its address."""

    value: str
    external_id: str | None
    file_ids: Sequence[int]
    embed_id: int
    embed_url: str
    embed_file_id: int


class Label(TypedDict, total=False):
    """A person's task label."""

    label_id: int
    text: str
    color: str


class Task(TypedDict, total=False):
    """A task."""

    task_id: int
    text: str
    description: str | None
    status: Literal["active", "completed", "deleted"]
    private: bool
    started: bool
    due_date: str | None
    due_time: str | None
    due_on: str | None
    responsible: Profile | None
    space_id: int | None
    link: str
    ref: Reference | None
    labels: list[Label]
    created_on: str
    created_by: Byline
    created_via: Via
    completed_on: str | None
    completed_by: Byline | None
    completed_via: Via | None
    external_id: str | None
    files: list[File]
    comments: list[Comment]
    reminder: dict[str, Any] | None
    recurrence: dict[str, Any] | None
    subscribed: bool
    subscribed_count: int
    is_liked: bool
    like_count: int
    rights: list[str]
    push: PushChannel
    presence: Presence


class TaskCompleted(TypedDict):
    """The task that follows a completed one which recurs, or null."""

    recurring_task_id: int | None


class TaskGroup(TypedDict, total=False):
    """The first tasks of a group, and how many it has."""

    tasks: list[Task]
    total: int


class TaskSummary(TypedDict, total=False):
    """Tasks by when they are due."""

    overdue: TaskGroup
    today: TaskGroup
    other: TaskGroup


class Item(TypedDict, total=False):
    """An item; `fields` has only those with values. Lists leave out what surrounds an item and count it."""

    item_id: int
    app_item_id: int
    app_item_id_formatted: str
    external_id: str | None
    title: str
    link: str
    app: App
    space: SpaceSummary
    revision: int
    rights: list[str]
    created_on: str
    created_by: Byline
    created_via: Via
    last_event_on: str
    last_edit_on: str
    initial_revision: ItemRevision
    current_revision: ItemRevision
    revisions: list[ItemRevision]
    fields: list[FieldValues]
    files: list[File]
    comments: list[Comment]
    comment_count: int
    file_count: int
    task_count: int
    tags: list[str]
    tasks: list[Task]
    refs: list[Any]
    ref: Reference | None
    references: list[Any]
    reminder: dict[str, Any] | None
    recurrence: dict[str, Any] | None
    participants: dict[str, Any]
    linked_account_id: int | None
    linked_account_data: Any
    priority: float | None
    subscribed: bool
    subscribed_count: int
    pinned: bool
    is_liked: bool
    like_count: int
    user_ratings: dict[str, Any]
    ratings: dict[str, Any]
    invite: Any
    excerpt: Any
    grant: Any
    push: PushChannel
    presence: Presence


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
    reminder: Mapping[str, Any]
    recurrence: Mapping[str, Any]
    linked_account_id: int
    ref: ItemReference


class ItemUpdate(ItemCreation, total=False):
    """What changes of an item; with `revision` only if it still is the item's latest (else 409, `podio.Conflict`)."""

    revision: int


class ItemCreated(TypedDict):
    """The new item."""

    item_id: int
    title: str


class ItemUpdated(TypedDict):
    """The item's new revision."""

    revision: int
    title: str


class ItemCount(TypedDict):
    """How many items there are."""

    count: int


class ItemsDeleted(TypedDict, total=False):
    """Which items are deleted, and which will be."""

    deleted: list[int]
    pending: list[int]


class ViewFilter(TypedDict):
    """One filter of a view."""

    key: str
    values: Any


class ItemFilter(TypedDict, total=False):
    """Which items, in which order.

    `limit` is 30 if left out, and at most 500. `filters` has a value for each field (by id or external id) or key
    (`created_on`, `tags`, …); text fields can't be filtered, and Podio ignores a filter that it can't use.
    `remember` makes the filter the person's last view of the app.
    """

    limit: int
    offset: int
    sort_by: str | int
    sort_desc: bool
    filters: FieldsById | Sequence[ViewFilter]
    remember: bool


class FilteredItems(TypedDict):
    """A page of items; `total` counts all of the app, `filtered` those that pass."""

    total: int
    filtered: int
    items: list[Item]


# Views, search, stream, webhooks


class View(TypedDict, total=False):
    """A view of an app."""

    view_id: int
    name: str
    type: str
    items: int
    sort_by: str | None
    sort_desc: bool
    filters: list[ViewFilter]
    layout: str
    fields: dict[str, Any]
    grouping: dict[str, Any]
    created_on: str
    created_by: Byline


class ViewCreated(TypedDict):
    """The new view."""

    view_id: int


class SearchRequest(TypedDict, total=False):
    """What to search for; an answer has 20 results at most."""

    query: str
    limit: int
    offset: int
    ref_type: str
    search_fields: Any


class SearchResult(TypedDict, total=False):
    """An object that was found."""

    type: str
    id: int
    rank: int
    search_id: int
    title: str
    link: str
    created_on: str
    created_by: Byline
    app: App
    space: SpaceSummary
    org: OrganizationSummary


class SearchAnswer(TypedDict, total=False):
    """Objects that were found, and how many there are by type."""

    counts: dict[str, Any]
    results: list[SearchResult]


class StreamObject(TypedDict, total=False):
    """An object with what happened to it; `data` depends on its type, `activity_groups` comes with version 3."""

    type: str
    id: int
    title: str
    link: str
    rights: list[str]
    data: dict[str, Any]
    created_on: str
    created_by: Byline
    created_via: Via
    last_update_on: str
    comments_allowed: bool
    comments: list[Comment]
    files: list[File]
    user_ratings: dict[str, Any]
    app: App
    space: SpaceSummary
    org: OrganizationSummary
    activity: list[Any]
    activity_groups: list[Any]


class Hook(TypedDict, total=False):
    """A webhook."""

    hook_id: int
    status: Literal["inactive", "active"]
    type: str
    url: str
    created_on: str
    created_by: Byline
    created_via: Via


class HookCreation(TypedDict):
    """What a webhook is made of: the address that Podio posts to, and the event (``item.create``)."""

    url: str
    type: str


class HookCreated(TypedDict):
    """The new webhook, which must be verified before it works."""

    hook_id: int


class HookVerification(TypedDict):
    """The code that Podio posted to the webhook's address."""

    code: str
