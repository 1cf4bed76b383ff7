"""Stores, sends and looks up changes as the table of phases commands, for one user in one tab."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NamedTuple, Protocol

from workbench.outbox._changes import AttachFile, Change
from workbench.outbox._delivery import Client, look_up, send
from workbench.outbox._events import Abort, Command, Due, Event, LookUp, Send, Settlement, ShowItem, Stopped
from workbench.outbox._outbox import Outbox, add, adopt, apply, hurry
from workbench.outbox._pace import Pace

Step = Callable[[Outbox], tuple[Outbox, tuple[Command, ...]]]

_BEAT_EVERY = 3.0
_HELD_AFTER = 10.0
_AGAIN_AFTER = 5.0


class CannotStore(Exception):
    """The browser's storage takes nothing; nothing was stored, and nothing sent.

    Attributes:
        is_full: Whether it is full.
    """

    def __init__(self, *, is_full: bool = False) -> None:
        super().__init__()
        self.is_full = is_full


class Store(Protocol):
    """Where a user's changes are kept."""

    async def read(self) -> Outbox:
        """Return the changes.

        Raises:
            CannotStore: when the storage can't be read.
        """

    async def transact(self, step: Step, *, content: Any = None, draft: str = "") -> tuple[Outbox, tuple[Command, ...]]:
        """Apply a step to the changes, whole or not at all, and end when what it makes of them is on the disk.

        Args:
            step: Takes the changes; returns them as they are to be, and what is to be done then.
            content: The content of the file that the step's new change attaches.
            draft: A form whose draft goes in the same transaction.

        Raises:
            CannotStore: when nothing was stored.
        """

    async def content(self, change_id: str) -> Any:
        """Return the content that lies beside a change; None where there is none."""

    async def clear(self) -> None:
        """Delete all changes of the user."""


class Lock(Protocol):
    """What one tab alone can hold."""

    async def acquire(self) -> None:
        """Wait for it."""

    def release(self) -> None:
        """Leave it to the next."""


class Channel(Protocol):
    """Messages between the user's tabs; whatever comes from it is only a reason to read again."""

    def post(self, message: str) -> None:
        """Send a message to the other tabs."""


class Listener(NamedTuple):
    """Gets what happens, in the order in which it happens.

    Attributes:
        show_outbox: The changes as they are stored now.
        report_settlement: A change that is made.
        show_item: An item as Podio holds it.
        set_pace: What pauses the sender, or that nothing does.
        set_held: Whether another tab holds the changes and says nothing.
        report_error: An error of the program's own; sending goes on after a pause.
    """

    show_outbox: Callable[[Outbox], None]
    report_settlement: Callable[[Settlement], None]
    show_item: Callable[[ShowItem], None]
    set_pace: Callable[[Pace], None]
    set_held: Callable[[bool], None]
    report_error: Callable[[Exception], None]


