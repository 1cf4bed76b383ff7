"""The middleware's visitors and their stores: who leaves what behind, and what a store that fails looks like."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from podio import ConfigurationError, FileStore, MemoryStore, StorageError
from podio._visitors import VisitorStores
from podio.starlette import FileVisitors, MemoryVisitors
from podio_emulator import ids
from tests.library.conftest import World
from tests.library.signing_in import FROM_HERE, SITE, granted, signed_in, site, visitor

DAY = 24 * 3600


async def begun(browser: httpx2.AsyncClient) -> str:
    """Start a sign-in and return its state."""
    return parse_qs(urlsplit((await browser.get("/sign-in")).headers["location"]).query)["state"][0]


async def test_callbacks_of_unknown_visitors_take_no_visitors_place(open_world: World) -> None:
    visitors = MemoryVisitors(limit=2)
    app = site(open_world, store_for=visitors)
    async with visitor(app) as ada, visitor(app) as stranger:
        await signed_in(open_world, ada)
        for _ in range(3):
            assert (await stranger.get("/callback?code=x&state=y")).status_code == 400
            # A state of their own, with a code that Podio refuses, or without one.
            assert (await stranger.get(f"/callback?code=x&state={await begun(stranger)}")).status_code == 400
            assert (await stranger.get(f"/callback?state={await begun(stranger)}")).status_code == 400
            await stranger.get("/maybe")
        await signed_in(open_world, stranger, answer="deny")
        assert len(visitors) == 1
        assert (await ada.get("/maybe")).text == "True"


async def test_who_looks_around_or_is_refused_leaves_no_file(open_world: World, tmp_path: Path) -> None:
    directory = tmp_path / "sessions"
    store_names: list[str] = []

    def store_for(visitor: str) -> FileStore:
        store_names.append(visitor)
        return FileStore(directory / f"{visitor}.json", clock=open_world.clock)

    app = site(open_world, store_for=store_for)
    async with visitor(app) as stranger:
        for address in ("/maybe", "/callback", "/callback?code=x&state=y"):
            await stranger.get(address)
        await stranger.get(f"/callback?code=x&state={await begun(stranger)}")
        await signed_in(open_world, stranger, answer="deny")
        await stranger.post("/sign-out", headers=FROM_HERE)
        assert store_names == []
        assert not directory.exists()
        await signed_in(open_world, stranger)
        assert len(set(store_names)) == 1


async def test_a_cookie_of_a_visitor_who_is_gone_takes_nobodys_place(open_world: World) -> None:
    visitors = MemoryVisitors(limit=2)
    app = site(open_world, store_for=visitors)
    async with visitor(app) as ada, visitor(app) as again:
        old = []
        for _ in range(3):
            await signed_in(open_world, ada)
            old.append(dict(ada.cookies))
        assert len(visitors) == 1, "a new sign-in ends the one before"
        for cookies in old[:2]:
            again.cookies.clear()
            again.cookies.update(cookies)
            assert (await again.get("/maybe")).text == "False"
        assert len(visitors) == 1
        assert (await ada.get("/maybe")).text == "True"
        await ada.post("/sign-out", headers=FROM_HERE)
        assert len(visitors) == 0


def test_memory_drops_who_was_not_seen_for_four_weeks() -> None:
    now = [0.0]
    visitors = MemoryVisitors(clock=lambda: now[0])
    seldom, often = visitors("a"), visitors("b")
    now[0] = 20 * DAY
    assert visitors.find("b") is often
    now[0] = 29 * DAY
    assert visitors.find("a") is None
    assert visitors.find("b") is often
    assert len(visitors) == 1
    assert visitors("a") is not seldom


def test_the_directory_of_visitors_may_begin_with_the_users_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    store = FileVisitors("~/sessions")("a" * 64)
    assert store.path.parent == (tmp_path / "sessions").resolve()


async def test_files_of_visitors_who_signed_out_go_and_others_stay(open_world: World, tmp_path: Path) -> None:
    app = site(open_world, store_for=FileVisitors(tmp_path / "sessions", clock=open_world.clock))
    (tmp_path / "sessions").mkdir()
    (tmp_path / "sessions" / "notes.json").touch()
    async with visitor(app) as ada, visitor(app) as grace:
        await signed_in(open_world, ada)
        await signed_in(open_world, grace, mail=ids.GRACE_MAIL)
        open_world.clock.now += 30_000
        assert [(await who.get("/who")).text for who in (ada, grace)] == [ids.ADA_MAIL, ids.GRACE_MAIL]
        before = {file.name[:64] for file in (tmp_path / "sessions").iterdir()}
        assert len(before) == 3
        await ada.post("/sign-out", headers=FROM_HERE)
        after = {file.name[:64] for file in (tmp_path / "sessions").iterdir()}
        assert len(after) == 2
        assert "notes.json" in after
        assert (await grace.get("/who")).text == ids.GRACE_MAIL


def test_files_of_visitors_who_do_not_come_back_are_removed_with_their_locks(tmp_path: Path) -> None:
    gone, kept, other = "a" * 64, "b" * 64, tmp_path / "other.json"
    endings = (".json", ".json.lock", ".json.server.renewal.lock", ".json.damaged")
    old = time.time() - 29 * DAY
    for file in [*(tmp_path / f"{who}{ending}" for who in (gone, kept) for ending in endings), other]:
        file.touch()
        os.utime(file, (old, old))
    os.utime(tmp_path / f"{kept}.json")
    visitors = FileVisitors(tmp_path)
    assert visitors.remove_expired() == 1
    assert {file.name for file in tmp_path.iterdir()} == {*(f"{kept}{ending}" for ending in endings), "other.json"}
    assert visitors.remove_expired() == 0
    assert FileVisitors(tmp_path / "none").remove_expired() == 0


async def test_a_sign_in_removes_what_expired_now_and_then(open_world: World, tmp_path: Path) -> None:
    expired = tmp_path / f"{'a' * 64}.json"

    def leave() -> None:
        expired.touch()
        os.utime(expired, (0, 0))

    app = site(open_world, store_for=FileVisitors(tmp_path, clock=open_world.clock))
    async with visitor(app) as ada:
        leave()
        await signed_in(open_world, ada)
        assert not expired.exists()
        leave()
        await signed_in(open_world, ada)
        assert expired.exists(), "it was looked at less than an hour ago"
        open_world.clock.now += 2 * 3600
        await signed_in(open_world, ada)
        assert not expired.exists()


class Fragile(MemoryStore):
    """A store that fails when a test orders it, in the ordered way."""

    def __init__(self, failures: dict[str, Exception] | None = None) -> None:
        super().__init__()
        self.failures = {} if failures is None else failures

    def get(self, *args: Any, **options: Any) -> Any:
        if "get" in self.failures:
            raise self.failures["get"]
        return super().get(*args, **options)

    def set(self, *args: Any, **options: Any) -> Any:
        if "set" in self.failures:
            raise self.failures["set"]
        return super().set(*args, **options)


def refuses(response: httpx2.Response) -> bool:
    """Return whether a response says that the sessions can't be read, and nothing of where they lie."""
    return (
        response.status_code == 503
        and "Try again" in response.text
        and "secret" not in response.text
        and int(response.headers["retry-after"]) > 0
        and response.headers["cache-control"] == "no-store"
    )


