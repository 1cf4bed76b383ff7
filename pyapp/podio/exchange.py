"""One call to Podio's API: the address, the headers, what the answer means. Performs no I/O.

Also the authentication flow that puts the token on a call and, when Podio answers that it expired, waits for a renewal
and sends the call once more. It is an `httpx2.Auth`, so that it holds for whatever client carries the call.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from typing import Any, Literal, Protocol
from urllib.parse import urlsplit

import httpx2

from podio.errors import (
    APIError,
    ConfigurationError,
    ConnectionFailed,
    InvalidResponse,
    RequestTimedOut,
    api_error,
)
from podio.json_text import parse_json
from podio.session import Session
from podio.token import Token

AuthorizationScheme = Literal["Bearer", "OAuth2"]

_EXPIRED = frozenset({"expired_token", "invalid_token"})
_CHALLENGE_ERROR = re.compile(r'error="([a-z_]+)"')
_HOSTS_OF_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


def check_endpoint(name: str, url: str) -> str:
    """Return the endpoint without a trailing slash.

    Raises:
        ConfigurationError: when it is no absolute address, or has no TLS and is not on this machine: a token, code or
            secret would cross the network in clear (RFC 6749, section 1.6).
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise ConfigurationError(f"{name} must be an absolute https address, not {url!r}.")
    if parts.scheme == "http" and parts.hostname not in _HOSTS_OF_THIS_MACHINE:
        raise ConfigurationError(f"{name} must use https: {url!r} would send credentials in clear.")
    return url.rstrip("/")


def endpoint(api_url: str, path: str) -> str:
    """Return the address of an operation; a token is never sent anywhere but below `api_url`.

    Raises:
        ConfigurationError: when `path` is not a plain absolute path (``/item/1``): another host (``//evil``,
            ``https://evil``), a step upwards, a query, a control character.
    """
    segments = path.split("/")
    if (
        not path.startswith("/")
        or path.startswith("//")
        or any(segment in (".", "..") for segment in segments)
        or any(character in "\\?#@" or character <= " " or character == "\x7f" for character in path)
        or re.search(r"%2e|%2f|%5c", path, re.IGNORECASE)
    ):
        raise ConfigurationError(f"A path of Podio's API begins with one slash and has no query: {path!r} is not one.")
    return api_url + path


def means_expired(response: httpx2.Response) -> bool:
    """Tell whether a read answer says that the token has expired, so that a renewal helps.

    Podio says ``unauthorized`` with the description ``expired_token`` (for revoked and unknown tokens alike), formerly
    ``invalid_token``; a 401 for any other reason is not mended by a new token.
    """
    if response.status_code != httpx2.codes.UNAUTHORIZED:
        return False
    challenge = _CHALLENGE_ERROR.search(response.headers.get("www-authenticate", ""))
    if challenge and challenge[1] in _EXPIRED:
        return True
    try:
        envelope = parse_json(response.content)
    except ValueError:
        return False
    return isinstance(envelope, dict) and any(
        isinstance(envelope.get(key), str) and envelope[key] in _EXPIRED for key in ("error", "error_description")
    )


class Renewing(Protocol):
    """Where the flow gets its tokens: `podio.renewal.SessionKeeper`."""

    async def usable(self) -> Session:
        """Return a session whose token has not expired by the clock."""
        ...

    async def renewed(self, stale: Token | None) -> Session:
        """Return the session with another token than `stale`."""
        ...


class SessionAuth(httpx2.Auth):
    """Puts the session's token on a call; on ``expired_token`` renews once and sends the call once more.

    Resending is safe for every method: Podio refused the first try before it did anything.
    """

    def __init__(self, keeper: Renewing, scheme: AuthorizationScheme) -> None:
        self._keeper = keeper
        self._scheme = scheme

    async def async_auth_flow(self, request: httpx2.Request) -> AsyncGenerator[httpx2.Request, httpx2.Response]:
        """Yield the call, and again after a renewal when the answer says that the token expired."""
        session = await self._keeper.usable()
        authorize(request, session.token, self._scheme)
        response = yield request
        if response.status_code == httpx2.codes.UNAUTHORIZED:
            await response.aread()
            if means_expired(response):
                session = await self._keeper.renewed(session.token)
                authorize(request, session.token, self._scheme)
                yield request


class TokenAuth(httpx2.Auth):
    """Puts one given token on a call and renews nothing: for looking up whose a new token is, and for revoking one."""

    def __init__(self, token: Token, scheme: AuthorizationScheme) -> None:
        self._token = token
        self._scheme = scheme

    async def async_auth_flow(self, request: httpx2.Request) -> AsyncGenerator[httpx2.Request, httpx2.Response]:
        """Yield the call."""
        authorize(request, self._token, self._scheme)
        yield request


def authorize(request: httpx2.Request, token: Token, scheme: AuthorizationScheme) -> None:
    """Set the Authorization header (RFC 6750, section 2.1; ``OAuth2`` is Podio's own spelling of it)."""
    request.headers["Authorization"] = f"{scheme} {token.access_token}"


def read_response(response: httpx2.Response, *, method: str) -> Any:
    """Return the JSON value of a read answer, or None where Podio has nothing to say.

    Raises:
        APIError: for a status of 400 or above.
        InvalidResponse: for an answer that Podio's API does not give.
    """
    status = response.status_code
    if status >= httpx2.codes.BAD_REQUEST:
        raise _error_of(response)
    if status >= httpx2.codes.MULTIPLE_CHOICES:
        raise InvalidResponse(
            "Podio's address answered with a redirect, which is not followed: a token goes to Podio only.",
            status=status,
        )
    if not response.content.strip():
        if method == "GET" and status != httpx2.codes.NO_CONTENT:
            raise InvalidResponse("Podio's answer is empty. Try again in a moment.", status=status)
        return None
    try:
        return parse_json(response.content)
    except ValueError:
        raise InvalidResponse(
            f"The answer is not Podio's: {_kind_of(response)} came in place of JSON. Something between here and Podio "
            "may have answered (a proxy, a sign-in page of the network). Try again in a moment.",
            status=status,
        ) from None


def _error_of(response: httpx2.Response) -> APIError:
    try:
        envelope = parse_json(response.content)
    except ValueError:
        envelope = None
    error = api_error(response.status_code, envelope if isinstance(envelope, dict) else None)
    retry_after = response.headers.get("retry-after", "")
    if error.retry_after is None and retry_after.isdigit() and len(retry_after) <= len("999999"):
        error.retry_after = float(retry_after)
    return error


def _kind_of(response: httpx2.Response) -> str:
    return "HTML" if "html" in response.headers.get("content-type", "") else "other text"


def connection_error(error: httpx2.TransportError) -> ConnectionFailed:
    """Return our exception for one of httpx2's, which tells whether the request may have reached Podio."""
    if isinstance(error, httpx2.TimeoutException):
        before = isinstance(error, (httpx2.ConnectTimeout, httpx2.PoolTimeout))
        return RequestTimedOut(
            "Podio did not answer in time. Check your connection and try again.", may_have_been_sent=not before
        )
    unsent = isinstance(error, (httpx2.ConnectError, httpx2.UnsupportedProtocol, httpx2.ProxyError))
    return ConnectionFailed(
        "Podio could not be reached. Check your connection and try again.", may_have_been_sent=not unsent
    )
