"""What a page keeps in its storage, as a test looks at it."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page


def session_storage(page: Page) -> dict[str, str]:
    """Return all that lies in the tab's `sessionStorage`."""
    return dict(page.evaluate("() => ({...sessionStorage})"))


def library_keys(page: Page) -> list[str]:
    """Return the names of what the library keeps there."""
    return [key for key in session_storage(page) if key.startswith("podio.")]


def sessions(page: Page) -> list[dict[str, Any]]:
    """Return the stored sessions; there is one at most."""
    return [json.loads(text) for key, text in session_storage(page).items() if ".session." in key]


def token_of(page: Page) -> str:
    """Return the token of the page's session."""
    (session,) = sessions(page)
    return str(session["access_token"])


def await_snapshot(page: Page) -> None:
    """Wait until the service worker has kept the memory snapshot: the last that it fetches behind the start."""
    page.evaluate(
        """async () => {
          await navigator.serviceWorker.ready;
          const { appSnapshot, appCopy } = document.documentElement.dataset;
          const address = new URL(appSnapshot, document.baseURI).href;
          const { pathname } = new URL("./", document.baseURI);
          const cacheName = `podio-workbench ${encodeURIComponent(pathname)} ${appCopy}`;
          while (!(await caches.match(address, { cacheName }))) await new Promise((resolve) => setTimeout(resolve, 50));
        }"""
    )


def is_restored(page: Page) -> bool:
    """Return whether Python was started from the snapshot."""
    return bool(page.evaluate("performance.getEntriesByName('workbench:restored').length"))


def drafts(page: Page) -> list[Any]:
    """Return the drafts in IndexedDB, a record by form and tab; none where the page has made no database yet."""
    names = page.evaluate("async () => (await indexedDB.databases()).map(({ name }) => name)")
    if "podio-workbench" not in names:
        return []
    return list(
        page.evaluate(
            """() => new Promise((resolve, reject) => {
              const opening = indexedDB.open("podio-workbench");
              opening.onerror = () => reject(opening.error);
              opening.onsuccess = () => {
                const reading = opening.result.transaction("drafts").objectStore("drafts").getAll();
                reading.onsuccess = () => {
                  opening.result.close();
                  resolve(reading.result.map((record) => ({ ...record, form: [record.form].flat()[0] })));
                };
              };
            })"""
        )
    )
