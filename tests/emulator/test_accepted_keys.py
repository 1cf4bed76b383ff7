"""A success says that all that was sent has been done: each key is honoured, or refused."""

from __future__ import annotations

import pytest

from podio_emulator import create_app
from podio_emulator.accepted_keys import HARMLESS_PARAMETERS
from podio_emulator.api import OPERATIONS
from tests.emulator.test_every_operation import HERE, client_of, path_of, sign_in
from tests.library.test_operations_on_the_emulator import documented_as
from tests.unit.podio.areas.documented import typed

BODIED = [
    operation for operation in OPERATIONS if operation.method not in {"GET", "DELETE"} and not operation.free_body
]
#: Bodies that are answered with a success; a key that isn't in them is tried with an absurd value.
GOOD = {
    "POST /grant/{ref_type}/{ref_id:int}": {"people": [102]},
    "POST /status/space/{space_id:int}": {"value": "x"},
    "PUT /recurrence/{ref_type}/{ref_id:int}": {"name": "weekly"},
    "POST /reminder/{ref_type}/{ref_id:int}": {"remind_delta": 5},
    "PUT /reminder/{ref_type}/{ref_id:int}": {"remind_delta": 5},
    "POST /app": {"space_id": 21, "config": {"name": "x", "item_name": "y"}},
    "POST /app/{app_id:int}/field": {"type": "text", "label": "x"},
    "PUT /app/{app_id:int}/field/{field_key}": {"label": "x"},
    "PUT /item/{item_id:int}/ref": {"type": "item", "id": 31001},
    "POST /comment/{ref_type}/{ref_id:int}": {"value": "x"},
    "POST /contact/space/{space_id:int}": {"name": "x"},
    "POST /embed": {"url": "https://a.example/"},
    "POST /file/{file_id:int}/attach": {"ref_type": "item", "ref_id": 31001},
    "POST /hook/{ref_type}/{ref_id:int}": {"url": "https://a.example/", "type": "item.create"},
    "POST /item/app/{app_id:int}": {"fields": {"name": "x"}},
    "POST /item/app/{app_id:int}/delete": {"item_ids": [31001]},
    "POST /org": {"name": "x"},
    "POST /rating/{ref_type}/{ref_id:int}/like": {"value": 1},
    "POST /reference/search": {"target": "task_reference"},
    "POST /search": {"query": "x"},
    "POST /search/org/{org_id:int}": {"query": "x"},
    "POST /search/space/{space_id:int}": {"query": "x"},
    "POST /search/app/{app_id:int}": {"query": "x"},
    "POST /space": {"org_id": 11, "name": "x"},
    "POST /space/{space_id:int}/member": {"users": [102]},
    "POST /task": {"text": "x"},
    "POST /task/{ref_type}/{ref_id:int}": {"text": "x"},
    "POST /task/label": {"text": "x"},
    "POST /view/app/{app_id:int}": {"name": "x"},
    "PUT /comment/{comment_id:int}": {"value": "x"},
    "PUT /space/{space_id:int}/member/{user_ids}": {"role": "admin"},
}
#: Of these the path's objects don't exist in the sample, or the body is a whole story: their own tests have them.
ELSEWHERE = {
    "POST /hook/{hook_id:int}/verify/validate",
    "POST /mfa/verify",
    "PUT /task/label/{label_id:int}",
    "PUT /status/{status_id:int}",
    "PUT /view/{view_id:int}",
}
#: Any text is one of these.
FREE_TEXTS = {"query", "text", "name"}
ABSURD = {"odd": [[]]}


def name_of(operation):
    return f"{operation.method} {operation.path}"


async def at_each(operations, work, **settings):
    app = create_app(**settings)
    async with client_of(app) as client:
        for operation in operations:
            await client.post("/_emulator/reset")
            client.headers.pop("Authorization", None)
            await sign_in(client, "ada@example.com")
            await work(client, operation)


def path(operation):
    values = HERE | {"view_key": "last", "role": "admin", "field_key": "status", "file_id": 8001}
    if operation.path.startswith("/recurrence"):
        values |= {"ref_type": "task", "ref_id": 1}
    if operation.path.startswith("/hook"):
        values |= {"ref_type": "app", "ref_id": 31}
    return path_of(operation, values)


async def with_task(client, operation):
    """Return the operation's path; where it is one of a task, of a new one."""
    task = (await client.post("/task/", json={"text": "x", "responsible": 101, "due_date": "2027-01-01"})).json()[
        "task_id"
    ]
    return path(operation).replace("/task/1", f"/task/{task}")


