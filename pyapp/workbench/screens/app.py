"""An app with its items as a table, a page at a time."""

from __future__ import annotations

from dataclasses import replace

import htpy as h

from podio.model import App, AppField, Item, ItemsPage
from workbench import field_ui, routes
from workbench import state as states
from workbench.core.clicks import Click, on_change
from workbench.core.parts import part
from workbench.core.reads import Loadable
from workbench.names import item_name, name_of, title_field
from workbench.navigation import go
from workbench.reads import PAGE_SIZES, AppOf, ItemsOf
from workbench.routes import AppPage, ItemPage, NewItemPage, OrganizationPage, SpacePage
from workbench.screens._screen import Screen
from workbench.state import State
from workbench.turn import Turn
from workbench.unsent_values import with_changes
from workbench.views import values
from workbench.views.changes import change_mark, field_phase, item_phase
from workbench.views.drafts import draft_mark
from workbench.views.parts import (
    crumbs,
    failure_box,
    heading,
    is_missing,
    loaded,
    missing,
    more_actions,
    step,
    type_icon,
    waiting,
)

_MOST_COLUMNS = 7
_UNFIT = {"image", "file", "video", "separator", "embed", "location"}
_UNSORTABLE = {"contact", "app", "tag", "image", "file", "embed", "location"}
_FLUSH_RIGHT = {"number", "money", "duration"}


def columns(app: App | None) -> tuple[AppField, ...]:
    """Choose the fields that a table shows beside the title: short ones first come, the title's own left out."""
    fields = app.visible_fields if app else ()
    title = title_field(app)
    candidates = [field for field in fields if field != title and field.type not in _UNFIT and not field.is_large]
    return tuple(candidates[:_MOST_COLUMNS])


class ChoosePageSize(Click):
    """Show so many items on a page."""

    value: int


def _title(state: State, route: AppPage) -> str:
    app = states.find_app(state, route.app_id)
    return name_of(app) if app else "App"


def _view(state: State, route: AppPage) -> h.Renderable:
    app = states.find_app(state, route.app_id)
    app_read = state.read(AppOf(app_id=route.app_id))
    if is_missing(app_read.failure):
        return missing("app")
    place = states.find_space(state, app.space_id) if app else None
    rows = state.read(ItemsOf(app_id=route.app_id, query=route.query))
    if rows.failure and rows.stands_in:
        rows = replace(rows, value=None)  # another page's items under this page's address would mislead
    if app_read.failure:
        rows = replace(rows, failure=None)  # the same reason twice helps nobody
    return h.fragment[
        h.div(".where")[
            crumbs(
                (OrganizationPage(org_id=place[0].org_id), name_of(place[0])),
                (SpacePage(space_id=place[1].space_id), name_of(place[1])),
            )
            if place
            else None,
            h.p(dir="auto", title=app.description)[app.description] if app and app.description else None,
        ],
        h.div(".title-row")[
            heading(_title(state, route)),
            h.div(".tools")[
                _pager(state, route, rows.value) if rows.value and rows.value.items else None,
                _actions(state, route, app),
            ],
        ],
        failure_box(app_read.failure) if app_read.failure else None,
        part(_rows, state, route, app, rows) if rows.value is not None or not app_read.failure else None,
    ]


def _actions(state: State, route: AppPage, app: App | None) -> h.Renderable:
    return h.div(".actions")[_new_item(route, app) if app and app.allow_create else None, more_actions(state)]


def _new_item(route: AppPage, app: App) -> h.Renderable:
    """The way to a new item; a narrow page has room for its first word alone."""
    name = item_name(app).lower()
    return h.a(
        "#new-item",
        href=routes.fragment(NewItemPage(app_id=route.app_id, query=route.query)),
        role="button",
        aria_label=f"New {name}",
        aria_keyshortcuts="n",
    )["New", h.span(".at-length")[f" {name}"]]


def _rows(state: State, route: AppPage, app: App | None, rows: Loadable[ItemsPage]) -> h.Renderable:
    return loaded(state, rows, "items", lambda page: _page(state, route, app, page))


def _page(state: State, route: AppPage, app: App | None, page: ItemsPage) -> h.Renderable:
    if not page.items:
        is_beyond_end = page.offset > 0
        return h.div(".empty")[
            h.p["There are no items on this page." if is_beyond_end else "This app has no items yet."],
            h.p[h.a(href=routes.fragment(replace(route, query=replace(route.query, page=1))))["Go to the first page"]]
            if is_beyond_end
            else None,
        ]
    rows = state.read(ItemsOf(app_id=route.app_id, query=route.query))
    return h.fragment[
        waiting(state, rows, "items") if rows.is_awaited else None,
        _table(state, route, app, page, is_busy=rows.is_awaited),
    ]


