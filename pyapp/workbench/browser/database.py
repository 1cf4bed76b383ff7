"""The page's one database in the browser's IndexedDB, with its versions, and how it is read and written.

Every record has a key that begins with whose it is; what is read is whoever's on the origin, so it is checked by those
who read it. A tab that has the database open lets another one that is newer change it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

import js
from pyodide.ffi import JsException, create_proxy, jsnull, to_js

_NAME = "podio-workbench"
_VERSION = 2
DRAFTS = "drafts"
OUTBOX = "outbox"
_KEYS = {
    DRAFTS: ("host", "client", "person", "form"),
    OUTBOX: ("site", "host", "client", "person", "change"),
}
"""The stores, with what their records' keys are made of."""

Key = Sequence[str | int | list[str]]


class DatabaseUnavailable(Exception):
    """The browser denies IndexedDB, or it is full, damaged, or held by an older version of the page.

    Attributes:
        is_full: Whether it is full.
    """

    def __init__(self, message: str = "", *, is_full: bool = False) -> None:
        super().__init__(message)
        self.is_full = is_full


class Put(NamedTuple):
    """Write a record over the one with the same key."""

    store: str
    record: Any


class Delete(NamedTuple):
    """Delete the record with a key."""

    store: str
    key: Key


Write = Put | Delete


class Database:
    """The database.

    Args:
        host: The API's host, which drafts of the first version belong to: these did not say.
    """

    def __init__(self, *, host: str) -> None:
        self._host = host
        self._database: Any = None
        self._opening: asyncio.Future[None] | None = None
        self._has_requested_persistence = False

    def request_persistence(self) -> None:
        """Request of the browser, once, to keep what is stored when it needs room. It may refuse, and nobody waits."""
        if not self._has_requested_persistence:
            self._has_requested_persistence = True
            with suppress(JsException, AttributeError):  # there is no such thing in an insecure context
                js.navigator.storage.persist()

    @property
    def is_open(self) -> bool:
        """Whether `begin` can write at once."""
        return self._database is not None

    async def open(self) -> None:
        """Open the database, where it isn't.

        Raises:
            DatabaseUnavailable: when the browser doesn't let us, or an older version of the page holds it.
        """
        if self._database is not None:
            return
        if self._opening is None or self._opening.done():
            self._opening = _Opening(self._host, use=self._use).begin()
        await asyncio.shield(self._opening)

    async def read(self, store: str, begin: Key) -> list[Any]:
        """Return the records whose keys begin so, as plain Python values: of any shape.

        Raises:
            DatabaseUnavailable: when they can't be read.
        """
        return (await self._request(store, "readonly", lambda records: records.getAll(_range(begin)))).to_py()  # type: ignore[no-any-return]

    async def get(self, store: str, key: Key) -> Any:
        """Return the record with a key as the browser's own object; None where there is none."""
        record = await self._request(store, "readonly", lambda records: records.get(to_js(list(key))))
        return None if record is None or record is jsnull else record

    async def delete_all(self, store: str, begin: Key) -> None:
        """Delete the records whose keys begin so, and wait until that is done.

        Raises:
            DatabaseUnavailable: when that fails.
        """
        await self.open()
        transaction = self._transaction([store], "readwrite")
        transaction.objectStore(store).delete(_range(begin))
        await _end_of(transaction)

    def begin(self, writes: Iterable[Write], *, is_strict: bool = False) -> asyncio.Future[None]:
        """Begin to write at once, in one transaction, for a page that goes away gives no second turn.

        Args:
            writes: What to write.
            is_strict: Whether it must be on the disk when that ends.

        Returns:
            What ends when all of it is written, or with `DatabaseUnavailable` when none of it is.

        Raises:
            DatabaseUnavailable: when the database isn't open.
        """
        writes = list(writes)
        stores = list({write.store for write in writes})
        transaction = self._transaction(stores, "readwrite", is_strict=is_strict)
        try:
            _write(transaction, writes)
            transaction.commit()  # a page that goes away gives no turn in which it would commit by itself
        except JsException as error:
            raise self._reset(error) from None
        return _end_of(transaction)

    async def transact(
        self, store: str, begin: Key, step: Callable[[list[Any]], Iterable[Write]], *, stores: Sequence[str] = ()
    ) -> None:
        """Read the records whose keys begin so, and write what a step makes of them, all in one strict transaction.

        No other tab writes in between; when this ends, it is on the disk.

        Args:
            store: The records' store.
            begin: How their keys begin.
            step: Takes the records, as the browser's own objects; returns what to write. It must not await anything.
            stores: Further stores that it writes to.

        Raises:
            DatabaseUnavailable: when nothing was written.
            Exception: what the step raises; nothing is written then.
        """
        await self.open()
        transaction = self._transaction([store, *stores], "readwrite", is_strict=True)
        errors: list[Exception] = []

        def apply(event: Any) -> None:
            try:
                _write(transaction, step(list(event.target.result)))
                transaction.commit()
            except Exception as error:
                errors.append(error)
                transaction.abort()

        proxy = create_proxy(apply)
        try:
            transaction.objectStore(store).getAll(_range(begin)).onsuccess = proxy
            await _end_of(transaction)
        except DatabaseUnavailable:
            if errors and not isinstance(errors[0], JsException):
                raise errors[0] from None
            raise
        finally:
            proxy.destroy()

    def _use(self, database: Any) -> None:
        def give_way(event: Any) -> None:
            if self._database is database:
                self._database = None
            database.close()

        # For as long as the page lives: another tab may change the version at any time.
        database.onversionchange = create_proxy(give_way)
        database.onclose = create_proxy(give_way)
        self._database = database

    def _transaction(self, stores: Sequence[str], mode: str, *, is_strict: bool = False) -> Any:
        if self._database is None:
            raise DatabaseUnavailable
        options = to_js({"durability": "strict" if is_strict else "default"}, dict_converter=js.Object.fromEntries)
        try:
            return self._database.transaction(to_js(list(stores)), mode, options)
        except JsException as error:
            raise self._reset(error) from None

    def _reset(self, error: JsException) -> DatabaseUnavailable:
        """Let the next use open the database again."""
        self._database = self._opening = None
        return _unavailable(error)

    async def _request(self, store: str, mode: str, make_request: Callable[[Any], Any]) -> Any:
        await self.open()
        return await _result(make_request(self._transaction([store], mode).objectStore(store)))


