"""A save changes what was read of its item; only what can't be known so is read again, and the least of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.unit.workbench.driver import APP, NOW, Page, answer_all, html, item_answer, let_happen, podio_field

from podio.model import ItemsPage
from workbench import routes
from workbench.events import CallAnswered, ChangeGone, ChangesRead, FragmentChanged
from workbench.failures import Failure, Kind
from workbench.outbox import (
    AddComment,
    Change,
    CreateItem,
    DeleteItem,
    Done,
    FieldEdit,
    Operation,
    Outbox,
    Phase,
    UpdateItem,
)
from workbench.reads import CommentsOf, ItemOf, ItemsOf, ListQuery

SignedIn = Callable[..., Page]
Go = Callable[[Page, str], None]

LIST, ID = "/item/app/7/filter/", "1" * 32
SIZE, NAME = FieldEdit("number", "404", "12"), FieldEdit("text", "Lovelace", "Hopper")
SECOND = ItemsOf(app_id=7, query=ListQuery(page=2))


def settle(page: Page, operation: Operation, **done: Any) -> list[str]:
    """Let a change reach Podio, and return which paths are read then."""
    change = Change(ID, 1, NOW, operation, phase=Phase.SENDING)
    page.take(ChangesRead(outbox=Outbox((change,))))
    before = len(page.calls())
    let_happen(page, change, Done(**done))
    return [call.path for call in page.calls()[before:]]


def update(item_id: int = 100, revision: int = 3, **edits: FieldEdit) -> UpdateItem:
    return UpdateItem(item_id, edits or {"size": SIZE}, revision)


def page_of(page: Page, key: ItemsOf | None = None) -> ItemsPage:
    rows = page.state.read(key or ItemsOf(app_id=7)).value
    assert rows is not None
    return rows


def ids(page: Page, key: ItemsOf | None = None) -> list[int]:
    return [row.item_id for row in page_of(page, key).items]


def row(page: Page, item_id: int = 100) -> str:
    return html(page).partition(f'<tr id="row-{item_id}"')[2].partition("</tr>")[0]


def list_of(first: int, count: int, filtered: int) -> dict[str, Any]:
    items = [item_answer(number) for number in range(first, first + count)]
    return {"total": filtered, "filtered": filtered, "items": items}


def with_list(signed_in: SignedIn, fragment: str, answer: dict[str, Any]) -> Page:
    page = signed_in(fragment, but=[LIST])
    page.answer(LIST, answer)
    return page


# Updates


def test_a_save_changes_its_row_and_reads_nothing(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7")
    assert settle(page, update(), revision=4) == []
    assert "404" in row(page)
    assert html(page).count("404") == 1
    assert (page_of(page).items[0].revision, page_of(page).filtered) == (4, 31)


def test_the_row_has_the_title_that_podio_answers(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7")
    settle(page, update(name=NAME), revision=4, title="M-1 Lovelace")
    assert ">M-1 Lovelace</a>" in row(page)


def test_an_item_that_is_shown_by_itself_is_read_again_alone_and_what_is_read_goes_into_its_row(
    signed_in: SignedIn, go: Go
) -> None:
    page = signed_in("#/app/7")
    go(page, "#/app/7/item/100")
    assert settle(page, update(), revision=4) == ["/item/100"]
    page.answer("/item/100", item_answer(100, revision=5, title="Grace was here"))
    page.take(FragmentChanged(fragment="#/app/7"))
    assert "Grace was here" in row(page)
    assert len(page.calls(LIST)) == 1


CALCULATED = {**APP, "fields": [*APP["fields"], podio_field(5, "calculation", "Sum")]}
CONTACTS = {**APP, "fields": [*APP["fields"], podio_field(6, "contact", "Who")]}


@pytest.mark.parametrize(
    ("app", "edits", "revision"),
    [
        (CALCULATED, {"size": SIZE}, 4),
        (CONTACTS, {"who": FieldEdit("contact", [12], None)}, 4),
        (APP, {"phase": FieldEdit("category", [77], None)}, 4),
        (APP, {"size": SIZE}, 5),
        (APP, {"size": SIZE}, None),
    ],
    ids=["a calculation", "a contact's name", "an unknown option", "another revision between", "no revision"],
)
def test_what_only_podio_knows_is_read_of_the_one_item_and_put_into_its_row(
    signed_in: SignedIn, app: dict[str, Any], edits: dict[str, FieldEdit], revision: int | None
) -> None:
    page = signed_in("#/app/7", but=["/app/7"])
    page.answer("/app/7", app)
    answer_all(page, but=["/app/7"])
    assert settle(page, update(**edits), revision=revision) == ["/item/100"]
    assert "Loading" not in html(page)
    page.answer("/item/100", item_answer(100, revision=5, title="As it is now", comments=[]))
    assert "As it is now" in row(page)
    assert len(page.calls(LIST)) == 1


def test_a_row_that_somebody_else_had_changed_before_the_save_is_read_again(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7")
    assert settle(page, update(revision=6), revision=7) == ["/item/100"]


def test_a_row_that_was_read_later_than_the_save_stays_as_it_was_read(signed_in: SignedIn) -> None:
    page = with_list(signed_in, "#/app/7", {"filtered": 1, "items": [item_answer(100, revision=8)]})
    settle(page, update(), revision=4)
    assert "404" not in row(page)
    assert page_of(page).items[0].revision == 8


def test_an_item_that_is_read_by_itself_never_makes_its_row_older(signed_in: SignedIn) -> None:
    page = with_list(signed_in, "#/app/7", {"filtered": 1, "items": [item_answer(100, revision=8, title="Newest")]})
    settle(page, update(revision=6), revision=7)
    page.answer("/item/100", item_answer(100, revision=7))
    assert "Newest" in row(page)


def test_a_list_that_is_answered_late_never_makes_a_row_older_than_its_item(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9", but=[LIST, "/item/9"])
    page.answer("/item/9", item_answer(9, revision=8, title="Newest"))
    page.answer(LIST, {"filtered": 1, "items": [item_answer(9, revision=7)]})
    assert page_of(page).items[0].title == "Newest"


@pytest.mark.parametrize("item_is_read", [False, True])
def test_what_was_being_read_while_a_save_was_made_is_read_again(signed_in: SignedIn, item_is_read: bool) -> None:
    """Its answer may be from before, and would take the save back on the screen."""
    page = signed_in("#/app/7/item/100", but=[LIST, *([] if item_is_read else ["/item/100"])])
    if item_is_read:
        page.answer("/item/100", item_answer(100))
    late = page.last_call(LIST)
    assert LIST in settle(page, update(), revision=4)
    page.take(CallAnswered(tag=late.tag, response=list_of(100, 1, 1)))
    assert page.state.read(ItemsOf(app_id=7)).value is None


@pytest.mark.parametrize(
    ("sort", "edits", "is_read"),
    [
        ("created_on", {"size": SIZE}, False),
        ("2", {"size": SIZE}, True),
        ("1", {"size": SIZE}, False),
        ("title", {"name": NAME}, True),
        ("title", {"size": SIZE}, False),
        ("last_edit_on", {"size": SIZE}, True),
    ],
)
def test_a_list_is_read_again_where_its_order_depends_on_what_was_changed(
    signed_in: SignedIn, sort: str, edits: dict[str, FieldEdit], is_read: bool
) -> None:
    page = signed_in(f"#/app/7?sort={sort}&desc=0")
    assert settle(page, update(**edits), revision=4) == ([LIST] if is_read else [])


def test_without_the_app_the_item_is_read_for_its_values(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7", but=["/app/7"])
    assert settle(page, update(), revision=4) == ["/item/100"]


def test_a_row_that_was_read_again_and_is_gone_leaves_the_list(signed_in: SignedIn) -> None:
    page = with_list(signed_in, "#/app/7", list_of(100, 3, 3))
    settle(page, update(101), revision=None)
    page.fail("/item/101", Failure(kind=Kind.MISSING, message="Gone."))
    assert ids(page) == [100, 102]
    assert "Gone." not in html(page)


def test_a_row_that_could_not_be_read_again_stays_and_says_nothing(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7")
    settle(page, update(), revision=None)
    page.fail("/item/100", Failure(kind=Kind.LIMIT, message="Too many calls."))
    assert "404" in row(page)
    assert "Too many calls." not in html(page)


# New items


def test_a_new_item_comes_first_in_the_newest_and_is_the_one_thing_that_is_read(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7")
    paths = settle(page, CreateItem(7, {"name": "Lamp"}), item_id=77, revision=0, title="Lamp")
    assert paths == ["/item/77"]
    assert ids(page) == [77, *range(100, 129)]
    assert (page_of(page).total, page_of(page).filtered) == (32, 32)
    assert ">Lamp</a>" in row(page, 77)
    page.answer("/item/77", item_answer(77, title="Lamp 1", revision=0))
    assert ">Lamp 1</a>" in row(page, 77)


def test_a_new_item_that_podio_answers_without_a_title_has_that_of_its_first_text(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7")
    settle(page, CreateItem(7, {"name": "Lamp"}), item_id=77, revision=0)
    assert ">Lamp</a>" in row(page, 77)


def test_from_the_form_of_a_new_item_its_list_is_not_read_again(signed_in: SignedIn, go: Go) -> None:
    page = signed_in("#/app/7")
    go(page, "#/app/7/new")
    assert settle(page, CreateItem(7, {"name": "Lamp"}), item_id=77, revision=0) == []
    page.take(FragmentChanged(fragment="#/app/7/item/77"))
    assert page.last_call("/item/77")
    assert len(page.calls(LIST)) == 1
    assert 'id="beside-77"' in html(page)


def test_the_form_of_a_new_item_reads_no_list_for_itself(signed_in: SignedIn) -> None:
    assert signed_in("#/app/7/new").calls(LIST) == []


@pytest.mark.parametrize(
    ("fragment", "answer", "expected", "is_read"),
    [
        ("#/app/7?desc=0&sort=created_on", list_of(100, 3, 3), [100, 101, 102, 77], False),
        ("#/app/7?desc=0&sort=created_on", list_of(100, 30, 30), [*range(100, 130)], False),
        ("#/app/7?desc=0&sort=created_on&page=2", list_of(130, 2, 32), [130, 131, 77], False),
        ("#/app/7?page=2", list_of(130, 2, 32), [130, 131], True),
        ("#/app/7?sort=title&desc=0", list_of(100, 3, 3), [100, 101, 102], True),
    ],
    ids=["the oldest first", "full", "the last page", "a later page of the newest", "another order"],
)
def test_a_list_is_read_again_for_a_new_item_where_its_place_is_not_known(
    signed_in: SignedIn, fragment: str, answer: dict[str, Any], expected: list[int], is_read: bool
) -> None:
    page = with_list(signed_in, fragment, answer)
    route = page.state.route
    assert isinstance(route, routes.AppPage)
    paths = settle(page, CreateItem(7, {"name": "Lamp"}), item_id=77, revision=0)
    key = ItemsOf(app_id=7, query=route.query)
    assert ids(page, key) == expected
    assert (LIST in paths) == is_read
    if not is_read:
        assert page_of(page, key).filtered == answer["filtered"] + 1


def test_remembered_pages_that_shift_are_dropped_and_the_first_is_kept(signed_in: SignedIn, go: Go) -> None:
    page = signed_in("#/app/7?page=2")
    go(page, "#/app/7")
    go(page, "#/")
    settle(page, CreateItem(7, {"name": "Lamp"}), item_id=77, revision=0)
    assert ids(page)[0] == 77
    assert SECOND not in page.state.account.reads


def test_an_item_that_the_list_has_already_is_not_put_there_twice(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7")
    settle(page, CreateItem(7, {"name": "Lamp"}), item_id=105, revision=0)
    assert ids(page) == list(range(100, 130))
    assert page_of(page).filtered == 31


# Deletions


def test_a_deleted_item_leaves_a_list_that_has_no_more_without_a_call(signed_in: SignedIn) -> None:
    page = with_list(signed_in, "#/app/7", list_of(100, 3, 3))
    assert settle(page, DeleteItem(101)) == []
    assert ids(page) == [100, 102]
    assert (page_of(page).total, page_of(page).filtered) == (2, 2)


def test_a_page_that_lacks_a_row_is_read_again(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7")
    assert settle(page, DeleteItem(101)) == [LIST]
    assert "Loading" not in html(page)
    assert 'id="row-101"' not in html(page)


def test_the_first_row_of_the_next_page_moves_up_where_it_was_read(signed_in: SignedIn) -> None:
    page = with_list(signed_in, "#/app/7?page=2", list_of(130, 5, 35))
    page.take(FragmentChanged(fragment="#/app/7"))
    answer_all(page)
    assert settle(page, DeleteItem(101)) == []
    assert ids(page) == [100, *range(102, 131)]
    assert SECOND not in page.state.account.reads


def test_a_page_before_the_deleted_item_is_counted_and_one_behind_it_is_read_again(signed_in: SignedIn) -> None:
    page = with_list(signed_in, "#/app/7?page=2", list_of(130, 5, 35))
    page.take(FragmentChanged(fragment="#/app/7"))
    page.answer(LIST, list_of(100, 30, 35))
    assert settle(page, DeleteItem(131)) == []
    assert (ids(page), page_of(page).filtered) == (list(range(100, 130)), 34)
    assert ids(page, SECOND) == [130, 132, 133, 134]
    page.take(FragmentChanged(fragment="#/app/7?page=2"))
    page.answer(LIST, list_of(130, 4, 34))
    assert settle(page, DeleteItem(101)) == [LIST]


def test_of_a_deleted_item_nothing_is_kept(signed_in: SignedIn, go: Go) -> None:
    page = signed_in("#/app/7/item/9")
    go(page, "#/app/7")
    settle(page, DeleteItem(9))
    assert not {ItemOf(item_id=9), CommentsOf(item_id=9)} & page.state.account.reads.keys()


# Another tab


def gone(page: Page, operation: Operation, phase: Phase = Phase.SENDING) -> list[str]:
    """Let a change leave the outbox by another tab's doing, and return which paths are read then."""
    change = Change(ID, 1, NOW, operation, phase=phase)
    page.take(ChangesRead(outbox=Outbox((change,))))
    before = len(page.calls())
    page.take(ChangesRead(outbox=Outbox()), ChangeGone(change=change))
    return [call.path for call in page.calls()[before:]]


