"""The object layer, awaited and by podio.sync: conditions, items that are changed, conflicts, what belongs to them."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest

from podio import ConfigurationError, Conflict, Gone, ServerError
from podio.fields import Contact, DateValue, FieldValueError, Money, Option
from podio_emulator import ids
from tests.library.conftest import IN_PYODIDE, World
from tests.unit.podio.reachable import assert_nothing_leaks

pytestmark = pytest.mark.parametrize(
    "world", ["in process"] if IN_PYODIDE else ["in process", "by podio.sync"], indirect=True
)


@pytest.fixture
async def podio(world: World) -> AsyncIterator[Any]:
    """A client that Ada has signed in."""
    async with await world.signed_in() as podio:
        yield podio


async def find_items(podio: Any, app_id: int, condition: Callable[[Any], Any], **options: Any) -> list[int]:
    """Return which of an app's items pass, by their last digits."""
    app = await podio.app(app_id)
    query = app.where(condition(app), **options)
    items = [item.item_id % 1000 async for item in query]
    assert await query.count() == len(items)
    first = await query.first()
    assert (first.item_id % 1000 if first else None) == (items[0] if items else None)
    return items


CLIENTS: list[tuple[Callable[[Any], Any], list[int]]] = [
    (lambda app: app["status"] == "Client", [1, 3, 4]),
    (lambda app: app["Status"].eq("Client"), [1, 3, 4]),
    (lambda app: app["status"] == "Lost & gone", [6]),
    (lambda app: app["status"].in_(["Lead", "Dormant"]), [5, 7, 8]),
    (lambda app: app["status"] != "Client", [2, 5, 6, 7, 8, 9]),
    (lambda app: app["status"].is_empty(), []),
    (lambda app: app["status"].ne(None), [1, 2, 3, 4, 5, 6, 7, 8, 9]),
    (lambda app: app["contact"].is_empty(), [5, 6, 7, 8]),
    (lambda app: app["contact"].ne(None), [1, 2, 3, 4, 9]),
    (lambda app: app["yearly-revenue"] >= 300_000, [1, 3, 4]),
    (lambda app: app["yearly-revenue"].between(Decimal(58250), 96_000), [2, 7]),
    (lambda app: app["yearly-revenue"] == Decimal("318500.75"), [4]),
    (lambda app: app["yearly-revenue"].ne(412_000) & app["yearly-revenue"].ne(None), [2, 3, 4, 7]),
    (lambda app: app["yearly-revenue"].in_([412_000, 58_250]), [1, 7]),
    (lambda app: app["yearly-revenue"].is_empty(), [5, 6, 8, 9]),
    (lambda app: (app["yearly-revenue"] >= 90_000) & (app["yearly-revenue"] <= 100_000), [2]),
    (lambda app: (app["status"] == "Client") & app["yearly-revenue"].between(400_000, 500_000), [1]),
    (lambda app: app["interests"].eq("hotel"), [1]),
    (lambda app: app.item_property("item_id").between(31_002, 31_003), [2, 3]),
    (lambda app: app.item_property("created_on").between(date(2026, 9, 8), None), [9]),
    (lambda app: app.item_property("last_edit_on") >= datetime(2026, 8, 28, 12, 27, tzinfo=UTC), [8, 9]),
    (lambda app: app.item_property("created_on") <= datetime(2026, 6, 12, 8, 7, 59, tzinfo=UTC), []),
    (lambda app: app.item_property("created_by").eq(ids.ADA_ID) & (app["status"] == "Client"), [1, 3, 4]),
    (lambda app: app.item_property("external_id") == "none/such", []),
    (lambda app: app.item_property("tags").is_empty() & (app["status"] == "Dormant"), [7]),
]


@pytest.mark.parametrize(("condition", "items"), CLIENTS, ids=range(len(CLIENTS)))
async def test_a_condition_finds_the_items(podio: Any, condition: Callable[[Any], Any], items: list[int]) -> None:
    assert await find_items(podio, ids.CLIENTS_APP_ID, condition) == items


