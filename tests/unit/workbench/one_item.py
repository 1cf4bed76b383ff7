"""Podio with one item, whatever is done to it, and pages that it answers at once."""

from __future__ import annotations

from typing import Any

from tests.unit.workbench.driver import ANSWERS, Page, item_answer

from workbench.effects import Call, Effect
from workbench.events import CallAnswered, Event
from workbench.outbox import AddComment, CreateItem, Done, Operation, UpdateItem
from workbench.transitions import update

FIELDS = {"name": (1, "text"), "size": (2, "number")}


class Podio:
    """The one item that there is, as Podio has it."""

    def __init__(self) -> None:
        self.revision = 3
        self.values = {"name": "Hopper", "size": "12.0000"}
        self.words: set[str] = set()

    def answer(self, call: Call) -> Any:
        """Answer a call."""
        fields = [
            {"field_id": field_id, "type": kind, "external_id": key, "values": [{"value": self.values[key]}]}
            for key, (field_id, kind) in FIELDS.items()
            if self.values[key]
        ]
        if call.path == "/item/9":
            return item_answer(revision=self.revision, fields=fields)
        return ANSWERS.get(call.path, {})

    def take(self, operation: Operation) -> Done:
        """Make a change."""
        self.words |= words_of(operation)
        if isinstance(operation, UpdateItem):
            self.revision += 1
            self.values |= {key: edit.value or "" for key, edit in operation.edits.items()}
            return Done(revision=self.revision)
        return Done(item_id=77) if isinstance(operation, CreateItem) else Done()


class QuickPage(Page):
    """A page that Podio answers at once, and that isn't drawn."""

    def __init__(self, podio: Podio) -> None:
        super().__init__()
        self._podio = podio

    def take(self, *events: Event) -> list[Effect]:
        """Take events, and give all effects."""
        result: list[Effect] = []
        for event in events:
            self.state, effects = update(self.state, event)
            for effect in effects:
                result.append(effect)
                if isinstance(effect, Call):
                    result += self.take(CallAnswered(tag=effect.tag, response=self._podio.answer(effect)))
        return result


def words_of(operation: Operation) -> set[str]:
    """Return the words that an operation writes."""
    match operation:
        case AddComment(text=text):
            return set(text.split())
        case CreateItem(fields=fields):
            return {str(value) for value in fields.values() if value}
        case UpdateItem(edits=edits):
            return {str(edit.value) for edit in edits.values() if edit.value}
    return set()
