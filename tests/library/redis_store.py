"""A session store over Redis in few lines: what a store of one's own needs where many machines share it."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import ClassVar

import redis.asyncio as redis

from podio import Session
from podio.session import TOKEN_TIME_LIMIT, AuthType, StoreAbility

IF_OURS = "if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end "


class Lease:
    def __init__(self, database: redis.Redis, name: str, seconds: float) -> None:
        self._database, self._name, self._id = database, name, secrets.token_hex(16)
        self._milliseconds = int(seconds * 1000)

    async def take(self) -> bool:
        return bool(await self._database.set(self._name, self._id, nx=True, px=self._milliseconds))

    async def still_held(self, seconds: float) -> bool:
        longer = IF_OURS + "return redis.call('pexpire', KEYS[1], ARGV[2])"
        milliseconds = max(self._milliseconds, int(seconds * 1000))
        return bool(await self._database.eval(longer, 1, self._name, self._id, milliseconds))

    async def give_back(self) -> None:
        await self._database.eval(IF_OURS + "return redis.call('del', KEYS[1])", 1, self._name, self._id)


class RedisStore:
    abilities: ClassVar[frozenset[StoreAbility]] = frozenset({"renewal_lock"})

    def __init__(self, url: str, lease: float = TOKEN_TIME_LIMIT + 15) -> None:
        self.database = redis.Redis.from_url(url, decode_responses=True, socket_timeout=2, socket_connect_timeout=2)
        self._lease = lease

    async def get(self, auth_type: AuthType) -> Session | None:
        record = await self.database.get(f"session:{auth_type}")
        return None if record is None else Session.from_json(record)

    async def set(self, session: Session | None, auth_type: AuthType) -> None:
        if session is None:
            await self.database.delete(f"session:{auth_type}")
        else:
            await self.database.set(f"session:{auth_type}", session.to_json())

    @asynccontextmanager
    async def renewal_lock(self, auth_type: AuthType) -> AsyncIterator[Lease]:
        lease = Lease(self.database, f"lease:{auth_type}", self._lease)
        while not await lease.take():  # noqa: ASYNC110  another machine holds it
            await asyncio.sleep(0.05)
        try:
            yield lease
        finally:
            await lease.give_back()
