"""The authorization request and the redirect's answer, checked strictly.

The rules (RFC 6749, RFC 7636, RFC 9700; and what Podio does, as far as it is known):

1. Each request has one unguessable nonce. It travels as ``state``; in Podio's token flow it travels in the
   redirect URI's query as well, because nobody has shown that Podio echoes ``state`` there.
2. An echoed ``state`` must be the request's; where none is echoed, the redirect URI's nonce must be; neither: refused.
3. A request is good for one answer, for fifteen minutes, for the client, authorize URL and redirect URI it was made
   with, and for its display (the page itself, or a popup).
4. An answer is decoded once and by hand: `urllib.parse.parse_qsl` lets malformed percent-encoding pass and drops empty
   values.
5. Whatever is refused leaves no token behind.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import quote, unquote_plus, unquote_to_bytes, urlencode, urlsplit, urlunsplit

from podio.errors import AuthorizationError, ConfigurationError, InvalidRedirectAnswer
from podio.json_text import parse_json

REQUEST_LIFETIME = 15 * 60
"""Seconds for which a request may be answered."""

REDIRECT_NONCE = "podio_nonce"
"""The redirect URI's query parameter that carries the nonce in Podio's token flow."""

MAX_PARAMETERS = 50
MAX_LENGTH = 16 * 1024

ResponseType = Literal["token", "code"]
Display = Literal["page", "popup"]
_FORMER_KINDS: Mapping[str, Display] = {"redirect": "page", "window": "popup"}

_ANSWER_NAMES = frozenset(
    {
        "access_token",
        "code",
        "error",
        "error_description",
        "error_reason",
        "error_uri",
        "expires_in",
        "iss",
        "refresh_token",
        "scope",
        "session_state",
        "state",
        "token_type",
        "ref",
        "transfer_token",
    }
)
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_NONCE = re.compile(r"[A-Za-z0-9_-]{16,128}")


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorizationRequest:
    """A pending authorization request: where to send the user, and what the answer is checked against.

    It is serialisable (`to_json`, `from_json`): a page keeps it in its `sessionStorage`, a server with the visitor.

    Attributes:
        state: The request's nonce.
        code_verifier: PKCE's secret (RFC 7636), for the ``code`` response type; else None.
        client_id: The client that requests authorization.
        authorize_url: The provider's authorization endpoint.
        redirect_uri: Where the answer goes, without the nonce.
        response_type: ``token`` or ``code``.
        scope: Podio's scopes, space-separated, or None for all.
        created_at: When it was made, in seconds since 1970.
        display: ``page`` when the page itself goes to the provider, ``popup`` for a window beside it.
        redirect_nonce: Whether the nonce travels in the redirect URI's query, too.
        app_state: JSON of the app's own that comes back with the answer; it never leaves this store.
    """

    state: str = field(repr=False)
    code_verifier: str | None = field(default=None, repr=False)
    client_id: str
    authorize_url: str
    redirect_uri: str
    response_type: ResponseType
    scope: str | None = None
    created_at: float
    display: Display = "page"
    redirect_nonce: bool = False
    app_state: Any = field(default=None, repr=False)

    @property
    def sent_redirect_uri(self) -> str:
        """The redirect URI as the provider gets it, with the nonce where the provider needs that."""
        return with_query(self.redirect_uri, {REDIRECT_NONCE: self.state}) if self.redirect_nonce else self.redirect_uri

    @property
    def url(self) -> str:
        """The address to send the user to (RFC 6749, sections 4.1.1 and 4.2.1)."""
        parameters = {
            "client_id": self.client_id,
            "redirect_uri": self.sent_redirect_uri,
            "response_type": self.response_type,
            "state": self.state,
        }
        if self.scope:
            parameters["scope"] = self.scope
        if self.code_verifier:
            parameters["code_challenge"] = code_challenge(self.code_verifier)
            parameters["code_challenge_method"] = "S256"
        return with_query(self.authorize_url, parameters)

    def is_stale(self, now: float) -> bool:
        """Return whether it is too old (or, by a clock set back, too new) to be answered at the time `now`."""
        return not -60 <= now - self.created_at <= REQUEST_LIFETIME

    def to_json(self) -> str:
        """Return it as JSON text."""
        return json.dumps({name: getattr(self, name) for name in self.__slots__})

    @classmethod
    def from_json(cls, text: str) -> AuthorizationRequest:
        """Return the request that `text` holds.

        Raises:
            ValueError: when the text does not hold one; stored text may be damaged or planted.
        """
        stored = parse_json(text)
        if isinstance(stored, dict) and "kind" in stored:  # as earlier versions stored it
            stored["display"] = _FORMER_KINDS.get(str(stored.pop("kind")))
        if not isinstance(stored, dict) or set(stored) != set(cls.__slots__):
            raise ValueError("not an authorization request")
        texts = ("state", "client_id", "authorize_url", "redirect_uri")
        optional = ("code_verifier", "scope")
        if not (
            all(isinstance(stored[name], str) for name in texts)
            and all(stored[name] is None or isinstance(stored[name], str) for name in optional)
            and _NONCE.fullmatch(stored["state"])
            and stored["response_type"] in ("token", "code")
            and stored["display"] in ("page", "popup")
            and isinstance(stored["redirect_nonce"], bool)
            and isinstance(stored["created_at"], (int, float))
            and not isinstance(stored["created_at"], bool)
        ):
            raise ValueError("not an authorization request")
        return cls(**stored)


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectAnswer:
    """What the provider's redirect brought, raw, as taken out of the address; nothing of it is in `repr`.

    Attributes:
        query: The query without ``?``.
        fragment: The fragment without ``#``.
        url: The address that was redirected to, without query and fragment, or None where the caller doesn't know it.
        request: The request that the answer came back for where the caller knows it (a sign-in window does).
    """

    query: str = field(default="", repr=False)
    fragment: str = field(default="", repr=False)
    url: str | None = None
    request: AuthorizationRequest | None = None

    @classmethod
    def from_url(cls, url: str) -> RedirectAnswer:
        """Take the answer out of a whole address."""
        parts = urlsplit(url)
        return cls(query=parts.query, fragment=parts.fragment, url=urlunsplit(parts._replace(query="", fragment="")))


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedAnswer:
    """An answer that passed every check: the parameters, and the request that it belongs to."""

    parameters: dict[str, str] = field(repr=False)
    request: AuthorizationRequest


def new_nonce() -> str:
    """Return a nonce of 192 random bits from the system's source; never from `random`, which a snapshot repeats."""
    return secrets.token_urlsafe(24)


