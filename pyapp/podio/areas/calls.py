"""What the areas stand on: filling a path, and what an area asks of the client that it belongs to.

Decides nothing about a call but its address, and performs no I/O of its own: the client sends.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Protocol, runtime_checkable
from urllib.parse import quote

from podio.boundary import sealed_class
from podio.errors import ConfigurationError

Query = str | int | float | bool | None
"""A value in the query; None leaves the key out."""

_PLACE = re.compile(r"\{(\w+)\}")


class Caller(Protocol):
    """What an area needs: `podio.Podio`, or a test's recorder."""

    async def request(
        self, method: str, path: str, *, params: Mapping[str, Query] | None = None, body: Any = None
    ) -> Any:
        """Make a call and return its answer's JSON value; None for an answer without one."""
        ...


@runtime_checkable
class Downloads(Protocol):
    """A client that can fetch what isn't JSON: a file's content, a calendar, a vCard."""

    async def request_bytes(self, method: str, path: str, *, params: Mapping[str, Query] | None = None) -> bytes:
        """Make a call and return its answer's content."""
        ...


@runtime_checkable
class Uploads(Protocol):
    """A client that can send a file (``multipart/form-data`` with ``source`` and ``filename``)."""

    async def request_upload(
        self, path: str, *, source: Any, filename: str, params: Mapping[str, Query] | None = None
    ) -> Any:
        """Post a file and return the answer's JSON value."""
        ...


@runtime_checkable
class Forms(Protocol):
    """A client that can send a form (``application/x-www-form-urlencoded``)."""

    async def request_form(
        self, path: str, *, form: Mapping[str, str], params: Mapping[str, Query] | None = None
    ) -> Any:
        """Post a form and return the answer's JSON value."""
        ...


class Area:
    """One area of Podio's API; its methods are calls of the client that it was made for."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def __init_subclass__(cls) -> None:
        """Seal the operations: bodies may hold passwords."""
        sealed_class()(cls)

    async def _download(self, method: str, path: str, *, params: Mapping[str, Query]) -> bytes:
        if not isinstance(self._caller, Downloads):
            raise _cannot("fetch what is not JSON", "request_bytes")
        return await self._caller.request_bytes(method, path, params=params)

    async def _upload(self, path: str, *, source: Any, filename: str, params: Mapping[str, Query]) -> Any:
        if not isinstance(self._caller, Uploads):
            raise _cannot("send a file", "request_upload")
        return await self._caller.request_upload(path, source=source, filename=filename, params=params)

    async def _submit(self, path: str, *, form: Mapping[str, str], params: Mapping[str, Query]) -> Any:
        if not isinstance(self._caller, Forms):
            raise _cannot("send a form", "request_form")
        return await self._caller.request_form(path, form=form, params=params)


class _WrongType(ConfigurationError, TypeError):
    """A value of a type that no path can carry."""


def fill(template: str, /, **arguments: int | str) -> str:
    """Return a documented path with its places filled, each by one segment (RFC 3986, section 3.3).

    Args:
        template: The path as Podio documents it: ``/item/app/{app_id}/external_id/{external_id}``.
        arguments: What goes into its places. Text is percent-encoded, so that no argument can become another path.

    Raises:
        ConfigurationError: for a text that no segment can carry: an empty one, a dot or two, one with a slash. The
            message names the argument, not its value, which may be a credential.
        ConfigurationError, TypeError: for anything but an int or a str.
    """
    return _PLACE.sub(lambda place: _segment(place[1], arguments[place[1]]), template)


def _segment(name: str, value: int | str) -> str:
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise _WrongType(f"{name} must be an int or a str, not {type(value).__name__}.")
    if isinstance(value, int):
        return str(int(value))
    if value in ("", ".", "..") or "/" in value or "\\" in value:
        raise ConfigurationError(f"{name} can't be empty, dots alone, or hold a slash: Podio's paths can't carry it.")
    try:
        return quote(value, safe="")
    except UnicodeEncodeError:
        raise ConfigurationError(f"{name} is not valid text: it holds half a character.") from None


def _cannot(what: str, method: str) -> ConfigurationError:
    return ConfigurationError(f"This client can't {what}: it has no {method}.")
