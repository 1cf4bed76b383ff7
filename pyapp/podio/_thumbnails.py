"""Addresses of a file's thumbnails."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args
from urllib.parse import urlsplit, urlunsplit

from podio.errors import ConfigurationError

ThumbnailSize = Literal["tiny", "small", "medium", "badge", "large", "extra_large"]
"""The sizes that Podio documents (https://developers.podio.com/doc/files), from small to big."""


def thumbnail_url(file: Mapping[str, Any] | str, size: ThumbnailSize) -> str | None:
    """Return the address of a file's thumbnail, or None where Podio has none of it (it is no picture).

    The address holds no token, unlike that of podio-js's ``getThumbnailURLForFileLink``: addresses end up in logs and
    histories. What is there is fetched with the Authorization header, as any call.

    Args:
        file: The file as Podio gives it, or its ``thumbnail_link``.
        size: The size.

    Raises:
        ConfigurationError: for a size that Podio does not have, or a link that is no absolute https address.
    """
    if size not in get_args(ThumbnailSize):
        raise ConfigurationError(f"size must be one of {', '.join(get_args(ThumbnailSize))}, not {size!r}.")
    link = file if isinstance(file, str) else file.get("thumbnail_link")
    if link is None:
        return None
    try:
        parts = urlsplit(link if isinstance(link, str) else "")
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ConfigurationError("A file's thumbnail_link is an absolute https address; this one is not.")
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/{size}", query="", fragment=""))
