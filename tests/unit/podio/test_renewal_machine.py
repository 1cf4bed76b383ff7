"""The table of a renewal, cell by cell: each phase with each event, then each way in which a cell may turn out."""

from dataclasses import replace
from typing import Any, get_args

import pytest

from podio import errors
from podio._renewal_events import (
    Announce,
    AskTabs,
    AskUser,
    Begin,
    Begun,
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
from podio._renewal_machine import TABLE, OtherSignIn, Phase, Renewal, newer_state, step
from podio.renewal import SignedInUser, UserDecision
from podio.token import Token
from tests.unit.podio.fakes import OWNER, session_of

NOW = 1000.0
SESSION = session_of("old", NOW - 1, owner=OWNER)
NEW = Token(access_token="new", expires_at=NOW + 3600)
HEARD = SESSION.renewed(Token(access_token="heard", expires_at=NOW + 3600))
STORED = SESSION.renewed(Token(access_token="stored", expires_at=NOW + 3600))
ADA, GRACE = SignedInUser(user_id=7, name="Ada"), SignedInUser(user_id=8, name="Grace")
FAILURE = errors.RenewalTimedOut("Nobody came.")
UNDER_LOCK = {
    Phase.READING_LOCKED,
    Phase.RESERVING,
    Phase.ASKING_TABS,
    Phase.OBTAINING,
    Phase.IDENTIFYING,
    Phase.DECIDING,
    Phase.BEGINNING,
    Phase.KEEPING,
    Phase.TAKING_OVER,
}


def at(phase: Phase, **attributes: Any) -> Renewal:
    """Return a renewal with everything that there may be, under a lock from where on there is one."""
    renewal = Renewal(has_lock=True, checks_user=True, has_dialog=True, phase=phase, user=ADA)
    if phase is not Phase.IDLE:
        renewal = renewal._replace(session=SESSION, stale=SESSION.token, is_locked=phase in UNDER_LOCK)
    if phase in (Phase.DECIDING, Phase.BEGINNING):
        renewal = renewal._replace(other=OtherSignIn(NEW, GRACE))
    if phase is Phase.IDENTIFYING:
        renewal = renewal._replace(unconfirmed=NEW)
    return renewal._replace(**attributes)


EVENTS: dict[type[Event], Event] = {
    Needed: Needed(SESSION),
    Heard: Heard(HEARD),
    SessionChanged: SessionChanged(),
    UserKnown: UserKnown(GRACE),
    Read: Read(SESSION),
    Missing: Missing(),
    Locked: Locked("lease"),
    Reserved: Reserved(),
    LeaseTooShort: LeaseTooShort(),
    TabsAnswered: TabsAnswered(None),
    Obtained: Obtained(NEW),
    Identified: Identified(NEW, ADA),
    Decided: Decided(UserDecision.START_AFRESH),
    Begun: Begun(),
    Kept: Kept(),
    Failed: Failed(FAILURE),
}

Cell = tuple[Phase, list[type[Any]]]
CELLS: dict[tuple[Phase, type[Event]], Cell] = {
    (Phase.IDLE, Needed): (Phase.READING, [ReadStore]),
    (Phase.IDLE, Heard): (Phase.TAKING_OVER, [Keep]),
    (Phase.IDLE, SessionChanged): (Phase.IDLE, []),
    (Phase.IDLE, UserKnown): (Phase.IDLE, []),
    (Phase.READING, Read): (Phase.LOCKING, [Lock]),
    (Phase.READING, Missing): (Phase.IDLE, [EndUse, NotifyChange, Finish]),
    (Phase.LOCKING, Locked): (Phase.READING_LOCKED, [ReadStore]),
    (Phase.READING_LOCKED, Read): (Phase.RESERVING, [Reserve]),
    (Phase.READING_LOCKED, Missing): (Phase.IDLE, [EndUse, NotifyChange, Release, Finish]),
    (Phase.RESERVING, Reserved): (Phase.ASKING_TABS, [AskTabs]),
    (Phase.RESERVING, LeaseTooShort): (Phase.LOCKING, [Release, Lock]),
    (Phase.ASKING_TABS, TabsAnswered): (Phase.OBTAINING, [Obtain]),
    (Phase.OBTAINING, Obtained): (Phase.IDENTIFYING, [Identify]),
    (Phase.IDENTIFYING, Identified): (Phase.KEEPING, [Keep]),
    (Phase.DECIDING, Decided): (Phase.BEGINNING, [Begin]),
    (Phase.BEGINNING, Begun): (Phase.IDLE, [Release, Finish]),
    (Phase.KEEPING, Kept): (Phase.IDLE, [Announce, NotifyRenewed, Release, Finish]),
    (Phase.TAKING_OVER, Kept): (Phase.IDLE, [NotifyChange, Release, Finish]),
}
for phase in Phase:
    if phase is not Phase.IDLE:
        release = [Release] if phase in UNDER_LOCK else []
        CELLS[phase, Heard] = (Phase.TAKING_OVER, [Stop, Keep])
        CELLS[phase, SessionChanged] = CELLS[phase, Failed] = (Phase.IDLE, [Stop, *release, Finish])
        CELLS[phase, UserKnown] = (phase, [])
CELLS[Phase.TAKING_OVER, Heard] = (Phase.TAKING_OVER, [Keep])
"""What each cell of the table leads to; every other cell is an event that changes nothing."""


def kinds(commands: tuple[Any, ...]) -> list[type[Any]]:
    return [type(command) for command in commands]


@pytest.mark.parametrize("kind", get_args(Event), ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("phase", Phase, ids=lambda phase: phase.name)
def test_each_event_in_each_phase_leads_where_the_table_says_or_changes_nothing(
    phase: Phase, kind: type[Event]
) -> None:
    renewal = at(phase)
    after, commands = step(renewal, EVENTS[kind], NOW)
    if (phase, kind) in CELLS:
        assert (after.phase, kinds(commands)) == CELLS[phase, kind]
    else:
        assert after is renewal
        assert commands == ()
    assert (kind in TABLE[phase]) is ((phase, kind) in CELLS)


@pytest.mark.parametrize("kind", get_args(Event), ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("phase", Phase, ids=lambda phase: phase.name)
def test_a_renewal_that_has_ended_keeps_nothing_of_it_but_what_the_next_one_may_use(
    phase: Phase, kind: type[Event]
) -> None:
    after, _ = step(at(phase), EVENTS[kind], NOW)
    if after.phase is Phase.IDLE:
        left = after._replace(unconfirmed=None, user=None)
        assert left == Renewal(has_lock=True, checks_user=True, has_dialog=True)
        keeps_token = phase is Phase.IDENTIFYING and kind is Failed
        assert after.unconfirmed == (NEW if keeps_token else None)


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase is not Phase.IDLE], ids=lambda phase: phase.name)
def test_in_each_phase_an_unknown_error_fails_those_that_wait_and_the_dialog_shows_one_of_ours(phase: Phase) -> None:
    broken = ZeroDivisionError()
    finish = step(at(phase), Failed(broken), NOW)[1][-1]
    assert isinstance(finish, Finish)
    assert finish.error is broken
    assert type(finish.shown) is errors.RenewalError
    assert step(at(phase), Failed(FAILURE), NOW)[1][-1] == Finish(FAILURE, FAILURE)


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase is not Phase.IDLE], ids=lambda phase: phase.name)
def test_in_each_phase_a_session_that_ends_takes_everything_along_and_shows_no_alert(phase: Phase) -> None:
    after, commands = step(at(phase, unconfirmed=NEW), SessionChanged(), NOW)
    finish = commands[-1]
    assert (after.unconfirmed, after.user) == (None, None)
    assert isinstance(finish, Finish)
    assert finish.error is None
    assert isinstance(finish.shown, errors.NotAuthenticated)


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase is not Phase.IDLE], ids=lambda phase: phase.name)
def test_in_each_phase_what_another_tab_has_renewed_is_what_is_taken_over_and_reported(phase: Phase) -> None:
    after, commands = step(at(phase), Heard(HEARD), NOW)
    assert commands[-1] == Keep(HEARD)
    assert NotifyChange(HEARD) in step(after, Kept(), NOW)[1]


