"""The push service: Bayeux over long polling at ``/faye``.

Bayeux protocol 1.0: handshake, connect, subscribe, unsubscribe and disconnect, one message or a batch of them in a
request. A connect is held until an event arrives, its time is up, the client goes away, or the emulator is reset or
closed. A subscription needs the signature of its channel (``push``); nobody but the emulator publishes.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response

from podio_emulator.errors import Refusal
from podio_emulator.json_bodies import decoded
from podio_emulator.push import ChannelSigner

PATH = "/faye"
CONNECTION_TYPES = ("long-polling", "cross-origin-long-polling")

_MOST_MESSAGES = 100
_MOST_LISTENERS = 1000
_LONGEST_QUEUE = 1000

Message = dict[str, Any]
#: Waits until the client that sent a request has gone away.
Gone = Callable[[], Awaitable[None]]


@dataclass(kw_only=True, slots=True, eq=False)
class _Listener:
    """A client that has shaken hands; ``waiting_connect`` ends its waiting connect."""

    client_id: str = field(repr=False)
    last_seen: float
    channels: set[str] = field(default_factory=set)
    events: deque[Message] = field(default_factory=lambda: deque(maxlen=_LONGEST_QUEUE))
    waiting_connect: asyncio.Future[bool] | None = None

    def end_waiting(self, *, deliver: bool) -> None:
        """Let a waiting connect return, with the events that have come or (for another connect's sake) without."""
        waiting_connect, self.waiting_connect = self.waiting_connect, None
        if waiting_connect is not None:
            # The connect may wait in another thread's loop, and that may have ended without a word.
            with suppress(RuntimeError):
                waiting_connect.get_loop().call_soon_threadsafe(_resolve, waiting_connect, deliver)


def _resolve(waiting_connect: asyncio.Future[bool], deliver: bool) -> None:
    if not waiting_connect.done():
        waiting_connect.set_result(deliver)


class Bayeux:
    """The service with its listeners. ``hold`` is the seconds that a connect waits for an event."""

    def __init__(
        self, *, signer: ChannelSigner, hold: float, clock: Callable[[], float], new_client_id: Callable[[], str]
    ) -> None:
        self._signer = signer
        self._hold = hold
        self._clock = clock
        self._new_client_id = new_client_id
        self._listeners: dict[str, _Listener] = {}
        self._closed = False

    def publish(self, channel: str, data: dict[str, Any]) -> None:
        """Send an event to all who listen to a channel."""
        for listener in list(self._listeners.values()):
            if channel in listener.channels:
                listener.events.append({"channel": channel, "data": data})
                listener.end_waiting(deliver=True)

    def clear(self) -> None:
        """Remove all listeners; connects that wait are answered that they shake hands again."""
        listeners, self._listeners = self._listeners, {}
        for listener in listeners.values():
            listener.end_waiting(deliver=True)

    def close(self) -> None:
        """Answer the connects that wait, and hold no more of them: the server wants to stop."""
        self._closed = True
        for listener in list(self._listeners.values()):
            listener.end_waiting(deliver=True)

    async def answer(self, content_type: str, body: bytes, gone: Gone) -> Response:
        """Answer a request. Raise ClientDisconnect if the client goes away while its connect is held."""
        messages = _messages(content_type, body)
        if messages is None:
            return Response("Bad request", status_code=400, media_type="text/plain")
        answers: list[Message] = []
        for message in messages:
            answers += await self._replies(message, gone)
        return JSONResponse(answers, headers={"Cache-Control": "no-store"})

    async def _replies(self, message: Message, gone: Gone) -> list[Message]:
        channel = message.get("channel")
        reply: Message = {"channel": channel, "successful": False}
        if isinstance(message.get("id"), (str, int)):
            reply["id"] = message["id"]
        if not isinstance(channel, str):
            return [reply | {"error": "402:channel:Missing required parameter"}]
        if channel == "/meta/handshake":
            return [reply | self._shaken_hands(message)]
        if channel not in _ANSWERS and channel != "/meta/connect":
            is_event_channel = not channel.startswith("/meta/")
            return [reply | {"error": "Incorrect token." if is_event_channel else f"404:{channel}:Unknown channel"}]
        listener = self._listeners.get(str(message.get("clientId")))
        if listener is None:
            return [reply | self._unknown_client(message)]
        reply["clientId"] = listener.client_id
        listener.last_seen = self._clock()
        if channel == "/meta/connect":
            return await self._connect(message, listener, reply, gone)
        return [reply | _ANSWERS[channel](self, message, listener)]

    def _advice(self, reconnect: str) -> Message:
        return {"reconnect": reconnect, "interval": 1000 if self._closed else 0, "timeout": int(self._hold * 1000)}

    def _unknown_client(self, message: Message) -> Message:
        client_id = message.get("clientId")
        if not isinstance(client_id, str):
            return {"error": "402:clientId:Missing required parameter", "advice": self._advice("handshake")}
        return {"error": f"401:{client_id[:80]}:Unknown client", "advice": self._advice("handshake")}

    def _shaken_hands(self, message: Message) -> Message:
        supported: Message = {"version": "1.0", "supportedConnectionTypes": list(CONNECTION_TYPES)}
        if not isinstance(message.get("version"), str):
            return supported | {"error": "402:version:Missing required parameter", "advice": self._advice("none")}
        types = message.get("supportedConnectionTypes")
        if not isinstance(types, list):
            error = "402:supportedConnectionTypes:Missing required parameter"
            return supported | {"error": error, "advice": self._advice("none")}
        if not any(kind in CONNECTION_TYPES for kind in types):
            names = ",".join(str(kind)[:40] for kind in types[:8])
            return supported | {"error": f"301:{names}:Connection types not supported", "advice": self._advice("none")}
        self._drop_idle()
        listener = _Listener(client_id=self._new_client_id(), last_seen=self._clock())
        self._listeners[listener.client_id] = listener
        return supported | {"successful": True, "clientId": listener.client_id, "advice": self._advice("retry")}

    def _drop_idle(self) -> None:
        """Remove clients that have not called for long, and the oldest where there are too many."""
        cut_off = self._clock() - 4 * max(self._hold, 15)
        idle = [
            key
            for key, listener in self._listeners.items()
            if listener.waiting_connect is None and listener.last_seen < cut_off
        ]
        for key in idle or list(self._listeners)[: max(0, len(self._listeners) - _MOST_LISTENERS + 1)]:
            self._listeners.pop(key).end_waiting(deliver=True)

    async def _connect(self, message: Message, listener: _Listener, reply: Message, gone: Gone) -> list[Message]:
        if message.get("connectionType") not in CONNECTION_TYPES:
            kind = str(message.get("connectionType"))[:40]
            return [reply | {"error": f"301:{kind}:Connection types not supported", "advice": self._advice("retry")}]
        listener.end_waiting(deliver=False)
        deliver = True
        if not listener.events and not self._closed:
            deliver = await _hold(listener, _patience(message, self._hold), gone)
        if self._listeners.get(listener.client_id) is not listener:
            del reply["clientId"]
            return [reply | self._unknown_client(message)]
        listener.last_seen = self._clock()
        events = list(listener.events) if deliver else []
        if deliver:
            listener.events.clear()
        return [reply | {"successful": True, "advice": self._advice("retry")}, *events]

    def _subscribed(self, message: Message, listener: _Listener) -> Message:
        channels = _channels(message)
        if channels is None:
            return {"error": "402:subscription:Missing required parameter"}
        ext = message.get("ext")
        ext = ext if isinstance(ext, dict) else {}
        signature, timestamp = ext.get("private_pub_signature"), ext.get("private_pub_timestamp")
        for channel in channels:
            problem = self._signer.problem(channel, signature, timestamp, self._clock())
            if problem is not None:
                return {"subscription": message["subscription"], "error": problem}
        listener.channels.update(channels)
        return {"subscription": message["subscription"], "successful": True}

    def _unsubscribed(self, message: Message, listener: _Listener) -> Message:
        channels = _channels(message)
        if channels is None:
            return {"error": "402:subscription:Missing required parameter"}
        listener.channels.difference_update(channels)
        return {"subscription": message["subscription"], "successful": True}

    def _disconnected(self, message: Message, listener: _Listener) -> Message:
        del self._listeners[listener.client_id]
        listener.end_waiting(deliver=False)
        return {"successful": True}


_ANSWERS: dict[str, Callable[[Bayeux, Message, _Listener], Message]] = {
    "/meta/subscribe": Bayeux._subscribed,
    "/meta/unsubscribe": Bayeux._unsubscribed,
    "/meta/disconnect": Bayeux._disconnected,
}


async def _hold(listener: _Listener, seconds: float, gone: Gone) -> bool:
    """Wait for an event, and return whether this connect is the one to deliver it."""
    waiting_connect: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
    listener.waiting_connect = waiting_connect
    leaving = asyncio.ensure_future(gone())
    try:
        either: set[asyncio.Future[Any]] = {waiting_connect, leaving}
        done, _ = await asyncio.wait(either, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        leaving.cancel()
        if listener.waiting_connect is waiting_connect:
            listener.waiting_connect = None
    if waiting_connect in done:
        return waiting_connect.result()
    if leaving in done:
        # The events stay for the next connect.
        raise ClientDisconnect
    return True


def _patience(message: Message, hold: float) -> float:
    """Return how long to hold a connect: its own ``advice.timeout`` (milliseconds) counts if it is shorter."""
    advice = message.get("advice")
    wished = advice.get("timeout") if isinstance(advice, dict) else None
    if isinstance(wished, bool) or not isinstance(wished, (int, float)):
        return hold
    return min(hold, max(0.0, wished / 1000))


def _channels(message: Message) -> list[str] | None:
    subscription = message.get("subscription")
    names = subscription if isinstance(subscription, list) else [subscription]
    channels = [name for name in names if isinstance(name, str)]
    return channels if channels and len(channels) == len(names) else None


def _messages(content_type: str, body: bytes) -> list[Message] | None:
    """Read a request: JSON, or a form's ``message`` (``cross-origin-long-polling``); None where it is neither."""
    if content_type == "application/x-www-form-urlencoded":
        body = parse_qs(body.decode("utf-8", "replace")).get("message", [""])[0].encode()
    try:
        value = decoded(body)
    except Refusal:
        return None
    messages = value if isinstance(value, list) else [value]
    usable = 0 < len(messages) <= _MOST_MESSAGES and all(isinstance(message, dict) for message in messages)
    return messages if usable else None
