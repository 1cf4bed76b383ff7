"""How the page goes to another place of its own accord."""

from __future__ import annotations

from dataclasses import replace

from workbench import reading, routes
from workbench.effects import Focus, GoTo
from workbench.reads import ItemOf, ItemsOf
from workbench.turn import Turn


def go(turn: Turn, route: routes.Route, *, replace_entry: bool = False) -> None:
    """Go to a route."""
    turn.set(route=route, menu_open=False)
    turn.do(GoTo(fragment=routes.fragment(route), replace=replace_entry), Focus(element_id="main-heading"))
    reading.ensure(turn)


def show_item(turn: Turn, item_id: int, note: str) -> None:
    """Go from editing an item to reading it, and read it again."""
    route = turn.state.route
    if isinstance(route, routes.ItemPage) and route.item_id == item_id:
        if route.editing:
            go(turn, replace(route, editing=False))
        reading.start(turn, ItemOf(item_id=item_id))
        reading.start(turn, ItemsOf(app_id=route.app_id, query=route.query))
    turn.set(note=note)


def leave_deleted(turn: Turn, item_id: int) -> None:
    """Go from an item that is deleted to the list that it was in."""
    route = turn.state.route
    if isinstance(route, routes.ItemPage) and route.item_id == item_id:
        turn.drop_reads([*reading.pages_of(turn.state, route.app_id), ItemOf(item_id=item_id)])
        go(turn, routes.AppPage(app_id=route.app_id, query=route.query), replace_entry=True)
    turn.set(note="The item was deleted.")
