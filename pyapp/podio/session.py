"""The session, the stores that keep it, and how those that share it hear of each other.

A session is one sign-in: a random id of 128 bits, the token, and the user. Renewal changes the token, never the id.
Stored text may be damaged or planted, so it is read strictly: anything odd counts as no session.
"""

from __future__ import annotations

import asyncio
import json
import math
import re
import secrets
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from typing import ClassVar, Literal, Protocol

from podio._boundary import sealed
from podio.authorization import AuthorizationRequest
from podio.json_text import parse_json
from podio.session_owner import AuthType, SessionOwner
from podio.token import Token, is_credential

__all__ = [
    "TOKEN_TIME_LIMIT",
    "AuthType",
    "MemoryStore",
    "PendingRenewal",
    "RenewalLease",
    "RenewalLockStore",
    "RequestStore",
    "Session",
    "SessionStore",
    "SessionsByOwner",
    "SharedSessionStore",
    "StoreAbility",
    "new_session_id",
]

MAX_RECORD_LENGTH = 32 * 1024

TOKEN_TIME_LIMIT = 30.0
"""Seconds that a renewal waits for the token endpoint, all in all; a store's lease must outlive it."""

_RANDOM_128 = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingRenewal:
    """The note in a session's record that its refresh token is being spent, or has been.

    It is stored before the token goes out, and goes with the record of the new one. So whoever finds it does not spend
    that refresh token again, also if the store failed before the new one could be written.

    Attributes:
        by: 128 random bits in hexadecimal: the client that renews.
        since: When it began, in seconds since 1970.
    """

    by: str
    since: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One sign-in.

    Attributes:
        session_id: 128 random bits in hexadecimal. Tabs and processes that hold the same id share the session.
        token: The token of now.
        user_id: Podio's user id of who signed in, or None while that is not known (or for an app's session).
        owner: Whose it is: hosts, client, flow, and app or user name. None where the record does not say.
        generation: How often the token was renewed; of two states of one session the higher one is the newer.
        pending_renewal: That somebody renews it now, as the store has it; else None.
        was_read: Whether it was read from a record. Such a one is used only if it says whose it is; of a session
            that a program made itself, the program knows.
    """

    session_id: str
    token: Token
    user_id: int | None = None
    owner: SessionOwner | None = None
    generation: int = 0
    pending_renewal: PendingRenewal | None = None
    was_read: bool = field(default=False, compare=False, repr=False)

    @property
    def expires_at(self) -> float:
        """When the token expires, in seconds since 1970."""
        return self.token.expires_at

    def renewed(self, token: Token) -> Session:
        """Return the same session with a new token, one generation on."""
        return replace(self, token=token, generation=self.generation + 1, pending_renewal=None)

    def is_newer_than(self, other: Session) -> bool:
        """Return whether this is a later state of the same session; older versions counted no generations."""
        return self.session_id == other.session_id and (self.generation, self.expires_at) > (
            other.generation,
            other.expires_at,
        )

    def to_json(self) -> str:
        """Return the record that a store keeps. It holds the token."""
        pending = self.pending_renewal
        return json.dumps(
            {
                "session_id": self.session_id,
                "access_token": self.token.access_token,
                "expires_at": self.token.expires_at,
                "scope": self.token.scope,
                "refresh_token": self.token.refresh_token,
                "person_id": self.user_id,
                "owner": None if self.owner is None else self.owner.to_record(),
                "generation": self.generation,
                "pending_renewal": None if pending is None else {"by": pending.by, "since": pending.since},
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
            owner = SessionOwner.from_record(record.get("owner")) if isinstance(record, dict) else None
        except ValueError:
            record = owner = None
        if not isinstance(record, dict) or not _is_record(record):
            raise ValueError("not a session record")
        pending = record.get("pending_renewal")
        return cls(
            session_id=record["session_id"],
            token=Token(
                access_token=record["access_token"],
                expires_at=float(record["expires_at"]),
                scope=record.get("scope"),
                refresh_token=record.get("refresh_token"),
            ),
            user_id=record.get("person_id"),
            owner=owner,
            generation=record.get("generation", 0),
            pending_renewal=None if pending is None else PendingRenewal(by=pending["by"], since=pending["since"]),
            was_read=True,
        )


def new_session_id() -> str:
    """Return 128 random bits in hexadecimal, from the system's source."""
    return secrets.token_hex(16)


def _is_record(record: dict[str, object]) -> bool:
    scope, refresh_token = record.get("scope"), record.get("refresh_token")
    return (
        _is_id(record.get("session_id"))
        and is_credential(record.get("access_token"))
        and _is_time(record.get("expires_at"))
        and (scope is None or isinstance(scope, str))
        and (refresh_token is None or is_credential(refresh_token))
        and (record.get("person_id") is None or _is_whole(record["person_id"]))
        and _is_whole(record.get("generation", 0), least=0, most=10**9)
        and _is_pending(record.get("pending_renewal"))
    )


def _is_pending(pending: object) -> bool:
    return pending is None or (
        isinstance(pending, dict) and _is_id(pending.get("by")) and _is_time(pending.get("since"))
    )


def _is_id(value: object) -> bool:
    return isinstance(value, str) and _RANDOM_128.fullmatch(value) is not None


def _is_time(value: object) -> bool:
    return (
        isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e12 and math.isfinite(value)
    )


def _is_whole(value: object, least: float = -math.inf, most: float = math.inf) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


StoreAbility = Literal["owners", "requests", "sharing", "renewal_lock"]
"""What a store can do besides: `SessionsByOwner`, `RequestStore`, `SharedSessionStore`, `RenewalLockStore`."""


