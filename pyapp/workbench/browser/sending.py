"""The outbox of whoever is signed in, as the loop works with it: it takes effects, and reports by events."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from workbench import effects
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
from workbench.outbox import CannotStore, Change, Hindrance, Listener, Outbox, Pace, Settlement

if TYPE_CHECKING:  # so that this is tested without a browser
    from workbench.browser.backend import Backend
    from workbench.browser.outbox import PageOutbox

_SLOW_AFTER = 3.0
_SHOWN_FOR = 5.0

Work = Coroutine[Any, Any, None]
ReportT = TypeVar("ReportT")


class _Open(NamedTuple):
    """An outbox that is open, or about to be."""

    outbox: PageOutbox
    opening: asyncio.Task[Any]

    async def opened(self) -> PageOutbox:
        """Return it once it is open, or can't be."""
        await asyncio.wait([self.opening])
        return self.outbox


class Sending:
    """What lies between a loop and the user's outbox.

    Users follow one another, and what is under way for one ends when the next is there: each piece of work keeps to the
    outbox that was open when it was begun, and nothing of an outbox is reported once another is open.

    Args:
        backend: Whose outboxes and drafts these are.
        dispatch: Takes the events.
        report_error: Takes an error of the program's own.
        spawn: Runs what takes a while, for as long as the loop runs.
    """

    def __init__(
        self,
        backend: Backend,
        *,
        dispatch: Callable[[Event], None],
        report_error: Callable[[BaseException], None],
        spawn: Callable[[Work], asyncio.Task[Any]],
    ) -> None:
        self._backend = backend
        self._dispatch = dispatch
        self._report_error = report_error
        self._spawn = spawn
        self._open: _Open | None = None
        self._last_outbox = Outbox()
        self._pace = Pace()

    def open(self, user_id: int) -> None:
        """Begin to send what a user has changed."""
        if self._backend.outbox_of is None:
            return

        def while_open(report: Callable[[ReportT], None]) -> Callable[[ReportT], None]:
            return lambda value: report(value) if self._is_open(outbox) else None

        listener = Listener(
            show_outbox=while_open(self._show_outbox),
            report_settlement=while_open(self._report_settlement),
            show_item=while_open(lambda command: self._dispatch(ItemSeen(item_id=command.item.item_id))),
            set_pace=while_open(self._set_pace),
            set_held=while_open(lambda is_held: self._dispatch(ChangesHeld(is_held=is_held))),
            report_error=self._report_error,
        )
        outbox = self._backend.outbox_of(user_id, listener)
        self._open = _Open(outbox, self._spawn(self._begin(outbox)))

    def close(self) -> None:
        """Stop sending."""
        if self._open is not None:
            self._open.opening.cancel()
            self._open.outbox.close()
        self._open = None
        self._last_outbox, self._pace = Outbox(), Pace()

    def put(self, effect: effects.PutChange) -> None:
        """Put a change into the outbox; its form's draft is stored before, for the page may go away in between."""
        self._backend.drafts.begin_submission(effect.form)
        self._spawn(self._put(self._open, effect))

    def decide(self, effect: effects.DecideChange) -> None:
        """Apply what the user decided about a change."""
        self._backend.drafts.flush()
        self._spawn(self._decide(self._open, effect))

    def approve(self, effect: effects.ApproveChanges) -> None:
        """Send changes that were found."""
        if self._open is not None:
            self._open.outbox.approve(set(effect.change_ids))
            self._show_outbox(self._last_outbox)

    def hurry(self) -> None:
        """Send at once what waits."""
        self._spawn(self._hurry(self._open))

    def clear(self) -> Work:
        """Return what deletes all changes of the user whose outbox is open now; it raises `CannotStore`."""
        return self._clear(self._open)

    def _is_open(self, outbox: PageOutbox) -> bool:
        return self._open is not None and self._open.outbox is outbox

    async def _begin(self, outbox: PageOutbox) -> None:
        await outbox.open()
        self._dispatch(OutboxOpened(is_kept=outbox.is_kept))

    async def _put(self, found: _Open | None, effect: effects.PutChange) -> None:
        try:
            if found is None:
                raise CannotStore
            await (await found.opened()).put(effect.change, draft=effect.form)
        except CannotStore as error:
            event: Event = ChangeDenied(form=effect.form, is_full=error.is_full)
        else:
            event = ChangeStored(form=effect.form, change=effect.change)
        if self._open is found:
            self._dispatch(event)
            self._backend.drafts.flush()

    async def _decide(self, found: _Open | None, effect: effects.DecideChange) -> None:
        if found is not None:
            try:
                await (await found.opened()).apply(effect.change_id, effect.event)
            except CannotStore as error:
                if self._open is found:
                    self._dispatch(ChangeDenied(form="", is_full=error.is_full))

    async def _hurry(self, found: _Open | None) -> None:
        if found is not None:
            await (await found.opened()).hurry()

    async def _clear(self, found: _Open | None) -> None:
        if found is not None:
            await (await found.opened()).clear()

    def _show_outbox(self, outbox: Outbox) -> None:
        for change_id in outbox.sending - self._last_outbox.sending:
            self._spawn(self._dispatch_after(_SLOW_AFTER, ChangeIsSlow(change_id=change_id)))
        page_outbox = self._open
        for change in self._last_outbox.changes:
            if outbox.get(change.change_id) is None:
                # What follows in this turn, that Podio has it, comes first.
                asyncio.get_running_loop().call_soon(self._report_gone, page_outbox, change)
        self._last_outbox = outbox
        unapproved = (
            frozenset()
            if page_outbox is None
            else frozenset(change.change_id for change in outbox.changes if not page_outbox.outbox.may_send(change))
        )
        self._dispatch(ChangesRead(outbox=outbox, unapproved=unapproved))

    def _report_gone(self, found: _Open | None, change: Change) -> None:
        if self._open is found:
            self._dispatch(ChangeGone(change=change))

    def _report_settlement(self, settlement: Settlement) -> None:
        self._dispatch(ChangeSettled(settlement=settlement))
        self._spawn(self._dispatch_after(_SHOWN_FOR, ChangeShown(change_id=settlement.change.change_id)))

    def _set_pace(self, pace: Pace) -> None:
        self._pace = pace
        self._dispatch(SendingPaused(pace=pace))
        if pace.hindrance is Hindrance.LIMIT:
            self._spawn(self._limit_ended(pace))

    async def _limit_ended(self, pace: Pace) -> None:
        """Report that Podio's limit is over: where nothing is sent then, no call says so."""
        await asyncio.sleep(max(pace.until - time.time(), 0))
        if self._pace is pace:
            self._dispatch(SendingPaused(pace=Pace()))

    async def _dispatch_after(self, seconds: float, event: Event) -> None:
        await asyncio.sleep(seconds)
        self._dispatch(event)
