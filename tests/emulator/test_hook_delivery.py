"""Hooks are delivered: what sets them off, what is posted, and where to."""

from __future__ import annotations

import asyncio
import queue
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qsl

import pytest

from podio_emulator import create_app, ids
from podio_emulator.hook_delivery import HookAddress, HookDelivery, post_form
from podio_emulator.serving import served
from tests.emulator.visitor import Visitor

LONG = 60.0
"""Seconds: far longer than a delivery takes on a busy machine."""
QUIET = ("POST", "/comment/item/31001", {"value": "the end"})
"""What is done last where nothing is to come: once its event is there, all others would be."""


class Receiver:
    """An app that takes what is posted to it."""

    def __init__(self) -> None:
        self.arrived: queue.Queue[tuple[str, dict[str, str]]] = queue.Queue()
        self.status = 200
        self.headers: list[tuple[bytes, bytes]] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        body = (await receive())["body"].decode()
        assert dict(scope["headers"])[b"content-type"] == b"application/x-www-form-urlencoded"
        self.arrived.put((scope["raw_path"].decode(), dict(parse_qsl(body, keep_blank_values=True))))
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        await send({"type": "http.response.body", "body": b""})

    def form(self) -> dict[str, str]:
        return self.arrived.get(timeout=LONG)[1]


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
def address(receiver: Receiver) -> Iterator[str]:
    with served(receiver) as url:
        yield f"{url}/podio/hooks"


Hook = Callable[..., int]


@pytest.fixture
def hook(ada: Visitor, receiver: Receiver, address: str) -> Hook:
    """Make a hook that is active."""

    def make(kind: str, ref_id: int, event: str, url: str = address) -> int:
        hook_id = ada.call("POST", f"/hook/{kind}/{ref_id}/", {"url": url, "type": event}).json()["hook_id"]
        verification = receiver.form()
        assert ada.call("POST", f"/hook/{hook_id}/verify/validate", {"code": verification["code"]}).status_code == 204
        return int(hook_id)

    return make


def test_the_code_is_posted_when_a_hook_is_made_and_when_it_is_requested(
    ada: Visitor, receiver: Receiver, address: str
) -> None:
    hook_id = ada.call("POST", "/hook/app/31/", {"url": address, "type": "item.create"}).json()["hook_id"]
    path, first = receiver.arrived.get(timeout=LONG)
    assert (path, first["type"], first["hook_id"]) == ("/podio/hooks", "hook.verify", str(hook_id))
    ada.call("POST", f"/hook/{hook_id}/verify/request")
    second = receiver.form()
    assert ada.error("POST", f"/hook/{hook_id}/verify/validate", {"code": first["code"]}) == (400, "invalid_value")
    assert ada.call("POST", f"/hook/{hook_id}/verify/validate", {"code": second["code"]}).status_code == 204
    assert ada.get("/hook/app/31/")[0]["status"] == "active"


def test_an_item_sets_off_the_hooks_of_its_app_with_its_revision(ada: Visitor, receiver: Receiver, hook: Hook) -> None:
    hooks = {event: hook("app", 31, event) for event in ("item.create", "item.update", "item.delete")}
    item_id = ada.call("POST", "/item/app/31/", {"fields": {"name": "New"}, "external_id": "a b"}).json()["item_id"]
    expected = {"type": "item.create", "hook_id": str(hooks["item.create"]), "item_id": str(item_id)}
    assert receiver.form() == expected | {"item_revision_id": "0", "external_id": "a b"}
    ada.call("PUT", f"/item/{item_id}", {"fields": {"name": "Newer"}})
    form = receiver.form()
    assert (form["type"], form["item_id"], form["item_revision_id"]) == ("item.update", str(item_id), "1")
    ada.call("PUT", f"/item/{item_id}/value/name", "Newest")
    assert receiver.form()["item_revision_id"] == "2"
    ada.call("DELETE", f"/item/{item_id}")
    assert receiver.form()["type"] == "item.delete"
    ada.call("POST", f"/item/{ids.CLIENT_ITEM_ID}/clone")
    assert receiver.form()["type"] == "item.create"


def test_what_changes_nothing_and_what_says_no_hook_sets_off_none(ada: Visitor, receiver: Receiver, hook: Hook) -> None:
    hook("app", 31, "item.update")
    end = hook("app", 31, "comment.create")
    ada.get("/item/31001")
    ada.call("PUT", "/item/31001", {})
    ada.call("PUT", "/item/31001?hook=false", {"fields": {"name": "Unheard"}})
    ada.call("PUT", "/item/32001", {"fields": {"title": "Of another app"}})
    assert ada.error("PUT", "/item/31001", {"fields": {"moon": 1}}) == (400, "invalid_value")
    ada.call(*QUIET)
    assert receiver.form()["hook_id"] == str(end)


