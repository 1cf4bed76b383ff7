"""The document: what is drawn into it, and where the user is in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import js
from pyodide.ffi import create_proxy

from workbench.browser.focus import FocusKeeper, focus_in, focus_on, focused_id, is_nowhere, show_in_the_middle
from workbench.browser.handlers import Handlers, Listener
from workbench.browser.history import History
from workbench.places import Place

_LISTS = ("side-scroll", "beside-scroll")
"""Parts that show where the user is among other things: they follow, and don't go back with the history."""


class Document:
    """The page's document, below ``#app``."""

    def __init__(self) -> None:
        self._listens = False
        self._root = js.document.getElementById("app")
        self._html = ""
        self._focus = FocusKeeper()
        self._history = History(self._place)
        self._handlers = Handlers(history=self._history, focus=self._focus, user_acted=self._stop_returning)
        self._is_marked = False
        self._scroll_to: dict[str, float] = {}
        self._focus_to = ""
        self._current: dict[str, str] = {}

    @property
    def composing(self) -> bool:
        """Whether an input method composes a text."""
        return self._handlers.composing

    # Drawing

    @property
    def has_drawn(self) -> bool:
        """Whether anything of the app is on screen."""
        return bool(self._html)

    def draw(self, html: str, title: str, page_state: str) -> None:
        """Show the page; controls, focus, selection and scroll positions stay as they are."""
        if html != self._html:
            questions = _ids("[data-asks]")
            self._focus.before()
            js.workbenchDraw(self._root, html)
            self._html = html
            self._focus.after()
            for element_id in _ids("[data-asks]") - questions:
                self._go_to_question(js.document.getElementById(element_id))
            self._follow()
        if js.document.title != title:
            js.document.title = title
        root = js.document.documentElement
        if root.dataset.appState != page_state:
            root.dataset.appState = page_state
        if page_state != "loading" and not self._is_marked:
            self._is_marked = True
            self._mark_interactive()
        self._go_on_returning()

    def focus(self, element_id: str) -> None:
        """Move the focus, where there is such an element; what is not in sight is scrolled to."""
        element = js.document.getElementById(element_id)
        if element:
            focus_on(element)
            if element_id != "main-heading":
                show_in_the_middle(element)

    def is_looked_at(self, element_id: str) -> bool:
        """Return whether an element is pointed at, has the focus, or lies on a page that nobody sees at the moment."""
        element = js.document.getElementById(element_id)
        is_hidden = js.document.visibilityState == "hidden"
        return is_hidden or bool(element and element.matches(":hover, :focus-within"))

    def return_to(self, place: Place) -> None:
        """Be where the user was, as soon as that is there; what they do meanwhile is more than where they were."""
        self._scroll_to = {name: distance for name, distance in place.scroll.items() if name not in _LISTS}
        self._focus_to = place.focus
        self._go_on_returning()

    def _place(self) -> Place:
        return Place(scroll=self.scroll_positions(), focus=focused_id())

    def _go_to_question(self, element: Any) -> None:
        """Go to a question that came up, unless the user is somewhere else by now."""
        form = element.closest("form")
        if is_nowhere() or (form and form.contains(js.document.activeElement)):
            focus_on(element)
            show_in_the_middle(element)

    def _follow(self) -> None:
        """Keep what is shown in sight, in the lists that it is one of."""
        for list_id in _LISTS:
            scroller = js.document.getElementById(list_id)
            current = scroller.querySelector("[aria-current]") if scroller and scroller.clientHeight else None
            row = current.closest("[id]") if current else None
            previous_id, self._current[list_id] = self._current.get(list_id), str(row.id) if row else ""
            if current and row and previous_id != str(row.id):
                link, frame = current.getBoundingClientRect(), scroller.getBoundingClientRect()
                if link.top < frame.top or link.bottom > frame.bottom:
                    scroller.scrollTop += link.top - frame.top - (frame.height - link.height) / 2

    def scroll_to_top(self) -> None:
        """Show the main part from its beginning."""
        for selector in ("main", "item"):
            element = js.document.getElementById(selector)
            if element:
                element.scrollTop = 0
        js.window.scrollTo(0, 0)

    def scroll_positions(self) -> dict[str, float]:
        """Return how far each part with a scroll bar of its own is scrolled, as a `workbench.places.Place` has it."""
        parts = [part for part in js.document.querySelectorAll("[data-keep-scroll]") if part.id]
        down = {str(part.id): float(part.scrollTop) for part in parts}
        sideways = {f"{part.id}.left": float(part.scrollLeft) for part in parts}
        return {name: distance for name, distance in (down | sideways).items() if distance > 0}

    def scroll_when_there(self, positions: Mapping[str, float]) -> None:
        """Scroll these parts as soon as they are long enough."""
        self._scroll_to = dict(positions)

    def _stop_returning(self) -> None:
        self._scroll_to, self._focus_to = {}, ""
        js.document.documentElement.removeAttribute("data-returned")

    def _go_on_returning(self) -> None:
        if self._focus_to and focus_in(self._focus_to):
            if not self._scroll_to:
                show_in_the_middle(js.document.activeElement)
            self._focus_to = ""
        for name, distance in list(self._scroll_to.items()):
            element_id, _, side = name.partition(".")
            element = js.document.getElementById(element_id)
            if not element:
                continue
            if side and element.scrollWidth - element.clientWidth >= distance:
                element.scrollLeft = distance
            elif not side and element.scrollHeight - element.clientHeight >= distance:
                element.scrollTop = distance
            else:
                continue
            del self._scroll_to[name]
            # What comes above it later is not to move it on.
            js.document.documentElement.dataset.returned = ""

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
        self._history.go_to(fragment, replace=replace)

    # Listening

    def listen(self, listener: Listener) -> None:
        """Report what happens in the document, from now on; a listener takes the place of the one before."""
        self._handlers.listener = listener
        if not self._listens:
            self._listens = True
            self._handlers.add()
            place = self._history.begin()
            if place and not self._scroll_to:
                self._scroll_to, self._focus_to = dict(place.scroll), place.focus


def _ids(selector: str) -> set[str]:
    return {str(element.id) for element in js.document.querySelectorAll(selector)}
