"""Whose a session is: a client uses its own, names one of several, and ends no other."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from podio import KeyringStore, MemoryStore, Podio, Session, errors
from podio.session import AuthType
from podio.session_owner import SessionOwner, origin, owner_at
from tests.unit.podio.fakes import Clock, FakePodio, Ring, session_of

Stores = Callable[[], Any]


class OneRecordStore:
    """A store of somebody else's: one text for each flow, whoever it is of."""

    def __init__(self) -> None:
        self.records: dict[str, str] = {}

    def get(self, auth_type: AuthType) -> Session | None:
        return Session.from_json(self.records[auth_type]) if auth_type in self.records else None

    def set(self, session: Session | None, auth_type: AuthType) -> None:
        if session is None:
            self.records.pop(auth_type, None)
        else:
            self.records[auth_type] = session.to_json()


OURS = ["memory"] if sys.platform == "emscripten" else ["memory", "file", "keyring"]


@pytest.fixture(params=OURS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """Each of our stores that knows several owners."""
    if request.param == "memory":
        return MemoryStore()
    if request.param == "keyring":
        return KeyringStore("mine", lock_file=tmp_path / "renewal.lock", keyring=Ring())
    from podio import FileStore

    return FileStore(tmp_path / "podio.json")


class World:
    """One Podio, one clock, and any number of clients."""

    def __init__(self, store: Any) -> None:
        self.fake, self.clock, self.store = FakePodio(), Clock(), store

    def podio(self, auth_type: AuthType = "app", **options: Any) -> Podio:
        return Podio(
            auth_type=auth_type,
            **{
                "client_id": "server",
                "client_secret": "server-secret",
                "session_store": self.store,
                "api_url": "https://api.example",
                "token_url": "https://api.example/oauth/token",
                "http_client": self.fake.client(),
                "allow_secret_in_page": True,
                "clock": self.clock.option,
                **options,
            },
        )

    async def token_of(self, podio: Podio) -> str:
        return str((await podio.request("GET", "/item/1"))["token"])


def test_our_stores_keep_sessions_apart_by_owner(store: Any) -> None:
    assert "owners" in store.abilities


async def test_a_second_app_does_not_run_as_the_first(store: Any) -> None:
    world = World(store)
    await world.podio().authenticate_with_app(1, "secret-1")
    second = world.podio(app_id=2)
    assert not await second.is_authenticated()
    with pytest.raises(errors.NotAuthenticated):
        await world.token_of(second)
    await second.authenticate_with_app(2, "secret-2")
    assert await world.token_of(second) == "token-2"
    assert await world.token_of(world.podio(app_id=1)) == "token-1"
    assert await world.token_of(world.podio(app_id="2")) == "token-2"


async def test_a_script_for_grace_does_not_run_as_ada_and_no_record_holds_a_user_name(store: Any) -> None:
    world = World(store)
    ada = await world.podio("password").authenticate_with_credentials("Ada@example.com", "pw")
    assert "ada@example.com" not in ada.to_json().casefold()
    assert not await world.podio("password", username="grace@example.com").is_authenticated()
    assert await world.podio("password", username=" ada@EXAMPLE.com").is_authenticated()
    assert await world.podio("password").is_authenticated()


async def test_the_only_session_that_fits_needs_no_name_and_of_several_the_choice_is_listed(store: Any) -> None:
    world = World(store)
    for app_id in (31, 12):
        await world.podio().authenticate_with_app(app_id, "secret")
    unnamed = world.podio()
    assert await unnamed.is_authenticated() is False
    for call in (lambda: unnamed.request("GET", "/item/1"), unnamed.renew, unnamed.sign_out):
        with pytest.raises(errors.NotAuthenticated, match=r"12, 31.*app_id"):
            await call()
    assert world.fake.paths() == ["POST /oauth/token"] * 2
    named = world.podio(app_id=12)
    assert await named.sign_out() is None
    assert await world.token_of(world.podio()) == "token-1"


async def test_of_several_people_the_known_user_ids_are_listed_and_no_names() -> None:
    world = World(MemoryStore())
    for name in ("ada@example.com", "grace@example.com"):
        podio = world.podio("password")
        await podio.authenticate_with_credentials(name, "pw")
        await podio.request("GET", "/user/status")
    with pytest.raises(errors.NotAuthenticated, match=r"2 of them, of the users 7, 7.*username") as caught:
        await world.podio("password").request("GET", "/item/1")
    assert "example.com" not in str(caught.value)


async def test_signing_in_and_out_replaces_and_ends_ones_own_record_alone(store: Any) -> None:
    world = World(store)
    first, second = world.podio(), world.podio()
    await first.authenticate_with_app(1, "secret")
    await second.authenticate_with_app(2, "secret")
    again = await first.authenticate_with_app(1, "secret")
    assert again.token.access_token == "token-3"
    assert await world.token_of(world.podio(app_id=2)) == "token-2"
    await first.sign_out()
    assert not await first.is_authenticated()
    assert await world.token_of(world.podio()) == "token-2"
    # What a client signed in as is what it goes on with, also when it reads the store again.
    await first.authenticate_with_app(1, "secret")
    session = await second.refresh_auth_from_store()
    assert session is not None
    assert session.token.access_token == "token-2"


@pytest.mark.parametrize(
    "other",
    [
        {"api_url": "https://api.other"},
        {"api_url": "https://api.example:8443"},
        {"token_url": "https://api.other/oauth/token"},
        {"client_id": "another"},
    ],
)
@pytest.mark.parametrize("foreign_store", [OneRecordStore, MemoryStore])
async def test_a_token_goes_to_no_other_host_and_serves_no_other_client(foreign_store: Stores, other: Any) -> None:
    world = World(foreign_store())
    own = world.podio()
    await own.authenticate_with_app(1, "secret")
    call_count = len(world.fake.seen)
    stranger = world.podio(**other)
    assert not await stranger.is_authenticated()
    assert await stranger.refresh_auth_from_store() is None
    with pytest.raises(errors.NotAuthenticated):
        await stranger.request("GET", "/item/1")
    assert await stranger.sign_out() is None
    assert len(world.fake.seen) == call_count
    assert await world.podio().is_authenticated()


async def test_a_store_with_one_place_that_another_signs_in_to_costs_the_first_its_place_alone() -> None:
    world = World(OneRecordStore())
    first, second = world.podio(), world.podio()
    await first.authenticate_with_app(1, "secret")
    await second.authenticate_with_app(2, "secret")
    world.clock.now += 30_000
    assert await world.token_of(first) == "token-3"
    await first.sign_out()
    assert await world.token_of(world.podio(app_id=2)) == "token-4"


async def test_a_record_that_says_not_whose_it_is_is_not_used(tmp_path: Path) -> None:
    world = World(OneRecordStore())
    session = await world.podio().authenticate_with_app(1, "secret")
    record = json.loads(session.to_json())
    del record["owner"]
    world.store.records["app"] = json.dumps(record)
    assert not await world.podio().is_authenticated()
    if sys.platform != "emscripten":
        from podio import FileStore

        path = tmp_path / "old.json"
        path.write_text(json.dumps({"sessions": {"app": record}, "attempts": {}}))
        world.store = FileStore(path)
        podio = world.podio()
        assert not await podio.is_authenticated()
        assert "token-1" in path.read_text()
        await podio.authenticate_with_app(1, "secret")
        assert "token-1" not in path.read_text()
        assert not path.with_name("old.json.damaged").exists()


class ColumnsStore(MemoryStore):
    """A store of somebody else's that makes its sessions of columns, and has none for what is new."""

    def get(self, auth_type: AuthType) -> Session | None:
        kept = super().get(auth_type)
        return kept and Session(session_id=kept.session_id, token=kept.token)


async def test_a_store_that_knows_no_owners_keeps_working() -> None:
    world = World(ColumnsStore())
    first, second = world.podio(), world.podio()
    await first.authenticate_with_app(1, "secret")
    assert await world.token_of(second) == "token-1"
    world.clock.now += 30_000
    assert {await world.token_of(podio) for podio in (first, second)} == {"token-2"}
    assert world.fake.paths().count("POST /oauth/token") == 2


async def test_a_session_that_the_program_made_itself_is_used() -> None:
    world = World(MemoryStore())
    world.store.set(session_of(world.fake.issue("made"), world.clock.now + 60), "app")
    assert await world.token_of(world.podio()) == "made"


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"auth_type": "password", "app_id": 1}, "app_id"),
        ({"auth_type": "app", "username": "ada@example.com"}, "username"),
        ({"auth_type": "app", "app_id": " "}, "app_id"),
        ({"auth_type": "password", "username": ""}, "username"),
    ],
)
def test_a_name_that_the_flow_does_not_know_is_refused(options: Any, named: str) -> None:
    with pytest.raises(errors.ConfigurationError, match=named):
        World(MemoryStore()).podio(**options)


