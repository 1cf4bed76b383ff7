"""Files, links and comments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, Required, TypedDict

from podio.json_types._common import BylineJSON, PresenceJSON, PushChannelJSON, ReferenceJSON, ViaJSON


class FileJSON(TypedDict, total=False):
    """What is known about a file; `thumbnail_link` takes ``/tiny``, ``/small``, ``/medium`` and so on."""

    file_id: Required[int]
    name: Required[str]
    mimetype: Required[str]
    size: Required[int]
    link: Required[str]
    thumbnail_link: str | None
    perma_link: str | None
    description: str | None
    hosted_by: str
    hosted_by_humanized_name: str
    link_target: str
    external_file_id: str | None
    created_on: str
    created_by: BylineJSON
    created_via: ViaJSON
    context: ReferenceJSON | None
    rights: list[str]
    replaces: list[FileJSON]
    presence: PresenceJSON
    push: PushChannelJSON


class EmbedJSON(TypedDict, total=False):
    """An address with what Podio found there."""

    embed_id: Required[int]
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
    files: list[FileJSON]


class EmbedCreation(TypedDict, total=False):
    """What an embed is made of."""

    url: str
    mode: Literal["immediate", "delayed", "auto", "never"]


class CommentJSON(TypedDict, total=False):
    """A comment; `rich_value` is HTML."""

    comment_id: Required[int]
    value: Required[str]
    rich_value: str
    external_id: str | None
    ref: ReferenceJSON
    created_on: Required[str]
    created_by: Required[BylineJSON]
    created_via: ViaJSON
    user: BylineJSON
    last_edit_on: str | None
    files: list[FileJSON]
    embed: EmbedJSON | None
    embed_file: FileJSON | None
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


class CopiedFileJSON(TypedDict):
    """The new file."""

    file_id: int
