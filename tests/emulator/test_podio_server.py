"""The fixture `podio_server`, as users of the package `podio-emulator` have it."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from datetime import UTC, datetime, timedelta

import httpx2
import pytest

import podio
from podio import Forbidden, NotFound, Podio, PushState, ServerError
from podio_emulator import ids
from podio_emulator.server import Field, PodioServer

SOURCES = {**os.environ, "PYTHONPATH": "pyapp"}


async def signed_in(server: PodioServer, options, **more) -> Podio:
    client = Podio("password", **options, **more)
    await client.authenticate_with_credentials(server.username, server.password)
    return client


@pytest.fixture(params=["in process", "over HTTP"])
def options(request: pytest.FixtureRequest, podio_server: PodioServer):
    return podio_server.in_process() if request.param == "in process" else podio_server.options


@pytest.fixture
def deals(podio_server: PodioServer):
    return podio_server.add_app(
        "Deals",
        [
            Field("Title", required=True),
            Field("Status", "category", options=["Open", "Won & paid"]),
            Field("Labels", "category", options=["A", "B"], multiple=True),
            Field("Value", "money", currencies=["EUR", "DKK"]),
            Field("Due on", "date", description="When we want an answer"),
        ],
        items=[{"title": "First", "status": "Won & paid", "value": {"value": "12.50", "currency": "EUR"}}],
        item_name="Deal",
    )


async def test_a_client_signs_in_and_reads_the_sample_data(podio_server, options):
    async with await signed_in(podio_server, options) as client:
        item = await client.items.get(ids.CLIENT_ITEM_ID)
    assert item["title"] == "Hotel Fjord &amp; Spa"


async def test_an_app_is_made_of_a_python_description(podio_server, options, deals):
    second = deals.add_item(
        {"title": "Second", "labels": ["A", "B"], "due-on": "2026-12-24"}, external_id="x", tags=["t"]
    )

    async with await signed_in(podio_server, options) as client:
        app = await client.applications.get(deals.app_id)
        page = await client.items.filter(deals.app_id, body={"sort_by": "created_on", "sort_desc": False})
        by_external_id = await client.items.get_by_external_id(deals.app_id, "x")
    items = page["items"]
    assert app["config"]["name"] == "Deals"
    assert app["config"]["item_name"] == "Deal"
    assert [(field["external_id"], field["type"]) for field in app["fields"]] == [
        ("title", "text"), ("status", "category"), ("labels", "category"), ("value", "money"), ("due-on", "date")
    ]  # fmt: skip
    assert deals.field_ids == {field["external_id"]: field["field_id"] for field in app["fields"]}
    assert [item["title"] for item in items] == ["First", "Second"]
    assert [item["item_id"] for item in items] == [*deals.item_ids, second]
    assert items[0]["fields"][1]["values"][0]["value"]["text"] == "Won & paid"
    assert deals.option_ids["labels"] == {"A": 1, "B": 2}
    assert by_external_id["tags"] == ["t"]


async def test_an_app_refers_to_another_and_signs_in_by_its_token(podio_server, options, deals):
    notes = podio_server.add_app("Notes", [Field("Text"), Field("Deal", "app", apps=[deals])])
    notes.add_item({"text": "Call them", "deal": list(deals.item_ids)})

    async with Podio("app", **options) as client:
        await client.authenticate_with_app(notes.app_id, notes.app_token)
        (item,) = (await client.items.filter(notes.app_id))["items"]
    assert item["fields"][1]["values"][0]["value"]["title"] == "First"
    assert notes.app_token not in repr(notes)


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (lambda server, app: server.add_app("A", [Field("F", "no such type")]), "must be one of"),
        (lambda server, app: server.add_app("A", [Field("F", "text", options=["x"])]), "must be one of"),
        (lambda server, app: server.add_app("", []), "must not be empty"),
        (lambda server, app: server.add_app("A", [], space_id=1), "not found|Not found"),
        (lambda server, app: app.add_item({"no-such-field": 1}), "must be a field of the app"),
        (lambda server, app: app.add_item({"title": "x", "status": "Lost"}), "has no option 'Lost'"),
        (lambda server, app: app.add_item({"title": "x", "value": {"value": "1", "currency": "USD"}}), "EUR"),
        (lambda server, app: app.add_item({"status": "Open"}), "title is required"),
        (lambda server, app: server.faults([{"path": "no path"}]), "must be a path"),
        (lambda server, app: server.faults([{"path": "/", "sttaus": 500}]), "sttaus"),
        (lambda server, app: server.expire_tokens("nobody@example.com"), "e-mail address of a user"),
        (lambda server, app: server.clock.advance(-1), "goes forward"),
        (lambda server, app: server.clock.advance(float("nan")), "goes forward"),
        (lambda server, app: server.clock.advance(1e300), "years from 1970"),
        (lambda server, app: server.clock.stop(datetime(2026, 1, 1)), "time zone"),
    ],
)
def test_what_podio_would_refuse_is_an_error_in_the_test_that_makes_it(podio_server, deals, wrong, problem):
    with pytest.raises(ValueError, match=problem):
        wrong(podio_server, deals)


async def test_a_refused_app_and_a_refused_item_leave_nothing_behind(podio_server):
    with pytest.raises(ValueError, match="has no option"):
        podio_server.add_app("Deals", [Field("Status", "category", options=["Open"])], items=[{"status": "Shut"}])

    async with await signed_in(podio_server, podio_server.in_process()) as client:
        apps = await client.applications.get_by_space(podio_server.space_id)
    assert "Deals" not in [app["config"]["name"] for app in apps]


async def test_faults_hit_the_calls_of_a_client_until_they_are_used_up(podio_server, options):
    async with await signed_in(podio_server, options, retry_policy=podio.RetryPolicy(attempts=1)) as client:
        podio_server.faults([{"path": "/item/", "status": 500}])
        with pytest.raises(ServerError):
            await client.items.get(ids.CLIENT_ITEM_ID)
        await client.items.get(ids.CLIENT_ITEM_ID)


async def test_a_dropped_connection_is_one_that_failed(podio_server, options):
    async with await signed_in(podio_server, options) as client:
        podio_server.faults([{"path": "/comment/", "drop": True, "method": "POST"}])
        with pytest.raises(podio.ConnectionFailed):
            await client.request("POST", f"/comment/item/{ids.CLIENT_ITEM_ID}/", body={"value": "hi"})


async def test_the_clock_goes_forward_and_a_token_with_it(podio_server, options):
    async with await signed_in(podio_server, options) as client:
        podio_server.clock.advance(timedelta(hours=9))
        await client.items.get(ids.CLIENT_ITEM_ID)
    tokens = [request for request in podio_server.requests() if request["path"] == "/oauth/token"]
    assert [request["status"] for request in tokens] == [200, 200]


async def test_a_stopped_clock_dates_what_is_made(podio_server, options, deals):
    podio_server.clock.stop(datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC))
    item_id = deals.add_item({"title": "x"})

    clock = podio.Clock(now=podio_server.clock)
    async with await signed_in(podio_server, options, clock=clock) as client:
        podio_server.clock.advance(60)
        await client.request("PUT", f"/item/{item_id}", body={"fields": {"title": "y"}})
        item = await client.items.get(item_id)
    assert item["created_on"] == "2030-01-02 03:04:05"
    assert item["current_revision"]["created_on"] == "2030-01-02 03:05:05"


async def test_expired_tokens_are_renewed_and_the_requests_show_it(podio_server, options):
    async with await signed_in(podio_server, options) as client:
        assert podio_server.expire_tokens(podio_server.username) == 1
        await client.items.get(ids.CLIENT_ITEM_ID)
    calls = [(request["method"], request["path"], request["status"]) for request in podio_server.requests()]
    path = f"/item/{ids.CLIENT_ITEM_ID}"
    assert calls[-3:] == [("GET", path, 401), ("POST", "/oauth/token", 200), ("GET", path, 200)]


async def test_a_reset_puts_everything_back_to_the_start(podio_server, deals):
    podio_server.faults([{"path": "/", "status": 500, "times": None}])
    podio_server.clock.stop(datetime(2030, 1, 1, tzinfo=UTC))
    podio_server.require_second_factor()
    podio_server.reset()
    assert podio_server.clock() < datetime(2030, 1, 1, tzinfo=UTC).timestamp() or datetime.now(UTC).year >= 2030
    assert podio_server.requests() == []

    async with await signed_in(podio_server, podio_server.in_process()) as client:
        with pytest.raises(NotFound):
            await client.applications.get(deals.app_id)


def test_both_ways_lead_to_the_same_data_also_at_once_and_from_several_threads(podio_server, deals):
    """Each of them would fail now and then if two threads were inside at once."""

    def work(options) -> None:
        async def many():
            async with await signed_in(podio_server, options) as client:
                for number in range(20):
                    item = await client.items.create(deals.app_id, body={"fields": {"title": f"{number}"}})
                    await client.items.filter(deals.app_id)
                    await client.request("DELETE", f"/item/{item['item_id']}")
                    podio_server.requests()

        asyncio.run(many())

    ways = [podio_server.options, podio_server.in_process(), podio_server.in_process()]
    with ThreadPoolExecutor() as pool:
        for future in [pool.submit(work, way) for way in ways]:
            future.result()
    assert len({request["status"] for request in podio_server.requests()} - {200, 204}) == 0


async def test_an_event_reaches_a_listener_in_another_threads_loop(podio_server):
    listening = threading.Event()

    async def listen() -> str:
        async with await signed_in(podio_server, podio_server.options) as client:
            item = await client.request("GET", f"/item/{ids.CLIENT_ITEM_ID}")
            events = client.push(item, on_state=lambda state: listening.set() if state is PushState.CONNECTED else None)
            async with aclosing(events):
                return (await anext(events)).event

    with ThreadPoolExecutor() as pool:
        event = pool.submit(asyncio.run, listen())
        assert listening.wait(20)
        async with await signed_in(podio_server, podio_server.in_process()) as client:
            await client.request("POST", f"/comment/item/{ids.CLIENT_ITEM_ID}/", body={"value": "hi"})
        assert event.result(20) == "comment_create"


async def test_no_thread_is_started_for_a_test_that_calls_in_process_alone():
    before = threading.active_count()
    with PodioServer() as server:
        async with await signed_in(server, server.in_process()) as client:
            await client.request("GET", "/user/status")
        assert threading.active_count() == before


def test_a_closed_server_is_gone_and_may_be_served_again():
    with PodioServer() as server:
        url = server.url
    with pytest.raises(httpx2.ConnectError):
        httpx2.get(url)
    with server:
        assert httpx2.get(f"{server.url}/_emulator/requests").status_code == 200


class TestOptions:
    @pytest.fixture
    def podio_server_options(self):
        return {"sample_data": False, "token_lifetime": 60}

    async def test_a_test_has_the_server_that_its_own_fixture_describes(self, podio_server):
        async with await signed_in(podio_server, podio_server.in_process()) as client:
            assert await client.applications.get_by_space(podio_server.space_id) == []
            assert len(await client.organizations.get_all()) == 2
            with pytest.raises((Forbidden, NotFound)):
                await client.items.get(ids.CLIENT_ITEM_ID)
            status = await client.request("GET", "/user/status")
        assert status["user"]["mail"] == podio_server.username
        names = ("client_id", "client_secret", "username", "password")
        form = {"grant_type": "password"} | {name: getattr(podio_server, name) for name in names}
        assert httpx2.post(f"{podio_server.url}/oauth/token", data=form).json()["expires_in"] == 60


@pytest.mark.parametrize("order", [{"advance": 3600}, {"stop": "2031-05-06T07:08:09Z"}, {"stop": None}])
def test_the_clock_is_controlled_over_http_too(podio_server, order):
    response = httpx2.post(f"{podio_server.url}/_emulator/clock", json=order)
    assert response.status_code == 200
    time_shown = datetime.fromisoformat(response.json()["now"]).timestamp()
    assert abs(time_shown - podio_server.clock()) < 5
    assert ("stop" in order) == (podio_server.clock() == podio_server.clock())


WRONG_ORDERS = [
    *(None, [], {}, {"advance": "1"}, {"advance": True}, {"advance": -1}, {"advance": 1e300}),
    *(
        {"advance": 1, "stop": None},
        {"stop": 5},
        {"stop": "soon"},
        {"stop": "2026-01-01"},
        {"stop": "9999-12-31T23:59:59Z"},
    ),
]


@pytest.mark.parametrize("order", WRONG_ORDERS, ids=str)
def test_a_wrong_order_to_the_clock_is_refused_and_changes_nothing(podio_server, order):
    response = httpx2.post(f"{podio_server.url}/_emulator/clock", json=order)
    assert (response.status_code, response.json()["error"]) == (400, "invalid_value")
    assert abs(podio_server.clock() - datetime.now(UTC).timestamp()) < 5


def test_the_plugin_imports_nothing_before_a_test_wants_the_fixture():
    heavy = ("starlette", "uvicorn", "httpx2")
    code = (
        f"import podio_emulator.pytest_plugin, sys; print([name for name in sys.modules if name.startswith({heavy})])"
    )
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=SOURCES)
    assert process.stdout == "[]\n"


def test_it_is_served_by_a_command_that_an_interrupt_ends():
    command = [sys.executable, "-m", "podio_emulator", "--port", "0", "--no-sample-data", "--token-lifetime", "60"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=SOURCES) as process:
        line = process.stdout.readline()
        assert line.startswith("Podio emulator at http://127.0.0.1:")
        url = line.removeprefix("Podio emulator at ").strip()
        form = {"grant_type": "password", "username": ids.ADA_MAIL, "password": ids.PASSWORD}
        key = {"client_id": ids.CONFIDENTIAL_CLIENT_ID, "client_secret": ids.CONFIDENTIAL_CLIENT_SECRET}
        assert httpx2.post(f"{url}/oauth/token", data=form | key).json()["expires_in"] == 60
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0


@pytest.mark.parametrize(
    "arguments", [["--port", "65536"], ["--port", "-1"], ["--token-lifetime", "0"], ["--port", "busy"], ["--nonsense"]]
)
def test_a_command_that_makes_no_sense_ends_with_a_sentence(arguments, podio_server):
    arguments = [podio_server.url.rpartition(":")[2] if argument == "busy" else argument for argument in arguments]
    command = [sys.executable, "-m", "podio_emulator", *arguments]
    process = subprocess.run(command, capture_output=True, text=True, check=False, env=SOURCES)
    assert process.returncode != 0
    assert "Traceback" not in process.stderr
    assert arguments[-1] in process.stderr
