"""Processes over each store that may be shared; the store is killed around a renewal.

The refresh tokens are counted where they arrive: at the token endpoint. Each is good for one renewal.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qs

import pytest

if sys.platform == "emscripten":
    pytest.skip("a page has no processes", allow_module_level=True)

from podio import Session
from podio.redis import RedisStore
from podio.session_owner import owner_at
from podio.token import Token
from podio_emulator.serving import served
from tests.library.redis_server import LONG, RedisServer
from tests.library.store_worker import open_store

ROOT = Path(__file__).resolve().parents[2]


class TokenEndpoint:
    """A Podio that renews a refresh token once, and counts."""

    def __init__(self) -> None:
        self.spent: list[str] = []
        self.tokens: set[str] = set()
        self.has_arrived = threading.Event()
        self.may_answer = threading.Event()
        self.may_answer.set()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        if scope["path"] == "/oauth/token":
            status, answer = await self._renew(parse_qs((await receive())["body"].decode())["refresh_token"][0])
        else:
            token = dict(scope["headers"]).get(b"authorization", b" ").decode().split(" ")[1]
            expired = {"error": "unauthorized", "error_description": "expired_token"}
            status, answer = (200, {"token": token}) if token in self.tokens else (401, expired)
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": json.dumps(answer).encode()})

    async def _renew(self, refresh_token: str) -> tuple[int, dict[str, Any]]:
        self.spent.append(refresh_token)
        self.has_arrived.set()
        await asyncio.to_thread(self.may_answer.wait, LONG)
        if self.spent.count(refresh_token) > 1:
            return 400, {"error": "invalid_grant"}
        number = len(self.spent) + 1
        self.tokens.add(f"token-{number}")
        return 200, {"access_token": f"token-{number}", "refresh_token": f"refresh-{number}", "expires_in": 3600}


class Storage(Protocol):
    """Where a store keeps things, and a switch for it."""

    kind: str
    place: str

    def stop(self) -> None: ...

    def start(self) -> None: ...


class Directory:
    """The file store's directory: something else lies in its place while it is stopped."""

    kind = "file"

    def __init__(self, directory: Path) -> None:
        self.place, self._directory, self._aside = str(directory), directory, directory.with_name("aside")
        directory.mkdir()

    def stop(self) -> None:
        self._directory.rename(self._aside)
        self._directory.write_text("")

    def start(self) -> None:
        self._directory.unlink()
        self._aside.rename(self._directory)


class Keyring:
    """The keyring: it is locked while it is stopped."""

    kind = "keyring"

    def __init__(self, directory: Path) -> None:
        self.place, self._locked = str(directory), directory / "locked"
        directory.mkdir()

    def stop(self) -> None:
        self._locked.touch()

    def start(self) -> None:
        self._locked.unlink()


class Worker:
    """Another process that uses the store."""

    def __init__(self, storage: Storage, url: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.library.store_worker", storage.kind, storage.place, url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT / "pyapp")},
        )

    def start(self, command: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{command}\n")
        self.process.stdin.flush()

    def answer(self) -> Any:
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())

    def ask(self, command: str) -> Any:
        self.start(command)
        return self.answer()

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()


class World:
    """A stored session whose token has expired, and processes that share it."""

    def __init__(self, storage: Storage, podio: TokenEndpoint, url: str, stack: ExitStack) -> None:
        self.storage, self.podio, self._url, self._stack = storage, podio, url, stack
        self.first, self.second = self.worker(), self.worker()
        assert [worker.ask("is_authenticated") for worker in (self.first, self.second)] == [True, True]

    def worker(self) -> Worker:
        worker = Worker(self.storage, self._url)
        self._stack.callback(worker.end)
        return worker


async def keep_expired_session(storage: Storage, url: str) -> None:
    token = Token(access_token="token-1", expires_at=time.time() - 1, refresh_token="refresh-1")
    owner = owner_at(url, url, "server", "app").named(app_id=31)
    store = open_store(storage.kind, storage.place)
    await store.set(Session(session_id="a" * 32, token=token, owner=owner), "app")
    if isinstance(store, RedisStore):
        await store.aclose()


@asynccontextmanager
async def world_over(make: Callable[[Path], Storage], directory: Path) -> AsyncIterator[World]:
    podio = TokenEndpoint()
    with ExitStack() as stack:
        url = stack.enter_context(served(podio))
        stack.callback(podio.may_answer.set)
        storage = make(directory / "storage")
        if isinstance(storage, RedisServer):
            stack.callback(storage.stop)
        await keep_expired_session(storage, url)
        yield World(storage, podio, url, stack)


