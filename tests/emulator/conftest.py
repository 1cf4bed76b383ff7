"""Emulators behind real sockets, each served by uvicorn in a thread of its own."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import httpx2
import pytest
import uvicorn

from podio_emulator import create_app
from tests.emulator.visitor import Clock, Visitor

# All is plain HTTP here; without this each client would read the machine's certificates, which takes 30 ms.
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@contextmanager
def served(app: Any) -> Iterator[str]:
    # Named as TCP, or asyncio leaves Nagle's algorithm on and every answer takes 40 ms.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        # From here on connections queue, so that nobody needs to wait until the server has started.
        listener.listen()
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="session")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def server_url(clock: Clock) -> Iterator[str]:
    with served(create_app(clock=clock)) as url:
        yield url


@pytest.fixture
def visitors(server_url: str, clock: Clock) -> Iterator[Callable[[], Visitor]]:
    """Make visitors to a freshly reset emulator, each with a cookie jar; its clock is where it began."""
    clock.now = Clock.now
    with ExitStack() as stack:

        def make() -> Visitor:
            return Visitor(stack.enter_context(httpx2.Client(base_url=server_url, verify=NO_TLS)))

        make().client.post("/_emulator/reset")
        yield make


@pytest.fixture
def visitor(visitors: Callable[[], Visitor]) -> Visitor:
    """Somebody who isn't signed in."""
    return visitors()


@pytest.fixture
def ada(visitors: Callable[[], Visitor]) -> Visitor:
    person = visitors()
    person.sign_in()
    return person


@pytest.fixture
def grace(visitors: Callable[[], Visitor]) -> Visitor:
    person = visitors()
    person.sign_in("grace@example.com")
    return person


@pytest.fixture
def other_emulator() -> Iterator[Callable[..., Visitor]]:
    """Serve another emulator, made with the arguments given, and return a visitor to it."""
    with ExitStack() as stack:

        def make(**settings: Any) -> Visitor:
            url = stack.enter_context(served(create_app(**settings)))
            return Visitor(stack.enter_context(httpx2.Client(base_url=url, verify=NO_TLS)))

        yield make
