"""Every flow, its options, its renewal and what it logs; answers that a client must survive."""

from __future__ import annotations

import asyncio
import base64
import logging
import sys
import traceback
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import httpx2
import pytest

import podio as library
from podio import KeyringStore, MemoryStore, Podio, Session, errors
from podio.session import AuthType
from podio.token import Token
from tests.unit.podio.fakes import Clock, FakePodio, json_of

CALLBACK = "https://work.example/callback"
# Joined, so that no line of source in a traceback shows it.
CANARY = "-".join(("can", "ary"))


class Script:
    """A confidential client with everything around it."""

    def __init__(self, auth_type: AuthType = "password", **options: Any) -> None:
        self.fake = FakePodio()
        self.clock = Clock()
        self.store: Any = options.pop("session_store", None) or MemoryStore()
        self.podio = Podio(
            auth_type=auth_type,
            client_id="server",
            client_secret=f"{CANARY}-secret",
            session_store=self.store,
            api_url="https://api.example",
            authorize_url="https://podio.example/oauth/authorize",
            http_client=self.fake.client(),
            allow_secret_in_page=True,
            clock=self.clock.option,
            **{"token_url": "https://api.example/oauth/token", **options},
        )

    def form(self, number: int = -1) -> dict[str, str]:
        return dict(httpx2.QueryParams(self.fake.seen[number].content.decode()))

    def answer(self, status: int = 200, **options: Any) -> None:
        self.fake.answers.append(httpx2.Response(status, **options))


async def by_code(script: Script) -> Session:
    request = script.podio.authorization_request(CALLBACK)
    return await script.podio.get_access_token(f"{CANARY}-code", CALLBACK, state=request.state, request=request)


SIGN_IN: Mapping[AuthType, Callable[[Script], Awaitable[Session]]] = {
    "server": by_code,
    "password": lambda script: script.podio.authenticate_with_credentials("ada@example.com", f"{CANARY}-password"),
    "app": lambda script: script.podio.authenticate_with_app(31, f"{CANARY}-app"),
    "client_credentials": lambda script: script.podio.authenticate_with_client_credentials(),
}
ALL_FLOWS = pytest.mark.parametrize("auth_type", SIGN_IN)


# What each flow sends


@ALL_FLOWS
async def test_each_flow_signs_in_by_one_call_with_the_clients_id_and_secret(auth_type: AuthType) -> None:
    script = Script(auth_type)
    session = await SIGN_IN[auth_type](script)
    assert script.fake.paths() == ["POST /oauth/token"]
    assert script.form().items() >= {"client_id": "server", "client_secret": f"{CANARY}-secret"}.items()
    assert await script.podio.is_authenticated()
    assert script.store.get(auth_type) == session == script.podio.session


async def test_credentials_go_with_their_offering() -> None:
    script = Script()
    await script.podio.authenticate_with_credentials("ada@example.com", "pw", offering_id=7)
    assert script.form()["offering_id"] == "7"
    await script.podio.authenticate_with_credentials("ada@example.com", "pw")
    assert "offering_id" not in script.form()


async def test_an_activation_code_and_a_transfer_token_are_grants_of_their_own() -> None:
    script = Script()
    await script.podio.authenticate_with_activation_code("code-1", offering_id="7")
    expected = {"grant_type": "activation_code", "activation_code": "code-1", "offering_id": "7"}
    assert script.form().items() >= expected.items()
    await script.podio.authenticate_with_transfer_token("transfer-1")
    assert script.form().items() >= {"grant_type": "transfer_token", "transfer_token": "transfer-1"}.items()


@pytest.mark.parametrize(
    ("auth_type", "call"),
    [
        ("app", SIGN_IN["password"]),
        ("password", SIGN_IN["app"]),
        ("server", SIGN_IN["client_credentials"]),
        ("app", lambda script: script.podio.authenticate_with_transfer_token("t")),
        ("app", lambda script: script.podio.authenticate_with_activation_code("c")),
        ("app", lambda script: script.podio.verify_second_factor("n", otp="1")),
    ],
)
async def test_a_method_of_another_flow_is_refused_and_names_the_auth_type(auth_type: AuthType, call: Any) -> None:
    script = Script(auth_type)
    with pytest.raises(errors.ConfigurationError, match="auth_type="):
        await call(script)
    assert script.fake.seen == []


