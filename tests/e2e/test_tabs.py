"""A link in a new tab: the session that other tabs hand on, or Podio's sign-in without a click, in a real browser."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.e2e.conftest import build_fast, cleared
from tests.e2e.driving import PASSWORD, Console, Site, expect_all_sent, expect_state, grant, wait_until
from tests.e2e.kept import library_keys, sessions, token_of

DEEP = "#/app/34/item/340007"
OTHER_DEEP = "#/app/34/item/340008"

SPY = """
globalThis.heardOfTabs = [];
globalThis.BroadcastChannel = class extends BroadcastChannel {
  constructor(name) { super(name); this.addEventListener("message", ({ data }) => heardOfTabs.push([name, data])); }
  postMessage(data) { heardOfTabs.push([this.name, data]); super.postMessage(data); }
};
"""
"""What the page sends and receives on channels, in `heardOfTabs`."""


@pytest.fixture(scope="module")
def configured_site(serve_site: Callable[..., Site], tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Site]:
    """Serve the workbench with another config.json: `configured_site(own_origin=False)`; each once."""
    served: dict[str, Site] = {}

    def serve(*options: str, **config: Any) -> Site:
        name = json.dumps([options, config])
        if name not in served:
            directory: Path = build_fast(tmp_path_factory.mktemp("configured"), config=config)
            served[name] = serve_site("--site", str(directory), *options)
        served[name].emulator.reset()
        return served[name]

    return serve


@pytest.fixture
def shared_site(configured_site: Callable[..., Site]) -> Site:
    """A site whose origin isn't its own."""
    return configured_site(own_origin=False)


def way_in(page: Page) -> Any:
    return page.get_by_role("button", name="Sign in with Podio")


def signed_in_as(page: Page, name: str) -> None:
    expect_state(page, "signed-in")
    expect(page.locator("#me-name")).to_contain_text(name)


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect_state(page, "signed-out")


def open_tab(context: BrowserContext, address: str, state: str = "") -> Page:
    page = context.new_page()
    page.goto(address)
    if state:
        expect_state(page, state)
    return page


def asked_podio(site: Site) -> int:
    return len([entry for entry in site.emulator.requests() if entry["path"] == "/oauth/authorize"])


def messages_of(page: Page, kind: str) -> list[Any]:
    """Return what the page has sent to other tabs, or received from them, about the session."""
    messages = page.evaluate("() => globalThis.heardOfTabs")
    return [data for name, data in messages if name.startswith("podio.hand-over.") and data.get("type") == kind]


def questions(page: Page) -> list[Any]:
    return messages_of(page, "ask")


# On an origin of the site's own


@pytest.fixture(scope="module")
def overheard_context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    context.add_init_script(SPY)
    yield context
    context.close()


@pytest.fixture
def context(overheard_context: BrowserContext, site: Site, console: Console) -> Iterator[BrowserContext]:
    console.allow("favicon.ico")  # requested by a page of the origin that isn't the workbench
    with cleared(overheard_context, site, console) as context:
        yield context


def test_a_link_in_a_new_tab_is_signed_in_at_once(
    open_signed_in: Callable[..., Page], context: BrowserContext, site: Site
) -> None:
    first = open_signed_in()
    requests = asked_podio(site)
    link = first.get_by_role("link").first
    with context.expect_page() as page_info:
        link.click(modifiers=["Control"])
    second = page_info.value
    signed_in_as(second, "Ada")
    assert second.evaluate("() => opener") is None
    assert asked_podio(site) == requests
    calls = [(entry["method"], entry["path"]) for entry in site.emulator.requests()]
    assert calls.count(("GET", "/user/status")) == 2  # once by each tab
    assert token_of(second) == token_of(first)
    assert sessions(second) == sessions(first)

    # Nothing is kept of it but the session.
    token = token_of(first)
    stored_data = second.evaluate(
        """async () => JSON.stringify([{...localStorage}, document.cookie, location.href, await caches.keys(),
             (await navigator.locks.query()).held.map((lock) => lock.name)])"""
    )
    assert token not in stored_data
    assert sessions(second)[0]["session_id"] not in stored_data
    assert [key for key in library_keys(second) if ".session." not in key] == []
    second.reload()
    signed_in_as(second, "Ada")


