"""Sign-in by Podio's server flow for a Starlette app: a session per visitor, renewal, sign-out.

What podio-js's middleware did for Express, with what it left open:

1. A visitor who signed in is known by one cookie: a random id with our signature, HttpOnly, SameSite=Lax, and where the
   app is served by TLS Secure and ``__Host-``. The tokens stay on the server, in the store of that visitor.
2. The id is new at each sign-in, so that an id planted before is worth nothing after (session fixation).
3. A pending authorization request (``state`` and PKCE's secret) lies in a cookie of its own, protected likewise, for
   fifteen minutes: whoever has not started a sign-in can't finish one (login CSRF). It is good for one answer.
4. Nothing is kept on the server for visitors who only look, or whose sign-in came to nothing.
5. Sign-out is a POST of our own pages, and a WebSocket one of our own pages', too. Where to go after a sign-in is said
   by the app, never by the address.
6. A store that fails is reported (503), and never taken for a visitor who is not signed in.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import re
import secrets
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import httpx2
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from podio._clock import SYSTEM_CLOCK, Clock
from podio._cookies import CookieSigner, read_cookies
from podio._pending_requests import PendingRequests
from podio._site_addresses import SiteAddresses
from podio._visitors import VISITOR_LIFETIME, MemoryVisitors, VisitorStores
from podio.authorization import REQUEST_LIFETIME, RedirectAnswer, parse_parameters
from podio.client import DEFAULT_TIMEOUT, Podio
from podio.errors import (
    AuthorizationError,
    ConfigurationError,
    NotAuthenticated,
    PodioError,
    RenewalError,
    StorageError,
)
from podio.session import MemoryStore, SessionStore

LEAST_SECRET = 32
RETRY_AFTER = 10
"""Seconds after which a browser may try again when the sessions can't be had."""

OnRefused = Callable[[Request, AuthorizationError], Response]

log = logging.getLogger("podio.auth")

_COOKIE_NAME = re.compile(r"[A-Za-z0-9_.-]{1,64}")