# Options


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"auth_type": "app"}, "client_secret"),
        ({"auth_type": "app", "client_secret": ""}, "client_secret"),
        ({"auth_type": "app", "client_secret": 5}, "client_secret"),
        ({"auth_type": "client", "client_secret": "s"}, "client_secret"),
        ({"auth_type": "server", "client_secret": "s", "response_type": "token"}, "response_type"),
        ({"auth_type": "server", "client_secret": "s", "token_url": "http://podio.com/oauth/token"}, "token_url"),
    ],
)
def test_a_wrong_option_of_a_flow_is_an_error_at_construction_that_names_it(options: Any, named: str) -> None:
    with pytest.raises(errors.ConfigurationError, match=named):
        Podio(client_id="server", http_client=FakePodio().client(), allow_secret_in_page=True, **options)


def test_a_secret_in_a_page_is_refused_unless_it_is_said_to_be_a_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "emscripten")
    options: dict[str, Any] = {"auth_type": "app", "client_id": "server", "client_secret": "s"}
    with pytest.raises(errors.ConfigurationError, match="client_secret must not be in a page"):
        Podio(**options, http_client=FakePodio().client())
    Podio(**options, http_client=FakePodio().client(), allow_secret_in_page=True)


def test_a_file_store_in_a_page_is_refused_with_the_store_to_use(monkeypatch: pytest.MonkeyPatch) -> None:
    store = library.FileStore
    monkeypatch.setattr(sys, "platform", "emscripten")
    with pytest.raises(errors.ConfigurationError, match="SessionStorageStore"):
        store("session.json")


# The second factor


async def test_a_second_factor_is_requested_and_finishes_the_sign_in() -> None:
    script = Script()
    script.answer(json={"server_nonce": f"{CANARY}-nonce"})
    with pytest.raises(errors.SecondFactorRequired) as caught:
        await SIGN_IN["password"](script)
    assert caught.value.nonce == f"{CANARY}-nonce"
    assert CANARY not in f"{caught.value} {caught.value!r}"
    assert not await script.podio.is_authenticated()
    script.answer(json={"access_token": "token-1", "expires_in": 28800, "refresh_token": "refresh-1"})
    session = await script.podio.verify_second_factor(caught.value.nonce, otp="123456")
    assert session.token.access_token == "token-1"
    assert script.fake.paths()[-1] == "POST /mfa/verify"
    assert json_of(script.fake.seen[-1]) == {"nonce": f"{CANARY}-nonce", "otp": "123456"}
    assert "authorization" not in script.fake.seen[-1].headers


async def test_a_recovery_code_serves_as_second_factor() -> None:
    script = Script()
    script.answer(json={"access_token": "token-1"})
    await script.podio.verify_second_factor("nonce", recovery_code="rescue")
    assert json_of(script.fake.seen[-1]) == {"nonce": "nonce", "recoveryCode": "rescue"}


@ALL_FLOWS
@pytest.mark.parametrize("path", ["/oauth/token/v2", "/oauth/token/v2/", "/oauth/token/v2?tenant=a%20b"])
async def test_a_token_endpoint_of_version_2_gets_json(auth_type: AuthType, path: str) -> None:
    script = Script(auth_type, token_url=f"https://api.example{path}")
    script.answer(200, json={"access_token": "t", "expires_in": 60, "refresh_token": "r"})
    await SIGN_IN[auth_type](script)
    request = script.fake.seen[-1]
    assert request.url.raw_path.decode() == path
    assert request.headers["content-type"] == "application/json"
    assert json_of(request)["client_secret"] == f"{CANARY}-secret"
    assert json_of(request)["grant_type"]