async def test_a_condition_on_references_contacts_and_several_values(podio: Any) -> None:
    projects, clients = await podio.app(ids.PROJECTS_APP_ID), await podio.app(ids.CLIENTS_APP_ID)
    client = await clients.get(ids.CLIENT_ITEM_ID)
    by_id = [item.item_id async for item in projects.where(projects["client"] == ids.CLIENT_ITEM_ID)]
    # By podio.sync the item is one of its own.
    by_item = [item.item_id async for item in projects.where(projects["client"] == getattr(client, "front", client))]
    assert by_id == by_item != []
    (contact,) = client["contact"]
    assert isinstance(contact, Contact)
    theirs = [item.item_id async for item in clients.where(clients["contact"] == contact)]
    assert client.item_id in theirs
    lamps = await podio.app(ids.PRODUCTS_APP_ID)
    several = {item.item_id: {option.text for option in item["materials"]} async for item in lamps.where()}
    text = next(text for texts in several.values() for text in texts)
    with_it = {item.item_id async for item in lamps.where(lamps["materials"] == text)}
    without = {item.item_id async for item in lamps.where(lamps["materials"] != text)}
    assert with_it == {item_id for item_id, texts in several.items() if text in texts}
    assert without == several.keys() - with_it


async def test_a_condition_on_dates_takes_days_and_podios_relative_ones(podio: Any, world: World) -> None:
    app = await podio.app(ids.PRODUCTS_APP_ID)
    days = {item.item_id: item["launched"] async for item in app.where()}
    dated = {item_id: value.start for item_id, value in days.items() if value is not None}
    day = min(dated.values())
    assert {item.item_id async for item in app.where(app["launched"] == day)} == {
        item_id for item_id, start in dated.items() if start == day
    }
    assert {item.item_id async for item in app.where(app["launched"].ne(day))} == {
        item_id for item_id in days if dated.get(item_id) != day
    }
    assert {item.item_id async for item in app.where(app["launched"].is_empty())} == days.keys() - dated.keys()
    today = datetime.fromtimestamp(world.clock.now, UTC).date()
    recent = {item.item_id async for item in app.where(app["launched"].between("-400d", "+0d"))}
    assert recent == {item_id for item_id, start in dated.items() if today - timedelta(days=400) <= start <= today}


async def test_items_come_in_an_order_and_by_a_view(podio: Any) -> None:
    assert await find_items(podio, ids.CLIENTS_APP_ID, lambda app: app["status"] == "Client", descending=True) == [
        4,
        3,
        1,
    ]
    by_revenue = await find_items(
        podio, ids.CLIENTS_APP_ID, lambda app: app["yearly-revenue"] >= 0, sort_by="Revenue a year", page_size=2
    )
    assert by_revenue == [7, 2, 4, 1, 3]


