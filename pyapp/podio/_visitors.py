"""Where a server keeps its visitors' sessions: a store for each visitor, for as long as the visitor may come back.

A visitor is known here by 64 hexadecimal digits, made of the cookie, from which the cookie can't be had.
"""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import logging
import os
import re
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import ClassVar, Literal, Protocol, cast, get_args

from podio._abilities import Methods, declared_abilities
from podio.errors import ConfigurationError, StorageError
from podio.file_lock import FileLock, in_home
from podio.file_store import FileStore
from podio.session import AuthType, MemoryStore, Session, SessionStore

VISITOR_LIFETIME = 28 * 24 * 3600
"""Seconds: as long as Podio's refresh tokens live."""

MOST_VISITORS = 10_000

CLEANING_INTERVAL = 3600
"""Seconds between two removals of expired visitors."""

log = logging.getLogger("podio.auth")

VisitorAbility = Literal["find", "forget", "remove_expired"]
"""What an object that makes visitors' stores can do besides, each by the method of that name.

It declares them by its attribute `abilities`. `find` returns a visitor's store, or None where the visitor is known to
be gone; `forget`, which may be async, is called after a sign-out; `remove_expired` now and then, in a thread.
"""

_METHODS: Methods = {ability: (ability,) for ability in get_args(VisitorAbility)}

_VISITOR_FILE = re.compile(r"([0-9a-f]{64})\.json.*", re.DOTALL)


class _Finding(Protocol):
    def find(self, visitor: str, /) -> SessionStore | None: ...


class _Forgetting(Protocol):
    def forget(self, visitor: str, /) -> Awaitable[None] | None: ...


class _Expiring(Protocol):
    def remove_expired(self) -> object: ...


