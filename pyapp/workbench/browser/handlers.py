"""What the user does in the document, as events for the loop.

Events are delegated: one listener on the document for each kind, and the views' ``data-on-…`` attributes name what
happened.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from typing import Any, Protocol

import js
from pyodide.ffi import create_proxy

from workbench.browser.focus import FocusKeeper, focus_on, keep_in_drawer
from workbench.browser.history import History
from workbench.browser.resting import Resting
from workbench.browser.shortcuts import CONTROLS, press_shortcut
from workbench.core.clicks import PodioUse
from workbench.events import (
    AnswerRefused,
    Clicked,
    ConnectionChanged,
    Event,
    FragmentChanged,
    Pointed,
    Submitted,
    Typed,
)
from workbench.field_ui import CHECKED, UNREADABLE
from workbench.screens import CLICKS


class Listener(Protocol):
    """Takes what the user does."""

    def dispatch(self, event: Event) -> None:
        """Take an event."""

    def before_click(self, use: PodioUse) -> None:
        """Prepare for a click, in its own handler, before its event."""

    def left(self) -> None:
        """The page is hidden or left; there may be no other turn."""

    def returned(self) -> None:
        """The page is looked at again."""

    def came_back(self) -> None:
        """The page was left and comes back as it was."""

    def composition_ended(self) -> None:
        """What could not be drawn during an input method's composition can be drawn now."""

    def would_lose_text(self) -> bool:
        """Whether leaving now loses typed text."""

    def report_error(self, error: BaseException) -> None:
        """Report that an event could not be handled, because of an error in the page."""


