"""What is written is what an API like Podio's takes: items of the sample data, there and back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx2
import pytest

from podio.fields import (
    Contact,
    DateValue,
    Email,
    Embed,
    FileReference,
    ItemReference,
    Location,
    Money,
    Phone,
    RawValue,
    Text,
    item_values,
    write_values,
)
from podio_emulator import create_app

AUTHORIZE = {"client_id": "workbench", "redirect_uri": "http://localhost:8000/", "response_type": "token"}
ADA = {"username": "ada@example.com", "password": "podio"}


@pytest.fixture
async def client() -> AsyncIterator[httpx2.AsyncClient]:
    """Ada's client of an emulator."""
    transport = httpx2.ASGITransport(create_app())
    async with httpx2.AsyncClient(transport=transport, base_url="http://podio.test") as client:
        answer = await client.post("/oauth/authorize", params=AUTHORIZE, data=ADA)
        token = dict(parse_qsl(urlsplit(answer.headers["location"]).fragment))["access_token"]
        client.headers["Authorization"] = f"Bearer {token}"
        yield client


async def answered(client: httpx2.AsyncClient, method: str, path: str, json: Any = None) -> Any:
    answer = await client.request(method, path, json=json)
    assert answer.status_code in {200, 204}, answer.text
    return answer.json() if answer.content else None


async def test_an_item_written_back_as_it_was_read_does_not_change(client: httpx2.AsyncClient) -> None:
    types = set()
    for app_id in range(31, 39):
        page = await answered(client, "POST", f"/item/app/{app_id}/filter/", {"limit": 6})
        for entry in page["items"]:
            values = item_values(await answered(client, "GET", f"/item/{entry['item_id']}"))
            assert not any(field.of(RawValue) for field in values.fields)
            types |= {field.type for field in values.fields}
            # 204: Podio found nothing that changed.
            assert await answered(client, "PUT", f"/item/{entry['item_id']}", {"fields": values.written()}) is None
    assert len(types) >= 16


WRITTEN = {
    31: {
        "about": Text(value="<p>Lamps &amp; more</p>"),
        "yearly-revenue": Money(amount=Decimal("12.5"), currency="EUR"),
        "status": ["Lead"],
        "people": [Contact(user_id=101), {"type": "mail", "id": "soren@lysholm.example"}],
        "address": Location(value="Åboulevarden 1", city="Aarhus", country="Denmark", lat=56.15, lng=10.2),
        "website": [Embed(url="https://example.com/")],
        "phone": [Phone(type="mobile", value="+45 1")],
        "email": [Email(type="home", value="a@b.example")],
        "interests": ["lamps", "glass"],
    },
    32: {
        "progress": 42,
        "work-done": timedelta(hours=1, minutes=30),
        "client": ItemReference(item_id=31001),
        "lamps": [33001, ItemReference(item_id=33003)],
        "documents": [FileReference(file_id=8011)],
    },
    33: {"power": Decimal("18.25"), "launched": date(2026, 11, 30)},
    37: {"when": DateValue(start=datetime(2026, 11, 30, 9), end=datetime(2026, 11, 30, 10, 30))},
}


async def test_values_made_in_python_are_taken_and_read_back(client: httpx2.AsyncClient) -> None:
    for app_id, fields in WRITTEN.items():
        path = f"/item/{app_id}001"
        app = await answered(client, "GET", f"/app/{app_id}")
        await answered(client, "PUT", path, {"fields": write_values(app, fields)})
        values = item_values(await answered(client, "GET", path))
        for key, value in fields.items():
            assert len(values[key].values) == (len(value) if isinstance(value, list) else 1)
        # What was read now, written once more, is no change: nothing was lost on the way.
        assert await answered(client, "PUT", path, {"fields": values.written()}) is None
        if app_id == 31:
            assert values["about"].value == fields["about"]
            assert values["yearly-revenue"].value == fields["yearly-revenue"]
            assert [contact.name for contact in values["people"].of(Contact)] == ["Ada Lysholm", "Søren Kjærgaard"]
            assert [contact.url for contact in values["website"].of(Embed)] == ["https://example.com/"]
            assert values["phone"].values == tuple(fields["phone"])
            assert values["interests"].values == ("lamps", "glass")
        if app_id == 37:
            when = values["when"].of(DateValue)[0]
            assert (when.start, when.end) == (fields["when"].start, fields["when"].end)
            assert when.start_utc == datetime(2026, 11, 30, 8, tzinfo=UTC)


async def test_a_moment_with_a_time_zone_is_kept_as_that_moment(client: httpx2.AsyncClient) -> None:
    app = await answered(client, "GET", "/app/37")
    moment = datetime(2026, 7, 1, 12, 30, tzinfo=UTC)
    await answered(client, "PUT", "/item/37001", {"fields": write_values(app, {"when": moment})})
    when = item_values(await answered(client, "GET", "/item/37001"))["when"].of(DateValue)[0]
    assert when.start_utc == moment
    assert when.start == datetime(2026, 7, 1, 14, 30)


async def test_none_clears_a_field(client: httpx2.AsyncClient) -> None:
    app = await answered(client, "GET", "/app/31")
    await answered(client, "PUT", "/item/31001", {"fields": write_values(app, {"phone": None, "interests": []})})
    values = item_values(await answered(client, "GET", "/item/31001"))
    assert "phone" not in values
    assert "interests" not in values
