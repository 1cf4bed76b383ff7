"""What becomes of a session while its store fails, and of a refresh token that may be spent once."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from typing import Any, ClassVar

import httpx2
import pytest

from podio import Podio, Session, errors
from podio._session_in_use import READING, WRITING, Found, Use, compare
from podio.session import TOKEN_TIME_LIMIT, AuthType, PendingRenewal, StoreAbility
from podio.token import Token
from tests.unit.podio.fakes import OWNER, Clock, FakePodio, until

LATER = 30_000


class OutOfOrderError(Exception):
    """What a database's driver raises: its words repeat what it was given."""


class Database:
    """What several clients' stores stand on: one record and one lease; can be switched off."""

    def __init__(self) -> None:
        self.record: str | None = None
        self.is_down = False
        self.lease = asyncio.Lock()
        self.lease_lasts = True
        self.asked_for: list[float] = []
        self.before: dict[str, Callable[[], None]] = {}

    def look(self, operation: str, text: str = "") -> None:
        if operation in self.before:
            self.before.pop(operation)()
        if self.is_down:
            raise OutOfOrderError(f"{operation} {text}")


class Lease:
    def __init__(self, database: Database) -> None:
        self.database = database

    async def still_held(self, seconds: float) -> bool:
        self.database.look("still_held")
        self.database.asked_for.append(seconds)
        return self.database.lease_lasts


class DatabaseStore:
    """A store of somebody else's over such a database."""

    abilities: ClassVar[frozenset[StoreAbility]] = frozenset({"renewal_lock"})

    def __init__(self, database: Database) -> None:
        self.database = database

    async def get(self, auth_type: AuthType) -> Session | None:
        self.database.look("get")
        return None if self.database.record is None else Session.from_json(self.database.record)

    async def set(self, session: Session | None, auth_type: AuthType) -> None:
        text = None if session is None else session.to_json()
        self.database.look("set", text or "")
        self.database.record = text

    @asynccontextmanager
    async def renewal_lock(self, auth_type: AuthType) -> AsyncIterator[Lease]:
        self.database.look("lock")
        async with self.database.lease:
            yield Lease(self.database)
            self.database.look("unlock")


class OneTimeTokens(FakePodio):
    """A Podio whose refresh tokens are good once; who brings one twice ends the sign-in."""

    def __init__(self) -> None:
        super().__init__()
        self.spent: list[str] = []
        self.when_asked: Callable[[], None] | None = None
        self.lifetime = 28_800

    def token_answer(self, form: dict[str, list[str]]) -> httpx2.Response:
        if self.when_asked is not None:
            self.when_asked()
        if form["grant_type"] == ["refresh_token"]:
            (token,) = form["refresh_token"]
            self.spent.append(token)
            if self.spent.count(token) > 1:
                self.people.clear()
                return httpx2.Response(400, json={"error": "invalid_grant"})
        number = len(self.people) + 1
        answer = {"access_token": self.issue(f"token-{number}"), "refresh_token": f"refresh-{number}"}
        return httpx2.Response(200, json={**answer, "expires_in": self.lifetime})


class World:
    """A database, and two processes' clients of it with an expired token."""

    def __init__(self) -> None:
        self.fake, self.clock, self.database = OneTimeTokens(), Clock(), Database()
        self.first, self.second = self.podio(), self.podio()

    def podio(self) -> Podio:
        return Podio(
            auth_type="app",
            client_id="server",
            client_secret="server-secret",
            session_store=DatabaseStore(self.database),
            api_url="https://api.example",
            token_url="https://api.example/oauth/token",
            http_client=self.fake.client(),
            allow_secret_in_page=True,
            clock=self.clock.option,
        )

    @property
    def stored(self) -> Session:
        assert self.database.record is not None
        return Session.from_json(self.database.record)

    def die(self) -> None:
        self.database.is_down = True


def item(podio: Podio) -> Awaitable[Any]:
    return podio.request("GET", "/item/1")


KEPT = Session(session_id="a" * 32, token=Token(access_token="ours", expires_at=9.0), generation=3)
OTHER_TOKEN = Token(access_token="theirs", expires_at=5.0)
IN_THE_STORE: dict[Found, Session | None] = {
    Found.NOTHING: None,
    Found.ANOTHER: replace(KEPT, session_id="b" * 32),
    Found.OLDER: replace(KEPT, token=OTHER_TOKEN, generation=2),
    Found.SAME: KEPT,
    Found.LEVEL: replace(KEPT, token=OTHER_TOKEN),
    Found.NEWER: replace(KEPT, token=OTHER_TOKEN, generation=4),
}
OUTCOMES: dict[tuple[Found, bool], tuple[Use, bool]] = {
    # what the store holds, and whether it took the session in use: what is used, and whether that is written
    (Found.NOTHING, True): (Use.ENDED, False),
    (Found.NOTHING, False): (Use.OURS, True),
    (Found.ANOTHER, True): (Use.OURS, False),
    (Found.ANOTHER, False): (Use.OURS, False),
    (Found.OLDER, True): (Use.OURS, True),
    (Found.OLDER, False): (Use.OURS, True),
    (Found.SAME, True): (Use.OURS, True),
    (Found.SAME, False): (Use.OURS, True),
    (Found.LEVEL, True): (Use.THEIRS, True),
    (Found.LEVEL, False): (Use.OURS, True),
    (Found.NEWER, True): (Use.THEIRS, False),
    (Found.NEWER, False): (Use.THEIRS, False),
}


