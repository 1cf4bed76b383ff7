"""The changes together: what goes into what, what waits for what, and what follows when one is made or dropped."""

from __future__ import annotations

from typing import Any

import pytest

from workbench.outbox import (
    AddComment,
    AttachFile,
    Change,
    Choice,
    Conflicted,
    CreateItem,
    DeleteComment,
    DeleteItem,
    Discarded,
    Done,
    Due,
    FieldEdit,
    ItemKey,
    ItemNow,
    ItemRead,
    Lost,
    Operation,
    Outbox,
    Phase,
    Refused,
    Resolved,
    Settlement,
    UpdateItem,
    add,
    adopt,
    apply,
    hurry,
    undo,
)

NOW = 1000.0


def id_of(number: int) -> str:
    return f"{number:032x}"


def edit(item: ItemKey, value: str, *, key: str = "title", before: str = "seen", revision: int = 5) -> UpdateItem:
    return UpdateItem(item, {key: FieldEdit("text", value, before)}, revision)


def outbox_of(*operations: Operation, **attributes: Any) -> Outbox:
    outbox = Outbox()
    for number, operation in enumerate(operations, 1):
        outbox = add(outbox, Change(id_of(number), 0, NOW, operation, **attributes), NOW)
    return outbox


def after(outbox: Outbox, number: int, *events: Any) -> Outbox:
    for event in events:
        outbox, _ = apply(outbox, id_of(number), event, NOW)
    return outbox


def due(outbox: Outbox) -> int:
    change = outbox.due(NOW + 1000)
    return 0 if change is None else int(change.change_id, 16)


def test_edits_of_one_item_are_one_change_until_it_is_tried() -> None:
    outbox = outbox_of(edit(9, "one"), edit(9, "two", key="status"), edit(9, "three", before="one"))
    (change,) = outbox.changes
    title, status = FieldEdit("text", "three", "seen"), FieldEdit("text", "two", "seen")
    assert change.operation == UpdateItem(9, {"title": title, "status": status}, 5)
    outbox_tried = add(after(outbox, 1, Due()), Change(id_of(4), 0, NOW, edit(9, "four", before="three")), NOW)
    assert [other.number for other in outbox_tried.changes] == [1, 2]


def test_edits_of_an_item_that_is_to_be_created_go_into_it_and_later_ones_wait_for_its_id() -> None:
    outbox = outbox_of(CreateItem(7, {"title": "new"}), edit(id_of(1), "newer", before="new"))
    assert outbox.changes[0].operation == CreateItem(7, {"title": "newer"})
    sending = after(outbox, 1, Due())
    waiting = add(sending, Change(id_of(3), 0, NOW, edit(id_of(1), "newest", before="newer", revision=0)), NOW)
    assert due(waiting) == 0
    created = after(waiting, 1, Done(item_id=12, revision=0))
    assert [change.operation for change in created.changes] == [edit(12, "newest", before="newer", revision=0)]
    assert due(created) == 3


def test_an_edit_does_not_go_past_a_deletion() -> None:
    outbox = outbox_of(edit(9, "one"), DeleteItem(9), edit(9, "two"))
    assert len(outbox.changes) == 3


def test_an_edit_that_takes_the_only_edit_back_leaves_nothing() -> None:
    assert outbox_of(edit(9, "one"), edit(9, "seen", before="one")).changes == ()


def test_an_edit_is_based_on_what_the_edits_before_it_are_based_on() -> None:
    """It was made on them, and what they have not been compared with it has not been either."""
    outbox_tried = after(outbox_of(edit(9, "one", revision=3)), 1, Due())
    outbox = add(outbox_tried, Change(id_of(2), 0, NOW, edit(9, "two", before="one", revision=7)), NOW)
    assert outbox.changes[1].operation == edit(9, "two", before="one", revision=3)


def test_what_the_user_sees_is_what_podio_holds_under_their_own_changes() -> None:
    outbox_tried = after(outbox_of(edit(9, "one")), 1, Due())
    outbox = add(outbox_tried, Change(id_of(2), 0, NOW, edit(9, "two", key="status")), NOW)
    assert outbox.values_shown(9, {"title": "seen", "note": "n"}) == {"title": "one", "status": "two", "note": "n"}
    assert outbox.values_shown(8, {"title": "seen"}) == {"title": "seen"}
    assert outbox_of(CreateItem(7, {"title": "new"})).values_shown(id_of(1), {}) == {"title": "new"}


