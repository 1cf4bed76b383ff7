"""What isn't in Podio yet is counted, listed and kept as a file; on a shared origin it is sent by a click only."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from tests.unit.workbench.driver import NOW, Page, html, let_happen

from workbench import clicks
from workbench.effects import ApproveChanges, SaveFile
from workbench.events import ChangesHeld, ChangesRead, Clicked, RenewalChanged, SendingPaused
from workbench.outbox import (
    AddComment,
    AttachFile,
    Change,
    CreateItem,
    CreateTask,
    DeleteItem,
    Due,
    FieldEdit,
    Hindrance,
    LookUpFailed,
    Lost,
    Operation,
    Outbox,
    Pace,
    Phase,
    UpdateItem,
    read_change,
)
from workbench.state import Renewal, RenewalPhase

SignedIn = Callable[..., Page]


@pytest.fixture
def page(signed_in: SignedIn) -> Page:
    return signed_in("#/app/7/item/9")


def read_outbox(page: Page, *operations: Operation, unapproved: bool = False, phase: Phase = Phase.PENDING) -> Outbox:
    """Let changes be in the outbox, as after a reload."""
    changes = tuple(
        Change(f"{number:032x}", number, NOW, operation, "A <b>title</b>", phase=phase)
        for number, operation in enumerate(operations, 1)
    )
    ids = frozenset(change.change_id for change in changes) if unapproved else frozenset()
    page.take(ChangesRead(outbox=Outbox(changes), unapproved=ids))
    return Outbox(changes)


def part_of(page: Page, beginning: str, end: str) -> str:
    return html(page).partition(beginning)[2].partition(end)[0]


def test_how_much_is_not_sent_is_said_as_text_and_nothing_where_all_is(page: Page) -> None:
    status = 'aria-label="Unsent changes">'
    assert part_of(page, status, "</span>") == ""
    assert "Show unsent changes" not in html(page)
    read_outbox(page, AddComment(9, "One"))
    assert part_of(page, status, "</span>") == "1 change not sent"
    read_outbox(page, AddComment(9, "One"), DeleteItem(9), DeleteItem(8))
    assert part_of(page, status, "</span>") == "3 changes not sent"
    assert 'aria-label="Show unsent changes"' in html(page)


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (CreateItem(7, {"name": "Lamp"}), "New item in"),
        (
            UpdateItem(9, {"name": FieldEdit("text", "Lamp"), "size": FieldEdit("number", 1)}, 3),
            "Change of Name, Size in",
        ),
        (UpdateItem(8, {"name": FieldEdit("text", "Lamp")}, 3), "Change of name in"),
        (DeleteItem(9), "Deletion of"),
        (AddComment(9, "<b>Hello</b>"), "Comment “&lt;b&gt;Hello&lt;/b&gt;” on"),
        (AttachFile(9, "lamp.txt", "text/plain", 6), "File “lamp.txt” on"),
        (CreateTask(9, "Call back"), "Task “Call back” on"),
    ],
)
def test_the_list_says_what_each_change_is_and_where(page: Page, operation: Operation, words: str) -> None:
    read_outbox(page, operation)
    page.take(Clicked(click=clicks.ShowUnsent()))
    list_html = part_of(page, '<ul id="unsent-list"', "</ul>")
    assert words in list_html
    assert "A &lt;b&gt;title&lt;/b&gt;" in list_html
    assert 'data-change="pending"' in list_html


def test_the_list_leads_to_the_item_and_offers_what_may_be_done(page: Page) -> None:
    read_outbox(page, AddComment(9, "Hello"))
    page.take(Clicked(click=clicks.ShowUnsent()))
    list_html = part_of(page, '<ul id="unsent-list"', "</ul>")
    assert 'href="#/app/7/item/9"' in list_html
    assert "Send now" in list_html
    assert "Discard" in list_html


def test_what_podios_limit_holds_says_until_when_and_has_no_send_now(page: Page) -> None:
    read_outbox(page, AddComment(9, "Hello"))
    page.take(SendingPaused(pace=Pace().after(Hindrance.LIMIT, 600, NOW)), Clicked(click=clicks.ShowUnsent()))
    list_html = part_of(page, '<ul id="unsent-list"', "</ul>")
    assert "limit of calls per hour is reached. Sending goes on at 08:10." in list_html
    assert "Send now" not in list_html
    assert "Discard" in list_html
    page.take(SendingPaused(pace=Pace()))
    assert "Send now" in part_of(page, '<ul id="unsent-list"', "</ul>")


def test_a_look_up_that_podios_limit_holds_has_no_check_again(page: Page) -> None:
    outbox = read_outbox(page, AddComment(9, "Hello"))
    let_happen(page, outbox.changes[0], Due(), Lost("No answer."), LookUpFailed("Too many calls."))
    assert "Check again" in html(page)
    page.take(SendingPaused(pace=Pace().after(Hindrance.LIMIT, None, NOW)))
    assert "Check again" not in html(page)


def test_what_an_expired_sign_in_holds_asks_to_sign_in_again_once(page: Page) -> None:
    read_outbox(page, AddComment(9, "Hello"), AddComment(9, "Again"))
    page.take(SendingPaused(pace=Pace().after(Hindrance.SIGN_IN, None, NOW)))
    assert html(page).count("Sign in to send this.") == 2
    assert "Send now" not in html(page)
    assert html(page).count("Sign in again</button>") == 1
    page.take(Clicked(click=clicks.ShowUnsent()))
    assert "Sign in again</button>" in part_of(page, '<dialog id="dialog"', "</dialog>")
    page.take(RenewalChanged(renewal=Renewal(phase=RenewalPhase.NEEDS_CLICK)), Clicked(click=clicks.CloseDialog()))
    assert html(page).count("Sign in again</button>") == 1
    page.take(RenewalChanged(renewal=Renewal()), SendingPaused(pace=Pace()))
    assert "Sign in again" not in html(page)


def test_no_two_elements_have_one_id_while_the_list_is_shown(page: Page) -> None:
    read_outbox(page, AddComment(9, "Hello"), UpdateItem(9, {"name": FieldEdit("text", "Lamp")}, 3))
    page.take(Clicked(click=clicks.ShowUnsent()))
    ids = [text.partition('"')[0] for text in html(page).split(' id="')[1:]]
    assert sorted(ids) == sorted(set(ids))


def test_what_is_not_sent_can_be_saved_as_a_file(page: Page) -> None:
    outbox = read_outbox(page, AddComment(9, "Hello"), CreateItem(7, {"name": "Lamp"}))
    [effect] = page.take(Clicked(click=clicks.SaveUnsent()))
    assert isinstance(effect, SaveFile)
    changes = json.loads(effect.text)["unsent_changes"]
    assert [read_change(json.dumps(record)) for record in changes] == list(outbox.changes)


def test_changes_that_were_found_where_others_share_the_origin_are_sent_by_a_click(page: Page) -> None:
    outbox = read_outbox(page, AddComment(9, "Hello"), DeleteItem(8), unapproved=True)
    assert "Send 2 changes" in html(page)
    effects = page.take(Clicked(click=clicks.SendUnsent()))
    assert effects == [ApproveChanges(change_ids=frozenset(change.change_id for change in outbox.changes))]
    read_outbox(page, AddComment(9, "Hello"), DeleteItem(8))
    assert "Send 2 changes" not in html(page)
    assert page.take(Clicked(click=clicks.SendUnsent())) == []


def test_a_tab_that_holds_the_changes_and_says_nothing_is_reported(page: Page) -> None:
    page.take(ChangesHeld(is_held=True))
    assert "Another tab is holding your changes" not in html(page)
    read_outbox(page, AddComment(9, "Hello"))
    assert "Another tab is holding your changes" in html(page)
    assert "Save as a file" in html(page)
    page.take(ChangesHeld(is_held=False))
    assert "Another tab is holding your changes" not in html(page)


def test_the_question_before_a_sign_out_lists_what_would_be_lost(page: Page) -> None:
    read_outbox(page, AddComment(9, "Hello"))
    page.take(Clicked(click=clicks.SignOut()))
    question = part_of(page, '<dialog id="dialog"', "</dialog>")
    assert "Comment “Hello” on" in question
    assert "Save as a file" in question
    assert "Sign out and delete drafts" in question
