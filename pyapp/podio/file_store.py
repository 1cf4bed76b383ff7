"""A session store in a file that only its owner can read, and that several processes may use at once.

What it holds:

1. A file is replaced, never changed: a crash in the middle of a write leaves the old sessions.
2. Each write reads, changes and replaces under a lock, so that two processes lose nothing of each other's.
3. One process renews at a time (`renewal_lock`); the next one finds the new token in the file.
4. A damaged file counts as no session. The next write puts it aside (``NAME.damaged``) rather than over it; a sign-out
   deletes what was put aside, because a token may be in it.
5. Sessions are kept by whose they are. What an older version wrote does not say so: it is not used, and goes with the
   next sign-in or sign-out of its flow.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import json
import os
import stat
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, ClassVar, get_args

from podio.authorization import AuthorizationRequest
from podio.errors import ConfigurationError, StorageError
from podio.file_lock import FileLock, in_home
from podio.json_text import parse_object
from podio.session import AuthType, Session, StoreAbility, only
from podio.session_owner import SessionOwner

MAX_LENGTH = 1024 * 1024
"""Characters; a longer file is none of ours."""

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}
_OTHERS = stat.S_IRWXG | stat.S_IRWXO

Records = dict[str, Any]


class FileStore:
    """Keeps sessions, by whose they are, and authorization requests, in one JSON file of mode 0600.

    Several processes may share it: they renew one at a time and find each other's tokens. Lock files lie beside it.

    Args:
        path: The file; ``~`` is the user's home. Its directory is made, for its owner alone, where it is missing.
        clock: Seconds since 1970; decides which requests are too old to keep.

    Raises:
        ConfigurationError: in a page, which has no files that last; use `podio.browser.SessionStorageStore`. Also for
            ``~`` where there is no home.
    """

    abilities: ClassVar[frozenset[StoreAbility]] = frozenset({"owners", "requests", "renewal_lock"})

    def __init__(self, path: str | os.PathLike[str], *, clock: Callable[[], float] = time.time) -> None:
        if sys.platform == "emscripten":
            raise ConfigurationError(
                "FileStore needs files that last; in a page use podio.browser.SessionStorageStore."
            )
        self.path = in_home(path).resolve()
        self._clock = clock

    def __repr__(self) -> str:
        return f"FileStore({str(self.path)!r})"

    async def get(self, auth_type: AuthType) -> Session | None:
        """Return the stored session, or None where there is none or more than one.

        Raises:
            StorageError: when the file can't be read.
        """
        return only(await self.sessions(auth_type))

    async def sessions(self, auth_type: AuthType) -> list[Session]:
        """Return all stored sessions of a flow.

        Raises:
            StorageError: when the file can't be read.
        """
        return await asyncio.to_thread(self._sessions, auth_type)

    async def set(self, session: Session | None, auth_type: AuthType) -> None:
        """Keep a session in place of its owner's earlier one; None removes all of the flow.

        Raises:
            StorageError: when the file can't be written: no permission, a full disk. The old sessions are then kept.
        """
        await asyncio.to_thread(self._put_session, session, auth_type)

    async def remove(self, owner: SessionOwner) -> None:
        """Remove the session of that owner.

        Raises:
            StorageError: when the file can't be written.
        """
        await asyncio.to_thread(self._remove, lambda name: name in (owner.auth_type, _name(owner.auth_type, owner)))

    @asynccontextmanager
    async def renewal_lock(self, auth_type: AuthType) -> AsyncIterator[None]:
        """Hold what lets one process renew at a time.

        Raises:
            StorageError: when the lock's file can't be made.
        """
        async with contextlib.AsyncExitStack() as stack:
            with self._failures("locked"):
                self._make_directory()
                await stack.enter_async_context(FileLock(self._beside(f".{auth_type}.renewal.lock")).held_async())
            yield

    def keep_request(self, request: AuthorizationRequest) -> None:
        """Keep an authorization request, and remove those that are too old to be answered.

        Raises:
            StorageError: when the file can't be written.
        """
        with self._changed() as records:
            now = self._clock()
            pending = [other for other in _requests(records) if not other.is_stale(now)]
            records["attempts"] = {other.state: json.loads(other.to_json()) for other in [*pending, request]}

    def take_request(self, state: str) -> AuthorizationRequest | None:
        """Return the request of that nonce and remove it; None where there is none.

        Raises:
            StorageError: when the file can't be written.
        """
        with self._changed() as records:
            pending = {other.state: other for other in _requests(records)}
            request = pending.pop(state, None)
            if request is not None:
                records["attempts"] = {other.state: json.loads(other.to_json()) for other in pending.values()}
        return request

    def _sessions(self, auth_type: AuthType) -> list[Session]:
        with self._failures("read"):
            records, _ = self._read()
        return [
            Session.from_json(json.dumps(record))
            for name, record in records["sessions"].items()
            if _flow(name) == auth_type
        ]

    def _put_session(self, session: Session | None, auth_type: AuthType) -> None:
        if session is None:
            return self._remove(lambda name: _flow(name) == auth_type)
        with self._changed() as records:
            records["sessions"].pop(_name(auth_type, None), None)
            records["sessions"][_name(auth_type, session.owner)] = json.loads(session.to_json())
        return None

    def _remove(self, is_meant: Callable[[str], bool]) -> None:
        """Take records out of the file, and delete what may hold such a record beside it."""
        if not self.path.parent.exists():
            return
        with self._changed(keep_damaged=False) as records:
            records["sessions"] = {name: record for name, record in records["sessions"].items() if not is_meant(name)}

    @contextmanager
    def _changed(self, *, keep_damaged: bool = True) -> Iterator[Records]:
        """Yield what the file holds, to be changed, and write it if it was.

        Args:
            keep_damaged: Whether a damaged file is put aside; else it is replaced, and what was put aside is deleted.
        """
        with self._failures("written"):
            self._make_directory()
            with FileLock(self._beside(".lock")).held():
                records, is_damaged = self._read()
                before = json.dumps(records)
                yield records
                after = json.dumps(records)
                if not keep_damaged:
                    for ending in (".damaged", ".new"):
                        self._beside(ending).unlink(missing_ok=True)
                    if before != after or is_damaged:
                        self._replace(after)
                elif before != after:
                    if is_damaged:
                        self.path.replace(self._beside(".damaged"))
                    self._replace(after)

    def _read(self) -> tuple[Records, bool]:
        """Return what the file holds that is sound, and whether something in it is not."""
        try:
            with self.path.open(encoding="utf-8") as file:
                _narrow(file.fileno())
                text = file.read(MAX_LENGTH + 1)
        except FileNotFoundError:
            return {"sessions": {}, "attempts": {}}, False
        except UnicodeDecodeError:
            return {"sessions": {}, "attempts": {}}, True
        stored = parse_object(text, longest=MAX_LENGTH, constants=False)
        sessions = {
            name: record for name, record in _mapping(stored.get("sessions")).items() if _is_session(name, record)
        }
        requests = {
            state: record
            for state, record in _mapping(stored.get("attempts")).items()
            if _is_sound(AuthorizationRequest.from_json, record)
        }
        records = {"sessions": sessions, "attempts": requests}
        return records, stored != records

    def _replace(self, text: str) -> None:
        # One name suffices, because the lock is held; what a crash left under it is of no use.
        new = self._beside(".new")
        with contextlib.suppress(FileNotFoundError):
            new.unlink()
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            new.replace(self.path)
        except OSError:
            with contextlib.suppress(OSError):
                new.unlink()
            raise
        if sys.platform != "win32":
            directory = os.open(self.path.parent, os.O_RDONLY)
            try:
                os.fsync(directory)  # the file's name is kept by the directory
            finally:
                os.close(directory)

    def _make_directory(self) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)

    def _beside(self, ending: str) -> Path:
        return self.path.with_name(self.path.name + ending)

    @contextmanager
    def _failures(self, what: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            reason = error.strerror or type(error).__name__
            advice = "Look at the path."
            if error.errno in _FULL:
                advice = "The disk is full: make room; until then the session lasts as long as this process."
            elif error.errno in _DENIED:
                advice = "This user has no right to it: fix the permissions, or choose another path."
            raise StorageError(f"The session file {self.path} could not be {what} ({reason}). {advice}") from error


def _narrow(descriptor: int) -> None:
    """Take from others the right to an open file; one that is somebody else's stays as it is."""
    mode = stat.S_IMODE(os.fstat(descriptor).st_mode)
    if mode & _OTHERS and sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.fchmod(descriptor, mode & ~_OTHERS)


def _name(auth_type: AuthType, owner: SessionOwner | None) -> str:
    """Return the name of a record: that of its flow alone, where it does not say whose it is."""
    return auth_type if owner is None else f"{auth_type}.{owner.key}"


def _flow(name: str) -> str:
    return name.partition(".")[0]


def _is_session(name: str, record: object) -> bool:
    try:
        session = Session.from_json(json.dumps(record))
    except ValueError:
        return False
    flow = next((flow for flow in get_args(AuthType) if flow == _flow(name)), None)
    return flow is not None and name == _name(flow, session.owner)


def _mapping(value: object) -> Records:
    return value if isinstance(value, dict) else {}


def _is_sound(read: Callable[[str], object], record: object) -> bool:
    try:
        read(json.dumps(record))
    except (ValueError, TypeError, AttributeError):
        return False
    return True


def _requests(records: Records) -> list[AuthorizationRequest]:
    return [AuthorizationRequest.from_json(json.dumps(record)) for record in records["attempts"].values()]
