"""The client of synchronous programs."""

from __future__ import annotations

import functools
import inspect
import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Self

import anyio.to_thread

from podio._boundary import sealed
from podio.client import Podio as AsyncPodio
from podio.sync._fronts import front_class
from podio.sync._portal import Portal

_HOOKS = ("on_token_will_refresh", "after_token_refreshed")

if TYPE_CHECKING:  # users' type checkers read the generated `__init__.pyi`
    from podio.sync._fronts import Front as _Base
else:
    _Base = front_class(AsyncPodio)


class Podio(_Base):
    __doc__ = AsyncPodio.__doc__

    @sealed
    def __init__(self, *arguments: Any, **options: Any) -> None:
        options |= {name: _in_a_thread(options[name]) for name in _HOOKS if options.get(name) is not None}
        portal, subject = Portal(), AsyncPodio(*arguments, **options)
        super().__init__(portal, subject)
        self._finalizer = weakref.finalize(self, portal.abandon, subject.aclose)

    __init__.__signature__ = inspect.signature(AsyncPodio.__init__)  # type: ignore[attr-defined]

    def __enter__(self) -> Self:
        """Return the client itself; `close` is called at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Call `close`."""
        self.close()

    @sealed
    def close(self) -> None:
        """End the client: store what the store could not take before; close the HTTP client, unless it was given.

        Calls that other threads wait for are broken off. A call after that raises `ConfigurationError`.
        """
        self._finalizer.detach()
        self._portal.close(self._subject.aclose)


def _in_a_thread(hook: Callable[..., Any]) -> Callable[..., Any]:
    """Return a hook that runs a plain function in a thread of its own: it may wait, and call the client."""
    if inspect.iscoroutinefunction(hook) or hasattr(hook, "dialog") or not callable(hook):
        return hook

    @functools.wraps(hook)
    async def run(*arguments: Any) -> Any:
        result = await anyio.to_thread.run_sync(functools.partial(hook, *arguments), abandon_on_cancel=True)
        return await result if inspect.isawaitable(result) else result

    return run
