"""Each piece of work keeps to the outbox of the user for whom it was begun, whoever signs in meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from workbench.browser.sending import Sending
from workbench.effects import DecideChange, PutChange
from workbench.events import ChangeDenied, ChangesRead, ChangeStored, Event, OutboxOpened
from workbench.outbox import AddComment, CannotStore, Change, Discarded, Listener, Outbox, Pace

CHANGE = Change("1" * 32, 1, 0.0, AddComment(9, "Ada's"))
PUT = PutChange(change=CHANGE, form="comment:item:9")


class FakeOutbox:
    """An outbox that takes its time, and takes nothing once it is closed."""

    def __init__(self, listener: Listener) -> None:
        self.listener = listener
        self.is_kept = True
        self.ready, self.stored = asyncio.Event(), asyncio.Event()
        self.done: list[str] = []
        self._is_closed = False

    async def open(self) -> None:
        await self.ready.wait()

    def close(self) -> None:
        self._is_closed = True

    async def put(self, change: Change, *, draft: str = "") -> None:
        self._take(f"put {change.change_id[0]}")
        await self.stored.wait()
        self.listener.show_outbox(Outbox((change,)))

    async def apply(self, change_id: str, event: Any) -> None:
        self._take(f"apply {change_id[0]}")

    async def hurry(self) -> None:
        self._take("hurry")

    async def clear(self) -> None:
        self._take("clear")

    def may_send(self, change: Change) -> bool:
        return True

    def _take(self, work: str) -> None:
        if self._is_closed:
            raise CannotStore
        self.done.append(work)


class Desk:
    """Two users, one after the other."""

    def __init__(self) -> None:
        self.outboxes: dict[int, FakeOutbox] = {}
        self.events: list[Event] = []
        self.tasks: set[asyncio.Task[Any]] = set()
        self.sending = Sending(self, dispatch=self.events.append, report_error=self._broken, spawn=self._spawn)  # type: ignore[arg-type]
        self.drafts = self

    def outbox_of(self, user_id: int, listener: Listener) -> FakeOutbox:
        self.outboxes[user_id] = FakeOutbox(listener)
        return self.outboxes[user_id]

    def flush(self) -> None:
        """Store the drafts."""

    def begin_submission(self, form: str) -> None:
        """Store the drafts."""

    def next_user(self) -> FakeOutbox:
        self.sending.close()
        self.sending.open(2)
        self.outboxes[2].ready.set()
        return self.outboxes[2]

    async def rest(self) -> None:
        """Let all that can go on do so."""
        for _ in range(20):
            await asyncio.sleep(0)

    def _spawn(self, work: Any) -> asyncio.Task[Any]:
        task = asyncio.ensure_future(work)
        self.tasks.add(task)
        return task

    def _broken(self, error: BaseException) -> None:
        raise error


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    desk = Desk()
    desk.sending.open(1)
    yield desk
    desk.sending.close()
    for task in desk.tasks:
        task.cancel()


async def test_a_change_goes_into_the_outbox_that_is_open(desk: Desk) -> None:
    desk.sending.put(PUT)
    await desk.rest()
    assert desk.outboxes[1].done == []
    desk.outboxes[1].ready.set()
    desk.outboxes[1].stored.set()
    await desk.rest()
    assert desk.outboxes[1].done == ["put 1"]
    assert ChangeStored(form=PUT.form, change=CHANGE) in desk.events


WORK: dict[str, Callable[[Sending], object]] = {
    "put": lambda sending: sending.put(PUT),
    "decide": lambda sending: sending.decide(DecideChange(change_id=CHANGE.change_id, event=Discarded())),
    "hurry": lambda sending: sending.hurry(),
    "clear": lambda sending: asyncio.ensure_future(sending.clear()).add_done_callback(lambda task: task.exception()),
}


@pytest.mark.parametrize("work", WORK)
@pytest.mark.parametrize("turns", [0, 1, 5])
async def test_nothing_of_one_user_gets_into_the_outbox_of_the_next(desk: Desk, work: str, turns: int) -> None:
    """Whether the next is there in the same turn, or while the outbox is still being opened."""
    WORK[work](desk.sending)
    for _ in range(turns):
        await asyncio.sleep(0)
    following = desk.next_user()
    await desk.rest()
    assert following.done == []
    assert desk.events == [OutboxOpened(is_kept=True)]


async def test_what_was_stored_for_one_user_is_not_reported_to_the_next(desk: Desk) -> None:
    ada = desk.outboxes[1]
    ada.ready.set()
    desk.sending.put(PUT)
    await desk.rest()
    desk.events.clear()
    desk.next_user()
    ada.stored.set()
    await desk.rest()
    assert desk.events == [OutboxOpened(is_kept=True)]
    ada.listener.set_pace(Pace())
    ada.listener.set_held(True)
    assert desk.events == [OutboxOpened(is_kept=True)]


async def test_a_change_that_is_gone_for_one_user_is_not_reported_to_the_next(desk: Desk) -> None:
    ada = desk.outboxes[1]
    ada.listener.show_outbox(Outbox((CHANGE,)))
    ada.listener.show_outbox(Outbox())
    desk.next_user()
    await desk.rest()
    assert desk.events == [
        ChangesRead(outbox=Outbox((CHANGE,))),
        ChangesRead(outbox=Outbox()),
        OutboxOpened(is_kept=True),
    ]


async def test_without_an_outbox_a_change_is_denied(desk: Desk) -> None:
    desk.sending.close()
    desk.sending.put(PUT)
    await desk.rest()
    assert desk.events == [ChangeDenied(form=PUT.form)]
    await desk.sending.clear()
