"""The emulator as one object and one ASGI app: the way of a request from its arrival to its answer.

Clock, randomness and waiting come in as arguments. What a request meets, in this order: the
log, the ordered faults, the preflight, the consent page, the push service or the table of operations (token, limits,
rights), and at the end the headers for cross-origin access, on errors too.
"""

from __future__ import annotations

import base64
import hmac
import itertools
import logging
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Router
from starlette.types import Receive, Scope, Send

from podio_emulator import bayeux, cors
from podio_emulator.accepted_keys import check_keys
from podio_emulator.api import OPERATIONS
from podio_emulator.api.reminders import deliver
from podio_emulator.bayeux import Bayeux
from podio_emulator.calls import Access, Call, Operation
from podio_emulator.clock import Clock
from podio_emulator.control import Control
from podio_emulator.errors import Refusal, envelope, forbidden, no_operation, unauthorized, unexpected
from podio_emulator.faults import Faults
from podio_emulator.hook_events import HookWatch
from podio_emulator.ids import ADA_ID
from podio_emulator.limits import RateLimits
from podio_emulator.model import Author, Profile
from podio_emulator.oauth.authorize import COOKIE, PATH, SIGN_OUT_PATH, AuthorizeEndpoint
from podio_emulator.oauth.clients import CLIENTS
from podio_emulator.oauth.scopes import Permission
from podio_emulator.oauth.scopes import Scope as AuthScope
from podio_emulator.oauth.tokens import Token, TokenBook
from podio_emulator.push import ChannelSigner
from podio_emulator.queries import query_boolean
from podio_emulator.request_log import LoggedRequest, RequestLog
from podio_emulator.routing import OperationTable, path_of, query_of
from podio_emulator.settings import Settings
from podio_emulator.shapes import Shapes
from podio_emulator.times import Calendar

_LOG = logging.getLogger("podio_emulator")
_LARGEST_BODY = 10 * 1024 * 1024
#: How much longer than its file a form may be.
_AROUND_FILE = 64 * 1024
_CONTROL = "/_emulator/"
#: What comes over a dropped connection: more than the bytes that a client skips in search of a status line.
_NO_ANSWER = b"-- connection dropped --\n"


class ConnectionDropped(ConnectionResetError):
    """Raised out of the app where a fault orders a dropped connection and no server is there to close it.

    In process (httpx2's ``ASGITransport``, the page's sample data) it reaches the caller, as a lost connection would.
    """


