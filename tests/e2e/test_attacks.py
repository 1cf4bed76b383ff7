"""What others may try against the sign-in, where only a real browser can show that it fails."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect
from tests.e2e.driving import Console, Site


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
