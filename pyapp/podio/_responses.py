"""What a response means: a JSON value, an error of Podio's, or the word of something between here and Podio."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from typing import Any, TypeVar

import httpx2

from podio._call import CALL, Call
from podio.errors import APIError, InvalidResponse, PodioError, api_error
from podio.json_text import parse_json

_E = TypeVar("_E", bound=PodioError)

REQUEST_ID = "x-podio-request-id"

_NOTED_HEADERS = ("retry-after", "x-rate-limit-limit", "x-rate-limit-remaining", REQUEST_ID)
_SECRET_FIELDS = (
    "password",
    "client_secret",
    "refresh_token",
    "app_token",
    "code",
    "code_verifier",
    "activation_code",
    "transfer_token",
    "nonce",
    "otp",
    "recoveryCode",
)
_HEADER_TEXT = re.compile(r"[\x20-\x7e]{1,200}")


def check_status(response: httpx2.Response) -> None:
    """Let a read answer pass that is none of an error.

    Raises:
        APIError: for a status of 400 or above.
        InvalidResponse: for a redirect.
    """
    if response.status_code >= httpx2.codes.BAD_REQUEST:
        raise about(_error_of(response), response=response)
    if response.status_code >= httpx2.codes.MULTIPLE_CHOICES:
        raise invalid_response(
            "Podio's address responded with a redirect, which is not followed: a token goes to Podio only.", response
        )


def read_response(response: httpx2.Response, *, method: str) -> Any:
    """Return the JSON value of a read answer, or None where Podio has nothing to say.

    Raises:
        APIError: for a status of 400 or above.
        InvalidResponse: for an answer that Podio's API does not give.
    """
    check_status(response)
    if not response.content.strip():
        if method == "GET" and response.status_code != httpx2.codes.NO_CONTENT:
            raise invalid_response("The response is empty, where Podio's has content. Try again in a moment.", response)
        return None
    try:
        return parse_json(response.content)
    except ValueError:
        pass
    raise invalid_response(
        f"The response is not Podio's: {_kind_of(response)} came in place of JSON. Something between here and Podio "
        "may have answered (a proxy, a sign-in page of the network). Try again in a moment.",
        response,
    )


def invalid_response(message: str, response: httpx2.Response) -> InvalidResponse:
    """Return the error for an answer that is not Podio's."""
    return about(InvalidResponse(message, status=response.status_code), response=response)


def about(error: _E, *, request: httpx2.Request | None = None, response: httpx2.Response | None = None) -> _E:
    """Note on an error which call it is of, and what the answer's headers say, unless it is noted already."""
    if response is not None:
        with contextlib.suppress(RuntimeError):  # a response of nobody's request
            request = response.request
        values = {name: response.headers.get(name, "") for name in _NOTED_HEADERS}
        error.headers = {name: value for name, value in values.items() if _HEADER_TEXT.fullmatch(value)}
        error.request_id = error.headers.get(REQUEST_ID)
    call = None if request is None else request.extensions.get(CALL)
    if isinstance(call, Call) and error.method is None:
        error.method, error.path = call.method, call.shown_path
    return error


def _error_of(response: httpx2.Response) -> APIError:
    content = response.content
    for secret in _secrets_of(response):
        # Podio's words become a message, and may repeat what was sent.
        content = content.replace(secret.encode(), b"***")
    try:
        body = parse_json(content)
    except ValueError:
        body = None
    error = api_error(response.status_code, body, is_oauth=_is_oauth(response))
    retry_after = response.headers.get("retry-after", "")
    if error.retry_after is None and re.fullmatch("[0-9]{1,6}", retry_after):
        error.retry_after = float(retry_after)
    return error


def _is_oauth(response: httpx2.Response) -> bool:
    call = _call_of(response)
    return call is not None and call.is_oauth


def _call_of(response: httpx2.Response) -> Call | None:
    try:
        call = response.request.extensions.get(CALL)
    except RuntimeError:  # a response of nobody's request
        return None
    return call if isinstance(call, Call) else None


def _secrets_of(response: httpx2.Response) -> list[str]:
    """Return the credentials that went with an answer's request; short ones could be any word."""
    call = _call_of(response)
    if call is None:
        return []
    secrets = [response.request.headers.get("authorization", "").rpartition(" ")[2]]
    for body in (call.form, call.json):
        secrets += [str(body[name]) for name in _SECRET_FIELDS if name in body] if isinstance(body, Mapping) else []
    return [secret for secret in secrets if len(secret) > len("podio")]


def _kind_of(response: httpx2.Response) -> str:
    return "HTML" if "html" in response.headers.get("content-type", "") else "other text"
