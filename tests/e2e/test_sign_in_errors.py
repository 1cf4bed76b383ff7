"""Answers that are no sign-in, refused by the user, by Podio or by us: each ends in a message and a working page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from tests.e2e.driving import Console, Site, expect_state, grant
from tests.e2e.kept import library_keys, session_storage, sessions, token_of

AUTHORIZE = re.compile(r"/oauth/authorize\?")
TOKEN = "planted-canary-5f1c"
GOOD = f"access_token={TOKEN}&token_type=bearer&expires_in=28800"
MARKUP = """<img src=x onerror="globalThis.ran = 1"><script>globalThis.ran = 1</script> & “no”"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What the page requested of Podio."""

    page_url: str
    nonce: str


Craft = Callable[[Asked], str]
"""Makes the address that Podio redirects to."""


@pytest.fixture
def context(warm_context: BrowserContext) -> BrowserContext:
    return warm_context


@pytest.fixture(scope="module")
def module_tab(shared_context: BrowserContext, served_site: Site) -> Iterator[Page]:
    page = shared_context.new_page()
    page.goto(served_site.url)
    expect_state(page, "signed-out")
    yield page
    page.close()


@pytest.fixture
def tab(module_tab: Page, site: Site, console: Console) -> Page:
    """A tab at the signed-out page; the answers of one test after the other come to it."""
    console.watch(module_tab.context)
    is_signed_out = module_tab.locator("html[data-app-state=signed-out]").count() == 1
    if not is_signed_out or module_tab.url.partition("#")[0] != site.url:
        module_tab.goto(f"{site.url}callback.html")
        module_tab.evaluate("() => sessionStorage.clear()")
        module_tab.goto(site.url)
    expect_state(module_tab, "signed-out")
    return module_tab


def come_back_with(page: Page, craft: Craft) -> Asked:
    """Click "Sign in with Podio", and let Podio answer at once with a redirect to the crafted address."""
    requests: list[Asked] = []

    def answer(route: Route) -> None:
        query = parse_qs(urlsplit(route.request.url).query)
        redirect = urlsplit(query["redirect_uri"][0])
        requests.append(Asked(page_url=redirect._replace(query="").geturl(), nonce=query["state"][0]))
        route.fulfill(status=302, headers={"location": craft(requests[0])})

    page.route(AUTHORIZE, answer)
    page.evaluate("() => { document.documentElement.dataset.before = 'yes'; }")
    page.get_by_role("button", name="Sign in with Podio").click()
    expect(page.locator("html:not([data-before])")).to_be_attached()
    expect_state(page, re.compile("^signed-"))
    page.unroute(AUTHORIZE)
    return requests[0]


def expect_refused(page: Page, site: Site, *says: str) -> None:
    """Expect one alert that says this, and that nothing else came of the answer."""
    expect_state(page, "signed-out")
    alert = page.get_by_role("alert")
    expect(alert).to_have_count(1)
    for text in says:
        expect(alert).to_contain_text(text)
    expect(page.get_by_role("button", name="Sign in with Podio")).to_be_enabled()
    assert page.url.split("#")[0] == site.url
    assert sessions(page) == []
    assert TOKEN not in str(session_storage(page))
    assert [entry for entry in site.emulator.requests() if entry["path"] != "/oauth/authorize"] == []


def fragment(text: str) -> Craft:
    """Podio's way: the nonce in the redirect URI's query, the answer in the fragment."""
    return lambda request: f"{request.page_url}?podio_nonce={request.nonce}#{text.replace('NONCE', request.nonce)}"


def query(text: str) -> Craft:
    return lambda request: f"{request.page_url}?podio_nonce={request.nonce}&{text.replace('NONCE', request.nonce)}"


# Refused by the user or by Podio


def test_a_denial_on_podios_page_is_reported_in_podios_words_and_the_next_sign_in_works(
    open_page: Callable[..., Page], sign_in: Callable[..., None], site: Site
) -> None:
    page = open_page("#/app/34/item/340007", state="signed-out")
    page.get_by_role("button", name="Sign in with Podio").click()
    page.get_by_role("button", name="Deny").click()
    expect_state(page, "signed-out")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Podio says")
    expect(alert).to_contain_text("The user denied your request.")
    expect(alert).to_contain_text("access_denied")
    assert page.url == f"{site.url}#/app/34/item/340007"
    assert library_keys(page) == []
    sign_in(page)
    assert page.url == f"{site.url}#/app/34/item/340007"
    expect(page.get_by_role("alert")).to_have_count(0)


