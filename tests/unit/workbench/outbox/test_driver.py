"""The driver on an API like Podio's: what is stored when, what a crash leaves at each moment, and what the tabs do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from tests.unit.workbench.outbox.desk import ADA, ITEM, Desk

from workbench.outbox import (
    SETTLED_AFTER,
    AddComment,
    AttachFile,
    CannotStore,
    Change,
    CreateItem,
    DeleteItem,
    Discarded,
    FieldEdit,
    Hindrance,
    Listener,
    Operation,
    Outbox,
    OutboxDriver,
    Phase,
    Stopped,
    UpdateItem,
)
from workbench.outbox._memory_store import MemoryChanges
from workbench.outbox._pace import Pace


class Crash(BaseException):
    """The tab is gone."""


class Storage(MemoryChanges):
    """A storage in which the tab goes at a given transaction, before it or after it, or that is full."""

    def __init__(self) -> None:
        super().__init__()
        self.crash_at: tuple[int, str] | None = None
        self.is_full = False
        self.transactions = 0

    async def transact(self, step: Any, *, content: Any = None, draft: str = "") -> Any:
        if self.is_full:
            raise CannotStore(is_full=True)
        self.transactions += 1
        if self.crash_at == (self.transactions, "before"):
            raise Crash
        outcome = await super().transact(step, content=content, draft=draft)
        if self.crash_at == (self.transactions, "after"):
            raise Crash
        return outcome


class Lock:
    """A Web Lock."""

    def __init__(self, shared: asyncio.Lock) -> None:
        self._shared = shared
        self._holds = False

    async def acquire(self) -> None:
        await self._shared.acquire()
        self._holds = True

    def release(self) -> None:
        if self._holds:
            self._holds = False
            self._shared.release()


class Tabs:
    """The tabs of Ada, with one storage, one lock and one clock."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.storage = Storage()
        self.lock = asyncio.Lock()
        self.now = 10_000.0
        self.told: list[Operation] = []
        self.paused: list[Pace] = []
        self.held: list[bool] = []
        self.broken: list[Exception] = []
        self.approves: Callable[[Change], bool] = lambda change: True
        self.tabs: list[OutboxDriver] = []
        self.messages: list[str] = []

    def post(self, message: str) -> None:
        self.messages.append(message)

    async def open(self) -> OutboxDriver:
        driver = OutboxDriver(
            store=self.storage,
            lock=Lock(self.lock),
            channel=self,
            client=self.desk.ada,
            user_id=ADA,
            now=lambda: self.now,
            may_send=lambda change: self.approves(change),
            listener=Listener(
                show_outbox=lambda outbox: None,
                report_settlement=lambda settlement: self.told.append(settlement.change.operation),
                show_item=lambda command: None,
                set_pace=self.paused.append,
                set_held=self.held.append,
                report_error=self.broken.append,
            ),
        )
        self.tabs.append(driver)
        await driver.start()
        return driver

    async def until(self, condition: Callable[[], Any]) -> None:
        async with asyncio.timeout(20):
            while not condition():  # noqa: ASYNC110  it polls the emulator, which reports nothing
                await asyncio.sleep(0.005)

    def outbox(self) -> Outbox:
        return self.storage._outbox

    async def until_empty(self) -> None:
        """Let time pass until nothing is left."""
        async with asyncio.timeout(20):
            while self.outbox().changes:
                self.now += SETTLED_AFTER
                for tab in self.tabs:
                    tab.wake()
                await asyncio.sleep(0.02)

    async def crashed(self, driver: OutboxDriver) -> None:
        """Wait until the tab is gone, or has nothing more to do."""
        sender = driver._sender
        assert sender is not None
        await self.until(lambda: sender.done() or not self.outbox().changes)
        driver.close()
        if sender.done() and not sender.cancelled():
            assert isinstance(sender.exception(), Crash)
        self.tabs.remove(driver)


@pytest.fixture
async def tabs(desk: Desk) -> AsyncIterator[Tabs]:
    """No tab yet; those that a test opens are closed behind it."""
    tabs = Tabs(desk)
    yield tabs
    for tab in tabs.tabs:
        tab.close()
    assert tabs.broken == []


def change_of(operation: Operation, number: int = 1) -> Change:
    return Change(f"{number:032x}", 0, 10_000.0, operation)


OPERATIONS: dict[str, Operation] = {
    "create": CreateItem(32, {"title": "New lamp"}),
    "update": UpdateItem(ITEM, {"remark": FieldEdit("text", "mine", None)}, 0),
    "delete": DeleteItem(ITEM),
    "comment": AddComment(ITEM, "The lamp hums"),
    "file": AttachFile(ITEM, "plan.txt", "text/plain", 4),
}


