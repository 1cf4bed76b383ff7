"""Methods of a client that are those of its parts: one line each, with the part's signature and documentation."""

from __future__ import annotations

import contextlib
import functools
import inspect
from collections.abc import AsyncIterator, Callable
from importlib import import_module
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from podio.errors import ConfigurationError

_Part = TypeVar("_Part")
_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")


def delegated(
    part: str, method: Callable[Concatenate[_Part, _Arguments], _Result]
) -> Callable[Concatenate[Any, _Arguments], _Result]:
    """Return a method that calls one of a part's, and is of the same kind: plain, coroutine, asynchronous generator.

    Args:
        part: The attribute that holds the part.
        method: The part's method, as a function; of a `PartForPrograms` too.
    """
    if isinstance(method, LateMethod):
        return cast("Callable[Concatenate[Any, _Arguments], _Result]", LateDelegation(part, method))
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


FOR_PROGRAMS_ALONE = (
    "needs a program outside the browser: it sends a secret, which everybody could read in a page. "
    "In a page, sign in by the client flow."
)
NOT_IN_THIS_PAGE = (
    "isn't in this page, which has only the parts of podio that it uses itself. It is where podio-client is installed "
    "whole."
)


class PartForPrograms:
    """Stands for the class of a part that only programs outside the browser use: its module is in no page's archive.

    The module is imported when the part is first used. To a type checker this must be the class itself
    (``if TYPE_CHECKING: from … import …``).

    Args:
        module: The class's module.
        name: The class's name.
        why_not: What to say where the module isn't there, after a method's name.
    """

    def __init__(self, module: str, name: str, *, why_not: str) -> None:
        self._module = module
        self._name = name
        self._why_not = why_not

    def __getattr__(self, name: str) -> LateMethod:
        if name.startswith("_"):
            raise AttributeError(name)
        return LateMethod(self, name)

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        """Make the part."""
        return self._class()(*arguments, **options)

    def delegated(self, part: str, method: str) -> Callable[..., Any]:
        """Return what `delegated` does; where the module isn't there, a function that says why."""
        try:
            return delegated(part, getattr(self._class(), method))
        except ModuleNotFoundError as error:
            if error.name is None or not f"{self._module}.".startswith(f"{error.name}."):
                raise
            return _missing(method, self._why_not)

    def _class(self) -> Any:
        return getattr(import_module(self._module), self._name)


class LateMethod:
    """A method of a part that isn't imported yet."""

    def __init__(self, kind: PartForPrograms, name: str) -> None:
        self.kind = kind
        self.name = name


class LateFunction:
    """A method that is made when it is first looked up, and then stands in its class as any other.

    Args:
        make: Makes it.
    """

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make

    def __set_name__(self, owner: type, name: str) -> None:
        self._owner, self._name = owner, name

    def __get__(self, instance: object, owner: type) -> Any:
        function = self._make()
        setattr(self._owner, self._name, function)
        return function.__get__(instance, owner)


class LateDelegation(LateFunction):
    """A delegated method whose part isn't imported yet.

    Attributes:
        finish: What becomes of the method when it is made (`podio._boundary.sealed_class` seals it).
    """

    def __init__(self, part: str, method: LateMethod) -> None:
        super().__init__(lambda: self.finish(method.kind.delegated(part, method.name)))
        self.finish: Callable[[Any], Any] = lambda function: function


def _missing(method: str, why_not: str) -> Callable[..., Any]:
    def refuse(*_: Any, **__: Any) -> Any:
        raise ConfigurationError(f"{method} {why_not}")

    refuse.__name__ = method
    return refuse
