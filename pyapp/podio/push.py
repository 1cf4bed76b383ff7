"""Push: what happens to an item, a task, a workspace, told as it happens: ``async for event in podio.push(item)``.

Performs no I/O but through its client. Podio signs, with an object that one may read, the permission to listen to it
(its ``push`` object; https://developers.podio.com/examples/push); the push service gets that signature, and never the
session's token. The protocol is `podio.bayeux`'s.
"""

from __future__ import annotations

import asyncio
import contextlib
import enum
import json
import random
import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeGuard

import httpx2

from podio import bayeux
from podio.areas.calls import Query
from podio.boundary import sealed
from podio.errors import (
    APIError,
    ConfigurationError,
    ConnectionFailed,
    InvalidResponse,
    PodioError,
    PushUnavailable,
    RateLimited,
    ServerError,
)
from podio.exchange import Call, read_response

_CHANNEL = re.compile(r"/(user|item|space|task|file|conversation)/(\d+)")
_SLACK = 15.0
_LEAVING = 2.0
_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 60.0
_RENEW_AHEAD = 300.0


class PushState(enum.Enum):
    """How the connection to the push service is; after LOST and CONNECTED events may have been missed: read again."""

    CONNECTED = "connected"
    LOST = "lost"


@dataclass(frozen=True, kw_only=True, slots=True)
class PushEvent:
    """Something that happened.

    Attributes:
        channel: Where it was told: ``/item/42``.
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
"""Takes a channel and returns the object, read anew, with a fresh ``push`` object."""


class PushClient(Protocol):
    """What push needs of the client."""

    push_url: str
    _clock: Callable[[], float]
    _sleep: Callable[[float], Awaitable[None]]

    async def send(self, call: Call, *, with_token: bool = True) -> httpx2.Response:
        """Send a call and return its answer."""
        ...

    async def request(self, method: str, path: str, *, params: Mapping[str, Query] | None = None) -> Any:
        """Make a call of the API."""
        ...


class Pushes:
    """What the client can do with Podio's push service."""

    def push(
        self: PushClient,
        *objects: Any,
        renew: Renew | None = None,
        on_state: Callable[[PushState], Any] | None = None,
        give_up_after: float = 300.0,
        random: Callable[[], float] = random.random,
    ) -> AsyncGenerator[PushEvent, None]:
        """Yield what happens to objects of Podio's, as it happens, until the loop is left.

        One connection serves all objects. It comes back after failures, and reads an object anew before its signature
        expires. Leave it with ``async with contextlib.aclosing(podio.push(item)) as events:``, so that the service is
        told at once.

        Args:
            objects: Objects with a ``push`` object (items, spaces, tasks, files, the user's status), or such push
                objects themselves.
            renew: Reads an object anew, by its channel. Left out: by the operation that the channel's kind has.
            on_state: Called when the connection is there, lost, and there again.
            give_up_after: Seconds without a connection after which it is given up.
            random: Numbers from 0 to 1, so that clients that were cut off together don't come back together.

        Raises:
            ConfigurationError: for an object without a push object.
            PushUnavailable: when the service can't be reached (in a page: the site's policy or the service does not
                allow it), or lets one listen no longer. Ask Podio at intervals instead.
            PodioError: when an object can't be read anew: as `podio.request` does.
        """
        if not objects:
            raise ConfigurationError("push needs an object to listen to.")
        permissions = [_permission(one) for one in objects]
        return _Listening(
            self,
            permissions,
            renew=renew or _Rereading(self),
            on_state=on_state,
            give_up_after=give_up_after,
            random=random,
            clock=self._clock,
            sleep=self._sleep,
        ).events()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Permission:
    channel: str
    signature: str = field(repr=False)
    timestamp: str
    expires_in: float
    given_at: float | None


def _permission(given: Any, *, read_at: float | None = None) -> _Permission:
    push = given.get("push", given) if isinstance(given, Mapping) else None
    if not isinstance(push, Mapping) or not all(push.get(key) for key in ("channel", "signature", "timestamp")):
        raise ConfigurationError("This object has no push object: read it again with the operation that gives one.")
    timestamp, expires_in = push["timestamp"], push.get("expires_in")
    if read_at is None and _is_seconds(timestamp):
        read_at = float(timestamp)
    return _Permission(
        channel=str(push["channel"]),
        signature=str(push["signature"]),
        timestamp=str(timestamp),
        expires_in=float(expires_in) if _is_seconds(expires_in) else 3600.0,
        given_at=read_at,
    )


def _is_seconds(value: Any) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value < 1e12


class _Rereading:
    """Reads an object by the operation for its kind of channel."""

    def __init__(self, client: PushClient) -> None:
        self._client = client

    async def __call__(self, channel: str) -> Any:
        match = _CHANNEL.fullmatch(channel)
        if match is None:
            raise ConfigurationError(f"How to read {channel} anew isn't known: say renew=….")
        kind, number = match.groups()
        if kind == "user":
            return await self._client.request("GET", "/user/status")
        # Only to look: what the person has not seen stays unseen.
        params: dict[str, Query] | None = {"mark_as_viewed": False} if kind == "item" else None
        return await self._client.request("GET", f"/{kind}/{number}", params=params)


