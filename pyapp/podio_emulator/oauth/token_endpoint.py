"""The token endpoints, revocation and ``GET /oauth/scope``.

``POST /oauth/token`` takes a form, ``POST /oauth/token/v2`` JSON; the errors of the wrong kind of body are those that
were seen at Podio. Grants are the lines of ``_GRANTS`` (RFC 6749, sections 4.1.3, 4.3, 4.4, 6; RFC 7636, section 4.6;
``app`` is Podio's own).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping
from typing import Any

from starlette.responses import JSONResponse, Response

from podio_emulator.calls import Access, Call, Operation
from podio_emulator.errors import Refusal, invalid_value
from podio_emulator.ids import ADA_ID
from podio_emulator.json_bodies import decoded
from podio_emulator.model import Author
from podio_emulator.oauth.authorize import last_values
from podio_emulator.oauth.clients import CLIENTS, Client
from podio_emulator.oauth.scopes import Scope
from podio_emulator.oauth.tokens import Token

Fields = Mapping[str, str]
_NOT_KEPT = {"Cache-Control": "no-store", "Pragma": "no-cache"}


def _refusal(error: str, description: str, detail: str | None = None) -> Refusal:
    return Refusal(400, error, description, detail=detail)


def _required(fields: Fields, name: str, error: str = "invalid_request") -> str:
    value = fields.get(name, "")
    if not value:
        raise _refusal(error, f"Missing parameter {name}")
    return value


def _client(fields: Fields) -> Client:
    client = CLIENTS.get(_required(fields, "client_id", "invalid_client"))
    if client is None:
        raise _refusal("invalid_client", "Sorry, you've supplied an invalid client id.", "oauth.client.invalid_id")
    secret = fields.get("client_secret", "")
    if not hmac.compare_digest(secret.encode(), (client.secret or "").encode()):
        detail = "oauth.client.invalid_secret"
        raise _refusal("invalid_client", "Sorry, you've supplied an invalid client secret.", detail)
    return client


def _scope(fields: Fields) -> Scope:
    try:
        return Scope.parse(fields.get("scope"))
    except ValueError:
        raise _refusal("invalid_scope", "The scope is not valid.") from None


def _authorization_code(call: Call, client: Client, fields: Fields) -> Token:
    code = call.tokens.take_code(_required(fields, "code"))
    if code is None or code.client_id != client.client_id or code.redirect_uri != fields.get("redirect_uri"):
        raise _refusal("invalid_grant", "The authorization code is not valid.", "oauth.code.invalid")
    if code.code_challenge is not None:
        digest = hashlib.sha256(fields.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if not hmac.compare_digest(challenge, code.code_challenge):
            raise _refusal("invalid_grant", "The code_verifier is not valid.", "oauth.code.invalid_verifier")
    author = Author(type="user", id=code.user_id)
    return call.tokens.issue(client_id=client.client_id, author=author, scope=code.scope)


def _refresh_token(call: Call, client: Client, fields: Fields) -> Token:
    token = call.tokens.rotate(_required(fields, "refresh_token"), client.client_id)
    if token is None:
        raise _refusal("invalid_grant", "The refresh token is not valid.", "oauth.refresh_token.invalid")
    return token


def _password(call: Call, client: Client, fields: Fields) -> Token | Response:
    profile = call.store.user_by_mail(_required(fields, "username"))
    if profile is None or profile.user_id is None:
        raise _refusal("invalid_grant", "Sorry, you've supplied an invalid username.", "user.invalid.username")
    if _required(fields, "password") != profile.password:
        raise _refusal("invalid_grant", "Sorry, you've supplied an invalid password.", "user.invalid.password")
    if call.tokens.asks_second_factor:
        nonce = call.tokens.new_pending(client_id=client.client_id, user_id=profile.user_id, scope=_scope(fields))
        return JSONResponse({"server_nonce": nonce}, headers=_NOT_KEPT)
    author = Author(type="user", id=profile.user_id)
    return call.tokens.issue(client_id=client.client_id, author=author, scope=_scope(fields))


def _app(call: Call, client: Client, fields: Fields) -> Token:
    app_id, token = _required(fields, "app_id"), _required(fields, "app_token")
    app = call.store.apps.get(int(app_id)) if app_id.isascii() and app_id.isdigit() else None
    if app is None or not hmac.compare_digest(app.token.encode(), token.encode()):
        raise _refusal("invalid_grant", "Sorry, you've supplied an invalid app id or app token.", "app.invalid.token")
    author = Author(type="app", id=app.app_id)
    return call.tokens.issue(client_id=client.client_id, author=author, scope=_scope(fields))


def _client_credentials(call: Call, client: Client, fields: Fields) -> Token:
    if client.is_public:
        raise _refusal("unauthorized_client", "A public client can not use this grant.")
    # Podio doesn't document whom such a token stands for; here it is the user who registered the key.
    author = Author(type="user", id=ADA_ID)
    return call.tokens.issue(client_id=client.client_id, author=author, scope=_scope(fields))


_GRANTS: Mapping[str, Callable[[Call, Client, Fields], Token | Response]] = {
    "authorization_code": _authorization_code,
    "refresh_token": _refresh_token,
    "password": _password,
    "app": _app,
    "client_credentials": _client_credentials,
}


def _exchange(call: Call, fields: Fields) -> Response:
    client = _client(fields)
    grant = _GRANTS.get(_required(fields, "grant_type"))
    if grant is None:
        raise _refusal("unsupported_grant_type", "The grant type is not supported.")
    token = grant(call, client, fields)
    return token if isinstance(token, Response) else token_answer(call, token)


def token_answer(call: Call, token: Token) -> Response:
    """Write the response of the token endpoint (RFC 6749, section 5.1, with Podio's ``ref``)."""
    body = {
        "access_token": token.access_token,
        "token_type": "bearer",
        "expires_in": call.tokens.lifetime,
        "refresh_token": token.refresh_token,
        "scope": str(token.scope),
        "ref": {"type": token.author.type, "id": token.author.id},
    }
    return JSONResponse(body, headers=_NOT_KEPT)


def _token(call: Call) -> Response:
    is_form = call.content_type in {"application/x-www-form-urlencoded", ""}
    return _exchange(call, last_values(call.body.decode("utf-8", "replace")) if is_form else {})


def _token_v2(call: Call) -> Response:
    try:
        body = decoded(call.body) if call.content_type == "application/json" else None
    except Refusal:
        body = None
    if not isinstance(body, dict):
        # Not ``invalid_value(body, …)``: a body of another kind may hold a password and must not be repeated.
        raise invalid_value(None, "must be object")
    fields = {name: value for name, value in body.items() if isinstance(value, str)}
    fields |= {name: str(body[name]) for name in ("app_id",) if isinstance(body.get(name), int)}
    return _exchange(call, fields)


# Podio doesn't say how far these two reach; by their names the first ends all tokens, the second one sign-in.
def _invalidate_tokens(call: Call) -> None:
    call.tokens.revoke_all(call.caller)


def _invalidate_grant(call: Call) -> None:
    call.tokens.revoke_grant(call.caller)


def _get_scope(call: Call) -> list[Any]:
    return [
        {
            "ref_type": None if part.type == "global" else part.type,
            "ref_id": part.ref_id,
            "permissions": [part.permission],
            "ref_data": None,
        }
        for part in call.caller.scope.parts
    ]


OPERATIONS: tuple[Operation, ...] = (
    Operation(method="POST", path="/oauth/token", run=_token, access=Access.ANYONE, free_body=True),
    Operation(method="POST", path="/oauth/token/v2", run=_token_v2, access=Access.ANYONE, free_body=True),
    Operation(method="POST", path="/oauth/token/invalidate", run=_invalidate_tokens),
    Operation(method="POST", path="/oauth/grant/invalidate", run=_invalidate_grant),
    Operation(method="GET", path="/oauth/scope", run=_get_scope),
)
