"""The sample data: what its consent page may say, where its calls may go, and what the page makes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import httpx2
import pytest
from tests.unit.workbench.driver import NOW, Page, answer_all

from podio import AuthorizationError, ConnectionFailed, InvalidRedirectAnswer, MemoryStore, Podio, RedirectAnswer
from podio_emulator import create_app, ids, no_origin
from workbench import clicks, sample, state
from workbench.core.clicks import PodioUse
from workbench.effects import CancelSample, ExpireSample, Focus, LeaveSample, LoadDrafts, OpenSample, SignIn, SignOut
from workbench.events import (
    Clicked,
    ConnectionChanged,
    OtherDraftsFound,
    RenewalChanged,
    SampleLeft,
    SignOutEnded,
    Started,
)
from workbench.failures import Failure, Kind
from workbench.reads import Organizations
from workbench.session_transitions import needs_sign_in_window
from workbench.state import Phase, Renewal, RenewalPhase, Site

SITE = "https://me.github.io"
CALLBACK = f"{SITE}/workbench/callback.html"
CONSENT = f"{SITE}/workbench/sample-consent.html"
GRANT = "username=ada%40example.com&answer=grant"


# What the consent page's answer means


def test_who_was_chosen_signs_in_and_a_denial_denies() -> None:
    form = {"username": "ada@example.com", "password": ids.PASSWORD, "answer": "grant"}
    assert sample.consent_form("username=ada%40example.com&answer=grant") == form
    assert sample.consent_form("username=ada%40example.com&answer=deny") == {"answer": "deny"}


@pytest.mark.parametrize(
    "fragment",
    [
        "",
        "answer=grant",
        "username=ada%40example.com",
        "username=eve%40example.com&answer=grant",
        "username=grace%40example.com&answer=yes",
        "username=ada%40example.com&username=eve%40example.com&answer=deny",
        "access_token=planted&state=x",
    ],
)
def test_an_answer_that_grants_nothing_is_a_denial(fragment: str) -> None:
    assert sample.consent_form(fragment) == {"answer": "deny"}


@pytest.mark.parametrize("fragment", ["username=%zz", "username=%ff&answer=grant", "x" * 20_000, "a&" * 60])
def test_a_malformed_answer_is_refused(fragment: str) -> None:
    with pytest.raises(InvalidRedirectAnswer):
        sample.consent_form(fragment)


@pytest.mark.parametrize(
    ("uri", "own"),
    [
        (CALLBACK, True),
        (f"{SITE}.evil.example/callback.html", False),
        (f"{SITE}:444/callback.html", False),
        ("http://me.github.io/callback.html", False),
        ("https://me@me.github.io/callback.html", False),
        ("", False),
    ],
)
def test_the_emulator_redirects_to_exactly_the_page_s_origin(uri: str, own: bool) -> None:
    assert sample.is_own_redirect_uri(uri, SITE) is own


def test_after_a_reload_only_the_sample_s_own_keys_are_removed() -> None:
    keys = ["podio.api.podio.com.id.session.client", "podio.sample.session.client", "podio.sample.attempt.x", "podio"]
    assert sample.left_behind(keys) == (["podio.sample.session.client", "podio.sample.attempt.x"], True)
    assert sample.left_behind(["podio.sample.attempt.x"]) == (["podio.sample.attempt.x"], False)
    assert sample.left_behind([]) == ([], False)


# Where its calls may go


class Watched(httpx2.AsyncBaseTransport):
    """The emulator, and what reached it."""

    def __init__(self) -> None:
        app = create_app(
            redirect_uri_allowed=lambda uri: sample.is_own_redirect_uri(uri, SITE),
            origin_allowed=no_origin,
            base_url=sample.ORIGIN,
        )
        self.reached: list[httpx2.Request] = []
        self._inner = httpx2.ASGITransport(app)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        self.reached.append(request)
        return await self._inner.handle_async_request(request)


def transport_to(emulator: httpx2.AsyncBaseTransport) -> sample.SampleTransport:
    async def loaded() -> httpx2.AsyncBaseTransport:
        return emulator

    return sample.SampleTransport(loaded)


def sample_client(emulator: Watched, store: MemoryStore, answer: RedirectAnswer | None = None) -> Podio:
    return Podio(
        client_id=sample.CLIENT_ID,
        session_store=store,
        redirect_answer=answer,
        api_url=sample.ORIGIN,
        authorize_url=CONSENT,
        token_url=f"{sample.ORIGIN}/oauth/token",
        http_client=httpx2.AsyncClient(transport=transport_to(emulator)),
    )


async def signed_in_client(emulator: Watched, fragment: str = GRANT, url: str | None = CALLBACK) -> Podio:
    """Sign in to the sample as the page does, but for the window."""
    store = MemoryStore()
    request = sample_client(emulator, store).authorization_request(CALLBACK)
    choice = RedirectAnswer(query=f"podio_nonce={request.state}", fragment=fragment, url=url, request=request)
    async with httpx2.AsyncClient(transport=transport_to(emulator)) as http:
        answer = await sample.authorize(http, choice)
    podio = sample_client(emulator, store, answer)
    await podio.is_authenticated()
    return podio


async def test_signing_in_to_the_sample_is_the_library_s_own_sign_in() -> None:
    podio = await signed_in_client(Watched())
    assert (await podio.request("GET", "/user/status"))["user"]["mail"] == "ada@example.com"
    assert {space["url"].split("/")[2] for org in await podio.request("GET", "/org/") for space in org["spaces"]}


async def test_what_is_requested_is_the_page_s_own_request_whatever_the_answer_says() -> None:
    emulator = Watched()

    podio = await signed_in_client(emulator, f"{GRANT}&redirect_uri=https%3A%2F%2Fevil.example%2F&client_id=server")
    assert podio.session is not None
    (urls,) = [request.url for request in emulator.reached if request.url.path == "/oauth/authorize"]
    assert urls.params.get_list("client_id") == [sample.CLIENT_ID]
    assert urls.params.get_list("redirect_uri")[0].startswith(f"{CALLBACK}?podio_nonce=")


async def test_a_denial_comes_to_nothing_and_says_so() -> None:
    podio = await signed_in_client(Watched(), "username=ada%40example.com&answer=deny")
    assert podio.session is None
    assert "You denied access" in sample.refusal(podio.get_auth_error())
    assert "Try again" in sample.refusal(AuthorizationError("server_error"))
    assert "Try again" in sample.refusal(None)


@pytest.mark.parametrize(
    "address",
    [
        "https://api.podio.com/user/status",
        "http://sample.invalid/user/status",
        "https://sample.invalid:8443/user/status",
        "https://sample.invalid.evil.example/user/status",
        f"{SITE}/user/status",
    ],
)
async def test_a_call_to_any_other_host_is_sent_nowhere(address: str) -> None:
    emulator = Watched()

    async with httpx2.AsyncClient(transport=transport_to(emulator)) as http:
        with pytest.raises(httpx2.UnsupportedProtocol):
            await http.get(address, headers={"Authorization": "Bearer a-sample-token"})
    assert emulator.reached == []


async def test_a_client_of_podio_gets_no_call_through_to_the_sample() -> None:
    """Were the two ever mixed up, a Podio token would end at the transport."""
    emulator = Watched()

    podio = await signed_in_client(emulator)
    store = MemoryStore()
    assert podio.session is not None
    # A session that says whose it is would not even be used.
    store.set(replace(podio.session, owner=None), "client")
    emulator.reached.clear()
    mixed_up = Podio(
        client_id="the-site-s",
        session_store=store,
        http_client=httpx2.AsyncClient(transport=transport_to(emulator)),
    )
    with pytest.raises(ConnectionFailed) as caught:
        await mixed_up.request("GET", "/user/status")
    assert not caught.value.may_have_been_sent
    assert emulator.reached == []


async def test_a_dropped_connection_of_the_sample_is_one_of_the_client() -> None:
    class Dropping(httpx2.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
            raise ConnectionResetError

    async with httpx2.AsyncClient(transport=transport_to(Dropping())) as http:
        with pytest.raises(httpx2.ReadError):
            await http.get(f"{sample.ORIGIN}/org/")


# What the page makes of it


def signed_out_page(client_id: str = "") -> Page:
    page = Page()
    page.take(Started(site=Site(client_id=client_id), fragment="#/app/31", now=NOW, signed_in=False))
    return page


@pytest.fixture
def in_sample() -> Page:
    """A page on which Ada is signed in to the sample."""
    page = Page()
    site = Site(is_sample=True)
    page.take(Started(site=site, fragment="#/app/31", now=NOW, signed_in=True, user_id=1, expires_at=NOW + 28_800))
    answer_all(page)
    return page


def window_open(page: Page) -> None:
    page.take(Clicked(click=clicks.TrySample()), RenewalChanged(renewal=Renewal(phase=RenewalPhase.WINDOW_OPEN)))


@pytest.mark.parametrize("client_id", ["", "workbench"])
def test_the_sample_opens_in_the_click_itself_with_or_without_a_client_id(client_id: str) -> None:
    assert signed_out_page(client_id).take(Clicked(click=clicks.TrySample())) == [OpenSample()]


def test_somebody_signed_in_to_podio_is_offered_no_sample(signed_in: Callable[..., Page]) -> None:
    assert signed_in().take(Clicked(click=clicks.TrySample())) == []


def test_on_the_way_to_podio_no_sample_opens() -> None:
    page = signed_out_page("workbench")
    page.take(Clicked(click=clicks.SignIn()))
    assert page.take(Clicked(click=clicks.TrySample())) == []


def test_going_to_podio_gives_up_a_sample_that_waits() -> None:
    page = signed_out_page("workbench")
    window_open(page)
    assert page.take(Clicked(click=clicks.SignIn())) == [CancelSample(), SignIn(route="#/app/31")]
    assert page.state.account.renewal == Renewal()


def test_a_sample_that_waits_can_be_cancelled_and_tried_again() -> None:
    page = signed_out_page()
    window_open(page)
    assert page.take(Clicked(click=clicks.CancelSample())) == [CancelSample()]
    assert page.take(Clicked(click=clicks.TrySample())) == [OpenSample()]


def test_without_a_sample_that_waits_there_is_nothing_to_cancel() -> None:
    assert signed_out_page().take(Clicked(click=clicks.CancelSample())) == []


def test_in_the_sample_everything_is_read_as_from_podio(in_sample: Page) -> None:
    assert in_sample.state.phase is Phase.SIGNED_IN
    assert state.is_sample(in_sample.state)
    assert in_sample.state.read(Organizations()).value
    assert in_sample.effects_of(LoadDrafts) == [LoadDrafts(user_id=1)]


def test_the_sign_in_expires_on_request_without_a_window_opening_for_that_click(in_sample: Page) -> None:
    assert not needs_sign_in_window(in_sample.state, clicks.ExpireSample.podio_use, NOW + 90_000)
    assert in_sample.take(Clicked(click=clicks.ExpireSample())) == [ExpireSample()]
    assert in_sample.state.note == sample.EXPIRED


def test_the_note_on_the_expiry_goes_when_the_renewal_begins(in_sample: Page) -> None:
    in_sample.take(Clicked(click=clicks.ExpireSample()), RenewalChanged(renewal=Renewal()))
    assert in_sample.state.note == sample.EXPIRED
    in_sample.take(RenewalChanged(renewal=Renewal(phase=RenewalPhase.WINDOW_OPEN)))
    assert in_sample.state.note == ""


def test_only_the_sample_expires_on_request(signed_in: Callable[..., Page]) -> None:
    page = signed_in()
    assert page.take(Clicked(click=clicks.ExpireSample())) == []
    assert page.state.note == ""


def test_signing_out_leaves_the_sample(in_sample: Page) -> None:
    in_sample.take(Clicked(click=clicks.SignOut()))
    assert in_sample.take(OtherDraftsFound(user_id=1)) == [SignOut(user_id=1)]
    assert LeaveSample() in in_sample.take(SignOutEnded())
    assert in_sample.state.phase is Phase.SIGNED_OUT
    assert in_sample.state.account.reads == {}


def test_a_sample_session_that_is_gone_leaves_the_sample(in_sample: Page) -> None:
    in_sample.take(Clicked(click=clicks.Refresh()))
    path = in_sample.calls()[-1].path
    assert LeaveSample() in in_sample.fail(path, Failure(kind=Kind.SIGNED_OUT, message="Signed out."))


def test_after_the_sample_the_card_says_so_and_has_the_focus() -> None:
    page = signed_out_page("workbench")
    assert Focus(element_id="main-heading") in page.take(SampleLeft())
    assert page.state.note == sample.LEFT
    assert page.state.phase is Phase.SIGNED_OUT


def test_signing_out_of_podio_leaves_no_sample(signed_in: Callable[..., Page]) -> None:
    page = signed_in()
    page.take(Clicked(click=clicks.SignOut()), SignOutEnded())
    assert page.effects_of(LeaveSample) == []


def test_the_sample_needs_no_connection(in_sample: Page) -> None:
    in_sample.take(ConnectionChanged(online=False))
    assert not state.is_cut_off(in_sample.state)
    assert needs_sign_in_window(in_sample.state, PodioUse.TRIES_AGAIN, NOW + 28_800)


def test_after_a_reload_the_page_says_that_the_sample_is_fresh() -> None:
    page = Page()
    page.take(Started(site=Site(), fragment="", now=NOW, signed_in=False, note=sample.FRESH))
    assert page.state.note == sample.FRESH
