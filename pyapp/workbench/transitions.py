"""``(state, event) -> (state, effects)``: all that the page decides. Performs no I/O."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from workbench import reading, routes, sample, writes
from workbench import state as states
from workbench.core.reads import Read
from workbench.effects import (
    CancelRenewal,
    Effect,
    EndSample,
    ExpireSample,
    Focus,
    GoTo,
    LoadDrafts,
    OpenSample,
    OpenSignInWindow,
    ScrollToTop,
    SignIn,
    SignInAsFirst,
    SignOut,
    StartAfresh,
)
from workbench.events import (
    AnswerRefused,
    CallAnswered,
    CallFailed,
    CallIsSlow,
    Chosen,
    Clicked,
    ClockRead,
    ConnectionChanged,
    DraftsDenied,
    DraftsLoaded,
    DraftStored,
    Event,
    FragmentChanged,
    RenewalChanged,
    SampleChanged,
    SampleEntered,
    SampleExpired,
    SessionChanged,
    SignInFailed,
    SignOutEnded,
    Started,
    Submitted,
    Typed,
)
from workbench.failures import Failure, Kind
from workbench.reads import ItemOf, Me, Organizations
from workbench.state import Dialog, Phase, Renewal, RenewalPhase, SamplePhase, SignInRefusal, State
from workbench.turn import Turn

SIGNED_OUT_ELSEWHERE = "You signed out in another tab."
SESSION_ENDED = "Your session has ended. Sign in to go on; what you typed is kept."
UNREQUESTED = "This page received a sign-in response that it didn’t request. It was ignored."
SIGNED_OUT = "You are signed out. Your sign-in was forgotten here and revoked at Podio."

_WITHOUT_PODIO = {
    "sign-in-again",
    "sign-in-cancel",
    "sign-in-as-first",
    "start-afresh",
    "stay-signed-in",
    "sign-out",
    "sign-out-anyway",
    "dialog-close",
    "toggle-org",
    "toggle-menu",
    "stop-waiting",
    "discard",
    "discard-confirmed",
    "delete-item",
    "dismiss-note",
    "dismiss-refusal",
    "skip-to-main",
    "sample-expire",
}


_TRIES_AGAIN = {"submit", "retry", "refresh", "send-again", "check-again", "keep-mine", "delete-confirmed"}


def transition(state: State, event: Event) -> tuple[State, tuple[Effect, ...]]:
    """Take one event."""
    turn = Turn(state)
    match event:
        case Started():
            _started(turn, event)
        case AnswerRefused():
            turn.set(refusal=SignInRefusal(code="invalid_answer", description=UNREQUESTED))
        case FragmentChanged(fragment=fragment):
            _fragment_changed(turn, fragment)
        case Clicked(name=name, data=data):
            clicked = _CLICKS.get(name)
            if clicked:
                clicked(turn, data)
        case Chosen(name="page-size", value=value):
            _page_size(turn, value)
        case Typed(form=form, control=control, text=text):
            writes.typed(turn, form, control, text)
        case Submitted(form=form, texts=texts, nonce=nonce):
            if state.phase is Phase.SIGNED_IN:
                writes.submit(turn, form, texts, nonce)
        case CallAnswered(tag=tag, answer=answer):
            if key := reading.waiting_for(state, tag):
                reading.file_answer(turn, key, answer)
                _after_answer(turn, key)
            elif form := writes.waiting_for(state, tag):
                writes.answered(turn, form, answer)
        case CallFailed(tag=tag, failure=failure):
            _call_failed(turn, tag, failure)
        case CallIsSlow(tag=tag):
            if key := reading.waiting_for(state, tag):
                reading.mark_slow(turn, key)
            elif form := writes.waiting_for(state, tag):
                writes.mark_slow(turn, form)
        case RenewalChanged(renewal=renewal):
            _renewal_changed(turn, renewal)
        case SessionChanged():
            _session_changed(turn, event)
        case ClockRead(now=now):
            if states.clock_face(state, now) != states.clock_face(state, state.now):
                turn.set(now=now)
        case ConnectionChanged(online=online):
            turn.set(online=online)
            if online and state.phase is Phase.SIGNED_IN:
                reading.retry_failed(turn, Kind.CONNECTION, Kind.SERVER, Kind.UNREADABLE)
        case DraftsLoaded(person_id=person_id, drafts=drafts):
            if person_id == state.person_id:
                writes.restore(turn, drafts)
        case DraftStored(form=form):
            turn.set(drafts_denied=False)
            if form in state.drafts:
                turn.set(kept=state.kept | {form})
        case DraftsDenied():
            turn.set(drafts_denied=True)
        case SignOutEnded(warning=warning):
            _sign_out_here(turn, "" if warning else SIGNED_OUT, warning)
        case SignInFailed(message=message):
            turn.set(leaving=False, warning=message)
            if state.phase is Phase.LOADING:
                turn.set(phase=Phase.SIGNED_OUT)
        case SampleChanged(phase=phase, message=message):
            if state.phase is Phase.SIGNED_OUT:
                turn.set(sample=phase, warning=message)
        case SampleEntered():
            _enter_sample(turn, event)
        case SampleExpired():
            if states.is_sample(state):
                turn.set(note=sample.EXPIRED)
    return turn.state, tuple(turn.effects)


def needs_sign_in_window(state: State, name: str, now: float) -> bool:
    """Tell whether a click must open the sign-in window in its own handler, before anything is awaited.

    Browsers open a window only for a click. So the first click after the token ran out opens it, unless the click does
    nothing at Podio or the renewal is under way already; after a renewal that failed only a click that tries something
    again does. ``name`` is the event's name, empty for a plain link.
    """
    if state.phase is not Phase.SIGNED_IN or states.is_cut_off(state) or name in _WITHOUT_PODIO:
        return False
    match state.renewal.phase:
        case RenewalPhase.NEEDS_CLICK:
            return True
        case RenewalPhase.IDLE:
            return states.is_expired(state, now)
        case RenewalPhase.FAILED:
            return states.is_expired(state, now) and name in _TRIES_AGAIN
    return False


def _started(turn: Turn, event: Started) -> None:
    turn.set(
        site=event.site,
        now=event.now,
        route=routes.parse(event.fragment) or routes.Home(),
        online=event.online,
        refusal=event.refusal,
        warning=event.warning,
        note=event.note,
        session_unsaved=event.session_unsaved,
    )
    if not event.signed_in:
        if _goes_by_itself(turn.state, event):
            turn.set(leaving=True)
            turn.do(SignIn(route=routes.fragment(turn.state.route)))
        else:
            turn.set(phase=Phase.SIGNED_OUT)
        return
    turn.set(phase=Phase.SIGNED_IN, person_id=event.person_id, expires_at=event.expires_at)
    _enter(turn)


def _goes_by_itself(state: State, event: Started) -> bool:
    """Tell whether the page leaves for Podio's sign-in at once: for a deep link, and where there is nothing to say."""
    untold = not (state.refusal or state.warning or state.note or state.session_unsaved) and state.online
    return event.sign_in_by_itself and untold and bool(state.site.client_id) and routes.is_deep(state.route)


