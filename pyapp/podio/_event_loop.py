"""The event loop that a client belongs to: its connections, locks and tasks work in that one only."""

from __future__ import annotations

import asyncio
import weakref

from podio.errors import ConfigurationError


class EventLoopGuard:
    """Notes the event loop of the first use, and refuses every other one.

    Without it a client that is used from two threads, or by two calls of `asyncio.run`, hangs or fails with "Event loop
    is closed".
    """

    def __init__(self) -> None:
        self._loop: weakref.ref[asyncio.AbstractEventLoop] | None = None

    def check(self) -> None:
        """Note the running event loop, or compare it.

        Raises:
            ConfigurationError: when the client was used in another one, which may be closed by now.
        """
        try:
            running = asyncio.get_running_loop()
        except RuntimeError:
            return  # driven by hand: there is none to mix up
        if self._loop is None:
            self._loop = weakref.ref(running)
        elif self._loop() is not running:
            raise ConfigurationError(
                "This client is already in use in another event loop, and works in one only. Put asyncio.run around "
                "the whole program rather than around each call, and make a client of its own in each thread."
            )
