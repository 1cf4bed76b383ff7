"""A client of other makers on the emulator: pypodio2 from PyPI, unmodified, in a Python process of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from podio_emulator import create_app
from podio_emulator.serving import served
from tests.emulator.conftest import NO_TLS
from tests.emulator.foreign_clients import outcome_of

DRIVE = Path(__file__).with_name("drive.py")


@pytest.fixture(scope="module")
def server_url() -> Iterator[str]:
    with served(create_app()) as url:
        yield url


@pytest.fixture
def act(server_url: str) -> Callable[..., Any]:
    """Let pypodio2 act out a story at a freshly reset emulator and return what came of it."""
    httpx2.post(f"{server_url}/_emulator/reset", verify=NO_TLS)

    def run(story: str, *arguments: str) -> Any:
        return outcome_of([sys.executable, "-W", "ignore", str(DRIVE), server_url, story, *arguments])

    return run


def test_it_signs_in_with_a_password(act):
    assert act("password") == "ada@example.com"


def test_it_reports_a_wrong_password(act):
    error = act("wrong_password")
    assert (error["status"], error["content"]["error"]) == (400, "invalid_grant")


def test_it_signs_in_as_an_app(act):
    assert act("app") == "Clients &amp; Leads"


def test_it_finds_workspaces_and_apps(act):
    result = act("places")
    assert (result["space_id"], "Clients &amp; Leads" in result["apps"], result["spaces"] > 1) == (21, True, True)


def test_it_filters_and_writes_items(act):
    result = act("items")
    item = result["made"]
    assert item["title"] == result["newest"] == result["basic"] == "Made by pypodio2"
    assert result["changed"]["revision"] == 1
    assert result["by_external_id"] == [item["item_id"]]
    assert (result["listed"], result["steps"], result["gone"]) == (2, ["status"], 410)


def test_it_uploads_and_downloads_a_file_byte_by_byte(act, tmp_path):
    content = bytes(range(256)) + b"\r\n--x\r\n\xe2\x98\x80"
    source = tmp_path / "source.bin"
    source.write_bytes(content)
    result = act("upload", str(source))
    assert (result["name"], result["size"]) == ("From pypodio2.bin", len(content))
    assert result["raw"].encode("iso-8859-1") == content


def test_it_makes_verifies_and_deletes_a_hook(act):
    assert act("hooks") == {"active": ["active"], "left": 0}


def test_it_completes_and_deletes_a_task(act):
    assert act("tasks") == {"completed": {"recurring_task_id": None}, "deleted": {}}


def test_it_reads_streams(act):
    assert act("streams") == [10, 9, 31001]
