"""How the page goes on when somebody signs in, signs in again, or signs out."""

from __future__ import annotations

from workbench import form_drafts, reading, routes, sample, screens
from workbench import state as states
from workbench.core.clicks import PodioUse
from workbench.core.reads import Loadable
from workbench.core.routes import Destination
from workbench.effects import (
    CancelSample,
    FindOtherDrafts,
    Focus,
    GoTo,
    HurryChanges,
    LeaveSample,
    LoadDrafts,
    ScrollToTop,
    SignIn,
    SignOut,
)
from workbench.events import OtherDraftsFound, SessionChanged, Started
from workbench.failures import Kind
from workbench.reads import Me
from workbench.state import Account, Dialog, Phase, Renewal, RenewalPhase, State
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
    match state.account.renewal.phase:
        case RenewalPhase.NEEDS_CLICK:
            return True
        case RenewalPhase.IDLE:
            return states.is_expired(state, now)
        case RenewalPhase.FAILED:
            return states.is_expired(state, now) and use is PodioUse.TRIES_AGAIN
    return False


def start(turn: Turn, event: Started) -> None:
    """Show the page for the first time: signed in, signed out, or on its way to Podio."""
    turn.set(
        site=event.site,
        now=event.now,
        online=event.online,
        refusal=event.refusal,
        warning=event.warning,
        note=event.note,
        session_unsaved=event.session_unsaved,
        has_shortcuts=event.has_shortcuts,
    )
    if destination := screens.find(event.fragment):
        arrive(turn, destination)
    if not event.signed_in:
        if _goes_by_itself(turn.state, event):
            turn.set(leaving=True)
            turn.do(SignIn(route=routes.fragment(turn.state.route)))
        else:
            turn.set(phase=Phase.SIGNED_OUT)
        return
    account = Account(
        user_id=event.user_id,
        expires_at=event.expires_at,
        expanded=event.unfolding.spaces,
        closed_orgs=event.unfolding.closed_orgs,
    )
    turn.set(phase=Phase.SIGNED_IN, account=account)
    if event.me is not None:
        turn.put_read(Me(), Loadable(value=event.me))
    _enter(turn)


def arrive(turn: Turn, destination: Destination) -> None:
    """Be where an address leads; of a mistyped one say so, and show the one that it leads to."""
    turn.set(route=destination.route)
    if not destination.is_exact:
        turn.set(note=turn.state.note or MISTYPED)
        turn.do(GoTo(fragment=routes.fragment(destination.route), replace=True))


def _goes_by_itself(state: State, event: Started) -> bool:
    """Return whether the page leaves for Podio's sign-in at once: for a deep link, if there is nothing to say."""
    has_no_message = not (state.refusal or state.warning or state.note or state.session_unsaved) and state.online
    return event.sign_in_by_itself and has_no_message and bool(state.site.client_id) and routes.is_deep(state.route)


def _enter(turn: Turn) -> None:
    """Read who this is, the side bar, what the route needs, and what was left behind."""
    if isinstance(turn.state.route, routes.SpacePage):
        reading.show_space(turn, turn.state.route.space_id)
    reading.ensure(turn)
    if turn.account.user_id:
        turn.do(LoadDrafts(user_id=turn.account.user_id))


def renewal_changed(turn: Turn, renewal: Renewal) -> None:
    """Show where a renewal stands, and count how often another user signed in before the right one did."""
    previous = turn.account.renewal.phase
    if renewal.phase is not previous:
        turn.set(strip_folded=False)  # what is new is seen
    times = 0 if renewal.phase is RenewalPhase.IDLE else turn.account.other_user_times
    if renewal.phase is RenewalPhase.ANOTHER_USER and previous is not renewal.phase:
        times += 1
    if renewal.phase is not RenewalPhase.IDLE and turn.state.note == sample.EXPIRED:
        turn.set(note="")
    turn.set_account(renewal=renewal, other_user_times=times)


def session_changed(turn: Turn, event: SessionChanged) -> None:
    """Go on with a renewed session, with another user's, or without any."""
    state = turn.state
    if not event.is_signed_in:
        if state.phase is Phase.SIGNED_IN and not state.leaving:
            sign_out_here(turn, SIGNED_OUT_ELSEWHERE, "")
        return
    if state.phase is not Phase.SIGNED_IN:
        return
    if event.user_id and state.account.user_id and event.user_id != state.account.user_id:
        change_user(turn, Account(user_id=event.user_id, expires_at=event.expires_at))
        return
    turn.set_account(expires_at=event.expires_at)
    reading.retry_failed(turn, Kind.SIGN_IN)
    turn.do(HurryChanges())


def change_user(turn: Turn, account: Account) -> None:
    """Go on as another user, with nothing of the one before."""
    _replace_account(turn, account)
    _enter(turn)


def _replace_account(turn: Turn, account: Account) -> None:
    """Put another user's account, or nobody's, in the place of this one; the controls on the page are emptied too."""
    for loadable in turn.account.reads.values():
        turn.abort(loadable.tag)
    for form in turn.account.drafts:
        turn.refill(form)
    turn.set(account=account, menu_open=False, note="", warning="")


def sign_out_here(turn: Turn, note: str, warning: str) -> None:
    """Show the signed-out page; the session is gone already."""
    _replace_account(turn, Account())
    turn.set(phase=Phase.SIGNED_OUT, note=note, warning=warning, leaving=False, refusal=None)
    turn.do(LeaveSample() if states.is_sample(turn.state) else ScrollToTop(), Focus(element_id="main-heading"))


def cancel_sample(turn: Turn) -> None:
    """Cancel the sample's consent window, if it is waited for."""
    if turn.account.renewal.phase is not RenewalPhase.IDLE:
        turn.set_account(renewal=Renewal())
        turn.do(CancelSample())


def ask_to_sign_out(turn: Turn) -> None:
    """Ask before what isn't sent is deleted, and find what other tabs have typed, which goes with it."""
    if states.has_unsent(turn.state):
        turn.set_account(dialog=Dialog.SIGN_OUT)
    elif not turn.account.user_id:
        sign_out(turn)
        return
    turn.do(FindOtherDrafts(user_id=turn.account.user_id))


def others_found(turn: Turn, event: OtherDraftsFound) -> None:
    """Name in the question what other tabs have typed; where nothing is lost there is none."""
    if event.user_id != turn.account.user_id:
        return
    forms = form_drafts.not_shown(turn.state, event.drafts)
    turn.set_account(other_drafts=forms)
    if states.has_unsent(turn.state):
        return  # the question is open, or answered already
    if forms:
        turn.set_account(dialog=Dialog.SIGN_OUT)
    else:
        sign_out(turn)


def sign_out(turn: Turn) -> None:
    """Begin to sign out."""
    if turn.state.leaving:
        return
    turn.set(leaving=True)
    turn.set_account(dialog=Dialog.NONE)
    turn.do(SignOut(user_id=turn.account.user_id))
