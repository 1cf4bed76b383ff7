"""What is raised across the library's edge: the error's own words and the caller's frames, and no secret."""

from __future__ import annotations

import asyncio
import contextlib
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx2
import pytest

from podio import Podio, RetryPolicy, errors
from podio._boundary import scrubbed, sealed
from podio.session import MemoryStore, Session
from podio.token import Token, token_from_json, token_from_parameters
from tests.unit.podio.fakes import CALLBACK, Clock, FakePodio, Page
from tests.unit.podio.reachable import assert_nothing_leaks, chain_of, frames_of, module_of

SECRETS = (
    "pass-word-1",
    "client-secret-1",
    "refresh-token-1",
    "access-token-1",
    "app-token-1",
    "code-1",
    "activation-1",
    "transfer-1",
    "nonce-1",
    "otp-12345",
)
EXPIRED = {"error": "unauthorized", "error_description": "expired_token"}


async def in_one(content: bytes) -> AsyncIterator[bytes]:
    yield content


def broken_body() -> httpx2.Response:
    async def body() -> AsyncIterator[bytes]:
        yield b"{"
        raise httpx2.ReadError("gone")

    return httpx2.Response(200, content=body())


FAILURES: dict[str, Callable[[], httpx2.Response | Exception]] = {
    "lost": lambda: httpx2.ReadError("gone"),
    "unreachable": lambda: httpx2.ConnectError("no"),
    "slow": lambda: httpx2.ReadTimeout("slow"),
    "slow connection": lambda: httpx2.ConnectTimeout("slow"),
    "no connection free": lambda: httpx2.PoolTimeout("busy"),
    "protocol": lambda: httpx2.RemoteProtocolError("odd"),
    "TLS": lambda: httpx2.ConnectError("tls"),
    "unexpected": lambda: KeyError("a bug of the transport"),
    "cut off": broken_body,
    "undecodable": lambda: httpx2.Response(200, headers={"content-encoding": "gzip"}, content=in_one(b"no gzip")),
    "no JSON": lambda: httpx2.Response(200, content=b"<html>refresh-token-1</html>"),
    "half JSON": lambda: httpx2.Response(200, content=b'{"access_token": "access-token-1"'),
    "no token": lambda: httpx2.Response(200, json={"access_token": ""}),
    "no text": lambda: httpx2.Response(200, content=b'"\xff access-token-1"'),
    "empty": lambda: httpx2.Response(200),
    "redirect": lambda: httpx2.Response(302, headers={"location": "https://evil.example/"}),
    "odd redirect": lambda: httpx2.Response(302, headers={"location": "https://[/"}),
    "400": lambda: httpx2.Response(400, json={"error": "invalid_grant"}),
    "401": lambda: httpx2.Response(401, json={"error": "unauthorized", "error_description": "invalid_request"}),
    "401 without renewal": lambda: httpx2.Response(401, json=EXPIRED),
    "403": lambda: httpx2.Response(403, json={}),
    "420": lambda: httpx2.Response(420, headers=[(b"retry-after", "²".encode())]),
    "500": lambda: httpx2.Response(500),
}


def client(auth_type: Any, fake: FakePodio, **options: Any) -> Podio:
    clock = Clock()
    return Podio(
        auth_type,
        client_id="workbench",
        client_secret=None if auth_type == "client" else "client-secret-1",
        api_url="https://api.example",
        authorize_url="https://podio.example/oauth/authorize",
        token_url="https://api.example/oauth/token",
        http_client=fake.client(),
        clock=clock.option,
        allow_secret_in_page=True,
        **options,
    )


def signed_in(auth_type: Any, fake: FakePodio, *, lifetime: float = 3600.0, **options: Any) -> Podio:
    store = MemoryStore()
    token = Token(
        access_token=fake.issue("access-token-1"),
        expires_at=1_000_000.0 + lifetime,
        refresh_token=None if auth_type == "client" else "refresh-token-1",
    )
    store.set(Session(session_id="a" * 32, token=token, user_id=7), auth_type)
    return client(auth_type, fake, session_store=store, **options)


