"""Cross-origin access: no more than Podio's documented use of it needs."""

from __future__ import annotations

import pytest

from podio_emulator import one_of_origins
from tests.emulator.visitor import ORIGIN


def preflight(visitor, *, origin=ORIGIN, method="GET", headers="authorization", path="/user/status"):
    request_headers = {
        "Origin": origin,
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": headers,
    }
    return visitor.client.options(path, headers=request_headers)


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
@pytest.mark.parametrize("headers", ["authorization", "Authorization, content-type,accept", ""])
def test_a_preflight_for_what_a_page_needs_passes(visitor, method, headers):
    answer = preflight(visitor, method=method, headers=headers)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == ORIGIN
    assert method in answer.headers["access-control-allow-methods"]
    assert answer.headers["access-control-allow-headers"] == "accept, authorization, content-type"
    assert "origin" in answer.headers["vary"].lower()


@pytest.mark.parametrize(
    "change",
    [
        {"headers": "authorization, user-agent"},
        {"headers": "x-podio-request-id"},
        {"method": "PATCH"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost.evil.example"},
    ],
)
def test_a_preflight_for_more_fails(visitor, change):
    answer = preflight(visitor, **change)
    assert answer.status_code == 403
    assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_the_origin_asked_from_is_echoed_and_no_header_is_exposed(ada):
    headers = ada.call("GET", "/user/status").headers
    assert headers["access-control-allow-origin"] == ORIGIN
    assert "origin" in headers["vary"].lower()
    assert "access-control-expose-headers" not in headers
    assert "access-control-allow-credentials" not in headers
    assert "x-rate-limit-limit" in headers


def test_another_origin_may_not_read(ada):
    answer = ada.call("GET", "/user/status", headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in answer.headers


def test_without_an_origin_nothing_is_allowed(ada):
    answer = ada.client.get("/user/status", headers={"Authorization": f"Bearer {ada.token}"})
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/user/status", 401), ("GET", "/nowhere", 404), ("POST", "/oauth/token", 400)],
)
def test_a_page_can_read_errors_too(visitor, method, path, status):
    answer = visitor.client.request(method, path, headers={"Origin": ORIGIN})
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (status, ORIGIN)


def test_a_page_can_read_a_fault(ada):
    ada.client.post("/_emulator/faults", json=[{"path": "/org/", "status": 503}])
    answer = ada.call("GET", "/org/")
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (503, ORIGIN)


def test_the_origins_are_an_argument(other_emulator):
    visitor = other_emulator(origin_allowed=one_of_origins(["https://example.com"]))
    assert preflight(visitor, origin="https://example.com").status_code == 204
    assert preflight(visitor).status_code == 403


def test_no_page_can_give_the_emulator_orders(visitor):
    assert "access-control-allow-origin" not in preflight(visitor, method="POST", path="/_emulator/reset").headers
    answer = visitor.client.post("/_emulator/reset", headers={"Origin": ORIGIN})
    assert "access-control-allow-origin" not in answer.headers
