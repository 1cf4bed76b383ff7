"""What a browser sends again by itself. Performs no I/O; the clock is an argument.

When a connection that a browser has used before closes without an answer, the browser takes it for one that had timed
out and sends the request again at once (RFC 9112, section 9.3.1; Chromium does so for POST too). A dropped connection
would then go unnoticed by the page. So the request that comes again is taken for the same one: dropped too, and neither
counted nor logged.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable

from starlette.requests import Request

_AT_ONCE = 1.0
_KEPT_CONNECTIONS = 4096


class Resends:
    """Knows which connections have brought more than one request, and which requests will come again."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._requests_by_connection: OrderedDict[tuple[str, int], int] = OrderedDict()
        self._expected: dict[bytes, float] = {}

    def clear(self) -> None:
        """Expect nothing."""
        self._expected.clear()

    def arrived(self, request: Request, body: bytes) -> bool:
        """Note a request, and tell whether it is one that was dropped and has come again."""
        if request.client is None or "sec-fetch-mode" not in request.headers:
            return False
        connection = (request.client.host, request.client.port)
        self._requests_by_connection[connection] = self._requests_by_connection.pop(connection, 0) + 1
        if len(self._requests_by_connection) > _KEPT_CONNECTIONS:
            self._requests_by_connection.popitem(last=False)
        deadline = self._expected.pop(_fingerprint(request, body), None)
        if deadline is None or self._clock() > deadline:
            return False
        # It may have come over yet another connection that was used before: then it will come once more.
        self.dropped(request, body)
        return True

    def dropped(self, request: Request, body: bytes) -> None:
        """Note that a request's connection is closed without an answer."""
        if request.client is None:
            return
        if self._requests_by_connection.get((request.client.host, request.client.port), 0) > 1:
            self._expected[_fingerprint(request, body)] = self._clock() + _AT_ONCE


def _fingerprint(request: Request, body: bytes) -> bytes:
    digest = hashlib.sha256(f"{request.method} {request.url.path}?{request.url.query}\n".encode())
    for name, value in request.headers.raw:
        digest.update(name + b":" + value + b"\n")
    digest.update(body)
    return digest.digest()
