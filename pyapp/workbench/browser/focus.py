"""Where the keyboard is: the focus comes back from a dialog, and is never lost with what had it."""

from __future__ import annotations

from typing import Any

import js
from pyodide.ffi import to_js

_FOCUSABLE = "a[href], button, input, select, textarea, [tabindex]"
_NOWHERE = {"", "main-heading"}


def focus_on(element: Any) -> None:
    """Focus an element, and scroll nothing."""
    if element and element.isConnected:
        element.focus(to_js({"preventScroll": True}, dict_converter=js.Object.fromEntries))


def show_in_the_middle(element: Any) -> None:
    """Scroll to an element, where all of it isn't in sight already."""
    element.scrollIntoView(to_js({"block": "center", "inline": "nearest"}, dict_converter=js.Object.fromEntries))


def focus_in(element_id: str) -> bool:
    """Focus an element or, in a row, its first link; return whether it is there."""
    element = js.document.getElementById(element_id)
    target = element if not element or element.matches(_FOCUSABLE) else element.querySelector(_FOCUSABLE)
    if not target:
        return False
    focus_on(target)
    return True


def focused_id() -> str:
    """Return the id of what has the focus, or of its row; empty where nothing of the page's content has it."""
    active = js.document.activeElement
    if not active or active.closest("dialog, #strip, header"):
        return ""
    row = active if active.id else active.closest("tr[id], li[id]")
    return str(row.id) if row and str(row.id) not in _NOWHERE else ""


def is_nowhere() -> bool:
    """Return whether nothing that the user chose has the focus."""
    active = js.document.activeElement
    return not active or active == js.document.body or str(active.id) in _NOWHERE


class FocusKeeper:
    """Keeps the focus through drawings: ``before`` and ``after`` go around each."""

    def __init__(self) -> None:
        self._outside_strip: Any = None
        self._opener: Any = None
        self._opener_form: Any = None
        self._active: Any = None
        self._form: Any = None

    def came_to(self, element: Any) -> None:
        """Note what has the focus, outside of the strip."""
        if not element.closest("#strip"):
            self._outside_strip = element

    def before(self) -> None:
        """Note what has the focus before a drawing."""
        self._active = js.document.activeElement
        self._form = self._active.closest("form[data-form]") if self._active else None
        self._was_in_strip = bool(self._active) and bool(self._active.closest("#strip"))
        self._had_dialog = bool(js.document.querySelector("dialog[open]"))

    def after(self) -> None:
        """Bring the focus back where a drawing lost it."""
        has_dialog = bool(js.document.querySelector("dialog[open]"))
        if has_dialog and not self._had_dialog:
            self._opener, self._opener_form = self._active, self._form
        elif self._had_dialog and not has_dialog:
            self._go_on(self._opener, self._opener_form)
        elif self._active and not self._active.isConnected:
            self._go_on(self._outside_strip if self._was_in_strip else None, self._form)

    def _go_on(self, element: Any, form: Any) -> None:
        """Focus what is still there of: an element, its form's button, the content's heading."""
        if element and element != js.document.body and element.isConnected:
            focus_on(element)
        elif form and form.isConnected:
            # The pressed button is gone ("Send again"): the keyboard goes on at the form's own.
            focus_on(form.querySelector("[type=submit]") or form)
        elif is_nowhere():
            focus_on(js.document.getElementById("main-heading"))


def keep_in_drawer(event: Any) -> None:
    """Close the open drawer of a narrow page by Escape, and keep Tab within it and its button."""
    if event.key not in ("Escape", "Tab"):
        return
    menu, side = js.document.getElementById("menu"), js.document.querySelector("#side.open")
    if not side or not menu.getClientRects().length or js.document.querySelector("dialog[open]"):
        return
    if event.key == "Escape":
        event.preventDefault()
        menu.click()
    else:
        event.preventDefault()
        stops = [menu, *side.querySelectorAll(_FOCUSABLE)]
        place = next((number for number, stop in enumerate(stops) if stop == js.document.activeElement), 0)
        stops[(place + (-1 if event.shiftKey else 1)) % len(stops)].focus()
