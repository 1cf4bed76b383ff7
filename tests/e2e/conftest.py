"""Fixtures for tests in a real browser: the served page, the emulator beside it, and a guard on the console.

Most tests run in Chromium's headless shell where there is one: the same engine for less work, which opens every popup.
What depends on a browser's popup blocker takes its `context` from `desktop_browser`. The page's policy is in force in
every test. `wait_for_function` needs eval, which the policy forbids: wait by `expect`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, expect
from tests.e2e import driving
from tests.e2e.driving import PASSWORD, Colleague, Console, Emulator, Server, Site, expect_state, grant
from tools.browser import find_chromium, find_shell
from tools.build_site import build

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Tabs of one context and one host share a process, as they do in a browser with many tabs: what one of them has
    # compiled, the others need not compile again (`warm_context`).
    "--process-per-site",
]

KEEP_COMPILED = """async () => {
  const start = new DOMParser().parseFromString(await (await fetch("index.html")).text(), "text/html");
  const wasm = start.querySelector("link[rel=preload][href$='.wasm']").getAttribute("href");
  globalThis.keptForOtherTabs = await WebAssembly.compileStreaming(fetch(wasm));
}"""
"""A script for a blank page of a site: compile Python's WebAssembly, and hold it."""

# Other tests run beside these: what is right is seen at once, and what is wrong may take as long as it likes.
expect.set_options(timeout=60_000)


def _site_of(server: Server) -> Iterator[Site]:
    emulator = Emulator(server.podio_url)
    yield Site(url=server.url, emulator=emulator)
    emulator.close()
    server.stop()


build_fast = partial(build, take_snapshot=True)
"""Build the workbench so that its pages start fast, as many tests open many of them."""


@pytest.fixture(scope="session")
def serve_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Site]]:
    """Serve a site with serve.py: `serve_site("--token-lifetime", "60")`; it lives until the session ends."""
    running: list[Iterator[Site]] = []
    logs = tmp_path_factory.mktemp("serve")

    def start(*options: str) -> Site:
        served = _site_of(Server(*options, log=logs / f"{len(running)}.log"))
        site = next(served)
        running.append(served)
        return site

    yield start
    for served in running:
        next(served, None)