class _Opening:
    """One attempt to open the database, which may be reported as failed and succeed later all the same."""

    def __init__(self, host: str, *, use: Callable[[Any], None]) -> None:
        self._host = host
        self._use_database = use
        self._waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._proxies: list[Any] = []

    def begin(self) -> asyncio.Future[None]:
        try:
            request = js.indexedDB.open(_NAME, _VERSION)
        except (JsException, AttributeError) as error:
            self._waiting.set_exception(_unavailable(error))
            return self._waiting
        for name in ("upgradeneeded", "blocked", "success", "error"):
            proxy = create_proxy(getattr(self, f"_on_{name}"))
            self._proxies.append(proxy)
            setattr(request, f"on{name}", proxy)
        return self._waiting

    def _on_upgradeneeded(self, event: Any) -> None:
        _upgrade(event.target.result, event.target.transaction, int(event.oldVersion), self._host)

    def _on_blocked(self, event: Any) -> None:
        message = "Another tab runs an older version of this page. Reload that tab, or close it."
        self._fail(DatabaseUnavailable(message))

    def _on_success(self, event: Any) -> None:
        self._use_database(event.target.result)
        if not self._waiting.done():
            self._waiting.set_result(None)
        self._end()

    def _on_error(self, event: Any) -> None:
        self._fail(_unavailable(event.target.error))
        self._end()

    def _fail(self, error: DatabaseUnavailable) -> None:
        if not self._waiting.done():
            self._waiting.set_exception(error)
            self._waiting.exception()  # seen, also where nobody waits any more

    def _end(self) -> None:
        proxies, self._proxies = self._proxies, []
        asyncio.get_running_loop().call_soon(lambda: [proxy.destroy() for proxy in proxies])


def _upgrade(database: Any, transaction: Any, old_version: int, host: str) -> None:
    """Bring a database of an older version, or none, to this one; what it holds is taken over."""
    if old_version == 1:
        _rekey_drafts(database, transaction, host)
    else:
        _create(database, DRAFTS)
    _create(database, OUTBOX)


def _rekey_drafts(database: Any, transaction: Any, host: str) -> None:
    """Add the API's host to the drafts of version 1, whose keys lacked it."""

    def move(event: Any) -> None:
        database.deleteObjectStore(DRAFTS)
        drafts = _create(database, DRAFTS)
        for record in event.target.result:
            record.host = host
            drafts.put(record)
        asyncio.get_running_loop().call_soon(proxy.destroy)

    proxy = create_proxy(move)
    transaction.objectStore(DRAFTS).getAll().onsuccess = proxy


def _create(database: Any, store: str) -> Any:
    path = to_js({"keyPath": list(_KEYS[store])}, dict_converter=js.Object.fromEntries)
    return database.createObjectStore(store, path)


def _range(begin: Key) -> Any:
    """Return the range of the keys that begin so: an array of an array comes after all texts and arrays of texts."""
    bounds = to_js([list(begin), [*begin, [[]]]])
    return js.IDBKeyRange.bound(bounds[0], bounds[1])


def _write(transaction: Any, writes: Iterable[Write]) -> None:
    for write in writes:
        store = transaction.objectStore(write.store)
        if isinstance(write, Put):
            store.put(write.record)
        else:
            store.delete(to_js(list(write.key)))


def _unavailable(error: Any) -> DatabaseUnavailable:
    return DatabaseUnavailable(is_full=str(getattr(error, "name", "")) == "QuotaExceededError")


def _end_of(transaction: Any) -> asyncio.Future[None]:
    """Return what ends with a transaction."""
    waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def ended(event: Any) -> None:
        transaction.oncomplete = transaction.onabort = None
        asyncio.get_running_loop().call_soon(proxy.destroy)
        if waiting.done():
            return
        if str(event.type) == "complete":
            waiting.set_result(None)
        else:
            waiting.set_exception(_unavailable(transaction.error))

    proxy = create_proxy(ended)
    transaction.oncomplete = transaction.onabort = proxy
    return waiting


async def _result(request: Any) -> Any:
    """Wait for a request."""
    waiting: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

    def succeeded(event: Any) -> None:
        if not waiting.done():
            waiting.set_result(event.target.result)

    def failed(event: Any) -> None:
        if not waiting.done():
            waiting.set_exception(_unavailable(event.target.error))

    proxies = [create_proxy(succeeded), create_proxy(failed)]
    request.onsuccess, request.onerror = proxies
    try:
        return await waiting
    finally:
        request.onsuccess = request.onerror = None
        for proxy in proxies:
            proxy.destroy()
