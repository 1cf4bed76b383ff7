"""The table of the sign-in window, cell by cell: each phase with each event, then what a cell depends on."""

from dataclasses import replace
from typing import Any, get_args

import pytest

from podio import errors
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
from podio._sign_in_machine import TABLE, Phase, SignIn, step
from podio.authorization import AuthorizationRequest, RedirectAnswer
from podio.renewal import RenewalPhase, RenewalStatus, SignedInUser, UserDecision

ADA, GRACE = SignedInUser(user_id=7, name="Ada"), SignedInUser(user_id=8, name="Grace")
ANSWER = RedirectAnswer(query="", fragment="access_token=canary", url="https://b/callback.html")
REQUEST = AuthorizationRequest(
    state="s" * 32,
    client_id="c",
    authorize_url="https://a",
    redirect_uri="https://b/callback.html",
    response_type="token",
    created_at=0,
    display="popup",
)
LIMIT = 300.0
SHOWN = {
    Phase.REST: RenewalPhase.IDLE,
    Phase.CLICKED: RenewalPhase.WINDOW_OPEN,
    Phase.ANSWERED: RenewalPhase.WINDOW_OPEN,
    Phase.GIVEN_UP: RenewalPhase.WINDOW_OPEN,
    Phase.LOOKING: RenewalPhase.IDLE,
    Phase.NEEDS_CLICK: RenewalPhase.NEEDS_CLICK,
    Phase.ELSEWHERE: RenewalPhase.ELSEWHERE,
    Phase.OPEN: RenewalPhase.WINDOW_OPEN,
    Phase.SEEMS_CLOSED: RenewalPhase.SEEMS_CLOSED,
    Phase.CHECKING: RenewalPhase.WINDOW_OPEN,
    Phase.DECIDING: RenewalPhase.ANOTHER_USER,
    Phase.DECISION_BLOCKED: RenewalPhase.NEEDS_CLICK,
}
HAS_WINDOW = {Phase.CLICKED, Phase.ANSWERED, Phase.GIVEN_UP, Phase.OPEN, Phase.SEEMS_CLOSED}


def at(phase: Phase, **attributes: Any) -> SignIn:
    """Return a sign-in that is shown as its phase usually is."""
    blocked = SignIn(has_viewer=True).no_window
    status = blocked if SHOWN[phase] is RenewalPhase.NEEDS_CLICK else RenewalStatus(phase=SHOWN[phase])
    sign_in = SignIn(has_viewer=True, time_limit=LIMIT, phase=phase, status=status, has_lock=phase in HAS_WINDOW)
    return replace(sign_in, **{"answer": ANSWER if phase is Phase.ANSWERED else None, **attributes})


def tick(now: float = 1.0, *, reads_closed: bool = False, has_focus: bool = True, is_elsewhere: bool = False) -> Tick:
    return Tick(now=now, reads_closed=reads_closed, has_focus=has_focus, is_elsewhere=is_elsewhere)


EVENTS: dict[type[Event], Event] = {
    Click: Click(),
    ClickAsFirst: ClickAsFirst(),
    StartAfresh: StartAfresh(),
    Cancel: Cancel(),
    Reloaded: Reloaded((REQUEST,)),
    Opened: Opened(1.0),
    Blocked: Blocked(),
    NotStored: NotStored("It is full."),
    Tick: tick(),
    Answered: Answered(ANSWER),
    LockTaken: LockTaken(),
    LockDenied: LockDenied(),
    HookCalled: HookCalled((), 1.0),
    HookLeft: HookLeft(),
    Checking: Checking(),
    AnotherUser: AnotherUser(ADA, GRACE),
    Finished: Finished(errors.RenewalTimedOut("Nobody came.")),
    RenewalEnded: RenewalEnded(errors.RenewalTimedOut("Nobody came.")),
}

