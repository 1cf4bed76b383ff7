"""One renewal for all who wait, and nothing lost when it fails."""

import asyncio
import gc
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar

import httpx2
import pytest

from podio import errors
from podio.renewal import UserDecision
from podio.session import MemoryStore, Session, StoreAbility
from podio.token import Token
from tests.unit.podio.fakes import OWNER, Page, session_of, until


async def test_fifty_calls_that_meet_an_expired_token_cost_one_renewal_and_are_all_answered() -> None:
    page = Page()
    page.fake.expired.add("first")
    answers = await asyncio.gather(*(page.podio.request("GET", f"/item/{n}") for n in range(50)))
    assert page.sign_in.asked == 1
    assert [answer["path"] for answer in answers] == [f"/item/{n}" for n in range(50)]
    assert {answer["token"] for answer in answers} == {"renewed-1"}
    assert all(page.fake.paths().count(f"GET /item/{n}") == 2 for n in range(50))


async def test_a_token_known_to_be_expired_is_not_sent_at_all() -> None:
    page = Page(lifetime=-1)
    assert (await page.podio.request("GET", "/item/1"))["token"] == "renewed-1"
    assert page.fake.paths() == ["GET /user/status", "GET /item/1"]


async def test_a_call_that_comes_back_refused_after_anothers_renewal_is_simply_resent() -> None:
    page = Page()
    page.fake.hold = asyncio.Event()
    slow = asyncio.create_task(page.podio.request("GET", "/slow"))
    await until(lambda: len(page.fake.seen) == 1)
    page.fake.expired.add("first")
    page.fake.hold.set()
    page.fake.hold = None
    assert (await page.podio.request("GET", "/quick"))["token"] == "renewed-1"
    assert (await slow)["token"] == "renewed-1"
    assert page.sign_in.asked == 1


async def test_a_call_is_sent_again_at_most_once() -> None:
    page = Page()
    body = {"error": "unauthorized", "error_description": "expired_token"}
    page.fake.expired.add("first")
    page.sign_in.next_people = [7]
    page.fake.answers = [
        httpx2.Response(401, json=body),
        httpx2.Response(200, json={"user": {"user_id": 7}}),
        httpx2.Response(401, json=body),
    ]
    with pytest.raises(errors.Unauthorized):
        await page.podio.request("POST", "/comment/item/1/", body={"value": "x"})
    assert page.fake.paths().count("POST /comment/item/1/") == 2
    assert page.sign_in.asked == 1


async def test_a_refusal_that_is_no_expiry_renews_nothing() -> None:
    page = Page()
    page.fake.answers = [httpx2.Response(401, json={"error": "unauthorized", "error_description": "invalid_request"})]
    with pytest.raises(errors.Unauthorized):
        await page.podio.request("GET", "/item/1")
    assert page.sign_in.asked == 0


async def test_the_old_token_stays_until_the_new_one_is_there() -> None:
    page = Page()
    page.sign_in.let_go.clear()
    await page.podio.is_authenticated()
    renewal = asyncio.create_task(page.podio.renew())
    await until(lambda: page.sign_in.asked == 1)
    assert (await page.podio.request("GET", "/meanwhile"))["token"] == "first"
    page.sign_in.let_go.set()
    assert (await renewal).token.access_token == "renewed-1"
    kept = page.store.get("client")
    assert kept.token.access_token == "renewed-1"
    assert kept.session_id == "a" * 32


@pytest.mark.parametrize("kind", [errors.RenewalCancelled, errors.PopupBlocked, errors.RenewalTimedOut])
async def test_a_renewal_that_fails_fails_all_who_wait_with_one_error_and_may_be_tried_again(
    kind: type[errors.RenewalError],
) -> None:
    page = Page(lifetime=-1)
    page.sign_in.error = kind("No.")
    results = await asyncio.gather(*(page.podio.request("GET", f"/item/{n}") for n in range(5)), return_exceptions=True)
    assert {type(result) for result in results} == {kind}
    assert page.sign_in.asked == 1
    assert page.fake.seen == []
    assert page.podio.session is not None
    page.sign_in.error = None
    assert (await page.podio.request("GET", "/item/1"))["token"] == "renewed-2"


