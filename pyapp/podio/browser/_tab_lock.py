"""The Web Lock by which one of the tabs that share a session has its sign-in window open, and the others wait."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from typing import Any

import js
from pyodide.ffi import JsException, create_proxy, jsnull, to_js

from podio.session import Session


class TabLock:
    """Held by this tab while its window is open. Without Web Locks (they need https) each tab goes its own way.

    Args:
        on_taken: Called when another tab has the lock.
        on_denied: Called when the browser gives no locks: where storage is denied, locks are.
    """

    def __init__(self, *, on_taken: Callable[[], object], on_denied: Callable[[], object]) -> None:
        self._on_taken = on_taken
        self._on_denied = on_denied
        self._held: asyncio.Future[None] | None = None

    def acquire(self, session: Session) -> None:
        """Begin to hold the lock of a session, if it is free."""
        if _has_locks():
            self._held = asyncio.get_running_loop().create_future()
            asyncio.ensure_future(self._hold(_name(session), self._held)).add_done_callback(_retrieve)

    def release(self) -> None:
        """Hold the lock no more, also one that isn't there yet."""
        held, self._held = self._held, None
        if held is not None and not held.done():
            held.set_result(None)

    async def is_held(self, session: Session) -> bool:
        """Return whether a tab holds the lock of a session."""
        if not _has_locks():
            return False
        try:
            locks = await js.navigator.locks.query()
        except JsException:
            return False
        name = _name(session)
        return any(lock.name == name for lock in locks.held)

    async def _hold(self, name: str, held: asyncio.Future[None]) -> None:
        def granted(lock: Any) -> Any:
            if lock is not None and lock is not jsnull:
                return held
            self._lose(held, self._on_taken)
            return None

        proxy = create_proxy(granted)
        try:
            options = to_js({"ifAvailable": True}, dict_converter=js.Object.fromEntries)
            await js.navigator.locks.request(name, options, proxy)
        except JsException:
            self._lose(held, self._on_denied)
        finally:
            proxy.destroy()

    def _lose(self, held: asyncio.Future[None], report: Callable[[], object]) -> None:
        if self._held is held:
            self._held = None
            report()


def _name(session: Session) -> str:
    """Return the lock's name: a hash, because whoever runs on the origin can list locks."""
    return hashlib.sha256(session.session_id.encode()).hexdigest()


def _has_locks() -> bool:
    return getattr(js.navigator, "locks", None) is not None


def _retrieve(task: asyncio.Future[None]) -> None:
    if not task.cancelled():
        task.exception()