MISTAKES: list[tuple[Callable[[Any], Any], type[Exception], str]] = [
    (lambda app: app["stauts"], KeyError, "no field 'stauts'. Did you mean 'status'"),
    (lambda app: app["status"] == "Custommer", FieldValueError, "'Client'"),
    (lambda app: app["status"] == 999, FieldValueError, "id 999|options"),
    (lambda app: app["status"].between("Lead", "Client"), FieldValueError, "single values"),
    (lambda app: app["status"].in_([]), FieldValueError, "at least one value"),
    (lambda app: app["status"].in_("Client"), FieldValueError, "a list of values"),
    (lambda app: app["status"] == ["Lead", "Client"], FieldValueError, r"in_\(…\)"),
    (lambda app: app["name"] == "Hotel", FieldValueError, "can't filter by the text field 'name': it would ignore"),
    (lambda app: app["name"].is_empty(), FieldValueError, "can't filter by the text field"),
    (lambda app: app["phone"].in_(["1"]), FieldValueError, "can't filter by the phone field"),
    (lambda app: app["address"] != "x", FieldValueError, "can't filter by the location field"),
    (lambda app: app["yearly-revenue"] >= "much", FieldValueError, "a number"),
    (lambda app: app["yearly-revenue"].between(None, None), FieldValueError, "a beginning or an end"),
    (lambda app: app["contact"] == Contact(user_id=5), FieldValueError, "profile"),
    (lambda app: app.item_property("created_on") >= "yesterday", FieldValueError, "relative to today"),
    (lambda app: app.item_property("colour"), FieldValueError, "created_on"),
    (lambda app: bool(app["status"] == "Client"), TypeError, "by & in place of 'and'"),
    (lambda app: 1 <= app["yearly-revenue"] <= 2, TypeError, "between"),
    (lambda app: (app["status"] == "Lead") | (app["status"] == "Client"), TypeError, r"\.in_"),
    (lambda app: ~(app["status"] == "Lead"), TypeError, r"\.ne"),
    (
        lambda app: (app["status"] == "Lead") & (app["status"] == "Client"),
        ConfigurationError,
        "one condition on a field",
    ),
    (lambda app: app.where(True), ConfigurationError, "where takes a condition"),
    (lambda app: app.where(sort_by="stauts"), KeyError, "Did you mean 'status'"),
]


@pytest.mark.parametrize(("mistake", "kind", "words"), MISTAKES, ids=range(len(MISTAKES)))
async def test_a_mistake_is_found_before_anything_is_sent(
    podio: Any, world: World, mistake: Callable[[Any], Any], kind: type[Exception], words: str
) -> None:
    app = await podio.app(ids.CLIENTS_APP_ID)
    before = await world.requests()
    with pytest.raises(kind, match=words):
        mistake(app)
    assert await world.requests() == before


async def test_what_is_set_is_read_back_as_podio_answers_it_and_saved_once(podio: Any, world: World) -> None:
    app = await podio.app(ids.CLIENTS_APP_ID)
    item = await app.get(ids.CLIENT_ITEM_ID)
    status, revision = item["status"], item.revision
    assert isinstance(status, Option)
    item["status"] = "Dormant"
    item["Revenue a year"] = Money(amount=Decimal(5), currency="EUR")
    item["phone"] = ["+45 1", "+45 2"]
    item["about"] = None
    assert str(item["status"]) == item.text("status") == "Dormant"
    assert [phone.value for phone in item["phone"]] == ["+45 1", "+45 2"]
    assert set(item.changes) == {"status", "yearly-revenue", "phone", "about"}
    item["status"] = "Client"
    assert "status" not in item.changes
    await item.save()
    assert item.changes == {}
    assert item.revision == revision + 1
    calls = await world.requests()
    await item.save()
    assert await world.requests() == calls
    again = await app.get(ids.CLIENT_ITEM_ID)
    assert item.revision == again.revision
    for name in ("yearly-revenue", "phone", "about", "status"):
        assert item.text(name) == again.text(name)
    assert str(again["yearly-revenue"]) == "5 EUR"
    assert again["about"] is None
    assert str(again) == again.title
    item["yearly-revenue"] = Money(amount=Decimal(6), currency="EUR")
    await item.save()
    assert item.revision == revision + 2


async def test_wrong_values_are_all_named_and_none_of_them_is_set(podio: Any, world: World) -> None:
    app = await podio.app(ids.CLIENTS_APP_ID)
    item = await app.get(ids.CLIENT_ITEM_ID)
    wrong = {"status": "Nobody", "yearly-revenue": "much", "colour": 1, "name": "Good"}
    before = await world.requests()
    with pytest.raises(FieldValueError) as caught:
        item.update(wrong)
    assert {error.field for error in caught.value.errors} == {"status", "yearly-revenue", "colour"}
    for sending in (app.create(wrong), app.upsert("new", wrong)):
        with pytest.raises(FieldValueError) as caught:
            await sending
        assert {error.field for error in caught.value.errors} == {"status", "yearly-revenue", "colour"}
    assert item.changes == {}
    assert await world.requests() == before