async def test_without_a_hook_an_expired_session_is_a_clear_error() -> None:
    page = Page(lifetime=-1, hook=False)
    with pytest.raises(errors.RenewalError, match="Sign in again"):
        await page.podio.request("GET", "/item/1")


async def test_a_call_that_is_cancelled_while_it_waits_takes_nobody_elses_renewal_with_it() -> None:
    page = Page(lifetime=-1)
    page.sign_in.let_go.clear()
    given_up = asyncio.create_task(page.podio.request("GET", "/given-up"))
    patient = asyncio.create_task(page.podio.request("GET", "/patient"))
    await until(lambda: page.sign_in.asked == 1)
    given_up.cancel()
    page.sign_in.let_go.set()
    assert (await patient)["token"] == "renewed-1"
    with pytest.raises(asyncio.CancelledError):
        await given_up
    assert "GET /given-up" not in page.fake.paths()


async def test_a_call_that_is_cancelled_during_a_renewal_that_fails_leaves_no_complaint_behind() -> None:
    complaints: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))
    page = Page(lifetime=-1)
    page.sign_in.let_go.clear()
    page.sign_in.error = errors.RenewalCancelled("No.")
    waiting = asyncio.create_task(page.podio.request("GET", "/item/1"))
    await until(lambda: page.sign_in.asked == 1)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    page.sign_in.let_go.set()
    await until(lambda: not page.podio.is_renewing)
    gc.collect()
    await asyncio.sleep(0)
    assert complaints == []


async def test_when_another_user_signs_in_and_starts_afresh_nothing_that_waited_is_sent() -> None:
    page = Page(lifetime=-1)
    page.sign_in.next_people = [8]
    changes: list[Session | None] = []
    page.podio.on_session_change = changes.append
    with pytest.raises(errors.UserChanged) as caught:
        await page.podio.request("POST", "/comment/item/1/", body={"value": "secret of person 7"})
    assert (caught.value.expected_id, caught.value.actual_id) == (7, 8)
    assert page.fake.paths() == ["GET /user/status"]
    assert page.sign_in.told[1] == ("another person", None, 8)
    session = page.podio.session
    assert session is not None
    assert session.session_id != "a" * 32
    assert (session.user_id, session.token.access_token) == (8, "renewed-1")
    assert changes == [session]


async def test_when_another_user_signs_in_the_first_may_sign_in_after_all() -> None:
    page = Page(lifetime=-1)
    page.sign_in.next_people = [8, 7]
    page.sign_in.decision = UserDecision.SIGN_IN_AS_FIRST
    assert (await page.podio.request("GET", "/item/1"))["token"] == "renewed-2"
    assert page.sign_in.asked == 2
    assert page.podio.session is not None
    assert page.podio.session.session_id == "a" * 32


async def test_a_hook_without_a_dialog_gets_another_user_refused() -> None:
    page = Page(lifetime=-1, hook=False)
    sign_in = page.sign_in
    sign_in.next_people = [8]

    async def plain_hook(request: Any) -> Any:
        return await sign_in(request)

    page = Page(lifetime=-1, hook=False)
    podio = type(page.podio)(
        client_id="workbench",
        session_store=page.store,
        on_token_will_refresh=plain_hook,
        api_url="https://api.example",
        http_client=sign_in.fake.client(),
        clock=page.clock.option,
    )
    with pytest.raises(errors.UserChanged):
        await podio.request("GET", "/item/1")
    assert podio.session is not None
    assert podio.session.token.access_token == "first"


