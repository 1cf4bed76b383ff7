"""The address on this machine that a sign-in in the browser comes back to (RFC 8252, section 7.3).

It takes one answer: the first that has the sign-in's nonce (``state``). Whatever else comes is refused and changes
nothing, for any program and any page on this machine may send something here.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from contextlib import suppress
from types import TracebackType
from typing import NamedTuple, Self
from urllib.parse import parse_qs

from podio._cli.console import CommandError
from podio.authorization import RedirectAnswer

HOST = "127.0.0.1"
_LONGEST_REQUEST = 16 * 1024
_LONGEST_WAIT = 10.0
"""Seconds for a connection to send its request: browsers also open some that they send nothing on."""

_HEADERS = (
    "Content-Type: text/html; charset=utf-8\r\n"
    "Cache-Control: no-store\r\n"
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Connection: close\r\n"
)
_REASONS = {200: "OK", 400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed"}
_SIGNED_IN = "You are signed in. You may close this window."
_FAILED = "The sign-in failed. The terminal says why; you may close this window."
_UNKNOWN = "This is no answer to the sign-in that is waited for."

Accept = Callable[[RedirectAnswer], Awaitable[None]]
"""Takes the answer; raises where nobody is signed in by it."""


class _Reply(NamedTuple):
    """What the browser gets; `is_outcome`: it ends the wait, with `error` where the sign-in failed."""

    status: int
    text: str
    is_outcome: bool = False
    error: Exception | None = None


class LoopbackListener:
    """Listens on a port of this machine for the answer to one sign-in.

    Args:
        port: The port; 0 takes a free one.
    """

    def __init__(self, port: int = 0) -> None:
        self._port = port
        self._state = ""
        self._accept: Accept | None = None
        self._patience: asyncio.Timeout | None = None
        self._outcome: asyncio.Future[None] | None = None
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        """Listen.

        Raises:
            CommandError: The port is in use.
        """
        try:
            self._server = await asyncio.start_server(self._connected, HOST, self._port, limit=_LONGEST_REQUEST)
        except OSError as error:
            reason = error.strerror or str(error)
            raise CommandError(f"Port {self._port} can't be used ({reason}). Name another one: --port PORT") from None
        self._port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stop listening."""
        if self._server is not None:
            self._server.close()

    @property
    def url(self) -> str:
        """The redirect URI."""
        return f"http://{HOST}:{self._port}/"

    async def answer(self, state: str, accept: Accept, *, seconds: float) -> None:
        """Wait for the answer with this state, and hand it to `accept`, once.

        Raises:
            CommandError: when none came in time.
            Exception: what `accept` raises.
        """
        self._outcome = asyncio.get_running_loop().create_future()
        self._state, self._accept = state, accept
        try:
            async with asyncio.timeout(seconds) as self._patience:
                await self._outcome
        except TimeoutError:
            raise CommandError(f"Nobody signed in within {seconds / 60:.0f} minutes. Try again.") from None
        finally:
            self._accept = None

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        reply = None
        try:
            reply = await self._reply(reader)
            body = f'<!DOCTYPE html><html lang="en"><title>Podio</title><p>{reply.text}</p></html>\n'.encode()
            head = f"HTTP/1.1 {reply.status} {_REASONS[reply.status]}\r\n{_HEADERS}Content-Length: {len(body)}\r\n\r\n"
            writer.write(head.encode() + body)
            await writer.drain()
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # whoever it was has gone, or sends what no browser sends
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()
            # Only now, or the program would end before the browser has its page.
            if reply is not None and reply.is_outcome:
                self._settle(reply.error)

    async def _reply(self, reader: asyncio.StreamReader) -> _Reply:
        async with asyncio.timeout(_LONGEST_WAIT):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        request_line, *fields = head.split("\r\n")
        method, _, rest = request_line.partition(" ")
        path, _, query = rest.partition(" ")[0].partition("?")
        pairs = (field.partition(":") for field in fields)
        hosts = [value.strip() for name, _, value in pairs if name.lower() == "host"]
        if hosts != [f"{HOST}:{self._port}"]:
            return _Reply(400, _UNKNOWN)  # a name that somebody points at this machine (DNS rebinding)
        if path != "/":
            return _Reply(404, _UNKNOWN)
        if method != "GET":
            return _Reply(405, _UNKNOWN)
        return await self._accepted(query)

    async def _accepted(self, query: str) -> _Reply:
        states = parse_qs(query).get("state", [])
        accept = self._accept
        if accept is None or len(states) != 1 or not hmac.compare_digest(states[0].encode(), self._state.encode()):
            return _Reply(400, _UNKNOWN)
        self._accept = None
        if self._patience is not None:
            self._patience.reschedule(None)  # the answer is here; what remains takes as long as Podio does
        try:
            await accept(RedirectAnswer(query=query, url=self.url))
        except Exception as error:  # whatever it is, the command reports it
            return _Reply(200, _FAILED, is_outcome=True, error=error)
        return _Reply(200, _SIGNED_IN, is_outcome=True)

    def _settle(self, error: Exception | None) -> None:
        if self._outcome is None or self._outcome.done():
            return
        if error is None:
            self._outcome.set_result(None)
        else:
            self._outcome.set_exception(error)
