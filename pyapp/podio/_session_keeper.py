"""The session in use: loaded once, renewed once however many calls wait, shared with those that hold the same one.

Performs no I/O of its own: the store, the renewal and the look-up of the person come in as arguments.

The rules:

1. One renewal at a time. Whoever needs a token while it runs waits for it; a call that comes back refused after
   another call's renewal finds a newer token here and is simply resent.
2. The old token stays until the new one is there and belongs to the same person. A renewal that fails changes nothing.
3. Tabs that share the session share the renewal: whoever renews announces it, and the others take it over. Processes
   that share a store renew one at a time, by its lock, and each reads the store again before it renews.
4. When another person signed in, nothing that was waiting is sent. What then happens is the person's decision.
5. A refresh token is spent once: where a store has a renewal lock, only under it and after the store has noted so
   (`podio.session.PendingRenewal`). So a store that is down costs no session, and one that fails before the new token
   is written keeps the others from spending the old one again. The new token is in use all the same, and written later.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from podio._kept_session import Ended, KeptSession
from podio._next_token import NextToken, call_after
from podio._session_records import SessionRecords
from podio.errors import (
    NotAuthenticated,
    PersonChanged,
    PodioError,
    RenewalError,
    StorageError,
)
from podio.renewal import Person, PersonDecision, RenewalDialog
from podio.session import Session, new_session_id
from podio.session_owner import SessionOwner
from podio.token import Token

log = logging.getLogger("podio.auth")

_LEASES = 3
"""How often a lease that runs out before the refresh token is spent is taken anew; then the store is too slow."""


class SessionKeeper:
    """Holds the session that is in use and renews it.

    Args:
        store: Where it is kept.
        owner: Whose sessions of the store may be used.
        clock: Seconds since 1970.
        renew_token: As in `NextToken`, with `identify` and `dialog`.
        after_token_refreshed: Called with the session after each renewal, may be async.
    """

    def __init__(
        self,
        *,
        store: SessionRecords,
        owner: SessionOwner,
        clock: Callable[[], float],
        renew_token: Callable[[Session], Awaitable[Token]],
        identify: Callable[[Token], Awaitable[Person | None]] | None,
        dialog: RenewalDialog | None,
        after_token_refreshed: Callable[[Session], Any] | None,
    ) -> None:
        self.on_change: Callable[[Session | None], None] | None = None
        self._store = store
        self._owner = owner
        self._auth_type = owner.auth_type
        self._kept = KeptSession(store, owner, clock)
        self._clock = clock
        self._next = NextToken(clock=clock, renew_token=renew_token, identify=identify, dialog=dialog)
        self._dialog = dialog
        self._after_token_refreshed = after_token_refreshed
        self._running: asyncio.Task[None] | None = None
        self._taken_over: asyncio.Event | None = None

    @property
    def session(self) -> Session | None:
        """The session in use."""
        return self._kept.session

    @property
    def storage_error(self) -> StorageError | None:
        """Why the store does not hold the session in use, or None."""
        return self._kept.storage_error

    async def load(self) -> Session | None:
        """Return the session: the one in use, or the only stored one that fits.

        Raises:
            StorageError: when none is in use and the store can't be read: that is not the same as none.
        """
        if await self._kept.load() and self.session is not None:
            self._store.listen(self.session.session_id, self._heard)
        return self.session

    async def _required(self) -> Session:
        session = await self.load()
        if session is None:
            raise self._kept.absence()
        return session

    async def reload(self) -> Session | None:
        """Put the stored session to use in place of the one in use, and return it; None ends the one in use.

        Raises:
            StorageError: when the store can't be read; the session in use then stays.
        """
        before = self.session
        await self._kept.reload()
        session = self.session
        if session is None or before is None or session.session_id != before.session_id:
            self._next.forget()
            if self._running is not None:
                self._running.cancel()
        if session is not None:
            self._store.listen(session.session_id, self._heard)
        return session

    async def save(self) -> None:
        """Write what the store could not take before."""
        await self._kept.save()

    async def begin(self, token: Token, owner: SessionOwner | None = None) -> Session:
        """Start a new session with a token that a sign-in brought; its owner's earlier one is replaced."""
        if self._running is not None:
            self._running.cancel()
        return await self._begin(token, owner or self._owner)

    async def _begin(self, token: Token, owner: SessionOwner) -> Session:
        session = Session(session_id=new_session_id(), token=token, owner=owner)
        self._next.forget()
        await self._kept.keep_begun(session)
        self._store.listen(session.session_id, self._heard)
        log.info("granted (%s)", self._auth_type)
        return session

    async def identified(self, person: Person) -> None:
        """Note whose session it is, when that becomes known."""
        self._next.person = person
        if self.session is not None and self.session.person_id is None:
            await self._kept.keep_person(replace(self.session, person_id=person.person_id))

    async def end(self, *, announce: bool = True) -> None:
        """Forget the session here and, by the announcement, wherever it is shared; waiting calls fail.

        Raises:
            StorageError: when the store can't forget it.
        """
        session = self.session
        self._next.forget()
        try:
            if self._running is not None:
                self._running.cancel()
            await self._kept.forget()
        finally:
            if session is not None and announce:
                self._store.announce(session.session_id, None)

    async def sign_out(self) -> Ended:
        """End the session, with its newest token, after a renewal that anybody has begun.

        Raises:
            NotAuthenticated: when several sessions fit, so that it is not clear which to end.
            StorageError: when no session is in use and the store can't be read.
        """
        session = await self.load()
        if self._kept.is_ambiguous:
            raise self._kept.absence()
        is_locked = True
        async with contextlib.AsyncExitStack() as stack:
            if session is not None and session.token.refresh_token is not None and self._store.has_lock:
                if self._running is not None:
                    await asyncio.wait({self._running})
                try:
                    await stack.enter_async_context(self._store.renewal_lock())
                except StorageError:
                    is_locked = False
            session = await self._kept.newest()
            error = None
            try:
                await self.end()
            except StorageError as caught:
                error = caught
        may_refresh = is_locked and session is not None and session.pending_renewal is None
        return Ended(session=session, may_refresh=may_refresh, error=error)

    async def usable(self) -> Session:
        """Return the session with a token that has not expired by the clock, after a renewal if need be.

        Raises:
            NotAuthenticated: when there is no session, or several fit.
            RenewalError: when the renewal failed.
            StorageError: when the store can't be read, or does not let the session be renewed now.
        """
        session = await self._required()
        if session.token.is_expired(self._clock()):
            return await self.renewed(session.token)
        return session

    async def renewed(self, stale: Token | None) -> Session:
        """Return the session with another token than `stale`, renewing it unless that has happened already."""
        session = await self._required()
        if stale is not None and session.token.access_token != stale.access_token:
            return session
        if self._running is None:
            self._running = asyncio.ensure_future(self._renew(session))
            self._running.add_done_callback(self._ended)
        running = self._running
        # Waited for, not awaited: a call that is cancelled meanwhile must not take the others' renewal with it.
        await asyncio.wait({running})
        if not running.cancelled() and (failure := running.exception()) is not None:
            raise failure
        if self.session is None:
            raise NotAuthenticated("You signed out before this was sent. Sign in again.")
        if self.session.session_id != session.session_id:
            raise PersonChanged(
                "Somebody else signed in, so this was not sent.",
                expected_id=session.person_id,
                actual_id=self.session.person_id,
            )
        if running.cancelled():
            raise NotAuthenticated("You signed out before this was sent. Sign in again.")
        return self.session

    @property
    def is_renewing(self) -> bool:
        """Whether a renewal runs."""
        return self._running is not None

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running = None
        if not task.cancelled():
            task.exception()  # retrieved here, so that a renewal nobody waits for leaves no warning behind

    async def _renew(self, session: Session) -> None:
        error: PodioError | None = None
        try:
            await self._renew_or_take_over(session)
        except PodioError as caught:
            log.warning("failed (%s): renewal: %s", self._auth_type, type(caught).__name__)
            error = caught
            raise
        except asyncio.CancelledError:
            error = NotAuthenticated("You signed out.")
            raise
        except Exception as caught:
            log.warning("failed (%s): renewal: %s", self._auth_type, type(caught).__name__)
            error = RenewalError("Signing in again did not work. Nothing is lost: try again.")
            raise
        finally:
            if self._dialog is not None:
                self._dialog.finished(error)

    async def _renew_or_take_over(self, session: Session) -> None:
        log.info("asked (%s): renewal", self._auth_type)
        if not self._store.has_lock:
            await self._renew_or_hear(session)
            return
        stale = session.token
        session = await self._latest(session)  # what another process has done needs no waiting for its lock
        for _ in range(_LEASES):
            if not self._serves(session, stale):
                async with self._store.renewal_lock() as lease:
                    session = await self._latest(session)
                    if not self._serves(session, stale) and await self._kept.reserve(session, lease):
                        await self._renew_reserved(session)
                        return
        if not self._serves(session, stale):
            await self._kept.release()
            raise StorageError("The session store is too slow for a renewal: its lease ran out before. Try again.")
        log.info("renewed (%s): by another client of the same store", self._auth_type)

    def _serves(self, session: Session, stale: Token) -> bool:
        return session.token.access_token != stale.access_token and not session.token.is_expired(self._clock())

    async def _renew_reserved(self, session: Session) -> None:
        try:
            await self._renew_or_hear(session)
        finally:
            await self._kept.release()

    async def _latest(self, session: Session) -> Session:
        """Return the session as the store has it now: another client of that store may have renewed or ended it.

        Raises:
            NotAuthenticated: when it was ended there.
            StorageError: when the store can't be read.
        """
        latest = await self._kept.latest(session)
        if latest is None:
            self._kept.begin(None)
            self._changed(None)
            raise NotAuthenticated("You signed out elsewhere before this was sent. Sign in again.")
        if latest.token.access_token != session.token.access_token:
            self._changed(latest)
        return latest

    async def _renew_or_hear(self, session: Session) -> None:
        newer = self._as_ours(await self._store.newer(session))
        if newer is not None and self._belongs(newer) and not newer.token.is_expired(self._clock()):
            await self._take_over(newer)
            return
        self._taken_over = asyncio.Event()
        own = asyncio.ensure_future(self._renew_here(session))
        others = asyncio.ensure_future(self._taken_over.wait())
        try:
            await asyncio.wait({own, others}, return_when=asyncio.FIRST_COMPLETED)
            if own.done() and not others.done():
                own.result()
        finally:
            self._taken_over = None
            for task in (own, others):
                task.cancel()
            await asyncio.gather(own, others, return_exceptions=True)

    async def _renew_here(self, session: Session) -> None:
        while True:
            token = await self._next.get(session)
            person = await self._next.whose(token)
            if not self._next.may_be_others or session.person_id == (person.person_id if person else None):
                break
            if person is not None and session.person_id is None:
                self._next.person = person
                session = replace(session, person_id=person.person_id)
                break
            self._next.used()
            if person is None:
                raise RenewalError("Podio does not say who signed in, so nothing was sent. Sign in again.")
            if await self._next.decide(session, person) is PersonDecision.START_AFRESH:
                await self._start_afresh(session, token, person)
        self._next.used()
        renewed = session.renewed(token)
        await self._kept.keep_renewed(renewed)
        self._store.announce(renewed.session_id, renewed)
        log.info("renewed (%s)", self._auth_type)
        await call_after(self._after_token_refreshed, renewed)

    async def _start_afresh(self, session: Session, token: Token, person: Person) -> None:
        """Leave the first person's session (their clones keep it) and begin the other's; what waited is not sent."""
        await self._begin(token, session.owner or self._owner)
        await self.identified(person)
        self._changed(self.session)
        raise PersonChanged(
            f"{person.name or 'Somebody else'} signed in, so what was waiting was not sent.",
            expected_id=session.person_id,
            actual_id=person.person_id,
        )

    def _belongs(self, session: Session) -> bool:
        """Tell whether a session that came from outside is a newer state of ours: same id, owner and person."""
        return (
            self.session is not None
            and session.is_newer_than(self.session)
            and session.owner == self.session.owner
            and (self.session.person_id is None or session.person_id == self.session.person_id)
        )

    def _as_ours(self, session: Session | None) -> Session | None:
        """Return what another tab announced; an older version says not whose it is, but knows our session's id."""
        if session is None or session.owner is not None or self.session is None:
            return session
        return replace(session, owner=self.session.owner)

    def _heard(self, session: Session | None) -> None:
        session = self._as_ours(session)
        if session is None:
            if self.session is not None:
                asyncio.ensure_future(self._end_after_others()).add_done_callback(_retrieve)
        elif self._belongs(session):
            asyncio.ensure_future(self._take_over(session)).add_done_callback(_retrieve)

    async def _end_after_others(self) -> None:
        try:
            await self.end(announce=False)
        finally:
            self._changed(None)

    async def _take_over(self, session: Session) -> None:
        if not self._belongs(session):
            return
        await self._kept.keep_renewed(session)
        if self._taken_over is not None:
            self._taken_over.set()
        elif self._running is None and self._dialog is not None:
            # Whatever an earlier renewal here failed of, the other tab's has mended it.
            self._dialog.finished(None)
        self._changed(session)

    def _changed(self, session: Session | None) -> None:
        if self.on_change is not None:
            self.on_change(session)


def _retrieve(task: asyncio.Future[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None and not isinstance(error, RenewalError):
        log.warning("a change of the shared session could not be kept: %s", type(error).__name__)
