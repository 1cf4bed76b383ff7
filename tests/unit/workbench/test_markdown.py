"""Markdown as a small tree of harmless nodes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.markdown import from_markdown
from workbench.rich_text import Element, plain


def strong(text: str) -> Element:
    return Element("strong", (text,))


def em(text: str) -> Element:
    return Element("em", (text,))


@pytest.mark.parametrize(
    ("text", "nodes"),
    [
        ("a", ["a"]),
        ("a **b** c", ["a ", strong("b"), " c"]),
        ("__b__ *c* _d_ ~~e~~", [strong("b"), " ", em("c"), " ", em("d"), " ", Element("s", ("e",))]),
        ("**a *b* c**", [Element("strong", ("a ", em("b"), " c"))]),
        ("`**a**`", [Element("code", ("**a**",))]),
        ("[a *b*](https://example.com)", [Element("a", ("a ", em("b")), "https://example.com")]),
        ("<https://example.com>", [Element("a", ("https://example.com",), "https://example.com")]),
        ("one\ntwo", ["one", Element("br"), "two"]),
        # What looks like it, and is text.
        ("2 * 3 * 4", ["2 * 3 * 4"]),
        ("snake_case_name", ["snake_case_name"]),
        ("**open", ["**open"]),
        (r"\*a\*", ["*", "a", "*"]),
        ("[a](javascript:alert(1))", ["[a](javascript:alert(1))"]),
        ("[a](javascript:x)", ["[a](javascript:x)"]),
        ("see <b>a</b> & <script>", ["see <b>a</b> & <script>"]),
    ],
)
def test_what_stands_in_a_paragraph(text: str, nodes: list[Element | str]) -> None:
    assert from_markdown(text) == (Element("p", tuple(nodes)),)


def test_blocks_stand_for_themselves() -> None:
    text = "# Title\nfirst\n\nsecond\n- a\n* b\n1. c\n2) d\n> e\n> f\n```\n**g**\n\nh\n```\nend"
    assert from_markdown(text) == (
        Element("p", (strong("Title"),)),
        Element("p", ("first",)),
        Element("p", ("second",)),
        Element("ul", (Element("li", ("a",)), Element("li", ("b",)))),
        Element("ol", (Element("li", ("c",)), Element("li", ("d",)))),
        Element("blockquote", ("e", Element("br"), "f")),
        Element("pre", ("**g**\n\nh",)),
        Element("p", ("end",)),
    )


@given(st.text(alphabet="ab *_`~{}<>#-+.!\\\n1", max_size=60).filter(lambda text: "```" not in text))
def test_no_letter_is_lost(text: str) -> None:
    assert [letter for letter in plain(from_markdown(text)) if letter in "ab"] == [
        letter for letter in text if letter in "ab"
    ]
