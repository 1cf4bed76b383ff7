"""The synchronous client: threads, running loops, interruptions, hooks, and the end."""

from __future__ import annotations

import asyncio
import concurrent.futures
import gc
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

import httpx2
import pytest

if sys.platform == "emscripten":
    pytest.skip("a page has no threads", allow_module_level=True)

from podio import ConfigurationError, NotFound, RetryPolicy, Wait
from podio.sync import Podio
from podio.sync._portal import _Call
from tests.unit.podio.fakes import Clock
from tests.unit.podio.reachable import assert_nothing_leaks

TOKEN = {
    "access_token": "access-secret",
    "token_type": "bearer",
    "expires_in": 28800,
    "refresh_token": "refresh-secret",
}

Respond = Callable[[httpx2.Request], Any]


def transport(respond: Respond) -> httpx2.MockTransport:
    async def handle(request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/oauth/token":
            return httpx2.Response(200, json=TOKEN)
        result = respond(request)
        result = await result if asyncio.iscoroutine(result) else result
        return result if isinstance(result, httpx2.Response) else httpx2.Response(200, json=result)

    return httpx2.MockTransport(handle)


def client(respond: Respond = lambda request: {"path": request.url.path}, **options: Any) -> Podio:
    http = httpx2.AsyncClient(transport=transport(respond))
    options = {"client_id": "id", "client_secret": "client-secret", "http_client": http, **options}
    return Podio("client_credentials", **options)


def signed_in(respond: Respond = lambda request: {"path": request.url.path}, **options: Any) -> Podio:
    podio = client(respond, **options)
    podio.authenticate_with_client_credentials()
    return podio


def threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name == "podio.sync"]


def test_a_page_is_refused_with_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "emscripten")
    with pytest.raises(ConfigurationError, match=r"a page doesn't have: use podio\.Podio, and await"):
        Podio("client", client_id="id")


def test_a_wrong_option_is_refused_before_any_thread_begins() -> None:
    with pytest.raises(ConfigurationError, match="auth_type must be one of"):
        Podio("pasword", client_id="id")  # type: ignore[arg-type]
    podio = Podio("server", client_id="id", client_secret="client-secret")
    assert podio.authorization_request("https://site.example/").state
    assert threads() == []


def test_many_threads_share_a_client_and_their_calls_run_at_the_same_time() -> None:
    waiting, everybody = [0], asyncio.Event()

    async def respond(request: httpx2.Request) -> dict[str, str]:
        waiting[0] += 1
        if waiting[0] == 8:
            everybody.set()
        await asyncio.wait_for(everybody.wait(), 20)
        return {"path": request.url.path}

    with signed_in(respond) as podio, concurrent.futures.ThreadPoolExecutor(8) as pool:
        paths = list(pool.map(lambda number: podio.request("GET", f"/item/{number}")["path"], range(8)))
    assert paths == [f"/item/{number}" for number in range(8)]


async def test_it_works_beside_a_running_loop_as_a_notebook_has_one() -> None:
    async def notebook() -> Any:
        with signed_in() as podio:
            return podio.request("GET", "/item/1")

    assert await notebook() == {"path": "/item/1"}


def test_an_error_is_the_asynchronous_ones_and_leads_back_to_no_secret() -> None:
    with client(lambda request: httpx2.Response(404, json={"error": "not_found"})) as podio:
        podio.set_access_token({**TOKEN})
        with pytest.raises(NotFound) as caught:
            podio.items.get(1)
        assert_nothing_leaks(caught.value, ("access-secret", "refresh-secret", "client-secret"))


def test_the_thread_ends_with_the_client() -> None:
    with signed_in() as podio:
        assert threads() == ["podio.sync"]
        podio.request("GET", "/item/1")
    assert threads() == []
    with pytest.raises(ConfigurationError, match="This client was closed"):
        podio.request("GET", "/item/1")
    podio.close()


def test_closing_closes_what_the_client_made_and_nothing_that_it_was_given() -> None:
    http_client = httpx2.AsyncClient(transport=transport(lambda request: {}))
    signed_in(http_client=http_client).close()
    assert not http_client.is_closed
    own = Podio("client", client_id="id")
    http = own._subject._http
    own.is_authenticated()
    own.close()
    assert http.is_closed


def test_a_client_that_nobody_closes_ends_its_thread_when_it_is_collected() -> None:
    podio = signed_in()
    (thread,) = (thread for thread in threading.enumerate() if thread.name == "podio.sync")
    del podio
    gc.collect()
    thread.join(20)
    assert not thread.is_alive()


def test_a_program_that_closes_nothing_ends_by_itself() -> None:
    program = (
        "import httpx2\n"
        "from podio.sync import Podio\n"
        "podio = Podio('client', client_id='id')\n"
        "print(podio.is_authenticated())\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    process = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, timeout=60, env=environment
    )
    assert (process.returncode, process.stdout, process.stderr) == (0, "False\n", "")


