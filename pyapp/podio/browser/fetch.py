"""Calls by the browser's fetch, as a transport of httpx2.

httpx2's own transport for Pyodide fails on an answer without a body (most of Podio's writes), takes the connect
timeout for the whole wait, and lets a cancelled call run on. This one doesn't.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import js
from pyodide.ffi import JsException, to_js

from podio.browser.files import BrowserFile
from podio.exchange import FOLLOW_REDIRECTS, STREAM_ANSWER, UPLOAD
from podio.uploads import MultipartBody

_SENT_HEADERS = frozenset({"accept", "authorization", "content-type"})
"""Podio's CORS is undocumented: a header that it does not allow would fail the call's preflight."""

_DECODED_BY_THE_BROWSER = frozenset({"content-encoding", "content-length", "transfer-encoding"})

_SLOWEST_UPLOAD = 16_384
"""Bytes a second: nobody tells how far an upload is, so its time limit allows for a slow line."""

_WITHOUT_BODY = frozenset({"GET", "HEAD"})


class FetchTransport(httpx2.AsyncBaseTransport):
    """Carries calls to other origins by `fetch`: without cookies, without caching, and without following redirects.

    Redirects are followed where a call asks for it (a download); the browser then takes the token off the way to
    another origin (https://fetch.spec.whatwg.org/#http-redirect-fetch). Of an upload's progress `fetch` tells only the
    beginning and the end.

    A cancelled call aborts its fetch. The read timeout is the limit for the whole wait until the answer's headers,
    and then once more for its body.
    """

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send the request and return the answer, read whole unless it is to be read bit by bit."""
        upload: MultipartBody | None = request.extensions.get(UPLOAD)
        body = await _body_of(request, upload)
        controller = js.AbortController.new()
        options: dict[str, Any] = {
            "method": request.method,
            "headers": {name: value for name, value in request.headers.items() if name.lower() in _SENT_HEADERS},
            "credentials": "omit",
            "redirect": "follow" if request.extensions.get(FOLLOW_REDIRECTS) else "error",
            "cache": "no-store",
            "referrerPolicy": "no-referrer",
            "signal": controller.signal,
        }
        if body is not None and request.method not in _WITHOUT_BODY:
            options["body"] = body
        limit = request.extensions.get("timeout", {}).get("read")
        was_offline = not js.navigator.onLine
        if limit is not None and upload is not None:
            limit += (upload.source.size or 0) / _SLOWEST_UPLOAD
        try:
            async with asyncio.timeout(limit):
                answer = await js.fetch(str(request.url), to_js(options, dict_converter=js.Object.fromEntries))
            stream = _AnswerStream(answer, controller, limit, request)
            content = None if request.extensions.get(STREAM_ANSWER) else b"".join([chunk async for chunk in stream])
        except TimeoutError:
            controller.abort()
            raise httpx2.ReadTimeout("no answer within the time limit", request=request) from None
        except asyncio.CancelledError:
            controller.abort()
            raise
        except JsException:
            # The browser tells a page no more than "failed". Where it was offline all the time nothing was sent; where
            # it has gone offline meanwhile, Podio may have had the call already.
            if was_offline and not js.navigator.onLine:
                raise httpx2.ConnectError("the browser is offline", request=request) from None
            raise httpx2.ReadError("the call failed", request=request) from None
        headers = [
            (str(name), str(value))
            for name, value in js.Array.from_(answer.headers.entries()).to_py()
            if name not in _DECODED_BY_THE_BROWSER
        ]
        if upload is not None:
            upload.tell(upload.source.size or 0)
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


async def _body_of(request: httpx2.Request, upload: MultipartBody | None) -> Any:
    """Return the request's body for `fetch`: a browser's file inside a blob, which nobody needs to read; else bytes."""
    if upload is None:
        body = b"".join([chunk async for chunk in request.stream])  # type: ignore[union-attr]
        return to_js(body) if body else None
    upload.tell(0)
    file = upload.source.given
    if isinstance(file, BrowserFile):
        return js.Blob.new(to_js([upload.head, file.blob, upload.tail]))
    return to_js(b"".join([chunk async for chunk in upload.parts()]))
