"""What the user rests at, so that it may be read ahead, and whether anything may be."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import js

from workbench.events import Event, Rested

_REST = 0.15
"""Seconds: who only passes a link rests for less."""

_IDLE = 0.5
_LOOK_AGAIN = 15.0


def may_read_ahead() -> bool:
    """Whether the tab is looked at, and the user hasn't asked the browser to save data."""
    connection = getattr(js.navigator, "connection", None)
    return js.document.visibilityState == "visible" and not (connection and connection.saveData)


async def rest(dispatch: Callable[[Event], None]) -> None:
    """Wait a moment, and until something may be read ahead, and report that."""
    await asyncio.sleep(_IDLE)
    while not may_read_ahead():  # noqa: ASYNC110 - not every browser tells when the user begins or ceases to save data
        await asyncio.sleep(_LOOK_AGAIN)
    dispatch(Rested(now=time.time()))


class Resting:
    """Follows the pointer and the focus from link to link.

    Args:
        rested: Called with the address of the link, within the page, on which one of them rests.
    """

    def __init__(self, rested: Callable[[str], None]) -> None:
        self._rested = rested
        self._address = ""
        self._timer: asyncio.TimerHandle | None = None

    def came_to(self, element: Any) -> None:
        """Hear of the element that the pointer or the focus is at now."""
        link = element.closest("a[href^='#/']")
        address = str(link.getAttribute("href")) if link else ""
        if address == self._address:
            return
        self._address = address
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(_REST, self._rest, address) if address else None

    def _rest(self, address: str) -> None:
        self._timer = None
        if may_read_ahead():
            self._rested(address)
