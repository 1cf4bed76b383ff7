"""The page's driver, reduced: it stores, sends and looks up as it is commanded, and can be robbed of any one duty."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.unit.workbench.outbox.simulated_podio import Network

from workbench.outbox import (
    SETTLED_AFTER,
    AddComment,
    Change,
    Command,
    CreateItem,
    DeleteItem,
    Due,
    Event,
    Hindrance,
    ItemKey,
    ItemNow,
    ItemRead,
    LookUp,
    NotFound,
    Outbox,
    Outcome,
    Phase,
    Send,
    Settlement,
    ShowItem,
    UpdateItem,
    adopt,
    apply,
    read_change,
    with_edits,
    write_change,
)

Check = Literal[
    "lock",
    "strict write",
    "adoption",
    "look-up",
    "settling",
    "Podio's word",
    "conflict check",
    "count of tries",
    "before under own changes",
    "taking over what was sent",
    "order within an item",
]


class StorageFull(Exception):
    """The browser's storage takes nothing more."""


class Disk:
    """The browser's storage: each transaction is whole or not at all.

    Attributes:
        is_full: Whether it takes nothing more.
        is_lax: Whether a write is durable only some time later, so that a crash takes it back.
    """

    def __init__(self, without: Check | None) -> None:
        self.is_full = False
        self.is_lax = without == "strict write"
        self._keeps_tries = without != "count of tries"
        self._records: dict[str, str] = {}
        self._durable: dict[str, str] = {}
        self._read: dict[str, Change] = {}

    def outbox(self) -> Outbox:
        return Outbox(tuple(sorted(map(self._change, self._records.values()), key=lambda change: change.number)))

    def transact(self, step: Callable[[Outbox], tuple[Outbox, Any]]) -> Any:
        """Apply a step to what is stored, and store what it makes of it."""
        before = self.outbox()
        after, outcome = step(before)
        records = {change.change_id: self._text(change) for change in after.changes}
        if self.is_full and any(self._records.get(key) != text for key, text in records.items()):
            raise StorageFull
        self._records = records
        if not self.is_lax:
            self._durable = records
        return outcome

    def crash(self) -> None:
        self._records = self._durable

    def flush(self) -> None:
        self._durable = self._records

    def clear(self) -> None:
        self._records = self._durable = {}

    def _change(self, text: str) -> Change:
        if text not in self._read:
            change = read_change(text)
            assert change is not None, text
            self._read[text] = change
        return self._read[text]

    def _text(self, change: Change) -> str:
        return write_change(change if self._keeps_tries else change._replace(tries=0))


@dataclass
class Shown:
    """An item as a tab shows it, without the user's own changes."""

    revision: int
    values: dict[str, Any]


@dataclass
class Tab:
    """A tab: what it shows, and its sender, which does nothing while the tab is asleep."""

    shown: dict[ItemKey, Shown] = field(default_factory=dict)
    sender: Iterator[None] | None = None
    is_asleep: bool = False
    paused_until: float = 0.0


