"""Cards: what lies in a place, to go on from."""

from __future__ import annotations

import htpy as h

from podio.model import App, Organization
from workbench.core.routes import Route, fragment
from workbench.names import name_of
from workbench.routes import AppPage, SpacePage
from workbench.views.parts import app_icon


def space_cards(organization: Organization) -> h.Renderable:
    """An organization's workspaces."""
    if not organization.spaces:
        return h.p(".empty")["No workspaces here."]
    return h.ul(".cards")[
        [
            _card(f"space-{space.space_id}", SpacePage(space_id=space.space_id), name_of(space))
            for space in organization.spaces
        ]
    ]


def app_cards(apps: tuple[App, ...]) -> h.Renderable:
    """A workspace's apps."""
    return h.ul(".cards")[
        [
            _card(f"app-{app.app_id}", AppPage(app_id=app.app_id), name_of(app), app.description, icon=app_icon(app))
            for app in apps
        ]
    ]


def _card(name: str, to: Route, text: str, note: str = "", *, icon: h.Node = None) -> h.Renderable:
    return h.li(id=f"card-{name}")[
        h.a(href=fragment(to))[icon, h.strong(dir="auto")[text], h.small(dir="auto")[note] if note else None]
    ]
