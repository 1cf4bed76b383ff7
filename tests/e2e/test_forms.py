"""Forms in the page: what is typed arrives as it was meant, or is refused at its field; nothing is lost on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from tests.e2e.driving import Colleague, Console, Site, choose, expect_state, grant

HTML = "<!doctype html><title>Proxy</title><h1>404 Not Found</h1>"
CODE = "if a<b and c>d then x & y\nsecond line"


@pytest.fixture
def site(unreset_site: Site, console: Console) -> Site:
    console.allow("Failed to load resource")
    return unreset_site


@pytest.fixture
def colleague(signed_in_tab: Page, site: Site) -> Iterator[Colleague]:
    """Ada's own look at Podio, beside the page: the workspace of the visits is not open to Grace."""
    user = Colleague(site.emulator, "ada@example.com")
    yield user
    user.close()


def edit(page: Page, site: Site, item_id: int) -> Locator:
    app_id = item_id // (1000 if item_id < 100_000 else 10_000)
    page.goto(f"{site.url}#/app/{app_id}/item/{item_id}/edit")
    form = page.get_by_role("form", name="Edit item")
    expect(form).to_be_visible()
    return form


def field(colleague: Colleague, item_id: int, external_id: str) -> list[dict[str, Any]]:
    fields = colleague.call("GET", f"/item/{item_id}")["fields"]
    return next((entry["values"] for entry in fields if entry["external_id"] == external_id), [])


def test_a_number_is_saved_by_the_browser_s_locale_and_says_so_under_the_field_while_it_is_typed(
    desk: Page, site: Site, colleague: Colleague
) -> None:
    form = edit(desk, site, 33_002)
    power, below = form.get_by_role("textbox", name="Power (W)"), form.locator(".saved-as")
    power.fill("")
    power.press_sequentially("3,14")
    expect(below).to_have_text("Will be saved as 3.14")
    expect(power).to_have_accessible_description(re.compile("Will be saved as 3.14$"))
    power.press_sequentially("1")
    expect(below).to_have_text("Will be saved as 3141")
    expect(power).to_be_focused()
    power.press("Backspace")
    desk.reload()
    expect(power).to_have_value("3,14")
    expect(below).to_have_text("Will be saved as 3.14")
    power.fill("0,125 W")
    expect(below).to_have_text("Will be saved as 0.125")
    form.get_by_role("button", name="Save").click()
    expect(desk.locator("#item-fields")).to_be_visible()
    assert field(colleague, 33_002, "power") == [{"value": "0.1250"}]


def test_a_danish_browser_reads_and_shows_numbers_and_dates_as_denmark_writes_them(
    signed_in_tab: Page, new_context: Callable[..., BrowserContext], site: Site, colleague: Colleague
) -> None:
    # The module's own data: whoever signs in beside it resets nothing.
    page = new_context(locale="da-DK").new_page()
    page.goto(site.url)
    page.get_by_role("button", name="Sign in with Podio").click()
    grant(page)
    expect_state(page, "signed-in")
    colleague.call("PUT", "/item/37002", {"fields": {"when": {"start": "2026-05-03 09:00:37"}}})
    form = edit(page, site, 33_002)
    power, below = form.get_by_role("textbox", name="Power (W)"), form.locator(".saved-as")
    power.fill("1.250")
    expect(below).to_have_text("Will be saved as 1250")
    power.fill("1.250,5")
    expect(below).to_have_count(0)
    form.get_by_role("button", name="Save").click()
    expect(page.locator("#item-fields")).to_contain_text("1.250,5")
    assert field(colleague, 33_002, "power") == [{"value": "1250.5000"}]
    page.goto(f"{site.url}#/app/37/item/37002")
    expect(page.locator("#item-fields")).to_contain_text("3. maj 2026, 09:00:37")