def test_parts_that_not_every_program_uses_are_imported_when_they_are_first_used() -> None:
    program = (
        "import inspect, sys\n"
        "from podio.sync import Podio\n"
        "late = ['podio._objects', 'podio._direct_sign_in', 'podio.model', 'podio.areas.items']\n"
        "assert not [name for name in late if name in sys.modules]\n"
        "assert list(inspect.signature(Podio.app).parameters) == ['self', 'app_id']\n"
        "assert 'podio._objects' in sys.modules and vars(Podio.__mro__[1])['app'] is Podio.app\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    process = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, env=environment
    )
    assert (process.returncode, process.stderr) == (0, "")


def test_a_closed_client_breaks_off_the_calls_of_other_threads() -> None:
    begun = threading.Event()

    async def respond(request: httpx2.Request) -> dict[str, str]:
        begun.set()
        await asyncio.Event().wait()
        return {}

    podio = signed_in(respond)
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        call = pool.submit(podio.request, "GET", "/item/1")
        assert begun.wait(20)
        podio.close()
        with pytest.raises(ConfigurationError, match="closed while the call ran"):
            call.result(20)


def test_ctrl_c_breaks_off_the_call_and_the_client_goes_on() -> None:
    cancelled = threading.Event()

    async def respond(request: httpx2.Request) -> dict[str, str]:
        if request.url.path == "/item/2":
            return {"path": "/item/2"}
        os.kill(os.getpid(), signal.SIGINT)
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()
        return {}

    # What is started in the background of a shell ignores Ctrl-C, and so would the tests.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with signed_in(respond) as podio:
        try:
            with pytest.raises(KeyboardInterrupt):
                podio.request("GET", "/item/1")
        finally:
            signal.signal(signal.SIGINT, before)
        assert cancelled.wait(20)
        assert podio.request("GET", "/item/2") == {"path": "/item/2"}


def test_an_iteration_is_left_early_by_with_and_goes_on_by_next() -> None:
    def respond(request: httpx2.Request) -> dict[str, Any]:
        return {"items": [{"item_id": number} for number in range(1, 4)], "filtered": 3, "total": 3}

    with signed_in(respond) as podio:
        items = podio.iterate_items(1)
        assert next(items)["item_id"] == 1
        assert [item["item_id"] for item in items] == [2, 3]
        with podio.iterate_items(1) as others:
            assert next(others)["item_id"] == 1
        assert str(others.cursor) == "1.3.1"
        assert list(others) == []
        with podio.stream_file({"file_id": 1, "link": "https://api.podio.com/file/1/raw"}) as chunks:
            assert next(chunks).startswith(b'{"items"')


def test_a_function_in_the_clients_own_thread_cant_call_it() -> None:
    refusals: list[str] = []

    def wait(_: Wait) -> None:
        try:
            podio.request("GET", "/item/2")
        except ConfigurationError as error:
            refusals.append(str(error))

    responses = [httpx2.Response(503), httpx2.Response(200, json={})]

    async def sleep(_: float) -> None:
        pass

    clock = Clock()
    with signed_in(
        lambda request: responses.pop(0),
        retry_policy=RetryPolicy(attempts=2, on_wait=wait),
        clock=_clock(clock, sleep),
    ) as podio:
        podio.request("GET", "/item/1")
    assert len(refusals) == 1
    assert "would wait for itself" in refusals[0]


def _clock(clock: Clock, sleep: Any) -> Any:
    from podio import Clock as LibraryClock

    return LibraryClock(now=clock, sleep=sleep)


def test_a_plain_hook_runs_in_a_thread_of_its_own_and_may_call_the_client() -> None:
    notes: list[Any] = []

    def note(session: Any) -> None:
        notes.append((threading.current_thread().name != "podio.sync", podio.request("GET", "/item/7")["path"]))

    with signed_in(after_token_refreshed=note) as podio:
        podio.renew()
    assert notes == [(True, "/item/7")]


def test_a_client_belongs_to_its_process() -> None:
    with signed_in() as podio:
        portal = podio._portal
        portal._process += 1  # as after a fork
        try:
            with pytest.raises(ConfigurationError, match="make one in each process"):
                podio.request("GET", "/item/1")
            podio._portal.close(lambda: pytest.fail("the other process's"))
        finally:
            portal._process -= 1
        podio.request("GET", "/item/1")


def test_what_a_client_shows_of_itself_holds_no_secret() -> None:
    podio = client()
    assert repr(podio) == "<podio.sync <Podio client_credentials 'id' at https://api.podio.com>>"
    assert podio.client_id == "id"
    assert podio.items == podio.items
    with pytest.raises(AttributeError, match="itmes"):
        getattr(podio, "itmes")  # noqa: B009  not to be found by a type checker here
    assert not hasattr(podio, "aclose")
    podio.on_session_change = print
    assert podio.on_session_change is print


async def test_a_call_that_is_given_up_before_it_begins_is_never_made() -> None:
    call = _Call(lambda: pytest.fail("given up"))
    call.cancel()
    assert await call() is None
