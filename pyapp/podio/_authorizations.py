"""The authorization requests of one client, and the answers to them.

What a request says and when an answer is accepted stands in `podio.authorization`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from podio import _token_requests
from podio._boundary import sealed_class
from podio._clock import Clock
from podio._session_records import SessionRecords
from podio._token_endpoint import TokenEndpoint
from podio.authorization import (
    AcceptedAnswer,
    AuthorizationRequest,
    Display,
    RedirectAnswer,
    ResponseType,
    new_code_verifier,
    new_nonce,
    read_answer,
)
from podio.session import AuthType
from podio.token import Token, token_from_parameters

log = logging.getLogger("podio.auth")


@dataclass(frozen=True, kw_only=True, slots=True)
class AuthorizationEndpoint:
    """What a client's authorization requests have in common.

    Attributes:
        url: The endpoint's address.
        auth_type: The client's flow, for the log.
        client_id: The API key's id.
        response_type: What the endpoint shall answer with.
        scope: Podio's scopes; None: all that the user may do.
        redirect_nonce: Whether the nonce travels in the redirect URI's query, too.
    """

    url: str
    auth_type: AuthType
    client_id: str
    response_type: ResponseType
    scope: str | None
    redirect_nonce: bool


@sealed_class()
class Authorizations:
    """Makes authorization requests, checks the answers to them, and trades these for tokens.

    Args:
        endpoint: Where the requests go, and what is common to them.
        store: Keeps the pending requests.
        token_endpoint: Trades codes for tokens.
        clock: What requests grow old by.
    """

    def __init__(
        self,
        endpoint: AuthorizationEndpoint,
        *,
        store: SessionRecords,
        token_endpoint: TokenEndpoint,
        clock: Clock,
    ) -> None:
        self._endpoint = endpoint
        self._store = store
        self._token_endpoint = token_endpoint
        self._clock = clock

    @property
    def auth_type(self) -> AuthType:
        """The client's flow."""
        return self._endpoint.auth_type

    @property
    def store_keeps_requests(self) -> bool:
        """Whether the store keeps pending requests."""
        return self._store.keeps_requests

    def request(
        self, redirect_url: str, scope: str | None = None, *, app_state: Any = None, display: Display = "page"
    ) -> AuthorizationRequest:
        """Make an authorization request and keep it where the store can; see `podio.Podio.authorization_request`.

        Raises:
            StorageError: when it can't be kept.
        """
        endpoint = self._endpoint
        request = AuthorizationRequest(
            state=new_nonce(),
            code_verifier=new_code_verifier() if endpoint.response_type == "code" else None,
            client_id=endpoint.client_id,
            authorize_url=endpoint.url,
            redirect_uri=redirect_url,
            response_type=endpoint.response_type,
            scope=scope if scope is not None else endpoint.scope,
            created_at=self._clock.now(),
            display=display,
            redirect_nonce=endpoint.redirect_nonce,
            app_state=app_state,
        )
        self._store.keep_request(request)
        log.info("asked (%s): authorization", endpoint.auth_type)
        return request

    def window_request(self, redirect_url: str, display: Display) -> AuthorizationRequest:
        """Make a request for a renewal; what `podio.RenewalRequest.make_request` calls."""
        return self.request(redirect_url, display=display)

    def take(self, state: str) -> AuthorizationRequest | None:
        """Return the pending request of that state, once."""
        return self._store.take_request(state)

    def accepted(self, answer: RedirectAnswer, *, display: Display) -> AcceptedAnswer:
        """Return the answer checked against the pending request that it belongs to.

        Raises:
            InvalidRedirectAnswer: when it is refused.
            AuthorizationError: when it is an error answer.
        """

        def take_request(state: str) -> AuthorizationRequest | None:
            kept = self._store.take_request(state)
            return answer.request if answer.request is not None else kept

        return self._read(answer, take_request, display)

    def check(self, answer: RedirectAnswer, request: AuthorizationRequest) -> None:
        """Check an answer against a request that the caller has kept.

        Raises:
            InvalidRedirectAnswer: when it is refused.
        """
        self._read(answer, lambda _: request, request.display)

    def _read(
        self,
        answer: RedirectAnswer,
        take_request: Callable[[str], AuthorizationRequest | None],
        display: Display,
    ) -> AcceptedAnswer:
        return read_answer(
            answer,
            take_request=take_request,
            client_id=self._endpoint.client_id,
            authorize_url=self._endpoint.url,
            display=display,
            now=self._clock.now(),
        )

    async def token_of(self, accepted: AcceptedAnswer) -> Token:
        """Return the token that an accepted answer holds, or the one that its code is good for.

        Raises:
            AuthorizationError: when the answer holds none, or the token endpoint refuses the code.
            PodioError: when the token endpoint can't be reached.
        """
        request = accepted.request
        if request.response_type == "token":
            return token_from_parameters(accepted.parameters, self._clock.now())
        return await self.token_for_code(accepted.parameters["code"], request)

    async def token_for_code(self, code: str, request: AuthorizationRequest) -> Token:
        """Return the token that the code of a request's answer is good for.

        Raises:
            AuthorizationError: when the token endpoint refuses the code.
            PodioError: when it can't be reached.
        """
        return await self._token_endpoint.token(
            _token_requests.authorization_code(code, request.sent_redirect_uri, request.code_verifier)
        )
