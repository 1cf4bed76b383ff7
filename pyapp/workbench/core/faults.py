"""Errors of the page itself, as values that may be shown: where they were raised, and nothing of what was handled.

A failure (``workbench.failures``) is Podio's or the network's, and trying again may help. A fault is a mistake in our
code: the state before it stays, and the page shows the user what to do.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from enum import Enum

_MOST_PLACES = 40


class Activity(Enum):
    """What the page was doing when the error was raised."""

    STEP = "step"
    DRAWING = "drawing"
    WORK = "work"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """An error of the page's own.

    Attributes:
        activity: What it kept the page from.
        name: The error's type.
        places: The lines of code that led to it, outermost first.
    """

    activity: Activity
    name: str
    places: tuple[str, ...]

    @property
    def details(self) -> str:
        """The fault for whoever keeps the site, a line for each place."""
        return "\n".join([self.name, *(f"  {place}" for place in self.places)])


def fault_of(error: BaseException, activity: Activity) -> Fault:
    """Describe an error without its text and its variables: these may hold what the user typed, or a token."""
    frames = traceback.extract_tb(error.__traceback__)[-_MOST_PLACES:]
    lines = [f"{frame.filename}, line {frame.lineno}, in {frame.name}" for frame in frames]
    # Of its own frames the library leaves only the places, in a note.
    notes = [note for note in getattr(error, "__notes__", ()) if note.startswith("Passed through podio.")]
    return Fault(activity=activity, name=type(error).__name__, places=(*lines, *notes))
