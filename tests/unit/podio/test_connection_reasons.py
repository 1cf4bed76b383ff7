"""Why no response came: distinguished, in an attribute and in words, with real sockets where that needs no network."""

from __future__ import annotations

import asyncio
import socket
import sys
from typing import Any

import httpx2
import pytest

from podio import Podio, errors
from podio._connection_reasons import BrowserOffline, connection_error
from podio.session import MemoryStore
from tests.unit.podio.fakes import session_of

if sys.platform == "emscripten":
    pytest.skip("a page has no sockets and is not told why a connection failed", allow_module_level=True)

import ssl


def caused(error: httpx2.TransportError, cause: BaseException) -> httpx2.TransportError:
    error.__cause__ = cause
    return error


def not_verified() -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed: self-signed certificate")
    error.verify_message = "self-signed certificate"
    return error


@pytest.mark.parametrize(
    ("raised", "reason", "words", "may_have_been_sent"),
    [
        (caused(httpx2.ConnectError("x"), socket.gaierror(-2, "unknown")), "dns", "DNS", False),
        (caused(httpx2.ConnectError("x"), ConnectionRefusedError()), "refused", "refused", False),
        (
            caused(httpx2.ConnectError("x"), ExceptionGroup("all", [OSError("no route"), ConnectionRefusedError()])),
            "refused",
            "refused",
            False,
        ),
        (caused(httpx2.ConnectError("x"), not_verified()), "certificate", "self-signed certificate", False),
        (caused(httpx2.ConnectError("x"), ssl.SSLError(1, "wrong version")), "tls", "TLS", False),
        (caused(httpx2.ReadError("x"), ssl.SSLError(1, "bad record")), "tls", "TLS", True),
        (httpx2.ConnectError("x"), "unreachable", "no connection", False),
        (httpx2.ProxyError("x"), "proxy", "proxy", False),
        (BrowserOffline("x"), "offline", "offline", False),
        (httpx2.ConnectTimeout("x"), "connect_timeout", "no connection within", False),
        (httpx2.PoolTimeout("x"), "pool_timeout", "too many calls", False),
        (httpx2.WriteTimeout("x"), "write_timeout", "take in", True),
        (httpx2.ReadTimeout("x"), "read_timeout", "answer in time", True),
        (httpx2.ReadError("x"), "broken", "broke off", True),
        (httpx2.RemoteProtocolError("x"), "broken", "broke off", True),
        (httpx2.LocalProtocolError("x"), "unknown", "could not be reached", True),
        (httpx2.UnsupportedProtocol("x"), "unknown", "could not be reached", False),
    ],
)
def test_each_cause_has_its_reason_and_its_words(
    raised: httpx2.TransportError, reason: str, words: str, may_have_been_sent: bool
) -> None:
    error = connection_error(raised)
    assert (error.reason, error.may_have_been_sent) == (reason, may_have_been_sent)
    assert words in str(error)
    assert isinstance(error, errors.RequestTimedOut) is reason.endswith("timeout")


async def failing_call(api_url: str) -> errors.ConnectionFailed:
    store = MemoryStore()
    store.set(session_of("token", 2e12), "client")
    async with Podio(client_id="workbench", session_store=store, api_url=api_url, http_client=None) as podio:
        with pytest.raises(errors.ConnectionFailed) as caught:
            await podio.request("GET", "/item/1")
    return caught.value


async def test_a_port_that_nobody_listens_on_refused() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    error = await failing_call(f"http://127.0.0.1:{port}")
    assert (error.reason, error.method, error.path) == ("refused", "GET", "/item/1")


async def test_a_name_that_nobody_knows_is_one_of_dns(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: Any, **__: Any) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert (await failing_call("https://api.example")).reason == "dns"


async def test_a_host_that_speaks_no_tls_is_distinguished() -> None:
    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 no\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(plain, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        assert (await failing_call(f"https://127.0.0.1:{port}")).reason == "tls"
