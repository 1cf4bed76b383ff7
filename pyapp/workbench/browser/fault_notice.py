"""The alert about an error of the page itself: outside of what the views draw, so that it needs none of them."""

from __future__ import annotations

from typing import Any

import js
from pyodide.ffi import create_proxy

from workbench.core.faults import Doing, Fault
from workbench.views.fault import fault as alert


def log(fault: Fault) -> None:
    """Tell the console of a fault."""
    js.console.error(f"The workbench: {fault.details}")


def fail_start(fault: Fault) -> None:
    """Say of a page that was never drawn that it can't be, as is said of a start that failed."""
    log(fault)
    js.podioBoot.fail(
        "This page can't be shown",
        "Press Reload. If that doesn't help, send the details to the owner of this page.",
        fault.details,
    )


class FaultNotice:
    """The alert, with a way on that needs no working state."""

    def __init__(self) -> None:
        self._element: Any = js.document.createElement("div")
        self._element.id = "fault"
        self._element.addEventListener("click", create_proxy(self._clicked))
        self._shown: Fault | None = None

    def show(self, found: Fault, *, kept: bool) -> None:
        """Show a fault, in place of one shown before; ``kept``: what was typed comes back after a reload."""
        log(found)
        js.workbenchDraw(self._element, str(alert(found, kept=kept)))
        self._shown = found
        self.stay()

    def drawn_again(self) -> None:
        """Take the alert away if it said that the page is out of date."""
        if self._shown is not None and self._shown.doing is Doing.DRAWING:
            self.hide()

    def hide(self) -> None:
        """Take the alert away."""
        self._shown = None
        self._element.remove()

    def stay(self) -> None:
        """Stand above the page after a drawing, and in an open dialog, outside of which nothing can be used."""
        if self._shown is None:
            return
        place = js.document.querySelector("dialog[open]") or js.document.body
        if not self._element.isConnected or not self._element.parentElement.isSameNode(place):
            place.append(self._element)

    def _clicked(self, event: Any) -> None:
        button = event.target.closest("[data-fault]")
        if button and button.dataset.fault == "reload":
            js.location.reload()
        elif button:
            self.hide()
