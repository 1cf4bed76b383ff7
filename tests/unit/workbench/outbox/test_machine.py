"""The table of a change, cell by cell: each phase with each event, then each way in which a cell may turn out."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from workbench.outbox import (
    SETTLED_AFTER,
    Abort,
    AddComment,
    AttachFile,
    Change,
    Choice,
    Conflicted,
    CreateItem,
    CreateTask,
    DeleteItem,
    Discarded,
    Done,
    Due,
    Event,
    FieldEdit,
    Gone,
    Hurried,
    ItemNow,
    ItemRead,
    LookUp,
    LookUpFailed,
    Lost,
    NotFound,
    NotSent,
    Operation,
    Phase,
    Refused,
    Resolved,
    Send,
    SendAgain,
    Settlement,
    ShowItem,
    Stopped,
    UpdateItem,
    Uploaded,
)
from workbench.outbox._events import Adopted, Edited
from workbench.outbox._machine import TABLE, step

NOW = 1000.0
ID = "0" * 32
EDITS = {"title": FieldEdit("text", "mine", "seen")}
UPDATE = UpdateItem(9, EDITS, 5)
OPERATIONS: tuple[Operation, ...] = (
    UPDATE,
    CreateItem(7, {"title": "new"}),
    DeleteItem(9),
    AddComment(9, "Hello"),
    AttachFile(9, "plan.pdf", "application/pdf", 3),
    CreateTask(9, "Call"),
)
AT_BASE = ItemNow(9, 5, {"title": "seen"})
ELSEWHERE = ItemNow(9, 6, {"title": "seen", "status": 2})
THEIRS = ItemNow(9, 6, {"title": "theirs"})
MINE = ItemNow(9, 6, {"title": "mine"})


def at(phase: Phase, operation: Operation = UPDATE, **attributes: Any) -> Change:
    """Return a change that has been sent as often as its phase says."""
    change = Change(ID, 1, NOW - 60, operation, phase=phase, tries=0 if phase is Phase.PENDING else 1)
    if phase is Phase.UNKNOWN:
        change = change._replace(unknown_since=NOW - 1, is_lost=True)
    if phase is Phase.CONFLICT:
        change = change._replace(theirs={"title": "theirs"}, revision=6)
    return change._replace(**attributes)


EVENTS: dict[type[Event], Event] = {
    Due: Due(),
    Adopted: Adopted(),
    Hurried: Hurried(),
    Edited: Edited({"title": FieldEdit("text", "other", "mine")}),
    Done: Done(revision=6),
    Uploaded: Uploaded(77),
    NotSent: NotSent("Wait."),
    Lost: Lost("No answer."),
    Refused: Refused("No."),
    Conflicted: Conflicted(),
    Gone: Gone("Gone."),
    NotFound: NotFound(NOW),
    ItemRead: ItemRead(AT_BASE),
    LookUpFailed: LookUpFailed("No answer."),
    SendAgain: SendAgain(),
    Stopped: Stopped(),
    Discarded: Discarded(),
    Resolved: Resolved({"title": Choice.MINE}),
}

Cell = tuple[Phase | None, list[type[Any]]]
CELLS: dict[tuple[Phase, type[Event]], Cell] = {
    (Phase.PENDING, Due): (Phase.SENDING, [Send]),
    (Phase.PENDING, Hurried): (Phase.PENDING, []),
    (Phase.PENDING, Edited): (Phase.PENDING, []),
    (Phase.PENDING, SendAgain): (Phase.PENDING, []),
    (Phase.PENDING, Discarded): (None, []),
    (Phase.SENDING, Adopted): (Phase.UNKNOWN, []),
    (Phase.SENDING, Done): (Phase.SAVED, [Settlement]),
    (Phase.SENDING, Uploaded): (Phase.SENDING, []),
    (Phase.SENDING, NotSent): (Phase.PENDING, []),
    (Phase.SENDING, Lost): (Phase.UNKNOWN, []),
    (Phase.SENDING, Refused): (Phase.FAILED, []),
    (Phase.SENDING, Conflicted): (Phase.UNKNOWN, []),
    (Phase.SENDING, Gone): (Phase.FAILED, []),
    (Phase.SENDING, Stopped): (Phase.UNKNOWN, [Abort]),
    (Phase.UNKNOWN, Due): (Phase.UNKNOWN, [LookUp]),
    (Phase.UNKNOWN, Hurried): (Phase.UNKNOWN, []),
    (Phase.UNKNOWN, Done): (Phase.SAVED, [Settlement]),
    (Phase.UNKNOWN, NotFound): (Phase.UNKNOWN, []),
    (Phase.UNKNOWN, ItemRead): (Phase.PENDING, []),
    (Phase.UNKNOWN, Gone): (Phase.FAILED, []),
    (Phase.UNKNOWN, LookUpFailed): (Phase.UNKNOWN, []),
    (Phase.UNKNOWN, SendAgain): (Phase.PENDING, []),
    (Phase.UNKNOWN, Discarded): (None, []),
    (Phase.CONFLICT, Resolved): (Phase.PENDING, []),
    (Phase.CONFLICT, Discarded): (None, []),
    (Phase.FAILED, Edited): (Phase.PENDING, []),
    (Phase.FAILED, SendAgain): (Phase.PENDING, []),
    (Phase.FAILED, Discarded): (None, []),
}
"""What each cell leads to for an update; every other cell is an event that changes nothing."""

OF_OTHERS: dict[tuple[str, Phase, type[Event]], Cell | None] = {
    **{(type(other).__name__, Phase.CONFLICT, Resolved): None for other in OPERATIONS[1:]},
    **{(type(other).__name__, Phase.FAILED, Edited): None for other in OPERATIONS[2:]},
    ("DeleteItem", Phase.SENDING, Conflicted): (Phase.FAILED, []),
    ("AddComment", Phase.SENDING, Conflicted): (Phase.FAILED, []),
    ("AttachFile", Phase.SENDING, Conflicted): (Phase.FAILED, []),
    ("CreateTask", Phase.SENDING, Conflicted): (Phase.FAILED, []),
    ("DeleteItem", Phase.SENDING, Gone): (Phase.SAVED, [Settlement]),
    ("DeleteItem", Phase.UNKNOWN, Gone): (Phase.SAVED, [Settlement]),
    ("AttachFile", Phase.SENDING, Uploaded): (Phase.SENDING, [Send]),
    ("AttachFile", Phase.UNKNOWN, NotFound): (Phase.PENDING, []),
}
"""Where another operation leads elsewhere."""


def kinds(commands: tuple[Any, ...]) -> list[type[Any]]:
    return [type(command) for command in commands]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: type(operation).__name__)
@pytest.mark.parametrize("kind", get_args(Event), ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("phase", Phase, ids=lambda phase: phase.name)
def test_each_event_in_each_phase_leads_where_the_table_says_or_changes_nothing(
    phase: Phase, kind: type[Event], operation: Operation
) -> None:
    change = at(phase, operation)
    after, commands = step(change, EVENTS[kind], NOW)
    expected = OF_OTHERS.get((type(operation).__name__, phase, kind), CELLS.get((phase, kind)))
    if expected is None:
        assert after is change
        assert commands == ()
    else:
        assert (after.phase if after else None, kinds(commands)) == expected
    assert (kind in TABLE[phase]) is ((phase, kind) in CELLS)


@pytest.mark.parametrize("kind", get_args(Event), ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("phase", [Phase.SENDING, Phase.UNKNOWN], ids=lambda phase: phase.name)
def test_nothing_but_podios_word_or_the_user_ends_a_change_that_may_have_been_sent(
    phase: Phase, kind: type[Event]
) -> None:
    after, _ = step(at(phase), EVENTS[kind], NOW)
    podios_words = {Done, Refused, Gone, ItemRead, NotSent, NotFound}
    if kind not in podios_words | {SendAgain, Discarded}:
        assert after is not None
        assert after.phase in (Phase.SENDING, Phase.UNKNOWN)


# Sending


def test_each_try_is_counted_before_it_is_made() -> None:
    after, commands = step(at(Phase.PENDING, tries=2), Due(), NOW)
    assert after is not None
    assert (after.tries, after.phase) == (3, Phase.SENDING)
    assert commands == (Send(after),)


def test_what_was_not_sent_counts_as_never_tried_and_may_still_be_edited() -> None:
    sending, _ = step(at(Phase.PENDING), Due(), NOW)
    assert sending is not None
    waiting, _ = step(sending, NotSent("Wait."), NOW)
    assert waiting is not None
    assert (waiting.tries, waiting.reason) == (0, "Wait.")
    assert waiting.again_at > NOW
    edited, _ = step(waiting, EVENTS[Edited], NOW)
    assert edited is not None
    assert edited.operation == UpdateItem(9, {"title": FieldEdit("text", "other", "seen")}, 5)


def test_a_change_that_was_tried_is_not_edited_any_more() -> None:
    change = at(Phase.PENDING, tries=1)
    assert step(change, EVENTS[Edited], NOW) == (change, ())


def test_an_edit_that_takes_an_edit_back_drops_it() -> None:
    back = Edited({"title": FieldEdit("text", "seen", "mine")})
    assert step(at(Phase.PENDING), back, NOW) == (None, ())
    both = at(Phase.PENDING, UpdateItem(9, {**EDITS, "status": FieldEdit("category", [2], [1])}, 5))
    after, _ = step(both, back, NOW)
    assert after is not None
    assert after.operation == UpdateItem(9, {"status": FieldEdit("category", [2], [1])}, 5)


def test_an_edit_of_an_item_that_is_still_to_be_created_goes_into_it() -> None:
    after, _ = step(at(Phase.PENDING, CreateItem(7, {"title": "new"})), EVENTS[Edited], NOW)
    assert after is not None
    assert after.operation == CreateItem(7, {"title": "other"})


def test_a_refused_change_is_corrected_by_an_edit_of_the_same_field_and_left_alone_by_others() -> None:
    failed = at(Phase.FAILED, reason="No.")
    corrected, _ = step(failed, EVENTS[Edited], NOW)
    assert corrected is not None
    assert (corrected.phase, corrected.tries, corrected.reason) == (Phase.PENDING, 0, "")
    elsewhere = Edited({"status": FieldEdit("category", [2], [1])})
    assert step(failed, elsewhere, NOW) == (failed, ())


def test_a_file_is_uploaded_first_and_attached_when_its_id_is_stored() -> None:
    sending = at(Phase.SENDING, AttachFile(9, "plan.pdf", "application/pdf", 3))
    result, commands = step(sending, Uploaded(77), NOW)
    assert result is not None
    assert result.operation == AttachFile(9, "plan.pdf", "application/pdf", 3, 77)
    assert commands == (Send(result),)


def test_what_was_not_carried_out_is_sent_again_after_pauses_that_grow_up_to_a_limit() -> None:
    pauses = []
    for tries in range(1, 12):
        after, _ = step(at(Phase.UNKNOWN, tries=tries), ItemRead(AT_BASE), NOW)
        assert after is not None
        pauses.append(after.again_at - NOW)
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (5.0, 300.0)


def test_a_call_that_is_given_up_is_aborted_and_looked_up() -> None:
    sending = at(Phase.SENDING)
    after, commands = step(sending, Stopped(), NOW)
    assert after is not None
    assert (after.phase, after.again_at, after.is_lost) == (Phase.UNKNOWN, NOW, True)
    assert commands == (Abort(sending),)


# Looking up


@pytest.mark.parametrize(
    "operation",
    [CreateItem(7, {"title": "new"}), AddComment(9, "Hello"), CreateTask(9, "Call")],
    ids=lambda operation: type(operation).__name__,
)
def test_what_is_not_found_is_looked_for_until_a_late_call_would_have_arrived(operation: Operation) -> None:
    change, _ = step(at(Phase.SENDING, operation), Lost("No answer."), NOW)
    now, looked = NOW, 0
    while change is not None and change.phase is Phase.UNKNOWN:
        assert change.again_at <= NOW + SETTLED_AFTER
        now = change.again_at
        change, _ = step(change, NotFound(now), now)
        looked += 1
    assert change is not None
    assert change.phase is Phase.PENDING
    assert now == NOW + SETTLED_AFTER
    assert looked > 3


def test_what_was_looked_for_before_a_late_call_would_have_arrived_is_looked_for_again_however_late_the_answer() -> (
    None
):
    change = at(Phase.UNKNOWN, AddComment(9, "Hello"), unknown_since=NOW)
    after, _ = step(change, NotFound(NOW + 1), NOW + 2 * SETTLED_AFTER)
    assert after is not None
    assert after.phase is Phase.UNKNOWN


def test_a_file_that_does_not_hang_on_the_item_is_attached_again_at_once_for_that_can_be_done_twice() -> None:
    after, _ = step(at(Phase.UNKNOWN, AttachFile(9, "plan.pdf", "", 3, 77)), NotFound(NOW), NOW)
    assert after is not None
    assert after.phase is Phase.PENDING


def test_a_look_up_that_fails_is_repeated_with_pauses_that_grow_up_to_a_limit() -> None:
    change: Change | None = at(Phase.UNKNOWN, unknown_since=NOW)
    now, pauses = NOW, []
    for _ in range(12):
        assert change is not None
        change, _ = step(change, LookUpFailed("No answer."), now)
        assert change is not None
        pauses.append(change.again_at - now)
        now = change.again_at
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (2.0, 60.0)


def test_an_item_that_was_found_is_reported_with_its_id() -> None:
    after, commands = step(at(Phase.UNKNOWN, CreateItem(7, {"title": "new"})), Done(item_id=12), NOW)
    assert after is not None
    assert commands == (Settlement(after, 12, None),)


def test_an_update_that_the_item_shows_is_saved_and_the_item_is_shown() -> None:
    after, commands = step(at(Phase.UNKNOWN), ItemRead(MINE), NOW)
    assert after is not None
    assert after.phase is Phase.SAVED
    assert commands == (ShowItem(MINE), Settlement(after, 9, 6))


def test_an_update_that_somebody_has_edited_over_since_is_found_in_the_revision_that_it_made() -> None:
    over = ItemNow(9, 7, {"title": "theirs"}, next_values={"title": "mine"})
    after, _ = step(at(Phase.UNKNOWN), ItemRead(over), NOW)
    assert after is not None
    assert after.phase is Phase.SAVED


def test_the_same_revision_of_a_change_that_was_not_lost_is_another_changes() -> None:
    over = ItemNow(9, 7, {"title": "theirs"}, next_values={"title": "mine"})
    after, _ = step(at(Phase.UNKNOWN, is_lost=False), ItemRead(over), NOW)
    assert after is not None
    assert after.phase is Phase.CONFLICT


def test_a_revision_that_made_only_a_part_of_the_change_is_another_changes() -> None:
    both = UpdateItem(9, {**EDITS, "status": FieldEdit("category", [2], [1])}, 5)
    item = ItemNow(9, 6, {"title": "mine", "status": [1]}, next_values={"title": "mine"})
    after, _ = step(at(Phase.UNKNOWN, both), ItemRead(item), NOW)
    assert after is not None
    assert (after.phase, after.operation) == (Phase.PENDING, both._replace(revision=6))


def test_an_update_of_an_item_that_has_not_moved_on_was_not_carried_out_and_may_yet_be() -> None:
    after, commands = step(at(Phase.UNKNOWN), ItemRead(AT_BASE), NOW)
    assert after is not None
    assert (after.phase, after.operation, after.is_lost, commands) == (Phase.PENDING, UPDATE, True, ())


def test_an_edit_of_other_fields_is_no_conflict_and_the_update_goes_on_from_there_at_once() -> None:
    after, commands = step(at(Phase.UNKNOWN), ItemRead(ELSEWHERE), NOW)
    assert after is not None
    assert after == at(Phase.PENDING, UPDATE._replace(revision=6), tries=1, again_at=NOW)
    assert commands == (ShowItem(ELSEWHERE),)


def test_an_edit_of_the_same_field_to_another_value_is_a_conflict_of_that_field_alone() -> None:
    both = UpdateItem(9, {**EDITS, "status": FieldEdit("category", [2], [1])}, 5)
    item = ItemNow(9, 6, {"title": "theirs", "status": [1]})
    after, commands = step(at(Phase.UNKNOWN, both), ItemRead(item), NOW)
    assert after is not None
    assert (after.phase, after.theirs, after.revision) == (Phase.CONFLICT, {"title": "theirs"}, 6)
    assert commands == (ShowItem(item),)


def test_a_field_that_somebody_has_emptied_is_in_conflict_too() -> None:
    after, _ = step(at(Phase.UNKNOWN), ItemRead(ItemNow(9, 6, {})), NOW)
    assert after is not None
    assert (after.phase, after.theirs) == (Phase.CONFLICT, {"title": None})


# Deciding a conflict

BOTH = UpdateItem(9, {**EDITS, "status": FieldEdit("category", [2], [1])}, 5)


@pytest.mark.parametrize(
    ("choice", "edit"),
    [
        (Choice.MINE, FieldEdit("text", "mine", "theirs")),
        (Choice.BEFORE, FieldEdit("text", "seen", "theirs")),
        (Choice.THEIRS, None),
    ],
)
def test_each_field_in_conflict_takes_the_value_that_was_chosen_and_the_others_stay(
    choice: Choice, edit: FieldEdit | None
) -> None:
    after, _ = step(at(Phase.CONFLICT, BOTH, is_lost=True), Resolved({"title": choice}), NOW)
    edits = {"status": FieldEdit("category", [2], [1])} | ({"title": edit} if edit else {})
    assert after is not None
    assert after == at(Phase.PENDING, UpdateItem(9, edits, 6), again_at=NOW)


def test_a_conflict_in_which_all_of_theirs_is_chosen_drops_the_change() -> None:
    assert step(at(Phase.CONFLICT), Resolved({"title": Choice.THEIRS}), NOW) == (None, ())
    assert step(at(Phase.CONFLICT), Resolved({}), NOW) == (None, ())
