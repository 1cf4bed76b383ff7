"""The sign-in window as a table: in each phase, what an event leads to and what the driver is commanded to do.

The rules that the table holds:

1. A browser opens a window on a click only. The click may come before the client's need (the click opens the window
   and starts the renewal) or after it (the client waits until a click comes). Where nobody could see that a click is
   needed, a blocked window is an error.
2. One window at a time, but that a window which seems closed may be followed by another; the answer of either counts.
3. An answer counts until the user gives up or the time is over, however closed the window seems. Later ones don't.
4. While another tab of the session has its window open, this one waits for what comes of that.
5. A user who gives up right after the click is obeyed when the renewal that the click started comes here.

`podio.browser.window` executes the commands and reports the events; all of it runs without a wait in between.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from podio._sign_in_events import (
    AcquireLock,
    AnotherUser,
    Answered,
    Blocked,
    Cancel,
    Checking,
    Click,
    ClickAsFirst,
    CloseWindows,
    Command,
    Decide,
    Event,
    Fail,
    Finished,
    HookCalled,
    HookLeft,
    LockDenied,
    LockTaken,
    NotStored,
    Opened,
    OpenWindow,
    ReleaseLock,
    Reloaded,
    RenewalEnded,
    Resume,
    Return,
    Show,
    StartAfresh,
    StartRenewal,
    Tick,
)
from podio.authorization import RedirectAnswer
from podio.errors import (
    NotAuthenticated,
    PopupBlocked,
    RenewalCancelled,
    RenewalTimedOut,
    StorageError,
    UserChanged,
)
from podio.renewal import RenewalPhase, RenewalStatus, UserDecision
from podio.sign_in_window import TIME_LIMIT, focused_since, seems_closed

_CANCELLED = "Sign-in cancelled. Nothing was sent, nothing is lost."
_TIMED_OUT = (
    "Nobody finished signing in within five minutes; close the sign-in window. What was waiting has not been sent; "
    "nothing that you typed is lost."
)
_BLOCKED = "The browser opened no sign-in window. Allow pop-up windows for this site, or click Sign in again."

_IDLE = RenewalStatus(phase=RenewalPhase.IDLE)
_NEEDS_CLICK = RenewalStatus(phase=RenewalPhase.NEEDS_CLICK, message=_BLOCKED)


class Phase(enum.Enum):
    """What a sign-in window waits for."""

    REST = "a click, or the client's need"
    CLICKED = "the client's need; a click has opened the window"
    ANSWERED = "the client's need; the window has answered already"
    GIVEN_UP = "the client's need, to refuse it; the user gave up after the click"
    LOOKING = "a look at whether another tab has its window open"
    NEEDS_CLICK = "a click; the client waits"
    ELSEWHERE = "another tab's window; the client waits"
    OPEN = "the window's answer"
    SEEMS_CLOSED = "the window's answer, or a click that opens another"
    CHECKING = "what the client makes of the answer, or of the decision"
    DECIDING = "the user's decision, after another one signed in"
    DECISION_BLOCKED = "a click; the user wants to sign in as the first, and the window was blocked"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """Where the sign-in window stands.

    Attributes:
        has_viewer: Whether somebody is shown the status, and so could click.
        time_limit: Seconds for which an open window is waited for.
        phase: What it waits for.
        status: What is shown.
        no_window: What to show while no window is open: that a click is needed, or why a click came to nothing.
        opened_at: When the newest window was opened.
        focused_since: Since when the windows read closed while our page has the focus.
        answer: The answer that came before the client's need.
        has_lock: Whether the lock of the session's tabs is held or waited for.
    """

    has_viewer: bool
    time_limit: float = TIME_LIMIT
    phase: Phase = Phase.REST
    status: RenewalStatus = _IDLE
    no_window: RenewalStatus = _NEEDS_CLICK
    opened_at: float = 0.0
    focused_since: float | None = None
    answer: RedirectAnswer | None = None
    has_lock: bool = False


Step = tuple[SignIn, tuple[Command, ...]]


def step(sign_in: SignIn, event: Event) -> Step:
    """Return where an event leads and what is done then; an event that its phase does not know changes nothing."""
    transition = TABLE[sign_in.phase].get(type(event))
    return (sign_in, ()) if transition is None else transition(sign_in, event)


# Transitions. Their event is that of the table's row.


def _open(sign_in: SignIn, event: Any) -> Step:
    return sign_in, (OpenWindow(),)


def _start(sign_in: SignIn, event: Any) -> Step:
    opened, commands = _lock(_listen(replace(sign_in, phase=Phase.CLICKED), event.now))
    return opened, (*commands, StartRenewal())


def _start_as_first(sign_in: SignIn, event: Any) -> Step:
    opened, commands = _start(sign_in, event)
    return opened, (Decide(UserDecision.SIGN_IN_AS_FIRST), *commands)


def _wait(sign_in: SignIn, event: Any) -> Step:
    return _lock(_listen(replace(sign_in, phase=Phase.OPEN), event.now))


def _show_blocked(sign_in: SignIn, event: Any) -> Step:
    return _show(replace(sign_in, no_window=_NEEDS_CLICK), _NEEDS_CLICK)


def _show_not_stored(sign_in: SignIn, event: Any) -> Step:
    status = RenewalStatus(phase=RenewalPhase.FAILED, message=event.message)
    return _show(replace(sign_in, no_window=status), status)


def _wait_for_click(sign_in: SignIn, event: Any) -> Step:
    shown, commands = _show_blocked(sign_in, event)
    if sign_in.has_viewer:
        return replace(shown, phase=Phase.NEEDS_CLICK), commands
    return replace(shown, phase=Phase.REST), (*commands, Fail(PopupBlocked(_BLOCKED)))


def _fail_not_stored(sign_in: SignIn, event: Any) -> Step:
    shown, commands = _show_not_stored(sign_in, event)
    return replace(shown, phase=Phase.REST), (*commands, Fail(StorageError(event.message)))


def _block_decision(sign_in: SignIn, event: Any) -> Step:
    return _show_blocked(replace(sign_in, phase=Phase.DECISION_BLOCKED), event)


def _block_decision_not_stored(sign_in: SignIn, event: Any) -> Step:
    return _show_not_stored(replace(sign_in, phase=Phase.DECISION_BLOCKED), event)


def _resume(sign_in: SignIn, event: Any) -> Step:
    return sign_in, (StartRenewal(),) if event.resumable else ()


def _look(sign_in: SignIn, event: Any) -> Step:
    begun = replace(sign_in, phase=Phase.LOOKING, no_window=_NEEDS_CLICK)
    if not event.resumable:
        return begun, ()
    resumed, commands = _listen(replace(begun, phase=Phase.OPEN), event.now)
    return resumed, (Resume(event.resumable), *commands)


def _open_unless_elsewhere(sign_in: SignIn, event: Any) -> Step:
    return _wait_unless_elsewhere(sign_in, event) if event.is_elsewhere else (sign_in, (OpenWindow(),))


def _wait_unless_elsewhere(sign_in: SignIn, event: Any) -> Step:
    if event.is_elsewhere:
        return _show(replace(sign_in, phase=Phase.ELSEWHERE), RenewalStatus(phase=RenewalPhase.ELSEWHERE))
    return _show(replace(sign_in, phase=Phase.NEEDS_CLICK), sign_in.no_window)


def _watch(sign_in: SignIn, event: Any) -> Step:
    if event.now - sign_in.opened_at > sign_in.time_limit:
        return replace(sign_in, phase=Phase.REST), (Fail(RenewalTimedOut(_TIMED_OUT)), CloseWindows())
    since = focused_since(
        sign_in.focused_since, reads_closed=event.reads_closed, has_focus=event.has_focus, now=event.now
    )
    if seems_closed(since, now=event.now):
        phase, status = Phase.SEEMS_CLOSED, RenewalPhase.SEEMS_CLOSED
    else:
        phase, status = Phase.OPEN, RenewalPhase.WINDOW_OPEN
    return _show(replace(sign_in, phase=phase, focused_since=since), RenewalStatus(phase=status))


def _keep_answer(sign_in: SignIn, event: Any) -> Step:
    return replace(sign_in, phase=Phase.ANSWERED, answer=event.answer), ()


def _return(sign_in: SignIn, event: Any) -> Step:
    return replace(sign_in, phase=Phase.CHECKING), (Return(event.answer), CloseWindows())


def _return_kept(sign_in: SignIn, event: Any) -> Step:
    if sign_in.answer is None:
        raise AssertionError("no answer came")
    return replace(sign_in, phase=Phase.CHECKING, answer=None), (Return(sign_in.answer), CloseWindows())


def _wait_for_window(sign_in: SignIn, event: Any) -> Step:
    return replace(sign_in, phase=Phase.OPEN, no_window=_NEEDS_CLICK), ()


def _give_up(sign_in: SignIn, event: Any) -> Step:
    return replace(sign_in, phase=Phase.GIVEN_UP, answer=None), ()


def _cancel(sign_in: SignIn, event: Any) -> Step:
    return replace(sign_in, phase=Phase.REST), (Fail(RenewalCancelled(_CANCELLED)), CloseWindows())


def _cancel_decision(sign_in: SignIn, event: Any) -> Step:
    return replace(sign_in, phase=Phase.CHECKING), (Decide(RenewalCancelled(_CANCELLED)),)


def _start_afresh(sign_in: SignIn, event: Any) -> Step:
    return replace(sign_in, phase=Phase.CHECKING), (Decide(UserDecision.START_AFRESH),)


def _leave(sign_in: SignIn, event: Any) -> Step:
    return replace(sign_in, phase=Phase.REST), (CloseWindows(),)


def _leave_to_other_tab(sign_in: SignIn, event: Any) -> Step:
    return replace(sign_in, phase=Phase.REST, has_lock=False), (CloseWindows(),)


def _wait_for_other_tab(sign_in: SignIn, event: Any) -> Step:
    shown, commands = _show(
        replace(sign_in, phase=Phase.ELSEWHERE, has_lock=False), RenewalStatus(phase=RenewalPhase.ELSEWHERE)
    )
    return shown, (CloseWindows(), *commands)


def _go_on_without_lock(sign_in: SignIn, event: Any) -> Step:
    return replace(sign_in, has_lock=False), ()


def _check(sign_in: SignIn, event: Any) -> Step:
    return _show(replace(sign_in, phase=Phase.CHECKING), RenewalStatus(phase=RenewalPhase.CHECKING))


def _decide(sign_in: SignIn, event: Any) -> Step:
    status = RenewalStatus(
        phase=RenewalPhase.ANOTHER_USER,
        user_name=(event.first.name if event.first else "") or "the user before",
        other_user_name=event.other.name or "somebody else",
    )
    return _show(replace(sign_in, phase=Phase.DECIDING), status)


def _finish(sign_in: SignIn, event: Any) -> Step:
    error = event.error
    is_over = error is None or isinstance(error, (UserChanged, NotAuthenticated))
    status = _IDLE if is_over else RenewalStatus(phase=RenewalPhase.FAILED, message=str(error))
    rest = SignIn(has_viewer=sign_in.has_viewer, time_limit=sign_in.time_limit, status=sign_in.status)
    shown, commands = _show(rest, status)
    return shown, (CloseWindows(), ReleaseLock(), *commands)


_Row = Mapping[type[Event], Callable[[SignIn, Any], Step]]

_ALWAYS: _Row = {
    AnotherUser: _decide,
    Finished: _finish,
    LockTaken: _go_on_without_lock,
    LockDenied: _go_on_without_lock,
}
"""What may come in every phase."""
_BEFORE_NEED: _Row = {**_ALWAYS, RenewalEnded: _finish}
"""What may come while a renewal that a click started hasn't come here."""
_NEEDED: _Row = {**_ALWAYS, Cancel: _cancel, HookLeft: _leave}
"""What may come while the client waits for an answer."""
_DECISION: _Row = {
    **_ALWAYS,
    ClickAsFirst: _open,
    Opened: _start_as_first,
    Blocked: _block_decision,
    NotStored: _block_decision_not_stored,
    StartAfresh: _start_afresh,
    Cancel: _cancel_decision,
}
"""What may come while the user is to decide."""

