"""Where a user's picture may come from: its address comes from Podio, and hosts are those of the page's policy."""

from __future__ import annotations

from enum import Enum
from urllib.parse import urlsplit


class Way(Enum):
    """How the page gets a picture."""

    FETCHED = "by the client, which knows whether the token goes there"
    DIRECT = "by the browser, which fetches what anybody may see"


def way_to(link: str, *, api_url: str, policy: str) -> Way | None:
    """Return how the page may get a picture; None where it may not.

    Args:
        link: The picture's address, as it came.
        api_url: Podio's API.
        policy: The page's Content Security Policy.
    """
    origin = _origin(link)
    if not origin:
        return None
    if origin in {_origin(api_url), *_hosts(policy, "connect-src")}:
        return Way.FETCHED
    return Way.DIRECT if origin in _hosts(policy, "img-src") else None


def _hosts(policy: str, directive: str) -> list[str]:
    parts = (part.split() for part in policy.split(";"))
    return next((words[1:] for words in parts if words and words[0] == directive), [])


def _origin(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    return f"{parts.scheme}://{parts.netloc}" if is_web else ""
