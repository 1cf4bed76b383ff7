"""The flows without a redirect: one call of the token endpoint brings the session.

They are for scripts and servers: each sends a secret, so none of them is for a page, whose archive hasn't this module.
Podio's own grant for apps is described at https://developers.podio.com/authentication/app_auth; those with an
activation code and with a transfer token are not described anywhere: they are as podio-rb and podio-js send them.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping

from podio import _token_requests
from podio._boundary import sealed_class
from podio._client_session import ClientSession
from podio._clock import Clock
from podio._token_endpoint import TokenEndpoint
from podio.errors import ConfigurationError, SecondFactorRequired
from podio.session import AuthType, Session
from podio.session_owner import SessionOwner
from podio.token import is_credential, token_from_json

log = logging.getLogger("podio.auth")


@sealed_class()
class DirectSignIn:
    """Signs in by one request to the token endpoint.

    Args:
        session: Holds the session.
        token_endpoint: Trades grants for tokens.
        owner: Whose sessions are the client's, without an app or a user.
        clock: What tokens expire by.
    """

    def __init__(
        self, session: ClientSession, *, token_endpoint: TokenEndpoint, owner: SessionOwner, clock: Clock
    ) -> None:
        self._session = session
        self._token_endpoint = token_endpoint
        self._owner = owner
        self._auth_type: AuthType = owner.auth_type
        self._clock = clock
        self._second_factor_username: str | None = None  # of the sign-in that needs it

    async def authenticate_with_credentials(
        self, username: str, password: str, *, offering_id: int | str | None = None
    ) -> Session:
        """Sign in with a user name and password (the ``password`` flow).

        See https://developers.podio.com/authentication/username_password; meant for one's own account only.

        Args:
            username: The e-mail address.
            password: The password; not kept.
            offering_id: Podio's offering, where the account belongs to one (podio-js's
                ``authenticateWithCredentialsForOffering``).

        Raises:
            SecondFactorRequired: when the account has a second factor: ask for it, then `verify_second_factor`.
            AuthorizationError: when Podio refuses.
        """
        self._check_flow("authenticate_with_credentials", "password")
        return await self._sign_in(_password_grant(username, password, offering_id), username=username)

    async def authenticate_with_activation_code(
        self, activation_code: str, *, offering_id: int | str | None = None
    ) -> Session:
        """Sign in with the code that activates a new account; Podio grants it to its own clients.

        Undocumented: the form is that of podio-rb and podio-js (``authenticateWithActivationCodeForOffering``).

        Raises:
            AuthorizationError: when Podio refuses.
        """
        self._check_flow("authenticate_with_activation_code", "password", "server")
        return await self._sign_in(_activation_grant(activation_code, offering_id))

    async def authenticate_with_transfer_token(self, transfer_token: str) -> Session:
        """Sign in with a transfer token that another client got with its own; Podio grants it to its own clients.

        Undocumented: the form is that of podio-rb.

        Raises:
            AuthorizationError: when Podio refuses.
        """
        self._check_flow("authenticate_with_transfer_token", "password", "server")
        return await self._sign_in({"grant_type": "transfer_token", "transfer_token": transfer_token})

    async def verify_second_factor(
        self, nonce: str, *, otp: str | None = None, recovery_code: str | None = None
    ) -> Session:
        """Finish a sign-in that needs a second factor.

        Undocumented: the call (``POST /mfa/verify``) is that of podio-rb.

        Args:
            nonce: `SecondFactorRequired.nonce`, as it came.
            otp: The number that the user's device shows; or
            recovery_code: one of the user's recovery codes.

        Raises:
            AuthorizationError: when Podio refuses: ``invalid_second_factor`` for a wrong code (ask again),
                ``nonce_validation_error`` for a nonce that is too old (sign in again).
        """
        self._check_flow("verify_second_factor", "password", "server")
        if (otp is None) == (recovery_code is None):
            raise ConfigurationError("verify_second_factor needs one of otp and recovery_code.")
        factor = {"otp": otp} if otp is not None else {"recoveryCode": recovery_code or ""}
        response = await self._token_endpoint.response_to_second_factor({"nonce": nonce, **factor})
        username, self._second_factor_username = self._second_factor_username, None
        return await self._begin(response, username=username)

    async def authenticate_with_app(self, app_id: int | str, app_token: str) -> Session:
        """Sign in as an app, with the app's id and token (the ``app`` flow).

        See https://developers.podio.com/authentication/app_auth; such a session reaches that app alone.

        Raises:
            AuthorizationError: when Podio refuses.
        """
        self._check_flow("authenticate_with_app", "app")
        return await self._sign_in({"grant_type": "app", "app_id": str(app_id), "app_token": app_token}, app_id=app_id)

    async def authenticate_with_client_credentials(self) -> Session:
        """Sign in as the API key itself, without a user (RFC 6749, section 4.4; Podio doesn't document it).

        Raises:
            AuthorizationError: when Podio refuses.
        """
        self._check_flow("authenticate_with_client_credentials", "client_credentials")
        return await self._sign_in(_token_requests.client_credentials())

    async def _sign_in(
        self, grant: Mapping[str, str], *, app_id: int | str | None = None, username: str | None = None
    ) -> Session:
        response = await self._token_endpoint.response_to(grant)
        nonce = response.get("server_nonce") if isinstance(response, Mapping) else None
        if isinstance(nonce, str) and is_credential(nonce) and not response.get("access_token"):
            log.info("asked (%s): the account has a second factor", self._auth_type)
            self._second_factor_username = username
            raise SecondFactorRequired(nonce)
        return await self._begin(response, app_id=app_id, username=username)

    async def _begin(
        self, response: object, *, app_id: int | str | None = None, username: str | None = None
    ) -> Session:
        """Start a session with the token of a token endpoint's response; note whose it is, as far as that is known."""
        named = None if app_id is None and username is None else self._owner.named(app_id=app_id, username=username)
        return await self._session.begin(token_from_json(response, self._clock.now()), named)

    def _check_flow(self, method: str, *auth_types: AuthType) -> None:
        if self._auth_type not in auth_types:
            needed = " or ".join(map(repr, auth_types))
            raise ConfigurationError(f"{method} needs auth_type={needed}; this client has {self._auth_type!r}.")


def _password_grant(username: str, secret: str, offering_id: int | str | None) -> dict[str, str]:
    return _for_offering({"grant_type": "password", "username": username, "password": secret}, offering_id)


def _activation_grant(code: str, offering_id: int | str | None) -> dict[str, str]:
    return _for_offering({"grant_type": "activation_code", "activation_code": code}, offering_id)


def _for_offering(form: dict[str, str], offering_id: int | str | None) -> dict[str, str]:
    return form if offering_id is None else {**form, "offering_id": str(offering_id)}
