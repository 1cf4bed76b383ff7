"""Each flow from the sign-in over renewal to sign-out, against the emulator in process and over HTTP."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from html import unescape
from pathlib import Path
from typing import Any

import httpx2
import pytest

from podio import FileStore, MemoryStore, Podio, RedirectAnswer, errors
from podio_emulator import ids
from tests.library.conftest import World

CALLBACK = "http://localhost:8080/callback"
LATER = 30_000  # seconds: Podio's tokens live 28,800


async def consent(world: World, address: str, *, answer: str = "grant") -> str:
    """Sign in as Ada on the consent page, grant or deny, and return the address that the browser is sent to."""
    async with world.http() as browser:
        page = await browser.get(address)
        action = re.search(r'<form method="post" action="([^"]+)"', page.text)
        assert action, page.text
        form = {"username": ids.ADA_MAIL, "password": ids.PASSWORD, "answer": answer}
        response = await browser.post(unescape(action[1]), data=form)
        return str(response.headers["location"])


async def server(world: World, podio: Podio) -> None:
    request = podio.authorization_request(CALLBACK)
    answer = httpx2.URL(await consent(world, request.url)).params
    await podio.get_access_token(answer["code"], CALLBACK, state=answer["state"], request=request)


async def password(world: World, podio: Podio) -> None:
    await podio.authenticate_with_credentials(ids.ADA_MAIL, ids.PASSWORD)


async def app(world: World, podio: Podio) -> None:
    await podio.authenticate_with_app(ids.CLIENTS_APP_ID, ids.CLIENTS_APP_TOKEN)


async def client_credentials(world: World, podio: Podio) -> None:
    await podio.authenticate_with_client_credentials()


SIGN_IN: Mapping[str, Callable[[World, Podio], Awaitable[None]]] = {
    "server": server,
    "password": password,
    "app": app,
    "client_credentials": client_credentials,
}
ALL_FLOWS = pytest.mark.parametrize("auth_type", SIGN_IN)


def item(podio: Podio) -> Awaitable[Any]:
    return podio.request("GET", f"/item/{ids.CLIENT_ITEM_ID}")


@ALL_FLOWS
@pytest.mark.parametrize("token_path", ["/oauth/token", "/oauth/token/v2"])
async def test_a_flow_signs_in_calls_renews_and_signs_out(world: World, auth_type: Any, token_path: str) -> None:
    store = MemoryStore()
    token_url = f"{world.url}{token_path}"
    podio = world.podio(auth_type, session_store=store, token_url=token_url)
    assert not await podio.is_authenticated()
    await SIGN_IN[auth_type](world, podio)
    assert (await item(podio))["item_id"] == ids.CLIENT_ITEM_ID
    first = podio.session
    assert first is not None
    world.clock.now += LATER
    assert (await item(podio))["item_id"] == ids.CLIENT_ITEM_ID
    second = podio.session
    assert second is not None
    assert second.session_id == first.session_id
    assert second.token.refresh_token != first.token.refresh_token
    assert await podio.sign_out() is None
    assert not await podio.is_authenticated()
    # Podio knows the token no more, nor the refresh token.
    store.set(second, auth_type)
    again = world.podio(auth_type, session_store=store, token_url=token_url)
    with pytest.raises(errors.RenewalError, match="invalid_grant"):
        await item(again)
    paths = {call.removeprefix("POST ") for call in await world.requests() if "/oauth/token" in call}
    assert paths == {token_path}
    await podio.aclose()
    await again.aclose()


@ALL_FLOWS
async def test_a_token_that_podio_expires_early_is_renewed_once_for_all_calls(world: World, auth_type: Any) -> None:
    podio = world.podio(auth_type)
    await SIGN_IN[auth_type](world, podio)
    await world.control("tokens/expire")
    items = await asyncio.gather(*(item(podio) for _ in range(5)))
    assert [entry["item_id"] for entry in items] == [ids.CLIENT_ITEM_ID] * 5
    sign_ins = 1
    assert (await world.requests()).count("POST /oauth/token") == sign_ins + 1
    await podio.aclose()


@ALL_FLOWS
async def test_a_session_in_a_file_serves_the_next_program(world: World, auth_type: Any, tmp_path: Path) -> None:
    first = world.podio(auth_type, session_store=FileStore(tmp_path / "session.json", clock=world.clock))
    await SIGN_IN[auth_type](world, first)
    world.clock.now += LATER
    programs = [
        world.podio(auth_type, session_store=FileStore(tmp_path / "session.json", clock=world.clock)) for _ in range(3)
    ]
    items = await asyncio.gather(*(item(podio) for podio in programs))
    assert [entry["item_id"] for entry in items] == [ids.CLIENT_ITEM_ID] * 3
    assert (await world.requests()).count("POST /oauth/token") == 2
    for podio in (first, *programs):
        await podio.aclose()


async def test_a_refused_code_or_state_signs_nobody_in(world: World) -> None:
    podio = world.podio("server")
    request = podio.authorization_request(CALLBACK)
    answer = httpx2.URL(await consent(world, request.url)).params
    with pytest.raises(errors.InvalidRedirectAnswer):
        await podio.get_access_token(answer["code"], CALLBACK, state="x" * 32, request=request)
    other = podio.authorization_request(CALLBACK)
    with pytest.raises(errors.AuthorizationError, match="code_verifier"):
        await podio.get_access_token(answer["code"], CALLBACK, state=other.state, request=other)
    # The code was used up by the try before.
    with pytest.raises(errors.AuthorizationError) as caught:
        await podio.get_access_token(answer["code"], CALLBACK, state=answer["state"], request=request)
    assert caught.value.error == "invalid_grant"
    assert not await podio.is_authenticated()
    await podio.aclose()


@pytest.mark.parametrize("response_type", ["token", "code"])
async def test_a_page_signs_in_by_the_redirects_answer(world: World, response_type: Any) -> None:
    store, page = MemoryStore(), "http://localhost:8000/"
    first = world.podio("client", session_store=store, response_type=response_type)
    address = await consent(world, first.authorization_request(page, app_state={"route": "#/app/31"}).url)
    podio = world.podio("client", session_store=store, response_type=response_type, redirect_answer=address)
    assert await podio.is_authenticated()
    assert podio.app_state == {"route": "#/app/31"}
    assert (await item(podio))["item_id"] == ids.CLIENT_ITEM_ID
    assert podio.session is not None
    assert podio.session.user_id == ids.ADA_ID
    for client in (first, podio):
        await client.aclose()


async def test_a_page_renews_by_asking_the_user_again(world: World) -> None:
    store, page = MemoryStore(), "http://localhost:8000/"
    popup = "http://localhost:8000/callback.html"

    async def hook(request: Any) -> RedirectAnswer:
        attempt = request.make_request(popup, "popup")
        parts = httpx2.URL(await consent(world, attempt.url))
        return RedirectAnswer(query=parts.query.decode(), fragment=parts.fragment, url=popup, request=attempt)

    first = world.podio("client", session_store=store)
    address = await consent(world, first.authorization_request(page).url)
    podio = world.podio("client", session_store=store, redirect_answer=address, on_token_will_refresh=hook)
    assert await podio.is_authenticated()
    await item(podio)
    await world.control("tokens/expire")
    assert (await item(podio))["item_id"] == ids.CLIENT_ITEM_ID
    assert (await world.requests()).count("GET /user/status") == 2
    for client in (first, podio):
        await client.aclose()


async def test_a_denial_is_an_error_with_podios_words(world: World) -> None:
    store = MemoryStore()
    first = world.podio("client", session_store=store)
    address = await consent(world, first.authorization_request("http://localhost:8000/").url, answer="deny")
    podio = world.podio("client", session_store=store, redirect_answer=address)
    assert not await podio.is_authenticated()
    error = podio.get_auth_error()
    assert error is not None
    assert (error.error, error.error_description) == ("access_denied", "The user denied your request.")
    for client in (first, podio):
        await client.aclose()


@pytest.mark.parametrize("factor", [{"otp": ids.ONE_TIME_CODE}, {"recovery_code": ids.RECOVERY_CODE}])
async def test_a_second_factor_finishes_the_password_flow(world: World, factor: Any) -> None:
    await world.control("second-factor", {"required": True})
    podio = world.podio("password")
    with pytest.raises(errors.SecondFactorRequired) as error_info:
        await password(world, podio)
    with pytest.raises(errors.AuthorizationError) as wrong:
        await podio.verify_second_factor(error_info.value.nonce, otp="000000")
    assert wrong.value.error == "invalid_second_factor"
    await podio.verify_second_factor(error_info.value.nonce, **factor)
    assert (await item(podio))["item_id"] == ids.CLIENT_ITEM_ID
    with pytest.raises(errors.AuthorizationError) as used:
        await podio.verify_second_factor(error_info.value.nonce, **factor)
    assert used.value.error == "nonce_validation_error"
    await world.control("second-factor", {"required": False})
    await podio.aclose()


@pytest.mark.parametrize(
    ("auth_type", "options", "sign_in", "error"),
    [
        ("password", {}, lambda podio: podio.authenticate_with_credentials(ids.ADA_MAIL, "wrong"), "invalid_grant"),
        ("password", {}, lambda podio: podio.authenticate_with_transfer_token("t"), "unsupported_grant_type"),
        ("app", {}, lambda podio: podio.authenticate_with_app(ids.CLIENTS_APP_ID, "wrong"), "invalid_grant"),
        ("app", {"client_secret": "wrong"}, lambda podio: podio.authenticate_with_app(31, "t"), "invalid_client"),
        ("app", {"client_id": "nobody"}, lambda podio: podio.authenticate_with_app(31, "t"), "invalid_client"),
    ],
)
async def test_a_wrong_credential_is_an_authorization_error(
    world: World, auth_type: Any, options: Any, sign_in: Any, error: str
) -> None:
    podio = world.podio(auth_type, **options)
    with pytest.raises(errors.AuthorizationError) as caught:
        await sign_in(podio)
    assert caught.value.error == error
    assert not await podio.is_authenticated()
    await podio.aclose()


async def test_an_api_key_calls_by_its_id_and_secret(world: World) -> None:
    podio = world.podio("app")
    item = await podio.request("GET", f"/item/{ids.CLIENT_ITEM_ID}", basic_auth=True)
    assert item["item_id"] == ids.CLIENT_ITEM_ID
    assert not await podio.is_authenticated()
    wrong = world.podio("app", client_secret="wrong")
    with pytest.raises(errors.Unauthorized):
        await wrong.request("GET", f"/item/{ids.CLIENT_ITEM_ID}", basic_auth=True)
    for client in (podio, wrong):
        await client.aclose()


async def test_an_app_may_not_ask_whose_session_it_is(world: World) -> None:
    podio = world.podio("app")
    await app(world, podio)
    with pytest.raises(errors.Forbidden):
        await podio.request("GET", "/user/status")
    await podio.aclose()


# What comes in place of an answer


async def test_a_revoked_refresh_token_is_a_renewal_error_and_signing_in_again_fixes_it(world: World) -> None:
    podio, other = world.podio("password"), world.podio("password")
    await password(world, podio)
    await password(world, other)
    # "Invalidate tokens" ends every sign-in of the user.
    await other.request("POST", "/oauth/token/invalidate")
    with pytest.raises(errors.RenewalError, match="Sign in again"):
        await item(podio)
    await password(world, podio)
    assert (await item(podio))["item_id"] == ids.CLIENT_ITEM_ID
    for client in (podio, other):
        await client.aclose()


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ({"status": 200, "body": ""}, errors.InvalidResponse),
        ({"status": 200, "body": "<html>Welcome to the hotel</html>"}, errors.InvalidResponse),
        ({"status": 502, "body": "<html>Bad gateway</html>"}, errors.ServerError),
        ({"status": 400, "body": {"error": "never_heard_of", "error_description": None}}, errors.BadRequest),
        ({"status": 418, "body": {"error": "never_heard_of"}}, errors.APIError),
        ({"status": 420, "body": ""}, errors.RateLimited),
        ({"drop": True}, errors.ConnectionFailed),
        ({"status": 204}, None),
        ({"status": 200, "body": "null"}, None),
        ({"status": 200, "body": str(10**30)}, 10**30),
        ({"status": 200, "body": {"item_id": None}}, {"item_id": None}),
    ],
    ids=["empty", "html", "html-502", "unknown-code", "unknown-status", "420", "drop", "204", "null", "huge", "nulls"],
)
async def test_an_odd_answer_is_the_right_error_or_value(world: World, fault: Any, outcome: Any) -> None:
    podio = world.podio("app")
    await app(world, podio)
    await world.control("faults", [{"path": "/item/", "times": None, **fault}])
    if isinstance(outcome, type):
        with pytest.raises(outcome) as caught:
            await item(podio)
        assert str(caught.value)
    else:
        assert await item(podio) == outcome
    await podio.aclose()
