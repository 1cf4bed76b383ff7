"""Mistakes of whoever writes for the page that mypy must find: one that it doesn't find is an error of `make check`."""

from __future__ import annotations

from workbench import reads
from workbench.reads import AppOf, ItemsOf
from workbench.routes import ListQuery
from workbench.state import State


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
