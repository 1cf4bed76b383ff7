"""Runs in the page: the real workbench, whose steps, views and effects fail where a test wants it.

`js.window.broken` is the name of what fails: a click's name, "draw", "typing" or "task".
"""

import js

from workbench import events, page_view
from workbench.browser import loop as loops
from workbench.browser import main

CANARY = "canary"


def fails(what: str) -> bool:
    return getattr(js.window, "broken", "") == what


async def start() -> None:
    update, page = loops.update, page_view.page

    def broken_update(state, event):
        name = ""
        if isinstance(event, events.Clicked):
            name = event.click.click_name
        elif isinstance(event, events.Typed):
            name = "typing"
        if name and fails(name):
            raise KeyError(CANARY)
        return update(state, event)

    def broken_page(state):
        if fails("draw"):
            raise ValueError(CANARY)
        return page(state)

    async def broken_sign_out(self, user_id, clear_changes):
        clear_changes.close()
        raise TypeError(CANARY)

    loops.update, page_view.page = broken_update, broken_page
    if fails("task"):
        loops.Loop._sign_out = broken_sign_out
    await main.start()
