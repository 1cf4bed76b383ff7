"""Sample data in the page: everything can be tried without a Podio account and without a server, and nothing mixes."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect
from tests.e2e.driving import SHORT_WAITS, Console, Site, expect_all_sent, expect_closed, expect_state
from tests.e2e.kept import drafts, library_keys, token_of

ITEM = "#/app/31/item/31001"
COMMENT = "The lobby's lamps\nneed 42 m of cable"
KEY = "podio.sample.session.client"


@pytest.fixture
def site(released_site: Site) -> Site:
    """The site as it is deployed: of the standard library and the packages it has no more than it was found to need."""
    released_site.emulator.reset()
    return released_site


@pytest.fixture
def context(warm_context: BrowserContext) -> BrowserContext:
    """The shared context: most tests start from the snapshot, as later visits do."""
    return warm_context


@pytest.fixture
def requests(context: BrowserContext) -> list[Request]:
    """All requests that any window of the browser makes."""
    requests: list[Request] = []
    context.on("request", lambda request: requests.append(request))
    return requests


def open_window(page: Page, button: str) -> Page:
    """Press a button that opens a window, and return the window."""
    with page.context.expect_page() as page_info:
        page.get_by_role("button", name=button, exact=True).click()
    window = page_info.value
    expect(window.get_by_role("button", name="Grant access")).to_be_visible()
    return window


def consent(window: Page, *, who: str = "", button: str = "Grant access") -> None:
    if who:
        window.get_by_label(who).check()
    window.get_by_role("button", name=button).click()


def enter(page: Page, *, who: str = "") -> None:
    """Sign in to the sample."""
    consent(open_window(page, "Try sample data"), who=who)
    expect_state(page, "signed-in")


def go(page: Page, fragment: str) -> None:
    page.evaluate("(fragment) => { location.hash = fragment; }", fragment)


def comment_box(page: Page) -> Page:
    go(page, ITEM)
    expect(page.get_by_label("Add a comment")).to_be_visible()
    return page


def expire(page: Page) -> None:
    page.get_by_role("button", name="Let the sign-in expire now").click()
    expect(page.get_by_text("The sample sign-in has expired")).to_be_visible()


def block_windows(page: Page) -> None:
    page.evaluate("() => { window.opens = window.open; window.open = () => null; }")


def allow_windows(page: Page) -> None:
    page.evaluate("() => { window.open = window.opens; }")


# Everything can be tried


def test_the_sample_shows_everything_and_nothing_leaves_the_page(
    open_page: Callable[..., Page], site: Site, requests: list[Request]
) -> None:
    page = open_page()
    enter(page)
    expect(page.locator("#me-name")).to_have_text("Ada Lysholm")
    expect(page.get_by_label("Sample data")).to_contain_text("nothing here is real; nothing leaves this page")
    go(page, "#/app/34?page=3")
    expect(page.locator("table tbody tr").nth(5)).to_be_visible()
    comment_box(page).get_by_label("Add a comment").fill(COMMENT)
    page.get_by_role("button", name="Add comment").click()
    expect(page.locator(".comment-list")).to_contain_text("42 m of cable")
    expect_all_sent(page)
    page.get_by_role("button", name="Edit").click()
    page.get_by_role("form", name="Edit item").get_by_label("Company").fill("Hotel Fjord Renamed")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hotel Fjord Renamed")
    assert page.locator("a[href*='sample.invalid']").count() == 0

    assert {request.url.split("/")[2] for request in requests if request.url.startswith("http")} == {
        site.origin.split("/")[2]
    }
    assert {request.method for request in requests} == {"GET"}
    assert [request.url for request in requests if "authorization" in request.headers] == []
    assert site.emulator.requests() == []
    assert [cookie.get("name") for cookie in page.context.cookies()] == []


def test_the_sample_needs_no_client_id(
    open_page: Callable[..., Page], new_context: Callable[..., BrowserContext]
) -> None:
    first_visit = new_context()
    first_visit.route("**/config.json*", lambda route: route.fulfill(json={"client_id": ""}))
    page = open_page(state="signed-out", within=first_visit)
    expect(page.get_by_text("isn't connected to Podio yet")).to_be_visible()
    enter(page)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You left the sample data")).to_be_visible()
    expect(page.get_by_text("isn't connected to Podio yet")).to_be_visible()


def test_the_sample_runs_on_the_site_as_it_is_developed(
    serve_site: Callable[..., Site], context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto(serve_site().url)
    expect_state(page, "signed-out")
    enter(page, who="Grace Møller-Nakamura")
    expect(page.locator("#me-name")).to_have_text("Grace Møller-Nakamura")


def test_everything_of_the_sample_lies_under_names_of_its_own(open_page: Callable[..., Page]) -> None:
    page = open_page()
    window = open_window(page, "Try sample data")
    assert window.evaluate("() => [window.opener === null, Object.keys(sessionStorage)]") == [True, ["podio.window"]]
    assert [re.sub(r"attempt\..*", "attempt", key) for key in library_keys(page)] == ["podio.sample.attempt"]
    consent(window)
    expect_state(page, "signed-in")
    assert library_keys(page) == [KEY]
    comment_box(page).get_by_label("Add a comment").fill(COMMENT)
    expect(page.get_by_text("Draft kept")).to_be_visible()
    assert [draft for draft in drafts(page) if draft["client"] == "sample"] == []


# The sign-in's end, as with Podio


def test_letting_the_sign_in_expire_shows_a_renewal_that_loses_nothing(open_page: Callable[..., Page]) -> None:
    page = open_page()
    enter(page)
    comment_box(page).get_by_label("Add a comment").fill(COMMENT)
    before = token_of(page)
    expire(page)
    window = open_window(page, "Add comment")
    expect(page.get_by_text("This page waits and keeps everything")).to_be_visible()
    expect(page.locator(".comment-list [data-change=sending]")).to_contain_text("42 m of cable")
    consent(window)
    expect_all_sent(page)
    expect(page.locator(".comment-list")).to_contain_text("42 m of cable")
    assert token_of(page) != before
    assert library_keys(page) == [KEY]


def test_where_the_window_of_a_renewal_is_blocked_an_alert_opens_it(open_page: Callable[..., Page]) -> None:
    page = open_page()
    enter(page)
    comment_box(page).get_by_label("Add a comment").fill(COMMENT)
    block_windows(page)
    expire(page)
    page.get_by_role("button", name="Add comment").click()
    expect(page.get_by_role("alert")).to_contain_text("Your session has expired. Nothing is lost")
    allow_windows(page)
    consent(open_window(page, "Sign in again"))
    expect_all_sent(page)
    expect(page.locator(".comment-list")).to_contain_text("42 m of cable")


def test_when_somebody_else_renews_the_page_asks_before_it_goes_on(open_page: Callable[..., Page]) -> None:
    page = open_page()
    enter(page)
    comment_box(page)
    expire(page)
    page.get_by_role("button", name="More actions").click()
    consent(open_window(page, "Refresh"), who="Grace Møller-Nakamura")
    expect(page.get_by_role("alert")).to_contain_text("Grace Møller-Nakamura signed in")
    page.get_by_role("button", name="Start afresh as Grace").click()
    expect(page.locator("#me-name")).to_have_text("Grace Møller-Nakamura")
    expect(page.get_by_label("Sample data")).to_be_visible()


# What doesn't go as hoped


def test_a_denial_leads_back_and_can_be_thought_over(open_page: Callable[..., Page]) -> None:
    page = open_page()
    consent(open_window(page, "Try sample data"), button="Deny")
    expect(page.get_by_role("alert")).to_contain_text("You denied access to the sample data")
    assert library_keys(page) == []
    enter(page)


def test_where_the_first_window_is_blocked_the_page_says_what_to_do(open_page: Callable[..., Page]) -> None:
    page = open_page()
    block_windows(page)
    page.get_by_role("button", name="Try sample data").click()
    expect(page.get_by_role("alert")).to_contain_text("Allow pop-up windows for this site")
    assert library_keys(page) == []
    allow_windows(page)
    enter(page)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_window_that_was_closed_is_opened_again_or_given_up(open_page: Callable[..., Page]) -> None:
    page = open_page()
    open_window(page, "Try sample data").close()
    window = open_window(page, "Open the window again")
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("button", name="Try sample data")).to_be_visible()
    expect_closed(window)
    assert library_keys(page) == []
    enter(page)


def test_an_archive_that_is_not_there_is_said_and_can_be_tried_again(
    open_page: Callable[..., Page], new_context: Callable[..., BrowserContext], console: Console
) -> None:
    console.allow(r"404")
    first_visit = new_context()
    page = open_page(within=first_visit)
    first_visit.route(re.compile(r"/sample\b[^?]*\.(zip|gz)"), lambda route: route.fulfill(status=404))
    page.get_by_role("button", name="Try sample data").click()
    expect(page.get_by_role("alert")).to_contain_text("The sample data could not be loaded")
    first_visit.unroute_all()
    enter(page)


def test_a_window_whose_page_was_reloaded_leads_back_and_changes_nothing(open_page: Callable[..., Page]) -> None:
    page = open_page()
    window = open_window(page, "Try sample data")
    page.reload()
    expect_state(page, "signed-out")
    assert library_keys(page) == []
    window.add_init_script(SHORT_WAITS)
    consent(window)
    expect(window.get_by_role("status")).to_contain_text("Return to the other tab")
    expect_state(page, "signed-out")
    assert library_keys(page) == []


def test_the_consent_page_by_itself_explains_itself(context: BrowserContext, site: Site) -> None:
    page = context.new_page()
    page.goto(f"{site.url}sample-consent.html")
    expect(page.get_by_role("status")).to_contain_text("There is nothing to do here")
    expect(page.get_by_role("button")).to_have_count(0)


def test_the_consent_page_goes_on_to_the_callback_page_of_its_site_and_nowhere_else(
    context: BrowserContext, site: Site, requests: list[Request]
) -> None:
    """Whoever opens it may write what they like into its address: it goes to its own callback.html."""
    context.route("https://elsewhere.example/**", lambda route: route.fulfill(body="elsewhere"))
    page = context.new_page()
    elsewhere = "https%3A%2F%2Felsewhere.example%2Fsome%2Fpath%2Fcallback.html"
    for query in (
        f"redirect_uri={elsewhere}&state={'c' * 32}",
        "redirect_uri=javascript:document.body.remove()&state=c%26redirect_uri%3Dhttps%3A%2F%2Felsewhere.example",
        f"state=%2F..%2F..%2F%23access_token%3Dplanted&redirect_uri={elsewhere}#access_token=planted",
    ):
        page.goto(f"{site.url}sample-consent.html?{query}")
        consent(page)
        expect(page).to_have_url(f"{site.url}callback.html")
    files = {re.split("[?#]", request.url.removeprefix(site.url))[0] for request in requests}
    assert files == {f"sample-consent.{kind}" for kind in ("html", "css", "js")} | {"callback.html", "callback.js"}


def test_whoever_was_chosen_last_is_chosen_again_until_the_sample_is_left(open_page: Callable[..., Page]) -> None:
    page = open_page()
    enter(page, who="Grace Møller-Nakamura")
    comment_box(page)
    expire(page)
    page.get_by_role("button", name="More actions").click()
    window = open_window(page, "Refresh")
    expect(window.get_by_label("Grace Møller-Nakamura")).to_be_checked()
    consent(window)
    expect(page.locator("#me-name")).to_have_text("Grace Møller-Nakamura")
    page.get_by_role("button", name="Leave").click()
    expect_state(page, "signed-out")
    assert page.evaluate("() => Object.keys(localStorage)") == []


# The sample's end


def test_after_a_reload_the_sample_is_fresh_and_says_so(open_page: Callable[..., Page]) -> None:
    page = open_page()
    enter(page)
    box = comment_box(page).get_by_label("Add a comment")
    box.fill(COMMENT)
    page.get_by_role("button", name="Add comment").click()
    expect(page.locator(".comment-list")).to_contain_text("42 m of cable")
    box.fill("Half typed")
    expect(page.get_by_text("Draft kept")).to_be_visible()
    page.reload()
    expect_state(page, "signed-out")
    expect(page.get_by_text("the sample data is as at first")).to_be_visible()
    assert library_keys(page) == []

    enter(page)
    expect(page.get_by_label("Add a comment")).to_have_value("")
    expect(page.locator(".comment-list")).to_be_visible()
    expect(page.locator(".comment-list")).not_to_contain_text("42 m of cable")
    page.get_by_role("button", name="Sign out").click()
    expect_state(page, "signed-out")
    page.reload()
    expect_state(page, "signed-out")
    expect(page.get_by_text("the sample data is as at first")).to_have_count(0)


def test_sample_and_podio_know_nothing_of_each_other(
    open_page: Callable[..., Page], sign_in: Callable[..., None], site: Site, requests: list[Request]
) -> None:
    page = open_page()
    enter(page)
    of_the_sample = token_of(page)
    page.get_by_role("button", name="Leave").click()
    expect_state(page, "signed-out")
    assert library_keys(page) == []
    sign_in(page)
    expect(page.get_by_label("Sample data")).to_have_count(0)
    of_podio = token_of(page)
    (key,) = library_keys(page)
    assert not key.startswith("podio.sample.")
    assert of_podio != of_the_sample
    tokens = {request.headers["authorization"] for request in requests if "authorization" in request.headers}
    assert tokens == {f"Bearer {of_podio}"}

    page.get_by_role("button", name="Sign out").click()
    expect_state(page, "signed-out")
    requests.clear()
    enter(page)
    assert {request.url.split("/")[2] for request in requests} == {site.origin.split("/")[2]}


def test_what_was_typed_for_podio_is_kept_while_the_sample_is_tried(
    open_page: Callable[..., Page], sign_in: Callable[..., None]
) -> None:
    page = open_page()
    sign_in(page)
    comment_box(page).get_by_label("Add a comment").fill(COMMENT)
    expect(page.get_by_text("Draft kept")).to_be_visible()
    page.evaluate("() => sessionStorage.clear()")
    page.reload()
    expect_state(page, "signed-out")
    enter(page)
    expect(page.get_by_label("Add a comment")).to_have_value("")
    page.get_by_label("Add a comment").fill("Of the sample")
    page.get_by_role("button", name="Leave").click()
    page.get_by_role("button", name="Sign out and delete drafts").click()
    expect_state(page, "signed-out")
    page.get_by_role("button", name="Sign in with Podio").click()  # Podio remembers Ada
    expect(page.get_by_label("Add a comment")).to_have_value(COMMENT)


def test_the_sample_goes_on_without_a_connection(open_page: Callable[..., Page], context: BrowserContext) -> None:
    page = open_page()
    enter(page)
    context.set_offline(True)
    comment_box(page).get_by_label("Add a comment").fill(COMMENT)
    page.get_by_role("button", name="Add comment").click()
    expect(page.locator(".comment-list")).to_contain_text("42 m of cable")
    expect_all_sent(page)
    expect(page.get_by_text("You are offline")).to_have_count(0)
