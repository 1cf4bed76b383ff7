"""A saved change is taken back with a click, by its inverse; what came after it is never taken along."""

from __future__ import annotations

from collections.abc import Callable

from tests.unit.workbench.driver import NOW, Page, answer_all, html, let_happen, store_change

from workbench import clicks
from workbench.effects import PutChange
from workbench.events import ChangeDenied, ChangesRead, Clicked, NoteRead, Submitted, Typed
from workbench.outbox import (
    AddComment,
    Change,
    CreateItem,
    DeleteComment,
    DeleteItem,
    Done,
    Due,
    FieldEdit,
    ItemNow,
    ItemRead,
    Lost,
    Operation,
    Phase,
    UpdateItem,
    add,
)
from workbench.reads import CommentsOf, ItemOf

SignedIn = Callable[..., Page]

EDIT, COMMENT, NEW = "edit:item:9", "comment:item:9", "new:app:7"
FIRST, SECOND, THIRD = "1" * 32, "2" * 32, "3" * 32
NAME = FieldEdit("text", "Lovelace", "Hopper")


def put(page: Page, form: str, texts: dict[str, str], nonce: str = FIRST) -> Change:
    """Submit a form, and store its change."""
    for control, text in texts.items():
        page.take(Typed(form=form, control=control, text=text))
    page.take(Submitted(form=form, texts=texts, nonce=nonce, now=NOW))
    return store_change(page)


def save_name(page: Page, *, revision: int | None = 4) -> None:
    let_happen(page, put(page, EDIT, {"f1": "Lovelace"}), Due(), Done(revision=revision))


def click_undo(page: Page) -> Operation:
    page.take(Clicked(click=clicks.UndoChange(change_id=FIRST), nonce=SECOND, now=NOW + 1))
    change: Change = page.effects_of(PutChange)[-1].change
    assert (change.change_id, change.made_at) == (SECOND, NOW + 1)
    return change.operation


def offers_undo(page: Page) -> bool:
    return 'id="undo"' in html(page)


def test_a_saved_edit_is_undone_by_the_edit_back(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9/edit")
    save_name(page)
    assert "Saved." in html(page)
    assert click_undo(page) == UpdateItem(9, {"name": FieldEdit("text", "Hopper", "Lovelace")}, 4)
    assert not offers_undo(page)
    undo = store_change(page)
    assert "Hopper" in html(page)
    let_happen(page, undo, Due(), Done(revision=5))
    assert "Your change was undone." in html(page)
    assert not offers_undo(page)
    item = page.state.read(ItemOf(item_id=9)).value
    assert item is not None
    assert item.revision == 5


def test_what_others_change_meanwhile_makes_an_ordinary_conflict_of_an_undo(item_page: Page) -> None:
    save_name(item_page)
    click_undo(item_page)
    theirs = ItemNow(9, 6, {"name": "Perlman"})
    conflict = let_happen(item_page, store_change(item_page), Due(), Lost(), ItemRead(theirs))
    assert conflict is not None
    assert (conflict.phase, conflict.theirs) == (Phase.CONFLICT, {"name": "Perlman"})
    assert "Which values should stay?" in html(item_page)


def test_a_comment_is_undone_by_its_deletion_which_shows_at_the_comment(item_page: Page) -> None:
    let_happen(item_page, put(item_page, COMMENT, {"text": "Hello"}), Due(), Done(comment_id=31))
    item_page.answer("/comment/item/9/", [{"comment_id": 31, "external_id": FIRST, "value": "Hello"}])
    assert click_undo(item_page) == DeleteComment(9, 31)
    undo = store_change(item_page)
    assert 'id="comment-31" data-change="pending"' in html(item_page)
    let_happen(item_page, undo, Due(), Done())
    assert "Your change was undone." in html(item_page)
    item_page.answer("/comment/item/9/", [])
    assert item_page.state.read(CommentsOf(item_id=9)).value == ()


def test_a_new_item_is_undone_by_its_deletion(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/new")
    let_happen(page, put(page, NEW, {"f1": "Ida"}), Due(), Done(item_id=12, revision=0))
    assert page.effects_of(PutChange)[-1].change.operation == CreateItem(7, {"name": "Ida"})
    assert "Item created." in html(page)
    assert click_undo(page) == DeleteItem(12)


def test_a_deletion_is_final_and_its_question_says_so(item_page: Page) -> None:
    item_page.take(Clicked(click=clicks.DeleteItem()))
    assert "This can't be undone here." in html(item_page).replace("&#39;", "'")
    item_page.take(Clicked(click=clicks.ConfirmDeletion(), nonce=FIRST, now=NOW))
    let_happen(item_page, store_change(item_page), Due(), Done())
    assert "The item was deleted." in html(item_page)
    assert not offers_undo(item_page)


def test_an_undo_is_offered_as_long_as_its_note_shows(item_page: Page) -> None:
    save_name(item_page)
    assert offers_undo(item_page)
    item_page.take(NoteRead(note="Saved."))
    assert not offers_undo(item_page)
    item_page.take(Clicked(click=clicks.UndoChange(change_id=FIRST), nonce=SECOND))
    assert len(item_page.effects_of(PutChange)) == 1


def test_a_further_saved_change_is_what_an_undo_takes_back(item_page: Page) -> None:
    save_name(item_page)
    answer_all(item_page)
    let_happen(item_page, put(item_page, EDIT, {"f2": "13"}, THIRD), Due(), Done(revision=5))
    assert f'data-change-id="{THIRD}"' in html(item_page)
    item_page.take(Clicked(click=clicks.UndoChange(change_id=FIRST), nonce=SECOND))
    assert len(item_page.effects_of(PutChange)) == 2


def test_nothing_that_was_typed_or_changed_since_is_taken_back_with_a_change(item_page: Page) -> None:
    first = put(item_page, EDIT, {"f1": "Lovelace"})
    let_happen(item_page, first, Due())
    since = Change(THIRD, 0, NOW, UpdateItem(9, {"name": FieldEdit("text", "Liskov", "Lovelace")}, 3))
    item_page.take(ChangesRead(outbox=add(item_page.state.account.outbox, since, NOW)))
    let_happen(item_page, first, Done(revision=4))
    assert "Saved." in html(item_page)
    assert not offers_undo(item_page)


def test_an_undo_waits_for_nobody_who_types_on(item_page: Page) -> None:
    save_name(item_page)
    item_page.take(Typed(form=EDIT, control="f1", text="Liskov"))
    assert not offers_undo(item_page)


def test_an_undo_that_cannot_be_stored_says_so(item_page: Page) -> None:
    save_name(item_page)
    click_undo(item_page)
    item_page.take(ChangeDenied(form="", is_full=True))
    assert "storage is full" in html(item_page)


def test_an_edit_of_the_item_that_begins_after_its_undo_goes_on(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9")
    save_name(page)
    click_undo(page)
    undo = store_change(page)
    page.take(Typed(form=EDIT, control="f1", text="Liskov"))
    let_happen(page, undo, Due(), Done(revision=5))
    assert page.state.account.drafts[EDIT]["f1"] == "Liskov"
    again = put(page, EDIT, {"f1": "Liskov"}, THIRD)
    operation = again.operation
    assert isinstance(operation, UpdateItem)
    assert operation.edits["name"] == FieldEdit("text", "Liskov", "Hopper")


def test_a_comment_that_podio_gave_no_id_is_not_undone(item_page: Page) -> None:
    let_happen(item_page, put(item_page, COMMENT, {"text": "Hello"}), Due(), Done())
    assert isinstance(item_page.effects_of(PutChange)[-1].change.operation, AddComment)
    assert not offers_undo(item_page)
