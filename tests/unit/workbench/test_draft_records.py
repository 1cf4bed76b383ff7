"""Whose a stored draft is, what a tab shows of what is stored, and what it may delete."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.unit.workbench.driver import Page, html
from tests.unit.workbench.tabs import Browser, Tab

from workbench import clicks
from workbench.draft_records import StoredDraft, TabDrafts, read_draft
from workbench.events import Clicked
from workbench.state import Dialog

FORM, ITEM = "comment:item:9", "#/app/7/item/9"


@pytest.fixture
def browser(signed_in: Callable[..., Page]) -> Browser:
    return Browser(signed_in)


def leave(tab: Tab) -> None:
    tab.load()


def type_on(tab: Tab) -> None:
    tab.load()
    tab.type(FORM, "Theirs, and mine")


def empty(tab: Tab) -> None:
    type_on(tab)
    tab.type(FORM, "")


def discard(tab: Tab) -> None:
    tab.load()
    tab.discard(FORM)


def discard_what_was_typed_on(tab: Tab) -> None:
    type_on(tab)
    tab.discard(FORM)


def submit(tab: Tab) -> None:
    tab.load()
    tab.submit(FORM, text="Theirs")


def submit_what_was_typed_on(tab: Tab) -> None:
    type_on(tab)
    tab.submit(FORM, text="Theirs, and mine")


def type_first(tab: Tab) -> None:
    """Type before it is known what is stored."""
    tab.type(FORM, "Mine")
    tab.load()


def type_first_and_discard(tab: Tab) -> None:
    type_first(tab)
    tab.discard(FORM)


def type_first_and_submit(tab: Tab) -> None:
    type_first(tab)
    tab.submit(FORM, text="Mine")


LEFT: dict[Callable[[Tab], None], dict[str, list[str]]] = {
    leave: {"open": ["Theirs"], "gone": ["Theirs"]},
    type_on: {"open": ["Theirs", "Theirs, and mine"], "gone": ["Theirs, and mine"]},
    empty: {"open": ["Theirs"], "gone": []},
    discard: {"open": ["Theirs"], "gone": []},
    discard_what_was_typed_on: {"open": ["Theirs"], "gone": []},
    submit: {"open": ["Theirs"], "gone": []},
    submit_what_was_typed_on: {"open": ["Theirs"], "gone": []},
    type_first: {"open": ["Theirs", "Mine"], "gone": ["Theirs", "Mine"]},
    type_first_and_discard: {"open": ["Theirs"], "gone": ["Theirs"]},
    type_first_and_submit: {"open": ["Theirs"], "gone": ["Theirs"]},
}
"""What is stored after a tab has done something, beside a draft of another tab that is open or gone."""


@pytest.mark.parametrize("whose", ["open", "gone", "a version before"])
@pytest.mark.parametrize("act", LEFT)
def test_a_tab_deletes_what_it_typed_itself_or_took_over(
    browser: Browser, act: Callable[[Tab], None], whose: str
) -> None:
    other = browser.open(ITEM)
    other.type(FORM, "Theirs")
    if whose == "gone":
        other.close()
    if whose == "a version before":
        other.close()
        (draft,) = browser.records.values()
        browser.records = {FORM: draft._replace(tab="", when=0.0)}
    act(browser.open(ITEM, loads=False))
    assert browser.texts() == LEFT[act]["open" if whose == "open" else "gone"]


def test_what_both_tabs_typed_is_stored_and_each_tab_goes_on_with_its_own(browser: Browser) -> None:
    first, second = browser.open(ITEM), browser.open(ITEM)
    first.type(FORM, "The first's")
    second.type(FORM, "The second's")
    assert browser.texts() == ["The first's", "The second's"]
    second.discard(FORM)
    assert (first.text(FORM), second.text(FORM)) == ("The first's", "")
    second.close()
    first.close()
    assert browser.open(ITEM).text(FORM) == "The first's"


def test_of_the_drafts_of_two_tabs_that_are_gone_the_newest_is_shown_and_then_the_other(browser: Browser) -> None:
    first, second = browser.open(ITEM), browser.open(ITEM)
    second.type(FORM, "The second's")
    first.type(FORM, "The first's")
    first.close()
    second.close()
    third = browser.open(ITEM)
    assert third.text(FORM) == "The first's"
    third.submit(FORM, text="The first's")
    assert third.text(FORM) == ""
    assert third.reload(ITEM).text(FORM) == "The second's"


def test_a_reload_brings_back_what_this_tab_typed_last(browser: Browser) -> None:
    tab = browser.open(ITEM)
    for text in ("One", "Two", "Three"):
        tab.type(FORM, tab.text(FORM) + text)
        tab = tab.reload(ITEM)
    assert tab.text(FORM) == "OneTwoThree"
    assert browser.texts() == ["OneTwoThree"]


def test_a_change_of_one_tab_leaves_the_drafts_of_others_where_they_are(browser: Browser) -> None:
    first, second = browser.open(ITEM), browser.open(ITEM)
    first.type(FORM, "The first's")
    second.type(FORM, "The second's")
    first.submit(FORM, text="The first's")
    assert browser.texts() == ["The second's"]
    assert second.text(FORM) == "The second's"


def test_one_page_alone_takes_over_the_draft_of_a_tab_that_is_gone(browser: Browser) -> None:
    gone = browser.open(ITEM)
    gone.type(FORM, "Theirs")
    gone.close()
    first, second = browser.open(ITEM), browser.open(ITEM)
    second.discard(FORM)
    assert browser.texts() == ["Theirs"]
    assert first.text(FORM) == "Theirs"


@pytest.mark.parametrize(("is_open", "is_kept"), [(True, True), (False, False)])
def test_who_discards_a_copy_of_what_another_tab_shows_hears_that_it_stays_there(
    browser: Browser, is_open: bool, is_kept: bool
) -> None:
    other = browser.open(ITEM)
    other.type(FORM, "Theirs")
    if not is_open:
        other.close()
    tab = browser.open(ITEM)
    tab.take(Clicked(click=clicks.Discard(form=FORM)))
    assert ("Another tab has a draft of it, too, and keeps that." in html(tab.page)) is is_kept
    tab.take(Clicked(click=clicks.ConfirmDiscard()))
    assert tab.reload(ITEM).text(FORM) == ("Theirs" if is_kept else "")


def test_a_draft_that_was_typed_here_alone_is_said_to_be_nowhere_else(browser: Browser) -> None:
    browser.open(ITEM).type(FORM, "Theirs")
    tab = browser.open(ITEM)
    tab.discard(FORM)
    tab.type(FORM, "Mine")
    tab.take(Clicked(click=clicks.Discard(form=FORM)))
    assert "Another tab" not in html(tab.page)


def test_a_sign_out_asks_about_what_another_tab_has_typed_since(browser: Browser) -> None:
    first, second = browser.open(ITEM), browser.open(ITEM)
    second.type(FORM, "The second's")
    first.take(Clicked(click=clicks.SignOut()))
    assert first.page.state.account.dialog is Dialog.SIGN_OUT
    assert first.page.state.account.other_drafts == (FORM,)
    second.discard(FORM)
    first.take(Clicked(click=clicks.CloseDialog()), Clicked(click=clicks.SignOut()))
    assert first.page.state.leaving


# While a change is being stored

EDIT, EDIT_PAGE = "edit:item:9", "#/app/7/item/9/edit"


def texts_of(browser: Browser, form: str) -> list[dict[str, str]]:
    drafts = [draft for draft in browser.records.values() if draft.form == form]
    return [{name: text for name, text in draft.texts.items() if not name.startswith("_")} for draft in drafts]


def test_what_is_typed_in_an_edit_while_it_is_stored_is_a_draft_without_what_is_sent(browser: Browser) -> None:
    tab = browser.open(EDIT_PAGE)
    tab.type(EDIT, "Lovelace", "f1")
    tab.is_slow = True
    tab.submit(EDIT, f1="Lovelace", f2="12")
    tab.type(EDIT, "13", "f2")
    tab.end_put()
    assert texts_of(browser, EDIT) == [{"f2": "13"}]


@pytest.mark.parametrize(("text", "left"), [("Sent, and more", ", and more"), ("Another", "Another")])
def test_what_is_typed_in_a_comment_while_it_is_stored_is_a_draft(browser: Browser, text: str, left: str) -> None:
    tab = browser.open(ITEM)
    tab.type(FORM, "Sent")
    tab.is_slow = True
    tab.submit(FORM, text="Sent")
    tab.type(FORM, text)
    tab.end_put()
    assert texts_of(browser, FORM) == [{"text": left}]


@pytest.mark.parametrize(
    ("form", "page", "sent", "control"),
    [(EDIT, EDIT_PAGE, {"f1": "Lovelace", "f2": "12"}, "f2"), (FORM, ITEM, {"text": "Sent"}, "text")],
)
def test_a_crash_before_the_page_hears_of_a_stored_change_loses_nothing_that_was_typed_meanwhile(
    browser: Browser, form: str, page: str, sent: dict[str, str], control: str
) -> None:
    tab = browser.open(page)
    tab.type(form, next(iter(sent.values())), next(iter(sent)))
    tab.is_slow = True
    tab.submit(form, **sent)
    tab.type(form, "13", control)
    tab.store_put(tab.puts[0])
    assert len(browser.outbox.changes) == 1
    assert tab.reload(page).text(form, control) == "13"


def test_a_change_that_is_stored_takes_the_draft_along_in_which_nothing_was_typed_since(browser: Browser) -> None:
    tab = browser.open(ITEM)
    tab.type(FORM, "Sent")
    tab.is_slow = True
    tab.submit(FORM, text="Sent")
    tab.store_put(tab.puts[0])
    assert browser.records == {}


def test_a_value_is_typed_that_was_submitted_before_another_tab_changed_it(browser: Browser) -> None:
    first, second = browser.open(EDIT_PAGE), browser.open(EDIT_PAGE)
    second.type(EDIT, "Turing", "f1")
    first.type(EDIT, "Lovelace", "f1")
    first.submit(EDIT, f1="Lovelace", f2="12")
    second.submit(EDIT, f1="Turing", f2="12")
    assert len(browser.outbox.changes) == 2  # the second conflicts with the first, and is what both forms show
    assert texts_of(browser, EDIT) == []
    first.type(EDIT, "Lovelace", "f1")
    assert texts_of(browser, EDIT) == [{"f1": "Lovelace"}]


def draft(tab: str, when: float, **texts: str) -> StoredDraft:
    return StoredDraft(FORM, tab, when, texts)


@pytest.mark.parametrize(
    ("drafts", "text", "gone"),
    [
        ([draft("a", 2, text="A"), draft("b", 1, text="B")], "A", "a"),
        ([draft("a", 1, text="A"), draft("b", 2, text="B")], "B", "b"),
        ([draft("", 0, text="before")], "before", ""),
        ([draft("a", 1, text="A"), draft("", 0, text="before")], "A", "a"),
        ([draft("a", 1, text="A"), draft("open", 2, text="O")], "O", None),
        ([draft("own", 2, text="Mine"), draft("b", 1, text="B")], "Mine", None),
        ([draft("planted", 9), draft("b", 1, text="B")], "B", "b"),
    ],
)
def test_the_newest_draft_is_found_and_taken_over_where_its_tab_is_gone(
    drafts: list[StoredDraft], text: str, gone: str | None
) -> None:
    found = TabDrafts("own").find(drafts, {"open"})
    assert found.drafts == {FORM: {"text": text}}
    assert found.gone_tabs.get(FORM) == gone


TEXTS = '{"text": "Half"}'


@pytest.mark.parametrize(
    ("record", "found"),
    [
        ({"form": [FORM, "a"], "when": 5, "texts": TEXTS}, StoredDraft(FORM, "a", 5.0, {"text": "Half"})),
        ({"form": FORM, "texts": TEXTS}, StoredDraft(FORM, "", 0.0, {"text": "Half"})),
        ({"form": [FORM, "a"], "when": "soon", "texts": TEXTS}, StoredDraft(FORM, "a", 0.0, {"text": "Half"})),
        ({"form": [FORM, "a"], "when": True, "texts": '{"text": 3}'}, StoredDraft(FORM, "a", 0.0, {})),
        ({"form": [FORM, "a"], "when": None, "texts": "["}, StoredDraft(FORM, "a", 0.0, {})),
        ({"form": [FORM], "texts": TEXTS}, None),
        ({"form": [FORM, 3], "texts": TEXTS}, None),
        ({"form": [[FORM], "a"], "texts": TEXTS}, None),
        ({"form": 3, "texts": TEXTS}, None),
        ({}, None),
    ],
)
def test_a_record_of_any_shape_is_read(record: dict[str, Any], found: StoredDraft | None) -> None:
    assert read_draft(record) == found
