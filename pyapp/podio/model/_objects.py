"""What all objects share: how they are decoded, who did something to them, and how they refer to each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol, Self, TypeVar

from podio.fields import _json_parts as parts

T = TypeVar("T", covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class PodioObject:
    """An object that may have been decoded from JSON.

    Attributes:
        raw: The JSON that it was decoded from, whole; ``{}`` for one made in Python. Never shown by `repr`: it may hold
            a credential.
    """

    raw: Any = field(default_factory=dict, repr=False, compare=False)

    def __str__(self) -> str:
        """Return what a user knows it by: its title, its name, its text; else what `repr` shows."""
        texts = (getattr(self, name, "") for name in ("title", "name", "label", "text", "value"))
        return next(filter(None, texts), "") or repr(self)


class Decodable(Protocol[T]):
    """A class whose objects are decoded from JSON."""

    def from_json(self, json: object, /) -> T | None:
        """Decode an object; None where the JSON is none, or has no id."""
        ...


def read_list(kind: Decodable[T], json: object) -> tuple[T, ...]:
    """Decode a list of objects, such as ``GET /org/`` answers; what is none, or has no id, is left out."""
    data = (kind.from_json(entry) for entry in parts.sequence(json))
    return tuple(entry for entry in data if entry is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline(PodioObject):
    """Who did something: a user, an app or Podio itself.

    Attributes:
        type: ``user``, ``app`` or ``system``; empty where unknown.
        id: The id of whoever it is, among those of its type.
        user_id: The user's id; None for what is no user.
        profile_id: The id of the user's profile, where it is named.
        name: What they are called.
        link: The address of their page at Podio.
        image_link: The address of their picture; empty where there is none.
    """

    type: str = ""
    id: int | None = None
    user_id: int | None = None
    profile_id: int | None = None
    name: str = ""
    link: str = ""
    image_link: str = ""

    @classmethod
    def from_json(cls, json: object) -> Self | None:
        """Decode a byline, a user or a profile; None where it says nothing of anybody."""
        data = parts.mapping(json)
        byline = cls(
            type=parts.text(data.get("type")),
            id=parts.identifier(data.get("id")),
            user_id=parts.identifier(data.get("user_id")),
            profile_id=parts.identifier(data.get("profile_id")),
            name=parts.name(data.get("name")),
            link=parts.text(data.get("link")) or parts.text(data.get("url")),
            image_link=parts.text(parts.mapping(data.get("image")).get("link")),
            raw=json,
        )
        return None if byline == _NOBODY else byline


_NOBODY = Byline()


@dataclass(frozen=True, slots=True, kw_only=True)
class Via(PodioObject):
    """The API client by which something was done.

    Attributes:
        auth_client_id: The client's id.
        name: What it is called.
        link: The address of its page.
    """

    auth_client_id: int | None = None
    name: str = ""
    link: str = ""

    @classmethod
    def from_json(cls, json: object) -> Self | None:
        """Decode a client; None where it has neither id nor name."""
        data = parts.mapping(json)
        client_id = parts.identifier(data.get("auth_client_id")) or parts.identifier(data.get("id"))
        name = parts.name(data.get("name"))
        if client_id is None and not name:
            return None
        return cls(auth_client_id=client_id, name=name, link=parts.text(data.get("url")), raw=json)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference(PodioObject):
    """A reference to an object of any type.

    Attributes:
        type: The object's type, such as ``item``.
        id: Its id, among the objects of its type.
        title: Its title, where Podio says so.
        link: The address of its page at Podio.
    """

    type: str
    id: int
    title: str = ""
    link: str = ""

    @classmethod
    def from_json(cls, json: object) -> Self | None:
        """Decode a reference; None without type or id."""
        data = parts.mapping(json)
        kind, number = parts.text(data.get("type")), parts.identifier(data.get("id"))
        if not kind or number is None:
            return None
        title, link = parts.name(data.get("title")), parts.text(data.get("link"))
        return cls(type=kind, id=number, title=title, link=link, raw=json)