class Emulator:
    """Podio in memory, as an ASGI app; `control` is what a test orders of it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._clock = Clock(settings.clock)
        # Requests may come in the loops of several threads: a served emulator is called in process as well.
        self._lock = threading.RLock()
        self._tokens = TokenBook(
            lifetime=settings.token_lifetime,
            clock=self._clock,
            token_source=settings.token_source,
            asks_second_factor=settings.second_factor,
        )
        self._limits = RateLimits(ordinary=settings.rate_limit, heavy=settings.heavy_rate_limit)
        self._faults = Faults()
        self._log = RequestLog(self._tokens.mentions_secret)
        self._store = settings.make_store(settings.seed)
        self._signer = ChannelSigner(key=settings.token_source(), lifetime=settings.push_lifetime)
        self._push = Bayeux(
            signer=self._signer,
            hold=settings.push_hold,
            clock=self._clock,
            new_client_id=settings.token_source,
        )
        self._hooks = settings.hooks
        self._request_numbers = itertools.count(1)
        self._operations = OperationTable(OPERATIONS)
        self._lifespan = Router()
        self.control = Control(
            reset=self._reset,
            store=lambda: self._store,
            clock=self._clock,
            tokens=self._tokens,
            faults=self._faults,
            log=self._log,
            lock=self._lock,
            hosts=settings.control_hosts,
        )

    def _reset(self) -> None:
        self._store = self._settings.make_store(self._settings.seed)
        self._tokens.clear()
        self._limits.clear()
        self._faults.clear()
        self._log.clear()
        self._push.clear()
        self._hooks.clear()
        self._clock.reset()

    def close(self) -> None:
        """Answer the requests that wait for events, so that a server can stop; may be called from another thread."""
        self._push.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI 3)."""
        if scope["type"] != "http":
            await self._lifespan(scope, receive, send)
            return
        request = Request(scope, receive)
        # Whoever goes away while sending needs no response.
        with suppress(ClientDisconnect):
            await self._serve(request, scope, receive, send)

    async def _serve(self, request: Request, scope: Scope, receive: Receive, send: Send) -> None:
        if path_of(request).startswith(_CONTROL):
            response = await self.control.answer(request)
            await response(scope, receive, send)
            return
        response_or_none = await self._respond(request, receive)
        if response_or_none is None:
            await _drop(receive, send)
        else:
            await response_or_none(scope, receive, send)

    async def _respond(self, request: Request, receive: Receive) -> Response | None:
        """Answer a request; None: the connection is to be dropped."""
        body, complete = await _read(request, self._settings.largest_file + _AROUND_FILE)
        with self._lock:
            logged = self._log.begin(
                method=request.method,
                path=path_of(request),
                query=query_of(request),
                headers=tuple(sorted({name.lower() for name in request.headers})),
            )
            fault = self._faults.hit(request.method, path_of(request))
        if fault is not None:
            await self._settings.sleep(fault.delay)
        if fault is None or fault.after or not fault.answers:
            response = await self._real(request, body if complete else None, logged, receive)
        if fault is not None and fault.drop:
            return None
        if fault is not None and fault.answers:
            response = fault.response(method=request.method, path=logged.path, query=logged.query)
        if path_of(request).rstrip("/") not in (PATH, SIGN_OUT_PATH) and request.method != "OPTIONS":
            response.headers.setdefault("X-Podio-Request-Id", self._request_id(request))
            cors.allow(response, request.headers.get("origin"), self._origin_allowed(request))
        if fault is not None:
            response.headers.update(fault.headers)
        logged.status = response.status_code
        return response

    def _origin_allowed(self, request: Request) -> Callable[[str], bool]:
        return self._settings.push_origin_allowed if _is_push(request) else self._settings.origin_allowed

    async def _real(self, request: Request, body: bytes | None, logged: LoggedRequest, receive: Receive) -> Response:
        """Answer a request; a body of None was too large to be kept."""
        try:
            if body is None:
                raise _too_large()
            if _is_push(request) and request.method == "POST":
                return await self._push.answer(_content_type(request), body, lambda: _until_disconnected(receive))
            with self._lock:
                return self._answered_at_once(request, body, logged)
        except ClientDisconnect:
            raise
        except Refusal as refusal:
            return _refusal_response(refusal, logged)
        except Exception as error:
            # Where and what kind, but not the exception's text: it may quote a request, and that may hold a token.
            place = "".join(traceback.format_tb(error.__traceback__))
            _LOG.error("The emulator failed at %s %s\n%s%s", logged.method, logged.path, place, type(error).__name__)
            return _refusal_response(unexpected(), logged)

    def _answered_at_once(self, request: Request, body: bytes, logged: LoggedRequest) -> Response:
        path = path_of(request).rstrip("/")
        if path == PATH and request.method in {"GET", "POST"}:
            return self._authorize(request, body, logged)
        if path == SIGN_OUT_PATH and request.method == "GET":
            return self._authorize_endpoint().sign_out()
        if request.method == "OPTIONS":
            if path == PATH:
                return Response(status_code=403)
            return cors.preflight(request.headers, self._origin_allowed(request))
        return self._operation(request, body, logged)

    def _authorize_endpoint(self) -> AuthorizeEndpoint:
        return AuthorizeEndpoint(settings=self._settings.authorize, store=self._store, tokens=self._tokens)

    def _authorize(self, request: Request, body: bytes, logged: LoggedRequest) -> Response:
        response, profile = self._authorize_endpoint().answer(
            method=request.method,
            query=query_of(request),
            form=body.decode("utf-8", "replace"),
            cookie=request.cookies.get(COOKIE),
        )
        logged.user = profile.mail if profile is not None else None
        return response

    def _operation(self, request: Request, body: bytes, logged: LoggedRequest) -> Response:
        operation, params = self._operations.find(request)
        if operation is None:
            raise no_operation(body_given=bool(body))
        if len(body) > _LARGEST_BODY and not operation.upload:
            raise _too_large()
        if request.headers.get("x-podio-dry-run"):
            raise Refusal(400, "invalid_value", "Invalid value: the Podio emulator does no dry runs")
        now = self._clock()
        token = self._token(request, operation)
        headers: dict[str, str] = {}
        if token is not None:
            logged.user = self._name(token)
            headers = self._limits.count(token.author, token.client_id, heavy=operation.heavy, now=now)
            headers["X-Podio-Auth-Ref"] = f"{token.author.type}_{token.author.id}"
        if operation.access is Access.USER:
            self._require_user(token)
        moment = datetime.fromtimestamp(int(now), UTC)
        call = Call(
            method=request.method,
            path=path_of(request),
            params=params,
            query=dict(request.query_params),
            content_type=_content_type(request),
            full_content_type=request.headers.get("content-type", ""),
            largest_file=self._settings.largest_file,
            body=body,
            store=self._store,
            tokens=self._tokens,
            shapes=Shapes(
                store=self._store,
                base_url=self._settings.base_url or str(request.base_url).rstrip("/"),
                now=moment,
                author=token.author if token is not None else None,
                signer=self._signer,
            ),
            now=moment,
            calendar=Calendar(now=moment, is_local=self._settings.local_days),
            token=token,
            publish=self._push.publish,
            hooks=self._hooks,
        )
        try:
            deliver(self._store, moment)
            check_keys(call, operation, refuse_unknown=self._settings.refuse_unknown_keys)
            answer = self._run(operation, call)
        except Refusal as refusal:
            refusal.headers = headers | refusal.headers
            raise
        response = answer if isinstance(answer, Response) else _json(answer)
        response.headers.update(headers)
        return response

    def _run(self, operation: Operation, call: Call) -> Response | dict[str, Any] | list[Any] | None:
        """Carry out an operation, and set off the hooks of what it changed unless ``hook=false``."""
        if call.method == "GET" or query_boolean(call.query, "hook") is False:
            return operation.run(call)
        watch = HookWatch(self._store)
        answer = operation.run(call)
        for event in watch.events():
            self._hooks.send(event.hook.hook_id, event.hook.url, event.form)
        return answer

    def _token(self, request: Request, operation: Operation) -> Token | None:
        if operation.access is Access.ANYONE:
            return None
        if request.headers.get("authorization", "").lower().startswith("basic "):
            return self._key(request.headers["authorization"])
        access_token = _access_token(request)
        if access_token is None:
            if operation.access is Access.OPTIONAL:
                return None
            raise unauthorized("invalid_request")
        token = self._tokens.valid(access_token)
        if token is None:
            raise unauthorized("expired_token")
        return token

    def _key(self, header: str) -> Token:
        """Let an API key call by its id and secret (HTTP Basic, RFC 7617), as podio-js's ``basicAuth`` does.

        Podio doesn't document what a key may do by itself; here it is what the client credentials grant allows.
        """
        try:
            client_id, _, secret = base64.b64decode(header[6:].strip(), validate=True).decode().partition(":")
        except ValueError:
            raise Refusal(400, "Invalid authorization header", "Invalid authorization header") from None
        client = CLIENTS.get(client_id)
        if client is None or client.secret is None or not hmac.compare_digest(client.secret.encode(), secret.encode()):
            raise Refusal(401, "unauthorized", "invalid_client")
        return self._tokens.key_token(client_id, Author(type="user", id=ADA_ID), AuthScope.parse(None))

    def _require_user(self, token: Token | None) -> None:
        if token is None or token.author.type != "user":
            raise forbidden("An app can not use this operation, only a user can")
        if not token.scope.allows(Permission.READ):
            raise forbidden("The scope of the token does not cover this operation")

    def _request_id(self, request: Request) -> str:
        request_id = request.headers.get("x-podio-request-id", "")
        if len(request_id) == 8 and request_id.isascii() and request_id.isalnum():
            return request_id
        return f"{next(self._request_numbers):08x}"

    def _name(self, token: Token) -> str:
        profile: Profile | None = None
        if token.author.type == "user":
            with suppress(Refusal):
                profile = self._store.user(token.author.id)
        return profile.mail if profile is not None else f"{token.author.type}:{token.author.id}"