async def test_who_signed_in_is_looked_up_patiently_and_the_user_need_not_sign_in_twice_for_it() -> None:
    page = Page(lifetime=-1)
    page.fake.answers = [httpx2.Response(503), httpx2.ReadError("gone"), httpx2.Response(200, content=b"<html>")]
    assert (await page.podio.request("GET", "/item/1"))["token"] == "renewed-1"

    page = Page(lifetime=-1)
    page.fake.answers = [httpx2.Response(503)] * 4
    with pytest.raises(errors.RenewalError, match="could not be checked"):
        await page.podio.request("GET", "/item/1")
    assert (await page.podio.request("GET", "/item/1"))["token"] == "renewed-1"
    assert page.sign_in.asked == 1


async def test_a_first_session_without_a_user_learns_it_before_its_first_call() -> None:
    page = Page(user_id=None)
    await asyncio.gather(*(page.podio.request("GET", f"/item/{n}") for n in range(3)))
    assert page.fake.paths()[0] == "GET /user/status"
    assert page.fake.paths().count("GET /user/status") == 1
    assert page.store.get("client").user_id == 7


async def test_a_call_that_is_not_worth_a_sign_in_fails_where_the_token_has_expired() -> None:
    page = Page()
    assert (await page.podio.request("GET", "/item/1", renews=False))["token"] == "first"
    page.fake.expired.add("first")
    with pytest.raises(errors.Unauthorized):
        await page.podio.request("GET", "/item/1", renews=False)
    assert page.sign_in.asked == 0
    await page.podio.sign_out()
    with pytest.raises(errors.NotAuthenticated):
        await page.podio.request("GET", "/item/1", renews=False)


async def test_a_page_that_begins_with_who_this_is_makes_that_call_once() -> None:
    page = Page(user_id=None)
    page.fake.hold = asyncio.Event()
    calls = asyncio.gather(*(page.podio.request("GET", path) for path in ("/user/status", "/org/", "/app/7")))
    for _ in range(20):  # until all of them are on their way, or wait
        await asyncio.sleep(0)
    page.fake.hold.set()
    status, *_ = await calls
    assert status["user"]["user_id"] == 7
    assert sorted(page.fake.paths()) == ["GET /app/7", "GET /org/", "GET /user/status"]
    assert page.store.get("client").user_id == 7
    await page.podio.request("GET", "/user/status")
    assert page.fake.paths().count("GET /user/status") == 2


async def test_who_this_is_is_reported_by_the_look_up_that_runs_already() -> None:
    page = Page(user_id=None)
    _, status = await asyncio.gather(page.podio.request("GET", "/org/"), page.podio.request("GET", "/user/status"))
    assert status["user"]["user_id"] == 7
    assert page.fake.paths() == ["GET /user/status", "GET /org/"]


async def test_a_page_that_gives_up_who_this_is_takes_nothing_from_the_other_calls() -> None:
    page = Page(user_id=None)
    page.fake.hold = asyncio.Event()
    look_up = asyncio.create_task(page.podio.request("GET", "/user/status"))
    other = asyncio.create_task(page.podio.request("GET", "/org/"))
    await until(lambda: bool(page.fake.seen))
    look_up.cancel()
    page.fake.hold.set()
    assert (await other)["token"] == "first"
    assert page.fake.paths() == ["GET /user/status", "GET /org/"]


async def test_why_it_cannot_be_learned_who_this_is_is_said_to_who_asks_and_stops_no_other_call() -> None:
    page = Page(user_id=None)
    page.fake.answers = [httpx2.Response(403, json={"error": "forbidden"})]
    refused, other = await asyncio.gather(
        page.podio.request("GET", "/user/status"), page.podio.request("GET", "/org/"), return_exceptions=True
    )
    assert isinstance(refused, errors.Forbidden)
    assert other["token"] == "first"


