"""The token endpoint's requests: the form of each grant (RFC 6749).

Podio's own grant for apps (``app``) is described at https://developers.podio.com/authentication/app_auth; those with an
activation code and with a transfer token are not described anywhere: they are as podio-rb and podio-js send them.
"""

from __future__ import annotations


def authorization_code(code: str, redirect_uri: str, code_verifier: str | None = None) -> dict[str, str]:
    """Return the form that trades a code for a token; `redirect_uri` is the one that was sent, letter by letter."""
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri}
    return form if code_verifier is None else {**form, "code_verifier": code_verifier}


def refresh_token(token: str) -> dict[str, str]:
    """Return the form that trades a refresh token for a new token."""
    return {"grant_type": "refresh_token", "refresh_token": token}


def password(username: str, secret: str, offering_id: int | str | None = None) -> dict[str, str]:
    """Return the form of the password grant."""
    return _for_offering({"grant_type": "password", "username": username, "password": secret}, offering_id)


def activation_code(code: str, offering_id: int | str | None = None) -> dict[str, str]:
    """Return the form that trades an account's activation code for a token."""
    return _for_offering({"grant_type": "activation_code", "activation_code": code}, offering_id)


def transfer_token(token: str) -> dict[str, str]:
    """Return the form that trades a transfer token for a token of one's own."""
    return {"grant_type": "transfer_token", "transfer_token": token}


def app(app_id: int | str, app_token: str) -> dict[str, str]:
    """Return the form of Podio's app grant."""
    return {"grant_type": "app", "app_id": str(app_id), "app_token": app_token}


def client_credentials() -> dict[str, str]:
    """Return the form of the client credentials grant."""
    return {"grant_type": "client_credentials"}


def _for_offering(form: dict[str, str], offering_id: int | str | None) -> dict[str, str]:
    return form if offering_id is None else {**form, "offering_id": str(offering_id)}
