"""Ada at work in up to two tabs of a real browser: what she types, submits and decides, and what she saw of it."""

from __future__ import annotations

import random
import re
import time
from typing import Any

from tests.e2e.driving import Colleague, Site
from tests.e2e.soak_judgement import Notes, check, tokens_in, tokens_of
from tests.e2e.soak_tabs import Look, Tab

from workbench.outbox import Change, Choice, Outbox, Phase, UpdateItem

KEYS = ("a", "b", "c")
_THEIR_VERSION = re.compile(r"Use (.+’s|the other) version")
_LIMIT = 60.0


class Work:
    """Ada, her tabs, and the app of a run.

    Attributes:
        chance: Chooses.
        notes: What she typed, saw and decided.
        log: What was done, a line for each step.
        tabs: Her tabs, the first of which is always open.
        items: Those that there are at the beginning: each tab has one of its own for what she doesn't submit at once.
    """

    def __init__(self, site: Site, chance: random.Random) -> None:
        self.chance = chance
        self.notes = Notes()
        self.log: list[str] = ["begin:"]
        self.tabs: list[Tab] = []
        self._grace = Colleague(site.emulator)
        self._is_renewing = False
        self._seen: dict[tuple[int, str], set[str]] = {}
        self._drafts: dict[tuple[str, str], str] = {}
        self._make_app()

    def _make_app(self) -> None:
        grace = self._grace
        fields = [{"type": "text", "config": {"label": key.upper(), "settings": {"format": "plain"}}} for key in KEYS]
        body = {"space_id": grace.call("GET", "/app/32")["space_id"], "config": {"name": "S", "item_name": "s"}}
        self._app_id = int(grace.call("POST", "/app/", {**body, "fields": fields})["app_id"])
        app = grace.call("GET", f"/app/{self._app_id}")
        self._fields = {field["external_id"]: int(field["field_id"]) for field in app["fields"]}
        self._items = [self._make_item() for _ in range(5)]

    def _make_item(self) -> int:
        values = {key: self._token("old") for key in KEYS}
        answer = self._grace.call("POST", f"/item/app/{self._app_id}/", {"fields": values})
        return int(answer["item_id"])

    def _token(self, name: str) -> str:
        return f"{name}-{self.chance.getrandbits(40):010x}"

    def _note(self, *facts: object) -> None:
        self.log[-1] += f" {'; '.join(map(str, facts))}"

    # Settling

    def _settle(self) -> list[Look]:
        """Wait until nothing is under way but what can't go on."""
        end = time.monotonic() + _LIMIT
        while True:
            awaits_sender = not self._is_renewing and not any(tab.is_held_up for tab in self.tabs)
            looks = [tab.look(awaits_sender=awaits_sender) for tab in self.tabs]
            self._is_renewing = any(look.is_renewing for look in looks)
            if self._is_settled(looks):
                return looks
            if time.monotonic() > end:
                raise TimeoutError(f"The page does not come to rest: {looks}")

    def _is_settled(self, looks: list[Look]) -> bool:
        is_blocked = self._is_renewing or any(tab.is_held_up for tab in self.tabs)
        return all(
            look.is_calm
            and look.outbox == looks[0].outbox
            and (not look.is_calling or look.is_renewing or tab.is_held_up)
            and (not look.is_working or is_blocked)
            for tab, look in zip(self.tabs, looks, strict=True)
        )

    def _tab(self) -> Tab:
        return self.chance.choice(self.tabs)

    @property
    def _outbox(self) -> Outbox:
        return self.tabs[0].look().outbox

    # Ada types and decides

    def _fill(self, tab: Tab, form: str, control: str, token: str) -> bool:
        """Type into a form that is open; return whether it is there, and holds what was typed there before."""
        kind, _, number = form.split(":")
        selector = f"#{kind}-{number}-{control}"
        before = tab.value(selector)
        if before is None or tab.has(f"#{form.replace(':', '-')}-submit[aria-disabled]"):
            return False
        draft = self._drafts.get((form, control))
        check(draft in (None, before), f"{draft} was lost: {form} holds {before!r}")
        if draft:
            self.notes.dropped.add(draft)
        if kind != "edit":
            self.notes.dropped.update(tokens_in(before))  # a refused text that came back into its form
        item_id = int(number) if kind != "new" else None
        if kind == "edit":
            key = next(key for key, field_id in self._fields.items() if control == f"f{field_id}")
            values_seen = self._seen.setdefault((int(number), key), set())
            values_seen.add(before)
            self.notes.allowed[token] = set(values_seen)
        tab.fill(selector, token)
        self._note(f"in tab {self.tabs.index(tab)} {selector} from {before!r} to {token!r}")
        self.notes.typed[token] = item_id
        self._drafts[form, control] = token
        return True

    def _submit(self, tab: Tab, form: str) -> None:
        if not tab.click(f"#{form.replace(':', '-')}-submit"):
            return  # no form: what it edits could not be read
        for place in [place for place in self._drafts if place[0] == form]:
            del self._drafts[place]

    def _edit_form(self, tab: Tab, item_id: int) -> str:
        tab.go(f"#/app/{self._app_id}/item/{item_id}/edit")
        self._settle()
        return f"edit:item:{item_id}"

    def _type(self) -> None:
        """Begin to change an item, or to comment on it, and leave it at that; each tab has items of its own."""
        place = self.chance.randrange(len(self.tabs))
        item_id, name = self._items[place], self._token("draft")
        key = self.chance.choice((*KEYS, "text"))
        form = self._edit_form(self.tabs[place], item_id)
        if key == "text":
            self._fill(self.tabs[place], f"comment:item:{item_id}", "text", name)
        else:
            self._fill(self.tabs[place], form, f"f{self._fields[key]}", name)

    def _submit_typed(self) -> None:
        place = self.chance.randrange(len(self.tabs))
        item_id = self._items[place]
        kind = self.chance.choice(("edit", "edit", "comment"))
        self._edit_form(self.tabs[place], item_id)
        form = f"{kind}:item:{item_id}"
        if any(drafted == form for drafted, _ in self._drafts):
            self._note_replaced(form)
            self._submit(self.tabs[place], form)

    def _edit(self) -> None:
        tab, item_id = self._tab(), self.chance.choice(self._items[2:])
        keys = self.chance.sample(KEYS, self.chance.choice((1, 1, 2)))
        tokens = [self._token("me") for _ in keys]
        form = self._edit_form(tab, item_id)
        results = [
            self._fill(tab, form, f"f{self._fields[key]}", token) for key, token in zip(keys, tokens, strict=True)
        ]
        if all(results):
            self._note_replaced(form)
            self._submit(tab, form)

    def _note_replaced(self, form: str) -> None:
        """Note what an edit takes the place of, where that is not sent yet."""
        item_id = int(form.rpartition(":")[2])
        keys = {key for key, field_id in self._fields.items() if (form, f"f{field_id}") in self._drafts}
        for change in self._outbox.changes:
            if isinstance(change.operation, UpdateItem) and change.item == item_id:
                edits = change.operation.edits
                self.notes.dropped.update(*(tokens_in(edits[key].value) for key in keys & edits.keys()))

    def _comment(self) -> None:
        tab, item_id, token = self._tab(), self.chance.choice(self._items[2:]), self._token("comment")
        self._edit_form(tab, item_id)
        form = f"comment:item:{item_id}"
        if self._fill(tab, form, "text", token):
            self._submit(tab, form)

    def _create(self) -> None:
        tab, token = self.tabs[0], self._token("new")
        tab.go(f"#/app/{self._app_id}/new")
        self._settle()
        form = f"new:app:{self._app_id}"
        if self._fill(tab, form, f"f{self._fields['a']}", token):
            self._submit(tab, form)

    def _delete(self) -> None:
        tab, item_id = self._tab(), self.chance.choice(self._items)
        tab.go(f"#/app/{self._app_id}/item/{item_id}")
        self._settle()
        if tab.click("#delete-item:not([aria-disabled])"):
            tab.page.get_by_role("button", name="Delete the item").click()

    def _decide(self) -> None:
        """Let Ada decide about what waits for it."""
        tab = self._tab()
        waiting = [change for change in self._outbox.changes if change.phase in (Phase.CONFLICT, Phase.FAILED)]
        if not waiting:
            return
        change = self.chance.choice(waiting)
        self._note(f"about {tokens_of(change)}")
        self.notes.judge_conflict(change)
        choice = self.chance.choice(list(Choice))
        is_discarded = self.chance.random() < 0.5
        tab.click("#show-unsent")
        entry = f"#unsent-{change.change_id}"
        if change.phase is Phase.FAILED and is_discarded:
            self._press(tab, entry, "Discard")
            tab.page.get_by_role("button", name="Discard it").click()
            self._drop(change)
            return
        if change.phase is Phase.FAILED:
            self._press(tab, entry, "Send again")
        else:
            self._resolve(tab, change, choice)
        tab.page.get_by_role("dialog").get_by_role("button", name="Close").click()

    def _press(self, tab: Tab, entry: str, name: str | re.Pattern[str]) -> None:
        tab.page.locator(entry).get_by_role("button", name=name, exact=True).click()

    def _resolve(self, tab: Tab, change: Change, choice: Choice) -> None:
        assert isinstance(change.operation, UpdateItem)
        assert isinstance(change.item, int)
        entry = f"#unsent-{change.change_id}"
        if choice is Choice.BEFORE:
            for number in range(len(change.theirs)):
                tab.page.locator(f"{entry} tbody tr").nth(number).locator("button").nth(2).click()
            self._press(tab, entry, "Save what I chose")
        else:
            self._press(tab, entry, "Save my version" if choice is Choice.MINE else _THEIR_VERSION)
        for key, theirs in change.theirs.items():
            edit = change.operation.edits[key]
            texts = {_text(theirs), *self._seen.setdefault((change.item, key), set())}
            self._seen[change.item, key] |= texts
            for value in (edit.value, edit.before):
                self.notes.allowed.setdefault(_text(value), set()).update(texts)
            if choice is Choice.BEFORE:
                self.notes.rewritten.add(_text(edit.before))
            if choice is not Choice.MINE:
                self.notes.dropped.update(tokens_in(edit.value))

    def _drop(self, change: Change) -> None:
        tokens = tokens_of(change)
        self.notes.dropped.update(tokens)
        if change.phase not in (Phase.UNKNOWN, Phase.SENDING):
            self.notes.never.update(set(tokens) - self.notes.rewritten)


def _text(value: Any) -> str:
    tokens = tokens_in(value)
    return tokens[0] if tokens else ""
