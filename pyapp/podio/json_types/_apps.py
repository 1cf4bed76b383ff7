"""Apps, their fields, views and webhooks."""

from __future__ import annotations

from typing import Any, Literal, Required, TypedDict

from podio.json_types._common import BylineJSON, ViaJSON


class FieldConfigJSON(TypedDict, total=False):
    """How a field is set up; `settings` depends on the field's type and is null where there are none."""

    label: Required[str]
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


class AppFieldJSON(TypedDict, total=False):
    """A field of an app. Podio says ``phone`` where its documentation says ``tel``."""

    field_id: Required[int]
    type: Required[str]
    external_id: Required[str]
    label: Required[str]
    status: str
    config: Required[FieldConfigJSON]


class AppConfigJSON(TypedDict, total=False):
    """How an app is set up."""

    type: str
    name: Required[str]
    item_name: Required[str]
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


class AppJSON(TypedDict, total=False):
    """An app; lists leave `fields` out. `token` is a credential: never log it."""

    app_id: Required[int]
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
    owner: BylineJSON
    created_on: str
    integration: Any
    layouts: dict[str, Any]
    config: Required[AppConfigJSON]
    fields: list[AppFieldJSON]


class ViewFilter(TypedDict):
    """One filter of a view."""

    key: str
    values: Any


class ViewJSON(TypedDict, total=False):
    """A view of an app."""

    view_id: Required[int]
    name: str | None
    type: str
    private: bool
    items: int
    sort_by: str | None
    sort_desc: bool
    filters: list[ViewFilter]
    layout: str
    fields: dict[str, Any]
    grouping: dict[str, Any]
    created_on: str
    created_by: BylineJSON


class CreatedViewJSON(TypedDict):
    """The new view."""

    view_id: int


class HookJSON(TypedDict, total=False):
    """A webhook."""

    hook_id: Required[int]
    status: Required[Literal["inactive", "active"]]
    type: Required[str]
    url: Required[str]
    created_on: str
    created_by: BylineJSON
    created_via: ViaJSON


class HookCreation(TypedDict):
    """What a webhook is made of: the address that Podio posts to, and the event (``item.create``)."""

    url: str
    type: str


class CreatedHookJSON(TypedDict):
    """The new webhook, which must be verified before it works."""

    hook_id: int


class HookVerification(TypedDict):
    """The code that Podio posted to the webhook's address."""

    code: str


class CreatedAppJSON(TypedDict):
    """The new app."""

    app_id: int


class CreatedFieldJSON(TypedDict, total=False):
    """The new field, and the app's revision with it."""

    field_id: Required[int]
    revision: int


class UpdatedAppJSON(TypedDict):
    """The app's new revision."""

    revision: int


class AppDependenciesJSON(TypedDict):
    """Apps with those that they refer to, and by an app's id (as text) the ids of those."""

    apps: list[AppJSON]
    dependencies: dict[str, list[int]]
