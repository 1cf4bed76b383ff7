"""The renewal of a session as a table: in each phase, what an event leads to and what the driver is commanded to do.

The rules that the table holds:

1. One renewal at a time. A renewal that is needed while one runs changes nothing: whoever needs it waits.
2. The old token stays until the new one is there and belongs to the same user. A renewal that fails changes nothing,
   but a token whose user could not be looked up is kept, and looked up at the next try, while it lives.
3. Tabs that share the session share the renewal: one that hears of a newer token stops and takes it over, in whatever
   phase it is. Processes that share a store renew under its lock, and read the store before and under the lock.
4. A refresh token is spent once: under the lock, after the store has noted so (`podio.session.PendingRenewal`), while
   the lease lasts long enough for it.
5. When another user signed in, nothing that waits is sent. What then happens is the first user's decision; where
   nobody can decide, the renewal fails.
6. When the session ends or another begins meanwhile, the renewal stops, and what it got is dropped.

`podio._renewal_driver` executes the commands and reports each one's outcome as an event.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

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
from podio.errors import NotAuthenticated, PodioError, RenewalError, StorageError, UserChanged
from podio.renewal import SignedInUser, UserDecision
from podio.session import RenewalLease, Session
from podio.token import Token

LEASES = 3
"""How many leases may run out before the refresh token is spent; then the store is too slow."""


class Phase(enum.Enum):
    """What a renewal waits for."""

    IDLE = "no renewal runs"
    READING = "the store's state of the session, before the lock is waited for"
    LOCKING = "the store's lock"
    READING_LOCKED = "the store's state of the session, under the lock"
    RESERVING = "the store's note that the refresh token is being spent"
    ASKING_TABS = "the other tabs' newer token"
    OBTAINING = "a new token, from the token endpoint or from the user"
    IDENTIFYING = "whose the new token is"
    DECIDING = "the first user's decision, after another one signed in"
    BEGINNING = "the other user's session in the store"
    KEEPING = "the renewed session in the store"
    TAKING_OVER = "another tab's renewed session in the store"


class OtherSignIn(NamedTuple):
    """Another user's token, until it is decided what becomes of it."""

    token: Token
    user: SignedInUser


class Renewal(NamedTuple):
    """Where the renewal of the session in use stands.

    Attributes:
        has_lock: Whether the store has a renewal lock.
        checks_user: Whether a new token may be another user's, so that it is looked up.
        has_dialog: Whether the user can be asked what to do then.
        phase: What it waits for.
        session: The session that is renewed, as it was last seen.
        stale: The token that did not serve.
        lease: For how long the lock is held, where it comes free by time.
        is_locked: Whether the lock is held.
        leases: How many leases ran out.
        unconfirmed: A new token whose user could not be looked up yet.
        other: Another user's sign-in, while it is decided upon.
        user: Who is signed in, where that is known.
    """

    has_lock: bool
    checks_user: bool
    has_dialog: bool
    phase: Phase = Phase.IDLE
    session: Session | None = None
    stale: Token | None = None
    lease: RenewalLease | None = None
    is_locked: bool = False
    leases: int = 0
    unconfirmed: Token | None = None
    other: OtherSignIn | None = None
    user: SignedInUser | None = None

    @property
    def renewing(self) -> Session:
        """The session that is renewed; only while a renewal runs."""
        if self.session is None:
            raise AssertionError("no renewal runs")
        return self.session

    @property
    def others(self) -> OtherSignIn:
        """The sign-in of another user; only while it is decided upon."""
        if self.other is None:
            raise AssertionError("nobody else signed in")
        return self.other


Step = tuple[Renewal, tuple[Command, ...]]


def step(renewal: Renewal, event: Event, now: float) -> Step:
    """Return where an event leads and what is to be done then; an event that its phase does not know changes nothing.

    Args:
        renewal: Where the renewal stands.
        event: What happened.
        now: Seconds since 1970.
    """
    transition = TABLE[renewal.phase].get(type(event))
    return (renewal, ()) if transition is None else transition(renewal, event, now)


def newer_state(in_use: Session | None, announced: Session | None) -> Session | None:
    """Return what came from another tab, if it is a newer state of the session in use: same id, owner and user.

    An older version of the library does not say whose a session is; it knows the id of ours, so it is our owner's.
    """
    if in_use is None or announced is None:
        return None
    session = announced if announced.owner is not None else replace(announced, owner=in_use.owner)
    is_ours = session.owner == in_use.owner and in_use.user_id in (None, session.user_id)
    return session if is_ours and session.is_newer_than(in_use) else None


# Transitions. Their event is that of the table's row.