async def test_a_conflict_shows_mine_theirs_and_before_and_changes_nothing(podio: Any) -> None:
    app = await podio.app(ids.CLIENTS_APP_ID)
    mine, theirs = await app.get(ids.CLIENT_ITEM_ID), await app.get(ids.CLIENT_ITEM_ID)
    theirs["status"] = "Dormant"
    await theirs.save()
    mine["status"], mine["name"] = "Lead", "Mine"
    revision = mine.revision
    with pytest.raises(Conflict) as caught:
        await mine.save()
    assert {name: str(value) for name, value in caught.value.mine.items()} == {"status": "Lead", "name": "Mine"}
    assert str(caught.value.theirs["status"]) == "Dormant"
    assert str(caught.value.before["status"]) == "Client"
    assert caught.value.before["name"] == caught.value.theirs["name"] != caught.value.mine["name"]
    assert mine.revision == revision
    assert set(mine.changes) == {"status", "name"}
    assert str((await app.get(ids.CLIENT_ITEM_ID))["status"]) == "Dormant"
    await mine.reload()
    await mine.save()
    assert str((await app.get(ids.CLIENT_ITEM_ID))["status"]) == "Lead"
    mine["status"] = "Talking"
    mine.discard()
    assert mine.changes == {}


async def test_an_error_leads_back_to_no_token(podio: Any, world: World) -> None:
    app = await podio.app(ids.CLIENTS_APP_ID)
    item = await app.get(ids.CLIENT_ITEM_ID)
    await world.control("faults", [{"path": "/item/", "status": 503, "times": 9}])
    item["status"] = "Lead"
    for call in (item.save, lambda: app.get(1), lambda: app.where().all(), lambda: app.create({"name": "New"})):
        with pytest.raises(ServerError) as caught:
            await call()
        assert_nothing_leaks(caught.value, (podio.session.token.access_token, podio.session.token.refresh_token))


async def test_an_item_that_was_made_is_returned_even_if_it_cant_be_read(podio: Any, world: World) -> None:
    app = await podio.app(ids.CLIENTS_APP_ID)
    await world.control("faults", [{"path": "/item/", "method": "GET", "status": 503, "times": 1}])
    item = await app.create({"name": "New", "status": "Lead", "contact": Contact(user_id=ids.ADA_ID)}, tags=["one"])
    assert (item.title, str(item["status"]), item.tags) == ("New", "Lead", ("one",))
    assert item["contact"][0].user_id == ids.ADA_ID
    assert (await app.get(item.item_id)).title == "New"


async def test_a_conflict_over_an_item_that_is_gone_is_reported_without_theirs(podio: Any, world: World) -> None:
    item = await (await podio.app(ids.CLIENTS_APP_ID)).get(ids.CLIENT_ITEM_ID)
    item["status"] = "Lead"
    body = {"error": "conflict", "error_description": "Changed"}
    faults = [
        {"path": "/item/", "method": "PUT", "status": 409, "times": 1, "body": body},
        {"path": "/item/", "method": "GET", "status": 410, "times": 1},
    ]
    await world.control("faults", faults)
    with pytest.raises(Conflict) as caught:
        await item.save()
    assert str(caught.value.mine["status"]) == "Lead"
    assert dict(caught.value.theirs) == {}


async def test_an_item_is_made_found_changed_by_its_external_id_and_deleted(podio: Any) -> None:
    app = await podio.app(ids.PROJECTS_APP_ID)
    client = await (await podio.app(ids.CLIENTS_APP_ID)).get(ids.CLIENT_ITEM_ID)
    values = {"title": "New", "client": getattr(client, "front", client), "period": date(2026, 12, 24)}
    item = await app.upsert("a/b 1", values)
    assert item.external_id == "a/b 1"
    assert isinstance(item["period"], DateValue)
    assert item["period"].start == date(2026, 12, 24)
    assert item["client"].item_id == ids.CLIENT_ITEM_ID
    changed = await app.upsert("a/b 1", {"title": "Newer"})
    assert changed.item_id == item.item_id
    assert changed.title == "Newer"
    plain = await app.create({"title": "Plain"}, external_id="plain", tags=["one"], silent=True)
    assert plain.tags == ("one",)
    assert (await app.find("plain")).item_id == plain.item_id
    assert await app.find("none") is None
    await plain.delete()
    with pytest.raises(Gone):
        await app.get(plain.item_id)
    with pytest.raises(ConfigurationError, match="is of app"):
        await app.get(ids.CLIENT_ITEM_ID)


