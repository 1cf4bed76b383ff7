"""What holds for each operation of the table: it wants a token, keeps organizations apart, and never fails inside."""

from __future__ import annotations

import itertools
import re

import httpx2
import pytest

from podio_emulator import create_app
from podio_emulator.api import OPERATIONS
from podio_emulator.calls import Access
from tests.emulator.test_push import PASSWORD_GRANT

# Objects of the organization that Grace isn't in.
ELSEWHERE = {
    "org_id": 12,
    "space_id": 23,
    "app_id": 35,
    "item_id": 35001,
    "user_id": 104,
    "profile_id": 1202,
    "profile_ids": "1202",
    "user_ids": "104",
    "ref_type": "item",
    "ref_id": 35001,
    "field_id": 3501,
}
HERE = ELSEWHERE | {
    "org_id": 11,
    "space_id": 21,
    "app_id": 31,
    "item_id": 31001,
    "user_id": 102,
    "profile_id": 1201,
    "profile_ids": "1101,1201",
    "user_ids": "102,103",
    "ref_id": 31001,
    "field_id": 3102,
    "file_id": 8022,
    "comment_id": 7001,
}
BODIES = (
    None,
    {},
    [],
    5,
    {"value": "x", "text": "x", "name": "x", "query": "x", "target": "item_field", "ref_type": "item", "ref_id": "x"},
    {"value": 1, "text": 1, "name": [], "filters": 5, "responsible": {}, "labels": 5, "limit": -1, "url": "http://["},
    {"text": "x", "responsible": [[]], "due_on": "x y", "ref_type": [], "ref_id": 1, "space_id": "x", "org_id": True},
    {"name": "x", "url": "https://a.example/", "type": "item.create", "org_id": 11, "text": "x", "description": "d"},
    {"name": "x", "filters": [{}], "item_ids": ["x"], "role": "king", "users": ["x"], "mails": [5], "file_ids": [[]]},
)


def path_of(operation, values):
    def value(match):
        return str(values.get(match[1], 1))

    return re.sub(r"\{(\w+)(?::int)?\}", value, operation.path)


def client_of(app):
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://podio.test")


async def sign_in(client, mail):
    answer = await client.post("/oauth/token", data=PASSWORD_GRANT | {"username": mail})
    client.headers["Authorization"] = f"OAuth2 {answer.json()['access_token']}"


def test_no_operation_stands_twice_in_the_table():
    operations = [(operation.method, re.sub(r"\{\w+", "{", operation.path)) for operation in OPERATIONS]
    assert sorted({line for line in operations if operations.count(line) > 1}) == []


async def test_without_a_token_every_operation_that_needs_one_is_refused():
    async with client_of(create_app()) as client:
        for operation in OPERATIONS:
            if operation.access in {Access.SIGNED_IN, Access.USER}:
                answer = await client.request(operation.method, path_of(operation, HERE))
                assert answer.status_code == 401, operation


async def test_nothing_of_another_organization_is_reported_or_changed():
    """Whatever names an object of the other organization in its path is refused."""
    places = [
        operation
        for operation in OPERATIONS
        if set(re.findall(r"\{(\w+)", operation.path)) & (set(ELSEWHERE) - {"user_ids", "field_id"})
        # These look into the user's own affairs only, whatever is requested.
        and not operation.path.startswith("/notification")
    ]
    assert len(places) > 100

    async with client_of(create_app()) as client:
        await sign_in(client, "grace@example.com")
        for operation in places:
            path = path_of(operation, ELSEWHERE)
            body = {"text": "x", "value": 1, "name": "x", "url": "https://a.example/", "type": "item.create"}
            answer = await client.request(operation.method, path, json=body, params={"text": "x", "query": "x"})
            if operation.path.startswith("/stream/user/"):
                assert answer.json() == []
            else:
                assert answer.status_code in {400, 403, 404}, (operation, answer.text)


async def test_a_token_for_reading_changes_nothing():
    async with client_of(create_app()) as client:
        answer = await client.post("/oauth/token", data=PASSWORD_GRANT | {"scope": "global:read"})
        client.headers["Authorization"] = f"OAuth2 {answer.json()['access_token']}"
        before = (await client.get("/item/31001")).json()
        body = {"text": "x", "value": "x", "fields": {"status": 4}, "ref_type": "item", "ref_id": 31001}
        for method, path in (
            ("PUT", "/item/31001"),
            ("DELETE", "/item/31001"),
            ("POST", "/item/31001/clone"),
            ("PUT", "/item/31001/value/status"),
            ("POST", "/comment/item/31001/"),
            ("POST", "/task/item/31001/"),
            ("POST", "/tag/item/31001/"),
            ("POST", "/file/8022/attach"),
            ("POST", "/view/app/31/"),
            ("POST", "/contact/space/21/"),
        ):
            assert (await client.request(method, path, json=body)).status_code in {400, 403}, path
        after = (await client.get("/item/31001")).json()
        assert (after["revision"], after["tags"], after["tasks"]) == (before["revision"], before["tags"], [])


@pytest.mark.parametrize("values", [HERE, HERE | {"ref_type": "task"}, {"ref_type": "moon", "profile_ids": "x,"}])
async def test_whatever_is_sent_no_operation_fails_inside(values):
    queries = ({}, {"limit": "x", "query": "", "text": "", "date_from": "x"}, {"limit": "2", "query": "a", "text": "a"})
    turns = list(itertools.product(BODIES, queries))[:: 4 if values is HERE else 7]

    app = create_app()
    async with client_of(app) as client:
        for operation in OPERATIONS:
            await client.post("/_emulator/reset")
            await sign_in(client, "ada@example.com")
            for body, query in turns:
                answer = await client.request(operation.method, path_of(operation, values), json=body, params=query)
                assert answer.status_code < 500, (operation, body, query, answer.text)
