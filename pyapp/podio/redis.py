"""What the processes of many machines share in Redis: sessions, limits, webhooks (``pip install podio-client[redis]``).

What it holds:

1. Whatever Redis fails with is a `podio.StorageError` that names its kind and nothing of what was sent: a server that
   can't be reached is never taken for one that holds nothing.
2. A change that depends on what is there is one script, which Redis runs as a whole; each may be repeated when its
   reply was lost.
3. A lease is its holder's alone: only the holder extends it or gives it back, and it comes free by time.
4. All of it expires: sessions 28 days after they were last written, as Podio's refresh tokens do.

A Redis that is to keep sessions when it is killed writes each change at once (``appendonly yes``, ``appendfsync
always``). It holds tokens: let nobody else reach it, and use ``rediss://`` where it isn't on the same machine.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import ClassVar, TypeVar

import redis.asyncio

from podio._back_off import BackOff
from podio._redis_database import Database, Part, milliseconds, text_of
from podio._retry_policy import Limits
from podio.call_budget import HOUR, SLOW_BELOW, BudgetState, Turn, checked_share, close, note, take
from podio.errors import StorageError
from podio.session import TOKEN_TIME_LIMIT, AuthType, Session, StoreAbility, only
from podio.session_owner import SessionOwner
from podio.webhook_receiver import VERIFICATION_TIME, VERIFICATION_TRIES

__all__ = ["RedisCallBudget", "RedisLease", "RedisStore", "RedisWebhookMemory"]

SESSION_LIFETIME = 28 * 24 * 3600.0
"""Seconds: as long as Podio's refresh tokens live."""
LEASE = TOKEN_TIME_LIMIT + 15
"""Seconds after which the lease of a process that died comes free."""
EVENT_LIFETIME = 24 * 3600.0
"""Seconds for which the repeat of a webhook is recognised."""

_MOST_RACES = 50
_RACE_PAUSES = BackOff(first=0.002, longest=0.1)

_TAKE = """
if redis.call('set', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 1 end
return redis.call('get', KEYS[1]) == ARGV[1] and 1 or 0
"""  # the second line: a take that is repeated because its answer was lost
_EXTEND = "return redis.call('get', KEYS[1]) == ARGV[1] and redis.call('pexpire', KEYS[1], ARGV[2]) or 0"
_GIVE_BACK = "return redis.call('get', KEYS[1]) == ARGV[1] and redis.call('del', KEYS[1]) or 0"
_KEEP = """
local stored = redis.call('hget', KEYS[1], ARGV[1])
if stored then
  local is_sound, record = pcall(cjson.decode, stored)
  if is_sound and type(record) == 'table' and record.session_id == ARGV[3]
      and (tonumber(record.generation) or 0) > tonumber(ARGV[4]) then return 0 end
end
redis.call('hset', KEYS[1], ARGV[1], ARGV[2])
if ARGV[1] ~= '' then redis.call('hdel', KEYS[1], '') end
redis.call('pexpire', KEYS[1], ARGV[5])
return 1
"""
_READ_WITH_TIME = "return {redis.call('get', KEYS[1]) or '', redis.call('time')}"
_REPLACE = """
if (redis.call('get', KEYS[1]) or '') ~= ARGV[1] then return 0 end
redis.call('set', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1
"""
_TAKE_TRY = """
if (tonumber(redis.call('get', KEYS[1])) or 0) < 1 then return 0 end
redis.call('decr', KEYS[1])
return 1
"""

_T = TypeVar("_T")


