"""The tab's `sessionStorage` as session store, and the channel on which tabs with one session hear of each other.

A token lies in `sessionStorage` and nowhere else. "Duplicate tab" copies the storage, so two tabs may hold one
session; they find each other on a BroadcastChannel that is named by the session's id, which nobody else knows.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any, ClassVar
from urllib.parse import urlsplit

import js
from pyodide.ffi import JsException, create_proxy, to_js

from podio.authorization import AuthorizationRequest, Display
from podio.errors import StorageError
from podio.session import AuthType, Session, StoreAbility
from podio.session_owner import owner_at
from podio.sign_in_window import MARKER

_ANSWER_WAIT = 0.15
"""Seconds in which another tab answers whether it holds a newer token; a tab that is busy longer is not waited for."""


class SessionStorageStore:
    """Keeps the session and the authorization requests in this tab's `sessionStorage`.

    Args:
        api_url: The API, whose host is part of every key.
        client_id: The client, the other part.
        prefix: Begins every key in place of ``podio.<api host>.<client id>.``, where given.
        token_url: The client's token endpoint, where its origin is not that of the API.
    """

    abilities: ClassVar[frozenset[StoreAbility]] = frozenset({"requests", "sharing"})

    def __init__(
        self, *, api_url: str, client_id: str, prefix: str | None = None, token_url: str | None = None
    ) -> None:
        # Whose a record is that an older version wrote: its key says so.
        self._keys_owner = owner_at(api_url, token_url or api_url, client_id, "client")
        self._prefix = prefix or f"podio.{urlsplit(api_url).netloc}.{client_id}."
        self._channel: Any = None
        self._answers: list[asyncio.Future[Session]] = []
        self._notify: Callable[[Session | None], None] | None = None
        self._session_id: str | None = None
        self._latest: Session | None = None

    # Session and authorization requests

    def get(self, auth_type: AuthType) -> Session | None:
        """Return the stored session; what is damaged is removed and counts as none.

        A browser that denies storage has kept nothing, so there is none: that is not a store that fails.
        """
        try:
            text = self._read(f"session.{auth_type}")
        except StorageError:
            return None
        if text is None:
            return None
        try:
            session = Session.from_json(text)
        except ValueError:
            self._remove(f"session.{auth_type}")
            return None
        if session.owner is None and auth_type == "client":
            session = replace(session, owner=self._keys_owner)
        self._latest = session
        return session

    def set(self, session: Session | None, auth_type: AuthType) -> None:
        """Store the session; None removes it.

        Raises:
            StorageError: when the browser denies storage, or it is full.
        """
        self._latest = session
        if session is None:
            self._remove(f"session.{auth_type}")
        else:
            self._write(f"session.{auth_type}", session.to_json())

    def keep_request(self, request: AuthorizationRequest) -> None:
        """Store an authorization request, and remove those that are too old to be answered.

        Raises:
            StorageError: when the browser denies storage, or it is full: then no answer could be checked.
        """
        for other in self.open_requests():
            if other.is_stale(request.created_at):
                self.take_request(other.state)
        self._write(f"attempt.{request.state}", request.to_json())

    def take_request(self, state: str) -> AuthorizationRequest | None:
        """Return the request of that nonce and remove it; None where there is none, or a damaged one."""
        name = f"attempt.{state}"
        try:
            text = self._read(name)
        except StorageError:
            return None
        self._remove(name)
        return _request(text)

    def open_requests(self, display: Display | None = None) -> list[AuthorizationRequest]:
        """Return the requests that wait for an answer, oldest first."""
        begin = f"{self._prefix}attempt."
        try:
            names = [key.removeprefix(self._prefix) for key in _keys(_storage()) if key.startswith(begin)]
            requests = [request for name in names if (request := _request(self._read(name))) is not None]
        except StorageError:
            return []
        return sorted(
            (request for request in requests if display in (None, request.display)),
            key=lambda request: request.created_at,
        )

    @contextmanager
    def hidden_from_windows(self) -> Iterator[None]:
        """Keep the storage's content out of a window that opens meanwhile, which gets a copy of it.

        All keys of this library are taken out and put back, with no other code in between; the marker, by which the
        callback page knows a sign-in window, is there only meanwhile. What the browser then has no room for any more
        costs the next reload, and nothing else. WebKit may make the copy a little later: it then holds the marker, or
        the request that the window is about to answer, and the callback page clears it by either.
        """
        try:
            storage = _storage()
        except StorageError:
            yield
            return
        entries = {key: storage.getItem(key) for key in _keys(storage) if key.startswith(("podio.", self._prefix))}
        for key in entries:
            storage.removeItem(key)
        try:
            with suppress(JsException):
                storage.setItem(MARKER, "1")
            yield
        finally:
            for key, value in entries.items():
                with suppress(JsException):
                    storage.setItem(key, value)
            # Last, so that a copy that is made meanwhile has the marker beside whatever else it gets.
            storage.removeItem(MARKER)

    # Those that hold the same session

    def listen(self, session_id: str, notify: Callable[[Session | None], None]) -> None:
        """Report from now on what other tabs do with this session: renewed (a session) or signed out (None)."""
        self._notify = notify
        if session_id == self._session_id:
            return
        if self._channel is not None:
            self._channel.close()
        self._session_id = session_id
        self._channel = js.BroadcastChannel.new(f"podio.session.{session_id}")
        self._channel.onmessage = create_proxy(self._on_message)

    def announce(self, session_id: str, session: Session | None) -> None:
        """Announce to the other tabs that the session was renewed, or (None) signed out."""
        if self._channel is None or session_id != self._session_id:
            return
        if session is None:
            self._post({"type": "ended"})
            self._channel.close()
            self._channel = self._session_id = None
        else:
            self._post({"type": "renewed", "session": session.to_json()})

    async def newer(self, session: Session) -> Session | None:
        """Ask the other tabs whether one of them holds a newer token of this session; return it, or None."""
        if self._channel is None:
            return None
        answer: asyncio.Future[Session] = asyncio.get_running_loop().create_future()
        self._answers.append(answer)
        self._post({"type": "ask", "expires_at": session.expires_at, "generation": session.generation})
        try:
            async with asyncio.timeout(_ANSWER_WAIT):
                return await answer
        except TimeoutError:
            return None
        finally:
            self._answers.remove(answer)

    def _on_message(self, event: Any) -> None:
        data = event.data
        message = data.to_py() if hasattr(data, "to_py") else data
        if not isinstance(message, dict):
            return
        if message.get("type") == "ended":
            if self._notify is not None:
                self._notify(None)
        elif message.get("type") == "renewed" and isinstance(message.get("session"), str):
            self._on_renewed(message["session"])
        elif message.get("type") == "ask" and isinstance(message.get("expires_at"), (int, float)):
            # A tab with an older version's program counts no generations.
            generation = message.get("generation", 0)
            self._announce_newer((generation if isinstance(generation, int) else 0, message["expires_at"]))

    def _announce_newer(self, state: tuple[int, float]) -> None:
        if self._latest is not None and (self._latest.generation, self._latest.expires_at) > state:
            self._post({"type": "renewed", "session": self._latest.to_json()})

    def _on_renewed(self, text: str) -> None:
        try:
            session = Session.from_json(text)
        except ValueError:
            return
        if session.session_id != self._session_id:
            return
        for answer in self._answers:
            if not answer.done():
                answer.set_result(session)
        if self._notify is not None:
            self._notify(session)

    def _post(self, message: dict[str, Any]) -> None:
        self._channel.postMessage(to_js(message, dict_converter=js.Object.fromEntries))

    # Storage

    def _read(self, name: str) -> str | None:
        value = _storage().getItem(self._prefix + name)
        return value if isinstance(value, str) else None

    def _write(self, name: str, value: str) -> None:
        try:
            _storage().setItem(self._prefix + name, value)
        except JsException:
            raise StorageError(
                "Your browser's storage for this site is full, so the sign-in could not be kept. "
                "Close other tabs of this site, or delete its data in the browser's settings, and try again."
            ) from None

    def _remove(self, name: str) -> None:
        try:
            _storage().removeItem(self._prefix + name)
        except StorageError:
            return


def _storage() -> Any:
    """Return `sessionStorage`; a browser that denies storage throws when the property is read."""
    try:
        return js.window.sessionStorage
    except JsException:
        raise StorageError(
            "Your browser lets this site keep nothing, and without that a sign-in can't be checked. "
            "Allow cookies and site data for this site and reload the page."
        ) from None


def _keys(storage: Any) -> list[str]:
    return [str(storage.key(index)) for index in range(storage.length)]


def _request(text: str | None) -> AuthorizationRequest | None:
    try:
        return None if text is None else AuthorizationRequest.from_json(text)
    except ValueError:
        return None