def _table(state: State, route: AppPage, app: App | None, page: ItemsPage, *, is_busy: bool) -> h.Renderable:
    shown_fields = columns(app)
    return h.div("#rows-scroll.table-scroll", data_keep_scroll=True, role="region", aria_label="Items", tabindex="0")[
        h.table("#rows.rows", aria_busy="true" if is_busy else None)[
            h.thead[
                h.tr[
                    _header(route, "title", "Title"),
                    [
                        _header(route, str(field.field_id), name_of(field), field.type)
                        if field.type not in _UNSORTABLE
                        else h.th(scope="col")[type_icon(field.type), name_of(field)]
                        for field in shown_fields
                    ],
                    _header(route, "created_on", "Created"),
                ]
            ],
            h.tbody[
                [
                    _row(state, route, app, with_changes(item, app, state.account.outbox), shown_fields)
                    for item in page.items
                ]
            ],
        ]
    ]


def _header(route: AppPage, key: str, label: str, kind: str = "") -> h.Renderable:
    in_force = route.query.sort == key
    direction = "descending" if route.query.descending else "ascending"
    target = replace(route, query=routes.sorted_by(route.query, key))
    return h.th(
        scope="col", aria_sort=direction if in_force else None, class_="number" if kind in _FLUSH_RIGHT else None
    )[
        h.a(id=f"sort-{key}", href=routes.fragment(target))[
            type_icon(kind) if kind else None,
            label,
            h.span(".arrow", aria_hidden="true")["▾" if route.query.descending else "▴"] if in_force else None,
        ]
    ]


def _row(state: State, route: AppPage, app: App | None, item: Item, shown_fields: tuple[AppField, ...]) -> h.Renderable:
    target = ItemPage(app_id=route.app_id, item_id=item.item_id, query=route.query)
    title = title_field(app)
    title_phase = field_phase(state, item.item_id, title) if title else None
    return h.tr(id=f"row-{item.item_id}", data_change=item_phase(state, item.item_id))[
        h.th(scope="row", data_change=title_phase)[
            h.a(href=routes.fragment(target), title=values.tooltip(name_of(item)), dir="auto")[name_of(item)],
            draft_mark(state, item.item_id),
            change_mark(state, item.item_id),
        ],
        [
            h.td(
                class_="number" if field.type in _FLUSH_RIGHT else None,
                data_change=field_phase(state, item.item_id, field),
            )[values.cell(field_ui.show(item.fields.get(field.field_id), field, state.site.locale))]
            for field in shown_fields
        ],
        h.td(".when")[field_ui.moment_text(item.created_on, state.site.zone, state.site.locale)],
    ]


def _pager(state: State, route: AppPage, page: ItemsPage) -> h.Renderable:
    query = route.query
    first_shown, last_shown = page.offset + 1, page.offset + len(page.items)
    count = max(page.filtered or 0, last_shown)
    last = max(1, -(-count // query.size))
    numbers = [field_ui.number_text(number, state.site.locale) for number in (first_shown, last_shown, count)]
    return h.nav("#pager.pager", aria_label="Pages")[
        h.span("#range", role="status")[f"{numbers[0]}–{numbers[1]} of {numbers[2]}"],
        h.span(".turn")[
            _turn(route, 1, "First", "«", query.page > 1),
            _turn(route, query.page - 1, "Previous", "‹", query.page > 1),
            _turn(route, query.page + 1, "Next", "›", query.page < last),
            _turn(route, last, "Last", "»", query.page < last),
        ]
        if last > 1
        else None,
        h.label(".size", for_="page-size")[
            "Per page ",
            h.select("#page-size", on_change(ChoosePageSize), data_fill=str(query.size))[
                [h.option(value=str(size), selected=size == query.size)[str(size)] for size in PAGE_SIZES]
            ],
        ]
        if count > min(PAGE_SIZES)
        else None,
    ]


def _turn(route: AppPage, page: int, label: str, sign: str, is_possible: bool) -> h.Renderable:
    target = replace(route, query=replace(route.query, page=page)) if is_possible else None
    return step(f"page-{label.lower()}", f"{label} page", sign, target)


def _update(turn: Turn, route: AppPage, click: ChoosePageSize) -> None:
    size = click.value
    if size in PAGE_SIZES:
        first = (route.query.offset // size) + 1
        go(turn, replace(route, query=replace(route.query, size=size, page=first)), effect=None)


SCREEN: Screen[AppPage, ChoosePageSize] = Screen(
    route=AppPage, title=_title, view=_view, clicks=(ChoosePageSize,), update=_update
)