@pytest.mark.parametrize("path", ["/o/token/", "/token?v=2", "/v2/token", "/oauth/v2.0/token", "/token?next=/v2"])
async def test_every_other_token_endpoint_gets_a_form_at_the_address_as_it_is(path: str) -> None:
    script = Script("app", token_url=f"https://api.example{path}")
    script.answer(200, json={"access_token": "t"})
    await SIGN_IN["app"](script)
    assert script.fake.seen[-1].url.raw_path.decode() == path
    assert script.form()["grant_type"] == "app"


async def test_what_a_provider_adds_to_its_answer_is_kept_and_does_no_harm() -> None:
    script = Script("app")
    extra = {"ref": {"type": "app", "id": 31}, "id_token": f"{CANARY}.x.y", "expires_at": 5, "session_id": "z"}
    script.answer(200, json={"access_token": "t", "expires_in": 60, **extra})
    session = await SIGN_IN["app"](script)
    assert session.token.extra == extra
    assert session.expires_at == script.clock.now + 60
    assert CANARY not in repr(session)
    assert CANARY not in session.to_json()


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("body", ["<html>Blocked</html>", "", '{"message": "Forbidden"}'])
async def test_a_refusal_of_a_proxy_is_none_of_the_sign_in(status: int, body: str) -> None:
    script = Script()
    script.answer(status, text=body)
    with pytest.raises(errors.APIError) as caught:
        await script.podio.authenticate_with_credentials("ada", "secret-1")
    assert caught.value.envelope is None
    script.answer(status, text=body)
    with pytest.raises(errors.APIError):
        await script.podio.verify_second_factor("nonce", otp="000000")


async def test_a_wrong_second_factor_is_an_authorization_error_that_says_which() -> None:
    script = Script()
    for code in ("invalid_second_factor", "nonce_validation_error"):
        script.answer(400, json={"error": code})
        with pytest.raises(errors.AuthorizationError) as caught:
            await script.podio.verify_second_factor("nonce", otp="000000")
        assert caught.value.error == code


@pytest.mark.parametrize("factors", [{}, {"otp": "1", "recovery_code": "2"}])
async def test_the_second_factor_is_one_of_two(factors: dict[str, str]) -> None:
    with pytest.raises(errors.ConfigurationError, match="otp"):
        await Script().podio.verify_second_factor("nonce", **factors)


# The API key


async def test_a_call_by_api_key_sends_id_and_secret_and_needs_no_session() -> None:
    script = Script("app")
    script.answer(json={"ok": True})
    assert await script.podio.request("GET", "/item/1", basic_auth=True) == {"ok": True}
    scheme, _, value = script.fake.seen[-1].headers["authorization"].partition(" ")
    assert (scheme, base64.b64decode(value).decode()) == ("Basic", f"server:{CANARY}-secret")
    assert not await script.podio.is_authenticated()


async def test_a_refused_api_key_renews_nothing_and_leaves_the_session_alone() -> None:
    script = Script("app")
    session = await SIGN_IN["app"](script)
    script.answer(401, json={"error": "unauthorized", "error_description": "expired_token"})
    with pytest.raises(errors.Unauthorized):
        await script.podio.request("GET", "/item/1", basic_auth=True)
    assert script.fake.paths() == ["POST /oauth/token", "GET /item/1"]
    assert script.podio.session == session


async def test_a_client_without_a_secret_can_not_call_by_api_key() -> None:
    fake = FakePodio()
    podio = Podio(client_id="workbench", http_client=fake.client())
    with pytest.raises(errors.ConfigurationError, match="client_secret"):
        await podio.request("GET", "/item/1", basic_auth=True)
    assert fake.seen == []


# What podio-js had


async def test_a_token_from_elsewhere_is_put_to_use_and_kept() -> None:
    script = Script("server")
    script.fake.issue("brought")
    await script.podio.set_access_token({"access_token": "brought", "refresh_token": "refresh-1", "expires_in": 60})
    assert (await script.podio.request("GET", "/item/1"))["token"] == "brought"
    assert script.podio.seconds_left() == 60
    script.clock.now += 61
    assert (await script.podio.request("GET", "/item/1"))["token"] == "token-2"


