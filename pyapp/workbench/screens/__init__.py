"""The page's screens: a module for each, a row for each in this table.

A screen's module ends in a ``Screen``: the kind of its places (a ``Route`` with addresses and what is read for them),
its title, its view, its clicks and what these change. Nothing else in the page knows one screen from another.
"""

from __future__ import annotations

from typing import Any, get_args

import htpy as h

from workbench.clicks import AnyClick
from workbench.core.clicks import Click, Clicks
from workbench.core.routes import Addresses, Destination, Route
from workbench.routes import Home
from workbench.screens import app, home, item, new_item, organization, space
from workbench.screens._screen import Screen
from workbench.state import State
from workbench.turn import Turn

__all__ = ["CLICKS", "SCREENS", "Destination", "Screen", "content", "find", "take_click", "title"]

SCREENS: tuple[Screen[Any, Any], ...] = (
    home.SCREEN,
    organization.SCREEN,
    space.SCREEN,
    app.SCREEN,
    item.SCREEN,
    new_item.SCREEN,
)

_BY_ROUTE = {screen.route: screen for screen in SCREENS}
_BY_CLICK = {kind: screen for screen in SCREENS for kind in screen.clicks}

CLICKS: Clicks[Click] = Clicks([*get_args(AnyClick), *_BY_CLICK])
"""All that can be clicked in the page."""

find = Addresses(_BY_ROUTE, home=Home()).find
"""Finds where a fragment of the page's address leads."""


def content(state: State) -> h.Renderable:
    """Show what is at the place where the user is."""
    return _of(state.route).view(state, state.route)


def title(state: State) -> str:
    """Name what is at the place where the user is."""
    return _of(state.route).title(state, state.route)


def take_click(turn: Turn, click: Click) -> None:
    """Take a screen's own click; nothing happens where that screen isn't shown any more."""
    screen = _BY_CLICK[type(click)]
    if isinstance(turn.state.route, screen.route):
        screen.update(turn, turn.state.route, click)


def _of(route: Route) -> Screen[Any, Any]:
    return _BY_ROUTE[type(route)]
