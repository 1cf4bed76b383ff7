"""Drafts in the page's database, by API host, client id, user, form and tab (`workbench.draft_records`).

A draft is written a quarter of a second after the last key, and at once when the page is hidden or left; the write
is begun without awaiting anything then, for a page that goes away gives no second turn. A tab that has stored a draft
holds a Web Lock for as long as it is open, by which others know that it is, and so it does in the place of each tab
whose draft it has taken over: two pages that start don't both take it over.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import js
from pyodide.ffi import JsException, to_js

from workbench.browser.database import DRAFTS, Database, DatabaseUnavailable, Delete, Key, Put, Write
from workbench.browser.outbox import WebLock
from workbench.draft_records import Name, StoredDraft, TabDrafts, read_draft
from workbench.events import DraftsDenied, DraftsLoaded, OtherDraftsFound
from workbench.outbox import CannotStore

_PAUSE = 0.25
_LOCK = "podio.draft."


class Drafts:
    """One client's drafts.

    Args:
        database: Where they are kept.
        host: The API's host, and
        client_id: the client whose drafts they are, beside the user.
        report_stored: Called with a form's key when its draft is safe.
        report_denied: Called with a form's key when its draft could not be stored, and whether the storage is full.
    """

    def __init__(
        self,
        *,
        database: Database,
        host: str,
        client_id: str,
        report_stored: Callable[[str], None],
        report_denied: Callable[[str, bool], None],
    ) -> None:
        self._records = database
        self._owner = (host, client_id)
        self._report_stored = report_stored
        self._report_denied = report_denied
        self._tab = TabDrafts(secrets.token_hex(8))
        self._locks: dict[str, WebLock] = {}
        self._holds: dict[str, asyncio.Future[None]] = {}
        self._waiting: dict[tuple[int, str], Mapping[str, str] | None] = {}
        self._timer: asyncio.Handle | None = None
        self._flushing: asyncio.Future[None] | None = None
        self._writes: set[asyncio.Future[None]] = set()

    async def load(self, user_id: int) -> DraftsLoaded | DraftsDenied:
        """Read a user's drafts; what has the wrong shape comes back under its form with nothing in it."""
        try:
            stored_drafts = await self._read(user_id)
        except DatabaseUnavailable:
            return DraftsDenied()
        found = self._tab.find(stored_drafts, await _open_tabs())
        return DraftsLoaded(user_id=user_id, **found._asdict())

    async def find_others(self, user_id: int) -> OtherDraftsFound:
        """Read what other tabs of a user have stored, as it is now."""
        with suppress(DatabaseUnavailable):
            return OtherDraftsFound(user_id=user_id, drafts=self._tab.others(user_id, await self._read(user_id)))
        return OtherDraftsFound(user_id=user_id)

    async def _read(self, user_id: int) -> list[StoredDraft]:
        records = await self._records.read(DRAFTS, [*self._owner, user_id])
        return [draft for record in records if (draft := read_draft(record))]

    def adopt(self, user_id: int, form: str, tab: str) -> None:
        """Take over the draft of a tab that is gone, unless another page does."""
        hold = self._hold(tab)
        hold.add_done_callback(lambda hold: self._tab.adopt(user_id, form, tab))

    def begin_submission(self, form: str) -> None:
        """Begin to store at once what waits, for a form's change is about to be stored."""
        self.flush()
        self._tab.begin_submission(form)

    def keys(self, user_id: int, form: str) -> list[Key]:
        """Return the keys of what goes from the database when a form is submitted."""
        return [self._key(user_id, name) for name in self._tab.submitted(user_id, form)]

    def store(self, user_id: int, form: str, texts: Mapping[str, str]) -> None:
        """Store a draft soon."""
        self._records.request_persistence()
        self._hold(self._tab.tab)
        self._waiting[(user_id, form)] = texts
        self._tab.note_typed(form)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(_PAUSE, self.flush)

    def flush(self) -> None:
        """Begin to store at once what waits."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if not self._waiting:
            return
        if not self._records.is_open:
            self._flushing = asyncio.ensure_future(self._open_and_flush())
            return
        waiting, self._waiting = self._waiting, {}
        for (user_id, form), texts in waiting.items():
            names = self._tab.names(user_id, form) if texts is None else self._tab.adopted(user_id, form)
            writes: list[Write] = [] if texts is None else [Put(DRAFTS, self._record(user_id, form, texts))]
            writes += [Delete(DRAFTS, self._key(user_id, name)) for name in names]
            self._begin(form, writes, stores=texts is not None)

    def remove(self, user_id: int, form: str) -> None:
        """Delete a draft in the next turn, but where this one stores what is left of it: then that takes its place."""
        self._waiting[(user_id, form)] = None
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_soon(self.flush)

    async def remove_all(self, user_id: int) -> None:
        """Delete all drafts of a user, and wait until that is done.

        Raises:
            DatabaseUnavailable: when that fails.
        """
        self._waiting = {key: texts for key, texts in self._waiting.items() if key[0] != user_id}
        await self._records.delete_all(DRAFTS, [*self._owner, user_id])

    async def _open_and_flush(self) -> None:
        try:
            await self._records.open()
        except DatabaseUnavailable as error:
            for _, form in self._waiting:
                self._report_denied(form, error.is_full)
            return
        self.flush()

    def _hold(self, tab: str) -> asyncio.Future[None]:
        """Hold the lock of a tab from when it is free; where the browser has no locks, that is at once."""
        if tab not in self._holds:
            self._locks[tab] = WebLock(_LOCK + tab)
            self._holds[tab] = asyncio.ensure_future(_acquire(self._locks[tab]))
        return self._holds[tab]

    def _key(self, user_id: int, name: Name) -> Key:
        return [*self._owner, user_id, name if isinstance(name, str) else list(name)]

    def _record(self, user_id: int, form: str, texts: Mapping[str, str]) -> Any:
        host, client_id = self._owner
        record = {
            "host": host,
            "client": client_id,
            "person": user_id,
            "form": list(self._tab.own(form)),
            "when": time.time() * 1000,
            "texts": json.dumps(dict(texts)),
        }
        return to_js(record, dict_converter=js.Object.fromEntries)

    def _begin(self, form: str, writes: list[Write], *, stores: bool) -> None:
        def ended(writing: asyncio.Future[None]) -> None:
            self._writes.discard(writing)
            error = writing.exception()
            if error is not None:
                self._report_denied(form, isinstance(error, DatabaseUnavailable) and error.is_full)
            elif stores:
                self._report_stored(form)

        try:
            writing = self._records.begin(writes)
        except DatabaseUnavailable as error:
            self._report_denied(form, error.is_full)
            return
        self._writes.add(writing)
        writing.add_done_callback(ended)


async def _acquire(lock: WebLock) -> None:
    with suppress(CannotStore, JsException, AttributeError):
        await lock.acquire()


async def _open_tabs() -> set[str]:
    """Return the ids of the tabs that hold drafts and are open; none where the browser doesn't say."""
    try:
        locks = await js.navigator.locks.query()
    except (JsException, AttributeError):
        return set()
    return {str(lock.name).removeprefix(_LOCK) for lock in locks.held if str(lock.name).startswith(_LOCK)}
