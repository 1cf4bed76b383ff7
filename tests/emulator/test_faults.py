"""Faults and the other orders that tests give, over real connections."""

from __future__ import annotations

import asyncio
import logging
import socket
from urllib.parse import urlsplit

import httpx2
import pytest

from tests.emulator.visitor import ORIGIN


def order(visitor, *faults):
    answer = visitor.client.post("/_emulator/faults", json=list(faults))
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 410, 420, 500, 502, 503, 504, 599])
def test_a_fault_answers_with_podios_envelope_as_often_as_ordered(ada, status):
    order(ada, {"path": "/org/", "status": status, "times": 2})
    for _ in range(2):
        answer = ada.call("GET", "/org/")
        assert answer.status_code == status
        assert set(answer.json()) >= {"error", "error_description", "request"}
    assert ada.call("GET", "/org/").status_code == 200


@pytest.mark.parametrize(
    ("body", "text", "content_type"),
    [
        ("<h1>Bad gateway</h1>", "<h1>Bad gateway</h1>", "text/html"),
        ("down", "down", "text/plain"),
        ("", "", "text/plain"),
        ({"error": "odd"}, '{"error":"odd"}', "application/json"),
        ([], "[]", "application/json"),
    ],
)
def test_a_fault_sends_any_body(ada, body, text, content_type):
    order(ada, {"path": "/org/", "status": 200, "body": body})
    answer = ada.call("GET", "/org/")
    assert (answer.status_code, answer.text) == (200, text)
    assert answer.headers["content-type"].startswith(content_type)


def test_a_fault_sends_headers_with_a_real_answer_too(ada):
    order(ada, {"path": "/org/", "headers": {"Content-Type": "text/weird", "X-Extra": "1"}})
    answer = ada.call("GET", "/org/")
    assert (answer.status_code, answer.headers["content-type"], answer.headers["x-extra"]) == (200, "text/weird", "1")


def test_a_fault_hits_its_path_and_method_only(ada):
    order(ada, {"path": "/item/app/31", "method": "POST", "status": 503, "times": None})
    assert ada.call("GET", "/item/app/31/count").status_code == 200
    assert ada.call("POST", "/item/app/32/filter/", {}).status_code == 200
    assert [ada.call("POST", "/item/app/31/filter/", {}).status_code for _ in range(3)] == [503] * 3


def test_the_first_fault_that_is_not_used_up_hits(ada):
    order(ada, {"path": "/org/", "status": 500}, {"path": "/", "status": 502}, {"path": "/org/", "status": 503})
    assert [ada.call("GET", "/org/").status_code for _ in range(4)] == [500, 502, 503, 200]


def test_faults_hit_signing_in_too(visitor):
    order(visitor, {"path": "/oauth/", "status": 503, "times": 2})
    assert visitor.authorize().status_code == 503
    assert visitor.client.post("/oauth/token").status_code == 503
    assert visitor.authorize().status_code == 200


def test_preflights_are_spared_unless_ordered(ada):
    headers = {"Origin": ORIGIN, "Access-Control-Request-Method": "GET"}
    order(ada, {"path": "/", "status": 503, "times": None})
    assert ada.client.options("/org/", headers=headers).status_code == 204
    order(ada, {"path": "/", "method": "OPTIONS", "status": 503})
    assert ada.client.options("/org/", headers=headers).status_code == 503
    assert ada.call("GET", "/org/").status_code == 200


def test_a_new_list_replaces_the_old_one(ada):
    order(ada, {"path": "/", "status": 503, "times": None})
    order(ada)
    assert ada.call("GET", "/org/").status_code == 200


def test_a_dropped_connection_has_no_answer_and_leaves_no_trace_in_the_servers_log(ada, caplog):
    order(ada, {"path": "/org/", "drop": True, "times": 2})
    with caplog.at_level(logging.INFO):
        for _ in range(2):
            with pytest.raises(httpx2.TransportError):
                ada.call("GET", "/org/")
        assert ada.call("GET", "/org/").status_code == 200
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert [(entry["path"], entry["status"]) for entry in ada.logged()[-3:]] == [("/org/", None)] * 2 + [("/org/", 200)]


def test_a_dropped_connection_does_not_close_in_silence_so_that_no_browser_takes_it_for_timed_out(ada, server_url):
    order(ada, {"path": "/org/", "drop": True})
    address = urlsplit(server_url)
    with socket.create_connection((address.hostname, address.port)) as connection:
        connection.sendall(f"GET /org/ HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {ada.token}\r\n\r\n".encode())
        with connection.makefile("rb") as answer:
            received = answer.read()
    assert len(received) > 8
    assert b"http" not in received.lower()


@pytest.mark.parametrize(("after", "count"), [(False, 4), (True, 5)])
def test_a_write_whose_answer_is_lost_happened_or_not_as_ordered(ada, after, count):
    order(ada, {"path": "/comment/", "method": "POST", "drop": True, "after": after})
    with pytest.raises(httpx2.TransportError):
        ada.call("POST", "/comment/item/31001/", {"value": "Did it arrive?"})
    assert len(ada.get("/comment/item/31001/")) == count


