"""One connection to Podio's push service: it subscribes, waits for events, and comes back after failures.

The protocol is `podio._bayeux`'s.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeGuard

from podio import _bayeux
from podio._back_off import BackOff
from podio._boundary import sealed_class
from podio._call import Call
from podio._clock import Clock
from podio._push_events import PushCalls, PushEvent, PushState, Renew
from podio._responses import read_response
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

_SLACK = 15.0
_LEAVING = 2.0
_RENEW_AHEAD = 300.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Permission:
    """Podio's signed permission to listen to a channel."""

    channel: str
    signature: str = field(repr=False)
    timestamp: str
    expires_in: float
    given_at: float | None


def permission_of(value: Any, *, read_at: float | None = None) -> Permission:
    """Return the permission that an object of Podio's holds, or that is such a ``push`` object itself.

    Args:
        value: The object.
        read_at: When it was read; left out: when Podio says that it signed it.

    Raises:
        ConfigurationError: when there is none in it.
    """
    push = value.get("push", value) if isinstance(value, Mapping) else None
    if not isinstance(push, Mapping) or not all(push.get(key) for key in ("channel", "signature", "timestamp")):
        raise ConfigurationError("This object has no push object: read it again with the operation that gives one.")
    timestamp, expires_in = push["timestamp"], push.get("expires_in")
    if read_at is None and _is_seconds(timestamp):
        read_at = float(timestamp)
    return Permission(
        channel=str(push["channel"]),
        signature=str(push["signature"]),
        timestamp=str(timestamp),
        expires_in=float(expires_in) if _is_seconds(expires_in) else 3600.0,
        given_at=read_at,
    )


def _is_seconds(value: Any) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value < 1e12


class _Lost(Exception):
    """The connection did not do what it should; try again."""

    def __init__(self, cause: PodioError) -> None:
        self.cause = cause
        super().__init__(str(cause))


