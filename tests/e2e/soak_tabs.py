"""A tab of the seeded run, and the network between it and Podio, where a call can be held up."""

from __future__ import annotations

import base64
import json
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import httpx2
from playwright.sync_api import CDPSession, Error, Page, expect
from tests.e2e.driving import expect_closed, expect_state, grant

from workbench.outbox import Change, Outbox, read_change

POPUPS_BLOCKED = """
const open = window.open;
window.open = (...options) => (localStorage["soak.opens"] ? open.apply(window, options) : null);
"""
"""A script for a page: no window opens but where the test lets one. A browser lets one open for five seconds after a
click, and a test's look at the page counts as one: how a seed ends would depend on how fast the machine is."""

_CLICK = """(selector) => {
  const found = document.querySelector(selector);
  found?.click();
  return Boolean(found);
}"""
_CHANGING = ("POST", "PUT", "DELETE")


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """Where a tab stands.

    Attributes:
        is_calm: Whether nothing is under way but the sender's calls, or calls that wait for a sign-in.
        is_calling: Whether the sender's call is under way.
        is_working: Whether the sender has something to do, be it that it waits for another tab's.
        is_renewing: Whether calls wait for the user to sign in again.
        outbox: The changes that the page shows as unsent.
        drafts: The texts that are typed and not submitted.
    """

    is_calm: bool
    is_calling: bool
    is_working: bool
    is_renewing: bool
    outbox: Outbox
    drafts: tuple[str, ...]


class HeldCall:
    """A call that the network holds up: it left the tab, and Podio doesn't have it yet."""

    def __init__(self, devtools: CDPSession, event: dict[str, Any]) -> None:
        self._devtools = devtools
        self._id = event["requestId"]
        self._request = event["request"]
        self.is_tab_gone = False

    def let_go(self) -> None:
        """Let Podio carry it out; the tab that is gone gets no answer."""
        if not self.is_tab_gone:
            with suppress(Error):  # the page may have given it up meanwhile: then Podio never gets it
                self._devtools.send("Fetch.continueRequest", {"requestId": self._id})
            return
        request = self._request
        entries = request.get("postDataEntries", [])
        body = b"".join(base64.b64decode(entry["bytes"]) for entry in entries) or request.get("postData", "").encode()
        headers = {name: value for name, value in request["headers"].items() if name.lower() != "content-length"}
        with suppress(httpx2.TransportError):  # a fault may await it
            httpx2.request(request["method"], request["url"], headers=headers, content=body, trust_env=False)


class Tab:
    """A tab in which Ada works.

    Attributes:
        held: Its call that the network holds up, if any.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.held: HeldCall | None = None
        self._devtools = page.context.new_cdp_session(page)
        self._devtools.on("Fetch.requestPaused", self._paused)
        self._is_armed = False
        self.expect_started()

    @property
    def is_held_up(self) -> bool:
        """Whether the tab waits for its call that the network holds up."""
        return self.held is not None and not self.held.is_tab_gone

    def expect_started(self) -> None:
        """Wait until the page is up."""
        expect(self.page.locator("html")).to_have_attribute("data-probe", "ready")

    def look(self, *, awaits_sender: bool = False) -> Look:
        """Return where the tab stands, once nothing goes on in it, or after a while."""
        look = json.loads(self.page.evaluate("(awaits) => soak_look(awaits)", awaits_sender))
        outbox = Outbox(tuple(map(_change, look.pop("outbox"))))
        return Look(**{**look, "outbox": outbox, "drafts": tuple(look["drafts"])})

    def wake(self) -> None:
        """Let the sender look at the clock."""
        self.page.evaluate("soak_wake()")

    def go(self, route: str) -> None:
        """Go to a route of the page."""
        self.page.evaluate("(route) => soak_go(route)", route)

    def value(self, selector: str) -> str | None:
        """Return what a control holds; None where there is none."""
        value = self.page.evaluate("(selector) => document.querySelector(selector)?.value ?? null", selector)
        return None if value is None else str(value)

    def has(self, selector: str) -> bool:
        """Return whether there is something that a selector finds."""
        return bool(self.page.evaluate("(selector) => Boolean(document.querySelector(selector))", selector))

    def fill(self, selector: str, text: str) -> None:
        """Type a text."""
        self.page.locator(selector).fill(text)

    def click(self, selector: str) -> bool:
        """Click on the first of what a selector finds; return whether there is one."""
        return bool(self.page.evaluate(_CLICK, selector))

    def listed(self) -> list[tuple[str, str]]:
        """Return what the page lists as unsent: each change's id, and where it stands."""
        if not self.click("#show-unsent"):
            return []
        dialog = self.page.get_by_role("dialog", name="Unsent changes")
        expect(dialog).to_be_visible()
        entries = dialog.locator("#unsent-list > li").evaluate_all(
            "(all) => all.map((li) => [li.id, li.dataset.change])"
        )
        dialog.get_by_role("button", name="Close").click()
        return [(entry.removeprefix("unsent-"), phase) for entry, phase in entries]

    def reload(self) -> None:
        """Load the page again, whatever is under way."""
        if self.held is not None:
            self.held.is_tab_gone = True
        self.page.reload()
        expect_state(self.page, "signed-in")
        self.expect_started()

    def close(self) -> None:
        """Close the tab, whatever is under way."""
        if self.held is not None:
            self.held.is_tab_gone = True
        self.page.close()

    def hold_next(self) -> None:
        """Hold up the next call that changes something."""
        self._is_armed = True
        self._devtools.send(
            "Fetch.enable", {"patterns": [{"urlPattern": "http://127.0.0.1:*", "requestStage": "Request"}]}
        )

    def hold_no_more(self) -> None:
        """Let calls pass."""
        self._is_armed = False
        if self.held is None:
            self._devtools.send("Fetch.disable")

    def let_go(self) -> None:
        """Let Podio carry the held call out."""
        call, self.held = self.held, None
        if call is not None:
            call.let_go()
            self._devtools.send("Fetch.disable")

    def sign_in_again(self) -> None:
        """Sign in again in the window that the page opens."""
        self.page.evaluate("localStorage['soak.opens'] = 'yes'")
        with self.page.context.expect_page() as page_info:
            self.page.get_by_role("button", name="Sign in again", exact=True).first.click()
        expect_closed(page_info.value)
        self.page.evaluate("localStorage.removeItem('soak.opens')")

    def sign_out_and_in(self) -> None:
        """Sign out, whatever isn't sent, and sign in again."""
        self.page.get_by_role("button", name="Sign out", exact=True).click()
        anyway = self.page.get_by_role("button", name="Sign out and delete drafts")
        signed_out = self.page.locator("html[data-app-state=signed-out]")
        expect(anyway.or_(signed_out).first).to_be_attached()
        if anyway.count():
            anyway.click()
        expect_state(self.page, "signed-out")
        self.page.get_by_role("button", name="Sign in with Podio").click()
        grant(self.page)
        expect_state(self.page, "signed-in")
        self.expect_started()

    def _paused(self, event: dict[str, Any]) -> None:
        if self._is_armed and self.held is None and event["request"]["method"] in _CHANGING:
            self._is_armed = False
            self.held = HeldCall(self._devtools, event)
        else:
            self._devtools.send("Fetch.continueRequest", {"requestId": event["requestId"]})


def _change(text: str) -> Change:
    change = read_change(text)
    assert change is not None, text
    return change
