"""The text of an HTML field as lines that a form can edit, and back into HTML.

A line is a paragraph, or stands after a line break within one. Only HTML of plain paragraphs and line breaks can be
edited as lines without loss; what has any other markup, or an attribute, can't.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.html_tokenizer import unescape

_MARKUP = re.compile(r"(<[^<>]*+>)")
_PARAGRAPH_OR_BREAK = re.compile(r"<(?:(/?p)|br\s*+/?)\s*+>", re.IGNORECASE)
_OPENING = re.compile(r"<[A-Za-z/!?]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; ``begins``: whether a paragraph begins with it, or a line break comes before it."""

    text: str
    begins: bool


def lines(source: str) -> tuple[Line, ...] | None:
    """Take HTML apart into lines; None where lines alone would lose something of it."""
    if "<" not in source:
        return tuple(Line(line, begins=True) for line in _paragraphs(unescape(source)))
    paragraphs: list[list[str]] = []
    is_open = False
    for number, part in enumerate(_MARKUP.split(source)):
        if number % 2:
            tag = _PARAGRAPH_OR_BREAK.fullmatch(part)
            if not tag or (part.startswith("</") and not is_open):
                return None
            if tag[1] is None and is_open:
                paragraphs[-1].append("")
            elif tag[1] is None:
                paragraphs.append(["", ""])
            elif not part.startswith("</"):
                paragraphs.append([""])
            is_open = not part.startswith("</")
        elif _OPENING.search(part):
            return None
        elif is_open or part.strip():
            if not is_open:
                paragraphs.append([""])
                is_open = True
            paragraphs[-1][-1] += unescape(" ".join(_paragraphs(part)))
    return tuple(
        Line(text, begins=not place)
        for texts in paragraphs
        # A line break that ends a paragraph begins no line.
        for place, text in enumerate(texts[:-1] if len(texts) > 1 and not texts[-1].strip() else texts)
    )


def text_of(parts: Sequence[Line]) -> str:
    """Return the lines as a form shows them."""
    return "\n".join(part.text for part in parts)


def to_html(text: str, previous: Sequence[Line] = ()) -> str:
    """Write a form's text as HTML; lines that were there before keep their place in a paragraph."""
    lines = _paragraphs(text)
    first = _common(lines, previous)
    last = _common(lines[first:][::-1], previous[first:][::-1])
    old_lines, following_lines = previous[first : len(previous) - last], previous[len(previous) - last :]
    count = len(lines) - first - last
    # New lines are paragraphs, unless the line that follows them goes on with one.
    begins_block = [not following_lines or following_lines[0].begins] * count
    middle = [line.begins for line in old_lines] if len(old_lines) == count else begins_block
    begins = [line.begins for line in previous[:first]] + middle + [line.begins for line in following_lines]
    paragraphs: list[list[str]] = []
    for line, is_first in zip(lines, begins, strict=True):
        if is_first or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append(html.escape(line, quote=False))
    return "".join(f"<p>{'<br>'.join(texts)}{'' if texts[-1].strip() else '<br>'}</p>" for texts in paragraphs)


def _common(lines: Sequence[str], previous: Sequence[Line]) -> int:
    """Count the first lines that are alike."""
    pairs = enumerate(zip(lines, previous, strict=False))
    return next((place for place, (text, line) in pairs if text != line.text), min(len(lines), len(previous)))


def _paragraphs(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
