"""Executes the commands of `podio._renewal_machine` one after the other, and reports to it what came of each."""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from podio._renewal_events import (
    Announce,
    AskTabs,
    AskUser,
    Begin,
    Begun,
    Command,
    Decided,
    EndUse,
    Event,
    Failed,
    Finish,
    Heard,
    Identified,
    Identify,
    Keep,
    Kept,
    LeaseTooShort,
    Lock,
    Locked,
    Missing,
    Needed,
    NotifyChange,
    NotifyRenewed,
    Obtain,
    Obtained,
    Read,
    ReadStore,
    Release,
    Reserve,
    Reserved,
    SessionChanged,
    Stop,
    TabsAnswered,
    UserKnown,
)
from podio._renewal_machine import Renewal, newer_state, step
from podio._session_in_use import SessionInUse
from podio._session_records import SessionRecords
from podio.errors import RenewalCancelled
from podio.renewal import RenewalDialog, SignedInUser, UserDecision
from podio.session import RenewalLease, Session
from podio.token import Token

log = logging.getLogger("podio.auth")

_CANCELLED = "Signing in again was cancelled. Nothing is lost: try again."


class RenewalDriver:
    """Runs the renewals of the session in use.

    Args:
        in_use: The session in use and its record.
        store: The store.
        clock: Seconds since 1970.
        renew_token: Gets a new token for a session; raises `RenewalError` and its kin.
        identify: Looks up whose a token is, or None where Podio does not say (a narrow scope). Left out for flows
            whose renewal can't change the user.
        dialog: The hook's `RenewalDialog`, where it has one.
        after_token_refreshed: Called with the session after each renewal, may be async.
        begin: Begins another user's session in place of a session.
        notify: Reports the session that is in use now.
    """

    def __init__(
        self,
        *,
        in_use: SessionInUse,
        store: SessionRecords,
        clock: Callable[[], float],
        renew_token: Callable[[Session], Awaitable[Token]],
        identify: Callable[[Token], Awaitable[SignedInUser | None]] | None,
        dialog: RenewalDialog | None,
        after_token_refreshed: Callable[[Session], Any] | None,
        begin: Callable[[Session, Token, SignedInUser], Awaitable[None]],
        notify: Callable[[Session | None], None],
    ) -> None:
        self.running: asyncio.Task[None] | None = None
        """The renewal that runs. It fails as those that wait for it are to fail."""
        self._renewal = Renewal(
            has_lock=store.has_lock, checks_user=identify is not None, has_dialog=dialog is not None
        )
        self._in_use = in_use
        self._store = store
        self._clock = clock
        self._renew_token = renew_token
        self._identify = identify
        self._dialog = dialog
        self._after_token_refreshed = after_token_refreshed
        self._begin = begin
        self._notify = notify
        self._commands: deque[Command] = deque()
        self._work: asyncio.Task[Event | None] | None = None
        self._lock = _HeldLock(store)

    def renew(self, session: Session) -> asyncio.Task[None]:
        """Begin a renewal, unless one runs, and return the one that runs."""
        if self.running is None:
            self._step(Needed(session))
        return self._start()

    def take_over(self, session: Session) -> None:
        """Take over what another tab has renewed, if it is a newer state of the session in use."""
        newer = newer_state(self._in_use.session, session)
        if newer is not None:
            self._step(Heard(newer))

    def abandon(self) -> None:
        """Stop a renewal, because the session ends or another begins."""
        self._step(SessionChanged())

    def note_user(self, user: SignedInUser) -> None:
        """Note who is signed in."""
        self._step(UserKnown(user))

    def _step(self, event: Event) -> None:
        self._renewal, commands = step(self._renewal, event, self._clock())
        for command in commands:
            if isinstance(command, Stop):
                self._commands.clear()
                work, self._work = self._work, None
                if work is not None:
                    work.cancel()
            else:
                self._commands.append(command)
        if self._commands:
            self._start()

    def _start(self) -> asyncio.Task[None]:
        if self.running is None:
            self.running = asyncio.ensure_future(self._run())
            self.running.add_done_callback(self._ended)
        return self.running

    async def _run(self) -> None:
        failure: Exception | None = None
        try:
            while self._commands:
                command = self._commands.popleft()
                if isinstance(command, Finish):
                    failure = command.error
                self._work = work = asyncio.ensure_future(self._perform(command))
                # Work that was stopped is waited for as well: what comes next must find it gone.
                await asyncio.wait({work})
                if self._work is work:
                    self._work = None
                    self._report(work)
                if not self._commands:
                    await self._lock.release()  # still held only where an event stopped the end of a renewal
        except asyncio.CancelledError:
            # The program ends; the store must not wait for a renewal with which nobody goes on.
            self._step(Failed(RenewalCancelled(_CANCELLED)))
            while self._commands:
                await self._perform(self._commands.popleft())
            raise
        finally:
            self.running = None
        if failure is not None:
            raise failure

    def _ended(self, task: asyncio.Task[None]) -> None:
        _retrieve(task)
        if self.running is task:  # cancelled before it began
            self.running = None
            self._step(Failed(RenewalCancelled(_CANCELLED)))

    def _report(self, work: asyncio.Task[Event | None]) -> None:
        if work.cancelled():
            error: BaseException | None = RenewalCancelled(_CANCELLED)
        else:
            error = work.exception()
        if isinstance(error, Exception):
            log.warning("failed (%s): renewal: %s", self._store.auth_type, type(error).__name__)
            self._step(Failed(error))
        elif (event := work.result()) is not None:
            self._step(event)

    async def _perform(self, command: Command) -> Event | None:
        match command:
            case ReadStore(session):
                latest = await self._in_use.latest(session)
                return Missing() if latest is None else Read(latest)
            case Lock():
                return Locked(await self._lock.acquire())
            case Reserve(session, lease):
                return Reserved() if await self._in_use.reserve(session, lease) else LeaseTooShort()
            case AskTabs(session):
                return TabsAnswered(newer_state(self._in_use.session, await self._store.newer(session)))
            case Obtain(session):
                log.info("asked (%s): renewal", self._store.auth_type)
                return Obtained(await self._renew_token(session))
            case Identify(token):
                return Identified(token, await self._whose(token))
            case AskUser(first, other):
                return Decided(await self._decision(first, other))
            case Begin(session, token, user):
                await self._begin(session, token, user)
                return Begun()
            case Keep(session):
                await self._in_use.keep_renewed(session)
                return Kept()
            case _:
                await self._conclude(command)
                return None

    async def _conclude(self, command: Command) -> None:
        match command:
            case EndUse():
                self._in_use.begin(None)
            case NotifyChange(session):
                self._notify(session)
            case Announce(session):
                self._store.announce(session.session_id, session)
            case NotifyRenewed(session):
                await _call_after(self._after_token_refreshed, session)
            case Release():
                await self._in_use.release()
                await self._lock.release()
            case Finish(error, shown):
                if error is None and shown is None:
                    log.info("renewed (%s)", self._store.auth_type)
                if self._dialog is not None:
                    self._dialog.finished(shown)

    async def _decision(self, first: SignedInUser | None, other: SignedInUser) -> UserDecision:
        log.warning("another user signed in; nothing was resent")
        if self._dialog is None:
            raise AssertionError("there is no dialog to ask in")
        return await self._dialog.another_user(first, other)

    async def _whose(self, token: Token) -> SignedInUser | None:
        if self._dialog is not None:
            self._dialog.checking()
        return None if self._identify is None else await self._identify(token)


