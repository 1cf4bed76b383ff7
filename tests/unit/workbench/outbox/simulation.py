"""The outbox in two tabs of one user, against a server, a network and a storage that fail, for one seed.

Everything is decided by the modules under test. `without` robs the driver of one of its duties, and then the end must
not be right.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.unit.workbench.outbox.judgement import Notes, Word, values_in
from tests.unit.workbench.outbox.simulated_browser import Browser, Check, Shown, StorageFull, Tab
from tests.unit.workbench.outbox.simulated_podio import Network, Server

from workbench.outbox import (
    AddComment,
    Change,
    Choice,
    CreateItem,
    DeleteItem,
    Discarded,
    Done,
    Event,
    FieldEdit,
    ItemKey,
    Operation,
    Phase,
    Resolved,
    SendAgain,
    UpdateItem,
    add,
)

KEYS = ("a", "b", "c")


class Simulation(Browser):
    """One run. `run` raises AssertionError where something was lost, doubled, overwritten or reported wrongly."""

    def __init__(self, seed: int, *, steps: int = 500, without: Check | None = None) -> None:
        chance = random.Random(seed)
        self.server = Server()
        super().__init__(Network(self.server, chance), chance, without)
        self.steps = steps
        self.notes = Notes()
        self.on_conflict = self.notes.judge_conflict

    def run(self) -> Simulation:
        acts: list[tuple[float, Callable[[], None]]] = [
            (0.02, self._create),
            (0.14, self._edit),
            (0.015, self._comment),
            (0.004, self._delete),
            (0.02, self._other_edits),
            (0.001, self._other_deletes),
            (0.05, self._decide),
            (0.02, self._refresh),
            (0.03, self.crash),
            (0.04, self._sleep),
            (0.08, self._wake),
            (0.01, self._expire),
            (0.05, self._renew),
            (0.008, self._fill_storage),
            (0.05, self._free_storage),
            (0.002, self._sign_out),
            (0.12, self._pass_time),
        ]
        weights = [weight for weight, _ in acts]
        for _ in range(self.steps):
            if self.chance.random() < sum(weights):
                self.chance.choices(acts, weights)[0][1]()
            self.advance()
        self._come_to_rest()
        self.notes.judge(self.disk.outbox(), self.server.items, self.told)
        return self

    # The user

    def _add(self, operation: Operation) -> str | None:
        """Take a change up; None where the storage is full, which the page reports."""
        change = Change(f"{self.chance.getrandbits(128):032x}", 0, self.now, operation)
        before = values_in(self.disk.outbox())
        try:
            self.disk.transact(lambda outbox: (add(outbox, change, self.now), None))
        except StorageFull:
            return None
        self.notes.replaced |= before - values_in(self.disk.outbox())
        return change.change_id

    def _create(self) -> None:
        value = self._value("new")
        change_id = self._add(CreateItem(7, {"a": value}))
        if change_id:
            self.notes.creates.append(change_id)
            for tab in self.tabs:
                tab.shown[change_id] = Shown(0, {"a": value})

    def _value(self, name: str) -> str:
        return f"{'bad' if self.chance.random() < 0.04 else name}{self.chance.getrandbits(40)}"

    def _edit(self) -> None:
        tab = self.tab()
        if not tab.shown:
            return
        item = self.chance.choice(list(tab.shown)[-3:])
        keys = self.chance.sample(KEYS, self.chance.choice((1, 1, 2)))
        item_shown = tab.shown[item]
        outbox = self.disk.outbox()
        visible = dict(item_shown.values)
        for key_of_item in (item, self._key(item)):
            visible = dict(outbox.values_shown(key_of_item, visible))
        name = self._name(item)
        for key in KEYS:
            self.notes.seen.setdefault((name, key), set()).add(visible.get(key))
        before = item_shown.values if self.without == "before under own changes" else visible
        values = {key: self._value("me") for key in keys}
        edits = {key: FieldEdit("text", value, before.get(key)) for key, value in values.items()}
        target = self._key(item)
        if self._add(UpdateItem(target, edits, item_shown.revision)):
            for key, value in values.items():
                self.notes.words.append(Word(name, key, value))
                self.notes.allowed[name, key, value] = set(self.notes.seen[name, key])

    def _key(self, item: ItemKey) -> ItemKey:
        """Return Podio's id of an item that was created meanwhile."""
        return self.ids.get(item, item) if isinstance(item, str) else item

    def _name(self, item: ItemKey) -> str:
        if isinstance(item, str):
            return item
        return self.server.items[item].external_id

    def _comment(self) -> None:
        tab = self.tab()
        if tab.shown:
            item = self.chance.choice(list(tab.shown))
            change_id = self._add(AddComment(self._key(item), self._value("comment")))
            if change_id:
                self.notes.comments.append((change_id, self._name(item)))

    def _delete(self) -> None:
        tab = self.tab()
        if tab.shown:
            self._add(DeleteItem(self._key(self.chance.choice(list(tab.shown)))))

    def _decide(self) -> None:
        """Let the user decide about what waits for it."""
        outbox = self.disk.outbox()
        waiting = [change for change in outbox.changes if change.phase in (Phase.CONFLICT, Phase.FAILED)]
        if waiting:
            change = self.chance.choice(waiting)
            choices = {key: self.chance.choice(list(Choice)) for key in change.theirs}
            event: Event = Resolved(choices)
            if change.phase is Phase.FAILED:
                event = self.chance.choice((SendAgain(), Discarded()))
            try:
                self.apply(change.change_id, event)
            except StorageFull:
                return
            if isinstance(event, Discarded):
                self._drop(change)
            elif choices:
                self._note_choices(change, choices)

    def _note_choices(self, change: Change, choices: dict[str, Choice]) -> None:
        """Note what the user saw, and gave up, when a conflict was decided."""
        assert isinstance(change.operation, UpdateItem)
        name = self._name(change.operation.item)
        for key, theirs in change.theirs.items():
            edit = change.operation.edits[key]
            values_seen = self.notes.seen.setdefault((name, key), set())
            values_seen.add(theirs)
            for value in (edit.value, edit.before):
                self.notes.allowed.setdefault((name, key, value), set()).update(values_seen)
            if choices[key] is Choice.BEFORE:
                self.notes.rewritten.add(edit.before)
            if choices[key] is not Choice.MINE:
                self.notes.dropped.add(edit.value)

    def _drop(self, change: Change) -> None:
        """Note that the user knows that a change, and what would follow it, is dropped."""
        operation = change.operation
        self.notes.dropped.add(change.change_id)
        if isinstance(operation, UpdateItem):
            self.notes.dropped.update(edit.value for edit in operation.edits.values())
        if isinstance(operation, CreateItem):
            self.notes.dropped.update(word.value for word in self.notes.words if word.item == change.change_id)
            self.notes.dropped.update(key for key, item in self.notes.comments if item == change.change_id)
            for tab in self.tabs:
                tab.shown.pop(change.change_id, None)

    def _refresh(self) -> None:
        """Read an item again, or for the first time."""
        tab = self.tab()
        item_ids = [item_id for item_id, item in self.server.items.items() if not item.is_deleted]
        if item_ids:
            item_id = self.chance.choice(item_ids)
            item = self.server.items[item_id]
            if not self.disk.is_full:
                # An item that has a change's id is the one that the change creates: it has arrived.
                self.apply(item.external_id, Done(item_id=item_id))
            if self.disk.outbox().get(item.external_id) is None:
                tab.shown[item_id] = Shown(item.revision, dict(item.values))

    def _sign_out(self) -> None:
        for change in self.disk.outbox().changes:
            self._drop(change)
        self.disk.clear()
        self.tabs = [Tab(), Tab()]
        self.lock = None

    def _expire(self) -> None:
        self.network.has_expired = True

    def _renew(self) -> None:
        self.network.has_expired = False
        for tab in self.tabs:
            tab.paused_until = 0.0

    # The rest of the world

    def _other_edits(self) -> None:
        items = [item for item in self.server.items.values() if not item.is_deleted]
        if items:
            keys = self.chance.sample(KEYS, self.chance.choice((1, 1, 2)))
            values = {key: f"other{self.chance.getrandbits(40)}" for key in keys}
            self.server.write(self.chance.choice(items[-5:]), "other", values)

    def _other_deletes(self) -> None:
        items = [item for item in self.server.items.values() if not item.is_deleted]
        if items:
            self.chance.choice(items).is_deleted = True

    def _sleep(self) -> None:
        self.tab().is_asleep = True

    def _wake(self) -> None:
        self.tab().is_asleep = False

    def _fill_storage(self) -> None:
        self.disk.is_full = True

    def _free_storage(self) -> None:
        self.disk.is_full = False

    def _pass_time(self) -> None:
        self.now += self.chance.choice((1, 5, 30))
        self.network.pass_time(self.now)
        if self.chance.random() < 0.2:
            self.disk.flush()

    def _come_to_rest(self) -> None:
        self.network.faults = 0.0
        self.network.has_expired = self.disk.is_full = False
        for tab in self.tabs:
            tab.paused_until = 0.0
            tab.is_asleep = False
        for _ in range(400):
            self.now += 10
            self.network.pass_time(self.now)
            for _ in range(12):
                self.advance()
            outbox = self.disk.outbox()
            if outbox.next_at() is None and all(change.phase is not Phase.SENDING for change in outbox.changes):
                break
