"""Each operation's call, its look-up, and what each outcome means, on an API like Podio's."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.workbench.outbox.desk import APP, ITEM, NOW, PROXY, Desk

from workbench.outbox import (
    AddComment,
    AttachFile,
    CreateItem,
    CreateTask,
    DeleteComment,
    DeleteItem,
    Done,
    Event,
    FieldEdit,
    Hindrance,
    ItemRead,
    LookUpFailed,
    Lost,
    NotFound,
    NotSent,
    Operation,
    Refused,
    UpdateItem,
    Uploaded,
)
from workbench.outbox._events import Conflicted, Gone

TITLE = "M-00401 Fyrtårn"


def remark(value: Any, revision: int, before: Any = None) -> UpdateItem:
    return UpdateItem(ITEM, {"remark": FieldEdit("text", value, before)}, revision)


async def test_an_item_is_created_once_and_found_by_the_changes_id(desk: Desk) -> None:
    operation = CreateItem(32, {"title": "New lamp"})
    assert (await desk.look_up(operation)).event == NotFound(NOW)
    created = (await desk.send(operation)).event
    assert isinstance(created, Done)
    assert (created.revision, created.title) == (0, "New lamp")
    assert (await desk.look_up(operation)).event == Done(item_id=created.item_id)


async def test_an_update_is_made_on_the_revision_that_was_seen_and_on_no_other(desk: Desk) -> None:
    base = await desk.revision()
    assert (await desk.send(remark("mine", base))).event == Done(revision=base + 1, title=TITLE)
    assert (await desk.send(remark("mine too", base))).event == Conflicted()
    assert await desk.remark() == "mine"
    assert (await desk.send(remark(None, base + 1))).event == Done(revision=base + 2, title=TITLE)
    assert await desk.remark() == ""


async def test_an_update_that_changes_nothing_is_done(desk: Desk) -> None:
    base = await desk.revision()
    await desk.send(remark("mine", base))
    assert (await desk.send(remark("mine", base + 1))).event == Done(revision=None)


async def test_an_update_is_looked_up_by_the_revision_that_it_made_though_somebody_has_edited_over_it(
    desk: Desk,
) -> None:
    base = await desk.revision()
    await desk.send(remark("mine", base))
    await desk.grace.request("PUT", f"/item/{ITEM}", body={"fields": {"remark": "hers"}})
    event = (await desk.look_up(remark("mine", base), is_lost=True)).event
    assert isinstance(event, ItemRead)
    assert event.item.revision == base + 2
    assert event.item.values["remark"] == "hers"
    assert event.item.next_values is not None
    assert event.item.next_values["remark"] == "mine"
    following = (await desk.look_up(remark("hers", base + 1), is_lost=True)).event
    assert isinstance(following, ItemRead)
    assert following.item.next_values is None  # Grace made it
    calm = (await desk.look_up(remark("mine", base))).event
    assert isinstance(calm, ItemRead)
    assert calm.item.next_values is None  # no call of it was lost, so nobody has to look


async def test_a_field_that_the_following_revision_cleared_is_empty_in_it(desk: Desk) -> None:
    base = await desk.revision()
    await desk.send(remark("mine", base))
    await desk.send(remark(None, base + 1))
    event = (await desk.look_up(remark(None, base + 1), is_lost=True)).event
    assert isinstance(event, ItemRead)
    assert event.item.next_values is not None
    assert event.item.next_values["remark"] == []


async def test_a_deletion_is_done_and_looked_up_as_gone_by_podios_word_alone(desk: Desk) -> None:
    operation = DeleteItem(ITEM)
    await desk.faults({"path": f"/item/{ITEM}", "method": "DELETE", "status": 404, "body": PROXY})
    assert isinstance((await desk.send(operation)).event, Lost)
    assert isinstance((await desk.look_up(operation)).event, ItemRead)
    assert (await desk.send(operation)).event == Done()
    assert isinstance((await desk.look_up(operation)).event, Gone)
    assert isinstance((await desk.send(operation)).event, Gone)
    await desk.faults({"path": f"/item/{ITEM}", "method": "GET", "status": 404, "body": PROXY})
    assert isinstance((await desk.look_up(operation)).event, LookUpFailed)


async def test_a_comment_is_found_by_the_changes_id_on_whichever_page_of_the_list_it_is_and_is_deleted(
    desk: Desk,
) -> None:
    for number in range(100):
        await desk.grace.request("POST", f"/comment/item/{ITEM}/", body={"value": f"Comment {number}"})
    operation = AddComment(ITEM, "The lamp hums")
    assert (await desk.look_up(operation)).event == NotFound(NOW)
    added = (await desk.send(operation)).event
    assert isinstance(added, Done)
    assert added.comment_id
    assert (await desk.look_up(operation)).event == added
    deletion = DeleteComment(ITEM, added.comment_id)
    assert (await desk.look_up(deletion)).event == NotFound(NOW)
    assert (await desk.send(deletion)).event == Done()
    assert isinstance((await desk.look_up(deletion)).event, Gone)
    assert isinstance((await desk.send(deletion)).event, Gone)


async def test_a_task_is_created_and_found(desk: Desk) -> None:
    operation = CreateTask(ITEM, "Call", "2026-11-30")
    assert (await desk.look_up(operation)).event == NotFound(NOW)
    assert (await desk.send(operation)).event == Done()
    assert (await desk.look_up(operation)).event == Done()


async def test_a_file_is_uploaded_then_attached_and_found_on_the_item(desk: Desk) -> None:
    operation = AttachFile(ITEM, "plan.txt", "text/plain", 4)
    event = (await desk.send(operation, b"plan")).event
    assert isinstance(event, Uploaded)
    attached = operation._replace(file_id=event.file_id)
    assert (await desk.look_up(attached)).event == NotFound(NOW)
    assert (await desk.send(attached)).event == Done()
    assert (await desk.look_up(attached)).event == Done()
    assert (await desk.look_up(operation)).event == NotFound(NOW)


async def test_a_file_whose_content_is_gone_is_refused_and_says_so(desk: Desk) -> None:
    event = (await desk.send(AttachFile(ITEM, "plan.txt", "text/plain", 4))).event
    assert isinstance(event, Refused)
    assert "Choose the file again" in event.reason


COMMENT = AddComment(ITEM, "The lamp hums")


@pytest.mark.parametrize(
    ("fault", "kind", "hindrance"),
    [
        ({"drop": True}, Lost, Hindrance.CONNECTION),
        ({"status": 500}, Lost, None),
        ({"status": 503, "body": {"error": "unavailable", "error_description": "Back at nine."}}, Lost, None),
        ({"status": 200, "body": PROXY}, Lost, None),
        ({"status": 200, "body": "[]"}, Lost, None),
        ({"status": 200, "body": {"comment_id": "1"}}, Lost, None),
        ({"status": 200, "body": ""}, Lost, None),
        ({"status": 400, "body": PROXY}, Lost, None),
        ({"status": 403, "body": {"error": "Forbidden"}}, Lost, None),
        ({"status": 404, "body": PROXY}, Lost, None),
        ({"status": 409, "body": PROXY}, Lost, None),
        ({"status": 410, "body": ""}, Lost, None),
        ({"status": 429, "body": PROXY}, Lost, None),
        ({"status": 400}, Refused, None),
        ({"status": 403}, Refused, None),
        ({"status": 402}, Refused, None),
        ({"status": 404}, Gone, None),
        ({"status": 410}, Gone, None),
        ({"status": 409}, Conflicted, None),
        ({"status": 420}, NotSent, Hindrance.LIMIT),
        ({"status": 420, "body": ""}, NotSent, Hindrance.LIMIT),
        ({"status": 401}, NotSent, Hindrance.SIGN_IN),
    ],
)
async def test_only_podios_own_word_settles_a_change(
    desk: Desk, fault: dict[str, Any], kind: type[Event], hindrance: Hindrance | None
) -> None:
    await desk.faults({"path": f"/comment/item/{ITEM}", "method": "POST", "times": 9, **fault})
    outcome = await desk.send(COMMENT)
    assert (type(outcome.event), outcome.hindrance) == (kind, hindrance)
    assert outcome.wait == (300 if fault == {"status": 420} else None)


@pytest.mark.parametrize(
    "fault",
    [
        {"drop": True},
        {"status": 500},
        {"status": 404, "body": PROXY},
        {"status": 403},
        {"status": 420},
        {"status": 200, "body": "{}"},
    ],
)
@pytest.mark.parametrize(
    "operation",
    [
        COMMENT,
        CreateItem(APP, {}),
        remark("mine", 1),
        DeleteItem(ITEM),
        CreateTask(ITEM, "Call"),
        AttachFile(ITEM, "a", "", 1, 5),
    ],
    ids=lambda operation: type(operation).__name__,
)
async def test_a_look_up_that_brings_no_word_of_podios_settles_nothing(
    desk: Desk, operation: Operation, fault: dict[str, Any]
) -> None:
    await desk.faults({"path": "/", "method": "GET", "times": 9, **fault})
    outcome = await desk.look_up(operation)
    assert isinstance(outcome.event, LookUpFailed)
    assert outcome.hindrance is {"420": Hindrance.LIMIT}.get(str(fault.get("status")), outcome.hindrance)


@pytest.mark.parametrize(
    ("description", "reason"),
    [
        ("Invalid value", "Podio rejected the change: Invalid value."),
        ('Invalid value "x" (string): must be integer', "Podio rejected the change: must be integer."),
        (
            "Invalid value \"a (b): c\" (string): must be one of {'a','b'}",
            "Podio rejected the change: must be one of the choices.",
        ),
        ('Field "Phase" is required.', 'Podio rejected the change: Field "Phase" is required.'),
        ("", "Podio rejected the change."),
    ],
)
async def test_a_rejection_is_in_podio_s_words_without_what_it_repeats_of_the_call(
    desk: Desk, description: str, reason: str
) -> None:
    body = {"error": "invalid_value", "error_description": description}
    await desk.faults({"path": f"/comment/item/{ITEM}", "method": "POST", "status": 400, "body": body})
    assert (await desk.send(COMMENT)).event == Refused(reason)


async def test_a_text_that_can_not_be_sent_is_refused_and_not_tried_for_ever(desk: Desk) -> None:
    event = (await desk.send(AddComment(ITEM, "half \ud83d"))).event
    assert isinstance(event, Refused)
    assert "half a character" in event.reason


async def test_without_a_session_nothing_is_sent(desk: Desk) -> None:
    await desk.ada.sign_out()
    outcome = await desk.send(COMMENT)
    assert (type(outcome.event), outcome.hindrance) == (NotSent, Hindrance.SIGN_IN)
