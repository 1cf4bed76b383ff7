"""Field values as markup."""

from __future__ import annotations

from collections.abc import Sequence

import htpy as h

from workbench import rich_text
from workbench.field_ui import pieces as values

_OUT = {"rel": "noopener noreferrer nofollow", "target": "_blank"}
_TAGS = {
    "p": h.p,
    "ul": h.ul,
    "ol": h.ol,
    "li": h.li,
    "blockquote": h.blockquote,
    "pre": h.pre,
    "strong": h.strong,
    "em": h.em,
    "u": h.u,
    "s": h.s,
    "code": h.code,
}


def tooltip(text: str, room: int = 28) -> str | None:
    """Return a text that may be cut where it is shown, to be read in full; None for one that has room.

    Args:
        text: The text.
        room: The number of letters that are surely shown.
    """
    return text if len(text) > room else None


def link(text: str, href: str) -> h.Renderable:
    """A link: ours stay in the page, others open a new tab that learns nothing of this one."""
    if href.startswith("#/"):
        return h.a(href=href, dir="auto")[text]
    if href.startswith(("mailto:", "tel:")):
        return h.a(href=href, rel="nofollow")[text]
    return h.a(_OUT, href=href, dir="auto")[text]


def rich(nodes: Sequence[rich_text.Element | str]) -> h.Renderable:
    """The harmless tree of ``rich_text`` as markup."""
    return h.fragment[[_rich(node) for node in nodes]]


def _rich(node: rich_text.Element | str) -> h.Node:
    if isinstance(node, str):
        return node
    if node.tag == "br":
        return h.br
    if node.tag == "a":
        return h.a(_OUT, href=node.href)[rich(node.children)]
    return _TAGS[node.tag][rich(node.children)]


def chip(text: str, color: str) -> h.Renderable:
    """A coloured choice; the loop sets the colour, for the policy forbids ``style=``."""
    ink = f" {values.ink(color)}-ink" if color else ""
    return h.span(class_=f"chip{ink}", data_color=color or None, dir="auto", title=tooltip(text, 24))[text]


def bar(percent: int) -> h.Renderable:
    """Progress as a bar with its figure."""
    return h.span(".bar")[
        h.progress({"aria-hidden": "true"}, value=str(percent), max="100"),
        h.span[f"{percent}%"],
    ]


def piece(value: values.Piece) -> h.Renderable:
    """One piece in full, as an item's page shows it."""
    match value:
        case values.Words(text=text):
            return h.bdi[text]
        case values.Profile(text=text, mail=mail, href=href):
            return h.span[h.bdi[text], " ", h.small[link(mail, href)]]
        case values.Figure(text=text):
            return h.span(".figure")[text]
        case values.Prose(nodes=nodes):
            return h.div(".prose", dir="auto")[rich(nodes)]
        case values.Chip(text=text, color=color):
            return chip(text, color)
        case values.Anchor(text=text, href=href, note=note):
            return h.span[link(text, href), h.small(".note")[" ", h.bdi[note]] if note else None]
        case values.Bar(percent=percent):
            return bar(percent)
        case values.When(text=text, machine=machine):
            return h.time(datetime=machine)[text]


def full(pieces: Sequence[values.Piece]) -> h.Renderable:
    """All pieces of a field."""
    if len(pieces) == 1:
        return piece(pieces[0])
    if pieces and all(isinstance(part, values.Chip) for part in pieces):
        return h.span(".chips")[[piece(part) for part in pieces]]
    return h.ul(".several")[[h.li[piece(part)] for part in pieces]]


def cell(pieces: Sequence[values.Piece]) -> h.Renderable:
    """A field in a table: chips and bars as they are, all else as text on one line, and nothing for no value."""
    if not pieces:
        return h.fragment[None]
    if len(pieces) == 1 and isinstance(pieces[0], values.Bar):
        return bar(pieces[0].percent)
    if pieces and all(isinstance(part, values.Chip) for part in pieces):
        return h.span(".chips")[[piece(part) for part in pieces]]
    text = values.plain(pieces)
    return h.bdi(title=tooltip(text))[text[:200]]
