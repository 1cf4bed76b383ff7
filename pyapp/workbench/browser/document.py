"""The document: what is drawn into it, and what the person does in it.

Events are delegated: one listener on the document for each kind, and the views' ``data-on-…`` attributes name what
happened.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import js
from pyodide.ffi import create_proxy, to_js

from workbench.core.clicks import PodioUse
from workbench.events import (
    AnswerRefused,
    Clicked,
    ConnectionChanged,
    Event,
    FragmentChanged,
    Submitted,
    Typed,
)
from workbench.field_ui import CHECKED, UNREADABLE
from workbench.screens import CLICKS


class Listener(Protocol):
    """Who hears what the person does."""

    def dispatch(self, event: Event) -> None:
        """Take an event."""

    def before_click(self, use: PodioUse) -> None:
        """Hear of a click, in its own handler, before its event."""

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

    def broken(self, error: BaseException) -> None:
        """What was heard could not be handled, because of an error in the page."""


class Document:
    """The page's document, below ``#app``."""

    def __init__(self) -> None:
        self.composing = False
        self._listener: Listener
        self._listens = False
        self._root = js.document.getElementById("app")
        self._drawn = ""
        self._outside_strip: Any = None
        self._marked = False
        self._scroll_to: dict[str, float] = {}

    # Drawing

    @property
    def has_drawn(self) -> bool:
        """Whether anything of the app is on screen."""
        return bool(self._drawn)

    def draw(self, html: str, title: str, page_state: str) -> None:
        """Show the page; controls, focus, selection and scroll positions stay as they are."""
        if html != self._drawn:
            active = js.document.activeElement
            in_strip = self._is_in_strip(active)
            form = active.closest("form[data-form]") if active else None
            js.workbenchDraw(self._root, html)
            self._drawn = html
            if form and form.isConnected and not active.isConnected:
                # The pressed button is gone ("Send again"): the keyboard goes on at the form's own.
                self._focus(form.querySelector("[type=submit]") or form)
            if in_strip and not self._is_in_strip(js.document.activeElement) and self._outside_strip:
                self._focus(self._outside_strip)
        if js.document.title != title:
            js.document.title = title
        root = js.document.documentElement
        if root.dataset.appState != page_state:
            root.dataset.appState = page_state
        if page_state != "loading" and not self._marked:
            self._marked = True
            self._mark_interactive()
        self._restore_scroll()

    def focus(self, element_id: str) -> None:
        """Move the focus, where there is such an element."""
        element = js.document.getElementById(element_id)
        if element:
            self._focus(element)

    def save_file(self, name: str, text: str) -> None:
        """Let the browser save a text as a file."""
        options = to_js({"type": "application/json"}, dict_converter=js.Object.fromEntries)
        address = js.URL.createObjectURL(js.Blob.new(to_js([text]), options))
        link = js.document.createElement("a")
        link.href, link.download = address, name
        link.click()
        js.setTimeout(js.URL.revokeObjectURL, 60_000, address)

    def scroll_to_top(self) -> None:
        """Show the main part from its beginning."""
        for selector in ("main", "item"):
            element = js.document.getElementById(selector)
            if element:
                element.scrollTop = 0
        js.window.scrollTo(0, 0)

    def scroll_positions(self) -> dict[str, float]:
        """Give how far each part with a scroll bar of its own is scrolled, by its id."""
        parts = js.document.querySelectorAll("[data-keep-scroll]")
        return {str(part.id): float(part.scrollTop) for part in parts if part.id and part.scrollTop > 0}

    def scroll_when_there(self, positions: Mapping[str, float]) -> None:
        """Scroll these parts as soon as they are long enough."""
        self._scroll_to = dict(positions)

    def _restore_scroll(self) -> None:
        for element_id, top in list(self._scroll_to.items()):
            element = js.document.getElementById(element_id)
            if element and element.scrollHeight - element.clientHeight >= top:
                element.scrollTop = top
                del self._scroll_to[element_id]

    def _focus(self, element: Any) -> None:
        if element.isConnected:
            element.focus(to_js({"preventScroll": True}, dict_converter=js.Object.fromEntries))

    def _is_in_strip(self, element: Any) -> bool:
        return bool(element) and bool(element.closest("#strip"))

    def _mark_interactive(self) -> None:
        def second(_: float) -> None:
            js.performance.mark("workbench:interactive")
            for proxy in proxies:
                proxy.destroy()

        def first(_: float) -> None:
            js.requestAnimationFrame(proxies[1])

        proxies = [create_proxy(first), create_proxy(second)]
        js.requestAnimationFrame(proxies[0])

    # The address

    @property
    def base_url(self) -> str:
        """The address that the site's files lie below."""
        return str(js.document.baseURI)

    @property
    def fragment(self) -> str:
        """The fragment of the page's address."""
        return str(js.location.hash)

    def go_to(self, fragment: str, *, replace: bool) -> None:
        """Show a route's fragment in the address bar; anything else would lead out of the page, and is ignored."""
        if not fragment.startswith("#/") or str(js.location.hash) == fragment:
            return
        if replace:
            js.history.replaceState(None, "", fragment)
        else:
            js.history.pushState(None, "", fragment)

    # Listening

    def listen(self, listener: Listener) -> None:
        """Report what happens in the document, from now on; a listener takes the place of the one before."""
        self._listener = listener
        if not self._listens:
            self._listens = True
            self._add_listeners()

    def _add_listeners(self) -> None:
        document, window = js.document, js.window

        def click_on(name: str, data: Callable[[str], object]) -> None:
            click = CLICKS.read(name, data)
            if click is not None:
                self._listener.before_click(click.podio_use)
                self._listener.dispatch(Clicked(click=click, nonce=secrets.token_hex(16), now=time.time()))

        def clicked(event: Any) -> None:
            target = event.target.closest("[data-on-click], a[href], [aria-disabled=true]")
            if not target or event.button != 0:
                return
            if target.getAttribute("aria-disabled") == "true":
                event.preventDefault()
                return
            if target.hasAttribute("data-on-click"):
                event.preventDefault()
                click_on(str(target.dataset.onClick), _data(target))
            elif str(target.getAttribute("href") or "").startswith("#/"):
                self._listener.before_click(PodioUse.CALLS)

        def submitted(event: Any) -> None:
            event.preventDefault()
            form = event.target
            submitter = event.submitter
            if submitter and submitter.getAttribute("aria-disabled") == "true":
                return
            if form.hasAttribute("data-form"):
                self._listener.before_click(PodioUse.TRIES_AGAIN)
                texts = {str(control.name): _text_of(control) for control in form.elements if control.name}
                nonce = secrets.token_hex(16)
                self._listener.dispatch(
                    Submitted(form=str(form.dataset.form), texts=texts, nonce=nonce, now=time.time())
                )

        def typed(event: Any) -> None:
            control = event.target
            form = control.closest("form[data-form]")
            if form and getattr(control, "name", ""):
                self._listener.dispatch(
                    Typed(form=str(form.dataset.form), control=str(control.name), text=_text_of(control))
                )

        def changed(event: Any) -> None:
            control = event.target
            if control.hasAttribute("data-on-change"):
                click_on(str(control.dataset.onChange), {"value": str(control.value)}.get)

        def key_pressed(event: Any) -> None:
            if event.key == " " and event.target.matches("a[role=button]"):
                # What is called a button is pressed like one.
                event.preventDefault()
                event.target.click()
                return
            if event.key != "Enter" or not (event.ctrlKey or event.metaKey) or event.isComposing:
                return
            form = event.target.closest("form[data-form]")
            if form:
                event.preventDefault()
                form.requestSubmit()

        def cancelled(event: Any) -> None:
            if event.target.hasAttribute("data-on-cancel"):
                event.preventDefault()
                click_on(str(event.target.dataset.onCancel), _data(event.target))

        def pressed(event: Any) -> None:
            # A click on the strip takes the focus from no field: whoever signs in again types on where they were.
            if self._is_in_strip(event.target):
                event.preventDefault()

        def focused(event: Any) -> None:
            if not self._is_in_strip(event.target):
                self._outside_strip = event.target

        def composing(event: Any) -> None:
            self.composing = event.type == "compositionstart"
            if not self.composing:
                self._listener.composition_ended()

        def visibility_changed(event: Any) -> None:
            if js.document.visibilityState == "hidden":
                self._listener.left()
            else:
                self._listener.returned()

        def shown(event: Any) -> None:
            if event.persisted:
                self._listener.came_back()

        def leaving(event: Any) -> None:
            self._listener.left()
            if self._listener.would_lose_text():
                event.preventDefault()
                event.returnValue = True

        def on(target: Any, kind: str, handler: Callable[[Any], None], *, capture: bool = False) -> None:
            def handle(event: Any) -> None:
                try:
                    handler(event)
                except Exception as error:
                    self._listener.broken(error)

            target.addEventListener(kind, create_proxy(handle), capture)

        on(document, "click", clicked)
        on(document, "submit", submitted)
        on(document, "input", typed)
        on(document, "change", changed)
        on(document, "keydown", key_pressed)
        on(document, "cancel", cancelled, capture=True)
        on(document, "mousedown", pressed)
        on(document, "focusin", focused)
        on(document, "compositionstart", composing)
        on(document, "compositionend", composing)
        on(document, "visibilitychange", visibility_changed)
        on(window, "pagehide", lambda event: self._listener.left())
        on(window, "pageshow", shown)
        on(window, "beforeunload", leaving)
        on(window, "podio:answer-refused", lambda event: self._listener.dispatch(AnswerRefused()))
        on(window, "hashchange", lambda event: self._listener.dispatch(FragmentChanged(fragment=self.fragment)))
        on(window, "popstate", lambda event: self._listener.dispatch(FragmentChanged(fragment=self.fragment)))
        on(window, "online", lambda event: self._listener.dispatch(ConnectionChanged(online=True)))
        on(window, "offline", lambda event: self._listener.dispatch(ConnectionChanged(online=False)))


def _text_of(control: Any) -> str:
    """Return a control's text; a date or time that is only half typed has none, and must not count as emptied."""
    if control.type == "checkbox":
        return CHECKED if control.checked else ""
    validity = getattr(control, "validity", None)
    return UNREADABLE if validity and validity.badInput else str(control.value)


def _data(element: Any) -> Callable[[str], object]:
    """Return what reads an element's data by the name of a click's field."""
    return lambda field: element.getAttribute(f"data-{field.replace('_', '-')}")
