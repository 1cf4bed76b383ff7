"""Where the user is: Back, a reload, a dialog and a complaint leave the place, or lead to the place that matters."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from tests.e2e.driving import Colleague, Console, Site, choose, expect_state, show, wait_until


@pytest.fixture
def site(unreset_site: Site) -> Site:
    return unreset_site


def scroll_of(page: Page) -> list[float]:
    """Return how far the list is scrolled: down, and to the side."""
    main, table = page.locator("#main"), page.locator("#rows-scroll")
    return [main.evaluate("(element) => element.scrollTop"), table.evaluate("(element) => element.scrollLeft")]


def open_far_down(desk: Page, site: Site) -> tuple[Locator, list[float]]:
    """Open an item at the end of a long and wide list; return its link in the list, and how that was scrolled."""
    desk.set_viewport_size({"width": 900, "height": 600})
    show(desk, site, "/app/34?limit=100")
    link = desk.locator("#rows tbody tr a").nth(90)
    link.scroll_into_view_if_needed()
    desk.locator("#rows-scroll").evaluate("(element) => { element.scrollLeft = 30 }")
    link = desk.locator(f"#{link.locator('xpath=ancestor::tr').get_attribute('id')} a")
    link.focus()
    before = scroll_of(desk)
    assert before[0] > 500
    desk.keyboard.press("Enter")
    expect(desk.locator("#item-fields")).to_be_visible()
    return link, before


def test_back_leads_to_the_row_that_was_opened_and_a_reload_stays_there(desk: Page, site: Site) -> None:
    link, before = open_far_down(desk, site)
    desk.go_back()
    expect(link).to_be_focused()
    wait_until(desk, lambda: scroll_of(desk) == before)
    desk.reload()
    expect_state(desk, "signed-in")
    expect(link).to_be_focused()
    wait_until(desk, lambda: scroll_of(desk) == before)


def test_what_comes_above_the_list_later_moves_nothing(desk: Page, site: Site) -> None:
    link, before = open_far_down(desk, site)
    desk.go_back()
    expect(link).to_be_focused()
    above = desk.get_by_text("Every lamp that left the goniometer")  # the app's description
    expect(above).to_have_count(1)
    held: list[Route] = []
    desk.route(re.compile(r"/app/(34|space/22/)$"), lambda route: held.append(route))
    desk.reload()
    expect(link).to_be_focused()
    expect(above).to_have_count(0)
    for route in held:
        route.continue_()
    expect(above).to_have_count(1)
    wait_until(desk, lambda: scroll_of(desk) == before, limit=10)


def test_the_way_back_to_the_list_leads_to_the_row_of_the_item(desk: Page, site: Site) -> None:
    link, _ = open_far_down(desk, site)
    desk.locator("#back-to-list").click()
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()


def test_the_list_beside_an_item_marks_its_draft_however_long_its_name_is(desk: Page, site: Site) -> None:
    desk.set_viewport_size({"width": 1280, "height": 600})
    show(desk, site, "/app/32/item/32004")  # Marina Residence, towers A–C
    desk.get_by_label("Add a comment").fill("Half a thought")
    entry = desk.locator("#beside-32004 a")
    expect(entry).to_contain_text("Draft")
    box, mark = entry.bounding_box(), entry.locator(".draft-mark").bounding_box()
    assert box is not None
    assert mark is not None
    assert mark["x"] + mark["width"] <= box["x"] + box["width"]


def test_the_list_beside_an_item_follows_it(desk: Page, site: Site) -> None:
    desk.set_viewport_size({"width": 1280, "height": 600})
    show(desk, site, "/app/34?limit=100")
    desk.locator("#rows tbody tr a").nth(90).click()
    expect(desk.locator("#beside-scroll a[aria-current]")).to_be_in_viewport()


def test_the_focus_comes_back_from_a_dialog(desk: Page, site: Site) -> None:
    show(desk, site, "/app/31/item/31001")
    for close in ("Keep it", "Escape"):
        desk.get_by_role("button", name="More actions").press("Enter")
        desk.get_by_role("button", name="Delete", exact=True).press("Enter")
        expect(desk.get_by_role("button", name="Keep it")).to_be_focused()
        if close == "Escape":
            desk.keyboard.press("Escape")
        else:
            desk.get_by_role("button", name=close).press("Enter")
        expect(desk.get_by_role("dialog")).to_have_count(0)
        expect(desk.get_by_role("button", name="More actions")).to_be_focused()


def test_the_menu_of_the_bar_is_used_by_keyboard_and_closes_by_escape_and_by_a_click_beside_it(
    desk: Page, site: Site
) -> None:
    show(desk, site, "/app/31/item/31001")
    more, refresh = desk.get_by_role("button", name="More actions"), desk.get_by_role("button", name="Refresh")
    expect(refresh).to_be_hidden()
    more.press("Enter")
    expect(refresh).to_be_visible()
    desk.keyboard.press("Tab")
    expect(refresh).to_be_focused()
    desk.keyboard.press("Escape")
    expect(refresh).to_be_hidden()
    expect(more).to_be_focused()
    more.click()
    expect(refresh).to_be_visible()
    desk.get_by_role("heading", level=1).click()
    expect(refresh).to_be_hidden()
    more.press("Enter")
    refresh.press("Enter")
    expect(refresh).to_be_hidden()
    expect(more).to_be_focused()
    expect(desk.get_by_text("Up to date.")).to_be_visible()


def test_the_focus_goes_on_when_a_discarded_draft_takes_its_button_away(desk: Page, site: Site) -> None:
    show(desk, site, "/app/32/new")
    desk.get_by_role("textbox", name="Title").fill("Not for long")
    desk.get_by_role("button", name="Discard draft").press("Enter")
    desk.get_by_role("button", name="Discard it").press("Enter")
    expect(desk.get_by_role("textbox", name="Title")).to_have_value("")
    expect(desk.get_by_role("button", name="Create project")).to_be_focused()


def test_a_complaint_is_scrolled_to_and_enter_in_one_of_many_fields_sends_nothing(desk: Page, site: Site) -> None:
    desk.set_viewport_size({"width": 900, "height": 400})
    show(desk, site, "/app/34/new")
    flux = desk.get_by_role("textbox", name="Luminous flux")
    desk.get_by_role("form", name="New item").get_by_role("textbox").first.fill("A lamp")
    flux.fill("many")
    flux.press("Enter")
    desk.get_by_role("button", name=re.compile("^Create")).scroll_into_view_if_needed()
    expect(desk.get_by_role("alert")).to_have_count(0)
    desk.get_by_role("button", name=re.compile("^Create")).click()
    expect(flux).to_be_focused()
    expect(flux).to_be_in_viewport()
    flux.fill("")


def test_a_conflict_is_scrolled_to_and_focused(desk: Page, site: Site, colleague: Colleague, console: Console) -> None:
    console.allow("status of 409")
    desk.set_viewport_size({"width": 900, "height": 400})
    show(desk, site, "/app/32/item/32005/edit")
    title = desk.get_by_role("textbox", name="Title")
    title.fill("Ada's title")
    colleague.call("PUT", "/item/32005", {"fields": {"title": "Grace's title"}})
    title.press("Control+Enter")
    question = desk.get_by_role("alert").filter(has_text="while you were editing")
    expect(question).to_be_focused()
    expect(question.get_by_role("button", name="Use Grace Møller-Nakamura’s version")).to_be_in_viewport()
    question.get_by_role("button", name="Use Grace Møller-Nakamura’s version").click()
    expect(desk.get_by_text("Your changes were dropped")).to_be_visible()


def test_unfolded_workspaces_are_so_after_a_reload(desk: Page) -> None:
    side = desk.locator("#side")
    unfold = side.get_by_role("button", name="Unfold Research & Development")
    if unfold.count():
        unfold.click()
    expect(side.get_by_role("link", name="Lamps")).to_be_visible()
    desk.reload()
    expect_state(desk, "signed-in")
    expect(side.get_by_role("link", name="Lamps")).to_be_visible()
    side.get_by_role("button", name="Fold Research & Development", exact=True).click()
    expect(side.get_by_role("link", name="Lamps")).to_have_count(0)


def test_the_drawer_of_a_narrow_page_holds_the_focus_and_closes_by_escape_and_by_a_tap_outside(desk: Page) -> None:
    desk.set_viewport_size({"width": 390, "height": 700})
    menu, side = desk.get_by_role("button", name="Workspaces and apps"), desk.locator("#side")
    menu.click()
    expect(side.get_by_role("link", name="Home")).to_be_focused()
    desk.keyboard.press("Shift+Tab")
    expect(menu).to_be_focused()
    desk.keyboard.press("Shift+Tab")
    expect(side.get_by_role("button", name="Keyboard shortcuts")).to_be_focused()
    desk.keyboard.press("Tab")
    expect(menu).to_be_focused()
    desk.keyboard.press("Escape")
    expect(side).to_be_hidden()
    expect(menu).to_be_focused()
    menu.click()
    expect(side.get_by_role("link", name="Home")).to_be_focused()
    desk.mouse.click(380, 400)
    expect(side).to_be_hidden()


def test_a_list_prints_whole_and_without_the_frame(desk: Page, site: Site) -> None:
    desk.set_viewport_size({"width": 900, "height": 600})
    show(desk, site, "/app/34?limit=100")
    expect(desk.locator("#rows tbody tr")).to_have_count(100)
    desk.emulate_media(media="print")
    for hidden in ("#top", "#side", "#pager", "#more"):
        expect(desk.locator(hidden)).to_be_hidden()
    assert desk.evaluate("() => document.documentElement.scrollHeight") > 2500
    desk.emulate_media(media="screen")


def test_a_note_of_what_went_well_goes_by_itself(desk: Page, site: Site) -> None:
    desk.set_viewport_size({"width": 1280, "height": 720})
    show(desk, site, "/app/31")
    expect(desk.locator("#rows tbody tr").first).to_be_visible()
    choose(desk, "Refresh")
    note = desk.get_by_text("Up to date.")
    expect(note).to_be_visible()
    expect(note).to_have_count(0)


def test_single_keys_lead_through_items_and_into_their_forms_but_never_while_typing(desk: Page, site: Site) -> None:
    desk.set_viewport_size({"width": 1280, "height": 720})
    show(desk, site, "/app/31")
    rows = desk.locator("#rows tbody tr th a")
    names = [rows.nth(number).inner_text() for number in range(2)]
    rows.first.click()
    heading = desk.get_by_role("heading", level=1)
    expect(heading).to_have_text(names[0])
    expect(desk.locator("#next-item[href]")).to_be_visible()
    desk.keyboard.press("Control+j")
    expect(heading).to_have_text(names[0])
    desk.keyboard.press("j")
    expect(heading).to_have_text(names[1])
    desk.get_by_role("link", name="Previous item").click()
    expect(heading).to_have_text(names[0])
    comment = desk.get_by_label("Add a comment")
    expect(comment).to_be_visible()
    desk.keyboard.press("c")
    expect(comment).to_be_focused()
    desk.keyboard.type("jk?e")
    expect(comment).to_have_value("jk?e")
    comment.fill("")
    heading.click()
    desk.keyboard.press("Shift+?")
    dialog = desk.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_contain_text("Next item")
    desk.keyboard.press("j")
    expect(heading).to_have_text(names[0])
    dialog.get_by_role("button", name="Turn single keys off").click()
    desk.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    desk.reload()
    expect(heading).to_have_text(names[0])
    desk.keyboard.press("e")
    desk.get_by_role("button", name="Keyboard shortcuts").click()
    desk.get_by_role("button", name="Turn single keys on").click()
    desk.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(desk.locator("form[aria-label='Edit item']")).to_have_count(0)
    desk.keyboard.press("e")
    expect(desk.locator("form[aria-label='Edit item']")).to_be_visible()


def test_a_click_on_a_value_edits_it_and_a_marked_text_is_not_pressed(desk: Page, site: Site) -> None:
    show(desk, site, "/app/32/item/32001")
    value = desk.locator("#item-fields .field", has_text="Budget").locator("dd")
    expect(value).to_be_visible()
    desk.evaluate("(dd) => getSelection().selectAllChildren(dd)", value.element_handle())
    value.dispatch_event("click")
    expect(value).to_be_visible()
    desk.evaluate("() => getSelection().removeAllRanges()")
    value.click()
    expect(desk.get_by_role("textbox", name="Budget", exact=True)).to_be_focused()


def test_much_is_seen_at_once_and_what_belongs_together_has_one_edge(desk: Page, site: Site) -> None:
    desk.set_viewport_size({"width": 1700, "height": 900})
    show(desk, site, "/app/31")
    first = desk.locator("#rows tbody tr").first
    expect(first).to_be_visible()

    def box(selector: str) -> dict[str, float]:
        edges: dict[str, float] = desk.locator(selector).first.evaluate(
            "(element) => element.getBoundingClientRect().toJSON()"
        )
        return edges

    assert box("#rows-scroll")["top"] <= 120
    assert box("#rows tbody tr")["height"] == 32
    assert box("#side-home")["height"] == 28
    show(desk, site, "/app/31/item/31001")
    expect(desk.locator(".comment-list")).to_be_visible()
    assert box("#item-fields .fields")["top"] <= 120
    for avatar in (desk.locator("#top .avatar"), desk.locator(".comment-list .avatar").first):
        expect(avatar).to_have_attribute("style", re.compile(r'--picture: url\("blob:'))
    assert box(".comments")["left"] > box("#item-main")["right"]
    assert box(".comments")["top"] == box("#item-main")["top"]
    edge = box("#item-main")["right"]
    show(desk, site, "/app/31/item/31001/edit")
    expect(desk.locator("#form-edit-31001")).to_be_visible()
    assert box("#form-edit-31001")["right"] == edge
    desk.set_viewport_size({"width": 1280, "height": 720})
    assert box(".comments")["top"] > box("#item-main")["bottom"]
    assert box(".comments")["right"] == box("#form-edit-31001")["right"]


def test_on_a_phone_a_list_is_cards_and_one_bar_below(desk: Page, site: Site) -> None:
    desk.set_viewport_size({"width": 360, "height": 740})
    show(desk, site, "/app/34?page=2")
    rows = desk.locator("#rows tbody tr")
    expect(rows).to_have_count(30)
    assert desk.locator("#rows-scroll").evaluate("(list) => list.getBoundingClientRect().top") <= 120
    for number in range(3):
        values = [value for value in rows.nth(number).locator("td").all() if value.is_visible()]
        assert len(values) == 2
    link = rows.first.get_by_role("link")
    pressed = rows.first.evaluate(
        """(row) => { const {left, right, bottom} = row.getBoundingClientRect();
                      return document.elementFromPoint((left + right) / 2, bottom - 4).closest("a")?.textContent; }"""
    )
    assert pressed == link.inner_text()
    bar = desk.locator(".tools").bounding_box()
    assert bar
    assert (bar["x"], bar["y"] + bar["height"], bar["width"]) == (0, 740, 360)
    for control in ("Previous page", "Next page"):
        expect(desk.locator(".tools").get_by_role("link", name=control)).to_be_in_viewport(ratio=1)
    expect(desk.get_by_role("button", name="New measurement", exact=True)).to_be_in_viewport(ratio=1)
    desk.get_by_role("button", name="More actions").click()
    expect(desk.get_by_role("button", name="Refresh")).to_be_in_viewport(ratio=1)
    desk.keyboard.press("Escape")
    rows.last.get_by_role("link").scroll_into_view_if_needed()
    desk.locator("#main").evaluate("(main) => main.scrollTo(0, main.scrollHeight)")
    last = rows.last.bounding_box()
    assert last
    assert last["y"] + last["height"] <= bar["y"]


def test_waits_that_are_no_motion_last_as_long_where_motion_is_reduced(desk: Page) -> None:
    desk.emulate_media(reduced_motion="reduce")
    delays = desk.evaluate(
        """() => ["boot-late", "waiting"].map((name) => {
          const element = document.body.appendChild(document.createElement("p"));
          element.className = name;
          const {animationDelay, animationDuration} = getComputedStyle(element);
          element.remove();
          return [animationDelay, animationDuration];
        })"""
    )
    assert delays == [["30s", "0s"], ["0s", "0.3s"]]
    desk.emulate_media(reduced_motion="no-preference")


@pytest.mark.parametrize("width", [1280, 360])
def test_the_strip_covers_no_control_at_the_end_of_the_page(
    desk: Page, site: Site, console: Console, width: int
) -> None:
    console.allow("status of 401")
    desk.set_viewport_size({"width": width, "height": 740})
    show(desk, site, "/app/31/item/31001")
    expect(desk.get_by_label("Add a comment")).to_be_visible()
    desk.evaluate("() => { globalThis.open = () => null; }")  # as where the browser blocks windows
    site.emulator.expire_tokens()
    choose(desk, "Refresh")
    expect(desk.get_by_role("button", name="Sign in again")).to_be_visible()
    desk.locator("#main").evaluate("(main) => main.scrollTo(0, main.scrollHeight)")
    desk.evaluate("() => scrollTo(0, document.documentElement.scrollHeight)")
    button = desk.get_by_role("button", name="Add comment").bounding_box()
    strip = desk.locator(".strip .banner").first.bounding_box()
    assert button
    assert strip
    assert button["y"] + button["height"] <= strip["y"]