P = Phase
ENDED = (P.REST, [CloseWindows, ReleaseLock, Show])
WANTS_CANCEL = (P.REST, [Fail, CloseWindows])
AS_FIRST = (P.CLICKED, [Decide, Show, AcquireLock, StartRenewal])
CELLS: dict[tuple[Phase, type[Event]], tuple[Phase, list[type[Any]]]] = {
    (P.REST, Click): (P.REST, [OpenWindow]),
    (P.REST, Opened): (P.CLICKED, [Show, AcquireLock, StartRenewal]),
    (P.REST, Blocked): (P.REST, [Show]),
    (P.REST, NotStored): (P.REST, [Show]),
    (P.REST, Reloaded): (P.REST, [StartRenewal]),
    (P.REST, HookCalled): (P.LOOKING, []),
    (P.REST, Checking): (P.CHECKING, [Show]),
    (P.CLICKED, Answered): (P.ANSWERED, []),
    (P.CLICKED, Cancel): (P.GIVEN_UP, []),
    (P.CLICKED, HookCalled): (P.OPEN, []),
    (P.CLICKED, Checking): (P.CHECKING, [Show]),
    (P.CLICKED, RenewalEnded): ENDED,
    (P.ANSWERED, Cancel): (P.GIVEN_UP, []),
    (P.ANSWERED, HookCalled): (P.CHECKING, [Return, CloseWindows]),
    (P.ANSWERED, Checking): (P.CHECKING, [Show]),
    (P.ANSWERED, RenewalEnded): ENDED,
    (P.GIVEN_UP, HookCalled): WANTS_CANCEL,
    (P.GIVEN_UP, RenewalEnded): ENDED,
    (P.LOOKING, Tick): (P.LOOKING, [OpenWindow]),
    (P.LOOKING, Click): (P.LOOKING, [OpenWindow]),
    (P.LOOKING, Opened): (P.OPEN, [Show, AcquireLock]),
    (P.LOOKING, Blocked): (P.NEEDS_CLICK, [Show]),
    (P.LOOKING, NotStored): (P.REST, [Show, Fail]),
    (P.NEEDS_CLICK, Tick): (P.NEEDS_CLICK, []),
    (P.NEEDS_CLICK, Click): (P.NEEDS_CLICK, [OpenWindow]),
    (P.NEEDS_CLICK, Opened): (P.OPEN, [Show, AcquireLock]),
    (P.NEEDS_CLICK, Blocked): (P.NEEDS_CLICK, []),
    (P.NEEDS_CLICK, NotStored): (P.NEEDS_CLICK, [Show]),
    (P.ELSEWHERE, Tick): (P.NEEDS_CLICK, [Show]),
    (P.OPEN, Tick): (P.OPEN, []),
    (P.OPEN, Answered): (P.CHECKING, [Return, CloseWindows]),
    (P.SEEMS_CLOSED, Tick): (P.OPEN, [Show]),
    (P.SEEMS_CLOSED, Answered): (P.CHECKING, [Return, CloseWindows]),
    (P.SEEMS_CLOSED, Click): (P.SEEMS_CLOSED, [OpenWindow]),
    (P.SEEMS_CLOSED, Opened): (P.OPEN, [Show]),
    (P.SEEMS_CLOSED, Blocked): (P.SEEMS_CLOSED, [Show]),
    (P.SEEMS_CLOSED, NotStored): (P.SEEMS_CLOSED, [Show]),
    (P.CHECKING, HookCalled): (P.LOOKING, []),
    (P.CHECKING, Checking): (P.CHECKING, [Show]),
    (P.DECIDING, ClickAsFirst): (P.DECIDING, [OpenWindow]),
    (P.DECIDING, Opened): AS_FIRST,
    (P.DECIDING, Blocked): (P.DECISION_BLOCKED, [Show]),
    (P.DECIDING, NotStored): (P.DECISION_BLOCKED, [Show]),
    (P.DECISION_BLOCKED, Click): (P.DECISION_BLOCKED, [OpenWindow]),
    (P.DECISION_BLOCKED, ClickAsFirst): (P.DECISION_BLOCKED, [OpenWindow]),
    (P.DECISION_BLOCKED, Opened): AS_FIRST,
    (P.DECISION_BLOCKED, Blocked): (P.DECISION_BLOCKED, []),
    (P.DECISION_BLOCKED, NotStored): (P.DECISION_BLOCKED, [Show]),
}
for phase in (P.LOOKING, P.NEEDS_CLICK, P.ELSEWHERE, P.OPEN, P.SEEMS_CLOSED):
    CELLS[phase, Cancel] = WANTS_CANCEL
    CELLS[phase, HookLeft] = (P.REST, [CloseWindows])
