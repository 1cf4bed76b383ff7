"""What a form consists of, and what is wrong with what was typed into it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One control of a form; ``kind`` is line, lines, choice, date or time."""

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
        control: The name of the control to correct.
    """

    def __init__(self, control: str, message: str) -> None:
        self.control = control
        super().__init__(message)


UNREADABLE = "\ufffd"
"""The text of a control that the browser could not read, such as a date of which only the day was typed."""
