"""A client's way to its session store: which of the store's sessions are the client's, and what a failure becomes.

The one place of the library that compares whose a stored session is, and that turns whatever a store raises into a
`podio.StorageError`: so a store need only keep sessions, and one that is down is never taken for one that is empty.
"""

from __future__ import annotations

import inspect
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, cast

from podio._abilities import Methods, declared_abilities
from podio.authorization import AuthorizationRequest
from podio.errors import StorageError
from podio.session import (
    RenewalLease,
    RenewalLockStore,
    RequestStore,
    Session,
    SessionsByOwner,
    SessionStore,
    SharedSessionStore,
)
from podio.session_owner import AuthType, SessionOwner

log = logging.getLogger("podio.auth")

_METHODS: Methods = {
    "owners": ("sessions", "remove"),
    "requests": ("keep_request", "take_request"),
    "sharing": ("listen", "announce", "newer"),
    "renewal_lock": ("renewal_lock",),
}
"""The methods of each `podio.session.StoreAbility`."""


class SessionRecords:
    """A store as one client uses it.

    Args:
        store: Where sessions are kept.
        auth_type: The client's flow.

    Raises:
        ConfigurationError: when the store lacks a method, or does not declare what it can do.
    """

    def __init__(self, store: SessionStore, auth_type: AuthType) -> None:
        self.auth_type: AuthType = auth_type
        self._store = store
        abilities = declared_abilities(store, _METHODS, needed=("get", "set"))
        self._by_owner = cast("SessionsByOwner", store) if "owners" in abilities and _is_of_one_class(store) else None
        self._requests = cast("RequestStore", store) if "requests" in abilities else None
        self._sharing = cast("SharedSessionStore", store) if "sharing" in abilities else None
        self._locking = cast("RenewalLockStore", store) if "renewal_lock" in abilities else None

    # Sessions

    async def sessions(self, owner: SessionOwner) -> list[Session]:
        """Return the stored sessions that fit an owner; a record that does not say whose it is fits none.

        Raises:
            StorageError: when the store can't be read.
        """
        return [session for session in await self._all() if _fits(session, owner)]

    async def current(self, session: Session) -> Session | None:
        """Return what the store holds now in the place of a session that is in use.

        Raises:
            StorageError: when the store can't be read.
        """
        is_ours = (lambda other: other.owner == session.owner) if self._by_owner is not None else (lambda other: True)
        stored = next(filter(is_ours, await self._all()), None)
        if stored is not None and stored.owner is None and not stored.was_read:
            # A store that makes sessions of its own columns, and has none for these.
            stored = replace(stored, owner=session.owner, generation=session.generation)
        return stored

    async def put(self, session: Session) -> None:
        """Keep a session.

        Raises:
            StorageError: when the store can't; then it is unknown what it holds.
        """
        await self._try("written", lambda: self._store.set(session, self.auth_type))

    async def remove(self, session: Session | None, owner: SessionOwner) -> None:
        """Remove a session (or, None, what is left of a damaged one), unless its place is another session's by now.

        Raises:
            StorageError: when the store can't.
        """
        store, by_owner = self._store, self._by_owner
        if session is not None:
            owner = session.owner or owner
            others = [other for other in await self._all() if other.session_id != session.session_id]
            if any(other.owner == owner for other in others):
                return
        else:
            others = await self._all()
        if by_owner is not None:
            await self._try("written", lambda: by_owner.remove(owner))
        elif not others:
            await self._try("written", lambda: store.set(None, self.auth_type))

    async def _all(self) -> list[Session]:
        store, by_owner = self._store, self._by_owner
        if by_owner is not None:
            sessions = list(await self._try("read", lambda: by_owner.sessions(self.auth_type)))
        else:
            session = await self._try("read", lambda: store.get(self.auth_type))
            sessions = [] if session is None else [session]
        if not all(isinstance(session, Session) for session in sessions):
            raise StorageError("The session store returned something else than a session. Look at its `get`.")
        return sessions

    # One renewal at a time

    @property
    def has_lock(self) -> bool:
        """Whether the store lets one client renew at a time."""
        return self._locking is not None

    @asynccontextmanager
    async def renewal_lock(self) -> AsyncIterator[RenewalLease | None]:
        """Hold the store's renewal lock and yield what it yields; where the store has none, nothing is held.

        Raises:
            StorageError: when the lock can't be had, or yields what is no lease. One that can't be given back
                comes free by itself.
        """
        if self._locking is None:
            yield None
            return
        lock = self._locking.renewal_lock(self.auth_type)
        lease = await self._try("locked", lock.__aenter__)
        try:
            if lease is not None and not callable(getattr(lease, "still_held", None)):
                raise StorageError(
                    f"The session store's renewal_lock yields a {type(lease).__name__} without still_held. Let it "
                    "yield a lease that has it, or None where the lock is held until it is left."
                )
            yield lease
        finally:
            try:
                await self._try("unlocked", lambda: lock.__aexit__(None, None, None))
            except StorageError as error:
                log.warning("failed (%s): %s", self.auth_type, error)

    async def is_held(self, lease: RenewalLease | None, seconds: float) -> bool:
        """Return whether a lock is held for so many seconds more; one without a lease is held until it is left.

        Raises:
            StorageError: when the store can't say.
        """
        if lease is None:
            return True
        return bool(await self._try("locked", lambda: lease.still_held(seconds)))

    # Those that hold the same session

    def listen(self, session_id: str, notify: Callable[[Session | None], None]) -> None:
        """Report from now on what others do with a session, where the store hears of it."""
        if self._sharing is not None:
            self._sharing.listen(session_id, notify)

    def announce(self, session_id: str, session: Session | None) -> None:
        """Announce to the others that a session was renewed, or (None) signed out."""
        if self._sharing is not None:
            self._sharing.announce(session_id, session)

    async def newer(self, session: Session) -> Session | None:
        """Ask the others for a newer token of a session; return it, or None."""
        return None if self._sharing is None else await self._sharing.newer(session)

    # Authorization requests

    @property
    def keeps_requests(self) -> bool:
        """Whether the store keeps authorization requests until they are answered."""
        return self._requests is not None

    def keep_request(self, request: AuthorizationRequest) -> None:
        """Keep an authorization request, where the store does such a thing.

        Raises:
            StorageError: when the store can't.
        """
        if self._requests is not None:
            try:
                self._requests.keep_request(request)
            except Exception as error:
                failure = storage_error("written", error)
            else:
                return
            raise failure

    def take_request(self, state: str) -> AuthorizationRequest | None:
        """Return the stored request of that state and remove it; None where there is none.

        Raises:
            StorageError: when the store can't.
        """
        if self._requests is None:
            return None
        try:
            return self._requests.take_request(state)
        except Exception as error:
            failure = storage_error("read", error)
        raise failure

    async def _try(self, what: str, operation: Callable[[], Any]) -> Any:
        try:
            result = operation()
            return await result if inspect.isawaitable(result) else result
        except Exception as error:
            failure = storage_error(what, error)
        # Out here, so that no frame of the store, which holds the record, comes along.
        raise failure


