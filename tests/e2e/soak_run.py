"""Ada at work in two tabs, against an emulator, a network and a colleague that get in her way, for one seed.

The seed chooses the steps. After each step the page is settled: nothing is under way but a call that the network holds
up, or that waits for a sign-in. The outbox's clock stands still but in `_pass_time`. So a seed leads to one end.
"""

from __future__ import annotations

import json
import random
from typing import Any, Literal

from playwright.sync_api import BrowserContext
from tests.e2e.driving import Site, open_signed_in
from tests.e2e.soak_judgement import check, read_truth, tokens_of
from tests.e2e.soak_tabs import POPUPS_BLOCKED, Tab
from tests.e2e.soak_work import KEYS, Work

from workbench.outbox import read_change

Check = Literal["lock", "strict write", "look-up", "conflict check"]

BEGIN = 1_800_000_000
_LATEST = 15
"""Seconds after which a call that was held up is carried out at the latest, where its tab is gone: the outbox counts
on no call coming later than after 20."""

_PROXY = "<html><h1>Bad gateway</h1></html>"
_LIMITED = {"error": "rate_limit", "error_description": "You have hit the rate limit. Please wait 20 seconds"}
_FAULTS: tuple[dict[str, Any], ...] = (
    {"drop": True},
    {"drop": True, "after": True},
    {"status": 503},
    {"status": 503, "after": True},
    {"status": 502, "body": _PROXY, "after": True},
    {"status": 404, "body": _PROXY},
    {"status": 420, "body": _LIMITED},
    {"status": 403},
)
_RARE = {
    "reload": 3,
    "other tab": 3,
    "expire": 2,
    "sign out": 1,
    "hold": 8,
    "delete": 1,
    "other deletes": 1,
}
"""Steps that take long, or end much, and how many of each there are in 300."""

_WEIGHTS = {
    "type": 12,
    "submit typed": 8,
    "edit": 18,
    "comment": 12,
    "create": 4,
    "decide": 10,
    "fault": 16,
    "other edits": 14,
    "pass time": 20,
    "let go": 20,
    "sign in again": 6,
}
"""The others, and how often they are chosen."""


