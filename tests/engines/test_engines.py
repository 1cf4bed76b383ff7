"""The built site in Firefox and WebKit: sign-in, the kept copy, renewal, sample data, chance, and windows' storage."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.e2e.driving import DRAW, PASSWORD, SIGN_IN_AFTER_THE_SAME_SEED, Emulator, Server
from tests.engines.driven import STATE, Engine, firefox, until, webkit
from tools.build_site import build

COMMENT = "The lobby's lamps need 42 m of cable"
ITEM = "#/app/31/item/31001"
KEPT = "return JSON.stringify({...sessionStorage})"
RESTORED = "return performance.getEntriesByName('workbench:restored').length"
CONTROLLED = "return Boolean(navigator.serviceWorker && navigator.serviceWorker.controller)"
LOOK_FOR_SNAPSHOT = """
  const address = new URL(document.documentElement.dataset.appSnapshot, document.baseURI).href;
  caches.match(address).then((found) => { document.documentElement.dataset.kept = String(Boolean(found)); });
  return document.documentElement.dataset.kept === "true";"""
SIGN_IN = "//button[normalize-space()='Sign in with Podio']"
GRANT = "//button[normalize-space()='Grant access']"
COMMENT_BOX = "//textarea[@id=//label[normalize-space()='Add a comment']/@for]"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    # Below a path the origin counts as shared unless the owner says that it isn't.
    out: Path = build(tmp_path_factory.mktemp("site"), release=True, config={"own_origin": True})
    server = Server("--site", str(out), "--base", "/some/path/", log=tmp_path_factory.mktemp("log") / "serve.log")
    yield server
    server.stop()


@pytest.fixture
def emulator(served: Server) -> Iterator[Emulator]:
    beside = Emulator(served.podio_url)
    beside.reset()
    yield beside
    beside.close()


@pytest.fixture(params=[firefox, webkit], ids=["firefox", "webkit"])
def engine(request: pytest.FixtureRequest, served: Server, emulator: Emulator) -> Iterator[Engine]:
    """A browser as new that shows the signed-out page."""
    with request.param() as running_engine:
        running_engine.open(served.url)
        expect_state(running_engine, "signed-out")
        yield running_engine


def button(name: str) -> str:
    return f"//button[normalize-space()='{name}']"


def find(engine: Engine, xpath: str) -> Any:
    """Return the text of what the page shows there, or an empty one."""
    return engine.run(
        f"const found = document.evaluate({json.dumps(xpath)}, document, null, 9, null).singleNodeValue;"
        "return found ? found.textContent || 'empty' : ''"
    )


def expect(engine: Engine, xpath: str, text: str = "") -> None:
    until(lambda: (element := find(engine, xpath)) and text in element, f"{xpath} is there, with {text!r}")


def press(engine: Engine, name: str) -> None:
    """Press a button as soon as it can be pressed."""

    def pressed() -> bool:
        engine.click(button(name))
        return True

    until(pressed, f"{name!r} is pressed")


def expect_state(engine: Engine, state: str) -> None:
    until(lambda: engine.run(STATE) == state, f"the page is {state}")


def kept(engine: Engine) -> dict[str, str]:
    """Return the tab's storage."""
    return dict(json.loads(engine.run(KEPT) or "{}"))  # nothing while the page changes


def load_again(engine: Engine, load: Callable[[], Any]) -> None:
    """Load a page, and wait until what the engine runs is run in it and no longer in the one before."""
    engine.run("window.isOld = true")
    load()
    until(lambda: engine.run("return !window.isOld"), "the page is a new one")


def starts_from_snapshot(engine: Engine, url: str) -> bool:
    """Reload the page. If the browser couldn't read its cache just then, it has started plainly, as it should."""
    load_again(engine, lambda: engine.open(url))
    expect_state(engine, "signed-out")
    return bool(engine.run(RESTORED) == 1)


def token(engine: Engine) -> str:
    records = [text for key, text in kept(engine).items() if ".session." in key]
    return str(json.loads(records[0])["access_token"]) if records else ""


def run_python(engine: Engine, program: str) -> None:
    """Run a program in the page's Python, once PyScript has joined; no script element: the policy refuses its text."""
    engine.run(
        f"""const element = document.createElement("py-script");
            element.textContent = {json.dumps(program)};
            document.body.append(element);"""
    )


def sign_in(engine: Engine) -> None:
    press(engine, "Sign in with Podio")
    grant(engine)
    expect_state(engine, "signed-in")


def grant(engine: Engine) -> None:
    """Sign in on Podio's page, and grant access."""
    expect(engine, "//input[@name='username']")
    engine.type("//input[@name='username']", "ada@example.com")
    engine.type("//input[@name='password']", PASSWORD)
    engine.click(GRANT)


