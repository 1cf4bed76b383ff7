"""What is typed is kept, and what is submitted becomes a change, once: edits, new items, deletions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.unit.workbench.driver import NOW, Page, decide, html, item_answer, let_happen, store_change

from workbench import clicks, routes, state
from workbench.effects import DecideChange, GoTo, PutChange, RemoveDraft, StoreDraft
from workbench.events import (
    ChangeDenied,
    ChangeGone,
    ChangesRead,
    Clicked,
    DraftsDenied,
    DraftsLoaded,
    DraftStored,
    FragmentChanged,
    ItemSeen,
    OutboxOpened,
    Submitted,
    Typed,
)
from workbench.field_ui import UNREADABLE
from workbench.outbox import (
    AddComment,
    Change,
    Choice,
    Conflicted,
    CreateItem,
    DeleteItem,
    Discarded,
    Done,
    Due,
    FieldEdit,
    Gone,
    ItemNow,
    ItemRead,
    Lost,
    Operation,
    Outbox,
    Phase,
    Refused,
    Resolved,
    SendAgain,
    UpdateItem,
    add,
)
from workbench.reads import ItemOf

SignedIn = Callable[..., Page]

COMMENT, EDIT, NEW, DELETE = "comment:item:9", "edit:item:9", "new:app:7", "delete:item:9"
ITEM = "/item/9"
FIRST, SECOND = "1" * 32, "2" * 32


def type_comment(page: Page, text: str) -> None:
    page.take(Typed(form=COMMENT, control="text", text=text))


@pytest.fixture
def edit_page(signed_in: SignedIn) -> Page:
    page = signed_in("#/app/7/item/9/edit")
    page.take(Typed(form=EDIT, control="f1", text="Lovelace"))
    return page


def submit_edit(page: Page, nonce: str = FIRST, **texts: str) -> None:
    page.take(Submitted(form=EDIT, texts={"f1": "Lovelace", "f2": "12", **texts}, nonce=nonce, now=NOW))


def save(page: Page, nonce: str = FIRST, **texts: str) -> Change:
    submit_edit(page, nonce, **texts)
    return store_change(page)


def put(page: Page) -> Change:
    """Return the change that was put into the outbox last."""
    change: Change = page.effects_of(PutChange)[-1].change
    return change


def edits(page: Page) -> UpdateItem:
    operation = put(page).operation
    assert isinstance(operation, UpdateItem)
    return operation


def name(text: str, before: Any = "Hopper") -> dict[str, FieldEdit]:
    return {"name": FieldEdit("text", text, before)}


# Drafts


def test_typed_text_is_stored_as_a_draft(item_page: Page) -> None:
    assert item_page.take(Typed(form=COMMENT, control="text", text="He")) == [
        StoreDraft(user_id=1, form=COMMENT, texts={"text": "He"})
    ]


def test_a_field_that_was_emptied_is_stored_as_a_draft(edit_page: Page) -> None:
    edit_page.take(Typed(form=EDIT, control="f1", text=""))
    assert edit_page.effects_of(StoreDraft)[-1].texts["f1"] == ""


def test_emptied_text_is_no_draft_any_more(item_page: Page) -> None:
    type_comment(item_page, "He")
    assert item_page.take(Typed(form=COMMENT, control="text", text=" ")) == [RemoveDraft(user_id=1, form=COMMENT)]
    assert not state.has_drafts(item_page.state)


def test_typing_never_requests_the_field_to_be_written(item_page: Page) -> None:
    type_comment(item_page, "Hello")
    assert item_page.state.fills == {}


def test_drafts_that_can_t_be_stored_would_be_lost(item_page: Page) -> None:
    type_comment(item_page, "Hello")
    assert not state.would_lose_text(item_page.state)
    item_page.take(DraftsDenied())
    assert state.would_lose_text(item_page.state)
    item_page.take(DraftStored(form=COMMENT))
    assert not state.would_lose_text(item_page.state)


def test_a_draft_that_is_stored_takes_back_no_warning_about_another(item_page: Page) -> None:
    type_comment(item_page, "A large one")
    item_page.take(DraftsDenied(form=COMMENT, is_full=True), Typed(form="new:app:7", control="f1", text="Small"))
    item_page.take(DraftStored(form="new:app:7"))
    assert "storage is full" in html(item_page)
    assert state.would_lose_text(item_page.state)
    type_comment(item_page, "")
    assert "storage is full" not in html(item_page)
    assert not state.would_lose_text(item_page.state)


def test_a_draft_that_is_not_stored_any_more_is_not_said_to_be_kept(item_page: Page) -> None:
    type_comment(item_page, "Small")
    item_page.take(DraftStored(form=COMMENT))
    assert "Draft kept" in html(item_page)
    item_page.take(DraftsDenied(form=COMMENT, is_full=True))
    assert "Draft kept" not in html(item_page)


def test_what_could_not_be_stored_is_no_warning_once_it_is_in_a_change(edit_page: Page) -> None:
    edit_page.take(Typed(form=EDIT, control="f1", text="Lovelace"), DraftsDenied(form=EDIT, is_full=True))
    submit_edit(edit_page)
    assert state.would_lose_text(edit_page.state)
    store_change(edit_page)
    assert not state.would_lose_text(edit_page.state)
    assert "storage is full" not in html(edit_page)


def test_discarding_asks_first_and_empties_the_field(item_page: Page) -> None:
    type_comment(item_page, "Hello")
    item_page.take(Clicked(click=clicks.Discard(form=COMMENT)))
    assert item_page.state.account.drafts[COMMENT] == {"text": "Hello"}
    item_page.take(Clicked(click=clicks.ConfirmDiscard()))
    assert COMMENT not in item_page.state.account.drafts
    assert item_page.state.fills[COMMENT] == 1


# Editing


def test_an_edit_becomes_a_change_of_the_fields_on_the_revision_that_was_seen(edit_page: Page) -> None:
    submit_edit(edit_page)
    assert put(edit_page) == Change(FIRST, 0, NOW, UpdateItem(9, name("Lovelace"), 3), "Item 9")
    assert not edit_page.calls(ITEM, "PUT")


def test_a_saved_edit_leads_back_to_the_item_and_reads_it_again(edit_page: Page) -> None:
    change = save(edit_page)
    assert edit_page.state.route == routes.ItemPage(app_id=7, item_id=9, editing=True)
    assert edit_page.state.account.drafts[EDIT]["f1"] == "Lovelace"
    let_happen(edit_page, change, Due())
    assert "Sending…" in html(edit_page)
    reads = len(edit_page.calls(ITEM, "GET"))
    let_happen(edit_page, change, Done(revision=4))
    assert GoTo(fragment="#/app/7/item/9") in edit_page.effects
    assert len(edit_page.calls(ITEM, "GET")) > reads
    assert EDIT not in edit_page.state.account.drafts
    assert edit_page.state.note == "Saved."


def test_what_was_saved_is_shown_before_the_item_is_read_again(edit_page: Page) -> None:
    change = save(edit_page)
    let_happen(edit_page, change, Due(), Done(revision=4))
    item = edit_page.state.read(ItemOf(item_id=9)).value
    assert item is not None
    assert item.revision == 4
    assert "Lovelace" in html(edit_page).partition('id="item-fields"')[2]
    assert '<article id="item" class="item" data-change="saved">' in html(edit_page)


def test_a_submitted_edit_is_busy_until_it_is_stored_and_while_it_is_sent(edit_page: Page) -> None:
    submit_edit(edit_page)
    submit_edit(edit_page, SECOND)
    assert len(edit_page.effects_of(PutChange)) == 1
    change = store_change(edit_page)
    let_happen(edit_page, change, Due())
    edit_page.take(Typed(form=EDIT, control="f1", text="Turing"))
    submit_edit(edit_page, SECOND, f1="Turing")
    assert len(edit_page.effects_of(PutChange)) == 1


def test_a_draft_keeps_the_revision_and_the_values_that_it_began_with(edit_page: Page) -> None:
    """Else what somebody else has saved since would count as what the user saw, and be overwritten."""
    edit_page.take(Clicked(click=clicks.Refresh()))
    fields = [{"field_id": 1, "type": "text", "label": "Name", "values": [{"value": "Grace's"}]}]
    edit_page.answer(ITEM, item_answer(revision=8, fields=fields), "GET")
    submit_edit(edit_page, f2="")
    assert edits(edit_page) == UpdateItem(9, name("Lovelace", "Hopper"), 3)


def test_a_restored_edit_is_sent_with_what_it_began_with(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9/edit")
    draft = {"f1": "Lovelace", "_base": "2", "_seen": '{"name": "Before"}'}
    page.take(DraftsLoaded(user_id=1, drafts={EDIT: draft}))
    submit_edit(page)
    assert edits(page) == UpdateItem(9, name("Lovelace", "Before"), 2)


def test_a_draft_that_does_not_say_what_it_began_with_is_in_conflict_where_the_item_has_moved_on(
    signed_in: SignedIn,
) -> None:
    """Such are those of the version before."""
    page = signed_in("#/app/7/item/9/edit")
    page.take(DraftsLoaded(user_id=1, drafts={EDIT: {"f1": "Lovelace", "_base": "2"}}))
    submit_edit(page)
    assert edits(page) == UpdateItem(9, name("Lovelace", None), 2)


@pytest.mark.parametrize("base", ["\u00b2", "\u0663", "-1", "1e3", "9" * 5_000, "x"])
def test_a_planted_revision_is_none(signed_in: SignedIn, base: str) -> None:
    page = signed_in("#/app/7/item/9/edit")
    page.take(DraftsLoaded(user_id=1, drafts={EDIT: {"f1": "Lovelace", "_base": base}}))
    submit_edit(page)
    assert edits(page).revision == 3


@pytest.mark.parametrize("draft_value", ["{", "[]", "null", "[" * 10_000, '"name"'])
def test_planted_values_are_none(signed_in: SignedIn, draft_value: str) -> None:
    page = signed_in("#/app/7/item/9/edit")
    page.take(DraftsLoaded(user_id=1, drafts={EDIT: {"f1": "Lovelace", "_base": "3", "_seen": draft_value}}))
    submit_edit(page)
    assert edits(page).edits == name("Lovelace")


def test_an_edit_that_changes_nothing_sends_nothing(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9/edit")
    submit_edit(page, f1="Hopper")
    assert page.effects_of(PutChange) == []
    assert page.state.route == routes.ItemPage(app_id=7, item_id=9)


def test_a_complaint_about_a_field_sends_nothing(edit_page: Page) -> None:
    edit_page.take(Typed(form=EDIT, control="f2", text="many"))
    submit_edit(edit_page, f2="many")
    assert edit_page.effects_of(PutChange) == []
    assert "f2" in edit_page.state.account.submissions[EDIT].complaints


def test_an_edit_that_cannot_be_stored_stays_in_its_form(edit_page: Page) -> None:
    submit_edit(edit_page)
    edit_page.take(ChangeDenied(form=EDIT))
    assert "nothing was sent" in html(edit_page)
    assert edit_page.state.account.drafts[EDIT]["f1"] == "Lovelace"


def test_a_second_edit_goes_into_the_one_that_waits(edit_page: Page) -> None:
    save(edit_page)
    edit_page.take(Typed(form=EDIT, control="f1", text="Turing"))
    save(edit_page, SECOND, f1="Turing")
    [change] = edit_page.state.account.outbox.changes
    assert change.operation == UpdateItem(9, name("Turing"), 3)
    assert edit_page.state.account.submissions[EDIT].change_id == FIRST
    let_happen(edit_page, change, Due(), Done(revision=4))
    assert EDIT not in edit_page.state.account.drafts


def test_a_second_edit_that_takes_the_first_back_leaves_nothing_to_send(edit_page: Page) -> None:
    save(edit_page)
    edit_page.take(Typed(form=EDIT, control="f1", text="Hopper"))
    save(edit_page, SECOND, f1="Hopper")
    assert edit_page.state.account.outbox.changes == ()
    assert edit_page.state.note == "Nothing was changed."
    assert EDIT not in edit_page.state.account.drafts


def test_an_edit_that_was_refused_is_corrected_in_its_form(edit_page: Page) -> None:
    change = save(edit_page)
    let_happen(edit_page, change, Due(), Refused("Too long."))
    assert "Too long." in html(edit_page)
    edit_page.take(Typed(form=EDIT, control="f1", text="Ada"))
    save(edit_page, SECOND, f1="Ada")
    [corrected] = edit_page.state.account.outbox.changes
    assert corrected.phase is Phase.PENDING
    assert corrected.operation == UpdateItem(9, name("Ada"), 3)


def test_an_edit_that_was_refused_and_is_submitted_as_it_is_is_sent_again(edit_page: Page) -> None:
    change = save(edit_page)
    let_happen(edit_page, change, Due(), Refused("Not now."))
    submit_edit(edit_page, SECOND)
    assert DecideChange(change_id=FIRST, event=SendAgain()) in edit_page.effects


def test_a_discarded_edit_is_a_draft_again(edit_page: Page) -> None:
    change = save(edit_page)
    let_happen(edit_page, change, Due(), Refused("No."))
    edit_page.take(Clicked(click=clicks.DiscardChange(change_id=FIRST)))
    effects = edit_page.take(Clicked(click=clicks.ConfirmDiscardChange()))
    assert DecideChange(change_id=FIRST, event=Discarded()) in effects
    assert [effect.form for effect in effects if isinstance(effect, StoreDraft)] == [EDIT]
    assert edit_page.state.account.drafts[EDIT]["f1"] == "Lovelace"


def test_what_is_typed_into_another_field_while_saving_is_kept(edit_page: Page) -> None:
    change = save(edit_page)
    let_happen(edit_page, change, Due())
    edit_page.take(Typed(form=EDIT, control="f2", text="13"))
    let_happen(edit_page, change, Done(revision=4))
    assert edit_page.state.account.drafts[EDIT]["f2"] == "13"
    assert "f1" not in edit_page.state.account.drafts[EDIT]
    assert edit_page.state.route == routes.ItemPage(app_id=7, item_id=9, editing=True)


def test_what_is_on_its_way_is_not_stored_as_a_draft_again_with_what_is_typed_since(edit_page: Page) -> None:
    """After a reload it would look as if it had never been submitted, and could be sent over what others have saved."""
    save(edit_page)
    edit_page.effects.clear()
    edit_page.take(Typed(form=EDIT, control="f2", text="13"))
    (stored,) = edit_page.effects_of(StoreDraft)
    assert stored.texts["f2"] == "13"
    assert "f1" not in stored.texts
    assert edit_page.state.account.drafts[EDIT]["f1"] == "Lovelace"


def test_after_a_partial_save_the_rest_is_sent_with_what_it_began_with(edit_page: Page) -> None:
    """What others have changed since is compared then; the user's own saved value is none of that."""
    change = save(edit_page)
    edit_page.take(Typed(form=EDIT, control="f2", text="13"))
    let_happen(edit_page, change, Due(), Done(revision=4))
    now = [{"field_id": 1, "type": "text", "label": "Name", "values": [{"value": "Lovelace"}]}]
    now += [{"field_id": 2, "type": "number", "label": "Size", "values": [{"value": "99"}]}]  # Grace's
    edit_page.answer(ITEM, item_answer(revision=5, fields=now), "GET")
    edit_page.take(Typed(form=EDIT, control="f1", text="Turing"))
    submit_edit(edit_page, SECOND, f1="Turing", f2="13")
    size = FieldEdit("number", "13", "12.0000")
    assert edits(edit_page) == UpdateItem(9, {**name("Turing", "Lovelace"), "size": size}, 3)


