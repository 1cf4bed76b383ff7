"""The client: options, sign-in, calls, sign-out."""

import asyncio
import json
import traceback
from typing import Any

import httpx2
import pytest

from podio import (
    AuthorizationRequest,
    MemoryStore,
    Podio,
    ProviderProfile,
    RedirectAnswer,
    RetryPolicy,
    Session,
    Token,
    errors,
)
from podio._call import Call
from podio.session import AuthType
from tests.unit.podio.fakes import CALLBACK, PAGE, Clock, FakePodio, Page, json_of, until

PASSWORD = "-".join(("can", "ary"))  # joined, so that no line of source in a traceback shows it


def signed_out(fake: FakePodio, **options: Any) -> Podio:
    settings: dict[str, Any] = {
        "client_id": "workbench",
        "api_url": "https://api.example",
        "authorize_url": "https://podio.example/oauth/authorize",
        "token_url": "https://api.example/oauth/token",
        "http_client": fake.client(),
        "clock": Clock().option,
        **options,
    }
    return Podio(**settings)


# Options


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"auth_type": "implicit"}, "auth_type"),
        ({"client_id": ""}, "client_id"),
        ({"client_secret": "s"}, "client_secret"),
        ({"auth_type": "server"}, "client_secret"),
        ({"response_type": "id_token"}, "response_type"),
        ({"api_url": "http://api.example"}, "api_url"),
        ({"authorize_url": "podio.com"}, "authorize_url"),
        ({"token_url": "http://a.example/token"}, "token_url"),
        ({"push_url": ""}, "push_url"),
    ],
)
def test_a_wrong_option_is_an_error_at_construction_that_names_it(options: dict[str, Any], named: str) -> None:
    with pytest.raises(errors.ConfigurationError, match=named):
        signed_out(FakePodio(), **options)


def test_a_client_without_any_option_says_what_is_missing() -> None:
    with pytest.raises(errors.ConfigurationError, match="client_id is missing") as caught:
        Podio()
    for flow in ("'client'", "'server'", "'password'", "'app'", "'client_credentials'"):
        assert flow in str(caught.value)


@pytest.mark.parametrize(
    "options", [{"client_secret": "s3cret"}, {"auth_type": "App", "client_secret": "s3cret"}, {"auth_type": None}]
)
def test_a_missing_or_wrong_flow_lists_the_flows(options: dict[str, Any]) -> None:
    with pytest.raises(errors.ConfigurationError) as caught:
        Podio(**{"client_id": "server", **options})
    assert "'client_credentials'" in str(caught.value)
    assert "auth_type" in str(caught.value)
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    "method", ["GET\r\nX-Evil: 1", "GET\n", " GET", "", "GÉT", "POıT", "ſend", "G\u0130T", None, 5, b"GET"]
)
async def test_a_method_that_is_none_of_https_never_reaches_the_transport(method: Any) -> None:
    page = Page()
    with pytest.raises(errors.ConfigurationError, match="method"):
        await page.podio.request(method, "/item/1")
    with pytest.raises(errors.ConfigurationError, match="method"):
        await page.podio.request_bytes(method, "/item/1")
    with pytest.raises(errors.ConfigurationError, match="method"):
        await page.podio.send(Call(method=method, address="https://api.example/item/1"))
    assert page.fake.seen == []


async def test_the_bytes_of_an_answer_come_as_they_are_and_the_call_is_one_like_any_other() -> None:
    page = Page()
    page.fake.answers = [httpx2.Response(200, content=b'{"items": [\xf0\x9f\x98]}')]
    content = await page.podio.request_bytes("post", "/item/app/31/filter/", params={"fields": "x"}, body={"limit": 5})
    assert content == b'{"items": [\xf0\x9f\x98]}'
    request = page.fake.seen[-1]
    assert (request.method, json.loads(request.content), request.url.query) == ("POST", {"limit": 5}, b"fields=x")
    page.fake.answers = [httpx2.Response(404, json={"error": "not_found", "error_description": "no"})]
    with pytest.raises(errors.NotFound):
        await page.podio.request_bytes("POST", "/item/app/9/filter/", body={})