async def test_a_key_that_no_operation_knows_is_refused_by_each():
    async def work(client, operation):
        answer = await client.request(operation.method, path(operation), json={"no_such_key": 1})
        assert answer.status_code == 400, operation
        assert (answer.json()["error"], "no_such_key" in answer.text) == ("invalid_value", True), operation

    await at_each(BODIED, work)
    assert len(BODIED) > 50


async def test_an_operation_without_a_body_refuses_one_that_is_no_object():
    async def work(client, operation):
        answer = await client.request(operation.method, path(operation), json=[1])
        assert answer.status_code == 400, operation

    await at_each(BODIED, work)


async def test_unknown_keys_are_ignored_where_the_emulator_is_set_to():
    async with client_of(create_app(refuse_unknown_keys=False)) as client:
        await sign_in(client, "ada@example.com")
        answer = await client.post("/task/", json={"text": "x", "no_such_key": 1})
        assert answer.status_code == 200
        # What Podio documents and the emulator doesn't do is refused all the same.
        answer = await client.post("/task/", json={"text": "x", "linked_account_id": 1})
        assert answer.status_code == 400


async def test_a_parameter_that_no_operation_knows_changes_nothing():
    """Other makers' clients, proxies and caches add their own."""

    async def work(client, operation):
        body = None if operation.method == "GET" else GOOD.get(name_of(operation), {})
        without = await client.request(operation.method, path(operation), json=body)
        await client.post("/_emulator/reset")
        await sign_in(client, "ada@example.com")
        answer = await client.request(operation.method, path(operation), json=body, params={"no_such": "1"})
        assert answer.status_code == without.status_code, operation

    await at_each([operation for operation in OPERATIONS if not operation.upload], work)


async def test_what_podio_documents_and_the_emulator_does_not_do_is_refused_unless_it_requests_nothing():
    async def work(client, operation):
        address = await with_task(client, operation)
        for name in operation.missing_keys:
            body = GOOD.get(name_of(operation), {})
            answer = await client.request(operation.method, address, json=body | {name: "x"})
            assert (answer.status_code, repr(name) in answer.text) == (400, True), (operation, name)
            answer = await client.request(operation.method, address, json=body | {name: None})
            assert repr(name) not in answer.text, (operation, name)
        for name in operation.missing_parameters:
            answer = await client.request(operation.method, address, params={name: "x"})
            assert (answer.status_code, repr(name) in answer.text) == (400, True), (operation, name)

    await at_each(
        [operation for operation in OPERATIONS if operation.missing_keys or operation.missing_parameters], work
    )


async def test_each_key_that_an_operation_honours_is_read():
    """Shown by an absurd value, which would be a success if nobody looked at it."""
    unread = []

    async def work(client, operation):
        if name_of(operation) in ELSEWHERE:
            return
        address, body = await with_task(client, operation), GOOD.get(name_of(operation), {})
        for name in operation.keys:
            # Any object is one of these; a filter by a field that isn't there is ignored, as at Podio.
            value = 5 if name in {"filters", "fields", "grouping"} else ABSURD
            answer = await client.request(operation.method, address, json=body | {name: value})
            if answer.status_code != 400:
                unread.append((name_of(operation), name, answer.status_code))

    await at_each([operation for operation in BODIED if operation.keys], work)
    assert unread == []


@pytest.mark.parametrize("name", sorted(GOOD))
async def test_the_bodies_that_are_called_good_are(name):
    async def work(client, operation):
        answer = await client.request(
            operation.method, await with_task(client, operation), json=GOOD[name_of(operation)]
        )
        assert answer.status_code in {200, 204}, answer.text

    (operation,) = [operation for operation in OPERATIONS if name_of(operation) == name]
    await at_each([operation], work)


async def test_each_parameter_that_podio_documents_is_read_or_harmless_or_refused():
    parameters = {
        name_of(operation): {name for row in documented_as(operation) for name in typed(row["query"])}
        for operation in OPERATIONS
    }

    unread = []

    async def work(client, operation):
        for name in parameters[name_of(operation)] - set(HARMLESS_PARAMETERS) - FREE_TEXTS:
            body = None if operation.method == "GET" else GOOD.get(name_of(operation), {})
            params = {"query": "x", name: "absurd;value"}
            answer = await client.request(
                operation.method, await with_task(client, operation), json=body, params=params
            )
            if answer.status_code < 400:
                unread.append((name_of(operation), name))

    # The documented list of members by role has the shape of a single member's path.
    parameters["GET /space/{space_id:int}/member/{user_id:int}"] = set()
    await at_each([operation for operation in OPERATIONS if parameters[name_of(operation)]], work)
    assert unread == []
