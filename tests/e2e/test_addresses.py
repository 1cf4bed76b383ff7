"""What may come into the page's address, and what a kept route may do to it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, CDPSession, Page, Route, expect
from tests.e2e.driving import Site, expect_state, grant
from tests.e2e.kept import library_keys, token_of

TOKEN = "planted-canary-77ab"
ANSWER = f"access_token={TOKEN}&token_type=bearer&expires_in=28800&state={'n' * 32}"
ROUTE = "#/app/31"
UNREQUESTED = "sign-in response that it didn’t request"

# Ways in which an address comes into a page that runs.
BY_LINK = """(address) => {
  const link = document.createElement("a");
  link.href = address;
  document.body.append(link);
  link.click();
  link.remove();
}"""
BY_SCRIPT = "(address) => { location.hash = address; }"
BY_REPLACING = "(address) => { location.replace(address); }"

PLANT = """
  const key = Object.keys(sessionStorage).find((name) => name.includes(".attempt."));
  if (key) {
    const attempt = JSON.parse(sessionStorage.getItem(key));
    attempt.app_state = {route: %s};
    sessionStorage.setItem(key, JSON.stringify(attempt));
    globalThis.planted = true;
  }
"""
"""Lets the page that comes back from Podio find another route in the attempt that it kept."""


@pytest.fixture
def context(warm_context: BrowserContext) -> BrowserContext:
    return warm_context


def addresses(tab: CDPSession) -> list[str]:
    """Return what Back and Forward reach."""
    return [str(entry["url"]) for entry in tab.send("Page.getNavigationHistory")["entries"]]


def test_an_answer_that_arrives_while_the_page_runs_is_taken_out_and_refused(
    open_page: Callable[..., Page], context: BrowserContext, site: Site
) -> None:
    page = open_page(ROUTE, state="signed-out")
    tab = context.new_cdp_session(page)
    for answer in (
        f"#{ANSWER}",
        f"#/{ANSWER}",
        f"#/app/32?{ANSWER}",
        f"#error=access_denied&error_description={TOKEN}",
    ):
        for way in (BY_LINK, BY_SCRIPT, BY_REPLACING):
            page.evaluate(way, answer)
            expect(page).to_have_url(site.url + ROUTE)
            assert [address for address in addresses(tab) if TOKEN in address] == []
    expect(page.get_by_role("alert")).to_contain_text(UNREQUESTED)
    assert library_keys(page) == []
    assert site.emulator.requests() == []


def test_an_answer_that_arrives_at_a_signed_in_page_changes_nothing_and_is_reported(
    open_page: Callable[..., Page], sign_in: Callable[..., None], context: BrowserContext, site: Site
) -> None:
    page = open_page(ROUTE, state="signed-out")
    sign_in(page)
    expect(page).to_have_url(site.url + ROUTE)
    tab, token = context.new_cdp_session(page), token_of(page)
    urls: list[str] = []
    page.expose_function("seen", lambda address: urls.append(address))
    page.evaluate(
        "() => { for (const kind of ['popstate', 'hashchange']) addEventListener(kind, () => seen(location.href)); }"
    )
    page.goto(f"{site.url}#{ANSWER}")  # as a user pastes it: the document stays
    expect(page.get_by_role("alert")).to_contain_text(UNREQUESTED)
    assert page.url == site.url + ROUTE
    page.get_by_role("button", name="Dismiss").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    for step in (page.go_back, page.go_forward):
        step()
        expect_state(page, "signed-in")
        assert TOKEN not in page.url
    assert [address for address in [*addresses(tab), *urls] if TOKEN in address] == []
    assert token_of(page) == token
    page.evaluate(BY_SCRIPT, "#/app/34")
    expect(page.get_by_role("table")).to_be_visible()


def test_an_answer_that_arrives_before_the_app_is_up_does_not_stay_either(context: BrowserContext, site: Site) -> None:
    routes: list[Route] = []
    page = context.new_page()
    page.route(re.compile(r"/config\.json"), lambda route: routes.append(route))
    with page.expect_request(re.compile(r"/config\.json")):
        page.goto(site.url + ROUTE)
    page.evaluate(BY_SCRIPT, f"#{ANSWER}")
    expect(page).to_have_url(site.url + ROUTE)
    for route in routes:
        route.continue_()
    expect_state(page, "signed-out")
    assert page.url == site.url + ROUTE


def test_an_answer_that_is_pasted_over_the_callback_page_does_not_stay(context: BrowserContext, site: Site) -> None:
    page = context.new_page()
    page.goto(f"{site.url}callback.html")
    expect(page.get_by_role("status")).to_contain_text("nothing to do here")
    page.goto(f"{site.url}callback.html#{ANSWER}")
    expect(page).to_have_url(f"{site.url}callback.html")
    assert [address for address in addresses(context.new_cdp_session(page)) if TOKEN in address] == []


@pytest.mark.parametrize("route", ["/elsewhere", "//elsewhere.example/", "#/\ud800"])
def test_a_kept_route_that_is_none_neither_moves_the_address_nor_stops_the_start(
    open_page: Callable[..., Page], site: Site, route: object
) -> None:
    page = open_page(state="signed-out")
    page.get_by_role("button", name="Sign in with Podio").click()
    expect(page.get_by_role("button", name="Grant access")).to_be_visible()
    page.add_init_script(PLANT % json.dumps(route))
    grant(page)
    expect_state(page, "signed-in")
    assert page.evaluate("() => planted")
    assert page.url in {site.url, f"{site.url}#/"}
    expect(page.locator("#me-name")).to_have_text("Ada Lysholm")
