"""The page of items that an item was opened from, beside it."""

from __future__ import annotations

import htpy as h

from podio.model import ItemsPage
from workbench import routes
from workbench import state as states
from workbench.names import name_of
from workbench.reads import AppOf, ItemsOf, ids_beside
from workbench.routes import ItemPage
from workbench.state import State
from workbench.unsent_values import with_changes
from workbench.views.drafts import draft_mark
from workbench.views.parts import loaded, step
from workbench.views.values import tooltip


def side_list(state: State, route: ItemPage) -> h.Renderable:
    """The items, with the one that is shown marked."""
    app = states.find_app(state, route.app_id)
    rows = state.read(ItemsOf(app_id=route.app_id, query=route.query))
    return h.section("#beside.beside", aria_label="Items of this app")[
        h.p(".back")[
            h.a("#back-to-list", href=routes.fragment(route.list_page))[f"‹ {name_of(app) if app else 'All items'}"]
        ],
        h.div("#beside-scroll.scroll", data_keep_scroll=True)[
            loaded(
                state,
                rows,
                "items",
                lambda page: _items(state, route, page),
                empty_text="The list could not be loaded.",
            )
        ],
    ]


def neighbours(state: State, route: ItemPage) -> h.Node:
    """The ways to the items before and after the one that is shown, in the list that it was opened from."""
    page = state.read(ItemsOf(app_id=route.app_id, query=route.query)).value
    beside = ids_beside(page, route.item_id)
    if beside is None:
        return None
    previous, following = (route.beside(item_id) if item_id else None for item_id in beside)
    return h.span(".turn")[
        step("previous-item", "Previous item", "‹", previous, shortcut="k"),
        step("next-item", "Next item", "›", following, shortcut="j"),
    ]


def _items(state: State, route: ItemPage, page: ItemsPage) -> h.Renderable:
    app = state.read(AppOf(app_id=route.app_id)).value
    return h.ul[
        [
            h.li(id=f"beside-{item.item_id}")[
                h.a(
                    href=routes.fragment(route.beside(item.item_id)),
                    aria_current="true" if item.item_id == route.item_id else None,
                    title=tooltip(name),
                )[h.bdi[name], draft_mark(state, item.item_id)]
            ]
            for item in page.items
            for name in [name_of(with_changes(item, app, state.account.outbox))]
        ]
    ]
