"""The page's shortcuts. An element names its own (``aria-keyshortcuts``); here stands what all of them do."""

from __future__ import annotations

import htpy as h

from workbench import clicks
from workbench.state import State
from workbench.views.parts import button, closing, modal

_SINGLE_KEYS = (
    ("n", "New item"),
    ("e", "Edit the item"),
    ("j", "Next item"),
    ("k", "Previous item"),
    ("c", "Comment on the item"),
    ("?", "This list"),
)
_ALWAYS = (("Ctrl Enter", "Save the form"), ("Ctrl Z", "Undo the last change"))


def shortcuts_dialog(state: State) -> h.Renderable:
    """The list of shortcuts, and the switch for those of a single key, which may get in a user's way."""
    return modal(
        "Keyboard shortcuts",
        None if state.has_shortcuts else h.p["Single keys are off."],
        h.dl(".shortcuts")[
            [
                h.div[h.dt[[h.kbd[key] for key in keys.split()]], h.dd[text]]
                for keys, text in (*(_SINGLE_KEYS if state.has_shortcuts else ()), *_ALWAYS)
            ]
        ],
        choices=(
            button(
                "Turn single keys off" if state.has_shortcuts else "Turn single keys on",
                clicks.ToggleShortcuts(),
                kind="secondary",
            ),
            closing("Close"),
        ),
    )
