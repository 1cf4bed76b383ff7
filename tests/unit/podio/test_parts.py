"""A client's parts: small, sealed, and each made and used without the others."""

from __future__ import annotations

import ast
import contextlib
import inspect
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx2
import pytest

import podio
from podio import Podio, RetryPolicy, errors
from podio._authentication import SessionAuth
from podio._back_off import BackOff
from podio._call import Call
from podio._calls import Calls
from podio._delegation import delegated
from podio._file_addresses import places_of
from podio._paging import Paging
from podio._retry_policy import NO_RETRIES
from podio._sender import Sender
from podio._token_endpoint import TokenEndpoint
from podio._transfers import Transfers
from podio.areas import Areas
from tests.unit.podio.fakes import Clock, FakePodio, session_of
from tests.unit.podio.reachable import assert_nothing_leaks

PYAPP = Path(podio.__file__).parent.parent
WRITTEN = sorted(
    file
    for package in ("podio", "podio_emulator")
    for file in (PYAPP / package).rglob("*.py")
    if file.parent.name != "areas" or file.name == "calls.py"  # others: generated
)
API = "https://api.example"

PARTS = [
    f"podio.{module}.{name}"
    for module, name in [
        ("_authorizations", "Authorizations"),
        ("_calls", "Calls"),
        ("_current_session", "CurrentSession"),
        ("_current_session", "Revocation"),
        ("_direct_sign_in", "DirectSignIn"),
        ("_push_connection", "PushConnection"),
        ("_redirect_sign_in", "RedirectSignIn"),
        ("_sender", "Sender"),
        ("_signed_in_user", "FirstLookup"),
        ("_signed_in_user", "UserLookup"),
        ("_token_endpoint", "TokenEndpoint"),
        ("_token_renewal", "TokenRenewal"),
        ("_transfers", "Transfers"),
        ("_paging", "Paging"),
        ("_push", "Pushes"),
    ]
]


def part(name: str) -> Any:
    module, _, kind = name.rpartition(".")
    return getattr(__import__(module, fromlist=[kind]), kind)


def sender(fake: FakePodio, **options: Any) -> Sender:
    return Sender(fake.client(), **{"policy": NO_RETRIES, "clock": Clock().option, **options})


class Held:
    """Holds a session that never expires."""

    def __init__(self, token: str) -> None:
        self.session = session_of(token, 2_000_000.0)

    async def load(self) -> Any:
        return self.session

    async def usable(self) -> Any:
        return self.session

    async def renewed(self, stale: Any) -> Any:
        raise AssertionError("nothing expires here")

    async def identified(self, user: Any) -> None: ...


def test_the_client_has_the_areas_for_its_only_parent() -> None:
    assert Podio.__mro__ == (Podio, Areas, object)


@pytest.mark.parametrize("name", PARTS)
def test_what_a_part_raises_leads_back_to_no_secret(name: str) -> None:
    methods = {
        name: method
        for name, method in vars(part(name)).items()
        if inspect.isfunction(method) and (not name.startswith("_") or name == "__init__")
    }
    assert methods
    for method in methods.values():
        assert method.__code__.co_filename.endswith("boundary.py"), method


