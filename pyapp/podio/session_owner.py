"""Whose a session is: what its record says, and which of several sessions a client means."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

AuthType = Literal["client", "server", "password", "app", "client_credentials"]

_DEFAULT_PORTS = {"https": 443, "http": 80}
_LONGEST = 512
"""Characters of each part of a stored record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionOwner:
    """Where and in whose name a session was granted; its token goes nowhere else.

    Attributes:
        api_origin: The origin (RFC 6454) of the API that the access token is for.
        token_origin: The origin of the token endpoint that the refresh token is for.
        client_id: The client that it was granted to.
        auth_type: The flow.
        app_id: The app, in the ``app`` flow; None where it is unknown.
        username_sha256: The user name's hash, in the ``password`` flow, so that no record holds the name itself; None
            where it is unknown. Whoever guesses a name can compare it.
    """

    api_origin: str
    token_origin: str
    client_id: str
    auth_type: AuthType
    app_id: str | None = None
    username_sha256: str | None = field(default=None, repr=False)

    def named(self, *, app_id: int | str | None = None, username: str | None = None) -> SessionOwner:
        """Return the owner with an app's id or a user name, where one is given."""
        return replace(
            self,
            app_id=self.app_id if app_id is None else str(app_id).strip(),
            username_sha256=self.username_sha256 if username is None else self._hash(username),
        )

    def fits(self, pattern: SessionOwner) -> bool:
        """Return whether a session of this owner is one that a client looks for; what that leaves open, any fits."""
        return (
            (self.api_origin, self.token_origin) == (pattern.api_origin, pattern.token_origin)
            and (self.client_id, self.auth_type) == (pattern.client_id, pattern.auth_type)
            and pattern.app_id in (None, self.app_id)
            and pattern.username_sha256 in (None, self.username_sha256)
        )

    @property
    def key(self) -> str:
        """A short name for the owner, by which stores keep sessions apart; the same wherever it is computed."""
        return hashlib.sha256(json.dumps(self.to_record(), sort_keys=True).encode()).hexdigest()[:32]

    def to_record(self) -> dict[str, Any]:
        """Return the owner as JSON values."""
        return asdict(self)

    @classmethod
    def from_record(cls, record: object) -> SessionOwner | None:
        """Return the owner of a session's record; None for a record of before owners were kept.

        Raises:
            ValueError: for anything else.
        """
        if record is None:
            return None
        required, optional = ("api_origin", "token_origin", "client_id", "auth_type"), ("app_id", "username_sha256")
        parts: dict[str, Any] = dict(record) if isinstance(record, Mapping) else {}
        if (
            not all(_is_part(parts.get(name)) for name in required)
            or not all(parts.get(name) is None or _is_part(parts[name]) for name in optional)
            or parts["auth_type"] not in get_args(AuthType)
        ):
            raise ValueError("not an owner's record")
        attributes: dict[str, Any] = {name: parts.get(name) for name in (*required, *optional)}
        return cls(**attributes)

    def _hash(self, username: str) -> str:
        # With host and client, so that nobody can see that the records of two clients are one user's.
        text = "\n".join((self.api_origin, self.client_id, username.strip().casefold()))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def origin(url: str) -> str:
    """Return the origin of an address: scheme, host, and the port unless it is the scheme's own."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    port = "" if parts.port in (None, _DEFAULT_PORTS.get(parts.scheme)) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"


def owner_at(api_url: str, token_url: str, client_id: str, auth_type: AuthType) -> SessionOwner:
    """Return the owner of a client's sessions, as far as its addresses, its id and its flow say."""
    return SessionOwner(
        api_origin=origin(api_url), token_origin=origin(token_url), client_id=client_id, auth_type=auth_type
    )


def _is_part(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _LONGEST
