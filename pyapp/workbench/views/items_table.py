"""An app's items: as a table, and as the list beside an item. Performs no I/O."""

from __future__ import annotations

from dataclasses import replace

import htpy as h

from podio.model import App, AppField, Item, ItemsPage
from workbench import clicks, field_ui, routes
from workbench import state as states
from workbench.core.clicks import on_change
from workbench.core.reads import Loadable
from workbench.names import item_name, name_of
from workbench.reads import AppOf, ItemsOf
from workbench.routes import AppPage, ItemPage, NewItemPage
from workbench.state import State
from workbench.views import values
from workbench.views.overview import missing
from workbench.views.parts import button, failure_box, is_missing, waiting

_MOST_COLUMNS = 7
_UNFIT = {"image", "file", "video", "separator", "embed", "location"}
_UNSORTABLE = {"contact", "app", "tag", "image", "file", "embed", "location"}
_FLUSH_RIGHT = {"number", "money", "duration"}


def columns(app: App | None) -> tuple[AppField, ...]:
    """Choose the fields that a table shows beside the title: short ones first come, the title's own left out."""
    fields = app.visible_fields if app else ()
    title = next((field.field_id for field in fields if field.type == "text"), 0)
    fit = [field for field in fields if field.field_id != title and field.type not in _UNFIT and not field.is_large]
    return tuple(fit[:_MOST_COLUMNS])


def app_page(state: State, route: AppPage) -> h.Renderable:
    """An app with a page of its items."""
    known, rows = state.read(AppOf(app_id=route.app_id)), state.read(ItemsOf(app_id=route.app_id, query=route.query))
    app = states.find_app(state, route.app_id)
    if is_missing(known.failure):
        return missing("app")
    place = states.find_space(state, app.space_id) if app else None
    return h.fragment[
        h.nav(".crumbs", aria_label="Where you are")[
            h.a(href=routes.fragment(routes.OrganizationPage(org_id=place[0].org_id)))[name_of(place[0])],
            " / ",
            h.a(href=routes.fragment(routes.SpacePage(space_id=place[1].space_id)))[name_of(place[1])],
        ]
        if place
        else None,
        h.div(".title-row")[
            h.h1("#main-heading", tabindex="-1")[name_of(app) if app else "App"],
            h.div(".actions")[
                h.a(
                    "#new-item",
                    href=routes.fragment(NewItemPage(app_id=route.app_id, query=route.query)),
                    role="button",
                    class_="small",
                )[f"New {item_name(app).lower()}"]
                if app and app.allow_create
                else None,
                button("Refresh", clicks.Refresh(), element_id="refresh", kind="secondary outline small"),
            ],
        ],
        h.p(".hint")[app.description] if app and app.description else None,
        failure_box(known.failure) if known.failure else None,
        failure_box(rows.failure) if rows.failure and not known.failure else None,
        _table(state, route, app, rows),
    ]


def _table(state: State, route: AppPage, app: App | None, rows: Loadable[ItemsPage]) -> h.Renderable | None:
    page = rows.value
    if page is None:
        return waiting(state, rows, "items") if not rows.failure else None
    if not page.items:
        beyond = page.offset > 0
        return h.div(".empty")[
            h.p["There are no items on this page." if beyond else "This app has no items yet."],
            h.p[h.a(href=routes.fragment(replace(route, query=replace(route.query, page=1))))["Go to the first page"]]
            if beyond
            else None,
        ]
    shown = columns(app)
    return h.fragment[
        _pager(state, route, page),
        waiting(state, rows, "items") if rows.loading else None,
        h.div("#rows-scroll.table-scroll", data_keep_scroll=True, role="region", aria_label="Items", tabindex="0")[
            h.table("#rows.rows", aria_busy="true" if rows.loading else None)[
                h.thead[
                    h.tr[
                        _header(route, "title", "Title"),
                        [
                            _header(route, str(field.field_id), name_of(field), field.type)
                            if field.type not in _UNSORTABLE
                            else h.th(scope="col")[name_of(field)]
                            for field in shown
                        ],
                        _header(route, "created_on", "Created"),
                    ]
                ],
                h.tbody[[_row(state, route, item, shown) for item in page.items]],
            ]
        ],
    ]


