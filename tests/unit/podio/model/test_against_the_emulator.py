"""What an API like Podio's answers, decoded; and everything that the page read until now."""

from __future__ import annotations

import asyncio
import html
import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx2
import pytest

from podio.fields import RawValue, column, column_of
from podio.model import (
    App,
    Comment,
    Item,
    ItemsPage,
    Organization,
    Space,
    Task,
    User,
    View,
    _item_columns,
    read_item_columns,
    read_list,
)
from workbench import podio_shapes

create_app = pytest.importorskip("podio_emulator", reason="the emulator needs Starlette").create_app

AUTHORIZE = {"client_id": "workbench", "redirect_uri": "http://localhost:8000/", "response_type": "token"}
ADA = {"username": "ada@example.com", "password": "podio"}
Get = Callable[..., Awaitable[Any]]


def with_emulator(work: Callable[[Get], Awaitable[None]]) -> None:
    async def run() -> None:
        transport = httpx2.ASGITransport(create_app())
        async with httpx2.AsyncClient(transport=transport, base_url="http://podio.test") as client:
            response = await client.post("/oauth/authorize", params=AUTHORIZE, data=ADA)
            token = dict(parse_qsl(urlsplit(response.headers["location"]).fragment))["access_token"]
            client.headers["Authorization"] = f"Bearer {token}"

            async def get(path: str, body: Any = None) -> Any:
                response = await client.request("GET" if body is None else "POST", path, json=body)
                assert response.is_success, response.text
                return response.json()

            await work(get)

    asyncio.run(run())


def test_the_places_of_a_user_are_decoded_as_the_page_reads_them() -> None:
    async def work(get: Get) -> None:
        status = await get("/user/status")
        user, person = User.from_json(status), podio_shapes.person(status)
        assert user is not None
        assert person is not None
        assert (user.user_id, user.name, user.mail) == (person.user_id, person.name, person.mail)
        answer = await get("/org/")
        organizations, known = read_list(Organization, answer), podio_shapes.organizations(answer)
        assert len(organizations) == len(known) == 2
        for organization, shape in zip(organizations, known, strict=True):
            assert (organization.org_id, organization.name) == (shape.org_id, shape.name)
            assert [(space.space_id, space.org_id, space.name) for space in organization.spaces] == [
                (space.space_id, space.org_id, space.name) for space in shape.spaces
            ]
        space = Space.from_json(await get("/space/21"))
        assert space is not None
        assert (space.name, space.created_by is not None) == ("Sales & Projects", True)
        members = read_list(User, await get("/space/21/member/"))
        assert 101 in [member.user_id for member in members]

    with_emulator(work)


def test_apps_are_decoded_as_the_page_reads_them() -> None:
    async def work(get: Get) -> None:
        for app_id in range(31, 39):
            answer = await get(f"/app/{app_id}")
            app, shape = App.from_json(answer), podio_shapes.app(answer)
            assert app is not None
            assert shape is not None
            assert (app.name, app.item_name, app.space_id) == (shape.name, shape.item_name, shape.space_id)
            assert (app.allow_create, app.allow_edit, app.allow_comments) == (
                shape.allow_create,
                shape.allow_edit,
                shape.allow_comments,
            )
            shown = [field for field in app.fields if not field.hidden]
            for field, known in zip(shown, shape.fields, strict=True):
                for name in ("field_id", "external_id", "type", "label", "description", "required", "multiple"):
                    assert getattr(field, name) == getattr(known, name)
                for name in ("format", "decimals", "has_time", "has_end", "return_type", "unit", "currencies"):
                    assert getattr(field, name) == getattr(known, name)
                assert (field.is_large, field.value_types) == (known.large, known.value_types)
                assert [(option.id, html.unescape(option.text), option.color) for option in field.options] == [
                    (option.option_id, option.text, option.color) for option in known.options
                ]
            assert "token" not in repr(app)

    with_emulator(work)


