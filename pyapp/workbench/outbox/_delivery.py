"""The calls that make a change at Podio, or learn what became of it, and what each outcome means."""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

import podio
from podio.fields import item_values
from podio.model import Comment, Item, Task, read_list
from workbench.failures import describe
from workbench.outbox._changes import (
    AddComment,
    AttachFile,
    Change,
    CreateItem,
    CreateTask,
    DeleteComment,
    DeleteItem,
    ItemKey,
    UpdateItem,
)
from workbench.outbox._events import (
    Conflicted,
    Done,
    Event,
    Gone,
    ItemNow,
    ItemRead,
    LookUpFailed,
    Lost,
    NotFound,
    NotSent,
    Refused,
    Uploaded,
)
from workbench.outbox._values import values_of

_DUMP = re.compile(r" \((?:array|boolean|float|integer|null|number|object|string)\): ")
_CHOICES = re.compile(r"one of \{.*\}", re.DOTALL)

_PAGE = 100
"""Comments in one of Podio's responses."""

_UNREADABLE = "Podio's answer could not be read."
_NO_CONTENT = "The file's content is not in this browser any more. Choose the file again."


class Client(Protocol):
    """What a call needs of `podio.Podio`."""

    async def request(
        self, method: str, path: str, *, params: Mapping[str, Any] | None = None, body: Any = None
    ) -> Any:
        """Make a call."""

    async def upload_file(self, source: Any, filename: str | None = None, *, mimetype: str | None = None) -> Any:
        """Upload a file."""


class Hindrance(enum.Enum):
    """Why nothing can be sent at all for the time being."""

    LIMIT = "Podio allows only so many calls an hour"
    SIGN_IN = "the sign-in has expired"
    CONNECTION = "there is no connection"


class Outcome(NamedTuple):
    """What came of a call.

    Attributes:
        event: What it means for the change.
        hindrance: What keeps all changes from being sent, where something does.
        wait: Seconds that Podio requests to wait, where it does.
    """

    event: Event
    hindrance: Hindrance | None = None
    wait: float | None = None


async def send(client: Client, change: Change, content: Any = None) -> Outcome:
    """Make the call of a change.

    Args:
        client: Makes it.
        change: The change, stored as being sent.
        content: The content of a file that is still to be uploaded.
    """
    if isinstance(change.operation, AttachFile) and not change.operation.file_id and content is None:
        return Outcome(Refused(_NO_CONTENT))
    try:
        return Outcome(await _send(client, change, content))
    except Exception as error:
        return _outcome(error)


async def look_up(client: Client, change: Change, *, user_id: int, now: float) -> Outcome:
    """Learn what became of a change.

    Args:
        client: Makes the calls.
        change: The change, whose outcome is unknown.
        user_id: Whose change it is.
        now: Seconds since 1970.
    """
    try:
        return Outcome(await _look_up(client, change, user_id, now))
    except Exception as error:
        outcome = _outcome(error)
        if isinstance(outcome.event, Gone):
            return Outcome(NotFound(now) if isinstance(change.operation, CreateItem) else outcome.event)
        return outcome._replace(event=LookUpFailed(describe(error).message))


async def _send(client: Client, change: Change, content: Any) -> Event:
    match change.operation:
        case CreateItem(app_id=app_id, fields=fields):
            body: dict[str, Any] = {"fields": _call_fields(fields), "external_id": change.change_id}
            created = Item.from_json(await client.request("POST", f"/item/app/{app_id}/", body=body))
            return Done(item_id=created.item_id, revision=0, title=created.title) if created else Lost(_UNREADABLE)
        case UpdateItem(item=item, edits=edits, revision=revision):
            values = {key: edit.value for key, edit in edits.items()}
            body = {"fields": _call_fields(values), "revision": revision}
            response = await client.request("PUT", f"/item/{_sent_id(item)}", body=body)
            updated = Item.from_json({**response, "item_id": item}) if isinstance(response, dict) else None
            return Done(revision=updated.revision, title=updated.title) if updated else Done()
        case DeleteItem(item=item):
            await client.request("DELETE", f"/item/{_sent_id(item)}")
            return Done()
        case AddComment(item=item, text=text):
            body = {"value": text, "external_id": change.change_id}
            response = await client.request("POST", f"/comment/item/{_sent_id(item)}/", body=body)
            comment_id = _id(response, "comment_id")
            return Done(comment_id=comment_id) if comment_id else Lost(_UNREADABLE)
        case DeleteComment(comment_id=comment_id):
            await client.request("DELETE", f"/comment/{comment_id}")
            return Done()
        case AttachFile(item=item, name=name, media_type=media_type, file_id=file_id):
            if not file_id:
                response = await client.upload_file(content, name, mimetype=media_type or None)
                file_id = _id(response, "file_id")
                return Uploaded(file_id) if file_id else Lost(_UNREADABLE)
            body = {"ref_type": "item", "ref_id": _sent_id(item)}
            await client.request("POST", f"/file/{file_id}/attach", body=body)
            return Done()
        case CreateTask(item=item, text=text, due_date=due_date):
            body = {"text": text, "external_id": change.change_id}
            body |= {"due_date": due_date} if due_date else {}
            response = await client.request("POST", f"/task/item/{_sent_id(item)}/", body=body)
            return Done() if _id(response, "task_id") else Lost(_UNREADABLE)


