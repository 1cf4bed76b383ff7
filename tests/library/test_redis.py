"""What processes share in a Redis of their own: sessions, leases, the call budget, webhooks' memory."""

from __future__ import annotations

import asyncio
import re
import runpy
import sys
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

if sys.platform == "emscripten":
    pytest.skip("a page has no Redis", allow_module_level=True)

import httpx2
import redis.asyncio

from podio import Clock, ConfigurationError, Session, StorageError
from podio.redis import RedisCallBudget, RedisLease, RedisStore, RedisWebhookMemory
from podio.session_owner import owner_at
from podio.token import Token
from podio.webhook_receiver import VERIFICATION_TRIES
from podio_emulator import create_app, ids
from podio_emulator.in_process import InProcessTransport
from podio_emulator.serving import served
from tests.emulator.conftest import NO_TLS
from tests.emulator.visitor import Clock as Time
from tests.library.conftest import World
from tests.library.redis_server import RedisServer
from tests.library.signing_in import FROM_HERE, SITE, signed_in, site, visitor

OWNER = owner_at("https://api.example", "https://api.example", "server", "app")
TOKEN = Token(access_token="token-secret", expires_at=2e9, refresh_token="refresh-secret")
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "server_flow.py"
ITEM = f"/item/{ids.CLIENT_ITEM_ID}"


def session(app_id: int = 31, **attributes: Any) -> Session:
    return Session(**{"session_id": "a" * 32, "token": TOKEN, "owner": OWNER.named(app_id=app_id), **attributes})


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path_factory.mktemp("redis") / "data")
    yield server
    server.stop()


@pytest.fixture
async def client(server: RedisServer) -> AsyncIterator[redis.asyncio.Redis]:
    """A client of an empty Redis."""
    async with redis.asyncio.Redis.from_url(server.place) as client:
        await client.flushall()
        yield client


# Sessions


@pytest.mark.parametrize("decode", [True, False])
async def test_sessions_of_several_apps_are_kept_apart_and_removed_one_by_one(
    server: RedisServer, decode: bool
) -> None:
    async with redis.asyncio.Redis.from_url(server.place, decode_responses=decode) as client:
        await client.flushall()
        store, other = RedisStore(client, "one"), RedisStore(client, "another")
        assert await store.get("app") is None
        for app_id in (31, 32):
            await store.set(session(app_id), "app")
        assert {session.owner for session in await store.sessions("app")} == {
            OWNER.named(app_id=app_id) for app_id in (31, 32)
        }
        assert await store.get("app") is None, "which of the two?"
        await store.remove(OWNER.named(app_id=31))
        assert await store.get("app") == session(32)
        assert await store.get("server") is None
        assert await other.get("app") is None
        await store.set(None, "app")
        assert await client.keys() == []


async def test_what_is_kept_expires_and_a_write_keeps_it_longer(client: redis.asyncio.Redis) -> None:
    store = RedisStore(client, "one", lifetime=100)
    await store.set(session(), "app")
    (key,) = await client.keys()
    await client.pexpire(key, 500)
    await store.set(session(generation=1), "app")
    assert 90_000 < await client.pttl(key) <= 100_000
    await RedisStore(client, "one").set(session(generation=1), "app")
    assert await client.ttl(key) > 27 * 24 * 3600


async def test_an_earlier_generation_does_not_replace_a_later_one_of_the_same_sign_in(
    client: redis.asyncio.Redis,
) -> None:
    store = RedisStore(client, "one")
    later = session(generation=7)
    await store.set(later, "app")
    await store.set(session(generation=6), "app")
    assert await store.get("app") == later
    await store.set(replace(later, user_id=7), "app")
    assert await store.get("app") == replace(later, user_id=7)
    new = session(session_id="b" * 32)
    await store.set(new, "app")
    assert await store.get("app") == new, "another sign-in counts from 0"


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"generation": "x"}', '{"generation": null}', "\ud800"])
async def test_a_damaged_record_counts_as_none_and_is_written_over(client: redis.asyncio.Redis, text: str) -> None:
    store = RedisStore(client, "one")
    await store.set(session(), "app")
    (key,) = await client.keys()
    (field,) = await client.hkeys(key)
    await client.hset(key, field, text.encode("utf-8", "surrogatepass"))
    assert await store.sessions("app") == []
    await store.set(session(), "app")
    assert await store.get("app") == session()
    await client.hset(key, "elsewhere", session(33).to_json())
    assert await store.get("app") == session(), "a record in another's place is none"


