"""Whatever is typed, emptied, submitted, refused, discarded, in whichever tab and order: no text is lost or changed.

Each text that is typed is a word of its own. It is kept in storage, in the outbox, or at Podio, until its user lets it
go: by typing something else in its place, or by discarding it where it is theirs to discard. What was let go, or is in
the outbox, is no draft any more. A seed that fails prints what was done.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from tests.unit.workbench.driver import NOW, Page
from tests.unit.workbench.one_item import Podio, QuickPage, words_of
from tests.unit.workbench.tabs import Browser, Tab

from workbench import clicks
from workbench import state as states
from workbench.core.clicks import Click
from workbench.events import Clicked, SignOutEnded, Started
from workbench.form_drafts import _first_text
from workbench.outbox import (
    Change,
    Conflicted,
    Due,
    FieldEdit,
    ItemNow,
    ItemRead,
    Lost,
    Phase,
    Refused,
    UpdateItem,
)
from workbench.state import Phase as PagePhase
from workbench.state import Site
from workbench.views.form_parts import _drafted

EDIT, COMMENT, NEW = "edit:item:9", "comment:item:9", "new:app:7"
PAGES = {EDIT: "#/app/7/item/9/edit", COMMENT: "#/app/7/item/9", NEW: "#/app/7/new"}
CONTROLS = {EDIT: ("f1", "f2"), COMMENT: ("text",), NEW: ("f1", "f2")}
PLACES = [(form, control) for form, controls in CONTROLS.items() for control in controls]
SEEDS, STEPS = 30, 60


class Walk:
    """Two tabs of one user, who does this and that.

    Attributes:
        kept: The words that must be kept, with the tab that typed them or took them over.
        let_go: The words that must not come back.
        settled: The words that were replaced, or dropped, in the outbox.
        copied: The words that may lie in two places, for a tab that starts shows those of another.
        screen: What the user sees of what they typed, by tab, form and control.
    """

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.log: list[str] = []
        self.podio = Podio()
        self.browser = Browser(self.start)
        self.number = 1000
        self.kept: dict[str, Tab] = {}
        self.let_go: set[str] = set()
        self.settled: set[str] = set()
        self.copied: set[str] = set()
        self.screen: dict[tuple[Tab, str, str], str] = {}
        self.tabs = [self.open(COMMENT), self.open(COMMENT)]
        self.form = chance.choice([*PAGES])  # where most happens

    def start(self, fragment: str) -> Page:
        page = QuickPage(self.podio)
        site = Site(client_id="workbench", host="example.com")
        page.take(Started(site=site, fragment=fragment, now=NOW, signed_in=True, user_id=1, expires_at=NOW + 28_800))
        return page

    def open(self, form: str) -> Tab:
        stored = list(self.browser.records.values())
        open_tabs = self.browser.open_tabs()
        tab = self.browser.open(PAGES[form])
        for found, texts in tab.page.state.account.drafts.items():
            drafts = [draft for draft in stored if draft.form == found]
            newest = max(drafts, key=lambda draft: draft.when)
            assert texts == newest.texts, "the newest draft is shown"
            words = {word for control in CONTROLS[found] for word in texts.get(control, "").split()}
            if newest.tab in open_tabs:
                self.copied |= words
            else:
                self.kept |= dict.fromkeys(words & self.kept.keys(), tab)
                for control in texts.keys() & {*CONTROLS[found]}:
                    self.screen[tab, found, control] = texts[control]
        return tab

    # What the user does

    def step(self) -> None:
        actions: dict[Callable[[], object], int] = {
            self.type: 30,
            self.submit: 15,
            self.store_changes: 12,
            self.send: 10,
            self.discard: 4,
            self.reload: 8,
            self.decide: 10,
            self.sign_out: 3,
            self.fill_the_storage: 3,
            self.edit_as_somebody_else: 3,
            self.look_elsewhere: 2,
        }
        (action,) = self.chance.choices([*actions], [*actions.values()])
        note = action()
        self.log.append(f"{action.__name__} {note or ''}")

    def place(self) -> tuple[Tab, str]:
        form = self.form if self.chance.random() < 0.7 else self.chance.choice([*PAGES])
        return self.tabs[self.chance.random() < 0.3], form

    def type(self) -> str:
        tab, form = self.place()
        control = self.chance.choice(CONTROLS[form])
        tab.go(PAGES[form])
        self.drop(tab, form, control)
        self.number += 1
        word = "" if self.chance.random() < 0.2 else str(self.number)
        tab.type(form, word, control)
        self.screen[tab, form, control] = word
        if word and not self.browser.refuses(form):
            self.kept[word] = tab
        return f"{word!r} in {control} of {form} in {tab.drafts.tab}"

    def drop(self, tab: Tab, form: str, *controls: str) -> None:
        """Let go of what is typed in some controls."""
        for control in controls or CONTROLS[form]:
            self.screen.pop((tab, form, control), None)
            for word in tab.text(form, control).split():
                if self.kept.get(word) is tab and word not in self.words_in_outbox():
                    self.let_go.add(word)
                if word in self.let_go or word in self.words_in_puts():
                    self.kept.pop(word, None)

    def words_in_outbox(self) -> set[str]:
        """Return what is in the outbox, or about to be."""
        return {word for c in self.browser.outbox.changes for word in words_of(c.operation)} | self.words_in_puts()

    def words_in_puts(self) -> set[str]:
        return {word for tab in self.browser.tabs for put in tab.puts for word in words_of(put.change.operation)}

    def look_elsewhere(self) -> None:
        for tab in self.tabs:
            tab.go("#/")

    def discard(self) -> str:
        tab, form = self.place()
        self.drop(tab, form)
        tab.discard(form)
        return f"{form} in {tab.drafts.tab}"

    def submit(self) -> str:
        tab, form = self.place()
        tab.go(PAGES[form])
        if states.is_busy(tab.page.state, form):
            return "not"
        texts = {control: self.shown(tab, form, control) for control in CONTROLS[form]}
        old_words = self.words_in_outbox()
        tab.is_slow = True
        tab.submit(form, **texts)
        self.replace(old_words)
        self.look_again(tab, form)
        return f"{form} in {tab.drafts.tab}"

    def look_again(self, tab: Tab, form: str) -> None:
        """See what a form shows that was emptied, or of which a part is on its way."""
        for control in CONTROLS[form]:
            text = self.screen.get((tab, form, control))
            if text is not None and self.shown(tab, form, control) != text:
                places = self.words_in_outbox() | self.podio.words
                assert not {*text.split()} & self.kept.keys() - places, f"{text} is gone from {form}"
                del self.screen[tab, form, control]

    def store_changes(self) -> str:
        """End what the tabs have begun to store of changes."""
        for tab in self.tabs:
            while tab.puts:
                old_words = self.words_in_outbox() - self.words_in_puts()
                tab.end_put()
                self.replace(old_words)
                self.look_at_all()
        return ""

    def replace(self, old_words: set[str]) -> None:
        """Let go of what was seen in the outbox and replaced there."""
        self.settled |= old_words - self.words_in_outbox()
        for word in self.settled:
            self.kept.pop(word, None)

    def reload(self) -> str:
        place, form = self.chance.randrange(2), self.chance.choice([*PAGES])
        old = self.tabs[place]
        if states.would_lose_text(old.page.state):
            return "not: the browser asks"
        self.screen = {key: word for key, word in self.screen.items() if key[0] is not old}
        is_in_time = self.chance.random() < 0.5
        for put in old.puts:
            self.copied |= self.words_stored(old.drafts.own(put.form))
            if is_in_time:
                old_words = self.words_in_outbox()
                old.store_put(put)  # and the page is gone before it hears that
                self.copied |= words_of(put.change.operation)  # may be there twice, and isn't sent twice
                self.replace(old_words)
        old.puts.clear()
        old.close()
        self.browser.show()
        self.look_at_all()
        self.tabs[place] = self.open(form)
        return f"{old.drafts.tab}, now {self.tabs[place].drafts.tab}"

    def sign_out(self) -> str:
        """Click "Sign out", and stay where the page asks."""
        tab = self.chance.choice(self.tabs)
        tab.take(Clicked(click=clicks.SignOut()))
        if not tab.page.state.leaving:
            tab.take(Clicked(click=clicks.CloseDialog()))
            return "and stay"
        assert not {*self.kept} & (self.words_stored() | self.words_in_outbox()), "signed out without a question"
        for old in (*self.tabs,):
            old.take(SignOutEnded())
            old.close()
        assert all(old.page.state.phase is PagePhase.SIGNED_OUT for old in self.tabs)
        self.kept, self.screen, self.browser.records = {}, {}, {}
        self.tabs = [self.open(COMMENT), self.open(COMMENT)]
        return ""

    def fill_the_storage(self) -> str:
        self.browser.is_full = self.chance.choice([True, False, False])
        self.browser.full_for = self.chance.choice([frozenset(), frozenset({self.form})])
        return f"{self.browser.is_full} {self.browser.full_for}"

    # What happens to a change

    def first(self, *phases: Phase) -> Change | None:
        return next((change for change in self.browser.outbox.changes if change.phase in phases), None)

    def send(self) -> str:
        change = self.first(Phase.PENDING)
        if change is None:
            return ""
        self.browser.happen(change.change_id, Due())
        change = self.browser.outbox.get(change.change_id)
        if change is None:
            return "dropped"
        operation, outcome = change.operation, self.chance.choice(["done", "done", "refused", "lost"])
        if isinstance(operation, UpdateItem) and operation.revision != self.podio.revision:
            now = ItemNow(9, self.podio.revision, dict(self.podio.values))
            self.browser.happen(change.change_id, Conflicted(), ItemRead(now))
        elif outcome == "done":
            self.browser.happen(change.change_id, self.podio.take(operation))
        elif outcome == "lost":
            self.browser.happen(change.change_id, Lost("No answer."), self.podio.take(operation))
        else:
            self.browser.happen(change.change_id, Refused("No."))
        self.look_at_all()
        return outcome

    def look_at_all(self) -> None:
        for tab in self.tabs:
            for form in PAGES:
                self.look_again(tab, form)

    def edit_as_somebody_else(self) -> None:
        self.number += 1
        self.podio.take(UpdateItem(9, {"name": FieldEdit("text", str(self.number))}, self.podio.revision))

    def decide(self) -> str:
        """Decide about what was refused, or conflicts."""
        change, tab = self.first(Phase.FAILED, Phase.CONFLICT), self.place()[0]
        if change is None:
            return ""
        old_words, words = self.words_in_outbox(), words_of(change.operation)
        choice: type[Click]
        if change.phase is Phase.CONFLICT:
            choice = self.chance.choice([clicks.KeepMine, clicks.TakeTheirs])
            tab.take(Clicked(click=choice(change_id=change.change_id)))
            self.replace(old_words)
            for word in map(str, change.theirs.values()):
                self.kept.pop(word, None)
        else:
            choice = self.chance.choice([clicks.SendChange, clicks.EditChange, clicks.DiscardChange])
            has_form = any(
                submission.change_id == change.change_id for submission in tab.page.state.account.submissions.values()
            )
            shown = {*" ".join(self.shown(tab, *place) for place in PLACES).split()} if has_form else set()
            tab.take(Clicked(click=choice(change_id=change.change_id)))
            if choice is clicks.EditChange:
                self.kept |= {word: tab for word in words & self.kept.keys() if word not in self.words_in_outbox()}
                self.screen.pop((tab, COMMENT, "text"), None)  # what was refused is before it now
                if self.browser.refuses(COMMENT):
                    self.replace(old_words)  # it is on the screen alone, and the page says so
            if choice is clicks.DiscardChange:
                tab.take(Clicked(click=clicks.ConfirmDiscardChange()))
                self.kept |= dict.fromkeys(words & shown & self.kept.keys(), tab)
                self.replace(old_words - shown)
        self.look_at_all()
        return f"{choice.__name__} {change.operation}"

    # What must be so

    def shown(self, tab: Tab, form: str, control: str) -> str:
        """Return what a control holds: what is typed, or what the form is drawn with."""
        texts = _drafted(tab.page.state, form)
        return texts[control] if control in texts else _first_text(tab.page.state, form, control) or ""

    def words_stored(self, *names: object) -> set[str]:
        """Return what lies in the records of these names, or in all."""
        return {
            word
            for name, draft in self.browser.records.items()
            if name in (names or self.browser.records)
            for control, text in draft.texts.items()
            if not control.startswith("_")
            for word in text.split()
        }

    def check(self) -> None:
        outbox, stored = self.words_in_outbox(), self.words_stored()
        for (tab, form, control), text in self.screen.items():
            assert self.shown(tab, form, control) == text, f"{form} {control} of {tab.drafts.tab} has changed"
            is_kept = {*text.split()} <= outbox | stored | self.podio.words | self.settled
            assert is_kept or states.would_lose_text(tab.page.state), f"{text} isn't stored, and nothing says so"
        lost = self.kept.keys() - outbox - stored - self.podio.words
        assert not lost, f"{lost} lost"
        busy = {tab.drafts.own(put.form) for tab in self.tabs for put in tab.puts}
        for name in self.browser.records:
            back = (self.words_stored(name) - self.copied) & (
                (self.let_go - {*self.kept}) | self.podio.words | (outbox - self.words_in_puts())
            )
            assert name in self.browser.stale | busy or not back, f"{back} is a draft again"


@pytest.mark.parametrize("block", range(4))
def test_no_text_is_lost_or_changed_or_comes_back(block: int) -> None:
    for seed in range(block * SEEDS, (block + 1) * SEEDS):
        walk = Walk(random.Random(seed))
        try:
            for _ in range(STEPS):
                walk.step()
                walk.check()
        except AssertionError as error:
            raise AssertionError("\n".join([f"seed {seed}:", *walk.log, str(error)])) from error
