"""The session, the places that keep it, and how those that share it hear of each other. Performs no I/O.

A session is one sign-in: a random id of 128 bits, the token, and the person. Renewal changes the token, never the id.
Stored text may be damaged or planted, so it is read strictly: anything odd counts as no session.
"""

from __future__ import annotations

import asyncio
import json
import math
import re
import secrets
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from typing import Literal, Protocol, runtime_checkable

from podio.authorization import AuthorizationRequest
from podio.boundary import sealed
from podio.json_text import parse_json
from podio.token import Token, is_credential

AuthType = Literal["client", "server", "password", "app", "client_credentials"]

MAX_RECORD_LENGTH = 32 * 1024

_SESSION_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One sign-in.

    Attributes:
        session_id: 128 random bits in hexadecimal. Tabs and processes that hold the same id share the session.
        token: The token of now.
        person_id: Podio's user id of who signed in, or None while that is not known (or for an app's session).
    """

    session_id: str
    token: Token
    person_id: int | None = None

    @property
    def expires_at(self) -> float:
        """When the token expires, in seconds since 1970."""
        return self.token.expires_at

    def renewed(self, token: Token) -> Session:
        """Return the same session with a new token."""
        return replace(self, token=token)

    def to_json(self) -> str:
        """Return the record that a store keeps. It holds the token."""
        return json.dumps(
            {
                "session_id": self.session_id,
                "access_token": self.token.access_token,
                "expires_at": self.token.expires_at,
                "scope": self.token.scope,
                "refresh_token": self.token.refresh_token,
                "person_id": self.person_id,
            }
        )

    @classmethod
    @sealed
    def from_json(cls, text: str) -> Session:
        """Return the session of a record.

        Raises:
            ValueError: when the text is not a record: too long, broken, of other types. Its content is not repeated.
        """
        try:
            record = parse_json(text, constants=False) if len(text) <= MAX_RECORD_LENGTH else None
        except ValueError:
            record = None
        if not isinstance(record, dict) or not _is_record(record):
            raise ValueError("not a session record")
        return cls(
            session_id=record["session_id"],
            token=Token(
                access_token=record["access_token"],
                expires_at=float(record["expires_at"]),
                scope=record.get("scope"),
                refresh_token=record.get("refresh_token"),
            ),
            person_id=record.get("person_id"),
        )


def new_session_id() -> str:
    """Return 128 random bits in hexadecimal, from the system's source."""
    return secrets.token_hex(16)


def _is_record(record: dict[str, object]) -> bool:
    expires_at, person_id = record.get("expires_at"), record.get("person_id")
    scope, refresh_token, session_id = record.get("scope"), record.get("refresh_token"), record.get("session_id")
    return (
        isinstance(session_id, str)
        and _SESSION_ID.fullmatch(session_id) is not None
        and is_credential(record.get("access_token"))
        and isinstance(expires_at, (int, float))
        and not isinstance(expires_at, bool)
        and abs(expires_at) < 1e12
        and math.isfinite(expires_at)
        and (scope is None or isinstance(scope, str))
        and (refresh_token is None or is_credential(refresh_token))
        and (person_id is None or (isinstance(person_id, int) and not isinstance(person_id, bool)))
    )


class SessionStore(Protocol):
    """Where sessions are kept, by auth type, as podio-js had it; either method may be async.

    A store that can't keep what it is given raises `podio.StorageError`; what it holds that is damaged counts as
    nothing.
    """

    def get(self, auth_type: AuthType) -> Session | Awaitable[Session | None] | None:
        """Return the kept session, or None."""
        ...

    def set(self, session: Session | None, auth_type: AuthType) -> Awaitable[None] | None:
        """Keep a session; None forgets it."""
        ...


@runtime_checkable
class AttemptStore(Protocol):
    """A store that also keeps attempts to sign in until their answer comes."""

    def keep_attempt(self, request: AuthorizationRequest) -> None:
        """Keep an attempt."""
        ...

    def take_attempt(self, state: str) -> AuthorizationRequest | None:
        """Return the attempt of that nonce and forget it; None where there is none."""
        ...


@runtime_checkable
class SharedSessionStore(Protocol):
    """A store whose session several tabs (or processes) may hold at once, and that lets them hear of each other."""

    def listen(self, session_id: str, heard: Callable[[Session | None], None]) -> None:
        """From now on report what others do with this session: renewed (a session) or signed out (None)."""
        ...

    def announce(self, session_id: str, session: Session | None) -> None:
        """Tell the others that the session was renewed, or (None) signed out."""
        ...

    async def newer(self, session: Session) -> Session | None:
        """Ask the others whether one of them holds a newer token of this session; return it, or None."""
        ...


@runtime_checkable
class RenewalLockStore(Protocol):
    """A store that several clients, processes or machines may use at once, and that lets one renew at a time.

    A refresh token is good for one renewal (RFC 9700, section 4.14.2), so two that renew with the same one lose the
    session. Whoever holds the lock reads the store again first: what it waited for has mostly been done by then.
    """

    def renewal_lock(self, auth_type: AuthType) -> AbstractAsyncContextManager[None]:
        """Return what is entered before a renewal (waiting for whoever renews now) and left after it.

        It must come free when the process that holds it dies. Entering it may raise `podio.StorageError`.
        """
        ...


class MemoryStore:
    """Keeps sessions and attempts in memory, for as long as the process (or the page) lives.

    Several clients may share one, as the requests of one visitor to a server do.
    """

    def __init__(self) -> None:
        self._sessions: dict[AuthType, Session] = {}
        self._attempts: dict[str, AuthorizationRequest] = {}
        self._locks: dict[AuthType, asyncio.Lock] = {}

    def renewal_lock(self, auth_type: AuthType) -> AbstractAsyncContextManager[None]:
        """Return the lock that lets one client renew at a time."""
        return self._locks.setdefault(auth_type, asyncio.Lock())

    def get(self, auth_type: AuthType) -> Session | None:
        """Return the kept session, or None."""
        return self._sessions.get(auth_type)

    def set(self, session: Session | None, auth_type: AuthType) -> None:
        """Keep a session; None forgets it."""
        if session is None:
            self._sessions.pop(auth_type, None)
        else:
            self._sessions[auth_type] = session

    def keep_attempt(self, request: AuthorizationRequest) -> None:
        """Keep an attempt."""
        self._attempts[request.state] = request

    def take_attempt(self, state: str) -> AuthorizationRequest | None:
        """Return the attempt of that nonce and forget it; None where there is none."""
        return self._attempts.pop(state, None)
