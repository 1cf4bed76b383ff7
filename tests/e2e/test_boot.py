"""The start of the page: what it brings up, what it leaves behind, and what it says when it can't."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from tests.e2e.driving import Console, Site, expect_state, grant
from tools.build_site import build

PROBE = """
import js

async def start():
    import httpx2, htpy, markupsafe
    assert "_speedups" not in str(markupsafe.escape.__module__)
    heading = js.document.createElement("h1")
    heading.textContent = "The probe is up"
    js.document.getElementById("app").replaceChildren(heading)
    js.document.documentElement.dataset.appState = "signed-out"
    js.performance.mark("workbench:interactive")
"""

DRAWS_AT_RANDOM = """
import js, random, secrets

async def start():
    js.document.getElementById("app").textContent = f"{random.random()} {secrets.token_hex(8)}"
    js.document.documentElement.dataset.appState = "signed-out"
"""

STACK_SWITCHES = """
import asyncio, js
from pyodide.ffi import can_run_sync

async def start():
    await asyncio.sleep(0)
    js.document.getElementById("app").textContent = f"{can_run_sync()} {'Suspending' in dir(js.WebAssembly)}"
    js.document.documentElement.dataset.appState = "signed-out"
"""

RAISES = """
CANARY = "canary-token-5b1d"

async def start():
    raise ValueError("could not use " + CANARY)
"""

CANNOT_BE_IMPORTED = """
import no_such_module

async def start():
    pass
"""


WAITS_FOR_OTHERS = """
import asyncio, js

async def start():
    js.document.documentElement.dataset.probe = "waits"
    await asyncio.Future()
"""


STARTS = "performance.getEntriesByName('workbench:boot').length"
PYSCRIPT_WAS_FIRST = """() => {
  const [boot] = performance.getEntriesByName("workbench:boot");
  const core = performance.getEntriesByType("resource").find(({ name }) => name.includes("/pyscript/core"));
  return core.responseEnd < boot.startTime;
}"""


@pytest.fixture(scope="module")
def probe_site(serve_probe: Callable[..., Site]) -> Site:
    modules = {
        "boot_probe": PROBE,
        "boot_random": DRAWS_AT_RANDOM,
        "boot_stacks": STACK_SWITCHES,
        "boot_raises": RAISES,
        "boot_missing": CANNOT_BE_IMPORTED,
        "boot_waits": WAITS_FOR_OTHERS,
    }
    return serve_probe(modules, "boot_probe")


@pytest.fixture
def site(probe_site: Site) -> Site:
    return probe_site


def start_with(context: BrowserContext, entry: str) -> None:
    """Let the page start by another of the modules in its archive."""
    context.add_init_script(
        f"""new MutationObserver((_, observer) => {{
              if (document.documentElement?.dataset.appEntry) {{
                document.documentElement.dataset.appEntry = "{entry}";
                observer.disconnect();
              }}
            }}).observe(document, {{childList: true, subtree: true}});"""
    )


def answer_with(page: Page, pattern: str, *, status: int = 200, body: bytes = b"", damage: bool = False) -> None:
    """Let requests for `pattern` be answered otherwise than by the site."""

    def handle(route: Route) -> None:
        if not damage:
            route.fulfill(status=status, body=body)
            return
        if route.request.url.endswith(".wasm"):
            # The whole of it takes its time through the test's hands, and the page waits 15 seconds for a byte.
            route.fulfill(content_type="application/wasm", body=b"\0asm\1\0\0\0" + b"\0" * 64_000)
            return
        response = route.fetch()
        content = bytearray(response.body())
        place = len(content) // 2
        content[place : place + 64] = b"\0" * 64
        route.fulfill(response=response, body=bytes(content))

    page.route(re.compile(pattern), handle)


def failure(page: Page) -> str:
    expect_state(page, "failed")
    alert = page.get_by_role("alert")
    expect(alert).to_be_visible()
    expect(page.get_by_role("button", name="Reload")).to_be_visible()
    return alert.inner_text()


def test_the_page_comes_up_and_pyscript_joins_behind_it(
    open_page: Callable[..., Page], site: Site, context: BrowserContext
) -> None:
    requests: list[str] = []
    context.on("request", lambda request: requests.append(request.url))
    page = open_page()
    expect(page.get_by_role("heading", name="The probe is up")).to_be_visible()
    # PyScript has run its script, which found the app running, when it has put this element behind it.
    expect(page.locator("script-py")).to_be_attached()
    assert page.evaluate(STARTS) == 1
    assert [url for url in requests if not url.startswith((site.origin, "data:"))] == []
    assert page.evaluate("performance.getEntriesByName('workbench:interactive').length") == 1


@pytest.fixture(scope="module")
def slow_site(serve_site: Callable[..., Site], tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site with the fast start switched off."""
    return serve_site("--site", str(build(tmp_path_factory.mktemp("slow"), release=True, fast_start=False)))