class _Lost(Exception):
    """The connection did not do what it should; try again."""

    def __init__(self, cause: PodioError) -> None:
        self.cause = cause
        super().__init__(str(cause))


class _Listening:
    """One connection of one loop."""

    def __init__(
        self,
        client: PushClient,
        permissions: Sequence[_Permission],
        *,
        renew: Renew,
        on_state: Callable[[PushState], Any] | None,
        give_up_after: float,
        random: Callable[[], float],
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._client = client
        self._permissions: dict[str, _Permission] = {}
        self._expires_at: dict[str, float] = {}
        self._renew_at: dict[str, float] = {}
        self._renew = renew
        self._tell = on_state or (lambda _: None)
        self._give_up_after = give_up_after
        self._random = random
        self._clock = clock
        self._sleep = sleep
        self._advice = bayeux.Advice()
        self._client_id: str | None = None
        self._subscribed: set[str] = set()
        self._state: PushState | None = None
        self._failures = 0
        self._lost_at = 0.0
        self._number = 0
        for permission in permissions:
            self._take(permission)

    @sealed
    async def events(self) -> AsyncGenerator[PushEvent, None]:
        """Yield the events; each turn of the loop mends what is missing and then waits for events once."""
        try:
            while True:
                try:
                    deliveries = await self._turn()
                except _Lost as lost:
                    await self._back_off(lost.cause)
                    continue
                self._failures = 0
                for delivery in deliveries:
                    yield _event(delivery)
                if self._advice.interval:
                    await self._sleep(self._advice.interval)
        finally:
            await self._leave()

    async def _turn(self) -> tuple[bayeux.Delivery, ...]:
        client_id = self._client_id or await self._shake_hands()
        for channel in list(self._permissions):
            if self._renew_at[channel] <= self._clock():
                await self._renew_permission(channel)
        has_asked = self._permissions.keys() > self._subscribed
        early = await self._subscribe(client_id)
        if has_asked:
            # The service has just answered. Otherwise only a connect shows whether it does.
            self._set_state(PushState.CONNECTED)
        deliveries = await self._connect(client_id)
        self._set_state(PushState.CONNECTED)
        return early + deliveries

    async def _shake_hands(self) -> str:
        self._subscribed.clear()
        answer = await self._send([bayeux.handshake()])
        reply = _reply_on(answer, bayeux.HANDSHAKE)
        if not reply.successful or not reply.client_id:
            self._obey(reply)
            raise _Lost(_refused(reply))
        self._client_id = reply.client_id
        self._advice = bayeux.after_lost_client(self._advice)
        return reply.client_id

    async def _subscribe(self, client_id: str) -> tuple[bayeux.Delivery, ...]:
        """Subscribe to what is missing; a permission that is not accepted is fetched anew once."""
        deliveries: tuple[bayeux.Delivery, ...] = ()
        for is_last_try in (False, True):
            missing = [one for channel, one in self._permissions.items() if channel not in self._subscribed]
            if not missing:
                break
            answer = await self._send(
                [
                    bayeux.subscribe(
                        client_id,
                        one.channel,
                        {"private_pub_signature": one.signature, "private_pub_timestamp": one.timestamp},
                    )
                    for one in missing
                ]
            )
            deliveries += answer.deliveries
            replies = [reply for reply in answer.replies if reply.channel == bayeux.SUBSCRIBE]
            self._subscribed |= {reply.subscription for reply in replies if reply.successful and reply.subscription}
            if len(missing) == 1 and replies and replies[0].successful:
                self._subscribed.add(missing[0].channel)
            for reply in replies:
                if not reply.successful:
                    self._obey(reply)
            for one in missing:
                if one.channel in self._subscribed:
                    continue
                if is_last_try:
                    error = next((reply.error for reply in replies if not reply.successful), "")
                    raise PushUnavailable(
                        f"Podio's push service does not let you listen to {one.channel}. It says: {error or 'nothing'}",
                        was_connected=self._state is not None,
                    )
                await self._renew_permission(one.channel)
        return deliveries

    async def _connect(self, client_id: str) -> tuple[bayeux.Delivery, ...]:
        until_renewal = max(0.0, min(self._renew_at.values()) - self._clock())
        at_most = until_renewal if until_renewal < self._advice.timeout else None
        answer = await self._send([bayeux.connect(client_id, at_most=at_most)], timeout=self._advice.timeout + _SLACK)
        reply = _reply_on(answer, bayeux.CONNECT)
        if not reply.successful:
            self._obey(reply)
            raise _Lost(_refused(reply))
        if answer.advice.reconnect == "handshake":
            self._client_id = None
        return answer.deliveries

    def _obey(self, reply: bayeux.Reply) -> None:
        """Do as the advice of a refusal says."""
        if self._advice.reconnect == "none":
            raise PushUnavailable(
                f"Podio's push service refuses. It says: {reply.error or 'nothing'}",
                was_connected=self._state is not None,
            )
        if self._advice.reconnect == "handshake":
            self._client_id = None
            raise _Lost(_refused(reply))

    def _take(self, permission: _Permission) -> None:
        """Use a permission from now on, and plan when to renew it."""
        now = self._clock()
        given_at = now if permission.given_at is None else permission.given_at
        self._permissions[permission.channel] = permission
        self._expires_at[permission.channel] = given_at + permission.expires_in
        self._renew_at[permission.channel] = (
            given_at + permission.expires_in - min(_RENEW_AHEAD, permission.expires_in / 5)
        )

    async def _renew_permission(self, channel: str) -> None:
        """Read the object anew; while the old permission still serves, a failure may wait for the next turn."""
        began = self._clock()
        try:
            renewed = await self._renew(channel)
        except (ConnectionFailed, ServerError, RateLimited, InvalidResponse) as error:
            left = self._expires_at[channel] - self._clock()
            if left > 0 and channel in self._subscribed:
                self._renew_at[channel] = self._clock() + max(1.0, min(30.0, left / 2))
                return
            raise _Lost(error) from error
        # By our own clock from now on: a clock that is wrong by hours would renew without end.
        permission = _permission(renewed, read_at=began)
        if permission.channel != channel:
            raise ConfigurationError(f"What was read anew for {channel} is the push object of {permission.channel}.")
        self._take(permission)
        self._subscribed.discard(channel)

    async def _send(self, messages: list[bayeux.Message], *, timeout: float | None = None) -> bayeux.Answer:
        numbered = bayeux.numbered(messages, self._number + 1)
        self._number += len(numbered)
        call = Call(
            method="POST",
            address=self._client.push_url,
            # A form, which Bayeux allows as well as JSON: a page sends it without asking by a preflight first.
            form={"message": json.dumps(numbered)},
            timeout=timeout,
            patient=False,
        )
        try:
            value = read_response(await self._client.send(call, with_token=False), method="POST")
            answer = bayeux.read_answer(value, self._advice)
        except (ConnectionFailed, ServerError, RateLimited, InvalidResponse) as error:
            raise _Lost(error) from error
        except APIError as error:
            raise PushUnavailable(
                f"Podio's push service is not to be used from here (HTTP {error.status}). Ask at intervals instead.",
                was_connected=self._state is not None,
            ) from error
        self._advice = answer.advice
        return answer

    async def _back_off(self, cause: PodioError) -> None:
        """Wait before the next turn.

        Raises:
            PushUnavailable: when there was no connection yet, or there is none for too long.
        """
        now = self._clock()
        if self._state is None:
            raise PushUnavailable(
                f"Podio's push service can't be reached from here: {cause} "
                "In a page its host may not be allowed. Ask at intervals instead.",
                was_connected=False,
            ) from cause
        if self._failures == 0:
            self._lost_at = now
        self._failures += 1
        pause = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0 ** min(self._failures - 1, 30)) * (0.5 + self._random() / 2)
        if now + pause - self._lost_at > self._give_up_after:
            raise PushUnavailable(
                f"The connection to Podio's push service is lost: {cause} Ask at intervals instead.",
                was_connected=True,
            ) from cause
        self._set_state(PushState.LOST)
        await self._sleep(max(pause, self._advice.interval))

    def _set_state(self, state: PushState) -> None:
        if state is not self._state:
            self._state = state
            self._tell(state)

    async def _leave(self) -> None:
        """Tell the service that we go; it finds out by itself otherwise."""
        client_id, self._client_id = self._client_id, None
        if client_id is None:
            return
        messages = [bayeux.unsubscribe(client_id, channel) for channel in sorted(self._subscribed)]
        with contextlib.suppress(PodioError, _Lost, TimeoutError):
            async with asyncio.timeout(_LEAVING):
                await self._send([*messages, bayeux.disconnect(client_id)], timeout=_LEAVING)


def _reply_on(answer: bayeux.Answer, channel: str) -> bayeux.Reply:
    try:
        return answer.reply_on(channel)
    except InvalidResponse as error:
        raise _Lost(error) from error


def _refused(reply: bayeux.Reply) -> PodioError:
    return InvalidResponse(f"The push service refused ({reply.error or 'without a word'}).", status=200)


def _event(delivery: bayeux.Delivery) -> PushEvent:
    said = delivery.data if isinstance(delivery.data, Mapping) else {}
    name, ref, by = said.get("event"), said.get("ref"), said.get("created_by")
    return PushEvent(
        channel=delivery.channel,
        event=name if isinstance(name, str) else "",
        ref=ref if isinstance(ref, Mapping) else None,
        created_by=by if isinstance(by, Mapping) else None,
        data=said.get("data"),
        message=delivery.data,
    )
