"""What a renewal must not do whatever comes at the wrong moment: send for the wrong user, hang, or lose a call."""

import asyncio
from collections.abc import Callable
from typing import Any, ClassVar

import httpx2
import pytest

from podio import errors
from podio._client_session import ClientSession
from podio._retry_policy import RetryPolicy
from podio._session_records import SessionRecords
from podio.renewal import SignedInUser
from podio.session import AuthType, MemoryStore, Session, StoreAbility
from podio.token import Token
from tests.unit.podio.fakes import OWNER, Page, session_of, until

EXPIRED = {"error": "unauthorized", "error_description": "expired_token"}


async def test_a_call_that_comes_back_refused_after_another_user_started_afresh_is_not_sent_in_their_name() -> None:
    page = Page()
    page.sign_in.next_people = [8]
    page.fake.hold = asyncio.Event()
    slow = asyncio.create_task(page.podio.request("POST", "/comment/item/1/", body={"value": "of person 7"}))
    await until(lambda: len(page.fake.seen) == 1)
    held, page.fake.hold = page.fake.hold, None
    page.fake.expired.add("first")
    with pytest.raises(errors.UserChanged):
        await page.podio.request("GET", "/item/1")
    assert page.podio.session is not None
    assert page.podio.session.user_id == 8
    held.set()
    with pytest.raises(errors.UserChanged):
        await slow
    assert page.fake.paths().count("POST /comment/item/1/") == 1


async def test_a_call_that_comes_back_refused_after_somebody_signed_in_again_is_not_sent_in_their_name() -> None:
    page = Page()
    page.fake.hold = asyncio.Event()
    slow = asyncio.create_task(page.podio.request("DELETE", "/item/1"))
    await until(lambda: len(page.fake.seen) == 1)
    other = Token(access_token=page.fake.issue("others", 8), expires_at=page.clock.now + 60)
    page.store.set(Session(session_id="b" * 32, token=other, user_id=8), "client")
    await page.podio.refresh_auth_from_store()
    page.fake.expired.add("first")
    page.fake.hold.set()
    with pytest.raises(errors.UserChanged):
        await slow
    assert page.fake.paths() == ["DELETE /item/1"]


async def test_a_call_that_is_tried_again_after_a_failure_is_not_sent_in_another_user_s_name() -> None:
    page = Page(retry_policy=RetryPolicy(on_wait=lambda wait: somebody_else_signs_in()))

    def somebody_else_signs_in() -> None:
        other = Token(access_token=page.fake.issue("others", 8), expires_at=page.clock.now + 60)
        begun.append(asyncio.ensure_future(page.podio.refresh_auth_from_store()))
        page.store.set(Session(session_id="b" * 32, token=other, user_id=8), "client")

    begun: list[Any] = []
    page.fake.answers = [httpx2.Response(503)]
    with pytest.raises(errors.UserChanged):
        await page.podio.request("GET", "/item/1")
    assert page.fake.paths() == ["GET /item/1"]


class Waiting:
    """What gets a new token: waits until the test lets it go, and counts."""

    def __init__(self, token: Token) -> None:
        self.token = token
        self.asked = 0
        self.let_go = asyncio.Event()

    async def __call__(self, session: Session) -> Token:
        self.asked += 1
        await self.let_go.wait()
        return self.token


class Dialog:
    """Records how renewals end."""

    def __init__(self) -> None:
        self.ended: list[str | None] = []

    def bind(self, renewable: Any) -> None: ...

    def checking(self) -> None: ...

    async def another_user(self, first: SignedInUser | None, other: SignedInUser) -> Any: ...

    def finished(self, error: errors.PodioError | None) -> None:
        self.ended.append(type(error).__name__ if error else None)