@pytest.mark.parametrize(
    ("path", "repeatable", "is_repeated"),
    [
        ("/item/app/31/filter/", None, True),
        ("/item/app/31/", None, False),
        ("/item/app/31/", True, True),
    ],
)
async def test_a_call_for_bytes_is_repeated_as_one_for_json_is(
    path: str, repeatable: bool | None, is_repeated: bool
) -> None:
    page = Page(retry_policy=RetryPolicy())
    page.fake.answers = [httpx2.Response(502), httpx2.Response(200, json={})]
    call = page.podio.request_bytes("POST", path, body={}, repeatable=repeatable)
    if is_repeated:
        assert await call == b"{}"
    else:
        with pytest.raises(errors.ServerError):
            await call


async def test_a_method_in_small_letters_is_sent_in_capitals() -> None:
    page = Page()
    await page.podio.request("delete", "/item/1")
    assert page.fake.seen[-1].method == "DELETE"


CLOSED_CALLS: dict[str, Any] = {
    "request": lambda podio: podio.request("GET", "/item/1"),
    "user status": lambda podio: podio.request("GET", "/user/status"),
    "area": lambda podio: podio.items.get(1),
    "upload": lambda podio: podio.upload_file(b"x", "a.txt"),
    "download": lambda podio: podio.download_file(1),
    "stream": lambda podio: anext(podio.stream_file(1)),
    "items": lambda podio: anext(podio.iterate_items(1)),
    "push": lambda podio: anext(podio.push({"channel": "/item/1", "signature": "s", "timestamp": "1"})),
    "renewal": lambda podio: podio.renew(),
    "code": lambda podio: podio.get_access_token("code", PAGE, unchecked=True),
}


@pytest.mark.parametrize("call", CLOSED_CALLS)
@pytest.mark.parametrize("lifetime", [3600, -1])
@pytest.mark.parametrize("is_given", [True, False])
async def test_a_call_after_the_end_says_so_whoever_owns_the_connections(
    call: str, lifetime: float, is_given: bool
) -> None:
    fake = FakePodio()
    store = MemoryStore()
    token = Token(access_token=fake.issue("t"), expires_at=1_000_000.0 + lifetime, refresh_token="refresh-1")
    store.set(Session(session_id="a" * 32, token=token), "server")
    options: dict[str, Any] = {"http_client": fake.client()} if is_given else {}
    podio = Podio(
        "server",
        client_id="server",
        client_secret="s3cret",
        allow_secret_in_page=True,
        session_store=store,
        api_url="https://api.example",
        token_url="https://api.example/oauth/token",
        clock=Clock().option,
        **options,
    )
    assert await podio.is_authenticated()
    await podio.aclose()
    with pytest.raises(errors.ConfigurationError, match="was closed"):
        await CLOSED_CALLS[call](podio)
    assert fake.seen == []


def test_a_providers_unknown_scheme_is_an_error_that_names_it() -> None:
    with pytest.raises(errors.ConfigurationError, match="authorization_scheme"):
        ProviderProfile(authorization_scheme="Basic")  # type: ignore[arg-type]


class HalfDialog:
    """A hook that says that it has a dialog, whose last method is misspelt."""

    def __init__(self) -> None:
        self.dialog = self

    async def __call__(self, request: Any) -> RedirectAnswer:
        raise AssertionError

    def bind(self, renewable: Any) -> None: ...

    def checking(self) -> None: ...

    async def another_user(self, first: Any, other: Any) -> Any: ...

    def finnished(self, error: Any) -> None: ...


def test_a_dialog_that_lacks_a_method_is_an_error_at_construction_that_names_it() -> None:
    with pytest.raises(errors.ConfigurationError, match="no finished"):
        signed_out(FakePodio(), on_token_will_refresh=HalfDialog())


def test_a_hook_with_a_dialogs_methods_must_say_that_it_has_a_dialog() -> None:
    hook = HalfDialog()
    del hook.dialog
    with pytest.raises(errors.ConfigurationError, match="another_user"):
        signed_out(FakePodio(), on_token_will_refresh=hook)


def test_a_client_never_prints_its_secret() -> None:
    podio = signed_out(FakePodio(), auth_type="server", client_secret="canary")
    assert "canary" not in repr(podio)


# Signing in by the redirect


def returned(fake: FakePodio, store: MemoryStore, fragment: str, **options: Any) -> tuple[Podio, AuthorizationRequest]:
    request = signed_out(fake, session_store=store, **options).authorization_request(PAGE, app_state={"route": "#/x"})
    query = f"podio_nonce={request.state}" if request.redirect_nonce else ""
    answer = RedirectAnswer(query=query, fragment=fragment.replace("STATE", request.state), url=PAGE)
    return signed_out(fake, session_store=store, redirect_answer=answer, **options), request


