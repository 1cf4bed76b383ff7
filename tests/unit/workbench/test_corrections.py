"""What Podio has refused is corrected in its form, with what was typed; after a reload, too."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.unit.workbench.driver import NOW, Page, answer_all, decide, html, let_happen, store_change

from workbench import clicks, routes
from workbench.effects import DecideChange, Focus, GoTo, PutChange
from workbench.events import ChangesRead, Clicked, Submitted, Typed
from workbench.outbox import (
    AddComment,
    Change,
    CreateItem,
    DeleteItem,
    Discarded,
    Due,
    FieldEdit,
    Operation,
    Outbox,
    Phase,
    Refused,
    UpdateItem,
)

SignedIn = Callable[..., Page]

EDIT, NEW = "edit:item:9", "new:app:7"
FIRST, SECOND = "1" * 32, "2" * 32
RENAMED = UpdateItem(9, {"name": FieldEdit("text", "Lovelace", "Hopper")}, 3)
BOTH = UpdateItem(9, {**RENAMED.edits, "size": FieldEdit("number", "13", "12.0000")}, 3)
CREATED = CreateItem(7, {"name": "Ida", "size": "3", "phase": [2], "worth": {"value": "5", "currency": "USD"}})


def find(page: Page, operation: Operation, reason: str = "Too long.") -> Change:
    """Let a refused change be in the outbox, as after a reload."""
    change = Change(FIRST, 1, NOW, operation, "Item 9", phase=Phase.FAILED, reason=reason, tries=1)
    page.take(ChangesRead(outbox=Outbox((change,))))
    return change


def click_edit(page: Page) -> None:
    page.take(Clicked(click=clicks.EditChange(change_id=FIRST)))
    answer_all(page)


def control(page: Page, element_id: str) -> str:
    """Return what the page has from a control to its end."""
    return html(page).partition(f'id="{element_id}-box"')[2].partition('class="control')[0]


@pytest.mark.parametrize("fragment", ["#/app/7/item/9", "#/app/7"])
def test_a_refused_edit_is_opened_with_what_was_typed_at_its_field(signed_in: SignedIn, fragment: str) -> None:
    page = signed_in("#/app/7/item/9")
    if fragment == "#/app/7":
        page = signed_in(fragment)
        page.take(Clicked(click=clicks.ShowUnsent()))
        rename = UpdateItem(100, RENAMED.edits, 3)
        find(page, rename)
        assert ">Edit</button>" in html(page)
        page.take(Clicked(click=clicks.EditChange(change_id=FIRST)))
        assert page.state.route == routes.ItemPage(app_id=7, item_id=100, editing=True)
        assert 'id="dialog"' not in html(page)
        return
    find(page, RENAMED)
    assert ">Edit</button>" in html(page)
    click_edit(page)
    assert page.state.route == routes.ItemPage(app_id=7, item_id=9, editing=True)
    control_html = control(page, "edit-9-f1")
    assert 'value="Lovelace"' in control_html
    assert 'aria-invalid="true"' in control_html
    assert "Too long." in control_html
    assert page.effects_of(Focus)[-1] == Focus(element_id="edit-9-f1")
    assert ">Edit</button>" not in html(page)


def test_a_corrected_edit_is_the_refused_one_with_the_correction(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9")
    find(page, RENAMED)
    click_edit(page)
    page.take(Typed(form=EDIT, control="f1", text="Liskov"))
    page.take(Submitted(form=EDIT, texts={"f1": "Liskov", "f2": "12"}, nonce=SECOND, now=NOW))
    store_change(page)
    [change] = page.state.account.outbox.changes
    assert change.change_id == FIRST
    assert change.phase is Phase.PENDING
    assert change.operation == UpdateItem(9, {"name": FieldEdit("text", "Liskov", "Hopper")}, 3)


@pytest.mark.parametrize(
    ("reason", "complained"),
    [
        ("Too long.", []),
        ("The value of Size is too large.", ["edit-9-f2"]),
        ("Field 'name' must be short.", ["edit-9-f1"]),
        ("Field 2 is wrong.", ["edit-9-f2"]),
        ("Resize the names.", []),
    ],
)
def test_of_several_fields_those_are_marked_that_podio_names(
    signed_in: SignedIn, reason: str, complained: list[str]
) -> None:
    page = signed_in("#/app/7/item/9/edit")
    find(page, BOTH, reason)
    control_ids = [name for name in ("edit-9-f1", "edit-9-f2") if 'aria-invalid="true"' in control(page, name)]
    assert control_ids == complained
    labels = {"edit-9-f1": "Name", "edit-9-f2": "Size"}
    assert [name for name in labels if f"Field: <bdi>{labels[name]}</bdi>" in html(page)] == complained


def test_a_refused_new_item_is_opened_with_what_was_typed_and_replaced_when_it_is_corrected(
    signed_in: SignedIn,
) -> None:
    page = signed_in("#/")
    find(page, CREATED, "Invalid value for Size.")
    page.take(Clicked(click=clicks.ShowUnsent()))
    click_edit(page)
    assert page.state.route == routes.NewItemPage(app_id=7)
    assert page.effects_of(GoTo)[-1].fragment == "#/app/7/new"
    assert 'value="Ida"' in control(page, "new-7-f1")
    assert "Invalid value for Size." in control(page, "new-7-f2")
    assert 'value="2" selected' in control(page, "new-7-f3")
    texts = {"f1": "Ida", "f2": "4", "f3": "2", "f4": "5", "f4.currency": "USD"}
    page.take(Submitted(form=NEW, texts=texts, nonce=SECOND, now=NOW))
    created = page.effects_of(PutChange)[-1].change.operation
    assert created.fields.keys() == CREATED.fields.keys()
    assert DecideChange(change_id=FIRST, event=Discarded()) in page.effects


def test_a_draft_of_another_new_item_is_not_mixed_with_the_refused_one(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/new")
    page.take(Typed(form=NEW, control="f1", text="Another"))
    find(page, CREATED)
    click_edit(page)
    assert "You have a draft of another new item." in html(page)
    assert page.state.account.drafts[NEW] == {"f1": "Another"}
    assert NEW not in page.state.account.submissions


def test_a_comment_goes_back_into_its_box(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9")
    find(page, AddComment(9, "Hello"))
    click_edit(page)
    assert page.state.account.drafts["comment:item:9"] == {"text": "Hello"}
    assert decide(page) is None
    assert page.effects_of(Focus)[-1] == Focus(element_id="comment-9-text")


def test_a_refused_edit_in_its_open_form_marks_the_field_by_itself(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9/edit")
    page.take(Typed(form=EDIT, control="f1", text="Lovelace"))
    page.take(Submitted(form=EDIT, texts={"f1": "Lovelace"}, nonce=FIRST, now=NOW))
    let_happen(page, store_change(page), Due(), Refused("Too long."))
    assert "Too long." in control(page, "edit-9-f1")


@pytest.mark.parametrize("operation", [DeleteItem(9), UpdateItem(8, RENAMED.edits, 3)])
def test_what_has_no_form_or_one_whose_place_nobody_knows_offers_no_edit(
    signed_in: SignedIn, operation: Operation
) -> None:
    page = signed_in("#/app/7/item/9")
    find(page, operation)
    page.take(Clicked(click=clicks.ShowUnsent()))
    assert ">Edit</button>" not in html(page)
    route = page.state.route
    click_edit(page)
    assert page.state.route == route
