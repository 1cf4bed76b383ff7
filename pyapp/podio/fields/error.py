"""What is raised when a value doesn't fit its field. Performs no I/O."""

from __future__ import annotations

import reprlib

from podio.errors import PodioError


class FieldValueError(PodioError, ValueError):
    """A value doesn't fit the field that it is to be written to. Nothing was sent; mend the calling code.

    Attributes:
        field: Which field: its external id, its id or, where the caller named none, its type.
        given: What was given.
        wanted: What the field takes, as the end of a sentence.
    """

    def __init__(self, *, field: str, given: object, wanted: str, message: str | None = None) -> None:
        self.field = field
        self.given = given
        self.wanted = wanted
        super().__init__(message or f"The field {field!r} does not take {_shortened(given)}. It takes {wanted}.")


class Unfit(Exception):
    """Raised by a type's writer, which doesn't know the field's name; the caller makes a `FieldValueError` of it.

    Attributes:
        wanted: What this very value lacks; None where the type's general description says it.
    """

    def __init__(self, wanted: str | None = None) -> None:
        self.wanted = wanted
        super().__init__(wanted)


def _shortened(given: object) -> str:
    """Show a value in a message without flooding it, and whatever its `repr` does."""
    short = reprlib.Repr()
    short.maxstring = short.maxother = short.maxlong = 80
    try:
        shown = short.repr(given)
    except ValueError:  # CPython writes no integers of more than 4,300 digits
        shown = "a number too long to show"
    return f"{shown} ({type(given).__name__})"
