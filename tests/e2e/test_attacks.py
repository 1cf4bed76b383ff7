"""What others may try against the sign-in, where only a real browser can show that it fails."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.e2e.driving import Console, Site, expect_state
from tests.e2e.kept import session_storage

FRAMING = "<!doctype html><title>Framing</title><iframe src='%s' width=900 height=600></iframe>"


@pytest.fixture
def context(warm_context: BrowserContext) -> BrowserContext:
    return warm_context


def test_the_provider_s_page_has_no_hold_on_the_page_that_opened_it(
    open_signed_in: Callable[..., Page],
    site: Site,
    context: BrowserContext,
    console: Console,
) -> None:
    console.allow("status of 401")
    page = open_signed_in()
    context.clear_cookies()
    site.emulator.expire_tokens()
    with context.expect_page() as page_info:
        page.goto(page.url.split("#")[0] + "#/app/34")
    window = page_info.value
    expect(window.get_by_role("button", name="Grant access")).to_be_visible()
    # Compared in the page: a window of another site can't be handed to the test, and would look like nothing there.
    assert window.evaluate("() => [window.opener === null, window.name === '']") == [True, True]


def test_in_a_frame_the_page_does_not_start(open_signed_in: Callable[..., Page], site: Site) -> None:
    page = open_signed_in()
    page.route("**/framing", lambda route: route.fulfill(content_type="text/html", body=FRAMING % site.url))
    page.goto(site.url + "framing")
    framed = page.frame_locator("iframe")
    expect(framed.get_by_role("alert")).to_contain_text("does not run inside another page")
    expect(framed.locator("html")).to_have_attribute("data-app-state", "failed")
    expect(framed.get_by_role("link")).to_have_count(0)


def test_the_callback_page_in_a_tab_of_its_own_explains_itself_and_leaves_the_session_alone(
    open_signed_in: Callable[..., Page], site: Site
) -> None:
    page = open_signed_in()
    for answer in ("", "#access_token=planted&expires_in=3600", "?error=access_denied"):
        page.goto("about:blank")  # else a new fragment would not load the page again
        page.goto(site.url + "callback.html" + answer)
        expect(page.get_by_role("status")).to_contain_text("nothing to do here")
        assert page.url == site.url + "callback.html"
    storage = session_storage(page)
    for nonce in ("n" * 32, "", "%00", "client", "."):
        page.goto("about:blank")
        page.goto(f"{site.url}callback.html?podio_nonce={nonce}#access_token=planted&expires_in=3600")
        assert page.url == site.url + "callback.html"
        assert session_storage(page) == storage
    page.get_by_role("link", name="Open the workbench").click()
    expect_state(page, "signed-in")


@pytest.mark.parametrize("place", ["?podio_nonce=NONCE", "?state=NONCE", "#state=NONCE&error=x"])
def test_the_callback_page_hands_nothing_on_from_a_frame_and_clears_nothing_there(
    context: BrowserContext, site: Site, place: str
) -> None:
    page = context.new_page()
    nonce = "f" * 32
    framed = f"{site.url}callback.html{place.replace('NONCE', nonce)}"
    page.route("**/framing", lambda route: route.fulfill(content_type="text/html", body="<title>Framing</title>"))
    page.goto(site.url + "framing")
    page.evaluate(
        """([nonce, address]) => {
             const keys = ["podio.session.client", `podio.attempt.${nonce}`, "podio.window"];
             for (const key of keys) sessionStorage.setItem(key, "{}");
             window.heard = [];
             const channel = new BroadcastChannel(`podio.answer.${nonce}`);
             channel.onmessage = ({data}) => { heard.push(data); };
             window.channel = channel;
             const frame = document.createElement("iframe");
             frame.src = address;
             document.body.append(frame);
           }""",
        [nonce, framed],
    )
    storage = session_storage(page)
    status = page.frame_locator("iframe").get_by_role("status")
    expect(status).not_to_have_text("Signing in …")
    expect(status).to_contain_text("nothing to do here")
    page.evaluate("() => { channel.postMessage({type: 'ready'}); }")
    page.frames[1].evaluate("() => 'what came before this was heard'")
    assert page.evaluate("() => heard") == []
    assert session_storage(page) == storage