for phase in (P.DECIDING, P.DECISION_BLOCKED):
    CELLS[phase, Cancel] = CELLS[phase, StartAfresh] = (P.CHECKING, [Decide])
for phase in Phase:
    CELLS[phase, Finished] = ENDED
    CELLS[phase, AnotherUser] = (P.DECIDING, [] if phase is P.DECIDING else [Show])
    CELLS[phase, LockTaken] = CELLS[phase, LockDenied] = (phase, [])
CELLS[P.GIVEN_UP, AnotherUser] = (P.CHECKING, [Decide])
CELLS[P.CLICKED, LockTaken] = (P.REST, [CloseWindows])
CELLS[P.OPEN, LockTaken] = CELLS[P.SEEMS_CLOSED, LockTaken] = (P.ELSEWHERE, [CloseWindows, Show])
"""What each cell of the table leads to; every other cell is an event that changes nothing."""

names = {"ids": lambda value: value.name if isinstance(value, Phase) else value.__name__}


@pytest.mark.parametrize("kind", get_args(Event), **names)
@pytest.mark.parametrize("phase", Phase, **names)
def test_each_event_in_each_phase_leads_where_the_table_says_or_changes_nothing(
    phase: Phase, kind: type[Event]
) -> None:
    before = (
        at(phase, status=RenewalStatus(phase=RenewalPhase.ANOTHER_USER, user_name="Ada", other_user_name="Grace"))
        if phase is P.DECIDING
        else at(phase)
    )
    after, commands = step(before, EVENTS[kind])
    if (phase, kind) in CELLS:
        assert (after.phase, [type(command) for command in commands]) == CELLS[phase, kind]
    else:
        assert after is before
        assert commands == ()
    assert (kind in TABLE[phase]) is ((phase, kind) in CELLS)


@pytest.mark.parametrize("kind", get_args(Event), **names)
@pytest.mark.parametrize("phase", Phase, **names)
def test_what_is_shown_is_what_the_state_says_and_no_window_is_left_where_nobody_waits_for_it(
    phase: Phase, kind: type[Event]
) -> None:
    before = at(phase)
    after, commands = step(before, EVENTS[kind])
    statuses = [command.status for command in commands if isinstance(command, Show)]
    assert statuses == ([after.status] if after.status != before.status else [])
    if phase in HAS_WINDOW and after.phase in (P.REST, P.NEEDS_CLICK, P.ELSEWHERE):
        assert CloseWindows() in commands


@pytest.mark.parametrize("phase", Phase, **names)
def test_a_renewal_that_went_well_or_was_ended_by_a_sign_out_leaves_nothing_to_be_seen(phase: Phase) -> None:
    for error in (None, errors.NotAuthenticated("Out."), errors.UserChanged("No.", expected_id=7, actual_id=8)):
        after, commands = step(
            at(phase, has_lock=True, no_window=RenewalStatus(phase=RenewalPhase.FAILED)), Finished(error)
        )
        assert after == SignIn(has_viewer=True, time_limit=LIMIT)
        assert commands[:2] == (CloseWindows(), ReleaseLock())


@pytest.mark.parametrize("phase", Phase, **names)
def test_a_renewal_that_failed_is_shown_with_its_reason(phase: Phase) -> None:
    after, _ = step(at(phase), Finished(errors.RenewalError("It broke.")))
    assert after.status == RenewalStatus(phase=RenewalPhase.FAILED, message="It broke.")


# What a cell depends on


@pytest.mark.parametrize("phase", [P.REST, P.CHECKING], **names)
def test_windows_of_before_a_reload_are_listened_to_again_and_none_is_opened(phase: Phase) -> None:
    after, commands = step(at(phase), HookCalled((REQUEST,), 5.0))
    assert (after.phase, after.opened_at) == (P.OPEN, 5.0)
    assert commands[0] == Resume((REQUEST,))
    assert not {OpenWindow, AcquireLock} & {type(command) for command in commands}
    assert step(at(P.REST), Reloaded(())) == (at(P.REST), ())


def test_while_another_tab_has_its_window_open_none_is_opened_here() -> None:
    for phase in (P.LOOKING, P.NEEDS_CLICK):
        after, commands = step(at(phase), tick(is_elsewhere=True))
        assert (after.phase, commands) == (P.ELSEWHERE, (Show(RenewalStatus(phase=RenewalPhase.ELSEWHERE)),))
        assert step(after, tick(is_elsewhere=True)) == (after, ())
        assert step(after, Click()) == (after, ())