def test_tabs_that_were_handed_the_session_hear_of_its_sign_out_and_stay_signed_out(
    open_page: Callable[..., Page], open_signed_in: Callable[..., Page], context: BrowserContext, site: Site
) -> None:
    first = open_signed_in()
    second, third = open_page(DEEP, state="signed-in"), open_page(state="signed-in")
    sign_out(second)
    for tab in (first, third):
        expect_state(tab, "signed-out")
        expect(tab.get_by_role("status")).to_contain_text("You signed out in another tab")
    # Another sign-in, in one of them: the others have shown the card and leave no more.
    way_in(first).click()
    grant(first)
    signed_in_as(first, "Ada")
    for tab in (second, third):
        tab.reload()
        expect_state(tab, "signed-out")
        assert questions(tab) == []
        assert sessions(tab) == []
    tab.goto(site.url + OTHER_DEEP)
    expect_state(tab, "signed-out")
    # And one that opens is handed it.
    signed_in_as(open_page(state="signed-in"), "Ada")


def test_tabs_with_one_session_renew_it_once(
    open_page: Callable[..., Page], open_signed_in: Callable[..., Page], console: Console, site: Site
) -> None:
    console.allow("status of 401")
    first = open_signed_in(DEEP)
    second = open_page(DEEP, state="signed-in")
    before = token_of(first)
    site.emulator.expire_tokens()
    second.get_by_label("Add a comment").fill("From the second tab")
    second.get_by_role("button", name="Add comment").click()
    expect(second.get_by_role("article").get_by_text("From the second tab")).to_be_visible()
    expect_all_sent(second)
    requests = asked_podio(site)
    assert token_of(first) == token_of(second) != before
    first.get_by_role("link", name="Lamps").click()
    expect(first).to_have_title(re.compile("Lamps"))
    expect(first.get_by_role("grid").or_(first.get_by_role("table")).first).to_be_visible()
    assert asked_podio(site) == requests


def test_sessions_of_two_users_are_not_handed_on(
    open_page: Callable[..., Page], sign_in: Callable[..., None], context: BrowserContext, site: Site
) -> None:
    first, second = open_page(), open_page()
    sign_in(first)
    context.clear_cookies()
    sign_in(second, username="grace@example.com")
    third = open_page(DEEP, state="signed-out")
    assert questions(third) != []
    assert sessions(third) == []
    expect(way_in(third)).to_be_visible()
    second.close()
    third.reload()
    expect_state(third, "signed-out")
    signed_in_as(open_page(state="signed-in"), "Ada")


def test_an_expired_session_of_another_user_keeps_the_card_too(
    open_page: Callable[..., Page], sign_in: Callable[..., None], context: BrowserContext, site: Site
) -> None:
    first, second = open_page(), open_page()
    sign_in(first)
    session_key = next(key for key in library_keys(first) if ".session." in key)
    # Ada's token runs out by the clock of the page; Grace's lives.
    first.evaluate(
        """(key) => sessionStorage.setItem(key, JSON.stringify({...JSON.parse(sessionStorage[key]), expires_at: 1}))""",
        session_key,
    )
    context.clear_cookies()  # so that nobody can sign in again unasked
    first.reload()
    expect_state(first, "signed-in")
    expect(first.get_by_role("button", name=re.compile("^(Sign in again|Cancel)$"))).to_be_visible()
    assert sessions(open_page(state="signed-out")) == []
    sign_in(second, username="grace@example.com")
    assert sessions(open_page(state="signed-out")) == []


def test_a_session_that_podio_has_ended_is_not_taken(
    open_signed_in: Callable[..., Page],
    context: BrowserContext,
    console: Console,
    site: Site,
) -> None:
    console.allow("status of 401")
    open_signed_in()
    site.emulator.expire_tokens()
    second = context.new_page()
    second.goto(site.url + DEEP)
    expect_state(second, "signed-out")
    assert sessions(second) == []
    expect(second.get_by_role("button", name="Sign in again")).to_have_count(0)


@pytest.mark.parametrize(
    ("fault", "why"),
    [({"status": 503}, "Podio fails"), ({"body": {"user": {"user_id": 4711}}, "status": 200}, "another user")],
    ids=["podio fails", "another user"],
)
def test_a_session_whose_user_podio_does_not_confirm_is_not_taken(
    open_page: Callable[..., Page],
    open_signed_in: Callable[..., Page],
    console: Console,
    site: Site,
    fault: dict[str, Any],
    why: str,
) -> None:
    console.allow("Failed to load resource")
    first = open_signed_in()
    site.emulator.faults([{"path": "/user/status", "times": None, **fault}])
    second = open_page(state="signed-out")
    assert sessions(second) == [], why
    assert questions(second) != []
    signed_in_as(first, "Ada")


