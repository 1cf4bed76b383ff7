"""Tokens, codes and the browsers that are signed in, in memory.

Tokens live ``lifetime`` seconds, refresh tokens 28 days, codes 10 minutes (the most that RFC 6749, section 4.1.2,
allows). No ``repr`` shows a token.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field

from podio_emulator.model import Author
from podio_emulator.oauth.scopes import Scope

REFRESH_TOKEN_LIFETIME = 28 * 24 * 3600
CODE_LIFETIME = 600


@dataclass(kw_only=True, slots=True, eq=False)
class Token:
    """An access token with its refresh token, and what they stand for. ``*_at`` are seconds since the epoch.

    ``grant_id`` names the sign-in: a refreshed pair keeps it.
    """

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    client_id: str
    author: Author
    scope: Scope
    grant_id: int
    expires_at: float
    refresh_expires_at: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Code:
    """An authorization code's meaning (RFC 6749, section 4.1.2; RFC 7636)."""

    client_id: str
    redirect_uri: str
    user_id: int
    scope: Scope
    code_challenge: str | None = field(repr=False)
    expires_at: float


@dataclass(kw_only=True, slots=True)
class PendingSignIn:
    """A sign-in whose password was right and whose second factor is still needed."""

    client_id: str
    user_id: int
    scope: Scope
    expires_at: float
    tries_left: int = 5


@dataclass(kw_only=True, slots=True)
class BrowserSession:
    """What the authorize page's cookie stands for: who signed in, and which clients got which scope."""

    user_id: int
    grants: set[tuple[str, str]]


