"""Errors of the page itself: the user sees each, with a way on, and the owner finds where it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.e2e.driving import Console, Site, choose, expect_state

PROBE = (Path(__file__).parent / "faults_probe.py").read_text(encoding="utf-8")
KEPT = "What you typed is kept. Reload the page to go on."
ITEM = "#/app/31/item/31001"


@pytest.fixture(scope="module")
def probe_site(serve_probe: Callable[..., Site]) -> Site:
    return serve_probe({"faults_probe": PROBE}, "faults_probe")


@pytest.fixture
def site(probe_site: Site, console: Console) -> Site:
    probe_site.emulator.reset()
    console.allow(r"^The workbench: (Key|Value|Type)Error")
    return probe_site


def break_page(page: Page, what: str) -> None:
    page.evaluate("(what) => { window.broken = what; }", what)


def notice(page: Page) -> Locator:
    return page.locator("#fault").get_by_role("alert")


def test_a_step_that_fails_says_so_keeps_all_and_leads_on_by_a_reload(
    open_signed_in: Callable[..., Page], console: Console
) -> None:
    page = open_signed_in(ITEM)
    page.get_by_label("Add a comment").fill("half a thought")
    expect(page.get_by_text("Draft kept")).to_be_visible()
    break_page(page, "delete-item")
    choose(page, "Delete")
    expect(notice(page)).to_contain_text("your last step was not done")
    expect(notice(page)).to_contain_text(KEPT)
    page.get_by_text("Details for the owner").click()
    expect(notice(page).locator("pre")).to_contain_text("KeyError")
    assert "canary" not in page.locator("body").inner_text()
    assert "canary" not in "".join(console.lines)
    # The page goes on, and its questions are no hindrance: outside of an open dialog nothing could be pressed.
    break_page(page, "confirm-deletion")
    choose(page, "Delete")
    page.get_by_role("button", name="Delete the item").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("your last step was not done")
    page.get_by_role("button", name="Reload the page").click()
    expect_state(page, "signed-in")
    expect(notice(page)).to_have_count(0)
    expect(page.get_by_label("Add a comment")).to_have_value("half a thought")


def test_a_drawing_that_fails_says_so_until_the_page_is_drawn_again(open_signed_in: Callable[..., Page]) -> None:
    page = open_signed_in()
    break_page(page, "draw")
    page.get_by_role("link", name="Home").click()
    page.get_by_role("button", name="Unfold").first.click()
    expect(notice(page)).to_contain_text("may be out of date")
    break_page(page, "")
    page.evaluate("location.hash = '#/app/31'")
    expect(page.get_by_role("button", name="New client")).to_be_visible()
    expect(notice(page)).to_have_count(0)


def test_text_that_a_failing_step_did_not_take_is_not_said_to_be_kept(open_signed_in: Callable[..., Page]) -> None:
    page = open_signed_in(ITEM)
    box = page.get_by_label("Add a comment")
    expect(box).to_be_visible()
    break_page(page, "typing")
    box.fill("half a thought")
    expect(notice(page)).to_contain_text("Copy what you typed")
    page.get_by_role("button", name="Dismiss").click()
    expect(notice(page)).to_have_count(0)
    expect(box).to_have_value("half a thought")


def test_work_that_fails_out_of_sight_says_so(open_signed_in: Callable[..., Page]) -> None:
    page = open_signed_in(script="window.broken = 'task'")
    page.get_by_role("button", name="Sign out").click()
    expect(notice(page)).to_contain_text("something may not be finished")


def test_a_page_that_can_t_be_drawn_at_all_says_so_in_place_of_the_start(page: Page, site: Site) -> None:
    page.add_init_script("window.broken = 'draw'")
    page.goto(site.url)
    expect_state(page, "failed")
    expect(page.get_by_role("alert")).to_contain_text("This page can't be shown")
    expect(page.get_by_text("ValueError")).to_have_count(1)