@sealed_class()
class PushConnection:
    """One connection of one loop.

    Args:
        calls: Sends the messages.
        push_url: The push service.
        permissions: What is listened to.
        renew: Reads an object again, by its channel.
        on_state: Called with each new state.
        give_up_after: Seconds without a connection after which it is given up.
        back_off: The pauses between tries to come back.
        clock: What permissions expire by.
    """

    def __init__(
        self,
        calls: PushCalls,
        push_url: str,
        permissions: Sequence[Permission],
        *,
        renew: Renew,
        on_state: Callable[[PushState], Any] | None,
        give_up_after: float,
        back_off: BackOff,
        clock: Clock,
    ) -> None:
        self._calls = calls
        self._push_url = push_url
        self._permissions: dict[str, Permission] = {}
        self._expires_at: dict[str, float] = {}
        self._renew_at: dict[str, float] = {}
        self._renew = renew
        self._on_state = on_state or (lambda _: None)
        self._give_up_after = give_up_after
        self._back_off = back_off
        self._clock = clock
        self._advice = _bayeux.Advice()
        self._client_id: str | None = None
        self._subscribed: set[str] = set()
        self._state: PushState | None = None
        self._failures = 0
        self._lost_at = 0.0
        self._number = 0
        for permission in permissions:
            self._take(permission)

    async def events(self) -> AsyncGenerator[PushEvent, None]:
        """Yield the events; each turn of the loop sets up what is missing and then waits for events once."""
        try:
            while True:
                try:
                    deliveries = await self._turn()
                except _Lost as lost:
                    await self._pause(lost.cause)
                    continue
                self._failures = 0
                for delivery in deliveries:
                    yield _event(delivery)
                if self._advice.interval:
                    await self._clock.sleep(self._advice.interval)
        finally:
            await self._leave()

    async def _turn(self) -> tuple[_bayeux.Delivery, ...]:
        client_id = self._client_id or await self._shake_hands()
        for channel in list(self._permissions):
            if self._renew_at[channel] <= self._clock.now():
                await self._renew_permission(channel)
        has_asked = self._permissions.keys() > self._subscribed
        at_once = await self._subscribe(client_id)
        if has_asked:
            # The service has just answered. Otherwise only a connect shows whether it does.
            self._set_state(PushState.CONNECTED)
        deliveries = await self._connect(client_id)
        self._set_state(PushState.CONNECTED)
        return at_once + deliveries

    async def _shake_hands(self) -> str:
        self._subscribed.clear()
        answer = await self._send([_bayeux.handshake()])
        reply = _reply_on(answer, _bayeux.HANDSHAKE)
        if not reply.successful or not reply.client_id:
            self._obey(reply)
            raise _Lost(_refused(reply))
        self._client_id = reply.client_id
        self._advice = _bayeux.after_lost_client(self._advice)
        return reply.client_id

    async def _subscribe(self, client_id: str) -> tuple[_bayeux.Delivery, ...]:
        """Subscribe to what is missing; a permission that is not accepted is fetched again once."""
        deliveries: tuple[_bayeux.Delivery, ...] = ()
        for is_last_try in (False, True):
            permissions = [
                permission for channel, permission in self._permissions.items() if channel not in self._subscribed
            ]
            if not permissions:
                break
            answer = await self._send(
                [
                    _bayeux.subscribe(
                        client_id,
                        permission.channel,
                        {"private_pub_signature": permission.signature, "private_pub_timestamp": permission.timestamp},
                    )
                    for permission in permissions
                ]
            )
            deliveries += answer.deliveries
            replies = [reply for reply in answer.replies if reply.channel == _bayeux.SUBSCRIBE]
            self._subscribed |= {reply.subscription for reply in replies if reply.successful and reply.subscription}
            if len(permissions) == 1 and replies and replies[0].successful:
                self._subscribed.add(permissions[0].channel)
            for reply in replies:
                if not reply.successful:
                    self._obey(reply)
            for permission in permissions:
                if permission.channel in self._subscribed:
                    continue
                if is_last_try:
                    error = next((reply.error for reply in replies if not reply.successful), "")
                    raise PushUnavailable(
                        f"Podio's push service does not let you listen to {permission.channel}. "
                        f"It says: {error or 'nothing'}",
                        was_connected=self._state is not None,
                    )
                await self._renew_permission(permission.channel)
        return deliveries

    async def _connect(self, client_id: str) -> tuple[_bayeux.Delivery, ...]:
        until_renewal = max(0.0, min(self._renew_at.values()) - self._clock.now())
        at_most = until_renewal if until_renewal < self._advice.timeout else None
        answer = await self._send([_bayeux.connect(client_id, at_most=at_most)], timeout=self._advice.timeout + _SLACK)
        reply = _reply_on(answer, _bayeux.CONNECT)
        if not reply.successful:
            self._obey(reply)
            raise _Lost(_refused(reply))
        if answer.advice.reconnect == "handshake":
            self._client_id = None
        return answer.deliveries

    def _obey(self, reply: _bayeux.Reply) -> None:
        """Do as the advice of a refusal says."""
        if self._advice.reconnect == "none":
            raise PushUnavailable(
                f"Podio's push service refuses. It says: {reply.error or 'nothing'}",
                was_connected=self._state is not None,
            )
        if self._advice.reconnect == "handshake":
            self._client_id = None
            raise _Lost(_refused(reply))

    def _take(self, permission: Permission) -> None:
        """Use a permission from now on, and plan when to renew it."""
        now = self._clock.now()
        given_at = now if permission.given_at is None else permission.given_at
        self._permissions[permission.channel] = permission
        self._expires_at[permission.channel] = given_at + permission.expires_in
        self._renew_at[permission.channel] = (
            given_at + permission.expires_in - min(_RENEW_AHEAD, permission.expires_in / 5)
        )

    async def _renew_permission(self, channel: str) -> None:
        """Read the object again; while the old permission still serves, a failure may wait for the next turn."""
        began = self._clock.now()
        try:
            renewed = await self._renew(channel)
        except (ConnectionFailed, ServerError, RateLimited, InvalidResponse) as error:
            left = self._expires_at[channel] - self._clock.now()
            if left > 0 and channel in self._subscribed:
                self._renew_at[channel] = self._clock.now() + max(1.0, min(30.0, left / 2))
                return
            raise _Lost(error) from error
        # By our own clock from now on: a clock that is wrong by hours would renew without end.
        permission = permission_of(renewed, read_at=began)
        if permission.channel != channel:
            raise ConfigurationError(f"What was read again for {channel} is the push object of {permission.channel}.")
        self._take(permission)
        self._subscribed.discard(channel)

    async def _send(self, messages: list[_bayeux.Message], *, timeout: float | None = None) -> _bayeux.Answer:
        messages = _bayeux.numbered(messages, self._number + 1)
        self._number += len(messages)
        call = Call(
            method="POST",
            address=self._push_url,
            # A form, which Bayeux allows as well as JSON: a page sends it without asking by a preflight first.
            form={"message": json.dumps(messages)},
            timeout=timeout,
            patient=False,
        )
        try:
            value = read_response(await self._calls.send(call, with_token=False), method="POST")
            answer = _bayeux.read_answer(value, self._advice)
        except (ConnectionFailed, ServerError, RateLimited, InvalidResponse) as error:
            raise _Lost(error) from error
        except APIError as error:
            raise PushUnavailable(
                f"Podio's push service is not to be used from here (HTTP {error.status}). Poll instead.",
                was_connected=self._state is not None,
            ) from error
        self._advice = answer.advice
        return answer

    async def _pause(self, cause: PodioError) -> None:
        """Wait before the next turn.

        Raises:
            PushUnavailable: when there was no connection yet, or there is none for too long.
        """
        now = self._clock.now()
        if self._state is None:
            raise PushUnavailable(
                f"Podio's push service can't be reached from here: {cause} "
                "In a page its host may not be allowed. Poll instead.",
                was_connected=False,
            ) from cause
        if self._failures == 0:
            self._lost_at = now
        self._failures += 1
        pause = self._back_off.pause(self._failures)
        if now + pause - self._lost_at > self._give_up_after:
            raise PushUnavailable(
                f"The connection to Podio's push service is lost: {cause} Poll instead.",
                was_connected=True,
            ) from cause
        self._set_state(PushState.LOST)
        await self._clock.sleep(max(pause, self._advice.interval))

    def _set_state(self, state: PushState) -> None:
        if state is not self._state:
            self._state = state
            self._on_state(state)

    async def _leave(self) -> None:
        """Notify the service that we go; it finds out by itself otherwise."""
        client_id, self._client_id = self._client_id, None
        if client_id is None:
            return
        messages = [_bayeux.unsubscribe(client_id, channel) for channel in sorted(self._subscribed)]
        with contextlib.suppress(PodioError, _Lost, TimeoutError):
            async with asyncio.timeout(_LEAVING):
                await self._send([*messages, _bayeux.disconnect(client_id)], timeout=_LEAVING)


def _reply_on(answer: _bayeux.Answer, channel: str) -> _bayeux.Reply:
    try:
        return answer.reply_on(channel)
    except InvalidResponse as error:
        raise _Lost(error) from error


def _refused(reply: _bayeux.Reply) -> PodioError:
    return InvalidResponse(f"The push service refused ({reply.error or 'without a word'}).", status=200)


def _event(delivery: _bayeux.Delivery) -> PushEvent:
    data = delivery.data if isinstance(delivery.data, Mapping) else {}
    name, ref, by = data.get("event"), data.get("ref"), data.get("created_by")
    return PushEvent(
        channel=delivery.channel,
        event=name if isinstance(name, str) else "",
        ref=ref if isinstance(ref, Mapping) else None,
        created_by=by if isinstance(by, Mapping) else None,
        data=data.get("data"),
        message=delivery.data,
    )