async def test_a_bare_token_is_assumed_to_live_as_long_as_podios_do() -> None:
    script = Script("server")
    await script.podio.set_access_token("brought")
    assert script.podio.seconds_left() == 28800
    with pytest.raises(errors.AuthorizationError):
        await script.podio.set_access_token("")
    with pytest.raises(errors.AuthorizationError):
        await script.podio.set_access_token({"access_token": None})


@pytest.mark.parametrize("lifetime", [0, -1, -3600, 0.4, -0.5, "0", "-60"])
async def test_a_token_from_elsewhere_that_has_expired_is_renewed_by_the_next_call(lifetime: Any) -> None:
    script = Script("server")
    old = {"access_token": script.fake.issue("old"), "refresh_token": "refresh-1", "expires_in": lifetime}
    session = await script.podio.set_access_token(old)
    assert session.expires_at <= script.clock.now + 0.4
    script.clock.now += 1
    assert (await script.podio.request("GET", "/item/1"))["token"] == "token-2"
    assert script.fake.paths() == ["POST /oauth/token", "GET /item/1"]


@pytest.mark.parametrize("auth_type", ["server", "client"])
@pytest.mark.parametrize("lifetime", [0, -1])
async def test_an_expired_token_from_elsewhere_that_nothing_can_renew_is_refused(
    auth_type: AuthType, lifetime: int
) -> None:
    secret = None if auth_type == "client" else "secret"
    podio = Podio(
        auth_type,
        client_id="server",
        client_secret=secret,
        allow_secret_in_page=True,
        http_client=FakePodio().client(),
    )
    answer = {"access_token": "old", "expires_in": lifetime}
    if auth_type == "client":
        answer["refresh_token"] = "refresh-1"  # a page keeps none
    with pytest.raises(errors.AuthorizationError, match="has expired") as caught:
        await podio.set_access_token(answer)
    assert caught.value.error == "expired_token"
    assert podio.session is None


async def test_the_api_key_itself_renews_an_expired_token_from_elsewhere() -> None:
    script = Script("client_credentials")
    await script.podio.set_access_token({"access_token": "old", "expires_in": 0})
    assert (await script.podio.request("GET", "/item/1"))["token"] == "token-1"


@pytest.mark.parametrize("answer", [None, 5, ["token"], b"token"])
async def test_what_is_no_answer_of_a_token_endpoint_is_a_configuration_error(answer: Any) -> None:
    with pytest.raises(errors.ConfigurationError, match="set_access_token takes"):
        await Script("server").podio.set_access_token(answer)


@pytest.mark.parametrize("lifetime", [28800.7, "28800"])
async def test_a_lifetime_that_was_computed_or_read_as_text_counts(lifetime: Any) -> None:
    script = Script("server")
    await script.podio.set_access_token({"access_token": "brought", "expires_in": lifetime})
    assert script.podio.seconds_left() == 28800


@pytest.mark.parametrize("lifetime", [float("nan"), float("inf"), True, "soon", "-", "", [], 1e300, 10**400])
async def test_a_lifetime_that_is_none_is_refused(lifetime: Any) -> None:
    script = Script("server")
    with pytest.raises(errors.AuthorizationError):
        await script.podio.set_access_token({"access_token": "t", "refresh_token": "r", "expires_in": lifetime})
    assert script.podio.session is None


async def test_a_page_does_not_keep_a_refresh_token_that_it_is_handed() -> None:
    podio = Podio(client_id="workbench", http_client=FakePodio().client())
    session = await podio.set_access_token({"access_token": "brought", "refresh_token": "refresh-1"})
    assert session.token.refresh_token is None


async def test_the_store_is_read_again_when_asked() -> None:
    script = Script("app")
    assert await script.podio.refresh_auth_from_store() is None
    session = Session(session_id="b" * 32, token=Token(access_token="kept", expires_at=script.clock.now + 60))
    script.store.set(session, "app")
    assert not await script.podio.is_authenticated()
    assert await script.podio.refresh_auth_from_store() == session
    assert script.podio.session == session
    script.store.set(None, "app")
    assert await script.podio.refresh_auth_from_store() is None
    assert not await script.podio.is_authenticated()


LINK = "https://files.podio.com/8011"