@pytest.mark.parametrize("is_saved", [True, False], ids=["saved", "unsaved"])
@pytest.mark.parametrize("found", Found, ids=lambda found: found.name)
def test_what_the_store_holds_is_used_or_written_over_as_the_tables_say(found: Found, is_saved: bool) -> None:
    assert compare(IN_THE_STORE[found], KEPT) is found
    assert (READING[found][not is_saved], WRITING[found][not is_saved]) == OUTCOMES[found, is_saved]


def test_a_later_generation_is_the_newer_also_where_the_provider_gave_the_same_access_token_again() -> None:
    again = replace(KEPT.token, refresh_token="next")
    assert compare(replace(KEPT, token=again, generation=4), KEPT) is Found.NEWER
    assert compare(replace(KEPT, owner=OWNER), KEPT) is Found.ANOTHER


@pytest.fixture
async def world() -> AsyncIterator[World]:
    """Two clients of one store, whose token has expired."""
    world = World()
    await world.first.authenticate_with_app(1, "secret")
    assert await world.second.is_authenticated()
    world.clock.now += LATER
    yield world
    assert len(world.fake.spent) == len(set(world.fake.spent)), "a refresh token was sent twice"


@contextmanager
def storage_fails() -> Iterator[None]:
    with pytest.raises(errors.StorageError) as caught:
        yield
    assert "token" not in str(caught.value)


@pytest.mark.parametrize("operation", ["lock", "get", "set", "still_held"])
async def test_a_store_that_is_down_before_the_renewal_costs_no_refresh_token(world: World, operation: str) -> None:
    world.database.before[operation] = world.die
    for podio in (world.first, world.second, world.podio()):
        with storage_fails():
            await item(podio)
    assert world.fake.spent == []
    world.database.is_down = False
    assert (await item(world.first))["token"] == "token-2"
    assert (await item(world.second))["token"] == "token-2"


async def test_a_store_that_dies_during_the_token_call_gets_the_new_token_at_the_next_use(world: World) -> None:
    world.fake.when_asked = world.die
    assert (await item(world.first))["token"] == "token-2"
    assert isinstance(world.first.storage_error, errors.StorageError)
    assert (await item(world.first))["token"] == "token-2"
    for podio in (world.second, world.podio()):
        with storage_fails():
            await item(podio)
    # Back, but nobody has written the new token yet: the others wait, and spend nothing.
    world.database.is_down = False
    for podio in (world.second, world.podio()):
        assert await podio.is_authenticated()
        with pytest.raises(errors.StorageError, match="has not stored the new token yet"):
            await item(podio)
    await item(world.first)
    assert world.first.storage_error is None
    assert world.stored.pending_renewal is None
    for podio in (world.second, world.podio()):
        assert (await item(podio))["token"] == "token-2"
    assert world.fake.spent == ["refresh-1"]


async def test_a_client_that_ends_makes_a_last_try_to_store_what_it_has(world: World) -> None:
    world.fake.when_asked = world.die
    await item(world.first)
    world.database.is_down = False
    await world.first.aclose()
    assert (await item(world.second))["token"] == "token-2"


async def test_a_session_whose_renewer_died_is_a_renewal_error_after_ten_minutes_and_spends_nothing(
    world: World,
) -> None:
    world.database.record = replace(
        world.stored, pending_renewal=PendingRenewal(by="d" * 32, since=world.clock.now)
    ).to_json()
    world.clock.now += 590
    with pytest.raises(errors.StorageError, match="Another process"):
        await item(world.first)
    world.clock.now += 20
    with pytest.raises(errors.RenewalError, match="Sign in again"):
        await item(world.first)
    assert world.fake.spent == []
    await world.first.authenticate_with_app(1, "secret")
    assert (await item(world.podio()))["token"] == "token-2"


@pytest.mark.parametrize("trouble", [httpx2.ConnectError("no"), httpx2.ReadTimeout("no"), httpx2.Response(503)])
async def test_a_renewal_that_failed_keeps_nobody_from_trying_again(world: World, trouble: Any) -> None:
    world.fake.answers = [trouble]
    with pytest.raises(errors.RenewalError):
        await item(world.first)
    assert world.stored.pending_renewal is None
    assert (await item(world.second))["token"] == "token-2"


