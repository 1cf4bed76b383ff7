"""Tasks and their labels; reminders and recurrence."""

from __future__ import annotations

from typing import Any, Literal, Required, TypedDict

from podio.json_types._common import BylineJSON, PresenceJSON, PushChannelJSON, ReferenceJSON, ViaJSON
from podio.json_types._content import CommentJSON, FileJSON
from podio.json_types._users import ProfileJSON


class LabelJSON(TypedDict, total=False):
    """A user's task label."""

    label_id: Required[int]
    text: Required[str]
    color: str


class ReminderCreation(TypedDict):
    """How many minutes before an object is due its user is reminded of it."""

    remind_delta: int


class ReminderJSON(ReminderCreation, total=False):
    """What reminds a user of an object."""

    reminder_id: int


class RecurrenceConfigJSON(TypedDict, total=False):
    """On which `days` ("monday", …) a weekly task recurs, or by what a monthly one does."""

    days: list[str]
    repeat_on: Literal["day_of_week", "day_of_month"]


class RecurrenceCreation(TypedDict, total=False):
    """The rule by which a task recurs: every `step` weeks, months or years (1 if left out), `until` a date."""

    name: Required[Literal["weekly", "monthly", "yearly"]]
    config: RecurrenceConfigJSON
    step: int
    until: str | None


class RecurrenceJSON(RecurrenceCreation, total=False):
    """The rule by which a task recurs."""

    recurrence_id: int


class TaskJSON(TypedDict, total=False):
    """A task."""

    task_id: Required[int]
    text: Required[str]
    description: str | None
    status: Required[Literal["active", "completed", "deleted"]]
    private: bool
    started: bool
    due_date: str | None
    due_time: str | None
    due_on: str | None
    responsible: ProfileJSON | None
    space_id: int | None
    link: str
    ref: ReferenceJSON | None
    labels: list[LabelJSON]
    created_on: str
    created_by: BylineJSON
    created_via: ViaJSON
    completed_on: str | None
    completed_by: BylineJSON | None
    completed_via: ViaJSON | None
    external_id: str | None
    group: Any
    files: list[FileJSON]
    comments: list[CommentJSON]
    reminder: ReminderJSON | None
    recurrence: RecurrenceJSON | None
    subscribed: bool
    subscribed_count: int
    is_liked: bool
    like_count: int
    rights: list[str]
    push: PushChannelJSON
    presence: PresenceJSON


class CompletedTaskJSON(TypedDict):
    """The task that follows a completed one which recurs, or null."""

    recurring_task_id: int | None


class TaskGroupJSON(TypedDict, total=False):
    """The first tasks of a group, and how many it has."""

    tasks: Required[list[TaskJSON]]
    total: Required[int]


class TaskSummaryJSON(TypedDict, total=False):
    """Tasks by when they are due."""

    overdue: Required[TaskGroupJSON]
    today: Required[TaskGroupJSON]
    other: Required[TaskGroupJSON]


class CreatedLabelJSON(TypedDict):
    """The new label."""

    label_id: int


class TaskTotalJSON(TypedDict):
    """How many active tasks there are."""

    overdue: int
    due: int
    total: int


class TaskTotalsJSON(TypedDict, total=False):
    """How many active tasks a user has, and how many the user gave to others."""

    own: Required[TaskTotalJSON]
    delegated: TaskTotalJSON
