"""The side bar: organizations, workspaces and apps as a tree that unfolds."""

from __future__ import annotations

import htpy as h

from podio.model import App, Organization, Space
from workbench import clicks, routes
from workbench.core.clicks import Click, on_click
from workbench.core.parts import part
from workbench.names import name_of
from workbench.reads import AppsOf, Organizations
from workbench.state import State
from workbench.views.drafts import drafts_list
from workbench.views.parts import app_icon, loaded


def side_bar(state: State) -> h.Renderable:
    """All that the user can open."""
    return h.nav(f"#side.side{'.open' if state.menu_open else ''}", aria_label="Workspaces and apps")[
        h.div("#side-scroll.scroll", data_keep_scroll=True)[
            h.a(
                "#side-home",
                href="#/",
                aria_current="page" if isinstance(state.route, routes.Home) else None,
                class_="home",
            )["Home"],
            part(_tree, state),
            part(drafts_list, state),
            h.button(
                {**on_click(clicks.ShowShortcuts()), "aria-keyshortcuts": "?"},
                id="show-shortcuts",
                type="button",
                class_="link",
            )["Keyboard shortcuts"],
        ]
    ]


def _tree(state: State) -> h.Renderable:
    return loaded(
        state,
        state.read(Organizations()),
        "your workspaces",
        lambda organizations: h.ul(".tree")[[_organization(state, organization) for organization in organizations]],
        empty="You have no workspaces yet. Create one in Podio.",
        empty_text="Your workspaces could not be loaded.",
    )


def _organization(state: State, organization: Organization) -> h.Renderable:
    is_open = organization.org_id not in state.account.closed_orgs
    is_current = state.route == routes.OrganizationPage(org_id=organization.org_id)
    return h.li(f"#org-{organization.org_id}")[
        h.div(".row.org")[
            _toggle(
                clicks.ToggleOrg(org_id=organization.org_id),
                f"toggle-org-{organization.org_id}",
                name_of(organization),
                is_open,
            ),
            h.a(
                href=routes.fragment(routes.OrganizationPage(org_id=organization.org_id)),
                aria_current="page" if is_current else None,
            )[h.bdi[name_of(organization)]],
        ],
        h.ul(id=f"org-{organization.org_id}-list")[[_space(state, space) for space in organization.spaces]]
        if is_open
        else None,
    ]


def _space(state: State, space: Space) -> h.Renderable:
    is_open = space.space_id in state.account.expanded
    is_current = state.route == routes.SpacePage(space_id=space.space_id)
    return h.li(f"#space-{space.space_id}")[
        h.div(".row")[
            _toggle(
                clicks.ToggleSpace(space_id=space.space_id), f"toggle-space-{space.space_id}", name_of(space), is_open
            ),
            h.a(
                href=routes.fragment(routes.SpacePage(space_id=space.space_id)),
                aria_current="page" if is_current else None,
            )[h.bdi[name_of(space)]],
        ],
        _apps(state, space) if is_open else None,
    ]


def _apps(state: State, space: Space) -> h.Renderable:
    app_id = getattr(state.route, "app_id", 0)

    def tree(apps: tuple[App, ...]) -> h.Renderable:
        return h.ul(id=f"space-{space.space_id}-list")[[_app(app, is_shown=app.app_id == app_id) for app in apps]]

    return loaded(
        state,
        state.read(AppsOf(space_id=space.space_id)),
        "apps",
        tree,
        empty="No apps.",
        empty_text="The apps could not be loaded.",
    )


def _app(app: App, *, is_shown: bool) -> h.Renderable:
    link = routes.fragment(routes.AppPage(app_id=app.app_id))
    return h.li(id=f"side-app-{app.app_id}")[
        h.a(href=link, aria_current="page" if is_shown else None)[app_icon(app), h.bdi[name_of(app)]]
    ]


def _toggle(click: Click, element_id: str, label: str, is_open: bool) -> h.Renderable:
    return h.button(
        {**on_click(click), "aria-expanded": "true" if is_open else "false"},
        id=element_id,
        type="button",
        class_="twisty",
        aria_label=f"{'Fold' if is_open else 'Unfold'} {label}",
    )[h.span(aria_hidden="true")["▾" if is_open else "▸"]]