async def test_a_renewal_that_is_cancelled_keeps_nobody_from_trying_again(world: World) -> None:
    world.fake.hold = asyncio.Event()
    others = asyncio.all_tasks()
    waiting = asyncio.ensure_future(item(world.first))
    await until(lambda: "POST /oauth/token" in world.fake.paths()[1:])
    for task in asyncio.all_tasks() - others:
        task.cancel()
    with pytest.raises((asyncio.CancelledError, errors.NotAuthenticated)):
        await waiting
    await until(lambda: world.stored.pending_renewal is None)
    world.fake.hold = None
    assert (await item(world.second))["token"] == "token-2"


async def test_a_lease_is_checked_for_the_token_calls_time_right_before_the_token_is_spent(world: World) -> None:
    world.database.lease_lasts = False
    with pytest.raises(errors.StorageError, match="too slow"):
        await item(world.first)
    assert world.fake.spent == []
    assert set(world.database.asked_for) == {TOKEN_TIME_LIMIT}
    assert world.stored.pending_renewal is None
    world.database.lease_lasts = True
    assert (await item(world.second))["token"] == "token-2"


async def test_a_token_endpoint_that_answers_too_late_is_waited_for_no_longer_than_a_lease(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("podio._token_renewal.TOKEN_TIME_LIMIT", 0.01)

    world.fake.hold = asyncio.Event()
    with pytest.raises(errors.RenewalError, match="in time"):
        await item(world.first)


@pytest.mark.parametrize("generation", [1, 0])
async def test_under_the_lock_another_token_of_the_session_is_the_newer_though_it_expires_earlier(
    world: World, generation: int
) -> None:
    before = world.stored
    token = Token(access_token=world.fake.issue("short"), expires_at=world.clock.now + 5, refresh_token="refresh-9")
    # By the first's clock its own token lives on for long, and Podio says that it has expired.
    world.first.session  # noqa: B018
    world.clock.now -= LATER
    world.fake.expired.add("token-1")
    token = replace(token, expires_at=world.clock.now + 5)
    world.database.record = replace(before, token=token, generation=generation).to_json()
    assert (await item(world.first))["token"] == "short"
    assert world.fake.spent == []


async def test_a_short_token_that_one_client_got_is_not_thrown_away_by_another(world: World) -> None:
    world.fake.lifetime = 60
    assert (await item(world.first))["token"] == "token-2"
    assert (await item(world.second))["token"] == "token-2"
    world.clock.now += 61
    assert (await item(world.second))["token"] == "token-3"
    assert (await item(world.first))["token"] == "token-3"
    assert world.stored.generation == 2


async def test_a_store_that_comes_back_with_an_older_state_gets_the_newer_one(world: World) -> None:
    older = world.database.record
    await item(world.first)
    world.database.record = older
    world.clock.now += LATER
    assert (await item(world.first))["token"] == "token-3"
    assert world.fake.spent == ["refresh-1", "refresh-2"]


async def test_what_a_store_raises_becomes_a_storage_error_that_holds_nothing_of_it() -> None:
    world = World()
    world.die()
    await world.first.authenticate_with_app(1, "secret")
    error = world.first.storage_error
    assert isinstance(error, errors.StorageError)
    assert "OutOfOrderError" in str(error)
    assert error.__cause__ is None
    assert error.__context__ is None
    report = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
    assert "token-1" not in report
    assert "refresh-1" not in report
    for call in (world.second.is_authenticated, world.second.sign_out, world.second.refresh_auth_from_store):
        with pytest.raises(errors.StorageError, match="OutOfOrderError"):
            await call()


async def test_a_sign_out_waits_for_another_clients_renewal_and_ends_what_came_of_it(world: World) -> None:
    world.fake.hold = asyncio.Event()
    renewing = asyncio.ensure_future(item(world.first))
    await until(lambda: "POST /oauth/token" in world.fake.paths()[1:])
    leaving = asyncio.ensure_future(world.second.sign_out())
    await asyncio.sleep(0)
    world.fake.hold.set()
    assert await leaving is None
    assert world.database.record is None
    revoked = next(request for request in world.fake.seen if request.url.path == "/oauth/grant/invalidate")
    assert revoked.headers["authorization"] == "Bearer token-2"
    await renewing


async def test_a_sign_out_spends_no_refresh_token_that_somebody_else_may_be_spending(world: World) -> None:
    world.database.before["lock"] = world.die
    with storage_fails():
        await world.first.sign_out()
    assert not await world.first.is_authenticated()
    assert world.fake.spent == []


async def test_a_new_sign_in_during_a_renewal_is_not_overwritten_by_what_comes_of_it(world: World) -> None:
    def sign_in_elsewhere() -> None:
        world.fake.when_asked = None
        world.database.record = replace(world.stored, session_id="e" * 32, pending_renewal=None).to_json()

    world.fake.when_asked = sign_in_elsewhere
    assert (await item(world.first))["token"] == "token-2"
    assert world.stored.session_id == "e" * 32
