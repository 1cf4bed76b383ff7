"""Addresses of Podio and of other providers: where credentials may go, and paths below the API's address."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from podio._file_addresses import HOSTS_OF_THIS_MACHINE
from podio.errors import ConfigurationError


def check_endpoint(name: str, url: str) -> str:
    """Return an endpoint's address as it is, once it is found fit for credentials.

    A trailing slash and a query belong to the address (RFC 6749, sections 3.1 and 3.2).

    Raises:
        ConfigurationError: when it is no absolute address, has a fragment or a user name, or has no TLS and is not on
            this machine: a token, code or secret would cross the network in clear (RFC 6749, section 1.6).
    """
    _check_address(name, url)
    return url


def check_base(name: str, url: str) -> str:
    """Return an address that paths are put after: without the slash at its end.

    Raises:
        ConfigurationError: as `check_endpoint` does, and for a query.
    """
    if _check_address(name, url).query or url.endswith("?"):
        raise ConfigurationError(f"{name} must be an absolute https address without a query.")
    return url.rstrip("/")


def _check_address(name: str, url: str) -> SplitResult:
    parts = _address_parts(url)
    if parts is None or "@" in parts.netloc or "#" in url or any(char <= " " or char == "\x7f" for char in url):
        # Not repeated: what does not belong there may be a credential.
        raise ConfigurationError(f"{name} must be an absolute https address without user name and fragment.")
    if parts.scheme == "http" and parts.hostname not in HOSTS_OF_THIS_MACHINE:
        shown = f"{parts.scheme}://{parts.netloc}{parts.path}"
        raise ConfigurationError(f"{name} must use https: {shown!r} would send credentials in clear.")
    return parts


def _address_parts(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except (ValueError, TypeError, AttributeError):
        return None
    return parts if is_address else None


def endpoint(api_url: str, path: str) -> str:
    """Return the address of an operation; a token is never sent anywhere but below `api_url`.

    Raises:
        ConfigurationError: when `path` is not a plain absolute path (``/item/1``): another host (``//evil``,
            ``https://evil``), a step upwards, a query, a control character.
    """
    if not isinstance(path, str):
        raise ConfigurationError(f"A path of Podio's API is a str, not {type(path).__name__}.")
    segments = path.split("/")
    if (
        not path.startswith("/")
        or path.startswith("//")
        or any(segment in (".", "..") for segment in segments)
        or any(character in "\\?#@" or character <= " " or character == "\x7f" for character in path)
        or re.search(r"%2e|%2f|%5c", path, re.IGNORECASE)
    ):
        # Of the query nothing is repeated: it may hold a credential.
        shown = re.split(r"[?#]", path)[0]
        raise ConfigurationError(f"A path of Podio's API begins with one slash and has no query: {shown!r} is not one.")
    return api_url + path