@pytest.mark.parametrize("file", WRITTEN, ids=lambda file: file.relative_to(PYAPP).as_posix())
def test_a_module_has_fewer_than_400_lines_and_a_function_fewer_than_60(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    nodes = ast.walk(ast.parse(source))
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = [node.name for node in functions if (node.end_lineno or 0) - node.lineno + 1 >= 60]
    assert long == []
    assert len(source.splitlines()) < 400


async def test_a_sender_sends_a_call_as_often_as_its_policy_has_it() -> None:
    fake, clock = FakePodio(), Clock()
    fake.answers = [httpx2.Response(503), httpx2.Response(200, json={"a": 1})]
    patient = sender(fake, policy=RetryPolicy(random=lambda: 1.0), clock=clock.option)
    assert await patient.value_of(Call(method="GET", address=f"{API}/item/1", repeatable=True)) == {"a": 1}
    assert clock.now == 1_000_000.5
    patient.close()
    with pytest.raises(errors.ConfigurationError, match="was closed"):
        await patient.value_of(Call(method="GET", address=f"{API}/item/1"))


async def test_a_token_endpoint_needs_no_client() -> None:
    fake, clock = FakePodio(), Clock()
    endpoint = TokenEndpoint(
        sender(fake),
        url=f"{API}/oauth/token",
        api_url=API,
        auth_type="app",
        client_id="server",
        client_secret="secret-1",
        clock=clock.option,
    )
    token = await endpoint.token({"grant_type": "app", "app_id": "1", "app_token": "secret-2"})
    assert token.expires_at == clock.now + 28800
    fake.answers = [httpx2.ReadError("gone")]
    with pytest.raises(errors.ConnectionFailed) as caught:
        await endpoint.token({"grant_type": "app", "app_id": "1", "app_token": "secret-2"})
    assert_nothing_leaks(caught.value, ("secret-1", "secret-2"))


async def test_calls_need_a_sender_and_whatever_holds_a_session() -> None:
    fake = FakePodio()
    held = Held(fake.issue("t"))
    calls = Calls(sender(fake), held, first_lookup=None, api_url=API, scheme="Bearer", api_key=None)
    assert (await calls.request("GET", "/item/1"))["token"] == "t"
    with pytest.raises(errors.ConfigurationError, match="basic_auth"):
        await calls.request("GET", "/item/1", basic_auth=True)


async def test_transfers_need_calls_alone() -> None:
    class Recorder:
        def __init__(self) -> None:
            self.sent: list[tuple[Call, bool]] = []

        async def send(self, call: Call, *, with_token: bool = True, renews: bool = True) -> httpx2.Response:
            self.sent.append((call, with_token))
            return httpx2.Response(200, json={"file_id": 5})

        @contextlib.asynccontextmanager
        async def stream_call(self, call: Call, *, with_token: bool = True) -> AsyncIterator[httpx2.Response]:
            yield await self.send(call, with_token=with_token)

        async def request(self, method: str, path: str) -> Any:
            return {}

    calls = Recorder()
    transfers = Transfers(calls, places=places_of(API, (), None))
    assert (await transfers.upload_file(b"x", "a.txt"))["file_id"] == 5
    assert await transfers.request_upload("/app/5/icon", source=b"x", filename="a.png") == {"file_id": 5}
    await transfers.download_file({"link": "https://elsewhere.example/x", "hosted_by": "other"})
    assert [(call.path_template, with_token) for call, with_token in calls.sent] == [
        ("/file/", True),
        ("/app/{id}/icon", True),
        ("https://elsewhere.example", False),
    ]


async def test_paging_needs_the_operations_of_items_alone() -> None:
    class Items:
        async def filter(self, app_id: int, *, body: Any, fields: Any = None, params: Any = None) -> Any:
            ids = range(1, 4)[body["offset"] :][: body["limit"]]
            return {"items": [{"item_id": item_id} for item_id in ids], "filtered": 3, "total": 3}

    areas: Any = SimpleNamespace(items=Items())
    assert [item["item_id"] async for item in Paging(areas).iterate_items(5, page_size=2)] == [1, 2, 3]


async def test_a_call_of_a_closed_sender_does_not_renew_first() -> None:
    closed = sender(FakePodio())
    closed.close()
    with pytest.raises(errors.ConfigurationError):
        await closed.value_of(Call(method="GET", address=f"{API}/item/1"), auth=SessionAuth(Held("t"), "Bearer"))


def test_pauses_double_up_to_a_limit_and_are_shortened_by_chance() -> None:
    long, short = (BackOff(first=1.0, longest=5.0, random=lambda number=number: number) for number in (1.0, 0.0))
    assert [long.pause(failures) for failures in (1, 2, 3, 4, 1000)] == [1.0, 2.0, 4.0, 5.0, 5.0]
    assert [short.pause(failures) for failures in (1, 2)] == [0.5, 1.0]


class Engine:
    """A part."""

    async def start(self, key: str, *, cold: bool = False) -> str:
        """Start."""
        return f"{key} {cold}"

    async def turns(self, count: int) -> AsyncIterator[int]:
        """Turn."""
        try:
            for number in range(count):
                yield number
        finally:
            self.is_stopped = True

    def stop(self) -> str:
        """Stop."""
        return "stopped"


class Car:
    """A whole."""

    start = delegated("engine", Engine.start)
    turns = delegated("engine", Engine.turns)
    stop = delegated("engine", Engine.stop)

    def __init__(self) -> None:
        self.engine = Engine()


def test_a_delegated_method_is_of_the_parts_kind_and_has_its_signature_and_documentation() -> None:
    assert inspect.iscoroutinefunction(Car.start)
    assert inspect.isasyncgenfunction(Car.turns)
    assert inspect.signature(Car.start) == inspect.signature(Engine.start)
    assert (Car.stop.__doc__, Car.stop.__name__) == ("Stop.", "stop")


@pytest.mark.skipif(sys.platform == "emscripten", reason="a page starts no processes")
def test_a_flow_of_programs_is_imported_when_it_is_first_used_and_then_stands_in_the_class_as_any_other() -> None:
    script = """
import inspect, sys
from podio import Podio
name = "podio._direct_sign_in"
client = Podio(auth_type="app", client_id="a", client_secret="b")
assert name not in sys.modules
method = Podio.authenticate_with_app
assert name in sys.modules and inspect.iscoroutinefunction(method) and vars(Podio)[method.__name__] is method
assert list(inspect.signature(method).parameters) == ["self", "app_id", "app_token"] and "app" in method.__doc__
assert method.__code__.co_filename.endswith("boundary.py")
class Own(Podio):
    pass
assert inspect.isfunction(Own.verify_second_factor) and "verify_second_factor" not in vars(Own)
"""
    environment = {**os.environ, "PYTHONPATH": str(PYAPP)}
    process = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False
    )
    assert process.returncode == 0, process.stderr


async def test_a_delegated_method_calls_the_part_that_the_whole_has_now() -> None:
    car = Car()
    assert await car.start("red", cold=True) == "red True"
    assert car.stop() == "stopped"
    async with contextlib.aclosing(car.turns(3)) as turns:  # type: ignore[type-var]
        assert await anext(turns) == 0
    assert car.engine.is_stopped
    car.engine = other = Engine()
    assert [turn async for turn in car.turns(2)] == [0, 1]
    assert other.is_stopped
