"""What is typed is kept, sent, and never sent twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.unit.workbench.driver import APP, Page, item_answer

import podio
from podio.model import Byline
from workbench import clicks, routes, state
from workbench.effects import GoTo, RemoveDraft, StoreDraft
from workbench.events import (
    Clicked,
    DraftsDenied,
    DraftsLoaded,
    DraftStored,
    Submitted,
    Typed,
)
from workbench.failures import Failure, Kind, describe
from workbench.field_ui import UNREADABLE
from workbench.state import Stage

SignedIn = Callable[..., Page]

COMMENT, EDIT, NEW = "comment:item:9", "edit:item:9", "new:app:7"
ITEM, CREATE = "/item/9", "/item/app/7/"
LOST = Failure(kind=Kind.CONNECTION, message="Lost.", outcome_unknown=True)
CONFLICT = Failure(kind=Kind.CONFLICT, message="Changed.")
MISSING = Failure(kind=Kind.MISSING, message="Gone.")
FROM_A_PROXY = describe(podio.NotFound(404))


def type_comment(page: Page, text: str) -> None:
    page.take(Typed(form=COMMENT, control="text", text=text))


def stage(page: Page, form: str) -> Stage | None:
    write = page.state.writes.get(form)
    return write.stage if write else None


@pytest.fixture
def item_page(signed_in: SignedIn) -> Page:
    return signed_in("#/app/7/item/9")


@pytest.fixture
def edit_page(signed_in: SignedIn) -> Page:
    page = signed_in("#/app/7/item/9/edit")
    page.take(Typed(form=EDIT, control="f1", text="Lovelace"))
    return page


def save(page: Page, **texts: str) -> None:
    page.take(Submitted(form=EDIT, texts={"f1": "Lovelace", "f2": "12", **texts}, nonce="n"))


# Drafts


def test_typed_text_is_stored_as_a_draft(item_page: Page) -> None:
    assert item_page.take(Typed(form=COMMENT, control="text", text="He")) == [
        StoreDraft(person_id=1, form=COMMENT, texts={"text": "He"})
    ]


def test_emptied_text_is_no_draft_any_more(item_page: Page) -> None:
    type_comment(item_page, "He")
    assert item_page.take(Typed(form=COMMENT, control="text", text=" ")) == [RemoveDraft(person_id=1, form=COMMENT)]
    assert not state.has_drafts(item_page.state)


def test_typing_never_asks_for_the_field_to_be_written(item_page: Page) -> None:
    type_comment(item_page, "Hello")
    assert item_page.state.fills == {}


def test_drafts_that_can_t_be_stored_would_be_lost(item_page: Page) -> None:
    type_comment(item_page, "Hello")
    assert not state.would_lose_text(item_page.state)
    item_page.take(DraftsDenied())
    assert state.would_lose_text(item_page.state)
    item_page.take(DraftStored(form=COMMENT))
    assert not state.would_lose_text(item_page.state)


def test_discarding_asks_first_and_empties_the_field(item_page: Page) -> None:
    type_comment(item_page, "Hello")
    item_page.take(Clicked(click=clicks.Discard(form=COMMENT)))
    assert item_page.state.drafts[COMMENT] == {"text": "Hello"}
    item_page.take(Clicked(click=clicks.ConfirmDiscard()))
    assert COMMENT not in item_page.state.drafts
    assert item_page.state.fills[COMMENT] == 1


# Editing


def test_an_edit_sends_the_changed_fields_and_the_revision_it_is_based_on(edit_page: Page) -> None:
    save(edit_page)
    assert edit_page.last_call(ITEM, "PUT").body == {"fields": {"name": "Lovelace"}, "revision": 3}


def test_a_saved_edit_leads_back_to_the_item_and_reads_it_anew(edit_page: Page) -> None:
    save(edit_page)
    reads = len(edit_page.calls(ITEM, "GET"))
    effects = edit_page.answer(ITEM, {"revision": 4}, "PUT")
    assert GoTo(fragment="#/app/7/item/9") in effects
    assert len(edit_page.calls(ITEM, "GET")) == reads + 1
    assert EDIT not in edit_page.state.drafts


def test_a_draft_remembers_the_revision_it_began_with(edit_page: Page) -> None:
    edit_page.take(Clicked(click=clicks.Refresh()))
    edit_page.answer(ITEM, item_answer(revision=8), "GET")
    save(edit_page)
    assert edit_page.last_call(ITEM, "PUT").body["revision"] == 3


def test_an_edit_that_changes_nothing_sends_nothing(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9/edit")
    save(page, f1="Hopper")
    assert page.calls(ITEM, "PUT") == []
    assert page.state.route == routes.ItemPage(app_id=7, item_id=9)


def test_a_complaint_about_a_field_sends_nothing(edit_page: Page) -> None:
    edit_page.take(Typed(form=EDIT, control="f2", text="many"))
    save(edit_page, f2="many")
    assert edit_page.calls(ITEM, "PUT") == []
    assert "f2" in edit_page.state.writes[EDIT].complaints


def conflict(page: Page) -> None:
    save(page)
    page.fail(ITEM, CONFLICT, "PUT")
    theirs = item_answer(
        revision=5,
        current_revision={"revision": 5, "created_by": {"name": "Grace"}, "created_on": "2026-11-21 09:00:00"},
    )
    page.answer(ITEM, theirs, "GET")


def test_a_conflict_keeps_the_text_and_says_who_changed_it(edit_page: Page) -> None:
    conflict(edit_page)
    write = edit_page.state.writes[EDIT]
    assert write.stage is Stage.CONFLICT
    assert write.theirs is not None
    assert write.theirs.last_edit_by == Byline(name="Grace")
    assert edit_page.state.drafts[EDIT]["f1"] == "Lovelace"


def test_keep_mine_sends_over_their_revision(edit_page: Page) -> None:
    conflict(edit_page)
    edit_page.take(Clicked(click=clicks.KeepMine(form=EDIT)))
    assert edit_page.last_call(ITEM, "PUT").body == {"fields": {"name": "Lovelace"}, "revision": 5}


def test_take_theirs_drops_the_text_and_shows_the_item(edit_page: Page) -> None:
    conflict(edit_page)
    edit_page.take(Clicked(click=clicks.TakeTheirs(form=EDIT)))
    assert EDIT not in edit_page.state.drafts
    assert edit_page.state.route == routes.ItemPage(app_id=7, item_id=9)


@pytest.mark.parametrize(
    ("name", "revision", "expected"),
    [("Lovelace", 4, None), ("Hopper", 3, Stage.UNCONFIRMED), ("Turing", 5, Stage.CONFLICT)],
)
def test_an_edit_of_unknown_outcome_is_told_from_the_item_itself(
    edit_page: Page, name: str, revision: int, expected: Stage | None
) -> None:
    save(edit_page)
    edit_page.fail(ITEM, LOST, "PUT")
    fields = [{"field_id": 1, "type": "text", "label": "Name", "values": [{"value": name}]}]
    edit_page.answer(ITEM, item_answer(revision=revision, fields=fields), "GET")
    assert stage(edit_page, EDIT) is expected


def test_what_is_typed_into_another_field_while_saving_is_kept(edit_page: Page) -> None:
    save(edit_page)
    edit_page.take(Typed(form=EDIT, control="f2", text="13"))
    edit_page.answer(ITEM, {"revision": 4}, "PUT")
    assert edit_page.state.drafts[EDIT]["f2"] == "13"
    assert edit_page.state.route == routes.ItemPage(app_id=7, item_id=9, editing=True)


def test_after_a_partial_save_the_next_save_is_based_on_the_saved_revision(edit_page: Page) -> None:
    save(edit_page)
    edit_page.take(Typed(form=EDIT, control="f2", text="13"))
    edit_page.answer(ITEM, {"revision": 4}, "PUT")
    edit_page.answer(ITEM, item_answer(revision=4), "GET")
    edit_page.take(Submitted(form=EDIT, texts={"f1": "Lovelace", "f2": "13"}, nonce="n"))
    assert edit_page.last_call(ITEM, "PUT").body["revision"] == 4


# New items and deletions


def test_a_new_item_is_created_and_shown(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/new")
    page.take(Submitted(form=NEW, texts={"f1": "Lamp", "f2": "", "f3": "", "f4": ""}, nonce="n1"))
    assert page.last_call(CREATE).body == {"fields": {"name": "Lamp"}, "external_id": "n1"}
    assert GoTo(fragment="#/app/7/item/77") in page.answer(CREATE, {"item_id": 77, "title": "Lamp"})


def test_a_new_item_of_unknown_outcome_is_looked_up_by_its_external_id(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/new")
    page.take(Submitted(form=NEW, texts={"f1": "Lamp"}, nonce="n1"))
    page.fail(CREATE, LOST)
    page.answer("/item/app/7/external_id/n1", item_answer(77))
    assert page.state.route == routes.ItemPage(app_id=7, item_id=77)
    assert len(page.calls(CREATE, "POST")) == 1


def test_a_new_item_that_podio_does_not_know_can_be_sent_again(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/new")
    page.take(Submitted(form=NEW, texts={"f1": "Lamp"}, nonce="n1"))
    page.fail(CREATE, LOST)
    page.fail("/item/app/7/external_id/n1", MISSING)
    assert stage(page, NEW) is Stage.UNCONFIRMED
    assert page.state.drafts[NEW]["f1"] == "Lamp"


def test_a_deletion_asks_first_and_then_leads_to_the_list(item_page: Page) -> None:
    item_page.take(Clicked(click=clicks.DeleteItem()))
    assert item_page.calls(ITEM, "DELETE") == []
    item_page.take(Clicked(click=clicks.ConfirmDeletion()))
    item_page.answer(ITEM, None, "DELETE")
    assert item_page.state.route == routes.AppPage(app_id=7)


@pytest.mark.parametrize("gone", [True, False])
def test_a_deletion_of_unknown_outcome_is_told_from_the_item(item_page: Page, gone: bool) -> None:
    item_page.take(Clicked(click=clicks.DeleteItem()), Clicked(click=clicks.ConfirmDeletion()))
    item_page.fail(ITEM, LOST, "DELETE")
    if gone:
        item_page.fail(ITEM, MISSING, "GET")
        assert item_page.state.route == routes.AppPage(app_id=7)
    else:
        item_page.answer(ITEM, item_answer(), "GET")
        assert stage(item_page, "delete:item:9") is Stage.UNCONFIRMED


def test_a_proxy_s_404_deletes_nothing(item_page: Page) -> None:
    item_page.take(Clicked(click=clicks.DeleteItem()), Clicked(click=clicks.ConfirmDeletion()))
    item_page.fail(ITEM, FROM_A_PROXY, "DELETE")
    assert stage(item_page, "delete:item:9") is Stage.LOOKING
    item_page.fail(ITEM, FROM_A_PROXY, "GET")
    assert stage(item_page, "delete:item:9") is Stage.UNKNOWN
    item_page.take(Clicked(click=clicks.CheckAgain(form="delete:item:9")))
    item_page.answer(ITEM, item_answer(), "GET")
    assert stage(item_page, "delete:item:9") is Stage.UNCONFIRMED
    assert isinstance(item_page.state.route, routes.ItemPage)


def test_a_deletion_that_podio_itself_finds_done_is_done(item_page: Page) -> None:
    item_page.take(Clicked(click=clicks.DeleteItem()), Clicked(click=clicks.ConfirmDeletion()))
    item_page.fail(ITEM, describe(podio.NotFound(404, error="not_found")), "DELETE")
    assert item_page.state.route == routes.AppPage(app_id=7)


def test_a_proxy_s_refusal_of_an_edit_is_looked_up(edit_page: Page) -> None:
    save(edit_page)
    edit_page.fail(ITEM, describe(podio.Conflict(409)), "PUT")
    assert stage(edit_page, EDIT) is Stage.LOOKING


def test_a_proxy_s_refusal_of_a_new_item_is_looked_up_and_its_404_is_no_proof(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/new")
    page.take(Submitted(form=NEW, texts={"f1": "Lamp"}, nonce="n1"))
    page.fail(CREATE, FROM_A_PROXY)
    page.fail("/item/app/7/external_id/n1", FROM_A_PROXY)
    assert stage(page, NEW) is Stage.UNKNOWN
    assert page.state.drafts[NEW]["f1"] == "Lamp"


@pytest.mark.parametrize("answer", [None, {}, [], {"status": "ok"}, {"item_id": "x"}])
def test_what_podio_would_not_answer_to_a_create_is_looked_up(signed_in: SignedIn, answer: object) -> None:
    page = signed_in("#/app/7/new")
    page.take(Submitted(form=NEW, texts={"f1": "Lamp"}, nonce="n1"))
    page.answer(CREATE, answer)
    assert stage(page, NEW) is Stage.LOOKING
    page.answer("/item/app/7/external_id/n1", item_answer(77))
    assert page.state.route == routes.ItemPage(app_id=7, item_id=77)


def test_a_date_that_is_only_half_typed_is_complained_about_though_no_draft_holds_it(edit_page: Page) -> None:
    save(edit_page, f2=UNREADABLE)
    assert "f2" in edit_page.state.writes[EDIT].complaints
    assert edit_page.calls(ITEM, "PUT") == []


def test_a_half_typed_date_is_not_restored_as_an_emptied_one(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9/edit")
    page.take(DraftsLoaded(person_id=1, drafts={EDIT: {"f1": "Lovelace", "f2": UNREADABLE, "_base": "3"}}))
    assert page.state.drafts[EDIT] == {"f1": "Lovelace", "_base": "3"}


@pytest.mark.parametrize("base", ["\u00b2", "\u0663", "-1", "1e3", "9" * 5_000, "x"])
def test_a_planted_revision_is_none(signed_in: SignedIn, base: str) -> None:
    page = signed_in("#/app/7/item/9/edit")
    page.take(DraftsLoaded(person_id=1, drafts={EDIT: {"f1": "Lovelace", "_base": base}}))
    save(page)
    assert page.last_call(ITEM, "PUT").body["revision"] == 3


def test_a_number_that_arrived_in_another_spelling_counts_as_saved(edit_page: Page) -> None:
    edit_page.take(Typed(form=EDIT, control="f2", text="12,50"))
    save(edit_page, f2="12,50")
    edit_page.fail(ITEM, LOST, "PUT")
    fields = [
        {"field_id": 1, "type": "text", "label": "Name", "values": [{"value": "Lovelace"}]},
        {"field_id": 2, "type": "number", "label": "Size", "values": [{"value": "12.5000"}]},
    ]
    edit_page.answer(ITEM, item_answer(revision=4, fields=fields), "GET")
    assert stage(edit_page, EDIT) is None


def test_a_restored_edit_is_sent_with_its_old_revision(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9/edit")
    page.take(DraftsLoaded(person_id=1, drafts={EDIT: {"f1": "Lovelace", "_base": "2"}}))
    save(page)
    assert page.last_call(ITEM, "PUT").body["revision"] == 2
    assert APP["app_id"] == 7
