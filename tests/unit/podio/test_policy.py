"""The retry policy: what is sent once more, after how long, and what never is."""

import asyncio
from typing import Any

import httpx2
import pytest

from podio import errors
from podio._retry_policy import NO_RETRIES, Limits, RetryPolicy, Wait, limits_of, reads_only
from tests.unit.podio.fakes import Page

FILTER = "/item/app/1/filter/"


def refused(seconds: int | None = 300) -> httpx2.Response:
    sentence = "" if seconds is None else f"Please wait {seconds} seconds before trying again"
    return httpx2.Response(420, json={"error": "rate_limit", "error_description": sentence})


def failed(status: int = 503, **headers: str) -> httpx2.Response:
    return httpx2.Response(
        status, text="<html>", headers={name.replace("_", "-"): text for name, text in headers.items()}
    )


def policy(**options: Any) -> RetryPolicy:
    return RetryPolicy(**{"random": lambda: 0.5, **options})


async def outcome(page: Page, method: str = "GET", path: str = "/item/1", **options: Any) -> Any:
    await page.podio.is_authenticated()
    return await page.podio.request(method, path, **options)


def calls(page: Page) -> int:
    return len([path for path in page.fake.paths() if "/user/status" not in path])


# What the client does


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
async def test_a_refusal_for_too_many_calls_waits_as_long_as_podio_says_whatever_the_method(method: str) -> None:
    waits: list[Wait] = []

    page = Page(retry_policy=policy(on_wait=waits.append))
    page.fake.answers = [refused(300)]
    began = page.clock.now
    await outcome(page, method)
    assert page.clock.now - began == 300.5
    assert calls(page) == 2
    assert [(wait.seconds, wait.failures, wait.waited) for wait in waits] == [(300.5, 0, 0.0)]
    assert isinstance(waits[0].reason, errors.RateLimited)


async def test_a_wait_beyond_the_budget_is_not_begun() -> None:
    page = Page(retry_policy=policy(max_wait=700))
    page.fake.answers = [refused(300), refused(300), refused(300)]
    began = page.clock.now
    with pytest.raises(errors.RateLimited) as caught:
        await outcome(page)
    assert caught.value.retry_after == 300
    assert page.clock.now - began == 601
    assert calls(page) == 3


async def test_left_alone_a_client_tries_nothing_again() -> None:
    for answer in (refused(1), failed(), httpx2.ConnectError("no")):
        page = Page()
        page.fake.answers = [answer]
        with pytest.raises(errors.PodioError):
            await outcome(page)
        assert calls(page) == 1


@pytest.mark.parametrize("status", [502, 503, 504])
@pytest.mark.parametrize(("method", "path"), [("GET", "/item/1"), ("POST", FILTER), ("POST", "/search/app/1/")])
async def test_what_only_reads_is_sent_again_with_growing_pauses(status: int, method: str, path: str) -> None:
    waits: list[float] = []

    page = Page(retry_policy=policy(on_wait=lambda wait: waits.append(wait.seconds)))
    page.fake.answers = [failed(status), httpx2.ReadError("gone"), httpx2.ReadTimeout("slow")]
    await outcome(page, method, path)
    assert calls(page) == 4
    assert waits == [0.375, 0.75, 1.5]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
@pytest.mark.parametrize("answer", [failed(), httpx2.ReadError("gone"), httpx2.ReadTimeout("slow")])
async def test_a_write_whose_outcome_is_unknown_is_never_sent_again(method: str, answer: Any) -> None:
    page = Page(retry_policy=policy())
    page.fake.answers = [answer]
    with pytest.raises((errors.ServerError, errors.ConnectionFailed)):
        await outcome(page, method)
    assert calls(page) == 1


async def test_a_write_that_never_left_is_sent_again() -> None:
    page = Page(retry_policy=policy())
    page.fake.answers = [httpx2.ConnectError("no route")]
    await outcome(page, "POST", body={"a": 1})
    assert [request.content for request in page.fake.seen] == [b'{"a":1}'] * 2


async def test_the_caller_may_know_better_whether_a_call_can_be_repeated() -> None:
    page = Page(retry_policy=policy())
    page.fake.answers = [failed()]
    await outcome(page, "PUT", "/item/1", repeatable=True)
    assert calls(page) == 2
    page.fake.answers = [failed()]
    with pytest.raises(errors.ServerError):
        await outcome(page, "GET", "/item/1", repeatable=False)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 410, 500, 501])
async def test_an_error_that_waiting_does_not_fix_is_raised_at_once(status: int) -> None:
    page = Page(retry_policy=policy())
    page.fake.answers = [httpx2.Response(status, json={"error": "x"})]
    with pytest.raises(errors.APIError):
        await outcome(page)
    assert calls(page) == 1


