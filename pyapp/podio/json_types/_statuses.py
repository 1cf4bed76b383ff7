"""Status messages: short texts to the members of a space."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Required, TypedDict

from podio.json_types._common import BylineJSON, PushChannelJSON, ViaJSON
from podio.json_types._content import CommentJSON, EmbedJSON, FileJSON
from podio.json_types._ratings import RatingsJSON
from podio.json_types._tasks import TaskJSON


class StatusJSON(TypedDict, total=False):
    """A status message; `rich_value` is HTML."""

    status_id: Required[int]
    value: Required[str]
    rich_value: str
    link: str
    space_id: int
    created_on: Required[str]
    created_by: Required[BylineJSON]
    created_via: ViaJSON
    files: list[FileJSON]
    comments: list[CommentJSON]
    tasks: list[TaskJSON]
    embed: EmbedJSON | None
    embed_file: FileJSON | None
    questions: list[Any]
    ratings: dict[str, RatingsJSON]
    user_ratings: dict[str, int | None]
    is_liked: bool
    like_count: int
    subscribed: bool
    subscribed_count: int
    rights: list[str]
    push: PushChannelJSON


class StatusUpdate(TypedDict, total=False):
    """What a status message says from now on; an embed by its id or its address."""

    value: Required[str]
    file_ids: Sequence[int]
    embed_id: int
    embed_url: str


class StatusCreation(StatusUpdate, total=False):
    """What a status message is made of; a `question` has a ``text`` and ``options``."""

    question: Mapping[str, Any]