async def prepared(desk: Desk, name: str) -> Operation:
    operation = OPERATIONS[name]
    return operation._replace(revision=await desk.revision()) if isinstance(operation, UpdateItem) else operation


async def times_at_podio(desk: Desk, name: str, before: int) -> int:
    """Return how often the change was made."""
    if name == "create":
        page = await desk.ada.request("POST", "/item/app/32/filter/", body={"limit": 500})
        return sum(item["title"] == "New lamp" for item in page["items"])
    if name == "comment":
        comments = await desk.ada.request("GET", f"/comment/item/{ITEM}/")
        return sum(comment["value"] == "The lamp hums" for comment in comments)
    if name == "update":
        return await desk.revision() - before
    if name == "file":
        item = await desk.ada.request("GET", f"/item/{ITEM}")
        return sum(file["name"] == "plan.txt" for file in item["files"])
    deleted = (await desk.look_up(DeleteItem(ITEM))).event
    return int(type(deleted).__name__ == "Gone")


@pytest.mark.parametrize("name", OPERATIONS)
@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("transaction", [2, 3, 4, 5])
async def test_a_tab_that_goes_at_any_moment_leaves_a_change_that_is_made_once(
    desk: Desk, tabs: Tabs, name: str, moment: str, transaction: int
) -> None:
    """The first transaction takes the change up, the second adopts, the third says that it is being sent, and so on."""

    before = await desk.revision()
    tabs.storage.crash_at = (transaction, moment)
    first = await tabs.open()
    await first.put(change_of(await prepared(desk, name)), content=b"plan")
    await tabs.crashed(first)
    tabs.storage.crash_at = None
    await tabs.open()
    await tabs.until_empty()
    assert await times_at_podio(desk, name, before) == 1


@pytest.mark.parametrize("name", OPERATIONS)
@pytest.mark.parametrize("after", [True, False], ids=["carried out", "not carried out"])
@pytest.mark.parametrize("fault", [{"drop": True}, {"status": 500}, {"status": 404, "body": "<html></html>"}])
async def test_a_change_whose_answer_is_lost_is_made_once(
    desk: Desk, tabs: Tabs, name: str, after: bool, fault: dict[str, Any]
) -> None:
    before = await desk.revision()
    methods = {"update": "PUT", "delete": "DELETE"}
    await desk.faults({"path": "/", "method": methods.get(name, "POST"), "after": after, **fault})
    tab = await tabs.open()
    await tab.put(change_of(await prepared(desk, name)), content=b"plan")
    await tabs.until(lambda: tabs.outbox().changes == () or tabs.outbox().changes[0].tries)
    await tabs.until_empty()
    assert await times_at_podio(desk, name, before) == 1
    assert len(tabs.told) == 1


async def test_nothing_is_sent_before_it_is_stored_that_it_is(desk: Desk, tabs: Tabs) -> None:
    phases: list[Phase] = []
    request = desk.ada.request

    async def watched(method: str, *arguments: Any, **options: Any) -> Any:
        phases.append(tabs.outbox().changes[0].phase)
        return await request(method, *arguments, **options)

    desk.ada.request = watched  # type: ignore[method-assign]
    tab = await tabs.open()
    await tab.put(change_of(OPERATIONS["comment"]))
    await tabs.until_empty()
    assert phases == [Phase.SENDING]


async def test_a_full_storage_refuses_a_change_and_keeps_the_others_until_there_is_room(desk: Desk, tabs: Tabs) -> None:
    tab = await tabs.open()
    tabs.storage.is_full = True
    with pytest.raises(CannotStore):
        await tab.put(change_of(OPERATIONS["comment"]))
    assert await times_at_podio(desk, "comment", 0) == 0
    tabs.storage.is_full = False
    await tab.put(change_of(OPERATIONS["comment"]))
    await tabs.until_empty()
    assert await times_at_podio(desk, "comment", 0) == 1


async def test_of_two_tabs_one_sends_and_the_other_goes_on_when_it_is_closed(desk: Desk, tabs: Tabs) -> None:
    first, second = await tabs.open(), await tabs.open()
    await desk.faults({"path": "/comment/", "method": "POST", "delay": 0.2, "times": None})
    for number in range(1, 5):
        await first.put(change_of(AddComment(ITEM, f"Comment {number}"), number))
    await second.hear("changed")
    await tabs.until(lambda: len(tabs.told) == 1)
    first.close()
    tabs.tabs.remove(first)
    await tabs.until_empty()
    comments = await desk.ada.request("GET", f"/comment/item/{ITEM}/")
    assert [comment["value"] for comment in comments] == [f"Comment {number}" for number in range(1, 5)]


