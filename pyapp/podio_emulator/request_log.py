"""What requests the emulator has had, without a secret in it."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_KEPT = 10_000
_NAMES = (
    "access_token|refresh_token|oauth_token|transfer_token|app_token|token|code|code_verifier|"
    "client_secret|password|otp|signature"
)
# A name counts wherever a query may hold it: also inside the (percent-encoded) address of another parameter.
_SECRET = re.compile(rf"(?i)(^|[?&#]|%3F|%26|%23)({_NAMES})(=|%3D)((?:(?!%26|%23)[^&#])*)")
REDACTED = "REDACTED"


@dataclass(kw_only=True, slots=True)
class LoggedRequest:
    """One request; ``status`` is None until it is answered, and stays so if the connection was dropped."""

    method: str
    path: str
    query: str
    headers: tuple[str, ...]
    status: int | None = None
    user: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Write the request as ``GET /_emulator/requests`` hands it out."""
        return {
            "method": self.method,
            "path": self.path,
            "query": self.query,
            "status": self.status,
            "headers": list(self.headers),
            "person": self.user,
        }


class RequestLog:
    """The newest requests, oldest first. ``is_secret`` returns whether a text holds a token that was issued."""

    def __init__(self, is_secret: Callable[[str], bool]) -> None:
        self._requests: deque[LoggedRequest] = deque(maxlen=_KEPT)
        self._is_secret = is_secret

    def clear(self) -> None:
        """Remove all requests."""
        self._requests.clear()

    def begin(self, *, method: str, path: str, query: str, headers: tuple[str, ...]) -> LoggedRequest:
        """Note a request that has come in."""
        logged = LoggedRequest(method=method, path=self._clean(path), query=self.redacted(query), headers=headers)
        self._requests.append(logged)
        return logged

    def redacted(self, query: str) -> str:
        """Return a query with every secret's value put out of sight."""
        return self._clean(_SECRET.sub(rf"\1\2\3{REDACTED}", query))

    def _clean(self, text: str) -> str:
        return REDACTED if self._is_secret(text) else text

    def as_json(self) -> list[dict[str, Any]]:
        """Write all requests."""
        return [request.as_json() for request in self._requests]