# One of each kind, here and below: each costs a start of the page. The unit tests have all errors, and every way in
# which an answer can be malformed.
@pytest.mark.parametrize(
    ("error", "advice", "place"),
    [
        ("access_denied", "refused access", query),
        ("server_error", "Podio has a problem", fragment),
        ("an_error_of_tomorrow", "Sign in again", query),
    ],
)
def test_an_error_of_podio_is_reported_with_its_words_and_advice(
    tab: Page, site: Site, error: str, advice: str, place: Callable[[str], Craft]
) -> None:
    words = "Das geht nicht — 42 %"
    come_back_with(tab, place(f"error={error}&error_description={quote(words)}&error_uri=http%3A%2F%2Fx%2F"))
    expect_refused(tab, site, "Podio says", words, error, advice)
    assert library_keys(tab) == []


@pytest.mark.parametrize("place", [query, fragment], ids=["query", "fragment"])
def test_what_podio_says_is_text_and_nothing_in_it_runs(tab: Page, site: Site, place: Callable[[str], Craft]) -> None:
    come_back_with(tab, place(f"error={quote(MARKUP)}&error_description={quote(MARKUP)}"))
    expect_refused(tab, site, MARKUP)
    assert tab.get_by_role("alert").locator("img, script, b").count() == 0
    assert tab.evaluate("() => globalThis.ran") is None


# Refused by us

DAMAGED = "damaged"
NOT_WAITING = "not waiting for"
CASES: dict[str, tuple[Craft, str]] = {
    "not UTF-8": (fragment(f"{GOOD}&scope=%ff"), DAMAGED),
    "the token in query and fragment": (lambda a: fragment(GOOD)(a).replace("#", "&access_token=other#"), "twice"),
    "17 KB": (fragment(f"{GOOD}&p={'x' * 17 * 1024}"), "longer than 16 KB"),
    "a wrong state beside the nonce": (fragment(f"{GOOD}&state=wrong"), "state is not the one"),
    "an unknown nonce": (lambda a: f"{a.page_url}?podio_nonce={'n' * 32}#{GOOD}", NOT_WAITING),
    "the state __proto__": (lambda a: f"{a.page_url}#{GOOD}&state=__proto__", NOT_WAITING),
}


@pytest.mark.parametrize("case", CASES)
def test_a_malformed_answer_is_refused(tab: Page, site: Site, case: str) -> None:
    craft, says = CASES[case]
    come_back_with(tab, craft)
    expect_refused(tab, site, says)
    # These are our own words, not Podio's.
    expect(tab.get_by_role("alert")).not_to_contain_text("Podio says")


def test_an_answer_at_another_address_of_the_site_is_refused(context: BrowserContext, site: Site) -> None:
    page = context.new_page()
    page.goto(site.url)
    expect_state(page, "signed-out")
    come_back_with(page, lambda a: f"{a.page_url}index.html?podio_nonce={a.nonce}#{GOOD}&state={a.nonce}")
    expect(page.get_by_role("alert")).to_contain_text("another address")
    assert page.url.split("#")[0] == f"{site.url}index.html"
    assert library_keys(page) == []
    assert [entry for entry in site.emulator.requests() if entry["path"] != "/oauth/authorize"] == []


def test_after_refused_answers_the_same_tab_signs_in(tab: Page, site: Site) -> None:
    for case in ("an unknown nonce", "17 KB"):
        come_back_with(tab, CASES[case][0])
        expect_refused(tab, site)
    tab.get_by_role("button", name="Sign in with Podio").click()
    grant(tab)
    expect_state(tab, "signed-in")
    expect(tab.locator("#me-name")).to_contain_text("Ada")
    expect(tab.get_by_role("alert")).to_have_count(0)


def test_an_answer_that_was_used_is_refused_when_it_comes_again(tab: Page, site: Site) -> None:
    come_back_with(tab, fragment("error=access_denied"))
    addresses: list[str] = []
    request = come_back_with(tab, lambda a: addresses.append(fragment("error=server_error")(a)) or addresses[0])
    tab.goto(f"{site.url}?podio_nonce={request.nonce}#{GOOD}&state={request.nonce}")
    expect_refused(tab, site, NOT_WAITING)


