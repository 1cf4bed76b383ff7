"""The authorization endpoint: ``GET`` and ``POST /oauth/authorize``.

RFC 6749, sections 4.1 and 4.2, with RFC 7636 (S256 only), as Podio deviates: ``response_type`` may be left out and then
is ``code``; of a repeated parameter the last counts. What isn't known of Podio is an argument: whether ``state`` comes
back in the token flow, and whether that flow's errors come in the query or in the fragment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.responses import RedirectResponse, Response

from podio_emulator.model import Author, Profile
from podio_emulator.oauth.clients import CLIENTS, Client
from podio_emulator.oauth.consent_page import consent_page, error_page, signed_out_page
from podio_emulator.oauth.scopes import Scope
from podio_emulator.oauth.tokens import BrowserSession, TokenBook
from podio_emulator.store import Store

COOKIE = "podio_emulator"
PATH = "/oauth/authorize"
SIGN_OUT_PATH = "/logout"

#: Our own parameter: with ``login`` the form appears although a cookie remembers somebody.
PROMPT = "prompt"

_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")


def last_values(text: str) -> dict[str, str]:
    """Read a query or a form; of a repeated name the last counts."""
    return dict(parse_qsl(text, keep_blank_values=True))


def with_query(uri: str, params: Mapping[str, str]) -> str:
    """Append parameters to an address that may have a query already."""
    joint = "" if uri.endswith(("?", "&")) else "&" if "?" in uri else "?"
    return f"{uri}{joint}{urlencode(params)}"


@dataclass(frozen=True, slots=True)
class AuthorizeSettings:
    """How the endpoint behaves where Podio's behaviour isn't known or depends on the registration of the key.

    Attributes:
        redirect_uri_allowed: whether the page may send users back to this address.
        echo_state: whether the token flow gives ``state`` back, on errors too (unknown of Podio; ``code`` always does).
        token_errors_in_fragment: whether errors of the token flow (denials too) come back in the fragment, as RFC 6749
            has it, and not in the query, where Podio documents it.
        cross_origin_opener_policy: the value of that header on the page; None: not sent.
    """

    redirect_uri_allowed: Callable[[str], bool]
    echo_state: bool = True
    token_errors_in_fragment: bool = False
    cross_origin_opener_policy: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Request:
    """A request whose client and redirect URI are right, so that it may be answered by a redirect."""

    client: Client
    redirect_uri: str
    response_type: str
    scope_text: str
    state: str | None
    code_challenge: str | None
    code_challenge_method: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class AuthorizeEndpoint:
    """The endpoint over one store and one book of tokens."""

    settings: AuthorizeSettings
    store: Store
    tokens: TokenBook

    def answer(self, *, method: str, query: str, form: str, cookie: str | None) -> tuple[Response, Profile | None]:
        """Answer a request; return also the user who signed in or agreed, for the log."""
        params = last_values(query)
        problem = self._problem(params)
        if problem is not None:
            return error_page(problem, opener_policy=self.settings.cross_origin_opener_policy), None
        request = _Request(
            client=CLIENTS[params["client_id"]],
            redirect_uri=params["redirect_uri"],
            response_type=params.get("response_type") or "code",
            scope_text=params.get("scope", ""),
            state=params.get("state"),
            code_challenge=params.get("code_challenge"),
            code_challenge_method=params.get("code_challenge_method"),
        )
        refusal = self._refusal(request)
        if refusal is not None:
            return refusal, None
        scope = Scope.parse(request.scope_text)
        browser = None if params.get(PROMPT) == "login" else self.tokens.browser(cookie)
        if method == "POST":
            return self._answer_form(request, scope, last_values(form), browser, query)
        if browser is not None and (request.client.client_id, str(scope)) in browser.grants:
            profile = self.store.user(browser.user_id)
            return self._grant(request, scope, profile), profile
        return self._form(request, scope, browser, query), None

    def sign_out(self) -> Response:
        """Sign the browser out of Podio itself: its cookie goes, the tokens that were issued stay."""
        response = signed_out_page(opener_policy=self.settings.cross_origin_opener_policy)
        response.delete_cookie(COOKIE, path="/oauth")
        return response

    def _problem(self, params: Mapping[str, str]) -> str | None:
        """Say what forbids a redirect, if anything (RFC 6749, section 4.1.2.1)."""
        if params.get("client_id") not in CLIENTS:
            return "This application isn't known to Podio: its client id is wrong."
        uri = params.get("redirect_uri", "")
        try:
            parts = urlsplit(uri)
            usable = bool(parts.scheme and parts.netloc) and not any(c.isspace() or ord(c) < 32 for c in uri)
        except ValueError:
            usable = False
        if not usable:
            return "The application sent no usable redirect_uri to come back to."
        if "#" in uri:
            return "The application's redirect_uri has a fragment, which isn't allowed."
        if not self.settings.redirect_uri_allowed(uri):
            return "The application's redirect_uri doesn't lie on the domain that is registered for it."
        return None

    def _refusal(self, request: _Request) -> Response | None:
        if request.response_type not in {"code", "token"}:
            return self._error(request, "unsupported_response_type", "The response type is not supported.")
        try:
            Scope.parse(request.scope_text)
        except ValueError:
            return self._error(request, "invalid_scope", "The scope is not valid.")
        if request.code_challenge is None:
            if request.client.is_public and request.response_type == "code":
                return self._error(request, "invalid_request", "A public client must send a code_challenge.")
            return None
        if request.code_challenge_method != "S256" or not _CHALLENGE.fullmatch(request.code_challenge):
            return self._error(request, "invalid_request", "The code_challenge must be of the method S256.")
        return None

    def _answer_form(
        self, request: _Request, scope: Scope, form: Mapping[str, str], browser: BrowserSession | None, query: str
    ) -> tuple[Response, Profile | None]:
        if form.get("answer") == "deny":
            denied = self._error(request, "access_denied", "The user denied your request.", error_reason="user_denied")
            return denied, None
        cookie = None
        if "username" in form or browser is None:
            profile = self.store.user_by_mail(form.get("username", ""))
            if profile is None or profile.user_id is None or form.get("password") != profile.password:
                problem = "That e-mail and password don't belong together. Please try again."
                return self._form(request, scope, None, query, form.get("username", ""), problem), None
            cookie, browser = self.tokens.sign_in_browser(profile.user_id)
        profile = self.store.user(browser.user_id)
        browser.grants.add((request.client.client_id, str(scope)))
        response = self._grant(request, scope, profile)
        if cookie is not None:
            response.set_cookie(COOKIE, cookie, path="/oauth", httponly=True, samesite="lax")
        return response, profile

    def _form(
        self,
        request: _Request,
        scope: Scope,
        browser: BrowserSession | None,
        query: str,
        username: str = "",
        problem: str | None = None,
    ) -> Response:
        return consent_page(
            client_name=request.client.name,
            scope=str(scope),
            action=f"{PATH}?{query}",
            redirect_uri=request.redirect_uri,
            signed_in_as=None if browser is None else self.store.user(browser.user_id).name,
            other_user_url=f"{PATH}?{query}&{PROMPT}=login",
            username=username,
            problem=problem,
            opener_policy=self.settings.cross_origin_opener_policy,
        )

    def _grant(self, request: _Request, scope: Scope, profile: Profile) -> Response:
        author = Author(type="user", id=profile.user_id or 0)
        if request.response_type == "code":
            code = self.tokens.new_code(
                client_id=request.client.client_id,
                redirect_uri=request.redirect_uri,
                user_id=author.id,
                scope=scope,
                code_challenge=request.code_challenge,
            )
            return self._redirect(with_query(request.redirect_uri, {"code": code} | self._state(request)))
        token = self.tokens.issue(client_id=request.client.client_id, author=author, scope=scope)
        answer = {
            "access_token": token.access_token,
            "token_type": "bearer",
            "expires_in": str(self.tokens.lifetime),
            "refresh_token": token.refresh_token,
            "scope": str(scope),
        } | self._state(request)
        return self._redirect(f"{request.redirect_uri}#{urlencode(answer)}")

    def _error(self, request: _Request, error: str, description: str, **first: str) -> Response:
        answer = first | {"error": error, "error_description": description} | self._state(request)
        if request.response_type == "token" and self.settings.token_errors_in_fragment:
            return self._redirect(f"{request.redirect_uri}#{urlencode(answer)}")
        return self._redirect(with_query(request.redirect_uri, answer))

    def _state(self, request: _Request) -> dict[str, str]:
        if request.state is None or (request.response_type == "token" and not self.settings.echo_state):
            return {}
        return {"state": request.state}

    def _redirect(self, location: str) -> Response:
        response = RedirectResponse(location, status_code=302)
        # Starlette quotes what it takes for unsafe; the address is complete already and must stay as it is.
        response.headers["Location"] = location
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        if self.settings.cross_origin_opener_policy is not None:
            response.headers["Cross-Origin-Opener-Policy"] = self.settings.cross_origin_opener_policy
        return response
