"""What a response means, and whether it says that the token has expired."""

import httpx2
import pytest

from podio import errors
from podio._authentication import means_expired
from podio._connection_reasons import connection_error
from podio._responses import read_response

API = "https://api.example"


def answer(status: int, content: bytes = b"", **headers: str) -> httpx2.Response:
    return httpx2.Response(status, content=content, headers={k.replace("_", "-"): v for k, v in headers.items()})


@pytest.mark.parametrize(
    ("response", "expired"),
    [
        (answer(401, b'{"error":"unauthorized","error_description":"expired_token"}'), True),
        (answer(401, b'{"error":"invalid_token"}'), True),
        (answer(401, b"", www_authenticate='Bearer realm="podio", error="expired_token"'), True),
        (answer(401, b'{"error":"unauthorized","error_description":"invalid_request"}'), False),
        (answer(401, b""), False),
        (answer(401, b"<html>expired_token</html>"), False),
        (answer(401, b'["expired_token"]'), False),
        (answer(401, b'{"error":["expired_token"],"error_description":{}}'), False),
        (answer(403, b'{"error":"expired_token"}'), False),
        (answer(400, b'{"error":"invalid_token"}'), False),
    ],
)
def test_only_an_expiry_calls_for_a_renewal(response: httpx2.Response, expired: bool) -> None:
    assert means_expired(response) is expired


def test_json_comes_back_as_python_values_even_null_and_huge_numbers() -> None:
    assert read_response(answer(200, b'{"a":[1,null]}'), method="GET") == {"a": [1, None]}
    assert read_response(answer(200, b"null"), method="GET") is None
    assert read_response(answer(200, b"123456789012345678901234567890"), method="GET") == 123456789012345678901234567890


def test_an_answer_without_content_is_none_for_a_write_and_an_error_for_a_read() -> None:
    assert read_response(answer(204), method="PUT") is None
    assert read_response(answer(200), method="POST") is None
    assert read_response(answer(204), method="GET") is None
    with pytest.raises(errors.InvalidResponse, match="empty"):
        read_response(answer(200), method="GET")


@pytest.mark.parametrize("content", [b"<!doctype html><h1>Hotel Wi-Fi</h1>", b"{", b"\xff\xfe", b"[" * 100_000])
def test_an_answer_that_is_not_json_is_an_invalid_response(content: bytes) -> None:
    with pytest.raises(errors.InvalidResponse, match="not Podio's"):
        read_response(answer(200, content, content_type="text/html"), method="GET")


def test_a_redirect_is_not_followed_but_refused() -> None:
    with pytest.raises(errors.InvalidResponse, match="redirect"):
        read_response(answer(302, b"", location="https://evil.example/"), method="GET")


@pytest.mark.parametrize("content", [b"", b"<html>", b"[]", b"null", b'{"error":null}'])
def test_an_error_answer_with_any_body_is_the_statuss_exception(content: bytes) -> None:
    with pytest.raises(errors.ServerError) as caught:
        read_response(answer(503, content), method="GET")
    assert caught.value.status == 503


def test_a_rate_limits_wait_may_come_in_a_header() -> None:
    with pytest.raises(errors.RateLimited) as caught:
        read_response(answer(420, b"", retry_after="17"), method="GET")
    assert caught.value.retry_after == 17


@pytest.mark.parametrize(
    ("raised", "kind", "may_have_been_sent"),
    [
        (httpx2.ConnectError("x"), errors.ConnectionFailed, False),
        (httpx2.ReadError("x"), errors.ConnectionFailed, True),
        (httpx2.RemoteProtocolError("x"), errors.ConnectionFailed, True),
        (httpx2.ConnectTimeout("x"), errors.RequestTimedOut, False),
        (httpx2.ReadTimeout("x"), errors.RequestTimedOut, True),
    ],
)
def test_a_lost_connection_says_whether_the_call_may_have_arrived(
    raised: httpx2.TransportError, kind: type[errors.ConnectionFailed], may_have_been_sent: bool
) -> None:
    error = connection_error(raised)
    assert type(error) is kind
    assert error.may_have_been_sent is may_have_been_sent
