"""What happens to a change, and what is done then: the events and commands of `workbench.outbox._machine`."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import NamedTuple

from workbench.outbox._changes import Change, Edits, Values


class ItemNow(NamedTuple):
    """An item as Podio holds it now.

    Attributes:
        item_id: Its id.
        revision: Its newest revision.
        values: What its fields hold, in the form in which it would be written.
        next_values: What the fields held after the revision that follows the one that the change was sent with, if
            this user made it, and only those that it changed; else None. That is where the change is, if it arrived:
            Podio takes a change only for an item's newest revision.
    """

    item_id: int
    revision: int
    values: Values
    next_values: Values | None = None


class Choice(enum.Enum):
    """Which of three values a field in conflict is to hold."""

    MINE = "mine"
    THEIRS = "theirs"
    BEFORE = "before"


# Events


class Due(NamedTuple):
    """The one sender takes the change up."""


class Adopted(NamedTuple):
    """A new sender has found the change: whoever sent it before is gone."""


class Hurried(NamedTuple):
    """There is reason to think that it works now: the connection is back, the user has signed in or opened the page."""


class Edited(NamedTuple):
    """The user has changed the same item again."""

    edits: Edits


class Done(NamedTuple):
    """Podio has confirmed the call, or was found to have made the change.

    Attributes:
        item_id: The id of the item that was created, else 0.
        revision: The item's revision after it, where Podio says so.
        comment_id: The id of the comment that was added, else 0.
        title: The item's title after it, where Podio says so.
    """

    item_id: int = 0
    revision: int | None = None
    comment_id: int = 0
    title: str = ""


class Uploaded(NamedTuple):
    """Podio has the file's content."""

    file_id: int


class NotSent(NamedTuple):
    """The call never left, or was refused before Podio looked at it: too many calls, no sign-in."""

    reason: str = ""


class Lost(NamedTuple):
    """It is unknown whether Podio has made the change: no response, a failure, or a response that isn't Podio's."""

    reason: str = ""


class Refused(NamedTuple):
    """Podio itself has refused the change."""

    reason: str


class Conflicted(NamedTuple):
    """Podio itself says that there is something else by now (409)."""


class Gone(NamedTuple):
    """Podio itself says that there is no such item (404, 410)."""

    reason: str


class NotFound(NamedTuple):
    """What was to be created was looked for and isn't there, or what was to be deleted still is.

    Attributes:
        looked_up_at: When the look-up began (seconds since 1970): what arrived since may not show.
    """

    looked_up_at: float


class ItemRead(NamedTuple):
    """The item was looked at."""

    item: ItemNow


class LookUpFailed(NamedTuple):
    """It could not be learned what became of the change."""

    reason: str = ""


class SendAgain(NamedTuple):
    """The user wants the change sent."""


class Stopped(NamedTuple):
    """The user doesn't wait for the response any more."""


class Discarded(NamedTuple):
    """The user drops the change."""


class Resolved(NamedTuple):
    """The user has decided a conflict, field by field; a field that is left out stays as Podio has it."""

    choices: Mapping[str, Choice]


Event = (
    Due
    | Adopted
    | Hurried
    | Edited
    | Done
    | Uploaded
    | NotSent
    | Lost
    | Refused
    | Conflicted
    | Gone
    | NotFound
    | ItemRead
    | LookUpFailed
    | SendAgain
    | Stopped
    | Discarded
    | Resolved
)

# Commands. They are done when the change, as it is now, is stored durably, and not before.


class Send(NamedTuple):
    """Make the call; ends in Done, Uploaded, NotSent, Lost, Refused, Conflicted or Gone."""

    change: Change


class LookUp(NamedTuple):
    """Learn what became of the change; ends in Done, NotFound, ItemRead, Gone or LookUpFailed."""

    change: Change


class Abort(NamedTuple):
    """Stop waiting for the change's call."""

    change: Change


class Settlement(NamedTuple):
    """Report to the page that the change is made: what it shows of the item takes the sent values.

    Attributes:
        change: The change.
        item_id: The item that it is about.
        revision: The item's revision now, where it is known.
        comment_id: The comment that was added, else 0.
        title: The item's title now, where Podio says so.
    """

    change: Change
    item_id: int = 0
    revision: int | None = None
    comment_id: int = 0
    title: str = ""


class ShowItem(NamedTuple):
    """Report to the page what Podio holds of an item now."""

    item: ItemNow


Command = Send | LookUp | Abort | Settlement | ShowItem