# What a cell depends on


def test_without_a_lock_a_renewal_begins_with_the_other_tabs() -> None:
    after, commands = step(at(Phase.IDLE, has_lock=False), Needed(SESSION), NOW)
    assert (after.phase, commands) == (Phase.ASKING_TABS, (AskTabs(SESSION),))
    assert (after.session, after.stale, after.is_locked) == (SESSION, SESSION.token, False)


@pytest.mark.parametrize(
    ("phase", "release"), [(Phase.READING, []), (Phase.READING_LOCKED, [Release])], ids=lambda value: str(value)
)
def test_a_token_that_another_process_has_renewed_ends_the_renewal(phase: Phase, release: list[Any]) -> None:
    after, commands = step(at(phase), Read(STORED), NOW)
    assert after.phase is Phase.IDLE
    assert kinds(commands) == [NotifyChange, *release, Finish]
    assert commands[0] == NotifyChange(STORED)
    assert commands[-1] == Finish(None, None)


@pytest.mark.parametrize(("phase", "command"), [(Phase.READING, Lock), (Phase.READING_LOCKED, Reserve)])
def test_a_token_of_another_process_that_has_expired_by_now_is_renewed_in_its_turn(phase: Phase, command: Any) -> None:
    after, commands = step(at(phase), Read(STORED), STORED.expires_at)
    assert after.session == STORED
    assert kinds(commands) == [NotifyChange, command]