@pytest.mark.parametrize("size", ["tiny", "small", "medium", "badge", "large", "extra_large"])
def test_a_thumbnails_address_is_its_link_with_the_size(size: Any) -> None:
    podio = Script().podio
    assert podio.thumbnail_url(LINK, size) == f"{LINK}/{size}"
    assert podio.thumbnail_url({"thumbnail_link": f"{LINK}/?oauth_token=old#x"}, size) == f"{LINK}/{size}"


def test_a_file_without_a_thumbnail_has_no_address_of_one() -> None:
    assert Script().podio.thumbnail_url({"file_id": 1, "thumbnail_link": None}, "tiny") is None
    assert Script().podio.thumbnail_url({"file_id": 1}, "tiny") is None


def test_an_unknown_size_or_an_odd_link_is_refused() -> None:
    wrong: Any = "huge"
    with pytest.raises(errors.ConfigurationError, match="tiny, small"):
        Script().podio.thumbnail_url(LINK, wrong)
    for link in ("javascript:alert(1)", "/8011", "", 8011):
        with pytest.raises(errors.ConfigurationError, match="thumbnail_link"):
            Script().podio.thumbnail_url({"thumbnail_link": link}, "tiny")


# Renewal


@ALL_FLOWS
async def test_each_flow_renews_by_its_refresh_token(auth_type: AuthType) -> None:
    script = Script(auth_type)
    first = await SIGN_IN[auth_type](script)
    script.clock.now += 30_000
    assert (await script.podio.request("GET", "/item/1"))["token"] == "token-2"
    assert script.form(1).items() >= {"grant_type": "refresh_token", "refresh_token": "refresh-1"}.items()
    renewed = script.store.get(auth_type)
    assert (renewed.session_id, renewed.token.access_token) == (first.session_id, "token-2")


@ALL_FLOWS
async def test_a_new_refresh_token_replaces_the_old_and_none_keeps_it(auth_type: AuthType) -> None:
    script = Script(auth_type)
    await SIGN_IN[auth_type](script)
    script.answer(json={"access_token": "second", "refresh_token": "refresh-2"})
    assert (await script.podio.renew()).token.refresh_token == "refresh-2"
    script.answer(json={"access_token": "third"})
    assert (await script.podio.renew()).token.refresh_token == "refresh-2"
    assert script.form()["refresh_token"] == "refresh-2"


@pytest.mark.parametrize("auth_type", [flow for flow in SIGN_IN if flow != "client_credentials"])
async def test_without_a_refresh_token_an_expired_session_is_a_clear_renewal_error(auth_type: AuthType) -> None:
    script = Script(auth_type)
    script.answer(json={"access_token": "only"})
    await SIGN_IN[auth_type](script)
    script.clock.now += 30_000
    with pytest.raises(errors.RenewalError, match=r"no refresh token\. Sign in again"):
        await script.podio.request("GET", "/item/1")
    assert script.fake.paths() == ["POST /oauth/token"]


async def test_client_credentials_need_no_refresh_token_to_renew() -> None:
    script = Script("client_credentials")
    script.answer(json={"access_token": "only"})
    await SIGN_IN["client_credentials"](script)
    script.clock.now += 30_000
    await script.podio.request("GET", "/item/1")
    assert script.form(1)["grant_type"] == "client_credentials"


async def test_many_clients_of_one_visitors_store_renew_once() -> None:
    store = MemoryStore()
    first = Script("server", session_store=store)
    await SIGN_IN["server"](first)
    first.clock.now += 30_000
    others = [Script("server", session_store=store) for _ in range(3)]
    for other in others:
        other.clock.now, other.fake.people = first.clock.now, first.fake.people
    calls = [script.podio.request("GET", "/item/1") for script in (first, *others)]
    assert {answer["token"] for answer in await asyncio.gather(*calls)} == {"token-2"}
    assert sum(script.fake.paths().count("POST /oauth/token") for script in (first, *others)) == 2


