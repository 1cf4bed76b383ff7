"""Podio's HTML as a small tree of harmless nodes.

Text fields and comments hold HTML that other people wrote. Only the tags and the one attribute listed here survive,
and the tree is turned into markup again by the views, which escape every text; nothing of the original reaches the
page as is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from workbench.html_tokenizer import EndTag, StartTag, Text, tokens, unescape

_BLOCKS = {"p", "ul", "ol", "li", "blockquote", "pre"}
_KEPT = _BLOCKS | {"strong", "em", "u", "s", "code", "a"}
_SYNONYMS = {
    "b": "strong",
    "i": "em",
    "div": "p",
    "strike": "s",
    "del": "s",
    "h1": "p",
    "h2": "p",
    "h3": "p",
    "h4": "p",
}
_SILENCED = {"template", "object", "svg", "math", "select"}
"""Whose content no reader would see; that of scripts and their like is no token to begin with."""
_DEEPEST = 30
_SCHEMES = {"http", "https", "mailto", "tel"}
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_LOOKS_LIKE_HTML = re.compile(
    r"</?(?:p|br|div|ul|ol|li|b|i|u|a|strong|em|span|h[1-6]|blockquote|pre|code)\b[^>]*+>", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Element:
    """A harmless element; ``href`` is set for links only."""

    tag: str
    children: tuple[Element | str, ...] = ()
    href: str = ""


RichText = tuple[Element | str, ...]


def safe_link(address: object) -> str:
    """Return the address if following it can do no harm, else an empty text."""
    if not isinstance(address, str):
        return ""
    link = _CONTROLS.sub("", address).strip().replace(" ", "%20")
    try:
        scheme = urlsplit(link).scheme.lower()
    except ValueError:
        return ""
    return link if scheme in _SCHEMES else ""


class _Builder:
    def __init__(self) -> None:
        self.stack: list[tuple[str, str, list[Element | str]]] = [("", "", [])]
        self.silent = 0

    def start(self, tag: StartTag) -> None:
        name = _SYNONYMS.get(tag.name, tag.name)
        if tag.name in _SILENCED:
            self.silent += 1
        elif self.silent:
            return
        elif name == "br":
            self.stack[-1][2].append(Element("br"))
        elif name in _KEPT and not tag.is_closed and len(self.stack) < _DEEPEST:
            if name in {"p", "li"} and self.stack[-1][0] == name:
                self._close()
            self.stack.append((name, safe_link(tag.attribute("href")) if name == "a" else "", []))

    def end(self, tag: EndTag) -> None:
        name = _SYNONYMS.get(tag.name, tag.name)
        if tag.name in _SILENCED:
            self.silent = max(0, self.silent - 1)
        elif not self.silent and any(name == open_name for open_name, _, _ in self.stack[1:]):
            while self._close() != name:
                pass

    def text(self, text: str) -> None:
        if not self.silent:
            self.stack[-1][2].append(text)

    def _close(self) -> str:
        tag, href, children = self.stack.pop()
        nodes = tuple(children)
        if tag == "a" and not href:
            self.stack[-1][2].extend(nodes)
        elif nodes or tag == "li":
            self.stack[-1][2].append(Element(tag, nodes, href))
        return tag

    def finish(self) -> RichText:
        while len(self.stack) > 1:
            self._close()
        return tuple(self.stack[0][2])


def from_html(source: str) -> RichText:
    """Parse Podio's HTML; what isn't known is dropped, its text stays (but for scripts and their like)."""
    builder = _Builder()
    for token in tokens(source):
        match token:
            case StartTag():
                builder.start(token)
            case EndTag():
                builder.end(token)
            case Text(text=text):
                builder.text(text)
    return builder.finish()


def from_plain(text: str) -> RichText:
    """Keep the lines of a plain text."""
    nodes: list[Element | str] = []
    for number, line in enumerate(text.splitlines()):
        if number:
            nodes.append(Element("br"))
        nodes.append(line)
    return tuple(nodes)


def looks_like_html(text: str) -> bool:
    """Return whether a text is Podio's HTML and not plain, for fields that hold either."""
    # Beyond the last bracket no tag ends, and the search would begin again and again to find that out.
    return _LOOKS_LIKE_HTML.search(text, 0, text.rfind(">") + 1) is not None


def from_podio(text: str) -> RichText:
    """Parse a value that is HTML or plain text, whichever it is."""
    return from_html(text) if looks_like_html(text) else from_plain(unescape(text))


def plain(nodes: Sequence[Element | str]) -> str:
    """Return the text alone, with a line's end after each block."""
    parts: list[str] = []
    for node in nodes:
        if isinstance(node, str):
            parts.append(node)
        elif node.tag == "br":
            parts.append("\n")
        else:
            inner = plain(node.children)
            parts.append(f"{inner}\n" if node.tag in _BLOCKS and not inner.endswith("\n") else inner)
    return "".join(parts)