def test_the_same_again_is_found_so_that_a_form_submitted_twice_doubles_nothing() -> None:
    outbox = outbox_of(AddComment(9, "Hello"))
    assert outbox.find(AddComment(9, "Hello")) == outbox.changes[0]
    assert outbox.find(AddComment(8, "Hello")) is None
    assert outbox_of(DeleteItem(9)).find(AddComment(9, "Hello")) is None


@pytest.mark.parametrize(
    ("operations", "failed", "expected"),
    [
        ([edit(9, "a"), edit(8, "b")], True, 2),
        ([edit(9, "a"), AddComment(9, "b")], True, 2),
        ([edit(9, "a"), DeleteItem(9)], True, 2),
        ([AddComment(9, "a"), AddComment(9, "b")], True, 2),
        ([DeleteItem(9), AddComment(9, "b")], True, 2),
        ([edit(9, "a"), edit(9, "b", key="status")], True, 2),
        ([edit(9, "a"), edit(9, "b", before="a")], True, 0),
        ([CreateItem(7, {}), AddComment(id_of(1), "b")], True, 0),
        ([edit(9, "a"), edit(8, "b")], False, 2),
        ([edit(9, "a"), AddComment(9, "b")], False, 2),
        ([edit(9, "a"), AttachFile(9, "b", "", 1)], False, 2),
        ([edit(9, "a"), DeleteItem(9)], False, 0),
        ([AddComment(9, "a"), AddComment(9, "b")], False, 0),
        ([DeleteItem(9), AddComment(9, "b")], False, 0),
        ([edit(9, "a"), edit(9, "b", key="status")], False, 0),
        ([edit(9, "a"), edit(9, "b", before="a")], False, 0),
        ([CreateItem(7, {}), AddComment(id_of(1), "b")], False, 0),
    ],
)
def test_the_order_within_an_item_is_kept_and_what_failed_stops_only_what_needs_it(
    operations: list[Operation], failed: bool, expected: int
) -> None:
    first, second = operations
    outbox = after(outbox_of(first), 1, Due())
    outbox = add(outbox, Change(id_of(2), 0, NOW, second), NOW)
    if failed:
        outbox = after(outbox, 1, Refused("No."))
    assert due(outbox) == expected


def test_an_update_behind_one_that_is_made_goes_on_from_its_revision_unless_somebody_was_in_between() -> None:
    outbox_tried = after(outbox_of(edit(9, "one")), 1, Due())
    outbox = add(outbox_tried, Change(id_of(2), 0, NOW, edit(9, "two", before="one")), NOW)
    (moved,) = after(outbox, 1, Done(revision=6)).changes
    assert moved.operation == edit(9, "two", before="one", revision=6)
    (stayed,) = after(outbox, 1, Done(revision=7)).changes
    assert stayed.operation == edit(9, "two", before="one", revision=5)


def test_dropping_an_item_that_is_to_be_created_drops_what_was_to_be_done_to_it() -> None:
    outbox_tried = after(outbox_of(CreateItem(7, {"title": "bad"})), 1, Due(), Refused("No."))
    outbox = add(outbox_tried, Change(id_of(2), 0, NOW, AddComment(id_of(1), "Hello")), NOW)
    outbox = add(outbox, Change(id_of(3), 0, NOW, AddComment(9, "Hello")), NOW)
    assert [change.number for change in after(outbox, 1, Discarded()).changes] == [3]


def test_a_new_sender_takes_what_was_being_sent_for_unknown_and_the_rest_as_it_is() -> None:
    outbox = after(outbox_of(edit(9, "one"), edit(8, "two")), 1, Due())
    assert outbox.needs_sender(NOW)
    assert [change.phase for change in adopt(outbox, NOW).changes] == [Phase.UNKNOWN, Phase.PENDING]


def test_what_waits_for_its_next_try_is_tried_at_once_when_there_is_reason_to() -> None:
    outbox = outbox_of(edit(9, "one"), again_at=NOW + 300)
    assert (outbox.due(NOW), outbox.next_at()) == (None, NOW + 300)
    assert due(hurry(outbox, NOW)) == 1
    assert not Outbox().needs_sender(NOW)