async def test_absence_of_a_session_and_of_an_answer_never_raises() -> None:
    podio = signed_out(FakePodio(), redirect_answer=RedirectAnswer())
    assert await podio.is_authenticated() is False
    assert not podio.has_auth_error()
    assert podio.get_auth_error() is None
    assert podio.seconds_left() is None
    with pytest.raises(errors.NotAuthenticated):
        await podio.request("GET", "/item/1")


async def test_the_redirects_answer_signs_in_and_brings_the_apps_state_back() -> None:
    fake, store = FakePodio(), MemoryStore()
    podio, _ = returned(fake, store, f"access_token={fake.issue('token-1')}&expires_in=60&refresh_token=r")
    assert await podio.is_authenticated() is True
    assert podio.app_state == {"route": "#/x"}
    assert podio.seconds_left() == 60
    stored_session = store.get("client")
    assert stored_session is not None
    assert stored_session.token.refresh_token is None
    assert (await podio.request("GET", "/item/1"))["token"] == "token-1"


async def test_the_same_answer_a_second_time_is_refused_and_leaves_the_session_alone() -> None:
    fake, store = FakePodio(), MemoryStore()
    podio, request = returned(fake, store, f"access_token={fake.issue('token-1')}")
    assert await podio.is_authenticated()
    replay = RedirectAnswer(query=f"podio_nonce={request.state}", fragment="access_token=planted", url=PAGE)
    again = signed_out(fake, session_store=store, redirect_answer=replay)
    assert await again.is_authenticated() is True
    assert again.has_auth_error()
    assert (await again.request("GET", "/item/1"))["token"] == "token-1"


async def test_a_pasted_token_is_refused_and_never_used() -> None:
    fake = FakePodio()
    podio = signed_out(fake, redirect_answer=f"{PAGE}#access_token={fake.issue('planted')}&state=x")
    assert await podio.is_authenticated() is False
    error = podio.get_auth_error()
    assert isinstance(error, errors.InvalidRedirectAnswer)
    assert "planted" not in "".join(traceback.format_exception(error))
    assert fake.seen == []


async def test_a_denial_is_what_get_auth_error_returns() -> None:
    podio, _ = returned(FakePodio(), MemoryStore(), "error=access_denied&error_description=No+thanks")
    assert await podio.is_authenticated() is False
    error = podio.get_auth_error()
    assert error is not None
    assert (error.error, error.error_description, podio.app_state) == (
        "access_denied",
        "No thanks",
        {"route": "#/x"},
    )


async def test_the_code_flow_sends_the_verifier_of_its_own_attempt() -> None:
    fake, store = FakePodio(), MemoryStore()
    podio, request = returned(fake, store, "code=the-code&state=STATE", response_type="code")
    assert await podio.is_authenticated() is True
    form = dict(httpx2.QueryParams(fake.seen[0].content.decode()))
    assert form["code"] == "the-code"
    assert form["code_verifier"] == request.code_verifier
    assert form["redirect_uri"] == PAGE
    assert "client_secret" not in form


async def test_a_token_endpoint_that_is_out_of_reach_is_a_sign_in_error_not_a_crash() -> None:
    fake = FakePodio()
    fake.answers = [httpx2.ConnectError("no")]
    podio, _ = returned(fake, MemoryStore(), "code=c&state=STATE", response_type="code")
    assert await podio.is_authenticated() is False
    error = podio.get_auth_error()
    assert error is not None
    assert error.error == "sign_in_interrupted"
    assert error.app_state == {"route": "#/x"}


async def test_an_answer_for_the_page_does_not_pass_for_a_windows() -> None:
    fake, store = FakePodio(), MemoryStore()
    request = signed_out(fake, session_store=store).authorization_request(CALLBACK, display="popup")
    answer = RedirectAnswer(query=f"podio_nonce={request.state}", fragment="access_token=t", url=CALLBACK)
    podio = signed_out(fake, session_store=store, redirect_answer=answer)
    assert await podio.is_authenticated() is False
    assert podio.has_auth_error()


# Server, password and app


async def test_the_server_flow_trades_its_code_and_renews_by_refresh_token() -> None:
    fake, clock = FakePodio(), Clock()
    podio = signed_out(fake, auth_type="server", client_secret="s3cret", clock=clock.option)
    request = podio.authorization_request("https://work.example/callback")
    session = await podio.get_access_token("abc", "https://work.example/callback", state=request.state, request=request)
    assert session.token.access_token == "token-1"
    clock.now += 30_000
    assert (await podio.request("GET", "/item/1"))["token"] == "token-2"
    assert session.token.refresh_token == "refresh-1"