def test_the_item_is_shown_with_what_the_user_has_changed_and_where_that_stands(edit_page: Page) -> None:
    """As after a reload, when there is no form that it came of."""
    change = save(edit_page)
    edit_page.take(FragmentChanged(fragment="#/app/7/item/9"))
    assert "Lovelace" in html(edit_page).partition('id="item-fields"')[2]
    assert 'id="field-1" data-change="pending"' in html(edit_page)
    let_happen(edit_page, change, Due(), Lost("No answer."))
    assert '<article id="item" class="item" data-change="unknown">' in html(edit_page)


def test_an_edit_that_another_tab_has_sent_closes_its_form(edit_page: Page) -> None:
    change = save(edit_page)
    edit_page.take(ChangesRead(outbox=Outbox()), ChangeGone(change=change))
    assert EDIT not in edit_page.state.account.drafts
    assert edit_page.state.route == routes.ItemPage(app_id=7, item_id=9)


def test_a_date_that_is_only_half_typed_is_complained_about_though_no_draft_holds_it(edit_page: Page) -> None:
    submit_edit(edit_page, f2=UNREADABLE)
    assert "f2" in edit_page.state.account.submissions[EDIT].complaints
    assert edit_page.effects_of(PutChange) == []


def test_a_half_typed_date_is_not_restored_as_an_emptied_one(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9/edit")
    page.take(DraftsLoaded(user_id=1, drafts={EDIT: {"f1": "Lovelace", "f2": UNREADABLE, "_base": "3"}}))
    assert page.state.account.drafts[EDIT] == {"f1": "Lovelace", "_base": "3"}


# Two tabs of one user


@pytest.fixture
def edited_in_another_tab(edit_page: Page) -> Page:
    """A form whose submitted edit was changed in another tab before it was sent."""
    change = save(edit_page)
    operation = UpdateItem(9, name("Turing"), 3)
    edit_page.take(ChangesRead(outbox=Outbox((change._replace(operation=operation),))))
    return edit_page


def test_what_is_submitted_is_not_sent_again_over_what_another_tab_has_made_of_it(edited_in_another_tab: Page) -> None:
    page = edited_in_another_tab
    page.take(Typed(form=EDIT, control="f2", text="13"))
    submit_edit(page, SECOND, f2="13")
    assert edits(page).edits == {"size": FieldEdit("number", "13", "12.0000")}


def test_what_is_submitted_shows_as_another_tab_has_changed_it_and_is_edited_from_there(
    edited_in_another_tab: Page,
) -> None:
    page = edited_in_another_tab
    assert 'value="Turing"' in html(page)
    assert 'value="Lovelace"' not in html(page)
    page.take(Typed(form=EDIT, control="f1", text="Curie"))
    submit_edit(page, SECOND, f1="Curie")
    assert edits(page).edits == name("Curie", "Turing")


def other_tab(page: Page, *operations: Operation, phase: Phase = Phase.PENDING) -> Outbox:
    """Let changes of another tab come into the outbox."""
    outbox = page.state.account.outbox
    for number, operation in enumerate(operations):
        outbox = add(outbox, Change(f"{number:032x}", 0, NOW, operation, "Item 9", phase=phase), NOW)
    page.take(ChangesRead(outbox=outbox))
    return outbox


@pytest.mark.parametrize("phase", [Phase.PENDING, Phase.SENDING, Phase.UNKNOWN, Phase.FAILED])
def test_an_edit_that_was_typed_before_another_tab_submitted_the_same_field_is_a_conflict_with_it(
    edit_page: Page, phase: Phase
) -> None:
    other_tab(edit_page, UpdateItem(9, {**name("Turing"), "size": FieldEdit("number", "5", "12")}, 3), phase=phase)
    change = save(edit_page)
    conflict = edit_page.state.account.outbox.get(change.change_id)
    assert conflict is not None
    assert (conflict.phase, conflict.theirs) == (Phase.CONFLICT, {"name": "Turing"})
    conflict_html = html(edit_page).partition('class="failure conflict"')[2].partition("</table>")[0]
    assert [text for text in ("Lovelace", "Turing", "Hopper", "In the other tab") if text not in conflict_html] == []
    assert "<p>You changed this item in another tab while you were editing" in conflict_html
    assert edit_page.state.account.drafts[EDIT]["f1"] == "Lovelace"
    edit_page.take(Clicked(click=clicks.KeepMine(change_id=FIRST)))
    kept = decide(edit_page)
    assert kept is not None
    assert kept.operation == UpdateItem(9, name("Lovelace", "Turing"), 3)


def test_an_edit_of_another_field_than_another_tab_s_goes_along_with_it(edit_page: Page) -> None:
    other_tab(edit_page, UpdateItem(9, {"size": FieldEdit("number", "5", "12")}, 3))
    save(edit_page)
    [change] = edit_page.state.account.outbox.changes
    assert isinstance(change.operation, UpdateItem)
    assert set(change.operation.edits) == {"name", "size"}


def test_an_edit_that_began_when_another_tab_s_was_on_the_screen_goes_over_it(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9/edit")
    other_tab(page, UpdateItem(9, name("Turing"), 3))
    page.take(Typed(form=EDIT, control="f1", text="Lovelace"))
    save(page)
    [change] = page.state.account.outbox.changes
    assert change.operation == UpdateItem(9, name("Lovelace", "Hopper"), 3)


def test_a_draft_that_does_not_say_what_was_seen_has_not_seen_what_waits(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9/edit")
    page.take(DraftsLoaded(user_id=1, drafts={EDIT: {"f1": "Lovelace", "_base": "3"}}))
    other_tab(page, UpdateItem(9, name("Turing"), 3))
    change = save(page)
    conflict = page.state.account.outbox.get(change.change_id)
    assert conflict is not None
    assert conflict.theirs == {"name": "Turing"}


def test_an_edit_over_what_another_tab_has_saved_already_is_compared_with_it(edit_page: Page) -> None:
    outbox = other_tab(edit_page, UpdateItem(9, name("Turing"), 3), phase=Phase.SENDING)
    let_happen(edit_page, outbox.changes[0], Done(revision=4))
    change = save(edit_page)
    assert edits(edit_page) == UpdateItem(9, name("Lovelace", "Hopper"), 3)
    conflict = let_happen(edit_page, change, Due(), Conflicted(), ItemRead(ItemNow(9, 4, {"name": "Turing"})))
    assert conflict is not None
    assert conflict.theirs == {"name": "Turing"}


TYPED: dict[str, tuple[str, str, Operation]] = {
    COMMENT: ("#/app/7/item/9", "text", AddComment(9, "The other tab's")),
    EDIT: ("#/app/7/item/9/edit", "f1", UpdateItem(9, name("Turing"), 3)),
    NEW: ("#/app/7/new", "f1", CreateItem(7, {"name": "The other tab's"})),
}


@pytest.mark.parametrize("form", TYPED)
def test_what_is_typed_here_stays_and_stays_stored_when_another_tab_submits_the_same_form(
    signed_in: SignedIn, form: str
) -> None:
    """Each tab has a draft of its own, which the other's change doesn't take along."""
    fragment, control, operation = TYPED[form]
    page = signed_in(fragment)
    page.take(Typed(form=form, control=control, text="Mine"))
    outbox = other_tab(page, operation)
    page.take(ChangesRead(outbox=Outbox()), ChangeGone(change=outbox.changes[0]))
    assert page.state.account.drafts[form][control] == "Mine"
    assert page.effects_of(RemoveDraft) == []


def test_a_draft_that_was_only_found_does_not_come_back_when_another_tab_submits_it(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9/edit")
    page.take(DraftsLoaded(user_id=1, drafts={EDIT: {"f1": "Turing", "_base": "3", "_seen": '{"name": "Hopper"}'}}))
    other_tab(page, UpdateItem(9, name("Turing"), 3))
    assert page.effects_of(StoreDraft) == []


def test_what_this_tab_submits_is_not_stored_as_a_draft_again(edit_page: Page) -> None:
    submit_edit(edit_page)
    stored = len(edit_page.effects_of(StoreDraft))
    store_change(edit_page)
    assert len(edit_page.effects_of(StoreDraft)) == stored


def test_what_is_typed_here_is_not_lost_by_a_deletion_in_another_tab(item_page: Page) -> None:
    type_comment(item_page, "Mine")
    outbox = other_tab(item_page, DeleteItem(9), phase=Phase.SENDING)
    let_happen(item_page, outbox.changes[0], Done())
    assert item_page.state.account.drafts[COMMENT] == {"text": "Mine"}
    assert item_page.effects_of(RemoveDraft) == [RemoveDraft(user_id=1, form=form) for form in (EDIT, DELETE)]


# Two who edit at once


def conflict(page: Page) -> Change:
    change = save(page)
    now = ItemNow(9, 5, {"name": "Turing"})
    let_happen(page, change, Due(), Conflicted(), ItemRead(now))
    page.take(ItemSeen(item_id=9))
    theirs = item_answer(
        revision=5,
        current_revision={"revision": 5, "created_by": {"name": "Grace"}, "created_on": "2026-11-21 09:00:00"},
        fields=[{"field_id": 1, "type": "text", "label": "Name", "values": [{"value": "Turing"}]}],
    )
    page.answer(ITEM, theirs, "GET")
    return change


def test_a_conflict_keeps_the_text_and_shows_the_values_and_who_changed_them(edit_page: Page) -> None:
    conflict(edit_page)
    conflict_html = html(edit_page).partition('class="failure conflict"')[2].partition("</table>")[0]
    assert [text for text in ("Grace", "Lovelace", "Turing", "Hopper") if text not in conflict_html] == []
    buttons = [name for name in ("Save my version", "Use Grace’s version") if f">{name}</button>" in html(edit_page)]
    assert buttons == ["Save my version", "Use Grace’s version"]
    assert edit_page.state.account.drafts[EDIT]["f1"] == "Lovelace"


def test_keep_mine_decides_for_the_user_s_values(edit_page: Page) -> None:
    conflict(edit_page)
    effects = edit_page.take(Clicked(click=clicks.KeepMine(change_id=FIRST)))
    assert DecideChange(change_id=FIRST, event=Resolved({"name": Choice.MINE})) in effects


def test_what_was_typed_since_outlives_the_decision_about_what_was_sent(edit_page: Page) -> None:
    conflict(edit_page)
    edit_page.take(Typed(form=EDIT, control="f2", text="13"))
    edit_page.take(Clicked(click=clicks.TakeTheirs(change_id=FIRST)))
    texts = edit_page.state.account.drafts[EDIT]
    assert (texts["f2"], "f1" in texts) == ("13", False)
    assert edit_page.state.route == routes.ItemPage(app_id=7, item_id=9, editing=True)


def test_take_theirs_drops_the_text_and_shows_the_item(edit_page: Page) -> None:
    conflict(edit_page)
    effects = edit_page.take(Clicked(click=clicks.TakeTheirs(change_id=FIRST)))
    assert DecideChange(change_id=FIRST, event=Resolved({"name": Choice.THEIRS})) in effects
    assert EDIT not in edit_page.state.account.drafts
    assert edit_page.state.route == routes.ItemPage(app_id=7, item_id=9)


def choose(page: Page, choice: str, key: str = "name") -> None:
    page.take(Clicked(click=clicks.ChooseValue(change_id=FIRST, key=key, choice=choice)))


@pytest.mark.parametrize("choice", list(Choice))
def test_of_a_field_in_conflict_each_of_three_values_may_be_chosen(edit_page: Page, choice: Choice) -> None:
    conflict(edit_page)
    assert edit_page.take(Clicked(click=clicks.KeepChosen(change_id=FIRST))) == []
    assert "Save what I chose" not in html(edit_page)
    choose(edit_page, choice.value)
    assert html(edit_page).count('aria-pressed="true"') == 1
    assert "Save what I chose" in html(edit_page)
    effects = edit_page.take(Clicked(click=clicks.KeepChosen(change_id=FIRST)))
    assert DecideChange(change_id=FIRST, event=Resolved({"name": choice})) in effects
    assert (EDIT in edit_page.state.account.drafts) is (choice is Choice.MINE)
    assert edit_page.state.account.choices == {}


@pytest.mark.parametrize(("choice", "key"), [("nobody's", "name"), ("mine", "size"), ("", "")])
def test_what_is_no_choice_changes_nothing(edit_page: Page, choice: str, key: str) -> None:
    conflict(edit_page)
    choose(edit_page, choice, key)
    assert edit_page.state.account.choices == {}


# New items and deletions


def create(page: Page, text: str = "Lamp", nonce: str = FIRST) -> Change:
    texts = {"f1": text, "f2": "", "f3": "", "f4": ""}
    page.take(Submitted(form=NEW, texts=texts, nonce=nonce, now=NOW))
    return store_change(page)


def test_a_new_item_is_created_and_shown(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/new")
    change = create(page)
    assert change == Change(FIRST, 0, NOW, CreateItem(7, {"name": "Lamp"}), "Leads & Clients")
    let_happen(page, change, Due())
    assert "Sending…" in html(page)
    let_happen(page, change, Done(item_id=77))
    assert GoTo(fragment="#/app/7/item/77") in page.effects
    assert NEW not in page.state.account.drafts


def test_a_new_item_of_unknown_outcome_that_is_submitted_again_is_there_once(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/new")
    change = create(page)
    let_happen(page, change, Due(), Lost("No answer."))
    page.take(Submitted(form=NEW, texts={"f1": "Lamp"}, nonce=SECOND, now=NOW))
    assert len(page.effects_of(PutChange)) == 1
    let_happen(page, change, Done(item_id=77))
    assert GoTo(fragment="#/app/7/item/77") in page.effects


def test_a_new_item_that_was_refused_gives_way_to_the_corrected_one(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/new")
    change = create(page)
    let_happen(page, change, Due(), Refused("Not so."))
    assert "Not so." in html(page)
    page.take(Submitted(form=NEW, texts={"f1": "Lantern"}, nonce=SECOND, now=NOW))
    assert put(page).operation == CreateItem(7, {"name": "Lantern"})
    assert DecideChange(change_id=FIRST, event=Discarded()) in page.effects


def test_a_new_item_of_before_a_reload_takes_nobody_away_from_another_form(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/new")
    change = Change(FIRST, 1, NOW, CreateItem(7, {"name": "Lamp"}))
    page.take(ChangesRead(outbox=Outbox((change,))))
    page.take(Typed(form=NEW, control="f1", text="Another"))
    let_happen(page, change, Due(), Done(item_id=77))
    assert page.state.route == routes.NewItemPage(app_id=7)
    assert page.state.account.drafts[NEW] == {"f1": "Another"}


def read_outbox(page: Page, operation: Operation) -> None:
    """Let a change be there from before the page began, which Podio then takes."""
    change = Change(FIRST, 1, NOW, operation)
    page.take(ChangesRead(outbox=Outbox((change,))), OutboxOpened(is_kept=True))
    let_happen(page, change, Due(), Done(item_id=77))


def test_a_new_item_of_before_a_reload_that_is_submitted_again_is_shown_and_not_made_twice(
    signed_in: SignedIn,
) -> None:
    page = signed_in("#/app/7/new")
    read_outbox(page, CreateItem(7, {"name": "Lamp"}))
    page.take(Typed(form=NEW, control="f1", text="Lamp"), Submitted(form=NEW, texts={"f1": "Lamp"}, nonce=SECOND))
    assert page.effects_of(PutChange) == []
    assert GoTo(fragment="#/app/7/item/77") in page.effects
    assert NEW not in page.state.account.drafts


def test_a_comment_of_before_a_reload_that_is_submitted_again_is_sent_only_if_the_user_insists(
    item_page: Page,
) -> None:
    read_outbox(item_page, AddComment(9, "Hello"))
    for _ in range(2):
        assert item_page.effects_of(PutChange) == []
        type_comment(item_page, "Hello")
        item_page.take(Submitted(form=COMMENT, texts={"text": "Hello"}, nonce=SECOND))
        assert COMMENT not in item_page.state.account.drafts or item_page.effects_of(PutChange)
    assert len(item_page.effects_of(PutChange)) == 1
    assert "Podio has this already" in html(item_page)


def delete(page: Page) -> Change:
    page.take(Clicked(click=clicks.DeleteItem()))
    page.take(Clicked(click=clicks.ConfirmDeletion(), nonce=FIRST, now=NOW))
    return store_change(page)


def test_a_deletion_asks_first_and_then_leads_to_the_list(item_page: Page) -> None:
    item_page.take(Clicked(click=clicks.DeleteItem()))
    assert item_page.effects_of(PutChange) == []
    change = delete(item_page)
    assert change == Change(FIRST, 0, NOW, DeleteItem(9), "Item 9")
    let_happen(item_page, change, Due(), Gone("Gone."))
    assert item_page.state.route == routes.AppPage(app_id=7)


def test_a_deletion_of_unknown_outcome_stays_with_the_item_until_it_is_known(item_page: Page) -> None:
    change = delete(item_page)
    let_happen(item_page, change, Due(), Lost("A proxy."))
    assert isinstance(item_page.state.route, routes.ItemPage)
    assert "Checking whether the deletion arrived" in html(item_page)
    assert 'aria-disabled="true"' in html(item_page).partition('data-on-click="delete-item"')[2].partition(">")[0]


def test_a_refused_deletion_says_why_and_may_be_tried_again(item_page: Page) -> None:
    change = delete(item_page)
    let_happen(item_page, change, Due(), Refused("You may not."))
    assert "You may not." in html(item_page)
    item_page.take(Clicked(click=clicks.DeleteItem()), Clicked(click=clicks.ConfirmDeletion(), nonce=SECOND))
    assert DecideChange(change_id=FIRST, event=SendAgain()) in item_page.effects
    assert len(item_page.effects_of(PutChange)) == 1