@contextmanager
def opened_window(engine: Engine, open_it: Callable[[], None]) -> Iterator[None]:
    """Work in the window that opens meanwhile, and come back to the page."""
    page, before = engine.window, engine.windows()
    open_it()
    (new,) = until(lambda: engine.windows() - before, "a window opens")
    engine.go_to_window(new)
    yield
    engine.go_to_window(page)
    until(lambda: engine.windows() == before, "the window is closed")


def call(engine: Engine, name: str) -> None:
    """Press a button whose call finds the sign-in expired; where the window wants a click of its own, give it."""
    before = engine.windows()
    press(engine, name)
    until(
        lambda: find(engine, button("Sign in again")) or engine.windows() != before or is_sent(engine),
        "the renewal begins",
    )
    if find(engine, button("Sign in again")):
        press(engine, "Sign in again")


def is_sent(engine: Engine) -> bool:
    # Both at one moment: a comment is in the list before it is sent, too, and marked there.
    return bool(
        engine.run(
            f"""const list = document.querySelector("[class*=comment-list]");
                return list !== null && list.textContent.includes({json.dumps(COMMENT)})
                  && document.querySelector("[data-change]:not([data-change=saved])") === null;"""
        )
    )


def test_sign_in_reload_and_renewal(engine: Engine, emulator: Emulator) -> None:
    until(lambda: engine.run(LOOK_FOR_SNAPSHOT), "the service worker keeps the snapshot")
    sign_in(engine)
    first = token(engine)
    assert first
    assert first not in engine.run("return location.href")
    assert first not in engine.run("return JSON.stringify([{...localStorage}, document.cookie, history.state])")

    load_again(engine, lambda: engine.run("location.reload()"))
    until(lambda: engine.run(RESTORED) == 1 and engine.run(CONTROLLED), "the reload starts from the snapshot")
    expect_state(engine, "signed-in")
    assert token(engine) == first
    expect(engine, "//*[@id='me-name']", "Ada Lysholm")

    engine.run(f"location.hash = {json.dumps(ITEM)}")
    expect(engine, COMMENT_BOX)
    engine.type(COMMENT_BOX, COMMENT)
    emulator.expire_tokens()
    # Podio knows who signed in, so the window answers and closes by itself.
    call(engine, "Add comment")
    until(lambda: is_sent(engine), "the comment is sent")
    until(lambda: token(engine) not in {"", first}, "the window's answer renews the session")
    until(lambda: len(engine.windows()) == 1, "the window is closed")
    expect_state(engine, "signed-in")


def test_an_answer_that_arrives_while_the_page_runs_is_taken_out_and_refused(engine: Engine, served: Server) -> None:
    engine.run(f"location.hash = {json.dumps(ITEM)}")
    engine.run("window.seen = []; addEventListener('hashchange', () => { seen.push(location.href); })")
    engine.run("location.hash = '#access_token=planted&expires_in=60'")
    expect(engine, "//*[@role='alert']", "didn’t request")
    assert engine.run("return location.href") == f"{served.url}{ITEM}"
    engine.run("addEventListener('popstate', () => { window.isBack = true; }, { once: true }); history.back()")
    until(lambda: engine.run("return window.isBack"), "the page is back at the entry before")
    engine.run("location.hash = '#/'")
    until(lambda: engine.run("return location.hash") == "#/", "the page goes on")
    assert "planted" not in engine.run("return JSON.stringify(seen)")
    assert kept(engine) == {}


def test_a_new_tab_is_handed_the_session_and_hears_of_its_sign_out(engine: Engine, served: Server) -> None:
    sign_in(engine)
    first, page = token(engine), engine.window
    engine.go_to_window(engine.new_tab())
    engine.open(f"{served.url}{ITEM}")
    expect_state(engine, "signed-in")
    expect(engine, "//*[@id='me-name']", "Ada Lysholm")
    assert token(engine) == first
    press(engine, "Sign out")
    expect_state(engine, "signed-out")
    engine.go_to_window(page)
    expect_state(engine, "signed-out")
    load_again(engine, lambda: engine.run("location.reload()"))
    expect_state(engine, "signed-out")
    assert token(engine) == ""


def test_the_sample_data_can_be_tried_and_its_sign_in_renewed(engine: Engine, emulator: Emulator) -> None:
    with opened_window(engine, lambda: press(engine, "Try sample data")):
        press(engine, "Grant access")
    expect_state(engine, "signed-in")
    expect(engine, "//*[@id='me-name']", "Ada Lysholm")
    assert [key for key in kept(engine) if key.startswith("podio.")] == ["podio.sample.session.client"]

    engine.run(f"location.hash = {json.dumps(ITEM)}")
    expect(engine, COMMENT_BOX)
    engine.type(COMMENT_BOX, COMMENT)
    first = token(engine)
    press(engine, "Let the sign-in expire now")
    expect(engine, "//*[contains(., 'The sample sign-in has expired')]")
    with opened_window(engine, lambda: call(engine, "Add comment")):
        press(engine, "Grant access")
    until(lambda: is_sent(engine), "the comment is sent")
    assert token(engine) not in {"", first}
    assert emulator.requests() == []