class SessionStore(Protocol):
    """Where sessions are kept, by auth type, as podio-js had it; either method may be async.

    A store that can do more declares it, and its methods are then checked where a client is made:
    ``abilities: ClassVar[frozenset[StoreAbility]] = frozenset({"renewal_lock"})``. One that declares nothing need have
    these two methods only.

    A store that can't be reached, or can't keep what it is given, raises `podio.StorageError` (whatever else it raises
    is turned into one) and never returns None for it; what it holds that is damaged counts as nothing. It keeps the
    whole session, best as `Session.to_json` writes it: the record says whose it is.
    """

    def get(self, auth_type: AuthType) -> Session | Awaitable[Session | None] | None:
        """Return the kept session, or None."""
        ...

    def set(self, session: Session | None, auth_type: AuthType) -> Awaitable[None] | None:
        """Keep a session; None removes it."""
        ...


class SessionsByOwner(Protocol):
    """``owners``: a store that keeps several sessions of one flow apart, by `Session.owner`.

    Its `SessionStore.set` replaces the session of that owner alone.
    """

    def sessions(self, auth_type: AuthType) -> Sequence[Session] | Awaitable[Sequence[Session]]:
        """Return all kept sessions of a flow."""
        ...

    def remove(self, owner: SessionOwner) -> Awaitable[None] | None:
        """Remove the session of that owner, and nobody else's."""
        ...


class RequestStore(Protocol):
    """``requests``: a store that also keeps authorization requests until their answer comes."""

    def keep_request(self, request: AuthorizationRequest) -> None:
        """Keep an authorization request."""
        ...

    def take_request(self, state: str) -> AuthorizationRequest | None:
        """Return the request of that nonce and remove it; None where there is none."""
        ...


class SharedSessionStore(Protocol):
    """``sharing``: a store whose session several tabs may hold at once, and that lets them hear of each other."""

    def listen(self, session_id: str, notify: Callable[[Session | None], None]) -> None:
        """Report from now on what others do with a session: renewed (the session) or signed out (None)."""
        ...

    def announce(self, session_id: str, session: Session | None) -> None:
        """Announce to the others that the session was renewed, or (None) signed out."""
        ...

    async def newer(self, session: Session) -> Session | None:
        """Ask the others whether one of them holds a newer token of this session; return it, or None."""
        ...


class RenewalLockStore(Protocol):
    """``renewal_lock``: a store that several clients, processes or machines may use, and that lets one renew at a time.

    A refresh token is good for one renewal (RFC 9700, section 4.14.2), so two that renew with the same one lose the
    session. Whoever holds the lock reads the store again first: what it waited for has mostly been done by then.
    """

    def renewal_lock(self, auth_type: AuthType) -> AbstractAsyncContextManager[RenewalLease | None]:
        """Return what is entered before a renewal (waiting for whoever renews now) and left after it.

        It must come free when the process that holds it dies. Entering it may raise `podio.StorageError`; then the
        refresh token is not spent. A lock that comes free by time yields a `RenewalLease`, any other None.
        """
        ...


class RenewalLease(Protocol):
    """What a renewal lock yields that is held for a time only (a lease in a database)."""

    def still_held(self, seconds: float) -> bool | Awaitable[bool]:
        """Return whether the lease is still this holder's, and for so many seconds more; it may be extended for that.

        Called right before the refresh token is spent, with `TOKEN_TIME_LIMIT`.
        """
        ...


def only(sessions: Sequence[Session]) -> Session | None:
    """Return the session if there is just one."""
    return sessions[0] if len(sessions) == 1 else None


class MemoryStore:
    """Keeps sessions and authorization requests in memory, for as long as the process (or the page) lives.

    Several clients may share one, as the requests of one visitor to a server do.
    """

    abilities: ClassVar[frozenset[StoreAbility]] = frozenset({"owners", "requests", "renewal_lock"})

    def __init__(self) -> None:
        self._sessions: dict[tuple[AuthType, SessionOwner | None], Session] = {}
        self._requests: dict[str, AuthorizationRequest] = {}
        self._locks: dict[AuthType, asyncio.Lock] = {}

    def renewal_lock(self, auth_type: AuthType) -> AbstractAsyncContextManager[None]:
        """Return the lock that lets one client renew at a time."""
        return self._locks.setdefault(auth_type, asyncio.Lock())

    def get(self, auth_type: AuthType) -> Session | None:
        """Return the kept session, or None where there is none or more than one."""
        return only(self.sessions(auth_type))

    def sessions(self, auth_type: AuthType) -> list[Session]:
        """Return all kept sessions of a flow."""
        return [session for (kind, _), session in self._sessions.items() if kind == auth_type]

    def set(self, session: Session | None, auth_type: AuthType) -> None:
        """Keep a session in place of its owner's earlier one; None removes all of the flow."""
        if session is None:
            self._sessions = {key: other for key, other in self._sessions.items() if key[0] != auth_type}
        else:
            self._sessions.pop((auth_type, None), None)
            self._sessions[auth_type, session.owner] = session

    def remove(self, owner: SessionOwner) -> None:
        """Remove the session of that owner, and one that does not say whose it is."""
        for key in (owner, None):
            self._sessions.pop((owner.auth_type, key), None)

    def keep_request(self, request: AuthorizationRequest) -> None:
        """Keep an authorization request."""
        self._requests[request.state] = request

    def take_request(self, state: str) -> AuthorizationRequest | None:
        """Return the request of that nonce and remove it; None where there is none."""
        return self._requests.pop(state, None)
