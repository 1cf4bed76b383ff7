"""Signing in, users and contacts."""

from __future__ import annotations

from typing import Any, Required, TypedDict

from podio.json_types._common import ImageJSON, PresenceJSON, PushChannelJSON


class TokenReferenceJSON(TypedDict):
    """Whom a token acts for: a user, or an app."""

    type: str
    id: int


class TokenJSON(TypedDict, total=False):
    """What a grant is exchanged for. Every token in it is a credential; `server_nonce` asks for the second factor."""

    access_token: str
    token_type: str
    expires_in: int
    refresh_token: str
    scope: str
    ref: TokenReferenceJSON
    transfer_token: str
    new_user_created: bool
    server_nonce: str


class GrantedScopeJSON(TypedDict, total=False):
    """One part of what a token may do: the permissions on an object, or (`ref_type` null) on all."""

    ref_type: Required[str | None]
    ref_id: Required[int | None]
    permissions: Required[list[str]]
    ref_data: dict[str, Any] | None


class MailJSON(TypedDict, total=False):
    """One of a user's mail addresses."""

    mail: Required[str]
    primary: bool
    verified: bool
    disabled: bool


class UserJSON(TypedDict, total=False):
    """An account (GET /user)."""

    user_id: Required[int]
    mail: Required[str]
    mails: list[MailJSON]
    status: str
    locale: str
    timezone: str
    invites: int
    flags: list[str]
    created_on: str
    activated_on: str


class _ProfileOrAccount(TypedDict, total=False):
    """What profiles and the accounts of members have in common; `phone`, `title` … may be many."""

    profile_id: Required[int]
    user_id: int | None
    type: str
    name: Required[str]
    link: str
    phone: list[str]
    title: list[str]
    organization: str | None
    about: str | None
    address: list[str]
    city: str | None
    zip: str | None
    state: str | None
    country: str | None
    location: list[str]
    skill: list[str]
    url: list[str]
    im: list[str]
    skype: str | None
    linkedin: str | None
    twitter: str | None
    birthdate: str | None
    avatar: int | None
    image: ImageJSON | None
    rights: list[str]
    space_id: int | None
    org_id: int | None
    external_id: str | None
    last_seen_on: str | None


class ProfileJSON(_ProfileOrAccount, total=False):
    """A user or a space's contact, as others see them; what a contact field holds."""

    mail: list[str]


class MemberUserJSON(_ProfileOrAccount, total=False):
    """The account of a space's member: with one mail address, where a profile has a list."""

    mail: str
    status: str


class UserStatusJSON(TypedDict, total=False):
    """The user who is signed in (GET /user/status); `calendar_code` is a credential."""

    user: Required[UserJSON]
    profile: Required[ProfileJSON]
    properties: dict[str, Any]
    referral: dict[str, Any]
    flags: list[str]
    betas: list[Any]
    inbox_new: int
    message_unread_count: int
    calendar_code: str
    mailbox: str
    task_mail: str
    push: PushChannelJSON
    presence: PresenceJSON


class CreatedContactJSON(TypedDict):
    """The new contact."""

    profile_id: int


class PropertyJSON(TypedDict):
    """A property that a client keeps with a user: any JSON value."""

    value: Any
