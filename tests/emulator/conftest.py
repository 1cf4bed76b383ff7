"""Emulators behind real sockets."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import httpx2
import pytest

from podio_emulator import create_app
from podio_emulator.serving import served
from tests.emulator.visitor import Clock, Visitor

# All is plain HTTP here; without this each client would read the machine's certificates, which takes 30 ms.
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


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
    visitor = visitors()
    visitor.sign_in()
    return visitor


@pytest.fixture
def grace(visitors: Callable[[], Visitor]) -> Visitor:
    visitor = visitors()
    visitor.sign_in("grace@example.com")
    return visitor


@pytest.fixture
def other_emulator() -> Iterator[Callable[..., Visitor]]:
    """Serve another emulator, made with the arguments given, and return a visitor to it."""
    with ExitStack() as stack:

        def make(**settings: Any) -> Visitor:
            url = stack.enter_context(served(create_app(**settings)))
            return Visitor(stack.enter_context(httpx2.Client(base_url=url, verify=NO_TLS)))

        yield make