def test_with_the_fast_start_switched_off_pyscript_starts_the_app(
    slow_site: Site, context: BrowserContext, console: Console
) -> None:
    page = context.new_page()
    page.goto(slow_site.url)
    expect_state(page, "signed-out")
    assert page.evaluate(PYSCRIPT_WAS_FIRST)
    page.get_by_role("button", name="Sign in with Podio").click()
    grant(page)
    expect_state(page, "signed-in")
    expect(page.locator("script-py")).to_be_attached()
    assert page.evaluate(STARTS) == 1


def test_with_the_fast_start_switched_off_a_missing_file_is_named(
    slow_site: Site, context: BrowserContext, console: Console
) -> None:
    console.allow("Failed to load resource", "uncaught")
    for pattern, file in ((r"pyscript/core", "pyscript/core.js"), (r"stdlib\.zip", "stdlib.zip")):
        page = context.new_page()
        answer_with(page, pattern, status=404)
        page.goto(slow_site.url)
        assert file in failure(page)
        page.close()


def test_the_policy_is_in_force_without_unsafe_words(open_page: Callable[..., Page], console: Console) -> None:
    page = open_page()
    policy = page.locator("head > *").first.get_attribute("content") or ""
    assert page.locator("head > *").first.get_attribute("http-equiv") == "Content-Security-Policy"
    assert "'unsafe-eval'" not in policy
    assert "'unsafe-inline'" not in policy
    console.allow("Content Security Policy", "This document requires 'TrustedScript'")
    results = page.evaluate(
        """async () => {
             const script = document.createElement("script");
             script.append("globalThis.ranInline = true");
             document.head.append(script);
             try { setTimeout("globalThis.ranText = true"); } catch { /* refused */ }
             await new Promise((resolve) => setTimeout(resolve, 1));
             return [globalThis.ranInline, globalThis.ranText];
           }"""
    )
    assert results == [None, None]
    blocked = "fetch('http://localhost:1/').then(() => 'open', error => error.name)"
    assert page.evaluate(blocked) == "TypeError"


