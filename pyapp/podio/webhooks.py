"""Podio's webhooks: from the form that Podio posts to a typed event, without I/O.

Podio signs nothing that it posts, so an event is a hint that something may have happened, never a fact: read the object
that it names from Podio, with the rights of your own session, and act on what you read. `podio.webhook_receiver`
registers hooks and takes what comes for them; `podio.starlette` has the route.

Source: https://developers.podio.com/doc/hooks and https://developers.podio.com/examples/webhooks. What Podio sends for
workspaces is documented in part only, so such ids may be None.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar
from urllib.parse import parse_qsl

from podio.errors import PodioError

__all__ = [
    "MAX_BODY",
    "AppEvent",
    "CommentEvent",
    "ContactEvent",
    "FileEvent",
    "FormEvent",
    "HookVerification",
    "InvalidWebhook",
    "ItemEvent",
    "MemberEvent",
    "StatusEvent",
    "TagEvent",
    "TaskEvent",
    "WebhookEvent",
    "read_webhook",
]

MAX_BODY = 64 * 1024
"""Bytes that a webhook's body may have."""

_MOST_PARAMETERS = 100
_TYPE = re.compile(r"[a-z][a-z_]{0,30}\.[a-z][a-z_]{0,30}", re.ASCII)
_ID = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,18}", re.ASCII)


class InvalidWebhook(PodioError):
    """What came is no webhook of Podio's. The message repeats nothing of it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WebhookEvent:
    """What a webhook says has happened; of a type that has no class of its own, as Podio may add, just this.

    Attributes:
        type: Podio's name of the event: ``item.update``.
        hook_id: The hook that it came for.
        parameters: All else that came, as text; a query of the hook's address is among it. What has an attribute, too,
            is better taken from there.
    """

    type: str
    hook_id: int
    parameters: Mapping[str, str] = field(repr=False)

    _once: ClassVar[tuple[str, ...]] = ()

    @property
    def identity(self) -> str | None:
        """What tells this event from any other, the same when Podio sends it once more.

        None where two different events can look the same (two updates of one task): one of those is a repeat only as
        long as the first has not been handled.
        """
        ids = [getattr(self, name) for name in self._identifying()]
        return None if not ids or None in ids else ":".join([self.type, *map(str, (self.hook_id, *ids))])

    def _identifying(self) -> tuple[str, ...]:
        """Return the attributes that happen once with this type: an object is created once."""
        return self._once if self.type.endswith(".create") else ()


@dataclass(frozen=True, kw_only=True, slots=True)
class HookVerification(WebhookEvent):
    """``hook.verify``: the code that makes a new hook active once it is sent back to Podio."""

    code: str = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemEvent(WebhookEvent):
    """``item.create``, ``item.update``, ``item.delete``; `revision` is the number of the item's revision."""

    item_id: int
    revision: int | None
    external_id: str | None

    def _identifying(self) -> tuple[str, ...]:
        return ("item_id", "revision")


@dataclass(frozen=True, kw_only=True, slots=True)
class CommentEvent(WebhookEvent):
    """``comment.create``, ``comment.delete``: on an item."""

    item_id: int | None
    comment_id: int

    def _identifying(self) -> tuple[str, ...]:
        return ("comment_id",)


@dataclass(frozen=True, kw_only=True, slots=True)
class FileEvent(WebhookEvent):
    """``file.change`` on an item; `action` is ``file_created``, ``file_replaced`` or ``file_deleted``."""

    item_id: int
    action: str | None
    file_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TagEvent(WebhookEvent):
    """``tag.add``, ``tag.delete``: of an item."""

    item_id: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class AppEvent(WebhookEvent):
    """``app.create``, ``app.update``, ``app.delete``."""

    app_id: int

    _once: ClassVar[tuple[str, ...]] = ("app_id",)


@dataclass(frozen=True, kw_only=True, slots=True)
class FormEvent(WebhookEvent):
    """``form.create``, ``form.update``, ``form.delete``: a web form of an app."""

    form_id: int
    app_id: int | None

    _once: ClassVar[tuple[str, ...]] = ("form_id",)


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskEvent(WebhookEvent):
    """``task.create``, ``task.update``, ``task.delete``."""

    task_id: int

    _once: ClassVar[tuple[str, ...]] = ("task_id",)


@dataclass(frozen=True, kw_only=True, slots=True)
class StatusEvent(WebhookEvent):
    """``status.create``, ``status.update``, ``status.delete``."""

    status_id: int

    _once: ClassVar[tuple[str, ...]] = ("status_id",)


@dataclass(frozen=True, kw_only=True, slots=True)
class ContactEvent(WebhookEvent):
    """``contact.create``, ``contact.update``, ``contact.delete``: of a workspace."""

    profile_id: int | None

    _once: ClassVar[tuple[str, ...]] = ("profile_id",)


@dataclass(frozen=True, kw_only=True, slots=True)
class MemberEvent(WebhookEvent):
    """``member.add``, ``member.remove``: of a workspace."""

    user_id: int | None


