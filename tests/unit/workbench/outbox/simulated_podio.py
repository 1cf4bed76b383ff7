"""A small Podio without keys that make a call safe to repeat, behind a network that loses, delays and rewrites."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from workbench.outbox import (
    AddComment,
    Change,
    Conflicted,
    CreateItem,
    DeleteItem,
    Done,
    Gone,
    Hindrance,
    ItemNow,
    ItemRead,
    LookUpFailed,
    Lost,
    NotFound,
    NotSent,
    Outcome,
    Refused,
    UpdateItem,
)

Values = Mapping[str, Any]


class Write(NamedTuple):
    """An update that was carried out: by whom, what it wrote, and what that replaced."""

    user: str
    values: Values
    replaced: Values


@dataclass
class Item:
    """An item of the server's."""

    external_id: str
    values: dict[str, Any]
    created: Values
    writes: list[Write] = field(default_factory=list)
    comments: list[tuple[str, str]] = field(default_factory=list)
    is_deleted: bool = False

    @property
    def revision(self) -> int:
        return len(self.writes)

    def ever_held(self, key: str) -> list[Any]:
        values_written = [write.values[key] for write in self.writes if key in write.values]
        return [self.created[key], *values_written] if key in self.created else values_written


class Server:
    """All items, by id; created ones are never taken out, so that what is doubled shows."""

    def __init__(self) -> None:
        self.items: dict[int, Item] = {}

    def write(self, item: Item, user: str, values: Values) -> None:
        item.writes.append(Write(user, dict(values), {key: item.values.get(key) for key in values}))
        item.values.update(values)

    def now(self, item_id: int, since: int) -> ItemNow:
        item = self.items[item_id]
        following = item.writes[since] if since < len(item.writes) else None
        is_mine = following is not None and following.user == "me"
        return ItemNow(item_id, item.revision, dict(item.values), following.values if following and is_mine else None)

    def send(self, change: Change, *, checks_revision: bool) -> Any:
        """Carry a call out and return what its answer means."""
        operation = change.operation
        if isinstance(operation, CreateItem):
            if _is_bad(operation.fields):
                return Refused("A value is not allowed.")
            item_id = len(self.items) + 1
            self.items[item_id] = Item(change.change_id, dict(operation.fields), operation.fields)
            return Done(item_id=item_id, revision=0)
        item_id = operation.item
        assert isinstance(item_id, int)
        item = self.items[item_id]
        if item.is_deleted:
            return Gone("The item was deleted.")
        if isinstance(operation, DeleteItem):
            item.is_deleted = True
        elif isinstance(operation, AddComment):
            item.comments.append((change.change_id, operation.text))
        elif isinstance(operation, UpdateItem):
            values = {key: edit.value for key, edit in operation.edits.items()}
            if _is_bad(values):
                return Refused("A value is not allowed.")
            if checks_revision and item.revision != operation.revision:
                return Conflicted()
            self.write(item, "me", values)
            return Done(revision=item.revision)
        return Done()

    def look_up(self, change: Change, now: float) -> Any:
        operation = change.operation
        if isinstance(operation, CreateItem):
            keys = [key for key, item in self.items.items() if item.external_id == change.change_id]
            return Done(item_id=keys[0]) if keys else NotFound(now)
        item_id = operation.item
        assert isinstance(item_id, int)
        if self.items[item_id].is_deleted:
            return Gone("The item was deleted.")
        if isinstance(operation, AddComment):
            comments = self.items[item_id].comments
            return Done() if any(key == change.change_id for key, _ in comments) else NotFound(now)
        return ItemRead(self.now(item_id, operation.revision if isinstance(operation, UpdateItem) else 0))


def _is_bad(values: Values) -> bool:
    return any(str(value).startswith("bad") for value in values.values())


class Network:
    """What happens to calls on the way.

    Attributes:
        faults: The share of calls to which something happens.
        has_expired: Whether Podio answers that the sign-in has.
    """

    def __init__(self, server: Server, chance: random.Random) -> None:
        self.server = server
        self.chance = chance
        self.faults = 0.4
        self.has_expired = False
        self._late: list[tuple[float, Callable[[], Any]]] = []

    def send(self, change: Change, now: float, *, checks_revision: bool, heeds_others: bool) -> Outcome:
        """Send a call, now or later, and return what its sender learns.

        Args:
            change: Whose call it is.
            now: Seconds.
            checks_revision: Whether the call has the revision.
            heeds_others: Whether a response that isn't Podio's is distinguished from Podio's own.
        """
        if self.has_expired:
            return Outcome(NotSent(), Hindrance.SIGN_IN)

        def carry_out() -> Any:
            return self.server.send(change, checks_revision=checks_revision)

        fate = self.chance.random() / self.faults if self.faults else 1.0
        if fate < 0.25:
            return Outcome(Lost("The request was lost."))
        if fate < 0.5:
            carry_out()
            return Outcome(Lost("The answer was lost."))
        if fate < 0.65:
            self._late.append((now + 15 * self.chance.random(), carry_out))
            return Outcome(Lost("There was no answer in time."))
        if fate < 0.85:
            if self.chance.random() < 0.5:
                carry_out()
            return Outcome(Gone("Not found, says a proxy.") if heeds_others else Lost("Not found, says a proxy."))
        if fate < 0.92:
            return Outcome(NotSent(), Hindrance.LIMIT, 30.0)
        if fate < 0.97:
            return Outcome(NotSent(), Hindrance.CONNECTION)
        return Outcome(carry_out())

    def look_up(self, change: Change, now: float) -> Outcome:
        if self.has_expired:
            return Outcome(LookUpFailed(), Hindrance.SIGN_IN)
        if self.chance.random() < self.faults / 2:
            return Outcome(LookUpFailed())
        return Outcome(self.server.look_up(change, now))

    def pass_time(self, now: float) -> None:
        """Carry out the calls that are late until now."""
        due = [call for at, call in self._late if at <= now]
        self._late = [(at, call) for at, call in self._late if at > now]
        for call in due:
            call()