def new_code_verifier() -> str:
    """Return PKCE's secret: 43 characters of 256 random bits (RFC 7636, section 4.1)."""
    return secrets.token_urlsafe(32)


def code_challenge(code_verifier: str) -> str:
    """Return the S256 challenge of a code verifier (RFC 7636, section 4.2)."""
    digest = hashlib.sha256(code_verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def with_query(url: str, parameters: dict[str, str]) -> str:
    """Return `url` with parameters added to its query; a parameter that it has by that name is replaced.

    Raises:
        ConfigurationError: when `url` is no absolute http(s) address or has a fragment (RFC 6749, section 3.1.2).
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.fragment:
        raise ConfigurationError(f"An absolute http(s) address without a fragment is needed here, not {url!r}.")
    # What stands there stays as it is, letter by letter: another spelling may mean another thing to its reader.
    pairs = [pair for pair in parts.query.split("&") if pair and unquote_plus(pair.partition("=")[0]) not in parameters]
    return urlunsplit(parts._replace(query="&".join([*pairs, urlencode(parameters, quote_via=quote)])))


def parse_parameters(text: str) -> dict[str, str]:
    """Return the parameters of a query or fragment, decoded once.

    A leading ``#``, ``#/``, ``/`` or ``?`` is dropped; unknown parameters may repeat (the first counts).

    Raises:
        InvalidRedirectAnswer: for text over 16 KB, more than 50 parameters, malformed percent-encoding, text that is
            not UTF-8, a parameter of OAuth's that comes twice (RFC 6749, section 3.1).
    """
    if len(text) > MAX_LENGTH:
        raise InvalidRedirectAnswer("The sign-in answer is longer than 16 KB. Sign in again.")
    text = text.removeprefix("#").removeprefix("/").removeprefix("?")
    pairs = [pair for pair in text.split("&") if pair]
    if len(pairs) > MAX_PARAMETERS:
        raise InvalidRedirectAnswer("The sign-in answer has more than 50 parameters. Sign in again.")
    parameters: dict[str, str] = {}
    for pair in pairs:
        raw_name, _, raw_value = pair.partition("=")
        name, value = _decode(raw_name), _decode(raw_value)
        if name in parameters and (name in _ANSWER_NAMES or name == REDIRECT_NONCE):
            raise InvalidRedirectAnswer("The sign-in answer has a parameter twice. Sign in again.")
        parameters.setdefault(name, value)
    return parameters


def read_answer(
    answer: RedirectAnswer,
    *,
    take_request: Callable[[str], AuthorizationRequest | None],
    client_id: str,
    authorize_url: str,
    display: Display,
    now: float,
) -> AcceptedAnswer:
    """Check a redirect's answer against the request it claims to belong to, by the rules at the top of this module.

    Args:
        answer: The answer.
        take_request: Finds a pending request by its nonce and removes it, so that no answer is accepted twice.
        client_id: The client that reads the answer.
        authorize_url: The endpoint that it was sent to.
        display: Where the request that may be answered here was displayed.
        now: Seconds since 1970.

    Raises:
        InvalidRedirectAnswer: when the answer is refused.
        AuthorizationError: when it is an error answer of the request.
    """
    request: AuthorizationRequest | None = None
    try:
        query = parse_parameters(answer.query)
        redirect_nonce = query.pop(REDIRECT_NONCE, None)
        # The request ends here, whatever the answer turns out to be: a second answer to it is never looked at.
        request = take_request(redirect_nonce) if redirect_nonce else None
        fragment = parse_parameters(answer.fragment)
        if any(name in query for name in fragment if name in _ANSWER_NAMES):
            raise InvalidRedirectAnswer("The sign-in answer has a parameter twice. Sign in again.")
        parameters = {**query, **fragment}
        echoed = parameters.get("state")
        if request is None and echoed and redirect_nonce is None:
            request = take_request(echoed)
        if request is None:
            raise InvalidRedirectAnswer(
                "This page received a sign-in answer that it is not waiting for: it was used before, is too old, or "
                "was not requested by this tab. Nothing was taken from it. Sign in with the button."
            )
        _check_request(request, answer, client_id=client_id, authorize_url=authorize_url, display=display, now=now)
        _check_nonces(request, echoed=echoed, redirect_nonce=redirect_nonce)
        if "error" in parameters:
            raise AuthorizationError(
                parameters["error"] or "unknown_error",
                parameters.get("error_description", ""),
                parameters.get("error_uri"),
            )
        name = "access_token" if request.response_type == "token" else "code"
        if not parameters.get(name):
            raise InvalidRedirectAnswer(f"The sign-in answer holds no {name.replace('_', ' ')}. Sign in again.")
    except AuthorizationError as error:
        if request is not None:
            error.app_state = request.app_state
        raise
    return AcceptedAnswer(parameters=parameters, request=request)


def _check_request(
    request: AuthorizationRequest,
    answer: RedirectAnswer,
    *,
    client_id: str,
    authorize_url: str,
    display: Display,
    now: float,
) -> None:
    if request.is_stale(now):
        raise InvalidRedirectAnswer("The sign-in took longer than 15 minutes. Sign in again.")
    if request.client_id != client_id or request.authorize_url != authorize_url or request.display != display:
        raise InvalidRedirectAnswer("The sign-in answer belongs to another sign-in. Sign in again.")
    if answer.url is not None and answer.url != urlunsplit(urlsplit(request.redirect_uri)._replace(query="")):
        raise InvalidRedirectAnswer("The sign-in answer came to another address than the requested one. Sign in again.")


def _check_nonces(request: AuthorizationRequest, *, echoed: str | None, redirect_nonce: str | None) -> None:
    """Refuse unless each nonce that came back was sent, and is the request's, compared in constant time.

    At least one came back: the request was found by it.
    """
    if redirect_nonce is not None and not request.redirect_nonce:
        raise InvalidRedirectAnswer("The sign-in answer carries a nonce that was not requested. Sign in again.")
    came_back = [nonce for nonce in (echoed, redirect_nonce) if nonce is not None]
    if not all(hmac.compare_digest(nonce.encode(), request.state.encode()) for nonce in came_back):
        raise InvalidRedirectAnswer("The sign-in answer's state is not the one that was sent. Sign in again.")


def _decode(text: str) -> str:
    if _BAD_PERCENT.search(text):
        raise InvalidRedirectAnswer("The sign-in answer is damaged (malformed percent-encoding). Sign in again.")
    try:
        return unquote_to_bytes(text.replace("+", " ")).decode("utf-8", errors="strict")
    except UnicodeDecodeError:
        raise InvalidRedirectAnswer("The sign-in answer is damaged (not UTF-8). Sign in again.") from None
