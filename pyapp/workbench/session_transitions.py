"""How the page goes on when somebody signs in, signs in again, or signs out."""

from __future__ import annotations

from workbench import reading, routes, sample, screens
from workbench import state as states
from workbench.core.clicks import PodioUse
from workbench.core.routes import Found
from workbench.effects import (
    CancelSample,
    Focus,
    GoTo,
    HurryChanges,
    LeaveSample,
    LoadDrafts,
    ScrollToTop,
    SignIn,
    SignOut,
)
from workbench.events import SessionChanged, Started
from workbench.failures import Kind
from workbench.outbox import Outbox
from workbench.reads import Me, Organizations
from workbench.state import Dialog, Phase, Renewal, RenewalPhase, State
from workbench.turn import Turn

SIGNED_OUT_ELSEWHERE = "You signed out in another tab."
MISTYPED = "There is no such address. This is the nearest page."


def needs_sign_in_window(state: State, use: PodioUse, now: float) -> bool:
    """Return whether a click must open the sign-in window in its own handler, before anything is awaited.

    Browsers open a window only for a click. So the first click after the token ran out opens it, unless the click does
    nothing at Podio or the renewal is under way already; after a renewal that failed only a click that tries something
    again does.
    """
    if state.phase is not Phase.SIGNED_IN or states.is_cut_off(state) or use is PodioUse.NONE:
        return False
    match state.renewal.phase:
        case RenewalPhase.NEEDS_CLICK:
            return True
        case RenewalPhase.IDLE:
            return states.is_expired(state, now)
        case RenewalPhase.FAILED:
            return states.is_expired(state, now) and use is PodioUse.TRIES_AGAIN
    return False


def started(turn: Turn, event: Started) -> None:
    """Show the page for the first time: signed in, signed out, or on its way to Podio."""
    turn.set(
        site=event.site,
        now=event.now,
        online=event.online,
        refusal=event.refusal,
        warning=event.warning,
        note=event.note,
        session_unsaved=event.session_unsaved,
    )
    if found := screens.find(event.fragment):
        arrive(turn, found)
    if not event.signed_in:
        if _goes_by_itself(turn.state, event):
            turn.set(leaving=True)
            turn.do(SignIn(route=routes.fragment(turn.state.route)))
        else:
            turn.set(phase=Phase.SIGNED_OUT)
        return
    turn.set(
        phase=Phase.SIGNED_IN,
        person_id=event.person_id,
        expires_at=event.expires_at,
        expanded=event.unfolding.spaces,
        closed_orgs=event.unfolding.closed_orgs,
    )
    _enter(turn)


def arrive(turn: Turn, found: Found) -> None:
    """Be where an address leads; of a mistyped one say so, and show the one that it leads to."""
    turn.set(route=found.route)
    if not found.exactly:
        turn.set(note=turn.state.note or MISTYPED)
        turn.do(GoTo(fragment=routes.fragment(found.route), replace=True))


def _goes_by_itself(state: State, event: Started) -> bool:
    """Tell whether the page leaves for Podio's sign-in at once: for a deep link, and where there is nothing to say."""
    untold = not (state.refusal or state.warning or state.note or state.session_unsaved) and state.online
    return event.sign_in_by_itself and untold and bool(state.site.client_id) and routes.is_deep(state.route)


def _enter(turn: Turn) -> None:
    """Read who this is, the side bar, what the route needs, and what was left behind."""
    reading.start(turn, Me())
    reading.start(turn, Organizations())
    if isinstance(turn.state.route, routes.SpacePage):
        reading.show_space(turn, turn.state.route.space_id)
    reading.ensure(turn)
    if turn.state.person_id:
        turn.do(LoadDrafts(person_id=turn.state.person_id))


def renewal_changed(turn: Turn, renewal: Renewal) -> None:
    """Show where a renewal stands, and count how often another person signed in before the right one did."""
    before = turn.state.renewal.phase
    times = 0 if renewal.phase is RenewalPhase.IDLE else turn.state.other_person_times
    if renewal.phase is RenewalPhase.ANOTHER_USER and before is not renewal.phase:
        times += 1
    if renewal.phase is not RenewalPhase.IDLE and turn.state.note == sample.EXPIRED:
        turn.set(note="")
    turn.set(renewal=renewal, other_person_times=times)


def session_changed(turn: Turn, event: SessionChanged) -> None:
    """Go on with a renewed session, with another user's, or without any."""
    state = turn.state
    if not event.present:
        if state.phase is Phase.SIGNED_IN and not state.leaving:
            sign_out_here(turn, SIGNED_OUT_ELSEWHERE, "")
        return
    if state.phase is not Phase.SIGNED_IN:
        return
    turn.set(expires_at=event.expires_at)
    if event.person_id and state.person_id and event.person_id != state.person_id:
        _forget(turn)
        turn.set(phase=Phase.SIGNED_IN, person_id=event.person_id, expires_at=event.expires_at)
        _enter(turn)
        return
    reading.retry_failed(turn, Kind.SIGN_IN)
    turn.do(HurryChanges())


def _forget(turn: Turn) -> None:
    """Forget one person's everything; the controls on the page are emptied too."""
    for read in turn.state.reads.values():
        turn.abort(read.tag)
    for form in turn.state.drafts:
        turn.refill(form)
    turn.set(
        reads={},
        submissions={},
        drafts={},
        kept=frozenset(),
        outbox=Outbox(),
        outbox_kept=True,
        unapproved=frozenset(),
        changes_held=False,
        choices={},
        slow_changes=frozenset(),
        saved_changes=(),
        found_changes=frozenset(),
        arrived=(),
        expanded=frozenset(),
        closed_orgs=frozenset(),
        person_id=0,
        expires_at=None,
        renewal=Renewal(),
        other_person_times=0,
        dialog=Dialog.NONE,
        dialog_form="",
        dialog_change="",
        menu_open=False,
        refreshing=False,
        note="",
        warning="",
    )


def sign_out_here(turn: Turn, note: str, warning: str) -> None:
    """Show the signed-out page; the session is gone already."""
    _forget(turn)
    turn.set(phase=Phase.SIGNED_OUT, note=note, warning=warning, leaving=False, refusal=None)
    turn.do(LeaveSample() if states.is_sample(turn.state) else ScrollToTop(), Focus(element_id="main-heading"))


def cancel_sample(turn: Turn) -> None:
    """Give up the sample's consent window, if it is waited for."""
    if turn.state.renewal.phase is not RenewalPhase.IDLE:
        turn.set(renewal=Renewal())
        turn.do(CancelSample())


def sign_out(turn: Turn) -> None:
    """Begin to sign out."""
    if turn.state.leaving:
        return
    turn.set(leaving=True, dialog=Dialog.NONE)
    turn.do(SignOut(person_id=turn.state.person_id))
