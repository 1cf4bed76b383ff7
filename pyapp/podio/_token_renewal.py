"""Where a session's next token comes from: the refresh token, the API key, or the user by the hook."""

from __future__ import annotations

import asyncio

from podio import _token_requests
from podio._authorizations import Authorizations
from podio._boundary import sealed_class
from podio._token_endpoint import TokenEndpoint
from podio.errors import (
    APIError,
    AuthorizationError,
    ConnectionFailed,
    InvalidRedirectAnswer,
    InvalidResponse,
    RenewalCancelled,
    RenewalError,
)
from podio.renewal import OnTokenWillRefresh, RenewalRequest
from podio.session import TOKEN_TIME_LIMIT, AuthType, Session
from podio.token import Token


@sealed_class()
class TokenRenewal:
    """Gets new tokens by the client's flow.

    Args:
        auth_type: The flow.
        token_endpoint: Trades refresh tokens and the API key for tokens.
        authorizations: Checks the hook's answers.
        hook: The client's ``on_token_will_refresh``.
    """

    def __init__(
        self,
        auth_type: AuthType,
        *,
        token_endpoint: TokenEndpoint,
        authorizations: Authorizations,
        hook: OnTokenWillRefresh | None,
    ) -> None:
        self._auth_type = auth_type
        self._token_endpoint = token_endpoint
        self._authorizations = authorizations
        self._hook = hook

    async def token(self, session: Session) -> Token:
        """Return a new token for a session.

        Raises:
            RenewalError: when there is none; the message says what to do.
        """
        if self._auth_type == "client":
            return await self._token_by_hook(session)
        if session.token.refresh_token is not None:
            grant = _token_requests.refresh_token(session.token.refresh_token)
        elif self._auth_type == "client_credentials":
            # RFC 6749, section 4.4.3: there is no refresh token; the API key gets another token the same way.
            grant = _token_requests.client_credentials()
        else:
            raise RenewalError(
                f"The session has expired, and the {self._auth_type} flow got no refresh token. Sign in again."
            )
        try:
            async with asyncio.timeout(TOKEN_TIME_LIMIT):
                return await self._token_endpoint.token(grant, previous=session.token)
        except TimeoutError:
            raise RenewalError("The session has expired and Podio did not renew it in time. Try again.") from None
        except AuthorizationError as error:
            raise RenewalError(f"Podio did not renew the session ({error.error}). Sign in again.") from error
        except (APIError, ConnectionFailed, InvalidResponse) as error:
            # Not as it came: `may_have_been_sent` would speak of the call that waits, and that was not sent.
            raise RenewalError(f"The session has expired and could not be renewed: {error}") from error

    async def _token_by_hook(self, session: Session) -> Token:
        if self._hook is None:
            raise RenewalError("The session has expired. Sign in again.")
        answer = await self._hook(RenewalRequest(session=session, make_request=self._authorizations.window_request))
        try:
            return await self._authorizations.token_of(self._authorizations.accepted(answer, display="popup"))
        except InvalidRedirectAnswer as error:
            raise RenewalError(error.error_description) from error
        except AuthorizationError as error:
            raise RenewalCancelled(error.error_description or str(error)) from error
