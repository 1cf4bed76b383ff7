"""A session store in the system's keyring (macOS Keychain, Windows Credential Locker, Secret Service).

Needs the package ``keyring``, which is imported when a store is made and not before.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol, cast

from podio.errors import ConfigurationError, StorageError
from podio.file_lock import FileLock
from podio.session import AuthType, Session


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
    """Keeps sessions, by auth type, as entries of the system's keyring.

    Args:
        service: The entries' service; one for each API key that the person uses.
        lock_file: A file whose lock lets one process renew at a time. Left out: only one process may use the store.
        keyring: The keyring, or a backend of it; the package's own choice if left out.

    Raises:
        ConfigurationError: when the package is missing.
    """

    def __init__(
        self,
        service: str = "podio-client",
        *,
        lock_file: str | os.PathLike[str] | None = None,
        keyring: Keyring | None = None,
    ) -> None:
        self._service = service
        self._lock = None if lock_file is None else FileLock(Path(lock_file))
        self._keyring = keyring if keyring is not None else _installed_keyring()

    def __repr__(self) -> str:
        return f"KeyringStore({self._service!r})"

    async def get(self, auth_type: AuthType) -> Session | None:
        """Return the kept session, or None; an entry that is damaged counts as none.

        Raises:
            StorageError: when the keyring is locked or missing.
        """
        try:
            record = await asyncio.to_thread(self._keyring.get_password, self._service, auth_type)
        except Exception as error:
            raise _failure("read", error) from error
        if record is None:
            return None
        try:
            return Session.from_json(record)
        except ValueError:
            return None

    async def set(self, session: Session | None, auth_type: AuthType) -> None:
        """Keep a session; None forgets it.

        Raises:
            StorageError: when the keyring is locked, missing or full.
        """
        try:
            await asyncio.to_thread(self._put, session, auth_type)
        except Exception as error:
            raise _failure("written", error) from error

    @asynccontextmanager
    async def renewal_lock(self, auth_type: AuthType) -> AsyncIterator[None]:
        """Hold what lets one process renew at a time, where a lock file was given; one lock serves all auth types."""
        del auth_type
        async with contextlib.AsyncExitStack() as stack:
            if self._lock is not None:
                try:
                    await stack.enter_async_context(self._lock.held_async())
                except OSError as error:
                    raise _failure("locked", error) from error
            yield

    def _put(self, session: Session | None, auth_type: AuthType) -> None:
        if session is not None:
            self._keyring.set_password(self._service, auth_type, session.to_json())
        elif self._keyring.get_password(self._service, auth_type) is not None:
            self._keyring.delete_password(self._service, auth_type)


def _installed_keyring() -> Keyring:
    try:
        return cast("Keyring", importlib.import_module("keyring"))
    except ImportError:
        raise ConfigurationError("KeyringStore needs the package keyring: pip install keyring.") from None


def _failure(what: str, error: Exception) -> StorageError:
    # The type alone: what a backend says may repeat what it was given.
    return StorageError(f"The system's keyring could not be {what} ({type(error).__name__}). Unlock it and try again.")