async def test_files_comments_and_tasks_belong_to_an_item(podio: Any) -> None:
    app = await podio.app(ids.CLIENTS_APP_ID)
    item = await app.get(ids.CLIENT_ITEM_ID)
    file = await item.attach(b"content", "a.txt")
    assert file in item.files
    assert await item.download(file) == b"content"
    await item.reload()
    assert file.file_id in [other.file_id for other in item.files]
    comment = await item.comment("A word")
    assert comment.comment_id in [other.comment_id async for other in item.comments()]
    task = await item.create_task("Call", due=datetime(2026, 12, 1, 9, 30), responsible=ids.GRACE_ID)
    assert (task.text, str(task.due_date), str(task.due_time)) == ("Call", "2026-12-01", "09:30:00")
    assert task.task_id in [other.task_id async for other in item.tasks()]
    assert task.task_id in [other.task_id async for other in app.tasks()]
    assert str(task) == "Call"


async def test_lists_are_gone_through_to_their_end_each_entry_once(podio: Any) -> None:
    for number in range(45):
        await podio.comments.create("item", ids.CLIENT_ITEM_ID, body={"value": f"comment {number}"}, silent=True)
        await podio.tasks.create(body={"text": f"task {number}"})
        await podio.items.create(ids.CLIENTS_APP_ID, body={"fields": {"name": f"Lantern {number}"}}, silent=True)
    comments = [comment["comment_id"] async for comment in podio.iterate_comments("item", ids.CLIENT_ITEM_ID)]
    assert len(comments) == len(set(comments)) >= 45
    tasks = [task["task_id"] async for task in podio.iterate_tasks(created_by=f"user:{ids.ADA_ID}")]
    assert len(tasks) == len(set(tasks)) >= 45
    results = [
        (result["type"], result["id"]) async for result in podio.iterate_search("Lantern", app_id=ids.CLIENTS_APP_ID)
    ]
    assert len(results) == len(set(results)) >= 45
    stream = [(entry["type"], entry["id"]) async for entry in podio.iterate_stream(space_id=ids.SALES_SPACE_ID)]
    assert stream
    with pytest.raises(ConfigurationError, match="Name one place"):
        [entry async for entry in podio.iterate_stream(app_id=1, space_id=2)]


async def test_items_are_rows_for_csv_and_a_data_frame(podio: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    class Frame:
        @staticmethod
        def from_records(records: list[dict[str, Any]], columns: list[str]) -> Any:
            return records, columns

    app = await podio.app(ids.CLIENTS_APP_ID)
    text = io.StringIO()
    rows = csv.DictWriter(text, app.columns)
    rows.writeheader()
    async for row in app.where().rows():
        rows.writerow(row)
    read = list(csv.DictReader(io.StringIO(text.getvalue())))
    assert [row["item_id"] for row in read] == [str(31_000 + number) for number in range(1, 10)]
    assert read[0]["status"] == "Client"
    assert read[0]["yearly-revenue"] == "412000 DKK"
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ConfigurationError, match="pip install pandas"):
        await app.where().data_frame()
    pandas = ModuleType("pandas")
    pandas.DataFrame = Frame  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pandas", pandas)
    records, columns = await app.where().data_frame()
    assert columns == list(app.columns)
    assert records[0]["yearly-revenue"] == 412_000.0
    assert records[0]["status"] == "Client"
    assert records[4]["yearly-revenue"] is None
