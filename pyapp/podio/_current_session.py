"""The session in use, as a client shows it: whether there is one, how long it lives, and its end."""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import httpx2

from podio._authentication import AuthorizationScheme, TokenAuth
from podio._authorizations import Authorizations
from podio._boundary import sealed_class
from podio._call import Call
from podio._client_session import ClientSession
from podio._clock import Clock
from podio._endpoints import endpoint
from podio._sender import Sender
from podio._token_renewal import TokenRenewal
from podio.errors import APIError, AuthorizationError, ConfigurationError, PodioError, StorageError
from podio.renewal import RenewalRequest
from podio.session import AuthType, Session
from podio.token import Token, token_from_json

log = logging.getLogger("podio.auth")

_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,10}", re.ASCII)
_LONGEST_LIFETIME = 1e10
"""Seconds; what is no less is no lifetime."""

_REVOCATION_TIMEOUT = 5.0
"""Seconds."""

_PODIO_LIFETIME = 28800
"""Seconds that Podio's tokens live (https://developers.podio.com/authentication)."""


@sealed_class()
class Revocation:
    """Ends sign-ins at Podio.

    Args:
        sender: Sends the call.
        api_url: Podio's API.
        auth_type: The client's flow, for the log.
        scheme: The scheme of the Authorization header.
        renewal: Gets a live token in the place of an expired one.
        clock: What tokens expire by.
    """

    def __init__(
        self,
        sender: Sender,
        *,
        api_url: str,
        auth_type: AuthType,
        scheme: AuthorizationScheme,
        renewal: TokenRenewal,
        clock: Clock,
    ) -> None:
        self._sender = sender
        self._call = Call(
            method="POST",
            address=endpoint(api_url, "/oauth/grant/invalidate"),
            timeout=_REVOCATION_TIMEOUT,
            patient=False,
        )
        self._auth_type = auth_type
        self._scheme: AuthorizationScheme = scheme
        self._renewal = renewal
        self._clock = clock

    async def revoke(self, session: Session, *, may_refresh: bool) -> str | None:
        """End a sign-in; return a warning where Podio could not be reached for it.

        Args:
            session: The session that ends.
            may_refresh: Whether its refresh token may be spent, where only that one lives.
        """
        token = session.token
        is_expired = token.is_expired(self._clock.now())
        if is_expired and token.refresh_token is None:
            return None
        try:
            if is_expired:
                if not may_refresh:
                    raise StorageError("Somebody else may be spending the refresh token now.")
                # The refresh token lives on for weeks, and only a live access token can end it.
                token = await self._renewal.token(session)
            await self._sender.value_of(self._call, auth=TokenAuth(token, self._scheme))
        except PodioError as error:
            is_refused = isinstance(error, APIError) and error.status == httpx2.codes.UNAUTHORIZED
            if is_refused or isinstance(error.__cause__, AuthorizationError):
                return None  # Podio knows neither of the two tokens any more
            log.warning("failed (%s): revocation: %s", self._auth_type, type(error).__name__)
            return (
                "You are signed out here, but Podio could not be told to end this sign-in. "
                "It ends by itself when its token expires."
            )
        log.info("revoked (%s)", self._auth_type)
        return None


