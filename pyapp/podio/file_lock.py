"""A lock between processes: a file that one of them holds at a time.

The system frees it when its holder dies, so nothing is ever left locked. What is locked is the file, not its name: a
lock counts only while the file still lies under the name, for whoever waited for one that was removed meanwhile would
hold it beside the holder of the next. So the file may be removed, by whoever holds the lock.
"""

from __future__ import annotations

import asyncio
import errno
import os
import stat
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from podio._back_off import BackOff
from podio.errors import ConfigurationError

_BACK_OFF = BackOff(first=0.01, longest=0.2)

_OPEN = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""A link in the lock's place is not followed: whoever put it there would choose which file is made or held."""


def in_home(path: str | os.PathLike[str]) -> Path:
    """Return a path with ``~`` replaced by the user's home.

    Raises:
        ConfigurationError: where there is no home to be found.
    """
    try:
        return Path(path).expanduser()
    except RuntimeError:
        raise ConfigurationError(f"{os.fspath(path)!r} names a home that can't be found: write the path out.") from None


class FileLock:
    """The lock of one file; also two locks of the same process exclude each other.

    Args:
        path: The file; made, readable by its owner alone, where it is missing.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock; blocks the thread until it is free.

        Raises:
            OSError: when the file can't be opened, or is a link or no plain file.
        """
        failures = 0
        while (descriptor := self._locked()) is None:
            failures += 1
            time.sleep(_BACK_OFF.pause(failures))
        try:
            yield
        finally:
            os.close(descriptor)

    @asynccontextmanager
    async def held_async(self) -> AsyncIterator[None]:
        """Hold the lock; others run until it is free. A task that is cancelled meanwhile leaves nothing behind.

        Raises:
            OSError: when the file can't be opened, or is a link or no plain file.
        """
        failures = 0
        # Tried again and again: to wait for the lock itself would take a thread that can't be cancelled.
        while (descriptor := self._locked()) is None:
            failures += 1
            await asyncio.sleep(_BACK_OFF.pause(failures))
        try:
            yield
        finally:
            os.close(descriptor)

    def remove(self) -> bool:
        """Remove the file, unless the lock is held; return whether it was removed.

        Raises:
            OSError: when it can't be removed, or is a link or no plain file.
        """
        descriptor = self._locked()
        if descriptor is None:
            return False
        try:
            if sys.platform != "win32":
                self._path.unlink(missing_ok=True)
        finally:
            os.close(descriptor)
        if sys.platform == "win32":
            self._path.unlink(missing_ok=True)  # which the system refuses while anybody has it open
        return True

    def _locked(self) -> int | None:
        """Return the descriptor of the locked file, or None while somebody else holds the lock."""
        descriptor = self._open()
        is_locked = False
        try:
            is_locked = _try(descriptor) and self._is_in_place(descriptor)
        finally:
            if not is_locked:
                os.close(descriptor)
        return descriptor if is_locked else None

    def _is_in_place(self, descriptor: int) -> bool:
        try:
            named = self._path.lstat()
        except FileNotFoundError:
            return False
        return os.path.samestat(named, os.fstat(descriptor))

    def _open(self) -> int:
        descriptor = os.open(self._path, _OPEN, 0o600)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise OSError(errno.EINVAL, "not a plain file", str(self._path))
        return descriptor


if sys.platform == "win32":

    def _try(descriptor: int) -> bool:
        import msvcrt

        os.lseek(descriptor, 0, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _try(descriptor: int) -> bool:
        import fcntl

        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
