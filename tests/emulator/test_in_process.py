"""The emulator without a server, as the page's sample data and other tests use it; and what no input may do to it."""

from __future__ import annotations

import asyncio
import logging
from urllib.parse import parse_qsl, urlsplit

import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from podio_emulator import ConnectionDropped, create_app
from podio_emulator.field_types import FIELD_TYPES
from tests.emulator.visitor import CALLBACK, ORIGIN

AUTHORIZE = {"client_id": "workbench", "redirect_uri": CALLBACK, "response_type": "token"}


def client_of(app):
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://podio.test")


async def sign_in(client):
    form = {"username": "ada@example.com", "password": "podio"}
    answer = await client.post("/oauth/authorize", params=AUTHORIZE, data=form)
    values = dict(parse_qsl(urlsplit(answer.headers["location"]).fragment))
    client.headers.update({"Authorization": f"Bearer {values['access_token']}", "Origin": ORIGIN})
    return values["access_token"]


async def test_signing_in_and_working_needs_no_server():
    async with client_of(create_app()) as client:
        await sign_in(client)
        assert (await client.get("/user/status")).json()["user"]["mail"] == "ada@example.com"
        page = await client.post("/item/app/34/filter/", json={"limit": 2})
        assert page.json()["total"] == 10_000
        file = (await client.get("/file/8011")).json()
        assert file["link"] == "http://podio.test/file/8011/raw"
        response = await client.post("/comment/item/31001/", json={"value": "hi"})
        assert response.status_code == 200
        await client.post("/_emulator/reset")
        assert (await client.get("/user/status")).status_code == 401


async def test_links_begin_with_the_base_url_that_was_given():
    async with client_of(create_app(base_url="https://podio.example")) as client:
        await sign_in(client)
        assert (await client.get("/file/8011")).json()["link"] == "https://podio.example/file/8011/raw"


async def test_a_dropped_connection_is_an_error_of_the_connection():
    assert issubclass(ConnectionDropped, ConnectionError)
    async with client_of(create_app()) as client:
        await sign_in(client)
        await client.post("/_emulator/faults", json=[{"path": "/org/", "drop": True}])
        with pytest.raises(ConnectionDropped):
            await client.get("/org/")
        assert (await client.get("/org/")).status_code == 200


async def test_a_failure_inside_is_an_envelope_that_a_page_can_read_and_reveals_nothing(caplog):
    broken = False

    def clock():
        if broken:
            raise RuntimeError(secret)
        return 1_795_000_000.0

    secret = ""

    with caplog.at_level(logging.DEBUG):
        async with client_of(create_app(clock=clock)) as client:
            secret = await sign_in(client)
            broken = True
            answer = await client.get("/user/status")
            assert (answer.status_code, answer.json()["error"]) == (500, "unexpected")
            assert answer.headers["access-control-allow-origin"] == ORIGIN
            assert secret not in answer.text
    assert "RuntimeError" in caplog.text
    assert secret not in caplog.text


async def test_no_repr_shows_a_secret():
    app = create_app(token_source=iter([f"canary-{number}" for number in range(100)]).__next__)

    async with client_of(app) as client:
        await sign_in(client)
    assert "canary" not in repr(app)
    assert "canary" not in repr(vars(app))


def test_a_token_must_live_at_least_a_second():
    with pytest.raises(ValueError, match="at least one second"):
        create_app(token_lifetime=0)


_KEYS = st.sampled_from(
    [
        "value",
        "start",
        "end",
        "start_utc",
        "type",
        "id",
        "from",
        "to",
        "embed",
        "file",
        "url",
        "currency",
        "format",
        "lat",
    ]
)
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**6), 10**6)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(["2026-01-01", "-1mr", "user", "31001", "8011"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS | st.text(max_size=4), inner, max_size=4),
    max_leaves=6,
)
_EXTERNAL_IDS = {
    31: ["name", "status", "people", "phone", "email", "address", "website", "yearly-revenue", "interests"],
    32: ["title", "client", "lamps", "period", "progress", "work-done", "left", "more", "plan", "documents"],
    33: ["number", "picture", "materials", "launched"],
}
_BODIES = ["fields", "external_id", "tags", "file_ids", "revision", "value", "limit", "offset", "sort_by", "filters"]


def test_no_body_makes_the_emulator_fail():
    """Everything that can be sent is answered with success or with a refusal, and can be read back."""
    fields = st.sampled_from([(app, name) for app, names in _EXTERNAL_IDS.items() for name in names])

    with asyncio.Runner() as runner:
        client = client_of(create_app())
        runner.run(sign_in(client))

        async def send(where, value, body_key):
            app_id, name = where
            calls = [
                ("PUT", f"/item/{app_id}001", {"fields": {name: value}}),
                ("POST", f"/item/app/{app_id}/filter/", {"filters": {name: value, "created_on": value, "tags": value}}),
                ("POST", f"/item/app/{app_id}/filter/", {body_key: value}),
                ("POST", f"/item/app/{app_id}/", {"fields": {"name": "x", "title": "x"}, body_key: value}),
                ("POST", f"/comment/item/{app_id}001/", {body_key: value}),
                ("POST", "/oauth/token/v2", {"client_id": "server", "grant_type": value, "client_secret": value}),
                ("POST", "/_emulator/tokens/expire", {"person": [value]}),
                ("POST", "/_emulator/faults", [{"path": "/nowhere", body_key: value, "times": value}]),
                ("GET", f"/item/{app_id}001", None),
                ("GET", f"/comment/item/{app_id}001/", None),
                ("POST", f"/item/app/{app_id}/filter/", {"sort_by": name}),
            ]
            for method, path, body in calls:
                answer = await client.request(method, path, json=body)
                assert answer.status_code in {200, 204, 400}, (path, body, answer.text)

        @settings(max_examples=80)
        @given(where=fields, value=json_values, body_key=st.sampled_from(_BODIES))
        def check(where, value, body_key):
            runner.run(send(where, value, body_key))

        check()
        runner.run(client.aclose())


def test_every_type_has_its_line_in_the_table():
    assert len(FIELD_TYPES) == 18
