"""Home: all that the user can open, to go on from."""

from __future__ import annotations

from typing import Never

import htpy as h

from podio.model import Organization
from workbench.names import name_of
from workbench.reads import Organizations
from workbench.routes import Home
from workbench.screens._screen import Screen
from workbench.state import State
from workbench.views.cards import space_cards
from workbench.views.parts import heading, loaded


def _title(state: State, route: Home) -> str:
    return ""


def _view(state: State, route: Home) -> h.Renderable:
    return h.fragment[
        heading("Your workspaces"),
        loaded(
            state,
            state.read(Organizations()),
            "your workspaces",
            lambda organizations: [_organization(organization) for organization in organizations],
            empty="You are a member of no workspace yet. Create one in Podio, or ask to be invited.",
        ),
    ]


def _organization(organization: Organization) -> h.Renderable:
    element_id = f"home-org-{organization.org_id}"
    return h.section(id=element_id, aria_labelledby=f"{element_id}-name")[
        h.h2(id=f"{element_id}-name")[name_of(organization)], space_cards(organization)
    ]


SCREEN: Screen[Home, Never] = Screen(route=Home, title=_title, view=_view)
