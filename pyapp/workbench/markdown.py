"""Markdown as a small tree of harmless nodes, in time proportional to its length.

Paragraphs, headings, lists, quotations, code, emphasis and links are known; HTML within is text, as all else is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workbench.rich_text import Element, RichText, safe_link

_HEADING = re.compile(r" {0,3}#{1,6} +(.*)")
_BULLET = re.compile(r" {0,8}[-*+] +(.*)")
_NUMBERED = re.compile(r" {0,8}[0-9]{1,9}[.)] +(.*)")
_QUOTED = re.compile(r" {0,3}> ?(.*)")
_BLOCKS = ((_BULLET, "ul"), (_NUMBERED, "ol"), (_QUOTED, "blockquote"))
_FENCE = "```"
_MARK = re.compile(
    r"\\(?P<escaped>[\\`*_{}\[\]()#+.!>~-])|(?P<delimiter>`|\*\*|__|~~|\*|_)"
    r"|\[(?P<label>[^\[\]]{1,500})\]\((?P<address>[^()\s]{1,2000})\)|<(?P<link>https?://[^\s<>]{1,2000})>"
)
_TAGS = {"`": "code", "**": "strong", "__": "strong", "~~": "s", "*": "em", "_": "em"}
_DEEPEST = 3


def from_markdown(text: str) -> RichText:
    """Parse Markdown; a line's end within a paragraph is kept, as Podio's users write it."""
    lines = text.splitlines()
    nodes: list[Element | str] = []
    place = 0
    while place < len(lines):
        start = place
        kind = _kind(lines[place])
        if kind == "pre":
            place = next((at for at in range(start + 1, len(lines)) if _kind(lines[at]) == "pre"), len(lines))
            nodes.append(Element("pre", ("\n".join(lines[start + 1 : place]),)))
            place += 1
            continue
        place += 1
        while kind != "heading" and place < len(lines) and _kind(lines[place]) == kind:
            place += 1
        if kind:
            nodes.append(_block(kind, lines[start:place]))
    return tuple(nodes)


def _kind(line: str) -> str:
    """Return what a line is part of; empty for a blank one."""
    if not line.strip():
        return ""
    if line.lstrip().startswith(_FENCE):
        return "pre"
    if _HEADING.fullmatch(line):
        return "heading"
    return next((tag for pattern, tag in _BLOCKS if pattern.fullmatch(line)), "p")


def _block(kind: str, lines: Sequence[str]) -> Element:
    match kind:
        case "heading":
            match = _HEADING.fullmatch(lines[0])
            return Element("p", (Element("strong", tuple(_inline((match[1] if match else "").rstrip(" #")))),))
        case "ul" | "ol":
            pattern = _BULLET if kind == "ul" else _NUMBERED
            return Element(kind, tuple(Element("li", tuple(_inline(pattern.sub(r"\1", line)))) for line in lines))
        case "blockquote":
            return Element(kind, tuple(_lines_with_breaks([_QUOTED.sub(r"\1", line) for line in lines])))
    return Element("p", tuple(_lines_with_breaks(lines)))


def _lines_with_breaks(lines: Sequence[str]) -> Iterator[Element | str]:
    for number, line in enumerate(lines):
        if number:
            yield Element("br")
        yield from _inline(line.strip())


def _inline(text: str, depth: int = 0) -> Iterator[Element | str]:
    position = text_start = 0
    unclosed: set[str] = set()
    while match := _MARK.search(text, position):
        node: Element | str | None
        node, position = _node(text, match, unclosed, depth)
        if node is not None:
            if match.start() > text_start:
                yield text[text_start : match.start()]
            yield node
            text_start = position
    if text_start < len(text):
        yield text[text_start:]


def _node(text: str, match: re.Match[str], unclosed: set[str], depth: int) -> tuple[Element | str | None, int]:
    """Return what begins with a mark and where it ends; None where the mark is text."""
    if match["escaped"]:
        return match["escaped"], match.end()
    address = safe_link(match["address"] or match["link"])
    if match["label"] or match["link"]:
        label = tuple(_inline(match["label"], depth + 1)) if match["label"] and depth < _DEEPEST else ()
        return (Element("a", label or (match["label"] or address,), address) if address else None), match.end()
    delimiter = match["delimiter"]
    start = match.end()
    end = -1 if delimiter in unclosed or depth >= _DEEPEST else text.find(delimiter, start)
    if end < 0:
        # There is none further on: no need to look for it again.
        unclosed.add(delimiter)
        return None, start
    content, next_character = text[start:end], text[end + len(delimiter) : end + len(delimiter) + 1]
    is_within_word = delimiter[0] == "_" and (
        text[match.start() - 1 : match.start()].isalnum() or next_character.isalnum()
    )
    if not content.strip() or is_within_word or (delimiter != "`" and content != content.strip()):
        return None, start
    children = (content,) if delimiter == "`" else tuple(_inline(content, depth + 1))
    return Element(_TAGS[delimiter], children), end + len(delimiter)
