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
from pyodide.ffi import create_proxy

from workbench.browser.focus import (
    FocusKeeper,
    focus_in,
    focus_on,
    focused_id,
    is_nowhere,
    keep_in_drawer,
    show_in_the_middle,
)
from workbench.browser.history import History
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
from workbench.places import Place
from workbench.screens import CLICKS

_CONTROLS = "input, select, textarea"
_LISTS = ("side-scroll", "beside-scroll")
"""Parts that show where the user is among other things: they follow, and don't go back with the history."""


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
        self._focus = FocusKeeper()
        self._history = History(self._here)
        self._marked = False
        self._scroll_to: dict[str, float] = {}
        self._focus_to = ""
        self._current: dict[str, str] = {}

    # Drawing

    @property
    def has_drawn(self) -> bool:
        """Whether anything of the app is on screen."""
        return bool(self._drawn)

    def draw(self, html: str, title: str, page_state: str) -> None:
        """Show the page; controls, focus, selection and scroll positions stay as they are."""
        if html != self._drawn:
            questions = _ids("[data-asks]")
            self._focus.before()
            js.workbenchDraw(self._root, html)
            self._drawn = html
            self._focus.after()
            for element_id in _ids("[data-asks]") - questions:
                self._ask(js.document.getElementById(element_id))
            self._follow()
        if js.document.title != title:
            js.document.title = title
        root = js.document.documentElement
        if root.dataset.appState != page_state:
            root.dataset.appState = page_state
        if page_state != "loading" and not self._marked:
            self._marked = True
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

    def _here(self) -> Place:
        return Place(scroll=self.scroll_positions(), focus=focused_id())

    def _ask(self, element: Any) -> None:
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
            before, self._current[list_id] = self._current.get(list_id), str(row.id) if row else ""
            if current and row and before != str(row.id):
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
        """Give how far each part with a scroll bar of its own is scrolled, as a `workbench.places.Place` has it."""
        parts = [part for part in js.document.querySelectorAll("[data-keep-scroll]") if part.id]
        down = {str(part.id): float(part.scrollTop) for part in parts}
        aside = {f"{part.id}.left": float(part.scrollLeft) for part in parts}
        return {name: distance for name, distance in (down | aside).items() if distance > 0}

    def scroll_when_there(self, positions: Mapping[str, float]) -> None:
        """Scroll these parts as soon as they are long enough."""
        self._scroll_to = dict(positions)

    def _go_on_returning(self) -> None:
        if self._focus_to and focus_in(self._focus_to):
            if not self._scroll_to:
                show_in_the_middle(js.document.activeElement)
            self._focus_to = ""
        for name, distance in list(self._scroll_to.items()):
            element_id, _, aside = name.partition(".")
            element = js.document.getElementById(element_id)
            if not element:
                continue
            if aside and element.scrollWidth - element.clientWidth >= distance:
                element.scrollLeft = distance
            elif not aside and element.scrollHeight - element.clientHeight >= distance:
                element.scrollTop = distance
            else:
                continue
            del self._scroll_to[name]

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
        self._listener = listener
        if not self._listens:
            self._listens = True
            self._add_listeners()
            place = self._history.begin()
            if place and not self._scroll_to:
                self._scroll_to, self._focus_to = dict(place.scroll), place.focus

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
                focus_on(target)  # not every browser does
                self._history.keep()
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
            keep_in_drawer(event)
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
            elif event.target.matches("input") and len(form.querySelectorAll(_CONTROLS)) > 1:
                # Who is at one of many fields isn't through with the form.
                event.preventDefault()

        def cancelled(event: Any) -> None:
            if event.target.hasAttribute("data-on-cancel"):
                event.preventDefault()
                click_on(str(event.target.dataset.onCancel), _data(event.target))

        def pressed(event: Any) -> None:
            # A click on the strip takes the focus from no field: whoever signs in again types on where they were.
            if event.target.closest("#strip"):
                event.preventDefault()

        def stop_returning(event: Any) -> None:
            self._scroll_to, self._focus_to = {}, ""

        def moved(event: Any) -> None:
            place = self._history.moved()
            self._listener.dispatch(FragmentChanged(fragment=self.fragment, place=place))

        def composing(event: Any) -> None:
            self.composing = event.type == "compositionstart"
            if not self.composing:
                self._listener.composition_ended()

        def left(event: Any) -> None:
            self._history.keep()
            self._listener.left()

        def visibility_changed(event: Any) -> None:
            if js.document.visibilityState == "hidden":
                left(event)
            else:
                self._listener.returned()

        def shown(event: Any) -> None:
            if event.persisted:
                self._listener.came_back()

        def leaving(event: Any) -> None:
            left(event)
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
        on(document, "focusin", lambda event: self._focus.came_to(event.target))
        for kind in ("pointerdown", "keydown", "wheel"):
            on(document, kind, stop_returning, capture=True)
        on(document, "compositionstart", composing)
        on(document, "compositionend", composing)
        on(document, "visibilitychange", visibility_changed)
        on(window, "pagehide", left)
        on(window, "pageshow", shown)
        on(window, "beforeunload", leaving)
        on(window, "podio:answer-refused", lambda event: self._listener.dispatch(AnswerRefused()))
        on(window, "hashchange", moved)
        on(window, "popstate", moved)
        on(window, "online", lambda event: self._listener.dispatch(ConnectionChanged(online=True)))
        on(window, "offline", lambda event: self._listener.dispatch(ConnectionChanged(online=False)))


def _text_of(control: Any) -> str:
    """Return a control's text; a date or time that is only half typed has none, and must not count as emptied."""
    if control.type == "checkbox":
        return CHECKED if control.checked else ""
    validity = getattr(control, "validity", None)
    return UNREADABLE if validity and validity.badInput else str(control.value)


def _ids(selector: str) -> set[str]:
    return {str(element.id) for element in js.document.querySelectorAll(selector)}


def _data(element: Any) -> Callable[[str], object]:
    """Return what reads an element's data by the name of a click's field."""
    return lambda field: element.getAttribute(f"data-{field.replace('_', '-')}")
