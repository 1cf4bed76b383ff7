"""Every way in which the built site may start: as on a first visit, from the snapshot, and with each file damaged."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from tests.e2e.driving import DRAW, SIGN_IN_AFTER_THE_SAME_SEED, Console, Site, expect_state, throttle
from tests.e2e.kept import await_snapshot, is_restored

DAMAGE = """async (pattern) => {
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      if (!new RegExp(pattern).test(request.url)) continue;
      const kept = await cache.match(request);
      const bytes = new Uint8Array(await kept.arrayBuffer());
      bytes.fill(0, 8, bytes.length / 2);
      await cache.put(request, new Response(bytes, { headers: kept.headers }));
    }
  }
}"""
SHIFTS = """globalThis.shifts = [];
  new PerformanceObserver((list) => shifts.push(...list.getEntries().map((entry) => entry.value)))
    .observe({ type: "layout-shift", buffered: true });"""
# What the browser has measured: a large file of the runtime came in a millisecond.
NEAR = """const measured = performance.getEntriesByType.bind(performance);
performance.getEntriesByType = (type) => type !== "resource" ? measured(type) : [{
  name: new URL(document.documentElement.dataset.runtime, document.baseURI).href + "large",
  transferSize: 9_000_000, requestStart: 0, responseEnd: 1,
}];"""

# A program whose snapshot is larger than the memory that Pyodide begins with.
LARGE_PROGRAM = """
import hashlib
import secrets  # by it the builder sees that a snapshot can be restored
import js

ballast = bytes(range(256)) * 100_000

async def start():
    more = ballast + ballast
    js.document.documentElement.dataset.ballast = hashlib.sha256(more[len(ballast):]).hexdigest()
"""

LOCAL_TIMES = """
import js
from datetime import UTC, datetime
moments = [datetime(2026, month, 15, 12, tzinfo=UTC).astimezone() for month in (1, 7)]
js.document.documentElement.dataset.times = " ".join(moment.isoformat() for moment in moments)
"""


@pytest.fixture
def site(released_site: Site) -> Site:
    released_site.emulator.reset()
    return released_site


def damaged(route: Route) -> None:
    if route.request.url.endswith(".wasm"):
        # The whole of it takes its time through the test's hands, and the page waits 15 seconds for a byte.
        route.fulfill(content_type="application/wasm", body=b"\0asm\1\0\0\0" + b"\0" * 64_000)
        return
    response = route.fetch()
    content = bytearray(response.body())
    content[8 : len(content) // 2] = bytes(len(content) // 2 - 8)
    route.fulfill(response=response, body=bytes(content))


def run_python(page: Page, program: str) -> None:
    """Run a program in the page's Python, once PyScript has joined; no script element: the policy refuses its text."""
    page.evaluate(
        """(program) => {
             const element = document.createElement("py-script");
             element.textContent = program;
             document.body.append(element);
           }""",
        program,
    )


def failure(page: Page) -> str:
    expect_state(page, "failed")
    expect(page.get_by_role("button", name="Reload")).to_be_visible()
    return page.get_by_role("alert").inner_text()


def move_away(page: Page) -> None:
    """Let the site be as far from the page as most are: 40 ms for a round trip, 30 Mbit/s."""
    throttle(page, latency=40, down=30_000_000 / 8, up=30_000_000 / 8)


def test_a_first_visit_from_afar_starts_plainly_without_fetching_the_snapshot(page: Page, site: Site) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.add_init_script(SHIFTS)
    move_away(page)
    page.goto(site.url)
    expect_state(page, "signed-out")
    assert not is_restored(page)
    assert [url for url in requests if "snapshot" in url or "sample" in url] == []
    assert [url for url in requests if not url.startswith((site.origin, "data:"))] == []
    assert sum(page.evaluate("shifts")) == 0


def test_a_first_visit_from_near_starts_from_the_snapshot(browser: Browser, site: Site) -> None:
    # On a busy machine a file may take so long that the site seems far: then the visit is another's first.
    for _ in range(10):
        context = browser.new_context()
        page = context.new_page()
        page.goto(site.url)
        expect_state(page, "signed-out")
        restored = is_restored(page)
        context.close()
        if restored:
            break
    assert restored


def test_a_program_that_needs_more_than_pyodides_first_memory_starts_from_the_snapshot(
    page: Page, serve_probe: Callable[..., Site]
) -> None:
    site = serve_probe({"large": LARGE_PROGRAM}, "large", take_snapshot=True)
    page.goto(site.url)
    expected = hashlib.sha256(bytes(range(256)) * 100_000).hexdigest()
    expect(page.locator("html")).to_have_attribute("data-ballast", expected)
    assert is_restored(page)


