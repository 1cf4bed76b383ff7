"""The session in use and its record in the store: which of the two is newer, and what becomes of it if the store fails.

`podio._renewal_machine` decides when to renew; this stores what came of it.
"""

from __future__ import annotations

import asyncio
import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from podio._session_records import SessionRecords
from podio.errors import NotAuthenticated, RenewalError, StorageError
from podio.session import TOKEN_TIME_LIMIT, PendingRenewal, RenewalLease, Session, new_session_id
from podio.session_owner import SessionOwner

PENDING_TIME_LIMIT = 600.0
"""Seconds for which a renewal that another client began, and has not stored, keeps a session from being renewed."""


class Place(enum.Enum):
    """How the store stands to the session in use."""

    UNREAD = "the store was not read yet"
    SAVED = "the store holds it, or a later state that another client wrote"
    UNSAVED = "the store could not take it"
    ONLY_HERE = "the store could not take it, and was found to hold nothing in its place"
    REPLACED = "another sign-in took its place in the store: that stays there, and this goes on without"


class Found(enum.Enum):
    """What the store holds in the place of the session in use."""

    NOTHING = "nothing"
    ANOTHER = "another sign-in"
    OLDER = "an earlier generation of it"
    SAME = "the same"
    LEVEL = "the same generation of it with another token"
    NEWER = "a later generation of it"


class Use(enum.Enum):
    """What to do with what the store holds."""

    ENDED = "use no session: another client has ended it"
    OURS = "go on with the session in use"
    THEIRS = "put what the store holds to use"


READING: dict[Found, tuple[Use, Use]] = {
    # found: what to do if the session in use was saved, and if not
    Found.NOTHING: (Use.ENDED, Use.OURS),
    Found.ANOTHER: (Use.OURS, Use.OURS),
    Found.OLDER: (Use.OURS, Use.OURS),
    Found.SAME: (Use.OURS, Use.OURS),
    Found.LEVEL: (Use.THEIRS, Use.OURS),
    Found.NEWER: (Use.THEIRS, Use.THEIRS),
}

WRITING: dict[Found, tuple[bool, bool]] = {
    # found: whether to write over it if the session in use was saved, and if not
    Found.NOTHING: (False, True),  # else what was ended elsewhere would come back
    Found.ANOTHER: (False, False),
    Found.OLDER: (True, True),
    Found.SAME: (True, True),
    Found.LEVEL: (True, True),
    Found.NEWER: (False, False),
}


def compare(stored: Session | None, session: Session) -> Found:
    """Return what the store holds, as seen from the session in use.

    Of two states the higher generation is the newer, not the one that expires later.
    """
    if stored is None:
        return Found.NOTHING
    if (stored.owner, stored.session_id) != (session.owner, session.session_id):
        return Found.ANOTHER
    if stored.generation != session.generation:
        return Found.OLDER if stored.generation < session.generation else Found.NEWER
    return Found.SAME if stored.token.access_token == session.token.access_token else Found.LEVEL


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEnd:
    """How a session was ended here.

    Attributes:
        session: The session with its newest token, or None where there was none.
        may_refresh: Whether its refresh token may be spent to revoke it: nobody else can be spending it.
        error: Why the store could not remove it, or None.
    """

    session: Session | None
    may_refresh: bool
    error: StorageError | None


