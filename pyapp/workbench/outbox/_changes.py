"""A change that is to be made at Podio, as a value: what is to be done, and where that stands."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

ItemKey = int | str
"""Podio's id of an item; of an item that is still to be created, the `change_id` of the change that creates it."""

Values = Mapping[str, Any]
"""JSON that Podio takes for fields, by the field's external id or id."""

NO_VALUES: Values = MappingProxyType({})


class Phase(enum.Enum):
    """Where a change stands."""

    PENDING = "waits to be sent"
    SENDING = "has been sent, or is about to be"
    UNKNOWN = "may have been made: it is looked up"
    CONFLICT = "somebody else has changed the same: the user decides"
    FAILED = "was refused: the user corrects or discards it"
    SAVED = "is made"


class FieldEdit(NamedTuple):
    """A new value of one field.

    Attributes:
        type: The field's type, which says when two values are the same.
        value: What the field is to hold; None and ``[]`` clear it.
        before: What it held, as the user saw it: Podio's value under the user's own unsent changes.
    """

    type: str
    value: Any
    before: Any = None


Edits = Mapping[str, FieldEdit]


class CreateItem(NamedTuple):
    """Create an item of an app; Podio keeps the change's id as its ``external_id``."""

    app_id: int
    fields: Values


class UpdateItem(NamedTuple):
    """Change fields of an item.

    Attributes:
        item: The item.
        edits: The fields' new values.
        revision: The item's revision that the user saw, or that the fields have been compared with since.
    """

    item: ItemKey
    edits: Edits
    revision: int


class DeleteItem(NamedTuple):
    """Delete an item."""

    item: ItemKey


class AddComment(NamedTuple):
    """Comment on an item."""

    item: ItemKey
    text: str


class DeleteComment(NamedTuple):
    """Delete a comment.

    Attributes:
        item: What it is on.
        comment_id: Podio's id of it.
    """

    item: ItemKey
    comment_id: int


class AttachFile(NamedTuple):
    """Upload a file, whose content lies beside the change, and attach it to an item.

    Attributes:
        item: What it is attached to.
        name: Its name.
        media_type: Such as ``image/png``.
        size: Its length in bytes.
        file_id: Podio's id, once it is uploaded; 0 before.
    """

    item: ItemKey
    name: str
    media_type: str
    size: int
    file_id: int = 0


class CreateTask(NamedTuple):
    """Create a task on an item; `due_date` is a day (``YYYY-MM-DD``) or empty."""

    item: ItemKey
    text: str
    due_date: str = ""


Operation = CreateItem | UpdateItem | DeleteItem | AddComment | DeleteComment | AttachFile | CreateTask


class Change(NamedTuple):
    """One change.

    Attributes:
        change_id: 32 hexadecimal digits, random: Podio finds what was created by it.
        number: Its place in the order in which the user made the changes.
        made_at: When (seconds since 1970).
        operation: What is to be done.
        title: What it is done to, in the user's words at that time; plain text.
        phase: Where it stands.
        tries: How often it was sent. Only one that never was may still be edited.
        again_at: When it is to be sent or looked up next (seconds since 1970).
        unknown_since: Since when its outcome has been unknown; 0 where it isn't.
        is_lost: Whether a call of it, with the revision that it has now, may have been carried out, or may be yet.
        reason: Why it failed, or could not be sent, in words for the user.
        theirs: In a conflict, what Podio holds now, of the fields that are edited.
        revision: In a conflict, the item's revision that `theirs` is of.
    """

    change_id: str
    number: int
    made_at: float
    operation: Operation
    title: str = ""
    phase: Phase = Phase.PENDING
    tries: int = 0
    again_at: float = 0.0
    unknown_since: float = 0.0
    is_lost: bool = False
    reason: str = ""
    theirs: Values = NO_VALUES
    revision: int = 0

    @property
    def item(self) -> ItemKey:
        """The item that it is about."""
        return self.change_id if isinstance(self.operation, CreateItem) else self.operation.item
