"""The token endpoint's requests: the form of each grant (RFC 6749)."""

from __future__ import annotations


def authorization_code(code: str, redirect_uri: str, code_verifier: str | None = None) -> dict[str, str]:
    """Return the form that trades a code for a token; `redirect_uri` is the one that was sent, letter by letter."""
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri}
    return form if code_verifier is None else {**form, "code_verifier": code_verifier}


def refresh_token(token: str) -> dict[str, str]:
    """Return the form that trades a refresh token for a new token."""
    return {"grant_type": "refresh_token", "refresh_token": token}


def client_credentials() -> dict[str, str]:
    """Return the form of the client credentials grant."""
    return {"grant_type": "client_credentials"}
