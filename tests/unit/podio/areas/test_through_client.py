"""Operations through the real client, as far as the request that goes out."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
import pytest

from podio import Clock, ConfigurationError, Conflict, MemoryStore, Podio, Session, Token
from podio.areas import Areas

NOW = 1_000_000.0


class Client(Podio, Areas):
    """The client with its areas."""


async def exchange(
    call: Callable[[Client], Awaitable[Any]], answer: httpx2.Response | None = None
) -> tuple[Any, httpx2.Request]:
    """Make a call and return its value and the request that went out."""
    requests: list[httpx2.Request] = []

    def handle(request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/user/status":  # the client looks up once whose the token is
            return httpx2.Response(200, json={"user": {"user_id": 7}, "profile": {"name": "Ada"}})
        requests.append(request)
        return answer or httpx2.Response(200, json={"answered": True})

    store = MemoryStore()
    token = Token(access_token="token", expires_at=NOW + 3600)
    store.set(Session(session_id="a" * 32, token=token, user_id=7), "client")
    async with httpx2.AsyncClient(transport=httpx2.MockTransport(handle)) as http:
        client = Client(
            client_id="workbench",
            session_store=store,
            api_url="https://api.example",
            http_client=http,
            clock=Clock(now=lambda: NOW),
        )
        assert await client.is_authenticated()
        value = await call(client)
    assert len(requests) == 1
    return value, requests[0]


@pytest.mark.parametrize(
    ("call", "method", "target", "body"),
    [
        (
            lambda podio: podio.items.filter(42, body={"limit": 100, "sort_desc": True}),
            "POST",
            "/item/app/42/filter/",
            {"limit": 100, "sort_desc": True},
        ),
        (lambda podio: podio.items.filter(42), "POST", "/item/app/42/filter/", {}),
        (
            lambda podio: podio.items.filter_from_space_and_app(42, space_id=3, body={"offset": 30}),
            "POST",
            "/item/app/42/filter/?space_id=3",
            {"offset": 30},
        ),
        (
            lambda podio: podio.items.create(42, body={"fields": {"title": "Tea"}}, hook=False),
            "POST",
            "/item/app/42/?hook=false",
            {"fields": {"title": "Tea"}},
        ),
        (lambda podio: podio.items.get(1, mark_as_viewed=False), "GET", "/item/1?mark_as_viewed=false", None),
        (
            lambda podio: podio.items.get_by_external_id(42, "Grün & 1?"),
            "GET",
            "/item/app/42/external_id/Gr%C3%BCn%20%26%201%3F",
            None,
        ),
        (
            lambda podio: podio.comments.create("item", 1, body={"value": "Hi"}, silent=True),
            "POST",
            "/comment/item/1/?silent=true",
            {"value": "Hi"},
        ),
        (
            lambda podio: podio.tasks.get_all(responsible=7, completed_by="user:1;user:2"),
            "GET",
            "/task/?responsible=7&completed_by=user%3A1%3Buser%3A2",
            None,
        ),
        (
            lambda podio: podio.calendar.get_global(tasks=None, params={"from": "2026-01-01", "to": None}),
            "GET",
            "/calendar/?from=2026-01-01",
            None,
        ),
        (lambda podio: podio.spaces.get(3), "GET", "/space/3", None),
        (lambda podio: podio.applications.update_order(3, body=[5, 4]), "PUT", "/app/space/3/order", [5, 4]),
    ],
)
async def test_a_call_goes_out_as_documented(
    call: Callable[[Client], Awaitable[Any]], method: str, target: str, body: Any
) -> None:
    value, request = await exchange(call)
    assert value == {"answered": True}
    assert (request.method, request.url.raw_path.decode()) == (method, target)
    assert request.url.host == "api.example"
    assert request.headers["authorization"] == "Bearer token"
    assert (json.loads(request.content) if request.content else None) == body


async def test_a_call_that_podio_answers_with_nothing_returns_none() -> None:
    value, request = await exchange(lambda podio: podio.items.delete(1), httpx2.Response(204))
    assert value is None
    assert (request.method, request.url.path, request.content) == ("DELETE", "/item/1", b"")


async def test_an_update_that_changed_nothing_returns_none() -> None:
    value, _ = await exchange(lambda podio: podio.items.update(1, body={"fields": {}}), httpx2.Response(204))
    assert value is None


async def test_a_refused_update_raises_podios_error() -> None:
    answer = httpx2.Response(409, json={"error": "conflict", "error_description": "The item has changed."})
    with pytest.raises(Conflict):
        await exchange(lambda podio: podio.items.update(1, body={"revision": 3}), answer)


async def test_an_argument_that_no_path_can_carry_sends_nothing() -> None:
    with pytest.raises(ConfigurationError):
        await exchange(lambda podio: podio.items.get_by_external_id(42, "../1"))