async def test_a_second_factor_finishes_the_sign_in_of_that_user() -> None:
    import httpx2

    world = World(MemoryStore())
    podio = world.podio("password")
    world.fake.answers.append(httpx2.Response(200, json={"server_nonce": "nonce"}))
    with pytest.raises(errors.SecondFactorRequired):
        await podio.authenticate_with_credentials("ada@example.com", "pw")
    world.fake.answers.append(httpx2.Response(200, json={"access_token": "two-factors"}))
    await podio.verify_second_factor("nonce", otp="123456")
    assert await world.podio("password", username="ada@example.com").is_authenticated()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://api.podio.com", "https://api.podio.com"),
        ("HTTPS://API.podio.com:443/oauth/token", "https://api.podio.com"),
        ("http://127.0.0.1:8001/x", "http://127.0.0.1:8001"),
        ("http://[::1]:80/", "http://[::1]"),
    ],
)
def test_an_origin_is_scheme_host_and_port(url: str, expected: str) -> None:
    assert origin(url) == expected


@pytest.mark.parametrize(
    "damage",
    [
        [],
        5,
        "x",
        {},
        {"api_origin": ""},
        {"auth_type": "other"},
        {"client_id": 5},
        {"app_id": 5},
        {"app_id": "x" * 600},
    ],
)
def test_a_poisoned_owner_poisons_the_record(damage: Any) -> None:
    owner = owner_at("https://api.example", "https://api.example", "server", "app").named(app_id=1)
    session = session_of("canary", 1000.0, owner=owner)
    record = json.loads(session.to_json())
    assert Session.from_json(json.dumps(record)).owner == owner == SessionOwner.from_record(owner.to_record())
    record["owner"] = {**record["owner"], **damage} if isinstance(damage, dict) and damage else damage
    with pytest.raises(ValueError, match="not a session record"):
        Session.from_json(json.dumps(record))