def test_what_happens_to_a_change_that_is_gone_changes_nothing() -> None:
    outbox = outbox_of(edit(9, "one"))
    assert apply(outbox, id_of(5), Done(), NOW) == (outbox, ())


def test_a_change_is_undone_by_its_inverse_where_it_has_one() -> None:
    def inverse(operation: Operation, item_id: int, **ids: int) -> Operation | None:
        return undo(Settlement(Change(id_of(1), 1, NOW, operation), item_id, **ids))

    assert inverse(CreateItem(7, {"title": "new"}), 12, revision=0) == DeleteItem(12)
    assert inverse(edit(9, "mine"), 9, revision=6) == edit(9, "seen", before="mine", revision=6)
    assert inverse(edit(9, "mine", revision=4), 9) == edit(9, "seen", before="mine", revision=5)
    assert inverse(AddComment(9, "Hello"), 9, comment_id=31) == DeleteComment(9, 31)
    assert inverse(AddComment(9, "Hello"), 9) is None
    assert inverse(DeleteItem(9), 9, revision=6) is None
    assert inverse(DeleteComment(9, 31), 9) is None


# Edits of what the user didn't see


@pytest.mark.parametrize("events", [(), (Due(),), (Due(), Lost()), (Due(), Refused("No."))], ids=len)
def test_an_edit_over_one_that_waits_unseen_is_a_conflict_with_it(events: tuple[Any, ...]) -> None:
    """The other is of another tab, or this one of a form that was filled in before."""
    outbox = after(outbox_of(edit(1, "theirs", revision=4)), 1, *events)
    outbox = add(outbox, Change(id_of(2), 0, NOW, edit(1, "mine"), title="It"), NOW)
    waiting, conflict = outbox.changes
    assert waiting.operation == edit(1, "theirs", revision=4)
    assert (conflict.phase, conflict.theirs, conflict.revision) == (Phase.CONFLICT, {"title": "theirs"}, 4)
    assert conflict.operation == edit(1, "mine", revision=4)
    assert due(outbox) in (0, 1)


@pytest.mark.parametrize(
    "following",
    [edit(1, "mine", before="theirs"), edit(1, "theirs"), edit(1, "mine", key="other")],
    ids=["what was seen", "what is wanted too", "another field"],
)
def test_an_edit_of_what_the_user_saw_goes_into_the_one_that_waits(following: UpdateItem) -> None:
    outbox = outbox_of(edit(1, "theirs"), following)
    assert [change.phase for change in outbox.changes] == [Phase.PENDING]


@pytest.mark.parametrize(
    ("choice", "value"), [(Choice.MINE, "mine"), (Choice.THEIRS, None), (Choice.BEFORE, "seen")], ids=lambda it: str(it)
)
@pytest.mark.parametrize("is_saved", [False, True])
def test_a_conflict_with_a_change_that_waits_is_decided_by_field(
    choice: Choice, value: str | None, is_saved: bool
) -> None:
    outbox = after(outbox_of(edit(1, "theirs"), edit(1, "mine")), 2, Resolved({"title": choice}))
    if is_saved:
        outbox = after(outbox, 1, Due(), Done(revision=6))
    decided = outbox.get(id_of(2))
    if value is None:
        assert decided is None
    else:
        assert decided is not None
        assert decided.operation == edit(1, value, before="theirs", revision=6 if is_saved else 5)
        assert due(outbox) == (2 if is_saved else 1)


def test_a_conflict_that_is_decided_after_the_other_change_was_saved_is_compared_with_it() -> None:
    outbox = after(outbox_of(edit(1, "theirs"), edit(1, "mine")), 1, Due(), Done(revision=6))
    outbox = after(outbox, 2, Resolved({"title": Choice.MINE}), Due(), Conflicted())
    now = ItemNow(1, 6, {"title": "theirs"})
    decided = after(outbox, 2, ItemRead(now)).get(id_of(2))
    assert decided is not None
    assert (decided.phase, decided.operation) == (Phase.PENDING, edit(1, "mine", before="theirs", revision=6))
