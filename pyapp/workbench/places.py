"""Where the user was on a page that was left: how far its parts were scrolled, and what had the focus.

It lies in the entry of the tab's history, as ids and numbers; what comes back from there is untrusted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from podio.json_text import parse_object

_ID = re.compile(r"[A-Za-z][\w.-]{0,99}")
_MOST_PARTS = 20
_FARTHEST = 1e7


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the user was on a page.

    Attributes:
        scroll: How far parts are scrolled down, in pixels, by their id; to the side by ``<id>.left``.
        focus: The id of the element that had the focus, or of the row that it was in.
    """

    scroll: Mapping[str, float] = field(default_factory=dict)
    focus: str = ""


def write_place(entry: str, place: Place) -> str:
    """Write a place as it is kept with the history's entry of this name."""
    return json.dumps({"entry": entry, "scroll": dict(place.scroll), "focus": place.focus})


def read_place(text: object) -> tuple[str, Place] | None:
    """Read what `write_place` wrote; None for anything else."""
    record = parse_object(text, longest=4096)
    entry, scroll, focus = record.get("entry"), record.get("scroll"), record.get("focus")
    if not isinstance(entry, str) or not _ID.fullmatch(entry) or not isinstance(scroll, dict):
        return None
    positions = {
        name: float(distance)
        for name, distance in list(scroll.items())[:_MOST_PARTS]
        if _ID.fullmatch(name) and isinstance(distance, int | float)
        if 0 < distance <= _FARTHEST
    }
    return entry, Place(scroll=positions, focus=focus if isinstance(focus, str) and _ID.fullmatch(focus) else "")