def test_the_frame_is_there_before_any_script_and_says_what_happens(page: Page, site: Site, console: Console) -> None:
    console.allow("Failed to load resource")
    page.route(re.compile(r"boot\.js"), lambda route: None)
    page.goto(site.url, wait_until="commit")
    expect(page.get_by_role("heading", name="Podio Workbench")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("Loading…")
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect_state(page, "loading")


def test_nothing_moves_while_the_page_loads(page: Page, site: Site) -> None:
    page.add_init_script(
        """globalThis.shifts = [];
           new PerformanceObserver((list) => shifts.push(...list.getEntries().map((entry) => entry.value)))
             .observe({type: "layout-shift", buffered: true});"""
    )
    page.goto(site.url)
    expect_state(page, "signed-out")
    assert sum(page.evaluate("shifts")) < 0.1


def test_every_start_draws_other_random_numbers(open_page: Callable[..., Page], context: BrowserContext) -> None:
    start_with(context, "boot_random")
    numbers = [open_page().locator("#app").inner_text().split() for _ in range(2)]
    assert numbers[0][0] != numbers[1][0]
    assert numbers[0][1] != numbers[1][1]


@pytest.mark.parametrize("start", ["from the snapshot", "plainly"])
def test_python_switches_no_stacks_and_the_browser_can_still(
    open_page: Callable[..., Page], context: BrowserContext, console: Console, start: str
) -> None:
    console.allow("Failed to load resource")
    start_with(context, "boot_stacks")
    if start == "plainly":
        context.route(re.compile(r"snapshot\.bin\.gz"), lambda route: route.fulfill(status=404))
    page = open_page()
    has_it = page.evaluate("'Suspending' in WebAssembly && 'promising' in WebAssembly")
    assert has_it, "this browser switches no stacks: the test shows nothing"
    expect(page.locator("#app")).to_have_text("False True")


@pytest.mark.parametrize("what", ["missing", "damaged", "cut short"])
def test_without_its_snapshot_the_page_starts_plainly(page: Page, site: Site, console: Console, what: str) -> None:
    console.allow("Failed to load resource")
    if what == "missing":
        answer_with(page, r"snapshot\.bin\.gz", status=404)
    elif what == "damaged":
        answer_with(page, r"snapshot\.bin\.gz", damage=True)
    else:
        answer_with(page, r"snapshot\.bin\.gz", body=b"\x1f\x8b")
    page.goto(site.url)
    expect_state(page, "signed-out")
    assert any("without the memory snapshot" in line for line in console.lines)


@pytest.mark.parametrize(
    "file",
    [
        "answer.js",
        "watch.js",
        "boot.js",
        "runtime.mjs",
        "manifest.json",
        "pyodide.mjs",
        "pyodide.asm.mjs",
        "pyodide.asm.wasm",
        "stdlib.zip",
        "packages.zip",
        "pyapp.zip",
    ],
)
def test_a_missing_file_is_named_at_once(page: Page, site: Site, console: Console, file: str) -> None:
    console.allow("Failed to load resource", "uncaught", "Error occurred while installing", "Failed to fetch", "404")
    answer_with(page, re.escape(file) + r"(\?|$)", status=404)
    page.goto(site.url)
    expect_state(page, "failed")
    expect(page.get_by_role("alert")).to_contain_text(file)
    expect(page.get_by_role("alert")).to_contain_text("eload")
    expect(page.get_by_role("alert")).to_contain_text("owner of this page")


@pytest.mark.parametrize("fault", ["aborted", "connectionreset"])
def test_a_start_that_loses_the_connection_once_at_each_file_goes_on(
    page: Page, site: Site, console: Console, fault: str
) -> None:
    console.allow("Failed to load resource")
    files = re.compile(r"(runtime\.mjs|manifest\.json|pyodide\.mjs|pyodide\.asm\.mjs|\.wasm|\.zip(\.gz)?)(\?|$)")
    lost_files: list[str] = []

    def lose_once(route: Route) -> None:
        if route.request.url in lost_files:
            route.fallback()
        else:
            lost_files.append(route.request.url)
            route.abort(fault)

    def without_preloads(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=re.sub(r"<link rel=\"(module)?preload\"[^>]*>", "", response.text()))

    page.route(files, lose_once)
    page.route(site.url, without_preloads)
    page.goto(site.url)
    expect_state(page, "signed-out")
    assert len(lost_files) >= 7


@pytest.mark.parametrize("file", ["pyodide.asm.mjs", "pyodide.asm.wasm", "stdlib.zip", "packages.zip", "pyapp.zip"])
@pytest.mark.parametrize("start", ["from the snapshot", "plainly"])
def test_a_damaged_file_is_named(page: Page, site: Site, console: Console, file: str, start: str) -> None:
    console.allow(".")
    if start == "plainly":
        answer_with(page, r"snapshot\.bin\.gz", status=404)
    answer_with(page, re.escape(file) + r"(\?|$)", damage=True)
    page.goto(site.url)
    if file in {"stdlib.zip", "packages.zip", "pyapp.zip"}:
        # What was hit may be a module that nobody needs today.
        expect_state(page, re.compile("failed|signed-out"))
        if page.locator("html").get_attribute("data-app-state") == "signed-out":
            return
    assert file in failure(page)


def test_an_archive_that_is_no_archive_is_named(page: Page, site: Site, console: Console) -> None:
    console.allow(".")
    answer_with(page, r"pyapp\.zip", body=b"<!doctype html><title>Not here</title>")
    page.goto(site.url)
    assert "pyapp.zip" in failure(page)


def test_a_start_without_progress_fails_visibly_after_15_seconds(page: Page, site: Site) -> None:
    page.clock.install()
    page.route(re.compile(r"stdlib\.zip"), lambda route: None)
    page.route(re.compile(r"snapshot\.bin\.gz"), lambda route: None)
    page.goto(site.url, wait_until="commit")
    expect(page.get_by_role("status")).to_have_text("Loading…")
    page.clock.run_for(12_000)
    expect_state(page, "loading")
    page.clock.run_for(8_000)
    assert "takes too long" in failure(page)


def test_a_tab_that_slept_while_it_loaded_is_not_taken_for_stalled(page: Page, site: Site) -> None:
    page.clock.install()
    page.route(re.compile(r"stdlib\.zip"), lambda route: None)
    page.route(re.compile(r"snapshot\.bin\.gz"), lambda route: None)
    page.goto(site.url, wait_until="commit")
    expect(page.get_by_role("status")).to_have_text("Loading…")
    page.clock.fast_forward("01:00:00")  # fires timers once, as a computer that wakes does
    page.clock.run_for(2_000)
    expect_state(page, "loading")


def test_an_app_that_waits_for_a_slow_podio_is_given_a_minute(page: Page, site: Site, context: BrowserContext) -> None:
    start_with(context, "boot_waits")
    page.clock.install()
    page.goto(site.url)
    expect(page.locator("html[data-probe=waits]")).to_be_attached()
    page.clock.run_for(50_000)
    expect_state(page, "loading")
    page.clock.run_for(20_000)
    assert "takes too long" in failure(page)


def test_the_watch_leaves_a_page_that_runs_alone(page: Page, site: Site) -> None:
    page.clock.install()
    page.goto(site.url)
    expect_state(page, "signed-out")
    page.clock.run_for(60_000)
    expect_state(page, "signed-out")
    expect(page.get_by_role("heading", name="The probe is up")).to_be_visible()


def test_a_program_that_fails_is_reported_without_the_values_it_held(
    page: Page, site: Site, console: Console, context: BrowserContext
) -> None:
    console.allow("could not start")
    start_with(context, "boot_raises")
    page.goto(site.url)
    failure(page)
    page.get_by_text("Details for the owner").click()
    text = page.locator("body").inner_text()
    assert "ValueError" in text
    assert "boot_raises.py, line 5" in text
    assert "canary" not in text
    assert "canary" not in "".join(console.lines)


def test_a_program_that_cannot_be_imported_says_what_is_missing(
    page: Page, site: Site, console: Console, context: BrowserContext
) -> None:
    console.allow("could not start")
    start_with(context, "boot_missing")
    page.goto(site.url)
    failure(page)
    page.get_by_text("Details for the owner").click()
    expect(page.locator("body")).to_contain_text("No module named 'no_such_module'")


def test_the_page_runs_without_pyscript(page: Page, site: Site, console: Console) -> None:
    console.allow("Failed to load resource", "uncaught")
    answer_with(page, r"pyscript/core", status=404)
    with page.expect_console_message(lambda message: "PyScript could not be loaded" in message.text):
        page.goto(site.url)
        expect_state(page, "signed-out")
    expect(page.get_by_role("heading", name="The probe is up")).to_be_visible()


def test_the_page_runs_where_storage_is_denied(page: Page, site: Site, console: Console) -> None:
    console.allow("denied")
    page.add_init_script(
        """for (const name of ["indexedDB", "localStorage", "sessionStorage", "caches"])
             Object.defineProperty(globalThis, name, {get() { throw new DOMException("denied", "SecurityError"); }});"""
    )
    page.goto(site.url)
    expect_state(page, "signed-out")
    expect(page.get_by_role("heading", name="The probe is up")).to_be_visible()


def test_a_host_that_knows_no_webassembly_type_will_do(page: Page, site: Site) -> None:
    def handle(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, headers={**response.headers, "content-type": "application/octet-stream"})

    page.route(re.compile(r"\.wasm$"), handle)
    page.goto(site.url)
    expect_state(page, "signed-out")


def test_reload_after_a_failure_starts_again(page: Page, site: Site, console: Console) -> None:
    console.allow("Failed to load resource")
    answer_with(page, r"pyapp\.zip", status=503)
    page.goto(site.url)
    failure(page)
    page.unroute_all()
    page.get_by_role("button", name="Reload").click()
    expect_state(page, "signed-out")


def test_a_client_id_and_texts_come_from_the_site_owners_file(
    page: Page, serve_site: Callable[..., Site], build_test_site: Callable[[Mapping[str, str]], Path]
) -> None:
    site_folder = build_test_site({"boot_probe": PROBE}, entry="boot_probe", config={"texts": {"title": "Büro <Nord>"}})  # type: ignore[call-arg]
    served = serve_site("--site", str(site_folder), "--base", "/below/here/")
    page.goto(served.url)
    expect(page).to_have_title("Büro <Nord>")
    expect_state(page, "signed-out")
    assert served.url.endswith("/below/here/")
    config = page.evaluate("fetch('config.json').then((response) => response.json())")
    assert config == {"client_id": "workbench", "texts": {"title": "Büro <Nord>", "notice": ""}}
