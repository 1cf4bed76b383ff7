"""The page's database in a real browser: what an older version left is taken over, and a transaction is whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.e2e.driving import Site, expect_state
from tests.e2e.kept import drafts

PROBE = """
import json

import js
from pyodide.ffi import create_proxy, to_js

from workbench.browser.database import OUTBOX, Database, DatabaseUnavailable, Delete, Put

KEY = ["/", "h", "c", 1]


async def start():
    database = Database(host="h")

    def record(change, text):
        values = {"site": "/", "host": "h", "client": "c", "person": 1, "change": change, "text": text}
        return Put(OUTBOX, to_js(values, dict_converter=js.Object.fromEntries))

    async def count(times):
        def step(records):
            number = int(records[0].text) if records else 0
            return [record("a", str(number + 1))]

        for _ in range(times):
            await database.transact(OUTBOX, KEY, step)

    async def break_off():
        def step(records):
            raise ZeroDivisionError

        try:
            await database.transact(OUTBOX, KEY, step)
        except ZeroDivisionError:
            return "broken off"

    async def put(change, size):
        try:
            await database.transact(OUTBOX, KEY, lambda records: [record(change, "x" * size)])
        except DatabaseUnavailable as error:
            return "full" if error.is_full else "unavailable"
        return "stored"

    async def read():
        records = await database.read(OUTBOX, KEY)
        return json.dumps({record["change"]: record["text"] for record in records})

    async def remove(change):
        await database.transact(OUTBOX, KEY, lambda records: [Delete(OUTBOX, [*KEY, change])])

    for act in (count, break_off, put, read, remove):
        setattr(js.window, f"probe_{act.__name__}", create_proxy(act))
    js.document.documentElement.dataset.probe = "ready"
"""
SPY = """
  const { transaction } = IDBDatabase.prototype;
  globalThis.durabilities = [];
  IDBDatabase.prototype.transaction = function (...asked) {
    const made = transaction.apply(this, asked);
    durabilities.push(made.durability);
    return made;
  };
"""
VERSION_1 = """([texts, stays]) => new Promise((done, failed) => {
  const opening = indexedDB.open("podio-workbench", 1);
  opening.onupgradeneeded = () =>
    opening.result.createObjectStore("drafts", { keyPath: ["client", "person", "form"] });
  opening.onerror = failed;
  opening.onsuccess = () => {
    const writing = opening.result.transaction("drafts", "readwrite");
    writing.objectStore("drafts").put({ client: "workbench", person: 101, form: "comment:item:340401", texts });
    writing.oncomplete = () => {
      globalThis.old = opening.result;
      if (!stays) opening.result.close();
      done();
    };
  };
})"""
DRAFT = '{"text": "Typed before the deployment"}'


@pytest.fixture(scope="module")
def database_site(serve_probe: Callable[..., Site]) -> Site:
    return serve_probe({"database_probe": PROBE}, "database_probe")


def probe(context: BrowserContext, site: Site) -> Page:
    page = context.new_page()
    page.add_init_script(SPY)
    page.goto(site.url)
    expect(page.locator("html")).to_have_attribute("data-probe", "ready")
    return page


def test_two_tabs_that_read_and_write_one_record_lose_nothing(context: BrowserContext, database_site: Site) -> None:
    pages = [probe(context, database_site), probe(context, database_site)]
    for page in pages:
        page.evaluate("() => { globalThis.counting = probe_count(25); }")
    for page in pages:
        page.evaluate("() => counting")
    assert pages[0].evaluate("() => probe_read()") == '{"a": "50"}'
    assert set(pages[0].evaluate("() => durabilities.slice(0, -1)")) == {"strict"}


def test_a_step_that_fails_writes_nothing(context: BrowserContext, database_site: Site) -> None:
    page = probe(context, database_site)
    page.evaluate("() => probe_put('a', 3)")
    assert page.evaluate("() => probe_break_off()") == "broken off"
    assert page.evaluate("() => probe_read()") == '{"a": "xxx"}'


def test_a_full_storage_is_reported_and_takes_nothing_that_was_there(
    context: BrowserContext, database_site: Site
) -> None:
    page = probe(context, database_site)
    # Before the first write, for the browser remembers for a while how much was left.
    quota = {"origin": database_site.origin, "quotaSize": 1_000_000}
    context.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", quota)
    assert page.evaluate("() => probe_put('a', 3)") == "stored"
    assert page.evaluate("() => probe_put('b', 3_000_000)") == "full"
    assert page.evaluate("() => probe_put('c', 3)") == "stored"
    assert page.evaluate("() => probe_read()") == '{"a": "xxx", "c": "xxx"}'
    page.evaluate("() => probe_remove('a')")
    assert page.evaluate("() => probe_read()") == '{"c": "xxx"}'


def at_version_1(context: BrowserContext, site: Site, *, stays: bool) -> Page:
    """Let a tab of the version before have a draft; it may stay open."""
    page = context.new_page()
    page.route("**/old.html", lambda route: route.fulfill(body="<title>old</title>", content_type="text/html"))
    page.goto(f"{site.url}old.html")
    page.evaluate(VERSION_1, [DRAFT, stays])
    return page


def test_drafts_of_the_version_before_are_taken_over(
    context: BrowserContext, site: Site, open_signed_in: Callable[..., Page]
) -> None:
    at_version_1(context, site, stays=False)
    page = open_signed_in("#/app/34/item/340401")
    expect(page.get_by_label("Add a comment")).to_have_value("Typed before the deployment")
    (draft,) = drafts(page)
    assert (draft["client"], draft["person"], draft["texts"]) == ("workbench", 101, DRAFT)
    assert draft["host"] in site.emulator.url


def test_a_tab_of_the_version_before_that_stays_open_loses_nothing_and_is_waited_for(
    context: BrowserContext, site: Site, open_signed_in: Callable[..., Page]
) -> None:
    old = at_version_1(context, site, stays=True)
    page = open_signed_in("#/app/34/item/340402")
    page.get_by_label("Add a comment").fill("Typed meanwhile")
    expect(page.get_by_text("let this page store drafts")).to_be_visible()
    old.close()
    page.get_by_label("Add a comment").fill("Typed meanwhile, too")
    expect(page.get_by_role("form", name="New comment").get_by_text("Draft kept")).to_be_visible()
    page.reload()
    expect_state(page, "signed-in")
    expect(page.get_by_label("Add a comment")).to_have_value("Typed meanwhile, too")
    assert {draft["texts"] for draft in drafts(page)} == {DRAFT, '{"text": "Typed meanwhile, too"}'}
