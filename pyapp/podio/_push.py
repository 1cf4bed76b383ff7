"""Push: what happens to an item, a task, a workspace, as it happens: ``async for event in podio.push(item)``.

Podio signs, with an object that one may read, the permission to listen to it (its ``push`` object;
https://developers.podio.com/examples/push); the push service gets that signature, and never the session's token.
"""

from __future__ import annotations

import random
import re
from collections.abc import AsyncGenerator, Callable
from typing import Any

from podio._back_off import BackOff
from podio._boundary import sealed_class
from podio._clock import Clock
from podio._push_events import PushCalls, PushEvent, PushState, Renew
from podio.areas.calls import Query
from podio.errors import ConfigurationError

__all__ = ["PushEvent", "PushState", "Pushes", "Renew"]

_CHANNEL = re.compile(r"/(user|item|space|task|file|conversation)/(\d+)")
_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 60.0


@sealed_class()
class Pushes:
    """Listens to Podio's push service.

    Args:
        calls: Sends the messages, and reads objects again.
        push_url: The push service.
        clock: What permissions expire by.
    """

    def __init__(self, calls: PushCalls, *, push_url: str, clock: Clock) -> None:
        self._calls = calls
        self._push_url = push_url
        self._clock = clock

    def push(
        self,
        *objects: Any,
        renew: Renew | None = None,
        on_state: Callable[[PushState], Any] | None = None,
        give_up_after: float = 300.0,
        random: Callable[[], float] = random.random,
    ) -> AsyncGenerator[PushEvent, None]:
        """Yield what happens to objects of Podio's, as it happens, until the loop is left.

        One connection serves all objects. It comes back after failures, and reads an object again before its signature
        expires. Leave it with ``async with contextlib.aclosing(podio.push(item)) as events:``, so that the service is
        notified at once.

        Args:
            objects: Objects with a ``push`` object (items, spaces, tasks, files, the user's status), or such push
                objects themselves.
            renew: Reads an object again, by its channel. Left out: by the operation that the channel's kind has.
            on_state: Called when the connection is there, lost, and there again.
            give_up_after: Seconds without a connection after which it is given up.
            random: Numbers from 0 to 1, so that clients that were cut off together don't come back together.

        Raises:
            ConfigurationError: for an object without a push object.
            PushUnavailable: when the service can't be reached (in a page: the site's policy or the service does not
                allow it), or lets one listen no longer. Ask Podio at intervals instead.
            PodioError: when an object can't be read again: as `podio.request` does.
        """
        from podio._push_connection import PushConnection, permission_of  # imported when somebody listens

        if not objects:
            raise ConfigurationError("push needs an object to listen to.")
        permissions = [permission_of(value) for value in objects]
        return PushConnection(
            self._calls,
            self._push_url,
            permissions,
            renew=renew or _Rereading(self._calls),
            on_state=on_state,
            give_up_after=give_up_after,
            back_off=BackOff(first=_FIRST_PAUSE, longest=_LONGEST_PAUSE, random=random),
            clock=self._clock,
        ).events()


class _Rereading:
    """Reads an object by the operation for its kind of channel."""

    def __init__(self, calls: PushCalls) -> None:
        self._calls = calls

    async def __call__(self, channel: str) -> Any:
        match = _CHANNEL.fullmatch(channel)
        if match is None:
            raise ConfigurationError(f"How to read {channel} again isn't known: pass renew=….")
        kind, number = match.groups()
        if kind == "user":
            return await self._calls.request("GET", "/user/status")
        # Only to look: what the user has not seen stays unseen.
        params: dict[str, Query] | None = {"mark_as_viewed": False} if kind == "item" else None
        return await self._calls.request("GET", f"/{kind}/{number}", params=params)