def test_what_another_tab_has_saved_shows_in_the_row(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7")
    assert gone(page, update()) == ["/item/100"]
    page.answer("/item/100", item_answer(100, revision=4, title="From the other tab"))
    assert "From the other tab" in row(page)


def test_what_another_tab_has_deleted_leaves_the_list(signed_in: SignedIn) -> None:
    page = with_list(signed_in, "#/app/7", list_of(100, 3, 3))
    assert gone(page, DeleteItem(101)) == ["/item/101"]
    page.fail("/item/101", Failure(kind=Kind.MISSING, message="Gone."))
    assert ids(page) == [100, 102]


def test_what_another_tab_has_created_shows_in_the_list(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7")
    assert gone(page, CreateItem(7, {"name": "Lamp"})) == [LIST]
    assert gone(page, CreateItem(7, {"name": "Refused"}), Phase.FAILED) == []
    assert gone(signed_in("#/space/6"), CreateItem(7, {"name": "Lamp"})) == []


def test_what_is_shown_nowhere_is_not_read_for_another_tab(signed_in: SignedIn, go: Go) -> None:
    page = signed_in("#/app/7/item/9")
    go(page, "#/space/6")
    assert gone(page, update(9)) == []
    assert gone(page, AddComment(4711, "Hello")) == []
