"""An item to read and to change."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import AsyncGenerator, Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from podio import model
from podio._boundary import sealed_class
from podio._objects import _rows
from podio._objects._fields import simple
from podio._push_events import PushEvent, PushState
from podio.errors import Conflict, InvalidResponse, PodioError
from podio.fields import FieldValue, ItemValues, column_of

if TYPE_CHECKING:
    from podio._objects._app import App
    from podio._uploads import FileSource, Progress

T = TypeVar("T")


@sealed_class()
class Item:
    """An item of an app: ``item["due"]`` reads a field, ``item["due"] = …`` changes it, `save` sends what changed.

    A field holds one value or None; one that may hold several, a tuple. What is set is checked at once, and read back
    as Podio would answer it: a `datetime.date` becomes a `podio.fields.DateValue`.

    Attributes:
        app: Its app.
        value: What was read of it, without what has been changed since.
    """

    def __init__(self, app: App, value: model.Item) -> None:
        self.app = app
        self.value = value
        self._changes: dict[str, Any] = {}

    def __repr__(self) -> str:
        return f"<Item {self.item_id} of app {self.app.app_id}>"

    def __str__(self) -> str:
        return self.title

    @property
    def item_id(self) -> int:
        """The item's id."""
        return self.value.item_id

    @property
    def app_item_id(self) -> int | None:
        """Its number within the app."""
        return self.value.app_item_id

    @property
    def external_id(self) -> str:
        """Its name for programs; empty where it has none."""
        return self.value.external_id

    @property
    def revision(self) -> int | None:
        """The revision that was read, and that `save` changes."""
        return self.value.revision

    @property
    def title(self) -> str:
        """Its title."""
        return self.value.title

    @property
    def link(self) -> str:
        """The address of its page at Podio."""
        return self.value.link

    @property
    def tags(self) -> tuple[str, ...]:
        """Its tags."""
        return self.value.tags

    @property
    def files(self) -> tuple[model.File, ...]:
        """The files attached to it; empty in lists, see `reload`."""
        return self.value.files

    @property
    def created_on(self) -> datetime | None:
        """When it was made (UTC)."""
        return self.value.created_on

    @property
    def last_edit_on(self) -> datetime | None:
        """When its current revision was made (UTC)."""
        return self.value.last_edit_on

    def __getitem__(self, name: str) -> Any:
        """Return what a field holds.

        Raises:
            FieldValueError: (a KeyError too) when the app has no such field.
        """
        field = self.app.fields[name]
        return simple(field, self._held(field))

    def __setitem__(self, name: str, value: object) -> None:
        """Change a field; None empties it. Nothing is sent before `save`.

        Raises:
            FieldValueError: for a value that the field can't hold.
        """
        self.update({name: value})

    def field(self, name: str) -> FieldValue:
        """Return a field with all its values, changed ones included, as `podio.fields` has it."""
        return self._held(self.app.fields[name])

    def _held(self, field: model.AppField) -> FieldValue:
        if field.external_id in self._changes:
            return self.app.fields.read(field, self._changes[field.external_id])
        value = self.value.fields.get(field.field_id)
        return self.app.fields.read(field, None) if value is None else value

    def text(self, name: str) -> str:
        """Return what a field holds as text, for a user to read."""
        return column_of(self.field(name)).text

    def update(self, values: Mapping[str, object]) -> None:
        """Change several fields at once, or none of them. Nothing is sent before `save`.

        Raises:
            FieldValueError: for whatever doesn't fit; its ``errors`` has one for each wrong field.
        """
        for name, written in self.app.fields.written(values).items():
            kept = self.value.fields.get(name)
            if (kept.written() if kept is not None else []) in (written, written or []):
                self._changes.pop(name, None)
            else:
                self._changes[name] = written

    @property
    def changes(self) -> dict[str, Any]:
        """What `save` would send: the changed fields by external id, with what they hold then."""
        return {name: self[name] for name in self._changes}

    def discard(self) -> None:
        """Forget what was changed and not sent."""
        self._changes.clear()

    async def save(self, *, hook: bool | None = None, silent: bool | None = None) -> None:
        """Send what changed, on top of the revision that was read; do nothing where nothing did.

        Args:
            hook: False runs no webhooks.
            silent: True notifies nobody.

        Raises:
            Conflict: when somebody else changed the item since it was read. Nothing was changed, here nor at Podio;
                the error has `mine`, `theirs` and `before` of the fields that were to be changed. To overwrite,
                `reload` and save again; to give up, `discard`.
            PodioError: as `podio.request` does.
        """
        if not self._changes:
            return
        sent = dict(self._changes)
        body: Any = {"fields": sent, **({} if self.revision is None else {"revision": self.revision})}
        try:
            updated = await self._client.items.update(self.item_id, body=body, hook=hook, silent=silent)
        except Conflict as error:
            await self._explain(error, sent)
            raise
        fields = {value.field_id: value for value in self.value.fields.fields}
        for name, written in sent.items():
            field = self.app.fields[name]
            fields[field.field_id] = self.app.fields.read(field, written)
            if self._changes.get(name) == written:
                del self._changes[name]
        answer = updated or {}
        self.value = dataclasses.replace(
            self.value,
            fields=ItemValues(fields=tuple(value for value in fields.values() if value.values)),
            revision=answer.get("revision", self.revision),
            title=answer.get("title") or self.title,
        )

    async def reload(self) -> None:
        """Read the item again, whole. What was changed and not sent stays changed, on top of the newest revision."""
        self.value = await self._newest()

    async def delete(self, *, hook: bool | None = None, silent: bool | None = None) -> None:
        """Delete the item."""
        await self._client.items.delete(self.item_id, hook=hook, silent=silent)

    async def attach(
        self, source: FileSource | Any, filename: str | None = None, *, progress: Progress | None = None
    ) -> model.File:
        """Upload a file (see `podio.upload_file`) and attach it to the item."""
        uploaded = await self._client.upload_file(source, filename, progress=progress)
        file = required(model.File.from_json(uploaded))
        await self._client.files.attach(file.file_id, body={"ref_type": "item", "ref_id": self.item_id})
        self.value = dataclasses.replace(self.value, files=(*self.files, file))
        return file

    async def download(self, file: model.File) -> bytes:
        """Return the content of one of its files."""
        content: bytes = await self._client.download_file(file.raw or file.file_id)
        return content

    async def comment(self, text: str, *, hook: bool | None = None, silent: bool | None = None) -> model.Comment:
        """Comment on the item."""
        body: Any = {"value": text}
        created = await self._client.comments.create("item", self.item_id, body=body, hook=hook, silent=silent)
        return required(model.Comment.from_json(created))

    async def comments(self) -> AsyncGenerator[model.Comment, None]:
        """Yield its comments, oldest first."""
        async for comment_json in self._client.iterate_comments("item", self.item_id):
            yield required(model.Comment.from_json(comment_json))

    async def create_task(
        self,
        text: str,
        *,
        due: date | None = None,
        responsible: int | model.User | None = None,
        description: str | None = None,
    ) -> model.Task:
        """Make a task about the item.

        Args:
            text: What is to be done.
            due: The day, or a naive datetime in the user's own time.
            responsible: Who is to do it: a user, or a user's id; left out, the user who is signed in.
            description: More about it.
        """
        body: dict[str, Any] = {"text": text}
        if due is not None:
            body["due_date"] = due.strftime("%Y-%m-%d")
        if isinstance(due, datetime):
            body["due_time"] = due.strftime("%H:%M:%S")
        if responsible is not None:
            body["responsible"] = getattr(responsible, "user_id", responsible)
        if description is not None:
            body["description"] = description
        created: Any = await self._client.tasks.create_with_reference("item", self.item_id, body=body)
        return required(model.Task.from_json(created[0] if isinstance(created, list) else created))

    async def tasks(self) -> AsyncGenerator[model.Task, None]:
        """Yield the tasks about the item."""
        async for task_json in self._client.iterate_tasks(reference=f"item:{self.item_id}"):
            yield required(model.Task.from_json(task_json))

    async def events(self, *, on_state: Callable[[PushState], Any] | None = None) -> AsyncGenerator[PushEvent, None]:
        """Yield what happens to the item, as it happens, until the loop is left (see `podio.push`)."""
        described = self.value.raw
        if not described.get("push"):
            described = (await self._newest()).raw  # lists leave it out
        events = self._client.push(described, on_state=on_state)
        try:
            async for event in events:
                yield event
        finally:
            await events.aclose()

    def row(self) -> dict[str, str]:
        """Return the item as a row of texts; ``app.columns`` has the names."""
        return _rows.row(self.app.value, self._changed())

    def record(self) -> dict[str, Any]:
        """Return the item as a row of numbers, dates and texts."""
        return _rows.record(self.app.value, self._changed())

    @property
    def _client(self) -> Any:
        return self.app._client

    def _changed(self) -> model.Item:
        fields = {value.field_id: value for value in self.value.fields.fields}
        fields |= {(value := self.field(name)).field_id: value for name in self._changes}
        return dataclasses.replace(self.value, fields=ItemValues(fields=tuple(fields.values())))

    async def _newest(self) -> model.Item:
        item_json = await self._client.items.get(self.item_id)
        return required(model.Item.from_json(item_json, app_id=self.app.app_id))

    async def _explain(self, error: Conflict, sent: Mapping[str, Any]) -> None:
        fields = self.app.fields
        error.mine = {name: simple(fields[name], fields.read(fields[name], written)) for name, written in sent.items()}
        error.before = {name: simple(fields[name], self.value.fields.get(name)) for name in sent}
        with contextlib.suppress(PodioError):  # such as one that was deleted meanwhile: the conflict is what matters
            newest = await self._newest()
            error.theirs = {name: simple(fields[name], newest.fields.get(name)) for name in sent}


def required(value: T | None) -> T:
    """Return what a response was decoded into.

    Raises:
        InvalidResponse: when that is nothing.
    """
    if value is None:
        raise InvalidResponse("Podio's response is not what was asked for. Try again in a moment.", status=200)
    return value