async def test_a_scope_that_hides_the_user_stops_no_call() -> None:
    page = Page(user_id=None)
    page.fake.answers = [httpx2.Response(403, json={"error": "forbidden"})]
    assert (await page.podio.request("GET", "/item/1"))["token"] == "first"
    assert (await page.podio.request("GET", "/item/2"))["token"] == "first"
    assert page.fake.paths().count("GET /user/status") == 1


async def test_after_token_refreshed_is_notified_and_may_be_async() -> None:
    tokens: list[str] = []

    async def after(session: Session) -> None:
        tokens.append(session.session_id)

    page = Page(lifetime=-1, after_token_refreshed=after)
    await page.podio.request("GET", "/item/1")
    assert tokens == ["a" * 32]


async def test_signing_out_fails_the_waiting_calls_and_clears_the_session() -> None:
    page = Page(lifetime=-1)
    page.sign_in.let_go.clear()
    waiting = asyncio.create_task(page.podio.request("GET", "/item/1"))
    await until(lambda: page.sign_in.asked == 1)
    assert await page.podio.sign_out() is None
    with pytest.raises(errors.NotAuthenticated):
        await waiting
    assert page.store.get("client") is None
    assert not await page.podio.is_authenticated()


class SharedMemoryStore(MemoryStore):
    """Tabs that hold one session: they notify each other at once."""

    abilities: ClassVar[frozenset[StoreAbility]] = MemoryStore.abilities | {"sharing"}

    def __init__(self, others: "list[SharedMemoryStore]") -> None:
        super().__init__()
        self.others = others
        others.append(self)
        self.heard: Callable[[Session | None], None] | None = None
        self.newest: Session | None = None

    def listen(self, session_id: str, take: Callable[[Session | None], None]) -> None:
        self.heard = take

    def announce(self, session_id: str, session: Session | None) -> None:
        for other in self.others:
            if other is not self and other.heard is not None:
                other.heard(session)

    async def newer(self, session: Session) -> Session | None:
        kept = [other.get("client") for other in self.others if other is not self]
        return next((candidate for candidate in kept if candidate and candidate.expires_at > session.expires_at), None)


async def test_two_tabs_with_one_session_share_one_renewal() -> None:
    tabs: list[SharedMemoryStore] = []
    first, second = (Page(lifetime=-1, session_store=SharedMemoryStore(tabs)) for _ in range(2))
    for page in (first, second):
        await page.podio.is_authenticated()
    second.fake.people = first.fake.people
    second.sign_in.let_go.clear()
    waiting = asyncio.create_task(second.podio.request("GET", "/second"))
    await until(lambda: second.sign_in.asked == 1)
    assert (await first.podio.request("GET", "/first"))["token"] == "renewed-1"
    assert (await waiting)["token"] == "renewed-1"
    assert second.sign_in.told[-1] == ("finished", None)
    assert (await second.podio.request("GET", "/later"))["token"] == "renewed-1"


async def test_a_tab_that_missed_the_renewal_asks_before_it_asks_the_user() -> None:
    tabs: list[SharedMemoryStore] = []
    first, second = (Page(lifetime=-1, session_store=SharedMemoryStore(tabs)) for _ in range(2))
    second.fake.people = first.fake.people
    await first.podio.request("GET", "/first")
    assert (await second.podio.request("GET", "/second"))["token"] == "renewed-1"
    assert second.sign_in.asked == 0


async def test_a_renewal_of_another_session_or_user_is_not_taken_over() -> None:
    page = Page(session_store=SharedMemoryStore([]))
    await page.podio.is_authenticated()
    later = page.clock.now + 99_999
    for planted in (
        session_of("planted", later, user_id=8),
        session_of("planted", later, session_id="b" * 32),
        session_of("planted", page.clock.now - 5),
    ):
        page.store.heard(planted)
    assert (await page.podio.request("GET", "/item/1"))["token"] == "first"


