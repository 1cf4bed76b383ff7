"""Push: listening, coming back, renewing the permission, giving up; against a push service of a few lines."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from typing import Any
from urllib.parse import parse_qs

import httpx2
import pytest

from podio import Podio, errors
from podio._push import PushEvent, PushState
from podio._push_connection import permission_of
from tests.unit.podio.fakes import Clock, Page

PUSH = "https://push.example/faye"


class Service:
    """A push service that knows one good signature for each channel, and answers a connect at once."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.signature = "good"
        self.clients = 0
        self.known: set[str] = set()
        self.said: list[dict[str, Any]] = []
        self.events: list[Any] = []
        self.answers: list[Any] = []
        self.read: list[str] = []
        self.advice: dict[str, Any] = {"reconnect": "retry", "interval": 0, "timeout": 45_000}
        self.headers: list[httpx2.Headers] = []
        self.on_connect: Callable[[], None] | None = None

    def push_object(self, channel: str = "/item/1", *, expires_in: int = 21600) -> dict[str, Any]:
        return {
            "channel": channel,
            "signature": self.signature,
            "timestamp": int(self.clock.now),
            "expires_in": expires_in,
        }

    async def handle(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.host == "api.example":
            self.read.append(str(request.url.raw_path, "ascii") if isinstance(request.url.raw_path, bytes) else "")
            return httpx2.Response(200, json={"item_id": 1, "push": self.push_object()})
        self.headers.append(request.headers)
        messages = json.loads(parse_qs(request.content.decode())["message"][0])
        self.said += messages
        if self.answers:
            answer = self.answers.pop(0)
            if isinstance(answer, Exception):
                raise answer
            return answer if isinstance(answer, httpx2.Response) else httpx2.Response(200, json=answer)
        return httpx2.Response(200, json=[reply for message in messages for reply in self.replies(message)])

    def replies(self, message: dict[str, Any]) -> list[Any]:
        channel = message["channel"]
        reply = {"channel": channel, "successful": True, "id": message["id"]}
        if channel == "/meta/handshake":
            self.clients += 1
            self.known.add(f"client-{self.clients}")
            return [reply | {"clientId": f"client-{self.clients}", "advice": self.advice}]
        if message["clientId"] not in self.known:
            return [reply | {"successful": False, "error": "401::Unknown client", "advice": {"reconnect": "handshake"}}]
        if channel == "/meta/subscribe":
            good = message["ext"]["private_pub_signature"] == self.signature
            reply["subscription"] = message["subscription"]
            return [reply if good else reply | {"successful": False, "error": "Incorrect signature."}]
        if channel == "/meta/connect":
            self.clock.now += 10
            if self.on_connect is not None:
                self.on_connect()
            events, self.events = self.events, []
            return [reply, *events]
        return [reply]

    def spoken(self) -> list[str]:
        return [message["channel"].removeprefix("/meta/") for message in self.said]


class World:
    """A signed-in client, its push service, and what was reported of the connection."""

    def __init__(self) -> None:
        page = Page()
        self.clock = page.clock
        self.service = Service(page.clock)
        self.states: list[PushState] = []
        self.podio = Podio(
            client_id="workbench",
            session_store=page.store,
            api_url="https://api.example",
            push_url=PUSH,
            http_client=httpx2.AsyncClient(transport=httpx2.MockTransport(self.service.handle)),
            clock=page.clock.option,
        )

    def push(self, *objects: Any, **options: Any) -> AsyncIterator[PushEvent]:
        answers = objects or ({"item_id": 1, "push": self.service.push_object()},)
        return self.podio.push(*answers, on_state=self.states.append, random=lambda: 1.0, **options)


def event(name: str, channel: str = "/item/1") -> dict[str, Any]:
    return {"channel": channel, "data": {"event": name, "ref": {"type": "item", "id": 1}, "data": {"x": 1}}}


async def test_events_come_in_order_over_one_connection_that_is_ended_properly() -> None:
    world = World()
    world.service.events = [event("update"), event("comment_create")]
    async with contextlib.aclosing(world.push()) as events:  # type: ignore[type-var]
        first, second = await anext(events), await anext(events)
    assert (first.event, second.event) == ("update", "comment_create")
    assert (first.channel, first.ref, first.data) == ("/item/1", {"type": "item", "id": 1}, {"x": 1})
    assert world.service.spoken() == ["handshake", "subscribe", "connect", "unsubscribe", "disconnect"]
    assert world.states == [PushState.CONNECTED]


async def test_the_service_gets_the_signature_and_never_the_token() -> None:
    world = World()
    world.service.events = [event("update")]
    async with contextlib.aclosing(world.push()) as events:  # type: ignore[type-var]
        await anext(events)
    subscription = next(message for message in world.service.said if message["channel"] == "/meta/subscribe")
    assert subscription["ext"] == {"private_pub_signature": "good", "private_pub_timestamp": "1000000"}
    assert world.service.headers
    assert all("authorization" not in headers for headers in world.service.headers)
    # What a page may send without a preflight (a "simple" request of CORS).
    assert {headers["content-type"] for headers in world.service.headers} == {"application/x-www-form-urlencoded"}


async def test_one_connection_serves_many_objects() -> None:
    world = World()
    world.service.events = [event("update", "/item/2")]
    objects = [world.service.push_object("/item/1"), {"push": world.service.push_object("/item/2")}]
    async with contextlib.aclosing(world.push(*objects)) as events:  # type: ignore[type-var]
        assert (await anext(events)).channel == "/item/2"
    assert world.service.spoken()[:4] == ["handshake", "subscribe", "subscribe", "connect"]


@pytest.mark.parametrize(
    "answer",
    [
        httpx2.ConnectError("blocked"),
        httpx2.ReadError("failed"),
        httpx2.Response(403),
        httpx2.Response(404, text="<html>"),
        httpx2.Response(503),
        httpx2.Response(200, text="<html>"),
        httpx2.Response(302, headers={"Location": "https://elsewhere.example/"}),
        [{"channel": "/meta/handshake", "successful": False, "error": "no", "advice": {"reconnect": "none"}}],
        [],
    ],
)
async def test_a_service_that_can_not_be_reached_is_said_at_once(answer: Any) -> None:
    world = World()
    world.service.answers = [answer]
    with pytest.raises(errors.PushUnavailable, match="push service") as caught:
        await anext(world.push())
    assert caught.value.was_connected is False
    assert world.states == []


async def test_a_lost_connection_comes_back_and_the_app_is_notified() -> None:
    world = World()
    world.service.events = [event("first")]
    async with contextlib.aclosing(world.push()) as events:  # type: ignore[type-var]
        await anext(events)
        world.service.answers = [httpx2.ReadError("gone"), httpx2.Response(502), httpx2.ReadTimeout("slow")]
        world.service.events = [event("second")]
        began = world.clock.now
        assert (await anext(events)).event == "second"
        assert world.clock.now - began == 1 + 2 + 4 + 10
    assert world.states == [PushState.CONNECTED, PushState.LOST, PushState.CONNECTED]
    assert world.service.clients == 1


async def test_a_connection_that_stays_lost_is_given_up() -> None:
    world = World()
    world.service.events = [event("first")]
    events = world.push(give_up_after=100)
    await anext(events)
    world.service.answers = [httpx2.ReadError("gone")] * 100
    with pytest.raises(errors.PushUnavailable) as caught:
        await anext(events)
    assert caught.value.was_connected is True


async def test_a_service_that_lost_us_is_greeted_again() -> None:
    world = World()
    world.service.events = [event("first")]
    async with contextlib.aclosing(world.push()) as events:  # type: ignore[type-var]
        await anext(events)
        world.service.known.clear()
        world.service.events = [event("second")]
        assert (await anext(events)).event == "second"
    assert world.service.clients == 2
    assert world.service.spoken()[3:7] == ["connect", "handshake", "subscribe", "connect"]
    assert world.states == [PushState.CONNECTED, PushState.LOST, PushState.CONNECTED]


async def test_the_interval_that_the_service_requests_is_kept() -> None:
    world = World()
    world.service.advice = {"interval": 7000}
    world.service.events = [event("first")]
    async with contextlib.aclosing(world.push()) as events:  # type: ignore[type-var]
        await anext(events)
        began = world.clock.now
        world.service.events = [event("second")]
        await anext(events)
        assert world.clock.now - began == 17


async def test_a_permission_is_renewed_before_it_expires() -> None:
    world = World()
    item = {"push": world.service.push_object(expires_in=100)}
    connects = 0

    def on_connect() -> None:
        nonlocal connects
        connects += 1
        world.service.signature = "second"
        if connects == 12:
            world.service.events = [event("late")]

    world.service.on_connect = on_connect
    async with contextlib.aclosing(world.push(item)) as events:  # type: ignore[type-var]
        assert (await anext(events)).event == "late"
    assert world.service.read == ["/item/1?mark_as_viewed=false"]
    subscriptions = [message for message in world.service.said if message["channel"] == "/meta/subscribe"]
    assert [message["ext"]["private_pub_signature"] for message in subscriptions] == ["good", "second"]
    # The last connect before that waits no longer than until then.
    assert min(message["advice"]["timeout"] for message in world.service.said if "advice" in message) <= 10_000
    assert world.states == [PushState.CONNECTED]


async def test_a_permission_that_is_refused_is_fetched_again_once() -> None:
    world = World()
    stale = world.service.push_object() | {"signature": "stale"}
    world.service.events = [event("update")]
    async with contextlib.aclosing(world.push(stale)) as events:  # type: ignore[type-var]
        assert (await anext(events)).event == "update"
    assert len(world.service.read) == 1


async def test_a_permission_that_is_refused_again_is_an_error_without_the_signature() -> None:
    world = World()

    async def renew(channel: str) -> Any:
        return {"push": world.service.push_object(channel) | {"signature": "canary"}}

    with pytest.raises(errors.PushUnavailable, match="Incorrect signature") as caught:
        await anext(world.push(world.service.push_object() | {"signature": "canary"}, renew=renew))
    assert "canary" not in str(caught.value)


async def test_a_failure_to_renew_is_borne_while_the_permission_still_serves() -> None:
    world = World()
    tries = 0

    async def renew(channel: str) -> Any:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise errors.ConnectionFailed("gone", may_have_been_sent=False)
        return world.service.push_object()

    def on_connect() -> None:
        if tries == 3:
            world.service.events = [event("late")]

    world.service.on_connect = on_connect
    push_object = world.service.push_object(expires_in=400)
    async with contextlib.aclosing(world.push(push_object, renew=renew)) as events:  # type: ignore[type-var]
        assert (await anext(events)).event == "late"
    assert tries == 3
    assert world.states == [PushState.CONNECTED]


async def test_an_object_that_is_gone_when_its_permission_is_renewed_ends_the_loop() -> None:
    world = World()

    async def renew(channel: str) -> Any:
        raise errors.Gone(410)

    with pytest.raises(errors.Gone):
        await anext(world.push(world.service.push_object(expires_in=100), renew=renew))


async def test_a_cancelled_loop_says_good_bye() -> None:
    world = World()
    task: asyncio.Future[PushEvent] | None = None

    def on_connect() -> None:
        assert task is not None
        task.cancel()

    world.service.on_connect = on_connect
    events = world.push()
    task = asyncio.ensure_future(anext(events))  # type: ignore[arg-type]
    with pytest.raises(asyncio.CancelledError):
        await task
    assert world.service.spoken()[-1] == "disconnect"


@pytest.mark.parametrize("push_object", [None, 5, {}, {"push": None}, {"item_id": 1}, {"push": {"channel": "/item/1"}}])
def test_an_object_that_can_not_be_listened_to_is_refused_at_once(push_object: Any) -> None:
    with pytest.raises(errors.ConfigurationError, match="push object"):
        World().push(push_object)


async def test_an_unknown_kind_of_channel_needs_a_way_to_be_read_again() -> None:
    world = World()
    push_object = world.service.push_object("/odd/1", expires_in=1) | {"timestamp": 1}
    with pytest.raises(errors.ConfigurationError, match="renew"):
        await anext(world.push(push_object))


@pytest.mark.parametrize("odd", [10**400, float("nan"), float("inf"), -1, 0, True, "soon", None])
def test_an_odd_lifetime_or_time_of_a_permission_counts_as_unknown(odd: Any) -> None:
    push_object = {"channel": "/item/1", "signature": "s", "timestamp": odd or "t", "expires_in": odd}
    permission = permission_of(push_object)
    assert (permission.expires_in, permission.given_at) == (3600.0, None)
