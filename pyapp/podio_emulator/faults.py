"""Faults that a test orders: slow, failing, odd, and dropped responses.

A fault is an object of the list that ``POST /_emulator/faults`` takes; each list replaces the one before:

``path``     begins like the paths that are hit (required; ``"/"`` hits all)
``method``   of the calls that are hit; null: all but preflights
``status``   of the response; null: the real response (late, if ``delay`` says so)
``times``    how many calls are hit, 1 if left out; null: all until the next list
``delay``    seconds to wait before answering
``drop``     true: the connection is closed after a few bytes that are no response
``body``     null: Podio's error envelope; a string: sent as it is (``""``: empty); else sent as JSON
``headers``  of the response, in place of those it has
``after``    true: the call is carried out before it is answered wrongly or dropped; false (if left out): it is not

The first fault that fits and isn't used up is the one that hits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.responses import JSONResponse, Response

from podio_emulator.errors import Refusal, envelope, invalid_value

_ERRORS = {
    400: ("invalid_value", "Invalid value"),
    401: ("unauthorized", "expired_token"),
    402: ("payment_required", "Payment required"),
    403: ("forbidden", "You do not have access to this object"),
    404: ("not_found", "Object not found"),
    409: ("conflict", "The object has been changed by someone else"),
    410: ("gone", "The object has been deleted"),
    420: ("rate_limit", "You have hit the rate limit. Please wait 300 seconds before trying again"),
    502: ("bad_gateway", "Bad gateway"),
    503: ("unavailable", "The service is temporarily unavailable"),
    504: ("gateway_timeout", "Gateway timeout"),
}
_LONGEST_DELAY = 600
_HEADER_NAME = re.compile(r"[A-Za-z0-9-]+")


@dataclass(kw_only=True, slots=True)
class Fault:
    """One ordered fault; ``times`` counts down."""

    path: str
    method: str | None = None
    status: int | None = None
    times: int | None = 1
    delay: float = 0.0
    drop: bool = False
    body: Any = None
    headers: Mapping[str, str]
    after: bool = False

    @property
    def answers(self) -> bool:
        """Return whether the fault stands in the place of the real response."""
        return self.drop or self.status is not None

    def response(self, *, method: str, path: str, query: str) -> Response:
        """Make the response that the fault orders."""
        status = self.status or 500
        if isinstance(self.body, str):
            media_type = "text/html" if self.body.lstrip().startswith("<") else "text/plain"
            response = Response(self.body, status_code=status, media_type=media_type)
        elif self.body is not None:
            response = JSONResponse(self.body, status_code=status)
        elif status < 300 or status == 304:
            response = Response(status_code=status)
        else:
            error, description = _ERRORS.get(status, ("unexpected", "An unexpected error occurred"))
            refusal = Refusal(status, error, description)
            response = JSONResponse(envelope(refusal, method=method, path=path, query=query), status_code=status)
        return response


class Faults:
    """The faults in force."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def replace(self, orders: object) -> int:
        """Put a list of orders in force and return their number; refuse a wrong one as a whole."""
        if not isinstance(orders, list):
            raise invalid_value(orders, "must be array")
        self._faults = [_fault(order) for order in orders]
        return len(self._faults)

    def clear(self) -> None:
        """Let everything work again."""
        self._faults = []

    def hit(self, method: str, path: str) -> Fault | None:
        """Return the fault that hits a call, and count it."""
        for fault in self._faults:
            fits = path.startswith(fault.path) and (fault.method or method) == method
            if not fits or fault.times == 0 or (method == "OPTIONS" and fault.method is None):
                continue
            if fault.times is not None:
                fault.times -= 1
            return fault
        return None


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_int(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_header(pair: tuple[str, object]) -> bool:
    name, text = pair
    return bool(_HEADER_NAME.fullmatch(name)) and isinstance(text, str) and text.isascii() and text.isprintable()


_CHECKS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "path": (lambda v: isinstance(v, str) and v.startswith("/"), "must be a path that begins with /"),
    "method": (lambda v: v is None or (isinstance(v, str) and v.isupper()), "must be a method in capitals or null"),
    "status": (lambda v: v is None or (_is_int(v) and 200 <= v <= 599), "must be a status from 200 to 599 or null"),
    "times": (lambda v: v is None or (_is_int(v) and v >= 0), "must be a whole number from 0 or null"),
    "delay": (lambda v: _is_number(v) and 0 <= v <= _LONGEST_DELAY, f"must be seconds from 0 to {_LONGEST_DELAY}"),
    "drop": (lambda v: isinstance(v, bool), "must be boolean"),
    "body": (lambda v: True, ""),
    "headers": (
        lambda v: isinstance(v, dict) and all(map(_is_header, v.items())),
        "must be an object of header names and texts",
    ),
    "after": (lambda v: isinstance(v, bool), "must be boolean"),
}


def _fault(order: object) -> Fault:
    if not isinstance(order, dict):
        raise invalid_value(order, "must be object")
    unknown = set(order) - set(_CHECKS)
    if unknown:
        raise invalid_value(sorted(unknown), f"must be keys out of {', '.join(_CHECKS)}")
    if "path" not in order:
        raise invalid_value(order, "must have path")
    for name, (is_right, must_be) in _CHECKS.items():
        if name in order and not is_right(order[name]):
            raise invalid_value(order[name], f"{name} {must_be}")
    properties: dict[str, Any] = {"headers": {}, **order}
    return Fault(**properties)