async def test_a_record_that_does_not_say_whose_it_is_goes_with_the_next_sign_in(client: redis.asyncio.Redis) -> None:
    store = RedisStore(client, "one")
    await store.set(session(owner=None), "app")
    assert await store.get("app") == session(owner=None)
    await store.set(session(), "app")
    assert await store.sessions("app") == [session()]


# Leases


async def test_a_lease_is_its_holders_alone(client: redis.asyncio.Redis) -> None:
    store = RedisStore(client, "one", lease=60)
    async with store.renewal_lock("app") as mine:
        (key,) = await client.keys()
        assert await mine.still_held(100)
        assert 90_000 < await client.pttl(key) <= 100_000
        assert await mine.take(), "a take that is repeated because its reply was lost"
        other = RedisLease(mine._database, key.decode(), 60)
        assert not await other.take()
        assert not await other.still_held(1)
        await other.give_back()
        assert await mine.still_held(1)
        await client.delete(key)  # as if it had run out
        assert await other.take()
        assert not await mine.still_held(1)
    assert await other.still_held(1), "it is not for the former holder to give back"
    async with asyncio.timeout(30), RedisStore(client, "another").renewal_lock("app"):
        pass


async def test_a_lease_of_a_process_that_died_comes_free_by_time(client: redis.asyncio.Redis) -> None:
    store = RedisStore(client, "one", lease=0.2)
    dead = store.renewal_lock("app")
    await dead.__aenter__()
    async with asyncio.timeout(30), store.renewal_lock("app") as lease:
        assert await lease.still_held(1)
    await dead.__aexit__(None, None, None)  # else the loop would do it, when the client is closed


async def test_whoever_is_cancelled_while_waiting_holds_no_lease(client: redis.asyncio.Redis) -> None:
    store = RedisStore(client, "one", lease=600)

    async def hold() -> None:
        async with store.renewal_lock("app"):
            await asyncio.sleep(3600)

    tasks = [asyncio.create_task(hold()) for _ in range(3)]
    await asyncio.sleep(0.1)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    async with asyncio.timeout(30), store.renewal_lock("app"):
        pass


# A server that fails


async def test_a_server_that_is_down_is_a_storage_error_without_what_was_sent(tmp_path: Path) -> None:
    server = RedisServer(tmp_path / "data")
    address = server.place.replace("redis://", "redis://:password-secret@")
    server.stop()
    async with (
        RedisStore(address, "one") as store,
        RedisCallBudget(address, "one") as budget,
        RedisWebhookMemory(address, "one") as memory,
    ):
        uses: list[Callable[[], Awaitable[Any]]] = [
            lambda: store.get("app"),
            lambda: store.sessions("app"),
            lambda: store.set(session(), "app"),
            lambda: store.set(None, "app"),
            lambda: store.remove(OWNER),
            store.renewal_lock("app").__aenter__,
            lambda: budget.take("ordinary"),
            lambda: budget.close(1),
            lambda: memory.expect(1),
            lambda: memory.take_try(1),
            lambda: memory.settle(1),
            lambda: memory.is_new("a"),
            lambda: memory.forget("a"),
        ]
        for use in uses:
            with pytest.raises(StorageError, match="Redis could not be used") as caught:
                await use()
            assert caught.value.__cause__ is None
            assert caught.value.__context__ is None
            assert "-secret" not in "".join(traceback.format_exception(caught.value))


