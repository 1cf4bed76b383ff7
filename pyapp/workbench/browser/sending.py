"""The outbox of whoever is signed in, as the loop works with it: it takes effects, and reports by events."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any

from workbench import effects
from workbench.browser.backend import Backend
from workbench.browser.outbox import PageOutbox
from workbench.events import (
    ChangeDenied,
    ChangeGone,
    ChangeIsSlow,
    ChangeSettled,
    ChangesHeld,
    ChangeShown,
    ChangesRead,
    ChangeStored,
    Event,
    ItemSeen,
    OutboxOpened,
    SendingPaused,
)
from workbench.outbox import CannotStore, Hindrance, Listener, Outbox, Pace, Settled

_SLOW_AFTER = 3.0
_SHOWN_FOR = 5.0

Work = Coroutine[Any, Any, None]


class Sending:
    """What lies between a loop and the user's outbox.

    Args:
        backend: Whose outboxes and drafts these are.
        dispatch: Takes the events.
        broken: Takes an error of the program's own.
        spawn: Runs what takes a while, for as long as the loop runs.
    """

    def __init__(
        self,
        backend: Backend,
        *,
        dispatch: Callable[[Event], None],
        broken: Callable[[BaseException], None],
        spawn: Callable[[Work], asyncio.Task[Any]],
    ) -> None:
        self._backend = backend
        self._dispatch = dispatch
        self._broken = broken
        self._spawn = spawn
        self._outbox: PageOutbox | None = None
        self._opening: asyncio.Task[Any] | None = None
        self._shown = Outbox()
        self._pace = Pace()

    def open(self, person_id: int) -> None:
        """Begin to send what a user has changed."""
        listener = Listener(
            changed=self._changed,
            settled=self._settled,
            item_read=lambda shown: self._dispatch(ItemSeen(item_id=shown.item.item_id)),
            paused=self._paused,
            held=lambda is_held: self._dispatch(ChangesHeld(is_held=is_held)),
            broken=self._broken,
        )
        if self._backend.outbox_of is None:
            return
        self._outbox = self._backend.outbox_of(person_id, listener)
        self._opening = self._spawn(self._open(self._outbox))

    def close(self) -> None:
        """Stop sending."""
        if self._opening is not None:
            self._opening.cancel()
        if self._outbox is not None:
            self._outbox.close()
        self._outbox = self._opening = None
        self._shown, self._pace = Outbox(), Pace()

    def put(self, effect: effects.PutChange) -> None:
        """Put a change into the outbox; its form's draft is stored before, for the page may go away in between."""
        self._backend.drafts.flush()
        self._spawn(self._put(effect))

    def tell(self, effect: effects.TellChange) -> None:
        """Tell a change what the user decided about it."""
        self._backend.drafts.flush()
        self._spawn(self._tell(effect))

    def approve(self, effect: effects.ApproveChanges) -> None:
        """Send changes that were found."""
        if self._outbox is not None:
            self._outbox.approve(set(effect.change_ids))
            self._changed(self._shown)

    def hurry(self) -> None:
        """Send at once what waits."""
        self._spawn(self._hurry())

    async def clear(self) -> None:
        """Delete all changes of the user.

        Raises:
            CannotStore: when they could not be deleted.
        """
        outbox = await self._opened()
        if outbox is not None:
            await outbox.clear()

    async def _open(self, outbox: PageOutbox) -> None:
        await outbox.open()
        self._dispatch(OutboxOpened(is_kept=outbox.is_kept))

    async def _opened(self) -> PageOutbox | None:
        if self._opening is not None:
            await asyncio.wait([self._opening])
        return self._outbox

    async def _put(self, effect: effects.PutChange) -> None:
        outbox = await self._opened()
        try:
            if outbox is None:
                raise CannotStore
            await outbox.put(effect.change, draft=effect.form)
        except CannotStore as error:
            self._dispatch(ChangeDenied(form=effect.form, is_full=error.is_full))
        else:
            self._dispatch(ChangeStored(form=effect.form, change=effect.change))

    async def _tell(self, effect: effects.TellChange) -> None:
        outbox = await self._opened()
        if outbox is not None:
            try:
                await outbox.apply(effect.change_id, effect.event)
            except CannotStore as error:
                self._dispatch(ChangeDenied(form="", is_full=error.is_full))

    async def _hurry(self) -> None:
        outbox = await self._opened()
        if outbox is not None:
            await outbox.hurry()

    def _changed(self, outbox: Outbox) -> None:
        for change_id in outbox.sending - self._shown.sending:
            self._spawn(self._after(_SLOW_AFTER, ChangeIsSlow(change_id=change_id)))
        for change in self._shown.changes:
            if outbox.get(change.change_id) is None:
                # What follows in this turn, that Podio has it, comes first.
                asyncio.get_running_loop().call_soon(self._dispatch, ChangeGone(change=change))
        self._shown = outbox
        found = self._outbox
        unapproved = (
            frozenset()
            if found is None
            else frozenset(change.change_id for change in outbox.changes if not found.may_send(change))
        )
        self._dispatch(ChangesRead(outbox=outbox, unapproved=unapproved))

    def _settled(self, settled: Settled) -> None:
        self._dispatch(ChangeSettled(settled=settled))
        self._spawn(self._after(_SHOWN_FOR, ChangeShown(change_id=settled.change.change_id)))

    def _paused(self, pace: Pace) -> None:
        self._pace = pace
        self._dispatch(SendingPaused(pace=pace))
        if pace.hindrance is Hindrance.LIMIT:
            self._spawn(self._limit_ended(pace))

    async def _limit_ended(self, pace: Pace) -> None:
        """Report that Podio's limit is over: where nothing is sent then, no call says so."""
        await asyncio.sleep(max(pace.until - time.time(), 0))
        if self._pace is pace:
            self._dispatch(SendingPaused(pace=Pace()))

    async def _after(self, seconds: float, event: Event) -> None:
        await asyncio.sleep(seconds)
        self._dispatch(event)
