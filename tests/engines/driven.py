"""Firefox and WebKit, driven from outside in the same few words."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from marionette_driver.errors import MarionetteException
from marionette_driver.marionette import Marionette
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

LIMIT = 90.0  # seconds
STATE = "return document.documentElement ? document.documentElement.dataset.appState : ''"


class Engine(Protocol):
    """A browser with one tab, and the windows that the tab opens."""

    def open(self, url: str) -> None: ...
    def run(self, script: str) -> Any: ...
    def click(self, xpath: str) -> None: ...
    def type(self, xpath: str, text: str) -> None: ...

    @property
    def window(self) -> str:
        """Which window all of the above goes to."""
        ...

    def windows(self) -> set[str]: ...
    def new_tab(self) -> str: ...
    def go_to_window(self, window: str) -> None: ...


def until(read: Callable[[], Any], expected: str) -> Any:
    """Return what `read` says as soon as it is true; errors while a page changes count as no answer."""
    ends = time.monotonic() + LIMIT
    result: Any = None
    while time.monotonic() < ends:
        try:
            if result := read():
                return result
        except (MarionetteException, WebDriverException) as error:
            result = error
        time.sleep(0.1)
    raise AssertionError(f"{expected}: not within {LIMIT:g} s; the last answer was {result!r}")


class _Driven:
    """What both drivers call by the same names."""

    def __init__(self, driver: Any) -> None:
        self._driver = driver

    def click(self, xpath: str) -> None:
        self._driver.find_element("xpath", xpath).click()

    def type(self, xpath: str, text: str) -> None:
        self._driver.find_element("xpath", xpath).send_keys(text)

    @property
    def window(self) -> str:
        return str(self._driver.current_window_handle)

    def windows(self) -> set[str]:
        return set(self._driver.window_handles)


class Firefox(_Driven):
    """Firefox by its own Marionette protocol, without geckodriver."""

    def open(self, url: str) -> None:
        self._driver.navigate(url)

    def run(self, script: str) -> Any:
        return self._driver.execute_script(script, sandbox=None)

    def new_tab(self) -> str:
        return str(self._driver.open(type="tab")["handle"])

    def go_to_window(self, window: str) -> None:
        self._driver.switch_to_window(window)


class WebKit(_Driven):
    """WebKitGTK's MiniBrowser by WebDriver."""

    def open(self, url: str) -> None:
        self._driver.get(url)

    def run(self, script: str) -> Any:
        return self._driver.execute_script(script)

    def new_tab(self) -> str:
        before = self.windows()
        self._driver.switch_to.new_window("tab")
        (new,) = self.windows() - before
        return new

    def go_to_window(self, window: str) -> None:
        self._driver.switch_to.window(window)


@contextmanager
def firefox() -> Iterator[Engine]:
    """Run Firefox ESR without a screen."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        profile = Path(home, "profile")
        profile.mkdir()
        settings = {
            "marionette.port": 0,
            "remote.prefs.recommended": False,  # they would let every popup open
            "datareporting.policy.dataSubmissionEnabled": False,  # else a tab of Firefox's own opens
        }
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in settings.items()]
        (profile / "user.js").write_text("".join(lines))
        environment = {**os.environ, "HOME": home}
        command = ["firefox-esr", "--headless", "--marionette", "--profile", str(profile), "--no-remote"]
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, env=environment
        )
        try:
            port_file = profile / "MarionetteActivePort"
            port = int(until(lambda: port_file.exists() and port_file.read_text().strip(), "Firefox accepts a driver"))
            client = Marionette(host="127.0.0.1", port=port)
            client.start_session()
            client.timeout.page_load = LIMIT
            yield Firefox(client)
            with contextlib.suppress(MarionetteException, OSError):
                client.delete_session()
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def webkit() -> Iterator[Engine]:
    """Run WebKitGTK's MiniBrowser on a screen of its own."""
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert screen.stdout is not None
        with screen.stdout as output, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
            display = output.readline().strip()
            options = Options()
            options.binary_location = str(next(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser")))
            options.add_argument("--automation")
            environment = {**os.environ, "DISPLAY": f":{display}", "HOME": home, "WEBKIT_DISABLE_COMPOSITING_MODE": "1"}
            driver = webdriver.WebKitGTK(options=options, service=Service("/usr/bin/WebKitWebDriver", env=environment))
            try:
                driver.set_page_load_timeout(LIMIT)
                yield WebKit(driver)
            finally:
                driver.quit()
    finally:
        screen.terminate()
        screen.wait(timeout=10)
