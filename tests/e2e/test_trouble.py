"""Podio, the network and the browser's storage in trouble: each has a message and a way on, and nothing is lost."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.e2e.driving import (
    Colleague,
    Console,
    Site,
    alert,
    choose,
    comment_box,
    comment_list,
    expect_all_sent,
    expect_state,
    open_item,
    submit_comment,
    write_comment,
)

FAILED_LOAD = "Failed to load resource"
"""What Chromium writes for each answer of 400 and above and for each lost connection."""
HTML = "<!doctype html><title>Proxy</title><h1>Please accept the terms of this network</h1>"
UNREACHABLE = "Podio can't be reached"
UNREADABLE = "could not be read"
HAS_A_PROBLEM = "Podio has a problem"


@pytest.fixture
def site(unreset_site: Site, console: Console) -> Site:
    console.allow(FAILED_LOAD)
    return unreset_site


@pytest.fixture
def context(warm_context: BrowserContext) -> BrowserContext:
    return warm_context


def start_anew(page: Page) -> None:
    page.reload()
    expect_state(page, "signed-in")


# Reading


@pytest.mark.parametrize(
    ("number", "fault", "message"),
    [
        (1, {"drop": True}, UNREACHABLE),
        (2, {"status": 200, "body": HTML}, UNREADABLE),
        (3, {"status": 200, "body": ""}, UNREADABLE),
        (4, {"status": 200, "body": "[" * 100_000}, UNREADABLE),
        (5, {"status": 200, "body": [1]}, UNREADABLE),
        (6, {"status": 500}, HAS_A_PROBLEM),
        (7, {"status": 502, "body": HTML}, HAS_A_PROBLEM),
        (8, {"status": 503, "body": ""}, HAS_A_PROBLEM),
        (9, {"status": 420}, "limit of calls per hour is reached. Wait 5 minutes and try again"),
        (10, {"status": 403}, "Ask the workspace's admin."),
        (
            11,
            {"status": 401, "body": {"error": "unauthorized", "error_description": "Not for <b>this</b> client"}},
            "Podio rejected your sign-in",
        ),
    ],
)
def test_a_read_that_fails_says_why_and_is_tried_again_by_a_click(
    desk: Page, site: Site, number: int, fault: dict[str, Any], message: str
) -> None:
    path = f"/item/{340_100 + number}"
    site.emulator.faults([{"path": path, **fault}])
    desk.goto(f"{site.url}#/app/34/item/{340_100 + number}")
    failure = desk.locator("#item .failure")
    expect(failure).to_contain_text(message)
    desk.locator("#item").get_by_role("button", name="Try again").click()
    expect(comment_box(desk)).to_be_visible()
    expect(alert(desk)).to_have_count(0)


@pytest.mark.parametrize(("status", "number"), [(404, 121), (410, 122)])
def test_what_is_gone_says_so_and_leads_back_to_the_workspaces(
    desk: Page, site: Site, status: int, number: int
) -> None:
    site.emulator.faults([{"path": f"/item/{340_000 + number}", "status": status}])
    desk.goto(f"{site.url}#/app/34/item/{340_000 + number}")
    expect(alert(desk)).to_contain_text("No such item")
    alert(desk).get_by_role("link", name="Go to your workspaces").click()
    expect(desk.get_by_role("heading", name="Your workspaces")).to_be_visible()


def test_a_connection_that_is_refused_is_named_and_what_was_shown_stays(desk: Page, site: Site) -> None:
    open_item(desk, site, 340_130)
    desk.route(re.compile(re.escape(site.emulator.url)), lambda route: route.abort("connectionrefused"))
    choose(desk, "Refresh")
    expect(alert(desk).first).to_contain_text(UNREACHABLE)
    expect(comment_box(desk)).to_be_visible()
    desk.unroute_all()
    desk.get_by_role("button", name="Try again").first.click()
    expect(desk.locator(".failure")).to_have_count(0)


# The start


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ({"drop": True}, UNREACHABLE),
        ({"status": 503}, HAS_A_PROBLEM),
        ({"status": 200, "body": HTML}, UNREADABLE),
        ({"status": 200, "body": ""}, UNREADABLE),
        ({"status": 200, "body": {"odd": None}}, UNREADABLE),
        (
            {"status": 401, "body": {"error": "unauthorized", "error_description": "Not for this client"}},
            "Podio rejected your sign-in",
        ),
        ({"status": 401, "body": {"error": "unauthorized"}}, "Something between this page and Podio refused this"),
    ],
)
def test_a_start_without_podio_says_so_and_goes_on_by_a_click(
    desk: Page, site: Site, fault: dict[str, Any], message: str
) -> None:
    site.emulator.faults([{"path": "/", "times": None, **fault}])
    start_anew(desk)
    expect(desk.locator("#content .failure")).to_contain_text(message)
    site.emulator.faults([])
    desk.locator("#content").get_by_role("button", name="Try again").click()
    expect(desk.get_by_role("heading", name="Your workspaces")).to_be_visible()
    expect(desk.locator("#side").get_by_role("link", name="Lysholm Lighting")).to_be_visible()
    expect(desk.locator(".failure")).to_have_count(0)


@pytest.mark.parametrize("path", ["/user/status", "/org/"])
def test_trouble_at_the_return_from_signing_in_costs_no_second_sign_in(
    open_page: Callable[..., Page], sign_in: Callable[..., None], site: Site, path: str
) -> None:
    page = open_page()
    site.emulator.faults([{"path": path, "status": 503, "times": None}])
    sign_in(page)
    again = page.get_by_role("button", name="Try again").first
    expect(again).to_be_visible()
    site.emulator.faults([])
    again.click()
    expect(page.locator("#side").get_by_role("link", name="Lysholm Lighting")).to_be_visible()
    expect(page.locator("#me-name")).to_have_text("Ada Lysholm")


def test_a_start_with_a_slow_podio_shows_the_page_and_what_it_waits_for(desk: Page, site: Site) -> None:
    site.emulator.faults([{"path": "/org/", "delay": 5}])
    desk.reload()
    expect(desk.get_by_text("Podio is slow to answer").first).to_be_visible()
    expect_state(desk, "signed-in")
    expect(desk.locator("#side").get_by_role("link", name="Lysholm Lighting")).to_be_visible()


# Writing


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        (1, {"drop": True}),
        (2, {"status": 500}),
        (3, {"status": 200, "body": HTML}),
    ],
)
def test_a_comment_that_arrived_though_its_answer_was_lost_is_found_and_not_sent_twice(
    desk: Page, site: Site, colleague: Colleague, number: int, fault: dict[str, Any]
) -> None:
    item = 340_200 + number
    submit_comment(desk, site, item, after=True, **fault)
    expect(comment_list(desk)).to_contain_text("The lamp hums")
    expect_all_sent(desk)
    expect(comment_box(desk)).to_have_value("")
    expect(alert(desk)).to_have_count(0)
    assert colleague.comments(item) == ["The lamp hums"]


def test_a_comment_of_which_nothing_can_be_learned_is_shown_with_a_choice(
    desk: Page, site: Site, colleague: Colleague
) -> None:
    item = 340_280
    open_item(desk, site, item)
    path = f"/comment/item/{item}/"
    site.emulator.faults(
        [
            {"path": path, "method": "POST", "drop": True, "after": True},
            {"path": path, "method": "GET", "status": 503, "times": 2},
        ]
    )
    write_comment(desk, "The lamp hums")
    expect(alert(desk)).to_contain_text("Podio may not have saved your comment")
    expect(comment_list(desk)).to_contain_text("The lamp hums")
    # The text is there before and after: the response in between distinguishes them.
    with desk.expect_response(lambda answer: path in answer.url and answer.status == 503):
        desk.get_by_role("button", name="Check again").click()
    expect(alert(desk)).to_contain_text("Podio may not have saved your comment")
    desk.get_by_role("button", name="Check again").click()
    expect_all_sent(desk)
    expect(comment_list(desk).get_by_text("The lamp hums")).to_have_count(1)
    assert colleague.comments(item) == ["The lamp hums"]


def test_a_comment_that_is_submitted_again_after_a_reload_before_the_answer_is_there_once(
    desk: Page, site: Site, colleague: Colleague
) -> None:
    item = 340_282
    open_item(desk, site, item)
    site.emulator.faults([{"path": f"/comment/item/{item}/", "method": "POST", "delay": 3}])
    with desk.expect_request(lambda request: request.method == "POST" and f"/comment/item/{item}/" in request.url):
        write_comment(desk, "The lamp hums")
    start_anew(desk)
    write_comment(desk, "The lamp hums")
    expect(comment_box(desk)).to_have_value("")
    expect(comment_list(desk).get_by_text("The lamp hums")).to_have_count(1)
    expect_all_sent(desk)
    expect(comment_list(desk).get_by_text("The lamp hums")).to_have_count(1)
    assert colleague.comments(item) == ["The lamp hums"]


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (400, "Podio rejected the change: Invalid value."),
        (403, "You don't have access"),
        (404, "can't find this"),
    ],
)
def test_a_comment_that_podio_refuses_stays_and_can_be_tried_again(
    desk: Page, site: Site, colleague: Colleague, status: int, message: str
) -> None:
    item = 340_000 + status
    submit_comment(desk, site, item, status=status)
    expect(alert(desk)).to_contain_text(message)
    expect(comment_list(desk).locator("[data-change=failed]")).to_contain_text("The lamp hums")
    alert(desk).get_by_role("button", name="Edit").click()
    expect(comment_box(desk)).to_have_value("The lamp hums")
    expect(comment_list(desk).locator("li")).to_have_count(0)
    write_comment(desk, "The lamp hums")
    expect(comment_list(desk)).to_contain_text("The lamp hums")
    expect_all_sent(desk)
    assert colleague.comments(item) == ["The lamp hums"]


def test_a_comment_waits_where_podio_takes_no_more_calls_and_is_sent_by_the_next_page(
    desk: Page, site: Site, colleague: Colleague
) -> None:
    item = 340_420
    submit_comment(desk, site, item, status=420)
    expect(comment_list(desk).locator("[data-change=pending]")).to_contain_text("limit of calls per hour")
    assert colleague.comments(item) == []
    start_anew(desk)
    expect(comment_list(desk)).to_contain_text("The lamp hums")
    expect_all_sent(desk)
    assert colleague.comments(item) == ["The lamp hums"]


def test_the_browser_does_not_send_a_dropped_call_again_by_itself(desk: Page, site: Site) -> None:
    """Without this no test with a dropped call could count what the page has sent."""
    call = "(url) => fetch(url).then(() => 'answered', () => 'lost')"
    for number in range(10):
        address = f"{site.emulator.url}/app/34?drop={number}"
        assert desk.evaluate(call, address) == "answered"  # a connection that has been used
        site.emulator.faults([{"path": "/app/34", "drop": True}])
        assert desk.evaluate(call, address) == "lost"
        assert [request["query"] for request in site.emulator.requests()].count(f"drop={number}") == 2


def test_a_new_item_whose_answer_was_lost_is_found_and_made_once(desk: Page, site: Site, colleague: Colleague) -> None:
    site.emulator.faults([{"path": "/item/app/32/", "method": "POST", "drop": True, "after": True}])
    desk.goto(f"{site.url}#/app/32/new")
    desk.get_by_label("Title").fill("Lamps for the lost answer")
    desk.get_by_role("button", name="Create project").click()
    expect(desk.get_by_role("heading", name="Lamps for the lost answer")).to_be_visible()
    items = colleague.call("POST", "/item/app/32/filter/", {"limit": 100})
    assert [item["title"] for item in items["items"]].count("Lamps for the lost answer") == 1


def test_a_change_whose_answer_was_lost_is_found_to_be_saved(desk: Page, site: Site, colleague: Colleague) -> None:
    open_item(desk, site, 32_002, editing=True)
    site.emulator.faults([{"path": "/item/32002", "method": "PUT", "drop": True, "after": True}])
    desk.get_by_role("textbox", name="Title").fill("Reading lamps, saved once")
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_role("heading", name="Reading lamps, saved once")).to_be_visible()
    expect(desk.get_by_role("form", name="Edit item")).to_have_count(0)
    assert colleague.call("GET", "/item/32002")["current_revision"]["revision"] == 1


def test_a_deletion_whose_answer_was_lost_is_found_to_be_done(desk: Page, site: Site) -> None:
    open_item(desk, site, 340_295)
    site.emulator.faults([{"path": "/item/340295", "method": "DELETE", "drop": True, "after": True}])
    choose(desk, "Delete")
    desk.get_by_role("button", name="Delete the item").click()
    expect(desk.get_by_text("The item was deleted.")).to_be_visible()
    expect(desk.get_by_role("heading", name="Measurements")).to_be_visible()


# Two who edit at once


def edit_at_once(desk: Page, site: Site, colleague: Colleague, item: int) -> None:
    """Type another title, while Grace saves one in Podio."""
    open_item(desk, site, item, editing=True)
    desk.get_by_role("textbox", name="Title").fill("Ada's title")
    colleague.call("PUT", f"/item/{item}", {"fields": {"title": "Grace's title"}})
    desk.get_by_role("button", name="Save").click()
    expect(alert(desk)).to_contain_text("Grace Møller-Nakamura changed this item")
    expect(alert(desk).get_by_role("row", name="Title")).to_contain_text("Ada's title")
    expect(alert(desk).get_by_role("row", name="Title")).to_contain_text("Grace's title")
    expect(desk.get_by_role("textbox", name="Title")).to_have_value("Ada's title")


def test_of_two_changes_the_users_own_may_be_kept(desk: Page, site: Site, colleague: Colleague) -> None:
    edit_at_once(desk, site, colleague, 32_003)
    desk.get_by_role("button", name="Save my version").click()
    expect(desk.get_by_role("heading", name="Ada's title")).to_be_visible()
    expect_all_sent(desk)
    assert colleague.call("GET", "/item/32003")["title"] == "Ada's title"


def test_of_two_changes_the_others_may_be_taken(desk: Page, site: Site, colleague: Colleague) -> None:
    edit_at_once(desk, site, colleague, 32_004)
    desk.get_by_role("button", name="Use Grace Møller-Nakamura’s version").click()
    expect(desk.get_by_role("heading", name="Grace's title")).to_be_visible()
    assert colleague.call("GET", "/item/32004")["title"] == "Grace's title"


# Offline


def test_offline_is_said_and_what_failed_loads_by_itself_once_online(desk: Page, site: Site) -> None:
    open_item(desk, site, 340_300)
    comment_box(desk).fill("Typed on the ferry")
    desk.context.set_offline(True)
    expect(desk.get_by_text("You are offline.")).to_be_visible()
    desk.goto(f"{site.url}#/app/34/item/340301")
    expect(alert(desk).first).to_contain_text(UNREACHABLE)
    desk.context.set_offline(False)
    expect(comment_box(desk)).to_be_visible()
    expect(desk.get_by_text("You are offline.")).to_have_count(0)
    expect(alert(desk)).to_have_count(0)
    desk.go_back()
    expect(comment_box(desk)).to_have_value("Typed on the ferry")


def test_a_comment_sent_offline_stays_and_is_sent_once_online(desk: Page, site: Site, colleague: Colleague) -> None:
    open_item(desk, site, 340_302)
    desk.context.set_offline(True)
    expect(desk.get_by_text("You are offline.")).to_be_visible()  # so the browser knows, and nothing is sent
    write_comment(desk, "Typed on the ferry")
    expect(comment_list(desk).locator("[data-change=pending]")).to_contain_text("Podio can't be reached")
    desk.context.set_offline(False)
    expect_all_sent(desk)
    expect(comment_list(desk)).to_contain_text("Typed on the ferry")
    assert colleague.comments(340_302) == ["Typed on the ferry"]


# The browser's storage

DENY = """Object.defineProperty(globalThis, "NAME", {
    get() { throw new DOMException("denied", "SecurityError"); }
});"""
FULL = """const put = Storage.prototype.setItem;
Storage.prototype.setItem = function (key, value) {
    if (key.includes("PART")) throw new DOMException("full", "QuotaExceededError");
    put.call(this, key, value);
};"""


def stored_session(page: Page) -> tuple[str, str]:
    records = page.evaluate("() => Object.entries(sessionStorage).filter(([key]) => key.includes('.session.'))")
    assert len(records) == 1
    return str(records[0][0]), str(records[0][1])


def test_a_poisoned_session_counts_as_none_and_another_sign_in_goes_on(
    desk: Page, site: Site, sign_in: Callable[..., None]
) -> None:
    key, record = stored_session(desk)
    good = json.loads(record)
    poisons = [
        "{",
        "null",
        '{"__proto__": {"access_token": "x"}}',
        "[" * 100_000,
        json.dumps({**good, "expires_at": "soon"}),
        json.dumps({**good, "access_token": ["a"]}),
        "x" * 2_000_000,
    ]
    for poison in poisons:
        desk.evaluate("([key, poison]) => sessionStorage.setItem(key, poison)", [key, poison])
        desk.reload()
        expect_state(desk, "signed-out")
        expect(desk.get_by_role("button", name="Sign in with Podio")).to_be_visible()
        assert desk.evaluate("(key) => sessionStorage.getItem(key)", key) is None
    desk.get_by_role("button", name="Sign in with Podio").click()
    expect(desk.locator("#me-name")).to_have_text("Ada Lysholm")


def test_poisoned_drafts_harm_nothing_and_good_ones_come_back(desk: Page, site: Site) -> None:
    open_item(desk, site, 340_310)
    comment_box(desk).fill("A good draft")
    expect(desk.get_by_text("Draft kept")).to_be_visible()
    desk.evaluate(
        """() => new Promise((done, failed) => {
          const opening = indexedDB.open("podio-workbench");
          opening.onerror = failed;
          opening.onsuccess = () => {
            const store = opening.result.transaction("drafts", "readwrite").objectStore("drafts");
            const bad = {
              "comment:item:340311": "{", "comment:item:340312": "[".repeat(100000), "comment:item:340313": "null",
              "comment:item:340314": {text: "an object"}, "comment:item:340315": '{"text": 5}',
              "new:app:34": '{"__proto__": "x", "f3401": "' + "y".repeat(300000) + '"}',
              "nothing": '{"text": "x"}', "delete:item:340316": '{"text": "x"}',
            };
            store.getAll().onsuccess = ({ target: { result: [{ texts: _, ...good }] } }) => {
              for (const [form, texts] of Object.entries(bad)) store.put({...good, form, texts});
              for (const form of [5, new Date(0), "edit:item:340317"]) store.put({...good, form});
            };
            store.transaction.oncomplete = () => { opening.result.close(); done(); };
            store.transaction.onerror = failed;
          };
        })"""
    )
    start_anew(desk)
    expect(comment_box(desk)).to_have_value("A good draft")
    for number in (340_311, 340_314, 340_315):
        open_item(desk, site, number)
        expect(comment_box(desk)).to_have_value("")


def test_without_session_storage_signing_in_says_what_to_do(open_page: Callable[..., Page]) -> None:
    page = open_page(state="signed-out", script=DENY.replace("NAME", "sessionStorage"))
    page.get_by_role("button", name="Sign in with Podio").click()
    expect(alert(page)).to_contain_text("Allow cookies and site data for this site")
    expect(page.get_by_role("button", name="Sign in with Podio")).to_be_visible()


def test_a_full_storage_says_what_to_do_at_signing_in(open_page: Callable[..., Page]) -> None:
    page = open_page(state="signed-out", script=FULL.replace("PART", "attempt"))
    page.get_by_role("button", name="Sign in with Podio").click()
    expect(alert(page)).to_contain_text("storage")


def test_a_session_that_cannot_be_stored_works_until_the_reload_and_says_so(
    open_page: Callable[..., Page], sign_in: Callable[..., None]
) -> None:
    page = open_page(state="signed-out", script=FULL.replace("PART", ".session."))
    sign_in(page)
    expect(page.get_by_text("a reload signs you out")).to_be_visible()
    expect(page.locator("#me-name")).to_have_text("Ada Lysholm")


def test_without_a_place_for_drafts_the_user_is_warned_and_leaving_prompts(
    open_page: Callable[..., Page], sign_in: Callable[..., None], site: Site, console: Console
) -> None:
    console.allow("uncaught: denied")  # PyScript's own, which opens IndexedDB when it joins
    page = open_page(script=DENY.replace("NAME", "indexedDB"))
    sign_in(page)
    expect(page.get_by_text("doesn't let this page store drafts")).to_be_visible()
    open_item(page, site, 340_320)
    comment_box(page).press_sequentially("Nowhere to go")
    dialogs: list[str] = []

    def stay(dialog: Any) -> None:
        dialogs.append(dialog.type)
        dialog.dismiss()

    page.once("dialog", stay)
    page.close(run_before_unload=True)
    expect(comment_box(page)).to_have_value("Nowhere to go")
    assert dialogs == ["beforeunload"]
    page.get_by_role("button", name="Add comment").click()
    expect(comment_list(page)).to_contain_text("Nowhere to go")
    expect_all_sent(page)


def test_drafts_that_no_longer_fit_are_reported_and_stay_on_the_page(desk: Page, site: Site) -> None:
    open_item(desk, site, 340_321)
    desk.evaluate(
        """() => {
          globalThis.put = IDBObjectStore.prototype.put;
          IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };
        }"""
    )
    comment_box(desk).press_sequentially("Too much")
    expect(desk.get_by_text("doesn't let this page store drafts")).to_be_visible()
    expect(comment_box(desk)).to_have_value("Too much")
    desk.evaluate("() => { IDBObjectStore.prototype.put = globalThis.put; }")
    comment_box(desk).press_sequentially(" no more")
    expect(desk.get_by_text("Draft kept")).to_be_visible()
    expect(desk.get_by_text("doesn't let this page store drafts")).to_have_count(0)
