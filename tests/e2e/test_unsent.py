"""What was submitted before a reload is made once, at whatever moment of the call; and the list of what isn't sent."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.driving import Colleague, Console, Site, choose, expect_all_sent, expect_state, wait_until

MOMENTS = [
    pytest.param({"drop": True}, id="the request is lost"),
    pytest.param({"delay": 3}, id="it is carried out after the reload"),
    pytest.param({"delay": 3, "after": True}, id="it is carried out and not answered"),
]


@pytest.fixture
def console(console: Console) -> Console:
    console.allow("Failed to load resource")  # that is what is tested
    return console


@pytest.fixture
def site(unreset_site: Site) -> Site:
    return unreset_site


def reload_when_sent(page: Page, method: str, path: str, button: str) -> None:
    with page.expect_request(lambda request: request.method == method and request.url.endswith(path)):
        page.get_by_role("button", name=button, exact=True).click()
    page.reload()
    expect_state(page, "signed-in")


def expect_sent(page: Page, is_there: Callable[[], bool]) -> None:
    """Wait until Podio has what was submitted, and the page nothing more to send."""
    wait_until(page, is_there)
    expect_nothing_unsent(page)


def expect_nothing_unsent(page: Page) -> None:
    expect(page.get_by_role("status", name="Unsent changes")).to_have_text("")
    expect_all_sent(page)


@pytest.mark.parametrize("fault", MOMENTS[1:])  # a lost request takes time: test_waiting.py
def test_a_new_item_is_made_once(desk: Page, site: Site, colleague: Colleague, fault: dict[str, Any]) -> None:
    site.emulator.faults([{"path": "/item/app/32/", "method": "POST", **fault}])
    desk.goto(f"{site.url}#/app/32/new")
    title = f"Made once {sorted(fault)}"
    desk.get_by_label("Title").fill(title)
    reload_when_sent(desk, "POST", "/item/app/32/", "Create project")
    expect(desk.get_by_label("Title")).to_have_value("")

    def count() -> int:
        items = colleague.call("POST", "/item/app/32/filter/", {"limit": 100})
        return sum(item["title"] == title for item in items["items"])

    expect_sent(desk, lambda: count() > 0)
    assert count() == 1


@pytest.mark.parametrize("fault", MOMENTS)
def test_a_change_is_made_once(desk: Page, site: Site, colleague: Colleague, fault: dict[str, Any]) -> None:
    before = colleague.call("GET", "/item/32004")["current_revision"]["revision"]
    site.emulator.faults([{"path": "/item/32004", "method": "PUT", **fault}])
    desk.goto(f"{site.url}#/app/32/item/32004/edit")
    title = f"Changed once {sorted(fault)}"
    desk.get_by_role("textbox", name="Title").fill(title)
    reload_when_sent(desk, "PUT", "/item/32004", "Save")
    expect_sent(desk, lambda: colleague.call("GET", "/item/32004")["title"] == title)
    now = colleague.call("GET", "/item/32004")
    assert (now["title"], now["current_revision"]["revision"]) == (title, before + 1)


@pytest.mark.parametrize("fault", MOMENTS)
def test_an_item_is_deleted_once(desk: Page, site: Site, colleague: Colleague, fault: dict[str, Any]) -> None:
    item = 340_700 + len(str(fault))
    desk.goto(f"{site.url}#/app/34/item/{item}")
    site.emulator.faults([{"path": f"/item/{item}", "method": "DELETE", **fault}])
    choose(desk, "Delete")
    reload_when_sent(desk, "DELETE", f"/item/{item}", "Delete the item")

    def count() -> int:
        calls = [(call["method"], call["path"], call["status"]) for call in site.emulator.requests()]
        return sum(calls.count(("DELETE", f"/item/{item}", status)) for status in (200, 204))

    expect_sent(desk, lambda: count() > 0)
    assert count() == 1


def test_what_is_not_sent_is_counted_listed_and_saved_as_a_file(
    desk: Page, site: Site, colleague: Colleague, tmp_path: Path
) -> None:
    desk.goto(f"{site.url}#/app/34/item/340720")
    site.emulator.faults([{"path": "/comment/item/340720/", "method": "POST", "status": 403, "times": None}])
    desk.get_by_label("Add a comment").fill("The lamp hums")
    desk.get_by_role("button", name="Add comment").click()
    expect(desk.get_by_role("status", name="Unsent changes")).to_have_text("1 change not sent")
    desk.get_by_role("button", name="Show unsent changes").click()
    dialog = desk.get_by_role("dialog", name="Unsent changes")
    expect(dialog.locator("[data-change=failed]")).to_contain_text("Comment “The lamp hums” on")
    with desk.expect_download() as download:
        dialog.get_by_role("button", name="Save as a file").click()
    download.value.save_as(tmp_path / "changes.json")
    [record] = json.loads((tmp_path / "changes.json").read_text())["unsent_changes"]
    assert record["operation"]["values"] == {"item": 340_720, "text": "The lamp hums"}
    dialog.get_by_role("button", name="Close").click()
    desk.get_by_role("button", name="Sign out", exact=True).click()
    expect(desk.get_by_role("dialog", name="Sign out?")).to_contain_text("Comment “The lamp hums” on")
    desk.get_by_role("button", name="Stay").click()
    site.emulator.faults([])
    desk.get_by_role("button", name="Show unsent changes").click()
    dialog.get_by_role("button", name="Send again").click()
    expect_nothing_unsent(desk)
    assert colleague.comments(340_720) == ["The lamp hums"]


def test_a_saved_change_is_undone_by_a_click_or_a_key(desk: Page, site: Site, colleague: Colleague) -> None:
    desk.goto(f"{site.url}#/app/34/item/32005/edit")
    title = desk.get_by_role("textbox", name="Title")
    before = title.input_value()
    title.fill("A name by mistake")
    desk.get_by_role("button", name="Save", exact=True).click()
    note = desk.locator("#strip-note")
    expect(note).to_contain_text("Saved.")
    note.get_by_role("button", name="Undo").click()
    expect(note).to_contain_text("Your change was undone.")
    assert colleague.call("GET", "/item/32005")["title"] == before

    comment = desk.get_by_label("Add a comment")
    comment.fill("On the wrong lamp")
    desk.get_by_role("button", name="Add comment").click()
    expect(note).to_contain_text("Comment added.")
    comment.fill("The right one")
    comment.press("Control+z")  # takes back what was typed, and nothing else
    assert colleague.comments(32005) == ["On the wrong lamp"]
    desk.locator("#main-heading").focus()
    desk.keyboard.press("Control+z")
    expect_sent(desk, lambda: colleague.comments(32005) == [])
    expect(desk.locator("#comments")).not_to_contain_text("On the wrong lamp")


def test_what_a_full_storage_takes_no_more_is_said_and_sent_once_there_is_room(
    open_page: Callable[..., Page], sign_in: Callable[..., None], console: Console, site: Site, colleague: Colleague
) -> None:
    # In a browser of its own: for half a minute after something was stored, Chromium doesn't look at the quota.
    page = open_page()
    sign_in(page)
    session = page.context.new_cdp_session(page)
    page.goto(f"{site.url}#/app/34/item/340722")
    comment = page.get_by_label("Add a comment")
    expect(comment).to_be_visible()
    session.send("Storage.overrideQuotaForOrigin", {"origin": site.origin, "quotaSize": 1})
    text = ("The lamp is full " * 1000).strip()
    comment.fill(text)
    expect(page.locator("#strip-storage")).to_contain_text("Your browser's storage is full.")
    page.get_by_role("button", name="Add comment").click()
    expect(page.get_by_role("alert")).to_contain_text("Your browser's storage is full, so nothing was sent.")
    expect(comment).to_have_value(text)
    session.send("Storage.overrideQuotaForOrigin", {"origin": site.origin})
    page.get_by_role("button", name="Try again").click()
    expect_sent(page, lambda: colleague.comments(340_722) == [text])


def test_the_browser_is_asked_at_the_first_edit_to_keep_what_is_stored(desk: Page, site: Site) -> None:
    desk.goto(f"{site.url}#/app/34/item/340723")
    expect(desk.get_by_label("Add a comment")).to_be_visible()
    desk.add_init_script(
        "navigator.storage.persist = async () => { window.asked = (window.asked ?? 0) + 1; return false; };"
    )
    desk.reload()
    expect_state(desk, "signed-in")
    assert desk.evaluate("window.asked ?? 0") == 0
    desk.get_by_label("Add a comment").fill("One")
    expect(desk.get_by_text("Draft kept")).to_be_visible()
    desk.get_by_label("Add a comment").fill("Two")
    assert desk.evaluate("window.asked") == 1