FORGER = """([name, answers]) => {
  globalThis.forger = new BroadcastChannel(name);
  forger.onmessage = ({ data }) => {
    if (data.type === "ask") for (const answer of answers) forger.postMessage({ nonce: data.nonce, ...answer });
  };
  return new Promise((resolve) => navigator.locks.request(name, { mode: "shared" }, () => {
    resolve();
    return new Promise(() => {});
  }));
}"""
RECORD = {"session_id": "a" * 32, "access_token": "forged", "expires_at": 4e9, "person_id": 101}


FORGED = [
    {"type": "answer", "user_id": 101, "session": "{"},
    {"type": "answer", "user_id": 101, "session": json.dumps({**RECORD, "session_id": "short"})},
    {"type": "answer", "user_id": 102, "session": json.dumps(RECORD)},
    {"type": "answer", "user_id": "101", "session": json.dumps(RECORD)},
    {"type": "answer", "user_id": 101, "session": json.dumps(RECORD), "more": 1},
    {"type": "answer", "user_id": 101, "session": json.dumps(RECORD), "nonce": "0" * 32},
    {"type": "answer"},
]


def forge(context: BrowserContext, site: Site, answers: list[dict[str, Any]]) -> None:
    """Let another page of the origin respond to requests for a session, as if it were a signed-in tab."""
    page = context.new_page()
    page.goto(f"{site.url}config.json")
    page.evaluate(FORGER, [f"podio.hand-over.{site.emulator.url.split('/')[2]}.workbench", answers])


def test_a_forged_answer_counts_as_none_and_the_true_one_still_counts(
    open_page: Callable[..., Page], sign_in: Callable[..., None], context: BrowserContext, site: Site
) -> None:
    forge(context, site, FORGED)
    first = open_page(state="signed-out")
    assert sessions(first) == []
    sign_in(first)
    second = open_page(state="signed-in")
    assert token_of(second) == token_of(first)


def test_a_token_that_podio_does_not_know_is_not_taken(
    open_page: Callable[..., Page], context: BrowserContext, site: Site, console: Console
) -> None:
    console.allow("status of 401")
    forge(context, site, [{"type": "answer", "user_id": 101, "session": json.dumps(RECORD)}])
    page = open_page(DEEP, state="signed-out")
    assert sessions(page) == []
    expect(way_in(page)).to_be_visible()


def test_the_question_does_not_wait_for_python(
    open_signed_in: Callable[..., Page],
    context: BrowserContext,
    console: Console,
    site: Site,
) -> None:
    console.allow("Failed to load resource", "Failed to fetch")
    open_signed_in()
    page = context.new_page()
    page.route(re.compile(r"/runtime\.mjs"), lambda route: route.abort())
    page.goto(site.url)
    expect_state(page, "failed")
    assert len(questions(page)) == 1


def test_another_client_id_is_not_answered(
    open_page: Callable[..., Page], open_signed_in: Callable[..., Page], context: BrowserContext, site: Site
) -> None:
    first = open_signed_in()
    body = json.dumps({"client_id": "another"})
    context.route(re.compile(r"/config\.json"), lambda route: route.fulfill(body=body, content_type="application/json"))
    second = open_page(state="signed-out")
    assert sessions(second) == []
    assert messages_of(first, "answer") == []
    context.unroute_all()


def test_the_sign_in_window_and_a_frame_ask_nobody(
    open_signed_in: Callable[..., Page], context: BrowserContext, site: Site
) -> None:
    open_signed_in()
    window = context.new_page()
    window.goto(f"{site.url}config.json")
    window.evaluate("() => sessionStorage.setItem('podio.window', '1')")
    window.goto(site.url)
    expect_state(window, "failed")
    assert questions(window) == []
    framing = context.new_page()
    framing.goto(f"{site.url}config.json")
    framing.evaluate(
        "(url) => { const f = document.createElement('iframe'); f.src = url; document.body.append(f); }", site.url
    )
    expect(framing.frame_locator("iframe").get_by_role("alert")).to_be_visible()
    assert framing.frames[1].evaluate("() => [heardOfTabs, Object.keys(sessionStorage)]") == [[], []]


