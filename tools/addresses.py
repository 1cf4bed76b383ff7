"""Podio's addresses, as a site is built for them, and the page's Content Security Policy, which is made from them."""

from __future__ import annotations

import re
from typing import TypedDict
from urllib.parse import urlsplit

from tools.runtime import BuildError

PODIO_URL = "https://podio.com"
API_URL = "https://api.podio.com"
AUTHORIZE_URL = "https://podio.com/oauth/authorize"
TOKEN_URL = "https://api.podio.com/oauth/token"
PODIO_FILES = ("https://files.podio.com",)
PODIO_IMAGES = ("https://files.podio.com", "https://d2cmuesa4snpwn.cloudfront.net")
"""Where avatars and thumbnails of the real Podio lie; the second is what its answers name for public files."""


def origin(url: str) -> str:
    """Return the origin of an http(s) address.

    Raises:
        BuildError: It is no such address.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or re.search(r"[\s;,'\"<>]", url):
        raise BuildError(f"{url!r} is no http(s) address.")
    return f"{parts.scheme}://{parts.netloc}"


def content_security_policy(*, api_url: str, authorize_url: str, token_url: str) -> str:
    """Return the page's policy. No ``'unsafe-…'``: nothing may be run or styled but our own files."""
    apis = [origin(api_url), origin(token_url)]
    real = "https://podio.com" in {origin(authorize_url), *apis} or "https://api.podio.com" in apis
    connect = [*apis, *(PODIO_FILES if real else ())]
    images = [*(PODIO_IMAGES if real else ()), *apis]
    directives = {
        "default-src": ["'none'"],
        "script-src": ["'self'", "'wasm-unsafe-eval'"],
        "style-src": ["'self'"],
        "connect-src": ["'self'", *dict.fromkeys(connect)],
        "img-src": ["'self'", "data:", "blob:", *dict.fromkeys(images)],
        "font-src": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["podio-workbench-views", "podio-workbench-worker"],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in directives.items())


class Addresses(TypedDict):
    """The addresses that `build` takes."""

    api_url: str
    authorize_url: str
    token_url: str


def addresses_of(podio: str) -> Addresses:
    """Return the build's address arguments for the real Podio, or for an emulator's origin.

    Raises:
        BuildError: `podio` is no origin of an http(s) address.
    """
    podio = podio.rstrip("/")
    if podio == PODIO_URL:
        return {"api_url": API_URL, "authorize_url": AUTHORIZE_URL, "token_url": TOKEN_URL}
    if origin(podio) != podio:
        raise BuildError(f"{podio!r}: name {PODIO_URL} or an emulator like http://127.0.0.1:8001")
    return {"api_url": podio, "authorize_url": f"{podio}/oauth/authorize", "token_url": f"{podio}/oauth/token"}