def test_items_and_comments_are_decoded_as_the_page_reads_them() -> None:
    async def work(get: Get) -> None:
        comments = 0
        for app_id in range(31, 39):
            answer = await get(f"/item/app/{app_id}/filter/", {"limit": 500})
            page, shape = ItemsPage.from_json(answer, app_id=app_id), podio_shapes.items_page(answer, app_id, 0)
            assert page.filtered == shape.filtered
            for item, known in zip(page.items, shape.items, strict=True):
                compare(item, known)
            whole = await get(f"/item/{page.items[-1].item_id}")
            item = Item.from_json(whole)
            compare(item, podio_shapes.item(whole))
            assert not any(value.of(RawValue) for value in item.fields.fields)  # type: ignore[union-attr]
            for comment, wrote in zip(
                read_list(Comment, whole["comments"]), podio_shapes.comments(whole["comments"]), strict=True
            ):
                comments += 1
                assert (comment.comment_id, comment.value, comment.rich_value) == (
                    wrote.comment_id,
                    wrote.value,
                    wrote.rich,
                )
                assert (comment.created_by.name, comment.created_on) == (  # type: ignore[union-attr]
                    wrote.written.name,
                    wrote.written.at,
                )
        assert comments > 3

    with_emulator(work)


def compare(item: Any, known: Any) -> None:
    assert (item.item_id, item.app_id, item.app_item_id) == (known.item_id, known.app_id, known.app_item_id)
    assert (item.title, item.revision, item.external_id) == (known.title, known.revision, known.external_id)
    assert (item.comment_count, item.link, item.tags) == (known.comment_count, known.link, known.tags)
    assert (item.allows("update"), item.allows("delete")) == (known.may_edit, known.may_delete)
    assert (item.created_by.name, item.created_on) == (known.created.name, known.created.at)
    assert (item.last_edit_by.name, item.last_edit_on) == (known.changed.name, known.changed.at)
    assert item.created_via.name == known.created_via
    assert [(file.file_id, file.name, file.size, file.mimetype) for file in item.files] == [
        (file.file_id, file.name, file.size, file.mimetype) for file in known.files
    ]
    assert [
        (value.field_id, value.external_id, value.type, html.unescape(value.label)) for value in item.fields.fields
    ] == [(value.field_id, value.external_id, value.type, value.label) for value in known.fields]


def test_a_page_of_items_has_the_same_columns_however_it_is_decoded() -> None:
    async def work(get: Get) -> None:
        for app_id in range(31, 39):
            app = App.from_json(await get(f"/app/{app_id}"))
            assert app is not None
            answer = await get(f"/item/app/{app_id}/filter/", {"limit": 500})
            for content in (json.dumps(answer).encode(), json.dumps(answer, ensure_ascii=False).encode()):
                columns = read_item_columns(content, app.fields)
                assert columns == _item_columns._columns(_item_columns._decoded_by_json(content), app.fields)
                assert columns.item_ids
            for place, item in enumerate(ItemsPage.from_json(answer).items):
                for value in item.fields.fields:
                    assert columns.cells[value.field_id or 0][place].keys == column_of(value).keys
                    assert column(value.raw) == column_of(value)

    with_emulator(work)


def test_tasks_and_views_are_decoded() -> None:
    async def work(get: Get) -> None:
        body = {"text": "Call <Ada>", "due_date": "2026-12-24", "due_time": "18:30:00", "responsible": 101}
        created = Task.from_json(await get("/task/item/31001/", body))
        assert created is not None
        task = Task.from_json(await get(f"/task/{created.task_id}"))
        assert task is not None
        assert (task.text, str(task.due_date), task.status) == ("Call <Ada>", "2026-12-24", "active")
        assert task.responsible is not None
        assert task.responsible.user_id == 101
        assert task.ref is not None
        assert (task.ref.type, task.ref.id) == ("item", 31001)
        body = {"name": "Open", "sort_by": "created_on", "sort_desc": True, "filters": [], "layout": "table"}
        view_id = (await get("/view/app/31/", body))["view_id"]
        view = View.from_json(await get(f"/view/{view_id}"))
        assert view is not None
        assert (view.view_id, view.name, view.sort_desc) == (view_id, "Open", True)
        assert view_id in [found.view_id for found in read_list(View, await get("/view/app/31/"))]

    with_emulator(work)