class Handlers:
    """The handlers of the document's and the window's events.

    Args:
        history: The tab's history.
        focus: Follows the focus.
        user_acted: Called when the user presses, types or scrolls.

    Attributes:
        listener: Takes what happens.
        composing: Whether an input method composes a text.
    """

    def __init__(self, *, history: History, focus: FocusKeeper, user_acted: Callable[[], None]) -> None:
        self.listener: Listener
        self.composing = False
        self._history = history
        self._focus = focus
        self._user_acted = user_acted
        self._resting = Resting(lambda address: self.listener.dispatch(Pointed(fragment=address, now=time.time())))

    def add(self) -> None:
        """Begin to handle events, for as long as the page lives; the listener must be there."""
        document, window = js.document, js.window
        self._on(document, "click", self._clicked)
        self._on(document, "submit", self._submitted)
        self._on(document, "input", self._typed)
        self._on(document, "change", self._changed)
        self._on(document, "keydown", self._key_pressed)
        self._on(document, "cancel", self._cancelled, capture=True)
        self._on(document, "mousedown", self._pressed)
        self._on(document, "focusin", self._focused)
        self._on(document, "pointerover", lambda event: self._resting.came_to(event.target))
        for kind in ("pointerdown", "keydown", "wheel"):
            self._on(document, kind, self._acted, capture=True)
        self._on(document, "compositionstart", self._composing)
        self._on(document, "compositionend", self._composing)
        self._on(document, "visibilitychange", self._visibility_changed)
        self._on(window, "pagehide", self._left)
        self._on(window, "pageshow", self._shown)
        self._on(window, "beforeunload", self._leaving)
        self._on(window, "podio:answer-refused", lambda event: self.listener.dispatch(AnswerRefused()))
        self._on(window, "hashchange", self._moved)
        self._on(window, "popstate", self._moved)
        self._on(window, "online", lambda event: self.listener.dispatch(ConnectionChanged(online=True)))
        self._on(window, "offline", lambda event: self.listener.dispatch(ConnectionChanged(online=False)))

    def _on(self, target: Any, kind: str, handler: Callable[[Any], None], *, capture: bool = False) -> None:
        def handle(event: Any) -> None:
            try:
                handler(event)
            except Exception as error:
                self.listener.report_error(error)

        target.addEventListener(kind, create_proxy(handle), capture)

    def _click_on(self, name: str, data: Callable[[str], object]) -> None:
        click = CLICKS.read(name, data)
        if click is not None:
            self.listener.before_click(click.podio_use)
            self.listener.dispatch(Clicked(click=click, nonce=secrets.token_hex(16), now=time.time()))

    def _clicked(self, event: Any) -> None:
        target = event.target.closest("[data-on-click], a[href], [aria-disabled=true]")
        if not target or event.button != 0:
            return
        if target.getAttribute("aria-disabled") == "true":
            event.preventDefault()
            return
        if target.matches("dd") and not js.getSelection().isCollapsed:
            return  # who marks a text doesn't press it
        if target.hasAttribute("data-on-click"):
            event.preventDefault()
            if menu := target.closest("[popover]"):
                menu.hidePopover()  # the focus goes back to what opened it
            self._click_on(str(target.dataset.onClick), _data(target))
        elif str(target.getAttribute("href") or "").startswith("#/"):
            focus_on(target)  # not every browser does
            self._history.keep()
            self.listener.before_click(PodioUse.CALLS)

    def _submitted(self, event: Any) -> None:
        event.preventDefault()
        form = event.target
        submitter = event.submitter
        if submitter and submitter.getAttribute("aria-disabled") == "true":
            return
        if form.hasAttribute("data-form"):
            self.listener.before_click(PodioUse.TRIES_AGAIN)
            texts = {str(control.name): _text_of(control) for control in form.elements if control.name}
            nonce = secrets.token_hex(16)
            self.listener.dispatch(Submitted(form=str(form.dataset.form), texts=texts, nonce=nonce, now=time.time()))

    def _typed(self, event: Any) -> None:
        control = event.target
        form = control.closest("form[data-form]")
        if form and getattr(control, "name", ""):
            text = _text_of(control)
            self.listener.dispatch(
                Typed(form=str(form.dataset.form), control=str(control.name), text=text, now=time.time())
            )

    def _changed(self, event: Any) -> None:
        control = event.target
        if control.hasAttribute("data-on-change"):
            self._click_on(str(control.dataset.onChange), {"value": str(control.value)}.get)

    def _key_pressed(self, event: Any) -> None:
        keep_in_drawer(event)
        undo = js.document.getElementById("undo") if _is_undo(event) else None
        if undo and not event.target.closest(f"{CONTROLS}, dialog"):
            event.preventDefault()
            undo.click()
            return
        if press_shortcut(event):
            event.preventDefault()
            return
        if event.key == " " and event.target.matches("a[role=button]"):
            # What is called a button is pressed like one.
            event.preventDefault()
            event.target.click()
            return
        form = event.target.closest("form[data-form]")
        if event.key != "Enter" or event.isComposing or not form:
            return
        if event.ctrlKey or event.metaKey:
            event.preventDefault()
            form.requestSubmit()
        elif event.target.matches("input") and len(form.querySelectorAll(CONTROLS)) > 1:
            # Who is at one of many fields isn't through with the form.
            event.preventDefault()

    def _cancelled(self, event: Any) -> None:
        if event.target.hasAttribute("data-on-cancel"):
            event.preventDefault()
            self._click_on(str(event.target.dataset.onCancel), _data(event.target))

    def _pressed(self, event: Any) -> None:
        # A click on the strip takes the focus from no field: whoever signs in again types on where they were.
        if event.target.closest("#strip"):
            event.preventDefault()

    def _focused(self, event: Any) -> None:
        self._focus.came_to(event.target)
        self._resting.came_to(event.target)

    def _acted(self, event: Any) -> None:
        self._user_acted()

    def _moved(self, event: Any) -> None:
        place = self._history.moved()
        self.listener.dispatch(FragmentChanged(fragment=str(js.location.hash), place=place))

    def _composing(self, event: Any) -> None:
        self.composing = event.type == "compositionstart"
        if not self.composing:
            self.listener.composition_ended()

    def _left(self, event: Any) -> None:
        self._history.keep()
        self.listener.left()

    def _visibility_changed(self, event: Any) -> None:
        if js.document.visibilityState == "hidden":
            self._left(event)
        else:
            self.listener.returned()

    def _shown(self, event: Any) -> None:
        if event.persisted:
            self.listener.came_back()

    def _leaving(self, event: Any) -> None:
        self._left(event)
        if self.listener.would_lose_text():
            event.preventDefault()
            event.returnValue = True


def _is_undo(event: Any) -> bool:
    return (event.ctrlKey or event.metaKey) and not event.shiftKey and str(event.key).lower() == "z"


def _text_of(control: Any) -> str:
    """Return a control's text; a date or time that is only half typed has none, and must not count as emptied."""
    if control.type == "checkbox":
        return CHECKED if control.checked else ""
    validity = getattr(control, "validity", None)
    return UNREADABLE if validity and validity.badInput else str(control.value)


def _data(element: Any) -> Callable[[str], object]:
    """Return what reads an element's data by the name of a click's field."""
    return lambda field: element.getAttribute(f"data-{field.replace('_', '-')}")