def _enter_sample(turn: Turn, event: SampleEntered) -> None:
    if turn.state.phase is not Phase.SIGNED_OUT:
        return
    turn.set(phase=Phase.SIGNED_IN, sample=SamplePhase.ON, refusal=None, warning="", note="", session_unsaved=False)
    turn.set(person_id=event.person_id, expires_at=event.expires_at)
    _enter(turn)


def _enter(turn: Turn) -> None:
    """Read who this is, the side bar, what the route needs, and what was left behind."""
    reading.start(turn, Me())
    reading.start(turn, Organizations())
    if isinstance(turn.state.route, routes.SpacePage):
        reading.show_space(turn, turn.state.route.space_id)
    reading.ensure(turn)
    if turn.state.person_id:
        turn.do(LoadDrafts(person_id=turn.state.person_id))


def _fragment_changed(turn: Turn, fragment: str) -> None:
    route = routes.parse(fragment)
    before = turn.state.route
    if route is None or route == before:
        return
    turn.set(route=route, menu_open=False, note="", dialog=Dialog.NONE)
    if turn.state.phase is not Phase.SIGNED_IN:
        return
    if isinstance(route, routes.SpacePage):
        reading.show_space(turn, route.space_id)
    reading.ensure(turn)
    if _place(route) != _place(before):
        turn.do(ScrollToTop(), Focus(element_id="main-heading"))


def _place(route: routes.Route) -> object:
    """What stays the same when a list is only sorted or paged."""
    if isinstance(route, routes.AppPage | routes.ItemPage | routes.NewItemPage):
        return replace(route, query=routes.ListQuery())
    return route


def _after_answer(turn: Turn, key: Read[Any]) -> None:
    if isinstance(key, ItemOf):
        _go_to_its_app(turn, key)
    if not isinstance(key, Me):
        return
    person = turn.state.read(key).value
    if person and turn.state.person_id != person.user_id:
        turn.set(person_id=person.user_id)
        turn.do(LoadDrafts(person_id=person.user_id))
        for form in turn.state.drafts:
            writes.store(turn, form)