@pytest.mark.parametrize(
    "trouble",
    [httpx2.ConnectError("no"), httpx2.ReadTimeout("no"), httpx2.Response(503), httpx2.Response(200, text="<html>")],
    ids=["offline", "timeout", "503", "html"],
)
async def test_a_renewal_that_does_not_get_through_never_says_that_the_waiting_call_was_sent(trouble: Any) -> None:
    script = Script("app")
    session = await SIGN_IN["app"](script)
    script.clock.now += 30_000
    script.fake.answers = [trouble]
    with pytest.raises(errors.RenewalError, match="could not be renewed"):
        await script.podio.request("POST", "/item/app/31/", body={"fields": {}})
    assert script.store.get("app") == session
    # The next call tries again.
    await script.podio.request("GET", "/item/1")


# Sign-out


async def test_sign_out_with_an_expired_token_renews_it_to_revoke_the_sign_in() -> None:
    script = Script("server")
    await SIGN_IN["server"](script)
    script.clock.now += 30_000
    assert await script.podio.sign_out() is None
    assert script.fake.paths()[1:] == ["POST /oauth/token", "POST /oauth/grant/invalidate"]
    assert script.fake.seen[-1].headers["authorization"] == "Bearer token-2"
    assert script.store.get("server") is None


async def test_sign_out_with_dead_tokens_is_done_and_one_offline_says_so() -> None:
    for trouble, warning in (
        (httpx2.Response(400, json={"error": "invalid_grant"}), False),
        (httpx2.ConnectError("no"), True),
    ):
        script = Script("server")
        await SIGN_IN["server"](script)
        script.clock.now += 30_000
        script.fake.answers = [trouble]
        assert bool(await script.podio.sign_out()) is warning
        assert not await script.podio.is_authenticated()


# Whose word an error is


@pytest.mark.parametrize(
    ("status", "error", "is_refusal"),
    [
        (400, "invalid_grant", True),
        (401, "invalid_client", True),
        (403, "unauthorized_client", True),
        (401, "Unauthorized", False),
        (403, "Forbidden by the proxy", False),
        (429, "slow_down", False),
        (503, "temporarily_unavailable", False),
    ],
)
async def test_a_code_alone_is_the_token_endpoints_word_and_never_the_apis(
    status: int, error: str, is_refusal: bool
) -> None:
    script = Script("app")
    script.answer(status, json={"error": error})
    with pytest.raises(errors.AuthorizationError if is_refusal else errors.APIError) as caught:
        await SIGN_IN["app"](script)
    assert not is_refusal or caught.value.error == error
    await SIGN_IN["app"](script)
    script.answer(status, json={"error": error})
    with pytest.raises(errors.APIError) as refused:
        await script.podio.request("PUT", "/item/1", body={})
    assert (refused.value.error, refused.value.envelope) == ("", None)


# The log