async def test_a_tab_that_waits_and_hears_nothing_says_so_and_never_sends(desk: Desk, tabs: Tabs) -> None:
    await tabs.lock.acquire()  # by a tab that is stuck
    tab = await tabs.open()
    await tab.put(change_of(OPERATIONS["comment"]))
    await tabs.until(lambda: tabs.lock._waiters)
    tabs.now += 11
    await tabs.until(lambda: tabs.held[-1:] == [True])
    assert await times_at_podio(desk, "comment", 0) == 0
    await tab.hear("beat")
    assert tabs.held[-1] is False
    tabs.lock.release()
    await tabs.until_empty()
    assert await times_at_podio(desk, "comment", 0) == 1


async def test_what_may_not_be_sent_from_here_is_not_until_it_is_approved(desk: Desk, tabs: Tabs) -> None:
    tabs.approves = lambda change: False
    tab = await tabs.open()
    await tab.put(change_of(OPERATIONS["comment"]))
    await asyncio.sleep(0.05)
    assert [change.phase for change in tabs.outbox().changes] == [Phase.PENDING]
    tabs.approves = lambda change: True
    tab.wake()
    await tabs.until_empty()
    assert tabs.told == [OPERATIONS["comment"]]


@pytest.mark.parametrize(
    ("fault", "hindrance"),
    [
        ({"status": 420}, Hindrance.LIMIT),
        ({"status": 401, "times": 2}, Hindrance.SIGN_IN),
        ({"drop": True}, Hindrance.CONNECTION),
    ],
)
async def test_what_hinders_all_pauses_the_sender_and_not_the_change(
    desk: Desk, tabs: Tabs, fault: dict[str, Any], hindrance: Hindrance
) -> None:
    await desk.faults({"path": "/comment/", "method": "POST", **fault})
    tab = await tabs.open()
    await tab.put(change_of(OPERATIONS["comment"]))
    await tabs.until(lambda: tabs.paused)
    assert tabs.paused[0].hindrance is hindrance
    await tabs.until(lambda: tabs.outbox().changes[0].phase is not Phase.SENDING)
    tabs.now += 400
    await tab.hurry()
    await tabs.until_empty()
    assert await times_at_podio(desk, "comment", 0) == 1
    assert tabs.paused[-1] == Pace()


async def test_a_call_that_the_user_stops_is_looked_up(desk: Desk, tabs: Tabs) -> None:
    await desk.faults({"path": "/comment/", "method": "POST", "delay": 30.0})
    tab = await tabs.open()
    change = change_of(OPERATIONS["comment"])
    await tab.put(change)
    await tabs.until(lambda: tabs.outbox().changes[0].phase is Phase.SENDING and tab._call is not None)
    await tab.apply(change.change_id, Stopped())
    await desk.faults()
    await tabs.until_empty()
    assert await times_at_podio(desk, "comment", 0) == 1


async def test_what_is_discarded_or_cleared_is_not_sent(desk: Desk, tabs: Tabs) -> None:
    tabs.approves = lambda change: False
    tab = await tabs.open()
    change = change_of(OPERATIONS["comment"])
    await tab.put(change)
    await tab.apply(change.change_id, Discarded())
    assert tabs.outbox() == Outbox()
    await tab.put(change)
    await tab.clear()
    assert tabs.outbox() == Outbox()
    assert await times_at_podio(desk, "comment", 0) == 0
    assert "changed" in tabs.messages


async def test_an_error_of_the_programs_own_is_reported_and_what_was_being_sent_is_looked_up(
    desk: Desk, tabs: Tabs
) -> None:
    content = tabs.storage.content

    async def broken(change_id: str) -> Any:
        tabs.storage.content = content  # type: ignore[method-assign]
        raise ZeroDivisionError

    tabs.storage.content = broken  # type: ignore[method-assign]
    tab = await tabs.open()
    await tab.put(change_of(OPERATIONS["file"]), content=b"plan")
    await tabs.until(lambda: tabs.broken)
    assert [type(error) for error in tabs.broken] == [ZeroDivisionError]
    tabs.broken.clear()
    await tabs.until_empty()
    assert await times_at_podio(desk, "file", 0) == 1
