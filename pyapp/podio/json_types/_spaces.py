"""Organizations, spaces and their members."""

from __future__ import annotations

from typing import Any, Literal, Required, TypedDict

from podio.json_types._common import BylineJSON, ImageJSON, PushChannelJSON
from podio.json_types._users import MemberUserJSON, ProfileJSON, UserJSON


class SpaceShortJSON(TypedDict, total=False):
    """A space as its organization lists it, or as a referenced item names it."""

    space_id: Required[int]
    org_id: int
    name: Required[str]
    url: Required[str]
    url_label: str
    type: str
    role: str | None
    rank: int | None


class OrganizationShortJSON(TypedDict, total=False):
    """An organization as its space names it."""

    org_id: Required[int]
    name: Required[str]
    url: str
    url_label: str
    logo: int | None
    image: ImageJSON | None


class OrganizationJSON(TypedDict, total=False):
    """An organization with the spaces that the user belongs to."""

    org_id: Required[int]
    name: Required[str]
    url: Required[str]
    url_label: str
    type: str
    premium: bool
    role: str | None
    status: str
    rank: int
    logo: int | None
    image: ImageJSON | None
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
    created_by: BylineJSON
    spaces: Required[list[SpaceShortJSON]]


class SpaceJSON(TypedDict, total=False):
    """A space (workspace)."""

    space_id: Required[int]
    org_id: Required[int]
    name: Required[str]
    description: str | None
    url: Required[str]
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
    created_by: BylineJSON
    last_activity_on: str | None
    org: OrganizationShortJSON
    push: PushChannelJSON
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


class CreatedSpaceJSON(TypedDict):
    """The new space."""

    space_id: int
    url: str


class CreatedOrganizationJSON(TypedDict):
    """The new organization."""

    org_id: int
    url: str
    url_label: str


class OrganizationMemberJSON(TypedDict, total=False):
    """A member of an organization."""

    profile: Required[ProfileJSON]
    user: UserJSON
    role: str
    admin: bool


class SpaceMemberJSON(TypedDict, total=False):
    """A member of a space."""

    profile: Required[ProfileJSON]
    user: MemberUserJSON
    role: Required[str]
    employee: bool
    grants: int
    status: str
    invited_on: str | None
    started_on: str | None
    ended_on: str | None
