"""One workspace with its apps."""

from __future__ import annotations

from typing import Never

import htpy as h

from workbench import state as states
from workbench.names import name_of
from workbench.reads import AppsOf
from workbench.routes import OrganizationPage, SpacePage
from workbench.screens._screen import Screen
from workbench.state import State
from workbench.views.cards import app_cards
from workbench.views.parts import crumbs, heading, is_missing, loaded, missing


def _title(state: State, route: SpacePage) -> str:
    place = states.find_space(state, route.space_id)
    return name_of(place[1]) if place else "Workspace"


def _view(state: State, route: SpacePage) -> h.Renderable:
    apps = state.read(AppsOf(space_id=route.space_id))
    if is_missing(apps.failure):
        return missing("workspace")
    place = states.find_space(state, route.space_id)
    return h.fragment[
        crumbs((OrganizationPage(org_id=place[0].org_id), name_of(place[0]))) if place else None,
        heading(_title(state, route)),
        loaded(state, apps, "apps", app_cards, empty="This workspace has no apps yet. Create one in Podio."),
    ]


SCREEN: Screen[SpacePage, Never] = Screen(route=SpacePage, title=_title, view=_view)