def _start(renewal: Renewal, event: Any, now: float) -> Step:
    begun = renewal._replace(session=event.session, stale=event.session.token, leases=0)
    if renewal.has_lock:
        # Before the lock: what another process has done needs no waiting for it.
        return begun._replace(phase=Phase.READING), (ReadStore(event.session),)
    return begun._replace(phase=Phase.ASKING_TABS), (AskTabs(event.session),)


def _lock(renewal: Renewal, event: Any, now: float) -> Step:
    read, commands = _read(renewal, event)
    if _serves(read, now):
        return _finish(read, *commands)
    return read._replace(phase=Phase.LOCKING), (*commands, Lock())


def _read_locked(renewal: Renewal, event: Any, now: float) -> Step:
    locked = renewal._replace(phase=Phase.READING_LOCKED, is_locked=True, lease=event.lease)
    return locked, (ReadStore(renewal.renewing),)


def _reserve(renewal: Renewal, event: Any, now: float) -> Step:
    read, commands = _read(renewal, event)
    if _serves(read, now):
        return _finish(read, *commands)
    return read._replace(phase=Phase.RESERVING), (*commands, Reserve(read.renewing, read.lease))


def _lock_again(renewal: Renewal, event: Any, now: float) -> Step:
    if renewal.leases + 1 == LEASES:
        error = StorageError("The session store is too slow for a renewal: its lease ran out before. Try again.")
        return _finish(renewal, error=error)
    unlocked = renewal._replace(phase=Phase.LOCKING, is_locked=False, lease=None, leases=renewal.leases + 1)
    return unlocked, (Release(), Lock())


def _ask_tabs(renewal: Renewal, event: Any, now: float) -> Step:
    return renewal._replace(phase=Phase.ASKING_TABS), (AskTabs(renewal.renewing),)


def _obtain_or_take_over(renewal: Renewal, event: Any, now: float) -> Step:
    if event.newer is not None and not event.newer.token.is_expired(now):
        return renewal._replace(phase=Phase.TAKING_OVER, session=event.newer), (Keep(event.newer),)
    unconfirmed = renewal.unconfirmed
    if unconfirmed is not None and not unconfirmed.is_expired(now):
        return renewal._replace(phase=Phase.IDENTIFYING), (Identify(unconfirmed),)
    return _obtain(renewal)


def _identify(renewal: Renewal, event: Any, now: float) -> Step:
    if not renewal.checks_user:
        return _keep(renewal, renewal.renewing.renewed(event.token))
    return renewal._replace(phase=Phase.IDENTIFYING, unconfirmed=event.token), (Identify(event.token),)


def _compare_users(renewal: Renewal, event: Any, now: float) -> Step:
    session, user, token = renewal.renewing, event.user, event.token
    if session.user_id == (None if user is None else user.user_id):
        return _keep(renewal, session.renewed(token))
    confirmed = renewal._replace(unconfirmed=None)
    if user is None:
        error = RenewalError("Podio does not say who signed in, so nothing was sent. Sign in again.")
        return _finish(confirmed, error=error)
    if session.user_id is None:
        return _keep(renewal._replace(user=user), replace(session, user_id=user.user_id).renewed(token))
    if not renewal.has_dialog:
        text = f"{user.name or 'Somebody else'} signed in instead. Sign in again as yourself."
        return _finish(confirmed, error=_user_changed(text, session, user))
    deciding = confirmed._replace(phase=Phase.DECIDING, other=OtherSignIn(token, user))
    return deciding, (AskUser(renewal.user, user),)


def _follow_decision(renewal: Renewal, event: Any, now: float) -> Step:
    if event.decision is UserDecision.SIGN_IN_AS_FIRST:
        return _obtain(renewal._replace(other=None))
    return renewal._replace(phase=Phase.BEGINNING), (Begin(renewal.renewing, *renewal.others),)


def _refuse_waiting(renewal: Renewal, event: Any, now: float) -> Step:
    user = renewal.others.user
    text = f"{user.name or 'Somebody else'} signed in, so what was waiting was not sent."
    error = _user_changed(text, renewal.renewing, user)
    return _finish(renewal._replace(user=user, unconfirmed=None), error=error)


def _finish_renewed(renewal: Renewal, event: Any, now: float) -> Step:
    return _finish(renewal, Announce(renewal.renewing), NotifyRenewed(renewal.renewing))


def _finish_taken_over(renewal: Renewal, event: Any, now: float) -> Step:
    return _finish(renewal, NotifyChange(renewal.renewing))


def _take_over(renewal: Renewal, event: Any, now: float) -> Step:
    return renewal._replace(phase=Phase.TAKING_OVER, session=event.session), (Stop(), Keep(event.session))


