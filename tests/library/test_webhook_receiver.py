"""Webhooks from the emulator to a site: registered, verified, received, handled once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlencode

import httpx2
import pytest
from starlette.applications import Starlette

from podio import ConfigurationError, Podio, StorageError
from podio.starlette import webhook_route
from podio.webhook_receiver import VERIFICATION_TIME, VERIFICATION_TRIES, LocalWebhookMemory, WebhookReceiver
from podio.webhooks import MAX_BODY, ItemEvent
from podio_emulator import create_app, ids
from podio_emulator.hook_delivery import HookAddress
from tests.emulator.visitor import Clock
from tests.library.conftest import CONFIDENTIAL_CLIENT, IN_PYODIDE

EMULATOR, SITE = "http://127.0.0.1:8001", "http://localhost:9000"
PATH = "/podio-hooks"
SECRET = "s" * 43
FORM = {"content-type": "application/x-www-form-urlencoded"}
ITEM = {"type": "item.update", "item_id": "31001", "item_revision_id": "1", "external_id": ""}


class Place:
    """An emulator and a site that receives its webhooks, in one process."""

    def __init__(self) -> None:
        self.handled: list[Any] = []
        self.handle: Callable[[Any], Awaitable[object]] | None = None
        self.delivered = asyncio.Condition()
        self.delivers = True
        self.statuses: list[int] = []

    async def start(self, **options: Any) -> None:
        emulator = create_app(clock=Clock(), post_hook=self._post)
        self.podio_http = httpx2.AsyncClient(transport=httpx2.ASGITransport(emulator))
        self.podio = Podio(
            "app",
            api_url=EMULATOR,
            token_url=f"{EMULATOR}/oauth/token",
            http_client=self.podio_http,
            allow_secret_in_page=IN_PYODIDE,
            **CONFIDENTIAL_CLIENT,
        )
        await self.podio.authenticate_with_app(ids.CLIENTS_APP_ID, ids.CLIENTS_APP_TOKEN)
        self.receiver = WebhookReceiver(self.podio, self._handle, url=SITE + PATH, secret=SECRET, **options)
        site = Starlette(routes=[webhook_route(self.receiver)])
        self.site = httpx2.AsyncClient(transport=httpx2.ASGITransport(site), base_url=SITE)

    async def stop(self) -> None:
        await self.receiver.aclose()
        await self.site.aclose()
        await self.podio_http.aclose()

    async def _handle(self, event: Any) -> None:
        if self.handle is not None:
            await self.handle(event)
        self.handled.append(event)

    async def _post(self, address: HookAddress, body: bytes) -> int:
        """Deliver what the emulator posts."""
        status = 0
        if self.delivers:
            response = await self.site.post(f"http://{address.authority}{address.path}", content=body, headers=FORM)
            status = response.status_code
        async with self.delivered:
            self.statuses.append(status)
            self.delivered.notify_all()
        return status

    async def until_delivered(self, count: int) -> None:
        async with self.delivered:
            await self.delivered.wait_for(lambda: len(self.statuses) >= count)
        await self.settled()

    async def settled(self) -> None:
        """Wait until what was received is handled."""
        await self.receiver.aclose(patience=60)

    async def post(self, form: dict[str, str] | None = None, *, secret: str = SECRET, **options: Any) -> int:
        options = {"headers": FORM} | options
        content = options.pop("content", urlencode(form or {}).encode())
        return (await self.site.post(f"{PATH}/{secret}", content=content, **options)).status_code

    async def status(self) -> dict[int, str]:
        return {hook["hook_id"]: hook["status"] for hook in await self.podio.hooks.get_all("app", ids.CLIENTS_APP_ID)}

    async def calls(self, path: str) -> int:
        requests = (await self.podio_http.get(f"{EMULATOR}/_emulator/requests")).json()
        return sum(path in call["path"] for call in requests)


@asynccontextmanager
async def place(**options: Any) -> AsyncIterator[Place]:
    here = Place()
    await here.start(**options)
    try:
        yield here
    finally:
        await here.stop()


async def register(here: Place, event: str = "item.update") -> int:
    """Register a hook and wait until it is active: its code comes when it is made, and when it is requested."""
    before = len(here.statuses)
    hook_id = await here.receiver.register("app", ids.CLIENTS_APP_ID, event)
    await here.until_delivered(before + 2)
    assert (await here.status())[hook_id] == "active"
    return hook_id


async def test_a_hook_is_registered_verified_and_received_and_the_handler_reads_the_item_from_podio() -> None:
    async with place() as here:
        titles = []

        async def read(event: ItemEvent) -> None:
            titles.append((await here.podio.items.get(event.item_id))["title"])

        here.handle = read
        await register(here)
        await here.podio.items.update(ids.CLIENT_ITEM_ID, body={"fields": {"name": "Renamed"}})
        await here.until_delivered(3)
        assert here.statuses == [200, 200, 200]
        assert titles == ["Renamed"]
        (event,) = here.handled
        assert (event.type, event.item_id, event.revision) == ("item.update", ids.CLIENT_ITEM_ID, 1)


async def test_registering_again_makes_no_second_hook_and_verifies_one_that_is_not() -> None:
    async with place() as here:
        here.delivers = False
        first = await here.receiver.register("app", ids.CLIENTS_APP_ID, "item.update")
        await here.until_delivered(2)
        assert await here.status() == {first: "inactive"}
        here.delivers = True
        assert await here.receiver.register("app", ids.CLIENTS_APP_ID, "item.update") == first
        await here.until_delivered(3)
        assert await here.status() == {first: "active"}
        assert await here.receiver.register("app", ids.CLIENTS_APP_ID, "item.update") == first
        other = await here.receiver.register("app", ids.CLIENTS_APP_ID, "item.create")
        assert set(await here.status()) == {first, other}
        assert await here.calls("verify/request") == 3
        await here.until_delivered(5)


# Who may post what


@pytest.mark.parametrize("secret", ["t" * 43, "s" * 42, "s" * 44, "S" * 43, "s", "%C3%BC", "%00", "ü" * 43])
async def test_another_secret_is_an_unknown_address(secret: str) -> None:
    async with place() as here:
        response = await here.site.post(f"{PATH}/{secret}", content=urlencode({**ITEM, "hook_id": "7"}))
        unknown = await here.site.post("/nothing/here")
        assert (response.status_code, response.text) == (404, unknown.text)
        await here.settled()
        assert here.handled == []


async def test_only_forms_are_taken_and_only_by_post() -> None:
    async with place() as here:
        form = {**ITEM, "hook_id": "7"}
        assert await here.post(form, headers={"content-type": "application/json"}) == 415
        assert await here.post(form, headers={"content-type": "multipart/form-data; boundary=x"}) == 415
        assert (await here.site.get(f"{PATH}/{SECRET}")).status_code == 405
        assert (
            await here.post(form, headers={"content-type": "Application/X-WWW-Form-UrlEncoded; charset=UTF-8"}) == 200
        )
        assert await here.post({"type": "item.update"}) == 400
        assert await here.post(content=b'{"type": "item.update"}') == 400


async def test_a_body_of_more_than_64_kilobytes_is_refused_also_where_it_does_not_say_its_length() -> None:
    async with place() as here:
        body = urlencode({**ITEM, "hook_id": "7", "more": ""}).encode()
        largest = body + b"a" * (MAX_BODY - len(body))

        async def chunks(content: bytes) -> AsyncIterator[bytes]:
            for start in range(0, len(content), 1000):
                yield content[start : start + 1000]

        assert await here.post(content=largest) == 200
        assert await here.post(content=largest + b"a") == 413
        assert await here.post(content=chunks(largest)) == 200
        assert await here.post(content=chunks(largest + b"a")) == 413
        assert await here.post(content=b"x", headers={**FORM, "content-length": "9" * 4000}) == 413


async def test_a_verification_that_nobody_here_requested_reaches_podio_with_no_code() -> None:
    async with place() as here:
        created = await here.podio.hooks.create(
            "app", ids.CLIENTS_APP_ID, body={"url": f"{SITE}{PATH}/{SECRET}", "type": "item.update"}
        )
        await here.until_delivered(1)
        assert here.statuses == [200]
        assert await here.post({"type": "hook.verify", "hook_id": "4711", "code": "x"}) == 200
        await here.settled()
        assert await here.calls("verify/validate") == 0
        assert await here.status() == {created["hook_id"]: "inactive"}


async def test_a_hook_that_is_active_is_verified_no_more() -> None:
    async with place() as here:
        hook_id = await register(here)
        before = await here.calls("verify/validate")
        await here.post({"type": "hook.verify", "hook_id": str(hook_id), "code": "x"})
        await here.settled()
        assert await here.calls("verify/validate") == before


async def test_wrong_codes_use_up_a_few_tries_and_no_more(caplog: pytest.LogCaptureFixture) -> None:
    async with place() as here:
        here.delivers = False
        hook_id = await here.receiver.register("app", ids.CLIENTS_APP_ID, "item.update")
        for number in range(VERIFICATION_TRIES + 3):
            await here.post({"type": "hook.verify", "hook_id": str(hook_id), "code": f"wrong-{number}"})
            await here.settled()
        assert await here.calls("verify/validate") == VERIFICATION_TRIES
    assert "wrong-" not in caplog.text


async def test_a_wrong_code_does_not_keep_the_right_one_from_counting() -> None:
    async with place() as here:
        here.delivers = False
        hook_id = await here.receiver.register("app", ids.CLIENTS_APP_ID, "item.update")
        await here.post({"type": "hook.verify", "hook_id": str(hook_id), "code": "wrong"})
        await here.settled()
        (waiting,) = (await here.podio_http.get(f"{EMULATOR}/_emulator/hooks")).json()
        await here.post({"type": "hook.verify", "hook_id": str(hook_id), "code": waiting["code"]})
        await here.settled()
        assert await here.status() == {hook_id: "active"}


async def test_a_verification_is_pending_for_an_hour() -> None:
    clock = Clock()
    memory = LocalWebhookMemory(clock=clock)
    await memory.expect(7)
    clock.now += VERIFICATION_TIME - 1
    assert await memory.take_try(7)
    clock.now += 2
    assert not await memory.take_try(7)


# Behind the response, and once


async def test_the_response_does_not_wait_for_the_handler_and_the_handlers_keep_the_order() -> None:
    async with place() as here:
        may_go_on = asyncio.Event()
        here.handle = lambda _: may_go_on.wait()
        for revision in ("1", "2", "3"):
            assert await here.post({**ITEM, "hook_id": "7", "item_revision_id": revision}) == 200
        assert here.handled == []
        may_go_on.set()
        await here.settled()
        assert [event.revision for event in here.handled] == [1, 2, 3]


async def test_a_repeat_is_handled_once_while_it_waits_and_after() -> None:
    async with place() as here:
        for _ in range(3):
            assert await here.post({**ITEM, "hook_id": "7"}) == 200
        await here.settled()
        assert await here.post({**ITEM, "hook_id": "7"}) == 200
        assert await here.post({**ITEM, "hook_id": "7", "external_id": "named since"}) == 200
        await here.settled()
        assert len(here.handled) == 1
        await here.post({**ITEM, "hook_id": "7", "item_revision_id": "2"})
        await here.settled()
        assert len(here.handled) == 2


async def test_equal_events_without_a_number_are_one_while_they_wait_and_two_once_the_first_is_being_handled() -> None:
    async with place() as here:
        began, may_go_on = asyncio.Event(), asyncio.Event()

        async def handle(event: object) -> None:
            began.set()
            await may_go_on.wait()

        here.handle = handle
        update = {"type": "task.update", "hook_id": "7", "task_id": "5"}
        assert await here.post(update) == 200
        await began.wait()
        # What is being handled may have read the task before this came; two more are read as one.
        assert [await here.post(update) for _ in range(3)] == [200, 200, 200]
        may_go_on.set()
        await here.settled()
        assert len(here.handled) == 2


async def test_a_handler_that_fails_is_logged_and_a_repeat_is_handled_again(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "podio.webhooks"):
        async with place() as here:
            failures = iter([ValueError("the handler's own")])

            async def handle(event: object) -> None:
                for failure in failures:
                    raise failure

            here.handle = handle
            assert await here.post({**ITEM, "hook_id": "7"}) == 200
            await here.settled()
            assert here.handled == []
            assert await here.post({**ITEM, "hook_id": "7"}) == 200
            await here.settled()
            assert len(here.handled) == 1
    assert "item.update of hook 7" in caplog.text
    assert "the handler's own" in caplog.text
    assert SECRET not in caplog.text


async def test_beyond_what_may_wait_podio_has_to_come_again() -> None:
    async with place(most_waiting=2) as here:
        may_go_on = asyncio.Event()
        here.handle = lambda _: may_go_on.wait()
        statuses = [await here.post({**ITEM, "hook_id": "7", "item_revision_id": str(n)}) for n in range(3)]
        assert statuses == [200, 200, 503]
        may_go_on.set()
        await here.settled()
        assert await here.post({**ITEM, "hook_id": "7", "item_revision_id": "2"}) == 200


async def test_several_are_handled_at_once_where_that_is_wanted() -> None:
    async with place(at_once=2) as here:
        both = asyncio.Barrier(2)
        here.handle = lambda _: both.wait()
        for revision in ("1", "2"):
            await here.post({**ITEM, "hook_id": "7", "item_revision_id": revision})
        await here.settled()
        assert len(here.handled) == 2


async def test_closing_gives_up_what_takes_too_long() -> None:
    async with place() as here:
        here.handle = lambda _: asyncio.Event().wait()
        await here.post({**ITEM, "hook_id": "7"})
        await here.receiver.aclose(patience=0.01)
        assert here.handled == []


class DeadMemory(LocalWebhookMemory):
    async def is_new(self, identity: str) -> bool:
        raise StorageError("The memory can't be reached.")

    forget = is_new  # type: ignore[assignment]


async def test_a_memory_that_fails_costs_no_event() -> None:
    async with place(memory=DeadMemory()) as here:
        await here.post({**ITEM, "hook_id": "7"})
        await here.settled()
        assert len(here.handled) == 1


async def test_the_memory_keeps_the_newest_events() -> None:
    memory = LocalWebhookMemory()
    assert await memory.is_new("first")
    for number in range(9_999):
        assert await memory.is_new(str(number))
    assert not await memory.is_new("first")
    assert await memory.is_new("one more")
    assert await memory.is_new("0")
    assert not await memory.is_new("first")


# Options


@pytest.mark.parametrize(
    "options",
    [
        {"secret": "short"},
        {"secret": "s" * 42 + "/"},
        {"secret": "s" * 42 + "\n"},
        {"secret": "ü" * 43},
        {"url": "https://you.example/hooks?x=1"},
        {"url": "https://you.example/hooks#x"},
        {"url": "https://you.example:8443/hooks"},
        {"url": "http://you.example/hooks"},
        {"url": "https://a@you.example/hooks"},
        {"url": "https://you.example/{hooks}"},
        {"url": "/hooks"},
        {"url": "https://you.example:x/hooks"},
        {"at_once": 0},
        {"most_waiting": 0},
    ],
)
async def test_a_wrong_option_is_refused_and_the_secret_not_repeated(options: dict[str, Any]) -> None:
    podio = Podio("client", client_id="workbench")
    good = {"url": "https://you.example/hooks", "secret": SECRET}

    async def handle(event: object) -> None:
        pass

    with pytest.raises(ConfigurationError) as caught:
        WebhookReceiver(podio, handle, **{**good, **options})
    assert "ssss" not in str(caught.value)
    assert SECRET not in repr(WebhookReceiver(podio, handle, **good))
    await podio.aclose()


async def test_podios_refusal_of_the_address_does_not_repeat_the_secret() -> None:
    async with place() as here:
        words = f"Invalid value {SITE}{PATH}/{SECRET} (string)"
        fault = {"path": "/hook/", "method": "POST", "status": 400, "times": 1}
        body = {"error": "invalid_value", "error_description": words}
        await here.podio_http.post(f"{EMULATOR}/_emulator/faults", json=[fault | {"body": body}])
        with pytest.raises(ConfigurationError) as caught:
            await here.receiver.register("app", ids.CLIENTS_APP_ID, "item.update")
        assert SECRET not in str(caught.value)
        assert caught.value.__context__ is None
