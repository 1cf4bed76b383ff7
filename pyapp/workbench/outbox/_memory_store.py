"""Changes kept in the page's memory: the sample's, and those of a page whose browser denies it any storage."""

from __future__ import annotations

from typing import Any

from workbench.outbox._driver import Step
from workbench.outbox._events import Command
from workbench.outbox._outbox import Outbox


class MemoryChanges:
    """A store of changes that ends with the page."""

    def __init__(self) -> None:
        self._outbox = Outbox()
        self._contents: dict[str, Any] = {}

    async def read(self) -> Outbox:
        """Return the changes."""
        return self._outbox

    async def transact(self, step: Step, *, content: Any = None, draft: str = "") -> tuple[Outbox, tuple[Command, ...]]:
        """Apply a step to the changes."""
        ids_before = {change.change_id for change in self._outbox.changes}
        self._outbox, commands = step(self._outbox)
        ids_after = {change.change_id for change in self._outbox.changes}
        if content is not None:
            self._contents |= dict.fromkeys(ids_after - ids_before, content)
        self._contents = {key: stored_content for key, stored_content in self._contents.items() if key in ids_after}
        return self._outbox, commands

    async def content(self, change_id: str) -> Any:
        """Return the content that lies beside a change; None where there is none."""
        return self._contents.get(change_id)

    async def clear(self) -> None:
        """Delete all changes."""
        self._outbox, self._contents = Outbox(), {}
