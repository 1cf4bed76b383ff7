"""What a row of the table of field types is made of: the controls of a form, and what was typed into them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from podio.model import AppField
from workbench.field_ui.pieces import Piece
from workbench.locales import Locale
from workbench.names import name_of

UNREADABLE = "\ufffd"
"""The text of a control that the browser could not read, such as a date of which only the day was typed."""

CHECKED = "on"
"""The text of a box that is ticked."""

Parts = Mapping[str, str]
"""The texts of a field's controls by part: ``""`` for the main one, ``currency`` and the like for the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One control of a form; ``kind`` is line, lines, choice, date, time, or check: `CHECKED` or nothing."""

    name: str
    label: str
    kind: str = "line"
    value: str = ""
    hint: str = ""
    required: bool = False
    mode: str = ""
    choices: tuple[tuple[str, str], ...] = ()


class Complaint(Exception):
    """A text can't be sent; the message is for the user.

    Attributes:
        part: Which of the field's controls to correct.
    """

    def __init__(self, message: str, part: str = "") -> None:
        self.part = part
        super().__init__(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was typed means.

    Attributes:
        value: What `podio.fields.write_value` takes; an empty tuple clears the field.
        note: What will be saved, in words, where the text alone could be understood otherwise.
    """

    value: object
    note: str = ""


CLEARED = Reading(value=())


def _offers_nothing(field: AppField, values: tuple[Any, ...], locale: Locale) -> tuple[Control, ...]:
    return ()


def _reads_nothing(texts: Parts, field: AppField, values: tuple[Any, ...], locale: Locale) -> Reading:
    raise Complaint("Edit this in Podio.")


PLAIN_ICON = "M3 4h10v8H3z"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldUI:
    """How the page shows and edits one type of field; how it is read and written as JSON, `podio.fields` knows.

    Attributes:
        show: Makes a piece of one value; None where there is nothing to see. The field is None where it isn't known.
        edit: Makes the controls of a field that holds these values; none where they could not show all of it.
        read: Takes the controls' texts, not all empty, and the values before; raises `Complaint`. What the controls
            don't show it takes over.
        parse: Reads a text alone, as a cell or what is pasted has it, where that differs from what the main control
            holds; None where it doesn't.
        several: Whether the controls can show several values.
        icon: Lines on a square of 16 by 16, as the path of an SVG.
    """

    show: Callable[[Any, AppField | None, Locale], Piece | None]
    edit: Callable[[AppField, tuple[Any, ...], Locale], tuple[Control, ...]] = _offers_nothing
    read: Callable[[Parts, AppField, tuple[Any, ...], Locale], Reading] = _reads_nothing
    parse: Callable[[str, AppField, Locale], Reading] | None = None
    several: bool = False
    icon: str = PLAIN_ICON


def control_name(field: AppField, part: str = "") -> str:
    """Return the name of a control within its form: ``f12``, or ``f12.currency``."""
    return f"f{field.field_id}.{part}" if part else f"f{field.field_id}"


def main_control(field: AppField, value: str, *, kind: str = "line", mode: str = "", hint: str = "") -> Control:
    """Make the control of a field that bears its name."""
    return Control(
        name=control_name(field),
        label=name_of(field),
        kind=kind,
        value=value,
        hint=field.description or hint,
        required=field.required,
        mode=mode,
    )


def part_control(field: AppField, part: str, value: str, *, kind: str, words: str = "") -> Control:
    """Make a further control of a field."""
    return Control(name=control_name(field, part), label=f"{name_of(field)}: {words or part}", kind=kind, value=value)
