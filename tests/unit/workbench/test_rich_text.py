"""Podio's HTML made harmless."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench import rich_text
from workbench.rich_text import Element
from workbench.views import values


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


def depth(nodes: tuple[Element | str, ...]) -> int:
    return max((1 + depth(node.children) for node in nodes if isinstance(node, Element)), default=0)


@pytest.mark.parametrize("tag", ["blockquote", "b", "ul", "ol", "pre", "ul><li", "div><blockquote", "p><b"])
@pytest.mark.parametrize("count", [100, 10_000])
def test_what_nests_deeply_is_kept_flat_enough_to_be_drawn_and_keeps_its_text(tag: str, count: int) -> None:
    nodes = rich_text.from_html(f"<{tag}>" * count + "deep" + "</b></ul></li></blockquote>" * count + "after")
    assert 5 < depth(nodes) <= 30
    assert rich_text.plain(nodes).split() == ["deepafter"] or rich_text.plain(nodes).split() == ["deep", "after"]
    assert "deep" in str(values.rich(nodes))


@pytest.mark.parametrize(
    "tag", ["script", "style", "template", "iframe", "object", "svg", "math", "noscript", "title", "textarea", "select"]
)
@pytest.mark.parametrize(
    "inner", ["secret", "<b>secret</b>", "<p title='>'>secret<br>", "<a href=https://a.b>secret</a>"]
)
def test_what_no_reader_would_see_is_not_shown(tag: str, inner: str) -> None:
    nodes = rich_text.from_html(f"<p>one</p><{tag}>{inner}</{tag.upper()} ><p>two</p>")
    assert nodes == (Element("p", ("one",)), Element("p", ("two",)))
    assert rich_text.from_html(f"one<{tag} x='y'>{inner}") == ("one",)


@pytest.mark.parametrize("tag", ["template", "object", "svg", "math", "select"])
def test_an_end_before_or_within_what_is_not_shown_changes_nothing_around_it(tag: str) -> None:
    nodes = rich_text.from_html(f"</{tag}><p>one<{tag}>secret</p></{tag}>two</p>three<b></b><ul></ul>")
    assert nodes == (Element("p", ("one", "two")), "three")


@pytest.mark.parametrize("tag", ["script", "style", "textarea", "title", "iframe", "noscript"])
def test_only_its_own_end_ends_what_is_not_read_as_html(tag: str) -> None:
    assert rich_text.from_html(f"<{tag}></b><!-- </p> <svg> </{tag}x> a</{tag}>b") == ("b",)


CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))]


@pytest.mark.parametrize("control", CONTROLS, ids=ascii)
def test_no_control_character_stays_in_a_link_or_hides_where_it_leads(control: str) -> None:
    link = rich_text.safe_link(f"{control}https://exam{control}ple.com/a{control}b{control}")
    assert link in {"https://example.com/ab", ""}
    assert rich_text.safe_link(f"https://example.com/a{control}b") == "https://example.com/ab"
    for scheme in ("javascript", "data", "vbscript"):
        for hidden in (f"{control}{scheme}:x", f"java{control}{scheme}:x", f"{scheme[:4]}{control}{scheme[4:]}:x"):
            assert rich_text.safe_link(hidden) == ""
            (nodes, *_) = rich_text.from_html(f"<a href='{hidden}'>here</a>")
            assert not isinstance(nodes, Element)


def test_a_link_that_is_no_address_is_none() -> None:
    assert rich_text.safe_link("https://[x") == ""
    assert rich_text.safe_link(b"https://example.com/") == ""


def test_a_link_keeps_its_spaces() -> None:
    assert rich_text.safe_link(" https://example.com/a b?c d ") == "https://example.com/a%20b?c%20d"


@pytest.mark.parametrize(
    ("source", "text"),
    [("a<b and c", "a<b and c"), ("1 < 2 <b>c</b>", "1 < 2 c"), ("a <!-- b --> c <!doctype x>d <?e?>f", "a  c d f"),
     ("a <!-- b", "a <!-- b"), ("<p title='>'>a</p>", "a\n"), ("<p title='a", "<p title='a"), ("a</ b>c</>d", "acd"),
     ("<3 <é>", "<3 <é>"), ("&lt;b&gt; &amp;amp; &#65;&#x42;", "<b> &amp; AB"), ("<BR/><B>a</B>", "\na"),
     ("<p/>a", "a"),
     (f"&#{'9' * 5000};|&#9999999;|&#x{'f' * 5000};", "\ufffd|\ufffd|\ufffd"), ("a&#0;b&#xd800;c", "a\ufffdb\ufffdc")],
)  # fmt: skip
def test_odd_html_reads_as_text(source: str, text: str) -> None:
    assert rich_text.plain(rich_text.from_html(source)) == text


@given(st.text(alphabet="<>/!-?\"'= apbrscitlenod&;#9x\n", max_size=60))
def test_whatever_stands_between_tags_stays_or_is_silenced_whole(source: str) -> None:
    nodes = str(values.rich(rich_text.from_html(source)))
    assert "<script" not in nodes
    assert set(re.findall(r"<(/?[a-z]+)", nodes)) <= {"p", "/p", "br", "b", "a", "/a", "s", "/s", "li", "/li", "strong",
                                                     "/strong", "em", "/em", "ol", "/ol", "code", "/code"}  # fmt: skip
