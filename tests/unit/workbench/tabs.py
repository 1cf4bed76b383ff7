"""Several tabs of one user over one storage: the page's own decisions, with what the browser does in their place."""

from __future__ import annotations

from collections.abc import Callable

from tests.unit.workbench.driver import NOW, Page

from workbench import clicks
from workbench.draft_records import Name, StoredDraft, TabDrafts
from workbench.effects import (
    AdoptDraft,
    DecideChange,
    Effect,
    FindOtherDrafts,
    LoadDrafts,
    PutChange,
    RemoveDraft,
    StoreDraft,
)
from workbench.events import (
    ChangeDenied,
    ChangeGone,
    ChangeSettled,
    ChangesRead,
    ChangeStored,
    Clicked,
    DraftsDenied,
    DraftsLoaded,
    DraftStored,
    Event,
    FragmentChanged,
    OtherDraftsFound,
    Submitted,
    Typed,
)
from workbench.outbox import Event as OutboxEvent
from workbench.outbox import Outbox, Settlement, add, apply


class Browser:
    """What the tabs share.

    Attributes:
        records: The stored drafts by name.
        outbox: The unsent changes.
        tabs: The tabs that are open.
        is_full: Whether the storage takes nothing more.
        full_for: The forms whose drafts are too large for it.
        stale: The names of records for whose newer texts there was no room.
    """

    def __init__(self, signed_in: Callable[..., Page]) -> None:
        self.records: dict[Name, StoredDraft] = {}
        self.outbox = Outbox()
        self.tabs: list[Tab] = []
        self.is_full = False
        self.full_for: frozenset[str] = frozenset()
        self.stale: set[Name] = set()
        self.number = 0
        self._signed_in = signed_in

    def open(self, fragment: str, *, loads: bool = True) -> Tab:
        """Open a tab; one that doesn't load yet has not found the drafts that are stored."""
        self.number += 1
        tab = Tab(self, str(self.number), self._signed_in(fragment))
        self.tabs.append(tab)
        tab.take(ChangesRead(outbox=self.outbox))
        if loads:
            tab.load()
        return tab

    def texts(self, control: str = "text") -> list[str]:
        """Return what is stored of a control, by all tabs, the oldest first."""
        return [draft.texts[control] for draft in sorted(self.records.values(), key=lambda draft: draft.when)]

    def open_tabs(self) -> set[str]:
        """Return the ids that open tabs hold: their own, and those of the tabs that they have taken over from."""
        return {name for tab in self.tabs for name in tab.held_tabs}

    def refuses(self, form: str) -> bool:
        """Whether a draft of this form finds no room."""
        return self.is_full or form in self.full_for

    def happen(self, change_id: str, *events: OutboxEvent) -> None:
        """Let something happen to a change; the tab that was opened first is the one that sends."""
        for event in events:
            before = self.outbox
            self.outbox, commands = apply(before, change_id, event, NOW)
            self.show()
            for command in commands:
                if isinstance(command, Settlement):
                    self.tabs[0].take(ChangeSettled(settlement=command))
            for change in before.changes:
                if self.outbox.get(change.change_id) is None:
                    for tab in self.tabs:
                        tab.take(ChangeGone(change=change))

    def show(self) -> None:
        """Show all tabs what the outbox holds."""
        for tab in self.tabs:
            tab.take(ChangesRead(outbox=self.outbox))


class Tab:
    """One tab.

    Attributes:
        is_slow: Whether to store a change takes until `end_put`.
        puts: The changes that are being stored.
        held_tabs: The ids that it holds: its own, and those of the tabs that it has taken over from.
    """

    def __init__(self, browser: Browser, tab: str, page: Page) -> None:
        self.browser = browser
        self.page = page
        self.drafts = TabDrafts(tab)
        self.held_tabs = {tab}
        self.is_slow = False
        self.puts: list[PutChange] = []

    def take(self, *events: Event) -> None:
        """Take events, and do what follows."""
        for event in events:
            effects = self.page.take(event)
            stored_forms = {effect.form for effect in effects if isinstance(effect, StoreDraft)}
            for effect in effects:
                if not isinstance(effect, RemoveDraft) or effect.form not in stored_forms:
                    self._do(effect)

    def load(self) -> None:
        """Find the drafts that are stored."""
        found = self.drafts.find(self.browser.records.values(), self.browser.open_tabs())
        self.take(DraftsLoaded(user_id=1, **found._asdict()))

    def close(self) -> None:
        """Be closed, or crash: what is stored is stored."""
        self.browser.tabs.remove(self)

    def reload(self, fragment: str) -> Tab:
        """Close, and open another page in this place."""
        self.close()
        return self.browser.open(fragment)

    def type(self, form: str, text: str, control: str = "text") -> None:
        """Type a text into a control."""
        self.take(Typed(form=form, control=control, text=text, now=NOW))

    def text(self, form: str, control: str = "text") -> str:
        """Return what is typed in a control."""
        return self.page.state.account.drafts.get(form, {}).get(control, "")

    def discard(self, form: str) -> None:
        """Discard a draft, and mean it."""
        self.take(Clicked(click=clicks.Discard(form=form)), Clicked(click=clicks.ConfirmDiscard()))

    def submit(self, form: str, **texts: str) -> None:
        """Submit a form that holds these texts."""
        self.browser.number += 1
        self.take(Submitted(form=form, texts=texts, nonce=f"{self.browser.number:032x}", now=NOW))

    def go(self, fragment: str) -> None:
        """Go to another address."""
        self.take(FragmentChanged(fragment=fragment))

    def _do(self, effect: Effect) -> None:
        records, names = self.browser.records, self.drafts.names
        match effect:
            case LoadDrafts():
                self.load()
            case FindOtherDrafts(user_id=user_id):
                drafts = self.drafts.others(user_id, records.values())
                self.take(OtherDraftsFound(user_id=user_id, drafts=drafts))
            case AdoptDraft(user_id=user_id, form=form, tab=tab):
                self.held_tabs.add(tab)
                self.drafts.adopt(user_id, form, tab)
            case StoreDraft(user_id=user_id, form=form) if self.browser.refuses(form):
                self.browser.stale |= {*names(user_id, form)}
                self.take(DraftsDenied(form=form, is_full=True))
            case StoreDraft(user_id=user_id, form=form, texts=texts):
                self.browser.number += 1
                self.drafts.note_typed(form)
                for name in self.drafts.adopted(user_id, form):
                    records.pop(name, None)
                self.browser.stale.discard(self.drafts.own(form))
                records[self.drafts.own(form)] = StoredDraft(form, self.drafts.tab, self.browser.number, texts)
                self.take(DraftStored(form=form))
            case RemoveDraft(user_id=user_id, form=form):
                for name in names(user_id, form):
                    records.pop(name, None)
            case PutChange():
                self.drafts.begin_submission(effect.form)
                self.puts.append(effect)
                if not self.is_slow:
                    self.end_put()
            case DecideChange(change_id=change_id, event=event):
                self.browser.happen(change_id, event)

    def end_put(self) -> None:
        """Have a change stored, or not, and hear of it."""
        put = self.puts.pop(0)
        if self.browser.is_full:
            self.take(ChangeDenied(form=put.form, is_full=True))
            return
        self.store_put(put)
        self.take(ChangeStored(form=put.form, change=put.change))

    def store_put(self, put: PutChange) -> None:
        """Store a change."""
        browser = self.browser
        browser.outbox = add(browser.outbox, put.change, NOW)
        for name in self.drafts.submitted(self.page.state.account.user_id, put.form):
            browser.records.pop(name, None)
        browser.show()