async def trade_code(fake: FakePodio) -> Any:
    podio = client("server", fake)
    request = podio.authorization_request(CALLBACK)
    return await podio.get_access_token("code-1", CALLBACK, state=request.state, request=request)


async def stream(fake: FakePodio) -> Any:
    return [chunk async for chunk in signed_in("server", fake).stream_file(5)]


async def renew_in_page(fake: FakePodio) -> Any:
    async def hook(_: Any) -> Any:
        raise errors.RenewalCancelled("no")

    podio = signed_in("client", fake, lifetime=-1.0, on_token_will_refresh=hook)
    return await asyncio.gather(podio.request("GET", "/item/1"), podio.request("GET", "/item/2"))


async def renew_together(fake: FakePodio) -> Any:
    podio = signed_in("server", fake, lifetime=-1.0)
    return await asyncio.gather(podio.request("GET", "/item/1"), podio.request("GET", "/item/2"))


async def after_refusal(fake: FakePodio) -> Any:
    """Call with a token that is refused; the renewal fails as the test has it."""
    fake.answers.insert(0, httpx2.Response(401, json=EXPIRED))
    return await signed_in("server", fake).request("POST", "/item/app/1/", body={"a": 1})


async def push_along(fake: FakePodio) -> Any:
    ready = {"channel": "/item/1", "signature": "nonce-1", "timestamp": "1", "expires_in": 3600}
    podio = signed_in("server", fake)
    async with contextlib.aclosing(podio.push({"push": ready})) as events:  # type: ignore[type-var]
        return await anext(events)


FLOWS: dict[str, Callable[[FakePodio], Awaitable[Any]]] = {
    "password": lambda fake: client("password", fake).authenticate_with_credentials("ada", "pass-word-1"),
    "password by name": lambda fake: client("password", fake).authenticate_with_credentials(
        username="ada", password="pass-word-1"
    ),
    "app": lambda fake: client("app", fake).authenticate_with_app(12, "app-token-1"),
    "activation": lambda fake: client("server", fake).authenticate_with_activation_code("activation-1"),
    "transfer": lambda fake: client("server", fake).authenticate_with_transfer_token("transfer-1"),
    "second factor": lambda fake: client("password", fake).verify_second_factor("nonce-1", otp="otp-12345"),
    "client credentials": lambda fake: client("client_credentials", fake).authenticate_with_client_credentials(),
    "code": trade_code,
    "call": lambda fake: signed_in("server", fake).request("POST", "/item/app/1/", body={"x": "pass-word-1"}),
    "API key": lambda fake: signed_in("server", fake).request("GET", "/item/1", basic_auth=True),
    "operation": lambda fake: signed_in("server", fake).users.update_profile(body={"password": "pass-word-1"}),
    "form": lambda fake: signed_in("server", fake).request_form("/x", form={"password": "pass-word-1"}),
    "upload": lambda fake: signed_in("server", fake).upload_file(b"x", "a.txt"),
    "download": lambda fake: signed_in("server", fake).download_file(5),
    "stream": stream,
    "renewal": lambda fake: signed_in("server", fake, lifetime=-1.0).request("GET", "/item/1"),
    "renewal of two": renew_together,
    "renewal after a refusal": after_refusal,
    "renewal by hand": lambda fake: signed_in("server", fake).renew(),
    "renewal in a page": renew_in_page,
    "push": push_along,
}


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("flow", FLOWS)
async def test_nothing_raised_leads_to_a_secret_or_a_request(flow: str, failure: str) -> None:
    fake = FakePodio()
    fake.answers = [FAILURES[failure]() for _ in range(4)]
    outcome = (await asyncio.gather(FLOWS[flow](fake), return_exceptions=True))[0]
    if isinstance(outcome, BaseException):
        assert isinstance(outcome, (errors.PodioError, KeyError))
        assert_nothing_leaks(outcome, SECRETS)


