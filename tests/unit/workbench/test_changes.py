"""A form becomes a change in the outbox, once; and the page shows where that stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.unit.workbench.driver import NOW, Page, answer_all, decide, html, item_answer, let_happen, store_change

from workbench import clicks, page_view, routes, state
from workbench.effects import DecideChange, HurryChanges, PutChange, RemoveDraft, StoreDraft
from workbench.events import (
    ChangeDenied,
    ChangeGone,
    ChangeIsSlow,
    ChangeShown,
    ChangesRead,
    Clicked,
    ConnectionChanged,
    Event,
    FragmentChanged,
    OutboxOpened,
    SendingPaused,
    SessionChanged,
    Started,
    Submitted,
    Typed,
)
from workbench.outbox import (
    AddComment,
    Change,
    DeleteItem,
    Discarded,
    Done,
    Due,
    FieldEdit,
    Hindrance,
    Hurried,
    LookUpFailed,
    Lost,
    NotFound,
    NotSent,
    Outbox,
    Pace,
    Phase,
    Refused,
    SendAgain,
    Stopped,
    UpdateItem,
)
from workbench.reads import ItemOf
from workbench.state import Dialog

SignedIn = Callable[..., Page]
Go = Callable[[Page, str], None]

COMMENT = "comment:item:9"
COMMENTS = "/comment/item/9/"
FIRST, SECOND = "1" * 32, "2" * 32


def type_comment(page: Page, text: str) -> None:
    page.take(Typed(form=COMMENT, control="text", text=text))


def submit_comment(page: Page, text: str = "Hello", nonce: str = FIRST) -> None:
    type_comment(page, text)
    page.take(Submitted(form=COMMENT, texts={"text": text}, nonce=nonce, now=NOW))


def comment(page: Page, text: str = "Hello", nonce: str = FIRST) -> Change:
    submit_comment(page, text, nonce)
    return store_change(page)


def phase_shown(page: Page, change: Change) -> str:
    """Return what the page says of a change."""
    row = html(page).partition(f'id="change-{change.change_id}" data-change="')[2]
    return row.partition('"')[0]


# Submitting


def test_a_comment_becomes_a_change_with_what_it_is_and_where(item_page: Page) -> None:
    submit_comment(item_page)
    [put] = item_page.effects_of(PutChange)
    assert put == PutChange(change=Change(FIRST, 0, NOW, AddComment(9, "Hello"), "Item 9"), form=COMMENT)
    assert not item_page.calls(COMMENTS, "POST")


def test_a_form_that_is_submitted_again_while_its_change_is_stored_makes_one(item_page: Page) -> None:
    submit_comment(item_page)
    item_page.take(Submitted(form=COMMENT, texts={"text": "Hello"}, nonce=SECOND))
    assert len(item_page.effects_of(PutChange)) == 1


def test_a_comment_that_waits_already_is_not_put_there_twice(item_page: Page) -> None:
    """As after a reload: the draft may have come back, the change is on its way."""
    comment(item_page)
    submit_comment(item_page, nonce=SECOND)
    assert len(item_page.effects_of(PutChange)) == 1
    assert COMMENT not in item_page.state.account.drafts


def test_a_comment_that_was_refused_and_is_submitted_once_more_is_sent_again_as_the_same(item_page: Page) -> None:
    change = comment(item_page)
    let_happen(item_page, change, Due(), Refused("No."))
    submit_comment(item_page, nonce=SECOND)
    assert item_page.effects_of(DecideChange) == [DecideChange(change_id=FIRST, event=SendAgain())]


def test_a_comment_that_no_request_could_carry_is_refused_at_its_field_and_kept(item_page: Page) -> None:
    submit_comment(item_page, "cut \ud83d")
    assert not item_page.effects_of(PutChange)
    assert "half a character" in item_page.state.account.submissions[COMMENT].complaints["text"]
    assert item_page.state.account.drafts[COMMENT] == {"text": "cut \ud83d"}


def test_an_empty_comment_is_not_sent(item_page: Page) -> None:
    item_page.take(Submitted(form=COMMENT, texts={"text": "  "}, nonce=FIRST))
    assert not item_page.effects_of(PutChange)
    assert item_page.state.account.submissions[COMMENT].complaints == {"text": "Write a comment first."}


def test_nothing_is_put_there_for_a_user_whom_nobody_knows(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9")
    page.state = replace(page.state, account=replace(page.state.account, user_id=0))
    submit_comment(page)
    assert not page.effects_of(PutChange)
    assert "who you are" in html(page)
    assert page.state.account.drafts[COMMENT] == {"text": "Hello"}


# Storing


def test_the_text_is_a_draft_until_its_change_is_stored(item_page: Page) -> None:
    submit_comment(item_page)
    assert StoreDraft(user_id=1, form=COMMENT, texts={"text": "Hello"}) in item_page.effects
    assert item_page.state.account.drafts[COMMENT] == {"text": "Hello"}
    store_change(item_page)
    assert COMMENT not in item_page.state.account.drafts
    assert item_page.state.fills[COMMENT] == 1
    assert RemoveDraft(user_id=1, form=COMMENT) in item_page.effects


@pytest.mark.parametrize(("is_full", "words"), [(True, "storage is full"), (False, "store anything")])
def test_a_change_that_cannot_be_stored_is_not_sent_and_its_text_stays(
    item_page: Page, is_full: bool, words: str
) -> None:
    submit_comment(item_page)
    item_page.take(ChangeDenied(form=COMMENT, is_full=is_full))
    assert words in html(item_page)
    assert item_page.state.account.drafts[COMMENT] == {"text": "Hello"}
    submit_comment(item_page, nonce=SECOND)
    assert len(item_page.effects_of(PutChange)) == 2


def test_what_is_typed_while_a_change_is_stored_is_kept(item_page: Page) -> None:
    submit_comment(item_page)
    type_comment(item_page, "Hello, and one more thing")
    store_change(item_page)
    assert item_page.state.account.drafts[COMMENT] == {"text": ", and one more thing"}


def test_a_text_that_was_rewritten_while_a_change_is_stored_is_kept_whole(item_page: Page) -> None:
    submit_comment(item_page)
    type_comment(item_page, "Something else")
    store_change(item_page)
    assert item_page.state.account.drafts[COMMENT] == {"text": "Something else"}
    assert COMMENT not in item_page.state.fills


# Where it stands


def test_a_comment_stands_in_the_list_with_where_it_stands(item_page: Page) -> None:
    change = comment(item_page)
    assert phase_shown(item_page, change) == "pending"
    let_happen(item_page, change, Due())
    assert phase_shown(item_page, change) == "sending"
    let_happen(item_page, change, Lost("No answer."))
    assert phase_shown(item_page, change) == "unknown"
    assert "Checking whether your comment arrived" in html(item_page)
    let_happen(item_page, change, Done())
    assert phase_shown(item_page, change) == "saved"
    item_page.take(ChangeShown(change_id=FIRST))
    assert phase_shown(item_page, change) == ""


def test_a_comment_that_podio_shows_stands_there_once(item_page: Page) -> None:
    change = comment(item_page)
    let_happen(item_page, change, Due(), Done())
    answer = [{"comment_id": 4, "external_id": FIRST, "value": "Hello"}]
    item_page.answer(COMMENTS, answer, "GET")
    assert html(item_page).count("Hello") == 1
    assert '<li id="comment-4" data-change="saved">' in html(item_page)


def test_what_is_gone_from_the_outbox_is_read_again_where_it_is_shown(item_page: Page) -> None:
    """Another tab may have sent it."""
    change = comment(item_page)
    reads = len(item_page.calls(COMMENTS, "GET"))
    item_page.take(ChangesRead(outbox=Outbox()), ChangeGone(change=change))
    assert len(item_page.calls(COMMENTS, "GET")) == reads + 1


def test_a_change_that_is_not_sent_says_why(item_page: Page) -> None:
    change = comment(item_page)
    let_happen(item_page, change, Due(), NotSent("Podio can't be reached."))
    assert "Not sent yet. Podio can&#39;t be reached." in html(item_page)


def test_a_look_up_that_fails_leaves_the_choice_to_the_user(item_page: Page) -> None:
    change = comment(item_page)
    let_happen(item_page, change, Due(), Lost("No answer."), LookUpFailed("Offline."))
    assert "Podio may not have saved your comment" in html(item_page)
    item_page.take(Clicked(click=clicks.CheckChange(change_id=FIRST)))
    assert DecideChange(change_id=FIRST, event=Hurried()) in item_page.effects


def test_what_podio_does_not_show_yet_is_no_alarm(item_page: Page) -> None:
    change = comment(item_page)
    let_happen(item_page, change, Due(), Lost("No answer."), LookUpFailed("Offline."), NotFound(NOW + 1))
    assert "Checking whether your comment arrived" in html(item_page)
    assert 'role="alert"' not in html(item_page).partition('id="comments"')[2]


def test_a_slow_change_can_be_given_up_and_is_then_looked_up(item_page: Page) -> None:
    change = comment(item_page)
    item_page.take(ChangeIsSlow(change_id=FIRST))
    assert "Podio is slow" not in html(item_page)
    let_happen(item_page, change, Due())
    item_page.take(ChangeIsSlow(change_id=FIRST))
    assert "Podio is slow" in html(item_page)
    assert item_page.take(Clicked(click=clicks.StopChange(change_id=FIRST))) == [
        DecideChange(change_id=FIRST, event=Stopped())
    ]
    stopped = decide(item_page)
    assert stopped is not None
    assert stopped.phase is Phase.UNKNOWN
    assert item_page.state.account.slow_changes == frozenset()


# What was read before


ROW_EDITED = Change(
    FIRST, 1, NOW, UpdateItem(100, {"size": FieldEdit("number", "404", "12.0000")}, 3), phase=Phase.SENDING
)
LIST = "/item/app/7/filter/"


def test_the_row_and_the_cell_of_a_change_show_it_and_where_it_stands(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7")
    page.take(ChangesRead(outbox=Outbox((ROW_EDITED,))))
    row = html(page).partition('<tr id="row-100"')[2].partition("</tr>")[0]
    assert row.startswith(' data-change="sending"')
    assert "Sending…" in row
    assert ' data-change="sending" class="number"' in row or ' class="number" data-change="sending"' in row
    assert "404" in row
    let_happen(page, ROW_EDITED, Done(revision=4))
    page.take(ChangeShown(change_id=FIRST))
    assert "data-change=" not in html(page)


RENAMED = ROW_EDITED._replace(operation=UpdateItem(100, {"name": FieldEdit("text", "Lovelace", "Item 100")}, 3))


def test_a_title_that_is_being_changed_shows_in_its_row(signed_in: SignedIn) -> None:
    titled = item_answer(100, fields=[{"field_id": 1, "type": "text", "values": [{"value": "Item 100"}]}])
    page = signed_in("#/app/7", but=["/item/app/7/filter/"])
    page.answer(LIST, {"total": 1, "filtered": 1, "items": [titled]})
    page.take(ChangesRead(outbox=Outbox((RENAMED,))))
    row = html(page).partition('<tr id="row-100"')[2].partition("</tr>")[0]
    assert '<th scope="row" data-change="sending">' in row
    assert ">Lovelace</a>" in row
    let_happen(page, RENAMED, Done(revision=4))
    assert ">Lovelace</a>" in html(page).partition('<tr id="row-100"')[2].partition("</tr>")[0]


def test_a_title_that_is_being_changed_shows_in_the_items_heading(signed_in: SignedIn) -> None:
    titled = item_answer(fields=[{"field_id": 1, "type": "text", "values": [{"value": "Item 9"}]}])
    page = signed_in("#/app/7/item/9", but=["/item/9"])
    page.answer("/item/9", titled)
    operation = UpdateItem(9, {"name": FieldEdit("text", "Lovelace", "Item 9")}, 3)
    page.take(ChangesRead(outbox=Outbox((ROW_EDITED._replace(operation=operation),))))
    assert '<h1 id="main-heading" tabindex="-1" dir="auto">Lovelace</h1>' in html(page)
    assert page_view.title(page.state).startswith("Lovelace")
    operation = UpdateItem(9, {"name": FieldEdit("text", None, "Item 9")}, 3)
    page.take(ChangesRead(outbox=Outbox((ROW_EDITED._replace(operation=operation),))))
    assert ">Item 9</h1>" in html(page)


def test_a_saved_edit_shows_in_the_lists_and_the_item_that_are_remembered(signed_in: SignedIn, go: Go) -> None:
    page = signed_in("#/app/7")
    go(page, "#/app/7/item/100")
    go(page, "#/")
    page.take(ChangesRead(outbox=Outbox((ROW_EDITED,))))
    let_happen(page, ROW_EDITED, Done(revision=4))
    page.take(FragmentChanged(fragment="#/app/7"))
    assert html(page).count("404") == 1
    page.take(FragmentChanged(fragment="#/app/7/item/100"))
    assert "404" in html(page).partition('id="item-fields"')[2]
    item = page.state.read(ItemOf(item_id=100)).value
    assert item is not None
    assert item.revision == 4


def test_an_item_that_is_deleted_meanwhile_is_remembered_nowhere(signed_in: SignedIn, go: Go) -> None:
    page = signed_in("#/app/7")
    go(page, "#/app/7/item/100")
    go(page, "#/app/7")
    deleted = Change(FIRST, 1, NOW, DeleteItem(100), phase=Phase.SENDING)
    page.take(ChangesRead(outbox=Outbox((deleted,))))
    reads = len(page.calls(LIST))
    let_happen(page, deleted, Done())
    assert 'id="row-100"' not in html(page)
    assert 'id="row-101"' in html(page)
    assert len(page.calls(LIST)) == reads + 1
    assert ItemOf(item_id=100) not in page.state.account.reads


# What the user decides


def test_what_was_refused_may_be_sent_again_at_once(item_page: Page) -> None:
    change = comment(item_page)
    let_happen(item_page, change, Due(), Refused("You may not do this."))
    assert "You may not do this." in html(item_page)
    effects = item_page.take(Clicked(click=clicks.SendChange(change_id=FIRST)))
    assert effects == [DecideChange(change_id=FIRST, event=SendAgain()), HurryChanges()]


def test_a_comment_that_was_refused_may_be_taken_back_into_the_box(item_page: Page) -> None:
    change = comment(item_page)
    let_happen(item_page, change, Due(), Refused("Too long."))
    type_comment(item_page, "And another")
    item_page.take(Clicked(click=clicks.EditChange(change_id=FIRST)))
    assert item_page.state.account.drafts[COMMENT] == {"text": "Hello\nAnd another"}
    assert DecideChange(change_id=FIRST, event=Discarded()) in item_page.effects


def test_discarding_a_change_asks_first(item_page: Page) -> None:
    change = comment(item_page)
    item_page.take(Clicked(click=clicks.DiscardChange(change_id=FIRST)))
    assert not item_page.effects_of(DecideChange)
    assert "Discard this change?" in html(item_page)
    item_page.take(Clicked(click=clicks.CloseDialog()), Clicked(click=clicks.ConfirmDiscardChange()))
    assert not item_page.effects_of(DecideChange)
    item_page.take(Clicked(click=clicks.DiscardChange(change_id=FIRST)))
    item_page.take(Clicked(click=clicks.ConfirmDiscardChange()))
    assert decide(item_page) is None
    assert phase_shown(item_page, change) == ""


@pytest.mark.parametrize("kind", [clicks.SendChange, clicks.EditChange, clicks.StopChange, clicks.DiscardChange])
def test_a_click_on_a_change_that_has_moved_on_does_nothing(item_page: Page, kind: Callable[..., clicks.Click]) -> None:
    before = item_page.state
    assert item_page.take(Clicked(click=kind(change_id=SECOND))) == []
    assert item_page.state == before


# The page around it


@pytest.mark.parametrize(
    "event", [ConnectionChanged(online=True), SessionChanged(is_signed_in=True, user_id=1, expires_at=NOW + 100)]
)
def test_what_waits_is_tried_at_once_when_there_is_a_connection_or_a_sign_in_again(
    item_page: Page, event: ConnectionChanged | SessionChanged
) -> None:
    assert HurryChanges() in item_page.take(event)


def test_signing_out_asks_while_something_is_not_sent(item_page: Page) -> None:
    comment(item_page)
    item_page.take(Clicked(click=clicks.SignOut()))
    assert item_page.state.account.dialog is Dialog.SIGN_OUT


def test_changes_that_end_with_the_page_would_be_lost(item_page: Page) -> None:
    item_page.take(OutboxOpened(is_kept=False))
    assert not state.would_lose_text(item_page.state)
    comment(item_page)
    assert state.would_lose_text(item_page.state)


def test_nothing_of_one_user_s_changes_is_left_for_the_next(item_page: Page) -> None:
    comment(item_page)
    item_page.take(SessionChanged(is_signed_in=True, user_id=2, expires_at=NOW + 100))
    assert item_page.state.account.outbox == Outbox()


@pytest.mark.parametrize("hindrance", [Hindrance.SIGN_IN, Hindrance.LIMIT])
@pytest.mark.parametrize("between", [(), (SessionChanged(is_signed_in=False),)])
def test_what_paused_one_user_s_changes_is_not_said_of_the_next_one_s(
    item_page: Page, hindrance: Hindrance, between: tuple[Event, ...]
) -> None:
    comment(item_page)
    item_page.take(SendingPaused(pace=Pace(hindrance, NOW + 100)))
    outbox = item_page.state.account.outbox
    item_page.take(*between, *next_user(item_page, bool(between)))
    answer_all(item_page, but=["/user/status"])
    item_page.take(ChangesRead(outbox=outbox))
    assert "Not sent yet" in html(item_page)
    assert "Sign in to send this" not in html(item_page)
    assert "Podio's limit" not in html(item_page)
    assert not state.waits_for_sign_in(item_page.state)


def next_user(page: Page, is_signed_out: bool) -> list[Event]:
    """Let another user sign in: in the place of the first, or after a sign-out."""
    if not is_signed_out:
        return [SessionChanged(is_signed_in=True, user_id=2, expires_at=NOW + 100)]
    fragment = routes.fragment(page.state.route)
    return [Started(site=page.state.site, fragment=fragment, now=NOW, signed_in=True, user_id=2, expires_at=NOW + 100)]
