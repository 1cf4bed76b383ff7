"""The address on this machine that a sign-in comes back to."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

if sys.platform == "emscripten":
    pytest.skip("a page has no sockets", allow_module_level=True)

from podio._cli.console import CommandError
from podio._cli.loopback import LoopbackListener
from podio.authorization import RedirectAnswer

STATE = "s3cret-state"
Work = Callable[[LoopbackListener, list[RedirectAnswer]], Awaitable[Any]]


async def send(listener: LoopbackListener, request: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(listener.url.rstrip("/").rpartition(":")[2]))
    writer.write(request)
    await writer.drain()
    try:
        return await asyncio.wait_for(reader.read(), 20)
    finally:
        writer.close()


def get(listener: LoopbackListener, query: str) -> bytes:
    host = listener.url.removeprefix("http://").rstrip("/")
    return f"GET /?{query} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()


async def listen(work: Work, *, error: Exception | None = None, seconds: float = 30) -> list[RedirectAnswer]:
    """Wait for the answer while `work` sends things; return what was accepted."""
    answers: list[RedirectAnswer] = []

    async def accept(answer: RedirectAnswer) -> None:
        answers.append(answer)
        if error is not None:
            raise error

    async with LoopbackListener() as listener:
        waiting = asyncio.ensure_future(listener.answer(STATE, accept, seconds=seconds))
        await asyncio.sleep(0)
        await work(listener, answers)
        await waiting
    return answers


async def test_the_first_answer_with_the_nonce_is_accepted_and_no_second_one() -> None:
    async def work(listener: LoopbackListener, answers: list[RedirectAnswer]) -> None:
        replies = await asyncio.gather(*(send(listener, get(listener, f"code=c{n}&state={STATE}")) for n in range(5)))
        assert sorted(reply.split(b" ")[1] for reply in replies) == [b"200", b"400", b"400", b"400", b"400"]

    (answer,) = await listen(work)
    assert answer.query.endswith(f"&state={STATE}")
    assert answer.fragment == ""


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"GET /?code=c&state=%s HTTP/1.1\r\n\r\n" % STATE.encode(),
        b"GET /?code=c&state=%s HTTP/1.1\r\nHost: evil.example\r\n\r\n" % STATE.encode(),
        b"nonsense\r\n\r\n",
        b"\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET /?state=%ff%fe&code=\xff HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /" + b"x" * 70_000 + b" HTTP/1.1\r\n\r\n",
        b"",
    ],
)
async def test_whatever_else_comes_changes_nothing(request_bytes: bytes) -> None:
    async def work(listener: LoopbackListener, answers: list[RedirectAnswer]) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(listener.url.rstrip("/").rpartition(":")[2]))
        writer.write(request_bytes)
        writer.write_eof()
        reply = await asyncio.wait_for(reader.read(), 20)
        writer.close()
        assert b" 200 " not in reply.partition(b"\r\n")[0]
        assert answers == []
        assert b" 200 " in await send(listener, get(listener, f"code=c&state={STATE}"))

    assert len(await listen(work)) == 1


@pytest.mark.parametrize(
    "query", ["", "state=", "state=x", f"state={STATE}x", f"state={STATE}&state={STATE}", "state=%C3%A9"]
)
async def test_an_answer_without_the_nonce_is_refused(query: str) -> None:
    async def work(listener: LoopbackListener, answers: list[RedirectAnswer]) -> None:
        assert b" 400 " in (await send(listener, get(listener, f"code=c&{query}"))).partition(b"\r\n")[0]
        assert answers == []
        await send(listener, get(listener, f"state={STATE}"))

    await listen(work)


async def test_the_page_holds_nothing_of_the_answer_and_is_not_kept() -> None:
    async def work(listener: LoopbackListener, answers: list[RedirectAnswer]) -> None:
        reply = await send(listener, get(listener, f"code=%3Cscript%3E&state={STATE}"))
        head, _, body = reply.partition(b"\r\n\r\n")
        assert b"script" not in body
        assert b"Cache-Control: no-store" in head
        assert b"default-src 'none'" in head
        assert b"Referrer-Policy: no-referrer" in head

    await listen(work)


async def test_a_failed_sign_in_is_reported_to_the_browser_and_raised() -> None:
    async def work(listener: LoopbackListener, answers: list[RedirectAnswer]) -> None:
        reply = await send(listener, get(listener, f"code=c&state={STATE}"))
        assert b"The sign-in failed" in reply
        assert b"refused by Podio" not in reply

    with pytest.raises(ValueError, match="refused by Podio"):
        await listen(work, error=ValueError("refused by Podio"))


async def test_nobody_is_waited_for_longer_than_the_time_that_was_set() -> None:
    async def work(listener: LoopbackListener, answers: list[RedirectAnswer]) -> None:
        pass

    with pytest.raises(CommandError, match="Nobody signed in"):
        await listen(work, seconds=0.01)


async def test_an_answer_that_came_in_time_may_take_long_to_be_accepted() -> None:
    async def accept(answer: RedirectAnswer) -> None:
        assert listener._patience is not None
        assert listener._patience.when() is None

    async with LoopbackListener() as listener:
        waiting = asyncio.ensure_future(listener.answer(STATE, accept, seconds=30))
        await asyncio.sleep(0)
        assert b"You are signed in" in await send(listener, get(listener, f"state={STATE}"))
        await waiting


async def test_a_listener_is_on_this_machine_alone() -> None:
    async with LoopbackListener() as listener:
        assert listener._server is not None
        assert {socket.getsockname()[0] for socket in listener._server.sockets} == {"127.0.0.1"}
