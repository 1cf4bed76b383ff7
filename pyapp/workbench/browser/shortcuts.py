"""Single keys that press what names them as its shortcut (``aria-keyshortcuts``)."""

from __future__ import annotations

from typing import Any

import js

from workbench.browser.focus import focus_on, show_in_the_middle

CONTROLS = "input, select, textarea"


def press_shortcut(event: Any) -> bool:
    """Press what a key is the shortcut of, or go to it where it is a control; return whether there is such a thing.

    Never while a text is typed, with a modifier, or beside an open dialog.
    """
    key = str(event.key)
    if len(key) != 1 or not key.isprintable() or key in '"\\' or event.ctrlKey or event.metaKey or event.altKey:
        return False
    if event.isComposing or event.repeat or event.target.closest(f"{CONTROLS}, [contenteditable], dialog"):
        return False
    if js.document.querySelector("dialog[open]") or not js.document.querySelector("[data-shortcuts=on]"):
        return False
    target = js.document.querySelector(f'[aria-keyshortcuts="{key}"]')
    if not target:
        return False
    if target.matches(CONTROLS):
        focus_on(target)
        show_in_the_middle(target)
    else:
        target.click()
    return True
