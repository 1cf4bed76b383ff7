"""Podio's HTML made harmless."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench import rich_text
from workbench.rich_text import Element


def test_simple_markup_stays() -> None:
    nodes = rich_text.from_html("<p>Dear <b>Ada</b>,<br>hello</p>")
    assert nodes == (Element("p", ("Dear ", Element("strong", ("Ada",)), ",", Element("br"), "hello")),)


@pytest.mark.parametrize(
    "hostile",
    ["<script>alert(1)</script>", "<style>*{}</style>", "<img src=x onerror=alert(1)>", "<iframe src=//evil>x</iframe>",
     "<svg onload=alert(1)><circle/></svg>"],
)  # fmt: skip
def test_what_could_run_leaves_nothing(hostile: str) -> None:
    assert rich_text.from_html(f"a{hostile}b") in {("a", "b"), ("ab",)}


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", " java\nscript:alert(1)", "data:text/html,x", "//evil", "vbscript:x"]
)
def test_a_link_that_could_do_harm_becomes_its_text(address: str) -> None:
    assert rich_text.from_html(f'<a href="{address}" onclick="x()">here</a>') == ("here",)


def test_a_link_to_the_web_keeps_its_address_only() -> None:
    assert rich_text.from_html('<a href="https://example.com/" onclick="x()">here</a>') == (
        Element("a", ("here",), "https://example.com/"),
    )


def test_tags_that_were_never_closed_are_closed() -> None:
    assert rich_text.plain(rich_text.from_html("<ul><li>one<li>two")).split() == ["one", "two"]


def test_plain_text_keeps_its_lines_and_its_angle_brackets() -> None:
    assert rich_text.from_podio("1 < 2\nyes") == ("1 < 2", Element("br"), "yes")


def test_nesting_has_an_end() -> None:
    rich_text.from_html("<blockquote>" * 5000 + "deep")


@given(st.text(alphabet='<>/apbscript ="&;\n', max_size=200))
def test_no_html_whatsoever_raises(source: str) -> None:
    rich_text.plain(rich_text.from_html(source))
