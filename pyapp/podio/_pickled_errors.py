"""Errors as values that can be pickled and copied: by their attributes, for their constructors differ."""

from __future__ import annotations

import reprlib
from typing import Any, TypeVar

_E = TypeVar("_E", bound=Exception)


def rebuilt(kind: type[_E], arguments: tuple[Any, ...], attributes: dict[str, Any]) -> _E:
    """Return an error of a kind with these arguments and attributes, without its constructor."""
    error = kind.__new__(kind)
    error.args = arguments
    error.__dict__.update(attributes)
    return error


def picklable(value: Any) -> Any:
    """Return a value that pickles: itself, or what it prints as."""
    import pickle  # whoever pickles has it

    try:
        pickle.dumps(value)
    except Exception:  # pickling runs the code of whatever the caller put there
        return reprlib.repr(value)
    return value
