"""Who a call is made as: the token on it, and one more try when Podio says that the token has expired.

Each is an `httpx2.Auth`, so that it holds for whatever client carries the call.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from typing import Literal, Protocol

import httpx2

from podio.errors import UserChanged
from podio.json_text import parse_object
from podio.session import Session
from podio.token import Token

AuthorizationScheme = Literal["Bearer", "OAuth2"]

_EXPIRED = frozenset({"expired_token", "invalid_token"})
_CHALLENGE_ERROR = re.compile(r'error="([a-z_]+)"')


def means_expired(response: httpx2.Response) -> bool:
    """Return whether a read answer says that the token has expired, so that a renewal helps.

    Podio says ``unauthorized`` with the description ``expired_token`` (for revoked and unknown tokens alike), formerly
    ``invalid_token``; a 401 for any other reason is not settled by a new token.
    """
    if response.status_code != httpx2.codes.UNAUTHORIZED:
        return False
    challenge = _CHALLENGE_ERROR.search(response.headers.get("www-authenticate", ""))
    if challenge and challenge[1] in _EXPIRED:
        return True
    envelope = parse_object(response.content)
    return any(
        isinstance(envelope.get(key), str) and envelope[key] in _EXPIRED for key in ("error", "error_description")
    )


class Renewing(Protocol):
    """Where the flow gets its tokens: `podio._client_session.ClientSession`."""

    async def usable(self) -> Session:
        """Return a session whose token has not expired by the clock."""
        ...

    async def renewed(self, stale: Token | None) -> Session:
        """Return the session with another token than `stale`."""
        ...


class SessionAuth(httpx2.Auth):
    """Puts the session's token on a call; on ``expired_token`` renews once and sends the call once more.

    Resending is safe for every method: Podio refused the first try before it did anything. A call whose body can be
    read only once (`one_shot`) is not sent again: its answer is for the caller to read.

    Each call has one of its own, which remembers in whose session the call was first sent: where another user has
    signed in since, no later try goes out in their name.
    """

    def __init__(self, session: Renewing, scheme: AuthorizationScheme, *, one_shot: bool = False) -> None:
        self._session = session
        self._scheme: AuthorizationScheme = scheme
        self._one_shot = one_shot
        self._first: Session | None = None

    async def async_auth_flow(self, request: httpx2.Request) -> AsyncGenerator[httpx2.Request, httpx2.Response]:
        """Yield the call, and again after a renewal when the answer says that the token expired."""
        session = self._checked(await self._session.usable())
        authorize(request, session.token, self._scheme)
        response = yield request
        # Only Podio's word counts: after a redirect somebody else may have answered.
        if response.status_code == httpx2.codes.UNAUTHORIZED and not self._one_shot and _same_host(response, request):
            await response.aread()
            if means_expired(response):
                session = self._checked(await self._session.renewed(session.token))
                authorize(request, session.token, self._scheme)
                yield request

    def _checked(self, session: Session) -> Session:
        first = self._first = self._first or session
        if session.session_id == first.session_id:
            return session
        if session.user_id is None or session.user_id != first.user_id:
            raise UserChanged(
                "Somebody else signed in, so this was not sent again.",
                expected_id=first.user_id,
                actual_id=session.user_id,
            )
        return session


def _same_host(response: httpx2.Response, request: httpx2.Request) -> bool:
    return response.request.url.host == request.url.host


class TokenAuth(httpx2.Auth):
    """Puts one given token on a call and renews nothing: for looking up whose a new token is, and for revoking one."""

    def __init__(self, token: Token, scheme: AuthorizationScheme) -> None:
        self._token = token
        self._scheme: AuthorizationScheme = scheme

    async def async_auth_flow(self, request: httpx2.Request) -> AsyncGenerator[httpx2.Request, httpx2.Response]:
        """Yield the call."""
        authorize(request, self._token, self._scheme)
        yield request


def authorize(request: httpx2.Request, token: Token, scheme: AuthorizationScheme) -> None:
    """Set the Authorization header (RFC 6750, section 2.1; ``OAuth2`` is Podio's own spelling of it)."""
    request.headers["Authorization"] = f"{scheme} {token.access_token}"
