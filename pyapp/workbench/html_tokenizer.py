"""HTML taken apart into tags and texts, in time proportional to its length.

The standard library's parser takes the square of it for tags that never end, and fails for a character reference of
some thousand digits. This one knows what text fields hold: a tag that never ends is text, as is all that follows it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

_TAG = re.compile(r"""<(/?)([A-Za-z][^\s/>]*+)((?:[^>"']++|"[^"]*+"|'[^']*+')*+)>""")
_ATTRIBUTE = re.compile(r"""([^\s/=>"']++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++)))?+""")
_LONG_REFERENCE = re.compile(r"&#[0-9]{8,}+;?+")
_RAW = ("script", "style", "textarea", "title", "iframe", "noscript")
_RAW_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW}


@dataclass(frozen=True, slots=True)
class Text:
    """A text, its character references undone."""

    text: str


@dataclass(frozen=True, slots=True)
class StartTag:
    """A start tag; its attributes are read when they are wanted."""

    name: str
    attributes: str = ""

    @property
    def is_closed(self) -> bool:
        """Whether the tag ends in ``/>``."""
        return self.attributes.endswith("/")

    def attribute(self, name: str) -> str:
        """Return an attribute's value, the first one's as browsers do; empty where there is none."""
        for match in _ATTRIBUTE.finditer(self.attributes):
            if match[1].lower() == name:
                return unescape(match[2] or match[3] or match[4] or "")
        return ""


@dataclass(frozen=True, slots=True)
class EndTag:
    """An end tag."""

    name: str


Token = Text | StartTag | EndTag


def tokens(source: str) -> Iterator[Token]:
    """Yield a text's tokens; comments and declarations are none, nor is what scripts and their like hold."""
    position = text_start = 0
    while (position := source.find("<", position)) >= 0:
        next_character = source[position + 1 : position + 2]
        if not (next_character.isascii() and next_character.isalpha()) and next_character not in ("/", "!", "?"):
            position += 1
            continue
        tag = _TAG.match(source, position)
        end = tag.end() if tag else _end_of_declaration(source, position)
        if not end:
            break
        if position > text_start:
            yield Text(unescape(source[text_start:position]))
        position = text_start = end
        if not tag:
            continue
        name = tag[2].lower()
        if tag[1]:
            yield EndTag(name)
            continue
        yield StartTag(name, tag[3])
        if name in _RAW_ENDS:
            closing = _RAW_ENDS[name].search(source, position)
            position = text_start = closing.start() if closing else len(source)
    if text_start < len(source):
        yield Text(unescape(source[text_start:]))


def _end_of_declaration(source: str, start: int) -> int:
    """Return where a comment, declaration or processing instruction ends; 0 where it doesn't, or is none."""
    if source.startswith("<!--", start):
        end = source.find("-->", start + 2)
        return end + len("-->") if end >= 0 else 0
    return 0 if source[start + 1].isalpha() else source.find(">", start) + 1


def unescape(text: str) -> str:
    """Undo one layer of character references."""
    return html.unescape(_LONG_REFERENCE.sub("\ufffd", text)) if "&" in text else text
