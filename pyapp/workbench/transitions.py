"""``(state, event) -> (state, effects)``: all that the page decides."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, assert_never

from workbench import changes, form_drafts, reading, reading_ahead, routes, sample, screens, submissions
from workbench import state as states
from workbench.click_transitions import clicked
from workbench.core.reads import Read
from workbench.effects import Effect, Focus, GoTo, HurryChanges, KeepUnfolding, LoadDrafts, ReturnTo, ScrollToTop
from workbench.events import (
    AnswerRefused,
    CallAnswered,
    CallFailed,
    CallIsSlow,
    ChangeDenied,
    ChangeGone,
    ChangeIsSlow,
    ChangeSettled,
    ChangesHeld,
    ChangeShown,
    ChangesRead,
    ChangeStored,
    Clicked,
    ClockRead,
    ConnectionChanged,
    DraftsDenied,
    DraftsLoaded,
    DraftStored,
    Event,
    FragmentChanged,
    ItemSeen,
    NoteRead,
    OtherDraftsFound,
    OutboxOpened,
    Pointed,
    RenewalChanged,
    Rested,
    SampleLeft,
    SendingPaused,
    SessionChanged,
    SignInFailed,
    SignOutEnded,
    Started,
    Submitted,
    Typed,
)
from workbench.failures import Failure, Kind
from workbench.places import Place
from workbench.reads import ItemOf, Me, Organizations
from workbench.session_transitions import (
    arrive,
    change_user,
    others_found,
    renewal_changed,
    session_changed,
    sign_out_here,
    start,
)
from workbench.state import Account, Dialog, Phase, SignInRefusal, State
from workbench.turn import Turn
from workbench.unfolding import Unfolding

SESSION_ENDED = "Your session has ended. Sign in to go on; what you typed is kept."
UNREQUESTED = "This page received a sign-in response that it didn’t request. It was ignored."
REFRESHED = "Up to date."
SIGNED_OUT = "You are signed out. Your sign-in was forgotten here and revoked at Podio."


def update(state: State, event: Event) -> tuple[State, tuple[Effect, ...]]:
    """Return the state after an event, and the effects it leads to."""
    turn = Turn(state)
    _update(turn, event)
    _end_refresh(turn)
    _keep_unfolding(turn, previous=state)
    if turn.state.note != state.note and turn.account.latest_settlement is state.account.latest_settlement:
        turn.set_account(latest_settlement=None)  # what can be undone goes with the note that reports it
    return turn.state, tuple(turn.effects)


def _update(turn: Turn, event: Event) -> None:
    match event:
        case Started():
            start(turn, event)
        case AnswerRefused():
            turn.set(refusal=SignInRefusal(code="invalid_answer", description=UNREQUESTED))
        case FragmentChanged(fragment=fragment, place=place):
            _fragment_changed(turn, fragment, place)
        case Clicked():
            clicked(turn, event)
        case Typed(form=form, control=control, text=text, now=now):
            form_drafts.take_text(turn, form, control, text, now)
        case Submitted():
            if turn.state.phase is Phase.SIGNED_IN:
                submissions.submit(turn, event)
        case CallAnswered() | CallFailed() | CallIsSlow():
            _call_went_on(turn, event)
        case RenewalChanged(renewal=renewal):
            renewal_changed(turn, renewal)
        case SessionChanged():
            session_changed(turn, event)
        case ClockRead(now=now):
            _clock_read(turn, now)
        case Rested() | Pointed():
            _rested(turn, event)
        case ConnectionChanged(online=online):
            turn.set(online=online)
            if online and turn.state.phase is Phase.SIGNED_IN:
                reading.retry_failed(turn, Kind.CONNECTION, Kind.SERVER, Kind.UNREADABLE)
                turn.do(HurryChanges())
        case DraftsLoaded() | DraftStored() | DraftsDenied() | OtherDraftsFound():
            _drafts_went_on(turn, event)
        case (
            OutboxOpened()
            | ChangesRead()
            | ChangeStored()
            | ChangeDenied()
            | ChangeIsSlow()
            | ChangeSettled()
            | ChangeShown()
            | ChangeGone()
            | ChangesHeld()
            | SendingPaused()
            | ItemSeen()
        ):
            changes.went_on(turn, event)
        case SignOutEnded(warning=warning):
            sign_out_here(turn, "" if warning else SIGNED_OUT, warning)
        case SignInFailed(message=message):
            turn.set(leaving=False, warning=message)
            if turn.state.phase is Phase.LOADING:
                turn.set(phase=Phase.SIGNED_OUT)
        case NoteRead(note=note):
            if turn.state.note == note:
                turn.set(note="")
        case SampleLeft():
            sign_out_here(turn, sample.LEFT, "")
        case _:
            assert_never(event)


def _clock_read(turn: Turn, now: float) -> None:
    if states.clock_face(turn.state, now) != states.clock_face(turn.state, turn.state.now):
        turn.set(now=now)
    reading.drop_old(turn, now)


def _rested(turn: Turn, event: Rested | Pointed) -> None:
    match event:
        case Rested(now=now):
            reading_ahead.rested(turn, now)
        case Pointed(fragment=fragment, now=now):
            reading_ahead.pointed(turn, screens.find(fragment), now)


def _call_went_on(turn: Turn, event: CallAnswered | CallFailed | CallIsSlow) -> None:
    key = reading.waiting_for(turn.state, event.tag)
    if key is None:
        return
    match event:
        case CallAnswered(response=response):
            reading.file_response(turn, key, response)
            _after_response(turn, key)
        case CallFailed(failure=failure):
            _call_failed(turn, key, failure)
        case CallIsSlow():
            reading.mark_slow(turn, key)


def _keep_unfolding(turn: Turn, previous: State) -> None:
    """Keep what of the side bar is unfolded, where that has changed."""
    state = turn.state
    if (state.account.expanded, state.account.closed_orgs) != (previous.account.expanded, previous.account.closed_orgs):
        turn.do(
            KeepUnfolding(unfolding=Unfolding(spaces=state.account.expanded, closed_orgs=state.account.closed_orgs))
        )


def _end_refresh(turn: Turn) -> None:
    """Say that a refresh is done, once all that is shown was read again."""
    if not turn.account.refreshing:
        return
    loadables = [turn.state.read(key) for key in turn.state.route.reads]
    if not any(loadable.loading for loadable in loadables):
        is_well = not any(loadable.failure for loadable in loadables)
        turn.set(note=REFRESHED if is_well else turn.state.note)
        turn.set_account(refreshing=False)


def _drafts_went_on(turn: Turn, event: DraftsLoaded | DraftStored | DraftsDenied | OtherDraftsFound) -> None:
    match event:
        case OtherDraftsFound():
            others_found(turn, event)
        case DraftsLoaded(user_id=user_id):
            if user_id == turn.account.user_id:
                form_drafts.restore(turn, event)
        case DraftStored(form=form):
            turn.set_account(denied_drafts=turn.account.denied_drafts - {form, ""})
            if form in turn.account.drafts:
                turn.set_account(stored_drafts=turn.account.stored_drafts | {form})
        case DraftsDenied(form=form, is_full=is_full):
            turn.set(storage_full=is_full)
            turn.set_account(
                denied_drafts=turn.account.denied_drafts | {form}, stored_drafts=turn.account.stored_drafts - {form}
            )


def _fragment_changed(turn: Turn, fragment: str, place: Place | None) -> None:
    destination = screens.find(fragment)
    previous_route = turn.state.route
    if destination is None or (destination.is_exact and destination.route == previous_route):
        return
    route = destination.route
    turn.set(menu_open=False, note="")
    turn.set_account(refreshing=False, dialog=Dialog.NONE)
    arrive(turn, destination)
    if turn.state.phase is not Phase.SIGNED_IN:
        return
    if isinstance(route, routes.SpacePage):
        reading.show_space(turn, route.space_id)
    reading.ensure(turn)
    if _place(route) != _place(previous_route):
        turn.do(ScrollToTop(), Focus(element_id="main-heading"))
    if place is None and isinstance(previous_route, routes.ItemPage) and route == previous_route.list_page:
        place = Place(focus=f"row-{previous_route.item_id}")
    if place is not None:
        turn.do(ReturnTo(place=place))


def _place(route: routes.Route) -> object:
    """What stays the same when a list is only sorted or paged."""
    if isinstance(route, routes.AppPage | routes.ItemPage | routes.NewItemPage):
        return replace(route, query=routes.ListQuery())
    return route


def _after_response(turn: Turn, key: Read[Any]) -> None:
    if isinstance(key, ItemOf):
        _go_to_its_app(turn, key)
    if isinstance(key, Organizations):
        _read_unfolded(turn, key)
    if not isinstance(key, Me):
        return
    user = turn.state.read(key).value
    if user and turn.account.user_id and turn.account.user_id != user.user_id:
        change_user(turn, Account(user_id=user.user_id, expires_at=turn.account.expires_at))
    elif user and not turn.account.user_id:
        turn.set_account(user_id=user.user_id)
        turn.do(LoadDrafts(user_id=user.user_id))
        for form in turn.account.drafts:
            form_drafts.store(turn, form)


def _read_unfolded(turn: Turn, key: Organizations) -> None:
    """Read the apps of the user's workspaces that were unfolded before a reload."""
    for organization in turn.state.read(key).value or ():
        for space in organization.spaces:
            if space.space_id in turn.account.expanded:
                reading.show_space(turn, space.space_id)


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


def _call_failed(turn: Turn, key: Read[Any], failure: Failure) -> None:
    if failure.kind is Kind.LIMIT:
        turn.set_account(limit_met=True)
    loadable = turn.state.read(key)
    if loadable.ahead and loadable.hidden_since is None:
        reading.start(turn, key)  # the user waits for it by now, so it is worth a renewal
    elif loadable.ahead:
        turn.drop_reads([key])
    elif failure.kind is not Kind.SIGNED_OUT:
        reading.file_failure(turn, key, failure)
    elif not turn.state.leaving:
        sign_out_here(turn, "", SESSION_ENDED)