def test_the_note_of_a_renewal_that_the_store_holds_reaches_the_reservation() -> None:
    noted = replace(SESSION, pending_renewal=object())
    _, commands = step(at(Phase.READING_LOCKED, lease="lease"), Read(noted), NOW)
    assert commands == (Reserve(noted, "lease"),)
    assert commands[0].session.pending_renewal is noted.pending_renewal


def test_the_third_lease_that_runs_out_ends_the_renewal_and_no_token_was_spent() -> None:
    renewal = at(Phase.RESERVING)
    for _ in range(2):
        renewal, commands = step(renewal, LeaseTooShort(), NOW)
        assert kinds(commands) == [Release, Lock]
        assert not renewal.is_locked
        renewal, _ = step(renewal, Locked("next"), NOW)
        assert (renewal.is_locked, renewal.lease) == (True, "next")
        renewal, _ = step(renewal, Read(SESSION), NOW)
    renewal, commands = step(renewal, LeaseTooShort(), NOW)
    assert kinds(commands) == [Release, Finish]
    finish = commands[-1]
    assert isinstance(finish, Finish)
    assert isinstance(finish.error, errors.StorageError)


def test_a_newer_token_of_another_tab_is_taken_over_unless_it_has_expired() -> None:
    after, commands = step(at(Phase.ASKING_TABS), TabsAnswered(HEARD), NOW)
    assert (after.phase, commands) == (Phase.TAKING_OVER, (Keep(HEARD),))
    after, commands = step(at(Phase.ASKING_TABS), TabsAnswered(HEARD), HEARD.expires_at)
    assert (after.phase, commands) == (Phase.OBTAINING, (Obtain(SESSION),))


def test_a_token_whose_user_could_not_be_looked_up_is_looked_up_again_while_it_lives() -> None:
    after, commands = step(at(Phase.ASKING_TABS, unconfirmed=NEW), TabsAnswered(None), NOW)
    assert (after.phase, commands) == (Phase.IDENTIFYING, (Identify(NEW),))
    after, commands = step(at(Phase.ASKING_TABS, unconfirmed=NEW), TabsAnswered(None), NEW.expires_at)
    assert (after.phase, commands, after.unconfirmed) == (Phase.OBTAINING, (Obtain(SESSION),), None)


def test_a_flow_whose_renewal_can_not_change_the_user_looks_nobody_up() -> None:
    after, commands = step(at(Phase.OBTAINING, checks_user=False), Obtained(NEW), NOW)
    assert (after.phase, commands) == (Phase.KEEPING, (Keep(SESSION.renewed(NEW)),))


