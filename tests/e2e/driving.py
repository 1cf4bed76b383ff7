"""What drives a browser test from outside: serve.py as a process, the emulator's test addresses, the consent page."""

from __future__ import annotations

import os
import queue
import re
import secrets
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, WebError, expect

from podio.authorization import AuthorizationRequest

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "podio"
START_LIMIT = 120.0  # seconds: the first start makes the runtime

SHORT_WAITS = """
const setTimer = globalThis.setTimeout;
globalThis.setTimeout = (callback, delay, ...rest) => setTimer(callback, delay / 20, ...rest);
"""
"""A script for the sign-in's own window: it waits a twentieth of what it waits for people."""

DRAW = """
import js, random
js.document.documentElement.dataset.drawn = repr(random.random())
"""
"""A program for the page: what chance gives after this start."""
SIGN_IN_AFTER_THE_SAME_SEED = """
import js, random
random.seed("the same at each start")
[button] = [one for one in js.document.querySelectorAll("button") if one.textContent.strip() == "Sign in with Podio"]
button.click()
"""
"""A program for the page: sign in, after chance was made the same at each start."""


class Emulator:
    """The Podio emulator beside the page, driven by its test addresses."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._client = httpx2.Client(base_url=url, trust_env=False, timeout=30)

    def _post(self, path: str, body: Any = None) -> None:
        self._client.post(path, json=body).raise_for_status()

    def reset(self) -> None:
        """Clear everything: sample data as new, no tokens, no faults, no requests."""
        self._post("/_emulator/reset")

    def expire_tokens(self, username: str = "") -> None:
        """Let every token given out so far be expired, or those of one user."""
        self._post("/_emulator/tokens/expire", {"person": username} if username else None)

    def faults(self, faults: list[dict[str, Any]]) -> None:
        """Set the faults, in place of those set before."""
        self._post("/_emulator/faults", faults)

    def requests(self) -> list[dict[str, Any]]:
        """Return the requests to Podio's API so far, oldest first."""
        answer = self._client.get("/_emulator/requests").raise_for_status()
        return list(answer.json())

    def close(self) -> None:
        self._client.close()


class Colleague:
    """A user who works in Podio itself, beside the page: calls the API with a token of their own."""

    def __init__(self, emulator: Emulator, username: str = "grace@example.com") -> None:
        grant = {
            "grant_type": "password",
            "client_id": "server",
            "client_secret": "server-secret",
            "username": username,
            "password": PASSWORD,
        }
        self._client = httpx2.Client(base_url=emulator.url, trust_env=False, timeout=30)
        answer = self._client.post("/oauth/token", data=grant).raise_for_status()
        self._client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """Call Podio and return the answer's JSON value."""
        answer = self._client.request(method, path, json=body).raise_for_status()
        return answer.json() if answer.content else None

    def comments(self, item_id: int) -> list[str]:
        """Return an item's comments as plain texts, oldest first."""
        return [str(comment["value"]) for comment in self.call("GET", f"/comment/item/{item_id}/")]

    def content(self, path: str) -> bytes:
        """Return a file."""
        return self._client.get(path).raise_for_status().content

    def close(self) -> None:
        self._client.close()


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """A served page.

    Attributes:
        url: The page's address, with a slash at the end.
        emulator: The emulator beside it.
    """

    url: str
    emulator: Emulator

    @property
    def origin(self) -> str:
        return "/".join(self.url.split("/")[:3])


# What PyScript says when its page is left while it still loads: it reports its own aborted load by dispatching an event
# a second time. Nobody sees that page any more.
LEFT_WHILE_LOADING = (
    r"^uncaught: Failed to execute 'dispatchEvent' on 'EventTarget': The event is already being dispatched\.$",
    r"^uncaught: Event$",
)


@dataclass(slots=True)
class Console:
    """What the pages of a test wrote to the console as errors, and which of these the test knows of."""

    errors: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)

    def allow(self, *patterns: str) -> None:
        """Declare errors that this test causes on purpose, by regular expressions."""
        self.allowed.extend(patterns)

    def watch(self, context: BrowserContext) -> None:
        """Collect the console's lines and errors from all pages of `context`."""

        def message(entry: ConsoleMessage) -> None:
            self.lines.append(entry.text)
            if entry.type == "error":
                self.errors.append(f"{entry.text}  [{entry.location.get('url', '')}]")

        def error(raised: WebError) -> None:
            self.lines.append(str(raised.error))
            self.errors.append(f"uncaught: {raised.error}")

        context.on("console", message)
        context.on("weberror", error)

    def unexpected(self) -> list[str]:
        allowed_patterns = (*self.allowed, *LEFT_WHILE_LOADING)
        return [line for line in self.errors if not any(re.search(pattern, line) for pattern in allowed_patterns)]


