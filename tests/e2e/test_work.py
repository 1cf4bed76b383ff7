"""Everyday work in the page: going through Podio by mouse and by keyboard, and changing items."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from tests.e2e.driving import Colleague, Console, Site, choose, expect_all_sent, expect_state, show, wait_until

from podio_emulator.ids import CLIENT_ITEM_ID, HOSTILE_ITEM_ID, HOSTILE_NAME, PRODUCT_ITEM_ID, PROJECT_ITEM_ID


@pytest.fixture
def site(unreset_site: Site) -> Site:
    return unreset_site


def heading(page: Page, name: str) -> Locator:
    return page.get_by_role("heading", name=name, exact=True, level=1)


def rows(page: Page) -> Locator:
    return page.locator("#rows tbody tr")


# Going through Podio


def test_by_clicks_from_an_organization_to_an_item_and_back_by_the_history(desk: Page) -> None:
    side, main = desk.locator("#side"), desk.locator("#main")
    side.get_by_role("link", name="Lysholm Lighting").click()
    expect(heading(desk, "Lysholm Lighting")).to_be_visible()
    expect(desk).to_have_title("Lysholm Lighting · Podio Workbench")
    main.get_by_role("link", name="Sales & Projects").click()
    expect(heading(desk, "Sales & Projects")).to_be_visible()
    expect(side.get_by_role("link", name="Sales & Projects")).to_have_attribute("aria-current", "page")
    main.get_by_role("link", name="Clients").first.click()
    expect(rows(desk).first).to_be_visible()
    expect(desk).to_have_title(re.compile("^Clients"))
    main.get_by_role("link", name="喫茶 月あかり").click()
    expect(heading(desk, "喫茶 月あかり")).to_be_visible()
    expect(desk).to_have_title("喫茶 月あかり · Podio Workbench")

    desk.go_back()
    expect(rows(desk).first).to_be_visible()
    desk.go_back()
    expect(heading(desk, "Sales & Projects")).to_be_visible()
    desk.go_forward()
    desk.go_forward()
    expect(heading(desk, "喫茶 月あかり")).to_be_visible()


def reach(page: Page, target: Locator, *, key: str = "Tab", limit: int = 60) -> None:
    """Press Tab until the focus is on `target`."""
    for _ in range(limit):
        page.keyboard.press(key)
        if target.evaluate("(element) => element === document.activeElement"):
            return
    raise AssertionError(f"Tab never came to {target}")


def test_by_keyboard_alone_from_home_to_a_comment_that_is_sent(desk: Page, colleague: Colleague) -> None:
    desk.reload()
    expect_state(desk, "signed-in")
    side, main = desk.locator("#side"), desk.locator("#main")
    desk.keyboard.press("Tab")
    expect(desk.get_by_role("button", name="Skip to the content")).to_be_focused()
    reach(desk, side.get_by_role("button", name="Unfold Research & Development"))
    desk.keyboard.press("Enter")
    app = side.get_by_role("link", name="Measurements")
    expect(app).to_be_visible()
    reach(desk, app)
    desk.keyboard.press("Enter")
    expect(heading(desk, "Measurements")).to_be_focused()
    expect(rows(desk).first).to_be_visible()
    first = rows(desk).first.get_by_role("link")
    reach(desk, first)
    title = first.inner_text()
    desk.keyboard.press("Enter")
    expect(heading(desk, title)).to_be_focused()
    box = main.get_by_label("Add a comment")
    expect(box).to_be_visible()
    reach(desk, box)
    desk.keyboard.type("Written without a mouse")
    desk.keyboard.press("Control+Enter")
    expect(main.locator(".comment-list")).to_contain_text("Written without a mouse")
    expect_all_sent(desk)
    expect(box).to_be_focused()
    assert colleague.comments(int(desk.url.rpartition("/")[2].partition("?")[0])) == ["Written without a mouse"]


def test_ten_thousand_items_are_paged_through_sorted_and_linked_to(desk: Page, site: Site) -> None:
    show(desk, site, "/app/34")
    expect(desk.locator("#range")).to_have_text("1–30 of 10,000")
    desk.get_by_role("link", name="Next page").click()
    expect(desk.locator("#range")).to_have_text("31–60 of 10,000")
    desk.get_by_role("link", name="Last page").click()
    expect(desk.locator("#range")).to_have_text("9,991–10,000 of 10,000")
    expect(rows(desk)).to_have_count(10)
    expect(desk.get_by_role("link", name="Next page")).to_have_attribute("aria-disabled", "true")
    desk.get_by_label("Per page").select_option("100")
    expect(desk.locator("#range")).to_have_text("9,901–10,000 of 10,000")
    expect(rows(desk)).to_have_count(100)

    flux = desk.get_by_role("columnheader", name="Luminous flux (lm)")
    flux.get_by_role("link").click()
    expect(flux).to_have_attribute("aria-sort", re.compile("ascending|descending"))
    expect(desk.locator("#range")).to_have_text("1–100 of 10,000")
    expect(desk.locator("#rows")).not_to_have_attribute("aria-busy", "true")
    before = flux.get_attribute("aria-sort")
    first = rows(desk).first.inner_text()
    flux.get_by_role("link").click()
    expect(flux).not_to_have_attribute("aria-sort", before or "")
    expect(rows(desk).first).not_to_have_text(first)

    show(desk, site, "/app/34?page=7&sort=title")
    expect(desk.locator("#range")).to_have_text("181–210 of 10,000")
    shown = rows(desk).first.get_by_role("link").inner_text()
    desk.reload()
    expect(desk.locator("#range")).to_have_text("181–210 of 10,000")
    expect(rows(desk).first.get_by_role("link")).to_have_text(shown)
    rows(desk).first.get_by_role("link").click()
    expect(heading(desk, shown)).to_be_visible()
    expect(desk.locator("#beside-scroll a[aria-current]")).to_have_text(shown)
    desk.locator("#back-to-list").click()
    expect(desk.locator("#range")).to_have_text("181–210 of 10,000")


def test_an_item_is_drawn_from_its_row_and_from_memory_before_podio_answers(
    desk: Page, site: Site, colleague: Colleague
) -> None:
    show(desk, site, "/app/34?page=9&sort=title")
    expect(desk.locator("#range")).to_have_text("241–270 of 10,000")
    link = rows(desk).first.get_by_role("link")
    name, item = link.inner_text(), str(link.get_attribute("href")).partition("/item/")[2].partition("?")[0]
    routes: list[Route] = []
    desk.route(re.compile(f"/item/{item}$"), lambda route: routes.append(route))

    link.click()
    expect(heading(desk, name)).to_be_visible()
    expect(desk.locator("#item-fields .field").first).to_be_visible()
    expect(desk.get_by_text("Loading comments…")).to_be_visible()
    wait_until(desk, lambda: bool(routes))
    routes.pop().continue_()
    expect(desk.get_by_text("No comments yet.")).to_be_visible()

    desk.go_back()
    expect(rows(desk).first).to_be_visible()
    colleague.call("PUT", f"/item/{item}", {"fields": {"name": "Changed meanwhile"}})
    desk.go_forward()
    expect(heading(desk, name)).to_be_visible()
    expect(desk.get_by_text("No comments yet.")).to_be_visible()
    wait_until(desk, lambda: bool(routes))
    routes.pop().continue_()
    expect(heading(desk, "Changed meanwhile")).to_be_visible()
    assert not [entry for entry in site.emulator.requests() if entry["path"] == f"/comment/item/{item}/"]


def test_what_is_likely_to_be_shown_next_is_read_while_the_user_rests(desk: Page, site: Site) -> None:
    requests: list[str] = []
    desk.on("request", lambda request: requests.append(f"{request.url} {request.post_data or ''}".replace(" ", "")))

    def is_asked(what: str) -> bool:
        return any(what in call for call in requests)

    show(desk, site, "/app/34")
    expect(desk.locator("#range")).to_have_text("1–30 of 10,000")
    links = rows(desk).get_by_role("link").all()
    ids = [str(link.get_attribute("href")).rpartition("/")[2] for link in links]
    wait_until(desk, lambda: is_asked('"limit":30,"offset":30'))
    desk.wait_for_load_state("networkidle")
    links[3].hover()
    wait_until(desk, lambda: is_asked(f"/item/{ids[3]}?mark_as_viewed=false"))
    desk.wait_for_load_state("networkidle")
    links[5].focus()
    wait_until(desk, lambda: is_asked(f"/item/{ids[5]}?mark_as_viewed=false"))
    desk.wait_for_load_state("networkidle")
    links[5].press("Enter")
    expect(desk.get_by_label("Add a comment")).to_be_visible()
    wait_until(desk, lambda: is_asked(f"/item/{ids[6]}?mark_as_viewed=false"))

    show(desk, site, "/app/34?sort=title")
    wait_until(desk, lambda: is_asked('"sort_by":"title","sort_desc":true,"limit":30,"offset":30'))
    expect(desk.locator("#range")).to_have_text("1–30 of 10,000")
    desk.wait_for_load_state("networkidle")
    desk.route(re.compile("/filter/"), lambda route: None)
    desk.get_by_role("link", name="Next page").click()
    expect(desk.locator("#range")).to_have_text("31–60 of 10,000")
    expect(desk.get_by_text("Loading items…")).to_have_count(0)


def test_a_page_beyond_the_last_leads_to_the_first(desk: Page, site: Site) -> None:
    show(desk, site, "/app/31?page=99")
    expect(desk.get_by_text("There are no items on this page.")).to_be_visible()
    desk.get_by_role("link", name="Go to the first page").click()
    expect(rows(desk).first).to_be_visible()


@pytest.mark.parametrize(
    ("route", "message"),
    [
        ("/app/9999", "No such app"),
        ("/app/31/item/999999", "No such item"),
        ("/org/9999", "No such organization"),
        ("/space/9999", "No such workspace"),
    ],
)
def test_an_address_that_leads_nowhere_says_so_and_leads_home(
    desk: Page, site: Site, console: Console, route: str, message: str
) -> None:
    console.allow("status of 40[34]")
    show(desk, site, route)
    expect(desk.get_by_role("alert")).to_contain_text(message)
    desk.get_by_role("alert").get_by_role("link", name="Go to your workspaces").click()
    expect(heading(desk, "Your workspaces")).to_be_visible()


@pytest.mark.parametrize(
    ("route", "name", "nearest"),
    [
        ("/nowhere/at/all", "Your workspaces", "/"),
        ("/app/__proto__", "Your workspaces", "/"),
        ("/app/99999999999999999999", "Your workspaces", "/"),
        ("/app/31/itme/31001", "Clients & Leads", "/app/31"),
    ],
)
def test_a_mistyped_address_shows_the_nearest_page_and_says_so(
    desk: Page, site: Site, route: str, name: str, nearest: str
) -> None:
    show(desk, site, route)
    expect(heading(desk, name)).to_be_visible()
    expect(desk.get_by_role("status").filter(has_text="There is no such address.")).to_be_visible()
    assert desk.url == f"{site.url}#{nearest}"


# Changing items


def test_an_item_is_made_changed_commented_and_deleted(desk: Page, site: Site, colleague: Colleague) -> None:
    reads: list[str] = []
    desk.on("request", lambda request: reads.append(request.post_data or "") if "/filter/" in request.url else None)
    show(desk, site, "/app/32")
    expect(rows(desk).first).to_be_visible()
    desk.get_by_role("button", name="New project").press("Space")
    desk.get_by_role("textbox", name="Title").fill("Lanterns & <b>more</b> for Ærø")
    desk.get_by_role("combobox", name="Phase").select_option("Offer")
    desk.get_by_role("textbox", name="Budget").fill("12.500")
    expect(desk.get_by_text("Will be saved as 12.5 (not 12500)")).to_be_visible()
    desk.get_by_role("textbox", name="Budget").fill("12.500,50 apples")
    desk.get_by_role("button", name="Create project").click()
    expect(desk.get_by_role("alert")).to_contain_text("Enter a number.")
    expect(desk.get_by_role("textbox", name="Budget")).to_be_focused()
    expect(desk.get_by_role("textbox", name="Title")).to_have_value("Lanterns & <b>more</b> for Ærø")
    desk.get_by_role("textbox", name="Budget").fill("12.500,50")
    desk.get_by_role("button", name="Create project").click()
    expect(heading(desk, "Lanterns & <b>more</b> for Ærø")).to_be_visible()
    expect(desk.get_by_text("Item created.")).to_be_visible()
    expect(desk.locator("#item-fields")).to_contain_text("12,500.50")
    item = int(re.search(r"/item/(\d+)", desk.url)[1])  # type: ignore[index]
    assert colleague.call("GET", f"/item/{item}")["title"] == "Lanterns & <b>more</b> for Ærø"

    desk.get_by_role("button", name="Edit").click()
    desk.get_by_role("textbox", name="Title").fill("Lanterns for Ærø")
    desk.get_by_role("button", name="Save").click()
    expect(heading(desk, "Lanterns for Ærø")).to_be_visible()
    expect(desk.locator(f"#beside-{item}")).to_contain_text("Lanterns for Ærø")
    expect(desk.locator("#beside-scroll li").first).to_contain_text("Lanterns for Ærø")

    desk.get_by_label("Add a comment").fill("Line one\nline <i>two</i>")
    desk.get_by_role("button", name="Add comment").click()
    expect(desk.locator(".comment-list li")).to_have_count(1)
    expect(desk.locator(".comment-list")).to_contain_text("line <i>two</i>")
    expect_all_sent(desk)
    # A save changes its row: the page of the list that it is in was read once.
    assert len([body for body in reads if '"offset":0' in body.replace(" ", "")]) == 1

    choose(desk, "Delete")
    question = desk.get_by_role("dialog", name="Delete this item?")
    expect(question.get_by_role("button", name="Keep it")).to_be_focused()
    question.get_by_role("button", name="Keep it").click()
    expect(heading(desk, "Lanterns for Ærø")).to_be_visible()
    choose(desk, "Delete")
    question.get_by_role("button", name="Delete the item").click()
    expect(heading(desk, "Projects")).to_be_visible()
    expect(rows(desk).first).to_be_visible()
    expect(desk.locator(f"#row-{item}")).to_have_count(0)


# What is shown


@pytest.mark.parametrize("item", [CLIENT_ITEM_ID, PROJECT_ITEM_ID, PRODUCT_ITEM_ID])
def test_every_field_with_a_value_but_the_title_is_shown_under_its_label(
    desk: Page, site: Site, colleague: Colleague, item: int
) -> None:
    answer: dict[str, Any] = colleague.call("GET", f"/item/{item}")
    show(desk, site, f"/app/{item // 1000}/item/{item}")
    expect(desk.get_by_label("Add a comment")).to_be_visible()
    valued = [field for field in answer["fields"] if field["values"] and field["type"] != "separator"]
    assert len(valued) > 5
    title = next(field for field in valued if field["type"] == "text")  # it is the heading
    for field in valued:
        shown = desk.locator(f"#field-{field['field_id']}")
        if field == title:
            expect(shown).to_have_count(0)
            continue
        expect(shown.locator("dt")).not_to_be_empty()
        expect(shown.locator("dd")).not_to_be_empty()
        text = shown.inner_text()
        assert [raw for raw in ("{'", '{"', "None") if raw in text] == []


def test_the_sample_holds_every_type_of_field_that_is_shown(colleague: Colleague) -> None:
    types = {
        field["type"]
        for item in (CLIENT_ITEM_ID, PROJECT_ITEM_ID, PRODUCT_ITEM_ID)
        for field in colleague.call("GET", f"/item/{item}")["fields"]
        if field["values"]
    }
    assert types >= {
        "text", "category", "date", "number", "money", "progress", "duration", "calculation", "contact", "app",
        "phone", "email", "location", "embed", "image", "file", "tag",
    }  # fmt: skip


def test_entities_in_podios_names_are_decoded_once(desk: Page, site: Site) -> None:
    show(desk, site, f"/app/31/item/{CLIENT_ITEM_ID}")
    expect(heading(desk, "Hotel Fjord & Spa")).to_be_visible()
    expect(desk).to_have_title("Hotel Fjord & Spa · Podio Workbench")
    assert "&amp;" not in desk.locator("body").inner_text()


def test_hostile_names_and_texts_are_shown_as_what_they_are_and_do_nothing(desk: Page, site: Site) -> None:
    dialogs: list[str] = []
    desk.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    requests: list[str] = []
    desk.on("request", lambda request: requests.append(request.url))
    show(desk, site, "/app/31")
    expect(rows(desk).get_by_role("link", name=HOSTILE_NAME)).to_be_visible()
    rows(desk).get_by_role("link", name=HOSTILE_NAME).click()
    expect(heading(desk, HOSTILE_NAME)).to_be_visible()
    expect(desk.locator("#item")).to_contain_text("Found by the spam filter.")
    expect(desk.get_by_label("Add a comment")).to_be_visible()
    show(desk, site, f"/app/31/item/{HOSTILE_ITEM_ID}/edit")
    expect(desk.get_by_role("form", name="Edit item")).to_be_visible()
    desk.get_by_label("Add a comment").fill("<img src=x onerror=alert(9)><script>alert(10)</script>")
    desk.get_by_role("button", name="Add comment").click()
    expect(desk.locator(".comment-list")).to_contain_text("<script>alert(10)</script>")
    app = desk.locator("#app")
    for inert in ("img", "script", "iframe", "[onclick]", "[onerror]", "[onmouseover]", "a[href^='javascript' i]"):
        expect(app.locator(inert)).to_have_count(0)
    assert dialogs == []
    assert [url for url in requests if not url.startswith((site.origin, site.emulator.url))] == []
