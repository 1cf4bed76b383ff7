"""What a reporter of errors can show of an exception: its chain, the frames of that, and their variables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import FrameType
from typing import Any

HTTP_LIBRARIES = ("httpx2", "httpcore2", "h11", "anyio")


def chain_of(error: BaseException) -> list[BaseException]:
    """Return the exception and all that led to it, also what a traceback would not print."""
    errors: list[BaseException] = []
    waiting: list[BaseException | None] = [error]
    while waiting:
        link = waiting.pop()
        if link is None or any(link is other for other in errors):
            continue
        errors.append(link)
        waiting += [link.__cause__, link.__context__]
        waiting += link.exceptions if isinstance(link, BaseExceptionGroup) else ()
    return errors


def frames_of(error: BaseException) -> Iterator[FrameType]:
    """Yield the frames that the exception and its chain keep alive."""
    for link in chain_of(error):
        traceback = link.__traceback__
        while traceback is not None:
            yield traceback.tb_frame
            traceback = traceback.tb_next


def module_of(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", ""))


def texts_in(value: Any, depth: int = 6) -> Iterator[str]:
    """Yield the texts that a reporter makes of a value: of collections what is in them, else the `repr`."""
    if depth == 0:
        return
    if isinstance(value, Mapping):
        for key, entry in value.items():
            yield from texts_in(key, depth - 1)
            yield from texts_in(entry, depth - 1)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for entry in value:
            yield from texts_in(entry, depth - 1)
    else:
        yield str(value) if isinstance(value, (str, bytes)) else repr(value)


def assert_nothing_leaks(error: BaseException, secrets: tuple[str, ...]) -> None:
    """Look through everything that the exception leads to, within the library and the HTTP library."""
    for link in chain_of(error):
        assert not type(link).__module__.startswith(HTTP_LIBRARIES), repr(link)
        for text in (*texts_in(link.args), *texts_in(vars(link)), str(link), repr(link)):
            assert not any(secret in text for secret in secrets), (type(link), text)
    for frame in frames_of(error):
        module = module_of(frame)
        assert not module.startswith(HTTP_LIBRARIES), module
        if not module.startswith("podio"):
            continue
        for name, value in frame.f_locals.items():
            assert not type(value).__module__.startswith(HTTP_LIBRARIES), (module, frame.f_code.co_name, name)
            for text in texts_in(value):
                leaked = [secret for secret in secrets if secret in text]
                assert not leaked, (module, frame.f_code.co_name, name, leaked)