def _is_of_one_class(store: object) -> bool:
    """Return whether one class says how sessions are kept apart, and how they are got and set.

    One that inherits the ability, but gets or sets its own way, does not keep them apart.
    """
    kinds = type(store).__mro__
    classes = {
        next((kind for kind in kinds if name in vars(kind)), None) for name in (*_METHODS["owners"], "get", "set")
    }
    return len(classes) == 1


def _fits(session: Session, owner: SessionOwner) -> bool:
    return not session.was_read if session.owner is None else session.owner.fits(owner)


def storage_error(what: str, error: Exception) -> StorageError:
    """Return what an exception of a store becomes: its kind and the kinds of its causes in words, and none of its own.

    A database's message may repeat the statement that failed, with the token in it.

    Args:
        what: What could not be done with the store: read, written, locked.
        error: What it raised; a `StorageError` of the store's own keeps its words.
    """
    if isinstance(error, StorageError):
        error.__cause__ = error.__context__ = None
        return error.with_traceback(None)
    kinds: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(kinds) < 5:
        words = cause.strerror if isinstance(cause, OSError) and cause.strerror else None
        kinds.append(f"{type(cause).__name__}: {words}" if words else type(cause).__name__)
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return StorageError(f"The session store could not be {what} ({', from '.join(kinds)}). Try again in a moment.")