TABLE: Mapping[Phase, _Row] = {
    Phase.REST: {
        **_ALWAYS,
        Click: _open,
        Opened: _start,
        Blocked: _show_blocked,
        NotStored: _show_not_stored,
        Reloaded: _resume,
        HookCalled: _look,
        Checking: _check,
    },
    Phase.CLICKED: {
        **_BEFORE_NEED,
        Checking: _check,
        Answered: _keep_answer,
        Cancel: _give_up,
        LockTaken: _leave_to_other_tab,
        HookCalled: _wait_for_window,
    },
    Phase.ANSWERED: {**_BEFORE_NEED, Checking: _check, Cancel: _give_up, HookCalled: _return_kept},
    Phase.GIVEN_UP: {**_BEFORE_NEED, AnotherUser: _cancel_decision, HookCalled: _cancel},
    Phase.LOOKING: {
        **_NEEDED,
        Tick: _open_unless_elsewhere,
        Click: _open,
        Opened: _wait,
        Blocked: _wait_for_click,
        NotStored: _fail_not_stored,
    },
    Phase.NEEDS_CLICK: {
        **_NEEDED,
        Tick: _wait_unless_elsewhere,
        Click: _open,
        Opened: _wait,
        Blocked: _show_blocked,
        NotStored: _show_not_stored,
    },
    Phase.ELSEWHERE: {**_NEEDED, Tick: _wait_unless_elsewhere},
    Phase.OPEN: {**_NEEDED, Tick: _watch, Answered: _return, LockTaken: _wait_for_other_tab},
    Phase.SEEMS_CLOSED: {
        **_NEEDED,
        Tick: _watch,
        Answered: _return,
        LockTaken: _wait_for_other_tab,
        Click: _open,
        Opened: _wait,
        Blocked: _show_blocked,
        NotStored: _show_not_stored,
    },
    Phase.CHECKING: {**_ALWAYS, Checking: _check, HookCalled: _look},
    Phase.DECIDING: _DECISION,
    Phase.DECISION_BLOCKED: {**_DECISION, Click: _open},
}
"""By phase and event, the transition; a cell that is missing is an event that changes nothing in that phase."""


def _listen(sign_in: SignIn, now: float) -> Step:
    listening = replace(sign_in, opened_at=now, focused_since=None)
    return _show(listening, RenewalStatus(phase=RenewalPhase.WINDOW_OPEN))


def _lock(opened: Step) -> Step:
    sign_in, commands = opened
    return opened if sign_in.has_lock else (replace(sign_in, has_lock=True), (*commands, AcquireLock()))


def _show(sign_in: SignIn, status: RenewalStatus) -> Step:
    if status == sign_in.status:
        return sign_in, ()
    return replace(sign_in, status=status), (Show(status),)