def test_a_first_visit_from_near_starts_plainly_where_the_snapshot_is_damaged(page: Page, site: Site) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.route(re.compile("snapshot"), damaged)
    page.add_init_script(NEAR)
    page.goto(site.url)
    expect_state(page, "signed-out")
    assert [url for url in requests if "snapshot" in url] != []
    assert not is_restored(page)


def test_a_damaged_snapshot_costs_the_fast_start_only(
    open_page: Callable[..., Page], site: Site, console: Console
) -> None:
    page = open_page()
    await_snapshot(page)
    page.evaluate(DAMAGE, "snapshot")
    page.reload()
    expect_state(page, "signed-out")
    assert not is_restored(page)
    assert any("without the memory snapshot" in line for line in console.lines)


@pytest.mark.parametrize("file", ["pyodide.asm.mjs", "pyodide.asm.wasm", "stdlib.zip", "packages.zip", "pyapp.zip"])
def test_a_damaged_file_is_named_on_a_first_visit(page: Page, site: Site, console: Console, file: str) -> None:
    console.allow(".")
    page.route(re.compile(re.escape(file)), damaged)
    page.goto(site.url)
    assert file in failure(page)


def test_nothing_moves_on_a_later_visit(open_page: Callable[..., Page], warm_context: BrowserContext) -> None:
    page = open_page(within=warm_context)
    await_snapshot(page)
    page.add_init_script(SHIFTS)
    page.reload()
    expect_state(page, "signed-out")
    assert is_restored(page)
    assert sum(page.evaluate("shifts")) == 0


def test_times_are_the_users_own_from_the_snapshot_as_well(
    new_context: Callable[..., BrowserContext], site: Site
) -> None:
    page = new_context(timezone_id="America/New_York").new_page()

    def expect_local_times() -> None:
        expect_state(page, "signed-out")
        run_python(page, LOCAL_TIMES)
        times = "2026-01-15T07:00:00-05:00 2026-07-15T08:00:00-04:00"
        expect(page.locator("html")).to_have_attribute("data-times", times)

    move_away(page)
    page.goto(site.url)
    expect_local_times()
    await_snapshot(page)
    page.reload()
    expect_local_times()
    assert is_restored(page)


def test_two_starts_from_the_snapshot_differ_in_random_numbers_and_in_states_that_random_has_no_part_in(
    open_page: Callable[..., Page], warm_context: BrowserContext, site: Site
) -> None:
    page = open_page(within=warm_context)
    await_snapshot(page)
    drawn, states = [], []
    for _ in range(2):
        page.goto(site.url)
        expect_state(page, "signed-out")
        assert is_restored(page)
        run_python(page, DRAW)
        root = page.locator("html")
        expect(root).to_have_attribute("data-drawn", re.compile(r"^0\.\d+"))
        drawn.append(root.get_attribute("data-drawn"))
        with page.expect_request(re.compile("/oauth/authorize")) as request_info:
            run_python(page, SIGN_IN_AFTER_THE_SAME_SEED)
        states += re.findall(r"[?&]state=([^&]+)", request_info.value.url)
        page.wait_for_url(request_info.value.url)
    assert len(set(drawn)) == 2
    assert len(set(states)) == 2


def test_a_later_archive_of_another_version_is_refused_and_the_right_one_taken(page: Page, site: Site) -> None:
    page.goto(site.url)
    expect_state(page, "signed-out")

    def altered(route: Route) -> None:
        response = route.fetch()
        content = BytesIO(gzip.decompress(response.body()))
        with ZipFile(content, "a") as archive:
            archive.writestr("planted.py", "")
        route.fulfill(response=response, body=gzip.compress(content.getvalue()))

    load = "podioBoot.loadArchive('sample').then(() => 'loaded', (error) => error.message)"
    page.route(re.compile("sample"), altered)
    assert "has changed" in page.evaluate(load)
    page.unroute_all()
    assert page.evaluate(load) == "loaded"


def test_the_second_archive_is_loaded_on_demand(open_page: Callable[..., Page], warm_context: BrowserContext) -> None:
    page = open_page(within=warm_context)
    page.evaluate("podioBoot.loadArchive('sample')")
    message = page.evaluate("podioBoot.loadArchive('nothing').then(() => '', (error) => error.message)")
    assert "no archive" in message
