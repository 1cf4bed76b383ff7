"""What it takes to read, to show in a grid and to write the values of one type of field: a row of the table of types.

A row declares its JSON once, in `parse`. A value is made of what that returns, and so is what a grid keeps of it;
`parts` takes a value back to the same, so that a value and the JSON that it came from can't differ in a grid.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from podio.fields._values import Value

Entry = Mapping[str, Any]
"""One element of a field's ``values``."""

Settings = Mapping[str, Any]
"""A field's ``config.settings``; empty where they are not known."""

Parts = Any
"""What a type's `parse` returns: plain and hashable, and for each type its own."""

EntryColumn = tuple[Hashable, str, Any]
"""What a grid keeps of one value: key, text, sort key (see `Cell`)."""


def as_value(parts: Parts, entry: Entry) -> Any:
    """Return the parts: for types whose parts are the value."""
    return parts


def as_parts(value: Any) -> Parts:
    """Return the value: for types whose parts are the value."""
    return value


def takes_all(written: Any, settings: Settings) -> None:
    """Check nothing: for types whose settings exclude no value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldType:
    """How one type of field is read, kept by a grid, and written.

    Attributes:
        parse: Takes one element of ``values`` and the field's settings (``config.settings``); returns what identifies
            the value and what it is called, or None where the shape is not the expected one. Never raises, and makes
            no value: it runs for each cell of a large answer.
        value: Makes a value of the parts and the JSON that they came from, which has the rest.
        parts: Returns the parts of a value.
        column: Takes the settings; returns the function that makes of parts what a grid keeps.
        write: Takes one value, as read or in another form that the type allows, and the settings; returns its JSON,
            raises `Unfit`. None for a type that Podio doesn't let anybody write.
        check: Takes what `write` returned for a new value (not for one that is sent back as it was read) and the
            settings; raises `Unfit` for what Podio would refuse, or would drop without a word.
        expected: What is taken when writing, as the end of a sentence.
        several: Whether the field may hold several values; then a list is sent even for one.
        distinct: Whether it may hold each value once only.
    """

    parse: Callable[[Entry, Settings], Parts | None]
    column: Callable[[Settings], Callable[[Parts], EntryColumn]]
    write: Callable[[Any, Settings], Any] | None
    expected: str
    value: Callable[[Parts, Entry], Value] = as_value
    parts: Callable[[Any], Parts] = as_parts
    check: Callable[[Any, Settings], None] = takes_all
    several: bool = False
    distinct: bool = False

    def read(self, entry: Entry, settings: Settings) -> Value | None:
        """Return the value of one element of ``values``; None where its shape is not the expected one."""
        parts = self.parse(entry, settings)
        return None if parts is None else self.value(parts, entry)
