"""Hands the tab's session on to tabs of this site that open, and takes one over: the channel, the lock, the wait.

What the messages mean and which session is taken is decided in `podio.hand_over`.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import js
from pyodide.ffi import JsException, create_proxy, to_js

from podio.client import Podio
from podio.errors import PodioError
from podio.hand_over import ANSWER_LIMIT, answer_to, channel_name, choose, read_answers, read_question
from podio.session import MemoryStore, Session

_LOOK_EVERY = 0.02
_CHECK_LIMIT = 15.0
"""Seconds for which Podio may take to name the user; after that the page shows the sign-in."""


class SessionOffer:
    """Gives the session to tabs that request it, while the page says that it is signed in.

    Args:
        api_url: The API.
        client_id: The client; a tab of another client or API asks on another channel.
        session: Gives the session in use.
        clock: Seconds since 1970.
    """

    def __init__(
        self,
        *,
        api_url: str,
        client_id: str,
        session: Callable[[], Session | None],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._name = channel_name(api_url, client_id)
        self._session = session
        self._clock = clock
        self._on_message = create_proxy(self._receive)
        self._channel: Any = None
        self._lock: asyncio.Future[None] | None = None
        self._holding: asyncio.Task[None] | None = None

    def listen(self, *, is_signed_in: bool) -> None:
        """Answer from now on, or no more; called again with the same value, it changes nothing."""
        if is_signed_in and self._channel is None:
            self._channel = js.BroadcastChannel.new(self._name)
            self._channel.onmessage = self._on_message
            self._lock = asyncio.get_running_loop().create_future()
            self._holding = asyncio.ensure_future(_hold(self._name, self._lock))
        elif not is_signed_in and self._channel is not None:
            self._channel.close()
            self._channel = None
            if self._lock is not None and not self._lock.done():
                self._lock.set_result(None)

    def _receive(self, event: Any) -> None:
        data = event.data
        nonce = read_question(data.to_py() if hasattr(data, "to_py") else data)
        session = self._session()
        if nonce is None or session is None or self._channel is None:
            return
        answer = answer_to(nonce, session, self._clock())
        self._channel.postMessage(to_js(answer, dict_converter=js.Object.fromEntries))


class HandOver:
    """The hand-over to a tab that has just opened, whose first scripts have put the question.

    Args:
        question: What web/tabs.js knows of the question: ``nonce``, ``at`` (ms of `performance.now`), ``expected`` (how
            many tabs will answer) and ``answers`` (those that came so far).
        clock: Seconds since 1970.

    Attributes:
        status: What ``GET /user/status`` answered, by which the session was confirmed; None without one.
    """

    def __init__(self, question: Any, *, clock: Callable[[], float] = time.time) -> None:
        self._question = question
        self._clock = clock
        self.status: Any = None

    async def session(self, make_client: Callable[[MemoryStore], Podio]) -> Session | None:
        """Return the session that this tab may take, once Podio has confirmed whose it is.

        Args:
            make_client: Makes the client for that one call, over a store in memory and without a hook for renewals.
        """
        # JavaScript fills the list, so there is no event to wait for.
        while len(self._answers()) < self._question.expected and self._waited() < ANSWER_LIMIT:  # noqa: ASYNC110
            await asyncio.sleep(_LOOK_EVERY)
        session = choose(self._answers())
        if session is None or (status := await _confirmed(session, make_client)) is None:
            return None
        # A tab that was busy may have answered meanwhile, for another user.
        if choose(self._answers()) is None:
            return None
        self.status = status
        return session

    def _answers(self) -> list[Any]:
        return read_answers(self._question.answers.to_py(), str(self._question.nonce), self._clock())

    def _waited(self) -> float:
        return float(js.performance.now() - self._question.at) / 1000


async def _confirmed(session: Session, make_client: Callable[[MemoryStore], Podio]) -> Any:
    """Return what Podio answers to whose a session is; None where it isn't its user's."""
    store = MemoryStore()
    store.set(session, "client")
    client = make_client(store)
    try:
        async with asyncio.timeout(_CHECK_LIMIT):
            status = await client.request("GET", "/user/status")
    except (PodioError, TimeoutError):
        return None
    finally:
        await client.aclose()
    user = status.get("user") if isinstance(status, dict) else None
    return status if isinstance(user, dict) and user.get("user_id") == session.user_id else None


async def _hold(name: str, until: asyncio.Future[None]) -> None:
    """Hold the lock by which a tab that asks knows how many will answer; without Web Locks it waits the whole limit."""
    locks = getattr(js.navigator, "locks", None)
    if locks is None:
        return
    granted = create_proxy(lambda lock: until)
    try:
        await locks.request(name, to_js({"mode": "shared"}, dict_converter=js.Object.fromEntries), granted)
    except JsException:
        return  # where storage is denied, locks are
    finally:
        granted.destroy()
