"""Who may control the emulator: programs and pages of this computer, and no page of the web."""

from __future__ import annotations

import httpx2
import pytest

from podio_emulator import create_app
from tests.emulator.visitor import ORIGIN

ORDERS = [
    ("POST", "/_emulator/reset", None),
    ("POST", "/_emulator/tokens/expire", None),
    ("POST", "/_emulator/sign-out", None),
    ("POST", "/_emulator/second-factor", {"required": True}),
    ("POST", "/_emulator/faults", [{"path": "/", "status": 503}]),
    ("GET", "/_emulator/hooks", None),
    ("GET", "/_emulator/requests", None),
    ("OPTIONS", "/_emulator/reset", None),
    ("PUT", "/_emulator/nothing", None),
]
WEB = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "http://localhost:8000.evil.example"},
    {"Origin": f"{ORIGIN} https://evil.example"},
    {"Origin": "file://"},
    {"Host": "evil.example"},
    {"Host": "evil.example:8001", "Origin": "http://evil.example:8001"},
    {"Host": "localhost.evil.example"},
    {"Host": "127.0.0.1.evil.example"},
    {"Host": "127.0.0.1@evil.example"},
    {"Host": "0.0.0.0"},
    {"Host": ""},
]


@pytest.mark.parametrize("headers", WEB, ids=str)
@pytest.mark.parametrize(("method", "path", "body"), ORDERS)
def test_what_a_web_page_may_have_sent_is_refused_and_changes_nothing(ada, method, path, body, headers):
    answer = ada.client.request(method, path, json=body, headers=headers)
    assert (answer.status_code, answer.json()["error"]) == (403, "forbidden")
    assert "control" in answer.json()["error_description"]
    assert "access-control-allow-origin" not in answer.headers
    assert ada.call("GET", "/user/status").status_code == 200


@pytest.mark.parametrize("origin", [None, ORIGIN, "http://127.0.0.1:9", "https://localhost", "http://[::1]:8000"])
@pytest.mark.parametrize("host", [None, "localhost:8001", "LOCALHOST", "127.0.0.1", "127.0.0.2:1", "[::1]:8001"])
def test_programs_and_pages_of_this_computer_may_control_it(visitor, origin, host):
    headers = {name: value for name, value in (("Origin", origin), ("Host", host)) if value is not None}
    assert visitor.client.post("/_emulator/reset", headers=headers).status_code == 200
    assert visitor.client.get("/_emulator/requests", headers=headers).status_code == 200


def test_another_host_can_be_named_and_its_pages_still_may_not(other_emulator):
    visitor = other_emulator(control_hosts=("Podio.test", "podio"))
    post = visitor.client.post
    for host in ("podio.test", "podio.test:8001", "PODIO", "localhost"):
        assert post("/_emulator/reset", headers={"Host": host}).status_code == 200
    assert post("/_emulator/reset", headers={"Host": "other.podio.test"}).status_code == 403
    from_a_page = {"Host": "podio.test", "Origin": "http://podio.test"}
    assert post("/_emulator/reset", headers=from_a_page).status_code == 403


async def test_in_process_the_host_is_the_callers_to_choose():
    async def statuses(address, **headers):
        transport = httpx2.ASGITransport(create_app())
        async with httpx2.AsyncClient(transport=transport, base_url=address) as client:
            return (await client.post("/_emulator/reset", headers=headers)).status_code

    assert await statuses("http://podio.test") == 200
    assert await statuses("https://sample.invalid") == 200
    assert await statuses("http://podio.test", Origin="https://evil.example") == 403
    assert await statuses("http://127.0.0.1:8001", Host="evil.example:8001") == 403