def test_half_a_character_is_refused_at_its_field_and_the_rest_can_be_sent(
    desk: Page, site: Site, colleague: Colleague
) -> None:
    form = edit(desk, site, 31_002)
    box, save = form.get_by_role("textbox", name="About"), form.get_by_role("button", name="Save")
    box.evaluate("box => { box.value = 'cut \\ud83d off'; box.dispatchEvent(new Event('input', {bubbles: true})); }")
    save.click()
    expect(form.get_by_role("alert")).to_contain_text("half a character")
    expect(box).to_be_focused()
    box.fill("whole \U0001f600")
    save.click()
    expect(desk.locator("#item-fields")).to_contain_text("whole \U0001f600")
    assert field(colleague, 31_002, "about") == [{"value": "<p>whole \U0001f600</p>"}]


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
    text = "see <div>hello</div>\n<b>two</b>"
    edit(desk, site, 340_401).get_by_role("textbox", name="Remark").fill(text)
    desk.get_by_role("button", name="Save").click()
    expect(desk.locator("#item-fields")).to_contain_text("see <div>hello</div>")
    assert field(colleague, 340_401, "remark") == [{"value": text}]
    expect(edit(desk, site, 340_401).get_by_role("textbox", name="Remark")).to_have_value(text)


def test_choices_durations_and_links_are_edited_in_the_form_and_a_draft_of_them_comes_back(
    desk: Page, site: Site, colleague: Colleague
) -> None:
    fields = {"materials": [1, 5], "assembly": 3_600, "film": []}
    colleague.call("PUT", "/item/33003", {"fields": fields})
    form = edit(desk, site, 33_003)
    materials = form.get_by_role("group", name="Materials")
    expect(materials.get_by_role("checkbox", checked=True)).to_have_count(2)
    materials.get_by_role("checkbox", name="Oak").check()
    materials.get_by_role("checkbox", name="Brass").uncheck()
    form.get_by_role("textbox", name="Assembly time").fill("1:30")
    expect(form.locator(".saved-as")).to_have_text("Will be saved as 1 h 30 min")
    form.get_by_role("textbox", name="Film").fill("https://example.com/film")
    expect(desk.get_by_text("Draft kept")).to_be_visible()
    desk.reload()
    expect(materials.get_by_role("checkbox", name="Oak")).to_be_checked()
    expect(materials.get_by_role("checkbox", name="Brass")).not_to_be_checked()
    form.get_by_role("button", name="Save").click()
    expect(desk.locator("#item-fields")).to_contain_text("1 h 30 min")
    assert [value["value"]["text"] for value in field(colleague, 33_003, "materials")] == ["Steel", "Oak"]
    assert field(colleague, 33_003, "assembly") == [{"value": 5_400}]
    assert field(colleague, 33_003, "film")[0]["embed"]["url"] == "https://example.com/film"
    # Discarding a draft takes the ticks back.
    edit(desk, site, 33_003)
    materials.get_by_role("checkbox", name="Aluminium").check()
    desk.get_by_role("button", name="Discard draft").click()
    discard = desk.get_by_role("dialog").get_by_role("button", name="Discard")
    discard.click()
    expect(materials.get_by_role("checkbox", name="Aluminium")).not_to_be_checked()


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
    expect(complaint).to_contain_text("When: Enter a start date")
    start.fill("2026-03-01")
    end.fill("")
    save.click()
    expect(complaint).to_contain_text("Enter an end date")
    expect(end).to_be_focused()
    end.fill("2026-03-03")
    # A part of the date is taken out: the browser then gives an empty text for all of it.
    start.focus()
    desk.keyboard.press("Backspace")
    expect(start).to_have_value("")
    save.click()
    expect(complaint).to_contain_text("Enter a date")
    start.fill("2026-03-01")
    save.click()
    expect(desk.locator("#item-fields")).to_contain_text("Mar 3, 2026")
    (value,) = field(colleague, 37_002, "when")
    assert (value["start"], value["end"]) == ("2026-03-01 09:00:37", "2026-03-03 10:30:12")


def test_a_deletion_that_a_proxy_answers_with_404_deletes_nothing_and_says_nothing_else(
    desk: Page, site: Site, colleague: Colleague
) -> None:
    desk.goto(f"{site.url}#/app/32/item/32003")
    site.emulator.faults([{"path": "/item/32003", "method": "DELETE", "status": 404, "body": HTML}])
    choose(desk, "Delete")
    desk.get_by_role("button", name="Delete the item").click()
    expect(desk.locator("#item")).to_have_attribute("data-change", "pending")  # looked up, and to be sent again
    assert colleague.call("GET", "/item/32003")["item_id"] == 32_003
    desk.get_by_role("button", name="Send now").click()
    expect(desk.get_by_text("The item was deleted.")).to_be_visible()