def test_a_hook_on_a_field_is_set_off_by_that_field_alone(ada: Visitor, receiver: Receiver, hook: Hook) -> None:
    hook("app_field", 3102, "item.update")
    ada.call("PUT", "/item/31001", {"fields": {"name": "Unheard"}})
    ada.call("PUT", "/item/31001", {"fields": {"status": 4}})
    assert receiver.form()["item_revision_id"] == "2"


@pytest.mark.parametrize(
    ("event", "calls", "forms"),
    [
        (
            "comment.delete",
            [("DELETE", "/comment/{comment}", None)],
            [{"item_id": "31001", "comment_id": "{comment}"}],
        ),
        (
            "file.change",
            [
                ("POST", "/file/8001/attach", {"ref_type": "item", "ref_id": 31001}),
                ("PUT", "/item/31001", {"file_ids": [8022]}),
            ],
            [
                {"item_id": "31001", "action_type": "file_created", "file_ids": "8001"},
                {"item_id": "31001", "action_type": "file_deleted", "file_ids": "8001"},
            ],
        ),
        ("tag.add", [("POST", "/tag/item/31001/", ["new"])], [{"item_id": "31001"}]),
        ("tag.delete", [("PUT", "/tag/item/31001/", [])], [{"item_id": "31001"}]),
        ("app.update", [("PUT", "/app/31/description", {"description": "Other"})], [{"app_id": "31"}]),
    ],
)
def test_an_app_has_hooks_for_what_happens_to_its_items_and_to_itself(
    ada: Visitor, receiver: Receiver, hook: Hook, event: str, calls: Any, forms: Any
) -> None:
    ada.call("POST", "/tag/item/31001/", ["old"])
    comment = ada.call("POST", "/comment/item/31001", {"value": "first"}).json()["comment_id"]
    hook_id = hook("app", 31, event)
    for method, path, body in calls:
        answer = ada.call(method, path.format(comment=comment), body)
        assert answer.status_code < 300, answer.text
    for form in forms:
        expected = {name: value.format(comment=comment) for name, value in form.items()}
        assert receiver.form() == {"type": event, "hook_id": str(hook_id), **expected}


def test_a_file_in_the_place_of_an_older_one_is_replaced_and_not_created(
    ada: Visitor, receiver: Receiver, hook: Hook
) -> None:
    old, new = (
        ada.call("POST", "/file/", files={"source": ("a.txt", b"a")}, data={"filename": "a.txt"}).json()["file_id"]
        for _ in range(2)
    )
    ada.call("POST", f"/file/{old}/attach", {"ref_type": "item", "ref_id": 31001})
    hook("app", 31, "file.change")
    ada.call("POST", f"/file/{new}/replace", {"old_file_id": old})
    form = receiver.form()
    assert (form["action_type"], form["file_ids"]) == ("file_replaced", str(new))
    ada.call("DELETE", f"/file/{new}")
    form = receiver.form()
    assert (form["action_type"], form["file_ids"]) == ("file_deleted", str(new))


def test_a_workspace_has_hooks_for_its_apps_tasks_messages_contacts_and_members(
    ada: Visitor, receiver: Receiver, hook: Hook
) -> None:
    types = "app.create task.create task.update status.create status.update status.delete contact.create "
    types += "contact.update contact.delete member.add member.remove"
    for event in types.split():
        hook("space", 21, event)

    def after(method: str, path: str, body: Any = None) -> tuple[Any, dict[str, str]]:
        answer = ada.call(method, path, body)
        assert answer.status_code < 300, answer.text
        form = receiver.form()
        form.pop("hook_id")
        return (answer.json() if answer.content else None), form

    app, form = after("POST", "/app/", {"space_id": 21, "config": {"name": "New", "item_name": "Thing"}})
    assert form == {"type": "app.create", "app_id": str(app["app_id"])}
    task, form = after("POST", "/task/item/31001/", {"text": "Do it"})
    assert form == {"type": "task.create", "task_id": str(task["task_id"])}
    assert after("POST", f"/task/{task['task_id']}/complete")[1]["type"] == "task.update"
    status, form = after("POST", "/status/space/21/", {"value": "Hello"})
    assert form == {"type": "status.create", "status_id": str(status["status_id"])}
    assert after("PUT", f"/status/{status['status_id']}", {"value": "Bye"})[1]["type"] == "status.update"
    assert after("DELETE", f"/status/{status['status_id']}")[1]["type"] == "status.delete"
    contact, form = after("POST", "/contact/space/21/", {"name": "Bo"})
    assert form == {"type": "contact.create", "profile_id": str(contact["profile_id"])}
    assert after("PUT", f"/contact/{contact['profile_id']}", {"name": "Bob"})[1]["type"] == "contact.update"
    assert after("DELETE", f"/contact/{contact['profile_id']}")[1]["type"] == "contact.delete"
    assert after("POST", "/space/21/member/", {"users": [104]})[1] == {"type": "member.add", "user_id": "104"}
    assert after("DELETE", "/space/21/member/104")[1] == {"type": "member.remove", "user_id": "104"}


