"""What lives longer than a step: subscriptions (a clock, a push channel) and islands (a grid, an editor).

The page says after each step what it wants to live, by a key and with properties; what is new is started, what is there
is told of other properties, and what isn't wanted any more is stopped. An island owns its element, which the drawing
leaves alone (``data-island``), and speaks back by events.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Generic, Protocol, TypeVar

PropertiesT = TypeVar("PropertiesT")
PropertiesT_contra = TypeVar("PropertiesT_contra", contravariant=True)
KeyT = TypeVar("KeyT", bound=Hashable)


class Living(Protocol[PropertiesT_contra]):
    """Something that was started; an island that is mounted."""

    def update(self, properties: PropertiesT_contra) -> None:
        """Go on with other properties."""
        ...

    def stop(self) -> None:
        """End for good; an island is unmounted."""
        ...


class Subscribed:
    """A subscription: it has no properties, and ends by a call.

    Args:
        stop: Ends it.
    """

    def __init__(self, stop: Callable[[], object]) -> None:
        self._stop = stop

    def update(self, properties: None) -> None:
        """Do nothing."""

    def stop(self) -> None:
        """End it."""
        self._stop()


class Lifetimes(Generic[KeyT, PropertiesT]):
    """All that lives, by its keys.

    Args:
        start: Starts what a key stands for, with its first properties.
    """

    def __init__(self, start: Callable[[KeyT, PropertiesT], Living[PropertiesT]]) -> None:
        self._start = start
        self._living: dict[KeyT, tuple[Living[PropertiesT], PropertiesT]] = {}

    def follow(self, wanted: Mapping[KeyT, PropertiesT]) -> None:
        """Let exactly this live from now on."""
        for key in [key for key in self._living if key not in wanted]:
            living, _ = self._living.pop(key)
            living.stop()
        for key, properties in wanted.items():
            if key not in self._living:
                self._living[key] = (self._start(key, properties), properties)
                continue
            living, before = self._living[key]
            if properties != before:
                self._living[key] = (living, properties)
                living.update(properties)