@pytest.mark.parametrize("flow", sorted(FLOWS.keys() - {"renewal in a page"}))
async def test_a_time_limit_of_the_callers_leads_to_no_secret_either(flow: str) -> None:
    fake = FakePodio()
    fake.hold = asyncio.Event()
    with pytest.raises(TimeoutError) as caught:
        async with asyncio.timeout(0.01):
            await FLOWS[flow](fake)
    assert_nothing_leaks(caught.value, SECRETS)


@pytest.mark.parametrize(
    "options",
    [{"client_id": ""}, {"api_url": "ftp://x"}, {"unknown": 1}, {"authorize_url": "https://u:pass-word-1@x/"}],
)
def test_a_wrong_option_leads_to_no_secret(options: dict[str, Any]) -> None:
    with pytest.raises((errors.ConfigurationError, TypeError)) as caught:
        Podio("server", **{"client_id": "x", "client_secret": "client-secret-1", **options})
    assert_nothing_leaks(caught.value, SECRETS)


async def test_wrong_arguments_lead_to_no_secret() -> None:
    podio = client("password", FakePodio())
    with pytest.raises(TypeError) as caught:
        await podio.authenticate_with_credentials("ada", "pass-word-1", "pass-word-1")  # type: ignore[misc]
    assert_nothing_leaks(caught.value, SECRETS)
    with pytest.raises(errors.ConfigurationError) as refused:
        await podio.request("GET", "/user/status?oauth_token=access-token-1")
    assert_nothing_leaks(refused.value, SECRETS)


async def test_what_a_refused_redirect_left_behind_leads_to_no_secret() -> None:
    fake, store = FakePodio(), MemoryStore()
    request = client("client", fake, session_store=store, response_type="code").authorization_request(CALLBACK)
    fake.answers = [httpx2.ReadError("gone")]
    podio = client(
        "client",
        fake,
        session_store=store,
        response_type="code",
        redirect_answer=f"{CALLBACK}?code=code-1&state={request.state}",
    )
    assert not await podio.is_authenticated()
    error = podio.get_auth_error()
    assert error is not None
    assert error.error == "sign_in_interrupted"
    assert_nothing_leaks(error, SECRETS)


def test_a_token_or_a_record_that_is_refused_leads_to_no_secret() -> None:
    for refused in (
        lambda: Token(access_token="access-token-1\n", expires_at=0.0),
        lambda: token_from_json({"access_token": "access-token-1\n"}, 0.0),
        lambda: token_from_json({"access_token": "access-token-1", "expires_in": -1}, 0.0),
        lambda: token_from_parameters({"access_token": "access-token-1", "token_type": "odd"}, 0.0),
        lambda: Session.from_json('{"access_token": "access-token-1"'),
        lambda: Session.from_json('{"access_token": "access-token-1"}'),
    ):
        with pytest.raises((errors.PodioError, ValueError)) as caught:
            refused()
        assert_nothing_leaks(caught.value, SECRETS)


async def test_what_the_retry_policy_gets_leads_to_no_secret() -> None:
    reasons: list[errors.PodioError] = []

    fake = FakePodio()
    fake.answers = [httpx2.ConnectError("no")]
    policy = RetryPolicy(on_wait=lambda wait: reasons.append(wait.reason))
    await signed_in("server", fake, retry_policy=policy).request("GET", "/item/1")
    assert_nothing_leaks(reasons[0], SECRETS)


@pytest.mark.parametrize(
    "flow", ["password", "app", "code", "activation", "transfer", "renewal", "second factor", "call"]
)
async def test_what_was_sent_in_confidence_is_not_repeated_in_podios_words(flow: str) -> None:
    fake = FakePodio()
    description = f"None of {' '.join(SECRETS)} is right."
    fake.answers = [httpx2.Response(400, json={"error": "invalid_grant", "error_description": description})]
    with pytest.raises(errors.PodioError) as caught:
        await FLOWS[flow](fake)
    secrets_sent = [
        secret for secret in SECRETS if secret in fake.seen[0].content.decode() + str(fake.seen[0].headers.raw)
    ]
    if flow == "call":
        secrets_sent.remove("pass-word-1")  # in a body of the caller's own
    assert secrets_sent
    assert_nothing_leaks(caught.value, tuple(secrets_sent))


