"""Items, with what surrounds them: revisions, comments, files."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from podio.fields import ItemValues, item_values
from podio.fields import _json_parts as parts
from podio.model._authorship import authorship_of
from podio.model._objects import Byline, PodioObject, Reference, Via, read_list


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision(PodioObject):
    """A revision of an item.

    Attributes:
        revision: Its number; an item begins with 0.
        item_revision_id: Its id.
        type: ``creation`` or ``update``; empty where unknown.
        created_by: Who made it.
        created_on: When (UTC).
        created_via: By which API client.
    """

    revision: int
    item_revision_id: int | None = None
    type: str = ""
    created_by: Byline | None = None
    created_on: datetime | None = None
    created_via: Via | None = None

    @classmethod
    def from_json(cls, json: object) -> Self | None:
        """Decode a revision; None without a number."""
        data = parts.mapping(json)
        number = parts.count(data.get("revision"))
        if number is None:
            return None
        return cls(
            revision=number,
            item_revision_id=parts.identifier(data.get("item_revision_id")),
            type=parts.text(data.get("type")),
            created_by=Byline.from_json(data.get("created_by")) or Byline.from_json(data.get("user")),
            created_on=parts.utc_moment(data.get("created_on")),
            created_via=Via.from_json(data.get("created_via")),
            raw=json,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class File(PodioObject):
    """A file.

    Attributes:
        file_id: The file's id.
        name: The file's name.
        mimetype: Its media type, such as ``image/png``; empty where unknown.
        size: Its size in bytes; None where unknown.
        description: What a user wrote about it.
        link: Where its contents are; needs the token in a header, never in the address.
        thumbnail_link: Where its thumbnails are; a size is appended: ``{thumbnail_link}/medium``.
        perma_link: The lasting address of its page, empty where there is none.
        rights: What the user may do with it; empty where Podio doesn't say.
        context: What it is attached to, where Podio says so.
        created_by: Who uploaded it.
        created_on: When (UTC).
    """

    file_id: int
    name: str = ""
    mimetype: str = ""
    size: int | None = None
    description: str = ""
    link: str = ""
    thumbnail_link: str = ""
    perma_link: str = ""
    rights: tuple[str, ...] = ()
    context: Reference | None = None
    created_by: Byline | None = None
    created_on: datetime | None = None

    @classmethod
    def from_json(cls, json: object) -> Self | None:
        """Decode a file; None without an id."""
        data = parts.mapping(json)
        file_id = parts.identifier(data.get("file_id"))
        if file_id is None:
            return None
        return cls(
            file_id=file_id,
            name=parts.name(data.get("name")),
            mimetype=parts.text(data.get("mimetype")),
            size=parts.count(data.get("size")),
            description=parts.name(data.get("description")),
            link=parts.text(data.get("link")),
            thumbnail_link=parts.text(data.get("thumbnail_link")),
            perma_link=parts.text(data.get("perma_link")),
            rights=parts.texts(data.get("rights")),
            context=Reference.from_json(data.get("context")),
            created_by=Byline.from_json(data.get("created_by")),
            created_on=parts.utc_moment(data.get("created_on")),
            raw=json,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment(PodioObject):
    """A comment.

    Attributes:
        comment_id: The comment's id.
        value: Its text as it was written; mentions are marked up: ``@[Ada](user:1)``.
        rich_value: The same as HTML from outside: not safe to put into a page.
        external_id: Its name for programs.
        ref: What it comments on.
        files: The files that it brings.
        rights: What the user may do with it; empty where Podio doesn't say.
        created_by: Who wrote it.
        created_on: When (UTC).
        created_via: By which API client.
        last_edit_on: When it was last changed (UTC); None where it never was.
    """

    comment_id: int
    value: str = ""
    rich_value: str = ""
    external_id: str = ""
    ref: Reference | None = None
    files: tuple[File, ...] = ()
    rights: tuple[str, ...] = ()
    created_by: Byline | None = None
    created_on: datetime | None = None
    created_via: Via | None = None
    last_edit_on: datetime | None = None

    @classmethod
    def from_json(cls, json: object) -> Self | None:
        """Decode a comment; None without an id."""
        data = parts.mapping(json)
        comment_id = parts.identifier(data.get("comment_id"))
        if comment_id is None:
            return None
        return cls(
            comment_id=comment_id,
            value=parts.text(data.get("value")),
            rich_value=parts.text(data.get("rich_value")),
            external_id=parts.text(data.get("external_id")),
            ref=Reference.from_json(data.get("ref")),
            files=read_list(File, data.get("files")),
            rights=parts.texts(data.get("rights")),
            created_by=Byline.from_json(data.get("created_by")) or Byline.from_json(data.get("user")),
            created_on=parts.utc_moment(data.get("created_on")),
            created_via=Via.from_json(data.get("created_via")),
            last_edit_on=parts.utc_moment(data.get("last_edit_on")),
            raw=json,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(PodioObject):
    """An item, of a list or by itself; lists leave out some of what surrounds it, and count it.

    Attributes:
        item_id: The item's id.
        app_id: The id of its app; None where lists leave it out.
        space_id: The id of its workspace; None where Podio doesn't say.
        app_item_id: Its number within the app.
        external_id: Its name for programs.
        title: Its title.
        revision: The number of its current revision; None where Podio doesn't say.
        link: The address of its page at Podio.
        rights: What the user may do with it; empty where Podio doesn't say: see `allows`.
        tags: Its tags.
        fields: What its fields hold, by external id and field id, read by `podio.fields`.
        files: The files attached to it.
        comments: Its comments, oldest first.
        comment_count: How many comments it has.
        revisions: Its revisions, where they were sent along.
        created_by: Who made it.
        created_on: When (UTC).
        created_via: By which API client.
        last_edit_by: Who made its current revision.
        last_edit_on: When (UTC).
    """

    item_id: int
    app_id: int | None = None
    space_id: int | None = None
    app_item_id: int | None = None
    external_id: str = ""
    title: str = ""
    revision: int | None = None
    link: str = ""
    rights: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    fields: ItemValues = field(default_factory=ItemValues)
    files: tuple[File, ...] = ()
    comments: tuple[Comment, ...] = ()
    comment_count: int = 0
    revisions: tuple[Revision, ...] = ()
    created_by: Byline | None = None
    created_on: datetime | None = None
    created_via: Via | None = None
    last_edit_by: Byline | None = None
    last_edit_on: datetime | None = None

    @classmethod
    def from_json(cls, json: object, *, app_id: int | None = None) -> Self | None:
        """Decode an item; None without an id.

        Args:
            json: What ``GET /item/{item_id}`` answers, or an entry of a list.
            app_id: The id of its app, for a list that leaves it out.
        """
        data = parts.mapping(json)
        item_id = parts.identifier(data.get("item_id"))
        if item_id is None:
            return None
        comments = read_list(Comment, data.get("comments"))
        authorship = authorship_of(data)
        return cls(
            item_id=item_id,
            app_id=parts.identifier(parts.mapping(data.get("app")).get("app_id")) or app_id,
            space_id=parts.identifier(parts.mapping(data.get("space")).get("space_id")),
            app_item_id=parts.identifier(data.get("app_item_id")),
            external_id=parts.text(data.get("external_id")),
            title=parts.name(data.get("title")),
            revision=parts.largest_count(
                data.get("revision"), parts.mapping(data.get("current_revision")).get("revision")
            ),
            link=parts.text(data.get("link")),
            rights=parts.texts(data.get("rights")),
            tags=parts.names(data.get("tags")),
            fields=item_values(json),
            files=read_list(File, data.get("files")),
            comments=comments,
            comment_count=parts.count(data.get("comment_count")) or len(comments),
            revisions=read_list(Revision, data.get("revisions")),
            created_by=Byline.from_json(authorship.created_by),
            created_on=parts.utc_moment(authorship.created_on),
            created_via=Via.from_json(data.get("created_via")),
            last_edit_by=Byline.from_json(authorship.last_edit_by),
            last_edit_on=parts.utc_moment(authorship.last_edit_on),
            raw=json,
        )

    def allows(self, right: str) -> bool:
        """Whether the user may do something (``update``, ``delete`` …) to it; also where Podio didn't say."""
        return not self.rights or right in self.rights


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemsPage(PodioObject):
    """A page of an app's items.

    Attributes:
        items: The items, in the order that was requested.
        total: How many items the app has; None where Podio doesn't say.
        filtered: How many of them pass the filter; None where Podio doesn't say.
        offset: How many of those come before this page's.
    """

    items: tuple[Item, ...] = ()
    total: int | None = None
    filtered: int | None = None
    offset: int = 0

    @classmethod
    def from_json(cls, json: object, *, app_id: int | None = None, offset: int = 0) -> Self:
        """Decode what ``POST /item/app/{app_id}/filter/`` answers.

        Args:
            json: The answer.
            app_id: The id of the app, which the items leave out.
            offset: The offset that was requested, which the answer leaves out.
        """
        data = parts.mapping(json)
        items = (Item.from_json(entry, app_id=app_id) for entry in parts.sequence(data.get("items")))
        return cls(
            items=tuple(entry for entry in items if entry is not None),
            total=parts.count(data.get("total")),
            filtered=parts.count(data.get("filtered")),
            offset=offset,
            raw=json,
        )