@pytest.fixture(scope="session")
def build_test_site(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Build a site whose program is another module: `build_test_site({"probe": source}, entry="probe")`."""

    def make(extra_modules: Mapping[str, str], *, entry: str, **options: Any) -> Path:
        out = tmp_path_factory.mktemp("site")
        return build(out, extra_modules=extra_modules, entry=entry, compile_modules=True, **options)

    return make


@pytest.fixture(scope="session")
def serve_probe(
    serve_site: Callable[..., Site], build_test_site: Callable[..., Path]
) -> Callable[[Mapping[str, str], str], Site]:
    """Serve a site with more modules that starts by another one: `serve_probe({name: source}, entry)`.

    With `take_snapshot` it takes 20 s to build, and each of its pages starts a quarter faster.

    The emulator is beside it. A probe may start the real workbench (`await workbench.browser.main.start()`) and then
    put functions on `js.window`.
    """

    def make(extra_modules: Mapping[str, str], entry: str, *options: str, take_snapshot: bool = False) -> Site:
        site = build_test_site(extra_modules, entry=entry, take_snapshot=take_snapshot)
        return serve_site("--site", str(site), *options)

    return make


@pytest.fixture(scope="session")
def served_site(serve_site: Callable[..., Site], tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The workbench as a static host would serve it, the emulator beside it, once for all tests."""
    return serve_site("--site", str(build_fast(tmp_path_factory.mktemp("dist"))))


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a built site as it is deployed. A test that changes it changes a copy."""
    return build(tmp_path_factory.mktemp("site"), release=True)


@pytest.fixture(scope="session")
def released_site(serve_site: Callable[..., Site], release: Path) -> Site:
    """The workbench as it is deployed, below a path, the emulator beside it, once for all tests."""
    return serve_site("--site", str(release), "--base", "/some/path/")


@pytest.fixture
def site(served_site: Site) -> Site:
    """The served site, with the emulator as new. A test module may override it with a site of its own."""
    served_site.emulator.reset()
    return served_site


@pytest.fixture
def emulator(site: Site) -> Emulator:
    """The emulator beside the page under test, as new."""
    return site.emulator


@pytest.fixture(scope="session")
def desktop_browser_arguments(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """How to launch the Chromium that people have, which blocks popups (arguments of `BrowserType.launch`).

    Playwright would let it open them all.
    """
    chromium = find_chromium()
    executable = {"executable_path": str(chromium)} if chromium else {"channel": "chromium"}
    blocks_popups = {"ignore_default_args": ["--disable-popup-blocking"]}
    return {**browser_type_launch_args, **executable, "args": CHROMIUM_ARGUMENTS, **blocks_popups}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    program = find_shell() or find_chromium()
    executable = {"executable_path": str(program)} if program else {}
    return {**browser_type_launch_args, **executable, "args": CHROMIUM_ARGUMENTS}


@pytest.fixture(scope="session")
def desktop_browser(browser_type: BrowserType, desktop_browser_arguments: dict[str, Any]) -> Iterator[Browser]:
    """A browser as people have it: a popup opens by a click only."""
    browser = browser_type.launch(**desktop_browser_arguments)
    yield browser
    browser.close()


@pytest.fixture
def console() -> Iterator[Console]:
    """The guard: a console error, an uncaught error or a policy violation fails the test, unless it declares it."""
    guard = Console()
    yield guard
    unexpected = guard.unexpected()
    assert not unexpected, "the browser's console has errors:\n" + "\n".join(unexpected)


@pytest.fixture
def new_context(new_context: Callable[..., BrowserContext], console: Console) -> Callable[..., BrowserContext]:
    """Make a further browser context (another user's browser) that the guard watches, too."""

    def make(**options: Any) -> BrowserContext:
        context = new_context(**options)
        console.watch(context)
        return context

    return make


@pytest.fixture(scope="session")
def shared_context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser context that lives as long as the browser, for `warm_context`."""
    context = browser.new_context()
    yield context
    context.close()


def _keep_compiled(context: BrowserContext, site: Site) -> None:
    """Leave a tab open that holds Python compiled, in the process that the context's other tabs get.

    It is blank and does nothing else: no test notices it. With it a page starts for half the work.
    """
    if any(page.url.endswith("/keeper.html") for page in context.pages):
        return
    keeper = context.new_page()
    address = f"{site.url}keeper.html"
    blank = '<!doctype html><link rel="icon" href="data:,">'
    keeper.route(address, lambda route: route.fulfill(body=blank, content_type="text/html"))
    keeper.goto(address)
    keeper.evaluate(KEEP_COMPILED)


@contextmanager
def cleared(context: BrowserContext, site: Site, console: Console) -> Iterator[BrowserContext]:
    """Lend a context that outlives a test without cookies and stored data, and close the test's tabs behind it.

    Python is compiled in it.
    """
    _keep_compiled(context, site)
    before = context.pages  # the keeper, and a module's own tab
    context.clear_cookies()
    devtools = context.new_cdp_session(before[0])
    devtools.send("Storage.clearDataForOrigin", {"origin": "*", "storageTypes": "indexeddb,local_storage"})
    devtools.detach()
    console.watch(context)
    yield context
    for page in set(context.pages) - set(before):
        page.close()
    context.unroute_all()
    context.set_offline(False)


@pytest.fixture
def warm_context(shared_context: BrowserContext, site: Site, console: Console) -> Iterator[BrowserContext]:
    """The shared context as new, but for Python, which is compiled there: so a page starts faster."""
    with cleared(shared_context, site, console) as context:
        yield context


@pytest.fixture
def separate_tabs(context: BrowserContext) -> Iterator[None]:
    """Let each tab of the test's browser sign in for itself: no session goes from tab to tab, none signs in unasked."""
    config = json.dumps({"client_id": "workbench", "own_origin": False, "sign_in_by_itself": False})
    address = re.compile(r"/config\.json$")
    context.route(address, lambda route: route.fulfill(body=config, content_type="application/json"))
    yield
    context.unroute(address)


@pytest.fixture
def open_page(context: BrowserContext, site: Site) -> Callable[..., Page]:
    """Open the page in a new tab and wait until it is up: `open_page("#/app/12", state="signed-out")`.

    It may be opened `within` another context, and with a `script` that runs before any of the page's own.
    """

    def open_it(path: str = "", *, state: str = "", within: BrowserContext | None = None, script: str = "") -> Page:
        page = (within or context).new_page()
        if script:
            page.add_init_script(script)
        page.goto(site.url + path)
        expect_state(page, state or re.compile("^(signed-out|signed-in)$"))
        return page

    return open_it


@pytest.fixture
def open_signed_in(context: BrowserContext, site: Site) -> Callable[..., Page]:
    """Open the page as Podio's redirect after a sign-in does, and wait until it is up: `open_signed_in("#/app/12")`.

    It may be opened `within` another context, `at` another site, by another `username`, and with a `script` before any
    of the page's own.
    """

    def open_it(
        route: str = "", *, within: BrowserContext | None = None, at: Site | None = None, **options: str
    ) -> Page:
        return driving.open_signed_in(within or context, at or site, route, **options)

    return open_it


@pytest.fixture
def sign_in() -> Callable[..., None]:
    """Sign in by redirect through the real consent page: `sign_in(page, username="grace@example.com")`.

    For tests of the sign-in itself, and after which it must have begun; others begin by `open_signed_in`.
    """

    def do(page: Page, username: str = "ada@example.com", password: str = PASSWORD) -> None:
        page.get_by_role("button", name="Sign in with Podio").click()
        grant(page, username=username, password=password)
        expect_state(page, "signed-in")

    return do


@pytest.fixture(scope="module")
def signed_in_tab(browser: Browser, served_site: Site) -> Iterator[Page]:
    """One tab in which Ada is signed in, for a whole module: what `desk` hands to its tests."""
    served_site.emulator.reset()
    context = browser.new_context()
    page = context.new_page()
    page.goto(served_site.url)
    page.get_by_role("button", name="Sign in with Podio").click()
    grant(page)
    expect_state(page, "signed-in")
    yield page
    context.close()


@pytest.fixture
def colleague(site: Site) -> Iterator[Colleague]:
    """Grace at work in Podio itself, beside the page."""
    grace = Colleague(site.emulator)
    yield grace
    grace.close()


@pytest.fixture
def desk(signed_in_tab: Page, served_site: Site, console: Console) -> Iterator[Page]:
    """The module's tab with Ada at work, at home and without faults; the data and drafts of earlier tests stay.

    It saves each test the start and the sign-in. A module that uses it must not reset the emulator meanwhile: it has
    its `site` from `unreset_site`.
    """
    served_site.emulator.faults([])
    console.watch(signed_in_tab.context)
    signed_in_tab.goto(f"{served_site.url}#/")
    expect_state(signed_in_tab, "signed-in")
    yield signed_in_tab
    served_site.emulator.faults([])
    signed_in_tab.context.set_offline(False)
    signed_in_tab.unroute_all()


@pytest.fixture
def unreset_site(served_site: Site) -> Site:
    """The served site without faults, the data as the tests before left it."""
    served_site.emulator.faults([])
    return served_site
