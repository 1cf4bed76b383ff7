"""The sign-in window's phases, with whatever a user, another tab or the browser does at the wrong moment."""

import asyncio
import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from podio import NotAuthenticated, Podio, RenewalCancelled, RenewalPhase, RenewalStatus, Session, errors
from tests.unit.podio.fake_browser import JS_NULL, Browser, JsError
from tests.unit.podio.fakes import CALLBACK, OWNER, Clock, FakePodio, session_of

LOCK = hashlib.sha256(b"a" * 32).hexdigest()


class Tab:
    """A signed-in page in a browser of its own, whose token has expired at Podio."""

    def __init__(self, browser: Browser, library: Any, **options: Any) -> None:
        self.browser = browser
        self.clock = Clock()
        self.fake = FakePodio()
        self.shown: list[RenewalStatus] = []
        self.store = library.SessionStorageStore(api_url="https://api.example", client_id="workbench", **options)
        self.store.set(session_of(self.fake.issue("first"), self.clock.now + 3600), "client")
        self.fake.expired.add("first")
        self.sign_in = library.PopupSignIn(
            store=self.store, callback_url=CALLBACK, on_status=self.shown.append, clock=self.clock
        )
        self.podio = Podio(
            client_id="workbench",
            session_store=self.store,
            on_token_will_refresh=self.sign_in,
            api_url="https://api.example",
            authorize_url="https://podio.example/oauth/authorize",
            token_url="https://api.example/oauth/token",
            http_client=self.fake.client(),
            clock=self.clock.option,
        )

    def call(self) -> "asyncio.Task[Any]":
        return asyncio.create_task(self.podio.request("GET", "/item/1"))

    def click(self, act: Callable[[], Any]) -> Any:
        """Do what a click does: for its turn a window may open."""
        self.browser.popups_allowed = True
        try:
            return act()
        finally:
            self.browser.popups_allowed = False

    async def until(self, phase: RenewalPhase) -> None:
        await eventually(lambda: self.sign_in.status.phase is phase)

    def answer(self, token: str, user_id: int = 7) -> None:
        fragment = f"access_token={self.fake.issue(token, user_id)}&expires_in=28800"
        self.browser.answer(self.browser.windows[-1], fragment, CALLBACK)

    async def reach(self, phase: RenewalPhase) -> None:
        """Go from the start to a phase, as a user would."""
        if phase is RenewalPhase.ELSEWHERE:
            self.browser.locks.others.append(LOCK)
        await self.until(RenewalPhase.ELSEWHERE if phase is RenewalPhase.ELSEWHERE else RenewalPhase.NEEDS_CLICK)
        if phase in (RenewalPhase.NEEDS_CLICK, RenewalPhase.ELSEWHERE):
            return
        assert self.click(self.sign_in.open)
        if phase is RenewalPhase.SEEMS_CLOSED:
            self.browser.windows[-1].closed = True
            await asyncio.sleep(0)
            await eventually(lambda: self._a_second_later() and self.sign_in.status.phase is phase)
        elif phase is RenewalPhase.ANOTHER_USER:
            self.answer("others", 8)
            await self.until(phase)
        elif phase is RenewalPhase.CHECKING:
            self.fake.hold = asyncio.Event()
            self.answer("renewed")
            await self.until(phase)

    def _a_second_later(self) -> bool:
        self.browser.now += 1.0
        return True

    def assert_nothing_is_left(self) -> None:
        assert self.sign_in.status.phase is RenewalPhase.IDLE
        assert self.browser.open_windows == []
        assert self.store.open_requests() == []


