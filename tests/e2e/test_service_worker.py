"""The built site's service worker: what it keeps, what it never sees, and how one version follows another."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.e2e.driving import Console, Site, expect_state
from tests.e2e.kept import await_snapshot, is_restored, token_of
from tools.build_site import build

RENEWED = """async (token) => {
  const kept = () => Object.values(sessionStorage).find((record) => record.includes("access_token"));
  while (!kept() || kept().includes(token)) await new Promise((resolve) => setTimeout(resolve, 50));
}"""
# What a worker does whose browser has lost its disk.
LOSE_CACHES = """
self.addEventListener("message", (event) => {
  if (event.data !== "lose the caches") return;
  caches.open = () => Promise.reject(new DOMException("The disk is gone.", "UnknownError"));
  event.source.postMessage("lost");
});
"""
CACHE_NAMES = "async () => (await caches.keys()).sort()"
# Everything that any cache of the origin holds, addresses, headers and bodies, searched for any of the words.
SEARCH = """async (words) => {
  const found = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const response = await cache.match(request);
      const headers = JSON.stringify([...request.headers, ...response.headers]);
      const body = new TextDecoder("latin1").decode(await response.arrayBuffer());
      for (const word of words)
        for (const text of [name, request.url, headers, body]) if (text.includes(word)) found.push([word, request.url]);
    }
  }
  return found;
}"""


@pytest.fixture
def site(released_site: Site) -> Site:
    released_site.emulator.reset()
    return released_site


def test_later_visits_start_from_the_kept_snapshot(
    open_page: Callable[..., Page], context: BrowserContext, console: Console
) -> None:
    requests: list[str] = []
    context.on("request", lambda request: requests.append(request.url))
    page = open_page()
    await_snapshot(page)
    assert any("snapshot.bin.gz" in url for url in requests), "it is fetched behind the start, by the worker"
    requests.clear()
    page.reload()
    expect_state(page, "signed-out")
    assert is_restored(page)
    assert [url for url in requests if "snapshot.bin.gz" in url] == []
    assert not any("memory snapshot" in line for line in console.lines)


def test_no_token_enters_a_cache_or_the_worker(
    context: BrowserContext,
    open_page: Callable[..., Page],
    site: Site,
    sign_in: Callable[..., None],
    console: Console,
) -> None:
    console.allow("status of 401")
    page = open_page()
    await_snapshot(page)
    page.reload()
    expect_state(page, "signed-out")
    assert page.evaluate("navigator.serviceWorker.controller !== null")
    sign_in(page)
    first = token_of(page)
    site.emulator.expire_tokens()
    with context.expect_page():
        page.reload()
    page.evaluate(RENEWED, first)
    expect_state(page, "signed-in")
    assert page.evaluate(SEARCH, [first, token_of(page)]) == []
    addresses = page.evaluate(
        """async () => (await Promise.all((await caches.keys()).map(async (name) =>
             (await (await caches.open(name)).keys()).map((request) => request.url)))).flat()"""
    )
    assert addresses
    assert [address for address in addresses if "?" in address or "#" in address or "callback" in address] == []


def test_the_page_opens_without_a_network(
    open_page: Callable[..., Page],
    sign_in: Callable[..., None],
    warm_context: BrowserContext,
    console: Console,
) -> None:
    page = open_page(within=warm_context)
    sign_in(page)
    await_snapshot(page)
    console.allow("ERR_INTERNET_DISCONNECTED", "Failed to load resource", "Failed to fetch")
    page.context.set_offline(True)
    page.reload()
    expect_state(page, re.compile("signed-in|signed-out"))
    expect(page.get_by_role("alert").or_(page.get_by_role("status")).filter(visible=True).first).to_be_visible()
    expect(page.locator("body")).to_contain_text(re.compile("offline|could not be reached|connection", re.IGNORECASE))


def test_the_callback_page_and_what_is_not_of_the_site_pass_the_worker_by(
    open_page: Callable[..., Page], warm_context: BrowserContext, console: Console
) -> None:
    console.allow("no-such-file")
    page = open_page(within=warm_context)
    await_snapshot(page)
    page.reload()
    expect_state(page, "signed-out")

    def comes_through_worker(name: str, method: str = "GET") -> bool:
        with page.expect_response(lambda answer: answer.url.endswith(f"/{name}")) as response_info:
            page.evaluate("([name, method]) => fetch(name, {method}).then((answer) => answer.text())", [name, method])
        return response_info.value.from_service_worker

    assert not comes_through_worker("callback.html")
    assert not comes_through_worker("callback.js")
    assert not comes_through_worker("no-such-file")
    assert not comes_through_worker("config.json", method="HEAD")
    assert comes_through_worker("icons/icon.svg?access_token=canary")
    assert page.evaluate(SEARCH, ["canary"]) == []


def test_a_cache_that_can_no_longer_be_read_costs_the_copy_only(
    tmp_path: Path, release: Path, serve_site: Callable[..., Site], context: BrowserContext, console: Console
) -> None:
    console.allow("keeps no copy")
    copytree(release, tmp_path, dirs_exist_ok=True)
    worker = tmp_path / "service-worker.js"
    worker.write_text(worker.read_text(encoding="utf-8") + LOSE_CACHES, encoding="utf-8")
    page = context.new_page()
    page.goto(serve_site("--site", str(tmp_path)).url)
    await_snapshot(page)
    page.evaluate(
        """async () => {
          const { active } = await navigator.serviceWorker.ready;
          const { serviceWorker } = navigator;
          const lost = new Promise((resolve) => serviceWorker.addEventListener("message", resolve, { once: true }));
          serviceWorker.startMessages();
          active.postMessage("lose the caches");
          await lost;
        }"""
    )
    page.reload()
    expect_state(page, "signed-out")
    assert page.evaluate("navigator.serviceWorker.controller !== null")


def test_a_new_version_is_offered_and_never_mixed_with_the_old_one(
    tmp_path: Path, serve_site: Callable[..., Site], context: BrowserContext, console: Console
) -> None:
    def build_version(title: str) -> None:
        build(tmp_path, release=True, config={"texts": {"title": title}})

    build_version("The first version")
    site = serve_site("--site", str(tmp_path))
    page = context.new_page()
    page.goto(site.url)
    expect_state(page, "signed-out")
    await_snapshot(page)
    page.evaluate("caches.open('podio-workbench-of-somebody-else')")
    page.reload()
    expect_state(page, "signed-out")
    first = page.locator("html").get_attribute("data-app-release")

    build_version("The second version")
    page.evaluate("navigator.serviceWorker.getRegistration().then((registration) => registration.update())")
    notice = page.get_by_role("complementary", name="New version")
    expect(notice).to_contain_text("A new version is ready.")

    other = context.new_page()
    answers: list[str] = []
    other.on("response", lambda answer: answers.append(answer.url))
    other.goto(site.url)
    expect_state(other, "signed-out")
    assert other.locator("html").get_attribute("data-app-release") == first
    assert [url for url in answers if "/app-" in url and f"/app-{first}/" not in url] == []
    other.close()

    notice.get_by_role("button", name="Reload").click()
    expect(page.locator("html")).not_to_have_attribute("data-app-release", first or "")
    expect_state(page, "signed-out")
    expect(page).to_have_title(re.compile("The second version"))
    await_snapshot(page)
    names = page.evaluate(CACHE_NAMES)
    assert len(names) == 2
    assert "podio-workbench-of-somebody-else" in names
    assert not any(first in name for name in names if first)


def test_without_service_workers_the_site_works(page: Page, site: Site) -> None:
    page.add_init_script("delete Navigator.prototype.serviceWorker")
    with page.expect_console_message(lambda message: "keeps no copy" in message.text):
        page.goto(site.url)
        expect_state(page, "signed-out")


def test_a_copy_that_is_damaged_and_cannot_be_fetched_is_let_go_by_reloading(
    open_page: Callable[..., Page], console: Console
) -> None:
    console.allow(".")
    page = open_page()
    await_snapshot(page)
    page.evaluate(
        """async () => {
             for (const name of await caches.keys()) {
               const cache = await caches.open(name);
               for (const request of await cache.keys())
                 if (/pyodide\\.asm\\.wasm|snapshot/.test(request.url))
                   await cache.put(request, new Response(new Uint8Array(64)));
             }
           }"""
    )
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    page.context.set_offline(True)
    page.reload()
    expect_state(page, "failed")
    expect(page.get_by_role("alert")).to_contain_text("pyodide.asm.wasm")
    page.context.set_offline(False)
    page.get_by_role("button", name="Reload").click()
    expect_state(page, "signed-out")
