"""What is raised when a value doesn't fit its field."""

from __future__ import annotations

import reprlib
from collections.abc import Sequence

from podio.errors import PodioError


class FieldValueError(PodioError, ValueError):
    """A value doesn't fit the field that it is to be written to. Nothing was sent; fix the calling code.

    Attributes:
        field: Which field: its external id, its id or, where the caller named none, its type.
        value: The value that doesn't fit.
        expected: What the field takes, as the end of a sentence.
    """

    def __init__(
        self,
        *,
        field: str,
        value: object,
        expected: str,
        message: str | None = None,
        errors: Sequence[FieldValueError] = (),
    ) -> None:
        self.field = field
        self.value = value
        self.expected = expected
        self._others = tuple(errors)
        super().__init__(message or f"The field {field!r} does not take {_shortened(value)}. It takes {expected}.")

    @property
    def errors(self) -> tuple[FieldValueError, ...]:
        """One error for each field of the write that is wrong, this one alone where there are no others.

        The first of them gives `field`, `value` and `expected`.
        """
        return self._others or (self,)


def raise_all(errors: Sequence[FieldValueError]) -> None:
    """Raise one error that names every wrong field; do nothing where there is none."""
    if not errors:
        return
    first = errors[0]
    if len(errors) == 1:
        raise first
    message = f"{len(errors)} fields can't be written. " + " ".join(map(str, errors))
    raise FieldValueError(field=first.field, value=first.value, expected=first.expected, message=message, errors=errors)


class Unfit(Exception):
    """Raised by a type's writer, which doesn't know the field's name; the caller makes a `FieldValueError` of it.

    Attributes:
        expected: What this very value lacks; None where the type's general description says it.
    """

    def __init__(self, expected: str | None = None) -> None:
        self.expected = expected
        super().__init__(expected)


def _shortened(value: object) -> str:
    """Show a value in a message without flooding it, and whatever its `repr` does."""
    short = reprlib.Repr()
    short.maxstring = short.maxother = short.maxlong = 80
    try:
        shown = short.repr(value)
    except ValueError:  # CPython writes no integers of more than 4,300 digits
        shown = "a number too long to show"
    return f"{shown} ({type(value).__name__})"