def test_the_sample_is_handed_to_nobody(open_page: Callable[..., Page], context: BrowserContext, site: Site) -> None:
    first = open_page()
    with context.expect_page() as page_info:
        first.get_by_role("button", name="Try sample data").click()
    page_info.value.get_by_role("button", name="Grant access").click()
    expect_state(first, "signed-in")
    second = open_page(state="signed-out")
    assert sessions(second) == []
    assert messages_of(first, "answer") == []


def test_a_new_tab_that_finds_no_other_waits_for_none(open_page: Callable[..., Page], context: BrowserContext) -> None:
    page = open_page(state="signed-out")
    # No tab holds the lock of signed-in tabs, so nothing was requested.
    assert questions(page) == []


# Where the origin isn't the site's own


def test_without_an_own_origin_nothing_is_handed_on(
    shared_site: Site, context: BrowserContext, open_signed_in: Callable[..., Page]
) -> None:
    first = open_signed_in(at=shared_site)
    second = open_tab(context, shared_site.url, "signed-out")
    assert sessions(second) == []
    assert questions(second) == []
    forge(context, shared_site, [{"type": "answer", "user_id": 101, "session": json.dumps(sessions(first)[0])}])
    assert sessions(open_tab(context, shared_site.url, "signed-out")) == []


def test_a_deep_link_goes_to_podio_by_itself_and_comes_back_to_where_it_led(
    shared_site: Site, context: BrowserContext, open_signed_in: Callable[..., Page]
) -> None:
    first = open_signed_in(at=shared_site)
    second = open_tab(context, shared_site.url + DEEP)
    signed_in_as(second, "Ada")
    expect(second).to_have_title(re.compile("M-00007"))
    assert second.url == shared_site.url + DEEP
    assert token_of(second) != token_of(first)


def test_a_first_visit_by_a_deep_link_ends_at_podios_form(shared_site: Site, context: BrowserContext) -> None:
    page = open_tab(context, shared_site.url + DEEP)
    expect(page.get_by_label("E-mail")).to_be_visible()
    # Back is the card with the link kept, and nothing goes anywhere once more.
    page.go_back()
    expect_state(page, "signed-out")
    expect(way_in(page)).to_be_enabled()
    assert page.url == shared_site.url + DEEP
    page.reload()
    expect_state(page, "signed-out")
    way_in(page).click()
    grant(page)
    signed_in_as(page, "Ada")
    assert page.url == shared_site.url + DEEP


def test_a_denial_shows_the_card_and_keeps_the_link(shared_site: Site, context: BrowserContext) -> None:
    page = open_tab(context, shared_site.url + DEEP)
    page.get_by_role("button", name="Deny").click()
    expect_state(page, "signed-out")
    expect(page.get_by_role("alert")).to_contain_text("access_denied")
    assert page.url == shared_site.url + DEEP
    page.reload()
    expect_state(page, "signed-out")
    way_in(page).click()
    page.get_by_label("E-mail").fill("ada@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Grant access").click()
    signed_in_as(page, "Ada")
    assert page.url == shared_site.url + DEEP


@pytest.mark.parametrize("address", ["", "#/", "#/nowhere/5", "#access_token=planted", "?error=access_denied"])
def test_only_a_deep_link_goes_by_itself(shared_site: Site, context: BrowserContext, address: str) -> None:
    open_tab(context, shared_site.url + address, "signed-out")
    assert asked_podio(shared_site) == 0


def test_a_tab_that_a_script_opened_goes_nowhere_by_itself(shared_site: Site, context: BrowserContext) -> None:
    opener = open_tab(context, f"{shared_site.url}config.json")
    with context.expect_page() as page_info:
        opener.evaluate("(url) => { window.open(url); }", shared_site.url + DEEP)
    expect_state(page_info.value, "signed-out")
    assert asked_podio(shared_site) == 0


def test_after_a_sign_out_no_tab_goes_by_itself_until_a_sign_in_by_click(
    shared_site: Site, context: BrowserContext, open_signed_in: Callable[..., Page]
) -> None:
    first = open_signed_in(at=shared_site)
    sign_out(first)
    stored_data = first.evaluate("() => Object.entries(localStorage)")
    api_host = shared_site.emulator.url.split("/")[2]
    assert stored_data == [[f"podio.{api_host}.workbench.signed-out", "1"]]
    requests = asked_podio(shared_site)
    second = open_tab(context, shared_site.url + DEEP, "signed-out")
    assert asked_podio(shared_site) == requests
    way_in(second).click()
    grant(second)
    signed_in_as(second, "Ada")
    assert second.evaluate("() => Object.keys(localStorage)") == []
    signed_in_as(open_tab(context, shared_site.url + OTHER_DEEP), "Ada")


