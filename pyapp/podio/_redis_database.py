"""A Redis as `podio.redis` uses it: commands and scripts whose failures are a `podio.StorageError`."""

from __future__ import annotations

from typing import Any, Self

import redis.asyncio
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from podio.errors import ConfigurationError, StorageError

_TIME_LIMIT = 5.0
"""Seconds for a connection, and for a reply."""


class Database:
    """A Redis as the parts here use it.

    Args:
        database: Its address (``rediss://user:password@host:6379/0``), or a client, which whoever made it closes.
        name: What the keys begin with.
    """

    def __init__(self, database: str | redis.asyncio.Redis, *name: str) -> None:
        if not all(isinstance(part, str) and part for part in name):
            raise ConfigurationError("name must be a text that isn't empty: it keeps apart what lies in one Redis.")
        self._owns_client = isinstance(database, str)
        self._prefix = ":".join(("podio", *name))
        if isinstance(database, str):
            database = _client_of(database)
        if not isinstance(database, redis.asyncio.Redis | redis.asyncio.RedisCluster):
            raise ConfigurationError("database must be the address of a Redis, or a client of redis.asyncio.")
        self._client: Any = database

    def key(self, *parts: object) -> str:
        """Return the name of a key."""
        return ":".join((self._prefix, *map(str, parts)))

    async def command(self, *command: str) -> Any:
        """Execute a command and return its reply.

        Raises:
            StorageError: when Redis can't.
        """
        try:
            return await self._client.execute_command(*command)
        except (RedisError, OSError, TimeoutError, UnicodeError) as error:
            kind = type(error).__name__
        # Out here, and with its kind alone: the error repeats the command, with the token in it.
        raise StorageError(f"Redis could not be used ({kind}). Try again in a moment.")

    async def run(self, script: str, key: str, *arguments: object) -> Any:
        """Run a script on one key and return its reply.

        Raises:
            StorageError: when Redis can't.
        """
        return await self.command("EVAL", script, "1", key, *map(str, arguments))

    async def aclose(self) -> None:
        """Close the client, unless it was given."""
        if self._owns_client:
            await self._client.aclose()


def _client_of(address: str) -> redis.asyncio.Redis:
    # Once more without a pause: the connections of a server that was restarted are found broken at their next use.
    retry = Retry(NoBackoff(), 1)
    try:
        return redis.asyncio.Redis.from_url(
            address,
            decode_responses=True,
            retry=retry,
            socket_timeout=_TIME_LIMIT,
            socket_connect_timeout=_TIME_LIMIT,
        )
    except (ValueError, TypeError):
        pass
    # Out here, and without the address, which has the password in it.
    raise ConfigurationError("database must be an address such as rediss://user:password@host:6379/0.")


class Part:
    """What all parts have: the way to their Redis, and its end."""

    _database: Database

    async def __aenter__(self) -> Self:
        """Return the part itself; `aclose` is called at the end."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Call `aclose`."""
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections to Redis, unless a client was given."""
        await self._database.aclose()


def text_of(value: str | bytes) -> str:
    """Return a reply as text, whether the client decodes replies or not."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


def milliseconds(seconds: float) -> int:
    """Return a time as Redis takes it."""
    return max(1, round(seconds * 1000))
