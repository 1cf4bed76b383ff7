"""Mistakes of whoever writes for the page that mypy must find: one that it doesn't find is an error of `make check`."""

from __future__ import annotations

from typing import Never, assert_never

import htpy as h

from workbench import clicks, reads
from workbench.click_transitions import clicked
from workbench.reads import AppOf, ItemsOf
from workbench.routes import AppPage, Home, ListQuery
from workbench.screens import Screen
from workbench.screens.app import ChoosePageSize
from workbench.state import State
from workbench.turn import Turn
from workbench.views.parts import button


def misspelt(state: State) -> None:
    """Misspell what is read, what it is read by, and what it then is."""
    state.read(reads.AppsOff(space_id=1))  # type: ignore[attr-defined]  # pyright: ignore
    state.read(AppOf(ap_id=1))  # type: ignore[call-arg]  # pyright: ignore
    state.read(AppOf())  # type: ignore[call-arg]  # pyright: ignore
    state.read(AppOf(app_id="7"))  # type: ignore[arg-type]  # pyright: ignore
    state.read("app:7")  # type: ignore[arg-type]  # pyright: ignore
    app = state.read(AppOf(app_id=7)).value
    if app is not None:
        app.feilds  # type: ignore[attr-defined]  # pyright: ignore
    page = state.read(ItemsOf(app_id=7, query=ListQuery())).value
    if page is not None:
        page.items[0].titel  # type: ignore[attr-defined]  # pyright: ignore


def clicked_wrongly(turn: Turn) -> None:
    """Misspell a click, and what it needs."""
    button("Sign out", clicks.SingOut())  # type: ignore[attr-defined]  # pyright: ignore
    button("Unfold", clicks.ToggleSpace(space=6))  # type: ignore[call-arg]  # pyright: ignore
    button("Unfold", clicks.ToggleSpace())  # type: ignore[call-arg]  # pyright: ignore
    button("Discard", clicks.Discard(form=9))  # type: ignore[arg-type]  # pyright: ignore
    button("Sign out", "sign-out")  # type: ignore[arg-type]  # pyright: ignore
    clicked(turn, "sign-out")  # type: ignore[arg-type]  # pyright: ignore


def changed_wrongly(turn: Turn) -> None:
    """Misspell a field of the state or the account, give it another type, or look for it in the other of the two."""
    turn.set(nite="Saved.")  # type: ignore[call-arg]  # pyright: ignore
    turn.set(note=7)  # type: ignore[arg-type]  # pyright: ignore
    turn.set(drafts={})  # type: ignore[call-arg]  # pyright: ignore
    turn.set_account(user=7)  # type: ignore[call-arg]  # pyright: ignore
    turn.set_account(user_id="7")  # type: ignore[arg-type]  # pyright: ignore
    turn.set_account(note="Saved.")  # type: ignore[call-arg]  # pyright: ignore
    turn.state.person_id  # type: ignore[attr-defined]  # pyright: ignore
    turn.account.person_id  # type: ignore[attr-defined]  # pyright: ignore


def forgetful(click: clicks.ReadingClick) -> None:
    """Leave a click out."""
    match click:
        case clicks.Retry() | clicks.Refresh():
            pass
        case _:
            assert_never(click)  # type: ignore[arg-type]  # pyright: ignore


def title(state: State, route: AppPage) -> str:
    """Name an app."""
    return str(state.read(AppOf(app_id=route.app_id)).value)


def view(state: State, route: AppPage) -> h.Renderable:
    """Show an app."""
    return h.p[title(state, route)]


def wrong_rows() -> tuple[Screen[Home, Never], Screen[AppPage, Never], Screen[AppPage, Never]]:
    """Give a screen the view of another kind of place, and clicks that it doesn't take."""
    kinds = (ChoosePageSize,)
    return (
        Screen(route=Home, title=title, view=view),  # type: ignore[arg-type]  # pyright: ignore
        Screen(route=Home, title=title, view=view),  # type: ignore[arg-type]  # pyright: ignore
        Screen(route=AppPage, title=title, view=view, clicks=kinds),  # type: ignore[arg-type]
    )
