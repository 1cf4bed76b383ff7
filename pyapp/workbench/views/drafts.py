"""What the user typed and hasn't sent: named where it lies, and before it would be lost."""

from __future__ import annotations

import htpy as h

from workbench import clicks, routes
from workbench import state as states
from workbench.field_ui import moment_text
from workbench.form_drafts import form_target, typed_on
from workbench.names import item_name, name_of
from workbench.reads import find_item
from workbench.routes import ItemPage
from workbench.state import State
from workbench.views.parts import button


def unsent_texts(state: State) -> list[str]:
    """Name all that was typed and isn't in Podio, here and in other tabs."""
    own_texts = [_name(state, form) for form in state.account.drafts if states.is_typed_in(state, form)]
    return [*own_texts, *(f"{_name(state, form)}, typed in another tab" for form in state.account.other_drafts)]


def _name(state: State, form: str) -> str:
    kind, number = form_target(form)
    if kind == "new":
        app = states.find_app(state, number)
        return f"A new {item_name(app).lower()} in {name_of(app)}" if app else "A new item"
    _, item = find_item(state.account.reads, number) or (0, None)
    title = f"“{name_of(item)}”" if item else "an item"
    return f"A comment on {title}" if kind == "comment" else f"Changes of {title}"


def drafts_list(state: State) -> h.Node:
    """List in the side bar what was typed and not submitted, with the way to where it is known to be."""
    forms = [form for form in state.account.drafts if states.is_typed_in(state, form)]
    if not forms:
        return None
    return h.section("#side-drafts", aria_labelledby="side-drafts-heading")[
        h.h2("#side-drafts-heading")["Drafts"], h.ul[[_draft(state, form) for form in forms]]
    ]


def _draft(state: State, form: str) -> h.Renderable:
    kind, number = form_target(form)
    route: routes.Route | None = None
    if kind == "new":
        route = routes.NewItemPage(app_id=number)
    else:
        app_id, _ = find_item(state.account.reads, number) or (0, None)
        route = ItemPage(app_id=app_id, item_id=number, editing=kind == "edit") if app_id else None
    text = h.bdi[_name(state, form)]
    return h.li(id=f"draft-{kind}-{number}")[h.a(href=routes.fragment(route))[text] if route else h.span[text]]


def draft_mark(state: State, item_id: int) -> h.Node:
    """Mark an item of a list about which something is typed and not sent."""
    forms = (f"edit:item:{item_id}", f"comment:item:{item_id}")
    return h.small(".draft-mark")["Draft"] if any(states.is_typed_in(state, form) for form in forms) else None


def draft_of_item(state: State, route: ItemPage) -> h.Node:
    """Say of an item that is only read that changes of it wait, with the choices that there are."""
    form = f"edit:item:{route.item_id}"
    if route.editing or not states.is_typed_in(state, form):
        return None
    moment = typed_on(state.account.drafts[form])
    since = f" from {moment_text(moment, state.site.zone, state.site.locale)}" if moment else ""
    return h.div("#item-draft.note-box.draft-box", role="status")[
        h.span[f"Unsaved changes{since}"],
        h.a(href=routes.fragment(route.edited), role="button")["Continue"],
        button("Discard changes", clicks.Discard(form=form), kind="secondary"),
    ]
