"""The session in use: loaded once, renewed once however many calls wait, shared with those that hold the same one.

Performs no I/O of its own: the store, the renewal and the look-up of the person come in as arguments.

The rules:

1. One renewal at a time. Whoever needs a token while it runs waits for it; a call that comes back refused after
   another call's renewal finds a newer token here and is simply resent.
2. The old token stays until the new one is there and belongs to the same person. A renewal that fails changes nothing.
3. Tabs that share the session share the renewal: whoever renews announces it, and the others take it over. Processes
   that share a store renew one at a time, by its lock, and each reads the store again before it renews.
4. When another person signed in, nothing that was waiting is sent. What then happens is the person's decision.
"""

from __future__ import annotations

import asyncio
import contextlib
import enum
import inspect
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, runtime_checkable

from podio.authorization import AuthorizationRequest, Kind, RedirectAnswer
from podio.errors import (
    NotAuthenticated,
    PersonChanged,
    PodioError,
    RenewalError,
    StorageError,
)
from podio.session import AuthType, RenewalLockStore, Session, SessionStore, SharedSessionStore, new_session_id
from podio.token import Token

log = logging.getLogger("podio.auth")


class RenewalPhase(enum.Enum):
    """Where a renewal that needs a person stands; what a page shows."""

    IDLE = "idle"
    """No renewal runs."""
    NEEDS_CLICK = "needs-click"
    """The browser lets no window open without a click: show an alert with "Sign in again"."""
    WINDOW_OPEN = "window-open"
    """The sign-in window is open."""
    SEEMS_CLOSED = "seems-closed"
    """The window reads closed and the page has the focus; an answer still counts."""
    CHECKING = "checking"
    """The answer is there; who signed in is being looked up."""
    ANOTHER_PERSON = "another-person"
    """Somebody else signed in: the person decides."""
    ELSEWHERE = "elsewhere"
    """Another tab of the same session is signing in."""
    FAILED = "failed"
    """The renewal ended without a new token; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewalStatus:
    """A renewal's phase and what a page needs to show it."""

    phase: RenewalPhase
    message: str = ""
    person_name: str = ""
    other_person_name: str = ""


class PersonDecision(enum.Enum):
    """What to do when another person signed in."""

    SIGN_IN_AS_FIRST = "sign-in-as-first"
    START_AFRESH = "start-afresh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who a token belongs to: Podio's user id and the name to show."""

    person_id: int
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewalRequest:
    """What `on_token_will_refresh` gets: the session that expired, and the means to ask for a new token.

    Attributes:
        session: The session as it is; its token is the old one.
        make_request: Makes the attempt: ``make_request(redirect_url, kind)``.
    """

    session: Session
    make_request: Callable[[str, Kind], AuthorizationRequest] = field(repr=False)


class OnTokenWillRefresh(Protocol):
    """The public hook: gets a new token's answer from the person, in whatever way the app likes.

    It returns the redirect's answer, with the attempt in ``answer.request``, and raises `podio.RenewalCancelled` or
    `podio.PopupBlocked`. A hook may also have these methods of `RenewalDialog`.
    """

    async def __call__(self, request: RenewalRequest) -> RedirectAnswer:
        """Return the answer of a new sign-in."""
        ...


class Renewable(Protocol):
    """Whose renewals a hook serves: the client."""

    @property
    def is_renewing(self) -> bool:
        """Whether a renewal runs."""
        ...

    def renewal_request(self) -> RenewalRequest | None:
        """Return what the hook would get now, or None without a session."""
        ...

    async def renew(self) -> Session:
        """Start a renewal, or wait for the one that runs."""
        ...


@runtime_checkable
class RenewalDialog(Protocol):
    """What a hook may have besides: it is told what comes after the answer, and asked when the person changed."""

    def bind(self, renewable: Renewable) -> None:
        """Learn whose renewals these are, so that a click can start one."""
        ...

    def checking(self) -> None:
        """The answer was accepted; who signed in is being looked up."""
        ...

    async def another_person(self, first: Person | None, other: Person) -> PersonDecision:
        """Somebody else signed in: return what the person decides."""
        ...

    def finished(self, error: PodioError | None) -> None:
        """The renewal ended: well (None), or with this error."""
        ...