def _header(route: AppPage, key: str, label: str, kind: str = "") -> h.Renderable:
    in_force = route.query.sort == key
    direction = "descending" if route.query.descending else "ascending"
    target = replace(route, query=routes.sorted_by(route.query, key))
    return h.th(
        scope="col", aria_sort=direction if in_force else None, class_="number" if kind in _FLUSH_RIGHT else None
    )[
        h.a(id=f"sort-{key}", href=routes.fragment(target))[
            label, h.span(".arrow", aria_hidden="true")["▾" if route.query.descending else "▴"] if in_force else None
        ]
    ]


def _row(state: State, route: AppPage, item: Item, shown: tuple[AppField, ...]) -> h.Renderable:
    target = ItemPage(app_id=route.app_id, item_id=item.item_id, query=route.query)
    return h.tr(id=f"row-{item.item_id}")[
        h.th(scope="row")[h.a(href=routes.fragment(target))[name_of(item)]],
        [
            h.td(class_="number" if field.type in _FLUSH_RIGHT else None)[
                values.cell(field_ui.show(item.fields.get(field.field_id), field, state.site.locale))
            ]
            for field in shown
        ],
        h.td(".when")[field_ui.moment_text(item.created_on, state.site.zone, state.site.locale)],
    ]


def _pager(state: State, route: AppPage, page: ItemsPage) -> h.Renderable:
    query = route.query
    first_shown, last_shown = page.offset + 1, page.offset + len(page.items)
    count = max(page.filtered or 0, last_shown)
    last = max(1, -(-count // query.size))
    shown = [field_ui.number_text(number, state.site.locale) for number in (first_shown, last_shown, count)]
    return h.nav("#pager.pager", aria_label="Pages")[
        h.span("#range", role="status")[f"{shown[0]}–{shown[1]} of {shown[2]}"],
        h.span(".turn")[
            _turn(route, 1, "First", "«", query.page > 1),
            _turn(route, query.page - 1, "Previous", "‹", query.page > 1),
            _turn(route, query.page + 1, "Next", "›", query.page < last),
            _turn(route, last, "Last", "»", query.page < last),
        ],
        h.label(".size", for_="page-size")[
            "Per page ",
            h.select("#page-size", on_change(clicks.ChoosePageSize), data_fill=str(query.size))[
                [h.option(value=str(size), selected=size == query.size)[str(size)] for size in routes.PAGE_SIZES]
            ],
        ],
    ]


def _turn(route: AppPage, page: int, label: str, sign: str, possible: bool) -> h.Renderable:
    mark = h.span(aria_hidden="true")[sign]
    element_id = f"page-{label.lower()}"
    if not possible:
        return h.a(id=element_id, role="link", aria_disabled="true", aria_label=f"{label} page")[mark]
    target = replace(route, query=replace(route.query, page=page))
    return h.a(id=element_id, href=routes.fragment(target), aria_label=f"{label} page")[mark]


def side_list(state: State, route: ItemPage) -> h.Renderable:
    """The page of items that an item was opened from, beside it."""
    rows = state.read(ItemsOf(app_id=route.app_id, query=route.query))
    app = states.find_app(state, route.app_id)
    back = AppPage(app_id=route.app_id, query=route.query)
    return h.section("#beside.beside", aria_label="Items of this app")[
        h.p(".back")[h.a("#back-to-list", href=routes.fragment(back))[f"‹ {name_of(app) if app else 'All items'}"]],
        h.div("#beside-scroll.scroll", data_keep_scroll=True)[
            h.ul[
                [
                    h.li(id=f"beside-{item.item_id}")[
                        h.a(
                            href=routes.fragment(replace(route, item_id=item.item_id, editing=False)),
                            aria_current="true" if item.item_id == route.item_id else None,
                        )[name_of(item)]
                    ]
                    for item in rows.value.items
                ]
            ]
            if rows.value
            else None,
            waiting(state, rows, "items") if rows.value is None and not rows.failure else None,
            h.div(".failure.quiet")[
                h.p["The list could not be loaded."], button("Try again", clicks.Retry(), kind="secondary small")
            ]
            if rows.failure
            else None,
        ],
    ]