class TokenBook:
    """All that has been issued and is still kept."""

    def __init__(
        self,
        *,
        lifetime: int,
        clock: Callable[[], float],
        token_source: Callable[[], str],
        asks_second_factor: bool = False,
    ) -> None:
        self.lifetime = lifetime
        self.asks_second_factor = asks_second_factor
        self._asked_at_first = asks_second_factor
        self._pending: dict[str, PendingSignIn] = {}
        self._clock = clock
        self._token_source = token_source
        self._issued: set[str] = set()
        self._grant_ids = itertools.count(1)
        self._by_access: dict[str, Token] = {}
        self._by_refresh: dict[str, Token] = {}
        self._codes: dict[str, Code] = {}
        self._browsers: dict[str, BrowserSession] = {}

    def __repr__(self) -> str:
        return f"TokenBook({len(self._by_access)} tokens)"

    def clear(self) -> None:
        """Clear everything."""
        for table in (self._by_access, self._by_refresh, self._codes, self._browsers, self._issued, self._pending):
            table.clear()
        self.asks_second_factor = self._asked_at_first

    def _new(self) -> str:
        secret = self._token_source()
        self._issued.add(secret)
        return secret

    def issue(self, *, client_id: str, author: Author, scope: Scope, grant_id: int | None = None) -> Token:
        """Make a new pair of access and refresh token, for a new sign-in unless it goes on from an older pair."""
        now = self._clock()
        token = Token(
            access_token=self._new(),
            refresh_token=self._new(),
            client_id=client_id,
            author=author,
            scope=scope,
            grant_id=next(self._grant_ids) if grant_id is None else grant_id,
            expires_at=now + self.lifetime,
            refresh_expires_at=now + REFRESH_TOKEN_LIFETIME,
        )
        self._by_access[token.access_token] = token
        self._by_refresh[token.refresh_token] = token
        return token

    def valid(self, access_token: str) -> Token | None:
        """Return what an access token stands for; None where it is unknown, revoked or expired."""
        token = self._by_access.get(access_token)
        return token if token is not None and token.expires_at > self._clock() else None

    def expire_all(self, user_id: int | None = None) -> int:
        """Let access tokens expire now (of one user, or all) and return how many did; refresh tokens stay."""
        now = self._clock()
        live = [
            token for token in self._by_access.values() if token.expires_at > now and user_id in {None, token.author.id}
        ]
        for token in live:
            token.expires_at = now
        return len(live)

    def rotate(self, refresh_token: str, client_id: str) -> Token | None:
        """Exchange a refresh token, which is dead afterwards; None where it is of no use to this client."""
        old_token = self._by_refresh.get(refresh_token)
        if old_token is None or old_token.client_id != client_id or old_token.refresh_expires_at <= self._clock():
            return None
        del self._by_refresh[refresh_token]
        return self.issue(
            client_id=client_id, author=old_token.author, scope=old_token.scope, grant_id=old_token.grant_id
        )

    def revoke_grant(self, token: Token) -> None:
        """Take back one sign-in: its tokens, also those that were refreshed, and the consent that pages remember."""
        self._revoke(lambda other: other.grant_id == token.grant_id)
        for browser in self._browsers.values():
            if browser.user_id == token.author.id:
                browser.grants = {grant for grant in browser.grants if grant[0] != token.client_id}

    def revoke_all(self, token: Token) -> None:
        """Take back all tokens of the user or app; what was granted stays granted."""
        self._revoke(lambda other: other.author == token.author)

    def _revoke(self, is_meant: Callable[[Token], bool]) -> None:
        self._by_access = {key: token for key, token in self._by_access.items() if not is_meant(token)}
        self._by_refresh = {key: token for key, token in self._by_refresh.items() if not is_meant(token)}

    def new_code(
        self, *, client_id: str, redirect_uri: str, user_id: int, scope: Scope, code_challenge: str | None
    ) -> str:
        """Make an authorization code."""
        code = self._new()
        self._codes[code] = Code(
            client_id=client_id,
            redirect_uri=redirect_uri,
            user_id=user_id,
            scope=scope,
            code_challenge=code_challenge,
            expires_at=self._clock() + CODE_LIFETIME,
        )
        return code

    def take_code(self, code: str) -> Code | None:
        """Return a code's meaning and remove the code, whatever comes of the exchange; None if it is dead."""
        meaning = self._codes.pop(code, None)
        return meaning if meaning is not None and meaning.expires_at > self._clock() else None

    def new_pending(self, *, client_id: str, user_id: int, scope: Scope) -> str:
        """Note a sign-in that needs a second factor; return the nonce that it goes on with."""
        nonce = self._new()
        self._pending[nonce] = PendingSignIn(
            client_id=client_id, user_id=user_id, scope=scope, expires_at=self._clock() + CODE_LIFETIME
        )
        return nonce

    def pending(self, nonce: str) -> PendingSignIn | None:
        """Return the sign-in that a nonce stands for; None if it is dead."""
        pending_sign_in = self._pending.get(nonce)
        return (
            pending_sign_in
            if pending_sign_in is not None
            and pending_sign_in.expires_at > self._clock()
            and pending_sign_in.tries_left > 0
            else None
        )

    def failed(self, nonce: str) -> None:
        """Count a wrong second factor."""
        self._pending[nonce].tries_left -= 1

    def drop_pending(self, nonce: str) -> None:
        """End a sign-in that is complete: its nonce can't be used again."""
        self._pending.pop(nonce, None)

    def new_hook_code(self) -> str:
        """Make the code with which the owner of a hook proves that its address is theirs."""
        return self._new()

    def new_app_token(self) -> str:
        """Make the token with which a new app signs in."""
        return self._new()

    def key_token(self, client_id: str, author: Author, scope: Scope) -> Token:
        """Stand in for a token where the API key itself was sent with a call; nothing is kept."""
        return Token(
            access_token="",
            refresh_token="",
            client_id=client_id,
            author=author,
            scope=scope,
            grant_id=0,
            expires_at=self._clock(),
            refresh_expires_at=self._clock(),
        )

    def sign_in_browser(self, user_id: int) -> tuple[str, BrowserSession]:
        """Remember a user for one browser; return the cookie's value and the session."""
        browser = BrowserSession(user_id=user_id, grants=set())
        cookie = self._new()
        self._browsers[cookie] = browser
        return cookie, browser

    def browser(self, cookie: str | None) -> BrowserSession | None:
        """Return what a cookie stands for."""
        return self._browsers.get(cookie or "")

    def sign_out_browsers(self) -> None:
        """Clear who is signed in at the authorize page; tokens stay."""
        self._browsers.clear()

    def mentions_secret(self, text: str) -> bool:
        """Return whether a text holds a secret that was issued, dead or alive: such a text must not be logged."""
        return any(secret in text for secret in self._issued)
