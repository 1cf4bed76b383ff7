"""What isn't in Podio yet: how much that is, and the list of it."""

from __future__ import annotations

import htpy as h

from workbench import clicks, routes
from workbench import state as states
from workbench.core.clicks import on_click
from workbench.core.routes import Route
from workbench.outbox import (
    AddComment,
    AttachFile,
    Change,
    CreateItem,
    CreateTask,
    DeleteComment,
    DeleteItem,
    UpdateItem,
)
from workbench.reads import ItemOf
from workbench.state import State
from workbench.views.changes import change_state, field_label, phase_name
from workbench.views.parts import button, closing, modal

_LONGEST_TEXT = 200


def unsent(state: State) -> h.Renderable:
    """How much isn't in Podio yet, and the button that shows it."""
    number = len(state.account.outbox.changes)
    return h.span("#unsent.unsent")[
        h.span("#unsent-status", role="status", aria_label="Unsent changes")[
            f"{_changes(number)} not sent" if number else ""
        ],
        h.button(
            {**on_click(clicks.ShowUnsent()), "aria-label": "Show unsent changes"},
            id="show-unsent",
            type="button",
            class_="secondary",
        )[h.span(".at-length")["Show"], h.span(".in-short")["Unsent"]]
        if number
        else None,
    ]


def unsent_banner(state: State) -> h.Node:
    """What keeps the changes from being sent, where the user must do something about it."""
    found_changes = states.unapproved(state)
    if state.account.changes_held and state.account.outbox.changes:
        return h.div(".banner.warn")[
            h.p["Another tab is holding your changes. Close it, or save them as a file."],
            button("Save as a file", clicks.SaveUnsent(), kind="secondary"),
        ]
    if found_changes:
        return h.div(".banner.warn")[
            h.p[f"Found from before and not in Podio yet: {_changes(len(found_changes))}."],
            button(f"Send {_changes(len(found_changes))}", clicks.SendUnsent()),
            button("Show them", clicks.ShowUnsent(), kind="secondary"),
        ]
    return None


def unsent_dialog(state: State) -> h.Renderable:
    """The list of what isn't in Podio yet."""
    changes, found_changes = state.account.outbox.changes, states.unapproved(state)
    return modal(
        "Unsent changes",
        h.div(".banner.warn")[h.p["Your session has expired."], button("Sign in again", clicks.SignInAgain())]
        if states.waits_for_sign_in(state)
        else None,
        unsent_list(state, with_choices=True) if changes else h.p["Podio has everything."],
        choices=(
            button(f"Send {_changes(len(found_changes))}", clicks.SendUnsent()) if found_changes else None,
            button("Save as a file", clicks.SaveUnsent(), kind="secondary") if changes else None,
            closing("Close"),
        ),
    )


def unsent_list(state: State, *, with_choices: bool = False) -> h.Renderable:
    """What isn't in Podio yet: what it is, where, and how it stands."""
    return h.ul("#unsent-list.unsent-list")[
        [
            h.li(id=f"unsent-{change.change_id}", data_change=phase_name(change))[
                h.p[what_it_is(state, change), " ", _place(state, change)],
                change_state(state, change, "it", place="unsent") if with_choices else None,
            ]
            for change in state.account.outbox.changes
        ]
    ]


def what_it_is(state: State, change: Change) -> str:
    """Say in words what a change does."""
    match change.operation:
        case CreateItem():
            return "New item in"
        case UpdateItem(edits=edits):
            return f"Change of {', '.join(field_label(state, change, key) for key in edits)} in"
        case DeleteItem():
            return "Deletion of"
        case AddComment(text=text):
            return f"Comment “{_short(text)}” on"
        case DeleteComment():
            return "Deletion of a comment on"
        case AttachFile(name=name):
            return f"File “{name}” on"
        case CreateTask(text=text):
            return f"Task “{_short(text)}” on"


def _place(state: State, change: Change) -> h.Renderable:
    route = _route(state, change)
    text = change.title or "an item"
    return h.a(href=routes.fragment(route))[text] if route else h.span[text]


def _route(state: State, change: Change) -> Route | None:
    if isinstance(change.operation, CreateItem):
        return routes.AppPage(app_id=change.operation.app_id)
    if not isinstance(change.item, int):
        return None
    item = state.read(ItemOf(item_id=change.item)).value
    return routes.ItemPage(app_id=item.app_id, item_id=item.item_id) if item and item.app_id else None


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]}…"


def _changes(number: int) -> str:
    return "1 change" if number == 1 else f"{number} changes"
