"""Reading a call's query and body: numbers, truth values, texts, lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from podio_emulator.errors import invalid_value, one_of

_TRUE, _FALSE = {"1", "true"}, {"0", "false", ""}


def query_number(query: Mapping[str, str], name: str, default: int, *, most: int | None = None) -> int:
    """Read a whole number from 0; refuse text and a number that is too large."""
    text = query.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise invalid_value(text, "must be integer")
    if most is not None and int(text) > most:
        raise invalid_value(int(text), f"must be between 0 and {most}")
    return int(text)


def query_boolean(query: Mapping[str, str], name: str) -> bool | None:
    """Read a truth value: ``1``, ``0``, ``true``, ``false``; None where there is none."""
    text = query.get(name)
    if text is None:
        return None
    if text.lower() not in _TRUE | _FALSE:
        raise invalid_value(text, "must be boolean")
    return text.lower() in _TRUE


def paged(items: list[Any], query: Mapping[str, str], *, limit: int, most: int | None = None) -> list[Any]:
    """Return the page of a list that ``offset`` and ``limit`` select."""
    offset = query_number(query, "offset", 0)
    return items[offset : offset + query_number(query, "limit", limit, most=most)]


def object_of(value: object) -> dict[str, Any]:
    """Return a decoded value that must be an object."""
    if not isinstance(value, dict):
        raise invalid_value(value, "must be object")
    return value


def is_int(value: object) -> bool:
    """Return whether a decoded value is a whole number; a truth value is none."""
    return isinstance(value, int) and not isinstance(value, bool)


def text_of(body: Mapping[str, Any], name: str, *, default: str | None = None) -> str | None:
    """Read a text that may be null or missing."""
    value = body.get(name, default)
    if value is not None and not isinstance(value, str):
        raise invalid_value(value, "must be string")
    return value


def needed_text(body: Mapping[str, Any], name: str) -> str:
    """Read a text that must be there and not be empty."""
    value = body.get(name)
    if not isinstance(value, str):
        raise invalid_value(value, "must be string")
    if not value.strip():
        raise invalid_value(value, "must not be empty")
    return value


def boolean_of(body: Mapping[str, Any], name: str, *, default: bool = False) -> bool:
    """Read a truth value that may be missing."""
    value = body.get(name, default)
    if not isinstance(value, bool):
        raise invalid_value(value, "must be boolean")
    return value


def choice_of(body: Mapping[str, Any], name: str, choices: tuple[str, ...], *, default: str | None = None) -> str:
    """Read one of a few texts."""
    value = body.get(name, default)
    if not isinstance(value, str) or value not in choices:
        raise invalid_value(value, one_of(choices))
    return value


def needed_id(body: Mapping[str, Any], name: str) -> int:
    """Read an id that must be there."""
    value = body.get(name)
    if isinstance(value, bool) or not isinstance(value, int):
        raise invalid_value(value, "must be integer")
    return value


def texts_of(value: Any) -> tuple[str, ...]:
    """Read a list of texts; None counts as an empty one."""
    texts = [] if value is None else value
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise invalid_value(value, "must be array of string")
    return tuple(texts)


def ids_in_path(text: str) -> list[int]:
    """Read the ids of a path such as ``/contact/1101,1102/v2``."""
    parts = text.split(",")
    if not all(part.isascii() and part.isdigit() and len(part) < 16 for part in parts):
        raise invalid_value(text, "must be integer")
    return [int(part) for part in parts]
