"""The alert about an error of the page itself: outside of what the views draw, so that it needs none of them."""

from __future__ import annotations

from typing import Any

import js
from pyodide.ffi import create_proxy

from workbench.core.faults import Activity, Fault
from workbench.views.fault import fault as alert


def log(fault: Fault) -> None:
    """Write a fault to the console."""
    js.console.error(f"The workbench: {fault.details}")


def fail_start(fault: Fault) -> None:
    """Report that the page can't be drawn at all, in the way in which a start that failed is reported."""
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
        self._fault: Fault | None = None

    def show(self, fault: Fault, *, is_text_kept: bool) -> None:
        """Show a fault, in place of one shown before; ``is_text_kept``: what was typed comes back after a reload."""
        log(fault)
        js.workbenchDraw(self._element, str(alert(fault, is_text_kept=is_text_kept)))
        self._fault = fault
        self.stay()

    def drawn_again(self) -> None:
        """Take the alert away if it said that the page is out of date."""
        if self._fault is not None and self._fault.activity is Activity.DRAWING:
            self.hide()

    def hide(self) -> None:
        """Take the alert away."""
        self._fault = None
        self._element.remove()

    def stay(self) -> None:
        """Stand above the page after a drawing, and in an open dialog, outside of which nothing can be used."""
        if self._fault is None:
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
