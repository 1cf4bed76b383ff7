"""Where a token is, and where it is not: a canary goes through a sign-in and a renewal, and is then looked for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, CDPSession, Page, Request, expect
from tests.e2e.driving import PASSWORD, SHORT_WAITS, Console, Site, expect_closed, expect_state
from tests.e2e.kept import session_storage, token_of

DEEP = "#/app/34/item/340007"

EVERYWHERE = """async () => {
  const found = {
    html: document.documentElement.outerHTML,
    text: document.documentElement.innerText,
    fields: [...document.querySelectorAll("input, textarea, select")].map((each) => each.value),
    title: document.title,
    address: [location.href, document.URL, document.baseURI, document.referrer],
    window: [window.name, JSON.stringify(history.state)],
    localStorage: {...localStorage},
    cookies: document.cookie,
    resources: performance.getEntries().filter((each) => each.entryType !== "navigation")
      .map((each) => [each.entryType, each.name]),
    caches: [],
    databases: [],
    workers: await navigator.serviceWorker.getRegistrations().then((all) => all.length),
  };
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const type = (await cache.match(request)).headers.get("content-type") ?? "";
      found.caches.push([name, request.url, /text|json/.test(type) ? await (await cache.match(request)).text() : ""]);
    }
  }
  const asked = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  for (const {name} of await indexedDB.databases()) {
    const database = await asked(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const inside = database.transaction(store).objectStore(store);
      const content = [await asked(inside.getAllKeys()), await asked(inside.getAll())];
      found.databases.push([name, store, JSON.stringify(content)]);
    }
    database.close();
  }
  return JSON.stringify(found);
}"""


@pytest.fixture
def context(warm_context: BrowserContext) -> BrowserContext:
    return warm_context


def history_of(tab: CDPSession) -> list[str]:
    """Return what the entries of a tab's history hold, as the browser itself keeps them.

    Beside that it remembers what somebody typed (or a test opened) as they typed it: that is theirs.
    """
    entries = tab.send("Page.getNavigationHistory")["entries"]
    return [str(entry[name]) for entry in entries for name in ("url", "title")]


def test_tokens_are_in_session_storage_and_nowhere_else(
    open_page: Callable[..., Page],
    sign_in: Callable[..., None],
    context: BrowserContext,
    site: Site,
    console: Console,
) -> None:
    console.allow("status of 401")
    requests: list[tuple[str, str, dict[str, str]]] = []
    context.on("request", lambda request: requests.append((request.url, request.post_data or "", request.headers)))
    page = open_page(DEEP, state="signed-out")
    tab = context.new_cdp_session(page)
    sign_in(page)
    expect(page).to_have_title(re.compile("M-00007"))
    page.get_by_label("Add a comment").fill("half typed")
    first = token_of(page)

    # A renewal in the window, which stays at the consent page long enough to be looked at from the browser's side.
    context.clear_cookies()
    site.emulator.expire_tokens()
    page.evaluate("() => { location.hash = '#/app/31'; }")
    again = page.get_by_role("button", name="Sign in again", exact=True)
    expect(again.or_(page.get_by_text("Finish signing in"))).to_be_visible()
    if again.is_visible():
        with context.expect_page() as page_info:
            again.click()
        window = page_info.value
    else:
        window = context.pages[-1]
    expect(window.get_by_role("button", name="Grant access")).to_be_visible()
    beside = context.new_cdp_session(window)
    window_history = history_of(beside)
    window.get_by_label("E-mail").fill("ada@example.com")
    window.get_by_label("Password").fill(PASSWORD)
    with window.expect_event("close"):
        window.get_by_role("button", name="Grant access").click()
    expect(page.get_by_role("table")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    second = token_of(page)
    assert second != first

    places: dict[str, Any] = {
        "page": page.evaluate(EVERYWHERE),
        "console": console.lines,
        "history": history_of(tab),
        "window's history": window_history,
        "browser's cookies": context.cookies(),
        "Podio's log": site.emulator.requests(),
        "requested": [(url, posted) for url, posted, _ in requests if "#" not in url],
        "referrers": [headers.get("referer", "") for _, _, headers in requests],
    }
    for token in (first, second):
        for place, content in places.items():
            assert token not in json.dumps(content, ensure_ascii=False), place
    # Where it is: one session with the token of now, and no trace of a refresh token or of an attempt.
    storage = session_storage(page)
    assert [key for key, text in storage.items() if second in text] == [key for key in storage if ".session." in key]
    assert first not in json.dumps(storage)
    assert [key for key in storage if ".attempt." in key or key == "podio.window"] == []
    # And on its way: in the header of calls to the API, and of no other request.
    holders = {
        (url.startswith(site.emulator.url), name)
        for url, _, headers in requests
        for name, value in headers.items()
        if first in value or second in value
    }
    assert holders == {(True, "authorization")}

    # A known limit, which docs/security.md states: the browser shows a document the address that it was loaded from.
    navigation = page.evaluate("() => performance.getEntriesByType('navigation').map((entry) => entry.name)")
    assert len(navigation) == 1


def test_podio_hears_no_referrer_and_no_header_but_those_it_allows(
    open_page: Callable[..., Page], sign_in: Callable[..., None], site: Site
) -> None:
    page = open_page(DEEP, state="signed-out")
    sign_in(page)
    expect(page).to_have_title(re.compile("M-00007"))
    calls = [entry for entry in site.emulator.requests() if not entry["path"].startswith("/oauth/authorize")]
    assert len(calls) > 4
    assert {name for entry in calls for name in entry["headers"] if name.lower() == "referer"} == set()
    header_names = {name.lower() for entry in calls if entry["method"] != "OPTIONS" for name in entry["headers"]}
    assert not {name for name in header_names if name.startswith("x-")} - {"x-forwarded-for"}


@pytest.mark.parametrize("place", ["#", "?"], ids=["fragment", "query"])
def test_the_answer_is_gone_from_the_address_before_python_starts(
    context: BrowserContext, site: Site, console: Console, place: str
) -> None:
    console.allow("Failed to load resource", "Failed to fetch")
    page = context.new_page()
    page.route(re.compile(r"/runtime\.mjs"), lambda route: route.abort())
    page.goto(f"{site.url}?podio_nonce={'n' * 32}{place.replace('?', '&')}access_token=canary-1&expires_in=60")
    expect_state(page, "failed")
    assert page.url == site.url
    assert (
        page.evaluate("() => [location.href, document.URL, JSON.stringify(history.state)].join()").count("canary") == 0
    )
    assert not [entry for entry in history_of(context.new_cdp_session(page)) if "canary" in entry or "nonce" in entry]
    # What waits for Python is in memory, and can be had only once.
    assert "canary" not in page.content()
    assert page.evaluate("() => [podioBoot.takeAnswer(), podioBoot.takeAnswer()].map((each) => each !== null)") in (
        [True, False],
        [False, False],
    )


def test_back_and_forward_bring_no_answer_back(
    open_page: Callable[..., Page], sign_in: Callable[..., None], context: BrowserContext
) -> None:
    page = open_page(DEEP, state="signed-out")
    tab = context.new_cdp_session(page)
    sign_in(page)
    addresses: list[str] = []
    page.on("framenavigated", lambda frame: addresses.append(page.evaluate("() => location.href")))
    token = token_of(page)
    for step in (page.go_back, page.go_forward, page.go_back, page.go_forward):
        step()
        expect_state(page, re.compile("^signed-in$"))
        entries = history_of(tab)
        assert not [entry for entry in entries if "access_token" in entry or token in entry]
        assert "podio_nonce=" not in page.url
    assert token_of(page) == token


def test_the_sign_in_window_loads_its_page_and_script_only_and_closes(
    open_page: Callable[..., Page], sign_in: Callable[..., None], context: BrowserContext, site: Site, console: Console
) -> None:
    console.allow("status of 401")
    page = open_page(state="signed-out")
    sign_in(page)
    token = token_of(page)
    site.emulator.expire_tokens()
    requests: list[Request] = []
    context.on("request", lambda request: requests.append(request))
    page.evaluate("() => { location.hash = '#/app/34'; }")
    again = page.get_by_role("button", name="Sign in again", exact=True)
    opened: list[Page] = []
    context.on("page", lambda window: opened.append(window))
    expect(again.or_(page.get_by_role("table"))).to_be_visible()
    if again.is_visible():
        again.click()
    expect(page.get_by_role("table")).to_be_visible()
    assert token_of(page) != token
    in_windows = [
        request.url.split("?")[0].removeprefix(site.url)
        for request in requests
        if request.url.startswith(site.url) and request.frame.page in opened
    ]
    assert in_windows == ["callback.html", "callback.js"]
    (window,) = opened
    expect_closed(window)


def test_a_sign_in_answer_takes_no_way_back_through_the_window_s_own_tab(
    open_page: Callable[..., Page], sign_in: Callable[..., None], context: BrowserContext, site: Site
) -> None:
    """A late answer, in a tab that nobody waits for, leads to an explanation and leaves nothing in that tab."""
    page = context.new_page()
    page.add_init_script(SHORT_WAITS)
    page.goto(f"{site.url}callback.html?podio_nonce={'n' * 32}#access_token=canary-2&expires_in=60")
    assert page.url == f"{site.url}callback.html"
    assert not [entry for entry in history_of(context.new_cdp_session(page)) if "canary" in entry]
    expect(page.get_by_role("status")).to_contain_text("Return to the other tab")
    assert session_storage(page) == {}
    assert "canary" not in page.content()
