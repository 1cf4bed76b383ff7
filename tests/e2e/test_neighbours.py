"""Another site of the origin: whatever it writes into caches, nothing of it runs in the page or stays in its copy."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route
from tests.e2e.driving import Site, expect_state
from tests.e2e.kept import await_snapshot, is_restored

# What the scripts of the neighbour's page have at hand; COPY is the name of the version's copy.
AT_HAND = """
  const OURS = "podio-workbench %2Fsome%2Fpath%2F ";
  const TYPES = { js: "text/javascript", mjs: "text/javascript", html: "text/html", wasm: "application/wasm" };
  const SCRIPT = "globalThis.poisoned = true; document.documentElement.dataset.poisoned = true;";
  const FORGED = { js: SCRIPT, mjs: SCRIPT, html: "<!doctype html><html data-poisoned=true><title>Poisoned</title>" };
  const { files } = await (await fetch("/some/path/site.json")).json();
  const ending = (path) => path.split(".").pop();
  const forged = (path) => {
    const type = TYPES[ending(path)] ?? "text/plain";
    return new Response(FORGED[ending(path)] ?? "poisoned", { headers: { "content-type": type } });
  };
  // As long as the right one: it has the headers that the site's own copy would have.
  const disguised = async (path, found) => {
    const bytes = new Uint8Array(await found.arrayBuffer()).fill(32);
    new TextEncoder().encodeInto(FORGED[ending(path)] ?? "", bytes);
    return new Response(bytes, { headers: found.headers });
  };
  const plant = async (name, make) => {
    const cache = await caches.open(name);
    for (const path of Object.keys(files)) {
      const address = new URL("/some/path/" + path, location.href).href;
      const response = await make(path, await cache.match(address));
      if (response) await cache.put(address, response);
    }
  };
"""
BEFORE_THE_FIRST_VISIT = """
  await plant("a cache of its own", forged);
  await plant(OURS + "000000000000", forged);
  await plant(OURS + COPY, forged);
"""
LATER = {
    "another content": "await plant(OURS + COPY, forged);",
    "another content of the same length": "await plant(OURS + COPY, (path, found) => found && disguised(path, found));",
    # The right bytes, from an address of the neighbour's: what the script imports would be the neighbour's, too.
    "another address": """
  await plant(OURS + COPY, (path, found) => /boot[.]js$/.test(path) && found ? fetch("/other/" + path) : null);""",
    "another header": """
  await plant(OURS + COPY, (path, found) => path === "index.html" ?
    new Response(found.body, { headers: [...found.headers, ["refresh", "0; url=/other/"]] }) : null);""",
}
# Request every file of the version as a visit may, and return what of it is not as it was built.
DIFFERENT = """async () => {
  const { files } = await (await fetch("site.json")).json();
  const sum = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
  const cache = await caches.open("podio-workbench %2Fsome%2Fpath%2F " + document.documentElement.dataset.appCopy);
  const NEVER_ANSWERED = /^(wheels|simple)[/]|[/]later[.]|^callback|^sample-consent/; // by the worker
  const different = [];
  for (const [path, { sha256, unpacked_sha256: unpacked = sha256 }] of Object.entries(files)) {
    const answer = await sum(await (await fetch(path)).arrayBuffer());
    const found = await cache.match(new URL(path, document.baseURI).href);
    // serve.py changes these two.
    const sums = path === "config.json" || path === "index.html" ? [answer] : [sha256, unpacked];
    if (!sums.includes(answer)) different.push(["answer", path]);
    if (!found || NEVER_ANSWERED.test(path) || path === "config.json") continue;
    const headers = [...found.headers.keys()].sort().join();
    const same = (await sum(await found.arrayBuffer())) === answer;
    if (!same || found.url || headers !== "content-length,content-type") different.push([path, found.url, headers]);
  }
  return different;
}"""


@pytest.fixture
def site(released_site: Site) -> Site:
    released_site.emulator.reset()
    return released_site


@pytest.fixture
def visit_neighbour(context: BrowserContext, site: Site) -> Callable[[str], None]:
    """Visit another site of the origin, whose page runs the program that is given."""
    copy = re.search(r'data-app-copy="([^"]+)"', context.request.get(site.url).text())
    assert copy
    place = f"{site.origin}/other/"

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(place)
        body = b"globalThis.poisoned = true; export const startApp = () => {};"
        if path.endswith("boot.js"):
            body = context.request.get(site.url + path).body()
        page = "<!doctype html><html data-poisoned=true><title>Another site</title>"
        route.fulfill(content_type="text/javascript" if path else "text/html", body=body if path else page)

    def visit(program: str) -> None:
        context.route(f"{place}**", answer)
        page = context.new_page()
        page.goto(place)
        page.evaluate(f"async (COPY) => {{ {AT_HAND} {program} }}", copy[1])
        page.close()

    return visit


def expect_unharmed(page: Page, site: Site) -> None:
    expect_state(page, "signed-out", timeout=60_000)
    assert page.evaluate("globalThis.poisoned") is None
    assert page.locator("html").get_attribute("data-poisoned") is None
    assert page.url == site.url
    assert page.evaluate(DIFFERENT) == []


def test_what_a_neighbour_wrote_before_the_first_visit_is_never_used(
    context: BrowserContext, site: Site, visit_neighbour: Callable[[str], None]
) -> None:
    visit_neighbour(BEFORE_THE_FIRST_VISIT)
    page = context.new_page()
    page.goto(site.url)
    expect_state(page, "signed-out")
    await_snapshot(page)
    page.reload()
    expect_unharmed(page, site)
    assert is_restored(page)


@pytest.mark.parametrize("what", LATER)
def test_what_a_neighbour_writes_into_the_copy_is_never_used_and_fetched_again(
    open_page: Callable[..., Page], site: Site, visit_neighbour: Callable[[str], None], what: str
) -> None:
    page = open_page()
    await_snapshot(page)
    visit_neighbour(LATER[what])
    page.goto("about:blank")
    page.goto(site.url)
    expect_unharmed(page, site)


def test_a_config_that_comes_from_the_copy_says_so(
    open_page: Callable[..., Page], context: BrowserContext, visit_neighbour: Callable[[str], None]
) -> None:
    page = open_page()
    await_snapshot(page)
    page.reload()
    expect_state(page, "signed-out")
    source = "fetch('config.json').then((answer) => answer.headers.get('podio-workbench-source'))"
    assert page.evaluate(source) is None
    visit_neighbour(
        """await plant(OURS + COPY, (path) => path !== "config.json" ? null :
             new Response('{"client_id": "theirs"}', { headers: { "podio-workbench-source": "network" } }));"""
    )
    context.set_offline(True)
    assert page.evaluate(source) == "cache"
    context.set_offline(False)
    assert page.evaluate(source) is None