async def test_tries_end_with_the_error_of_the_last() -> None:
    page = Page(retry_policy=policy(attempts=3))
    page.fake.answers = [failed(502), failed(503), failed(504), failed(502)]
    with pytest.raises(errors.ServerError) as caught:
        await outcome(page)
    assert caught.value.status == 504
    assert calls(page) == 3


async def test_refusals_for_too_many_calls_do_not_count_as_failures() -> None:
    page = Page(retry_policy=policy(attempts=2))
    page.fake.answers = [refused(1), refused(1), failed(), refused(1)]
    await outcome(page)
    assert calls(page) == 5


async def test_a_cancelled_wait_sends_nothing_more() -> None:
    page = Page(retry_policy=policy(on_wait=lambda _: asyncio.current_task().cancel()))  # type: ignore[union-attr]
    page.fake.answers = [refused()]
    task = asyncio.ensure_future(outcome(page))
    with pytest.raises(asyncio.CancelledError):
        await task
    assert calls(page) == 1


async def test_what_the_callback_raises_ends_the_call() -> None:
    class Enough(Exception):
        pass

    def on_wait(wait: Wait) -> None:
        raise Enough

    page = Page(retry_policy=policy(on_wait=on_wait))
    page.fake.answers = [refused()]
    with pytest.raises(Enough):
        await outcome(page)


async def test_the_limits_are_those_of_the_newest_answer_that_has_them() -> None:
    page = Page()
    assert page.podio.limits is None
    headers = {"X-Rate-Limit-Limit": "1000", "X-Rate-Limit-Remaining": "999"}
    page.fake.answers = [httpx2.Response(200, json={}, headers=headers)]
    await outcome(page)
    assert page.podio.limits == Limits(limit=1000, remaining=999)
    await outcome(page)
    assert page.podio.limits == Limits(limit=1000, remaining=999)


# What the policy says


def test_a_refusal_that_says_nothing_waits_as_long_as_the_policy_says() -> None:
    wait = policy(unstated_wait=20).wait_after(errors.api_error(420), repeatable=False, failures=1, waited=0)
    assert wait is not None
    assert wait.seconds == 20.5


def test_a_stated_pause_is_kept_where_it_is_longer() -> None:
    error = errors.api_error(503)
    error.retry_after = 7.0
    wait = policy().wait_after(error, repeatable=True, failures=1, waited=0)
    assert wait is not None
    assert wait.seconds == 7.0


def test_pauses_end_growing() -> None:
    for tries in (10, 1000):
        patient = policy(attempts=5000, max_wait=1e9, longest_pause=30, random=lambda: 1.0)
        wait = patient.wait_after(errors.api_error(502), repeatable=True, failures=tries, waited=0)
        assert wait is not None
        assert wait.seconds == 30


def test_a_refusal_without_end_ends_with_the_budget() -> None:
    error, waited, tries = (
        errors.api_error(420, {"error": "rate_limit", "error_description": "Please wait 0 seconds"}),
        0.0,
        0,
    )
    while (wait := policy(max_wait=60).wait_after(error, repeatable=True, failures=tries, waited=waited)) is not None:
        waited += wait.seconds
        tries += 1
    assert tries == 40


@pytest.mark.parametrize("wrong", [{"attempts": 0}, {"max_wait": -1}, {"first_pause": -0.1}])
def test_an_impossible_policy_is_an_error_at_construction(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="at least once"):
        RetryPolicy(**wrong)


def test_no_retries_means_none() -> None:
    assert NO_RETRIES.wait_after(errors.api_error(420), repeatable=True, failures=1, waited=0) is None


@pytest.mark.parametrize(
    ("method", "path", "reads"),
    [
        ("GET", "/item/1", True),
        ("HEAD", "/item/1", True),
        ("POST", "/item/app/1/filter", True),
        ("POST", "/item/app/1/filter/last/", True),
        ("POST", "/search/", True),
        ("POST", "/search/space/7/v2", True),
        ("POST", "/item/app/1/", False),
        ("POST", "/comment/item/1/", False),
        ("POST", "/search/app/1/x/", False),
        ("PUT", "/item/1", False),
        ("DELETE", "/item/1", False),
    ],
)
def test_what_only_reads_is_known_by_method_and_path(method: str, path: str, reads: bool) -> None:
    assert reads_only(method, path) is reads


@pytest.mark.parametrize(
    ("limit", "remaining"), [("", ""), ("1000", ""), ("a", "1"), ("-1", "1"), ("²", "1"), ("1" * 50, "1")]
)
def test_limits_that_can_not_be_read_are_none(limit: str, remaining: str) -> None:
    assert (
        limits_of(httpx2.Headers({"X-Rate-Limit-Limit": limit.encode(), "X-Rate-Limit-Remaining": remaining})) is None
    )