@sealed_class()
class CurrentSession:
    """Shows and ends the session in use, or begins one with a token that is there.

    Args:
        session: Holds it.
        authorizations: Make the requests of a renewal; know the flow.
        revocation: Ends it at Podio.
        clock: What it expires by.
    """

    def __init__(
        self, session: ClientSession, *, authorizations: Authorizations, revocation: Revocation, clock: Clock
    ) -> None:
        self._client_session = session
        self._authorizations = authorizations
        self._revocation = revocation
        self._clock = clock

    @property
    def session(self) -> Session | None:
        """The session in use, once somebody has looked for one."""
        return self._client_session.session

    @property
    def storage_error(self) -> StorageError | None:
        """Why the session could not be kept, or None."""
        return self._client_session.storage_error

    @property
    def is_renewing(self) -> bool:
        """Whether a renewal runs."""
        return self._client_session.is_renewing

    @property
    def on_change(self) -> Callable[[Session | None], None] | None:
        """Called when the session changes without this client's doing."""
        return self._client_session.on_change

    @on_change.setter
    def on_change(self, callback: Callable[[Session | None], None] | None) -> None:
        self._client_session.on_change = callback

    def seconds_left(self) -> float | None:
        """Return the seconds until the token expires (negative: it has), or None without a session."""
        session = self._client_session.session
        return None if session is None else session.token.seconds_left(self._clock.now())

    async def set_access_token(self, answer: Mapping[str, Any] | str) -> Session:
        """Start a session with a token that was got elsewhere, and keep it; podio-js's ``setAccessToken``.

        Args:
            answer: The token endpoint's response (``access_token``, ``refresh_token``, ``expires_in``, ``scope``), or
                the access token alone. Without ``expires_in`` Podio's eight hours are assumed; when Podio says sooner
                that the token expired, that counts. With 0 or less the token has expired, and is renewed by the next
                call.

        Raises:
            AuthorizationError: when there is no usable token in it: none at all, or an expired one without a means to
                renew it.
            ConfigurationError: for anything but a mapping or a text.
        """
        if not isinstance(answer, (Mapping, str)):
            raise ConfigurationError("set_access_token takes the token endpoint's response, or the token as a text.")
        fields: Mapping[str, Any] = {"access_token": answer} if isinstance(answer, str) else answer
        if self._authorizations.auth_type == "client":
            # A page has no use for a refresh token and no safe place to keep it (RFC 9700, section 4.14).
            fields = {name: value for name, value in fields.items() if name != "refresh_token"}
        lifetime = _number(fields.get("expires_in", _PODIO_LIFETIME))
        if lifetime is None or lifetime >= 1:
            seconds = fields.get("expires_in") if lifetime is None else math.floor(lifetime)
            token = token_from_json({**fields, "expires_in": seconds}, self._clock.now())
            return await self._client_session.begin(token)
        token = token_from_json({**fields, "expires_in": 1}, self._clock.now())
        if token.refresh_token is None and self._authorizations.auth_type != "client_credentials":
            raise AuthorizationError("expired_token", "This token has expired, and no refresh token is there. Sign in.")
        return await self._client_session.begin(replace(token, expires_at=self._clock.now() + lifetime))

    async def watch_expiry(
        self, expires_soon: Callable[[float], Any], *, ahead: float = 600.0, interval: float = 15.0
    ) -> None:
        """Call `expires_soon` with the seconds left, once for each token, when it has `ahead` seconds left or fewer.

        Runs until cancelled. It compares clocks at each interval rather than waiting for the moment, because a
        machine that slept does not count the seconds.
        """
        reported: Token | None = None
        while True:
            session = self._client_session.session
            if session is not None and session.token is not reported:
                left = session.token.seconds_left(self._clock.now())
                if left <= ahead:
                    reported = session.token
                    expires_soon(left)
            await self._clock.sleep(interval)

    async def refresh_auth_from_store(self) -> Session | None:
        """Read the store again and use what is there: the session, or None; podio-js's ``refreshAuthFromStore``.

        Needed only when something beside this library changed what is kept: a renewal looks there by itself.

        Raises:
            StorageError: when the store can't be read; the session in use then stays.
        """
        return await self._client_session.reload()

    async def renew(self) -> Session:
        """Get a new token now, though the old one may still serve ("Stay signed in").

        Raises:
            RenewalError: when that failed; the old token then stays in use.
        """
        session = await self._client_session.load()
        return await self._client_session.renewed(session.token if session else None)

    def renewal_request(self) -> RenewalRequest | None:
        """Return what the hook would get now, or None without a session."""
        session = self._client_session.session
        if session is None:
            return None
        return RenewalRequest(session=session, make_request=self._authorizations.window_request)

    async def sign_out(self) -> str | None:
        """Forget the session here and in every clone, then revoke it at Podio.

        Podio's "Invalidate grant" ends this sign-in alone; its "Invalidate tokens" would sign the user out everywhere
        (https://developers.podio.com/doc/oauth-authorization).

        Returns:
            None when all is done; else a warning: the session is removed here, but Podio could not be reached.

        Raises:
            StorageError: when the store can't remove the session; it is revoked at Podio all the same.
            NotAuthenticated: when several sessions fit, so that it is not clear which to end.
        """
        ended = await self._client_session.sign_out()
        warning = None
        if ended.session is not None:
            warning = await self._revocation.revoke(ended.session, may_refresh=ended.may_refresh)
        if ended.error is not None:
            raise ended.error
        return warning

    async def save(self) -> None:
        """Write what the store could not take before."""
        await self._client_session.save()


def _number(lifetime: object) -> float | None:
    """Return a lifetime in seconds that is a number, or a text of one; else None."""
    if isinstance(lifetime, str) and _WHOLE_NUMBER.fullmatch(lifetime):
        return int(lifetime)
    if not isinstance(lifetime, (int, float)) or isinstance(lifetime, bool):
        return None
    return lifetime if abs(lifetime) < _LONGEST_LIFETIME else None  # NaN is less than no number