class SessionInUse:
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
        self._id = new_session_id()
        self._place = Place.UNREAD
        self._choice: Sequence[Session] = ()
        self._pending: PendingRenewal | None = None
        self._writing = asyncio.Lock()
        self._save_not_before = 0.0

    @property
    def _is_unsaved(self) -> bool:
        return self._place in (Place.UNSAVED, Place.ONLY_HERE)

    # What is in use

    async def load(self) -> bool:
        """Put the stored session to use, the first time, and return whether there was one; later, save what is unsaved.

        Raises:
            StorageError: when the store can't be read and no session is in use.
        """
        if self._is_unsaved:
            await self._save_when_due()
        if self._place is not Place.UNREAD:
            return False
        try:
            sessions = await self._store.sessions(self._owner)
        except StorageError as error:
            self.storage_error = error
            if self._place is Place.UNREAD:
                raise
            return False
        if self._place is not Place.UNREAD:
            return False  # a sign-in came in between
        self._adopt(sessions)
        return self.session is not None

    async def reload(self) -> None:
        """Put what the store holds now to use: of the owner of the session in use, else of any that fits.

        Raises:
            StorageError: when the store can't be read; the session in use then stays.
        """
        in_use = self.session
        sessions = await self._store.sessions(self._owner if in_use is None else in_use.owner or self._owner)
        self._adopt([session for session in sessions if in_use is None or session.owner == in_use.owner])

    def begin(self, session: Session | None) -> None:
        """Put a new sign-in's session to use (or, None, none any more), whatever was before."""
        self.session = session
        self._place = Place.SAVED
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

    def _adopt(self, sessions: Sequence[Session]) -> None:
        self.begin(sessions[0] if len(sessions) == 1 else None)
        self._choice = sessions if len(sessions) > 1 else ()
        self.storage_error = None

    # What is newer

    async def latest(self, session: Session) -> Session | None:
        """Return the session as it is now, here or in the store; None when another client ended it.

        Raises:
            StorageError: when the store can't be read.
        """
        if self._place is Place.REPLACED:
            return session
        if self._place is Place.ONLY_HERE:
            self._place = Place.UNSAVED
        try:
            stored = await self._store.current(session)
        except StorageError as error:
            self.storage_error = error
            raise
        found = compare(stored, session)
        use = READING[found][self._is_unsaved]
        if found is Found.ANOTHER:
            self._place = Place.REPLACED
        elif found is Found.NOTHING and self._is_unsaved:
            self._place = Place.ONLY_HERE
        if use is Use.ENDED:
            return None
        if use is Use.THEIRS:
            self.session, self._place = stored, Place.SAVED
            return stored
        return session if found is not Found.SAME or stored is None else _noted(session, stored)

    async def newest(self) -> Session | None:
        """Return the session in use as another client of the store may have renewed it; changes nothing."""
        session = self.session
        if session is None or self._place is Place.REPLACED:
            return session
        try:
            stored = await self._store.current(session)
        except StorageError:
            return session
        if stored is None or compare(stored, session) is Found.ANOTHER or session.is_newer_than(stored):
            return session
        return stored

    # A renewal by refresh token, as the store has it

    async def reserve(self, session: Session, lease: RenewalLease | None) -> bool:
        """Note in the store that the session's refresh token is spent now; False where the lease does not last for it.

        Raises:
            StorageError: when it can't be noted, or while another client's renewal is not stored yet.
            RenewalError: when another client's renewal never was.
        """
        if session.token.refresh_token is None or self._place is Place.REPLACED:
            return True
        self._check_pending(session.pending_renewal)
        self._pending = PendingRenewal(by=self._id, since=self._clock())
        try:
            await self._put(session)
            return await self._store.is_held(lease, TOKEN_TIME_LIMIT)
        except StorageError as error:
            self.storage_error = error
            if self._place is Place.ONLY_HERE:
                return True  # a sign-in that the store never took: nobody else has this refresh token
            self._pending = None
            self._place = Place.UNSAVED
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
                self._fail(error)
            else:
                self._place, self.storage_error = Place.SAVED, None

    async def keep_renewed(self, session: Session) -> None:
        """Put a session's newer state to use and keep it, if the store can; if not, it is kept at a later use."""
        self._pending = None
        self.session = session
        if self._place is not Place.REPLACED:
            self._place = Place.UNSAVED
        await self._save()

    async def keep_user(self, session: Session) -> None:
        """Put the session to use, whose user became known; the store's state may be newer by now and then stays."""
        self.session = session
        await self._save()

    async def save(self) -> None:
        """Write what the store could not take before, if there is such a thing; a store that still can't is noted."""
        if self._is_unsaved:
            await self._save()

    async def remove(self) -> None:
        """Use no session any more and take its record out of the store, unless that is another sign-in's by now.

        Raises:
            StorageError: when the store can't.
        """
        session, place = self.session, self._place
        self.begin(None)
        if place is not Place.REPLACED:
            async with self._writing:
                await self._store.remove(session, self._owner)

    async def _save_when_due(self) -> None:
        loop = asyncio.get_running_loop()
        if self._writing.locked() or loop.time() < self._save_not_before:
            return
        began = loop.time()
        await self._save()
        # A store that takes long to fail shall not take as long from every call.
        self._save_not_before = 2 * loop.time() - began if self._is_unsaved else 0.0

    async def _save(self) -> None:
        async with self._writing:
            session = self.session
            if session is None or self._place is Place.REPLACED:
                return
            try:
                stored = await self._store.current(session)
                found = compare(stored, session)
                if WRITING[found][self._is_unsaved] and not self._is_noted_by_others(found, stored):
                    await self._put(session)
            except StorageError as error:
                self._fail(error)
            else:
                self._place, self.storage_error = Place.REPLACED if found is Found.ANOTHER else Place.SAVED, None

    def _is_noted_by_others(self, found: Found, stored: Session | None) -> bool:
        """Return whether another client has noted on the same state that it renews it: the note must not be lost."""
        pending = None if stored is None else stored.pending_renewal
        return found in (Found.SAME, Found.LEVEL) and pending is not None and pending.by != self._id

    async def _put(self, session: Session) -> None:
        writing = asyncio.ensure_future(self._store.put(replace(session, pending_renewal=self._pending)))
        try:
            await asyncio.shield(writing)
        except asyncio.CancelledError:
            # A store's thread or server goes on with what it was given: whoever writes next must come after it.
            await asyncio.wait({writing})
            raise

    def _fail(self, error: StorageError) -> None:
        if self._place is not Place.ONLY_HERE:
            self._place = Place.UNSAVED
        self.storage_error = error


def _noted(session: Session, stored: Session) -> Session:
    return replace(session, pending_renewal=stored.pending_renewal)


def _listed(sessions: Sequence[Session]) -> str:
    """Return the choice in words: apps by their ids, users by Podio's user ids; their names are not stored."""
    apps = [session.owner.app_id for session in sessions if session.owner is not None and session.owner.app_id]
    if len(apps) == len(sessions):
        return "of the apps " + ", ".join(sorted(apps))
    user_ids = sorted(str(session.user_id) for session in sessions if session.user_id is not None)
    return f"{len(sessions)} of them" + (f", of the users {', '.join(user_ids)}" if user_ids else "")