CODE = ("abc", "https://work.example/callback")


async def test_a_state_is_good_for_one_code_and_an_unknown_one_for_none() -> None:
    fake = FakePodio()
    podio = signed_out(fake, auth_type="server", client_secret="s3cret")
    with pytest.raises(errors.InvalidRedirectAnswer, match="unknown or was used"):
        await podio.get_access_token(*CODE, state="x" * 32)
    assert fake.seen == []
    request = podio.authorization_request(CODE[1])
    await podio.get_access_token(*CODE, state=request.state)
    assert b"code_verifier=" in fake.seen[0].content
    with pytest.raises(errors.InvalidRedirectAnswer, match="unknown or was used"):
        await podio.get_access_token(*CODE, state=request.state)
    # Nor is it good for a second one where the first came with the request itself.
    request = podio.authorization_request(CODE[1])
    await podio.get_access_token(*CODE, state=request.state, request=request)
    with pytest.raises(errors.InvalidRedirectAnswer, match="unknown or was used"):
        await podio.get_access_token(*CODE, state=request.state)
    assert len(fake.seen) == 2


async def test_a_code_that_nothing_is_there_to_check_by_needs_an_explicit_word() -> None:
    fake = FakePodio()
    podio = signed_out(fake, auth_type="server", client_secret="s3cret")
    for options in ({}, {"state": ""}, {"state": "x", "unchecked": True}):
        with pytest.raises(errors.ConfigurationError, match="unchecked"):
            await podio.get_access_token(*CODE, **options)
    podio = signed_out(fake, auth_type="server", client_secret="s3cret", session_store=PlainStore())
    with pytest.raises(errors.ConfigurationError, match="keeps no authorization requests"):
        await podio.get_access_token(*CODE, state="x" * 32)
    assert fake.seen == []
    assert (await podio.get_access_token(*CODE, unchecked=True)).token.access_token == "token-1"


class PlainStore:
    """A store that keeps sessions and nothing else."""

    def __init__(self) -> None:
        self.session: Session | None = None

    def get(self, auth_type: AuthType) -> Session | None:
        return self.session

    def set(self, session: Session | None, auth_type: AuthType) -> None:
        self.session = session


async def test_a_state_that_is_not_the_visitors_is_refused_before_the_code_is_sent() -> None:
    fake = FakePodio()
    podio = signed_out(fake, auth_type="server", client_secret="s3cret")
    request = podio.authorization_request("https://work.example/callback")
    for state in ("x" * 32, None):
        with pytest.raises(errors.InvalidRedirectAnswer):
            await podio.get_access_token("abc", "https://work.example/callback", state=state, request=request)
    with pytest.raises(errors.InvalidRedirectAnswer):
        await podio.get_access_token("abc", "https://evil.example/", state=request.state, request=request)
    assert fake.seen == []


async def test_a_dead_refresh_token_is_a_renewal_error_that_says_what_to_do() -> None:
    fake, clock = FakePodio(), Clock()
    podio = signed_out(fake, auth_type="password", client_secret="s3cret", clock=clock.option)
    await podio.authenticate_with_credentials("ada@example.com", PASSWORD)
    clock.now += 30_000
    fake.answers = [httpx2.Response(400, json={"error": "invalid_grant"})]
    with pytest.raises(errors.RenewalError, match=r"invalid_grant.*Sign in again") as caught:
        await podio.request("GET", "/item/1")
    assert PASSWORD not in "".join(traceback.format_exception(caught.value))


async def test_a_refused_password_is_an_authorization_error() -> None:
    fake = FakePodio()
    fake.answers = [httpx2.Response(400, json={"error": "invalid_grant", "error_description": "user.invalid.password"})]
    podio = signed_out(fake, auth_type="password", client_secret="s3cret")
    with pytest.raises(errors.AuthorizationError) as caught:
        await podio.authenticate_with_credentials("ada@example.com", PASSWORD)
    assert caught.value.error_description == "user.invalid.password"
    assert PASSWORD not in "".join(traceback.format_exception(caught.value))