class RedisLease:
    """A renewal lock that is held for a time; other holders can neither extend it nor give it back."""

    def __init__(self, database: Database, key: str, seconds: float) -> None:
        self._database = database
        self._key = key
        self._seconds = seconds
        self._holder = secrets.token_hex(16)

    async def take(self) -> bool:
        """Return whether the lease is this holder's now."""
        return bool(await self._database.run(_TAKE, self._key, self._holder, milliseconds(self._seconds)))

    async def wait(self) -> None:
        """Wait until the lease is this holder's."""
        pauses, refusals = BackOff(first=0.02, longest=0.5), 0
        try:
            while not await self.take():
                refusals += 1
                await asyncio.sleep(pauses.pause(refusals))
        except asyncio.CancelledError:
            with contextlib.suppress(StorageError):
                await self.give_back()  # it may have been taken, and the reply be on its way
            raise

    async def still_held(self, seconds: float) -> bool:
        """Return whether the lease is still this holder's, and extend it so that it is for so many seconds more."""
        longest = milliseconds(max(self._seconds, seconds))
        return bool(await self._database.run(_EXTEND, self._key, self._holder, longest))

    async def give_back(self) -> None:
        """Let others have the lease, unless it is another's by now."""
        await self._database.run(_GIVE_BACK, self._key, self._holder)


class RedisStore(Part):
    """Keeps sessions in Redis, by whose they are; processes of many machines that share it renew one at a time.

    Args:
        database: The address of the Redis, or a `redis.asyncio.Redis`, which many stores may share and whoever made it
            closes.
        name: Keeps the stores of one Redis apart: a program's, or a visitor's, as `podio.starlette.PodioMiddleware`
            names them. Whoever has the same name has the same sessions.
        lifetime: Seconds after which a session that was not written is gone; a renewal writes it.
        lease: Seconds after which the renewal lock of a process that died comes free.

    Raises:
        ConfigurationError: for what is no Redis, or no name.
    """

    abilities: ClassVar[frozenset[StoreAbility]] = frozenset({"owners", "renewal_lock"})

    def __init__(
        self,
        database: str | redis.asyncio.Redis,
        name: str,
        *,
        lifetime: float = SESSION_LIFETIME,
        lease: float = LEASE,
    ) -> None:
        self._database = Database(database, "session", name)
        self._lifetime = lifetime
        self._lease = lease

    async def get(self, auth_type: AuthType) -> Session | None:
        """Return the stored session, or None where there is none or more than one.

        Raises:
            StorageError: when Redis can't be read.
        """
        return only(await self.sessions(auth_type))

    async def sessions(self, auth_type: AuthType) -> list[Session]:
        """Return all stored sessions of a flow; a damaged record counts as none.

        Raises:
            StorageError: when Redis can't be read.
        """
        records = await self._database.command("HGETALL", self._database.key(auth_type))
        found = [_session(text_of(field), text_of(record), auth_type) for field, record in records.items()]
        return [session for session in found if session is not None]

    async def set(self, session: Session | None, auth_type: AuthType) -> None:
        """Keep a session in place of its owner's earlier one; None removes all of the flow.

        A later generation of the same session stays: whoever writes an earlier one was overtaken.

        Raises:
            StorageError: when Redis can't be written.
        """
        key = self._database.key(auth_type)
        if session is None:
            await self._database.command("DEL", key)
            return
        await self._database.run(
            _KEEP,
            key,
            _field(session.owner),
            session.to_json(),
            session.session_id,
            session.generation,
            milliseconds(self._lifetime),
        )

    async def remove(self, owner: SessionOwner) -> None:
        """Remove the session of that owner, and one that does not say whose it is.

        Raises:
            StorageError: when Redis can't be written.
        """
        await self._database.command("HDEL", self._database.key(owner.auth_type), _field(owner), "")

    @asynccontextmanager
    async def renewal_lock(self, auth_type: AuthType) -> AsyncIterator[RedisLease]:
        """Wait for the lease that lets one process renew at a time, and give it back afterwards.

        Raises:
            StorageError: when Redis can't say whose it is.
        """
        lease = RedisLease(self._database, self._database.key(auth_type, "lease"), self._lease)
        await lease.wait()
        try:
            yield lease
        finally:
            await lease.give_back()