async def test_what_redis_refuses_is_a_storage_error_too(client: redis.asyncio.Redis) -> None:
    store = RedisStore(client, "one")
    await store.set(session(), "app")
    (key,) = await client.keys()
    await client.delete(key)
    await client.set(key, "text")
    for use in (store.get("app"), store.set(session(), "app")):
        with pytest.raises(StorageError, match="ResponseError") as caught:
            await use
        assert "secret" not in str(caught.value)


@pytest.mark.parametrize("wrong", ["localhost:6379", "http://x", 7, None, object()])
def test_what_is_no_redis_is_refused_without_repeating_it(wrong: Any) -> None:
    with pytest.raises(ConfigurationError, match="database must be") as caught:
        RedisStore(wrong, "one")
    assert "localhost:6379" not in str(caught.value).replace("host:6379/0", "")


@pytest.mark.parametrize("make", [RedisStore, RedisCallBudget, RedisWebhookMemory])
def test_a_name_is_needed(make: Any) -> None:
    with pytest.raises(ConfigurationError, match="name must be"):
        make("redis://127.0.0.1", "")


# A site on several machines


async def test_a_visitor_may_be_served_by_any_machine(server: RedisServer, open_world: World) -> None:
    async with (
        redis.asyncio.Redis.from_url(server.place) as first,
        redis.asyncio.Redis.from_url(server.place) as second,
    ):
        await first.flushall()
        machines = [
            site(open_world, store_for=lambda visitor, client=client: RedisStore(client, visitor))
            for client in (first, second)
        ]
        async with visitor(machines[0]) as here, visitor(machines[1]) as there:
            await signed_in(open_world, here)
            there.cookies.update(here.cookies)
            assert (await there.get("/who")).text == ids.ADA_MAIL
            open_world.clock.now += 30_000
            answers = await asyncio.gather(*(browser.get("/who") for browser in (here, there) for _ in range(5)))
            assert {answer.text for answer in answers} == {ids.ADA_MAIL}
            assert (await open_world.requests()).count("POST /oauth/token") == 2
            (key,) = await first.keys()
            assert re.fullmatch(r"podio:session:[0-9a-f]{64}:server", key.decode())
            await there.post("/sign-out", headers=FROM_HERE)
            assert await first.keys() == []
            assert (await here.get("/maybe")).text == "False"


@asynccontextmanager
async def running(app: Any) -> AsyncIterator[None]:
    """Run an app from its start to its end, as a server does."""
    to_app: asyncio.Queue[Any] = asyncio.Queue()
    from_app: asyncio.Queue[Any] = asyncio.Queue()
    task = asyncio.create_task(app({"type": "lifespan", "asgi": {"version": "3.0"}}, to_app.get, from_app.put))
    await to_app.put({"type": "lifespan.startup"})
    assert (await from_app.get())["type"] == "lifespan.startup.complete"
    yield
    await to_app.put({"type": "lifespan.shutdown"})
    assert (await from_app.get())["type"] == "lifespan.shutdown.complete"
    await task


