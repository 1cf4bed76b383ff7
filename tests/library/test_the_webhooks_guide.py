"""docs/webhooks.md is Python, and examples/webhooks.py runs: a process of its own that the emulator posts to."""

from __future__ import annotations

import ast
import os
import queue
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest

if sys.platform == "emscripten":
    pytest.skip("a page has no processes", allow_module_level=True)

import podio.webhooks
from podio_emulator import create_app, ids
from podio_emulator.serving import served
from tests.emulator.conftest import NO_TLS
from tests.emulator.visitor import Visitor

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "webhooks.md").read_text(encoding="utf-8")
LONG = 60.0
SECRET = "w" * 43

Start = Callable[..., "queue.Queue[str]"]


def test_the_guides_code_is_python() -> None:
    for code in re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL):
        compile(code, "docs/webhooks.md", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)


def test_the_guide_names_every_event() -> None:
    events = {name for name in podio.webhooks.__all__ if name.endswith("Event")}
    assert events == set(re.findall(r"^\|[^|]+\| `(\w+)` \|", GUIDE, re.MULTILINE))


@pytest.fixture
def ada() -> Iterator[Visitor]:
    with served(create_app()) as url, httpx2.Client(base_url=url, verify=NO_TLS) as client:
        visitor = Visitor(client)
        visitor.sign_in()
        yield visitor


@pytest.fixture
def start(ada: Visitor, tmp_path: Path) -> Iterator[Start]:
    """Start the example and return its lines as they come."""
    running: list[subprocess.Popen[str]] = []
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def start(**settings: str) -> queue.Queue[str]:
        podio_url = str(ada.client.base_url).rstrip("/")
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT / "pyapp"),
            "PODIO_CLIENT_ID": ids.CONFIDENTIAL_CLIENT_ID,
            "PODIO_CLIENT_SECRET": ids.CONFIDENTIAL_CLIENT_SECRET,
            "PODIO_APP_ID": str(ids.CLIENTS_APP_ID),
            "PODIO_APP_TOKEN": ids.CLIENTS_APP_TOKEN,
            "PODIO_API_URL": podio_url,
            "PODIO_TOKEN_URL": f"{podio_url}/oauth/token",
            "PUBLIC_URL": f"http://127.0.0.1:{port}",
            "WEBHOOK_SECRET": SECRET,
            **settings,
        }
        with (tmp_path / "errors").open("w") as errors:
            process = subprocess.Popen(
                [sys.executable, str(ROOT / "examples" / "webhooks.py")],
                env=environment,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        running.append(process)
        lines: queue.Queue[str] = queue.Queue()

        def read() -> None:
            assert process.stdout is not None
            for line in process.stdout:
                lines.put(line.strip())
            lines.put("")

        threading.Thread(target=read, daemon=True).start()
        return lines

    yield start
    for process in running:
        process.terminate()
        process.communicate(timeout=LONG)


def test_the_example_prints_an_item_as_podio_has_it(ada: Visitor, start: Start, tmp_path: Path) -> None:
    lines = start()
    hooks = [lines.get(timeout=LONG) for _ in range(3)]
    assert [line.partition(": ")[2] for line in hooks] == ["item.create", "item.update", "item.delete"]
    while any(hook["status"] != "active" for hook in ada.get("/hook/app/31/")):
        pass  # the verification goes on behind
    ada.call("PUT", "/item/31001", {"fields": {"name": "Renamed"}})
    assert lines.get(timeout=LONG) == "31001, revision 1: Renamed"
    # Whoever knows the address can say what they like: what counts is what Podio says.
    url = ada.get("/hook/app/31/")[0]["url"]
    form = {"type": "item.update", "hook_id": "1", "item_id": "31001", "item_revision_id": "99", "title": "Forged"}
    assert httpx2.post(url, data=form, verify=NO_TLS).status_code == 200
    assert lines.get(timeout=LONG) == "31001, revision 1: Renamed"
    ada.call("DELETE", "/item/31001")
    assert lines.get(timeout=LONG) == "31001 is gone"
    assert SECRET not in (tmp_path / "errors").read_text()


@pytest.mark.parametrize("name", ["PODIO_APP_ID", "PODIO_CLIENT_SECRET", "WEBHOOK_SECRET"])
def test_the_example_without_a_setting_says_which_is_missing(start: Start, tmp_path: Path, name: str) -> None:
    assert start(**{name: ""}).get(timeout=LONG) == ""
    assert f"Set {name} first" in (tmp_path / "errors").read_text()