class Browser:
    """Two tabs with one storage and one lock: what the page's driver does, and no more.

    Attributes:
        without: The duty that it does not do.
        now: Seconds.
        told: What the page reported as made.
        on_conflict: Called with a change that was compared with its item.
    """

    def __init__(self, network: Network, chance: random.Random, without: Check | None) -> None:
        self.network = network
        self.chance = chance
        self.without = without
        self.now = 1_000_000.0
        self.disk = Disk(without)
        self.tabs = [Tab(), Tab()]
        self.lock: Tab | None = None
        self.ids: dict[str, int] = {}
        self.told: list[Settlement] = []
        self.on_conflict: Callable[[Change], None] = lambda change: None

    def tab(self) -> Tab:
        """Return one of the tabs."""
        return self.chance.choice(self.tabs)

    def advance(self) -> None:
        """Let a tab's sender go on to the next moment at which something else may happen."""
        for _ in range(4):
            tab = self.tab()
            if tab.sender is None:
                tab.sender = self._sender(tab)
            if not tab.is_asleep:
                next(tab.sender)

    def crash(self) -> None:
        tab = self.tab()
        self.tabs[self.tabs.index(tab)] = Tab()
        if self.lock is tab:
            self.lock = None
        self.disk.crash()

    def _sender(self, tab: Tab) -> Iterator[None]:
        while True:
            yield
            if self.now < tab.paused_until or self.disk.is_full or not self.disk.outbox().needs_sender(self.now):
                continue
            if self.lock not in (None, tab) and self.without != "lock":
                continue
            self.lock = tab
            self.disk.transact(lambda outbox: (self._adopt(outbox), None))
            yield
            while commands := self._take_up():
                yield
                for command in commands:
                    yield from self._obey(tab, command)
                if self.now < tab.paused_until:
                    break
            self.lock = None

    def _obey(self, tab: Tab, command: Command) -> Iterator[None]:
        if isinstance(command, Send | LookUp):
            for _ in range(3):
                yield  # the call waits for its turn, or for the token
            outcome = self._deliver(command)
            if outcome.hindrance:
                tab.paused_until = self.now + {Hindrance.SIGN_IN: 3600.0}.get(outcome.hindrance, 10.0)
            yield
            while (following := self._learned(command.change, outcome)) is None:
                yield
            for after in following:
                yield from self._obey(tab, after)

    def _learned(self, change: Change, outcome: Outcome) -> tuple[Command, ...] | None:
        """Store what came of a call; None where that can't be stored yet."""
        try:
            return self.apply(change.change_id, outcome.event)
        except StorageFull:
            return None

    def _adopt(self, outbox: Outbox) -> Outbox:
        if self.without != "adoption":
            return adopt(outbox, self.now)
        return Outbox(
            tuple(
                change._replace(phase=Phase.PENDING) if change.phase is Phase.SENDING else change
                for change in outbox.changes
            )
        )

    def _take_up(self) -> tuple[Command, ...]:
        def take_up(outbox: Outbox) -> tuple[Outbox, tuple[Command, ...]]:
            change = self._due(outbox)
            return apply(outbox, change.change_id, Due(), self.now) if change else (outbox, ())

        try:
            return tuple(self.disk.transact(take_up))
        except StorageFull:
            return ()

    def _due(self, outbox: Outbox) -> Change | None:
        if self.without != "order within an item":
            return outbox.due(self.now)
        ready = (Phase.PENDING, Phase.UNKNOWN)
        due = [
            change
            for change in outbox.changes
            if change.phase in ready
            and change.again_at <= self.now
            and (isinstance(change.item, int) or isinstance(change.operation, CreateItem))
        ]
        return self.chance.choice(due) if due else None

    def apply(self, change_id: str, event: Event) -> tuple[Command, ...]:
        if self.without == "settling" and isinstance(event, NotFound):
            event = NotFound(self.now + SETTLED_AFTER)
        commands = self.disk.transact(lambda outbox: apply(outbox, change_id, event, self.now))
        if isinstance(event, ItemRead) and (change := self.disk.outbox().get(change_id)):
            self.on_conflict(change)
        for command in commands:
            if isinstance(command, Settlement):
                self.told.append(command)
                self._show_settled(command)
            elif isinstance(command, ShowItem):
                self._show(command.item)
        return tuple(commands)

    def _deliver(self, command: Send | LookUp) -> Outcome:
        change = command.change
        if isinstance(command, LookUp):
            return Outcome(self._guess(change)) if self.without == "look-up" else self.network.look_up(change, self.now)
        return self.network.send(
            change,
            self.now,
            checks_revision=self.without != "conflict check",
            heeds_others=self.without == "Podio's word",
        )

    def _guess(self, change: Change) -> Event:
        """Say, without having looked, that the change was not made."""
        operation = change.operation
        if isinstance(operation, CreateItem | AddComment):
            return NotFound(self.now + SETTLED_AFTER)
        assert isinstance(operation.item, int)
        edits = operation.edits if isinstance(operation, UpdateItem) else {}
        revision = self.network.server.items[operation.item].revision
        return ItemRead(ItemNow(operation.item, revision, {key: edit.before for key, edit in edits.items()}))

    def _show_settled(self, settlement: Settlement) -> None:
        change = settlement.change
        operation = change.operation
        for tab in self.tabs:
            if isinstance(operation, CreateItem):
                self.ids[change.change_id] = settlement.item_id
                shown = tab.shown.pop(change.change_id, None)
                if shown is not None:
                    fields = {} if self.without == "taking over what was sent" else dict(operation.fields)
                    tab.shown[settlement.item_id] = Shown(0, fields)
            elif isinstance(operation, UpdateItem) and isinstance(operation.item, int):
                shown = tab.shown.get(operation.item)
                if shown is None or self.without == "taking over what was sent" or settlement.revision is None:
                    continue
                if shown.revision < settlement.revision:
                    shown.values = with_edits(shown.values, operation.edits)
                    if shown.revision == settlement.revision - 1:
                        shown.revision = settlement.revision
            elif isinstance(operation, DeleteItem) and isinstance(operation.item, int):
                tab.shown.pop(operation.item, None)

    def _show(self, item: ItemNow) -> None:
        for tab in self.tabs:
            if item.item_id in tab.shown:
                tab.shown[item.item_id] = Shown(item.revision, dict(item.values))
