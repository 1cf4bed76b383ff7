"""Drafts in the page's database, by API host, client id, user and form.

A draft is written a quarter of a second after the last key, and at once when the page is hidden or left; the write
is begun without awaiting anything then, for a page that goes away gives no second turn.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Any

import js
from pyodide.ffi import to_js

from podio.json_text import parse_object
from workbench.browser.database import DRAFTS, Database, DatabaseUnavailable, Delete, Put

_PAUSE = 0.25


class Drafts:
    """One client's drafts.

    Args:
        database: Where they are kept.
        host: The API's host, and
        client_id: the client whose drafts they are, beside the user.
        report_stored: Called with a form's key when its draft is safe.
        report_denied: Called when a draft could not be stored.
    """

    def __init__(
        self,
        *,
        database: Database,
        host: str,
        client_id: str,
        report_stored: Callable[[str], None],
        report_denied: Callable[[bool], None],
    ) -> None:
        self._records = database
        self._owner = (host, client_id)
        self._report_stored = report_stored
        self._report_denied = report_denied
        self._waiting: dict[tuple[int, str], Mapping[str, str]] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._flushing: asyncio.Future[None] | None = None
        self._writes: set[asyncio.Future[None]] = set()

    async def load(self, user_id: int) -> dict[str, dict[str, str]]:
        """Read a user's drafts; what has the wrong shape comes back under its key with nothing in it.

        Raises:
            DatabaseUnavailable: when they can't be read.
        """
        records = await self._records.read(DRAFTS, [*self._owner, user_id])
        drafts: dict[str, dict[str, str]] = {}
        for record in records:
            form, texts = record.get("form"), record.get("texts")
            if isinstance(form, str):
                drafts[form] = _texts(texts)
        return drafts

    def store(self, user_id: int, form: str, texts: Mapping[str, str]) -> None:
        """Store a draft soon."""
        self._records.request_persistence()
        self._waiting[(user_id, form)] = texts
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
            self._begin(Put(DRAFTS, self._record(user_id, form, texts)), form)

    def remove(self, user_id: int, form: str) -> None:
        """Delete a draft."""
        self._waiting.pop((user_id, form), None)
        if self._records.is_open:
            self._begin(Delete(DRAFTS, [*self._owner, user_id, form]))

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
            self._report_denied(error.is_full)
            return
        self.flush()

    def _record(self, user_id: int, form: str, texts: Mapping[str, str]) -> Any:
        host, client_id = self._owner
        record = {
            "host": host,
            "client": client_id,
            "person": user_id,
            "form": form,
            "texts": json.dumps(dict(texts)),
        }
        return to_js(record, dict_converter=js.Object.fromEntries)

    def _begin(self, write: Put | Delete, stored_form: str = "") -> None:
        def ended(writing: asyncio.Future[None]) -> None:
            self._writes.discard(writing)
            error = writing.exception()
            if error is not None:
                self._report_denied(isinstance(error, DatabaseUnavailable) and error.is_full)
            elif stored_form:
                self._report_stored(stored_form)

        try:
            writing = self._records.begin([write])
        except DatabaseUnavailable as error:
            self._report_denied(error.is_full)
            return
        self._writes.add(writing)
        writing.add_done_callback(ended)


def _texts(raw: Any) -> dict[str, str]:
    texts = parse_object(raw)
    return texts if all(isinstance(text, str) for text in texts.values()) else {}
