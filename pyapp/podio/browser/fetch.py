"""Calls by the browser's fetch, as a transport of httpx2; uploads by XMLHttpRequest, which reports their progress.

httpx2's own transport for Pyodide fails on an answer without a body (most of Podio's writes), takes the connect
timeout for the whole wait, and lets a cancelled call run on. This one doesn't.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from typing import Any

import httpx2
import js
from pyodide.ffi import JsException, create_proxy, to_js

from podio._call import FOLLOW_REDIRECTS, STREAM_ANSWER, UPLOAD
from podio._connection_reasons import BrowserOffline
from podio._uploads import MultipartBody
from podio.browser.files import BrowserFile

_SENT_HEADERS = frozenset({"accept", "authorization", "content-type"})
"""Podio's CORS is undocumented: a header that it does not allow would fail the call's preflight."""

_DECODED_BY_THE_BROWSER = frozenset({"content-encoding", "content-length", "transfer-encoding"})

_WITHOUT_BODY = frozenset({"GET", "HEAD"})


class _Lost(Exception):
    """The call came to nothing; the browser doesn't say why."""


class FetchTransport(httpx2.AsyncBaseTransport):
    """Carries calls to other origins by `fetch`: without cookies, without caching, and without following redirects.

    Redirects are followed where a call wants it (a download); the browser then takes the token off the way to
    another origin (https://fetch.spec.whatwg.org/#http-redirect-fetch). An upload goes by XMLHttpRequest, for `fetch`
    reports no progress.

    A cancelled call is aborted. The read timeout is the limit for the whole wait until the answer's headers, and then
    once more for its body; in an upload it is the limit for each wait in which no byte moves.
    """

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send the request and return the answer, read whole unless it is to be read bit by bit."""
        upload: MultipartBody | None = request.extensions.get(UPLOAD)
        limit = request.extensions.get("timeout", {}).get("read")
        was_offline = not js.navigator.onLine
        try:
            if upload is not None:
                return await _uploaded(request, upload, limit)
            return await self._fetched(request, limit)
        except TimeoutError:
            raise httpx2.ReadTimeout("no answer within the time limit", request=request) from None
        except (JsException, _Lost):
            # The browser reports no more to a page than "failed". Where it was offline all the time nothing was sent;
            # where it has gone offline meanwhile, Podio may have had the call already.
            if was_offline and not js.navigator.onLine:
                raise BrowserOffline("the browser is offline", request=request) from None
            raise httpx2.ReadError("the call failed", request=request) from None

    async def _fetched(self, request: httpx2.Request, limit: float | None) -> httpx2.Response:
        body = await request.aread()
        controller = js.AbortController.new()
        options: dict[str, Any] = {
            "method": request.method,
            "headers": _sent_headers(request),
            "credentials": "omit",
            "redirect": "follow" if request.extensions.get(FOLLOW_REDIRECTS) else "error",
            "cache": "no-store",
            "referrerPolicy": "no-referrer",
            "signal": controller.signal,
        }
        if body and request.method not in _WITHOUT_BODY:
            options["body"] = to_js(body)
        try:
            async with asyncio.timeout(limit):
                answer = await js.fetch(str(request.url), to_js(options, dict_converter=js.Object.fromEntries))
            stream = _AnswerStream(answer, controller, limit, request)
            content = None if request.extensions.get(STREAM_ANSWER) else b"".join([chunk async for chunk in stream])
        except (TimeoutError, asyncio.CancelledError):
            controller.abort()
            raise
        headers = _received_headers(js.Array.from_(answer.headers.entries()).to_py())
        if content is None:
            return httpx2.Response(answer.status, headers=headers, stream=stream, request=request)
        return httpx2.Response(answer.status, headers=headers, content=content, request=request)


class _AnswerStream(httpx2.AsyncByteStream):
    """An answer's body, as the browser gets it."""

    def __init__(self, answer: Any, controller: Any, limit: float | None, request: httpx2.Request) -> None:
        self._answer = answer
        self._controller = controller
        self._limit = limit
        self._request = request

    async def __aiter__(self) -> AsyncIterator[bytes]:
        if not self._answer.body:
            return
        reader = self._answer.body.getReader()
        while True:
            try:
                async with asyncio.timeout(self._limit):
                    part = await reader.read()
            except TimeoutError:
                self._controller.abort()
                raise httpx2.ReadTimeout("the answer stopped coming", request=self._request) from None
            except JsException:
                raise httpx2.ReadError("the answer broke off", request=self._request) from None
            if part.done:
                return
            yield part.value.to_bytes()

    async def aclose(self) -> None:
        """Let go of what has not come yet."""
        self._controller.abort()


async def _uploaded(request: httpx2.Request, upload: MultipartBody, limit: float | None) -> httpx2.Response:
    """Send an upload and return the answer.

    Raises:
        JsException, _Lost: The call failed.
        TimeoutError: Nothing has moved within the limit, in seconds.
    """
    call = js.XMLHttpRequest.new()
    call.open(request.method, str(request.url))
    call.responseType = "arraybuffer"
    for name, value in _sent_headers(request).items():
        call.setRequestHeader(name, value)
    upload.report(0)
    body = await _body_of(upload)
    loop = asyncio.get_running_loop()
    ended: asyncio.Future[None] = loop.create_future()

    def moved(event: Any) -> None:
        if ended.done():
            return
        if limit is not None:
            deadline.reschedule(loop.time() + limit)
        position = min(int(event.loaded) - len(upload.head), upload.source.size or 0)
        if position > 0:
            try:
                upload.report(position)
            except Exception as error:  # the caller's own function, called from the browser's event
                ended.set_exception(error)

    def has_ended(_: Any) -> None:
        if not ended.done():
            ended.set_result(None)

    handlers = [
        (call.upload, "progress", create_proxy(moved)),
        (call, "loadend", create_proxy(has_ended)),
    ]
    for target, event, handler in handlers:
        target.addEventListener(event, handler)
    try:
        async with asyncio.timeout(limit) as deadline:
            call.send(body)
            await ended
    except BaseException:
        call.abort()
        raise
    finally:
        for target, event, handler in handlers:
            target.removeEventListener(event, handler)
            handler.destroy()
    if not call.status:
        raise _Lost
    lines = str(call.getAllResponseHeaders() or "").splitlines()
    return httpx2.Response(
        call.status,
        headers=_received_headers(line.split(": ", 1) for line in lines),
        content=call.response.to_bytes() if call.response else b"",
        request=request,
    )


def _sent_headers(request: httpx2.Request) -> dict[str, str]:
    return {name: value for name, value in request.headers.items() if name.lower() in _SENT_HEADERS}


def _received_headers(pairs: Iterable[Iterable[Any]]) -> list[tuple[str, str]]:
    """Return an answer's headers without those of what the browser has undone."""
    return [(str(name), str(value)) for name, value in pairs if name.lower() not in _DECODED_BY_THE_BROWSER]


async def _body_of(upload: MultipartBody) -> Any:
    """Return an upload's body for the browser: its own file inside a blob, which nobody needs to read; else bytes."""
    file = upload.source.origin
    if isinstance(file, BrowserFile):
        return js.Blob.new(to_js([upload.head, file.blob, upload.tail]))
    return to_js(b"".join([chunk async for chunk in upload.parts()]))
