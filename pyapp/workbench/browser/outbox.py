"""The outbox of the user who is signed in: in the page's database, under a Web Lock, announced on a BroadcastChannel.

Where the browser denies storage it is in the page's memory, and shared with no other tab.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

import js
from pyodide.ffi import JsException, create_proxy, jsnull, to_js

from workbench.browser.database import Database, Key
from workbench.browser.outbox_store import StoredChanges
from workbench.outbox import CannotStore, Change, Client, Event, Listener, MemoryChanges, OutboxDriver, Store


class PageOutbox:
    """The outbox of one user in this tab, from `open` to `close`.

    Args:
        database: Where the changes are kept; None: in the page's memory alone.
        site: The site's path.
        host: The API's host.
        client_id: The client, and
        user_id: the user whose changes they are.
        client: Makes the calls.
        sends_found: Whether changes that are found when it opens, or that another tab has made, are sent without a
            click: only where nobody else's pages share the origin.
        listener: Gets what happens.
        draft_keys: Gives the keys of what the database holds of a form's draft.

    Attributes:
        is_kept: Whether the changes outlive the page.
    """

    def __init__(
        self,
        *,
        database: Database | None,
        site: str,
        host: str,
        client_id: str,
        user_id: int,
        client: Client,
        sends_found: bool,
        listener: Listener,
        draft_keys: Callable[[str], Iterable[Key]] = lambda form: (),
    ) -> None:
        self._database = database
        self._draft_keys = draft_keys
        self._owner: tuple[str, str, str, int] = (site, host, client_id, user_id)
        self._client = client
        self._sends_found = sends_found
        self._listener = listener
        self._approved: set[str] = set()
        self._channel: _Channel | None = None
        self._driver: OutboxDriver | None = None
        self.is_kept = False

    async def open(self) -> None:
        """Read what is there, and begin to send what may be sent."""
        if self._database is not None:
            site, host, client_id, user_id = self._owner
            name = _name(*self._owner)
            store = StoredChanges(
                database=self._database,
                site=site,
                host=host,
                client_id=client_id,
                user_id=user_id,
                draft_keys=self._draft_keys,
            )
            with suppress(CannotStore, JsException):
                self._channel = _Channel(name, receive=self._hear)
                driver = self._make_driver(store, WebLock(name), self._channel)
                await driver.start()
                self._driver, self.is_kept = driver, True
                return
        self._driver = self._make_driver(MemoryChanges(), _OwnLock(), _NoChannel())
        await self._driver.start()

    def close(self) -> None:
        """Stop sending; the changes stay where they are."""
        if self._driver is not None:
            self._driver.close()
        if self._channel is not None:
            self._channel.close()
        self._driver = self._channel = None

    async def clear(self) -> None:
        """Stop sending, and delete the changes.

        Raises:
            CannotStore: when they could not be deleted.
        """
        driver = self._driver
        if driver is not None:
            await driver.clear()
        self.close()

    async def put(self, change: Change, *, content: Any = None, draft: str = "") -> None:
        """Take a change up; when this ends it is on the disk.

        Args:
            change: The change.
            content: The content of the file that it attaches, a `podio.browser.BrowserFile`.
            draft: The form whose draft it takes the place of.

        Raises:
            CannotStore: when it could not be stored; it is not sent then.
        """
        driver = self._ready_driver()
        if self._database is not None:
            self._database.request_persistence()
        self._approved.add(change.change_id)
        await driver.put(change, content=content, draft=draft)

    async def apply(self, change_id: str, event: Event) -> None:
        """Apply what the user decided about a change.

        Raises:
            CannotStore: when it could not be stored.
        """
        self._approved.add(change_id)
        await self._ready_driver().apply(change_id, event)

    def approve(self, change_ids: set[str]) -> None:
        """Let changes be sent that were found."""
        self._approved |= change_ids
        self._ready_driver().wake()

    async def hurry(self) -> None:
        """Try again at once: the connection is back, or the user has signed in."""
        if self._driver is not None:
            await self._driver.hurry()

    def may_send(self, change: Change) -> bool:
        """Whether a change is sent without a further click."""
        return self._sends_found or change.change_id in self._approved

    def _ready_driver(self) -> OutboxDriver:
        if self._driver is None:
            raise CannotStore
        return self._driver

    def _make_driver(self, store: Store, lock: WebLock | _OwnLock, channel: _Channel | _NoChannel) -> OutboxDriver:
        return OutboxDriver(
            store=store,
            lock=lock,
            channel=channel,
            client=self._client,
            user_id=self._owner[-1],
            now=time.time,
            may_send=self.may_send,
            listener=self._listener,
        )

    async def _hear(self, message: object) -> None:
        if self._driver is not None:
            await self._driver.hear(message)


_LEAVING = frozenset({"AbortError", "InvalidStateError"})
"""What the browser refuses a lock with because the page is being left."""


class WebLock:
    """A lock that one tab of the origin holds at a time (https://www.w3.org/TR/web-locks/); a tab that goes leaves it.

    Args:
        name: Its name.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._end_of_hold: asyncio.Future[None] | None = None

    async def acquire(self) -> None:
        """Wait for the lock; whoever cancels this doesn't wait for it any more.

        Raises:
            CannotStore: when the browser gives none, for the page is being left; should it stay, it can try again.
        """
        end_of_hold: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        grant_future: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def grant(lock: Any) -> Any:
            if not grant_future.done():
                grant_future.set_result(None)
            return end_of_hold

        async def request() -> None:
            proxy = create_proxy(grant)
            try:
                options = to_js({"signal": abort.signal}, dict_converter=js.Object.fromEntries)
                await js.navigator.locks.request(self._name, options, proxy)
            except JsException as error:
                if not grant_future.done():
                    grant_future.set_exception(CannotStore() if error.name in _LEAVING else error)
            finally:
                proxy.destroy()

        abort = js.AbortController.new()
        requesting = asyncio.ensure_future(request())
        self._end_of_hold = end_of_hold
        try:
            await grant_future
        except BaseException:
            self.release()
            abort.abort()
            requesting.add_done_callback(lambda task: task.cancelled() or task.exception())
            raise

    def release(self) -> None:
        """Leave the lock to the next."""
        end_of_hold, self._end_of_hold = self._end_of_hold, None
        if end_of_hold is not None and not end_of_hold.done():
            end_of_hold.set_result(None)


class _OwnLock:
    """The lock of changes that no other tab knows of."""

    async def acquire(self) -> None:
        return

    def release(self) -> None:
        return


class _NoChannel:
    def post(self, message: str) -> None:
        return


class _Channel:
    """Messages between the user's tabs. Anybody on the origin can post there: a message says no more than "look"."""

    def __init__(self, name: str, *, receive: Callable[[object], Any]) -> None:
        self._receive = receive
        self._tasks: set[asyncio.Future[Any]] = set()
        self._channel = js.BroadcastChannel.new(name)
        self._proxy = create_proxy(self._take)
        self._channel.onmessage = self._proxy

    def post(self, message: str) -> None:
        """Send a message to the other tabs."""
        self._channel.postMessage(message)

    def close(self) -> None:
        """Neither receive nor send anything any more."""
        self._channel.onmessage = jsnull
        self._channel.close()
        asyncio.get_running_loop().call_soon(self._proxy.destroy)

    def _take(self, event: Any) -> None:
        task = asyncio.ensure_future(self._receive(event.data))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _name(site: str, host: str, client_id: str, user_id: int) -> str:
    """Return the name of the lock and the channel: a hash, because whoever runs on the origin can list locks."""
    parts = "\n".join((site, host, client_id, str(user_id)))
    return f"podio.outbox.{hashlib.sha256(parts.encode()).hexdigest()}"
