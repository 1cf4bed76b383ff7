"""Push: Bayeux over long polling at /faye, with signed subscriptions."""

from __future__ import annotations

import asyncio
import threading
import time

import httpx2
import pytest

from podio_emulator import any_local_origin, create_app
from podio_emulator.serving import served
from tests.emulator.visitor import ORIGIN, Clock, Visitor

HANDSHAKE = {"channel": "/meta/handshake", "version": "1.0", "supportedConnectionTypes": ["long-polling"]}
# Long beside the time that a test takes: what ends sooner wasn't ended by it.
PATIENCE = 30


class Listener:
    """A Bayeux client that sends one message at a time."""

    def __init__(self, client):
        self.client = client
        self.client_id = self.send(HANDSHAKE)[0]["clientId"]

    def send(self, *messages):
        answer = self.client.post("/faye", json=list(messages), timeout=PATIENCE)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def ask(self, channel, **message):
        return self.send({"channel": channel, "clientId": self.client_id, **message})

    def subscribe(self, push, **changes):
        ext = {"private_pub_signature": push["signature"], "private_pub_timestamp": str(push["timestamp"])}
        return self.ask("/meta/subscribe", subscription=push["channel"], ext=ext | changes)[0]

    def connect(self, **message):
        return self.ask("/meta/connect", connectionType="long-polling", **message)

    def events(self):
        """Return what has come, without waiting."""
        return [message["data"] for message in self.connect(advice={"timeout": 0})[1:]]


@pytest.fixture
def listener(ada):
    return Listener(ada.client)


@pytest.fixture
def other(visitors, ada):
    """Ada over another connection."""
    visitor = visitors()
    visitor.token = ada.token
    return visitor


def in_background(work):
    """Start work in a thread; return how to wait for its result."""
    results = []
    thread = threading.Thread(target=lambda: results.append(work()))
    thread.start()

    def result():
        thread.join(PATIENCE)
        return results[0]

    return result


def wait_until_held(visitor, count=1):
    """Wait until this many connects hang: they are in the log, without an answer."""
    deadline = time.monotonic() + PATIENCE
    while sum(r["path"] == "/faye" and r["status"] is None for r in visitor.logged()) < count:
        assert time.monotonic() < deadline


def test_a_handshake_gives_a_client_id_and_advice(visitor):
    (reply,) = visitor.client.post("/faye", json=[HANDSHAKE | {"id": "7"}]).json()
    assert (reply["successful"], reply["version"], reply["id"]) == (True, "1.0", "7")
    assert "long-polling" in reply["supportedConnectionTypes"]
    assert reply["advice"] == {"reconnect": "retry", "interval": 0, "timeout": 45000}
    assert len(reply["clientId"]) > 20


def test_a_message_need_not_be_in_a_list_and_may_come_as_a_form(visitor):
    assert visitor.client.post("/faye", json=HANDSHAKE).json()[0]["successful"] is True
    text = '[{"channel":"/meta/handshake","version":"1.0","supportedConnectionTypes":["cross-origin-long-polling"]}]'
    assert visitor.client.post("/faye", data={"message": text}).json()[0]["successful"] is True


@pytest.mark.parametrize("body", ["", "{", "[]", "[1]", "7", "null"])
def test_what_is_no_message_is_a_bad_request(visitor, body):
    answer = visitor.client.post("/faye", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("message", "error"),
    [
        ({}, "402:channel:Missing required parameter"),
        ({"channel": "/meta/handshake"}, "402:version:Missing required parameter"),
        ({"channel": "/meta/handshake", "version": "1.0"}, "402:supportedConnectionTypes:Missing required parameter"),
        (HANDSHAKE | {"supportedConnectionTypes": ["websocket"]}, "301:websocket:Connection types not supported"),
        ({"channel": "/meta/connect"}, "402:clientId:Missing required parameter"),
        ({"channel": "/meta/connect", "clientId": "nobody"}, "401:nobody:Unknown client"),
        ({"channel": "/meta/what"}, "404:/meta/what:Unknown channel"),
        ({"channel": "/item/31001", "data": {"event": "update"}}, "Incorrect token."),
    ],
)
def test_a_wrong_message_is_answered_with_what_is_wrong(visitor, message, error):
    (reply,) = visitor.client.post("/faye", json=[message]).json()
    assert (reply["successful"], reply["error"]) == (False, error)


def test_an_unknown_client_is_advised_to_shake_hands_again(listener):
    listener.client_id = "forgotten"
    reply = listener.connect()[0]
    assert (reply["error"], reply["advice"]["reconnect"]) == ("401:forgotten:Unknown client", "handshake")


