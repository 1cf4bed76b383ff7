"""The token: a value that knows when it expires and never prints itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from podio._boundary import sealed
from podio.errors import AuthorizationError, InvalidRedirectAnswer

ASSUMED_LIFETIME = 3600
"""Seconds assumed where no ``expires_in`` comes (RFC 6749, section 4.2.2, leaves it open); never "for ever"."""

_VISIBLE_ASCII = re.compile(r"[\x21-\x7e]{1,4096}")
_OWN_NAMES = frozenset({"access_token", "token_type", "expires_in", "refresh_token", "scope", "state"})
_SECONDS = re.compile(r"[0-9]{1,10}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """An access token with its time of expiry.

    Attributes:
        access_token: The credential; not in `repr`.
        expires_at: When it expires, in seconds since 1970 by the clock of whoever received it.
        scope: What was granted, space-separated, or None if the answer did not say.
        refresh_token: The credential for the next one; not in `repr`; always None in a page.
        extra: What else came with it, such as Podio's ``ref``; not in `repr`, and not in a stored session.
    """

    access_token: str = field(repr=False)
    expires_at: float
    scope: str | None = None
    refresh_token: str | None = field(default=None, repr=False)
    extra: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not is_credential(self.access_token):
            raise InvalidRedirectAnswer("The answer's access token is empty or holds characters that no token has.")

    def seconds_left(self, now: float) -> float:
        """Return the seconds until expiry at the time `now`; negative once it has expired."""
        return self.expires_at - now

    def is_expired(self, now: float) -> bool:
        """Return whether the token has expired at the time `now` (seconds since 1970)."""
        return self.expires_at <= now


# A token that is refused may be a real one, with a line's end too many.
Token.__init__ = sealed(Token.__init__)  # type: ignore[method-assign]


def is_credential(value: object) -> bool:
    """Return whether `value` can be a token or code: visible ASCII (RFC 6749, appendix A.12), of a sane length."""
    return isinstance(value, str) and _VISIBLE_ASCII.fullmatch(value) is not None


@sealed
def token_from_parameters(parameters: Mapping[str, str], now: float) -> Token:
    """Return the token of a redirect's answer (RFC 6749, section 4.2.2); a refresh token in it is dropped.

    A page has no use for a refresh token and no safe place to keep it, so it is not taken (RFC 9700, section 4.14).

    Args:
        parameters: The answer's parameters, decoded.
        now: Seconds since 1970.

    Raises:
        InvalidRedirectAnswer: for an empty token, another token type, a lifetime that is not a positive number.
    """
    _check_type(parameters.get("token_type"))
    return Token(
        access_token=parameters.get("access_token", ""),
        expires_at=now + _lifetime(parameters.get("expires_in")),
        scope=parameters.get("scope"),
        extra=_extra(parameters),
    )


@sealed
def token_from_json(response: object, now: float, *, previous: Token | None = None) -> Token:
    """Return the token of a token endpoint's response (RFC 6749, section 5.1).

    Args:
        response: The parsed JSON, of any shape.
        now: Seconds since 1970.
        previous: The token that was renewed: its refresh token is kept when the response brings no new one.

    Raises:
        AuthorizationError: when the response holds no token.
    """
    if not isinstance(response, Mapping) or not is_credential(response.get("access_token")):
        raise AuthorizationError("invalid_answer", "The token endpoint's response holds no usable access token.")
    _check_type(response.get("token_type"))
    refresh: Any = response.get("refresh_token")
    scope: Any = response.get("scope")
    return Token(
        access_token=response["access_token"],
        expires_at=now + _lifetime(response.get("expires_in")),
        scope=scope if isinstance(scope, str) else None,
        refresh_token=refresh if is_credential(refresh) else previous.refresh_token if previous else None,
        extra=_extra(response),
    )


def _extra(parameters: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in parameters.items() if name not in _OWN_NAMES}


def _check_type(token_type: object) -> None:
    if token_type is not None and (not isinstance(token_type, str) or token_type.lower() != "bearer"):
        raise InvalidRedirectAnswer("The answer's token is of a type that this client does not know.")


def _lifetime(expires_in: object) -> int:
    """Return the lifetime in seconds; Podio's endpoint sends a number, a redirect always a text."""
    if expires_in is None:
        return ASSUMED_LIFETIME
    digits = str(expires_in) if isinstance(expires_in, (str, int)) and not isinstance(expires_in, bool) else ""
    if not _SECONDS.fullmatch(digits) or int(digits) == 0:
        raise InvalidRedirectAnswer("The answer's expires_in is not a positive number of seconds.")
    return int(digits)
