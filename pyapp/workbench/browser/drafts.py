"""Drafts in IndexedDB, by client id, person and form.

A draft is written a quarter of a second after the last key, and at once when the page is hidden or left; the write
is begun without awaiting anything then, for a page that goes away gives no second turn.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Any

import js
from pyodide.ffi import JsException, create_proxy, to_js

from podio.json_text import parse_json

_DATABASE = "podio-workbench"
_STORE = "drafts"
_PAUSE = 0.25


class DraftsUnavailable(Exception):
    """The browser denies IndexedDB, or it is full or damaged."""


class Drafts:
    """One client's drafts.

    Args:
        client_id: Whose drafts they are, beside the person.
        stored: Called with a form's key when its draft is safe.
        denied: Called when a draft could not be stored.
    """

    def __init__(self, *, client_id: str, stored: Callable[[str], None], denied: Callable[[], None]) -> None:
        self._client_id = client_id
        self._stored = stored
        self._denied = denied
        self._database: Any = None
        self._opening: asyncio.Future[Any] | None = None
        self._waiting: dict[tuple[int, str], Mapping[str, str]] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._flushing: asyncio.Future[None] | None = None

    async def load(self, person_id: int) -> dict[str, dict[str, str]]:
        """Read a person's drafts; what has the wrong shape comes back under its key with nothing in it."""
        database = await self._open()
        bounds = to_js([[self._client_id, person_id], [self._client_id, person_id, []]])
        within = js.IDBKeyRange.bound(bounds[0], bounds[1])
        records = await _result(database.transaction(_STORE).objectStore(_STORE).getAll(within))
        found: dict[str, dict[str, str]] = {}
        for record in records.to_py():
            form, texts = record.get("form"), record.get("texts")
            if isinstance(form, str):
                found[form] = _texts(texts)
        return found

    def store(self, person_id: int, form: str, texts: Mapping[str, str]) -> None:
        """Store a draft soon."""
        self._waiting[(person_id, form)] = texts
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(_PAUSE, self.flush)

    def flush(self) -> None:
        """Begin to store at once what waits."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if not self._waiting:
            return
        if self._database is None:
            self._flushing = asyncio.ensure_future(self._open_and_flush())
            return
        waiting, self._waiting = self._waiting, {}
        for (person_id, form), texts in waiting.items():
            self._put(person_id, form, texts)

    def remove(self, person_id: int, form: str) -> None:
        """Delete a draft."""
        self._waiting.pop((person_id, form), None)
        if self._database is None:
            return
        key = to_js([self._client_id, person_id, form])
        self._write(lambda store: store.delete(key), lambda: None)

    async def remove_all(self, person_id: int) -> None:
        """Delete all drafts of a person, and wait until that is done."""
        self._waiting = {key: texts for key, texts in self._waiting.items() if key[0] != person_id}
        database = await self._open()
        bounds = to_js([[self._client_id, person_id], [self._client_id, person_id, []]])
        store = database.transaction(_STORE, "readwrite").objectStore(_STORE)
        await _result(store.delete(js.IDBKeyRange.bound(bounds[0], bounds[1])))

    async def remove_everyones(self) -> None:
        """Delete all drafts of this client, whoever they belong to, and wait until that is done."""
        self._waiting = {}
        database = await self._open()
        bounds = to_js([[self._client_id], [self._client_id, []]])
        store = database.transaction(_STORE, "readwrite").objectStore(_STORE)
        await _result(store.delete(js.IDBKeyRange.bound(bounds[0], bounds[1])))

    async def _open_and_flush(self) -> None:
        try:
            await self._open()
        except DraftsUnavailable:
            self._denied()
            return
        self.flush()

    async def _open(self) -> Any:
        if self._database is not None:
            return self._database
        if self._opening is None or self._opening.done():
            self._opening = asyncio.ensure_future(_open_database())
        self._database = await self._opening
        return self._database

    def _put(self, person_id: int, form: str, texts: Mapping[str, str]) -> None:
        record = {"client": self._client_id, "person": person_id, "form": form, "texts": json.dumps(dict(texts))}
        value = to_js(record, dict_converter=js.Object.fromEntries)
        self._write(lambda store: store.put(value), lambda: self._stored(form))

    def _write(self, act: Callable[[Any], Any], done: Callable[[], None]) -> None:
        try:
            transaction = self._database.transaction(_STORE, "readwrite")
            act(transaction.objectStore(_STORE))
            transaction.commit()  # a page that goes away gives no turn in which it would commit by itself
        except JsException:
            self._database = self._opening = None
            self._denied()
            return

        def ended(event: Any) -> None:
            transaction.oncomplete = transaction.onabort = None
            kind = str(event.type)
            asyncio.get_running_loop().call_soon(proxy.destroy)
            if kind == "complete":
                done()
            else:
                self._denied()

        proxy = create_proxy(ended)
        transaction.oncomplete = transaction.onabort = proxy


def _texts(raw: Any) -> dict[str, str]:
    try:
        texts = parse_json(raw) if isinstance(raw, str) else None
    except ValueError:
        texts = None
    if not isinstance(texts, dict) or not all(isinstance(text, str) for text in texts.values()):
        return {}
    return texts


async def _open_database() -> Any:
    def upgrade(event: Any) -> None:
        database = event.target.result
        if not database.objectStoreNames.contains(_STORE):
            path = to_js({"keyPath": ["client", "person", "form"]}, dict_converter=js.Object.fromEntries)
            database.createObjectStore(_STORE, path)

    proxy = create_proxy(upgrade)
    try:
        request = js.indexedDB.open(_DATABASE, 1)
        request.onupgradeneeded = proxy
        return await _result(request)
    except (JsException, AttributeError):
        raise DraftsUnavailable from None
    finally:
        proxy.destroy()


async def _result(request: Any) -> Any:
    """Wait for an IndexedDB request."""
    waiting: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

    def succeeded(event: Any) -> None:
        if not waiting.done():
            waiting.set_result(event.target.result)

    def failed(event: Any) -> None:
        if not waiting.done():
            waiting.set_exception(DraftsUnavailable())

    proxies = [create_proxy(succeeded), create_proxy(failed)]
    request.onsuccess, request.onerror = proxies
    try:
        return await waiting
    finally:
        request.onsuccess = request.onerror = None
        for proxy in proxies:
            proxy.destroy()