def test_config_json_can_keep_tabs_from_going_by_themselves(
    configured_site: Callable[..., Site], context: BrowserContext
) -> None:
    site = configured_site(own_origin=False, sign_in_by_itself=False)
    open_tab(context, site.url + DEEP, "signed-out")
    assert asked_podio(site) == 0


def test_below_a_path_the_origin_is_not_the_sites_own(
    configured_site: Callable[..., Site], context: BrowserContext, open_signed_in: Callable[..., Page]
) -> None:
    site = configured_site("--base", "/some/path/")
    first = open_signed_in(at=site)
    assert sessions(open_tab(context, site.url, "signed-out")) == []
    second = open_tab(context, site.url + DEEP)
    signed_in_as(second, "Ada")
    assert token_of(second) != token_of(first)


@pytest.mark.parametrize(
    ("config", "text"),
    [
        ({"own_origin": "yes"}, "own_origin must be true or false"),
        ({"sign_in_by_itself": 0}, "sign_in_by_itself must be true or false"),
    ],
)
def test_a_setting_of_a_wrong_type_is_reported_and_does_the_safe_thing(
    site: Site, context: BrowserContext, sign_in: Callable[..., None], config: dict[str, Any], text: str
) -> None:
    body = json.dumps({"client_id": "workbench", **config})
    context.route(re.compile(r"/config\.json"), lambda route: route.fulfill(body=body, content_type="application/json"))
    page = open_tab(context, site.url + DEEP, "signed-out")
    expect(page.get_by_role("alert")).to_contain_text(text)
    assert asked_podio(site) == 0
    if "own_origin" in config:
        sign_in(page)
        assert sessions(open_tab(context, site.url, "signed-out")) == []
    context.unroute_all()


# config.json out of a cache


def test_a_cached_config_json_changes_no_running_session_and_owns_no_origin(
    site: Site, context: BrowserContext, sign_in: Callable[..., None]
) -> None:
    def answer(**config: Any) -> None:
        context.unroute_all()
        context.route(
            re.compile(r"/config\.json"),
            lambda route: route.fulfill(
                body=json.dumps(config),
                content_type="application/json",
                headers={"podio-workbench-source": "cache"},
            ),
        )

    page = open_tab(context, site.url + DEEP, "signed-out")
    way_in(page).click()
    answer(client_id="another")
    grant(page)
    signed_in_as(page, "Ada")
    token = token_of(page)
    page.reload()
    signed_in_as(page, "Ada")
    assert token_of(page) == token
    assert all(".workbench." in key for key in library_keys(page))
    answer(client_id="workbench", own_origin=False)
    page.reload()
    signed_in_as(page, "Ada")
    assert sessions(open_tab(context, site.url, "signed-out")) == []
    context.unroute_all()


# Another user at Podio


def test_podio_that_goes_on_answering_as_another_is_named_with_the_way_out(
    configured_site: Callable[..., Site], context: BrowserContext, open_signed_in: Callable[..., Page]
) -> None:
    # So short a time that the page offers to stay signed in from the first: that click opens the window at once.
    site = configured_site("--token-lifetime", "500")
    page = open_signed_in(at=site)
    before = token_of(page)
    context.clear_cookies()
    with context.expect_page() as page_info:
        page.get_by_role("button", name="Stay signed in").click()
    grant(page_info.value, username="grace@example.com")
    as_first = page.get_by_role("button", name="Sign in again as Ada")
    way_out = page.get_by_role("link", name="Sign out at Podio")
    expect(as_first).to_be_visible()
    expect(way_out).to_have_count(0)
    # Podio remembers Grace, and answers as Grace without a word.
    as_first.click()
    expect(way_out).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("Podio itself is still signed in as Grace")
    expect(way_out).to_have_attribute("rel", "noopener noreferrer")
    with context.expect_page() as left:
        way_out.click()
    expect(left.value.get_by_role("heading", name="You are signed out of Podio")).to_be_visible()
    left.value.close()
    with context.expect_page() as page_info:
        as_first.click()
    grant(page_info.value)
    wait_until(page, lambda: token_of(page) != before)  # the window's answer is on its way
    expect(page.get_by_role("alert")).to_have_count(0)
    signed_in_as(page, "Ada")