def read_webhook(body: bytes | str) -> WebhookEvent:
    """Return the event of a webhook's body, a form as Podio posts it.

    Args:
        body: The request's body as it came.

    Raises:
        InvalidWebhook: for a body of more than 64 KB, one that is no form, one that names a thing twice and
            differently, and one that lacks what its type must have.
    """
    form = _form(body)
    kind, hook_id = form.pop("type", ""), form.pop("hook_id", "")
    if not _TYPE.fullmatch(kind):
        raise InvalidWebhook("The webhook names no type of event.")
    if not _ID.fullmatch(hook_id):
        raise InvalidWebhook("The webhook names no hook.")
    parameters = _Parameters(kind, form)
    read = _READERS.get("hook.verify" if kind == "hook.verify" else kind.partition(".")[0], _plain)
    return read(kind, int(hook_id), parameters)


def _form(body: bytes | str) -> dict[str, str]:
    try:
        text = body.decode("utf-8") if isinstance(body, bytes) else body
        size = len(body) if isinstance(body, bytes) else len(body.encode("utf-8"))
        if size > MAX_BODY:
            raise InvalidWebhook(f"The webhook has more than {MAX_BODY} bytes.")
        pairs = parse_qsl(
            text.strip(), keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=_MOST_PARAMETERS
        )
    except ValueError:
        raise InvalidWebhook("The webhook is no form in UTF-8.") from None
    form: dict[str, str] = {}
    for name, value in pairs:
        if form.setdefault(name, value) != value:
            raise InvalidWebhook("The webhook names a thing twice, and differently.")
    return form


class _Parameters(dict[str, str]):
    """The form without type and hook, with what reads an id of it."""

    def __init__(self, kind: str, form: Mapping[str, str]) -> None:
        super().__init__(form)
        self._kind = kind

    def id(self, name: str) -> int:
        value = self.optional_id(name)
        if value is None:
            raise InvalidWebhook(f"The webhook of type {self._kind} lacks {name}.")
        return value

    def optional_id(self, name: str, pattern: re.Pattern[str] = _ID) -> int | None:
        text = self.get(name, "")
        if text and not pattern.fullmatch(text):
            raise InvalidWebhook(f"The webhook's {name} is no number of an object.")
        return int(text) if text else None


def _plain(kind: str, hook_id: int, parameters: _Parameters) -> WebhookEvent:
    return WebhookEvent(type=kind, hook_id=hook_id, parameters=dict(parameters))


def _verification(kind: str, hook_id: int, parameters: _Parameters) -> WebhookEvent:
    code = parameters.pop("code", "")
    if not code or len(code) > 500 or not code.isprintable():
        raise InvalidWebhook("The webhook of type hook.verify lacks its code.")
    return HookVerification(type=kind, hook_id=hook_id, parameters=dict(parameters), code=code)


def _item(kind: str, hook_id: int, parameters: _Parameters) -> WebhookEvent:
    return ItemEvent(
        type=kind,
        hook_id=hook_id,
        parameters=dict(parameters),
        item_id=parameters.id("item_id"),
        revision=parameters.optional_id("item_revision_id", _NUMBER),
        external_id=parameters.get("external_id") or None,
    )


def _file(kind: str, hook_id: int, parameters: _Parameters) -> WebhookEvent:
    texts = [text.strip() for text in parameters.get("file_ids", "").split(",") if text.strip()]
    if not all(_ID.fullmatch(text) for text in texts):
        raise InvalidWebhook("The webhook's file_ids are no numbers of files.")
    return FileEvent(
        type=kind,
        hook_id=hook_id,
        parameters=dict(parameters),
        item_id=parameters.id("item_id"),
        action=parameters.get("action_type") or None,
        file_ids=tuple(map(int, texts)),
    )


def _of_ids(event: type[WebhookEvent], *names: str, optional: tuple[str, ...] = ()) -> _Reader:
    """Return what reads an event that has ids and nothing else."""

    def read(kind: str, hook_id: int, parameters: _Parameters) -> WebhookEvent:
        ids = {name: parameters.id(name) for name in names}
        ids_or_none = {name: parameters.optional_id(name) for name in optional}
        return event(type=kind, hook_id=hook_id, parameters=dict(parameters), **ids, **ids_or_none)

    return read


_Reader = Callable[[str, int, _Parameters], WebhookEvent]
_READERS: Mapping[str, _Reader] = {
    "hook.verify": _verification,
    "item": _item,
    "file": _file,
    "comment": _of_ids(CommentEvent, "comment_id", optional=("item_id",)),
    "tag": _of_ids(TagEvent, optional=("item_id",)),
    "app": _of_ids(AppEvent, "app_id"),
    "form": _of_ids(FormEvent, "form_id", optional=("app_id",)),
    "task": _of_ids(TaskEvent, "task_id"),
    "status": _of_ids(StatusEvent, "status_id"),
    "contact": _of_ids(ContactEvent, optional=("profile_id",)),
    "member": _of_ids(MemberEvent, optional=("user_id",)),
}
