"""What a listener to Podio's push service gets, and what it needs: without the connection, which few programs make."""

from __future__ import annotations

import enum
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import httpx2

    from podio._call import Call
    from podio.areas.calls import Query


class PushState(enum.Enum):
    """How the connection to the push service is; after LOST and CONNECTED events may have been missed: read again."""

    CONNECTED = "connected"
    LOST = "lost"


@dataclass(frozen=True, kw_only=True, slots=True)
class PushEvent:
    """Something that happened.

    Attributes:
        channel: Where it was reported: ``/item/42``.
        event: Podio's name for it, such as ``update`` or ``comment_create``; empty where it gave none.
        ref: What it happened to: ``{"type": "item", "id": 42}``; or None.
        created_by: Who did it; or None.
        data: What Podio says of it besides: differs by event.
        message: The whole message.
    """

    channel: str
    event: str
    ref: Mapping[str, Any] | None
    created_by: Mapping[str, Any] | None
    data: Any
    message: Any = field(repr=False)


Renew = Callable[[str], Awaitable[Any]]
"""Takes a channel and returns the object, read again, with a fresh ``push`` object."""


class PushCalls(Protocol):
    """What push needs of a client's calls: `podio._calls.Calls`."""

    async def send(self, call: Call, *, with_token: bool = True) -> httpx2.Response:
        """Send a call and return its response."""
        ...

    async def request(self, method: str, path: str, *, params: Mapping[str, Query] | None = None) -> Any:
        """Make a call of the API."""
        ...
