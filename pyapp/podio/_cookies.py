"""Signed cookies: what a server gave a browser, and can tell apart from what somebody else did."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable

_LARGEST_COOKIE = 4096
"""Bytes that a browser keeps at most for a cookie (RFC 6265, section 6.1)."""

Cookies = dict[str, list[str]]


def read_cookies(headers: Iterable[tuple[bytes, bytes]]) -> Cookies:
    """Return the values of a request's cookies, by name, in the order in which they came.

    A browser protects the prefix ``__Host-`` by the name's bytes. Whoever reads the header more leniently (strips
    Unicode's white space, takes quotes away) finds the prefix where the browser saw none.
    """
    cookies: Cookies = {}
    for header, line in headers:
        for pair in line.split(b";") if header == b"cookie" else ():
            name, _, value = pair.partition(b"=")
            cookies.setdefault(name.strip(b" \t").decode("latin-1"), []).append(value.strip(b" \t").decode("latin-1"))
    return cookies


class CookieSigner:
    """Signs the texts of cookies, each for the cookie of one name.

    Args:
        secret: What they are signed with; the same for all processes.
    """

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def sign(self, name: str, text: str) -> str:
        """Return the value that a cookie of that name gets to hold the text."""
        encoded = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
        return f"{encoded}.{self._signature(name, encoded)}"

    def read(self, name: str, values: list[str]) -> str | None:
        """Return the text of the cookie of that name.

        None unless it came once, signed by us for that name: of two, nobody knows which one is ours.
        """
        if len(values) != 1 or len(values[0]) > _LARGEST_COOKIE:
            return None
        encoded, _, signature = values[0].partition(".")
        if not encoded or not hmac.compare_digest(signature.encode(), self._signature(name, encoded).encode()):
            return None
        try:
            return base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode()
        except (binascii.Error, ValueError):
            return None

    def _signature(self, name: str, encoded: str) -> str:
        return hmac.new(self._secret, f"{name}={encoded}".encode(), hashlib.sha256).hexdigest()
