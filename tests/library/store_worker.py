"""One of several processes that share a session store: does what its standard input says, and answers line by line."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import podio._session_in_use
import podio._token_renewal
from podio import FileStore, KeyringStore, Podio, PodioError
from podio.redis import RedisStore

TIME_LIMIT = 5.0
"""Seconds for the token call in these tests, so that a lease that nobody could give back comes free soon."""


class FileRing:
    """A keyring that processes share, made of files; it is locked while there is a file named ``locked``."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def _file(self, username: str) -> Path:
        if (self._directory / "locked").exists():
            raise RuntimeError("the keyring is locked")
        return self._directory / f"{username}.entry"

    def get_password(self, service: str, username: str) -> str | None:
        file = self._file(username)
        return file.read_text() if file.exists() else None

    def set_password(self, service: str, username: str, password: str) -> None:
        file = self._file(username)
        file.with_suffix(".new").write_text(password)
        file.with_suffix(".new").replace(file)

    def delete_password(self, service: str, username: str) -> None:
        self._file(username).unlink()


def open_store(kind: str, place: str) -> Any:
    """Return the store that a process is to use."""
    if kind == "file":
        return FileStore(Path(place) / "podio.json")
    if kind == "keyring":
        return KeyringStore(lock_file=Path(f"{place}.lock"), keyring=FileRing(Path(place)))
    return RedisStore(place, "worker", lease=TIME_LIMIT + 1)


async def outcome(client: Podio) -> Any:
    """Make a call and return the token that it went out with, or the name of its error."""
    try:
        return (await client.request("GET", "/item/1"))["token"]
    except PodioError as error:
        return type(error).__name__


async def main(kind: str, place: str, url: str) -> None:
    podio._token_renewal.TOKEN_TIME_LIMIT = podio._session_in_use.TOKEN_TIME_LIMIT = TIME_LIMIT  # type: ignore[attr-defined]
    client = Podio(
        auth_type="app",
        client_id="server",
        client_secret="server-secret",
        session_store=open_store(kind, place),
        api_url=url,
        token_url=f"{url}/oauth/token",
    )
    while command := (await asyncio.to_thread(sys.stdin.readline)).strip():
        try:
            if command == "call":
                answer: Any = await outcome(client)
            elif command == "thirty calls":
                answer = await asyncio.gather(*(outcome(client) for _ in range(30)))
            elif command == "is_authenticated":
                answer = await client.is_authenticated()
            else:
                answer = type(client.storage_error).__name__
        except PodioError as error:
            answer = type(error).__name__
        sys.stdout.write(f"{json.dumps(answer)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
