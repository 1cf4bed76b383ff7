"""The examples as a user runs them: as processes of their own, against the emulator, in a real browser."""

from __future__ import annotations

import os
import re
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect
from tests.e2e.driving import ROOT, Console, Emulator, grant

from podio_emulator import create_app, ids
from podio_emulator.serving import served

SECRET = "server-secret"


@pytest.fixture(scope="module")
def podio() -> Iterator[Emulator]:
    """An emulator beside the examples; they need no page of ours."""
    with served(create_app()) as url:
        emulator = Emulator(url)
        yield emulator
        emulator.close()


@pytest.fixture
def environment(podio: Emulator, tmp_path: Path) -> dict[str, str]:
    podio.reset()
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT / "pyapp"),
        "HOME": str(tmp_path),
        "PODIO_CLIENT_ID": ids.CONFIDENTIAL_CLIENT_ID,
        "PODIO_CLIENT_SECRET": SECRET,
        "PODIO_API_URL": podio.url,
        "PODIO_AUTHORIZE_URL": f"{podio.url}/oauth/authorize",
        "PODIO_TOKEN_URL": f"{podio.url}/oauth/token",
    }


@pytest.fixture
def serve_example(environment: dict[str, str], tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Run `examples/server_flow.py` and return its address; run again, it goes on with what it kept."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://localhost:{free.getsockname()[1]}"
    settings = {"COOKIE_SECRET": "c" * 64, "PUBLIC_URL": url, "SESSIONS": str(tmp_path / "sessions")}
    log = tmp_path / "server_flow.log"
    running: list[subprocess.Popen[str]] = []

    def stop() -> None:
        while running:
            process = running.pop()
            process.terminate()
            process.communicate(timeout=20)

    def start() -> str:
        stop()
        with log.open("a") as errors:
            running.append(
                subprocess.Popen(
                    [sys.executable, str(ROOT / "examples" / "server_flow.py")],
                    env=environment | settings,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                    text=True,
                )
            )
            stderr = running[-1].stderr
            assert stderr is not None
            for line in stderr:
                errors.write(line)
                if "Uvicorn running on" in line:
                    return url
        raise AssertionError(log.read_text())

    yield start
    stop()


def test_a_user_signs_in_to_the_server_example_works_and_signs_out(
    serve_example: Callable[[], str],
    podio: Emulator,
    context: BrowserContext,
    console: Console,
    tmp_path: Path,
) -> None:
    page = context.new_page()
    page.goto(serve_example())
    page.get_by_role("link", name="Sign in with Podio").click()
    expect(page.get_by_text("Example server")).to_be_visible()
    grant(page)
    expect(page.get_by_role("heading", name="Hello, Ada")).to_be_visible()
    assert re.fullmatch(r"http://localhost:\d+/", page.url)
    page.get_by_role("link", name="Your organizations").click()
    expect(page.get_by_role("listitem").first).to_be_visible()

    # The token expires, and the server is started again: the visitor notices neither.
    session_files = list((tmp_path / "sessions").glob("*.json"))
    assert len(session_files) == 1
    assert stat.S_IMODE(session_files[0].stat().st_mode) == 0o600
    podio.expire_tokens()
    serve_example()
    page.reload()
    expect(page.get_by_role("listitem").first).to_be_visible()

    page.get_by_role("link", name="Back").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in with Podio")).to_be_visible()
    assert [cookie["name"] for cookie in context.cookies() if cookie["name"].startswith("podio_visitor")] == []
    assert [call["path"] for call in podio.requests()].count("/oauth/grant/invalidate") == 1

    # A page that needs a session requests one, and is there afterwards.
    page.goto(page.url + "organizations")
    grant(page)
    expect(page.get_by_role("heading", name="Your organizations")).to_be_visible()
    assert page.url.endswith("/organizations")


def test_a_user_who_denies_sees_so(
    serve_example: Callable[[], str], podio: Emulator, context: BrowserContext, console: Console
) -> None:
    console.allow(r"403 \(Forbidden\)")
    page = context.new_page()
    page.goto(serve_example())
    page.get_by_role("link", name="Sign in with Podio").click()
    page.get_by_role("button", name="Deny").click()
    expect(page.get_by_text("The user denied your request.")).to_be_visible()


def run(name: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "examples" / name)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)


def test_the_script_signs_in_as_an_app_and_goes_on_with_its_session_the_next_time(
    environment: dict[str, str], podio: Emulator
) -> None:
    app = {"PODIO_APP_ID": str(ids.CLIENTS_APP_ID), "PODIO_APP_TOKEN": ids.CLIENTS_APP_TOKEN}
    first = run("app_flow.py", environment | app)
    assert first.returncode == 0, first.stderr
    assert re.match(r"\d+ items, the newest:\n  310\d\d  \S", first.stdout)
    podio.expire_tokens()
    second = run("app_flow.py", environment | app)
    assert (second.returncode, second.stdout) == (0, first.stdout)
    assert [call["path"] for call in podio.requests()].count("/oauth/token") == 2
    # Podio has ended the session: the script signs in again.
    podio.reset()
    third = run("app_flow.py", environment | app)
    assert (third.returncode, third.stdout) == (0, first.stdout)


def test_an_example_without_its_settings_says_which_is_missing(environment: dict[str, str]) -> None:
    for name, missing in (("app_flow.py", "PODIO_APP_ID"), ("server_flow.py", "COOKIE_SECRET")):
        process = run(name, environment)
        assert process.returncode == 1
        assert f"Set {missing} first" in process.stderr


def test_a_wrong_app_token_ends_the_script_with_podios_words_and_no_secret(environment: dict[str, str]) -> None:
    wrong = {"PODIO_APP_ID": str(ids.CLIENTS_APP_ID), "PODIO_APP_TOKEN": "-".join(("can", "ary"))}
    process = run("app_flow.py", environment | wrong)
    assert process.returncode == 1
    assert "invalid app id or app token" in process.stderr
    assert "canary" not in process.stderr.replace("-", "")
    assert SECRET not in process.stderr