class PodioMiddleware:
    """Gives every request its visitor's client as ``request.state.podio``, and answers sign-in, callback and sign-out.

    A route that needs a session just makes its calls: where there is none (or it can't be renewed) a page that is
    navigated to is answered by the way to Podio and back, anything else by 401. A route that works without one asks
    ``await request.state.podio.is_authenticated()``. Where the store fails the answer is 503.

    Args:
        app: The app.
        client_id: The API key's id.
        client_secret: Its secret; from the environment, never from the source.
        cookie_secret: What the cookies are signed with: at least 32 random characters, the same for all processes.
        redirect_url: The callback's address as Podio shall call it; its path is answered here.
        sign_in_path: Starts a sign-in (GET).
        sign_out_path: Ends the session (POST, from the app's own pages).
        home: The path to go to after signing in and out.
        store_for: Returns a visitor's store: `FileVisitors`, `MemoryVisitors` (if left out), or a function of your own;
            `visitor` is 64 hexadecimal digits made of the cookie, from which the cookie can't be had. It is called for
            visitors who signed in only. An object may have ``find``, ``forget`` and ``remove_expired`` besides, if its
            attribute `abilities` names them (`VisitorAbility`).
        on_refused: Answers a callback whose sign-in was refused; plain text if left out.
        cookie_name: The visitor's cookie.
        http_client: The HTTP client for all visitors; one of the middleware's own if left out.
        podio_options: Further options of `podio.Podio` (``scope``, ``api_url``, ``authorize_url``, ``token_url`` …).

    Raises:
        ConfigurationError: for a wrong option, which the message names.
    """

    def __init__(
        self,
        app: ASGIApp,
        /,  # or mypy takes `app` for one of `podio_options` as well, and refuses `Middleware(PodioMiddleware, …)`
        *,
        client_id: str,
        client_secret: str,
        cookie_secret: str,
        redirect_url: str,
        sign_in_path: str = "/sign-in",
        sign_out_path: str = "/sign-out",
        home: str = "/",
        store_for: Callable[[str], SessionStore] | None = None,
        on_refused: OnRefused | None = None,
        cookie_name: str = "podio_visitor",
        http_client: httpx2.AsyncClient | None = None,
        **podio_options: Any,
    ) -> None:
        if not isinstance(cookie_secret, str) or len(cookie_secret) < LEAST_SECRET:
            raise ConfigurationError(f"cookie_secret must have at least {LEAST_SECRET} random characters.")
        if not _COOKIE_NAME.fullmatch(cookie_name):
            raise ConfigurationError(f"cookie_name must be letters, digits, _, . and -, not {cookie_name!r}.")
        if podio_options.get("response_type") not in (None, "code"):
            raise ConfigurationError("response_type must be code: a token in the fragment does not reach a server.")
        self._app = app
        self._site = SiteAddresses(
            redirect_url=redirect_url, sign_in_path=sign_in_path, sign_out_path=sign_out_path, home=home
        )
        self._on_refused = on_refused if on_refused is not None else _plainly
        # A cookie with this prefix can't be set by a neighbouring host name, nor without TLS.
        self._cookie = f"__Host-{cookie_name}" if self._site.is_secure else cookie_name
        self._signer = CookieSigner(cookie_secret)
        self._own_client = httpx2.AsyncClient(timeout=DEFAULT_TIMEOUT) if http_client is None else None
        self._options: dict[str, Any] = {
            "auth_type": "server",
            "client_id": client_id,
            "client_secret": client_secret,
            "http_client": http_client or self._own_client,
            **podio_options,
        }
        clock: Clock = podio_options.get("clock", SYSTEM_CLOCK)
        self._visitors = VisitorStores(store_for if store_for is not None else MemoryVisitors(), clock=clock.now)
        podio = Podio(**self._options)  # a wrong option is to be known now, not at the first visit
        self._pending = PendingRequests(
            signer=self._signer,
            prefix=f"{self._cookie}_attempt_",
            client_id=podio.client_id,
            authorize_url=podio.authorize_url,
            redirect_uri=redirect_url,
            scope=podio.scope,
            clock=clock.now,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, or let the app answer it."""
        if scope["type"] == "lifespan":
            try:
                await self._app(scope, receive, send)
            finally:
                if self._own_client is not None:
                    await self._own_client.aclose()
            return
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        is_socket = scope["type"] == "websocket"
        # Every browser names the page's origin here, and sends the visitor's cookie for pages of neighbouring hosts.
        if is_socket and not self._is_from_own_page(Headers(scope=scope), default=True):
            await WebSocketClose(code=1008, reason="This origin may not connect.")(scope, receive, send)
            return
        visitor = self._visitor(scope)
        store = MemoryStore() if visitor is None else self._visitors.find(visitor)
        podio = Podio(**self._options, session_store=store)
        scope.setdefault("state", {})["podio"] = podio
        scope["podio.middleware"] = self
        if is_socket:
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        response = await self._own_answer(request, podio, visitor)
        if response is None:
            await self._let_app_answer(request, podio, send)
        else:
            await _respond(response, request, send)

    def sign_in(self, return_to: str | None = None, *, request: HTTPConnection | None = None) -> RedirectResponse:
        """Return the way to Podio's consent page, with a new authorization request in a cookie.

        Args:
            return_to: The path of this site to come back to; the home path if left out, if it is none of this site, or
                if it has more than some 400 characters.
            request: What the browser sent: says which requests are pending, so that old ones make room.
        """
        back = return_to if return_to is not None and self._site.may_return_to(return_to) else self._site.home
        pending = Podio(**self._options).authorization_request(self._site.redirect_url, app_state=back)
        cookie, surplus = self._pending.place({} if request is None else read_cookies(request.scope["headers"]))
        response = RedirectResponse(pending.url, status_code=303)
        self._set_cookie(response, cookie, self._pending.value(cookie, pending), REQUEST_LIFETIME)
        for name in surplus:
            self._delete_cookie(response, name)
        return response

    async def _own_answer(self, request: Request, podio: Podio, visitor: str | None) -> Response | None:
        path = request.scope["path"]
        if path == self._site.sign_in_path and request.method in ("GET", "HEAD"):
            return self._ambiguity(request) or self.sign_in(request=request)
        if path == self._site.callback_path and request.method == "GET":
            return await self._finish(request, podio, visitor)
        if path == self._site.sign_out_path:
            return await self._sign_out(request, podio, visitor)
        return None

    async def _finish(self, request: Request, earlier: Podio, visitor: str | None) -> Response:
        """Take the answer of Podio's redirect: a new visitor's id for a good one, else leave all as it is."""
        answer, cookie = self._answer(request)
        newcomer = _key(cookie_text := secrets.token_urlsafe(32))
        store = self._visitors.new(newcomer)
        podio = Podio(**self._options, session_store=store, redirect_answer=answer)
        signed_in = False
        with contextlib.suppress(StorageError):
            signed_in = await podio.is_authenticated()
        error = podio.get_auth_error()
        failure = store.failure
        if failure is None and error is None and signed_in:
            failure = await self._failure_to_find(newcomer)
        if failure is not None:
            await _revoke(podio)
            response = self._unavailable(failure)
        elif error is not None or not signed_in:
            response = self._on_refused(request, error or AuthorizationError("invalid_answer", "There is no answer."))
        else:
            await self._end_earlier(earlier, visitor)
            await self._visitors.remove_expired()
            back = podio.app_state
            is_own = isinstance(back, str) and self._site.may_return_to(back)
            response = RedirectResponse(back if is_own else self._site.home, status_code=303)
            self._set_cookie(response, self._cookie, self._signer.sign(self._cookie, cookie_text), VISITOR_LIFETIME)
        if cookie is not None:
            self._delete_cookie(response, cookie)
        return response

    def _answer(self, request: Request) -> tuple[RedirectAnswer, str | None]:
        """Return the redirect's answer with the request that this browser made for it, and that request's cookie."""
        # A query is sent even where it is empty, so that an answer without one is refused rather than overlooked.
        query = _query_of(request) or "error=invalid_request"
        try:
            state = parse_parameters(query).get("state", "")
        except AuthorizationError:
            state = ""
        pending = self._pending.take(read_cookies(request.scope["headers"]), state)
        if pending is None:
            return RedirectAnswer(query=query), None
        return RedirectAnswer(query=query, url=self._site.redirect_url, request=pending.request), pending.cookie

    async def _failure_to_find(self, visitor: str) -> Exception | None:
        """Return why the session that was just kept can't be had from the store, or None.

        A store that loses what it is given would lead the visitor to Podio again and again.
        """
        try:
            podio = Podio(**self._options, session_store=self._visitors.find(visitor))
            is_kept = await podio.is_authenticated()
        except Exception as error:
            return error
        return podio.storage_error or (None if is_kept else StorageError("The store lost a session at once."))

    async def _end_earlier(self, podio: Podio, visitor: str | None) -> None:
        """End the session that this browser had before; the new one does not depend on it."""
        try:
            if await podio.is_authenticated():
                await podio.sign_out()
                await self._visitors.forget(visitor)
        except Exception as error:
            log.warning("failed (server): ending the earlier session: %s", type(error).__name__)

    async def _sign_out(self, request: Request, podio: Podio, visitor: str | None) -> Response:
        if request.method != "POST":
            return PlainTextResponse("Sign out by the button.", status_code=405, headers={"Allow": "POST"})
        if not self._is_from_own_page(request.headers, default=request.headers.get("sec-fetch-site") == "same-origin"):
            return PlainTextResponse("Sign out on this site's own page.", status_code=403)
        response: Response = RedirectResponse(self._site.home, status_code=303)
        try:
            if await podio.is_authenticated():
                await podio.sign_out()
                await self._visitors.forget(visitor)
            if podio.storage_error is not None:
                raise podio.storage_error
        except Exception as error:
            response = self._unavailable(
                error, "You are signed out in this browser, but the session on this site's server could not be ended."
            )
        self._delete_cookie(response, self._cookie)
        return response

    async def _let_app_answer(self, request: Request, podio: Podio, send: Send) -> None:
        """Let the app answer; where it finds no session that serves, lead the visitor to sign in."""
        has_started = False

        async def note(message: Message) -> None:
            nonlocal has_started
            if message["type"] == "http.response.start":
                has_started = True
                # What a signed-in visitor sees is nobody else's, nor the next user's at the same browser.
                headers = MutableHeaders(scope=message)
                headers.add_vary_header("Cookie")
                if podio.session is not None:
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        try:
            await self._app(request.scope, request.receive, note)
        except (NotAuthenticated, RenewalError, StorageError) as error:
            if has_started:
                raise
            failure = error if isinstance(error, StorageError) else podio.storage_error
            if failure is not None:
                response: Response = self._unavailable(failure)
            # A picture or a script's call can't be led to Podio's page: it would get that page in place of its answer.
            elif request.method == "GET" and request.headers.get("sec-fetch-mode", "navigate") == "navigate":
                response = self._ambiguity(request) or self.sign_in(_path_of(request), request=request)
            else:
                response = PlainTextResponse(str(error), status_code=401)
            await _respond(response, request, send)

    def _visitor(self, scope: Scope) -> str | None:
        text = self._signer.read(self._cookie, read_cookies(scope["headers"]).get(self._cookie, []))
        return None if text is None else _key(text)

    def _ambiguity(self, request: Request) -> Response | None:
        """Refuse a browser that has two cookies of the visitor's name: no sign-in would change that."""
        if len(read_cookies(request.scope["headers"]).get(self._cookie, [])) < 2:
            return None
        return PlainTextResponse(
            f"Your browser has two cookies named {self._cookie} for this site. Delete its cookies, then sign in.",
            status_code=400,
        )

    def _unavailable(
        self, error: Exception, what: str = "This site can't reach its sessions at the moment."
    ) -> Response:
        """Say that the store failed. Why is for the site's owner: its message may name a path."""
        if isinstance(error, PodioError) and not isinstance(error, StorageError):
            raise error
        log.error("failed (server): session store: %s: %s", type(error).__name__, error)
        headers = {"Retry-After": str(RETRY_AFTER)}
        return PlainTextResponse(f"{what} Try again in a minute.", status_code=503, headers=headers)

    def _is_from_own_page(self, headers: Headers, *, default: bool) -> bool:
        """Return whether a page of this site sent a request; `default` where the browser does not name the origin."""
        origins = headers.getlist("origin")
        return origins == [self._site.origin] if origins else default

    def _set_cookie(self, response: Response, name: str, value: str, age: int) -> None:
        response.set_cookie(
            name, value, max_age=age, path="/", secure=self._site.is_secure, httponly=True, samesite="lax"
        )

    def _delete_cookie(self, response: Response, name: str) -> None:
        # With the same attributes: a browser refuses a cookie with the prefix that is not Secure, deletion or not.
        response.delete_cookie(name, path="/", secure=self._site.is_secure, httponly=True, samesite="lax")


def sign_in(request: Request, return_to: str | None = None) -> RedirectResponse:
    """Return the way to Podio's consent page and back to `return_to`, a path of this site; for use in a route."""
    middleware: PodioMiddleware = request.scope["podio.middleware"]
    return middleware.sign_in(return_to, request=request)


async def _respond(response: Response, request: Request, send: Send) -> None:
    """Send an answer of ours: kept nowhere, and without the callback's address, which holds Podio's code."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    await response(request.scope, request.receive, send)


async def _revoke(podio: Podio) -> None:
    """End a sign-in whose session can't be kept."""
    try:
        await podio.sign_out()
    except PodioError as error:
        log.warning("failed (server): revocation: %s", type(error).__name__)


def _path_of(request: Request) -> str:
    """Return the path and query that a browser requested, as it sent them."""
    raw_path: bytes = request.scope.get("raw_path") or quote(request.scope["path"]).encode()
    path, query = raw_path.decode("latin-1"), _query_of(request)
    return f"{path}?{query}" if query else path


def _query_of(request: Request) -> str:
    query: bytes = request.scope["query_string"]
    return query.decode("latin-1")


def _key(visitor: str) -> str:
    return hashlib.sha256(visitor.encode()).hexdigest()


def _plainly(request: Request, error: AuthorizationError) -> Response:
    """Say why the sign-in was refused, as plain text: the description comes from outside."""
    del request
    return PlainTextResponse(str(error), status_code=403 if error.error == "access_denied" else 400)
