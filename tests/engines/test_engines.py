"""The built site in Firefox and WebKit: sign-in by redirect, the kept copy, reload, renewal by a sign-in window."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from tests.e2e.driving import PASSWORD, Emulator, Server
from tests.engines.driven import STATE, Engine, firefox, until, webkit
from tools.build_site import build

RECORDS = "return JSON.stringify(Object.values(sessionStorage).filter((text) => text.includes('access_token')))"
RESTORED = "return performance.getEntriesByName('workbench:restored').length"
CONTROLLED = "return Boolean(navigator.serviceWorker && navigator.serviceWorker.controller)"
LOOK_FOR_SNAPSHOT = """
  const address = new URL(document.documentElement.dataset.appSnapshot, document.baseURI).href;
  caches.match(address).then((found) => { document.documentElement.dataset.kept = String(Boolean(found)); });
  return document.documentElement.dataset.kept === "true";"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    out: Path = build(tmp_path_factory.mktemp("site"), release=True)
    server = Server("--site", str(out), "--base", "/some/path/", log=tmp_path_factory.mktemp("log") / "serve.log")
    yield server
    server.stop()


def button(name: str) -> str:
    return f"//button[normalize-space()='{name}']"


def token(engine: Engine) -> str:
    records = json.loads(engine.run(RECORDS) or "[]")  # nothing while the page changes
    return str(json.loads(records[0])["access_token"]) if records else ""


def expect_state(engine: Engine, state: str) -> None:
    until(lambda: engine.run(STATE) == state, f"the page is {state}")


@pytest.mark.parametrize("start", [firefox, webkit], ids=["firefox", "webkit"])
def test_sign_in_reload_and_renewal(served: Server, start: Callable[[], AbstractContextManager[Engine]]) -> None:
    emulator = Emulator(served.podio_url)
    emulator.reset()
    with start() as engine:
        engine.open(served.url)
        expect_state(engine, "signed-out")
        until(lambda: engine.run(LOOK_FOR_SNAPSHOT), "the service worker keeps the snapshot")

        engine.click(button("Sign in with Podio"))
        until(lambda: engine.run("return Boolean(document.querySelector('input[name=username]'))"), "Podio's page")
        engine.type("//input[@name='username']", "ada@example.com")
        engine.type("//input[@name='password']", PASSWORD)
        engine.click(button("Grant access"))
        expect_state(engine, "signed-in")
        assert "access_token" not in engine.run("return location.href")

        engine.run("location.reload()")
        until(lambda: engine.run(RESTORED) == 1 and engine.run(CONTROLLED), "the reload starts from the snapshot")
        expect_state(engine, "signed-in")

        first = token(engine)
        emulator.expire_tokens()
        engine.run("location.reload()")
        until(
            lambda: engine.run(
                f'return Boolean(document.evaluate("{button("Sign in again")}", document, null, 9, null)'
                ".singleNodeValue)"
            ),
            "the page asks to sign in again",
        )
        engine.click(button("Sign in again"))
        until(lambda: token(engine) not in {"", first}, "the window's answer renews the session")
        expect_state(engine, "signed-in")
    emulator.close()
