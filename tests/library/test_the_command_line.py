"""``python -m podio`` against the emulator, as a user runs it: in a process of its own, with pipes or at a terminal."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

import httpx2
import pytest

from podio_emulator import ids
from podio_emulator.server import EmulatedApp, Field, PodioServer
from tests.library.terminal import Terminal, terminal

PYAPP = Path(__file__).resolve().parents[2] / "pyapp"
PATH = "podio/session.json"
HOSTILE = "\x1b]0;owned\x07\x9b31mred\u202egnp.exe"


class User:
    """Somebody at a command line, with a folder for settings of their own."""

    def __init__(self, server: PodioServer, folder: Path) -> None:
        self.server = server
        self.file = folder / PATH
        self.environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(PYAPP),
            "XDG_CONFIG_HOME": str(folder),
            "HOME": str(folder),
            "PODIO_CLIENT_ID": server.client_id,
            "PODIO_CLIENT_SECRET": server.client_secret,
            "TERM": "xterm",
            "LANG": "C.UTF-8",
        }

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "podio", "--podio", self.server.url, *arguments]

    def run(self, *arguments: str, status: int = 0, text: str | None = None, **environment: str) -> tuple[str, str]:
        """Run a command without a terminal; return what it wrote to the output and to the error stream."""
        process = subprocess.run(
            self.command(*arguments),
            env=self.environment | environment,
            input=(text or "").encode(),
            capture_output=True,
            check=False,
            timeout=120,
        )
        assert process.returncode == status, process.stderr.decode()
        assert b"Traceback" not in process.stderr
        return process.stdout.decode(), process.stderr.decode()

    @contextmanager
    def at_terminal(self, *arguments: str, without: tuple[str, ...] = ()) -> Iterator[Terminal]:
        environment = {name: value for name, value in self.environment.items() if name not in without}
        with terminal(self.command(*arguments), environment) as screen:
            yield screen

    def log_in_as_app(self, app: EmulatedApp) -> None:
        self.run("login", "--app", str(app.app_id), PODIO_APP_TOKEN=app.app_token)

    def log_in(self) -> None:
        """Sign in as Ada."""
        with self.at_terminal("login", "--password") as screen:
            screen.wait_for("E-mail address: ")
            screen.type(self.server.username)
            screen.wait_for("Password: ")
            screen.type(self.server.password)
            screen.wait_for("You are signed in")
            assert screen.end() == 0

    def tokens(self) -> set[str]:
        """Return all tokens that the file holds."""
        tokens = set(re.findall(r'"(?:access|refresh)_token": "([^"]+)"', self.file.read_text(encoding="utf-8")))
        assert tokens
        return tokens

    def is_good(self, token: str) -> bool:
        headers = {"Authorization": f"OAuth2 {token}"}
        return httpx2.get(f"{self.server.url}/user/status", headers=headers).status_code == 200


@pytest.fixture
def user(podio_server: PodioServer, tmp_path: Path) -> User:
    return User(podio_server, tmp_path)


@pytest.fixture
def deals(podio_server: PodioServer) -> EmulatedApp:
    return podio_server.add_app(
        "Deals",
        [
            Field("Title", settings={"format": "plain"}),
            Field("Status", "category", options=["Open", "Won & paid"]),
            Field("Value", "money", currencies=["EUR"]),
            Field("Due on", "date"),
            Field("Phone", "phone"),
            Field("Count", "number"),
        ],
        items=[
            {"title": "=1+1", "status": "Open", "value": {"value": "-5", "currency": "EUR"}, "count": -3},
            {"title": "Lamps", "status": "Won & paid", "due-on": "2026-12-24", "phone": "+45 86 12 40 11"},
            {"title": "@cmd", "status": "Won & paid", "due-on": "2027-01-01"},
        ],
    )


# Signing in


@contextmanager
def browser_login(user: User, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run ``login`` and yield its process, and the address to sign in at."""
    command = user.command("login", "--no-browser", *arguments)
    with subprocess.Popen(
        command, env=user.environment, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        lines: list[str] = []
        while not (lines and lines[-1].startswith(user.server.url)):
            lines.append(process.stderr.readline())
            assert lines[-1], lines
        screen = "".join(lines)
        assert "comes back to http://127.0.0.1:" in screen.partition(user.server.url)[0]
        try:
            yield process, lines[-1].strip()
        finally:
            process.kill()


def answered(url: str, *, answer: str = "grant") -> str:
    """Sign in at an address as Ada, and return where the browser is sent back to."""
    with httpx2.Client() as browser:
        page = browser.get(url)
        action = re.search(r'<form method="post" action="([^"]+)"', page.text)
        assert action, page.text
        form = {"username": ids.ADA_MAIL, "password": ids.PASSWORD, "answer": answer}
        response = browser.post(str(httpx2.URL(url).join(unescape(action[1]))), data=form)
        return str(response.headers["location"])


def test_a_sign_in_in_the_browser_is_kept_in_a_file_for_its_owner_alone(user: User) -> None:
    with browser_login(user) as (process, url):
        back = answered(url)
        response = httpx2.get(back)
        assert (response.status_code, "You are signed in" in response.text) == (200, True)
        assert response.headers["cache-control"] == "no-store"
        assert process.wait(60) == 0
    assert stat.S_IMODE(user.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(user.file.parent.stat().st_mode) == 0o700
    output, _ = user.run("request", "GET", "/user/status")
    assert json.loads(output)["user"]["mail"] == ids.ADA_MAIL


def test_the_nonce_of_a_sign_in_is_checked_and_only_the_first_answer_counts(user: User) -> None:
    with browser_login(user) as (process, url):
        back = httpx2.URL(answered(url))
        code, state = back.params["code"], back.params["state"]
        port = back.port
        here = f"http://127.0.0.1:{port}/"
        wrong = [
            httpx2.get(here),
            httpx2.get(here, params={"code": code}),
            httpx2.get(here, params={"code": code, "state": f"{state}x"}),
            httpx2.get(here, params={"code": "evil", "state": ""}),
            httpx2.get(here, params={"error": "access_denied"}),
            httpx2.get(f"{here}?code={code}&state={state}&state=x"),
            httpx2.get(f"{here}other", params={"code": code, "state": state}),
            httpx2.post(here, params={"code": code, "state": state}),
            httpx2.get(str(back), headers={"Host": "evil.example"}),
            httpx2.get(str(back), headers={"Host": f"localhost:{port}"}),
        ]
        assert all(response.status_code in {400, 404, 405} for response in wrong)
        assert process.poll() is None
        assert "You are signed in" in httpx2.get(str(back)).text
        assert process.wait(60) == 0
    with pytest.raises(httpx2.ConnectError):
        httpx2.get(str(back))


def test_a_denied_sign_in_ends_the_command_with_a_sentence_and_keeps_nothing(user: User) -> None:
    with browser_login(user) as (process, url):
        assert "The sign-in failed" in httpx2.get(answered(url, answer="deny")).text
        assert process.wait(60) == 1
        assert process.stderr is not None
        assert "denied" in process.stderr.read().lower()
    user.run("apps", status=1)


def test_a_code_that_podio_refuses_ends_the_command(user: User) -> None:
    with browser_login(user) as (process, url):
        back = httpx2.URL(answered(url))
        assert "The sign-in failed" in httpx2.get(str(back.copy_set_param("code", "forged"))).text
        assert process.wait(60) == 1


def test_a_port_that_is_in_use_is_named(user: User, podio_server: PodioServer) -> None:
    port = podio_server.url.rpartition(":")[2]
    _, problem = user.run("login", "--port", port, status=1)
    assert port in problem
    assert "--port" in problem


def test_an_app_signs_in_with_a_token_that_is_typed_unseen(user: User, deals: EmulatedApp) -> None:
    with user.at_terminal("login", "--app", str(deals.app_id)) as screen:
        screen.wait_for(f"Token of the app {deals.app_id}: ")
        screen.type(deals.app_token)
        screen.wait_for("You are signed in")
        assert screen.end() == 0
        assert deals.app_token not in screen.shown
    output, _ = user.run("apps")
    assert output == f"app_id\tname\tworkspace\n{deals.app_id}\tDeals\n"


def test_a_password_and_the_api_keys_secret_are_typed_unseen(user: User, podio_server: PodioServer) -> None:
    key = ("PODIO_CLIENT_ID", "PODIO_CLIENT_SECRET")
    with user.at_terminal("login", "--password", without=key) as screen:
        for label, text in [
            ("Client id of your API key: ", podio_server.client_id),
            ("Secret of the API key server: ", podio_server.client_secret),
            ("E-mail address: ", podio_server.username),
            ("Password: ", "podio"),
        ]:
            screen.wait_for(label)
            screen.type(text)
        screen.wait_for("You are signed in")
        assert screen.end() == 0
        assert podio_server.client_secret not in screen.shown
        assert "Password: podio" not in screen.shown
        assert not [token for token in user.tokens() if token in screen.shown]


def test_an_account_with_a_second_factor_is_prompted_for_its_code(user: User, podio_server: PodioServer) -> None:
    podio_server.require_second_factor()
    with user.at_terminal("login", "--password") as screen:
        for label, text in [
            ("E-mail address: ", podio_server.username),
            ("Password: ", "podio"),
            ("Code of the second factor: ", ids.ONE_TIME_CODE),
        ]:
            screen.wait_for(label)
            screen.type(text)
        screen.wait_for("You are signed in")
        assert screen.end() == 0


@pytest.mark.parametrize(
    "prompt", ["Client id of your API key: ", "Secret of the API key server: ", "E-mail address: "]
)
def test_an_interrupt_ends_a_command_that_prompts(user: User, prompt: str) -> None:
    key = ("PODIO_CLIENT_ID", "PODIO_CLIENT_SECRET")
    with user.at_terminal("login", "--password", without=() if "mail" in prompt else key) as screen:
        if "Secret" in prompt:
            screen.wait_for("Client id")
            screen.type("server")
        screen.wait_for(prompt)
        screen.interrupt()
        assert screen.end() == 130
        assert "Traceback" not in screen.shown


def test_without_a_terminal_and_a_key_nothing_is_waited_for(user: User) -> None:
    del user.environment["PODIO_CLIENT_SECRET"]
    _, problem = user.run("login", status=1)
    assert "PODIO_CLIENT_SECRET" in problem
    _, problem = user.run("login", "--password", status=1, PODIO_CLIENT_SECRET="server-secret")
    assert "terminal" in problem


def test_a_secret_on_the_command_line_is_refused_and_not_repeated(user: User) -> None:
    output, problem = user.run("login", "--client-secret=geheim", status=2)
    assert "geheim" not in output + problem


def test_another_sign_in_ends_the_one_before_here_and_at_podio(user: User, deals: EmulatedApp) -> None:
    user.log_in()
    first = user.tokens()
    user.log_in_as_app(deals)
    assert not first & user.tokens()
    assert not any(map(user.is_good, first))
    user.log_in_as_app(deals)
    output, _ = user.run("items", str(deals.app_id), "--format", "jsonl")
    assert len(output.splitlines()) == 3


def test_a_sign_in_that_fails_leaves_the_one_before(user: User, deals: EmulatedApp) -> None:
    user.log_in_as_app(deals)
    _, problem = user.run("login", "--app", str(deals.app_id), status=1, PODIO_APP_TOKEN="wrong")
    assert "wrong" not in problem
    user.run("items", str(deals.app_id))


def test_logging_out_ends_the_sign_in_at_podio_too(user: User) -> None:
    user.log_in()
    tokens = user.tokens()
    assert any(map(user.is_good, tokens))
    _, text = user.run("logout")
    assert "signed out" in text
    assert not any(map(user.is_good, tokens))
    assert not [token for token in tokens if token in user.file.read_text(encoding="utf-8")]
    _, problem = user.run("apps", status=1)
    assert "python -m podio login" in problem
    _, text = user.run("logout")
    assert "not signed in" in text


def test_a_sign_in_at_another_podio_or_of_another_key_is_not_used(user: User, deals: EmulatedApp) -> None:
    user.log_in_as_app(deals)
    _, problem = user.run("apps", status=1, PODIO_CLIENT_ID="another")
    assert "not signed in" in problem
    with PodioServer() as another:
        elsewhere = User(another, user.file.parents[1])
        _, problem = elsewhere.run("apps", status=1)
        assert "not signed in" in problem
        assert [request["path"] for request in another.requests()] == []


def test_an_expired_token_is_renewed_and_the_new_one_kept(user: User, deals: EmulatedApp) -> None:
    user.log_in_as_app(deals)
    before = user.tokens()
    user.server.expire_tokens()
    user.run("items", str(deals.app_id))
    assert user.tokens() != before


def test_secrets_go_over_the_network_to_this_machine_alone_without_tls(user: User) -> None:
    command = [sys.executable, "-m", "podio", "--podio", "http://podio.example", "login", "--app", "1"]
    process = subprocess.run(
        command, env=user.environment | {"PODIO_APP_TOKEN": "t"}, capture_output=True, text=True, check=False
    )
    assert process.returncode == 1
    assert "https" in process.stderr


# Output


def test_items_are_exported_as_csv_by_their_fields(user: User, deals: EmulatedApp) -> None:
    user.log_in_as_app(deals)
    output, progress = user.run("items", str(deals.app_id))
    assert progress == ""
    rows = list(csv.DictReader(io.StringIO(output)))
    assert [row["title"] for row in rows] == ["'=1+1", "Lamps", "'@cmd"]
    assert rows[0]["value"] == "-5 EUR"
    assert rows[0]["count"] == "-3"
    assert rows[1]["phone"] == "+45 86 12 40 11"
    assert rows[1]["status"] == "Won & paid"
    assert rows[1]["due-on"] == "2026-12-24"
    assert [int(row["item_id"]) for row in rows] == list(deals.item_ids)
    assert rows[0]["created_by"] == "Ada Lysholm"
    exact, _ = user.run("items", str(deals.app_id), "--exact")
    assert [row["title"] for row in csv.DictReader(io.StringIO(exact))] == ["=1+1", "Lamps", "@cmd"]


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_items_are_exported_as_podio_sends_them(user: User, deals: EmulatedApp, form: str) -> None:
    user.log_in_as_app(deals)
    output, _ = user.run("items", str(deals.app_id), "--format", form)
    items: list[dict[str, Any]] = (
        json.loads(output) if form == "json" else [json.loads(line) for line in output.splitlines()]
    )
    assert [item["item_id"] for item in items] == list(deals.item_ids)
    assert items[0]["fields"][0]["values"] == [{"value": "=1+1"}]
    none, _ = user.run("items", str(deals.app_id), "--format", form, "--where", "created_on>=+1y")
    assert none == ("[]\n" if form == "json" else "")


def test_items_are_exported_by_conditions(user: User, deals: EmulatedApp) -> None:
    user.log_in_as_app(deals)
    for conditions, titles in [
        (["status=Open", "Status=Won & paid"], ["=1+1", "Lamps", "@cmd"]),
        (["due-on>=2026-12-24", "Due on <= 2026-12-31", "status=Won & paid"], ["Lamps"]),
        (["value<=0", "count=-3", "created_on>=-1d"], ["=1+1"]),
    ]:
        where = [argument for condition in conditions for argument in ("--where", condition)]
        output, _ = user.run("items", str(deals.app_id), "--exact", *where)
        assert [row["title"] for row in csv.DictReader(io.StringIO(output))] == titles


def test_a_condition_that_podio_would_ignore_is_refused_before_anything_is_exported(
    user: User, deals: EmulatedApp
) -> None:
    user.log_in_as_app(deals)
    output, problem = user.run("items", str(deals.app_id), "--where", "title=Lamps", status=1)
    assert output == ""
    assert "can't filter" in problem


def test_many_items_come_with_progress_on_a_terminal_and_without_in_a_pipe(user: User) -> None:
    user.log_in()
    output, progress = user.run("items", str(ids.MEASUREMENTS_APP_ID), "--limit", "700")
    assert progress == ""
    assert len(output.splitlines()) == 701
    with user.at_terminal("items", str(ids.MEASUREMENTS_APP_ID), "--limit", "700") as screen:
        assert screen.end() == 0
        assert "600 of 10,000 items" in screen.shown


def test_a_reader_that_has_enough_is_no_failure_to_speak_of(user: User) -> None:
    user.log_in()
    command = " ".join(
        ["exec", *user.command("items", str(ids.MEASUREMENTS_APP_ID), "--format", "jsonl"), "| head -n 1"]
    )
    process = subprocess.run(
        ["sh", "-c", command.removeprefix("exec ")], env=user.environment, capture_output=True, check=False
    )
    assert len(process.stdout.splitlines()) == 1
    assert process.stderr == b""


def test_what_comes_from_outside_cannot_control_the_terminal(user: User, podio_server: PodioServer) -> None:
    app = podio_server.add_app(HOSTILE, [Field("Title", settings={"format": "plain"})], items=[{"title": HOSTILE}])
    user.log_in_as_app(app)
    for arguments in (
        ["apps"],
        *(["items", str(app.app_id), "--format", form] for form in ("csv", "json", "jsonl")),
        ["request", "GET", f"/app/{app.app_id}"],
        ["items", str(app.app_id), "--where", f"{HOSTILE}=1"],
    ):
        with user.at_terminal(*arguments) as screen:
            screen.end()
        visible_text = screen.shown.replace("\r\x1b[K", "").replace("\r\n", "\n")
        assert "red" in visible_text
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", visible_text), visible_text
    output, _ = user.run("items", str(app.app_id), "--format", "jsonl")
    assert json.loads(output)["fields"][0]["values"][0]["value"] == HOSTILE


def test_an_error_of_podios_cannot_control_the_terminal(
    user: User, deals: EmulatedApp, podio_server: PodioServer
) -> None:
    user.log_in_as_app(deals)
    body = {"error": "x", "error_description": HOSTILE, "error_detail": None, "error_propagate": True, "request": {}}
    podio_server.faults([{"path": "/app/", "status": 403, "body": body}])
    with user.at_terminal("apps") as screen:
        assert screen.end() == 1
    assert "\x1b]" not in screen.shown
    assert "\u202e" not in screen.shown


# Single calls


def test_a_request_prints_its_body_and_no_header(user: User, deals: EmulatedApp) -> None:
    user.log_in_as_app(deals)
    body = json.dumps({"fields": {"title": "From the command line"}})
    output, notes = user.run("request", "post", f"/item/app/{deals.app_id}/", "--body", body)
    assert notes == ""
    item_id = json.loads(output)["item_id"]
    output, _ = user.run("request", "GET", f"/item/{item_id}")
    assert json.loads(output)["title"] == "From the command line"
    assert "authorization" not in output.lower()
    body = json.dumps({"limit": 1})
    output, _ = user.run("request", "POST", f"/item/app/{deals.app_id}/filter/", "--body", "-", text=body)
    assert len(json.loads(output)["items"]) == 1
    output, _ = user.run("request", "GET", f"/comment/item/{ids.CLIENT_ITEM_ID}/", "--param", "limit=5", status=1)
    assert output == ""
    assert user.server.requests()[-1]["query"] == "limit=5"


def test_a_token_in_a_body_is_hidden_on_a_terminal(user: User, deals: EmulatedApp, podio_server: PodioServer) -> None:
    user.log_in_as_app(deals)
    secrets = {"access_token": "canary-1", "app": [{"token": "canary-2"}], "name": "Deals"}
    podio_server.faults([{"path": "/app/", "status": 200, "body": secrets, "times": None}])
    with user.at_terminal("request", "GET", f"/app/{deals.app_id}") as screen:
        assert screen.end() == 0
    assert "Deals" in screen.shown
    assert "canary" not in screen.shown


def test_a_request_reaches_no_other_host(user: User, deals: EmulatedApp) -> None:
    user.log_in_as_app(deals)
    for path in ("https://evil.example/", "//evil.example/", "user/status", "/../../x"):
        user.run("request", "GET", path, status=1)


def test_a_failed_request_says_why_and_prints_nothing(user: User, deals: EmulatedApp) -> None:
    user.log_in_as_app(deals)
    output, problem = user.run("request", "GET", "/item/1", status=1)
    assert output == ""
    assert problem.strip()
    _, problem = user.run("request", "POST", "/item/", "--body", "{", status=1)
    assert "JSON" in problem


def test_no_command_writes_a_token(user: User, deals: EmulatedApp) -> None:
    user.log_in_as_app(deals)
    for arguments in (["apps"], ["items", str(deals.app_id)], ["request", "GET", "/item/1"], ["logout"]):
        tokens = user.tokens()
        process = subprocess.run(
            user.command(*arguments), env=user.environment, capture_output=True, text=True, check=False
        )
        assert not [token for token in tokens if token in process.stdout + process.stderr]