@pytest.mark.parametrize("error", [StorageError("/secret/path: no such host"), OSError("/secret/path: no such host")])
@pytest.mark.parametrize("failing", [("get", "set"), ("get",)])
async def test_a_dead_store_is_reported_and_leads_nobody_to_podio(
    open_world: World, failing: tuple[str, ...], error: Exception
) -> None:
    failures: dict[str, Exception] = {}
    stores: dict[str, Fragile] = {}
    app = site(open_world, store_for=lambda who: stores.setdefault(who, Fragile(failures)))
    async with visitor(app) as ada:
        await signed_in(open_world, ada)
        failures.update(dict.fromkeys(failing, error))
        for answer in (await ada.get("/who"), await ada.post("/who")):
            assert refuses(answer)
            assert "set-cookie" not in answer.headers
        # Whoever signs in again all the same sees why it fails, and is not sent round.
        answer = await signed_in(open_world, ada)
        assert refuses(answer)
        assert "podio_visitor=" not in answer.headers.get("set-cookie", "")
        failures.clear()
        assert (await ada.get("/who")).text == ids.ADA_MAIL


@pytest.mark.parametrize("error", [StorageError("/secret/path"), OSError("/secret/path"), RuntimeError("secret")])
async def test_a_sign_in_that_can_not_be_kept_is_reported_and_revoked(open_world: World, error: Exception) -> None:
    store = Fragile()
    store.failures = {"set": error}
    async with visitor(site(open_world, store_for=lambda _: store)) as ada:
        assert refuses(await signed_in(open_world, ada))
        assert "podio_visitor" not in ada.cookies
        assert (await open_world.requests()).count("POST /oauth/grant/invalidate") == 1


