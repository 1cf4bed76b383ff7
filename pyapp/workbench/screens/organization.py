"""One organization with its workspaces."""

from __future__ import annotations

from typing import Never

import htpy as h

from podio.model import Organization
from workbench.names import name_of
from workbench.reads import Organizations
from workbench.routes import OrganizationPage
from workbench.screens._screen import Screen
from workbench.state import State
from workbench.views.cards import space_cards
from workbench.views.parts import heading, loaded, missing


def _find(state: State, route: OrganizationPage) -> Organization | None:
    organizations = state.read(Organizations()).value or ()
    return next((organization for organization in organizations if organization.org_id == route.org_id), None)


def _title(state: State, route: OrganizationPage) -> str:
    organization = _find(state, route)
    return name_of(organization) if organization else "Organization"


def _view(state: State, route: OrganizationPage) -> h.Renderable:
    organization = _find(state, route)
    if organization:
        return h.fragment[heading(name_of(organization)), space_cards(organization)]
    organizations = state.read(Organizations())
    if organizations.value is not None and not organizations.failure:
        return missing("organization")
    return h.fragment[
        heading("Organization"), loaded(state, organizations, "your workspaces", lambda organizations: None)
    ]


SCREEN: Screen[OrganizationPage, Never] = Screen(route=OrganizationPage, title=_title, view=_view)