def _go_to_its_app(turn: Turn, key: ItemOf) -> None:
    """Fix the address of an item that was linked to under another app; one that names no app is this one's."""
    route = turn.state.route
    loadable = turn.state.read(key)
    item = loadable.value
    if not isinstance(route, routes.ItemPage) or item is None or key.item_id != route.item_id:
        return
    if not item.app_id:
        turn.put_read(key, replace(loadable, value=replace(item, app_id=route.app_id)))
    elif item.app_id != route.app_id:
        turn.set(route=replace(route, app_id=item.app_id, query=routes.ListQuery()))
        turn.do(GoTo(fragment=routes.fragment(turn.state.route), replace=True))
        reading.ensure(turn)


def _call_failed(turn: Turn, tag: int, failure: Failure) -> None:
    key, form = reading.waiting_for(turn.state, tag), writes.waiting_for(turn.state, tag)
    if not key and not form:
        return
    if failure.kind is Kind.SIGNED_OUT:
        if turn.state.leaving:
            return
        _sign_out_here(turn, "", SESSION_ENDED)
    elif key:
        reading.file_failure(turn, key, failure)
    else:
        writes.failed(turn, form, failure)


def _renewal_changed(turn: Turn, renewal: Renewal) -> None:
    """Show where a renewal stands, and count how often another person signed in before the right one did."""
    before = turn.state.renewal.phase
    times = 0 if renewal.phase is RenewalPhase.IDLE else turn.state.other_person_times
    if renewal.phase is RenewalPhase.ANOTHER_USER and before is not renewal.phase:
        times += 1
    if renewal.phase is not RenewalPhase.IDLE and turn.state.note == sample.EXPIRED:
        turn.set(note="")
    turn.set(renewal=renewal, other_person_times=times)


def _session_changed(turn: Turn, event: SessionChanged) -> None:
    state = turn.state
    if not event.present:
        if state.phase is Phase.SIGNED_IN and not state.leaving:
            _sign_out_here(turn, SIGNED_OUT_ELSEWHERE, "")
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


def _forget(turn: Turn) -> None:
    """Forget one person's everything; the controls on the page are emptied too."""
    for read in turn.state.reads.values():
        turn.abort(read.tag)
    for write in turn.state.writes.values():
        turn.abort(write.tag)
    for form in turn.state.drafts:
        turn.refill(form)
    turn.set(
        reads={},
        writes={},
        drafts={},
        kept=frozenset(),
        expanded=frozenset(),
        closed_orgs=frozenset(),
        person_id=0,
        expires_at=None,
        renewal=Renewal(),
        other_person_times=0,
        dialog=Dialog.NONE,
        dialog_form="",
        menu_open=False,
        note="",
        warning="",
    )


def _sign_out_here(turn: Turn, note: str, warning: str) -> None:
    if states.is_sample(turn.state):
        note, warning = sample.LEFT, ""
    _forget(turn)
    _end_sample(turn)
    turn.set(phase=Phase.SIGNED_OUT, note=note, warning=warning, leaving=False, refusal=None)
    turn.do(ScrollToTop(), Focus(element_id="main-heading"))


def _end_sample(turn: Turn) -> None:
    if turn.state.sample is not SamplePhase.OFF:
        turn.set(sample=SamplePhase.OFF)
        turn.do(EndSample())


def _sign_out(turn: Turn) -> None:
    if turn.state.leaving:
        return
    turn.set(leaving=True, dialog=Dialog.NONE)
    turn.do(SignOut(drafts_of=turn.state.person_id))


