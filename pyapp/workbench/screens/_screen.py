"""A screen: what the page's content is at one kind of place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import htpy as h

from workbench.core.clicks import Click
from workbench.core.routes import Route
from workbench.state import State
from workbench.turn import Turn

RouteT = TypeVar("RouteT", bound=Route)
ClickT = TypeVar("ClickT", bound=Click)


def _ignore(turn: Turn, route: Any, click: Any) -> None:
    """Take no click."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen(Generic[RouteT, ClickT]):
    """A row of the table of screens.

    Attributes:
        route: The kind of places; it knows their addresses and what is read for them.
        title: Names what is shown, for the document's title; empty where that is the page itself.
        view: Shows it.
        clicks: What can be clicked on this screen alone.
        update: Takes one of these clicks.
    """

    route: type[RouteT]
    title: Callable[[State, RouteT], str]
    view: Callable[[State, RouteT], h.Renderable]
    clicks: tuple[type[ClickT], ...] = ()
    update: Callable[[Turn, RouteT, ClickT], None] = _ignore
