"""The session in use and its record: which of the two is newer, and what becomes of it while the store fails.

Performs no I/O but the store's. `podio._session_keeper` decides when to renew; this keeps what it gets.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from podio._session_records import SessionRecords
from podio.errors import NotAuthenticated, RenewalError, StorageError
from podio.session import TOKEN_TIME_LIMIT, PendingRenewal, Session, new_session_id
from podio.session_owner import SessionOwner

PENDING_TIME_LIMIT = 600.0
"""Seconds for which a renewal that another client began, and has not stored, keeps a session from being renewed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a session was ended here.

    Attributes:
        session: The session with its newest token, or None where there was none.
        may_refresh: Whether its refresh token may be spent to revoke it: nobody else can be spending it.
        error: Why the store could not forget it, or None.
    """

    session: Session | None
    may_refresh: bool
    error: StorageError | None


class KeptSession:
    """The session that one client uses, and its place in the store.

    Args:
        store: The store.
        owner: Whose sessions the client may use.
        clock: Seconds since 1970.
    """

    def __init__(self, store: SessionRecords, owner: SessionOwner, clock: Callable[[], float]) -> None:
        self.session: Session | None = None
        self.storage_error: StorageError | None = None
        self._store = store
        self._owner = owner
        self._clock = clock
        self._choice: Sequence[Session] = ()
        self._is_loaded = False
        self._is_saved = True
        self._is_replaced = False  # its place in the store is another sign-in's by now
        self._is_nowhere_else = False  # the store, under its lock, has nothing in its place, and never had this
        self._id = new_session_id()
        self._pending: PendingRenewal | None = None
        self._writing = asyncio.Lock()
        self._save_not_before = 0.0

    # What is in use

    async def load(self) -> bool:
        """Put the stored session to use, the first time, and tell whether there was one; later, save what is unsaved.

        Raises:
            StorageError: when the store can't be read and no session is in use.
        """
        if not self._is_saved:
            await self._save_when_due()
        if self._is_loaded:
            return False
        try:
            fitting = await self._store.sessions(self._owner)
        except StorageError as error:
            self.storage_error = error
            if not self._is_loaded:
                raise
            return False
        if self._is_loaded:
            return False  # a sign-in came in between
        self._adopt(fitting)
        return self.session is not None

    async def reload(self) -> None:
        """Put what the store holds now to use: of the owner of the session in use, else of any that fits.

        Raises:
            StorageError: when the store can't be read; the session in use then stays.
        """
        in_use = self.session
        fitting = await self._store.sessions(self._owner if in_use is None else in_use.owner or self._owner)
        self._adopt([kept for kept in fitting if in_use is None or kept.owner == in_use.owner])

    def begin(self, session: Session | None) -> None:
        """Put a new sign-in's session to use (or, None, none any more), whatever was before."""
        self.session = session
        self._is_loaded = True
        self._is_saved = True
        self._is_replaced = False
        self._choice = ()
        self._pending = None

    def absence(self) -> NotAuthenticated:
        """Return the error of a call that has no session, with the choice where several would do."""
        if not self._choice:
            return NotAuthenticated("You are not signed in. Sign in first.")
        option = "app_id" if self._owner.auth_type == "app" else "username"
        return NotAuthenticated(
            f"The store holds several sessions that fit: {_listed(self._choice)}. "
            f"Say whose to use by the option {option} of Podio, or sign in."
        )

    @property
    def is_ambiguous(self) -> bool:
        """Whether several sessions fit, so that none is used."""
        return len(self._choice) > 1

    def _adopt(self, fitting: Sequence[Session]) -> None:
        self.begin(fitting[0] if len(fitting) == 1 else None)
        self._choice = fitting if len(fitting) > 1 else ()
        self.storage_error = None

    # What is newer

    async def latest(self, session: Session) -> Session | None:
        """Return the session as it is now, here or in the store; None when another client ended it.

        Of two states the higher generation is the newer, not the one that expires later; of one generation the
        store's, unless it could not take ours.

        Raises:
            StorageError: when the store can't be read.
        """
        self._is_nowhere_else = False
        if self._is_replaced:
            return session
        try:
            stored = await self._store.current(session)
        except StorageError as error:
            self.storage_error = error
            raise
        if stored is None:
            self._is_nowhere_else = not self._is_saved
            return None if self._is_saved else session
        if self._is_others(stored, session):
            return session
        if stored.token.access_token == session.token.access_token:
            return replace(session, pending_renewal=stored.pending_renewal)
        if stored.generation < session.generation or (stored.generation == session.generation and not self._is_saved):
            return session
        self.session, self._is_saved = stored, True
        return stored

    async def newest(self) -> Session | None:
        """Return the session in use as another client of the store may have renewed it; changes nothing."""
        session = self.session
        if session is None or self._is_replaced:
            return session
        try:
            stored = await self._store.current(session)
        except StorageError:
            return session
        if stored is None or stored.owner != session.owner or stored.session_id != session.session_id:
            return session
        return session if session.is_newer_than(stored) else stored

    def _is_others(self, stored: Session, session: Session) -> bool:
        """Tell whether another sign-in took the session's place: it stays in the store, ours goes on without it."""
        if stored.owner == session.owner and stored.session_id == session.session_id:
            return False
        self._is_replaced = self._is_saved = True
        return True

    # A renewal by refresh token, as the store has it

    async def reserve(self, session: Session, lease: object) -> bool:
        """Note in the store that the session's refresh token is spent now; False where the lease does not last for it.

        Raises:
            StorageError: when it can't be noted, or while another client's renewal is not stored yet.
            RenewalError: when another client's renewal never was.
        """
        if session.token.refresh_token is None or self._is_replaced:
            return True
        self._check_pending(session.pending_renewal)
        self._pending = PendingRenewal(by=self._id, since=self._clock())
        try:
            await self._put(session)
            return await self._store.is_held(lease, TOKEN_TIME_LIMIT)
        except StorageError as error:
            self.storage_error = error
            if self._is_nowhere_else:
                return True  # a sign-in that the store never took: nobody else has this refresh token
            self._pending = None
            self._is_saved = False
            raise

    async def release(self) -> None:
        """Take the note back when the renewal came to nothing: nobody holds a new token then."""
        if self._pending is None:
            return
        self._pending = None
        if self.session is not None:
            await self._save()

    def _check_pending(self, pending: PendingRenewal | None) -> None:
        if pending is None or pending.by == self._id:
            return
        if abs(self._clock() - pending.since) < PENDING_TIME_LIMIT:
            raise StorageError(
                "Another process is renewing this session and has not stored the new token yet. Try again in a moment."
            )
        raise RenewalError("A process that renewed this session ended before it stored the new token. Sign in again.")

    # Writing

    async def keep_begun(self, session: Session) -> None:
        """Put a new sign-in's session to use and keep it in place of its owner's earlier one, if the store can."""
        self.begin(session)
        async with self._writing:
            try:
                await self._put(session)
            except StorageError as error:
                self._failed(error)
            else:
                self._is_saved, self.storage_error = True, None

    async def keep_renewed(self, session: Session) -> None:
        """Put a session's newer state to use and keep it, if the store can; if not, it is kept at a later use."""
        self._pending = None
        self.session = session
        self._is_saved = False
        await self._save()

    async def keep_person(self, session: Session) -> None:
        """Put the session to use with what became known of it; the store's state may be newer by now and then stays."""
        self.session = session
        await self._save()

    async def save(self) -> None:
        """Write what the store could not take before, if there is such a thing; a store that still can't is noted."""
        if not self._is_saved:
            await self._save()

    async def forget(self) -> None:
        """Use no session any more and take its record out of the store, unless that is another sign-in's by now.

        Raises:
            StorageError: when the store can't.
        """
        session, was_replaced = self.session, self._is_replaced
        self.begin(None)
        if not was_replaced:
            async with self._writing:
                await self._store.remove(session, self._owner)

    async def _save_when_due(self) -> None:
        loop = asyncio.get_running_loop()
        if self._writing.locked() or loop.time() < self._save_not_before:
            return
        began = loop.time()
        await self._save()
        # A store that takes long to fail shall not take as long from every call.
        self._save_not_before = 0.0 if self._is_saved else 2 * loop.time() - began

    async def _save(self) -> None:
        async with self._writing:
            session = self.session
            if session is None or self._is_replaced:
                return
            try:
                if self._may_write(await self._store.current(session), session):
                    await self._put(session)
            except StorageError as error:
                self._failed(error)
            else:
                self._is_saved, self.storage_error = True, None

    def _may_write(self, stored: Session | None, session: Session) -> bool:
        if stored is None:
            return not self._is_saved  # else it was ended elsewhere, and stays so
        if self._is_others(stored, session) or stored.generation > session.generation:
            return False
        # Another client's note on the same state must not be lost.
        pending = stored.pending_renewal
        return stored.generation < session.generation or pending is None or pending.by == self._id

    async def _put(self, session: Session) -> None:
        writing = asyncio.ensure_future(self._store.put(replace(session, pending_renewal=self._pending)))
        try:
            await asyncio.shield(writing)
        except asyncio.CancelledError:
            # A store's thread or server goes on with what it was given: whoever writes next must come after it.
            await asyncio.wait({writing})
            raise

    def _failed(self, error: StorageError) -> None:
        self._is_saved = False
        self.storage_error = error


def _listed(sessions: Sequence[Session]) -> str:
    """Return the choice in words: apps by their ids, people by Podio's user ids; their names are not kept."""
    apps = [session.owner.app_id for session in sessions if session.owner is not None and session.owner.app_id]
    if len(apps) == len(sessions):
        return "of the apps " + ", ".join(sorted(apps))
    known = sorted(str(session.person_id) for session in sessions if session.person_id is not None)
    return f"{len(sessions)} of them" + (f", of the users {', '.join(known)}" if known else "")