class _HeldLock:
    """The store's renewal lock, entered and left by one task, whoever acquires and releases it."""

    def __init__(self, store: SessionRecords) -> None:
        self._store = store
        self._holding: asyncio.Task[None] | None = None
        self._leaving = asyncio.Event()

    async def acquire(self) -> RenewalLease | None:
        """Wait for the lock and return what it yields.

        Raises:
            StorageError: when it can't be had.
        """
        entered: asyncio.Future[RenewalLease | None] = asyncio.get_running_loop().create_future()
        self._leaving = asyncio.Event()
        self._holding = asyncio.ensure_future(self._hold(entered, self._leaving))
        self._holding.add_done_callback(lambda holding: _pass_on(holding, entered))
        try:
            return await entered
        except asyncio.CancelledError:
            self._holding.cancel()
            await self.release()
            raise

    async def release(self) -> None:
        """Leave the lock, if it is held."""
        holding, self._holding = self._holding, None
        if holding is not None:
            self._leaving.set()
            await asyncio.wait({holding})
            _retrieve(holding)

    async def _hold(self, entered: asyncio.Future[RenewalLease | None], leaving: asyncio.Event) -> None:
        async with self._store.renewal_lock() as lease:
            entered.set_result(lease)
            await leaving.wait()


async def _call_after(after_token_refreshed: Callable[[Session], Any] | None, session: Session) -> None:
    """Call the app's hook for a renewed session; one that fails is reported and keeps nobody from the new token."""
    if after_token_refreshed is None:
        return
    try:
        result = after_token_refreshed(session)
        if inspect.isawaitable(result):
            await result
    except Exception as error:
        asyncio.get_running_loop().call_exception_handler(
            {"message": "after_token_refreshed failed", "exception": error}
        )


def _pass_on(holding: asyncio.Task[None], entered: asyncio.Future[RenewalLease | None]) -> None:
    """Let whoever waits for a lock know that it can't be had."""
    if not entered.done():
        failure = None if holding.cancelled() else holding.exception()
        if failure is None:
            entered.cancel()
        else:
            entered.set_exception(failure)


def _retrieve(task: asyncio.Future[None]) -> None:
    """Take a finished task's error, so that one that nobody waits for leaves no warning behind."""
    if not task.cancelled():
        task.exception()