async def test_every_event_is_logged_under_podio_auth_and_no_secret_ever_is(caplog: pytest.LogCaptureFixture) -> None:
    logged_errors: list[BaseException] = []

    async def flow(auth_type: AuthType) -> None:
        script = Script(auth_type)
        token = {"access_token": f"{CANARY}-1", "refresh_token": f"{CANARY}-refresh", "expires_in": 60}
        script.answer(json=token)
        await SIGN_IN[auth_type](script)
        script.clock.now += 61
        script.answer(json={**token, "access_token": f"{CANARY}-2"})
        script.answer(json={})
        await script.podio.request("GET", "/item/1")
        # An endpoint that sends back what it was sent.
        for status in (400, 503):
            script.answer(status, json={"error": f"{CANARY} {status}", "error_description": "no"})
            try:
                await script.podio.renew()
            except errors.PodioError as error:
                logged_errors.append(error)
        script.answer(204)
        await script.podio.sign_out()
        script.answer(400, json={"error": "invalid_grant", "error_description": "no"})
        try:
            await SIGN_IN[auth_type](script)
        except errors.AuthorizationError as error:
            logged_errors.append(error)
        script.answer(json=token)
        await SIGN_IN[auth_type](script)
        script.fake.answers.append(httpx2.ConnectError("no"))
        await script.podio.sign_out()

    async def second_factor() -> None:
        script = Script("password")
        script.answer(json={"server_nonce": f"{CANARY}-nonce"})
        try:
            await SIGN_IN["password"](script)
        except errors.SecondFactorRequired as error:
            logged_errors.append(error)
        script.answer(400, json={"error": "invalid_second_factor"})
        try:
            await script.podio.verify_second_factor(f"{CANARY}-nonce", otp=f"{CANARY}-otp")
        except errors.AuthorizationError as error:
            logged_errors.append(error)

    with caplog.at_level(logging.DEBUG):
        for auth_type in SIGN_IN:
            await flow(auth_type)
        await second_factor()
        podio = Podio(
            client_id="workbench",
            http_client=FakePodio().client(),
            redirect_answer=f"https://work.example/#access_token={CANARY}",
        )
        podio.authorization_request("https://work.example/")
        await podio.is_authenticated()
    events = {record.getMessage().partition(" ")[0] for record in caplog.records if record.name == "podio.auth"}
    assert events == {"asked", "granted", "denied", "renewed", "failed", "revoked"}
    assert CANARY not in caplog.text
    assert all(CANARY not in str(record.args) for record in caplog.records)
    assert len(logged_errors) == 3 * len(SIGN_IN) + 2
    for error in logged_errors:
        # The code that an endpoint made of what it was sent is the endpoint's word; ours are clean.
        text = "".join(traceback.format_exception(error)).replace(f"{CANARY} 400", "").replace(f"{CANARY} 503", "")
        assert CANARY not in text


# Odd answers: the right exception or value, never an AttributeError


BIG = 2**63 + 1


@pytest.mark.parametrize(
    ("method", "answer", "value"),
    [
        ("PUT", httpx2.Response(204), None),
        ("POST", httpx2.Response(200), None),
        ("GET", httpx2.Response(204), None),
        ("GET", httpx2.Response(200, text="null"), None),
        ("GET", httpx2.Response(200, text=f'{{"n": {BIG}}}'), {"n": BIG}),
        ("GET", httpx2.Response(200, text="1e400"), float("inf")),
        ("GET", httpx2.Response(200, text='{"item_id": null, "fields": null}'), {"item_id": None, "fields": None}),
    ],
    ids=["204", "empty-write", "204-read", "null", "huge-number", "beyond-float", "nulls"],
)
async def test_an_odd_answer_is_its_value(method: str, answer: httpx2.Response, value: Any) -> None:
    script = Script("app")
    await SIGN_IN["app"](script)
    script.fake.answers = [answer]
    assert await script.podio.request(method, "/item/1") == value


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (httpx2.Response(200), errors.InvalidResponse),
        (httpx2.Response(200, html="<html>Sign in to this network</html>"), errors.InvalidResponse),
        (httpx2.Response(502, html="<html>Bad gateway</html>"), errors.ServerError),
        (httpx2.Response(420), errors.RateLimited),
        (httpx2.Response(400, json=None), errors.BadRequest),
        (httpx2.Response(400, text="null"), errors.BadRequest),
        (httpx2.Response(400, json=[1]), errors.BadRequest),
        (httpx2.Response(403, json={"error": None, "error_description": 5, "error_parameters": []}), errors.Forbidden),
        (httpx2.Response(418, json={"error": "teapot", "error_description": "short"}), errors.APIError),
        (httpx2.Response(401, json={"error": "unauthorized", "error_description": "who?"}), errors.Unauthorized),
        (httpx2.Response(302, headers={"location": "https://evil.example"}), errors.InvalidResponse),
    ],
    ids=["empty", "html", "502-html", "420-empty", "empty-400", "null-400", "list-400", "odd-types", "unknown", "401",
         "redirect"],
)  # fmt: skip
async def test_an_odd_answer_is_the_right_error(answer: httpx2.Response, expected: type[errors.PodioError]) -> None:
    script = Script("app")
    await SIGN_IN["app"](script)
    script.fake.answers = [answer]
    with pytest.raises(expected) as caught:
        await script.podio.request("POST" if answer.status_code == 420 else "GET", "/item/1")
    assert str(caught.value)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (httpx2.Response(200), errors.AuthorizationError),
        (httpx2.Response(204), errors.AuthorizationError),
        (httpx2.Response(200, text="null"), errors.AuthorizationError),
        (httpx2.Response(200, text="[]"), errors.AuthorizationError),
        (httpx2.Response(200, json={"access_token": None}), errors.AuthorizationError),
        (httpx2.Response(200, json={"access_token": "t", "expires_in": BIG}), errors.AuthorizationError),
        (httpx2.Response(200, json={"access_token": "t", "expires_in": None, "refresh_token": 5}), None),
        (httpx2.Response(200, json={"server_nonce": None}), errors.AuthorizationError),
        (httpx2.Response(200, html="<html>"), errors.InvalidResponse),
        (httpx2.Response(400), errors.AuthorizationError),
        (httpx2.Response(400, json={"error": "never_heard_of"}), errors.AuthorizationError),
        (httpx2.Response(500, html="<html>"), errors.ServerError),
    ],
)
async def test_an_odd_answer_of_the_token_endpoint_is_the_right_error(
    answer: httpx2.Response, expected: type[errors.PodioError] | None
) -> None:
    script = Script("password")
    script.fake.answers = [answer]
    if expected is None:
        assert (await SIGN_IN["password"](script)).token.refresh_token is None
        return
    with pytest.raises(expected) as caught:
        await SIGN_IN["password"](script)
    assert str(caught.value)
    assert not await script.podio.is_authenticated()