def test_the_user_of_a_session_that_did_not_say_whose_it_is_is_noted() -> None:
    session = replace(SESSION, user_id=None)
    after, commands = step(at(Phase.IDENTIFYING, session=session, user=None), Identified(NEW, GRACE), NOW)
    assert commands == (Keep(replace(session, user_id=8).renewed(NEW)),)
    assert after.user == GRACE


def test_a_session_that_never_said_whose_it_is_goes_on_where_podio_does_not_say_either() -> None:
    session = replace(SESSION, user_id=None)
    after, commands = step(at(Phase.IDENTIFYING, session=session), Identified(NEW, None), NOW)
    assert (after.phase, commands) == (Phase.KEEPING, (Keep(session.renewed(NEW)),))


def test_nobody_goes_on_where_podio_does_not_say_who_signed_in() -> None:
    after, commands = step(at(Phase.IDENTIFYING), Identified(NEW, None), NOW)
    assert (after.phase, after.unconfirmed) == (Phase.IDLE, None)
    finish = commands[-1]
    assert isinstance(finish, Finish)
    assert "does not say who signed in" in str(finish.error)


def test_another_user_is_the_first_users_decision_and_the_token_is_not_used_meanwhile() -> None:
    after, commands = step(at(Phase.IDENTIFYING), Identified(NEW, GRACE), NOW)
    assert (after.phase, commands) == (Phase.DECIDING, (AskUser(ADA, GRACE),))
    assert (after.unconfirmed, after.other) == (None, OtherSignIn(NEW, GRACE))
    failed, _ = step(after, Failed(errors.RenewalCancelled("No.")), NOW)
    assert (failed.unconfirmed, failed.other) == (None, None)


def test_another_user_is_refused_where_nobody_can_be_asked() -> None:
    after, commands = step(at(Phase.IDENTIFYING, has_dialog=False), Identified(NEW, GRACE), NOW)
    assert (after.phase, after.unconfirmed) == (Phase.IDLE, None)
    finish = commands[-1]
    assert isinstance(finish, Finish)
    assert isinstance(finish.error, errors.UserChanged)
    assert (finish.error.expected_id, finish.error.actual_id) == (7, 8)


def test_the_first_user_may_sign_in_after_all() -> None:
    after, commands = step(at(Phase.DECIDING), Decided(UserDecision.SIGN_IN_AS_FIRST), NOW)
    assert (after.phase, commands, after.other) == (Phase.OBTAINING, (Obtain(SESSION),), None)


def test_what_waits_fails_when_the_other_user_starts_afresh() -> None:
    beginning, commands = step(at(Phase.DECIDING), Decided(UserDecision.START_AFRESH), NOW)
    assert commands == (Begin(SESSION, NEW, GRACE),)
    after, commands = step(beginning, Begun(), NOW)
    assert after.user == GRACE
    finish = commands[-1]
    assert isinstance(finish, Finish)
    assert isinstance(finish.error, errors.UserChanged)
    assert finish.shown is finish.error


def test_who_is_signed_in_may_become_known_at_any_time() -> None:
    for phase in Phase:
        after, commands = step(at(phase), UserKnown(GRACE), NOW)
        assert (after, commands) == (at(phase)._replace(user=GRACE), ())


# What came from another tab


def test_a_newer_state_is_one_of_the_same_session_owner_and_user() -> None:
    assert newer_state(SESSION, HEARD) == HEARD
    for other in (
        None,
        SESSION,
        replace(HEARD, session_id="b" * 32),
        replace(HEARD, user_id=8),
        replace(HEARD, user_id=None),
        replace(HEARD, owner=OWNER.named(app_id=1)),
    ):
        assert newer_state(SESSION, other) is None
    assert newer_state(None, HEARD) is None
    assert newer_state(replace(SESSION, user_id=None), HEARD) == HEARD


def test_an_older_versions_tab_does_not_say_whose_the_session_is_but_knows_its_id() -> None:
    assert newer_state(SESSION, replace(HEARD, owner=None)) == HEARD
