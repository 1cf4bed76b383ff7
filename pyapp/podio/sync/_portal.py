"""An event loop in a thread of its own, to which other threads hand calls and wait for them."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import functools
import inspect
import os
import sys
import threading
from collections.abc import Callable
from typing import Any

from anyio.from_thread import BlockingPortal, start_blocking_portal

from podio.errors import ConfigurationError

_THREAD_NAME = "podio.sync"


class _Call:
    """A call that another thread waits for, and may give up at any moment."""

    def __init__(self, function: Callable[[], Any]) -> None:
        self.is_done = False
        self._function = function
        self._is_cancelled = False
        self._task: asyncio.Task[Any] | None = None

    async def __call__(self) -> Any:
        """Call the function; await what it returns where that is awaitable."""
        if self._is_cancelled:
            return None
        self._task = asyncio.current_task()
        try:
            result = self._function()
            return await result if inspect.isawaitable(result) else result
        finally:
            self.is_done = True

    def cancel(self) -> None:
        """Cancel the call, in its own event loop."""
        self._is_cancelled = True
        if self._task is not None and not self.is_done:
            self._task.cancel()


class Portal:
    """Runs functions of the asynchronous library for threads that wait; its own thread begins with the first of them.

    Raises:
        ConfigurationError: in a page, which has no threads.
    """

    def __init__(self) -> None:
        if sys.platform == "emscripten":
            raise ConfigurationError(
                "podio.sync needs threads, which a page doesn't have: use podio.Podio, and await its calls."
            )
        self._lock = threading.Lock()
        self._running: tuple[contextlib.AbstractContextManager[BlockingPortal], BlockingPortal] | None = None
        self._thread: int | None = None
        self._process = os.getpid()
        self._is_closed = False

    def run(self, function: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        """Call a function in the event loop, and return its result, awaited where it is awaitable.

        When the wait is broken off (Ctrl-C), so is what runs.

        Raises:
            ConfigurationError: from a function that runs in the event loop itself, which would wait for itself; in
                another process than the client's; after `close`.
        """
        portal = self._started()
        call = _Call(functools.partial(function, *arguments, **options))
        try:
            # Ctrl-C may come before there is a future to cancel.
            return portal.start_task_soon(call).result()
        except concurrent.futures.CancelledError:
            raise ConfigurationError("This client was closed while the call ran.") from None
        except BaseException:
            if not call.is_done:
                with contextlib.suppress(RuntimeError):  # the portal is closed, and all calls with it
                    portal.start_task_soon(call.cancel)
            raise

    def close(self, last: Callable[[], Any]) -> None:
        """Run a function as the last one, cancel what else runs, and end the thread; do nothing a second time."""
        if self._process != os.getpid():
            return  # the thread is the other process's
        with self._lock:
            running, self._running, self._is_closed = self._running, None, True
        if running is None:
            return
        context, portal = running
        try:
            portal.call(last)
        finally:
            with contextlib.suppress(RuntimeError):
                portal.call(portal.stop, True)
            context.__exit__(None, None, None)

    def abandon(self, last: Callable[[], Any]) -> None:
        """Do what `close` does for a client that nobody closed: say nothing of failures, and wait in no event loop."""
        if threading.get_ident() == self._thread:
            threading.Thread(target=self.abandon, args=(last,), daemon=True).start()
            return
        with contextlib.suppress(Exception):
            self.close(last)

    def _started(self) -> BlockingPortal:
        if self._process != os.getpid():
            raise ConfigurationError("This client belongs to the process that made it: make one in each process.")
        if threading.get_ident() == self._thread:
            raise ConfigurationError(
                "A function that was handed to this client can't make calls with it: it runs in the client's own "
                "thread, which would wait for itself. Note what is to be done, and do it after the call."
            )
        with self._lock:
            if self._is_closed:
                raise ConfigurationError("This client was closed: make a new one.")
            if self._running is None:
                context = start_blocking_portal(name=_THREAD_NAME)
                portal = context.__enter__()
                self._thread = portal.call(threading.get_ident)
                self._running = context, portal
            return self._running[1]