async def test_each_call_that_waits_for_a_renewal_gets_an_error_of_its_own() -> None:
    fake = FakePodio()
    fake.answers = [httpx2.ConnectError("no")]
    podio = signed_in("server", fake, lifetime=-1.0)
    calls = [podio.request("GET", "/item/1"), podio.request("PUT", "/item/2")]
    first, second = await asyncio.gather(*calls, return_exceptions=True)
    assert isinstance(first, errors.RenewalError)
    assert isinstance(second, errors.RenewalError)
    assert (first.method, first.path, second.method, second.path) == ("GET", "/item/1", "PUT", "/item/2")
    assert isinstance(first.__cause__, errors.ConnectionFailed)
    assert (first.__cause__.method, first.__cause__.path) == ("POST", "/oauth/token")


# The mechanism


def test_the_callers_own_frames_stay() -> None:
    def callers_function() -> None:
        raise KeyError("x")

    @sealed
    def ours(function: Callable[[], None], secret: str) -> None:
        function()

    with pytest.raises(KeyError) as caught:
        ours(callers_function, "pass-word-1")
    assert "callers_function" in [frame.f_code.co_name for frame in frames_of(caught.value)]


async def test_a_failure_of_the_callers_own_function_names_the_places_that_it_passed() -> None:
    async def hook(_: Any) -> Any:
        raise KeyError("the hook's own")

    page = Page(lifetime=-1, on_token_will_refresh=hook)
    with pytest.raises(KeyError) as caught:
        await page.podio.request("GET", "/item/1")
    names = [frame.f_code.co_name for frame in frames_of(caught.value)]
    assert "hook" in names
    assert "Passed through podio." in "".join(traceback.format_exception(caught.value))
    assert all(module_of(frame) in ("podio._boundary", __name__) for frame in frames_of(caught.value))


async def test_a_cancelled_call_stays_cancelled_and_leads_to_no_request() -> None:
    fake = FakePodio()
    fake.hold = asyncio.Event()
    call = asyncio.create_task(signed_in("server", fake).request("GET", "/item/1"))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    call.cancel()
    with pytest.raises(asyncio.CancelledError) as caught:
        await call
    assert call.cancelled()
    assert_nothing_leaks(caught.value, SECRETS)


async def test_a_sealed_iterator_that_is_left_early_closes_the_inner_one() -> None:
    closed = False

    @sealed
    async def numbers() -> AsyncIterator[int]:
        nonlocal closed
        try:
            yield 1
            yield 2
        finally:
            closed = True

    async with contextlib.aclosing(numbers()) as iterator:  # type: ignore[type-var]
        assert await anext(iterator) == 1
    assert closed


def test_causes_of_the_http_library_and_of_decoders_are_cut_off_and_others_stay() -> None:
    for cause, stays in (
        (httpx2.ReadError("gone"), False),
        (UnicodeDecodeError("utf-8", b"secret", 0, 1, "no"), False),
        (OSError("disk"), True),
        (errors.StorageError("full"), True),
    ):
        error = errors.PodioError("x")
        error.__cause__ = cause
        assert (cause in chain_of(scrubbed(error))) is stays


def test_a_group_of_errors_and_a_circle_of_causes_are_gone_through_once() -> None:
    first, second = errors.PodioError("1"), errors.PodioError("2")
    first.__cause__, second.__cause__ = second, first
    group = ExceptionGroup("both", [first, ValueError("x")])
    assert scrubbed(group) is group
    assert set(chain_of(group)) >= {first, second}
