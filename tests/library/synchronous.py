"""The synchronous client, awaited: so that one test's text runs on both clients.

Each call waits in a thread of its own, beside the running event loop of the test, as in a notebook.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator, Callable
from typing import Any

from podio.sync import Podio
from podio.sync._fronts import Front, Iteration

_END = object()


class Awaited:
    """What a synchronous object gives, as the asynchronous one would."""

    def __init__(self, front: Any, also_close: Callable[[], Any] | None = None) -> None:
        self.front = front
        self.also_close = also_close

    def __repr__(self) -> str:
        return f"awaited {self.front!r}"

    def __getattr__(self, name: str) -> Any:
        if name == "aclose":
            return self._aclose
        value = getattr(self.front, name)
        if not inspect.ismethod(value):
            return awaited(value)
        is_coroutine = inspect.iscoroutinefunction(getattr(self.front._subject, name))

        async def call_async(*arguments: Any, **options: Any) -> Any:
            return awaited(await asyncio.to_thread(value, *arguments, **options))

        def call(*arguments: Any, **options: Any) -> Any:
            return awaited(value(*arguments, **options))

        return call_async if is_coroutine else call

    def __setattr__(self, name: str, value: Any) -> None:
        if name in ("front", "also_close"):
            super().__setattr__(name, value)
        else:
            setattr(self.front, name, value)

    def __getitem__(self, key: Any) -> Any:
        return awaited(self.front[key])

    def __setitem__(self, key: Any, value: Any) -> None:
        self.front[key] = value.front if isinstance(value, Awaited) else value

    def __str__(self) -> str:
        return str(self.front)

    def __aiter__(self) -> AsyncIterator[Any]:
        return self._values()

    async def _values(self) -> AsyncIterator[Any]:
        values = iter(self.front)
        while (value := await asyncio.to_thread(next, values, _END)) is not _END:
            yield awaited(value)

    async def __aenter__(self) -> Awaited:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._aclose()

    async def _aclose(self) -> None:
        await asyncio.to_thread(self.front.close)
        if self.also_close is not None:
            await self.also_close()


class AwaitedIteration(Awaited):
    async def __anext__(self) -> Any:
        value = await asyncio.to_thread(next, self.front, _END)
        if value is _END:
            raise StopAsyncIteration
        return awaited(value)


def awaited_client(auth_type: Any, options: dict[str, Any]) -> Awaited:
    """Return a client that closes the HTTP client that it was given as well, as the tests' asynchronous one does."""
    return Awaited(Podio(auth_type, **options), options["http_client"].aclose)


def awaited(value: Any) -> Any:
    if type(value) in (list, tuple):
        return type(value)(map(awaited, value))
    if not isinstance(value, Front):
        return value
    return AwaitedIteration(value) if isinstance(value, Iteration) else Awaited(value)
