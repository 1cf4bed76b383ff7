"""Podio's answers, and a page to drive in its stead: what the workbench's tests share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import htpy as h

from workbench import page_view
from workbench.core.parts import Renderer
from workbench.effects import Call, DecideChange, Effect, PutChange
from workbench.events import CallAnswered, CallFailed, ChangeSettled, ChangesRead, ChangeStored, Event
from workbench.failures import Failure
from workbench.outbox import Change, Settlement, add, apply
from workbench.outbox import Event as OutboxEvent
from workbench.state import State
from workbench.transitions import update

NOW = 1_800_000_000.0

STATUS = {
    "user": {"user_id": 1, "mail": "ada@example.com"},
    "profile": {"profile_id": 11, "user_id": 1, "name": "Ada &amp; Co"},
}
ORGS = [
    {
        "org_id": 5,
        "name": "Acme",
        "spaces": [{"space_id": 6, "org_id": 5, "name": "Sales"}, {"space_id": 8, "name": "R&amp;D"}],
    }
]
APPS = [
    {"app_id": 7, "status": "active", "space_id": 6, "config": {"name": "Leads &amp; Clients", "item_name": "Lead"}}
]


def podio_field(field_id: int, kind: str, label: str, **settings: Any) -> dict[str, Any]:
    """A field of an app's template as Podio sends it."""
    return {
        "field_id": field_id,
        "type": kind,
        "external_id": label.lower(),
        "label": label,
        "status": "active",
        "config": {"label": label, "delta": field_id, "visible": True, "settings": settings or None},
    }


APP = {
    "app_id": 7,
    "space_id": 6,
    "token": "a-credential",
    "config": {"name": "Leads &amp; Clients", "item_name": "Lead"},
    "fields": [
        podio_field(1, "text", "Name", size="small", format="plain"),
        podio_field(2, "number", "Size", decimals=0),
        podio_field(
            3, "category", "Phase", multiple=False, options=[{"id": 1, "text": "New"}, {"id": 2, "text": "Won"}]
        ),
        podio_field(4, "money", "Worth", allowed_currencies=["EUR", "USD"]),
    ],
}


def item_answer(item_id: int = 9, **changes: Any) -> dict[str, Any]:
    """An item as Podio sends it."""
    return {
        "item_id": item_id,
        "app": {"app_id": 7},
        "title": f"Item {item_id}",
        "revision": 3,
        "created_by": {"name": "Grace"},
        "created_on": "2026-11-21 08:00:00",
        "fields": [
            {"field_id": 1, "type": "text", "label": "Name", "values": [{"value": "Hopper"}]},
            {"field_id": 2, "type": "number", "label": "Size", "values": [{"value": "12.0000"}]},
        ],
        **changes,
    }


ROWS = {"total": 31, "filtered": 31, "items": [item_answer(number) for number in range(100, 130)]}


class Page:
    """A page's state with the effects so far; responds to calls by their path."""

    def __init__(self, state: State | None = None) -> None:
        self.state = state or State()
        self._renderer = Renderer(page_view.page)
        self.effects: list[Effect] = []

    def take(self, *events: Event) -> list[Effect]:
        """Take events and give the effects of the last."""
        effects: tuple[Effect, ...] = ()
        for event in events:
            self.state, effects = update(self.state, event)
            self.effects.extend(effects)
            # Parts that were rendered before are used again: whatever happens, the page is as if made from nothing.
            assert self._renderer.render(self.state) == html(self)
        return list(effects)

    def calls(self, path: str = "", method: str = "") -> list[Call]:
        """All calls that were requested, of a path and method."""
        return [
            effect
            for effect in self.effects
            if isinstance(effect, Call) and path in ("", effect.path) and method in ("", effect.method)
        ]

    def last_call(self, path: str, method: str = "") -> Call:
        """The newest call of a path."""
        return self.calls(path, method)[-1]

    def answer(self, path: str, answer: Any, method: str = "") -> list[Effect]:
        """Answer the newest call of a path."""
        return self.take(CallAnswered(tag=self.last_call(path, method).tag, response=answer))

    def fail(self, path: str, failure: Failure, method: str = "") -> list[Effect]:
        """Let the newest call of a path fail."""
        return self.take(CallFailed(tag=self.last_call(path, method).tag, failure=failure))

    def effects_of(self, kind: type[Any]) -> list[Any]:
        """All effects of a kind so far."""
        return [effect for effect in self.effects if isinstance(effect, kind)]


def store_change(page: Page) -> Change:
    """Store the newest change that the page has put into the outbox, as its driver does."""
    put: PutChange = page.effects_of(PutChange)[-1]
    outbox = add(page.state.account.outbox, put.change, NOW)
    page.take(ChangesRead(outbox=outbox), ChangeStored(form=put.form, change=put.change))
    return put.change


def let_happen(page: Page, change: Change, *events: OutboxEvent) -> Change | None:
    """Let something happen to a change in the outbox, and give the change as it is then."""
    for event in events:
        outbox, commands = apply(page.state.account.outbox, change.change_id, event, NOW)
        page.take(ChangesRead(outbox=outbox))
        page.take(*(ChangeSettled(settlement=command) for command in commands if isinstance(command, Settlement)))
    return page.state.account.outbox.get(change.change_id)


def decide(page: Page) -> Change | None:
    """Let the newest decision of the user happen."""
    effect: DecideChange = page.effects_of(DecideChange)[-1]
    change = page.state.account.outbox.get(effect.change_id)
    assert change is not None
    return let_happen(page, change, effect.event)


def html(page: Page) -> str:
    """Return what the page shows."""
    return "".join(str(h.fragment[page_view.page(page.state)]))  # as a plain text, which escapes nothing that is added


ANSWERS: dict[str, Any] = {
    "/user/status": STATUS,
    "/org/": ORGS,
    "/app/space/6/": APPS,
    "/app/space/8/": [],
    "/app/7": APP,
    "/item/app/7/filter/": ROWS,
    "/item/9": item_answer(),
    "/comment/item/9/": [],
}


def answer_all(page: Page, but: Iterable[str] = ()) -> None:
    """Answer whatever is waited for, in Podio's stead."""
    tags: set[int] = set()
    while True:
        open_calls = [
            call for call in page.calls() if call.tag not in tags and call.path in ANSWERS and call.path not in but
        ]
        if not open_calls:
            return
        for call in open_calls:
            tags.add(call.tag)
            page.take(CallAnswered(tag=call.tag, response=ANSWERS[call.path]))