def test_items_that_are_made_when_first_requested_are_no_new_ones(ada: Visitor, receiver: Receiver, hook: Hook) -> None:
    hook("app", ids.MEASUREMENTS_APP_ID, "item.create")
    end = hook("app", 31, "comment.create")
    ada.call("POST", f"/item/app/{ids.MEASUREMENTS_APP_ID}/filter/", {"limit": 1})
    ada.call(*QUIET)
    assert receiver.form()["hook_id"] == str(end)


def test_the_addresses_query_comes_in_the_body(ada: Visitor, receiver: Receiver, hook: Hook, address: str) -> None:
    hook("app", 31, "comment.create", f"{address}?from=podio&empty=")
    ada.call(*QUIET)
    path, form = receiver.arrived.get(timeout=LONG)
    assert (path, form["from"], form["empty"]) == ("/podio/hooks", "podio", "")


def test_a_hook_is_posted_in_the_order_of_the_events_and_once_whatever_the_response(
    ada: Visitor, receiver: Receiver, hook: Hook, address: str
) -> None:
    hook("app", 31, "item.update")
    receiver.status, receiver.headers = 307, [(b"location", f"{address}/elsewhere".encode())]
    for name in ("a", "b", "c"):
        ada.call("PUT", "/item/31001", {"fields": {"name": name}})
    arrived = [receiver.arrived.get(timeout=LONG) for _ in range(3)]
    assert [(path, form["item_revision_id"]) for path, form in arrived] == [
        ("/podio/hooks", number) for number in ("1", "2", "3")
    ]


# Where to


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:5000/", "http://localhost/x", "https://[::1]:8443/", "http://127.8.9.1/", "http://LOCALHOST/"],
)
def test_this_machine_is_reached_at_any_port(url: str) -> None:
    assert HookDelivery(hosts=(), post=post_form).reaches(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://you.example/hook",
        "http://127.0.0.1@you.example/",
        "http://you.example#@127.0.0.1/",
        "http://you.example\\@127.0.0.1/",
        "http://127.0.0.1.you.example/",
        "http://localhost.you.example/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://192.168.1.1/",
        "http://0.0.0.0/",
        "http://[fe80::1]/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://127.1/",
        "ftp://127.0.0.1/",
        "http://127.0.0.1:99999/",
        "http:///x",
        "http://127.0.0.1/\r\nX: y",
    ],
)
def test_nothing_else_is_reached_unless_it_is_named(url: str) -> None:
    assert not HookDelivery(hosts=(), post=post_form).reaches(url)
    assert not HookDelivery(hosts=("other.example",), post=post_form).reaches(url)


def test_a_named_host_is_reached_at_any_port() -> None:
    delivery = HookDelivery(hosts=("Receiver.example",), post=post_form)
    assert delivery.reaches("http://receiver.example:9000/hook")
    assert not delivery.reaches("http://sub.receiver.example/hook")


def test_without_what_posts_nothing_is_delivered() -> None:
    assert not HookDelivery(hosts=(), post=None).reaches("http://127.0.0.1/")


def test_a_hook_elsewhere_is_shown_to_the_test_and_posted_nowhere() -> None:
    posted: list[HookAddress] = []

    async def post(address: HookAddress, body: bytes) -> int:
        posted.append(address)
        return 200

    with served(create_app(post_hook=post)) as url:
        import httpx2

        from tests.emulator.conftest import NO_TLS

        with httpx2.Client(base_url=url, verify=NO_TLS) as client:
            ada = Visitor(client)
            ada.sign_in()
            hook_id = ada.call("POST", "/hook/app/31/", {"url": "https://a.example/h", "type": "item.create"}).json()[
                "hook_id"
            ]
            ada.call("POST", f"/hook/{hook_id}/verify/request")
            (waiting,) = client.get("/_emulator/hooks").json()
            ada.call("POST", f"/hook/{hook_id}/verify/validate", {"code": waiting["code"]})
            ada.call("POST", "/item/app/31/", {"fields": {"name": "New"}})
    assert posted == []


def test_what_an_ended_event_loop_left_does_not_block_the_hook_in_the_next() -> None:
    posted: list[bytes] = []
    events: list[asyncio.Event] = []

    async def post(address: HookAddress, body: bytes) -> int:
        posted.append(body)
        events[-1].set()
        if len(posted) == 1:
            await asyncio.Event().wait()
        return 200

    delivery = HookDelivery(hosts=(), post=post)

    async def send() -> None:
        events.append(asyncio.Event())
        delivery.send(7, "http://127.0.0.1/", {"type": "item.create"})
        await events[-1].wait()

    asyncio.run(send())
    asyncio.run(send())
    assert len(posted) == 2