def test_a_subscription_needs_the_signature_of_its_channel(ada, listener):
    push = ada.get("/item/31001")["push"]
    assert set(push) == {"channel", "signature", "timestamp", "expires_in"}
    assert listener.subscribe(push)["successful"] is True
    for wrong in ({"channel": "/item/31002"}, {"signature": "0" * 40}, {"timestamp": push["timestamp"] + 1}):
        reply = listener.subscribe(push | wrong)
        assert (reply["successful"], reply["error"]) == (False, "Incorrect signature.")
    for ext in (None, {}, "x", {"private_pub_signature": None, "private_pub_timestamp": []}):
        reply = listener.ask("/meta/subscribe", subscription=push["channel"], ext=ext)[0]
        assert reply["error"] == "Incorrect signature."
    assert listener.ask("/meta/subscribe")[0]["error"] == "402:subscription:Missing required parameter"


def test_no_wildcard_opens_more_channels(ada, listener):
    push = ada.get("/item/31001")["push"]
    for channel in ("/**", "/item/*"):
        assert listener.subscribe(push | {"channel": channel})["error"] == "Incorrect signature."
    reply = listener.subscribe(push | {"channel": [push["channel"], "/item/32001"]})
    assert reply["successful"] is False


async def test_a_signature_expires():
    clock = Clock()

    transport = httpx2.ASGITransport(create_app(clock=clock, push_lifetime=60))
    async with httpx2.AsyncClient(transport=transport, base_url="http://podio.test") as client:
        token = (await client.post("/oauth/token", data=PASSWORD_GRANT)).json()["access_token"]
        status = (await client.get("/user/status", headers={"Authorization": f"OAuth2 {token}"})).json()
        push = status["push"]
        assert push["expires_in"] == 60
        shaken = (await client.post("/faye", json=HANDSHAKE)).json()[0]
        subscribe = {
            "channel": "/meta/subscribe",
            "clientId": shaken["clientId"],
            "subscription": push["channel"],
            "ext": {"private_pub_signature": push["signature"], "private_pub_timestamp": push["timestamp"]},
        }
        clock.now += 60
        assert (await client.post("/faye", json=subscribe)).json()[0]["successful"] is True
        clock.now += 1
        assert (await client.post("/faye", json=subscribe)).json()[0]["error"] == "Signature has expired."


PASSWORD_GRANT = {
    "grant_type": "password",
    "username": "ada@example.com",
    "password": "podio",
    "client_id": "server",
    "client_secret": "server-secret",
}


def test_another_emulators_signature_is_of_no_use(ada, listener, other_emulator):
    other = other_emulator()
    other.sign_in()
    assert listener.subscribe(other.get("/item/31001")["push"])["error"] == "Incorrect signature."


def test_what_happens_to_an_item_is_reported_in_order(ada, grace, listener):
    listener.subscribe(ada.get("/item/31001")["push"])
    comment = grace.call("POST", "/comment/item/31001/", {"value": "hi"}).json()
    grace.call("PUT", f"/comment/{comment['comment_id']}", {"value": "ho"})
    grace.call("DELETE", f"/comment/{comment['comment_id']}")
    ada.call("PUT", "/item/31001", {"fields": {"status": 4}})
    ada.call("PUT", "/item/31001", {"fields": {"status": 4}})
    ada.call("PUT", "/item/31002", {"fields": {"status": 4}})
    ada.call("DELETE", "/item/31001")
    events = listener.events()
    assert [event["event"] for event in events] == [
        "comment_create",
        "comment_update",
        "comment_delete",
        "update",
        "delete",
    ]
    assert events[0] == {
        "event": "comment_create",
        "ref": {"type": "item", "id": 31001},
        "created_by": {"type": "user", "id": 102},
        "created_via": 1,
        "data": {"comment_id": comment["comment_id"]},
    }
    assert events[3]["data"] == {"revision": 1}
    assert listener.events() == []


def test_a_refused_call_reveals_nothing(ada, listener):
    listener.subscribe(ada.get("/item/31001")["push"])
    ada.call("PUT", "/item/31001", {"fields": {"email": "nonsense"}})
    ada.call("POST", "/comment/item/31001/", {})
    assert listener.events() == []


def test_a_new_item_is_announced_to_its_workspace(ada, listener):
    listener.subscribe(ada.get("/space/21")["push"])
    item = ada.call("POST", "/item/app/31/", {"fields": {"name": "New"}}).json()
    assert [(e["event"], e["ref"]) for e in listener.events()] == [
        ("create", {"type": "item", "id": item["item_id"]}),
        ("stream_create", {"type": "item", "id": item["item_id"]}),
    ]


def test_a_connect_is_held_until_something_happens(ada, other, listener):
    listener.subscribe(ada.get("/item/31001")["push"])
    future = in_background(listener.connect)
    wait_until_held(other)
    other.call("POST", "/comment/item/31001/", {"value": "hi"})
    reply, message = future()
    assert (reply["channel"], reply["successful"], reply["advice"]["reconnect"]) == ("/meta/connect", True, "retry")
    assert (message["channel"], message["data"]["event"]) == ("/item/31001", "comment_create")


def test_a_newer_connect_takes_the_place_of_one_that_is_held(ada, other, listener):
    listener.subscribe(ada.get("/item/31001")["push"])
    first = in_background(listener.connect)
    wait_until_held(other)
    again = Listener(other.client)
    again.client_id = listener.client_id
    assert again.events() == []
    assert [message["successful"] for message in first()] == [True]


