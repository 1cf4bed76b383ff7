"""What each call of the page to Podio sets in the browser: to keep nothing of it, to send no cookie and no referrer."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.e2e.driving import Site, expect_all_sent, expect_state

NOTE_CALLS = """
  const { fetch } = globalThis;
  globalThis.calls = [];
  globalThis.fetch = (input, options) => {
    const { url, method, cache, credentials, referrerPolicy } = new Request(input, options);
    calls.push({ url, method, cache, credentials, referrerPolicy });
    return fetch(input, options);
  };
"""


@pytest.fixture
def context(warm_context: BrowserContext) -> BrowserContext:
    return warm_context


def test_no_call_is_kept_or_sends_a_cookie_or_a_referrer(
    context: BrowserContext, site: Site, sign_in: Callable[[Page], None]
) -> None:
    page = context.new_page()
    page.add_init_script(NOTE_CALLS)
    page.goto(site.url)
    expect_state(page, "signed-out")
    sign_in(page)
    page.evaluate("() => { location.hash = '#/app/31/item/31001'; }")
    comment = page.get_by_label("Add a comment")
    comment.fill("A call with a body")
    page.get_by_role("button", name="Add comment").click()
    expect(page.locator(".comment-list")).to_contain_text("A call with a body")
    expect_all_sent(page)
    noted = json.loads(page.evaluate("JSON.stringify(calls)"))
    calls = [call for call in noted if call["url"].startswith(site.emulator.url)]
    assert {call["method"] for call in calls} >= {"GET", "POST"}
    options = {(call["cache"], call["credentials"], call["referrerPolicy"]) for call in calls}
    assert options == {("no-store", "omit", "no-referrer")}
