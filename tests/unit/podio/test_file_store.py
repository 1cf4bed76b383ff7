"""The file store: what it keeps, who may read it, what a crash leaves, and several processes at once."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import stat
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from podio import KeyringStore, Podio, StorageError, errors
from podio.authorization import AuthorizationRequest
from podio.session import AuthType, Session
from podio.session_owner import SessionOwner, owner_at
from podio.token import Token
from tests.unit.podio.fakes import Clock, FakePodio, Ring

if sys.platform == "emscripten":
    pytest.skip("a page has no files that last, and no processes", allow_module_level=True)

from podio import FileStore

ROOT = Path(__file__).resolve().parents[3]
NOW = 1_000_000.0


OWNER = SessionOwner(
    api_origin="https://api.example", token_origin="https://api.example", client_id="server", auth_type="app"
)


def session(
    token: str = "first",
    expires_at: float = NOW + 3600,
    refresh_token: str | None = "refresh-1",
    owner: SessionOwner = OWNER,
    **attributes: Any,
) -> Session:
    return Session(
        token=Token(access_token=token, expires_at=expires_at, refresh_token=refresh_token),
        **{"session_id": "a" * 32, "owner": owner, **attributes},
    )


def attempt(state: str, created_at: float = NOW) -> AuthorizationRequest:
    return AuthorizationRequest(
        state=state,
        code_verifier="v" * 43,
        client_id="server",
        authorize_url="https://podio.example/oauth/authorize",
        redirect_uri="https://work.example/callback",
        response_type="code",
        created_at=created_at,
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "podio.json"


async def kept(path: Path, auth_type: AuthType = "server") -> Session | None:
    return await FileStore(path).get(auth_type)


async def keep(path: Path, value: Session | None, auth_type: AuthType = "server") -> None:
    await FileStore(path).set(value, auth_type)


# What it keeps


async def test_a_session_comes_back_as_it_was_and_by_its_auth_type(path: Path) -> None:
    await keep(path, session())
    await keep(path, session("of the app".replace(" ", "-")), "app")
    assert await kept(path) == session()
    assert await kept(path, "password") is None
    await keep(path, None)
    assert await kept(path) is None
    assert await kept(path, "app") is not None


async def test_a_file_that_is_missing_is_no_session_and_is_not_made_by_looking(path: Path) -> None:
    assert await kept(path) is None
    assert not path.parent.exists()


async def test_the_file_is_for_its_owner_alone_and_so_is_the_directory_it_makes(path: Path) -> None:
    before = os.umask(0)
    try:
        await keep(path, session())
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}


async def test_a_file_that_others_could_read_no_longer_is_after_a_write(path: Path) -> None:
    await keep(path, session())
    path.chmod(0o644)
    await keep(path, session("second"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


async def test_the_store_never_prints_what_it_keeps(path: Path) -> None:
    await keep(path, session("canary"))
    assert "canary" not in repr(FileStore(path))


def test_it_keeps_attempts_until_they_are_answered_or_too_old(path: Path) -> None:
    store = FileStore(path, clock=lambda: NOW)
    store.keep_request(attempt("x" * 32, NOW - 3600))
    store.keep_request(attempt("y" * 32))
    assert store.take_request("x" * 32) is None
    assert store.take_request("y" * 32) == attempt("y" * 32)
    assert store.take_request("y" * 32) is None


async def test_a_file_that_others_could_read_no_longer_is_after_a_read(path: Path) -> None:
    await keep(path, session())
    path.chmod(0o666)
    assert await kept(path) == session()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


async def test_a_file_that_only_may_be_read_is_not_made_writable(path: Path) -> None:
    await keep(path, session())
    path.chmod(0o444)
    assert await kept(path) == session()
    assert stat.S_IMODE(path.stat().st_mode) == 0o400


async def test_a_path_may_begin_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    await keep(Path("~/.podio/session.json"), session())
    assert await kept(tmp_path / ".podio" / "session.json") == session()
    assert not Path("~").exists()
    with pytest.raises(errors.ConfigurationError, match="home"):
        FileStore("~nobody-of-that-name/session.json")
    ring = KeyringStore(lock_file="~/.podio/keyring.lock", keyring=Ring())
    await enter(ring.renewal_lock("app"))
    assert (tmp_path / ".podio" / "keyring.lock").exists()


async def enter(lock: Any) -> None:
    async with lock:
        pass


@pytest.mark.parametrize("plant", [Path.symlink_to, lambda lock, target: os.mkfifo(lock), lambda lock, _: lock.mkdir()])
@pytest.mark.parametrize("ending", [".lock", ".app.renewal.lock"])
async def test_what_was_planted_in_a_locks_place_is_neither_followed_nor_waited_for(
    path: Path, tmp_path: Path, plant: Any, ending: str
) -> None:
    target = tmp_path / "elsewhere"
    path.parent.mkdir()
    plant(path.with_name(path.name + ending), target)

    store = FileStore(path)
    with pytest.raises(StorageError, match="could not be"):
        await (store.set(session(), "app") if ending == ".lock" else enter(store.renewal_lock("app")))
    ring = KeyringStore(lock_file=path.with_name(path.name + ending), keyring=Ring())
    with pytest.raises(StorageError, match="could not be locked"):
        await enter(ring.renewal_lock("app"))
    assert not target.exists()


async def test_what_is_planted_in_the_new_files_place_is_not_written_to(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await keep(path, session())
    target = path.with_name("elsewhere")
    unlink = Path.unlink

    def plant(name: Path, *arguments: Any, **options: Any) -> None:
        """Win the race: what makes room for the new file makes room for a link as well."""
        with contextlib.suppress(FileNotFoundError):
            unlink(name, *arguments, **options)
        if name.name.endswith(".new"):
            name.symlink_to(target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", plant)
        with pytest.raises(StorageError):
            await keep(path, session("canary"))
    assert not target.exists()
    assert await kept(path) == session()


# Damage


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"sessions": 7}',
        "\ufffd" * 10,
        "{" * 100_000,
        '{"sessions": {"server": {"access_token": 5}}}',
    ],
)
async def test_a_damaged_file_is_no_session_and_the_next_write_puts_it_aside(path: Path, text: str) -> None:
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    assert await kept(path) is None
    assert path.read_text(encoding="utf-8") == text
    await keep(path, session())
    assert await kept(path) == session()
    assert path.with_name("podio.json.damaged").read_text(encoding="utf-8") == text


async def signed_out(path: Path) -> None:
    fake, clock = FakePodio(), Clock()
    assert await client(fake, clock, FileStore(path)).sign_out() is None


async def test_no_token_is_left_beside_the_file_after_a_sign_out(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('{"sessions": {"app": "canary')
    path.chmod(0o644)
    aside = path.with_name("podio.json.damaged")
    await keep(path, session("second"), "app")
    assert "canary" in aside.read_text()
    assert stat.S_IMODE(aside.stat().st_mode) == 0o600
    path.with_name("podio.json.new").write_text("canary, from a crash")
    await signed_out(path)
    assert "canary" not in "".join(file.read_text() for file in path.parent.iterdir())
    assert not aside.exists()


async def test_a_sign_out_leaves_no_token_in_a_file_that_is_damaged(path: Path) -> None:
    await keep(path, session("canary"), "app")
    path.write_text(path.read_text()[:-1])
    await signed_out(path)
    assert "canary" not in "".join(file.read_text() for file in path.parent.iterdir())


async def test_bytes_that_are_no_text_are_no_session(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"\xff\xfe\x00")
    assert await kept(path) is None


async def test_one_damaged_record_costs_that_session_alone(path: Path) -> None:
    await keep(path, session())
    await keep(path, session("app-token"), "app")
    content = json.loads(path.read_text())
    content["sessions"][f"app.{OWNER.key}"]["expires_at"] = "never"
    path.write_text(json.dumps(content))
    assert await kept(path, "app") is None
    assert await kept(path) == session()


# Storage that fails


async def test_a_path_that_can_not_be_written_is_a_storage_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="could not be written") as caught:
        await keep(tmp_path / "file" / "podio.json", session("canary"))
    assert "podio.json" in str(caught.value)
    assert "canary" not in str(caught.value)


async def test_a_path_that_can_not_be_read_is_a_storage_error(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(StorageError, match="could not be read"):
        await kept(path)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
async def test_a_full_disk_is_a_storage_error_and_leaves_the_old_session(path: Path) -> None:
    await keep(path, session())
    # Everything written by this name goes to a device that is always full.
    program = """
        import asyncio, os, sys
        opened = os.open
        os.open = lambda name, flags, mode=0o777: opened("/dev/full" if str(name).endswith(".new") else name,
            flags & ~(os.O_EXCL | os.O_CREAT) if str(name).endswith(".new") else flags, mode)
        from podio import FileStore, StorageError
        from podio.session import Session
        store = FileStore(sys.argv[1])
        try:
            asyncio.run(store.set(Session.from_json(sys.stdin.read()), "server"))
        except StorageError as error:
            print(error)
    """
    process = run(program, str(path), text=session("second").to_json())
    assert "The disk is full" in process
    assert await kept(path) == session()


async def test_a_client_whose_store_fails_goes_on_until_its_token_expires_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "directory").write_text("")
    path = tmp_path / "directory" / "podio.json"

    fake, clock = FakePodio(), Clock()
    podio = client(fake, clock, FileStore(path))
    await podio.authenticate_with_app(31, "app-token")
    assert isinstance(podio.storage_error, StorageError)
    assert (await podio.request("GET", "/item/1"))["token"] == "token-1"
    clock.now += 30_000
    with pytest.raises(StorageError, match=r"podio\.json could not be"):
        await podio.request("GET", "/item/1")
    assert await podio.is_authenticated()
    assert token_calls(fake) == 1
    (tmp_path / "directory").unlink()
    assert (await podio.request("GET", "/item/1"))["token"] == "token-2"
    assert podio.storage_error is None
    assert await FileStore(path).get("app") == podio.session


# One renewal, however many share the store


def client(fake: FakePodio, clock: Clock, store: Any, auth_type: AuthType = "app") -> Podio:
    return Podio(
        auth_type=auth_type,
        client_id="server",
        client_secret="server-secret",
        session_store=store,
        api_url="https://api.example",
        token_url="https://api.example/oauth/token",
        http_client=fake.client(),
        clock=clock.option,
    )


def token_calls(fake: FakePodio) -> int:
    return fake.paths().count("POST /oauth/token")


async def test_two_clients_of_one_store_renew_once(path: Path) -> None:
    fake, clock = FakePodio(), Clock()
    await FileStore(path).set(session(expires_at=clock.now - 1), "app")
    clients = [client(fake, clock, FileStore(path)) for _ in range(4)]
    answers = await asyncio.gather(*(client.request("GET", "/item/1") for client in clients))
    assert {answer["token"] for answer in answers} == {"token-1"}
    assert token_calls(fake) == 1


async def test_a_client_that_slept_through_a_renewal_renews_by_the_newer_refresh_token(path: Path) -> None:
    fake, clock = FakePodio(), Clock()
    await FileStore(path).set(session(expires_at=clock.now + 10, refresh_token="refresh-0"), "app")
    sleeper = client(fake, clock, FileStore(path))
    await sleeper.is_authenticated()
    await FileStore(path).set(session("second", clock.now + 20, "refresh-1", generation=1), "app")
    clock.now += 100
    assert (await sleeper.request("GET", "/item/1"))["token"] == "token-1"


async def test_a_sign_out_in_another_process_is_heard_at_the_next_renewal(path: Path) -> None:
    fake, clock = FakePodio(), Clock()
    await FileStore(path).set(session(expires_at=clock.now + 10), "app")
    podio = client(fake, clock, FileStore(path))
    changes: list[Session | None] = []
    podio.on_session_change = changes.append
    await podio.is_authenticated()
    await FileStore(path).set(None, "app")
    clock.now += 100
    with pytest.raises(errors.NotAuthenticated, match="signed out elsewhere"):
        await podio.request("GET", "/item/1")
    assert changes == [None]
    assert await podio.is_authenticated() is False
    assert token_calls(fake) == 0


async def test_a_newer_sign_in_in_the_store_is_neither_used_nor_overwritten(path: Path) -> None:
    fake, clock = FakePodio(), Clock()
    await FileStore(path).set(session(expires_at=clock.now + 10), "app")
    podio = client(fake, clock, FileStore(path))
    await podio.is_authenticated()
    other = session("others", clock.now + 9999, None, session_id="b" * 32)
    await FileStore(path).set(other, "app")
    clock.now += 100
    assert (await podio.request("GET", "/item/1"))["token"] == "token-1"
    assert await FileStore(path).get("app") == other
    await podio.sign_out()
    assert await FileStore(path).get("app") == other
    assert await podio.refresh_auth_from_store() == other


async def test_sign_out_revokes_by_the_token_that_another_process_got(path: Path) -> None:
    fake, clock = FakePodio(), Clock()
    await FileStore(path).set(session(expires_at=clock.now + 10), "app")
    podio = client(fake, clock, FileStore(path))
    await podio.is_authenticated()
    await FileStore(path).set(session(fake.issue("second"), clock.now + 900), "app")
    assert await podio.sign_out() is None
    assert fake.seen[-1].headers["authorization"] == "Bearer second"
    assert await FileStore(path).get("app") is None


async def test_waiting_for_the_lock_can_be_cancelled_and_leaves_it_free(path: Path) -> None:
    store = FileStore(path)

    async def hold() -> None:
        async with FileStore(path).renewal_lock("app"):
            pass

    async with store.renewal_lock("app"):
        waiting = asyncio.ensure_future(hold())
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    await asyncio.wait_for(hold(), 10)


# Processes


def start(program: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "pyapp")},
    )


def run(program: str, *arguments: str, text: str = "") -> str:
    process = start(program, *arguments)
    answer, _ = process.communicate(text, timeout=60)
    assert process.returncode == 0
    return answer


@pytest.fixture(scope="module")
def emulator_url() -> Iterator[str]:
    from podio_emulator import create_app
    from podio_emulator.serving import served

    with served(create_app()) as url:
        yield url


CALLER = """
    import asyncio, sys
    from podio import FileStore, Podio

    async def main():
        podio = Podio(auth_type="password", client_id="server", client_secret="server-secret",
            session_store=FileStore(sys.argv[1]), api_url=sys.argv[2], token_url=sys.argv[2] + "/oauth/token")
        assert await podio.is_authenticated()
        print("ready", flush=True)
        sys.stdin.readline()
        status = await podio.request("GET", "/user/status")
        print(status["user"]["mail"], podio.session.token.access_token, flush=True)
        await podio.aclose()

    asyncio.run(main())
