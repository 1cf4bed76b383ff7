"""Fronts: objects of the asynchronous library as synchronous programs see them.

A front holds the object and the portal, and nothing else. Its class is made of the object's: a method for each public
one, with the same signature and documentation, that waits where the other is awaited. What a method returns gets a
front where it has something to wait for, and is handed over as it is elsewhere.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, Generic, Self, TypeVar, cast

from podio._boundary import sealed
from podio._delegation import LateDelegation, LateFunction
from podio.sync._portal import Portal

T = TypeVar("T")

_LEFT_OUT = frozenset({"aclose", "stream_call"})
"""What has another name here, or hands out something that can only be read asynchronously."""

_OPERATORS = (
    "__bool__",
    "__contains__",
    "__delitem__",
    "__getitem__",
    "__iter__",
    "__len__",
    "__setitem__",
    "__str__",
)
_END = object()


class Front:
    """An object of the asynchronous library, as a synchronous program sees it."""

    def __init__(self, portal: Portal, subject: Any) -> None:
        self._portal = portal
        self._subject = subject

    def __repr__(self) -> str:
        return f"<podio.sync {self._subject!r}>"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name in _LEFT_OUT:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)
        return front_of(self._portal, getattr(self._subject, name))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Front) and bool(self._subject == other._subject)

    def __hash__(self) -> int:
        return hash(self._subject)


class Iteration(Front, Iterator[T], Generic[T]):
    """What comes one by one, each waited for: ``for``, and `close` (or ``with``) to end it early."""

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> T:
        value = self._portal.run(_next, self._subject)
        if value is _END:
            raise StopIteration
        result: T = front_of(self._portal, value)
        return result

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End it: what it holds open is closed."""
        close = getattr(self._subject, "aclose", None)
        if close is not None:
            self._portal.run(close)


async def _next(values: AsyncIterator[Any]) -> Any:
    return await anext(values, _END)


def front_of(portal: Portal, value: Any) -> Any:
    """Return a value with a front where it, or what a list holds, has something to wait for."""
    if type(value) in (list, tuple) and any(_needs_front(entry.__class__) for entry in value):
        return type(value)(front_of(portal, entry) for entry in value)
    kind: type = type(value)
    return front_class(kind)(portal, value) if _needs_front(kind) else value


@functools.cache
def _needs_front(kind: type) -> bool:
    if hasattr(kind, "__anext__"):
        return True
    if kind.__module__.partition(".")[0] != "podio" or issubclass(kind, Front):
        return False
    names = [name for name in dir(kind) if not name.startswith("_")]
    return hasattr(kind, "__aiter__") or any(_is_waited_for(inspect.getattr_static(kind, name)) for name in names)


def _is_waited_for(attribute: object) -> bool:
    return inspect.iscoroutinefunction(attribute) or inspect.isasyncgenfunction(attribute)


@functools.cache
def front_class(kind: type) -> type[Front]:
    """Return the class of the fronts of a class."""
    base: type[Front] = Iteration if hasattr(kind, "__anext__") else Front
    namespace: dict[str, Any] = {"__doc__": kind.__doc__, "__module__": "podio.sync"}
    if kind.__module__.partition(".")[0] == "podio":
        for name in dir(kind):
            if not name.startswith("_") and name not in _LEFT_OUT:
                namespace[name] = _attribute(kind, name)
        for name in _OPERATORS:
            if getattr(kind, name, None) not in (None, getattr(object, name, None)):
                namespace[name] = _method(getattr(kind, name))
    if hasattr(kind, "__aiter__") and base is Front:
        namespace["__iter__"] = lambda self: front_of(self._portal, aiter(self._subject))
    return cast("type[Front]", type(kind.__name__, (base,), namespace))


def _attribute(kind: type, name: str) -> Any:
    attribute = inspect.getattr_static(kind, name)
    if isinstance(attribute, LateDelegation):
        return LateFunction(lambda: _method(getattr(kind, name)))
    method = getattr(kind, name)
    if inspect.isfunction(method):
        return _method(method)

    def read(self: Front) -> Any:
        return front_of(self._portal, getattr(self._subject, name))

    def write(self: Front, value: Any) -> None:
        setattr(self._subject, name, value)

    has_setter = isinstance(attribute, property) and attribute.fset is not None
    return property(read, write if has_setter else None, doc=getattr(attribute, "__doc__", None))


def _method(method: Callable[..., Any]) -> Callable[..., Any]:
    def call(self: Front, *arguments: Any, **options: Any) -> Any:
        return front_of(self._portal, method(self._subject, *arguments, **options))

    def wait(self: Front, *arguments: Any, **options: Any) -> Any:
        return front_of(self._portal, self._portal.run(method, self._subject, *arguments, **options))

    return sealed(functools.wraps(method)(wait if inspect.iscoroutinefunction(method) else call))
