"""One emulator, reached in two ways: in process, and over HTTP. The same tests run on both.

Inside Pyodide, where there are no sockets, they run a third time, in process.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import httpx2
import pytest

import podio
from podio import Podio
from podio_emulator import create_app, ids
from podio_emulator.in_process import InProcessTransport
from tests.emulator.visitor import Clock

CONFIDENTIAL_CLIENT = {"client_id": ids.CONFIDENTIAL_CLIENT_ID, "client_secret": ids.CONFIDENTIAL_CLIENT_SECRET}
IN_PYODIDE = sys.platform == "emscripten"


class _Closing(Podio):
    """A client that closes the HTTP client that it was given as well, so that a test has one thing to close."""

    async def aclose(self) -> None:
        await super().aclose()
        await self._http.aclose()


@dataclass(kw_only=True)
class World:
    """A freshly reset emulator and the means to reach it.

    Attributes:
        url: Its address.
        clock: The time, of the emulator and of the clients.
        transport: Makes an HTTP transport to it.
        is_synchronous: Whether its clients are those of `podio.sync`, awaited.
    """

    url: str
    clock: Clock
    transport: Callable[[], httpx2.AsyncBaseTransport]
    is_synchronous: bool = False
    clients: list[httpx2.AsyncClient] = field(default_factory=list)

    def http(self, **options: Any) -> httpx2.AsyncClient:
        """Return an HTTP client of the emulator."""
        return httpx2.AsyncClient(transport=self.transport(), base_url=self.url, **options)

    def podio(self, auth_type: Any = "server", **options: Any) -> Podio:
        """Return a client of the library."""
        settings: dict[str, Any] = {
            **({"client_id": "workbench"} if auth_type == "client" else CONFIDENTIAL_CLIENT),
            "api_url": self.url,
            "authorize_url": f"{self.url}/oauth/authorize",
            "token_url": f"{self.url}/oauth/token",
            "http_client": self.http(),
            "clock": podio.Clock(now=self.clock),
            "allow_secret_in_page": IN_PYODIDE,
            **options,
        }
        if self.is_synchronous:
            from tests.library.synchronous import awaited_client

            return cast("Podio", awaited_client(auth_type, settings))
        return _Closing(auth_type, **settings)

    async def signed_in(self, mail: str = ids.ADA_MAIL, **options: Any) -> Podio:
        """Return a client that one of the sample company's users has signed in with the password."""
        podio = self.podio("password", **options)
        await podio.authenticate_with_credentials(mail, ids.PASSWORD)
        return podio

    async def requests(self) -> list[str]:
        """Return the requests to the emulator."""
        async with self.http() as http:
            return [f"{call['method']} {call['path']}" for call in (await http.get("/_emulator/requests")).json()]

    async def control(self, path: str, body: Any = None) -> None:
        """Post to one of the emulator's addresses for tests."""
        async with self.http() as http:
            (await http.post(f"/_emulator/{path}", json=body)).raise_for_status()

    async def waiting_hooks(self) -> list[dict[str, Any]]:
        """Return the hooks whose verification was requested, with the codes that Podio would have posted to them."""
        async with self.http() as http:
            return list((await http.get("/_emulator/hooks")).json())


@pytest.fixture(scope="session")
def http_emulator() -> Iterator[tuple[str, Clock]]:
    from podio_emulator.serving import served

    clock = Clock()
    with served(create_app(clock=clock)) as url:
        yield url, clock


@pytest.fixture(params=["in process"] if IN_PYODIDE else ["in process", "over HTTP", "by podio.sync"])
def world(request: pytest.FixtureRequest) -> World:
    """An emulator as new."""
    if request.param != "over HTTP":
        clock = Clock()
        app = create_app(clock=clock)
        is_synchronous = request.param == "by podio.sync"
        url = "http://127.0.0.1:8001"
        return World(url=url, clock=clock, transport=lambda: InProcessTransport(app), is_synchronous=is_synchronous)
    from tests.emulator.conftest import NO_TLS

    url, clock = request.getfixturevalue("http_emulator")
    httpx2.post(f"{url}/_emulator/reset", verify=NO_TLS, trust_env=False).raise_for_status()
    return World(url=url, clock=clock, transport=lambda: httpx2.AsyncHTTPTransport(verify=NO_TLS, trust_env=False))


@pytest.fixture
def open_world() -> World:
    """An emulator in process that sends users back to this site."""
    clock = Clock()
    app = create_app(clock=clock, redirect_uri_allowed=lambda uri: httpx2.URL(uri).host == "site.example")
    return World(url="http://127.0.0.1:8001", clock=clock, transport=lambda: InProcessTransport(app))