async def test_the_example_serves_a_visitor_on_several_machines(
    client: redis.asyncio.Redis, server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with served(create_app(redirect_uri_allowed=lambda uri: uri.startswith(SITE))) as url:
        settings = {
            "PODIO_CLIENT_ID": ids.CONFIDENTIAL_CLIENT_ID,
            "PODIO_CLIENT_SECRET": ids.CONFIDENTIAL_CLIENT_SECRET,
            "PODIO_API_URL": url,
            "PODIO_AUTHORIZE_URL": f"{url}/oauth/authorize",
            "PODIO_TOKEN_URL": f"{url}/oauth/token",
            "COOKIE_SECRET": "c" * 64,
            "SESSIONS": server.place,
        }
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        make_app = runpy.run_path(str(EXAMPLE))["make_app"]
        transport = partial(httpx2.AsyncHTTPTransport, verify=NO_TLS, trust_env=False)
        world = World(url=url, clock=Time(), transport=transport)
        apps = [make_app(SITE), make_app(SITE)]
        async with running(apps[0]), running(apps[1]), visitor(apps[0]) as here, visitor(apps[1]) as there:
            await signed_in(world, here)
            there.cookies.update(here.cookies)
            assert "Hello, Ada" in (await there.get("/")).text
            assert len(await client.keys()) == 1
            await there.post("/sign-out", headers=FROM_HERE)
            assert "Welcome" in (await here.get("/")).text


# The call budget


async def test_processes_with_one_budget_slow_down_together(server: RedisServer) -> None:
    app = create_app(clock=Time(), rate_limit=40)
    world = World(url="http://127.0.0.1:8001", clock=Time(), transport=lambda: InProcessTransport(app))
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        if seconds > 1:
            raise TimeoutError("it would wait now")
        await asyncio.sleep(seconds)

    async with redis.asyncio.Redis.from_url(server.place) as client:
        await client.flushall()
        budgets = [RedisCallBudget(client, "ada"), RedisCallBudget(server.place, "ada")]
        clients = []
        for budget in budgets:
            podio = world.podio("app", call_budget=budget, clock=Clock(now=world.clock, sleep=sleep))
            await podio.authenticate_with_app(ids.CLIENTS_APP_ID, ids.CLIENTS_APP_TOKEN)
            clients.append(podio)
        calls = [podio.request("GET", ITEM) for podio in clients for _ in range(20)]
        answers = await asyncio.gather(*calls, return_exceptions=True)
        # Half of the limit, whoever's calls they were; and how many were on their way then.
        assert 20 <= sum(isinstance(answer, dict) for answer in answers) <= 23
        assert slept
        assert await client.ttl("podio:budget:ada") > 3600
        assert (await RedisCallBudget(client, "grace").take("ordinary")).seconds == 0
        for podio in clients:
            await podio.aclose()
        await budgets[1].aclose()


async def test_a_refusal_that_one_process_gets_closes_the_budget_for_all(
    client: redis.asyncio.Redis, server: RedisServer
) -> None:
    async with RedisCallBudget(server.place, "ada") as other:
        await RedisCallBudget(client, "ada").close(300)
        for kind in ("ordinary", "rate_limited"):
            turn = await other.take(kind)
            assert turn.cause == "refused"
            assert 290 < turn.seconds <= 300


async def test_no_ticket_is_given_twice_however_many_take_one_at_once(
    client: redis.asyncio.Redis, server: RedisServer
) -> None:
    budgets = [RedisCallBudget(server.place, "ada", slow_below=0) for _ in range(6)]
    await budgets[0].note(await budgets[0].take("ordinary"), None)
    turns = await asyncio.gather(*(budget.take("ordinary") for budget in budgets for _ in range(30)))
    assert sorted(turn.ticket for turn in turns if turn.ticket is not None) == list(range(2, 182))
    for budget in budgets:
        await budget.aclose()


# Webhooks


async def test_webhooks_are_remembered_together(client: redis.asyncio.Redis, server: RedisServer) -> None:
    async with RedisWebhookMemory(server.place, "hooks") as there:
        here = RedisWebhookMemory(client, "hooks")
        assert not await here.take_try(7)
        await there.expect(7)
        assert [await here.take_try(7) for _ in range(VERIFICATION_TRIES + 1)] == [True] * 5 + [False]
        await there.expect(7)
        assert await here.take_try(7)
        assert 3500 < await client.ttl("podio:webhooks:hooks:hook:7") <= 3600
        await here.settle(7)
        assert not await there.take_try(7)
        assert await here.is_new("item.update 1 2")
        assert not await there.is_new("item.update 1 2")
        assert await RedisWebhookMemory(client, "others").is_new("item.update 1 2")
        await there.forget("item.update 1 2")
        assert await here.is_new("item.update 1 2")
        assert {await client.ttl(key) > 0 for key in await client.keys()} == {True}
