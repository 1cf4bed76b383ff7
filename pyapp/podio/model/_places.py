"""Users, organizations and workspaces."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from podio.fields import _json_parts as parts
from podio.model._objects import Byline, PodioObject, read_list


@dataclass(frozen=True, slots=True, kw_only=True)
class User(PodioObject):
    """A user of Podio: the one who is signed in, or a member of a workspace.

    Attributes:
        user_id: The user's id.
        name: The name of the user's profile; empty where Podio doesn't say.
        mail: The first mail address, empty where Podio doesn't say.
        profile_id: The id of the user's profile.
        status: ``active``, ``inactive`` …; empty where unknown.
        locale: The user's language and country, such as ``en_GB``.
        timezone: The user's time zone, such as ``Europe/Copenhagen``: dates in fields are entered in it.
        link: The address of the user's page at Podio.
        image_link: The address of the user's picture.
        created_on: When the account was made (UTC).
    """

    user_id: int
    name: str = ""
    mail: str = ""
    profile_id: int | None = None
    status: str = ""
    locale: str = ""
    timezone: str = ""
    link: str = ""
    image_link: str = ""
    created_on: datetime | None = None

    @classmethod
    def from_json(cls, json: object) -> Self | None:
        """Decode ``GET /user/status``, ``GET /user``, a member of a workspace, or a profile; None for no user."""
        data = parts.mapping(json)
        user = parts.mapping(data.get("user")) or data
        profile = parts.mapping(data.get("profile")) or user
        user_id = parts.identifier(user.get("user_id")) or parts.identifier(profile.get("user_id"))
        if user_id is None:
            return None
        mails = (*parts.texts(user.get("mail")), *parts.texts(profile.get("mail")))
        return cls(
            user_id=user_id,
            name=parts.name(profile.get("name")) or parts.name(user.get("name")),
            mail=next(filter(None, mails), ""),
            profile_id=parts.identifier(profile.get("profile_id")),
            status=parts.text(user.get("status")),
            locale=parts.text(user.get("locale")),
            timezone=parts.text(user.get("timezone")),
            link=parts.text(profile.get("link")),
            image_link=parts.text(parts.mapping(profile.get("image")).get("link")),
            created_on=parts.utc_moment(user.get("created_on")),
            raw=json,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Space(PodioObject):
    """A workspace.

    Attributes:
        space_id: The workspace's id.
        org_id: The id of its organization.
        name: What it is called.
        description: What it is for.
        link: The address of its page at Podio.
        url_label: Its name within an address.
        type: ``regular``, ``emp_network`` or ``demo``; empty where unknown.
        privacy: ``open`` or ``closed``; empty where unknown.
        role: The user's role: ``admin``, ``regular``, ``light``; empty where unknown.
        rights: What the user may do there; empty where Podio doesn't say.
        archived: Whether it is archived.
        created_by: Who made it.
        created_on: When it was made (UTC).
        last_activity_on: When something last happened there (UTC).
    """

    space_id: int
    org_id: int | None = None
    name: str = ""
    description: str = ""
    link: str = ""
    url_label: str = ""
    type: str = ""
    privacy: str = ""
    role: str = ""
    rights: tuple[str, ...] = ()
    archived: bool = False
    created_by: Byline | None = None
    created_on: datetime | None = None
    last_activity_on: datetime | None = None

    @classmethod
    def from_json(cls, json: object) -> Self | None:
        """Decode a workspace in any of Podio's views of it; None without an id."""
        data = parts.mapping(json)
        space_id = parts.identifier(data.get("space_id"))
        if space_id is None:
            return None
        org = parts.mapping(data.get("org"))
        return cls(
            space_id=space_id,
            org_id=parts.identifier(data.get("org_id")) or parts.identifier(org.get("org_id")),
            name=parts.name(data.get("name")),
            description=parts.name(data.get("description")),
            link=parts.text(data.get("url")),
            url_label=parts.text(data.get("url_label")),
            type=parts.text(data.get("type")),
            privacy=parts.text(data.get("privacy")),
            role=parts.text(data.get("role")),
            rights=parts.texts(data.get("rights")),
            archived=data.get("archived") is True,
            created_by=Byline.from_json(data.get("created_by")),
            created_on=parts.utc_moment(data.get("created_on")),
            last_activity_on=parts.utc_moment(data.get("last_activity_on")),
            raw=json,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization(PodioObject):
    """An organization, with those of its workspaces that the user can open.

    Attributes:
        org_id: The organization's id.
        name: What it is called.
        link: The address of its page at Podio.
        url_label: Its name within an address.
        type: ``free``, ``sponsored`` or ``premium``; empty where unknown.
        role: The user's role; empty where unknown.
        status: ``active`` …; empty where unknown.
        rights: What the user may do there; empty where Podio doesn't say.
        spaces: Its workspaces, in Podio's order.
        created_by: Who made it.
        created_on: When it was made (UTC).
    """

    org_id: int
    name: str = ""
    link: str = ""
    url_label: str = ""
    type: str = ""
    role: str = ""
    status: str = ""
    rights: tuple[str, ...] = ()
    spaces: tuple[Space, ...] = ()
    created_by: Byline | None = None
    created_on: datetime | None = None

    @classmethod
    def from_json(cls, json: object) -> Self | None:
        """Decode an organization; None without an id."""
        data = parts.mapping(json)
        org_id = parts.identifier(data.get("org_id"))
        if org_id is None:
            return None
        return cls(
            org_id=org_id,
            name=parts.name(data.get("name")),
            link=parts.text(data.get("url")),
            url_label=parts.text(data.get("url_label")),
            type=parts.text(data.get("type")),
            role=parts.text(data.get("role")),
            status=parts.text(data.get("status")),
            rights=parts.texts(data.get("rights")),
            spaces=read_list(Space, data.get("spaces")),
            created_by=Byline.from_json(data.get("created_by")),
            created_on=parts.utc_moment(data.get("created_on")),
            raw=json,
        )
