"""A part of the view is rendered again only when what it looked at has changed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import htpy as h
import pytest

from workbench.core.parts import Branch, Renderer, part
from workbench.core.reads import Loadable, Read, Reads, Request


class Row(Read[str]):
    number: int

    def request(self) -> Request:
        raise NotImplementedError

    def decode(self, answer: Any) -> str | None:
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Limb(Branch):
    color: str = "red"
    size: int = 1


@dataclass(frozen=True, kw_only=True)
class State:
    title: str = "a"
    count: int = 0
    is_shown: bool = True
    limb: Limb = Limb()
    reads: Reads = field(default_factory=dict)

    def read(self, key: Read[Any]) -> Loadable[Any]:
        return self.reads.get(key, Loadable())


class Views:
    """Views that count how often they are rendered."""

    def __init__(self) -> None:
        self.rendered: list[str] = []
        self.render = Renderer(self.page).render

    def page(self, state: State) -> h.Node:
        return [part(self.outer, state) if state.is_shown else None, part(self.count, state)]

    def count(self, state: State) -> h.Node:
        self.rendered.append("count")
        return h.p[str(state.count)]

    def outer(self, state: State) -> h.Node:
        self.rendered.append("outer")
        return h.div[state.title, part(self.inner, state, 1)]

    def inner(self, state: State, number: int) -> h.Node:
        self.rendered.append("inner")
        return h.b[state.read(Row(number=number)).value]

    def after(self, state: State) -> list[str]:
        """Render a state; return what was rendered for it."""
        self.rendered.clear()
        assert self.render(state) == str(h.fragment[self.page(state)])
        self.rendered = self.rendered[: -3 if state.is_shown else -1]
        return self.rendered


FIRST = State()
READ = replace(FIRST, reads={Row(number=1): Loadable(value="<one>")})


def test_all_is_rendered_at_first_and_nothing_when_nothing_has_changed() -> None:
    views = Views()
    assert views.after(FIRST) == ["outer", "inner", "count"]
    assert views.after(FIRST) == []
    assert views.after(State()) == []


def test_a_part_is_rendered_again_when_what_it_looked_at_has_changed_and_no_other_is() -> None:
    views = Views()
    views.after(FIRST)
    assert views.after(replace(FIRST, count=1)) == ["count"]
    assert views.after(replace(FIRST, count=1, title="b")) == ["outer"]


def test_what_a_part_within_it_looked_at_counts_for_the_outer_one_too() -> None:
    views = Views()
    views.after(FIRST)
    assert views.after(READ) == ["outer", "inner"]
    # Also where the inner one was used again while the outer one was rendered.
    views.after(replace(READ, title="b"))
    assert views.after(replace(FIRST, title="b")) == ["outer", "inner"]


def test_a_read_that_nobody_looked_at_changes_nothing() -> None:
    views = Views()
    views.after(FIRST)
    assert views.after(replace(FIRST, reads={Row(number=2): Loadable(value="two")})) == []


def test_of_a_branch_counts_what_was_looked_at_in_it_also_by_a_part_within() -> None:
    calls: list[str] = []

    def color(state: State) -> h.Node:
        calls.append("color")
        return h.b[state.limb.color]

    def limb(state: State) -> h.Node:
        calls.append("limb")
        return h.p[part(color, state)]

    render = Renderer(lambda state: [part(limb, state), h.i[state.limb.size]]).render
    assert render(FIRST) == "<p><b>red</b></p><i>1</i>"
    assert render(replace(FIRST, limb=Limb(size=2))) == "<p><b>red</b></p><i>2</i>"
    assert render(replace(FIRST, limb=Limb(color="green", size=2))) == "<p><b>green</b></p><i>2</i>"
    assert calls == ["limb", "color", "limb", "color"]


def test_what_is_not_shown_is_dropped() -> None:
    views = Views()
    views.after(FIRST)
    views.after(replace(FIRST, is_shown=False))
    assert views.after(FIRST) == ["outer", "inner"]


def test_text_is_escaped_once() -> None:
    assert "<b>&lt;one&gt;</b>" in Renderer(Views().page).render(READ)


def test_other_arguments_make_another_part() -> None:
    views = Views()
    numbers = iter([1, 1, 2])
    render = Renderer(lambda state: part(views.inner, state, next(numbers))).render
    for _ in range(3):
        render(READ)
    assert views.rendered == ["inner", "inner"]


def test_one_view_twice_on_a_page_is_right_both_times() -> None:
    views = Views()
    render = Renderer(lambda state: [part(views.inner, state, 1), part(views.inner, state, 2)]).render
    for value in ("x", "y"):
        state = replace(FIRST, reads={Row(number=2): Loadable(value=value)})
        assert render(state) == f"<b></b><b>{value}</b>"


def test_a_view_that_fails_leaves_the_parts_before_it_in_place() -> None:
    views = Views()

    def page(state: State) -> h.Node:
        html = part(views.count, state)
        return [html, str(1 // state.count)]

    render = Renderer(page).render
    render(replace(FIRST, count=1))
    with pytest.raises(ZeroDivisionError):
        render(FIRST)
    views.rendered.clear()
    assert render(replace(FIRST, count=1)) == "<p>1</p>1"
    assert views.rendered == []