def test_after_unsubscribing_nothing_comes(ada, listener):
    push = ada.get("/item/31001")["push"]
    listener.subscribe(push)
    assert listener.ask("/meta/unsubscribe", subscription=push["channel"])[0]["successful"] is True
    ada.call("DELETE", "/item/31001")
    assert listener.events() == []


def test_after_disconnecting_the_client_is_unknown(listener):
    assert listener.ask("/meta/disconnect")[0]["successful"] is True
    assert listener.connect()[0]["advice"]["reconnect"] == "handshake"


def test_a_batch_is_answered_in_its_order(ada, listener):
    push = ada.get("/item/31001")["push"]
    ext = {"private_pub_signature": push["signature"], "private_pub_timestamp": push["timestamp"]}
    own = {"clientId": listener.client_id}
    replies = listener.send(
        {"channel": "/meta/subscribe", "subscription": push["channel"], "ext": ext, "id": "1", **own},
        {"channel": "/meta/unsubscribe", "subscription": push["channel"], "id": "2", **own},
        {"channel": "/meta/connect", "connectionType": "long-polling", "advice": {"timeout": 0}, "id": "3", **own},
    )
    assert [(reply["id"], reply["successful"]) for reply in replies] == [("1", True), ("2", True), ("3", True)]


def test_a_reset_ends_the_connects_that_are_held(ada, other, listener):
    future = in_background(listener.connect)
    wait_until_held(other)
    other.client.post("/_emulator/reset")
    assert future()[0]["advice"]["reconnect"] == "handshake"


def test_a_server_that_stops_answers_the_connects_that_are_held():
    app = create_app()
    with served(app) as url, httpx2.Client(base_url=url) as client, httpx2.Client(base_url=url) as other:
        future = in_background(Listener(client).connect)
        wait_until_held(Visitor(other))
        app.close()
        assert future()[0]["successful"] is True
        assert Listener(other).connect()[0]["advice"]["interval"] == 1000


async def test_what_happens_while_nobody_asks_is_kept_for_the_next_connect():
    """Also when the connect that would have brought it was given up."""

    app = create_app()
    transport = httpx2.ASGITransport(app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://podio.test") as client:
        token = (await client.post("/oauth/token", data=PASSWORD_GRANT)).json()["access_token"]
        client.headers["Authorization"] = f"OAuth2 {token}"
        push = (await client.get("/item/31001")).json()["push"]
        shaken = (await client.post("/faye", json=HANDSHAKE)).json()[0]
        own = {"clientId": shaken["clientId"]}
        ext = {"private_pub_signature": push["signature"], "private_pub_timestamp": push["timestamp"]}
        subscribe = {"channel": "/meta/subscribe", "subscription": push["channel"], "ext": ext, **own}
        await client.post("/faye", json=subscribe)
        connect = {"channel": "/meta/connect", "connectionType": "long-polling", **own}
        given_up = asyncio.ensure_future(client.post("/faye", json=connect))
        while (await client.get("/_emulator/requests")).json()[-1]["path"] != "/faye":
            pass
        given_up.cancel()
        await asyncio.wait([given_up])
        await client.post("/comment/item/31001/", json={"value": "hi"})
        replies = (await client.post("/faye", json=connect)).json()
        assert [message["channel"] for message in replies] == ["/meta/connect", "/item/31001"]
        # And one that nothing happens to ends when its time is up.
        quiet = (await client.post("/faye", json=connect | {"advice": {"timeout": 1}})).json()
        assert len(quiet) == 1


def test_pages_may_use_push_only_where_that_was_allowed(visitor, other_emulator):
    ask = {"Origin": ORIGIN, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    response = visitor.client.options("/faye", headers=ask)
    assert (response.status_code, response.headers.get("access-control-allow-origin")) == (403, None)
    answer = visitor.client.post("/faye", json=HANDSHAKE, headers={"Origin": ORIGIN})
    assert "access-control-allow-origin" not in answer.headers

    open_one = other_emulator(push_allows_origins=any_local_origin)
    assert open_one.client.options("/faye", headers=ask).headers["access-control-allow-origin"] == ORIGIN
    answer = open_one.client.post("/faye", json=HANDSHAKE, headers={"Origin": ORIGIN})
    assert answer.headers["access-control-allow-origin"] == ORIGIN
    elsewhere = open_one.client.post("/faye", json=HANDSHAKE, headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in elsewhere.headers


def test_asking_otherwise_than_by_post_is_no_operation(ada):
    assert ada.error("GET", "/faye") == (404, "not_found")


def test_faults_hit_the_push_service_too(visitor):
    visitor.client.post("/_emulator/faults", json=[{"path": "/faye", "status": 502}])
    assert visitor.client.post("/faye", json=HANDSHAKE).status_code == 502
    assert visitor.client.post("/faye", json=HANDSHAKE).status_code == 200
