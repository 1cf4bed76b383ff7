"""Signing in by redirect, staying signed in, and signing out, in a real browser beside the emulated Podio."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.e2e.conftest import build_fast
from tests.e2e.driving import Console, Site, choose, expect_state, grant, wait_until
from tests.e2e.kept import drafts, library_keys, session_storage, sessions, token_of

DEEP = "#/app/34/item/340007"


@pytest.fixture(scope="module")
def silent_site(serve_site: Callable[..., Site], tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A Podio that does not echo `state`."""
    return serve_site("--no-state-echo", "--site", str(build_fast(tmp_path_factory.mktemp("silent"))))


@pytest.fixture(scope="module")
def code_site(serve_site: Callable[..., Site], tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site for a provider with the code flow and PKCE, which echoes `state`."""
    folder = tmp_path_factory.mktemp("code")
    return serve_site("--site", str(build_fast(folder, response_type="code", redirect_nonce=False)))


@pytest.fixture
def context(warm_context: BrowserContext) -> BrowserContext:
    return warm_context


def way_in(page: Page) -> Any:
    return page.get_by_role("button", name="Sign in with Podio")


def way_out(page: Page) -> Any:
    return page.get_by_role("button", name="Sign out", exact=True)


def go_to_consent(page: Page) -> None:
    way_in(page).click()
    expect(page.get_by_role("button", name="Grant access")).to_be_visible()


def sign_in_once_more(page: Page) -> None:
    """Sign in where Podio remembers the user; it may request consent again, which sign-out has ended."""
    way_in(page).click()
    button = page.get_by_role("button", name="Grant access")
    expect(button.or_(page.locator("html[data-app-state=signed-in]"))).to_be_visible()
    if button.is_visible():
        button.click()
    expect_state(page, "signed-in")


def signed_in_as(page: Page, name: str) -> None:
    expect_state(page, "signed-in")
    expect(page.locator("#me-name")).to_contain_text(name)


def accepts(site: Site, token: str) -> int:
    """Call the API with a token, as nobody but its holder could, and return the status."""
    with httpx2.Client(trust_env=False) as client:
        answer = client.get(f"{site.emulator.url}/user/status", headers={"Authorization": f"Bearer {token}"})
    return answer.status_code


def lookups(site: Site) -> int:
    """Count how often Podio was asked who this is: once for a sign-in, once for a start."""
    calls = [(entry["method"], entry["path"]) for entry in site.emulator.requests()]
    return calls.count(("GET", "/user/status"))


# Signing in


def test_sign_in_by_redirect_shows_who_i_am(
    open_page: Callable[..., Page], sign_in: Callable[..., None], site: Site
) -> None:
    page = open_page(state="signed-out")
    sign_in(page, username="grace@example.com")
    signed_in_as(page, "Grace")
    requests = [entry for entry in site.emulator.requests() if entry["path"] == "/oauth/authorize"]
    assert [entry["status"] for entry in requests] == [200, 302]
    assert "response_type=token" in requests[0]["query"]
    assert "state=" in requests[0]["query"]


def test_sign_in_works_where_podio_does_not_echo_the_state(
    silent_site: Site, context: BrowserContext, sign_in: Callable[..., None]
) -> None:
    silent_site.emulator.reset()
    page = context.new_page()
    page.goto(silent_site.url + DEEP)
    expect_state(page, "signed-out")
    go_to_consent(page)
    grant(page)
    signed_in_as(page, "Ada")
    assert page.url == silent_site.url + DEEP
    assert token_of(page)


def test_a_site_for_a_provider_with_code_and_pkce_signs_in_and_renews(
    code_site: Site, context: BrowserContext, console: Console
) -> None:
    code_site.emulator.reset()
    page = context.new_page()
    page.goto(code_site.url + DEEP)
    expect_state(page, "signed-out")
    go_to_consent(page)
    grant(page)
    signed_in_as(page, "Ada")
    assert page.url == code_site.url + DEEP
    first = token_of(page)

    code_site.emulator.expire_tokens()
    console.allow("status of 401")
    choose(page, "Refresh")
    # While the window opens, the page's storage is empty.
    wait_until(page, lambda: any(session["access_token"] != first for session in sessions(page)))
    requests = [entry["query"] for entry in code_site.emulator.requests() if entry["path"] == "/oauth/authorize"]
    assert all("response_type=code" in query and "code_challenge_method=S256" in query for query in requests)
    assert not [query for query in requests if "podio_nonce" in query]


def test_a_second_click_on_sign_in_does_nothing_more(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page(state="signed-out")
    # Both in one turn of the page, faster than any hand.
    way_in(page).evaluate("(button) => { button.click(); button.click(); }")
    expect(page.get_by_role("button", name="Grant access")).to_be_visible()
    grant(page)
    signed_in_as(page, "Ada")
    assert [key for key in library_keys(page) if ".attempt." in key] == []
    assert len([entry for entry in site.emulator.requests() if entry["path"] == "/oauth/authorize"]) == 2


def test_a_deep_link_survives_the_sign_in_and_reloads(
    open_page: Callable[..., Page], sign_in: Callable[..., None], site: Site
) -> None:
    page = open_page(DEEP, state="signed-out")
    sign_in(page)
    expect(page).to_have_title(re.compile("M-00007"))
    assert page.url == site.url + DEEP
    token = token_of(page)
    assert lookups(site) == 1
    page.reload()
    signed_in_as(page, "Ada")
    expect(page).to_have_title(re.compile("M-00007"))
    assert page.url == site.url + DEEP
    assert token_of(page) == token
    assert lookups(site) == 2


def test_a_session_that_ends_comes_back_to_where_it_was_scrolled(
    open_page: Callable[..., Page], sign_in: Callable[..., None], context: BrowserContext
) -> None:
    page = open_page(DEEP, state="signed-out")
    sign_in(page)
    page.set_viewport_size({"width": 1100, "height": 420})
    expect(page.locator("#beside-scroll a").nth(12)).to_be_attached()
    page.locator("#beside-scroll").evaluate("(list) => { list.scrollTop = 137; }")
    # What another tab of the session does by signing out.
    other = duplicate(page)
    way_out(other).click()
    expect_state(page, "signed-out")
    sign_in_once_more(page)
    assert page.url.endswith(DEEP)
    expect(page.locator("#beside-scroll")).to_have_js_property("scrollTop", 137)


@pytest.mark.usefixtures("separate_tabs")
def test_a_new_tab_is_signed_out_where_the_origin_is_not_the_sites_own(
    open_page: Callable[..., Page], sign_in: Callable[..., None], site: Site
) -> None:
    first = open_page()
    sign_in(first)
    second = open_page(state="signed-out")
    assert library_keys(second) == []
    expect(way_in(second)).to_be_visible()
    signed_in_as(first, "Ada")


def test_back_and_forward_after_the_sign_in_end_in_a_page_that_works(
    open_page: Callable[..., Page], sign_in: Callable[..., None], site: Site
) -> None:
    page = open_page(DEEP, state="signed-out")
    sign_in(page)
    token = token_of(page)
    # Podio's page: it knows the user and the grant, and redirects again without a form.
    page.go_back()
    signed_in_as(page, "Ada")
    assert token_of(page) == token
    assert "access_token" not in page.url
    assert "podio_nonce" not in page.url
    # Before that lies the page as it was signed out; it is the same tab, so it is signed in now.
    page.go_back()
    signed_in_as(page, "Ada")
    assert token_of(page) == token
    page.go_forward()
    signed_in_as(page, "Ada")
    assert "access_token" not in page.url


def test_back_from_the_consent_page_leaves_a_button_that_works(
    open_page: Callable[..., Page], sign_in: Callable[..., None]
) -> None:
    page = open_page(DEEP, state="signed-out")
    go_to_consent(page)
    page.go_back()
    expect_state(page, "signed-out")
    expect(page.get_by_text("Going to Podio")).to_have_count(0)
    sign_in(page)
    signed_in_as(page, "Ada")
    assert page.url.endswith(DEEP)


# Signing out


def duplicate(page: Page) -> Page:
    """Duplicate the tab: the new one begins with a copy of its `sessionStorage`."""
    with page.context.expect_page() as page_info:
        page.evaluate("() => { window.open(location.href); }")
    expect_state(page_info.value, "signed-in")
    return page_info.value


def test_sign_out_clears_everything_and_ends_the_token_at_podio(
    open_page: Callable[..., Page], sign_in: Callable[..., None], site: Site
) -> None:
    page = open_page(DEEP, state="signed-out")
    sign_in(page)
    signed_in_as(page, "Ada")
    token = token_of(page)
    assert accepts(site, token) == 200
    way_out(page).click()
    expect_state(page, "signed-out")
    expect(page.get_by_role("status")).to_contain_text("You are signed out")
    assert library_keys(page) == []
    assert accepts(site, token) == 401
    page.reload()
    expect_state(page, "signed-out")
    assert library_keys(page) == []

    # And again: the second sign-in is like the first.
    sign_in_once_more(page)
    signed_in_as(page, "Ada")
    assert token_of(page) != token
    assert page.url.endswith(DEEP)


def test_sign_out_ends_the_session_in_a_duplicated_tab_too(
    open_page: Callable[..., Page], sign_in: Callable[..., None], site: Site
) -> None:
    first = open_page()
    sign_in(first)
    second = duplicate(first)
    assert token_of(first) == token_of(second)
    way_out(second).click()
    expect_state(second, "signed-out")
    expect_state(first, "signed-out")
    expect(first.get_by_role("status")).to_contain_text("You signed out in another tab")
    assert library_keys(first) == library_keys(second) == []
    first.reload()
    expect_state(first, "signed-out")


def test_sign_out_leaves_a_tab_alone_that_signed_in_by_itself(
    open_page: Callable[..., Page], sign_in: Callable[..., None], site: Site
) -> None:
    first, second = open_page(), open_page()
    sign_in(first)
    sign_in_once_more(second)
    way_out(first).click()
    expect_state(first, "signed-out")
    signed_in_as(second, "Ada")
    assert accepts(site, token_of(second)) == 200


def test_sign_out_asks_about_a_draft_and_staying_keeps_it(
    open_page: Callable[..., Page], sign_in: Callable[..., None], site: Site
) -> None:
    page = open_page(DEEP, state="signed-out")
    sign_in(page)
    comment = page.get_by_label("Add a comment")
    comment.fill("Not sent yet")
    expect(page.get_by_text("Draft kept")).to_be_visible()
    way_out(page).click()
    question = page.get_by_role("dialog")
    expect(question).to_contain_text("What you typed and didn't send is deleted")
    expect(question.get_by_role("button", name="Stay")).to_be_focused()
    question.get_by_role("button", name="Stay").click()
    expect(question).to_have_count(0)
    expect(comment).to_have_value("Not sent yet")
    page.reload()
    expect(comment).to_have_value("Not sent yet")
    assert "Not sent yet" in json.dumps(drafts(page))

    token = token_of(page)
    way_out(page).click()
    expect(question).to_be_visible()
    page.keyboard.press("Escape")
    expect(question).to_have_count(0)
    expect(comment).to_have_value("Not sent yet")

    way_out(page).click()
    question.get_by_role("button", name="Sign out and delete drafts").click()
    expect_state(page, "signed-out")
    assert drafts(page) == []
    assert library_keys(page) == []
    assert accepts(site, token) == 401
    sign_in_once_more(page)
    expect(comment).to_have_value("")


@pytest.mark.parametrize("fault", [{"status": 500}, {"drop": True}], ids=["podio fails", "the connection breaks"])
def test_a_sign_out_that_podio_does_not_hear_of_warns_and_clears_the_session_all_the_same(
    open_page: Callable[..., Page], sign_in: Callable[..., None], site: Site, console: Console, fault: dict[str, Any]
) -> None:
    console.allow("Failed to load resource")
    page = open_page()
    sign_in(page)
    site.emulator.faults([{"path": "/oauth/grant", "times": None, **fault}])
    way_out(page).click()
    expect_state(page, "signed-out")
    expect(page.get_by_role("alert")).to_contain_text("Podio could not be told to end this sign-in")
    assert library_keys(page) == []
    site.emulator.faults([])
    sign_in_once_more(page)


# The site's owner


@pytest.mark.parametrize("config", ['{"client_id": ""}', "{"])
def test_a_page_without_a_client_id_shows_its_owner_what_to_do(page: Page, site: Site, config: str) -> None:
    page.route(re.compile(r"/config\.json"), lambda route: route.fulfill(body=config, content_type="application/json"))
    page.goto(site.url)
    expect_state(page, "signed-out")
    expect(page.get_by_role("heading", name="This site isn't connected to Podio yet")).to_be_visible()
    keys = page.get_by_role("link", name="https://podio.com/settings/api")
    expect(keys).to_have_attribute("href", "https://podio.com/settings/api")
    expect(keys).to_have_attribute("rel", re.compile("noopener"))
    expect(page.locator("#app")).to_contain_text(site.url.split("/")[2])
    expect(way_in(page)).to_have_count(0)
    assert library_keys(page) == []


def test_a_client_id_that_podio_does_not_know_leads_to_podios_own_words(
    page: Page, site: Site, console: Console
) -> None:
    console.allow("status of 400")
    body = json.dumps({"client_id": "nobody"})
    page.route(re.compile(r"/config\.json"), lambda route: route.fulfill(body=body, content_type="application/json"))
    page.goto(site.url)
    expect_state(page, "signed-out")
    way_in(page).click()
    expect(page.get_by_text("This application isn't known to Podio")).to_be_visible()
    page.go_back()
    expect(way_in(page)).to_be_enabled()


def test_a_poisoned_session_counts_as_none_and_the_sign_in_works(
    open_page: Callable[..., Page], sign_in: Callable[..., None], site: Site
) -> None:
    page = open_page()
    sign_in(page)
    (name,) = [key for key in session_storage(page) if ".session." in key]
    good = sessions(page)[0]
    for poison in ("{", "null", '{"__proto__": {}}', json.dumps({**good, "access_token": "a b"}), "[" * 5000):
        page.evaluate("([name, poison]) => sessionStorage.setItem(name, poison)", [name, poison])
        page.reload()
        expect_state(page, "signed-out")
        assert library_keys(page) == []
    sign_in_once_more(page)
