"""Sign-in by Podio's server flow for a Starlette app: a session per visitor, renewal, sign-out.

What podio-js's middleware did for Express, with what it left open:

1. A visitor who signed in is known by one cookie: a random id with our signature, HttpOnly, SameSite=Lax, Secure where
   the app is served by TLS. The tokens stay on the server, in the store of that visitor.
2. The id is new at each sign-in, so that an id planted before is worth nothing after (session fixation).
3. The attempt (``state`` and PKCE's secret) lies in a cookie of its own, signed, for fifteen minutes, readable by the
   callback's address alone: whoever has not started a sign-in can't finish one (login CSRF), and nothing is kept on the
   server for visitors who only look.
4. Sign-out is a POST of our own pages. Where to go after a sign-in is said by the app, never by the address.

The only module of the library that imports Starlette.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from collections import OrderedDict
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import httpx2
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from podio.authorization import ATTEMPT_LIFETIME, AuthorizationRequest, RedirectAnswer, parse_parameters
from podio.client import DEFAULT_TIMEOUT, Podio
from podio.errors import AuthorizationError, ConfigurationError, NotAuthenticated, RenewalError
from podio.session import MemoryStore, SessionStore

COOKIE_AGE = 28 * 24 * 3600
"""Seconds: as long as Podio's refresh tokens live."""

LEAST_SECRET = 32
MOST_VISITORS = 10_000

OnRefused = Callable[[Request, AuthorizationError], Response]


class MemoryVisitors:
    """Gives each visitor a store in memory: lost at a restart, and not shared between processes.

    Args:
        limit: How many visitors are remembered; the one that was seen longest ago is forgotten first.
    """

    def __init__(self, limit: int = MOST_VISITORS) -> None:
        self._limit = limit
        self._stores: OrderedDict[str, MemoryStore] = OrderedDict()

    def __call__(self, visitor: str) -> MemoryStore:
        """Return the visitor's store."""
        store = self._stores.pop(visitor, None) or MemoryStore()
        self._stores[visitor] = store
        while len(self._stores) > self._limit:
            self._stores.popitem(last=False)
        return store