class OutboxDriver:
    """The outbox of one user in this tab.

    Args:
        store: Where the changes are kept.
        lock: What the one sender holds.
        channel: Leads to the user's other tabs.
        client: Makes the calls.
        user_id: Whose changes they are.
        now: The clock: seconds since 1970.
        may_send: Whether a change may be sent from this tab.
        listener: Gets what happens.
    """

    def __init__(
        self,
        *,
        store: Store,
        lock: Lock,
        channel: Channel,
        client: Client,
        user_id: int,
        now: Callable[[], float],
        may_send: Callable[[Change], bool],
        listener: Listener,
    ) -> None:
        self._store = store
        self._lock = lock
        self._channel = channel
        self._client = client
        self._user_id = user_id
        self._now = now
        self._may_send = may_send
        self._listener = listener
        self._outbox = Outbox()
        self._pace = Pace()
        self._wake = asyncio.Event()
        self._sender: asyncio.Task[None] | None = None
        self._call: asyncio.Task[Any] | None = None
        self._call_id = ""
        self._heard_at = 0.0

    async def start(self) -> Outbox:
        """Read what is stored, try it at once, and go on sending until `close`.

        Raises:
            CannotStore: when the storage can't be read.
        """
        self._show(await self._store.read())
        if self._outbox.changes:
            with suppress(CannotStore):
                await self._transact(lambda outbox: (hurry(outbox, self._now()), ()))
        self._sender = asyncio.ensure_future(self._send_for_ever())
        return self._outbox

    def close(self) -> None:
        """Stop sending; what is under way is unknown then."""
        for task in (self._sender, self._call):
            if task is not None:
                task.cancel()
        self._lock.release()

    async def clear(self) -> None:
        """Stop sending, and delete all changes of the user.

        Raises:
            CannotStore: when they could not be deleted.
        """
        self.close()
        await self._store.clear()
        self._channel.post("changed")

    async def put(self, change: Change, *, content: Any = None, draft: str = "") -> None:
        """Take a change up; when this ends it is on the disk.

        Args:
            change: The change.
            content: The content of the file that it attaches.
            draft: The form whose draft it takes the place of.

        Raises:
            CannotStore: when it could not be stored; it is not sent then.
        """
        await self._transact(lambda outbox: (add(outbox, change, self._now()), ()), content=content, draft=draft)
        self._wake.set()

    async def apply(self, change_id: str, event: Event) -> None:
        """Apply what the user decided about a change.

        Raises:
            CannotStore: when it could not be stored.
        """
        if isinstance(event, Stopped) and self._call_id != change_id:
            return  # another tab's call is not ours to stop
        self._obey(await self._transact(lambda outbox: apply(outbox, change_id, event, self._now())))
        self._wake.set()

    def wake(self) -> None:
        """Look whether there is something to send: the user has approved it, for example."""
        self._wake.set()

    async def hurry(self) -> None:
        """Try again at once: the connection is back, or the user has signed in."""
        self._set_pace(self._pace.resume())
        with suppress(CannotStore):
            await self._transact(lambda outbox: (hurry(outbox, self._now()), ()))
        self._wake.set()

    async def hear(self, message: object) -> None:
        """Take another tab's message."""
        if message == "beat":
            self._heard_at = self._now()
            self._listener.set_held(False)
        elif message == "changed":
            with suppress(CannotStore):
                self._show(await self._store.read())
            self._wake.set()

    # Sending

    async def _send_for_ever(self) -> None:
        while True:
            self._wake.clear()
            if self._has_work():
                try:
                    await self._send_all()
                except CannotStore:
                    await asyncio.sleep(_AGAIN_AFTER)
                except Exception as error:
                    self._listener.report_error(error)
                    await asyncio.sleep(_AGAIN_AFTER)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), self._seconds_to_wait())

    def _has_work(self) -> bool:
        now = self._now()
        return not self._pace.is_paused(now) and self._outbox.needs_sender(now, self._may_send)

    def _seconds_to_wait(self) -> float | None:
        next_at = self._outbox.next_at(self._may_send)
        if next_at is None:
            return None
        wake_at = max(next_at, self._pace.until)
        return None if wake_at == float("inf") else max(wake_at - self._now(), 0.05)

    async def _send_all(self) -> None:
        await self._acquire()
        beating = asyncio.ensure_future(self._beat())
        try:
            await self._transact(lambda outbox: (adopt(outbox, self._now()), ()))
            while not self._pace.is_paused(self._now()) and (commands := await self._transact(self._take_up)):
                for command in commands:
                    if isinstance(command, Send | LookUp):
                        await self._deliver(command)
        finally:
            beating.cancel()
            self._lock.release()

    def _take_up(self, outbox: Outbox) -> tuple[Outbox, tuple[Command, ...]]:
        change = outbox.due(self._now(), self._may_send)
        return (outbox, ()) if change is None else apply(outbox, change.change_id, Due(), self._now())

    async def _deliver(self, command: Send | LookUp) -> None:
        change = command.change
        self._call_id = change.change_id
        self._call = asyncio.ensure_future(self._call_outcome(command))
        try:
            outcome = await self._call
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise
            return  # the user has stopped it, which is stored already
        finally:
            self._call, self._call_id = None, ""
        self._set_pace(self._pace.after(outcome.hindrance, outcome.wait, self._now()))
        commands = await self._store_outcome(change.change_id, outcome.event)
        for next_command in commands:
            if isinstance(next_command, Send | LookUp):
                await self._deliver(next_command)

    async def _call_outcome(self, command: Send | LookUp) -> Any:
        change = command.change
        if isinstance(command, LookUp):
            return await look_up(self._client, change, user_id=self._user_id, now=self._now())
        content = None
        if isinstance(change.operation, AttachFile) and not change.operation.file_id:
            content = await self._store.content(change.change_id)
        return await send(self._client, change, content)

    async def _store_outcome(self, change_id: str, event: Event) -> tuple[Command, ...]:
        """Store what came of a call, as soon as that is possible: it must not be lost."""
        while True:
            try:
                commands = await self._transact(lambda outbox: apply(outbox, change_id, event, self._now()))
            except CannotStore:
                await asyncio.sleep(_AGAIN_AFTER)
            else:
                self._obey(commands)
                return commands

    def _obey(self, commands: tuple[Command, ...]) -> None:
        for command in commands:
            if isinstance(command, Settlement):
                self._listener.report_settlement(command)
            elif isinstance(command, ShowItem):
                self._listener.show_item(command)
            elif isinstance(command, Abort) and self._call is not None and self._call_id == command.change.change_id:
                self._call.cancel()

    # The lock, and the messages between tabs

    async def _acquire(self) -> None:
        acquiring = asyncio.ensure_future(self._lock.acquire())
        self._heard_at = self._now()
        try:
            while not acquiring.done():
                await asyncio.wait([acquiring], timeout=1.0)
                if not acquiring.done() and self._now() - self._heard_at >= _HELD_AFTER:
                    self._listener.set_held(True)
            await acquiring
            self._listener.set_held(False)
        except asyncio.CancelledError:
            acquiring.cancel()
            raise

    async def _beat(self) -> None:
        while True:
            self._channel.post("beat")
            await asyncio.sleep(_BEAT_EVERY)

    async def _transact(self, step: Step, **options: Any) -> tuple[Command, ...]:
        previous = self._outbox
        outbox, commands = await self._store.transact(step, **options)
        self._show(outbox)
        if outbox != previous:
            self._channel.post("changed")
        return commands

    def _show(self, outbox: Outbox) -> None:
        if outbox != self._outbox:
            self._outbox = outbox
            self._listener.show_outbox(outbox)

    def _set_pace(self, pace: Pace) -> None:
        if pace != self._pace:
            self._pace = pace
            self._listener.set_pace(pace)
