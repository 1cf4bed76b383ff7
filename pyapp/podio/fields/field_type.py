"""What it takes to read and write the values of one type of field. Performs no I/O."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from podio.fields.values import Value

Entry = Mapping[str, Any]
"""One element of a field's ``values``."""

Settings = Mapping[str, Any]
"""A field's ``config.settings``; empty where they are not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldType:
    """How one type of field is read and written.

    Attributes:
        read: Takes one element of ``values`` and the field's settings (``config.settings``); returns what it means, or
            None where its shape is not the expected one. Never raises.
        write: Takes one value, as read or in another form that the type allows, and the settings; returns its JSON,
            raises `Unfit`. None for a type that Podio doesn't let anybody write.
        wanted: What is taken when writing, as the end of a sentence.
        several: Whether the field may hold several values; then a list is sent even for one.
    """

    read: Callable[[Entry, Settings], Value | None]
    write: Callable[[Any, Settings], Any] | None
    wanted: str
    several: bool = False