def _page_size(turn: Turn, value: str) -> None:
    route = turn.state.route
    if isinstance(route, routes.AppPage) and value in map(str, routes.PAGE_SIZES):
        first = (route.query.offset // int(value)) + 1
        turn.set(route=replace(route, query=replace(route.query, size=int(value), page=first)))
        turn.do(GoTo(fragment=routes.fragment(turn.state.route)))
        reading.ensure(turn)


# Clicks, by the names that the views give them

Data = Mapping[str, str]


def _click_sign_in(turn: Turn, data: Data) -> None:
    if turn.state.phase is Phase.SIGNED_OUT and turn.state.site.client_id and not turn.state.leaving:
        _end_sample(turn)
        turn.set(leaving=True, warning="")
        turn.do(SignIn(route=routes.fragment(turn.state.route)))


def _click_try_sample(turn: Turn, data: Data) -> None:
    if turn.state.phase is Phase.SIGNED_OUT and not turn.state.leaving:
        turn.set(refusal=None, warning="", note="")
        turn.do(OpenSample())


def _click_sample_cancel(turn: Turn, data: Data) -> None:
    if turn.state.phase is Phase.SIGNED_OUT:
        _end_sample(turn)


def _click_sample_expire(turn: Turn, data: Data) -> None:
    if states.is_sample(turn.state):
        turn.do(ExpireSample())


def _click_sign_out(turn: Turn, data: Data) -> None:
    if states.has_drafts(turn.state):
        turn.set(dialog=Dialog.SIGN_OUT)
    else:
        _sign_out(turn)


def _click_retry(turn: Turn, data: Data) -> None:
    """Try again what failed, and with it all else that failed: it mostly did for the same reason."""
    reading.retry_failed(turn)


def _click_stop(turn: Turn, data: Data) -> None:
    if key := reading.waiting_for(turn.state, _number(data)):
        reading.stop(turn, key)
    writes.stop(turn, data.get("form", ""))


def _click_toggle_space(turn: Turn, data: Data) -> None:
    number = _number(data)
    if number in turn.state.expanded:
        turn.set(expanded=turn.state.expanded - {number})
    elif number:
        reading.show_space(turn, number)


def _click_toggle_org(turn: Turn, data: Data) -> None:
    turn.set(closed_orgs=turn.state.closed_orgs ^ {_number(data)})


def _click_delete_item(turn: Turn, data: Data) -> None:
    if isinstance(turn.state.route, routes.ItemPage):
        turn.set(dialog=Dialog.DELETE_ITEM)


def _click_delete_confirmed(turn: Turn, data: Data) -> None:
    if turn.state.dialog is Dialog.DELETE_ITEM and isinstance(turn.state.route, routes.ItemPage):
        turn.set(dialog=Dialog.NONE)
        writes.submit(turn, f"delete:item:{turn.state.route.item_id}", {}, "")


def _click_discard(turn: Turn, data: Data) -> None:
    form = data.get("form", "")
    if writes.form_target(form)[0] == "delete":
        turn.put_write(form, None)
    else:
        turn.set(dialog=Dialog.DISCARD_DRAFT, dialog_form=form)


def _click_discard_confirmed(turn: Turn, data: Data) -> None:
    form = turn.state.dialog_form
    if turn.state.dialog is Dialog.DISCARD_DRAFT and form:
        turn.set(dialog=Dialog.NONE, dialog_form="")
        writes.discard(turn, form)


def _number(data: Data) -> int:
    written = data.get("id", "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 17 else 0


def _open_window(turn: Turn, data: Data) -> None:
    if turn.state.phase is Phase.SIGNED_IN:
        turn.do(OpenSignInWindow())


_CLICKS: Mapping[str, Callable[[Turn, Data], None]] = {
    "sign-in": _click_sign_in,
    "try-sample": _click_try_sample,
    "sample-cancel": _click_sample_cancel,
    "sample-expire": _click_sample_expire,
    "sign-out": _click_sign_out,
    "sign-out-anyway": lambda turn, data: _sign_out(turn),
    "sign-in-again": _open_window,
    "stay-signed-in": _open_window,
    "sign-in-cancel": lambda turn, data: turn.do(CancelRenewal()),
    "sign-in-as-first": lambda turn, data: turn.do(SignInAsFirst()),
    "start-afresh": lambda turn, data: turn.do(StartAfresh()),
    "dialog-close": lambda turn, data: turn.set(dialog=Dialog.NONE, dialog_form=""),
    "retry": _click_retry,
    "refresh": lambda turn, data: reading.refresh(turn),
    "stop-waiting": _click_stop,
    "toggle-space": _click_toggle_space,
    "toggle-org": _click_toggle_org,
    "toggle-menu": lambda turn, data: turn.set(menu_open=not turn.state.menu_open),
    "delete-item": _click_delete_item,
    "delete-confirmed": _click_delete_confirmed,
    "send-again": lambda turn, data: writes.send_again(turn, data.get("form", "")),
    "check-again": lambda turn, data: writes.check_again(turn, data.get("form", "")),
    "keep-mine": lambda turn, data: writes.keep_mine(turn, data.get("form", "")),
    "take-theirs": lambda turn, data: writes.take_theirs(turn, data.get("form", "")),
    "discard": _click_discard,
    "discard-confirmed": _click_discard_confirmed,
    "dismiss-note": lambda turn, data: turn.set(note=""),
    "dismiss-refusal": lambda turn, data: turn.set(refusal=None),
    "skip-to-main": lambda turn, data: turn.do(Focus(element_id="main-heading")),
}
