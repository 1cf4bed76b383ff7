"""The pytest plugin: the fixture `podio_server`, a Podio as new for each test.

pytest loads it by its entry point in every project that has the package installed, so it imports nothing before a test
wants the fixture.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from podio_emulator.server import PodioServer


@pytest.fixture
def podio_server_options() -> dict[str, Any]:
    """Options of `podio_emulator.create_app` for the server; a test module or conftest.py may have its own."""
    return {}


@pytest.fixture(scope="session")
def _podio_servers() -> Iterator[list[tuple[dict[str, Any], PodioServer]]]:
    """Servers by their options, which stay for the session: starting one takes longer than a test."""
    servers: list[tuple[dict[str, Any], PodioServer]] = []
    yield servers
    for _, server in servers:
        server.close()


@pytest.fixture
def podio_server(
    podio_server_options: dict[str, Any], _podio_servers: list[tuple[dict[str, Any], PodioServer]]
) -> PodioServer:
    """A Podio to test against, as new: the sample data, a clock that goes with the machine's, and no faults."""
    from podio_emulator.server import PodioServer

    for options, server in _podio_servers:
        if options == podio_server_options:
            server.reset()
            return server
    server = PodioServer(**podio_server_options)
    _podio_servers.append((podio_server_options, server))
    return server
