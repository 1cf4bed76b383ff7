"""A session store in the system's keyring (macOS Keychain, Windows Credential Locker, Secret Service).

Needs the package ``keyring``, which is imported when a store is made and not before.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import json
import os
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import ClassVar, Protocol, cast

from podio.errors import ConfigurationError, StorageError
from podio.file_lock import FileLock, in_home
from podio.json_text import parse_json
from podio.session import AuthType, Session, StoreAbility, only
from podio.session_owner import SessionOwner


class Keyring(Protocol):
    """What is used of the package ``keyring``, or of one of its backends."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return the entry, or None."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep an entry."""
        ...

    def delete_password(self, service: str, username: str) -> None:
        """Forget an entry; raises where there is none."""
        ...


class KeyringStore:
    """Keeps sessions, by whose they are, as entries of the system's keyring: one entry each, and one that lists them.

    Args:
        service: The entries' service.
        lock_file: A file whose lock lets one process renew at a time; ``~`` is the user's home, and the directory is
            made, for its owner alone, where it is missing. Left out: only one process may use the store.
        keyring: The keyring, or a backend of it; the package's own choice if left out.

    Raises:
        ConfigurationError: when the package is missing.
    """

    abilities: ClassVar[frozenset[StoreAbility]] = frozenset({"owners", "renewal_lock"})

    def __init__(
        self,
        service: str = "podio-client",
        *,
        lock_file: str | os.PathLike[str] | None = None,
        keyring: Keyring | None = None,
    ) -> None:
        self._service = service
        self._lock_file = None if lock_file is None else in_home(lock_file).absolute()
        self._keyring = keyring if keyring is not None else _installed_keyring()
        self._writing = threading.Lock()

    def __repr__(self) -> str:
        return f"KeyringStore({self._service!r})"

    async def get(self, auth_type: AuthType) -> Session | None:
        """Return the stored session, or None where there is none or more than one.

        Raises:
            StorageError: when the keyring is locked or missing.
        """
        return only(await self.sessions(auth_type))

    async def sessions(self, auth_type: AuthType) -> list[Session]:
        """Return all stored sessions of a flow; an entry that is damaged counts as none.

        Raises:
            StorageError: when the keyring is locked or missing.
        """
        try:
            return await asyncio.to_thread(self._sessions, auth_type)
        except Exception as error:
            raise _failure("read", error) from error

    async def set(self, session: Session | None, auth_type: AuthType) -> None:
        """Keep a session in place of its owner's earlier one; None removes all of the flow.

        Raises:
            StorageError: when the keyring is locked, missing or full.
        """
        await self._change(lambda: self._put(session, auth_type))

    async def remove(self, owner: SessionOwner) -> None:
        """Forget the session of that owner.

        Raises:
            StorageError: when the keyring is locked or missing.
        """
        await self._change(lambda: self._drop(owner.auth_type, [owner.auth_type, _name(owner.auth_type, owner)]))

    @asynccontextmanager
    async def renewal_lock(self, auth_type: AuthType) -> AsyncIterator[None]:
        """Hold what lets one process renew at a time, where a lock file was given; one lock serves all auth types."""
        del auth_type
        async with contextlib.AsyncExitStack() as stack:
            if self._lock_file is not None:
                try:
                    await stack.enter_async_context(_lock(self._lock_file).held_async())
                except OSError as error:
                    raise _failure("locked", error) from error
            yield

    async def _change(self, change: Callable[[], None]) -> None:
        try:
            await asyncio.to_thread(self._locked, change)
        except Exception as error:
            raise _failure("written", error) from error

    def _locked(self, change: Callable[[], None]) -> None:
        """Change entries while nobody else changes the list of them."""
        with self._writing, contextlib.ExitStack() as stack:
            if self._lock_file is not None:
                stack.enter_context(_lock(self._lock_file, ".entries").held())
            change()

    def _sessions(self, auth_type: AuthType) -> list[Session]:
        return [session for name in self._names(auth_type) if (session := self._session(auth_type, name)) is not None]

    def _session(self, auth_type: AuthType, name: str) -> Session | None:
        try:
            session = Session.from_json(self._keyring.get_password(self._service, name) or "")
        except ValueError:
            return None
        return session if name == _name(auth_type, session.owner) else None

    def _names(self, auth_type: AuthType) -> list[str]:
        """Return the names of a flow's entries; the flow's own is that of a record which does not say whose it is."""
        try:
            listed = parse_json(self._keyring.get_password(self._service, f"{auth_type}.entries") or "[]")
        except ValueError:
            listed = []
        names = [name for name in listed if isinstance(name, str)] if isinstance(listed, list) else []
        return [auth_type, *(name for name in names if name.startswith(f"{auth_type}."))]

    def _put(self, session: Session | None, auth_type: AuthType) -> None:
        names = self._names(auth_type)
        if session is None:
            self._drop(auth_type, names)
            return
        name = _name(auth_type, session.owner)
        if name not in names:
            # Listed first: an entry that nothing lists would never be found, nor removed.
            self._list(auth_type, [*names, name])
        self._keyring.set_password(self._service, name, session.to_json())
        if name != auth_type:
            self._delete(auth_type)  # what an older version wrote is of no use to anybody

    def _drop(self, auth_type: AuthType, names: list[str]) -> None:
        for name in names:
            self._delete(name)
        self._list(auth_type, [name for name in self._names(auth_type) if name not in names])

    def _list(self, auth_type: AuthType, names: list[str]) -> None:
        owned = [name for name in names if name != auth_type]
        if owned:
            self._keyring.set_password(self._service, f"{auth_type}.entries", json.dumps(owned))
        else:
            self._delete(f"{auth_type}.entries")

    def _delete(self, name: str) -> None:
        if self._keyring.get_password(self._service, name) is not None:
            self._keyring.delete_password(self._service, name)


def _lock(path: Path, ending: str = "") -> FileLock:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return FileLock(path.with_name(path.name + ending))


def _name(auth_type: AuthType, owner: SessionOwner | None) -> str:
    return auth_type if owner is None else f"{auth_type}.{owner.key}"


def _installed_keyring() -> Keyring:
    try:
        return cast("Keyring", importlib.import_module("keyring"))
    except ImportError:
        raise ConfigurationError("KeyringStore needs the package keyring: pip install keyring.") from None


def _failure(what: str, error: Exception) -> StorageError:
    # The type alone: what a backend says may repeat what it was given.
    return StorageError(f"The system's keyring could not be {what} ({type(error).__name__}). Unlock it and try again.")