async def _look_up(client: Client, change: Change, user_id: int, now: float) -> Event:
    match change.operation:
        case CreateItem(app_id=app_id):
            response = await client.request("GET", f"/item/app/{app_id}/external_id/{change.change_id}")
            item_id = _id(response, "item_id")
            return Done(item_id=item_id) if item_id else LookUpFailed(_UNREADABLE)
        case AddComment(item=item):
            return await _look_for_comment(client, _sent_id(item), change.change_id, now)
        case DeleteComment(comment_id=comment_id):
            response = await client.request("GET", f"/comment/{comment_id}")
            return NotFound(now) if _id(response, "comment_id") else LookUpFailed(_UNREADABLE)
        case CreateTask(item=item):
            response = await client.request("GET", f"/task/item/{_sent_id(item)}/")
            if not isinstance(response, list):
                return LookUpFailed(_UNREADABLE)
            is_there = any(task.external_id == change.change_id for task in read_list(Task, response))
            return Done() if is_there else NotFound(now)
        case AttachFile(item=item, file_id=file_id):
            if not file_id:
                return NotFound(now)  # a file that hangs on nothing shows nowhere
            current = await _item(client, _sent_id(item))
            if current is None:
                return LookUpFailed(_UNREADABLE)
            return Done() if any(file.file_id == file_id for file in current.files) else NotFound(now)
        case UpdateItem(item=item) | DeleteItem(item=item):
            current = await _item(client, _sent_id(item))
            if current is None or current.revision is None:
                return LookUpFailed(_UNREADABLE)
            next_values = None
            if isinstance(change.operation, UpdateItem) and change.is_lost:
                next_values = await _next_values(client, current, change.operation.revision, user_id)
            return ItemRead(ItemNow(current.item_id, current.revision, values_of(current.fields), next_values))


async def _item(client: Client, item_id: int) -> Item | None:
    response = await client.request("GET", f"/item/{item_id}", params={"mark_as_viewed": False})
    return Item.from_json(response)


async def _look_for_comment(client: Client, item_id: int, external_id: str, now: float) -> Event:
    offset = 0
    while True:
        params = {"limit": _PAGE, "offset": offset}
        response = await client.request("GET", f"/comment/item/{item_id}/", params=params)
        if not isinstance(response, list):
            return LookUpFailed(_UNREADABLE)
        comments = read_list(Comment, response)
        comment = next((comment for comment in comments if comment.external_id == external_id), None)
        if comment is not None:
            return Done(comment_id=comment.comment_id)
        if len(response) < _PAGE:
            return NotFound(now)
        offset += _PAGE


async def _next_values(client: Client, item: Item, revision: int, user_id: int) -> Mapping[str, Any] | None:
    """Return what the revision after this one changed, if the user made it; else, and where Podio has none, None."""
    next_revision = next((entry for entry in item.revisions if entry.revision == revision + 1), None)
    if next_revision is None or next_revision.created_by is None or next_revision.created_by.user_id != user_id:
        return None
    path = f"/item/{item.item_id}/revision/{revision}/{revision + 1}"
    try:
        differences = await client.request("GET", path)
    except podio.NotFound as error:
        if error.envelope is None:
            raise
        return None
    if not isinstance(differences, list):
        return None
    entries = [entry for entry in differences if isinstance(entry, dict)]
    fields = [{**entry, "values": entry.get("to")} for entry in entries]
    empty_values = {str(entry.get(name)): None for entry in entries for name in ("external_id", "field_id")}
    return empty_values | values_of(item_values({"fields": fields}))


def _call_fields(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the ``fields`` of a call; what is cleared is an empty list to Podio."""
    return {key: [] if value is None else value for key, value in values.items()}


def _sent_id(item: ItemKey) -> int:
    if isinstance(item, str):
        raise TypeError("An item that is still to be created has no id")
    return item


def _id(response: object, name: str) -> int:
    value = response.get(name) if isinstance(response, dict) else None
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def _outcome(error: Exception) -> Outcome:
    """Say what an error of a call means for its change."""
    failure = describe(error)
    reason = f"{failure.message} {failure.detail}".strip()
    match error:
        case podio.BadRequest() if error.envelope is not None:
            return Outcome(Refused(_rejection(failure.detail)))
        case podio.RateLimited() if error.envelope is not None or error.status == 420:
            return Outcome(NotSent(reason), Hindrance.LIMIT, error.retry_after)
        case podio.APIError(envelope=None) | podio.ServerError():
            return Outcome(Lost(reason))
        case podio.Unauthorized():
            return Outcome(NotSent(reason), Hindrance.SIGN_IN)
        case podio.Conflict():
            return Outcome(Conflicted())
        case podio.NotFound() | podio.Gone():
            return Outcome(Gone(reason))
        case podio.APIError():
            return Outcome(Refused(reason))
        case podio.NotAuthenticated() | podio.RenewalError():
            return Outcome(NotSent("Sign in to send this."), Hindrance.SIGN_IN)
        case podio.ConnectionFailed():
            event: Event = Lost(reason) if error.may_have_been_sent else NotSent(reason)
            return Outcome(event, Hindrance.CONNECTION)
        case podio.FileTooLarge() | podio.ConfigurationError():
            return Outcome(Refused(str(error)))
    return Outcome(Lost(reason))


def _rejection(description: str) -> str:
    """Say why Podio rejected a change, in its words; of what it repeats of the call, the user has no use.

    ``Invalid value "x" (string): must be one of {'a','b'}`` says that it must be one of the choices.
    """
    if description.startswith("Invalid value") and (dump := _DUMP.search(description)):
        description = description[dump.end() :]
    words = _CHOICES.sub("one of the choices", description).strip().removesuffix(".")
    return f"Podio rejected the change: {words}." if words else "Podio rejected the change."