"""


async def test_two_processes_with_an_expired_token_refresh_it_once(path: Path, emulator_url: str) -> None:
    import httpx2

    with httpx2.Client(base_url=emulator_url, trust_env=False) as podio:
        podio.post("/_emulator/reset")
        form = {"grant_type": "password", "client_id": "server", "client_secret": "server-secret"}
        token = podio.post("/oauth/token", data={**form, "username": "ada@example.com", "password": "podio"}).json()
        owner = owner_at(emulator_url, emulator_url, "server", "password")
        await keep(path, session(token["access_token"], NOW, token["refresh_token"], owner), "password")
        before = len(podio.get("/_emulator/requests").json())
        # Slow enough that both are surely waiting for it.
        podio.post("/_emulator/faults", json=[{"path": "/oauth/token", "delay": 0.5}])
        processes = [start(CALLER, str(path), emulator_url) for _ in range(2)]
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        answers = [process.communicate("go\n", timeout=60)[0].split() for process in processes if process.stdin]
        paths = [call["path"] for call in podio.get("/_emulator/requests").json()[before:]]
    assert paths.count("/oauth/token") == 1
    assert paths.count("/user/status") == 2
    assert answers[0] == answers[1]
    assert answers[0][0] == "ada@example.com"
    renewed = await kept(path, "password")
    assert renewed is not None
    assert renewed.token.access_token == answers[0][1]


# The process stops at a point of a write and waits there to be killed.
KILLED = """
    import asyncio, os, pathlib, sys, time

    def stop(*_):
        print("in the middle", flush=True)
        time.sleep(60)

    if sys.argv[2] == "write":
        os.fdopen = lambda descriptor, *_, **__: (os.write(descriptor, b'{"sessions": {"ser'), stop())
    elif sys.argv[2] == "fsync":
        os.fsync = stop
    else:
        pathlib.Path.replace = stop
    from podio import FileStore
    from podio.session import Session
    asyncio.run(FileStore(sys.argv[1]).set(Session.from_json(sys.stdin.readline()), "server"))
