"""How the page goes to another place of its own accord."""

from __future__ import annotations

from dataclasses import replace

from workbench import reading, routes
from workbench.effects import Effect, Focus, GoTo
from workbench.turn import Turn

_TO_HEADING = Focus(element_id="main-heading")


def go(turn: Turn, route: routes.Route, *, replace_entry: bool = False, effect: Effect | None = _TO_HEADING) -> None:
    """Go to a route, and then to its heading or where `effect` leads; None: the focus stays where it is."""
    turn.set(route=route, menu_open=False)
    turn.do(GoTo(fragment=routes.fragment(route), replace=replace_entry), *([effect] if effect else []))
    reading.ensure(turn)


def close_edit(turn: Turn, item_id: int) -> None:
    """Go from editing an item to reading it."""
    route = turn.state.route
    if isinstance(route, routes.ItemPage) and route.item_id == item_id and route.editing:
        go(turn, replace(route, editing=False))


def show_item(turn: Turn, item_id: int, note: str) -> None:
    """Go from editing an item to reading it, and read it again where it is shown."""
    close_edit(turn, item_id)
    reading.read_item_again(turn, item_id)
    turn.set(note=note)


def leave_deleted(turn: Turn, item_id: int) -> None:
    """Go from an item that is deleted to the list that it was opened from."""
    route = turn.state.route
    if isinstance(route, routes.ItemPage) and route.item_id == item_id:
        go(turn, route.list_page, replace_entry=True)
    turn.set(note="The item was deleted.")