async def eventually(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110  what the conditions look at reports no changes
            await asyncio.sleep(0.005)


@pytest.fixture
def fake_browser() -> Browser:
    return Browser()


@pytest.fixture
def library(fake_browser: Browser) -> Iterator[Any]:
    with fake_browser.running() as package:
        yield package


@pytest.fixture
async def tab(fake_browser: Browser, library: Any) -> Tab:
    return Tab(fake_browser, library)


PHASES = (
    RenewalPhase.NEEDS_CLICK,
    RenewalPhase.ELSEWHERE,
    RenewalPhase.WINDOW_OPEN,
    RenewalPhase.SEEMS_CLOSED,
    RenewalPhase.CHECKING,
    RenewalPhase.ANOTHER_USER,
)


@pytest.mark.parametrize("phase", PHASES, ids=lambda phase: phase.value)
async def test_signing_out_in_any_phase_leaves_no_window_no_attempt_and_no_lock(tab: Tab, phase: RenewalPhase) -> None:
    waiting = tab.call()
    await tab.reach(phase)
    if tab.fake.hold is not None:
        tab.fake.hold.set()
        tab.fake.hold = None
        tab.fake.expired.add("renewed")
    await tab.podio.sign_out()
    with pytest.raises(NotAuthenticated):
        await waiting
    tab.assert_nothing_is_left()
    await eventually(lambda: tab.browser.locks.held == [])


@pytest.mark.parametrize(
    "phase", [phase_name for phase_name in PHASES if phase_name is not RenewalPhase.CHECKING], ids=lambda p: p.value
)
async def test_cancelling_in_any_phase_fails_what_waits_and_signing_in_again_works(
    tab: Tab, phase: RenewalPhase
) -> None:
    waiting = tab.call()
    await tab.reach(phase)
    tab.sign_in.cancel()
    with pytest.raises(RenewalCancelled):
        await waiting
    assert tab.sign_in.status.phase is RenewalPhase.FAILED
    await eventually(lambda: tab.browser.locks.held == [])
    tab.browser.locks.others.clear()
    again = tab.call()
    await tab.until(RenewalPhase.NEEDS_CLICK)
    assert tab.click(tab.sign_in.open)
    tab.answer("renewed")
    assert (await again)["token"] == "renewed"
    tab.assert_nothing_is_left()


async def test_the_window_is_cut_off_from_its_opener_by_null_for_undefined_would_not_do(tab: Tab) -> None:
    waiting = tab.call()
    await tab.reach(RenewalPhase.WINDOW_OPEN)
    assert tab.browser.windows[-1].opener is JS_NULL
    tab.answer("renewed")
    await waiting


async def test_the_first_user_s_window_that_is_blocked_may_be_opened_by_the_next_click(tab: Tab) -> None:
    waiting = tab.call()
    await tab.reach(RenewalPhase.ANOTHER_USER)
    assert not tab.sign_in.sign_in_as_first()
    assert tab.sign_in.status.phase is RenewalPhase.NEEDS_CLICK
    assert tab.click(tab.sign_in.open)
    tab.answer("renewed")
    assert (await asyncio.wait_for(waiting, 5))["token"] == "renewed"
    tab.assert_nothing_is_left()


async def test_a_full_storage_at_the_click_is_reported_and_what_waits_goes_on_waiting(tab: Tab) -> None:
    waiting = tab.call()
    await tab.reach(RenewalPhase.NEEDS_CLICK)
    tab.browser.storage.refused = ("podio.",)
    assert not tab.click(tab.sign_in.open)
    status_count = len(tab.shown)
    await asyncio.wait({waiting}, timeout=0.6)
    assert tab.shown[status_count:] == []
    assert tab.sign_in.status.phase is RenewalPhase.FAILED
    assert "full" in tab.sign_in.status.message
    tab.browser.storage.refused = ()
    assert tab.click(tab.sign_in.open)
    tab.answer("renewed")
    assert (await waiting)["token"] == "renewed"


async def test_a_cancel_right_after_the_click_counts_though_the_renewal_has_hardly_begun(tab: Tab) -> None:
    await tab.podio.is_authenticated()
    assert tab.click(tab.sign_in.open)
    tab.sign_in.cancel()
    await tab.until(RenewalPhase.FAILED)
    assert tab.browser.open_windows == []


async def test_a_sign_out_in_the_turn_of_the_click_closes_the_window(tab: Tab) -> None:
    await tab.podio.is_authenticated()
    signing_out = asyncio.create_task(tab.podio.sign_out())
    assert tab.click(tab.sign_in.open)
    await signing_out
    await tab.until(RenewalPhase.IDLE)
    tab.assert_nothing_is_left()
    await eventually(lambda: tab.browser.locks.held == [])


async def test_a_window_that_another_tab_was_quicker_with_is_closed_and_the_other_one_waited_for(tab: Tab) -> None:
    waiting = tab.call()
    await tab.reach(RenewalPhase.NEEDS_CLICK)
    tab.browser.locks.others.append(LOCK)
    assert tab.click(tab.sign_in.open)
    await tab.until(RenewalPhase.ELSEWHERE)
    assert tab.browser.open_windows == []
    assert tab.store.open_requests() == []
    assert tab.sign_in.open()
    assert len(tab.browser.windows) == 1
    tab.browser.locks.others.clear()
    await tab.until(RenewalPhase.NEEDS_CLICK)
    assert tab.click(tab.sign_in.open)
    tab.answer("renewed")
    assert (await waiting)["token"] == "renewed"
    tab.assert_nothing_is_left()
    await eventually(lambda: tab.browser.locks.held == [])


async def test_a_lock_that_comes_after_the_renewal_has_ended_is_not_kept(tab: Tab) -> None:
    await tab.podio.is_authenticated()
    assert tab.click(tab.sign_in.open)
    tab.sign_in.finished(None)
    for _ in range(10):
        await asyncio.sleep(0)
    assert tab.browser.locks.held == []
    tab.sign_in.cancel()
    await tab.podio.sign_out()


async def test_a_hook_of_the_apps_own_may_stand_before_the_window_without_the_dialogs_methods(tab: Tab) -> None:
    async def hook(request: Any) -> Any:
        return await tab.sign_in(request)

    podio = Podio(
        client_id="workbench",
        session_store=tab.store,
        on_token_will_refresh=hook,
        api_url="https://api.example",
        authorize_url="https://podio.example/oauth/authorize",
        token_url="https://api.example/oauth/token",
        http_client=tab.fake.client(),
    )
    tab.browser.popups_allowed = True
    for token in ("second", "third"):
        waiting = asyncio.create_task(podio.request("GET", "/item/1"))
        await eventually(lambda token=token: len(tab.browser.windows) == (1 if token == "second" else 2))
        tab.answer(token)
        assert (await waiting)["token"] == token
        assert tab.store.open_requests() == []
        tab.fake.expired.add(token)


async def test_a_click_while_the_page_requests_locks_opens_one_window_not_two(tab: Tab) -> None:
    tab.browser.popups_allowed = True
    clicks = [tab.sign_in.open]
    tab.browser.locks.before_answer = lambda: clicks.pop()() if clicks else None
    waiting = tab.call()
    await tab.until(RenewalPhase.WINDOW_OPEN)
    assert len(tab.browser.windows) == 1
    tab.answer("renewed")
    await waiting


async def test_where_locks_may_not_be_requested_the_renewal_goes_on_without_them(tab: Tab) -> None:
    tab.browser.locks.fails = True
    waiting = tab.call()
    await tab.reach(RenewalPhase.WINDOW_OPEN)
    tab.answer("renewed")
    assert (await waiting)["token"] == "renewed"


async def test_an_attempt_too_old_to_be_answered_is_not_waited_for_after_a_reload(tab: Tab) -> None:
    await tab.podio.is_authenticated()
    tab.podio.authorization_request(CALLBACK, display="popup")
    tab.clock.now += 16 * 60
    assert not tab.sign_in.resume()
    assert tab.store.open_requests() == []


async def test_a_store_with_keys_of_another_prefix_leaves_no_copy_in_the_window_either(
    fake_browser: Browser, library: Any
) -> None:
    tab = Tab(fake_browser, library, prefix="mine.")
    await tab.podio.is_authenticated()
    assert tab.click(tab.sign_in.open)
    assert list(fake_browser.windows[-1].copy) == ["podio.window"]
    assert "mine.session.client" in fake_browser.storage.items
    await tab.podio.sign_out()


def test_no_room_for_the_marker_or_for_one_key_costs_none_of_the_others(fake_browser: Browser, library: Any) -> None:
    store = library.SessionStorageStore(api_url="https://api.example", client_id="workbench")
    fake_browser.storage.items = {"podio.first": "1", "podio.second": "2", "podio.third": "3"}
    fake_browser.storage.refused = ("podio.window", "podio.second")
    with store.hidden_from_windows():
        assert fake_browser.storage.items == {}
    assert fake_browser.storage.items == {"podio.first": "1", "podio.third": "3"}


async def test_forged_messages_of_every_shape_end_nothing(tab: Tab) -> None:
    waiting = tab.call()
    await tab.reach(RenewalPhase.WINDOW_OPEN)
    state = tab.browser.windows[-1].state
    forger = tab.browser.js.BroadcastChannel.new(f"podio.answer.{state}")
    for forged in (None, JS_NULL, 7, "answer", [], {}, {"type": "answer"}, {"type": "answer", "state": state}):
        forger.postMessage(forged)
    tab.answer("renewed")
    assert (await waiting)["token"] == "renewed"


async def test_a_message_that_was_under_way_when_the_attempt_ended_reaches_nobody(tab: Tab) -> None:
    waiting = tab.call()
    await tab.reach(RenewalPhase.WINDOW_OPEN)
    window = tab.browser.windows[-1]
    tab.sign_in.cancel()
    with pytest.raises(errors.RenewalCancelled):
        await waiting
    tab.browser.answer(window, f"access_token={tab.fake.issue('late')}&expires_in=28800", CALLBACK)
    await asyncio.sleep(0)
    assert tab.podio.session is not None
    assert tab.podio.session.token.access_token == "first"


# The stored session, and the messages of tabs about it


async def test_a_record_of_before_owners_is_the_keys_owners_and_goes_to_no_other(
    fake_browser: Browser, library: Any
) -> None:
    record = json.loads(session_of("first", 2_000_000.0).to_json())
    for name in ("owner", "generation", "pending_renewal"):
        del record[name]
    fake_browser.storage.items["podio.api.example.workbench.session.client"] = json.dumps(record)
    store = library.SessionStorageStore(api_url="https://api.example", client_id="workbench")
    assert store.get("client").owner == OWNER
    for api_url, is_signed_in in (("https://api.example", True), ("https://api.other", False)):
        podio = Podio(
            client_id="workbench",
            session_store=store,
            api_url=api_url,
            token_url="https://api.example/oauth/token",
            http_client=FakePodio().client(),
        )
        assert await podio.is_authenticated() is is_signed_in


async def test_a_browser_that_denies_storage_has_kept_nothing_so_nobody_is_signed_in(
    fake_browser: Browser, library: Any
) -> None:
    tab = Tab(fake_browser, library)
    fake_browser.js.window = DenyingWindow()
    assert not await tab.podio.is_authenticated()
    with pytest.raises(errors.StorageError, match="Allow cookies"):
        tab.podio.authorization_request(CALLBACK)


class DenyingWindow:
    """A window that throws when the property is read."""

    @property
    def sessionStorage(self) -> Any:  # noqa: N802  the browser's name
        raise JsError("denied")


async def test_a_tab_with_a_newer_token_hands_it_to_one_that_requests_it_though_it_expires_earlier(
    fake_browser: Browser, library: Any
) -> None:
    async def answer_of(asked: Session, held: Session) -> Session | None:
        here, there = (
            library.SessionStorageStore(api_url="https://api.example", client_id="workbench") for _ in range(2)
        )
        for store, session in ((there, held), (here, asked)):
            store.set(session, "client")
            store.listen("a" * 32, lambda _: None)
        newer: Session | None = await here.newer(asked)
        for store in (here, there):
            store.announce("a" * 32, None)
        return newer

    old, renewed = session_of("old", 9000.0), session_of("renewed", 500.0, generation=1)
    assert await answer_of(old, renewed) == renewed
    assert await answer_of(renewed, old) is None
    assert await answer_of(old, session_of("same", 9000.0)) is None
