"""Podio's refusals, and the envelope in which it sends them.

An operation refuses by raising :class:`Refusal`; ``pipeline`` makes a response of it. Texts and codes follow the error
table of Podio's documentation and of dated probes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

_JSON_TYPES: tuple[tuple[type, str], ...] = (
    (bool, "boolean"),
    (int, "integer"),
    (float, "number"),
    (str, "string"),
    (list, "array"),
    (dict, "object"),
)


class Refusal(Exception):
    """A response that is an error: status, Podio's code, and the sentence that explains it.

    ``propagate`` says that the sentence is fit for the user at the screen.
    """

    def __init__(
        self,
        status: int,
        error: str,
        description: str | None,
        *,
        detail: str | None = None,
        parameters: Mapping[str, Any] | None = None,
        propagate: bool = False,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(f"{status} {error}")
        self.status = status
        self.error = error
        self.description = description
        self.detail = detail
        self.parameters = dict(parameters or {})
        self.propagate = propagate
        self.headers = dict(headers or {})


def envelope(refusal: Refusal, *, method: str, path: str, query: str) -> dict[str, Any]:
    """Return the JSON body in which Podio sends a refusal; ``query`` must already be free of secrets."""
    return {
        "error_parameters": refusal.parameters,
        "error_detail": refusal.detail,
        "error_propagate": refusal.propagate,
        "request": {"url": path, "query_string": query, "method": method},
        "error_description": refusal.description,
        "error": refusal.error,
    }


def json_type(value: object) -> str:
    """Name the JSON type of a decoded value, as Podio's messages do."""
    return next((name for kind, name in _JSON_TYPES if isinstance(value, kind)), "null")


def invalid_value(value: object, must_be: str) -> Refusal:
    """Refuse a value of the request: ``Invalid value ["Test"] (array): must be object``."""
    text = json.dumps(value, ensure_ascii=False)
    if len(text) > 200:
        text = text[:200] + "…"
    return Refusal(400, "invalid_value", f"Invalid value {text} ({json_type(value)}): {must_be}")


def not_done(name: str) -> Refusal:
    """Refuse what Podio has and the emulator does not do."""
    return Refusal(400, "invalid_value", f"Invalid value: the Podio emulator does nothing with {name!r}")


def one_of(choices: tuple[object, ...]) -> str:
    """Write a choice as Podio's messages do: ``must be one of {'a','b'}``."""
    return "must be one of {" + ",".join(repr(choice) for choice in choices) + "}"


def unauthorized(description: str) -> Refusal:
    """Refuse a call whose token is missing (``invalid_request``) or of no use (``expired_token``)."""
    return Refusal(
        401,
        "unauthorized",
        description,
        headers={"WWW-Authenticate": f'Bearer realm="podio", error="{description}"'},
    )


def forbidden(message: str = "You do not have access to this object") -> Refusal:
    """Refuse what the user or the token has no right to."""
    return Refusal(403, "forbidden", message, propagate=True)


def not_found() -> Refusal:
    """Refuse an id that nothing has."""
    return Refusal(404, "not_found", "Object not found")


def no_operation(*, body_given: bool) -> Refusal:
    """Refuse a method and path that the API doesn't have."""
    body = "" if body_given else " No body was given."
    return Refusal(404, "not_found", f"No matching operation could be found.{body}")


def gone() -> Refusal:
    """Refuse an object that has been deleted."""
    return Refusal(410, "gone", "The object has been deleted", propagate=True)


def conflict() -> Refusal:
    """Refuse an update that was made from an older revision."""
    return Refusal(
        409,
        "conflict",
        "The item has been changed by someone else since you opened it. Reload it and try again.",
        propagate=True,
    )


def rate_limited(seconds: int) -> Refusal:
    """Refuse a call above the hourly limit."""
    return Refusal(
        420,
        "rate_limit",
        f"You have hit the rate limit. Please wait {seconds} seconds before trying again",
        propagate=True,
    )


def unexpected() -> Refusal:
    """Answer for a fault of the emulator itself; says nothing of its inside."""
    return Refusal(500, "unexpected", "An unexpected error occurred")
