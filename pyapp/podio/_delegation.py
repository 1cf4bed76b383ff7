"""Methods of a client that are those of its parts: one line each, with the part's signature and documentation."""

from __future__ import annotations

import contextlib
import functools
import inspect
from collections.abc import AsyncIterator, Callable
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

_Part = TypeVar("_Part")
_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")


def delegated(
    part: str, method: Callable[Concatenate[_Part, _Arguments], _Result]
) -> Callable[Concatenate[Any, _Arguments], _Result]:
    """Return a method that calls one of a part's, and is of the same kind: plain, coroutine, asynchronous generator.

    Args:
        part: The attribute that holds the part.
        method: The part's method, as a function.
    """
    name = method.__name__
    function: Callable[..., Any]
    if inspect.isasyncgenfunction(method):

        async def iterate(self: Any, *arguments: Any, **options: Any) -> AsyncIterator[Any]:
            async with contextlib.aclosing(getattr(getattr(self, part), name)(*arguments, **options)) as values:
                async for value in values:
                    yield value

        function = iterate
    elif inspect.iscoroutinefunction(method):

        async def call_async(self: Any, *arguments: Any, **options: Any) -> Any:
            return await getattr(getattr(self, part), name)(*arguments, **options)

        function = call_async
    else:

        def call(self: Any, *arguments: Any, **options: Any) -> Any:
            return getattr(getattr(self, part), name)(*arguments, **options)

        function = call
    return cast("Callable[Concatenate[Any, _Arguments], _Result]", functools.wraps(method)(function))
