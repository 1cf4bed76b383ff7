"""What others may try against the sign-in, where only a real browser can show that it fails."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect
from tests.e2e.driving import Console, Site, expect_state

FRAMING = "<!doctype html><title>Framing</title><iframe src='%s' width=900 height=600></iframe>"


def test_the_provider_s_page_has_no_hold_on_the_page_that_opened_it(
    open_page: Callable[..., Page],
    sign_in: Callable[..., None],
    site: Site,
    popup_context: BrowserContext,
    console: Console,
) -> None:
    console.allow("status of 401")
    page = open_page(within=popup_context)
    sign_in(page)
    popup_context.clear_cookies()
    site.emulator.expire_tokens()
    with popup_context.expect_page() as opened:
        page.goto(page.url.split("#")[0] + "#/app/34")
    window = opened.value
    expect(window.get_by_role("button", name="Grant access")).to_be_visible()
    # Compared in the page: a window of another site can't be handed to the test, and would look like nothing there.
    assert window.evaluate("() => [window.opener === null, window.name === '']") == [True, True]


def test_in_a_frame_the_page_does_not_start(
    open_page: Callable[..., Page], sign_in: Callable[..., None], site: Site
) -> None:
    page = open_page()
    sign_in(page)
    page.route("**/framing", lambda route: route.fulfill(content_type="text/html", body=FRAMING % site.url))
    page.goto(site.url + "framing")
    framed = page.frame_locator("iframe")
    expect(framed.get_by_role("alert")).to_contain_text("does not run inside another page")
    expect(framed.locator("html")).to_have_attribute("data-app-state", "failed")
    expect(framed.get_by_role("link")).to_have_count(0)


def test_the_callback_page_in_a_tab_of_its_own_explains_itself_and_leaves_the_session_alone(
    open_page: Callable[..., Page], sign_in: Callable[..., None], site: Site
) -> None:
    page = open_page()
    sign_in(page)
    for answer in ("", "#access_token=planted&expires_in=3600", "?error=access_denied"):
        page.goto("about:blank")  # else a new fragment would not load the page anew
        page.goto(site.url + "callback.html" + answer)
        expect(page.get_by_role("status")).to_contain_text("nothing to do here")
        assert page.url == site.url + "callback.html"
    page.get_by_role("link", name="Open the workbench").click()
    expect_state(page, "signed-in")
