"""What was typed and not sent: it comes back to whoever typed it, and to nobody else."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.e2e.driving import Site, comment_box, expect_all_sent, expect_state, show
from tests.e2e.kept import drafts

COMMENT = "Half a\ncomment — «with» 漢字"


@pytest.fixture
def site(unreset_site: Site) -> Site:
    return unreset_site


@pytest.fixture
def context(warm_context: BrowserContext) -> BrowserContext:
    return warm_context


def expect_kept(page: Page, form: str) -> None:
    expect(page.get_by_role("form", name=form).get_by_text("Draft kept")).to_be_visible()


def type_everywhere(page: Page, site: Site, item: int) -> None:
    """Half type a comment, a change of the same item, and a new item."""
    show(page, site, f"/app/34/item/{item}/edit")
    page.get_by_role("textbox", name="Luminous flux").fill("12.5")
    comment_box(page).fill(COMMENT)
    expect_kept(page, "Edit item")
    expect_kept(page, "New comment")
    show(page, site, "/app/32/new")
    page.get_by_role("textbox", name="Title").fill("Half a project")
    page.get_by_role("combobox", name="Phase").select_option("Offer")
    expect_kept(page, "New item")


def expect_everything(page: Page, site: Site, item: int) -> None:
    show(page, site, "/app/32/new")
    expect(page.get_by_role("textbox", name="Title")).to_have_value("Half a project")
    expect(page.get_by_role("combobox", name="Phase").locator("option:checked")).to_have_text("Offer")
    show(page, site, f"/app/34/item/{item}/edit")
    expect(comment_box(page)).to_have_value(COMMENT)
    expect(page.get_by_role("textbox", name="Luminous flux")).to_have_value("12.5")


def expect_nothing(page: Page, site: Site, item: int) -> None:
    show(page, site, "/app/32/new")
    expect(page.get_by_role("textbox", name="Title")).to_have_value("")
    show(page, site, f"/app/34/item/{item}/edit")
    expect(comment_box(page)).to_have_value("")
    expect(page.get_by_role("textbox", name="Luminous flux")).not_to_have_value("12.5")


def test_half_typed_forms_come_back_after_a_reload(desk: Page, site: Site) -> None:
    type_everywhere(desk, site, 340_401)
    desk.reload()
    expect_state(desk, "signed-in")
    expect_everything(desk, site, 340_401)


def test_text_typed_in_the_moment_of_the_reload_is_kept_too(desk: Page, site: Site) -> None:
    show(desk, site, "/app/34/item/340402")
    comment_box(desk).fill("To the last letter")
    desk.reload()
    expect(comment_box(desk)).to_have_value("To the last letter")


def test_a_draft_is_committed_in_the_turn_in_which_the_page_goes_away(desk: Page, site: Site) -> None:
    show(desk, site, "/app/34/item/340408")
    expect(comment_box(desk)).to_be_visible()
    outcome = comment_box(desk).evaluate(
        """(box) => {
          const put = IDBObjectStore.prototype.put;
          let store = null;
          IDBObjectStore.prototype.put = function (...record) { store = this; return put.apply(this, record); };
          box.value = "To the last letter";
          box.dispatchEvent(new InputEvent("input", { bubbles: true }));
          window.dispatchEvent(new Event("pagehide"));
          IDBObjectStore.prototype.put = put;
          try { store.count(); return "the transaction is still open"; } catch (error) { return error.name; }
        }"""
    )
    assert outcome == "TransactionInactiveError"


@pytest.mark.usefixtures("separate_tabs")
def test_drafts_outlive_the_tab_and_go_with_signing_out_and_to_nobody_else(
    open_page: Callable[..., Page], sign_in: Callable[..., None], site: Site
) -> None:
    first = open_page()
    sign_in(first)
    type_everywhere(first, site, 340_403)
    first.close()

    # The same browser, another tab: signed out, and the drafts come with the user.
    second = open_page("#/app/32/new", state="signed-out")
    expect(second.get_by_text("Half a project")).to_have_count(0)
    second.get_by_role("button", name="Sign in with Podio").click()
    expect_state(second, "signed-in")
    expect(second.get_by_role("textbox", name="Title")).to_have_value("Half a project")
    expect_everything(second, site, 340_403)
    assert {(record["client"], record["person"], record["form"]) for record in drafts(second)} == {
        ("workbench", 101, "comment:item:340403"),
        ("workbench", 101, "edit:item:340403"),
        ("workbench", 101, "new:app:32"),
    }

    # Another user on the same computer.
    second.context.clear_cookies()
    third = open_page(state="signed-out")
    sign_in(third, username="grace@example.com")
    expect_nothing(third, site, 340_403)
    comment_box(third).fill("Grace's own")
    expect_kept(third, "New comment")
    third.close()

    # Signing out shows a question, and deletes the user's own drafts only.
    sign_out = second.get_by_role("button", name="Sign out", exact=True)  # the dialog's own button begins alike
    sign_out.click()
    question = second.get_by_role("dialog", name="Sign out?")
    expect(question).to_contain_text("What you typed and didn't send is deleted")
    question.get_by_role("button", name="Stay").click()
    expect(question).to_have_count(0)
    expect(comment_box(second)).to_have_value(COMMENT)
    sign_out.click()
    question.get_by_role("button", name="Sign out and delete drafts").click()
    expect_state(second, "signed-out")
    assert [(record["person"], record["texts"]) for record in drafts(second)] == [(102, '{"text": "Grace\'s own"}')]
    second.context.clear_cookies()
    sign_in(second)
    expect_nothing(second, site, 340_403)


def test_a_session_that_ended_at_podio_keeps_the_drafts_for_the_next_sign_in(
    open_page: Callable[..., Page], sign_in: Callable[..., None], site: Site
) -> None:
    page = open_page()
    sign_in(page)
    show(page, site, "/app/34/item/340404")
    comment_box(page).fill("Before the break")
    expect_kept(page, "New comment")  # which takes until Podio has said who is signed in
    page.evaluate("() => sessionStorage.clear()")
    page.reload()
    expect_state(page, "signed-out")
    page.get_by_role("button", name="Sign in with Podio").click()
    expect_state(page, "signed-in")
    expect(comment_box(page)).to_have_value("Before the break")


def test_what_was_sent_is_no_draft_any_more(desk: Page, site: Site) -> None:
    type_everywhere(desk, site, 340_405)
    desk.get_by_role("button", name="Create project").click()
    expect(desk.get_by_role("heading", name="Half a project")).to_be_visible()
    show(desk, site, "/app/34/item/340405/edit")
    desk.get_by_role("button", name="Add comment").click()
    expect(desk.locator(".comment-list")).to_contain_text("漢字")
    expect_all_sent(desk)
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_role("form", name="Edit item")).to_have_count(0)
    desk.reload()
    expect_state(desk, "signed-in")
    expect(comment_box(desk)).to_have_value("")
    assert not [record for record in drafts(desk) if record["form"] in {"new:app:32", "edit:item:340405"}]
    assert "comment:item:340405" not in {record["form"] for record in drafts(desk)}


def test_discarding_a_draft_asks_first_and_puts_back_what_podio_has(desk: Page, site: Site) -> None:
    show(desk, site, "/app/34/item/340406/edit")
    field = desk.get_by_role("textbox", name="Luminous flux")
    before = field.input_value()
    field.fill("99")
    expect_kept(desk, "Edit item")
    form = desk.get_by_role("form", name="Edit item")
    form.get_by_role("button", name="Discard draft").click()
    desk.get_by_role("button", name="Keep it").click()
    expect(desk.get_by_role("dialog")).to_have_count(0)
    expect(field).to_have_value("99")
    form.get_by_role("button", name="Discard draft").click()
    desk.get_by_role("dialog").press("Escape")
    expect(desk.get_by_role("dialog")).to_have_count(0)
    expect(field).to_have_value("99")
    form.get_by_role("button", name="Discard draft").click()
    desk.get_by_role("button", name="Discard it").click()
    expect(field).to_have_value(before)
    desk.reload()
    expect(field).to_have_value(before)


def test_typed_text_survives_going_elsewhere_and_back_by_the_history(desk: Page, site: Site) -> None:
    show(desk, site, "/app/34/item/340407")
    comment_box(desk).fill("Wait for me")
    desk.get_by_role("link", name="Home").click()
    expect(desk.get_by_role("heading", name="Your workspaces")).to_be_visible()
    desk.go_back()
    expect(comment_box(desk)).to_have_value("Wait for me")


def discard_comment(page: Page) -> None:
    page.get_by_role("form", name="New comment").get_by_role("button", name="Discard draft").click()
    page.get_by_role("button", name="Discard it").click()
    expect(comment_box(page)).to_have_value("")


def type_in_two_tabs(desk: Page, site: Site, item: int) -> Page:
    """Type a comment on one item in another tab, then in this one; return the other."""
    other = desk.context.new_page()
    for page, text in ((other, "The other tab's"), (desk, "This tab's")):
        page.goto(f"{site.url}#/app/34/item/{item}")
        expect_state(page, "signed-in")
        comment_box(page).fill(text)
        expect_kept(page, "New comment")
    return other


def test_what_another_tab_typed_in_the_same_form_is_kept_when_this_one_discards_its_own(desk: Page, site: Site) -> None:
    other = type_in_two_tabs(desk, site, 340_409)
    discard_comment(desk)
    desk.reload()
    expect(comment_box(desk)).to_have_value("The other tab's")
    discard_comment(desk)  # which that tab has on its screen still
    other.close()
    desk.reload()
    expect(comment_box(desk)).to_have_value("The other tab's")
    discard_comment(desk)
    desk.reload()
    expect_state(desk, "signed-in")
    expect(comment_box(desk)).to_have_value("")
    assert "comment:item:340409" not in {record["form"] for record in drafts(desk)}


def test_signing_out_asks_about_what_another_tab_has_typed_since(desk: Page, site: Site) -> None:
    other = type_in_two_tabs(desk, site, 340_410)
    question = desk.get_by_role("dialog", name="Sign out?")
    other_texts = question.get_by_role("listitem").filter(has_text="typed in another tab")
    desk.get_by_role("button", name="Sign out", exact=True).click()
    expect(other_texts).to_have_text([re.compile("^A comment on “.+”, typed in another tab$")])
    question.get_by_role("button", name="Stay").click()
    discard_comment(other)
    desk.get_by_role("button", name="Sign out", exact=True).click()
    expect(question).to_be_visible()
    expect(other_texts).to_have_count(0)
    question.get_by_role("button", name="Stay").click()
    discard_comment(desk)