def client_session_of(renew_token: Any, store: MemoryStore | None = None, **options: Any) -> ClientSession:
    store = store or MemoryStore()
    store.set(session_of("first", 10.0), "client")
    return ClientSession(
        store=SessionRecords(store, "client"),
        owner=OWNER,
        clock=lambda: 20.0,
        renew_token=renew_token,
        **{"identify": None, "dialog": None, "after_token_refreshed": None, **options},
    )


async def test_a_sign_in_during_a_renewal_is_not_overwritten_by_it() -> None:
    renewing = Waiting(Token(access_token="renewed", expires_at=99.0))
    client_session = client_session_of(renewing)
    waiting = asyncio.create_task(client_session.usable())
    await until(lambda: renewing.asked == 1)
    begun = await client_session.begin(Token(access_token="another-sign-in", expires_at=99.0))
    renewing.let_go.set()
    with pytest.raises(errors.UserChanged):
        await waiting
    assert await client_session.usable() == begun


async def test_signing_out_drops_a_new_token_whose_user_could_not_be_looked_up() -> None:
    async def unknown(token: Token) -> SignedInUser | None:
        raise errors.RenewalError("Podio is down.")

    renewing = Waiting(Token(access_token="renewed", expires_at=99.0))
    renewing.let_go.set()
    client_session = client_session_of(renewing, identify=unknown)
    for _ in range(2):
        with pytest.raises(errors.RenewalError):
            await client_session.usable()
    assert renewing.asked == 1
    await client_session.end()
    await client_session.begin(Token(access_token="second", expires_at=10.0))
    with pytest.raises(errors.RenewalError):
        await client_session.usable()
    assert renewing.asked == 2


async def test_a_hook_that_breaks_is_not_told_as_a_renewal_that_went_well() -> None:
    async def broken(session: Session) -> Token:
        raise ZeroDivisionError

    dialog = Dialog()
    client_session = client_session_of(broken, dialog=dialog)
    with pytest.raises(ZeroDivisionError):
        await client_session.usable()
    assert dialog.ended == ["RenewalError"]
    assert not client_session.is_renewing


async def test_signing_out_during_a_renewal_ends_it_without_an_alert() -> None:
    dialog = Dialog()
    renewing = Waiting(Token(access_token="renewed", expires_at=99.0))
    client_session = client_session_of(renewing, dialog=dialog)
    waiting = asyncio.create_task(client_session.usable())
    await until(lambda: renewing.asked == 1)
    await client_session.end()
    with pytest.raises(errors.NotAuthenticated):
        await waiting
    assert dialog.ended == ["NotAuthenticated"]


class StoreOfItsOwnMind(MemoryStore):
    """A store that goes on with a write whose task is cancelled, as a thread does (`FileStore`), or a server."""

    def __init__(self) -> None:
        super().__init__()
        self.is_slow = False
        self.is_writing = asyncio.Event()
        self.may_write = asyncio.Event()

    def set(self, session: Session | None, auth_type: AuthType) -> Any:
        if not self.is_slow:
            return super().set(session, auth_type)
        return asyncio.shield(asyncio.ensure_future(self._write(session, auth_type)))

    async def _write(self, session: Session | None, auth_type: AuthType) -> None:
        self.is_writing.set()
        await self.may_write.wait()
        super().set(session, auth_type)


@pytest.mark.parametrize("begins", [False, True], ids=["sign-out", "sign-in"])
async def test_a_renewed_session_that_is_being_written_when_the_session_ends_does_not_come_back(begins: bool) -> None:
    store = StoreOfItsOwnMind()
    renewing = Waiting(Token(access_token="renewed", expires_at=99.0))
    renewing.let_go.set()
    client_session = client_session_of(renewing, store)
    await client_session.load()
    store.is_slow = True
    waiting = asyncio.create_task(client_session.usable())
    await store.is_writing.wait()
    store.is_slow = False
    other = Token(access_token="another-sign-in", expires_at=99.0)
    ending: Any = asyncio.create_task(client_session.begin(other) if begins else client_session.end())
    await until(lambda: client_session.session is None or client_session.session.token == other)
    for _ in range(10):
        await asyncio.sleep(0)
    store.may_write.set()
    await ending
    with pytest.raises(errors.UserChanged if begins else errors.NotAuthenticated):
        await waiting
    assert [kept.token for kept in store.sessions("client")] == ([other] if begins else [])


