"""Runs in the page: the real workbench, whose outbox goes by a clock that a test sets, and may be robbed of a check.

In `localStorage`, which all tabs of the test share and a reload leaves: `soak.now`, the time in seconds since 1970;
`soak.told`, a JSON list of the changes that the page reported as saved; `soak.without`, the check that is missing.
"""

import asyncio
import json
from types import SimpleNamespace

import js
from pyodide.ffi import create_proxy

from workbench.browser import drafts as page_drafts
from workbench.browser import main, resting, sending
from workbench.browser import outbox as page_outbox
from workbench.outbox import (
    AddComment,
    CreateItem,
    Due,
    NotFound,
    Outcome,
    Phase,
    _driver,
    _machine,
    apply,
    write_change,
)
from workbench.state import Phase as Face
from workbench.state import RenewalPhase

IN_FLIGHT = {"_put", "_decide", "_hurry", "_begin", "_load_drafts", "_sign_out"}
"""The loop's tasks that end by themselves, and soon."""

PATIENCE = 30
UNDER_WAY = {RenewalPhase.WINDOW_OPEN, RenewalPhase.CHECKING}


def now():
    return float(js.localStorage.getItem("soak.now"))


def rob(without):
    """Take one check out of the outbox."""
    driver = _driver.OutboxDriver
    look_up = _driver.look_up

    async def no_lock(self):
        return

    async def send_all_unstored(self):
        await self._acquire()
        try:
            await self._transact(lambda outbox: (_driver.adopt(outbox, self._now()), ()))
            while not self._pace.is_paused(self._now()):
                _, commands = self._take_up(self._outbox)
                for command in commands:
                    await self._deliver(command)
                if not commands:
                    return
        finally:
            self._lock.release()

    async def store_outcome_late(self, change_id, event):
        def step(outbox):
            if outbox.get(change_id).phase is Phase.PENDING:
                outbox, _ = apply(outbox, change_id, Due(), self._now())
            return apply(outbox, change_id, event, self._now())

        commands = await self._transact(step)
        self._obey(commands)
        return commands

    async def guess(client, change, **options):
        if isinstance(change.operation, AddComment | CreateItem):
            return Outcome(NotFound(float("inf")))
        return await look_up(client, change, **options)

    if without == "lock":
        page_outbox.WebLock.acquire = no_lock
    elif without == "strict write":
        driver._send_all, driver._store_outcome = send_all_unstored, store_outcome_late
    elif without == "look-up":
        _driver.look_up = guess
    elif without == "conflict check":
        _machine._clashes = lambda edit, theirs: False


def note_told():
    report_settlement = sending.Sending._report_settlement

    def note_and_report(self, settlement):
        record = [write_change(settlement.change._replace(phase=Phase.PENDING)), settlement.item_id]
        records = json.loads(js.localStorage.getItem("soak.told"))
        js.localStorage.setItem("soak.told", json.dumps([*records, record]))
        report_settlement(self, settlement)

    sending.Sending._report_settlement = note_and_report


def page_outbox_of(loop):
    open_outbox = loop._sending._open
    return open_outbox and open_outbox.outbox


async def start():
    page_drafts._PAUSE = 0.0
    resting.may_read_ahead = lambda: False  # it depends on how fast a machine is, and a seed is to be replayed
    page_outbox.time = sending.time = SimpleNamespace(time=now)
    _driver.OutboxDriver._seconds_to_wait = lambda self: 0.05 if self._has_work() else None
    rob(str(js.localStorage.getItem("soak.without")))
    note_told()
    loop = await main.start()

    def driver():
        outbox = page_outbox_of(loop)
        return outbox and outbox._driver

    def is_calm():
        """Whether nothing is under way but the sender's calls, or calls that wait for a sign-in."""
        state, account, drafts, outbox = loop.state, loop.state.account, loop._drafts, page_outbox_of(loop)
        if state.leaving or loop._is_drawing_due or account.renewal.phase in UNDER_WAY:
            return False
        if drafts._waiting or drafts._writes or (drafts._flushing and not drafts._flushing.done()):
            return False
        if any(task.get_coro().__name__ in IN_FLIGHT for task in loop._tasks):
            return False
        if outbox and outbox._channel and outbox._channel._tasks:
            return False
        is_reading = any(read.loading for read in account.reads.values())
        if is_reading and account.renewal.phase is RenewalPhase.IDLE:
            return False
        sender = driver()
        if state.phase is not Face.SIGNED_IN:
            return sender is None
        return sender is not None and sender._outbox == account.outbox

    def is_working():
        sender = driver()
        return sender is not None and (sender._call is not None or sender._has_work())

    async def look(awaits_sender):
        """Return where the page stands, as JSON, once nothing goes on in it, or after a while."""
        for _ in range(PATIENCE):
            is_renewing = loop.state.account.renewal.phase is not RenewalPhase.IDLE
            if is_calm() and (is_renewing or not awaits_sender or not is_working()):
                break
            await asyncio.sleep(0.01)
        account, sender = loop.state.account, driver()
        texts = [entry for draft in account.drafts.values() for entry in draft.items()]
        return json.dumps(
            {
                "is_calm": is_calm(),
                "is_calling": sender is not None and sender._call is not None,
                "is_working": is_working(),
                "is_renewing": account.renewal.phase is not RenewalPhase.IDLE,
                "outbox": [write_change(change) for change in account.outbox.changes],
                "drafts": [text for name, text in texts if not name.startswith("_")],
            }
        )

    def wake():
        if driver() is not None:
            driver().wake()

    async def go(route):
        if js.location.hash != route:
            changed = asyncio.get_running_loop().create_future()
            proxy = create_proxy(lambda event: changed.done() or changed.set_result(None))
            js.window.addEventListener("hashchange", proxy)
            js.location.hash = route
            await changed
            js.window.removeEventListener("hashchange", proxy)
            proxy.destroy()

    for act in (look, wake, go):
        setattr(js.window, f"soak_{act.__name__}", create_proxy(act))
    js.document.documentElement.dataset.probe = "ready"