def test_who_goes_away_while_sending_leaves_no_trace_in_the_servers_log(ada, server_url, caplog):
    address = urlsplit(server_url)
    head = f"POST /comment/item/31001/ HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {ada.token}\r\n"
    with caplog.at_level(logging.INFO):
        with socket.create_connection((address.hostname, address.port)) as connection:
            connection.sendall(f"{head}Content-Length: 100\r\n\r\nhalf".encode())
        assert len(ada.get("/comment/item/31001/")) == 4
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


def test_a_write_may_happen_and_be_answered_wrongly(ada):
    order(ada, {"path": "/comment/", "method": "POST", "status": 502, "after": True})
    assert ada.call("POST", "/comment/item/31001/", {"value": "Did it arrive?"}).status_code == 502
    assert len(ada.get("/comment/item/31001/")) == 5


def test_a_delay_holds_back_faults_and_real_answers(other_emulator):
    waits = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        await asyncio.sleep(0)

    visitor = other_emulator(sleep=sleep)
    visitor.sign_in()
    order(visitor, {"path": "/org/", "delay": 10}, {"path": "/org/", "delay": 2.5, "status": 503})
    assert visitor.call("GET", "/org/").status_code == 200
    assert visitor.call("GET", "/org/").status_code == 503
    assert waits == [10, 2.5]


@pytest.mark.parametrize(
    "faults",
    [
        {},
        "x",
        None,
        [1],
        [{}],
        [{"path": "item"}],
        [{"path": 1}],
        [{"path": "/", "method": "get"}],
        [{"path": "/", "status": 99}],
        [{"path": "/", "status": "503"}],
        [{"path": "/", "status": True}],
        [{"path": "/", "times": -1}],
        [{"path": "/", "times": 1.5}],
        [{"path": "/", "delay": -1}],
        [{"path": "/", "delay": 1e9}],
        [{"path": "/", "drop": 1}],
        [{"path": "/", "headers": {"a b": "x"}}],
        [{"path": "/", "headers": {"x": "a\nb"}}],
        [{"path": "/", "headers": {"x": 1}}],
        [{"path": "/", "after": None}],
        [{"path": "/", "colour": "red"}],
        [{"path": "/", "status": 503, "times": None}, {"path": "x"}],
    ],
)
def test_a_wrong_order_is_refused_as_a_whole(ada, faults):
    answer = ada.client.post("/_emulator/faults", json=faults)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_value")
    assert answer.json()["error_description"]
    assert ada.call("GET", "/org/").status_code == 200


def test_orders_that_are_no_json_or_no_order_are_refused(visitor):
    post = visitor.client.post
    assert post("/_emulator/faults", content=b"{").status_code == 400
    assert post("/_emulator/tokens/expire", content=b"x").status_code == 400
    assert post("/_emulator/tokens/expire", json={"person": "nobody@example.com"}).status_code == 400
    assert post("/_emulator/tokens/expire", json={"user": 1}).status_code == 400
    assert post("/_emulator/nothing").status_code == 404
    assert visitor.client.get("/_emulator/reset").status_code == 404


def test_tokens_expire_on_order_and_refresh_tokens_stay(visitor, grace):
    values = visitor.sign_in()
    response = visitor.client.post("/_emulator/tokens/expire", json={"person": "grace@example.com"})
    assert response.json() == {"expired": 1}
    assert grace.error("GET", "/org/") == (401, "unauthorized")
    assert visitor.call("GET", "/org/").status_code == 200
    assert visitor.client.post("/_emulator/tokens/expire").json() == {"expired": 1}
    answer = visitor.call("GET", "/org/")
    assert (answer.status_code, answer.json()["error_description"]) == (401, "expired_token")
    fields = {"grant_type": "refresh_token", "refresh_token": values["refresh_token"], "client_id": "workbench"}
    assert visitor.client.post("/oauth/token", data=fields).status_code == 200


def test_requests_are_listed_with_the_names_of_their_headers_and_who_asked(ada):
    ada.call("POST", "/item/app/31/filter/?fields=items", {"limit": 1})
    last_entry = ada.logged()[-1]
    assert {key: last_entry[key] for key in ("method", "path", "query", "status", "person")} == {
        "method": "POST",
        "path": "/item/app/31/filter/",
        "query": "fields=items",
        "status": 200,
        "person": "ada@example.com",
    }
    assert {"authorization", "content-type", "origin"} <= set(last_entry["headers"])
    assert not [entry for entry in ada.logged() if entry["path"].startswith("/_emulator")]


def test_a_reset_clears_everything(visitor):
    visitor.sign_in()
    visitor.call("POST", "/comment/item/31001/", {"value": "Gone with the reset"})
    order(visitor, {"path": "/", "status": 503, "times": None})
    visitor.client.post("/_emulator/reset")
    assert visitor.logged() == []
    assert visitor.call("GET", "/org/").status_code == 401
    assert visitor.authorize().status_code == 200
    visitor.sign_in()
    assert len(visitor.get("/comment/item/31001/")) == 4
