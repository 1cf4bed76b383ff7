"""A visitor's pending authorization requests: in the browser's cookies until their answer comes, each good for one.

1. A request takes one of a few cookies (slots), whose number bounds what a browser can be made to send. Of the slots
   only some are in use: one more request takes the place of the oldest. The rest let tabs that start at once (and so
   know nothing of each other's request) choose different ones.
2. A cookie alone can be sent twice. So the process remembers, for as long as a request may be answered, which were. It
   is a memory of bounded size, and each process has its own: beyond it, Podio's codes are good for one use.
"""

from __future__ import annotations

import json
import secrets
from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from podio._cookies import Cookies, CookieSigner
from podio.authorization import REQUEST_LIFETIME, AuthorizationRequest

SLOTS = 24
MOST_PENDING = 8
MOST_REMEMBERED = 100_000


class PendingRequest(NamedTuple):
    """A request and the cookie that holds it."""

    cookie: str
    request: AuthorizationRequest


class PendingRequests:
    """Keeps the authorization requests of a server's visitors in their cookies.

    Args:
        signer: Signs the cookies.
        prefix: How the cookies' names begin.
        client_id: The client of all requests. What they have in common needs no place in a cookie.
        authorize_url: The endpoint of all requests.
        redirect_uri: Where all answers go.
        scope: The scope of all requests.
        clock: Seconds since 1970.
    """

    def __init__(
        self,
        *,
        signer: CookieSigner,
        prefix: str,
        client_id: str,
        authorize_url: str,
        redirect_uri: str,
        scope: str | None,
        clock: Callable[[], float],
    ) -> None:
        self._signer = signer
        self._names = [f"{prefix}{number}" for number in range(SLOTS)]
        self._common: dict[str, Any] = {
            "client_id": client_id,
            "authorize_url": authorize_url,
            "redirect_uri": redirect_uri,
            "response_type": "code",
            "scope": scope,
        }
        self._clock = clock
        self._answered: OrderedDict[str, float] = OrderedDict()
        # Signed along with each cookie, so that a request is answered only where it was made for.
        self._purpose = f" {json.dumps(self._common)}"

    def place(self, cookies: Cookies) -> tuple[str, list[str]]:
        """Return the name of the cookie for a new request, and the names of those to delete.

        Args:
            cookies: What the browser sent.
        """
        pending = sorted(self._pending(cookies), key=lambda entry: entry.request.created_at)
        surplus = [entry.cookie for entry in pending[: max(0, len(pending) + 1 - MOST_PENDING)]]
        names = {entry.cookie for entry in pending}
        useless = [name for name in self._names if name in cookies and name not in names]
        name = secrets.choice([name for name in self._names if name not in names] or surplus)
        return name, [other for other in (*surplus, *useless) if other != name]

    def value(self, cookie: str, request: AuthorizationRequest) -> str:
        """Return the value of the cookie that holds a request."""
        own = [request.state, request.code_verifier, request.created_at, request.app_state]
        return self._signer.sign(cookie + self._purpose, json.dumps(own, ensure_ascii=False, separators=(",", ":")))

    def take(self, cookies: Cookies, state: str) -> PendingRequest | None:
        """Return the request of that state, once: the next one who asks for it gets None."""
        entry = next((entry for entry in self._pending(cookies) if entry.request.state == state), None)
        return entry if entry is not None and self._is_first_answer(state) else None

    def _pending(self, cookies: Cookies) -> Iterator[PendingRequest]:
        for name in self._names:
            text = self._signer.read(name + self._purpose, cookies.get(name, []))
            if text is not None:
                state, code_verifier, created_at, app_state = json.loads(text)
                request = AuthorizationRequest(
                    **self._common,
                    state=state,
                    code_verifier=code_verifier,
                    created_at=created_at,
                    app_state=app_state,
                )
                if not request.is_stale(self._clock()):
                    yield PendingRequest(name, request)

    def _is_first_answer(self, state: str) -> bool:
        now = self._clock()
        while self._answered:
            oldest, answered_at = next(iter(self._answered.items()))
            if abs(now - answered_at) <= 2 * REQUEST_LIFETIME and len(self._answered) < MOST_REMEMBERED:
                break
            del self._answered[oldest]
        if state in self._answered:
            return False
        self._answered[state] = now
        return True
