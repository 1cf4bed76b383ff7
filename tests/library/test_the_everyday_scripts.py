"""examples/everyday: each script has twenty lines at most, runs against the emulator, and does what it says."""

from __future__ import annotations

import csv
import json
import os
import runpy
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

if sys.platform == "emscripten":
    pytest.skip("a page has no threads and no sockets", allow_module_level=True)

import podio._push_connection
from podio.sync import Podio
from podio_emulator import create_app, ids
from podio_emulator.serving import served

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "examples" / "everyday"
BESIDE = {"signed_in", "webhook_site"}  # what scripts use; not scripts themselves
CLIENTS, CLIENT = str(ids.CLIENTS_APP_ID), str(ids.CLIENT_ITEM_ID)

Run = Callable[..., list[str]]


@pytest.fixture(scope="module")
def emulator() -> Iterator[str]:
    with served(create_app(push_hold=0.2)) as url:
        yield url


@pytest.fixture
def run(emulator: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a script with arguments, and return the lines that it prints."""
    settings = {
        "PODIO_CLIENT_ID": ids.CONFIDENTIAL_CLIENT_ID,
        "PODIO_CLIENT_SECRET": ids.CONFIDENTIAL_CLIENT_SECRET,
        "PODIO_USERNAME": ids.ADA_MAIL,
        "PODIO_PASSWORD": ids.PASSWORD,
        "PODIO_SESSION": str(tmp_path / "session.json"),
        "PODIO_API_URL": emulator,
        "PODIO_PUSH_URL": f"{emulator}/faye",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.syspath_prepend(SCRIPTS)
    monkeypatch.chdir(tmp_path)

    def run_script(name: str, *arguments: str) -> list[str]:
        monkeypatch.setattr(sys, "argv", [name, *arguments])
        runpy.run_path(str(SCRIPTS / f"{name}.py"), run_name="__main__")
        return capsys.readouterr().out.splitlines()

    return run_script


@pytest.fixture
def podio(run: Run) -> Iterator[Any]:
    """A client of the same emulator."""
    client: Podio = runpy.run_path(str(SCRIPTS / "signed_in.py"))["client"]()
    with client:
        client.request("POST", "/_emulator/reset")
        client.authenticate_with_credentials(ids.ADA_MAIL, ids.PASSWORD)
        yield client


@pytest.mark.parametrize("script", sorted(SCRIPTS.glob("*.py")), ids=lambda script: script.stem)
def test_a_script_has_twenty_lines_at_most(script: Path) -> None:
    assert len(script.read_text(encoding="utf-8").splitlines()) <= (20 if script.stem not in BESIDE else 50)


def test_there_is_a_script_for_each_everyday_task() -> None:
    assert {script.stem for script in SCRIPTS.glob("*.py")} - BESIDE == {
        name.removeprefix("test_").split("__")[0] for name in globals() if "__" in name and name.startswith("test_")
    }


def test_export__writes_all_items(podio: Any, run: Run) -> None:
    run("export", CLIENTS, "clients.csv")
    rows = list(csv.DictReader(Path("clients.csv").read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 9
    assert rows[0]["status"] == "Client"


def test_bulk_update__moves_the_items_and_counts_them(podio: Any, run: Run) -> None:
    printed = run("bulk_update", CLIENTS, "status", "Lead", "Talking")
    assert [line.split(":")[0] for line in printed] == ["1 of 2", "2 of 2"]
    app = podio.app(ids.CLIENTS_APP_ID)
    assert app.where(app["status"] == "Lead").count() == 0


def test_upload__attaches_the_file(podio: Any, run: Run) -> None:
    Path("offer.txt").write_text("Dear Sir or Madam")
    printed = run("upload", CLIENTS, CLIENT, "offer.txt")
    assert printed[-2] == "17 of 17 bytes"
    assert printed[-1].startswith("offer.txt is attached to Hotel Fjord & Spa: http")
    assert [file.name for file in podio.app(ids.CLIENTS_APP_ID).get(ids.CLIENT_ITEM_ID).files][-1] == "offer.txt"


def test_filter_by_every_type__counts_fewer_than_all(podio: Any, run: Run) -> None:
    counts = [int(line) for line in run("filter_by_every_type", str(ids.MEASUREMENTS_APP_ID))]
    assert len(counts) == 7
    assert all(count < 10_000 for count in counts)
    assert sum(count > 0 for count in counts) >= 4


def test_changed_since__reads_what_changed_and_no_more(podio: Any, run: Run) -> None:
    assert len(run("changed_since", CLIENTS, "clients.json")) == 9
    item = podio.app(ids.CLIENTS_APP_ID).get(ids.CLIENT_ITEM_ID)
    item["status"] = "Dormant"
    item.save()
    assert run("changed_since", CLIENTS, "clients.json")[-1] == "changed: Hotel Fjord & Spa"
    clients = json.loads(Path("clients.json").read_text())
    assert len(clients["items"]) == 9
    assert clients["items"][CLIENT]["status"] == "Dormant"


def test_copy_app__copies_fields_and_items(podio: Any, run: Run) -> None:
    assert len(run("copy_app", CLIENTS, str(ids.RESEARCH_SPACE_ID))) == 9
    apps = podio.applications.get_by_space(ids.RESEARCH_SPACE_ID)
    copy = podio.app(next(app["app_id"] for app in apps if app["config"]["name"].startswith("Copy of")))
    assert copy.where(copy["status"] == "Client").count() == 3


def test_listen__prints_what_happens(podio: Any, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    stop = threading.Event()

    def talk() -> None:
        # Until the connection stands nobody receives it: send it again.
        while not stop.wait(0.2):
            podio.comments.create("item", ids.CLIENT_ITEM_ID, body={"value": "heard?"})

    lines: list[str] = []

    def note(*words: Any) -> None:
        lines.append(" ".join(map(str, words)))
        if lines[-1].startswith("now:"):
            raise KeyboardInterrupt

    monkeypatch.setattr("builtins.print", note)
    talker = threading.Thread(target=talk)
    talker.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            run("listen", CLIENTS, CLIENT)
    finally:
        stop.set()
        talker.join()
    assert "PushState.CONNECTED" in lines
    assert f"comment_create {{'type': 'item', 'id': {CLIENT}}}" in lines
    assert lines[-1].startswith("now: Hotel Fjord & Spa, revision")


def test_receive_webhooks__prints_an_item_as_podio_has_it(podio: Any, run: Run) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "PYTHONPATH": str(ROOT / "pyapp"),
        "PYTHONUNBUFFERED": "1",
        "PODIO_APP_TOKEN": ids.CLIENTS_APP_TOKEN,
        "WEBHOOK_SECRET": "w" * 43,
    }
    # In a process of its own: a server takes the signals of the process that it runs in.
    command = [sys.executable, SCRIPTS / "receive_webhooks.py", CLIENTS, f"http://127.0.0.1:{port}/hooks", str(port)]
    with subprocess.Popen(command, env=os.environ | settings, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            hooks = [process.stdout.readline().rstrip().partition(": ")[2] for _ in range(2)]
            assert hooks == ["item.create", "item.update"]
            while [hook["status"] for hook in podio.hooks.get_all("app", ids.CLIENTS_APP_ID)] != ["active"] * 2:
                assert process.poll() is None  # the verification goes on behind
            item = podio.app(ids.CLIENTS_APP_ID).get(ids.CLIENT_ITEM_ID)
            item["name"] = "Renamed"
            item.save()
            assert process.stdout.readline() == f"Renamed, revision {item.revision}\n"
        finally:
            process.terminate()


def test_comments_and_tasks__makes_a_task_for_each_item_once(podio: Any, run: Run) -> None:
    printed = run("comments_and_tasks", CLIENTS, "0")
    assert any("Look after" in line for line in printed)
    assert printed[-1].endswith("tasks are open")
    assert len(run("comments_and_tasks", CLIENTS, "0")) == 1


def test_report__counts_and_adds_up(podio: Any, run: Run) -> None:
    printed = run("report", CLIENTS, "status", "yearly-revenue")
    clients = next(line for line in printed if line.startswith("Client "))
    assert clients.split()[1] == "3"
    assert "412,000.00 DKK" in clients