def test_two_starts_from_the_snapshot_differ_in_random_numbers_and_in_states_that_random_has_no_part_in(
    engine: Engine, served: Server
) -> None:
    until(lambda: engine.run(LOOK_FOR_SNAPSHOT), "the service worker keeps the snapshot")
    drawn, states = [], []
    for _ in range(2):
        until(lambda: starts_from_snapshot(engine, served.url), "the page starts from the snapshot")
        run_python(engine, DRAW)
        drawn.append(until(lambda: engine.run("return document.documentElement.dataset.drawn"), "a number is drawn"))
        run_python(engine, SIGN_IN_AFTER_THE_SAME_SEED)
        expect(engine, GRANT)
        states += re.findall(r"[?&]state=([^&]+)", engine.run("return location.href"))
    assert len(set(drawn)) == 2
    assert len(set(states)) == 2


NONCE = "n" * 32
OPEN_WINDOWS = """
  const button = (name, open) => {
    const made = document.createElement("button");
    made.textContent = name;
    made.onclick = open;
    document.body.prepend(made);
  };
  const features = "popup,width=560,height=760";
  for (const [name, address] of arguments) {
    button(name, () => { window.open(address, "_blank", features); });
    button(`${name}, cut off`, () => {
      const made = window.open("about:blank", "_blank", features);
      made.opener = null;
      made.location.replace(new URL(address, location.href));
    });
  }"""


def test_no_session_is_left_in_a_window_that_gets_a_copy_of_the_storage(engine: Engine, served: Server) -> None:
    sign_in(engine)
    unasked = f"callback.html?podio_nonce={'u' * 32}#error=access_denied"
    windows = {
        "File": "sample-consent.css",
        "Last page": "callback.html",
        "Answer": f"callback.html?podio_nonce={NONCE}#error=x",
    }
    windows["Unasked"] = unasked
    engine.run(OPEN_WINDOWS.replace("arguments", json.dumps(list(windows.items()))))
    page, mine = engine.window, kept(engine)
    assert token(engine)

    def copied(name: str, **planted: str) -> set[str]:
        """Open a window, and return what it has of the library's once its page is loaded."""
        for key, text in planted.items():
            engine.run(f"sessionStorage.setItem('podio.' + {json.dumps(key)}, {json.dumps(text)})")
        before = engine.windows()
        press(engine, name)
        (new,) = until(lambda: engine.windows() - before, "a window opens")
        engine.go_to_window(new)
        file = windows[name.removesuffix(", cut off")].partition("?")[0]
        loaded = f"return document.readyState === 'complete' && location.pathname.endsWith({json.dumps(file)})"
        until(lambda: engine.run(loaded), "the window's page is loaded")
        keys = {key for key in kept(engine) if key.startswith("podio.")}
        engine.go_to_window(page)
        for key in planted:
            engine.run(f"sessionStorage.removeItem('podio.' + {json.dumps(key)})")
        return keys

    # The library takes its keys out before it opens a window. Here they stay, as in a copy that WebKit makes late.
    assert copied("File", window="1") == {*mine, "podio.window"}, "this engine copies nothing: the test shows nothing"
    assert copied("File, cut off") == set(mine), "nor where the window is cut off"
    assert copied("Last page", window="1") == set()
    assert copied("Answer, cut off", **{f"x.attempt.{NONCE}": "{}"}) == set()
    assert copied("Unasked") == set()

    # In the tab itself it is no copy.
    engine.open(f"{served.url}{unasked}")
    marks = [key for key in kept(engine) if key.endswith(".sign-in-offered")]  # of the page that was left for it
    assert kept(engine) == {**mine, **dict.fromkeys(marks, "1")}


def test_the_window_of_a_renewal_keeps_nothing_of_the_session_and_has_no_opener(
    engine: Engine, served: Server, emulator: Emulator
) -> None:
    sign_in(engine)
    first = token(engine)
    engine.run(f"location.hash = {json.dumps(ITEM)}")
    expect(engine, COMMENT_BOX)
    emulator.reset()  # Podio has no signed-in user any more: its page shows the form
    page, before = engine.window, engine.windows()
    press(engine, "⋯")
    call(engine, "Refresh")
    (window,) = until(lambda: engine.windows() - before, "a window opens")
    engine.go_to_window(window)
    expect(engine, GRANT)
    assert engine.run("return window.opener === null && window.name === ''")
    engine.go_to_window(page)
    press(engine, "Cancel")  # so that nobody takes the answer, and the window stays to be looked at
    expect(engine, button("Sign in again"))
    engine.go_to_window(window)
    grant(engine)
    until(lambda: engine.run("return location.href") == f"{served.url}callback.html", "the window has its answer")
    assert kept(engine) == {}
    engine.go_to_window(page)
    assert token(engine) == first

    # Podio knows by now who signs in: the window may be gone before it is seen.
    press(engine, "Sign in again")
    until(lambda: token(engine) not in {"", first}, "the window's answer renews the session")
