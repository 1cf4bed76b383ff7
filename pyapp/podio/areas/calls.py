"""What the areas stand on: filling a path, putting a query together, and the client that an area belongs to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Protocol, TypeVar
from urllib.parse import quote

from podio._boundary import sealed_class
from podio._operation_paths import OperationPath
from podio.errors import ConfigurationError

Query = str | int | float | bool | None
"""A value in the query; None leaves the key out."""

Params = Mapping[str, Query]
"""Keys of the query that an operation has no keyword for."""

_PLACE = re.compile(r"\{(\w+)(?::(id|ids))?\}")
_DIGITS = re.compile(r"[0-9]+", re.ASCII)
_OTHER_WAYS = {
    "external_id": (
        'Find the item by the filter: podio.items.filter(app_id, body={"filters": {"external_id": external_id}}).'
    ),
}
"""What finds an object whose name no path can carry."""


class Caller(Protocol):
    """The client of an area: `podio.Podio`, or a test's recorder."""

    async def request(self, method: str, path: str, *, params: Params | None = None, body: Any = None) -> Any:
        """Make a call and return its response's JSON value; None for a response without one."""
        ...

    async def request_bytes(self, method: str, path: str, *, params: Params | None = None) -> bytes:
        """Make a call whose response isn't JSON (a file, a calendar, a vCard) and return its content."""
        ...

    async def request_upload(self, path: str, *, source: Any, filename: str, params: Params | None = None) -> Any:
        """Post a file (``multipart/form-data``) and return the response's JSON value."""
        ...

    async def request_form(self, path: str, *, form: Mapping[str, str], params: Params | None = None) -> Any:
        """Post a form (``application/x-www-form-urlencoded``) and return the response's JSON value."""
        ...


class Area:
    """One area of Podio's API; its methods are calls of the client that it was made for."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def __init_subclass__(cls) -> None:
        """Seal the operations: bodies may hold passwords."""
        sealed_class()(cls)


_A = TypeVar("_A", bound=Area)


def area_of(caller: Caller, kind: type[_A]) -> _A:
    """Return a client's area, made when it is first used.

    What `functools.cached_property` would do, if type checkers let it stand for a property of a Protocol.
    """
    area = caller.__dict__.get(f"_{kind.__name__}")
    if not isinstance(area, kind):
        area = caller.__dict__[f"_{kind.__name__}"] = kind(caller)
    return area


class _WrongType(ConfigurationError, TypeError):
    """A value of a type that no path or query can carry."""


def fill(template: str, /, **arguments: int | str) -> str:
    """Return a documented path with its places filled, each by one segment (RFC 3986, section 3.3).

    Args:
        template: The path as Podio documents it, with the kind of a place where it holds ids:
            ``/item/app/{app_id:id}/external_id/{external_id}``, ``/contact/{profile_ids:ids}``.
        arguments: What goes into its places. An id is an int or its digits, several ids are a text with commas. Other
            text is percent-encoded, so that no argument can become another path.

    Raises:
        ConfigurationError: for what is no id, and for a text that no segment can carry: an empty one, a dot or two, one
            with a slash. The message names the argument, not its value, which may be a credential.
        ConfigurationError, TypeError: for anything but an int or a str.
    """
    path = _PLACE.sub(lambda place: _segment(place[1], place[2], arguments[place[1]]), template)
    return OperationPath(path, _PLACE.sub(r"{\1}", template))


def merged(documented: Params, others: Params | None) -> dict[str, Query]:
    """Return the query of a call: an operation's keywords, and the keys that it doesn't know (``params=``).

    Raises:
        ConfigurationError: for a key that is given in both.
        ConfigurationError, TypeError: for other keys that are no mapping.
    """
    if others is None:
        return dict(documented)
    if not isinstance(others, Mapping):
        raise _WrongType(f"params must be a mapping of keys of the query, not {type(others).__name__}.")
    twice = sorted(key for key in others if documented.get(key) is not None)
    if twice:
        raise ConfigurationError(f"{', '.join(twice)}: given as a keyword and in params; give it once.")
    return {**documented, **others}


def _segment(name: str, kind: str | None, value: int | str) -> str:
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise _WrongType(f"{name} must be an int or a str, not {type(value).__name__}.")
    text = str(int(value)) if isinstance(value, int) else value
    if kind is not None:
        ids = text.split(",") if kind == "ids" else [text]
        if not all(_DIGITS.fullmatch(number) for number in ids):
            several = ", or several with commas between them" if kind == "ids" else ""
            raise ConfigurationError(f"{name} must be an id, a whole number from 0{several}.")
    if text in ("", ".", "..") or "/" in text or "\\" in text:
        reason = f"{name} can't be empty, dots alone, or hold a slash: Podio's paths can't carry it."
        raise ConfigurationError(f"{reason} {_OTHER_WAYS.get(name, '') if text else ''}".strip())
    try:
        return quote(text, safe="")
    except UnicodeEncodeError:
        raise ConfigurationError(f"{name} is not valid text: it holds half a character.") from None
