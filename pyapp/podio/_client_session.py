"""The session in use: loaded once, renewed once however many calls wait, shared with those that hold the same one.

The rules of a renewal stand in `podio._renewal_machine`; where the session is stored, in `podio._session_in_use`.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from podio._session_in_use import SessionEnd, SessionInUse
from podio._session_records import SessionRecords
from podio.errors import NotAuthenticated, StorageError, UserChanged
from podio.renewal import RenewalDialog, SignedInUser
from podio.session import Session, new_session_id
from podio.session_owner import SessionOwner
from podio.token import Token

if TYPE_CHECKING:
    from podio._renewal_driver import RenewalDriver

log = logging.getLogger("podio.auth")


class ClientSession:
    """Holds the session that is in use and renews it.

    Args:
        store: Where it is stored.
        owner: Whose sessions of the store may be used.
        clock: Seconds since 1970.
        renew_token: As in `RenewalDriver`, with `identify`, `dialog` and `after_token_refreshed`.
    """

    def __init__(
        self,
        *,
        store: SessionRecords,
        owner: SessionOwner,
        clock: Callable[[], float],
        renew_token: Callable[[Session], Awaitable[Token]],
        identify: Callable[[Token], Awaitable[SignedInUser | None]] | None,
        dialog: RenewalDialog | None,
        after_token_refreshed: Callable[[Session], Any] | None,
    ) -> None:
        self.on_change: Callable[[Session | None], None] | None = None
        self._store = store
        self._owner = owner
        self._auth_type = owner.auth_type
        self._in_use = SessionInUse(store, owner, clock)
        self._clock = clock
        self._renew_token = renew_token
        self._identify = identify
        self._dialog = dialog
        self._after_token_refreshed = after_token_refreshed

    @cached_property
    def _renewal(self) -> RenewalDriver:
        # Imported when there is a session: the tables would cost every program that imports the library some 7 ms.
        from podio._renewal_driver import RenewalDriver

        return RenewalDriver(
            in_use=self._in_use,
            store=self._store,
            clock=self._clock,
            renew_token=self._renew_token,
            identify=self._identify,
            dialog=self._dialog,
            after_token_refreshed=self._after_token_refreshed,
            begin=self._begin_for,
            notify=self._notify,
        )

    @property
    def session(self) -> Session | None:
        """The session in use."""
        return self._in_use.session

    @property
    def storage_error(self) -> StorageError | None:
        """Why the store does not hold the session in use, or None."""
        return self._in_use.storage_error

    async def load(self) -> Session | None:
        """Return the session: the one in use, or the only stored one that fits.

        Raises:
            StorageError: when none is in use and the store can't be read: that is not the same as none.
        """
        if await self._in_use.load() and self.session is not None:
            self._store.listen(self.session.session_id, self._on_announcement)
        return self.session

    async def _required(self) -> Session:
        session = await self.load()
        if session is None:
            raise self._in_use.absence()
        return session

    async def reload(self) -> Session | None:
        """Put the stored session to use in place of the one in use, and return it; None ends the one in use.

        Raises:
            StorageError: when the store can't be read; the session in use then stays.
        """
        before = self.session
        await self._in_use.reload()
        session = self.session
        if session is None or before is None or session.session_id != before.session_id:
            self._renewal.abandon()
        if session is not None:
            self._store.listen(session.session_id, self._on_announcement)
        return session

    async def save(self) -> None:
        """Write what the store could not take before."""
        await self._in_use.save()

    async def begin(self, token: Token, owner: SessionOwner | None = None) -> Session:
        """Start a new session with a token that a sign-in brought; its owner's earlier one is replaced."""
        self._renewal.abandon()
        return await self._begin(token, owner or self._owner)

    async def _begin(self, token: Token, owner: SessionOwner) -> Session:
        session = Session(session_id=new_session_id(), token=token, owner=owner)
        await self._in_use.keep_begun(session)
        self._store.listen(session.session_id, self._on_announcement)
        log.info("granted (%s)", self._auth_type)
        return session

    async def identified(self, user: SignedInUser) -> None:
        """Note whose session it is, when that becomes known."""
        self._renewal.note_user(user)
        if self.session is not None and self.session.user_id is None:
            await self._in_use.keep_user(replace(self.session, user_id=user.user_id))

    async def end(self, *, announce: bool = True) -> None:
        """End the session here and, by the announcement, wherever it is shared; waiting calls fail.

        Raises:
            StorageError: when the store can't remove it.
        """
        session = self.session
        self._renewal.abandon()
        try:
            await self._in_use.remove()
        finally:
            if session is not None and announce:
                self._store.announce(session.session_id, None)

    async def sign_out(self) -> SessionEnd:
        """End the session, with its newest token, after a renewal that anybody has begun.

        Raises:
            NotAuthenticated: when several sessions fit, so that it is not clear which to end.
            StorageError: when no session is in use and the store can't be read.
        """
        session = await self.load()
        if self._in_use.is_ambiguous:
            raise self._in_use.absence()
        is_locked = True
        async with contextlib.AsyncExitStack() as stack:
            if session is not None and session.token.refresh_token is not None and self._store.has_lock:
                if self._renewal.running is not None:
                    await asyncio.wait({self._renewal.running})
                try:
                    await stack.enter_async_context(self._store.renewal_lock())
                except StorageError:
                    is_locked = False
            session = await self._in_use.newest()
            error = None
            try:
                await self.end()
            except StorageError as caught:
                error = caught
        may_refresh = is_locked and session is not None and session.pending_renewal is None
        return SessionEnd(session=session, may_refresh=may_refresh, error=error)

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
        running = self._renewal.renew(session)
        # Waited for, not awaited: a call that is cancelled meanwhile must not take the others' renewal with it.
        await asyncio.wait({running})
        if not running.cancelled() and (failure := running.exception()) is not None:
            raise failure
        if self.session is None:
            raise NotAuthenticated("You signed out before this was sent. Sign in again.")
        if self.session.session_id != session.session_id:
            raise UserChanged(
                "Somebody else signed in, so this was not sent.",
                expected_id=session.user_id,
                actual_id=self.session.user_id,
            )
        if running.cancelled():
            raise NotAuthenticated("You signed out before this was sent. Sign in again.")
        return self.session

    @property
    def is_renewing(self) -> bool:
        """Whether a renewal runs."""
        return self._renewal.running is not None

    async def _begin_for(self, session: Session, token: Token, user: SignedInUser) -> None:
        """Leave the first user's session (their clones keep it) and begin another's in its place."""
        await self._begin(token, session.owner or self._owner)
        await self.identified(user)
        self._notify(self.session)

    def _on_announcement(self, session: Session | None) -> None:
        if session is None:
            if self.session is not None:
                asyncio.ensure_future(self._end_after_others()).add_done_callback(_retrieve)
        else:
            self._renewal.take_over(session)

    async def _end_after_others(self) -> None:
        try:
            await self.end(announce=False)
        finally:
            self._notify(None)

    def _notify(self, session: Session | None) -> None:
        if self.on_change is not None:
            self.on_change(session)


def _retrieve(task: asyncio.Future[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.warning("a change of the shared session could not be kept: %s", type(error).__name__)
