"""What the page decides, but for what it changes at Podio (test_changes, test_submissions)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any, get_args

import pytest
from tests.unit.workbench.driver import NOW, ROWS, STATUS, Page, answer_all, html, item_answer, let_happen, store_change

from podio.model import User
from workbench import clicks, page_view, routes, sample, state
from workbench.core.clicks import Click, PodioUse
from workbench.effects import (
    Abort,
    AdoptDraft,
    FindOtherDrafts,
    Focus,
    GoTo,
    LoadDrafts,
    OpenSignInWindow,
    SignIn,
    SignOut,
    StoreDraft,
)
from workbench.events import (
    CallAnswered,
    CallIsSlow,
    ChangesRead,
    Clicked,
    ClockRead,
    ConnectionChanged,
    DraftsLoaded,
    FragmentChanged,
    OtherDraftsFound,
    RenewalChanged,
    SessionChanged,
    SignInFailed,
    SignOutEnded,
    Started,
    Submitted,
    Typed,
)
from workbench.failures import Failure, Kind
from workbench.outbox import Change, Choice, DeleteItem, Done, Due, Hindrance, Outbox, Pace, Settlement
from workbench.outbox import Phase as ChangePhase
from workbench.reads import CommentsOf, ItemOf, ItemsOf, Organizations
from workbench.screens.app import ChoosePageSize
from workbench.session_transitions import MISTYPED, needs_sign_in_window
from workbench.state import Account, Dialog, Phase, Renewal, RenewalPhase, SignInRefusal, Site, State, Submission

SignedIn = Callable[..., Page]
Go = Callable[[Page, str], None]
COMMENTS = [{"comment_id": 1, "value": "Mind the step"}]
OFFLINE = Failure(kind=Kind.CONNECTION, message="Podio can't be reached.")


def signed_out_page(fragment: str = "#/app/7", client_id: str = "workbench") -> Page:
    page = Page()
    page.take(Started(site=Site(client_id=client_id), fragment=fragment, now=NOW, signed_in=False))
    return page


# Signed out


def test_without_a_session_nothing_is_asked_of_podio() -> None:
    page = signed_out_page()
    assert page.state.phase is Phase.SIGNED_OUT
    assert page.effects == []


def test_the_sign_in_takes_along_where_the_link_led() -> None:
    page = signed_out_page("#/app/7?page=2")
    assert page.take(Clicked(click=clicks.SignIn())) == [SignIn(route="#/app/7?page=2")]


STARTED = Started(
    site=Site(client_id="workbench"), fragment="#/app/7", now=NOW, signed_in=False, sign_in_by_itself=True
)


def test_a_deep_link_leaves_for_podio_by_itself_where_it_may() -> None:
    page = Page()
    assert page.take(STARTED) == [SignIn(route="#/app/7")]
    assert (page.state.phase, page.state.leaving) == (Phase.LOADING, True)
    assert state.offers_sign_in(page.state)


@pytest.mark.parametrize(
    "changes",
    [
        {"sign_in_by_itself": False},
        {"fragment": ""},
        {"fragment": "#/"},
        {"fragment": "#/nowhere"},
        {"fragment": "#access_token=x"},
        {"site": Site()},
        {"refusal": SignInRefusal(code="access_denied", description="")},
        {"warning": "The site's config.json is no valid JSON."},
        {"note": sample.FRESH},
        {"session_unsaved": True},
        {"online": False},
    ],
)
def test_everything_else_shows_the_card(changes: dict[str, Any]) -> None:
    page = Page()
    page.take(replace(STARTED, **changes))
    assert page.effects_of(SignIn) == []
    assert (page.state.phase, page.state.leaving) == (Phase.SIGNED_OUT, False)


def test_a_sign_in_by_itself_that_fails_or_comes_back_shows_the_card() -> None:
    page = Page()
    page.take(STARTED)
    assert page.take(SignInFailed(message="")) == []
    assert (page.state.phase, page.state.leaving) == (Phase.SIGNED_OUT, False)


def test_a_session_is_handed_on_while_this_tab_is_signed_in_on_an_origin_of_its_own(signed_in: SignedIn) -> None:
    page = signed_in()
    assert not state.hands_session_on(page.state)
    own = replace(page.state, site=replace(page.state.site, own_origin=True))
    assert state.hands_session_on(own)
    for changes in ({"phase": Phase.SIGNED_OUT}, {"leaving": True}, {"site": replace(own.site, is_sample=True)}):
        assert not state.hands_session_on(replace(own, **changes))  # type: ignore[arg-type]


def test_how_often_another_user_signed_in_is_counted_until_the_right_one_does(signed_in: SignedIn) -> None:
    page = signed_in()
    for phase, times in (
        ("ANOTHER_USER", 1),
        ("ANOTHER_USER", 1),
        ("WINDOW_OPEN", 1),
        ("CHECKING", 1),
        ("ANOTHER_USER", 2),
        ("FAILED", 2),
        ("ANOTHER_USER", 3),
        ("IDLE", 0),
        ("ANOTHER_USER", 1),
    ):
        page.take(RenewalChanged(renewal=Renewal(phase=RenewalPhase[phase])))
        assert page.state.account.other_user_times == times


def test_a_second_click_on_sign_in_changes_nothing() -> None:
    page = signed_out_page()
    page.take(Clicked(click=clicks.SignIn()))
    assert page.take(Clicked(click=clicks.SignIn())) == []


def test_without_a_client_id_there_is_no_sign_in() -> None:
    assert signed_out_page(client_id="").take(Clicked(click=clicks.SignIn())) == []


def test_a_sign_in_that_could_not_begin_says_why_and_can_be_tried_again() -> None:
    page = signed_out_page()
    page.take(Clicked(click=clicks.SignIn()), SignInFailed(message="Storage is denied."))
    assert page.state.warning == "Storage is denied."
    assert page.take(Clicked(click=clicks.SignIn()))


# Reading


def test_the_side_bar_and_the_route_s_things_are_read_at_once(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9", but=["/user/status", "/org/"])
    paths = {call.path for call in page.calls()}
    assert {"/user/status", "/org/", "/app/7", "/item/9", "/comment/item/9/", "/item/app/7/filter/"} <= paths


def test_who_is_signed_in_is_not_read_where_podio_has_said_so_already() -> None:
    page = Page()
    me = User.from_json(STATUS)
    page.take(replace(STARTED, signed_in=True, user_id=1, expires_at=NOW + 100, me=me))
    answer_all(page)
    assert page.calls("/user/status") == []
    assert "Ada" in html(page)


def test_who_is_signed_in_is_read_once_whatever_follows(signed_in: SignedIn, go: Go) -> None:
    page = signed_in("#/app/7")
    for fragment in ("#/app/7/item/9", "#/app/7/item/9/edit", "#/space/6", "#/app/7/new", "#/"):
        go(page, fragment)
    page.take(SessionChanged(is_signed_in=True, user_id=1, expires_at=NOW + 100))
    page.take(ConnectionChanged(online=False), ConnectionChanged(online=True), Clicked(click=clicks.Refresh()))
    change = Change("1" * 32, 1, NOW, DeleteItem(9), phase=ChangePhase.SENDING)
    page.take(ChangesRead(outbox=Outbox((change,))))
    let_happen(page, change, Done())
    assert len(page.calls("/user/status")) == 1


def test_an_app_unfolds_its_workspace_in_the_side_bar(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7")
    assert 6 in page.state.account.expanded
    assert page.calls("/app/space/6/")


def test_an_answer_that_comes_after_the_route_changed_is_ignored(signed_in: SignedIn, go: Go) -> None:
    page = signed_in("#/app/7/item/9", but=["/item/9"])
    late = page.last_call("/item/9")
    go(page, "#/")
    before = page.state
    page.take(CallAnswered(tag=late.tag, response=item_answer()))
    assert page.state == before
    assert Abort(tag=late.tag) in page.effects


def test_of_two_answers_for_two_pages_only_the_one_requested_last_is_shown(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7")
    page.take(FragmentChanged(fragment="#/app/7?page=2"))
    second = page.last_call("/item/app/7/filter/")
    page.take(FragmentChanged(fragment="#/app/7"))
    page.take(CallAnswered(tag=second.tag, response={"filtered": 31, "items": [item_answer(999)]}))
    items_page = page.state.read(ItemsOf(app_id=7)).value
    assert items_page is not None
    assert items_page.items[0].item_id == 100


def test_old_rows_stay_visible_while_the_next_page_loads(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7")
    page.take(FragmentChanged(fragment="#/app/7?page=2"))
    rows = page.state.read(ItemsOf(app_id=7, query=routes.ListQuery(page=2)))
    assert rows.loading
    assert rows.stands_in
    assert rows.value is not None
    assert page.last_call("/item/app/7/filter/").body["offset"] == 30


def test_going_from_the_list_to_an_item_keeps_the_list(signed_in: SignedIn, go: Go) -> None:
    page = signed_in("#/app/7")
    go(page, "#/app/7/item/9")
    assert len(page.calls("/item/app/7/filter/")) == 1


def test_an_item_opened_from_the_list_is_shown_at_once_from_its_row_and_whole_when_it_is_read(
    signed_in: SignedIn,
) -> None:
    page = signed_in("#/app/7")
    page.take(FragmentChanged(fragment="#/app/7/item/100"))
    item = page.state.read(ItemOf(item_id=100))
    assert (item.loading, item.stands_in) == (True, True)
    assert "Hopper" in html(page)
    assert page_view.title(page.state).startswith("Item 100")
    page.answer("/item/100", item_answer(100, title="Whole"))
    assert "Whole" in html(page)
    assert not page.state.read(ItemOf(item_id=100)).stands_in


def test_an_item_is_edited_only_once_it_was_read_whole(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7")
    page.take(FragmentChanged(fragment="#/app/7/item/100/edit"))
    assert 'data-form="edit:item:100"' not in html(page)
    assert "Loading the form" in html(page)
    page.answer("/item/100", item_answer(100))
    assert 'data-form="edit:item:100"' in html(page)


def test_an_item_that_is_gone_is_not_shown_from_its_row(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7")
    page.take(FragmentChanged(fragment="#/app/7/item/100"))
    page.fail("/item/100", Failure(kind=Kind.MISSING, message="There is no such item."))
    assert "No such item" in html(page)
    assert "Hopper" not in html(page)


def test_comments_that_come_with_the_item_are_not_read_by_a_call_of_their_own(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9", but=["/item/9"])
    assert "Loading the item" in html(page)
    page.answer("/item/9", item_answer(comments=COMMENTS))
    assert "Mind the step" in html(page)
    page.take(Clicked(click=clicks.Refresh()))
    page.answer("/item/9", item_answer(comments=[]))
    assert "No comments yet" in html(page)
    assert page.calls("/comment/item/9/") == []


@pytest.mark.parametrize("parts", [{}, {"comments": None}, {"comments": COMMENTS, "comment_count": 2}])
def test_comments_that_did_not_all_come_with_the_item_are_read(signed_in: SignedIn, parts: dict[str, Any]) -> None:
    page = signed_in("#/app/7/item/9", but=["/item/9", "/comment/item/9/"])
    page.answer("/item/9", item_answer(**parts))
    page.fail("/comment/item/9/", OFFLINE)
    page.take(ConnectionChanged(online=True))
    page.answer("/comment/item/9/", [*COMMENTS, {"comment_id": 2, "value": "Done"}])
    assert "Done" in html(page)
    assert len(page.calls("/comment/item/9/")) == 2


def test_an_item_whose_call_is_older_than_a_new_comment_does_not_hide_it(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9", but=["/comment/item/9/"])
    page.take(Clicked(click=clicks.Refresh()))
    page.take(Submitted(form="comment:item:9", texts={"text": "Mind the step"}, nonce="1" * 32))
    let_happen(page, store_change(page), Due(), Done())
    page.answer("/comment/item/9/", COMMENTS, "GET")
    page.answer("/item/9", item_answer(comments=[]))
    assert "Mind the step" in html(page)


def test_a_comment_added_before_the_item_was_read_is_shown(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7")
    page.take(FragmentChanged(fragment="#/app/7/item/100"))
    page.take(Submitted(form="comment:item:100", texts={"text": "Mind the step"}, nonce="1" * 32))
    let_happen(page, store_change(page), Due(), Done())
    page.answer("/item/100", item_answer(100, comments=[]))
    page.answer("/comment/item/100/", COMMENTS, "GET")
    assert "Mind the step" in html(page)


def test_while_the_item_is_awaited_its_comments_say_so_and_where_it_failed_it_alone_says_why(
    signed_in: SignedIn,
) -> None:
    page = signed_in("#/app/7")
    page.take(FragmentChanged(fragment="#/app/7/item/100"))
    assert "Loading comments" in html(page)
    tag = page.last_call("/item/100").tag
    page.take(CallIsSlow(tag=tag))
    assert html(page).count("Podio is slow") == 1
    page.take(Clicked(click=clicks.StopWaiting(tag=tag)))
    assert "Loading comments" not in html(page)
    assert html(page).count("You stopped waiting") == 1


def test_sorting_and_paging_leave_the_focus_where_it_is(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7")
    assert not [effect for effect in page.take(FragmentChanged(fragment="#/app/7?page=2")) if isinstance(effect, Focus)]
    assert Focus(element_id="main-heading") in page.take(FragmentChanged(fragment="#/app/7/item/9"))


@pytest.mark.parametrize(
    ("mistyped", "nearest"), [("#/app/x", "#/"), ("#/app/7/itme/9", "#/app/7"), ("#/app/7?page=x", "#/app/7")]
)
def test_a_mistyped_address_shows_the_nearest_page_and_says_so(
    signed_in: SignedIn, mistyped: str, nearest: str
) -> None:
    for page in (signed_in(mistyped), signed_out_page(mistyped), signed_in("#/space/6")):
        page.take(FragmentChanged(fragment=mistyped))
        assert routes.fragment(page.state.route) == nearest
        assert GoTo(fragment=nearest, replace=True) in page.effects
        assert page.state.note == MISTYPED
    page.take(FragmentChanged(fragment="#/space/6"))
    assert page.state.note == ""


def test_a_fragment_that_is_not_ours_changes_nothing(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7")
    before = page.state
    assert page.take(FragmentChanged(fragment="#access_token=x")) == []
    assert page.state == before


def test_what_failed_is_kept_with_its_reason_and_read_again_on_request(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7", but=["/item/app/7/filter/"])
    page.fail("/item/app/7/filter/", OFFLINE)
    assert page.state.read(ItemsOf(app_id=7)).failure == OFFLINE
    page.take(Clicked(click=clicks.Retry()))
    page.answer("/item/app/7/filter/", ROWS)
    assert page.state.read(ItemsOf(app_id=7)).failure is None


def test_back_online_what_could_not_be_read_is_read_again(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7", but=["/item/app/7/filter/"])
    page.take(ConnectionChanged(online=False))
    page.fail("/item/app/7/filter/", OFFLINE)
    page.take(ConnectionChanged(online=True))
    assert len(page.calls("/item/app/7/filter/")) == 2


def test_an_answer_of_another_shape_is_a_failure_and_no_crash(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7", but=["/org/", "/item/app/7/filter/"])
    page.answer("/org/", {"not": "a list"})
    page.answer("/item/app/7/filter/", None)
    assert page.state.read(Organizations()).failure is not None
    assert page.state.read(ItemsOf(app_id=7)).failure is not None


def test_a_slow_answer_is_said_to_be_slow_and_can_be_given_up(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7", but=["/item/app/7/filter/"])
    call = page.last_call("/item/app/7/filter/")
    page.take(CallIsSlow(tag=call.tag))
    assert page.state.read(ItemsOf(app_id=7)).is_slow
    assert Abort(tag=call.tag) in page.take(Clicked(click=clicks.StopWaiting(tag=call.tag)))
    page.take(CallAnswered(tag=call.tag, response=ROWS))
    assert page.state.read(ItemsOf(app_id=7)).value is None


def test_waiting_for_the_sign_in_is_not_called_slow(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7", but=["/item/app/7/filter/"])
    page.take(RenewalChanged(renewal=Renewal(phase=RenewalPhase.NEEDS_CLICK)))
    page.take(CallIsSlow(tag=page.last_call("/item/app/7/filter/").tag))
    assert not page.state.read(ItemsOf(app_id=7)).is_slow


# Memory


def test_back_at_a_page_of_the_list_it_is_there_at_once_and_read_again_behind(signed_in: SignedIn, go: Go) -> None:
    page = signed_in("#/app/7")
    go(page, "#/app/7?page=2")
    page.take(FragmentChanged(fragment="#/app/7"))
    rows = page.state.read(ItemsOf(app_id=7))
    assert (rows.loading, rows.is_awaited, rows.stands_in) == (True, False, False)
    assert "Loading items" not in html(page)
    assert len(page.calls("/item/app/7/filter/")) == 3
    page.answer("/item/app/7/filter/", {"filtered": 1, "items": [item_answer(5, title="Newer")]})
    assert "Newer" in html(page)


def test_back_at_an_item_it_is_there_at_once_with_its_comments_and_read_again_by_one_call(
    signed_in: SignedIn, go: Go
) -> None:
    page = signed_in("#/app/7/item/9", but=["/item/9"])
    page.answer("/item/9", item_answer(comments=COMMENTS))
    go(page, "#/space/6")
    before = len(page.calls())
    page.take(FragmentChanged(fragment="#/app/7/item/9"))
    assert "Mind the step" in html(page)
    assert "Loading" not in html(page)
    assert {call.path for call in page.calls()[before:]} == {"/item/9", "/item/app/7/filter/"}
    page.answer("/item/9", item_answer(title="Newer", comments=[]))
    assert "Newer" in html(page)
    assert "Mind the step" not in html(page)


def test_a_form_waits_for_the_item_itself_and_is_not_built_on_what_is_remembered(signed_in: SignedIn, go: Go) -> None:
    page = signed_in("#/app/7/item/9")
    go(page, "#/")
    page.take(FragmentChanged(fragment="#/app/7/item/9/edit"))
    assert "Loading the form" in html(page)
    assert 'name="f' not in html(page)
    page.answer("/item/9", item_answer(title="Newer"))
    assert 'name="f' in html(page)


def test_a_memory_that_can_t_be_refreshed_stays_and_says_why(signed_in: SignedIn, go: Go) -> None:
    page = signed_in("#/app/7")
    go(page, "#/")
    page.take(FragmentChanged(fragment="#/app/7"))
    page.take(CallIsSlow(tag=page.last_call("/item/app/7/filter/").tag))
    assert "Stop waiting" in html(page)
    page.fail("/item/app/7/filter/", OFFLINE)
    assert "be reached." in html(page)
    assert "Item 100" in html(page)
    page.take(Clicked(click=clicks.Retry()))
    assert "Loading items" in html(page)


def test_what_is_gone_is_not_shown_from_memory(signed_in: SignedIn, go: Go) -> None:
    page = signed_in("#/app/7/item/9")
    go(page, "#/")
    page.take(FragmentChanged(fragment="#/app/7/item/9"))
    page.fail("/item/9", Failure(kind=Kind.MISSING, message="There is no such item."))
    assert "No such item" in html(page)
    assert "Hopper" not in html(page)


def test_what_was_not_shown_for_some_minutes_is_dropped(signed_in: SignedIn, go: Go) -> None:
    page = signed_in("#/app/7/item/9")
    page.take(ClockRead(now=NOW + 900))
    assert page.state.read(ItemOf(item_id=9)).value
    go(page, "#/")
    page.take(ClockRead(now=NOW + 915), ClockRead(now=NOW + 1200))
    assert page.state.read(ItemOf(item_id=9)).value
    page.take(ClockRead(now=NOW + 800), ClockRead(now=NOW + 1099))  # the clock was put back
    assert page.state.read(ItemOf(item_id=9)).value
    page.take(ClockRead(now=NOW + 1101))
    passing = [key for key in page.state.account.reads if isinstance(key, ItemOf | ItemsOf | CommentsOf)]
    assert passing == []


def test_of_what_is_not_shown_only_the_last_is_remembered(signed_in: SignedIn, go: Go) -> None:
    page = signed_in("#/app/7")
    for number in [*range(2, 8), 4]:
        go(page, f"#/app/7?page={number}")
    go(page, "#/")
    pages = [key.query.page for key in page.state.account.reads if isinstance(key, ItemsOf)]
    assert pages == [3, 5, 6, 7, 4]


def test_what_was_never_read_is_not_remembered(signed_in: SignedIn, go: Go) -> None:
    page = signed_in("#/app/7", but=["/item/app/7/filter/"])
    page.fail("/item/app/7/filter/", OFFLINE)
    go(page, "#/")
    assert ItemsOf(app_id=7) not in page.state.account.reads


# The page's state


def test_the_page_counts_as_signed_in_once_the_side_bar_is_filled(signed_in: SignedIn) -> None:
    page = signed_in(but=["/org/"])
    assert state.page_state(page.state) == "loading"
    page.answer("/org/", [])
    assert state.page_state(page.state) == "signed-in"


@pytest.mark.parametrize("what", ["failure", "renewal"])
def test_a_side_bar_that_can_t_be_filled_does_not_keep_the_page_loading(signed_in: SignedIn, what: str) -> None:
    page = signed_in(but=["/org/"])
    if what == "failure":
        page.fail("/org/", OFFLINE)
    else:
        page.take(RenewalChanged(renewal=Renewal(phase=RenewalPhase.NEEDS_CLICK)))
    assert state.page_state(page.state) == "signed-in"


# The sign-in's end and renewal


def test_the_first_click_after_expiry_opens_the_window(signed_in: SignedIn) -> None:
    current = signed_in("#/app/7", expires_in=60).state
    assert not needs_sign_in_window(current, PodioUse.TRIES_AGAIN, NOW + 59)
    assert needs_sign_in_window(current, PodioUse.TRIES_AGAIN, NOW + 60)
    assert needs_sign_in_window(current, PodioUse.CALLS, NOW + 60)


def test_with_the_alert_shown_any_click_for_podio_opens_the_window(signed_in: SignedIn) -> None:
    page = signed_in()
    page.take(RenewalChanged(renewal=Renewal(phase=RenewalPhase.NEEDS_CLICK)))
    assert needs_sign_in_window(page.state, PodioUse.TRIES_AGAIN, NOW)


def test_after_a_failed_renewal_only_trying_again_opens_the_window(signed_in: SignedIn) -> None:
    page = signed_in(expires_in=60)
    page.take(RenewalChanged(renewal=Renewal(phase=RenewalPhase.FAILED)))
    assert needs_sign_in_window(page.state, PodioUse.TRIES_AGAIN, NOW + 61)
    assert not needs_sign_in_window(page.state, PodioUse.CALLS, NOW + 61)


@pytest.mark.parametrize(
    "kind", [clicks.SignOut, clicks.ToggleMenu, clicks.CloseDialog, clicks.SignInAgain, clicks.CancelSignIn]
)
def test_a_click_that_asks_nothing_of_podio_opens_no_window(signed_in: SignedIn, kind: type[Click]) -> None:
    assert not needs_sign_in_window(signed_in(expires_in=60).state, kind.podio_use, NOW + 61)


@pytest.mark.parametrize("phase", ["WINDOW_OPEN", "SEEMS_CLOSED", "CHECKING", "ANOTHER_USER", "ELSEWHERE"])
def test_a_renewal_under_way_is_not_begun_twice(signed_in: SignedIn, phase: str) -> None:
    page = signed_in(expires_in=60)
    page.take(RenewalChanged(renewal=Renewal(phase=RenewalPhase[phase])))
    assert not needs_sign_in_window(page.state, PodioUse.TRIES_AGAIN, NOW + 61)


def test_sign_in_again_opens_the_window(signed_in: SignedIn) -> None:
    assert signed_in().take(Clicked(click=clicks.SignInAgain())) == [OpenSignInWindow()]


def test_the_clock_changes_the_page_only_when_the_sign_in_ends_soon(signed_in: SignedIn) -> None:
    page = signed_in(expires_in=1000)
    before = page.state
    page.take(ClockRead(now=NOW + 15))
    assert page.state == before
    page.take(ClockRead(now=NOW + 401))
    assert page.state != before


def test_after_a_renewal_what_waited_for_it_in_vain_is_read_again(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7", but=["/item/app/7/filter/"])
    page.fail("/item/app/7/filter/", Failure(kind=Kind.SIGN_IN, message="Sign in again."))
    page.take(SessionChanged(is_signed_in=True, user_id=1, expires_at=NOW + 9999))
    assert len(page.calls("/item/app/7/filter/")) == 2
    assert page.state.account.expires_at == NOW + 9999


def test_another_user_starts_with_nothing_of_the_first(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9")
    page.take(Typed(form="comment:item:9", control="text", text="Ada's"))
    fill = page.state.fills.get("comment:item:9", 0)
    page.take(SessionChanged(is_signed_in=True, user_id=2, expires_at=NOW + 9999))
    assert page.state.account.drafts == {}
    assert page.state.fills["comment:item:9"] == fill + 1
    assert LoadDrafts(user_id=2) in page.effects
    assert page.state.read(ItemOf(item_id=9)).value is None


@pytest.mark.parametrize("event", [SessionChanged(is_signed_in=False), SignOutEnded()])
def test_nothing_that_was_the_user_s_is_left_after_a_sign_out(
    signed_in: SignedIn, event: SessionChanged | SignOutEnded
) -> None:
    page = signed_in("#/app/7/item/9")
    page.state = replace(page.state, account=full_account(page))
    page.take(event)
    assert page.state.account == Account()


def test_nothing_that_was_the_user_s_is_left_for_the_next(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9")
    page.state = replace(page.state, account=full_account(page))
    page.take(SessionChanged(is_signed_in=True, user_id=2, expires_at=NOW + 9999))
    account = page.state.account
    assert account == Account(user_id=2, expires_at=NOW + 9999, reads=account.reads)
    assert not any(loadable.value for loadable in account.reads.values())


def test_another_user_than_the_session_says_starts_with_nothing_of_the_first(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9", but=["/user/status"])
    page.take(Typed(form="comment:item:9", control="text", text="Ada's"))
    page.answer("/user/status", {"user": {"user_id": 2}, "profile": {"user_id": 2, "name": "Bob"}})
    assert (page.state.account.user_id, page.state.account.drafts) == (2, {})
    assert page.state.read(ItemOf(item_id=9)).value is None
    assert not [effect for effect in page.effects if isinstance(effect, StoreDraft) and effect.user_id == 2]


def full_account(page: Page) -> Account:
    """Give an account of which no field is empty."""
    change = Change("1" * 32, 0, NOW, DeleteItem(9), "Item 9")
    settlement = Settlement(change)
    account = replace(
        page.state.account,
        renewal=Renewal(phase=RenewalPhase.FAILED, message="No."),
        other_user_times=2,
        expanded=frozenset({6}),
        closed_orgs=frozenset({5}),
        refreshing=True,
        drafts={"comment:item:9": {"text": "Ada's"}},
        stored_drafts=frozenset({"comment:item:9"}),
        denied_drafts=frozenset({"comment:item:9"}),
        copied_drafts=frozenset({"comment:item:9"}),
        other_drafts=("comment:item:9",),
        submissions={"delete:item:9": Submission(change_id=change.change_id, is_stored=True)},
        ahead_calls=1,
        limit_met=True,
        outbox=Outbox((change,)),
        outbox_kept=False,
        unapproved=frozenset({change.change_id}),
        changes_held=True,
        pace=Pace(Hindrance.SIGN_IN, NOW + 100),
        choices={change.change_id: {"name": Choice.MINE}},
        slow_changes=frozenset({change.change_id}),
        saved_changes=(change,),
        found_changes=frozenset({change.change_id}),
        arrivals=(settlement,),
        latest_settlement=settlement,
        undoing=frozenset({change.change_id}),
        dialog=Dialog.DISCARD_CHANGE,
        dialog_form="comment:item:9",
        dialog_change=change.change_id,
    )
    full = {field.name for field in fields(Account) if getattr(account, field.name) != getattr(Account(), field.name)}
    assert full == {field.name for field in fields(Account)}
    return account


# Signing out


def test_without_drafts_signing_out_asks_nothing(signed_in: SignedIn) -> None:
    page = signed_in()
    assert page.take(Clicked(click=clicks.SignOut())) == [FindOtherDrafts(user_id=1)]
    assert page.take(OtherDraftsFound(user_id=1)) == [SignOut(user_id=1)]
    assert page.state.account.dialog is Dialog.NONE


def test_before_it_is_known_who_this_is_there_are_no_drafts_to_ask_about() -> None:
    page = Page()
    page.take(Started(site=Site(client_id="workbench"), fragment="", now=NOW, signed_in=True))
    assert page.take(Clicked(click=clicks.SignOut())) == [SignOut(user_id=0)]


OTHERS = {
    "typed there": ((("comment:item:9", {"text": "there"}),), ("comment:item:9",)),
    "shown here": ((("comment:item:9", {"text": "half a"}),), ()),
    "no draft": ((("comment:item:9", {}), ("nonsense", {"text": "x"}), ("new:app:7", {"_base": "3"})), ()),
}


@pytest.mark.parametrize(("drafts", "forms"), OTHERS.values(), ids=list(OTHERS))
def test_the_question_names_what_other_tabs_have_typed(
    signed_in: SignedIn, drafts: tuple[tuple[str, dict[str, str]], ...], forms: tuple[str, ...]
) -> None:
    page = signed_in("#/app/7/item/9")
    page.take(Typed(form="comment:item:9", control="text", text="half a"), Clicked(click=clicks.SignOut()))
    assert page.take(OtherDraftsFound(user_id=1, drafts=drafts)) == []
    assert page.state.account.dialog is Dialog.SIGN_OUT
    assert page.state.account.other_drafts == forms


def test_what_another_tab_has_typed_is_asked_about_where_nothing_is_typed_here(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9")
    page.take(Clicked(click=clicks.SignOut()))
    assert page.take(OtherDraftsFound(user_id=1, drafts=(("comment:item:9", {"text": "there"}),))) == []
    assert "A comment on “Item 9”, typed in another tab" in html(page)
    assert page.take(Clicked(click=clicks.SignOutAnyway())) == [SignOut(user_id=1)]


def test_a_user_who_stays_is_not_asked_again(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9")
    page.take(Typed(form="comment:item:9", control="text", text="half a"), Clicked(click=clicks.SignOut()))
    page.take(Clicked(click=clicks.CloseDialog()), OtherDraftsFound(user_id=1))
    assert (page.state.account.dialog, page.state.leaving) == (Dialog.NONE, False)


def test_what_is_found_of_a_user_who_has_gone_signs_nobody_out(signed_in: SignedIn) -> None:
    page = signed_in()
    assert page.take(OtherDraftsFound(user_id=2)) == []
    assert not page.state.leaving


def test_with_drafts_signing_out_asks_first(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9")
    page.take(Typed(form="comment:item:9", control="text", text="half a"))
    assert page.take(Clicked(click=clicks.SignOut())) == [FindOtherDrafts(user_id=1)]
    assert page.state.account.dialog is Dialog.SIGN_OUT
    page.take(Clicked(click=clicks.CloseDialog()))
    assert state.has_drafts(page.state)
    page.take(Clicked(click=clicks.SignOut()))
    assert page.take(Clicked(click=clicks.SignOutAnyway())) == [SignOut(user_id=1)]


def test_signing_out_clears_everything_on_the_page(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9")
    page.take(Clicked(click=clicks.SignOut()))
    page.take(SessionChanged(is_signed_in=False), SignOutEnded())
    assert page.state.phase is Phase.SIGNED_OUT
    assert (
        page.state.account.reads,
        page.state.account.drafts,
        page.state.account.submissions,
        page.state.account.user_id,
    ) == ({}, {}, {}, 0)
    assert "revoked" in page.state.note


def test_a_revocation_that_failed_is_reported(signed_in: SignedIn) -> None:
    page = signed_in()
    page.take(Clicked(click=clicks.SignOut()), SignOutEnded(warning="Podio could not be told."))
    assert page.state.warning == "Podio could not be told."
    assert page.state.note == ""


def test_a_sign_out_in_a_clone_is_reported(signed_in: SignedIn) -> None:
    page = signed_in()
    page.take(SessionChanged(is_signed_in=False))
    assert page.state.phase is Phase.SIGNED_OUT
    assert page.state.note == "You signed out in another tab."


def test_a_session_that_is_gone_leads_to_the_signed_out_page_with_the_route_kept(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7", but=["/item/app/7/filter/"])
    page.fail("/item/app/7/filter/", Failure(kind=Kind.SIGNED_OUT, message="Signed out."))
    assert page.state.phase is Phase.SIGNED_OUT
    assert page.state.route == routes.AppPage(app_id=7)


# Drafts


def test_drafts_come_back_into_their_fields(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9")
    page.take(DraftsLoaded(user_id=1, drafts={"comment:item:9": {"text": "half a"}}))
    assert page.state.account.drafts["comment:item:9"] == {"text": "half a"}
    assert page.state.fills["comment:item:9"] == 1


def test_what_was_typed_meanwhile_wins_over_a_stored_draft(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9")
    page.take(Typed(form="comment:item:9", control="text", text="newer"))
    page.take(DraftsLoaded(user_id=1, drafts={"comment:item:9": {"text": "older"}}))
    assert page.state.account.drafts["comment:item:9"] == {"text": "newer"}
    assert "comment:item:9" not in page.state.fills


def test_another_user_s_drafts_are_not_taken(signed_in: SignedIn) -> None:
    page = signed_in()
    page.take(DraftsLoaded(user_id=2, drafts={"comment:item:9": {"text": "theirs"}}))
    assert page.state.account.drafts == {}


@pytest.mark.parametrize(
    ("form", "texts"), [("nonsense", {"a": "b"}), ("comment:item:9", {}), ("__proto__", {"a": "b"})]
)
def test_what_is_no_draft_is_passed_over_and_left_where_it_is(
    signed_in: SignedIn, form: str, texts: dict[str, str]
) -> None:
    page = signed_in()
    assert page.take(DraftsLoaded(user_id=1, drafts={form: texts}, gone_tabs={form: "a"})) == []
    assert page.state.account.drafts == {}


@pytest.mark.parametrize(
    "drafts",
    [
        {"comment:item:9": {"text": "x" * 1_000_001}},
        {"new:app:7": {f"f{number}": "x" for number in range(1, 1_001)}},
        {f"comment:item:{number}": {"text": "x"} for number in range(1, 1_001)},
    ],
)
def test_a_draft_comes_back_however_long_it_is_and_however_many_there_are(
    signed_in: SignedIn, drafts: dict[str, dict[str, str]]
) -> None:
    page = signed_in()
    gone_tabs = dict.fromkeys(drafts, "a")
    effects = page.take(DraftsLoaded(user_id=1, drafts=drafts, gone_tabs=gone_tabs))
    assert page.state.account.drafts == drafts
    assert {type(effect) for effect in effects} == {AdoptDraft}


def test_who_this_is_comes_from_podio_when_the_session_does_not_know() -> None:
    page = Page()
    page.take(Started(site=Site(client_id="workbench"), fragment="", now=NOW, signed_in=True))
    assert page.effects_of(LoadDrafts) == []
    page.answer("/user/status", STATUS)
    assert page.effects_of(LoadDrafts) == [LoadDrafts(user_id=1)]


# Others


def test_another_page_size_keeps_the_first_shown_item_in_view(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7?page=5")
    assert GoTo(fragment="#/app/7?page=2&limit=100") in page.take(Clicked(click=ChoosePageSize(value=100)))


def test_an_item_linked_under_another_app_is_shown_under_its_own(signed_in: SignedIn) -> None:
    page = signed_in("#/app/99/item/9", but=["/app/99"])
    assert GoTo(fragment="#/app/7/item/9", replace=True) in page.effects
    assert page.calls("/app/7")


def test_an_item_whose_answer_names_no_app_belongs_to_the_one_it_was_looked_for_in(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9", but=["/item/9"])
    page.answer("/item/9", {"item_id": 9, "title": "Nine"})
    item = page.state.read(ItemOf(item_id=9)).value
    assert item is not None
    assert item.app_id == 7


def test_a_page_size_that_is_not_offered_changes_nothing(signed_in: SignedIn) -> None:
    assert signed_in("#/app/7").take(Clicked(click=ChoosePageSize(value=0))) == []


@pytest.mark.parametrize("kind", [*get_args(clicks.AnyClick), ChoosePageSize])
def test_no_click_breaks_a_page_that_has_no_use_for_it(kind: type[Click]) -> None:
    fields = {name: "nonsense" if name == "form" else 0 for name in kind.field_names()}
    for page in (Page(State()), signed_out_page()):
        page.take(Clicked(click=kind(**fields)))


def test_who_it_is_that_could_not_be_read_is_said_and_asked_again_with_the_next_page(signed_in: SignedIn) -> None:
    page = signed_in(but=["/user/status"])
    page.fail("/user/status", OFFLINE)
    assert "say who you are" in html(page)
    page.take(FragmentChanged(fragment="#/app/7"))
    page.answer("/user/status", STATUS)
    assert "say who you are" not in html(page)