def test_an_answer_after_15_minutes_is_refused(tab: Page, site: Site) -> None:
    tab.get_by_role("button", name="Sign in with Podio").click()
    expect(tab.get_by_role("button", name="Grant access")).to_be_visible()
    query = parse_qs(urlsplit(tab.url).query)
    tab.go_back()
    expect_state(tab, "signed-out")
    tab.evaluate(
        """() => {
          for (const [key, value] of Object.entries(sessionStorage))
            if (key.includes(".attempt.")) {
              const attempt = JSON.parse(value);
              attempt.created_at -= 15 * 60 + 1;
              sessionStorage.setItem(key, JSON.stringify(attempt));
            }
        }"""
    )
    tab.goto(f"{query['redirect_uri'][0]}#{GOOD}&state={query['state'][0]}")
    expect_refused(tab, site, "longer than 15 minutes")
    assert query["state"][0] not in str(library_keys(tab))


def test_an_answer_that_is_pasted_into_a_fresh_tab_is_refused(context: BrowserContext, site: Site) -> None:
    page = context.new_page()
    page.goto(f"{site.url}#{GOOD}")
    expect_refused(page, site, NOT_WAITING)
    page.reload()
    expect_state(page, "signed-out")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_an_answer_that_nobody_requested_leaves_a_session_as_it_is(
    open_page: Callable[..., Page], sign_in: Callable[..., None], site: Site
) -> None:
    page = open_page(state="signed-out")
    sign_in(page)
    token = token_of(page)
    # A query, so that the browser loads the page again.
    page.goto(f"{site.url}?podio_nonce={'n' * 32}#{GOOD}")
    expect_state(page, "signed-in")
    expect(page.locator("#me-name")).to_contain_text("Ada")
    assert token_of(page) == token
    assert TOKEN not in page.url


# State, echoed and not


@pytest.mark.parametrize(
    "craft",
    [fragment("ANSWER&state=NONCE"), fragment("ANSWER"), lambda a: f"{a.page_url}#ANSWER&state={a.nonce}"],
    ids=["both", "the redirect URI's nonce alone", "the state alone"],
)
def test_a_right_nonce_signs_in_whichever_way_it_comes_back(
    tab: Page, context: BrowserContext, open_signed_in: Callable[..., Page], craft: Craft
) -> None:
    # A token that Podio knows, so that the page can work with it.
    token = token_of(open_signed_in(within=context))
    answer = f"access_token={token}&expires_in=600&refresh_token=refresh-canary&scope=global%3Aall"
    come_back_with(tab, lambda request: craft(request).replace("ANSWER", answer))
    expect_state(tab, "signed-in")
    expect(tab.locator("#me-name")).to_contain_text("Ada")
    (session,) = sessions(tab)
    assert session["access_token"] == token
    assert session["refresh_token"] is None
    assert "refresh-canary" not in str(session_storage(tab))


# What is no answer


@pytest.mark.usefixtures("tab")  # signed out: it has no session for the tab that the test opens
@pytest.mark.parametrize(
    "address",
    [
        "?utm_source=news&state=open#/app/31?page=2&sort=title&desc=0",
        "?code=7#section",
    ],
)
def test_an_address_that_is_no_answer_is_left_alone(open_page: Callable[..., Page], site: Site, address: str) -> None:
    page = open_page(address, state="signed-out")
    assert page.url == site.url + address
    expect(page.get_by_role("alert")).to_have_count(0)


def test_foreign_parameters_stay_when_an_answer_is_taken_out(tab: Page, site: Site) -> None:
    come_back_with(tab, lambda a: f"{a.page_url}?utm=1&podio_nonce={a.nonce}&error=access_denied&x=%26")
    expect(tab.get_by_role("alert")).to_contain_text("access_denied")
    assert tab.url.split("#")[0] == f"{site.url}?utm=1&x=%26"


@pytest.mark.parametrize("place", [query, fragment])
def test_what_newer_providers_add_to_an_answer_leaves_the_address_with_it(
    tab: Page, site: Site, place: Callable[[str], Craft]
) -> None:
    """`iss` (RFC 9207) and OpenID Connect's `session_state`."""
    come_back_with(tab, place("iss=https%3A%2F%2Fpodio.example&error=access_denied&session_state=a.b"))
    expect(tab.get_by_role("alert")).to_contain_text("access_denied")
    assert tab.url.split("#")[0] == site.url
    assert "session_state" not in tab.url
