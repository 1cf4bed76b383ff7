"""What is shown of a field's values: small values that say what they are (a text, a chip, a link …).

The views turn pieces into markup, and `plain` turns them into the text of a table's cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench import rich_text

_SIZES = ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A plain text on one line."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number, set flush right in tables."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """A text with lines and simple markup."""

    nodes: rich_text.RichText


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A category's choice or a tag; ``color`` is six hexadecimal digits or empty."""

    text: str
    color: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A link: into the workbench (``#/…``) or out of it; ``note`` says more in small letters."""

    text: str
    href: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Somebody by name, with their mail address as a link of its own: who clicks a name wants to see who it is."""

    text: str
    mail: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Progress in per cent, 0 to 100."""

    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A date or a time span, with the machine's form of its start."""

    text: str
    machine: str


Piece = Words | Figure | Prose | Chip | Anchor | Profile | Bar | When


def plain(pieces: Sequence[Piece]) -> str:
    """Return the pieces' text alone."""
    parts = []
    for piece in pieces:
        match piece:
            case Prose(nodes=nodes):
                parts.append(" ".join(rich_text.plain(nodes).split()))
            case Bar(percent=percent):
                parts.append(f"{percent}%")
            case _:
                parts.append(piece.text)
    return ", ".join(parts)


def ink(color: str) -> str:
    """Choose ``dark`` or ``light`` letters on a colour of six hexadecimal digits, by WCAG's relative luminance."""
    parts = [int(color[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return "dark" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 else "light"


def readable_size(size: int) -> str:
    """Write a file's size: ``1.4 MB``."""
    for unit, label in _SIZES:
        if size >= unit:
            return f"{size / unit:.1f} {label}"
    return f"{size} bytes"