"""


@pytest.mark.parametrize("point", ["write", "fsync", "replace"])
async def test_a_process_killed_in_the_middle_of_a_write_leaves_the_old_session(path: Path, point: str) -> None:
    await keep(path, session())
    process = start(KILLED, str(path), point)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(session("second").to_json() + "\n")
    process.stdin.flush()
    assert process.stdout.readline() == "in the middle\n"
    process.kill()
    process.communicate()
    assert await kept(path) == session()
    # Its lock died with it, and what it left behind is in nobody's way.
    await keep(path, session("third"))
    assert await kept(path) == session("third")
    assert not path.with_name("podio.json.new").exists()


async def test_writes_of_several_processes_lose_nothing_of_each_others(path: Path) -> None:
    program = """
        import asyncio, sys
        from podio import FileStore
        from podio.session import Session

        async def main():
            record = Session.from_json(sys.stdin.readline())
            for _ in range(20):
                await FileStore(sys.argv[1]).set(record, sys.argv[2])

        asyncio.run(main())
    """
    kinds: list[AuthType] = ["server", "app", "password"]
    processes = [start(program, str(path), kind) for kind in kinds]
    for process, kind in zip(processes, kinds, strict=True):
        assert process.stdin is not None
        process.stdin.write(session(kind).to_json() + "\n")
        process.stdin.flush()
    for process in processes:
        process.communicate(timeout=60)
        assert process.returncode == 0
    assert [await kept(path, kind) for kind in kinds] == [session(kind) for kind in kinds]


def test_importing_the_library_imports_no_store_that_a_page_has_no_use_for() -> None:
    program = (
        "import sys, podio; print([name for name in sys.modules if name.startswith('podio.') and 'store' in name])"
    )
    assert run(program) == "[]\n"
    assert run("from podio import FileStore; print(FileStore.__module__)") == "podio.file_store\n"
