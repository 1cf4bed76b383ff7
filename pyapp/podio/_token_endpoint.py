"""The token endpoint: grants go there, tokens come back (RFC 6749, section 3.2)."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx2

from podio._boundary import sealed_class
from podio._call import Call
from podio._clock import Clock
from podio._endpoints import endpoint
from podio._sender import Sender
from podio.errors import APIError, AuthorizationError, PodioError
from podio.session import AuthType
from podio.token import Token, token_from_json

log = logging.getLogger("podio.auth")

_ERROR_CODE = re.compile(r"[a-z_.]{1,40}")
_REFUSALS = frozenset({httpx2.codes.BAD_REQUEST, httpx2.codes.UNAUTHORIZED, httpx2.codes.FORBIDDEN})


@sealed_class()
class TokenEndpoint:
    """Trades grants for tokens, as one client.

    Args:
        sender: Sends the requests.
        url: The endpoint's address. Where its path ends in ``/v2`` it gets JSON, else a form (RFC 6749, section 3.2).
        api_url: Podio's API, which has the endpoint for second factors.
        auth_type: The client's flow, for the log.
        client_id: The API key's id.
        client_secret: Its secret, or None.
        clock: What tokens expire by.
    """

    def __init__(
        self,
        sender: Sender,
        *,
        url: str,
        api_url: str,
        auth_type: AuthType,
        client_id: str,
        client_secret: str | None,
        clock: Clock,
    ) -> None:
        self._sender = sender
        self._url = url
        self._takes_json = urlsplit(url).path.rstrip("/").endswith("/v2")
        self._api_url = api_url
        self._auth_type = auth_type
        self._client = {"client_id": client_id}
        if client_secret is not None:
            self._client["client_secret"] = client_secret
        self._clock = clock

    async def token(self, grant: Mapping[str, str], *, previous: Token | None = None) -> Token:
        """Return the token for a grant.

        Args:
            grant: The fields of the grant, as `podio._token_requests` has them.
            previous: The token that this one replaces: its refresh token stays where no new one comes.

        Raises:
            AuthorizationError: when the endpoint refuses, or its response has no token.
            PodioError: when there is no response of it.
        """
        return token_from_json(await self.response_to(grant), self._clock.now(), previous=previous)

    async def response_to(self, grant: Mapping[str, str]) -> Any:
        """Return the JSON value of the response to a grant.

        Raises:
            PodioError: as `token` does.
        """
        kind = grant["grant_type"]
        log.info("asked (%s): token by %s", self._auth_type, kind)
        fields = {**self._client, **grant}
        body: dict[str, Any] = {"json": fields} if self._takes_json else {"form": fields}
        call = Call(method="POST", address=self._url, patient=False, is_oauth=True, **body)
        try:
            return await self._sender.value_of(call)
        except APIError as error:
            if _is_refusal(error):
                refusal = _refusal(error, "invalid_grant")
                log.warning("denied (%s): %s: %s", self._auth_type, kind, loggable_code(refusal))
                raise refusal from error
            log.warning("failed (%s): %s: HTTP %d", self._auth_type, kind, error.status)
            raise
        except PodioError as error:
            log.warning("failed (%s): %s: %s", self._auth_type, kind, type(error).__name__)
            raise

    async def response_to_second_factor(self, body: Mapping[str, str]) -> Any:
        """Post a second factor and return the response's JSON value.

        Raises:
            AuthorizationError: when Podio refuses.
            PodioError: when there is no response of it.
        """
        log.info("asked (%s): second factor", self._auth_type)
        call = Call(
            method="POST", address=endpoint(self._api_url, "/mfa/verify"), json=body, patient=False, is_oauth=True
        )
        try:
            return await self._sender.value_of(call)
        except APIError as error:
            if not _is_refusal(error):
                raise
            log.warning("denied (%s): second factor", self._auth_type)
            raise _refusal(error, "invalid_second_factor") from error


def _is_refusal(error: APIError) -> bool:
    """Return whether the endpoint refused; of the statuses that proxies use as well, its own word must say so."""
    return error.status == httpx2.codes.BAD_REQUEST or (error.status in _REFUSALS and error.envelope is not None)


def _refusal(error: APIError, default_code: str) -> AuthorizationError:
    refusal = AuthorizationError(error.error or default_code, error.error_description)
    refusal.take_facts(error)
    return refusal


def loggable_code(error: AuthorizationError) -> str:
    """Return OAuth's code for the log; whatever does not look like one comes from outside and is left out."""
    return error.error if _ERROR_CODE.fullmatch(error.error) else "refused"
