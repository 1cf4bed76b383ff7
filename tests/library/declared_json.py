"""Compares a JSON value with the type declared for it, strictly: an unknown key is a mismatch, as another type is."""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Any, Literal, NotRequired, Required, Union, get_args, get_origin, get_type_hints, is_typeddict


def mismatches(value: Any, declared: Any, place: str = "$") -> Iterator[str]:
    """Yield each place where a value isn't what is declared: ``$[0].created_by.name: null, not str``."""
    origin, arguments = get_origin(declared), get_args(declared)
    if declared is Any:
        return
    if origin in (Required, NotRequired):
        yield from mismatches(value, arguments[0], place)
    elif origin in (Union, types.UnionType):
        yield from _none_of(value, arguments, place)
    elif origin is Literal:
        if not any(type(value) is type(option) and value == option for option in arguments):
            yield f"{place}: {value!r}, not one of {arguments}"
    elif origin is list:
        if not isinstance(value, list):
            yield _other(value, declared, place)
        else:
            for number, entry in enumerate(value):
                yield from mismatches(entry, arguments[0], f"{place}[{number}]")
    elif origin is dict:
        if not isinstance(value, dict):
            yield _other(value, declared, place)
        else:
            for key, entry in value.items():
                yield from mismatches(entry, arguments[1], f"{place}.{key}")
    elif is_typeddict(declared):
        yield from _keys(value, declared, place)
    elif not _is_plain(value, declared):
        yield _other(value, declared, place)


def _keys(value: Any, declared: Any, place: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield _other(value, declared, place)
        return
    kinds = get_type_hints(declared, include_extras=True)
    # Where annotations are kept as text, Python itself doesn't see `Required` in them.
    required = declared.__required_keys__ | {key for key, kind in kinds.items() if get_origin(kind) is Required}
    yield from (f"{place}: no {key}" for key in sorted(required - value.keys()))
    for key, entry in value.items():
        if key in kinds:
            yield from mismatches(entry, kinds[key], f"{place}.{key}")
        else:
            yield f"{place}.{key}: unknown to {declared.__name__}"


def _none_of(value: Any, options: tuple[Any, ...], place: str) -> Iterator[str]:
    mismatch_lists = [list(mismatches(value, option, place)) for option in options]
    if all(mismatch_lists):
        # The nearest option's: for `File | None` what is wrong with the file.
        yield from max(mismatch_lists, key=lambda lines: max(len(line) for line in lines))


def _is_plain(value: Any, declared: Any) -> bool:
    if declared is float:
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    if declared in (None, type(None)):
        return value is None
    return type(value) is declared


def _other(value: Any, declared: Any, place: str) -> str:
    return f"{place}: {type(value).__name__}, not {getattr(declared, '__name__', declared)}"