class Tabs(MemoryStore):
    """A store whose session other tabs hold too: the test speaks for them."""

    abilities: ClassVar[frozenset[StoreAbility]] = MemoryStore.abilities | {"sharing"}

    def __init__(self) -> None:
        super().__init__()
        self.hear: Any = None
        self.announced: list[Session | None] = []

    def listen(self, session_id: str, take: Any) -> None:
        self.hear = take

    def announce(self, session_id: str, session: Session | None) -> None:
        self.announced.append(session)

    async def newer(self, session: Session) -> Session | None:
        return None


async def test_a_renewal_that_is_heard_of_while_the_lock_is_waited_for_ends_the_wait() -> None:
    store = Tabs()
    renewing = Waiting(Token(access_token="renewed", expires_at=99.0))
    client_session = client_session_of(renewing, store)
    async with store.renewal_lock("client"):
        waiting = asyncio.create_task(client_session.usable())
        await until(lambda: store.hear is not None and client_session.is_renewing)
        for _ in range(10):
            await asyncio.sleep(0)
        store.hear(session_of("by-the-other-tab", 99.0, generation=1))
        assert (await waiting).token.access_token == "by-the-other-tab"
    assert renewing.asked == 0
    async with asyncio.timeout(5), store.renewal_lock("client"):
        pass  # nobody of ours waits for it any more, or holds it
    await until(lambda: not client_session.is_renewing)


async def test_what_is_heard_while_the_app_hears_of_our_renewal_is_taken_over_and_ends_neither() -> None:
    store, dialog = Tabs(), Dialog()
    renewing = Waiting(Token(access_token="renewed", expires_at=99.0))
    renewing.let_go.set()
    refreshed: list[str] = []

    async def after(session: Session) -> None:
        store.hear(session.renewed(Token(access_token="by-the-other-tab", expires_at=99.0)))
        await asyncio.sleep(0)
        refreshed.append(session.token.access_token)

    client_session = client_session_of(renewing, store, after_token_refreshed=after, dialog=dialog)
    await client_session.usable()
    assert refreshed == ["renewed"]
    await until(lambda: not client_session.is_renewing)
    assert (await client_session.usable()).token.access_token == "by-the-other-tab"
    assert dialog.ended == [None, None]
    async with asyncio.timeout(5), store.renewal_lock("client"):
        pass


async def test_signing_out_while_the_app_hears_of_a_renewal_and_another_tab_renews_leaves_no_lock_held() -> None:
    store, dialog = Tabs(), Dialog()
    renewing = Waiting(Token(access_token="renewed", expires_at=99.0))
    renewing.let_go.set()

    async def after(session: Session) -> None:
        store.hear(session.renewed(Token(access_token="by-the-other-tab", expires_at=99.0)))
        await client_session.end()

    client_session = client_session_of(renewing, store, after_token_refreshed=after, dialog=dialog)
    with pytest.raises(errors.NotAuthenticated):
        await client_session.usable()
    assert dialog.ended == ["NotAuthenticated"]
    async with asyncio.timeout(5), store.renewal_lock("client"):
        pass


async def test_a_hook_that_is_cancelled_by_its_own_program_fails_what_waits_and_may_be_tried_again() -> None:
    renewing = Waiting(Token(access_token="renewed", expires_at=99.0))

    async def cancelled(session: Session) -> Token:
        if renewing.asked == 0:
            renewing.asked += 1
            raise asyncio.CancelledError
        return renewing.token

    dialog = Dialog()
    client_session = client_session_of(cancelled, dialog=dialog)
    with pytest.raises(errors.RenewalCancelled):
        await client_session.usable()
    assert dialog.ended == ["RenewalCancelled"]
    assert (await client_session.usable()).token.access_token == "renewed"