async def test_an_older_state_of_the_session_that_is_heard_again_is_not_taken_over() -> None:
    page = Page(lifetime=-1, session_store=SharedMemoryStore([]))
    await page.podio.is_authenticated()
    older = page.podio.session
    assert (await page.podio.request("GET", "/item/1"))["token"] == "renewed-1"
    newest = page.podio.session
    assert older is not None
    # As it was; and as it would be had its token not expired yet, which some tab that slept may believe.
    for replayed in (older, session_of("first", page.clock.now + 60)):
        page.store.heard(replayed)
        for _ in range(10):
            await asyncio.sleep(0)
        assert page.podio.session == newest
        assert page.store.get("client") == newest


async def test_a_heard_renewal_must_be_newer_and_of_the_same_owner() -> None:
    page = Page(session_store=SharedMemoryStore([]))
    await page.podio.set_access_token(page.fake.issue("first"))
    first = page.podio.session
    assert first is not None
    for planted in (
        replace(first, token=Token(access_token="same-age", expires_at=first.expires_at)),
        replace(first.renewed(Token(access_token="elsewhere", expires_at=9e9)), owner=OWNER.named(app_id=1)),
    ):
        page.store.heard(planted)
        await asyncio.sleep(0)
        assert page.podio.session == first
    # Newer by count, though it expires earlier; an older version's program does not say whose it is.
    renewed = first.renewed(Token(access_token="shorter", expires_at=page.clock.now + 1))
    page.store.heard(replace(renewed, owner=None))
    await until(lambda: page.podio.session == renewed)
    page.store.heard(first)
    await asyncio.sleep(0)
    assert page.podio.session == renewed
    assert page.store.get("client") == renewed


async def test_signing_out_in_one_tab_signs_the_other_out() -> None:
    tabs: list[SharedMemoryStore] = []
    first, second = (Page(session_store=SharedMemoryStore(tabs)) for _ in range(2))
    changes: list[Session | None] = []
    for page in (first, second):
        await page.podio.is_authenticated()
    second.podio.on_session_change = changes.append
    await first.podio.sign_out()
    await until(lambda: changes == [None])
    assert second.store.get("client") is None
    with pytest.raises(errors.NotAuthenticated):
        await second.podio.request("GET", "/item/1")


class FullStore(MemoryStore):
    """A store that can keep nothing."""

    def set(self, session: Session | None, auth_type: Any) -> None:
        raise errors.StorageError("full")


async def test_a_store_that_is_full_costs_only_the_next_reload() -> None:
    page = Page(lifetime=-1)
    page.store.__class__ = FullStore
    assert (await page.podio.request("GET", "/item/1"))["token"] == "renewed-1"
    assert isinstance(page.podio.storage_error, errors.StorageError)


class DeniedStore(MemoryStore):
    """A store that may not even be read."""

    def get(self, auth_type: Any) -> Session | None:
        raise errors.StorageError("denied")

    def sessions(self, auth_type: Any) -> list[Session]:
        raise errors.StorageError("denied")


async def test_a_store_that_can_not_be_read_is_never_taken_for_signed_out() -> None:
    page = Page()
    page.store.__class__ = DeniedStore
    for call in (page.podio.is_authenticated, page.podio.sign_out, lambda: page.podio.request("GET", "/item/1")):
        with pytest.raises(errors.StorageError, match="denied"):
            await call()
    assert isinstance(page.podio.storage_error, errors.StorageError)
    assert page.fake.seen == []
    page.store.__class__ = MemoryStore
    assert await page.podio.is_authenticated()
    assert page.podio.storage_error is None


async def test_authentication_events_are_logged_and_never_with_a_token(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="podio"):
        page = Page(lifetime=-1)
        await page.podio.request("GET", "/item/1")
        page.sign_in.error = errors.RenewalCancelled("No.")
        with pytest.raises(errors.RenewalCancelled):
            await page.podio.renew()
    assert any("renewed" in record.message for record in caplog.records)
    assert any("failed" in record.message for record in caplog.records)
    assert "renewed-1" not in caplog.text
    assert "first" not in caplog.text
