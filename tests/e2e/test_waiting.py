"""What time alone settles: slow calls, looking up what became of a change, sending it again.

The tests move the page's clock on; how long Podio takes is real time.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.driving import (
    Colleague,
    Console,
    Site,
    alert,
    comment_box,
    comment_list,
    expect_all_sent,
    expect_state,
    open_item,
    submit_comment,
    wait_until,
    write_comment,
)

LOOK_UP_TIME = 25_000
"""Milliseconds after which the page counts a change that Podio doesn't show as not carried out, and sends it again."""

SLOW = 3_500
"""Milliseconds after which the page says that Podio is slow."""


@pytest.fixture
def site(unreset_site: Site, console: Console) -> Site:
    console.allow("Failed to load resource")  # that is what is tested
    return unreset_site


@pytest.fixture(scope="module")
def signed_in_tab(signed_in_tab: Page) -> Page:
    """The module's tab, by a clock that the tests move on."""
    signed_in_tab.clock.install()
    signed_in_tab.reload()
    expect_state(signed_in_tab, "signed-in")
    return signed_in_tab


def test_a_podio_that_takes_five_seconds_is_said_to_be_slow_and_then_its_answer_is_shown(
    desk: Page, site: Site
) -> None:
    site.emulator.faults([{"path": "/item/340140", "delay": 5}])
    desk.goto(f"{site.url}#/app/34/item/340140")
    expect(desk.locator("#item").get_by_text("Podio is slow to answer")).to_be_visible()
    expect(desk.get_by_role("button", name="Stop waiting")).to_be_visible()
    expect(comment_box(desk)).to_be_visible()
    expect(desk.get_by_text("Podio is slow to answer")).to_have_count(0)


def test_whoever_does_not_want_to_wait_stops_waiting_and_tries_again(desk: Page, site: Site) -> None:
    site.emulator.faults([{"path": "/item/340141", "delay": 20}])
    desk.goto(f"{site.url}#/app/34/item/340141")
    desk.clock.fast_forward(SLOW)
    desk.get_by_role("button", name="Stop waiting").click()
    expect(alert(desk)).to_contain_text("You stopped waiting")
    desk.locator("#item").get_by_role("button", name="Try again").click()
    expect(comment_box(desk)).to_be_visible()


def test_a_comment_that_did_not_arrive_is_sent_again_by_itself_once_podio_has_not_shown_it_for_a_while(
    desk: Page, site: Site, colleague: Colleague
) -> None:
    item = 340_212
    submit_comment(desk, site, item, status=503)
    expect(comment_list(desk).locator("[data-change=unknown]")).to_contain_text("Checking whether your comment arrived")
    assert colleague.comments(item) == []
    desk.clock.fast_forward(LOOK_UP_TIME)
    expect_all_sent(desk)
    expect(comment_list(desk)).to_contain_text("The lamp hums")
    expect(comment_box(desk)).to_have_value("")
    expect(alert(desk)).to_have_count(0)
    assert colleague.comments(item) == ["The lamp hums"]


def test_what_isnt_known_to_have_arrived_is_still_there_after_a_reload_and_is_sent_then(
    desk: Page, site: Site, colleague: Colleague
) -> None:
    item = 340_281
    open_item(desk, site, item)
    site.emulator.faults([{"path": f"/comment/item/{item}/", "drop": True, "times": None}])
    write_comment(desk, "The lamp hums")
    expect(alert(desk)).to_contain_text("Podio may not have saved your comment")
    desk.reload()
    expect_state(desk, "signed-in")
    expect(comment_box(desk)).to_have_value("")
    expect(comment_list(desk).locator("[data-change=unknown]")).to_contain_text("The lamp hums")
    site.emulator.faults([])
    desk.clock.fast_forward(LOOK_UP_TIME)
    expect_all_sent(desk)
    assert colleague.comments(item) == ["The lamp hums"]


def test_a_slow_comment_sends_once_however_often_it_is_clicked_and_keeps_what_is_typed_meanwhile(
    desk: Page, site: Site, colleague: Colleague
) -> None:
    item = 340_290
    open_item(desk, site, item)
    site.emulator.faults([{"path": f"/comment/item/{item}/", "method": "POST", "delay": 6}])
    box = comment_box(desk)
    box.fill("The lamp hums")
    desk.get_by_role("button", name="Add comment").dblclick()
    box.press("Control+Enter")
    expect(comment_list(desk).get_by_text("Podio is slow to answer")).to_be_visible()
    box.press_sequentially("and flickers")
    expect(comment_list(desk)).to_contain_text("The lamp hums")
    expect_all_sent(desk)
    expect(box).to_have_value("and flickers")
    expect(box).to_be_focused()
    assert colleague.comments(item) == ["The lamp hums"]


def test_whoever_stops_waiting_for_a_write_learns_that_its_end_is_not_known(
    desk: Page, site: Site, colleague: Colleague
) -> None:
    item = 340_291
    submit_comment(desk, site, item, delay=6, after=True)
    desk.clock.fast_forward(SLOW)
    desk.get_by_role("button", name="Stop waiting").click()
    expect(comment_list(desk).locator("[data-change=unknown]")).to_contain_text("Checking whether your comment arrived")
    expect_all_sent(desk)
    assert colleague.comments(item) == ["The lamp hums"]


def test_a_new_item_whose_request_was_lost_is_made_once_by_the_next_page(
    desk: Page, site: Site, colleague: Colleague
) -> None:
    site.emulator.faults([{"path": "/item/app/32/", "method": "POST", "drop": True}])
    desk.goto(f"{site.url}#/app/32/new")
    desk.get_by_label("Title").fill("Made once, though lost")
    with desk.expect_request(lambda request: request.method == "POST" and request.url.endswith("/item/app/32/")):
        desk.get_by_role("button", name="Create project", exact=True).click()
    desk.reload()
    expect_state(desk, "signed-in")
    expect(desk.get_by_label("Title")).to_have_value("")

    def count() -> int:
        items = colleague.call("POST", "/item/app/32/filter/", {"limit": 100})
        return sum(item["title"] == "Made once, though lost" for item in items["items"])

    desk.clock.fast_forward(LOOK_UP_TIME)
    wait_until(desk, lambda: count() > 0)
    expect_all_sent(desk)
    assert count() == 1