def test_a_blocked_window_is_an_error_where_nobody_could_see_that_a_click_is_needed() -> None:
    after, commands = step(at(P.LOOKING, has_viewer=False), Blocked())
    assert after.phase is P.REST
    failure = commands[-1]
    assert isinstance(failure, Fail)
    assert isinstance(failure.error, errors.PopupBlocked)


def test_a_request_that_could_not_be_stored_is_shown_until_a_click_does_better() -> None:
    after, _ = step(at(P.NEEDS_CLICK), NotStored("It is full."))
    assert after.status == RenewalStatus(phase=RenewalPhase.FAILED, message="It is full.")
    assert step(after, tick()) == (after, ())
    blocked, _ = step(after, Blocked())
    assert blocked.status.phase is RenewalPhase.NEEDS_CLICK
    _, commands = step(at(P.LOOKING), NotStored("It is full."))
    assert [type(command.error) for command in commands if isinstance(command, Fail)] == [errors.StorageError]


@pytest.mark.parametrize("phase", [P.OPEN, P.SEEMS_CLOSED], **names)
def test_a_window_seems_closed_after_a_second_of_focus_and_times_out_after_its_limit(phase: Phase) -> None:
    sign_in, _ = step(at(phase, opened_at=0.0), tick(10.0, reads_closed=True))
    assert sign_in.phase is P.OPEN
    sign_in, _ = step(sign_in, tick(11.0, reads_closed=True))
    assert (sign_in.phase, sign_in.status.phase) == (P.SEEMS_CLOSED, RenewalPhase.SEEMS_CLOSED)
    again, _ = step(sign_in, Opened(12.0))
    assert (again.phase, again.opened_at, again.focused_since) == (P.OPEN, 12.0, None)
    assert step(again, tick(LIMIT + 12.0))[0].phase is P.OPEN
    over, commands = step(again, tick(LIMIT + 12.1))
    assert over.phase is P.REST
    failure = commands[0]
    assert isinstance(failure, Fail)
    assert isinstance(failure.error, errors.RenewalTimedOut)


def test_the_lock_is_acquired_once_and_again_when_it_was_lost() -> None:
    opened, commands = step(at(P.NEEDS_CLICK), Opened(1.0))
    assert AcquireLock() in commands
    closed = replace(opened, phase=P.SEEMS_CLOSED)
    assert AcquireLock() not in step(closed, Opened(2.0))[1]
    for event in (LockTaken(), LockDenied()):
        assert not step(opened, event)[0].has_lock


def test_the_answer_that_came_before_the_need_is_what_the_client_gets_unless_the_user_gave_up() -> None:
    result, _ = step(at(P.CLICKED), Answered(ANSWER))
    assert step(result, HookCalled((REQUEST,), 1.0))[1][0] == Return(ANSWER)
    given_up, _ = step(result, Cancel())
    assert given_up.answer is None
    failure = step(given_up, HookCalled((REQUEST,), 1.0))[1][0]
    assert isinstance(failure, Fail)
    assert isinstance(failure.error, errors.RenewalCancelled)


def test_the_decision_is_what_the_client_gets() -> None:
    assert step(at(P.DECIDING), StartAfresh())[1] == (Decide(UserDecision.START_AFRESH),)
    assert step(at(P.DECIDING), Opened(1.0))[1][0] == Decide(UserDecision.SIGN_IN_AS_FIRST)
    decision = step(at(P.DECIDING), Cancel())[1][0]
    assert isinstance(decision, Decide)
    assert isinstance(decision.decision, errors.RenewalCancelled)


def test_another_user_is_shown_with_both_names_or_with_words_for_them() -> None:
    named, _ = step(at(P.CHECKING), AnotherUser(ADA, GRACE))
    assert (named.status.user_name, named.status.other_user_name) == ("Ada", "Grace")
    nameless, _ = step(at(P.CHECKING), AnotherUser(None, SignedInUser(user_id=8)))
    assert (nameless.status.user_name, nameless.status.other_user_name) == ("the user before", "somebody else")
