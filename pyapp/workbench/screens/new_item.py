"""The form for a new item of an app."""

from __future__ import annotations

from typing import Never

import htpy as h

from podio.model import App
from workbench import field_ui
from workbench import state as states
from workbench.form_drafts import form_item
from workbench.names import item_name, name_of
from workbench.reads import AppOf
from workbench.routes import NewItemPage
from workbench.screens._screen import Screen
from workbench.state import State
from workbench.views.form_parts import cancel_link, draft_note, field_controls, form_state, submit_button
from workbench.views.parts import crumbs, heading, is_missing, loaded, missing


def _title(state: State, route: NewItemPage) -> str:
    app = states.find_app(state, route.app_id)
    return f"New {item_name(app).lower()}" if app else "New item"


def _view(state: State, route: NewItemPage) -> h.Renderable:
    app = state.read(AppOf(app_id=route.app_id))
    if is_missing(app.failure):
        return missing("app")
    return h.fragment[
        heading("New item") if app.value is None else None,
        loaded(state, app, "the form", lambda app: _form_view(state, route, app)),
    ]


def _form_view(state: State, route: NewItemPage, app: App) -> h.Renderable:
    return h.fragment[
        crumbs((route.list_page, name_of(app))),
        heading(f"New {item_name(app).lower()}"),
        _form(state, route, app) if app.allow_create else h.p(".empty")["This app does not allow new items."],
    ]


def _form(state: State, route: NewItemPage, app: App) -> h.Renderable:
    form = f"new:app:{route.app_id}"
    later = [
        name_of(field) for field in app.visible_fields if field_ui.is_left_to_podio(field, None, state.site.locale)
    ]
    return h.form(f"#form-new-{app.app_id}.form", data_form=form, novalidate=True, aria_label="New item")[
        field_controls(state, form, app, form_item(state, form, app)),
        h.p(".hint")[f"Add these in Podio, once the item is there: {', '.join(later)}."] if later else None,
        form_state(state, form, "the item"),
        h.div(".actions")[
            submit_button(state, form, f"Create {item_name(app).lower()}", "Creating…"),
            cancel_link(form, route.list_page),
            draft_note(state, form),
        ],
    ]


SCREEN: Screen[NewItemPage, Never] = Screen(route=NewItemPage, title=_title, view=_view)