async def test_a_store_that_loses_what_it_is_given_is_reported(open_world: World) -> None:
    async with visitor(site(open_world, store_for=lambda _: MemoryStore())) as ada:
        assert refuses(await signed_in(open_world, ada))
        assert "podio_visitor" not in ada.cookies


async def test_a_store_that_can_not_be_made_is_reported(open_world: World) -> None:
    stores = [MemoryStore()]
    async with (
        visitor(site(open_world, store_for=lambda _: stores[0])) as ada,
        visitor(site(open_world, store_for=lambda _: stores[1])) as grace,
    ):
        assert refuses(await signed_in(open_world, grace))
        await signed_in(open_world, ada)
        stores.clear()
        assert refuses(await ada.get("/who"))
        assert refuses(await ada.post("/sign-out", headers=FROM_HERE))


@pytest.mark.parametrize("failing", ["get", "set"])
async def test_a_sign_out_with_a_dead_store_ends_it_here_and_says_what_is_left(open_world: World, failing: str) -> None:
    store = Fragile()
    async with visitor(site(open_world, store_for=lambda _: store)) as ada:
        await signed_in(open_world, ada)
        store.failures = {failing: StorageError("/secret/path")}
        answer = await ada.post("/sign-out", headers=FROM_HERE)
        assert refuses(answer)
        assert "could not be ended" in answer.text
        assert "podio_visitor" not in ada.cookies


async def test_a_new_sign_in_counts_though_the_earlier_session_can_not_be_ended(open_world: World) -> None:
    stores: dict[str, Fragile] = {}
    async with visitor(site(open_world, store_for=lambda who: stores.setdefault(who, Fragile()))) as ada:
        await signed_in(open_world, ada)
        (earlier,) = stores.values()
        earlier.failures = {"get": StorageError("x"), "set": StorageError("x")}
        assert (await signed_in(open_world, ada)).status_code == 303
        assert (await ada.get("/who")).text == ids.ADA_MAIL


async def test_a_session_that_podio_ended_still_leads_to_podio(open_world: World) -> None:
    async with visitor(site(open_world)) as ada:
        await signed_in(open_world, ada)
        await open_world.control("reset")
        open_world.clock.now += 30_000
        answer = await ada.get("/who")
        assert answer.status_code == 303
        back = await ada.get(await granted(open_world, answer.headers["location"]))
        assert (await ada.get(back.headers["location"])).text == ids.ADA_MAIL
        assert SITE not in back.headers["location"]


def test_what_an_object_that_makes_stores_can_do_is_declared() -> None:
    class Made:
        def __call__(self, visitor: str) -> MemoryStore:
            return MemoryStore()

        def forget(self, visitor: str) -> None: ...

    class Misspelt(Made):
        abilities = frozenset({"forget"})
        forget = None  # type: ignore[assignment]

    for store_for, message in [(Made(), "add 'forget'"), (Misspelt(), "has no forget"), ("memory", "no __call__")]:
        with pytest.raises(ConfigurationError, match=message):
            VisitorStores(store_for, clock=time.time)  # type: ignore[arg-type]
