"""What all calls have in common: the header, the envelope, the limits, both spellings of a path."""

from __future__ import annotations

import pytest

from tests.emulator.visitor import ORIGIN


def get(visitor, path, authorization):
    return visitor.client.get(path, headers={"Authorization": authorization})


@pytest.mark.parametrize("scheme", ["OAuth2", "Bearer", "bearer"])
def test_both_schemes_work(ada, scheme):
    assert get(ada, "/user/status", f"{scheme} {ada.token}").status_code == 200


def test_the_token_may_stand_in_the_query_as_podio_documents(ada):
    assert ada.client.get("/user/status", params={"oauth_token": ada.token}).status_code == 200


def test_a_call_without_a_token_is_unauthorized(visitor):
    answer = visitor.client.get("/user/status")
    assert answer.status_code == 401
    assert answer.json() == {
        "error_parameters": {},
        "error_detail": None,
        "error_propagate": False,
        "request": {"url": "/user/status", "query_string": "", "method": "GET"},
        "error_description": "invalid_request",
        "error": "unauthorized",
    }


def test_an_unknown_token_counts_as_expired(visitor):
    answer = get(visitor, "/user/status", "OAuth2 garbage")
    assert answer.status_code == 401
    assert (answer.json()["error"], answer.json()["error_description"]) == ("unauthorized", "expired_token")
    assert answer.headers["www-authenticate"] == 'Bearer realm="podio", error="expired_token"'


@pytest.mark.parametrize("header", ["OAuth2", "Basic %%%", "nonsense"])
def test_a_malformed_header_is_a_bad_request(visitor, header):
    answer = get(visitor, "/user/status", header)
    assert (answer.status_code, answer.json()["error"]) == (400, "Invalid authorization header")


def test_an_unknown_path_or_method_is_no_operation(ada):
    for method, path in (("GET", "/nowhere"), ("DELETE", "/org/"), ("GET", "/item/abc"), ("PATCH", "/item/31001")):
        answer = ada.call(method, path)
        assert answer.status_code == 404
        assert answer.json()["error_description"].startswith("No matching operation could be found.")


def test_an_id_that_nothing_has_is_not_found(ada):
    for path in ("/item/1", "/app/1", "/space/1", "/org/1", "/comment/1", "/file/1", "/app/31/field/1"):
        answer = ada.call("GET", path)
        assert (answer.status_code, answer.json()["error_description"]) == (404, "Object not found")


def test_an_absurd_id_is_not_found(ada):
    assert ada.error("GET", f"/item/{'9' * 5000}") == (404, "not_found")


@pytest.mark.parametrize(
    "path",
    [
        "/user/status",
        "/user",
        "/org",
        "/org/11",
        "/org/11/space",
        "/space/21",
        "/app/space/21",
        "/app/31",
        "/app/31/field/3101",
        "/app/31/item/1",
        "/item/31001",
        "/item/31001/value",
        "/item/app/31/count",
        "/item/app/31/external_id/clients-leads-1",
        "/comment/item/31001",
        "/comment/7001",
        "/file/8022",
        "/oauth/scope",
    ],
)
def test_a_path_works_with_and_without_its_last_slash(ada, path):
    with_slash, without = ada.call("GET", f"{path}/"), ada.call("GET", path)
    assert with_slash.status_code == without.status_code == 200
    assert with_slash.json() == without.json()
    assert without.headers["content-type"] == "application/json; charset=utf-8"


def test_answers_carry_the_limits_and_an_id(ada):
    headers = ada.call("GET", "/org/").headers
    assert headers["x-rate-limit-limit"] == "5000"
    assert int(headers["x-rate-limit-remaining"]) < 5000
    assert len(headers["x-podio-request-id"]) == 8
    assert headers["x-podio-auth-ref"] == "user_101"
    echoed = ada.call("GET", "/org/", headers={"X-Podio-Request-Id": "abcd1234"})
    assert echoed.headers["x-podio-request-id"] == "abcd1234"


def test_who_calls_too_often_must_wait(other_emulator):
    visitor = other_emulator(rate_limit=2, heavy_rate_limit=1)
    visitor.sign_in()
    assert visitor.call("GET", "/org/").headers["x-rate-limit-remaining"] == "1"
    assert visitor.call("POST", "/item/app/31/filter/", {}).status_code == 200
    assert visitor.call("POST", "/item/app/31/filter/", {}).status_code == 420
    assert visitor.call("GET", "/org/").headers["x-rate-limit-remaining"] == "0"
    response = visitor.call("GET", "/org/")
    assert (response.status_code, response.json()["error"]) == (420, "rate_limit")
    assert response.json()["error_description"].startswith("You have hit the rate limit. Please wait ")
    assert response.headers["access-control-allow-origin"] == ORIGIN
    visitor.sign_in("grace@example.com", prompt="login")
    assert visitor.call("GET", "/org/").status_code == 200


def test_the_limit_ends_after_an_hour(other_emulator, clock):
    visitor = other_emulator(rate_limit=1, clock=clock)
    visitor.sign_in()
    assert [visitor.call("GET", "/org/").status_code for _ in range(2)] == [200, 420]
    clock.now += 3600
    assert visitor.call("GET", "/org/").status_code == 200


@pytest.mark.parametrize(
    "body", [b"{", b"[1]", b'"x"', b"\xff", b'{"value": NaN}', b'{"value": "\\ud800"}', b"[" * 10**5]
)
def test_a_body_that_is_no_json_object_is_refused(ada, body):
    answer = ada.call("POST", "/comment/item/31001/", content=body)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_value")


def test_a_body_that_is_too_large_is_refused(ada):
    answer = ada.call("POST", "/comment/item/31001/", content=b" " * (10 * 1024 * 1024 + 1))
    assert (answer.status_code, answer.json()["error"]) == (413, "too_large")


def test_a_key_may_call_by_its_id_and_secret(visitor):
    assert visitor.client.get("/org/", auth=("server", "server-secret")).status_code == 200
    for wrong in (("server", "x"), ("nobody", "server-secret"), ("workbench", "")):
        answer = visitor.client.get("/org/", auth=wrong)
        assert (answer.status_code, answer.json()["error"]) == (401, "unauthorized")
