"""An item's page: fields without a value, editing from a value on, the items before and after, the shortcuts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.unit.workbench.driver import APP, NOW, Page, answer_all, html, item_answer, podio_field
from tests.unit.workbench.test_views import drawn

from workbench import clicks
from workbench.effects import GoTo, KeepShortcuts, ReturnTo
from workbench.events import Clicked, Started
from workbench.places import Place
from workbench.screens.item import EditField
from workbench.state import Site

SignedIn = Callable[..., Page]
MAY_UPDATE = {"rights": ["view", "update"]}


def item_with(page: Page, **changes: object) -> Page:
    page.answer("/app/7", changes.pop("app", APP))
    page.answer("/item/9", item_answer(**changes))
    answer_all(page)
    return page


@pytest.fixture
def begun(signed_in: SignedIn) -> Page:
    return signed_in("#/app/7/item/9", but=["/item/9", "/app/7"])


def test_a_field_without_a_value_is_shown_where_it_can_be_filled(begun: Page) -> None:
    fields = [*APP["fields"], podio_field(10, "contact", "Who"), podio_field(11, "image", "Picture")]
    reader = drawn(item_with(begun, app={**APP, "fields": fields}, **MAY_UPDATE))
    assert [reader.one(id=f"field-{number}").attributes["class"] for number in (1, 2, 3, 4)] == [
        "field",
        "field",
        "field blank",
        "field blank",
    ]
    assert "Empty" in reader.one(id="field-3").text
    assert not reader.all(id="field-10"), "a field that is filled in Podio alone"
    assert not reader.all(id="field-11")


def test_a_field_without_a_value_is_not_shown_to_a_user_who_may_not_fill_it(begun: Page) -> None:
    reader = drawn(item_with(begun, rights=["view"]))
    assert not reader.all(class_="field blank")
    assert not [node for node in reader.all("dd") if "data-on-click" in node.attributes]


def test_a_field_that_only_podio_can_change_is_shown_in_its_place_with_the_way_there(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9/edit", but=["/item/9", "/app/7"])
    photo = {"field_id": 5, "type": "image", "label": "Photo", "values": [{"value": {"file_id": 3, "name": "a.png"}}]}
    first = podio_field(5, "image", "Photo")
    first["config"]["delta"] = 0
    app = {**APP, "fields": [*APP["fields"], first, podio_field(6, "calculation", "Sum")]}
    values = [*item_answer()["fields"], photo]
    item_with(page, app=app, fields=values, link="https://podio.com/acme/leads/9", **MAY_UPDATE)
    shown = html(page)
    places = [shown.index(f'id="edit-item-9-row-{number}"') for number in (5, 1, 2)]
    assert places == sorted(places)
    row = drawn(page).one("div", id="edit-item-9-row-5")
    assert [text in row.text for text in ("Photo", "a.png", "Edit in Podio")] == [True] * 3
    assert [node.attributes["href"] for node in row.inside if node.tag == "a"] == ["https://podio.com/acme/leads/9"]
    assert "edit-item-9-row-6" not in shown


def test_a_click_on_a_value_edits_it(begun: Page) -> None:
    page = item_with(begun, **MAY_UPDATE)
    values = [node.attributes for node in drawn(page).all("dd") if "data-on-click" in node.attributes]
    assert [(value["data-on-click"], value["data-field-id"]) for value in values] == [
        ("edit-field", str(number)) for number in (1, 2, 3, 4)
    ]
    effects = page.take(Clicked(click=EditField(field_id=4)))
    assert GoTo(fragment="#/app/7/item/9/edit", replace=False) in effects
    assert ReturnTo(place=Place(focus="edit-9-f4")) in effects
    assert drawn(page).all(id="edit-9-f4")


@pytest.mark.parametrize(
    ("item", "before", "after"),
    [(100, None, 101), (115, 114, 116), (129, 128, None)],
)
def test_an_item_leads_to_those_before_and_after_it_in_its_list(
    signed_in: SignedIn, item: int, before: int | None, after: int | None
) -> None:
    page = signed_in(f"#/app/7/item/{item}?page=2")
    page.answer(f"/item/{item}", item_answer(item))
    reader = drawn(page)
    for which, target, key in (("previous", before, "k"), ("next", after, "j")):
        link = reader.one("a", id=f"{which}-item").attributes
        if target is None:
            assert link["aria-disabled"] == "true"
            assert "href" not in link
            assert "aria-keyshortcuts" not in link
        else:
            assert link["href"] == f"#/app/7/item/{target}?page=2"
            assert link["aria-keyshortcuts"] == key


def test_an_item_that_its_list_does_not_have_leads_to_no_other(signed_in: SignedIn) -> None:
    reader = drawn(signed_in("#/app/7/item/9"))
    assert not reader.all(id="next-item")
    assert not reader.all(id="previous-item")


def test_the_shortcuts_are_listed_and_those_of_a_single_key_can_be_turned_off(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/100")
    page.answer("/item/100", item_answer(100, **MAY_UPDATE))
    keys = {
        node.attributes["aria-keyshortcuts"] for node in drawn(page).nodes if "aria-keyshortcuts" in node.attributes
    }
    assert {"j", "c", "?"} <= keys
    page.take(Clicked(click=clicks.ShowShortcuts()))
    assert {"n", "e", "j", "k", "c", "?"} <= {node.text for node in drawn(page).all("kbd")}
    assert page.take(Clicked(click=clicks.ToggleShortcuts())) == [KeepShortcuts(has_shortcuts=False)]
    reader = drawn(page)
    assert reader.one("div", id="frame").attributes["data-shortcuts"] == "off"
    assert "j" not in {node.text for node in reader.all("kbd")}
    assert "Turn single keys on" in reader.buttons()


def test_single_keys_stay_off_where_the_browser_says_so() -> None:
    page = Page()
    page.take(Started(site=Site(client_id="c"), fragment="#/", now=NOW, signed_in=True, has_shortcuts=False))
    assert drawn(page).one("div", id="frame").attributes["data-shortcuts"] == "off"
