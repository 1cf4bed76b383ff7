"""A client of other makers on the emulator: podio-js from npm, unmodified, in a Node process of its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest

from podio_emulator import create_app
from podio_emulator.serving import served
from tests.emulator.conftest import NO_TLS
from tests.emulator.foreign_clients import outcome_of
from tests.emulator.visitor import CALLBACK, Visitor, query

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


@pytest.fixture(scope="module")
def server_url() -> Iterator[str]:
    with served(create_app()) as url:
        yield url


@pytest.fixture
def visitor(server_url: str) -> Iterator[Visitor]:
    """Somebody with a browser, at a freshly reset emulator."""
    with httpx2.Client(base_url=server_url, verify=NO_TLS) as client:
        client.post("/_emulator/reset")
        yield Visitor(client)


@pytest.fixture
def tell(visitor: Visitor, server_url: str) -> Callable[..., Any]:
    """Let podio-js act out a story and return what came of it."""
    # The emulator under a name: of an address podio-js could not make the push host's.
    api_url = f"http://api.podio.test:{urlsplit(server_url).port}"

    def act(story: str, *arguments: str) -> Any:
        hook, script = HERE / "resolve_test_hosts.cjs", HERE / "drive.cjs"
        return outcome_of(["node", "--require", str(hook), str(script), api_url, story, *arguments], cwd=ROOT)

    return act


def test_it_signs_in_with_a_password(tell):
    assert tell("password") == {"mail": "ada@example.com", "ref": {"type": "user", "id": 101}}


def test_it_reports_that_a_password_is_wrong(tell):
    error = tell("wrong password")
    assert error["status"] == 400
    assert "invalid password" in json.dumps(error)


def test_it_signs_in_by_the_server_flow_and_shares_its_session(tell, visitor):
    address = urlsplit(tell("authorization address", CALLBACK))
    assert (address.hostname, address.path) == ("podio.test", "/oauth/authorize")
    page = visitor.client.get(f"{address.path}?{address.query}")
    answer = visitor.submit(page, username="ada@example.com", password="podio", answer="grant")
    assert tell("server flow", query(answer)["code"], CALLBACK) == "ada@example.com"


def test_it_signs_in_as_an_app(tell):
    assert tell("app") == "Clients &amp; Leads"


def test_it_reads_and_writes(tell):
    result = tell("requests")
    assert result["made"]["title"] == result["newest"] == "Made by podio-js"
    assert result["changed"]["revision"] == 1
    assert result["comments"] == 2
    assert (result["gone"]["name"], result["gone"]["status"]) == ("PodioGoneError", 410)


def test_it_knows_the_refusals_for_what_they_are(tell):
    names = [error["name"] for error in tell("refusals")]
    assert names == ["PodioNotFoundError", "PodioNotFoundError", "PodioBadRequestError"]


def test_it_renews_an_expired_token_and_asks_again(tell, server_url):
    assert tell("expired token", server_url) == {"mail": "ada@example.com", "refreshed": 1}


def test_it_calls_with_the_key_itself(tell):
    assert tell("the key itself") == 2


def test_it_uploads_a_file(tell, visitor, tmp_path):
    source = tmp_path / "source.txt"
    source.write_bytes(b"Lamps \xe2\x98\x80\r\n")
    result = tell("upload", str(source))
    assert (result["name"], result["size"]) == ("From podio-js.txt", len(source.read_bytes()))
    visitor.sign_in()
    assert visitor.call("GET", f"/file/{result['fileId']}/raw").content == source.read_bytes()
    assert visitor.get("/item/31001")["files"][-1]["name"] == "From podio-js.txt"


def test_its_addresses_of_thumbnails_lead_to_pictures(tell, server_url):
    assert tell("thumbnail", server_url) == {"status": 200, "type": "image/png"}


def test_it_hears_of_a_comment_by_push(tell):
    message = tell("push")
    assert (message["event"], message["ref"]) == ("comment_create", {"type": "item", "id": 31001})


def test_it_is_refused_a_channel_that_it_may_not_hear(tell):
    assert "Incorrect signature" in json.dumps(tell("push that was not allowed"))
