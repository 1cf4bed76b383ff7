"""Where a file's content is, and which of those places may see the token. Performs no I/O.

No address gets a token put into it: addresses leak (histories, logs, referrers).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlsplit

from podio.errors import ConfigurationError
from podio.exchange import endpoint, is_secure

_DEFAULT_PORTS = {"https": 443, "http": 80}


def content_address(file: int | Mapping[str, Any], api_url: str) -> str:
    """Return the address of a file's content.

    Args:
        file: A file's id, or a file object of Podio's (`podio.shapes.File`).
        api_url: Podio's API.

    Raises:
        ConfigurationError: when neither an id nor a usable link is there.
    """
    if not isinstance(file, Mapping):
        return _raw_address(file, api_url)
    # The operation rather than the link: it is on the API's host, which a page may call, and which takes the token.
    if isinstance(file.get("file_id"), int) and file.get("hosted_by", "podio") in ("podio", None):
        return _raw_address(file["file_id"], api_url)
    return secure_address("link", file.get("link"))


def may_see_token(address: str, *, api_url: str, file_hosts: Collection[str]) -> bool:
    """Tell whether the token may go to this address: of the API's origin, or of a host of files, with TLS."""
    parts, api = urlsplit(address), urlsplit(api_url)
    if _origin(parts) == _origin(api):
        return True
    return parts.scheme == "https" and parts.port in (None, 443) and parts.hostname in file_hosts


def secure_address(name: str, link: object) -> str:
    """Return a link that may be followed.

    Args:
        name: What Podio calls it.
        link: What stands there.

    Raises:
        ConfigurationError: when there is none, or it has no TLS and is not on this machine.
    """
    if not isinstance(link, str) or not link:
        raise ConfigurationError(f"This file has no {name}.")
    try:
        parts = urlsplit(link)
        usable = is_secure(parts) and parts.username is None and (parts.port or 1) > 0
    except ValueError:
        usable = False
    if not usable:
        raise ConfigurationError(f"The file's {name} is not an https address.")
    return link


def _origin(parts: Any) -> tuple[str, str | None, int | None]:
    return parts.scheme, parts.hostname, parts.port or _DEFAULT_PORTS.get(parts.scheme)


def _raw_address(file_id: int, api_url: str) -> str:
    if isinstance(file_id, bool) or not isinstance(file_id, int):
        raise ConfigurationError(f"A file is named by its id or its object, not by {type(file_id).__name__}.")
    return endpoint(api_url, f"/file/{file_id}/raw")
