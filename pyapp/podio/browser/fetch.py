"""Calls by the browser's fetch, as a transport of httpx2.

httpx2's own transport for Pyodide fails on an answer without a body (most of Podio's writes), takes the connect
timeout for the whole wait, and lets a cancelled call run on. This one doesn't.
"""

from __future__ import annotations

import asyncio
from typing import Any

import httpx2
import js
from pyodide.ffi import JsException, to_js

_SENT_HEADERS = frozenset({"accept", "authorization", "content-type"})
"""Podio's CORS is undocumented: a header that it does not allow would fail the call's preflight."""

_DECODED_BY_THE_BROWSER = frozenset({"content-encoding", "content-length", "transfer-encoding"})

_WITHOUT_BODY = frozenset({"GET", "HEAD"})


class FetchTransport(httpx2.AsyncBaseTransport):
    """Carries calls to other origins by `fetch`: without cookies, without following redirects, without caching.

    A cancelled call aborts its fetch. The read timeout is the limit for the whole wait until the answer's headers,
    and then once more for its body.
    """

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send the request and return the answer, read whole."""
        body = b"".join([chunk async for chunk in request.stream])  # type: ignore[union-attr]
        controller = js.AbortController.new()
        options: dict[str, Any] = {
            "method": request.method,
            "headers": {name: value for name, value in request.headers.items() if name.lower() in _SENT_HEADERS},
            "credentials": "omit",
            "redirect": "error",
            "cache": "no-store",
            "referrerPolicy": "no-referrer",
            "signal": controller.signal,
        }
        if body and request.method not in _WITHOUT_BODY:
            options["body"] = to_js(body)
        limit = request.extensions.get("timeout", {}).get("read")
        try:
            async with asyncio.timeout(limit):
                answer = await js.fetch(str(request.url), to_js(options, dict_converter=js.Object.fromEntries))
            async with asyncio.timeout(limit):
                content = (await answer.arrayBuffer()).to_bytes()
        except TimeoutError:
            controller.abort()
            raise httpx2.ReadTimeout("no answer within the time limit", request=request) from None
        except asyncio.CancelledError:
            controller.abort()
            raise
        except JsException:
            # The browser tells a page no more than "failed". Where it knows that it is offline nothing was sent.
            if not js.navigator.onLine:
                raise httpx2.ConnectError("the browser is offline", request=request) from None
            raise httpx2.ReadError("the call failed", request=request) from None
        headers = [
            (str(name), str(value))
            for name, value in js.Array.from_(answer.headers.entries()).to_py()
            if name not in _DECODED_BY_THE_BROWSER
        ]
        return httpx2.Response(answer.status, headers=headers, content=content, request=request)