def throttle(page: Page, *, latency: float = 0, down: float = -1, up: float = -1) -> None:
    """Slow the page's line down: milliseconds for a round trip, bytes a second each way (-1: as fast as it is)."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    conditions = {"latency": latency, "downloadThroughput": down, "uploadThroughput": up}
    devtools.send("Network.emulateNetworkConditions", {"offline": False, **conditions})


def copy_of_project(folder: Path) -> None:
    """Copy what `serve.py` serves and is made of, to be changed; what is installed and what is built stays shared."""
    for name in ("web", "pyapp", "tools", "requirements"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("serve.py", "Makefile", "pyproject.toml", "package.json", "package-lock.json", ".npmrc"):
        shutil.copy2(ROOT / name, folder / name)
    for name in ("node_modules", "build", ".venv"):
        (folder / name).symlink_to(ROOT / name)


class Server:
    """A `serve.py` on free ports."""

    def __init__(self, *options: str, log: Path, program: Path = ROOT / "serve.py") -> None:
        command = [sys.executable, str(program), "--port", "0", "--podio-port", "0", "--no-browser", *options]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
        self.log = log
        with log.open("w") as errors:
            self.process = subprocess.Popen(
                command,
                stdout=subprocess.PIPE,
                stderr=errors,
                stdin=subprocess.DEVNULL,
                text=True,
                env=environment,
            )
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.url = self._line(r"Workbench ready at (http://localhost:\d+/\S*)")
        self.podio_url = self._line(r"Podio emulator at (http://127\.0\.0\.1:\d+)")

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put("")

    def _line(self, pattern: str) -> str:
        try:
            line = self._lines.get(timeout=START_LIMIT)
        except queue.Empty:
            line = ""
        match = re.fullmatch(pattern, line.strip())
        if match is None:
            self.stop()
            raise RuntimeError(f"serve.py said {line!r}:\n{self.log.read_text()[-3000:]}")
        return match[1]

    def stop(self) -> int:
        """Interrupt it as Ctrl-C does, and return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()
        finally:
            assert self.process.stdout is not None
            if self._reader.is_alive():
                self._reader.join(timeout=5)
            self.process.stdout.close()


def alert(page: Page) -> Locator:
    """Return what the page complains about."""
    return page.get_by_role("alert")


def comment_box(page: Page) -> Locator:
    """Return the box in which a comment is typed."""
    return page.get_by_label("Add a comment")


def comment_list(page: Page) -> Locator:
    """Return the list of an item's comments."""
    return page.locator(".comment-list")


def open_item(page: Page, site: Site, item_id: int, *, editing: bool = False) -> None:
    """Open an item, or its form, and wait until it is there."""
    page.goto(f"{site.url}#/app/{item_id // 1000 if item_id < 100_000 else 34}/item/{item_id}{'/edit' * editing}")
    expect(comment_box(page)).to_be_visible()


def write_comment(page: Page, text: str) -> None:
    """Type a comment and submit it."""
    comment_box(page).fill(text)
    page.get_by_role("button", name="Add comment").click()


def submit_comment(page: Page, site: Site, item: int, **fault: Any) -> None:
    """Open an item and submit a comment on it, whose call has a fault (a rule of the emulator's)."""
    open_item(page, site, item)
    site.emulator.faults([{"path": f"/comment/item/{item}/", "method": "POST", **fault}])
    write_comment(page, "The lamp hums")


def expect_all_sent(page: Page) -> None:
    """Wait until Podio has all changes that the page shows."""
    expect(page.locator("[data-change]:not([data-change=saved])")).to_have_count(0)


def expect_state(page: Page, state: str | re.Pattern[str], *, timeout: float | None = None) -> None:
    """Wait until the page's `data-app-state` is `state`; where it never is, say what the page says."""
    try:
        expect(page.locator("html")).to_have_attribute("data-app-state", state, timeout=timeout)
    except AssertionError as problem:
        problem.add_note(f"The page says: {page.locator('[role=alert], details pre').all_text_contents()}")
        raise


def wait_until(page: Page, is_so: Callable[[], bool], *, limit: float = 60) -> None:
    """Wait at most `limit` seconds for something that no `expect` can see; the page's events are handled meanwhile."""
    end = time.monotonic() + limit
    while not is_so():
        assert time.monotonic() < end, "what the test waits for did not happen"
        page.wait_for_timeout(50)


def show(page: Page, site: Site, route: str) -> None:
    """Go to a route of the page."""
    page.goto(f"{site.url}#{route}")


def choose(page: Page, action: str) -> None:
    """Choose an action from the menu of the bar above a list or an item."""
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=action, exact=True).click()


def expect_closed(window: Page) -> None:
    """Wait until a window is closed: it closes itself after it has handed its answer on."""
    if not window.is_closed():
        window.wait_for_event("close")


def grant(page: Page, *, username: str = "ada@example.com", password: str = PASSWORD) -> None:
    """On the emulator's consent page, sign in where it has the form, and grant access."""
    button = page.get_by_role("button", name="Grant access")
    expect(button).to_be_visible()
    name = page.get_by_label("E-mail")
    if name.count() and name.is_visible():
        name.fill(username)
        page.get_by_label("Password").fill(password)
    button.click()


PLANT = """
if (location.hash.includes("STATE")) sessionStorage.setItem("KEY", JSON.stringify(RECORD));
"""
"""A script that puts an authorization request into the tab's storage, where its answer arrives."""


def open_signed_in(
    context: BrowserContext, site: Site, route: str = "", *, username: str = "ada@example.com", script: str = ""
) -> Page:
    """Open the page in a new tab as Podio's redirect after a sign-in does, and wait until it is up.

    For tests that begin when somebody is signed in: the page starts once, not twice, and the consent page is answered
    without a browser. `script` runs before any of the page's own.
    """
    request = AuthorizationRequest(
        state=secrets.token_urlsafe(32),
        client_id="workbench",
        authorize_url=f"{site.emulator.url}/oauth/authorize",
        redirect_uri=site.url,
        response_type="token",
        created_at=time.time(),
        redirect_nonce=True,
        app_state={"route": route, "scroll": {}},
    )
    consent = {"username": username, "password": PASSWORD, "answer": "grant"}
    answer = context.request.post(f"{request.url}&prompt=login", form=consent, max_redirects=0)
    key = f"podio.{urlsplit(site.emulator.url).netloc}.{request.client_id}.attempt.{request.state}"
    page = context.new_page()
    page.add_init_script(PLANT.replace("STATE", request.state).replace("KEY", key).replace("RECORD", request.to_json()))
    if script:
        page.add_init_script(script)
    page.goto(answer.headers["location"])
    expect_state(page, "signed-in")
    return page
