"""The flows with a redirect: the user signs in at Podio, and what comes back becomes the session."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlencode

from podio import _token_requests
from podio._authorizations import Authorizations
from podio._boundary import scrubbed, sealed_class
from podio._client_options import check_answer_is_checked
from podio._client_session import ClientSession
from podio._token_endpoint import TokenEndpoint, loggable_code
from podio.authorization import AuthorizationRequest, Display, RedirectAnswer
from podio.errors import AuthorizationError, InvalidRedirectAnswer, PodioError, StorageError
from podio.session import Session

log = logging.getLogger("podio.auth")


@sealed_class()
class RedirectSignIn:
    """Signs in by authorization requests and their answers.

    Args:
        session: Holds the session.
        authorizations: Makes the requests and checks the answers.
        token_endpoint: Trades codes for tokens.
        answer: What the provider's redirect brought, or None.
    """

    def __init__(
        self,
        session: ClientSession,
        *,
        authorizations: Authorizations,
        token_endpoint: TokenEndpoint,
        answer: RedirectAnswer | str | None,
    ) -> None:
        self._session = session
        self._authorizations = authorizations
        self._token_endpoint = token_endpoint
        answer = RedirectAnswer.from_url(answer) if isinstance(answer, str) else answer
        self._answer = answer if answer is not None and (answer.query or answer.fragment) else None
        self._auth_error: AuthorizationError | None = None
        self._app_state: Any = None

    @property
    def app_state(self) -> Any:
        """What the app kept with the request whose answer came back (well or not), or None."""
        return self._app_state

    async def is_authenticated(self) -> bool:
        """Return whether there is a session: of the redirect's answer, else of the store. Absence never raises.

        A refused or malformed answer leaves an earlier session as it is, and is what `get_auth_error` returns. Where
        several sessions of the store fit, none is used: name one by ``app_id`` or ``username``.

        Raises:
            StorageError: when the store can't be read and no session is in use; whether there is one is unknown then.
        """
        answer, self._answer = self._answer, None
        if answer is not None:
            try:
                await self._accept(answer)
            except StorageError:
                self._answer = answer  # it could not be checked; it can be when the store is back
                raise
            except AuthorizationError as error:
                self._auth_error = scrubbed(error)
                self._app_state = error.app_state
                log.warning("denied (%s): %s", self._authorizations.auth_type, loggable_code(error))
        return await self._session.load() is not None

    def has_auth_error(self) -> bool:
        """Return whether the sign-in that came back with the redirect was refused."""
        return self._auth_error is not None

    def get_auth_error(self) -> AuthorizationError | None:
        """Return why the sign-in was refused: `error`, `error_description`, `error_uri`; or None."""
        return self._auth_error

    def authorization_request(
        self, redirect_url: str, scope: str | None = None, *, app_state: Any = None, display: Display = "page"
    ) -> AuthorizationRequest:
        """Make an authorization request; send the user to its `url`.

        A store that keeps pending requests (in a page, `sessionStorage`) keeps this one. A server keeps the request
        with its visitor and hands it back to `get_access_token`.

        Args:
            redirect_url: Where the answer shall go; on the domain that the API key is registered for.
            scope: Podio's scopes; the client's own if left out.
            app_state: JSON of the app's own (where the user was), to be had back from `app_state`.
            display: ``page``, or ``popup`` for a sign-in window.

        Raises:
            StorageError: when the request can't be kept, so that its answer could not be checked.
        """
        return self._authorizations.request(redirect_url, scope, app_state=app_state, display=display)

    def get_authorization_url(self, redirect_url: str, scope: str | None = None) -> str:
        """Return the address of a new authorization request; see `authorization_request`."""
        return self.authorization_request(redirect_url, scope).url

    async def get_access_token(
        self,
        code: str,
        redirect_url: str,
        state: str | None = None,
        request: AuthorizationRequest | None = None,
        *,
        unchecked: bool = False,
    ) -> Session:
        """Trade an authorization code for a session (RFC 6749, section 4.1.3).

        Args:
            code: The code of the redirect's answer.
            redirect_url: The redirect URI that the request was made with.
            state: The answer's ``state``.
            request: The visitor's request. With it `state` is checked and PKCE's secret is sent; if left out, the
                request that the store keeps under `state` serves, once.
            unchecked: Take the code though neither `state` nor `request` says who requested it: whoever brings a code
                of their own then signs the visitor in as themselves (RFC 6749, section 10.12).

        Raises:
            ConfigurationError: when there is nothing to check the answer by, and `unchecked` doesn't say so.
            InvalidRedirectAnswer: when the state is unknown or was used, or state, redirect URI or age is not the
                request's.
            AuthorizationError: when Podio refuses the code.
        """
        keeps_requests = self._authorizations.store_keeps_requests
        check_answer_is_checked(state, request, unchecked=unchecked, store_keeps_requests=keeps_requests)
        kept = self._authorizations.take(state) if state else None
        if request is None and not unchecked:
            request = kept
            if request is None:
                raise InvalidRedirectAnswer("The state of this answer is unknown or was used before. Sign in again.")
        if request is None:
            token = await self._token_endpoint.token(_token_requests.authorization_code(code, redirect_url))
        else:
            answer = RedirectAnswer(query=urlencode({"code": code, **({"state": state} if state else {})}))
            self._authorizations.check(answer, request)
            if redirect_url != request.redirect_uri:
                raise InvalidRedirectAnswer("The redirect URI is not the one that the sign-in was started with.")
            token = await self._authorizations.token_for_code(code, request)
        return await self._session.begin(token)

    async def _accept(self, answer: RedirectAnswer) -> None:
        accepted = self._authorizations.accepted(answer, display="page")
        self._app_state = accepted.request.app_state
        try:
            await self._session.begin(await self._authorizations.token_of(accepted))
        except AuthorizationError as error:
            error.app_state = accepted.request.app_state
            raise
        except PodioError as error:
            raise AuthorizationError("sign_in_interrupted", str(error), None, accepted.request.app_state) from error
