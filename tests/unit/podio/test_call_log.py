"""The log of calls: what a record says, and that no secret is in any."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest

from podio import RetryPolicy, areas, errors
from podio._operation_paths import WORDS, template_of
from tests.unit.podio.fakes import FakePodio, Page
from tests.unit.podio.test_boundary import FAILURES, FLOWS, SECRETS


def records_of(caplog: pytest.LogCaptureFixture) -> list[Any]:
    return [record for record in caplog.records if record.name == "podio.calls"]


def everything_in(record: logging.LogRecord) -> str:
    """Return a record's message, arguments and attributes as text."""
    return "\n".join([record.getMessage(), *(f"{name}={value!r}" for name, value in vars(record).items())])


@pytest.fixture(autouse=True)
def listening(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="podio")


async def test_a_call_leaves_one_record_that_says_what_happened(caplog: pytest.LogCaptureFixture) -> None:
    page = Page()
    page.fake.answers = [httpx2.Response(200, json={}, headers={"x-podio-request-id": "abc-1"})]
    await page.podio.items.get_by_external_id(5, "Ada's own")
    (record,) = records_of(caplog)
    assert record.levelno == logging.INFO
    assert (record.method, record.path) == ("GET", "/item/app/{app_id}/external_id/{external_id}")
    assert (record.status, record.error, record.retries, record.waited) == (200, None, 0, 0.0)
    assert record.request_id == "abc-1"
    assert record.duration == 0
    assert record.getMessage().startswith("GET /item/app/{app_id}/external_id/{external_id}: 200 in 0.000 s")
    assert "abc-1" in record.getMessage()


@pytest.mark.parametrize(
    ("path", "template"),
    [
        ("/item/42", "/item/{id}"),
        ("/item/app/42/filter/", "/item/app/{id}/filter/"),
        ("/item/app/42/external_id/alice", "/item/app/{id}/external_id/{…}"),
        ("/user/mail_verification/hunter", "/user/{…}/{…}"),
        ("/calendar/ics/5/abcdef/", "/calendar/ics/{id}/{…}/"),
        ("/item/4x2", "/item/{…}"),
    ],
)
async def test_a_path_of_the_callers_own_is_shown_without_its_values(
    path: str, template: str, caplog: pytest.LogCaptureFixture
) -> None:
    await Page().podio.request("GET", path)
    assert [record.path for record in records_of(caplog)] == [template]


def test_every_word_of_the_documented_paths_may_be_shown() -> None:
    sources = [file.read_text(encoding="utf-8") for file in Path(str(areas.__file__)).parent.glob("*.py")]
    templates = {path for source in sources for path in re.findall(r'"(/[^"\s]*)"', source)}
    segments = {segment for path in templates for segment in path.split("/") if segment and "{" not in segment}
    assert len(templates) > 300
    assert segments - WORDS == set()
    assert all(template_of(path.replace("{", "").replace("}", "")) for path in templates)


async def test_a_failed_call_says_how_and_how_patient_it_was(caplog: pytest.LogCaptureFixture) -> None:
    page = Page(retry_policy=RetryPolicy(attempts=2, max_wait=900, random=lambda: 0.0))
    page.fake.answers = [
        httpx2.Response(420, headers={"retry-after": "7"}),
        httpx2.ReadError("gone"),
        httpx2.Response(503, headers={"x-podio-request-id": "abc-2"}),
    ]
    with pytest.raises(errors.ServerError):
        await page.podio.request("GET", "/item/1")
    (record,) = records_of(caplog)
    assert record.levelno == logging.WARNING
    assert (record.status, record.error, record.retries, record.request_id) == (503, "ServerError", 2, "abc-2")
    assert record.waited == record.duration == 7.25


@pytest.mark.parametrize("method", ["GET\r\nx: secret", "", "GÉT"])
async def test_a_call_that_can_not_be_sent_is_not_logged(method: str, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(errors.ConfigurationError):
        await Page().podio.request(method, "/item/1")
    assert records_of(caplog) == []


async def test_a_request_id_that_looks_like_none_is_left_out(caplog: pytest.LogCaptureFixture) -> None:
    page = Page()
    page.fake.answers = [httpx2.Response(200, json={}, headers={"x-podio-request-id": "a b\tc"})]
    await page.podio.request("GET", "/item/1")
    assert [record.request_id for record in records_of(caplog)] == [None]


@pytest.mark.parametrize("failure", [None, *FAILURES])
@pytest.mark.parametrize("flow", FLOWS)
async def test_no_secret_of_any_flow_or_call_is_in_the_log(
    flow: str, failure: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    fake = FakePodio()
    make: Callable[[], Any] | None = FAILURES.get(failure or "")
    fake.answers = [] if make is None else [make()]
    try:
        await FLOWS[flow](fake)
    except Exception:  # how a call fails is other tests' concern
        logging.getLogger("podio.calls").debug("failed")
    assert caplog.records
    for record in caplog.records:
        for secret in SECRETS:
            assert secret not in everything_in(record), record.getMessage()
