"""What lives longer than a step: subscriptions (a clock, a push channel) and islands (a grid, an editor).

After each step the page says what must live, by a key and with properties; what is new is started, what is there gets
its new properties, and what isn't needed any more is stopped. An island owns its element, which the drawing
leaves alone (``data-island``), and speaks back by events.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Generic, Protocol, TypeVar

PropertiesT = TypeVar("PropertiesT")
PropertiesT_contra = TypeVar("PropertiesT_contra", contravariant=True)
KeyT = TypeVar("KeyT", bound=Hashable)


class Lifetime(Protocol[PropertiesT_contra]):
    """Something that was started; an island that is mounted."""

    def update(self, properties: PropertiesT_contra) -> None:
        """Go on with other properties."""
        ...

    def stop(self) -> None:
        """End for good; an island is unmounted."""
        ...


class ActiveSubscription:
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

    def __init__(self, start: Callable[[KeyT, PropertiesT], Lifetime[PropertiesT]]) -> None:
        self._start = start
        self._lifetimes: dict[KeyT, tuple[Lifetime[PropertiesT], PropertiesT]] = {}

    def follow(self, properties_by_key: Mapping[KeyT, PropertiesT]) -> None:
        """Let exactly this live from now on."""
        for key in [key for key in self._lifetimes if key not in properties_by_key]:
            lifetime, _ = self._lifetimes.pop(key)
            lifetime.stop()
        for key, properties in properties_by_key.items():
            if key not in self._lifetimes:
                self._lifetimes[key] = (self._start(key, properties), properties)
                continue
            lifetime, previous = self._lifetimes[key]
            if properties != previous:
                self._lifetimes[key] = (lifetime, properties)
                lifetime.update(properties)
