"""What the user did and saw in a simulation, and whether its end is right by that."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tests.unit.workbench.outbox.simulated_podio import Item

from workbench.outbox import (
    AddComment,
    Change,
    CreateItem,
    DeleteItem,
    Outbox,
    Phase,
    Settlement,
    UpdateItem,
)


class Word(NamedTuple):
    """Something that the user wrote into a field."""

    item: str
    key: str
    value: str


@dataclass
class Notes:
    """What the user did and saw.

    Attributes:
        words: What they wrote into fields.
        comments: Their comments, by the changes' ids, with the items.
        creates: The items that they created, by the changes' ids.
        dropped: Values and ids that they know to be dropped.
        replaced: Values that they replaced before these were sent.
        rewritten: Values that they went back to.
        seen: What they saw in a field, by item and field.
        allowed: What they had seen in a field when they wrote a value into it, or decided for it.
    """

    words: list[Word] = field(default_factory=list)
    comments: list[tuple[str, str]] = field(default_factory=list)
    creates: list[str] = field(default_factory=list)
    dropped: set[Any] = field(default_factory=set)
    replaced: set[Any] = field(default_factory=set)
    rewritten: set[Any] = field(default_factory=set)
    seen: dict[tuple[str, str], set[Any]] = field(default_factory=dict)
    allowed: dict[tuple[str, str, Any], set[Any]] = field(default_factory=dict)

    def judge(self, outbox: Outbox, items: dict[int, Item], settlements: list[Settlement]) -> None:
        """Raise AssertionError where something was lost, doubled, overwritten or reported wrongly."""
        assert outbox.next_at() is None, "stuck"
        assert {change.phase for change in outbox.changes} <= {Phase.CONFLICT, Phase.FAILED, Phase.PENDING}, (
            "being sent"
        )
        by_change = {item.external_id: item for item in items.values()}
        assert len(by_change) == len(items), "a create was doubled"
        comments = [key for item in items.values() for key, _ in item.comments]
        assert len(set(comments)) == len(comments), "a comment was doubled"
        self._judge_words(by_change, values_in(outbox))
        _judge_told(settlements, items, comments)
        box = {change.change_id for change in outbox.changes}
        for change_id in self.creates:
            assert change_id in {*box, *self.dropped, *by_change}, "a create was lost"
        for change_id, _ in self.comments:
            assert change_id in {*box, *self.dropped, *comments}, "a comment was lost"
        for change in outbox.changes:
            self.judge_conflict(change)

    def judge_conflict(self, change: Change) -> None:
        """Raise AssertionError where the user's own word stands against them."""
        own = {word.value for word in self.words} - self.dropped
        edits = change.operation.edits if isinstance(change.operation, UpdateItem) else {}
        for key, theirs in change.theirs.items():
            # One that the user dropped is missed below the edits that were made on it.
            assert theirs not in own or edits[key].before in self.dropped, "the user's own word is a conflict"

    def _judge_words(self, items: dict[str, Item], tokens_kept: set[Any]) -> None:
        for item in items.values():
            values_written = [value for write in item.writes if write.user == "me" for value in write.values.values()]
            doubled = {value for value in values_written if values_written.count(value) > 1} - self.rewritten
            assert not doubled, f"an update was doubled: {doubled}"
            for write in item.writes:
                for key, value in write.values.items() if write.user == "me" else ():
                    replaced = write.replaced[key]
                    allowed = self.allowed.get((item.external_id, key, value), set())
                    assert replaced in allowed or replaced == value, f"{replaced} was overwritten unseen by {value}"
        for word in self.words:
            if word.value not in self.dropped | self.replaced | tokens_kept:
                item = items.get(word.item)
                assert item is not None, f"{word} was lost with its item"
                assert word.value in item.ever_held(word.key), f"{word} was lost"


def _judge_told(settlements: list[Settlement], items: dict[int, Item], comments: list[str]) -> None:
    for change, item_id, *_ in settlements:
        operation = change.operation
        item = items[item_id]
        if isinstance(operation, CreateItem):
            assert item.external_id == change.change_id, "told as created"
        elif isinstance(operation, AddComment):
            assert change.change_id in comments, "told as commented"
        elif isinstance(operation, DeleteItem):
            assert item.is_deleted, "told as deleted, and still there"
        elif isinstance(operation, UpdateItem):
            for key, edit in operation.edits.items():
                assert edit.value in item.ever_held(key), "told as saved, and not there"


def values_in(outbox: Outbox) -> set[Any]:
    """Return the values that the changes hold."""
    values: set[Any] = set()
    for change in outbox.changes:
        if isinstance(change.operation, CreateItem):
            values.update(change.operation.fields.values())
        if isinstance(change.operation, UpdateItem):
            values.update(edit.value for edit in change.operation.edits.values())
    return values
