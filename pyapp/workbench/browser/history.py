"""The tab's history: each of its entries keeps where the user was on that page."""

from __future__ import annotations

import secrets
from collections.abc import Callable

import js

from workbench.places import Place, read_place, write_place


class History:
    """The entries of this page in the tab's history.

    A place is kept in the entry itself where the page is left by a link, by a reload, or for another site, and in
    memory where the browser's own Back and Forward leave it: the entry that was left can't be written to any more.

    Args:
        current_place: Returns where the user is on the page that is shown.
    """

    def __init__(self, current_place: Callable[[], Place]) -> None:
        self._current_place = current_place
        self._places: dict[str, Place] = {}
        self._entry = ""

    def begin(self) -> Place | None:
        """Return where the user was before this page was loaded again; None where this is a new page."""
        return self._enter()

    def keep(self) -> None:
        """Keep where the user is, in the entry that is shown."""
        place = self._places[self._entry] = self._current_place()
        js.history.replaceState(write_place(self._entry, place), "")

    def moved(self) -> Place | None:
        """Return where the user was on the entry that is there now, while the one before is still drawn.

        None where the entry is a new one, and where there was no move.
        """
        record = read_place(js.history.state)
        if record and record[0] == self._entry:
            return None
        self._places[self._entry] = self._current_place()
        return self._enter()

    def go_to(self, fragment: str, *, replace: bool) -> None:
        """Show another address, in a new entry or in this one."""
        if replace:
            js.history.replaceState(js.history.state, "", fragment)
        else:
            self.keep()
            js.history.pushState(None, "", fragment)
            self._enter()

    def _enter(self) -> Place | None:
        record = read_place(js.history.state)
        if record:
            self._entry = record[0]
            return self._places.get(self._entry, record[1])
        self._entry = f"e{secrets.token_hex(6)}"
        js.history.replaceState(write_place(self._entry, Place()), "")
        return None