class SessionKeeper:
    """Holds the session that is in use and renews it.

    Args:
        store: Where it is kept.
        auth_type: By which flow.
        clock: Seconds since 1970.
        renew_token: Gets a new token for a session; raises `RenewalError` and its kin.
        identify: Looks up whose a token is, or None where Podio does not tell (a narrow scope). Left out for flows
            whose renewal can't change the person (a refresh token is bound to one).
        dialog: The hook's `RenewalDialog`, where it has one.
        after_token_refreshed: Called with the session after each renewal, may be async.
    """

    def __init__(
        self,
        *,
        store: SessionStore,
        auth_type: AuthType,
        clock: Callable[[], float],
        renew_token: Callable[[Session], Awaitable[Token]],
        identify: Callable[[Token], Awaitable[Person | None]] | None,
        dialog: RenewalDialog | None,
        after_token_refreshed: Callable[[Session], Any] | None,
    ) -> None:
        self.session: Session | None = None
        self.on_change: Callable[[Session | None], None] | None = None
        self.storage_error: StorageError | None = None
        self._store = store
        self._auth_type = auth_type
        self._clock = clock
        self._renew_token = renew_token
        self._identify = identify
        self._dialog = dialog
        self._after_token_refreshed = after_token_refreshed
        self._loaded = False
        self._running: asyncio.Task[None] | None = None
        self._taken_over: asyncio.Event | None = None
        self._person: Person | None = None
        self._unconfirmed: Token | None = None
        self._replaced_in_store = False

    async def load(self) -> Session | None:
        """Return the session: the one in use, or the stored one. A store that denies access counts as empty."""
        if not self._loaded:
            try:
                stored = await self._store_get()
            except StorageError as error:
                self.storage_error = error
                stored = None
            if not self._loaded:
                self._loaded = True
                if self.session is None and stored is not None:
                    self.session = stored
                    self._listen(stored)
        return self.session

    async def reload(self) -> Session | None:
        """Put the stored session to use in place of the one in use, and return it; None ends the one in use.

        Raises:
            StorageError: when the store can't be read; the session in use then stays.
        """
        stored = await self._store_get()
        self._loaded = True
        self._replaced_in_store = False
        self.storage_error = None
        if stored is None or self.session is None or stored.session_id != self.session.session_id:
            self._person = None
            self._unconfirmed = None
            if self._running is not None:
                self._running.cancel()
        self.session = stored
        if stored is not None:
            self._listen(stored)
        return stored

    async def newest(self) -> Session | None:
        """Return the session with its newest token: another client of the same store may have renewed it."""
        session = await self.load()
        if session is None or self.storage_error is not None or self._replaced_in_store:
            return session
        try:
            stored = await self._store_get()
        except StorageError:
            return session
        if stored is None or stored.session_id != session.session_id or stored.expires_at <= session.expires_at:
            return session
        return stored

    async def begin(self, token: Token) -> Session:
        """Start a new session with a token that a sign-in brought; whatever was before is replaced."""
        if self._running is not None:
            self._running.cancel()
        self._unconfirmed = None
        return await self._begin(token)

    async def _begin(self, token: Token) -> Session:
        session = Session(session_id=new_session_id(), token=token)
        self._loaded = True
        self._replaced_in_store = False
        self._person = None
        await self._keep(session)
        self._listen(session)
        log.info("granted (%s)", self._auth_type)
        return session

    async def identified(self, person: Person) -> None:
        """Note whose session it is, when that becomes known."""
        self._person = person
        if self.session is not None and self.session.person_id is None:
            await self._keep(replace(self.session, person_id=person.person_id))

    async def end(self, *, announce: bool = True) -> None:
        """Forget the session here and, by the announcement, wherever it is shared; waiting calls fail."""
        session, self.session = self.session, None
        self._loaded = True
        self._person = None
        self._unconfirmed = None
        if self._running is not None:
            self._running.cancel()
        try:
            if not self._replaced_in_store:
                await self._store_set(None)
        finally:
            if session is not None and announce and isinstance(self._store, SharedSessionStore):
                self._store.announce(session.session_id, None)

    async def usable(self) -> Session:
        """Return the session with a token that has not expired by the clock, after a renewal if need be.

        Raises:
            NotAuthenticated: when there is no session.
            RenewalError: when the renewal failed.
        """
        session = await self.load()
        if session is None:
            raise NotAuthenticated("You are not signed in. Sign in first.")
        if session.token.is_expired(self._clock()):
            return await self.renewed(session.token)
        return session

    async def renewed(self, stale: Token | None) -> Session:
        """Return the session with another token than `stale`, renewing it unless that has happened already."""
        session = await self.load()
        if session is None:
            raise NotAuthenticated("You are not signed in. Sign in first.")
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
        async with contextlib.AsyncExitStack() as lock:
            if isinstance(self._store, RenewalLockStore):
                try:
                    await lock.enter_async_context(self._store.renewal_lock(self._auth_type))
                    latest = await self._latest(session)
                except StorageError as error:
                    # What can't be locked can't be kept either: as with `_keep`, the session lives on in memory.
                    self.storage_error = error
                else:
                    if latest is not session and not latest.token.is_expired(self._clock()):
                        log.info("renewed (%s): by another client of the same store", self._auth_type)
                        return
                    session = latest
            await self._renew_or_hear(session)

    async def _latest(self, session: Session) -> Session:
        """Return the session as the store has it now: another client of that store may have renewed or ended it.

        Raises:
            NotAuthenticated: when it was ended there.
            StorageError: when the store can't be read.
        """
        if self.storage_error is not None or self._replaced_in_store:
            return session
        stored = await self._store_get()
        if stored is None:
            self.session = None
            self._changed(None)
            raise NotAuthenticated("You signed out elsewhere before this was sent. Sign in again.")
        if stored.session_id != session.session_id:
            # Somebody signed in anew, perhaps as another person: theirs stays in the store, ours goes on without it.
            self._replaced_in_store = True
            return session
        if stored.token.access_token == session.token.access_token or stored.expires_at < session.expires_at:
            return session
        self.session = stored
        self._changed(stored)
        return stored

    async def _renew_or_hear(self, session: Session) -> None:
        if isinstance(self._store, SharedSessionStore):
            newer = await self._store.newer(session)
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
            token = await self._next_token(session)
            person = await self._whose(token)
            if self._identify is None or session.person_id == (person.person_id if person else None):
                break
            if person is not None and session.person_id is None:
                self._person = person
                session = replace(session, person_id=person.person_id)
                break
            self._unconfirmed = None
            if person is None:
                raise RenewalError("Podio does not say who signed in, so nothing was sent. Sign in again.")
            if await self._decide(session, person) is PersonDecision.START_AFRESH:
                await self._start_afresh(session, token, person)
        self._unconfirmed = None
        renewed = session.renewed(token)
        await self._keep(renewed)
        self._announce(renewed)
        await self._tell_refreshed(renewed)

    async def _next_token(self, session: Session) -> Token:
        """Return a new token: the one whose check did not get through last time, if it lives, else one asked for."""
        if self._unconfirmed is None or self._unconfirmed.is_expired(self._clock()):
            self._unconfirmed = await self._renew_token(session)
        return self._unconfirmed

    async def _whose(self, token: Token) -> Person | None:
        if self._identify is None:
            return None
        if self._dialog is not None:
            self._dialog.checking()
        return await self._identify(token)

    async def _start_afresh(self, session: Session, token: Token, person: Person) -> None:
        """Leave the first person's session (their clones keep it) and begin the other's; what waited is not sent."""
        await self._begin(token)
        await self.identified(person)
        self._changed(self.session)
        raise PersonChanged(
            f"{person.name or 'Somebody else'} signed in, so what was waiting was not sent.",
            expected_id=session.person_id,
            actual_id=person.person_id,
        )

    async def _decide(self, session: Session, other: Person) -> PersonDecision:
        log.warning("another person signed in; nothing was resent")
        if self._dialog is None:
            raise PersonChanged(
                f"{other.name or 'Somebody else'} signed in instead. Sign in again as yourself.",
                expected_id=session.person_id,
                actual_id=other.person_id,
            )
        return await self._dialog.another_person(self._person, other)

    async def _tell_refreshed(self, session: Session) -> None:
        log.info("renewed (%s)", self._auth_type)
        if self._after_token_refreshed is None:
            return
        try:
            told = self._after_token_refreshed(session)
            if inspect.isawaitable(told):
                await told
        except Exception as error:
            # The new token is there all the same: the calls that wait for it are not the ones to suffer.
            asyncio.get_running_loop().call_exception_handler(
                {"message": "after_token_refreshed failed", "exception": error}
            )

    def _listen(self, session: Session) -> None:
        if isinstance(self._store, SharedSessionStore):
            self._store.listen(session.session_id, self._heard)

    def _announce(self, session: Session) -> None:
        if isinstance(self._store, SharedSessionStore):
            self._store.announce(session.session_id, session)

    def _belongs(self, session: Session) -> bool:
        """Tell whether a session that came from outside is a newer state of ours: same id, same person."""
        return (
            self.session is not None
            and session.session_id == self.session.session_id
            and (self.session.person_id is None or session.person_id == self.session.person_id)
            and session.expires_at > self.session.expires_at
        )

    def _heard(self, session: Session | None) -> None:
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
        await self._keep(session)
        if self._taken_over is not None:
            self._taken_over.set()
        elif self._running is None and self._dialog is not None:
            # Whatever an earlier renewal here failed of, the other tab's has mended it.
            self._dialog.finished(None)
        self._changed(session)

    async def _keep(self, session: Session) -> None:
        """Put the session to use, and keep it if the store can; one that can't costs only the next reload."""
        self.session = session
        if self._replaced_in_store:
            return
        try:
            await self._store_set(session)
        except StorageError as error:
            self.storage_error = error
        else:
            self.storage_error = None

    async def _store_get(self) -> Session | None:
        kept = self._store.get(self._auth_type)
        return await kept if inspect.isawaitable(kept) else kept

    async def _store_set(self, session: Session | None) -> None:
        kept = self._store.set(session, self._auth_type)
        if inspect.isawaitable(kept):
            await kept

    def _changed(self, session: Session | None) -> None:
        if self.on_change is not None:
            self.on_change(session)


def _retrieve(task: asyncio.Future[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None and not isinstance(error, RenewalError):
        log.warning("a change of the shared session could not be kept: %s", type(error).__name__)