class MemoryVisitors:
    """Gives each visitor a store in memory: lost at a restart, and not shared between processes.

    Args:
        limit: How many visitors are kept; the one that was seen longest ago goes first.
        lifetime: Seconds after which a visitor that was not seen is removed.
        clock: Seconds.
    """

    abilities: ClassVar[frozenset[VisitorAbility]] = frozenset({"find", "forget"})

    def __init__(
        self,
        limit: int = MOST_VISITORS,
        *,
        lifetime: float = VISITOR_LIFETIME,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limit = limit
        self._lifetime = lifetime
        self._clock = clock
        self._stores: OrderedDict[str, tuple[MemoryStore, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._stores)

    def __call__(self, visitor: str) -> MemoryStore:
        """Return the visitor's store; a new one where there is none."""
        store = self.find(visitor)
        if store is None:
            store = MemoryStore()
            self._stores[visitor] = (store, self._clock())
            while len(self._stores) > self._limit:
                self._stores.popitem(last=False)
        return store

    def find(self, visitor: str) -> MemoryStore | None:
        """Return the visitor's store, or None where there is none."""
        now = self._clock()
        while self._stores:
            seen_longest_ago = next(iter(self._stores))
            if now - self._stores[seen_longest_ago][1] <= self._lifetime:
                break
            del self._stores[seen_longest_ago]
        store, _ = self._stores.pop(visitor, (None, 0.0))
        if store is not None:
            self._stores[visitor] = (store, now)
        return store

    def forget(self, visitor: str) -> None:
        """Remove the store of a visitor who signed out."""
        self._stores.pop(visitor, None)


class FileVisitors:
    """Gives each visitor a `FileStore` in a directory that several processes may share.

    A visitor who signs out leaves no file behind. The files of one who doesn't are removed by `remove_expired`, which
    `podio.starlette.PodioMiddleware` calls now and then.

    Args:
        directory: For these files alone; ``~`` is the user's home. Made, for its owner alone, with the first session.
        lifetime: Seconds after which the files of a visitor whose session was not renewed are removed. Podio's refresh
            tokens live for 28 days, so that an older session is of no use.
        clock: Seconds since 1970.
    """

    abilities: ClassVar[frozenset[VisitorAbility]] = frozenset({"forget", "remove_expired"})

    def __init__(
        self,
        directory: str | os.PathLike[str],
        *,
        lifetime: float = VISITOR_LIFETIME,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._directory = in_home(directory)
        self._lifetime = lifetime
        self._clock = clock

    def __call__(self, visitor: str) -> FileStore:
        """Return the visitor's store; nothing is written before there is a session to keep."""
        name = f"{visitor}.json"
        if not _VISITOR_FILE.fullmatch(name):
            raise ConfigurationError("A visitor is known by 64 hexadecimal digits.")
        return FileStore(self._directory / name, clock=self._clock)

    async def forget(self, visitor: str) -> None:
        """Remove the files of a visitor who signed out."""
        await asyncio.to_thread(self._remove_files, visitor)

    def remove_expired(self) -> int:
        """Remove the files, locks included, of the visitors who can't come back any more; return how many these are.

        A lock that is held stays, and goes another time.

        It looks at every file of the directory: not for an event loop's thread, where there are many.
        """
        oldest = self._clock() - self._lifetime
        expired = 0
        for visitor, files in self._files().items():
            # The newest one counts: a session that is renewed is written, and its lock may be older.
            if max((_changed_at(file) for file in files), default=oldest) < oldest:
                expired += 1
                self._remove(visitor, files)
        return expired

    def _remove_files(self, visitor: str) -> None:
        if files := self._files().get(visitor):
            self._remove(visitor, files)

    def _remove(self, visitor: str, files: list[Path]) -> None:
        locks = [file for file in files if file.name.endswith(".lock")]
        with contextlib.ExitStack() as stack:
            # Whoever writes there is waited for; where something else lies in the lock's place, nobody can.
            with contextlib.suppress(OSError):
                stack.enter_context(FileLock(self._directory / f"{visitor}.json.lock").held())
            for file in set(files) - set(locks):
                file.unlink(missing_ok=True)
        for file in {*locks, self._directory / f"{visitor}.json.lock"}:
            try:
                FileLock(file).remove()
            except OSError:
                file.unlink(missing_ok=True)  # no file that could be locked

    def _files(self) -> dict[str, list[Path]]:
        files: dict[str, list[Path]] = {}
        with contextlib.suppress(FileNotFoundError):
            for file in self._directory.iterdir():
                if (match := _VISITOR_FILE.fullmatch(file.name)) is not None:
                    files.setdefault(match[1], []).append(file)
        return files


class VisitorStores:
    """What the middleware does with the stores of visitors, whoever makes them.

    Args:
        store_for: Makes a visitor's store; may be an object that declares that it can do more (`VisitorAbility`).
        clock: Seconds since 1970.

    Raises:
        ConfigurationError: when it lacks a method, or does not declare what it can do.
    """

    def __init__(self, store_for: Callable[[str], SessionStore], *, clock: Callable[[], float]) -> None:
        self._store_for = store_for
        abilities = declared_abilities(store_for, _METHODS, needed=("__call__",))
        self._find = cast("_Finding", store_for).find if "find" in abilities else store_for
        self._forget = cast("_Forgetting", store_for).forget if "forget" in abilities else None
        self._remove_expired = cast("_Expiring", store_for).remove_expired if "remove_expired" in abilities else None
        self._clock = clock
        self._cleaned_at = float("-inf")

    def new(self, visitor: str) -> NewVisitorStore:
        """Return the store of a visitor whose sign-in may still come to nothing."""
        return NewVisitorStore(lambda: self._store_for(visitor))

    def find(self, visitor: str) -> SessionStore:
        """Return the store of a visitor who signed in.

        It is empty where the visitor is known to be gone, and fails at its first use where it can't be made.
        """
        try:
            store = self._find(visitor)
        except Exception as error:
            return _FailingStore(error)
        return store if store is not None else MemoryStore()

    async def forget(self, visitor: str | None) -> None:
        """Leave nothing behind of a visitor who signed out."""
        if self._forget is not None and visitor is not None:
            result = self._forget(visitor)
            if inspect.isawaitable(result):
                await result

    async def remove_expired(self) -> None:
        """Remove what is left of visitors who can't come back, once an hour at most."""
        now = self._clock()
        if self._remove_expired is None or now - self._cleaned_at < CLEANING_INTERVAL:
            return
        self._cleaned_at = now
        try:
            await asyncio.to_thread(self._remove_expired)
        except OSError as error:
            log.warning("failed (server): removing expired visitors: %s", error)


class _FailingStore:
    """Stands for a store that could not be made."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def get(self, auth_type: AuthType) -> Session | None:
        """Raise `StorageError`."""
        raise StorageError("The visitor's session store could not be made.") from self._error

    def set(self, session: Session | None, auth_type: AuthType) -> None:
        """Raise `StorageError`."""
        raise StorageError("The visitor's session store could not be made.") from self._error


class NewVisitorStore:
    """The store of a visitor who is signing in: made when there is a session to keep, and not before.

    Attributes:
        failure: Why the session could not be kept, or None.
    """

    def __init__(self, make: Callable[[], SessionStore]) -> None:
        self._make = make
        self._store: SessionStore | None = None
        self.failure: Exception | None = None

    def get(self, auth_type: AuthType) -> Session | None:
        """Return None: nobody has signed in yet."""
        return None

    async def set(self, session: Session | None, auth_type: AuthType) -> None:
        """Keep a session in the visitor's store."""
        if session is None and self._store is None:
            return
        try:
            self._store = self._store if self._store is not None else self._make()
            kept = self._store.set(session, auth_type)
            if inspect.isawaitable(kept):
                await kept
        except Exception as error:
            self.failure = error
            raise StorageError("The session could not be kept.") from error


def _changed_at(file: Path) -> float:
    try:
        return file.lstat().st_mtime
    except FileNotFoundError:
        return 0.0
