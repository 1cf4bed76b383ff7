"""What many objects hold, and what several operations return."""

from __future__ import annotations

from typing import Any, Required, TypedDict


class ReferenceJSON(TypedDict, total=False):
    """A reference to an object; of an item or a task with its title, link and data."""

    type: Required[str]
    id: Required[int]
    title: str | None
    link: str | None
    data: dict[str, Any]


class ImageJSON(TypedDict, total=False):
    """A user's picture; `link` is an address, `thumbnail_link` one that takes ``/tiny``, ``/small`` and so on."""

    file_id: Required[int]
    link: Required[str]
    thumbnail_link: str
    link_target: str
    hosted_by: str
    hosted_by_humanized_name: str


class BylineJSON(TypedDict, total=False):
    """Who did something: a user, an app or Podio itself."""

    type: Required[str]
    id: Required[int]
    user_id: int | None
    profile_id: int | None
    name: Required[str]
    url: str
    link: str
    avatar_type: str
    avatar_id: int | None
    avatar: int | None
    image: ImageJSON | None
    last_seen_on: str | None


class ViaJSON(TypedDict, total=False):
    """By which API client something was done."""

    id: Required[int]
    auth_client_id: int
    name: Required[str]
    url: str | None
    display: bool


class PushChannelJSON(TypedDict):
    """Where Podio's push service reports what happens to an object; the signature is good for `expires_in` seconds."""

    channel: str
    signature: str
    timestamp: int
    expires_in: int


class PresenceJSON(TypedDict, total=False):
    """What names a user's presence at an object to the push service."""

    ref_type: Required[str]
    ref_id: Required[int]
    user_id: int | None
    signature: str


class CountJSON(TypedDict):
    """How many there are."""

    count: int
