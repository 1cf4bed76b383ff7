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
    """A line of text; ``begins`` tells whether a paragraph begins with it, or a line break comes before it."""

    text: str
    begins: bool


def lines(source: str) -> tuple[Line, ...] | None:
    """Take HTML apart into lines; None where lines alone would lose something of it."""
    if "<" not in source:
        return tuple(Line(line, begins=True) for line in _split(unescape(source)))
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
            paragraphs[-1][-1] += unescape(" ".join(_split(part)))
    return tuple(
        Line(text, begins=not place)
        for texts in paragraphs
        # A line break that ends a paragraph begins no line.
        for place, text in enumerate(texts[:-1] if len(texts) > 1 and not texts[-1].strip() else texts)
    )


def text_of(parts: Sequence[Line]) -> str:
    """Return the lines as a form shows them."""
    return "\n".join(part.text for part in parts)


def to_html(text: str, before: Sequence[Line] = ()) -> str:
    """Write a form's text as HTML; lines that were there before keep their place in a paragraph."""
    written = _split(text)
    first = _common(written, before)
    last = _common(written[first:][::-1], before[first:][::-1])
    replaced, kept_after = before[first : len(before) - last], before[len(before) - last :]
    count = len(written) - first - last
    # New lines are paragraphs, unless the line that follows them goes on with one.
    new = [not kept_after or kept_after[0].begins] * count
    middle = [line.begins for line in replaced] if len(replaced) == count else new
    begins = [line.begins for line in before[:first]] + middle + [line.begins for line in kept_after]
    paragraphs: list[list[str]] = []
    for line, is_first in zip(written, begins, strict=True):
        if is_first or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append(html.escape(line, quote=False))
    return "".join(f"<p>{'<br>'.join(texts)}{'' if texts[-1].strip() else '<br>'}</p>" for texts in paragraphs)


def _common(written: Sequence[str], before: Sequence[Line]) -> int:
    """Count the first lines that are alike."""
    pairs = enumerate(zip(written, before, strict=False))
    return next((place for place, (text, line) in pairs if text != line.text), min(len(written), len(before)))


def _split(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