async def test_a_revoked_refresh_token_is_a_renewal_error_and_signing_in_again_fixes_it() -> None:
    script = Script("password")
    await SIGN_IN["password"](script)
    script.clock.now += 30_000
    script.answer(400, json={"error": "invalid_grant"})
    with pytest.raises(errors.RenewalError, match="invalid_grant"):
        await script.podio.request("GET", "/item/1")
    await SIGN_IN["password"](script)
    assert (await script.podio.request("GET", "/item/1"))["token"] == "token-2"


# The keyring


class Ring:
    """A keyring in memory, which fails when a test orders it."""

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], str] = {}
        self.is_locked = False

    def _look(self) -> None:
        if self.is_locked:
            raise RuntimeError(CANARY)

    def get_password(self, service: str, username: str) -> str | None:
        self._look()
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._look()
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._look()
        del self.entries[service, username]


on_cpython = pytest.mark.skipif(sys.platform == "emscripten", reason="a page has no threads and no keyring")


@on_cpython
async def test_a_session_in_the_keyring_serves_until_it_is_deleted(tmp_path: Any) -> None:
    ring = Ring()
    store = KeyringStore("mine", lock_file=tmp_path / "renewal.lock", keyring=ring)
    script = Script("app", session_store=store)
    session = await SIGN_IN["app"](script)
    assert session.owner is not None
    assert set(ring.entries) == {("mine", f"app.{session.owner.key}"), ("mine", "app.entries")}
    again = Script("app", session_store=store)
    again.fake.people = script.fake.people
    assert await again.podio.is_authenticated()
    again.clock.now += 30_000
    assert (await again.podio.request("GET", "/item/1"))["token"] == "token-2"
    assert (await store.get("app")) != session
    await again.podio.sign_out()
    assert ring.entries == {}
    await store.set(None, "app")
    ring.entries["mine", "app"] = "{damaged"
    assert await store.get("app") is None


@on_cpython
async def test_a_locked_keyring_is_a_storage_error_that_reveals_nothing() -> None:
    ring = Ring()
    store = KeyringStore(keyring=ring)
    ring.is_locked = True
    with pytest.raises(errors.StorageError) as caught:
        await store.get("app")
    assert CANARY not in str(caught.value)
    script = Script("app", session_store=store)
    await SIGN_IN["app"](script)
    assert script.podio.storage_error is not None


def test_a_missing_keyring_package_is_an_error_that_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(errors.ConfigurationError, match="pip install keyring"):
        KeyringStore()


def test_stores_that_a_page_has_no_use_for_are_not_imported_with_the_library() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        _ = library.nothing
    assert {"FileStore", "KeyringStore"} <= set(library.__all__)