def _is_push(request: Request) -> bool:
    return path_of(request).rstrip("/") == bayeux.PATH


def _content_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _too_large() -> Refusal:
    return Refusal(413, "too_large", "The body of the request is too large")


async def _read(request: Request, limit: int) -> tuple[bytes, bool]:
    """Read a request's body, and return whether it is complete: of a longer one only the beginning is kept."""
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= limit:
            chunks.append(chunk)
    return b"".join(chunks), size <= limit


async def _until_disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _access_token(request: Request) -> str | None:
    header = request.headers.get("authorization")
    if header is None:
        return request.query_params.get("oauth_token")
    kind, _, token = header.partition(" ")
    if kind.lower() not in {"oauth2", "bearer"} or not token.strip():
        raise Refusal(400, "Invalid authorization header", "Invalid authorization header")
    return token.strip()


def _json(answer: dict[str, Any] | list[Any] | None) -> Response:
    if answer is None:
        return Response(status_code=204)
    return JSONResponse(answer, media_type="application/json; charset=utf-8")


def _refusal_response(refusal: Refusal, logged: LoggedRequest) -> Response:
    body = envelope(refusal, method=logged.method, path=logged.path, query=logged.query)
    return JSONResponse(body, refusal.status, refusal.headers, media_type="application/json; charset=utf-8")


async def _drop(receive: Receive, send: Send) -> None:
    """Close the connection with some bytes that are no response.

    Not without any: a browser takes a connection that it has used before and that closes in silence for one that had
    timed out, and sends the request again by itself (RFC 9112, section 9.3.1; Chromium does so for POST too), so that
    it would depend on the browser's pool of connections whether the page notices.

    ASGI has no word for that. A server that hands out its connection with ``send`` (uvicorn does, as the transport of
    the object that ``send`` is bound to) gets it closed and then says so by ``http.disconnect``; elsewhere we raise.
    """
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is None or not hasattr(transport, "write"):
        msg = "The Podio emulator has a fault that drops this connection."
        raise ConnectionDropped(msg)
    transport.write(_NO_ANSWER)
    transport.close()
    await _until_disconnected(receive)


__all__ = ["ConnectionDropped", "Emulator"]
