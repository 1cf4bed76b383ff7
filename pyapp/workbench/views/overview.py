"""Home, organizations and workspaces: what lies in them, to go on from. Performs no I/O."""

from __future__ import annotations

import htpy as h

from podio.model import Organization
from workbench import routes
from workbench import state as states
from workbench.names import name_of
from workbench.reads import AppsOf, Me, Organizations
from workbench.state import State
from workbench.views.parts import failure_box, is_missing, waiting


def home(state: State) -> h.Renderable:
    """All organizations with their workspaces."""
    known = state.read(Organizations())
    person = state.read(Me()).value
    return h.fragment[
        h.h1("#main-heading", tabindex="-1")[f"Welcome, {name_of(person)}" if person else "Your workspaces"],
        failure_box(known.failure) if known.failure else None,
        waiting(state, known, "your workspaces") if known.loading and known.value is None else None,
        [
            h.section(id=f"home-org-{each.org_id}", aria_labelledby=f"home-org-{each.org_id}-name")[
                h.h2(id=f"home-org-{each.org_id}-name")[name_of(each)], _spaces(each)
            ]
            for each in known.value or ()
        ],
        h.p(".empty")["You are a member of no workspace yet. Create one in Podio, or ask to be invited."]
        if known.value == ()
        else None,
    ]


def organization(state: State, org_id: int) -> h.Renderable:
    """One organization's workspaces."""
    known = state.read(Organizations())
    found = next((each for each in known.value or () if each.org_id == org_id), None)
    if found:
        return h.fragment[h.h1("#main-heading", tabindex="-1")[name_of(found)], _spaces(found)]
    if known.failure:
        return h.fragment[h.h1("#main-heading", tabindex="-1")["Organization"], failure_box(known.failure)]
    if known.value is None:
        return h.fragment[
            h.h1("#main-heading", tabindex="-1")["Organization"], waiting(state, known, "your workspaces")
        ]
    return missing("organization")


def missing(what: str) -> h.Renderable:
    """There is no such thing, or none that the person may see."""
    return h.div(role="alert", class_="missing")[
        h.h1("#main-heading", tabindex="-1")[f"No such {what}"],
        h.p[f"There is no such {what}, or you may not see it. Check the link, or ask whoever sent it to you."],
        h.p[h.a(href="#/")["Go to your workspaces"]],
    ]


def _spaces(found: Organization) -> h.Renderable:
    if not found.spaces:
        return h.p(".empty")["No workspaces here."]
    return h.ul(".cards")[
        [
            h.li(id=f"card-space-{space.space_id}")[
                h.a(href=routes.fragment(routes.SpacePage(space_id=space.space_id)))[h.strong[name_of(space)]]
            ]
            for space in found.spaces
        ]
    ]


def space(state: State, space_id: int) -> h.Renderable:
    """One workspace's apps."""
    place = states.find_space(state, space_id)
    known = state.read(AppsOf(space_id=space_id))
    if is_missing(known.failure):
        return missing("workspace")
    return h.fragment[
        h.nav(".crumbs", aria_label="Where you are")[
            h.a(href=routes.fragment(routes.OrganizationPage(org_id=place[0].org_id)))[name_of(place[0])]
        ]
        if place
        else None,
        h.h1("#main-heading", tabindex="-1")[name_of(place[1]) if place else "Workspace"],
        failure_box(known.failure) if known.failure else None,
        waiting(state, known, "apps") if known.value is None and not known.failure else None,
        h.p(".empty")["This workspace has no apps yet. Create one in Podio."] if known.value == () else None,
        h.ul(".cards")[
            [
                h.li(id=f"card-app-{app.app_id}")[
                    h.a(href=routes.fragment(routes.AppPage(app_id=app.app_id)))[
                        h.strong[name_of(app)], h.small[app.description] if app.description else None
                    ]
                ]
                for app in known.value
            ]
        ]
        if known.value
        else None,
    ]