def _take_over_idle(renewal: Renewal, event: Any, now: float) -> Step:
    # Without Stop: what ends the renewal of before may still run.
    return renewal._replace(phase=Phase.TAKING_OVER, session=event.session), (Keep(event.session),)


def _abandon(renewal: Renewal, event: Any, now: float) -> Step:
    idle, commands = _finish(renewal._replace(unconfirmed=None, user=None), shown=NotAuthenticated("You signed out."))
    return idle, (Stop(), *commands)


def _clear(renewal: Renewal, event: Any, now: float) -> Step:
    return renewal._replace(unconfirmed=None, user=None), ()


def _note_user(renewal: Renewal, event: Any, now: float) -> Step:
    return renewal._replace(user=event.user), ()


def _end_use(renewal: Renewal, event: Any, now: float) -> Step:
    error = NotAuthenticated("You signed out elsewhere before this was sent. Sign in again.")
    return _finish(renewal._replace(unconfirmed=None, user=None), EndUse(), NotifyChange(None), error=error)


def _fail(renewal: Renewal, event: Any, now: float) -> Step:
    is_ours = isinstance(event.error, PodioError)
    shown = None if is_ours else RenewalError("Signing in again did not work. Nothing is lost: try again.")
    idle, commands = _finish(renewal, error=event.error, shown=shown)
    return idle, (Stop(), *commands)


_MEANWHILE: Mapping[type[Event], Callable[[Renewal, Any, float], Step]] = {
    Heard: _take_over,
    SessionChanged: _abandon,
    UserKnown: _note_user,
    Failed: _fail,
}
"""What may come in every phase of a renewal."""

TABLE: Mapping[Phase, Mapping[type[Event], Callable[[Renewal, Any, float], Step]]] = {
    Phase.IDLE: {Needed: _start, Heard: _take_over_idle, SessionChanged: _clear, UserKnown: _note_user},
    Phase.READING: {Read: _lock, Missing: _end_use, **_MEANWHILE},
    Phase.LOCKING: {Locked: _read_locked, **_MEANWHILE},
    Phase.READING_LOCKED: {Read: _reserve, Missing: _end_use, **_MEANWHILE},
    Phase.RESERVING: {Reserved: _ask_tabs, LeaseTooShort: _lock_again, **_MEANWHILE},
    Phase.ASKING_TABS: {TabsAnswered: _obtain_or_take_over, **_MEANWHILE},
    Phase.OBTAINING: {Obtained: _identify, **_MEANWHILE},
    Phase.IDENTIFYING: {Identified: _compare_users, **_MEANWHILE},
    Phase.DECIDING: {Decided: _follow_decision, **_MEANWHILE},
    Phase.BEGINNING: {Begun: _refuse_waiting, **_MEANWHILE},
    Phase.KEEPING: {Kept: _finish_renewed, **_MEANWHILE},
    Phase.TAKING_OVER: {Kept: _finish_taken_over, **_MEANWHILE, Heard: _take_over_idle},
}
"""By phase and event, the transition; a cell that is missing is an event that changes nothing in that phase: the late
outcome of a command that was stopped, or a renewal that is needed while one runs."""


def _read(renewal: Renewal, event: Read) -> tuple[Renewal, tuple[Command, ...]]:
    is_another = event.session.token.access_token != renewal.renewing.token.access_token
    return renewal._replace(session=event.session), (NotifyChange(event.session),) if is_another else ()


def _serves(renewal: Renewal, now: float) -> bool:
    token, stale = renewal.renewing.token, renewal.stale
    return stale is not None and token.access_token != stale.access_token and not token.is_expired(now)


def _obtain(renewal: Renewal) -> Step:
    return renewal._replace(phase=Phase.OBTAINING, unconfirmed=None), (Obtain(renewal.renewing),)


def _keep(renewal: Renewal, session: Session) -> Step:
    return renewal._replace(phase=Phase.KEEPING, session=session, unconfirmed=None), (Keep(session),)


def _finish(
    renewal: Renewal, *commands: Command, error: Exception | None = None, shown: PodioError | None = None
) -> Step:
    idle = renewal._replace(
        phase=Phase.IDLE, session=None, stale=None, lease=None, is_locked=False, leases=0, other=None
    )
    release = (Release(),) if renewal.is_locked else ()
    if shown is None and isinstance(error, PodioError):
        shown = error
    return idle, (*commands, *release, Finish(error, shown))


def _user_changed(text: str, session: Session, user: SignedInUser) -> UserChanged:
    return UserChanged(text, expected_id=session.user_id, actual_id=user.user_id)