@pytest.mark.parametrize("turns", range(12))
async def test_a_renewal_whose_task_is_cancelled_whenever_it_is_leaves_the_next_one_free(turns: int) -> None:
    store, dialog = Tabs(), Dialog()
    renewing = Waiting(Token(access_token="renewed", expires_at=99.0))
    client_session = client_session_of(renewing, store, dialog=dialog)
    await client_session.load()
    others = asyncio.all_tasks()
    waiting = asyncio.create_task(client_session.usable())
    for _ in range(turns):
        await asyncio.sleep(0)
    for task in asyncio.all_tasks() - others:
        task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await until(lambda: not client_session.is_renewing)
    renewing.let_go.set()
    assert (await client_session.usable()).token.access_token == "renewed"


async def test_an_app_s_own_failure_after_a_renewal_costs_no_call() -> None:
    complaints: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))

    def after(session: Session) -> None:
        raise ZeroDivisionError

    page = Page(lifetime=-1, after_token_refreshed=after)
    assert (await page.podio.request("GET", "/item/1"))["token"] == "renewed-1"
    assert [type(complaint["exception"]) for complaint in complaints] == [ZeroDivisionError]
    assert "renewed-1" not in str(complaints)


class StoreOfTabs(MemoryStore):
    """A store whose other tabs send what a test lets them send: `hear` is what they call."""

    abilities: ClassVar[frozenset[StoreAbility]] = MemoryStore.abilities | {"sharing"}

    def __init__(self, newer: Callable[[Session], Session] | None) -> None:
        super().__init__()
        self.hear: Callable[[Session | None], None]
        self._newer = newer

    def listen(self, session_id: str, hear: Any) -> None:
        self.hear = hear

    def announce(self, session_id: str, session: Session | None) -> None: ...

    async def newer(self, session: Session) -> Session | None:
        return self._newer(session) if self._newer else None


async def test_a_renewal_in_another_tab_takes_back_the_failure_that_this_one_shows() -> None:
    store = StoreOfTabs(None)
    page = Page(lifetime=-1, session_store=store)
    page.sign_in.error = errors.RenewalTimedOut("Nobody came.")
    with pytest.raises(errors.RenewalTimedOut):
        await page.podio.request("GET", "/item/1")
    store.hear(session_of(page.fake.issue("by-the-other-tab"), page.clock.now + 99))
    await until(lambda: page.sign_in.told[-1] == ("finished", None))
    assert (await page.podio.request("GET", "/item/1"))["token"] == "by-the-other-tab"


async def test_a_forged_renewal_in_the_middle_of_ours_is_ignored_and_ours_goes_on() -> None:
    store = StoreOfTabs(lambda session: session_of("planted", session.expires_at + 999, user_id=8))
    page = Page(lifetime=-1, session_store=store)
    page.sign_in.let_go.clear()
    waiting = asyncio.create_task(page.podio.request("GET", "/item/1"))
    await until(lambda: page.sign_in.asked == 1)
    store.hear(session_of("planted", page.clock.now + 99_999, user_id=8))
    page.sign_in.let_go.set()
    assert (await waiting)["token"] == "renewed-1"


async def test_calls_that_wait_while_the_clock_is_set_back_and_forth_are_answered_once() -> None:
    page = Page()
    page.fake.answers = [httpx2.Response(401, json=EXPIRED)]
    page.clock.now -= 100_000
    page.sign_in.let_go.clear()
    waiting = asyncio.create_task(page.podio.request("POST", "/item/app/1/", body={}))
    await until(lambda: page.sign_in.asked == 1)
    page.clock.now += 200_000
    page.sign_in.let_go.set()
    assert (await waiting)["token"] == "renewed-1"
    assert page.fake.paths().count("POST /item/app/1/") == 2