@pytest.fixture(params=[Directory, Keyring, RedisServer], ids=["FileStore", "KeyringStore", "RedisStore"])
async def world(request: pytest.FixtureRequest, tmp_path: Path, anyio_backend: str) -> AsyncIterator[World]:
    async with world_over(request.param, tmp_path) as world:
        yield world


@pytest.fixture
async def redis_world(tmp_path: Path, anyio_backend: str) -> AsyncIterator[World]:
    async with world_over(RedisServer, tmp_path) as world:
        yield world


def test_two_processes_with_an_expired_token_renew_it_once(world: World) -> None:
    world.podio.may_answer.clear()
    for worker in (world.first, world.second):
        worker.start("call")
    assert world.podio.has_arrived.wait(LONG)
    world.podio.may_answer.set()
    assert [worker.answer() for worker in (world.first, world.second)] == ["token-2", "token-2"]
    assert world.podio.spent == ["refresh-1"]


def test_a_store_that_is_killed_before_the_renewal_costs_no_refresh_token(world: World) -> None:
    world.storage.stop()
    assert [worker.ask("call") for worker in (world.first, world.second)] == ["StorageError", "StorageError"]
    assert world.worker().ask("is_authenticated") == "StorageError"
    assert world.podio.spent == []
    world.storage.start()
    assert [worker.ask("call") for worker in (world.first, world.second)] == ["token-2", "token-2"]
    assert world.podio.spent == ["refresh-1"]


def kill_the_store_during_the_token_call(world: World) -> None:
    world.podio.may_answer.clear()
    world.first.start("call")
    assert world.podio.has_arrived.wait(LONG)
    world.storage.stop()
    world.podio.may_answer.set()
    assert world.first.answer() == "token-2"


def test_a_store_that_is_killed_during_the_renewal_gets_the_new_token_when_it_is_back(world: World) -> None:
    kill_the_store_during_the_token_call(world)
    assert world.first.ask("storage_error") == "StorageError"
    fresh = world.worker()
    assert [worker.ask("call") for worker in (world.second, fresh)] == ["StorageError", "StorageError"]
    assert world.first.ask("call") == "token-2"
    world.storage.start()
    # The one who has the new token has not written it yet.
    assert [worker.ask("call") for worker in (world.second, fresh)] == ["StorageError", "StorageError"]
    assert world.first.ask("call") == "token-2"
    assert world.first.ask("storage_error") == "NoneType"
    assert [worker.ask("call") for worker in (world.second, fresh)] == ["token-2", "token-2"]
    assert world.podio.spent == ["refresh-1"]


def test_a_process_that_dies_before_it_can_store_the_new_token_takes_the_session_along(world: World) -> None:
    kill_the_store_during_the_token_call(world)
    world.first.end()
    world.storage.start()
    assert world.second.ask("call") == "StorageError"
    assert world.podio.spent == ["refresh-1"]


def test_a_store_that_is_killed_after_the_renewal_has_the_new_token_when_it_is_back(world: World) -> None:
    assert world.first.ask("call") == "token-2"
    world.storage.stop()
    assert world.first.ask("call") == "token-2"
    assert world.second.ask("call") == "StorageError"
    world.storage.start()
    assert world.second.ask("call") == "token-2"
    assert world.podio.spent == ["refresh-1"]


def test_six_processes_with_thirty_calls_each_renew_an_expired_token_once(redis_world: World) -> None:
    workers = [redis_world.first, redis_world.second, *(redis_world.worker() for _ in range(4))]
    for worker in workers:
        worker.start("thirty calls")
    assert [worker.answer() for worker in workers] == [["token-2"] * 30] * 6
    assert redis_world.podio.spent == ["refresh-1"]


def test_six_processes_lose_nothing_with_a_redis_that_is_killed_during_their_renewal(redis_world: World) -> None:
    first, *others = [redis_world.first, redis_world.second, *(redis_world.worker() for _ in range(4))]
    redis_world.podio.may_answer.clear()
    first.start("thirty calls")
    assert redis_world.podio.has_arrived.wait(LONG)
    for worker in others:
        worker.start("thirty calls")  # they wait for the lease, or are about to
    redis_world.storage.stop()
    assert [worker.answer() for worker in others] == [["StorageError"] * 30] * 5
    redis_world.storage.start()
    redis_world.podio.may_answer.set()
    assert first.answer() == ["token-2"] * 30
    assert first.ask("storage_error") == "NoneType"
    for worker in others:
        worker.start("thirty calls")
    assert [worker.answer() for worker in others] == [["token-2"] * 30] * 5
    assert redis_world.podio.spent == ["refresh-1"]