async def test_the_app_flow_sends_app_id_and_token() -> None:
    fake = FakePodio()
    podio = signed_out(fake, auth_type="app", client_secret="s3cret")
    await podio.authenticate_with_app(12, "app-token")
    form = dict(httpx2.QueryParams(fake.seen[0].content.decode()))
    assert (form["grant_type"], form["app_id"], form["app_token"]) == ("app", "12", "app-token")


# Calls


async def test_a_call_carries_bearer_by_default_and_podios_own_scheme_on_demand() -> None:
    page = Page()
    await page.podio.request("GET", "/item/1", params={"limit": 5, "none": None})
    assert page.fake.seen[-1].headers["authorization"] == "Bearer first"
    assert str(page.fake.seen[-1].url) == "https://api.example/item/1?limit=5"
    page = Page(provider=ProviderProfile(authorization_scheme="OAuth2"))
    await page.podio.request("GET", "/item/1")
    assert page.fake.seen[-1].headers["authorization"] == "OAuth2 first"


async def test_a_body_goes_as_json_and_a_204_comes_back_as_none() -> None:
    page = Page()
    await page.podio.request("put", "/item/1", body={"fields": {"titel": "æøå"}})
    assert json_of(page.fake.seen[-1]) == {"fields": {"titel": "æøå"}}
    assert page.fake.seen[-1].method == "PUT"
    assert await page.podio.request("DELETE", "/item/1") is None


@pytest.mark.parametrize(
    "path", ["https://evil.example/", "//evil.example", "/../x", "/@evil.example/", "/item/1?oauth_token=x"]
)
async def test_no_path_sends_the_token_to_another_host(path: str) -> None:
    page = Page()
    with pytest.raises(errors.ConfigurationError):
        await page.podio.request("GET", path)
    assert page.fake.seen == []


async def test_no_redirect_takes_the_token_anywhere() -> None:
    page = Page()
    page.fake.answers = [httpx2.Response(302, headers={"location": "https://evil.example/"})]
    with pytest.raises(errors.InvalidResponse):
        await page.podio.request("GET", "/item/1")
    assert len(page.fake.seen) == 1


async def test_a_lost_connections_traceback_holds_no_token() -> None:
    page = Page()
    page.fake.answers = [httpx2.ReadError("gone")]
    with pytest.raises(errors.ConnectionFailed) as caught:
        await page.podio.request("POST", "/item/app/1/", body={})
    assert caught.value.may_have_been_sent
    printed = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=False).format())
    assert "first" not in printed


# Expiry and sign-out


async def test_the_event_ahead_of_expiry_comes_once_for_each_token_and_survives_sleep() -> None:
    page = Page(lifetime=3600)
    await page.podio.is_authenticated()
    times: list[float] = []
    watch = asyncio.create_task(page.podio.watch_expiry(times.append, ahead=600, interval=15))
    await until(lambda: len(times) == 1)
    assert 585 <= times[0] <= 600
    for _ in range(50):
        await asyncio.sleep(0)
    assert len(times) == 1
    await page.podio.renew()
    page.clock.now += 28_800 - 30  # the machine slept
    await until(lambda: len(times) == 2)
    assert times[1] <= 30
    watch.cancel()


async def test_signing_out_revokes_this_sign_in_at_podio() -> None:
    page = Page()
    assert await page.podio.sign_out() is None
    assert page.fake.paths() == ["POST /oauth/grant/invalidate"]
    assert page.fake.seen[0].headers["authorization"] == "Bearer first"
    assert not await page.podio.is_authenticated()


class RememberingStore(MemoryStore):
    """A store that can't delete."""

    def set(self, session: Session | None, auth_type: Any) -> None:
        if session is None:
            raise errors.StorageError("read-only")
        super().set(session, auth_type)


async def test_a_store_that_cannot_delete_keeps_no_sign_out_from_podio() -> None:
    page = Page(session_store=RememberingStore())
    with pytest.raises(errors.StorageError):
        await page.podio.sign_out()
    assert page.fake.paths() == ["POST /oauth/grant/invalidate"]
    assert page.podio.session is None


@pytest.mark.parametrize("trouble", [httpx2.ConnectError("no"), httpx2.ReadTimeout("slow"), httpx2.Response(500)])
async def test_a_sign_out_that_podio_does_not_hear_of_still_clears_the_session_and_warns(trouble: Any) -> None:
    page = Page()
    page.fake.answers = [trouble]
    warning = await page.podio.sign_out()
    assert warning is not None
    assert "signed out here" in warning
    assert page.store.get("client") is None
