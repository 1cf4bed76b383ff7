"""Parts of the view that are rendered again only when something that they looked at has changed.

A part is a function of the state. While it is rendered it is noted which fields of the state, and which reads, it looks
at; the next time its HTML is used again where all of these are what they were. So nobody has to say what a part depends
on, and nobody can say it wrongly. What the last drawing didn't use is dropped: no HTML outlives a sign-out.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, cast

import htpy as h

from workbench.core.reads import Loadable, Read

ArgumentsP = ParamSpec("ArgumentsP")
StateT = TypeVar("StateT")
ValueT = TypeVar("ValueT")


class Branch:
    """A field of the state that is looked at field by field, as the state is: each part needs little of it."""

    __slots__ = ()


class _Rendering:
    """A part as it was rendered last, with what it looked at and the parts in it."""

    def __init__(self, html: str, arguments: tuple[Any, ...], observer: _StateObserver) -> None:
        self._html = html
        self.parts = observer._parts
        self._arguments = arguments
        self._fields = observer._fields
        self._loadables = observer._loadables

    def __html__(self) -> str:
        return self._html

    def is_still_right(self, state: Any, arguments: tuple[Any, ...]) -> bool:
        """Return whether nothing that it depends on has changed."""
        return (
            arguments == self._arguments
            and all(_is_same(attrgetter(name)(state), value) for name, value in self._fields.items())
            and all(_is_same(state.read(key), loadable) for key, loadable in self._loadables.items())
        )


def _is_same(value: object, previous: object) -> bool:
    return value is previous or value == previous


class _StateObserver:
    """Stands for a state and notes what of it is looked at; where that is a part's state itself, so does this."""

    def __init__(self, state: Any, previous: dict[Any, _Rendering]) -> None:
        self._state = state
        self._previous = previous
        self._parts: dict[Any, _Rendering] = {}
        self._fields: dict[str, Any] = {}
        self._loadables: dict[Read[Any], Loadable[Any]] = {}

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._state, name)
        if isinstance(value, Branch):
            value = _BranchObserver(value, f"{name}.", self._fields)
        else:
            self._fields[name] = value
        self.__dict__[name] = value  # found there from now on
        return value

    def read(self, key: Read[ValueT]) -> Loadable[ValueT]:
        loadable: Loadable[ValueT] = self._state.read(key)
        self._loadables[key] = loadable
        return loadable


class _BranchObserver(Branch):
    """Stands for a branch, and notes what of it is looked at by its path in the state."""

    def __init__(self, branch: Branch, path: str, fields: dict[str, Any]) -> None:
        self._branch = branch
        self._path = path
        self._fields = fields

    def __getattr__(self, name: str) -> Any:
        value = self.__dict__[name] = self._fields[self._path + name] = getattr(self._branch, name)
        return value


def part(
    view: Callable[Concatenate[StateT, ArgumentsP], h.Node],
    state: StateT,
    *arguments: ArgumentsP.args,
    **options: ArgumentsP.kwargs,
) -> h.Node:
    """Show what ``view(state, …)`` shows: as it was rendered last, where nothing that it looked at has changed.

    Of one view there is one part within another, or within the page; any further one is rendered each time.
    """
    if not isinstance(state, _StateObserver) or view in state._parts:
        return view(state, *arguments, **options)
    rendering = state._previous.get(view)
    all_arguments = (arguments, options)
    if rendering is None or not rendering.is_still_right(state, all_arguments):
        observer = _StateObserver(state, rendering.parts if rendering else {})
        html = str(h.fragment[view(cast("StateT", observer), *arguments, **options)])
        rendering = _Rendering(html, all_arguments, observer)
    state._parts[view] = rendering
    return rendering


class Renderer(Generic[StateT]):
    """Renders states, one after another.

    Args:
        view: Shows a state; it may be made of parts.
    """

    def __init__(self, view: Callable[[StateT], h.Node]) -> None:
        self._view = view
        self._parts: dict[Any, _Rendering] = {}

    def render(self, state: StateT) -> str:
        """Return the state's HTML."""
        observer = _StateObserver(state, self._parts)
        html = str(h.fragment[self._view(cast("StateT", observer))])
        self._parts = observer._parts
        return html