class SoakRun(Work):
    """One run. `run` raises Wrong where something was lost, doubled, overwritten or reported wrongly."""

    def __init__(
        self,
        context: BrowserContext,
        site: Site,
        seed: int,
        *,
        steps: int = 300,
        without: Check | None = None,
    ) -> None:
        super().__init__(site, random.Random(seed))
        self._site = site
        self._emulator = site.emulator
        self._context = context
        self._now = BEGIN
        self._held_until = 0
        begin = {"now": str(BEGIN), "told": "[]", "without": without or ""}
        self._script = f"""
          const begin = {json.dumps(begin)};
          if (!localStorage["soak.now"]) for (const name in begin) localStorage[`soak.${{name}}`] = begin[name];
          {POPUPS_BLOCKED}"""
        self.tabs = [self._open_tab()]
        self._steps = self._plan(steps)

    def run(self) -> dict[str, Any]:
        """Take all steps, judge, come to rest, judge again; return what there is at the end, which a seed repeats."""
        acts = {name: getattr(self, f"_{name.replace(' ', '_')}") for name in {*_RARE, *_WEIGHTS}}
        self._settle()
        for number, name in enumerate(self._steps):
            self.log.append(f"{number} {name}:")
            acts[name]()
            self._settle()
            self._note(*(f"{change.phase.name} {tokens_of(change)}" for change in self._outbox.changes))
        self._judge()
        self.log.append("rest:")
        self._come_to_rest()
        return self._judge()

    def close(self) -> None:
        """Close the tabs."""
        for tab in self.tabs:
            tab.close()
        self._grace.close()

    def _plan(self, steps: int) -> list[str]:
        names, weights = list(_WEIGHTS), list(_WEIGHTS.values())
        plan = self.chance.choices(names, weights, k=steps)
        rare = [name for name, times in _RARE.items() for _ in range(max(times * steps // 300, 1))]
        for place, name in zip(self.chance.sample(range(steps), len(rare)), rare, strict=True):
            plan[place] = name
        return plan

    # The browser

    def _reload(self) -> None:
        self._tab().reload()

    def _other_tab(self) -> None:
        if len(self.tabs) > 1:
            self.tabs.pop().close()
        else:
            self.tabs.append(self._open_tab())

    def _open_tab(self) -> Tab:
        return Tab(open_signed_in(self._context, self._site, f"#/app/{self._app_id}", script=self._script))

    def _sign_in_again(self) -> None:
        for tab in self.tabs:
            if tab.look().is_renewing:
                tab.sign_in_again()
                return

    def _sign_out(self) -> None:
        if any(look.is_renewing for look in self._settle()):
            self._sign_in_again()
            self._settle()
        if len(self.tabs) > 1:
            self._other_tab()
        for change in self._outbox.changes:
            self._drop(change)
        self.notes.dropped.update(self._drafts.values())
        self._drafts.clear()
        tab = self.tabs[0]
        if tab.held is not None:
            tab.held.is_tab_gone = True
        tab.sign_out_and_in()

    # Podio, the network and the rest of the world

    def _fault(self) -> None:
        fault = self.chance.choice(_FAULTS)
        method = self.chance.choice(("POST", "PUT", "PUT", "POST", "DELETE"))
        path = "/comment/" if method == "POST" and self.chance.random() < 0.6 else "/item/"
        faults = [{"path": path, "method": method, **fault}]
        if self.chance.random() < 0.3:
            faults.append({"path": path, "method": "GET", "status": 503})
        self._emulator.faults(faults)
        self._note(faults)

    def _expire(self) -> None:
        self._emulator.expire_tokens("ada@example.com")

    def _hold(self) -> None:
        """Hold up the next call of a tab, and let the user do something that makes one."""
        if any(tab.held for tab in self.tabs) or any(look.is_renewing for look in self._settle()):
            return
        tab = self._tab()
        tab.hold_next()
        self._held_until = self._now + _LATEST
        self.chance.choice((self._comment, self._create, self._edit))()
        self._settle()
        tab.hold_no_more()
        if tab.held and self.chance.random() < 0.5:
            tab.reload()

    def _let_go(self) -> None:
        for tab in self.tabs:
            tab.let_go()

    def _other_edits(self) -> None:
        item_id = self.chance.choice(self._items)
        keys = self.chance.sample(KEYS, self.chance.choice((1, 1, 2)))
        values = {key: self._token("other") for key in keys}
        self._emulator.faults([])
        if not self._is_gone(item_id):
            self._grace.call("PUT", f"/item/{item_id}", {"fields": values})
            self._note(item_id, values)

    def _is_gone(self, item_id: int) -> bool:
        items = self._grace.call("POST", f"/item/app/{self._app_id}/filter/", {"limit": 500})["items"]
        return all(item["item_id"] != item_id for item in items)

    def _other_deletes(self) -> None:
        item_id = self.chance.choice(self._items)
        self._emulator.faults([])
        if not self._is_gone(item_id):
            self._grace.call("DELETE", f"/item/{item_id}")

    def _pass_time(self) -> None:
        self._pass(self.chance.choice((1, 5, 10, 30)))

    def _pass(self, seconds: int) -> None:
        late = next((tab for tab in self.tabs if tab.held and tab.held.is_tab_gone), None)
        if late is not None and self._now + seconds > self._held_until:
            self._let_go()
        self._now += seconds
        self.tabs[0].page.evaluate("(now) => { localStorage['soak.now'] = now; }", str(self._now))
        for tab in self.tabs:
            tab.wake()
            tab.look(awaits_sender=True)  # the first one sends what it can, the other one the rest
        self._settle()

    def _come_to_rest(self) -> None:
        self._emulator.faults([])
        self._let_go()
        for _ in range(40):
            looks = self._settle()
            if any(look.is_renewing for look in looks):
                self._sign_in_again()
            elif looks[0].outbox.next_at() is None and not looks[0].outbox.sending:
                return
            else:
                self._pass(60)
        raise TimeoutError(f"What is left is never sent: {self._outbox}")

    def _judge(self) -> dict[str, Any]:
        looks = self._settle()
        page = self.tabs[0].page
        self._emulator.faults([])
        reports = [
            (change, item_id)
            for text, item_id in json.loads(page.evaluate("localStorage['soak.told']"))
            if (change := read_change(text)) is not None
        ]
        item_ids = {*self._items, *(item_id for _, item_id in reports)}
        phases = [(change.change_id, change.phase.name.lower()) for change in looks[0].outbox.changes]
        check(self.tabs[0].listed() == phases, f"another list of unsent changes is shown than {phases}")
        truth = read_truth(self._grace, self._app_id, item_ids)
        drafts = {text for look in looks for text in look.drafts}
        self.notes.judge(truth, looks[0].outbox.changes, reports, drafts)
        unsent = sorted(str((change.phase.name, tokens_of(change))) for change in looks[0].outbox.changes)
        return {"values": truth.values, "comments": truth.comments, "unsent": unsent}
