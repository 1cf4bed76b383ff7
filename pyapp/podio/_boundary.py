"""The edge between the library and its caller: what is raised across it leads back to no secret.

A traceback keeps the frames it passed alive, and with them their variables: a password, a form with a refresh token, a
request whose header holds the token. Error reporters and ``pytest -l`` show them. So every public method is sealed: an
exception that leaves it keeps the caller's frames and loses those of the library, of the HTTP library and of Python's
own modules, and so do its causes.
"""

from __future__ import annotations

import contextlib
import functools
import inspect
import json
import sys
from collections.abc import AsyncIterator, Callable
from types import TracebackType
from typing import Any, TypeVar, cast

from podio._delegation import LateDelegation
from podio.errors import PodioError

_F = TypeVar("_F", bound=Callable[..., Any])
_E = TypeVar("_E", bound=BaseException)
_C = TypeVar("_C", bound=type)

_HTTP_LIBRARIES = frozenset({"httpx2", "httpcore2", "h11", "h2", "anyio", "sniffio"})
_WITHOUT_FRAMES = frozenset({"podio", "pyodide", "_pyodide"}) | _HTTP_LIBRARIES | sys.stdlib_module_names


def sealed(function: _F, *, before: Callable[[Any], None] | None = None) -> _F:
    """Return the function (of any kind) so that what it raises leads back to none of its arguments.

    Args:
        function: A function, a coroutine function or an asynchronous generator function.
        before: Called with the first argument before an asynchronous function begins.
    """
    if inspect.isasyncgenfunction(function):
        wrapper = _sealed_iterator(function, before)
    elif inspect.iscoroutinefunction(function):
        wrapper = _sealed_coroutine(function, before)
    else:
        wrapper = _sealed_function(function)
    return cast("_F", functools.wraps(function)(wrapper))


def sealed_class(*, before: Callable[[Any], None] | None = None) -> Callable[[_C], _C]:
    """Return a class decorator that seals the constructor and all public methods, inherited ones as well."""

    def seal(kind: _C) -> _C:
        attributes = {name: value for parent in reversed(kind.__mro__) for name, value in vars(parent).items()}
        for name, value in attributes.items():
            is_public = not name.startswith("_") or name in ("__init__", "__aenter__", "__aexit__")
            if is_public and inspect.isfunction(value):
                setattr(kind, name, sealed(value, before=before))
            elif isinstance(value, LateDelegation):
                value.finish = functools.partial(sealed, before=before)
        return kind

    return seal


def _sealed_function(function: Callable[..., Any]) -> Callable[..., Any]:
    def call(*arguments: Any, **options: Any) -> Any:
        try:
            return function(*arguments, **options)
        except BaseException as error:
            failure = scrubbed(error, with_places=False)
        del arguments, options
        try:
            raise failure
        finally:
            del failure

    return call


def _sealed_coroutine(function: Callable[..., Any], before: Callable[[Any], None] | None) -> Callable[..., Any]:
    async def call(*arguments: Any, **options: Any) -> Any:
        try:
            if before is not None:
                before(arguments[0])
            return await function(*arguments, **options)
        except BaseException as error:
            failure = scrubbed(error)
        del arguments, options
        try:
            raise failure
        finally:
            del failure

    return call


def _sealed_iterator(function: Callable[..., Any], before: Callable[[Any], None] | None) -> Callable[..., Any]:
    async def iterate(*arguments: Any, **options: Any) -> AsyncIterator[Any]:
        failure: BaseException | None = None
        part = None
        try:
            if before is not None:
                before(arguments[0])
            async with contextlib.aclosing(function(*arguments, **options)) as parts:
                async for part in parts:
                    yield part
        except BaseException as error:
            failure = scrubbed(error)
        if failure is not None:
            arguments, options, parts, part = (), {}, None, None
            try:
                raise failure
            finally:
                del failure

    return iterate


def scrubbed(error: _E, *, with_places: bool = True) -> _E:
    """Return the exception without a way to the library's frames, nor to the HTTP library's errors and requests.

    Args:
        error: The exception.
        with_places: Whether one that is none of the library's is given a note of the places in it that it passed.
    """
    _scrub(error, set(), with_places)
    return error


def _scrub(error: BaseException, done: set[int], with_places: bool) -> None:
    if id(error) in done:
        return
    done.add(id(error))
    if with_places and isinstance(error, Exception) and not isinstance(error, PodioError):
        # A bug, or the caller's own function failed: say in words where, since the frames go.
        _note_places(error)
    error.__traceback__ = _callers_frames(error.__traceback__)
    is_hidden = error.__suppress_context__
    if error.__cause__ is not None and not _is_harmless(error.__cause__):
        error.__cause__ = None
    if error.__context__ is not None and (is_hidden or not _is_harmless(error.__context__)):
        error.__context__ = None
    error.__suppress_context__ = is_hidden
    others = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    for other in (error.__cause__, error.__context__, *others):
        if other is not None:
            _scrub(other, done, with_places)


def _is_harmless(error: BaseException) -> bool:
    """Return whether an exception holds no request and no text that was read: those of Python's decoders do."""
    root = type(error).__module__.partition(".")[0]
    return root not in _HTTP_LIBRARIES and not isinstance(error, (UnicodeError, json.JSONDecodeError))


def _callers_frames(traceback: TracebackType | None) -> TracebackType | None:
    frames = []
    while traceback is not None:
        if _root(traceback) not in _WITHOUT_FRAMES:
            frames.append(traceback)
        traceback = traceback.tb_next
    rebuilt: TracebackType | None = None
    for frame in reversed(frames):
        rebuilt = TracebackType(rebuilt, frame.tb_frame, frame.tb_lasti, frame.tb_lineno)
    return rebuilt


def _note_places(error: Exception) -> None:
    places = []
    traceback = error.__traceback__
    while traceback is not None:
        module = traceback.tb_frame.f_globals.get("__name__", "")
        if _root(traceback) == "podio" and module != __name__:
            places.append(f"{module}:{traceback.tb_lineno} in {traceback.tb_frame.f_code.co_name}")
        traceback = traceback.tb_next
    if places:
        error.add_note("Passed through " + ", ".join(places))


def _root(traceback: TracebackType) -> str:
    return str(traceback.tb_frame.f_globals.get("__name__", "")).partition(".")[0]
