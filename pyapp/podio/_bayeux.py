"""Bayeux, the protocol of Podio's push service: messages to send, and what the answers mean.

Bayeux protocol 1.0 (https://docs.cometd.org/current/reference/#_bayeux), long polling only: a client shakes hands and
gets an id, subscribes to channels, and then keeps one "connect" waiting, which the server answers when events came or
its time is up. Every answer may carry advice on how to go on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, cast

from podio.errors import InvalidResponse

Message = dict[str, Any]

Reconnect = Literal["retry", "handshake", "none"]

CONNECTION_TYPES = ("long-polling", "cross-origin-long-polling")

HANDSHAKE = "/meta/handshake"
CONNECT = "/meta/connect"
SUBSCRIBE = "/meta/subscribe"
UNSUBSCRIBE = "/meta/unsubscribe"
DISCONNECT = "/meta/disconnect"

_LONGEST = 600.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Advice:
    """How the server wants to be polled (section "advice").

    Attributes:
        reconnect: ``retry``: connect again; ``handshake``: shake hands first; ``none``: go away.
        interval: Seconds to wait before the next connect.
        timeout: Seconds that the server lets a connect wait.
    """

    reconnect: Reconnect = "retry"
    interval: float = 0.0
    timeout: float = 60.0

    def updated(self, advice: object) -> Advice:
        """Return the advice with what a message says; whatever does not fit is passed over."""
        if not isinstance(advice, Mapping):
            return self
        reconnect = advice.get("reconnect")
        return Advice(
            reconnect=cast("Reconnect", reconnect) if reconnect in ("retry", "handshake", "none") else self.reconnect,
            interval=_seconds(advice.get("interval"), self.interval),
            timeout=_seconds(advice.get("timeout"), self.timeout),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """The answer to a message of ours.

    Attributes:
        channel: The meta channel that was spoken on.
        successful: Whether it did what was requested.
        client_id: The id of our side, on a handshake.
        subscription: The channel that was subscribed to.
        error: The server's explanation; empty without one.
        advice: The raw advice, or None.
    """

    channel: str
    successful: bool
    client_id: str | None = field(default=None, repr=False)
    subscription: str | None = None
    error: str = ""
    advice: Any = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """An event on a channel."""

    channel: str
    data: Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What came for a request: replies, events, and the advice that holds from now on."""

    replies: tuple[Reply, ...]
    deliveries: tuple[Delivery, ...]
    advice: Advice

    def reply_on(self, channel: str) -> Reply:
        """Return the reply on a meta channel.

        Raises:
            InvalidResponse: when there is none.
        """
        for reply in self.replies:
            if reply.channel == channel:
                return reply
        raise _not_bayeux()


def handshake() -> Message:
    """Return the message that begins."""
    return {"channel": HANDSHAKE, "version": "1.0", "supportedConnectionTypes": list(CONNECTION_TYPES)}


def connect(client_id: str, *, at_most: float | None = None) -> Message:
    """Return the message that waits for events: as long as the server likes, or `at_most` seconds."""
    message: Message = {"channel": CONNECT, "clientId": client_id, "connectionType": CONNECTION_TYPES[0]}
    if at_most is not None:
        message["advice"] = {"timeout": int(at_most * 1000)}
    return message


def subscribe(client_id: str, channel: str, ext: Mapping[str, str]) -> Message:
    """Return the message that subscribes to a channel; `ext` shows that one may."""
    return {"channel": SUBSCRIBE, "clientId": client_id, "subscription": channel, "ext": dict(ext)}


def unsubscribe(client_id: str, channel: str) -> Message:
    """Return the message that ends a subscription."""
    return {"channel": UNSUBSCRIBE, "clientId": client_id, "subscription": channel}


def disconnect(client_id: str) -> Message:
    """Return the message that ends all."""
    return {"channel": DISCONNECT, "clientId": client_id}


def numbered(messages: Iterable[Message], first: int) -> list[Message]:
    """Return the messages with their ids, by which a server's log tells them apart."""
    return [{**message, "id": str(number)} for number, message in enumerate(messages, first)]


def read_answer(value: object, advice: Advice) -> Answer:
    """Return what an answer holds.

    Args:
        value: The answer's JSON value.
        advice: The advice that held before.

    Raises:
        InvalidResponse: when it is no list of Bayeux messages.
    """
    messages = value if isinstance(value, list) else [value]
    replies: list[Reply] = []
    deliveries: list[Delivery] = []
    for message in messages:
        if not isinstance(message, dict) or not isinstance(message.get("channel"), str):
            raise _not_bayeux()
        advice = advice.updated(message.get("advice"))
        channel = message["channel"]
        if channel.startswith("/meta/"):
            replies.append(_reply(channel, message))
        elif "data" in message:
            deliveries.append(Delivery(channel=channel, data=message["data"]))
    return Answer(replies=tuple(replies), deliveries=tuple(deliveries), advice=advice)


def after_lost_client(advice: Advice) -> Advice:
    """Return the advice for a new handshake: an order to shake hands is done with it."""
    return replace(advice, reconnect="retry")


def _reply(channel: str, message: Mapping[str, Any]) -> Reply:
    def text(key: str) -> str | None:
        value = message.get(key)
        return value if isinstance(value, str) else None

    return Reply(
        channel=channel,
        successful=message.get("successful") is True,
        client_id=text("clientId"),
        subscription=text("subscription"),
        error=text("error") or "",
        advice=message.get("advice"),
    )


def _seconds(milliseconds: object, otherwise: float) -> float:
    if isinstance(milliseconds, bool) or not isinstance(milliseconds, (int, float)) or not milliseconds >= 0:
        return otherwise
    return min(float(min(milliseconds, _LONGEST * 1000)) / 1000, _LONGEST)


def _not_bayeux() -> InvalidResponse:
    return InvalidResponse("The push service's response is not one of Bayeux.", status=200)
