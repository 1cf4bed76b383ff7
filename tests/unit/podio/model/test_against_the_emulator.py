"""What an API like Podio's answers, decoded."""

from __future__ import annotations

import html
import json
from collections.abc import AsyncIterator, Awaitable, Callable
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
from podio_emulator import create_app

AUTHORIZE = {"client_id": "workbench", "redirect_uri": "http://localhost:8000/", "response_type": "token"}
ADA = {"username": "ada@example.com", "password": "podio"}
Get = Callable[..., Awaitable[Any]]


@pytest.fixture
async def get() -> AsyncIterator[Get]:
    """Ada's calls of an emulator."""
    transport = httpx2.ASGITransport(create_app())
    async with httpx2.AsyncClient(transport=transport, base_url="http://podio.test") as client:
        response = await client.post("/oauth/authorize", params=AUTHORIZE, data=ADA)
        token = dict(parse_qsl(urlsplit(response.headers["location"]).fragment))["access_token"]
        client.headers["Authorization"] = f"Bearer {token}"

        async def get(path: str, body: Any = None) -> Any:
            response = await client.request("GET" if body is None else "POST", path, json=body)
            assert response.is_success, response.text
            return response.json()

        yield get


async def test_the_places_of_a_user_are_decoded(get: Get) -> None:
    user = User.from_json(await get("/user/status"))
    assert user is not None
    assert (user.user_id, user.name, user.mail) == (101, "Ada Lysholm", "ada@example.com")
    organizations = read_list(Organization, await get("/org/"))
    assert [organization.name for organization in organizations] == ["Lysholm Lighting", "Kumo Trading 雲商事"]
    places = [space for organization in organizations for space in organization.spaces]
    assert {space.org_id for space in places} == {organization.org_id for organization in organizations}
    assert "Sales & Projects" in [space.name for space in places]
    space = Space.from_json(await get("/space/21"))
    assert space is not None
    assert (space.name, space.created_by is not None) == ("Sales & Projects", True)
    members = read_list(User, await get("/space/21/member/"))
    assert 101 in [member.user_id for member in members]


async def test_apps_are_decoded(get: Get) -> None:
    apps = [App.from_json(await get(f"/app/{app_id}")) for app_id in range(31, 39)]
    assert all(app and app.space_id and app.item_name and app.fields for app in apps)
    assert not any("token" in repr(app) for app in apps)
    clients, projects, lamps, *_ = apps
    assert clients is not None
    assert projects is not None
    assert lamps is not None
    assert (clients.name, clients.allow_create, clients.fields[0].required) == ("Clients & Leads", True, True)
    status, period, left = clients.field("status"), projects.field("period"), projects.field("left")
    materials, power, plan = lamps.field("materials"), lamps.field("power"), projects.field("plan")
    assert status is not None
    assert [html.unescape(option.text) for option in status.options][-1] == "Lost & gone"
    assert period is not None
    assert (period.has_time, period.has_end) == (False, True)
    assert left is not None
    assert (left.return_type, left.unit, left.decimals) == ("number", "DKK", 2)
    assert materials is not None
    assert power is not None
    assert (materials.multiple, power.decimals) == (True, 1)
    assert plan is not None
    assert (plan.format, plan.is_large) == ("markdown", True)


async def test_items_and_comments_are_decoded(get: Get) -> None:
    comments = 0
    for app_id in range(31, 39):
        answer = await get(f"/item/app/{app_id}/filter/", {"limit": 500})
        page = ItemsPage.from_json(answer, app_id=app_id)
        assert page.filtered == answer["filtered"]
        assert [item.item_id for item in page.items] == [entry["item_id"] for entry in answer["items"]]
        for item in page.items:
            check(item, app_id)
        whole = await get(f"/item/{page.items[-1].item_id}")
        item = Item.from_json(whole)
        assert item is not None
        check(item, app_id)
        assert not any(value.of(RawValue) for value in item.fields.fields)
        for comment in read_list(Comment, whole["comments"]):
            comments += 1
            assert comment.value
            assert comment.created_by is not None
            assert comment.created_on is not None
    assert comments > 3


def check(item: Item, app_id: int) -> None:
    assert (item.app_id, item.app_item_id is not None, item.link != "") == (app_id, True, True)
    assert (item.title != "", item.revision is not None) == (True, True)
    assert item.created_by is not None
    assert item.last_edit_by is not None
    assert "" not in (item.created_by.name, item.last_edit_by.name)
    assert None not in (item.created_on, item.last_edit_on, item.created_via)
    assert all(value.field_id and value.external_id and value.type for value in item.fields.fields)


async def test_a_page_of_items_has_the_same_columns_however_it_is_decoded(get: Get) -> None:
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


async def test_tasks_and_views_are_decoded(get: Get) -> None:
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
    assert view_id in [view.view_id for view in read_list(View, await get("/view/app/31/"))]