class RedisCallBudget(Part):
    """Keeps all processes that share it to Podio's hourly limits together (`podio.call_budget`).

    Args:
        database: The address of the Redis, or a `redis.asyncio.Redis`.
        name: Whose calls are counted: Podio counts by user and API key, so those that share a name must have both in
            common.
        slow_below: The share of the hourly limit, 0 to 1, below which calls slow down; 0: they don't.

    Raises:
        ConfigurationError: for what is no Redis, or no name.
        ValueError: for a share that is none.
    """

    def __init__(self, database: str | redis.asyncio.Redis, name: str, *, slow_below: float = SLOW_BELOW) -> None:
        self._slow_below = checked_share(slow_below)
        self._database = Database(database, "budget", name)
        self._turns = asyncio.Lock()

    async def take(self, kind: str) -> Turn:
        """Return whether a call may be sent now; the time is Redis's.

        Raises:
            StorageError: when Redis can't say.
        """
        return await self._change(lambda state, now: take(state, kind, now, slow_below=self._slow_below))

    async def note(self, turn: Turn, limits: Limits | None) -> None:
        """Note what a response says of the limit.

        Raises:
            StorageError: when Redis can't.
        """
        await self._change(lambda state, now: (note(state, turn, limits, now), None))

    async def close(self, seconds: float) -> None:
        """Note that Podio refused a call.

        Raises:
            StorageError: when Redis can't.
        """
        await self._change(lambda state, now: (close(state, seconds, now), None))

    async def _change(self, step: Callable[[BudgetState, float], tuple[BudgetState, _T]]) -> _T:
        key = self._database.key()
        async with self._turns:  # one at a time here, so that only processes race
            for races in range(1, _MOST_RACES + 1):
                stored, (seconds, microseconds) = await self._database.run(_READ_WITH_TIME, key)
                state = BudgetState.from_json(text_of(stored))
                changed, result = step(state, int(seconds) + int(microseconds) / 1e6)
                # It outlives the hour, and whatever Podio may have called a pause.
                arguments = (text_of(stored), changed.to_json(), milliseconds(2 * HOUR))
                if changed == state or await self._database.run(_REPLACE, key, *arguments):
                    return result
                await asyncio.sleep(_RACE_PAUSES.pause(races))  # else the same one could win each time
        raise StorageError("The call budget is changed by too many processes at once. Try again in a moment.")


class RedisWebhookMemory(Part):
    """What the processes remember together that receive the webhooks of one address (`podio.webhook_receiver`).

    Args:
        database: The address of the Redis, or a `redis.asyncio.Redis`.
        name: Keeps apart what is received at several addresses.

    Raises:
        ConfigurationError: for what is no Redis, or no name.
    """

    def __init__(self, database: str | redis.asyncio.Redis, name: str) -> None:
        self._database = Database(database, "webhooks", name)

    async def expect(self, hook_id: int) -> None:
        """Note that a hook was registered, so that its verification is pending for an hour."""
        key = self._database.key("hook", hook_id)
        await self._database.command("SET", key, str(VERIFICATION_TRIES), "PX", str(milliseconds(VERIFICATION_TIME)))

    async def take_try(self, hook_id: int) -> bool:
        """Use up one of the tries to verify a hook; False where its verification isn't pending or none is left."""
        return bool(await self._database.run(_TAKE_TRY, self._database.key("hook", hook_id)))

    async def settle(self, hook_id: int) -> None:
        """Note that a hook's verification is pending no more."""
        await self._database.command("DEL", self._database.key("hook", hook_id))

    async def is_new(self, identity: str) -> bool:
        """Note an event for a day; return False if it was noted before."""
        key = self._database.key("event", identity)
        return bool(await self._database.run(_TAKE, key, secrets.token_hex(16), milliseconds(EVENT_LIFETIME)))

    async def forget(self, identity: str) -> None:
        """Note that an event was not handled, so that a repeat is new."""
        await self._database.command("DEL", self._database.key("event", identity))


def _field(owner: SessionOwner | None) -> str:
    return "" if owner is None else owner.key


def _session(field: str, record: str, auth_type: AuthType) -> Session | None:
    """Return the session of a record that lies in its own place; None for any other."""
    try:
        session = Session.from_json(record)
    except ValueError:
        return None
    is_in_place = session.owner is None or session.owner.auth_type == auth_type
    return session if is_in_place and field == _field(session.owner) else None
