"""Forms in the page: what is typed arrives as it was meant, or is refused at its field; nothing is lost on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.e2e.driving import Colleague, Console, Site

HTML = "<!doctype html><title>Proxy</title><h1>404 Not Found</h1>"
CODE = "if a<b and c>d then x & y\nsecond line"


@pytest.fixture
def site(unreset_site: Site, console: Console) -> Site:
    console.allow("Failed to load resource")
    return unreset_site


@pytest.fixture
def colleague(signed_in_tab: Page, site: Site) -> Iterator[Colleague]:
    """Ada's own look at Podio, beside the page: the workspace of the visits is not open to Grace."""
    found = Colleague(site.emulator, "ada@example.com")
    yield found
    found.close()


def edit(page: Page, site: Site, item_id: int) -> Locator:
    app_id = item_id // (1000 if item_id < 100_000 else 10_000)
    page.goto(f"{site.url}#/app/{app_id}/item/{item_id}/edit")
    form = page.get_by_role("form", name="Edit item")
    expect(form).to_be_visible()
    return form


def field(colleague: Colleague, item_id: int, external_id: str) -> list[dict[str, Any]]:
    fields = colleague.call("GET", f"/item/{item_id}")["fields"]
    return next((each["values"] for each in fields if each["external_id"] == external_id), [])


def test_an_ambiguous_number_is_refused_with_both_readings_and_what_it_says_to_type_is_taken(
    desk: Page, site: Site, colleague: Colleague
) -> None:
    form = edit(desk, site, 33_002)
    power = form.get_by_role("textbox", name="Power (W)")
    power.fill("0,125")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("alert")).to_contain_text("0,125 can mean 0.125 or 125. Type 0.1250 or 125.")
    expect(power).to_be_focused()
    power.fill("0.1250")
    form.get_by_role("button", name="Save").click()
    expect(desk.locator("#item-fields")).to_be_visible()
    assert field(colleague, 33_002, "power") == [{"value": "0.1250"}]


def test_a_text_for_an_html_field_arrives_as_paragraphs_and_shows_as_it_was_typed(
    desk: Page, site: Site, colleague: Colleague
) -> None:
    colleague.call("PUT", "/item/31002", {"fields": {"about": "<p>one<br>two</p>"}})
    box = edit(desk, site, 31_002).get_by_role("textbox", name="About")
    expect(box).to_have_value("one\ntwo")
    box.fill(f"one\ntwo\n{CODE}")
    desk.get_by_role("button", name="Save").click()
    expect(desk.locator("#item-fields")).to_contain_text("if a<b and c>d then x & y")
    (value,) = field(colleague, 31_002, "about")
    assert value["value"] == ("<p>one<br>two</p><p>if a&lt;b and c&gt;d then x &amp; y</p><p>second line</p>")


def test_a_plain_field_shows_tags_as_they_were_typed(desk: Page, site: Site, colleague: Colleague) -> None:
    typed = "see <div>hello</div>\n<b>two</b>"
    edit(desk, site, 340_401).get_by_role("textbox", name="Remark").fill(typed)
    desk.get_by_role("button", name="Save").click()
    expect(desk.locator("#item-fields")).to_contain_text("see <div>hello</div>")
    assert field(colleague, 340_401, "remark") == [{"value": typed}]
    expect(edit(desk, site, 340_401).get_by_role("textbox", name="Remark")).to_have_value(typed)


def test_a_date_is_neither_shrunk_nor_deleted_by_a_part_that_is_missing_or_half_typed(
    desk: Page, site: Site, colleague: Colleague
) -> None:
    moment = {"start": "2026-03-01 09:00:37", "end": "2026-03-02 10:30:12"}
    colleague.call("PUT", "/item/37002", {"fields": {"when": moment}})
    form = edit(desk, site, 37_002)
    start, end = form.get_by_label("When", exact=True), form.get_by_label("When: end", exact=True)
    save, complaint = form.get_by_role("button", name="Save"), form.get_by_role("alert")
    start.fill("")
    save.click()
    expect(complaint).to_contain_text("enter a start date")
    start.fill("2026-03-01")
    end.fill("")
    save.click()
    expect(complaint).to_contain_text("enter an end date")
    expect(end).to_be_focused()
    end.fill("2026-03-03")
    # A part of the date is taken out: the browser then gives an empty text for all of it.
    start.focus()
    desk.keyboard.press("Backspace")
    expect(start).to_have_value("")
    save.click()
    expect(complaint).to_contain_text("must be a date")
    start.fill("2026-03-01")
    save.click()
    expect(desk.locator("#item-fields")).to_contain_text("3 Mar 2026")
    (value,) = field(colleague, 37_002, "when")
    assert (value["start"], value["end"]) == ("2026-03-01 09:00:37", "2026-03-03 10:30:12")


def test_a_deletion_that_a_proxy_answers_with_404_deletes_nothing_and_says_nothing_else(
    desk: Page, site: Site, colleague: Colleague
) -> None:
    desk.goto(f"{site.url}#/app/32/item/32003")
    site.emulator.faults([{"path": "/item/32003", "method": "DELETE", "status": 404, "body": HTML}])
    desk.get_by_role("button", name="Delete", exact=True).click()
    desk.get_by_role("button", name="Delete the item").click()
    expect(desk.get_by_role("alert")).to_contain_text(re.compile("could not be confirmed"))
    assert colleague.call("GET", "/item/32003")["item_id"] == 32_003
    desk.get_by_role("alert").get_by_role("button", name="Send again").click()
    expect(desk.get_by_text("The item was deleted.")).to_be_visible()
