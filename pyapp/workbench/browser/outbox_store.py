"""A user's unsent changes in the page's database, by the site's path, API host, client id and user."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import js
from pyodide.ffi import jsnull, to_js

from podio.browser import BrowserFile
from workbench.browser.database import DRAFTS, OUTBOX, Database, DatabaseUnavailable, Delete, Key, Put, Write
from workbench.outbox import CannotStore, Change, Command, Outbox, Step, read_change, write_change


class StoredChanges:
    """A user's changes; those that have another shape than ours are passed over, and left where they are.

    Args:
        database: Where they are kept.
        site: The site's path.
        host: The API's host.
        client_id: The client, and
        user_id: the user whose changes they are.
        draft_keys: Gives the keys of what is stored of a form's draft.
    """

    def __init__(
        self,
        *,
        database: Database,
        site: str,
        host: str,
        client_id: str,
        user_id: int,
        draft_keys: Callable[[str], Iterable[Key]],
    ) -> None:
        self._database = database
        self._draft_keys = draft_keys
        self._key: list[str | int] = [site, host, client_id, user_id]

    async def read(self) -> Outbox:
        """Return the changes.

        Raises:
            CannotStore: when the storage can't be read.
        """
        try:
            records = await self._database.read(OUTBOX, self._key)
        except DatabaseUnavailable as error:
            raise CannotStore(is_full=error.is_full) from None
        return _outbox(_change(record.get("text"), record.get("change")) for record in records)

    async def transact(self, step: Step, *, content: Any = None, draft: str = "") -> tuple[Outbox, tuple[Command, ...]]:
        """Apply a step to the changes, whole or not at all, and end when what it makes of them is on the disk.

        Args:
            step: Takes the changes; returns them as they are to be, and what is to be done then.
            content: The content of the file that the step's new change attaches, a `podio.browser.BrowserFile`.
            draft: A form whose draft goes in the same transaction.

        Raises:
            CannotStore: when nothing was stored.
        """
        result: list[tuple[Outbox, tuple[Command, ...]]] = []

        def write(records: list[Any]) -> list[Write]:
            records_by_id = {str(record.change): record for record in records if _change_of(record) is not None}
            result[:] = [step(_outbox(_change_of(record) for record in records))]
            writes = self._writes(records_by_id, result[0][0], content)
            if draft:
                writes += [Delete(DRAFTS, key) for key in self._draft_keys(draft)]
            return writes

        try:
            await self._database.transact(OUTBOX, self._key, write, stores=[DRAFTS] if draft else [])
        except DatabaseUnavailable as error:
            raise CannotStore(is_full=error.is_full) from None
        return result[0]

    async def content(self, change_id: str) -> Any:
        """Return the content that lies beside a change; None where there is none."""
        try:
            record = await self._database.get(OUTBOX, [*self._key, change_id])
        except DatabaseUnavailable:
            return None
        blob = getattr(record, "content", None)
        return None if blob is None or blob is jsnull else BrowserFile(blob)

    async def clear(self) -> None:
        """Delete all changes of the user.

        Raises:
            CannotStore: when they could not be deleted.
        """
        try:
            await self._database.delete_all(OUTBOX, self._key)
        except DatabaseUnavailable as error:
            raise CannotStore(is_full=error.is_full) from None

    def _writes(self, records_by_id: dict[str, Any], outbox: Outbox, content: Any) -> list[Write]:
        writes: list[Write] = []
        blob = None if content is None else content.blob
        changes_by_id = {change.change_id: change for change in outbox.changes}
        for change_id, change in changes_by_id.items():
            text, record = write_change(change), records_by_id.get(change_id)
            if record is None:
                owner = dict(zip(("site", "host", "client", "person"), self._key, strict=True))
                values = {**owner, "change": change_id, "text": text, "content": blob}
                writes.append(Put(OUTBOX, to_js(values, dict_converter=js.Object.fromEntries)))
            elif text != str(record.text):
                record.text = text  # the content, which is not read, goes with it
                writes.append(Put(OUTBOX, record))
        writes += [
            Delete(OUTBOX, [*self._key, change_id]) for change_id in records_by_id if change_id not in changes_by_id
        ]
        return writes


def _outbox(changes: Any) -> Outbox:
    return Outbox(tuple(sorted((change for change in changes if change is not None), key=lambda change: change.number)))


def _change_of(record: Any) -> Change | None:
    return _change(getattr(record, "text", None), getattr(record, "change", None))


def _change(text: Any, change_id: Any) -> Change | None:
    change = read_change(text)
    return change if change is not None and change.change_id == change_id else None
