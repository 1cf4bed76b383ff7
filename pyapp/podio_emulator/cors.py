"""Cross-origin access, as strict as a browser may meet it at Podio.

The origin of the request is echoed if it is allowed, and only the request headers ``authorization``, ``content-type``
and ``accept`` pass; no response header is exposed, those of the rate limit included. Source: the Fetch standard, "CORS
protocol".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from starlette.datastructures import Headers
from starlette.responses import Response

_METHODS = ("GET", "POST", "PUT", "DELETE")
_REQUEST_HEADERS = frozenset({"authorization", "content-type", "accept"})
_LOCAL = re.compile(r"https?://(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?")


def any_local_origin(origin: str) -> bool:
    """Allow pages of this computer: localhost or 127.0.0.1, whatever the port."""
    return _LOCAL.fullmatch(origin) is not None


def any_local_redirect_uri(uri: str) -> bool:
    """Allow redirect URIs on this computer."""
    return re.match(rf"(?:{_LOCAL.pattern})(?=[/?]|$)", uri) is not None


def no_origin(origin: str) -> bool:
    """Allow no page at all."""
    return False


def one_of_origins(origins: Collection[str]) -> Callable[[str], bool]:
    """Allow exactly these origins."""
    return frozenset(origins).__contains__


def preflight(headers: Headers, origin_allowed: Callable[[str], bool]) -> Response:
    """Answer a preflight; one that wants too much gets no permission, so that the browser refuses the call."""
    requested = {name.strip().lower() for name in headers.get("access-control-request-headers", "").split(",")} - {""}
    method = headers.get("access-control-request-method", "")
    allowed = origin_allowed(headers.get("origin", "")) and method in _METHODS and requested <= _REQUEST_HEADERS
    if not allowed:
        return Response(status_code=403, headers={"Vary": "Origin"})
    return Response(
        status_code=204,
        headers={
            "Access-Control-Allow-Origin": headers["origin"],
            "Access-Control-Allow-Methods": ", ".join(_METHODS),
            "Access-Control-Allow-Headers": ", ".join(sorted(_REQUEST_HEADERS)),
            "Access-Control-Max-Age": "600",
            "Vary": "Origin",
        },
    )


def allow(response: Response, origin: str | None, origin_allowed: Callable[[str], bool]) -> None:
    """Let the page that called read the response."""
    response.headers["Vary"] = "Origin"
    if origin is not None and origin_allowed(origin):
        response.headers["Access-Control-Allow-Origin"] = origin
