"""Visits of the built site, and of a bare page as a yardstick; a tab that crashes is not a page that fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from playwright.sync_api import Error, Page, expect

BARE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Bare</title><link rel="icon" href="data:,">
<p id="text">Loading</p>
<script type="module">
  import { loadPyodide } from "./pyodide/pyodide.mjs";
  await loadPyodide();
  document.getElementById("text").textContent = "Python is up";
  performance.mark("workbench:interactive");
  document.documentElement.dataset.appState = "up";
</script></html>
"""
INTERACTIVE = "performance.getEntriesByName('workbench:interactive')[0]?.startTime ?? null"
SIGNED = re.compile("^signed-")
PROFILES: list[str] = []
"""The profiles of all browsers so far; the last is the newest browser's."""
MEGABIT = 1_000_000 / 8


class TabCrashed(Exception):
    """The browser's process of the page has died."""


def interactive(page: Page) -> float:
    expect(page.locator("html")).not_to_have_attribute("data-app-state", "loading", timeout=90_000)
    time = None
    while time is None:
        time = page.evaluate(f"new Promise((done) => requestAnimationFrame(() => done({INTERACTIVE})))")
    return float(time)


@contextmanager
def crash_reported(page: Page) -> Iterator[None]:
    """Raise TabCrashed where anything fails because the page's tab has crashed."""
    crashes: list[Page] = []

    def note(crashed: Page) -> None:
        crashes.append(crashed)

    page.on("crash", note)
    try:
        yield
    except (Error, AssertionError):
        with suppress(Error):
            page.evaluate("0")  # a navigation fails before the crash behind it is reported
        if crashes:
            raise TabCrashed from None
        raise
    finally:
        page.remove_listener("crash", note)


def visit(page: Page, url: str) -> float:
    """Visit the page, and return after how many milliseconds it could be used.

    Raises:
        TabCrashed: The tab has crashed meanwhile.
    """
    with crash_reported(page):
        page.goto(url, timeout=90_000)
        state = "up" if "/bare/" in url else SIGNED
        expect(page.locator("html")).to_have_attribute("data-app-state", state, timeout=90_000)
        return interactive(page)
