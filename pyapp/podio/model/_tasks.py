"""Tasks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Self

from podio.fields import _json_parts as parts
from podio.model._items import Comment, File
from podio.model._objects import Byline, PodioObject, Reference, Via, read_list


@dataclass(frozen=True, slots=True, kw_only=True)
class Label(PodioObject):
    """A label that a user puts on tasks.

    Attributes:
        label_id: The label's id.
        text: What it says.
        color: Six hexadecimal digits, empty where unknown.
    """

    label_id: int
    text: str = ""
    color: str = ""

    @classmethod
    def from_json(cls, json: object) -> Self | None:
        """Decode a label; None without an id."""
        data = parts.mapping(json)
        label_id = parts.identifier(data.get("label_id"))
        if label_id is None:
            return None
        return cls(label_id=label_id, text=parts.name(data.get("text")), color=parts.text(data.get("color")), raw=json)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(PodioObject):
    """A task.

    Attributes:
        task_id: The task's id.
        text: What is to be done.
        description: More about it.
        status: ``active``, ``completed`` or ``deleted``; empty where unknown.
        private: Whether only those concerned see it.
        due_date: The day by which it is due, in the user's time zone.
        due_time: The time of that day, naive; None for a whole day.
        due_on: The moment by which it is due (UTC).
        responsible: Who is to do it.
        space_id: The id of its workspace.
        ref: What it is about.
        labels: The user's labels.
        link: The address of its page at Podio.
        external_id: Its name for programs.
        files: The files attached to it.
        comments: Its comments, oldest first.
        rights: What the user may do with it; empty where Podio doesn't say.
        created_by: Who made it.
        created_on: When (UTC).
        created_via: By which API client.
        completed_by: Who did it.
        completed_on: When it was done (UTC).
    """

    task_id: int
    text: str = ""
    description: str = ""
    status: str = ""
    private: bool = False
    due_date: date | None = None
    due_time: time | None = None
    due_on: datetime | None = None
    responsible: Byline | None = None
    space_id: int | None = None
    ref: Reference | None = None
    labels: tuple[Label, ...] = ()
    link: str = ""
    external_id: str = ""
    files: tuple[File, ...] = ()
    comments: tuple[Comment, ...] = ()
    rights: tuple[str, ...] = ()
    created_by: Byline | None = None
    created_on: datetime | None = None
    created_via: Via | None = None
    completed_by: Byline | None = None
    completed_on: datetime | None = None

    @classmethod
    def from_json(cls, json: object) -> Self | None:
        """Decode a task; None without an id."""
        data = parts.mapping(json)
        task_id = parts.identifier(data.get("task_id"))
        if task_id is None:
            return None
        space = parts.mapping(data.get("space"))
        return cls(
            task_id=task_id,
            text=parts.name(data.get("text")),
            description=parts.name(data.get("description")),
            status=parts.text(data.get("status")),
            private=data.get("private") is True,
            due_date=parts.day(data.get("due_date")),
            due_time=parts.clock(data.get("due_time")),
            due_on=parts.utc_moment(data.get("due_on")),
            responsible=Byline.from_json(data.get("responsible")),
            space_id=parts.identifier(data.get("space_id")) or parts.identifier(space.get("space_id")),
            ref=Reference.from_json(data.get("ref")),
            labels=read_list(Label, data.get("labels")),
            link=parts.text(data.get("link")),
            external_id=parts.text(data.get("external_id")),
            files=read_list(File, data.get("files")),
            comments=read_list(Comment, data.get("comments")),
            rights=parts.texts(data.get("rights")),
            created_by=Byline.from_json(data.get("created_by")),
            created_on=parts.utc_moment(data.get("created_on")),
            created_via=Via.from_json(data.get("created_via")),
            completed_by=Byline.from_json(data.get("completed_by")),
            completed_on=parts.utc_moment(data.get("completed_on")),
            raw=json,
        )
