"""What the page does of itself: it says what it did, shows what waits, and stays where its user is."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.workbench.driver import APP, NOW, Page, answer_all, html, item_answer, podio_field
from tests.unit.workbench.test_views import DOWN, drawn

from workbench import clicks, field_ui, sample
from workbench.core.clicks import Click
from workbench.effects import Focus, ReturnTo, ScrollToTop
from workbench.events import Clicked, DraftsLoaded, FragmentChanged, NoteRead, Typed
from workbench.field_ui.types import FIELD_UIS
from workbench.places import Place
from workbench.routes import AppPage, ItemPage, ListQuery
from workbench.subscriptions import Subscription, subscriptions
from workbench.transitions import REFRESHED
from workbench.views.parts import mark

SignedIn = Callable[..., Page]
ROWS_PATH = "/item/app/7/filter/"


# Where the user was


def test_back_in_the_history_returns_to_the_place_that_was_left(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9")
    place = Place(scroll={"main": 300.0}, focus="row-9")
    effects = page.take(FragmentChanged(fragment="#/app/7", place=place))
    assert effects[-3:] == [ScrollToTop(), Focus(element_id="main-heading"), ReturnTo(place=place)]


def test_a_link_back_to_the_list_leads_to_the_row_of_the_item(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9?page=2")
    assert ReturnTo(place=Place(focus="row-9")) in page.take(FragmentChanged(fragment="#/app/7?page=2"))


@pytest.mark.parametrize("fragment", ["#/app/7?page=3", "#/app/8", "#/space/6", "#/app/7/item/10?page=2"])
def test_any_other_link_leads_to_the_beginning(signed_in: SignedIn, fragment: str) -> None:
    page = signed_in("#/app/7/item/9?page=2")
    assert not [effect for effect in page.take(FragmentChanged(fragment=fragment)) if isinstance(effect, ReturnTo)]


# Refresh, and notes


def test_refresh_says_that_it_works_and_when_it_is_done(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7")
    page.take(Clicked(click=clicks.Refresh()))
    assert drawn(page).one("button", id="refresh").attributes["aria-disabled"] == "true"
    assert drawn(page).one("span", id="refreshing").text == "Refreshing…"
    page.take(Clicked(click=clicks.Refresh()))
    assert len(page.calls(ROWS_PATH)) == 2
    answer_all(page)
    assert page.state.note == REFRESHED
    assert drawn(page).one("span", id="refreshing").text == ""


def test_a_refresh_that_fails_says_why_and_not_that_it_is_done(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7")
    page.take(Clicked(click=clicks.Refresh()))
    page.fail(ROWS_PATH, DOWN)
    answer_all(page, but=[ROWS_PATH])
    assert page.state.note == ""
    assert drawn(page).one("span", id="refreshing").text == ""


def test_a_refresh_that_is_stopped_or_left_is_over(signed_in: SignedIn) -> None:
    for event in (FragmentChanged(fragment="#/"), FragmentChanged(fragment="#/space/6")):
        page = signed_in("#/app/7")
        page.take(Clicked(click=clicks.Refresh()), event)
        assert not page.state.account.refreshing
        assert page.state.note == ""


def test_a_note_goes_when_it_was_read_and_a_newer_one_stays(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7")
    page.take(Clicked(click=clicks.Refresh()))
    answer_all(page)
    assert Subscription.NOTE in subscriptions(page.state)
    page.take(NoteRead(note="Saved."))
    assert page.state.note == REFRESHED
    page.take(NoteRead(note=REFRESHED))
    assert page.state.note == ""
    assert Subscription.NOTE not in subscriptions(page.state)


def test_a_note_that_says_what_to_do_next_stays(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7")
    page.state = page.state.__class__(phase=page.state.phase, note=sample.EXPIRED)
    assert Subscription.NOTE not in subscriptions(page.state)


# Lists


def test_a_page_of_items_that_fails_leaves_no_other_page_s_items_under_its_address(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7")
    page.take(FragmentChanged(fragment="#/app/7?page=2"))
    assert drawn(page).all("tr", id="row-100")
    page.fail(ROWS_PATH, DOWN)
    reader = drawn(page)
    assert not reader.all("tr", id="row-100")
    assert reader.alerts()
    page.take(FragmentChanged(fragment="#/app/7"))
    answer_all(page)
    assert drawn(page).all("tr", id="row-100")


# An item


def test_separators_head_the_fields_below_them_and_the_title_is_not_repeated(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9", but=["/item/9", "/app/7"])
    fields = [*APP["fields"], podio_field(10, "separator", "Numbers"), podio_field(11, "separator", "Empty")]
    places = (0, 2, 3, 4, 1, 5)
    fields = [
        field | {"config": field["config"] | {"delta": delta}} for field, delta in zip(fields, places, strict=True)
    ]
    page.answer("/app/7", {**APP, "fields": fields})
    values = item_answer()["fields"]
    page.answer("/item/9", item_answer(title="Hopper", fields=values[::-1]))
    page_html = html(page)
    reader = drawn(page)
    assert [node.text for node in reader.all("h2", class_="section")] == ["Numbers"]
    assert page_html.index("Numbers") < page_html.index("field-2")
    assert not reader.all(id="field-1")


def test_a_text_that_is_not_the_title_is_shown(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9")
    assert "Hopper" in drawn(page).one(id="field-1").text


def test_changes_that_wait_are_shown_on_their_item_in_its_list_and_in_the_sign_out_question(
    signed_in: SignedIn,
) -> None:
    page = signed_in("#/app/7/item/9/edit")
    page.take(
        Typed(form="edit:item:9", control="f1", text="Grace", now=NOW),
        Typed(form="new:app:7", control="f1", text="X", now=NOW),
    )
    assert not drawn(page).all(id="item-draft")
    page.take(FragmentChanged(fragment="#/app/7/item/9"))
    answer_all(page)
    note = drawn(page).one(id="item-draft")
    assert "Unsaved changes from Jan 15, 2027, 08:00" in note.text
    assert [node.attributes.get("href") for node in note.inside if node.tag == "a"] == ["#/app/7/item/9/edit"]
    listed = drawn(page).one("section", id="side-drafts")
    links = [(node.text, node.attributes["href"]) for node in listed.inside if node.tag == "a"]
    assert links == [
        ("Changes of “Item 9”", "#/app/7/item/9/edit"),
        ("A new lead in Leads & Clients", "#/app/7/new"),
    ]
    page.take(Clicked(click=clicks.SignOut()))
    items = [node.text for node in drawn(page).one("dialog").inside if node.tag == "li"]
    assert items == ["Changes of “Item 9”", "A new lead in Leads & Clients"]


@pytest.mark.parametrize("when", [None, "", "0", "soon", "9" * 12, "-1"])
def test_of_changes_that_were_stored_without_a_sound_moment_none_is_said(signed_in: SignedIn, when: str | None) -> None:
    page = signed_in("#/app/7/item/9")
    texts = {"f1": "Lovelace", "_base": "3", **({} if when is None else {"_when": when})}
    page.take(DraftsLoaded(user_id=1, drafts={"edit:item:9": texts}))
    assert drawn(page).one(id="item-draft").text.startswith("Unsaved changesContinue")


def test_a_draft_of_what_was_not_read_yet_is_listed_without_a_way_there(signed_in: SignedIn) -> None:
    page = signed_in("#/")
    assert not drawn(page).all("section", id="side-drafts")
    page.take(DraftsLoaded(user_id=1, drafts={"comment:item:77": {"text": "Half"}}))
    listed = drawn(page).one("section", id="side-drafts")
    assert listed.text == "DraftsA comment on an item"
    assert not [node for node in listed.inside if node.tag == "a"]


def test_a_row_with_a_comment_that_was_not_sent_is_marked(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/100")
    page.take(Typed(form="comment:item:100", control="text", text="Half"))
    page.take(FragmentChanged(fragment="#/app/7"))
    answer_all(page)
    assert "Draft" in drawn(page).one("tr", id="row-100").text
    assert "Draft" not in drawn(page).one("tr", id="row-101").text


def test_a_contact_s_name_is_no_link_and_their_address_is(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9", but=["/item/9"])
    contact = {"profile_id": 1, "name": "Grace", "mail": ["grace@example.com"]}
    field = {"field_id": 8, "type": "contact", "label": "Who", "values": [{"value": contact}]}
    page.answer("/item/9", item_answer(fields=[field]))
    links = [node for node in drawn(page).one(id="field-8").inside if node.tag == "a"]
    assert [(node.text, node.attributes["href"]) for node in links] == [
        ("grace@example.com", "mailto:grace@example.com")
    ]


def test_long_texts_that_may_be_cut_are_readable_in_full(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9", but=[ROWS_PATH])
    name = "A name that no list has the room for"
    page.answer(ROWS_PATH, {"total": 1, "filtered": 1, "items": [item_answer(9, title=name)]})
    assert [node.attributes.get("title") for node in drawn(page).all("a", aria_current="true")] == [name]
    page.take(FragmentChanged(fragment="#/app/7"))
    page.answer(ROWS_PATH, {"total": 1, "filtered": 1, "items": [item_answer(9, title=name)]})
    row = drawn(page).one("tr", id="row-9")
    assert [node.attributes.get("title") for node in row.inside if node.tag == "a"] == [name]


# Leaving a form


def test_a_form_in_which_nothing_was_typed_is_left_at_once(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9/edit?page=2")
    page.take(Clicked(click=clicks.CancelForm(form="edit:item:9")))
    assert page.state.route == ItemPage(app_id=7, item_id=9, query=ListQuery(page=2))
    page = signed_in("#/app/7/new?page=2")
    page.take(Clicked(click=clicks.CancelForm(form="new:app:7")))
    assert page.state.route == AppPage(app_id=7, query=ListQuery(page=2))


@pytest.mark.parametrize(
    ("choice", "is_left", "is_kept"),
    [(clicks.KeepDraft(), True, True), (clicks.ConfirmDiscard(), True, False), (clicks.CloseDialog(), False, True)],
)
def test_what_was_typed_in_a_form_that_is_left_is_asked_about(
    signed_in: SignedIn, choice: Click, is_left: bool, is_kept: bool
) -> None:
    page = signed_in("#/app/7/new")
    page.take(Typed(form="new:app:7", control="f1", text="X"), Clicked(click=clicks.CancelForm(form="new:app:7")))
    assert drawn(page).one("dialog").text.startswith("Leave this form?")
    page.take(Clicked(click=choice))
    assert not drawn(page).all("dialog")
    assert (page.state.route == AppPage(app_id=7)) is is_left
    assert ("new:app:7" in page.state.account.drafts) is is_kept


# A narrow page's side bar


def test_the_drawer_takes_the_focus_and_gives_it_back(signed_in: SignedIn) -> None:
    page = signed_in()
    assert page.take(Clicked(click=clicks.ToggleMenu())) == [Focus(element_id="side-home")]
    assert drawn(page).all(id="backdrop")
    assert page.take(Clicked(click=clicks.ToggleMenu())) == [Focus(element_id="menu")]
    assert not drawn(page).all(id="backdrop")


# The look


def test_the_header_s_mark_is_the_icon() -> None:
    icon = (Path(__file__).parents[3] / "web" / "icons" / "icon.svg").read_text()
    assert re.findall(r"<rect [^>]*>", str(mark())) == [
        tag.replace("/>", ">").replace('<rect width="64"', '<rect x="0" y="0" width="64"')
        for tag in re.findall(r"<rect [^>]*>", icon)
    ]


def test_a_column_s_head_has_the_icon_of_its_type(signed_in: SignedIn) -> None:
    (head,) = drawn(signed_in("#/app/7")).all("thead")
    paths = [node.attributes["d"] for node in head.inside if node.tag == "path"]
    assert paths == [field_ui.icon(kind) for kind in ("number", "category", "money")]


@pytest.mark.parametrize("kind", [*FIELD_UIS, "unknown"])
def test_every_type_of_field_has_an_icon_in_its_square(kind: str) -> None:
    path = field_ui.icon(kind)
    assert re.fullmatch(r"M[-MLHVCSAZmlhvcsaz0-9. ]+", path)
    assert all(abs(float(number)) <= 16 for number in re.findall(r"-?[0-9]*\.?[0-9]+", path))