class PodioMiddleware:
    """Gives every request its visitor's client as ``request.state.podio``, and answers sign-in, callback and sign-out.

    A route that needs a session just makes its calls: where there is none (or it can't be renewed) a GET is answered by
    the way to Podio and back, anything else by 401. A route that works without one asks
    ``await request.state.podio.is_authenticated()``.

    Args:
        app: The app.
        client_id: The API key's id.
        client_secret: Its secret; from the environment, never from the source.
        cookie_secret: What the cookies are signed with: at least 32 random characters, the same for all processes.
        redirect_url: The callback's address as Podio shall call it; its path is answered here.
        sign_in_path: Starts a sign-in (GET).
        sign_out_path: Ends the session (POST, from the app's own pages).
        home: The path to go to after signing in and out.
        store_for: Returns a visitor's store, for example ``lambda visitor: FileStore(directory / f"{visitor}.json")``;
            `visitor` is 64 hexadecimal digits made of the cookie, from which the cookie can't be had. In memory if left
            out.
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
        parts = urlsplit(redirect_url)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
            raise ConfigurationError(f"redirect_url must be an absolute address without a query, not {redirect_url!r}.")
        for name, path in (("sign_in_path", sign_in_path), ("sign_out_path", sign_out_path), ("home", home)):
            if not is_own_path(path):
                raise ConfigurationError(f"{name} must be a path of this site, such as /sign-in, not {path!r}.")
        self._app = app
        self._secret = cookie_secret.encode()
        self._redirect_url = redirect_url
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self._callback_path = parts.path or "/"
        self._sign_in_path = sign_in_path
        self._sign_out_path = sign_out_path
        self._home = home
        self._store_for = store_for if store_for is not None else MemoryVisitors()
        self._on_refused = on_refused if on_refused is not None else _plainly
        self._is_secure = parts.scheme == "https"
        # A cookie with this prefix can't be set by a neighbouring host name, nor without TLS.
        self._cookie = f"__Host-{cookie_name}" if self._is_secure else cookie_name
        self._attempt_cookie = f"{cookie_name}_attempt_"
        self._own_client = httpx2.AsyncClient(timeout=DEFAULT_TIMEOUT) if http_client is None else None
        self._options: dict[str, Any] = {
            "auth_type": "server",
            "client_id": client_id,
            "client_secret": client_secret,
            "http_client": http_client or self._own_client,
            **podio_options,
        }
        Podio(**self._options)  # a wrong option is to be known now, not at the first visit

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
        visitor = self._visitor(scope)
        store = MemoryStore() if visitor is None else self._store_for(_key(visitor))
        podio = Podio(**self._options, session_store=store)
        scope.setdefault("state", {})["podio"] = podio
        scope["podio.middleware"] = self
        if scope["type"] == "websocket":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        response = await self._own_answer(request, podio)
        if response is None:
            await self._let_app_answer(request, send)
        else:
            response.headers["Cache-Control"] = "no-store"
            response.headers["Referrer-Policy"] = "no-referrer"
            await response(scope, receive, send)

    def sign_in(self, return_to: str | None = None) -> RedirectResponse:
        """Return the way to Podio's consent page, with a new attempt in a cookie.

        Args:
            return_to: The path of this site to come back to; the home path if left out or if it is none of this site.
        """
        back = return_to if return_to is not None and is_own_path(return_to) else self._home
        attempt = Podio(**self._options).authorization_request(self._redirect_url, app_state=back)
        response = RedirectResponse(attempt.url, status_code=303)
        self._set_cookie(
            response, self._attempt_name(attempt.state), attempt.to_json(), ATTEMPT_LIFETIME, self._callback_path
        )
        return response

    async def _own_answer(self, request: Request, podio: Podio) -> Response | None:
        path = request.url.path
        if path == self._sign_in_path and request.method in ("GET", "HEAD"):
            return self.sign_in()
        if path == self._callback_path and request.method == "GET":
            return await self._finish(request, podio)
        if path == self._sign_out_path:
            return await self._sign_out(request, podio)
        return None

    async def _finish(self, request: Request, earlier: Podio) -> Response:
        """Take the answer of Podio's redirect: a new visitor's id for a good one, else leave all as it is."""
        answer, name = self._answer(request)
        visitor = secrets.token_urlsafe(32)
        podio = Podio(**self._options, session_store=self._store_for(_key(visitor)), redirect_answer=answer)
        signed_in = await podio.is_authenticated()
        error = podio.get_auth_error()
        if error is not None or not signed_in:
            response = self._on_refused(request, error or AuthorizationError("invalid_answer", "There is no answer."))
        else:
            if await earlier.is_authenticated():
                await earlier.sign_out()
            back = podio.app_state
            response = RedirectResponse(
                back if isinstance(back, str) and is_own_path(back) else self._home, status_code=303
            )
            self._set_cookie(response, self._cookie, visitor, COOKIE_AGE, "/")
        if name is not None:
            response.delete_cookie(name, path=self._callback_path)
        return response

    def _answer(self, request: Request) -> tuple[RedirectAnswer, str | None]:
        """Return the redirect's answer with the attempt that this browser made for it, and that attempt's cookie."""
        # A query is sent even where it is empty, so that an answer without one is refused rather than overlooked.
        query = request.url.query or "error=invalid_request"
        try:
            state = parse_parameters(query).get("state", "")
        except AuthorizationError:
            state = ""
        name = self._attempt_name(state)
        text = self._signed(request.cookies.get(name, ""), name)
        if text is None:
            return RedirectAnswer(query=query, url=self._redirect_url), None
        try:
            attempt = AuthorizationRequest.from_json(text)
        except ValueError:
            return RedirectAnswer(query=query, url=self._redirect_url), name
        return RedirectAnswer(query=query, url=self._redirect_url, request=attempt), name

    async def _sign_out(self, request: Request, podio: Podio) -> Response:
        if request.method != "POST":
            return PlainTextResponse("Sign out by the button.", status_code=405, headers={"Allow": "POST"})
        origin = request.headers.get("origin")
        is_own = origin == self._origin if origin else request.headers.get("sec-fetch-site") == "same-origin"
        if not is_own:
            return PlainTextResponse("Sign out on this site's own page.", status_code=403)
        if await podio.is_authenticated():
            await podio.sign_out()
        response = RedirectResponse(self._home, status_code=303)
        response.delete_cookie(self._cookie, path="/", secure=self._is_secure, httponly=True, samesite="lax")
        return response

    async def _let_app_answer(self, request: Request, send: Send) -> None:
        """Let the app answer; where it finds no session that serves, lead the visitor to sign in."""
        has_started = False

        async def note(message: Message) -> None:
            nonlocal has_started
            if message["type"] == "http.response.start":
                has_started = True
                # What a signed-in visitor sees is nobody else's.
                MutableHeaders(scope=message).add_vary_header("Cookie")
            await send(message)

        try:
            await self._app(request.scope, request.receive, note)
        except (NotAuthenticated, RenewalError) as error:
            if has_started:
                raise
            response: Response = PlainTextResponse(str(error), status_code=401)
            if request.method == "GET":
                query = request.url.query
                response = self.sign_in(f"{request.url.path}?{query}" if query else request.url.path)
            response.headers["Cache-Control"] = "no-store"
            await response(request.scope, request.receive, send)

    # Cookies

    def _visitor(self, scope: Scope) -> str | None:
        return self._signed(HTTPConnection(scope).cookies.get(self._cookie, ""), self._cookie)

    def _attempt_name(self, state: str) -> str:
        """Return the cookie of one attempt: each has its own, so that two tabs can sign in at once."""
        return self._attempt_cookie + hashlib.sha256(state.encode()).hexdigest()[:16]

    def _set_cookie(self, response: Response, name: str, text: str, age: int, path: str) -> None:
        encoded = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
        response.set_cookie(
            name,
            f"{encoded}.{self._signature(name, encoded)}",
            max_age=age,
            path=path,
            secure=self._is_secure,
            httponly=True,
            samesite="lax",
        )

    def _signed(self, value: str, name: str) -> str | None:
        """Return a cookie's text if the signature is ours and was made for the cookie of that name."""
        encoded, _, signature = value.partition(".")
        if not encoded or not hmac.compare_digest(signature.encode(), self._signature(name, encoded).encode()):
            return None
        try:
            return base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode()
        except (binascii.Error, ValueError):
            return None

    def _signature(self, name: str, encoded: str) -> str:
        return hmac.new(self._secret, f"{name}={encoded}".encode(), hashlib.sha256).hexdigest()


def sign_in(request: Request, return_to: str | None = None) -> RedirectResponse:
    """Return the way to Podio's consent page and back to `return_to`, a path of this site; for use in a route."""
    middleware: PodioMiddleware = request.scope["podio.middleware"]
    return middleware.sign_in(return_to)


def is_own_path(path: str) -> bool:
    r"""Tell whether a browser takes `path` for one of this site: ``//evil`` and ``/\evil`` lead elsewhere."""
    return (
        path.startswith("/")
        and not path.startswith(("//", "/\\"))
        and all(" " < character != "\x7f" and character != "\\" for character in path)
    )


def _key(visitor: str) -> str:
    return hashlib.sha256(visitor.encode()).hexdigest()


def _plainly(request: Request, error: AuthorizationError) -> Response:
    """Say why the sign-in was refused, as plain text: the description comes from outside."""
    del request
    return PlainTextResponse(str(error), status_code=403 if error.error == "access_denied" else 400)
