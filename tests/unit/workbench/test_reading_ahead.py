"""What is likely to be shown next is read while nothing else is under way, and is in nobody's way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tests.unit.workbench.driver import NOW, Page, answer_all, html, item_answer

from workbench.effects import Abort, Call
from workbench.events import (
    CallFailed,
    ChangesRead,
    ClockRead,
    ConnectionChanged,
    Event,
    FragmentChanged,
    Pointed,
    RenewalChanged,
    Rested,
    SendingPaused,
)
from workbench.failures import Failure, Kind
from workbench.outbox import AddComment, Change, Hindrance, Outbox, Pace, Phase
from workbench.reads import CommentsOf, ItemOf, ItemsOf, ListQuery
from workbench.state import Renewal, RenewalPhase, Site
from workbench.subscriptions import RestBefore, subscriptions

SignedIn = Callable[..., Page]
Go = Callable[[Page, str], None]

LIST = "/item/app/7/filter/"
SECOND = ItemsOf(app_id=7, query=ListQuery(page=2))
ROWS_BEHIND = {"total": 31, "filtered": 31, "items": [item_answer(130)]}


def rest(page: Page, now: float = NOW) -> list[Call]:
    """Let the user rest, and return what is read ahead."""
    return [effect for effect in page.take(Rested(now=now)) if isinstance(effect, Call)]


def point_at(page: Page, fragment: str, now: float = NOW) -> list[Call]:
    return [effect for effect in page.take(Pointed(fragment=fragment, now=now)) if isinstance(effect, Call)]


def waits_for(page: Page) -> object:
    return next((key.key for key in subscriptions(page.state) if isinstance(key, RestBefore)), None)


# What is likely


def test_of_a_list_the_next_page_is_read_ahead(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7")
    assert waits_for(page) == SECOND
    [call] = rest(page)
    assert (call.path, call.body["offset"], call.ahead) == (LIST, 30, True)
    assert waits_for(page) is None
    page.answer(LIST, ROWS_BEHIND)
    assert waits_for(page) is None
    assert rest(page) == []


def test_the_last_page_has_none_behind_it(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7", but=[LIST])
    page.answer(LIST, {"total": 3, "filtered": 3, "items": [item_answer(number) for number in (1, 2, 3)]})
    assert waits_for(page) is None


def test_of_an_item_the_next_one_of_its_list_is_read_ahead_and_stays_new_to_the_user(
    signed_in: SignedIn, go: Go
) -> None:
    page = signed_in("#/app/7")
    go(page, "#/app/7/item/100")
    page.answer("/item/100", item_answer(100, comments=[]))
    assert waits_for(page) == ItemOf(item_id=101)
    [call] = rest(page)
    assert (call.path, call.params, call.ahead) == ("/item/101", {"mark_as_viewed": False}, True)
    page.answer("/item/101", item_answer(101, comments=[{"comment_id": 1, "value": "Mind the step"}]))
    before = len(page.calls())
    page.take(FragmentChanged(fragment="#/app/7/item/101"))
    assert "Mind the step" in html(page)
    assert "Loading" not in html(page)
    [again] = page.calls()[before:]
    assert (again.path, again.params, again.ahead) == ("/item/101", None, False)


@pytest.mark.parametrize(
    "fragment", ["#/app/7/item/129", "#/app/7/item/9", "#/app/7/item/100/edit", "#/", "#/app/7/new"]
)
def test_elsewhere_nothing_is_likely(signed_in: SignedIn, go: Go, fragment: str) -> None:
    page = signed_in("#/app/7")
    go(page, fragment)
    if "/item/1" in fragment:
        page.answer(fragment[len("#/app/7") :].removesuffix("/edit"), item_answer(129, comments=[]))
    assert waits_for(page) is None
    assert rest(page) == []


def test_an_item_that_is_pointed_at_is_read_ahead(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7")
    assert [call.path for call in point_at(page, "#/app/7/item/105")] == ["/item/105"]
    page.answer("/item/105", item_answer(105, comments=[]))
    assert point_at(page, "#/app/7/item/105") == []


@pytest.mark.parametrize("fragment", ["#/app/7", "#/space/6", "#/nowhere", "#main", ""])
def test_a_link_that_leads_to_no_item_is_not_followed_ahead(signed_in: SignedIn, fragment: str) -> None:
    assert point_at(signed_in("#/app/7"), fragment) == []


# When nothing is


CHANGE = Change("1" * 32, 1, NOW, AddComment(9, "Hello"), phase=Phase.SENDING)


@pytest.mark.parametrize(
    "event",
    [
        ConnectionChanged(online=False),
        RenewalChanged(renewal=Renewal(phase=RenewalPhase.NEEDS_CLICK)),
        RenewalChanged(renewal=Renewal(phase=RenewalPhase.FAILED)),
        SendingPaused(pace=Pace(Hindrance.LIMIT, NOW + 300)),
        ChangesRead(outbox=Outbox((CHANGE,))),
    ],
    ids=["offline", "a renewal", "a failed renewal", "Podio's limit", "a change on its way"],
)
def test_there_are_times_when_nothing_is_read_ahead(signed_in: SignedIn, event: Event) -> None:
    page = signed_in("#/app/7")
    page.take(event)
    assert waits_for(page) is None
    assert rest(page) == []
    assert point_at(page, "#/app/7/item/105") == []


def test_with_an_expired_sign_in_nothing_is_read_ahead(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7", expires_in=60)
    assert rest(page, now=NOW + 61) == []
    assert point_at(page, "#/app/7/item/105", now=NOW + 61) == []
    assert rest(page, now=NOW + 59)


def test_while_anything_is_read_nothing_is_read_ahead(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7", but=["/app/space/6/"])
    assert waits_for(page) is None
    assert point_at(page, "#/app/7/item/105") == []


def test_of_the_sample_nothing_is_read_ahead(signed_in: SignedIn) -> None:
    assert waits_for(signed_in("#/app/7", site=Site(client_id="x", is_sample=True))) is None


@pytest.mark.parametrize("is_ahead", [True, False])
def test_after_podio_s_limit_was_met_nothing_is_read_ahead_any_more(signed_in: SignedIn, is_ahead: bool) -> None:
    page = signed_in("#/app/7", but=[] if is_ahead else [LIST])
    if is_ahead:
        rest(page)
    page.fail(LIST, Failure(kind=Kind.LIMIT, message="Too many calls."))
    assert ("Too many calls." in html(page)) != is_ahead
    page.take(FragmentChanged(fragment="#/app/7?sort=title"))
    answer_all(page)
    assert waits_for(page) is None


def test_between_two_places_only_a_few_things_are_read_ahead(signed_in: SignedIn, go: Go) -> None:
    page = signed_in("#/app/7")
    paths = []
    for number in range(100, 110):
        paths += [call.path for call in point_at(page, f"#/app/7/item/{number}")]
        if paths:
            page.answer(paths[-1], item_answer(number, comments=[]))
    assert paths == [f"/item/{number}" for number in range(100, 104)]
    go(page, "#/app/7?sort=title")
    assert point_at(page, "#/app/7/item/105")


# What comes of it


def test_a_page_that_was_read_ahead_is_there_at_once_and_not_read_twice(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7")
    rest(page)
    page.answer(LIST, ROWS_BEHIND)
    page.take(FragmentChanged(fragment="#/app/7?page=2"))
    assert 'id="row-130"' in html(page)
    assert len(page.calls(LIST)) == 2
    page.take(FragmentChanged(fragment="#/app/7"))
    assert len(page.calls(LIST)) == 3  # that one was seen before, and is read again behind


def test_a_page_that_was_read_ahead_some_time_ago_is_refreshed_behind(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7")
    rest(page)
    page.answer(LIST, ROWS_BEHIND)
    page.take(ClockRead(now=NOW + 15), ClockRead(now=NOW + 30))
    page.take(FragmentChanged(fragment="#/app/7?page=2"))
    assert 'id="row-130"' in html(page)
    assert len(page.calls(LIST)) == 3


def test_the_call_under_way_serves_who_goes_there(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7")
    point_at(page, "#/app/7/item/105")
    page.take(FragmentChanged(fragment="#/app/7/item/105"))
    assert len(page.calls("/item/105")) == 1
    assert "Hopper" in html(page)  # its row, meanwhile
    assert "Loading comments" in html(page)
    page.answer("/item/105", item_answer(105, title="It came", comments=[]))
    assert "It came" in html(page)
    assert "Loading" not in html(page)
    assert [call.params for call in page.calls("/item/105")] == [{"mark_as_viewed": False}, None]


@pytest.mark.parametrize("kind", [Kind.SIGN_IN, Kind.CONNECTION])
def test_a_call_that_has_become_the_user_s_is_made_again_where_it_fails(signed_in: SignedIn, kind: Kind) -> None:
    """It was begun without a renewal, and without a second try."""
    page = signed_in("#/app/7")
    point_at(page, "#/app/7/item/105")
    page.take(FragmentChanged(fragment="#/app/7/item/105"))
    page.fail("/item/105", Failure(kind=kind, message="It failed."))
    assert "It failed." not in html(page)
    assert page.last_call("/item/105").ahead is False
    page.fail("/item/105", Failure(kind=kind, message="It failed."))
    assert "It failed." in html(page)


def test_a_failure_is_nobody_s_business(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7")
    shown = html(page)
    for kind in (Kind.CONNECTION, Kind.SIGN_IN, Kind.SIGNED_OUT, Kind.MISSING, Kind.LIMIT):
        page.state = replace(page.state, account=replace(page.state.account, limit_met=False, ahead_calls=0))
        [call] = point_at(page, "#/app/7/item/105")
        page.take(CallFailed(tag=call.tag, failure=Failure(kind=kind, message="It failed.")))
        assert html(page) == shown
        assert ItemOf(item_id=105) not in page.state.account.reads


def test_who_goes_on_waits_for_nothing_that_was_read_ahead(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7")
    [call] = rest(page)
    assert Abort(tag=call.tag) in page.take(FragmentChanged(fragment="#/app/7/item/100"))
    assert SECOND not in page.state.account.reads


def test_a_page_read_ahead_never_stands_in_for_another(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7")
    rest(page)
    page.answer(LIST, ROWS_BEHIND)
    page.take(FragmentChanged(fragment="#/app/7?page=3"))
    assert 'id="row-100"' in html(page)
    assert 'id="row-130"' not in html(page)


def test_what_was_read_ahead_takes_no_place_of_what_was_seen(signed_in: SignedIn, go: Go) -> None:
    page = signed_in("#/app/7")
    for number in range(2, 6):
        go(page, f"#/app/7?page={number}")
    page.take(FragmentChanged(fragment="#/app/7?page=6"))
    page.answer(LIST, {"total": 900, "filtered": 900, "items": [item_answer(160)]})
    rest(page)
    page.answer(LIST, {"total": 900, "filtered": 900, "items": [item_answer(190)]})
    go(page, "#/")
    pages = {key.query.page for key in page.state.account.reads if isinstance(key, ItemsOf)}
    assert pages == {2, 3, 4, 5, 6, 7}


def test_the_next_page_is_kept_while_an_item_is_looked_at(signed_in: SignedIn, go: Go) -> None:
    page = signed_in("#/app/7")
    rest(page)
    page.answer(LIST, ROWS_BEHIND)
    go(page, "#/app/7/item/9")
    go(page, "#/app/7")
    assert waits_for(page) is None
    assert SECOND in page.state.account.reads


def test_what_was_read_ahead_is_forgotten_as_what_was_seen_is(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7")
    point_at(page, "#/app/7/item/105")
    page.answer("/item/105", item_answer(105, comments=[]))
    for number in range(1, 24):
        page.take(ClockRead(now=NOW + 15 * number))
    assert not {ItemOf(item_id=105), CommentsOf(item_id=105)} & page.state.account.reads.keys()


def test_an_item_read_ahead_brings_its_comments_or_leaves_them(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7")
    point_at(page, "#/app/7/item/105")
    answer: dict[str, Any] = item_answer(105, comment_count=3)
    assert page.answer("/item/105", answer) == []
    assert CommentsOf(item_id=105) not in page.state.account.reads
