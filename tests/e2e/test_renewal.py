"""The token expires in the middle of work: the user signs in again in a window, and the page loses nothing."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, expect
from tests.e2e.conftest import cleared
from tests.e2e.driving import (
    PASSWORD,
    SHORT_WAITS,
    Console,
    Site,
    expect_all_sent,
    expect_closed,
    expect_state,
    wait_until,
)

PROBE = (Path(__file__).parent / "workbench_probe.py").read_text(encoding="utf-8")
ITEM = "#/app/34/item/340007/edit"
COMMENT = "The roof of the\nnew hall — 42 m² — is late"

REFUSED = r"status of 401"
"""What Chromium writes to the console when Podio says that the token expired: that is how the page learns of it."""


@pytest.fixture(scope="module")
def probe_site(serve_probe: Callable[..., Site]) -> Site:
    return serve_probe({"workbench_probe": PROBE}, "workbench_probe", take_snapshot=True)


@pytest.fixture
def site(probe_site: Site, console: Console) -> Site:
    console.allow(REFUSED)
    probe_site.emulator.reset()
    return probe_site


@pytest.fixture(scope="module")
def desktop_context(desktop_browser: Browser) -> Iterator[BrowserContext]:
    context = desktop_browser.new_context()
    yield context
    context.close()


@pytest.fixture
def context(desktop_context: BrowserContext, site: Site, console: Console) -> Iterator[BrowserContext]:
    with cleared(desktop_context, site, console) as context:
        yield context


@pytest.fixture
def new_context(desktop_browser: Browser, console: Console) -> Iterator[Callable[..., BrowserContext]]:
    with ExitStack() as contexts:

        def make(**options: Any) -> BrowserContext:
            context = contexts.enter_context(closing(desktop_browser.new_context(**options)))
            console.watch(context)
            return context

        yield make


@pytest.fixture
def open_at_work(open_signed_in: Callable[..., Page]) -> Callable[..., Page]:
    """Open the page where Ada is signed in and has begun to work on an item."""

    def open_it(**options: Any) -> Page:
        page = open_signed_in(ITEM, **options)
        begin_work(page)
        return page

    return open_it


# What the tests do and see


def begin_work(page: Page) -> None:
    """Half type a comment, half fill the edit form, scroll both lists, put the caret into the middle."""
    expect(page.locator("html")).to_have_attribute("data-probe", "ready")
    page.set_viewport_size({"width": 1100, "height": 420})
    comment = page.get_by_label("Add a comment")
    expect(comment).to_be_visible()
    expect(page.locator("#beside-scroll a").nth(10)).to_be_attached()
    field = page.get_by_role("form", name="Edit item").get_by_role("textbox").first
    field.fill("Half a na")
    comment.fill(COMMENT)
    expect(page.get_by_text("Draft kept")).to_have_count(2)
    page.evaluate("document.getElementById('beside-scroll').scrollTop = 137")
    page.evaluate("document.getElementById('main').scrollTop = 90")
    comment.evaluate("(box) => { box.focus({preventScroll: true}); box.setSelectionRange(4, 9); }")


def what_the_page_holds(page: Page) -> dict[str, Any]:
    """Return texts, caret, focus and scroll positions."""
    return dict(
        page.evaluate(
            """() => ({
              texts: [...document.querySelectorAll("input, textarea, select")].map((each) => [each.id, each.value]),
              focus: document.activeElement?.id,
              caret: [document.activeElement?.selectionStart, document.activeElement?.selectionEnd],
              scroll: ["side", "main", "beside-scroll", "item"].map((id) => document.getElementById(id)?.scrollTop),
              page: window.scrollY,
            })"""
        )
    )


def spend_click(page: Page) -> None:
    """Let the browser count no click any more: a payment takes one, and this one fails before anything is shown."""
    assert page.evaluate(
        """async () => {
          const total = { label: "nothing", amount: { currency: "EUR", value: "1" } };
          await new PaymentRequest([{ supportedMethods: "none" }], { total }).show().catch(() => null);
          return !navigator.userActivation.isActive;
        }"""
    )


def await_end_of_click(page: Page, devtools: CDPSession) -> None:
    """Wait the five seconds for which the browser counts a click, where spending it would disturb what is tested."""
    is_active = {"expression": "navigator.userActivation.isActive", "userGesture": False}
    wait_until(page, lambda: not devtools.send("Runtime.evaluate", is_active)["result"]["value"])


def ask_without_click(page: Page, count: int) -> str:
    """Let the page make so many calls, which counts as no click; return what comes of it first, as `ask` does."""
    devtools = page.context.new_cdp_session(page)
    with page.expect_console_message(lambda message: message.text.startswith("probe: "), timeout=60_000) as first:
        devtools.send("Runtime.evaluate", {"expression": f"probeAsk({count})", "userGesture": False})
    devtools.detach()
    return first.value.text.removeprefix("probe: ")


def ask(page: Page, count: int) -> str:
    """Let the page make so many calls when no click counts any more; return what comes of it first.

    That is the renewal's phase, or "answered".
    """
    spend_click(page)
    return ask_without_click(page, count)


def answers(page: Page) -> list[str]:
    return list(json.loads(page.evaluate("() => window.probeAnswers()")))


def expect_answers(page: Page, count: int) -> list[str]:
    """Wait until so many calls have ended, and return how."""
    wait_until(page, lambda: len(answers(page)) >= count)
    ended = answers(page)
    assert len(ended) == count, ended
    return ended


def alert(page: Page) -> Any:
    return page.get_by_role("alert")


def sign_in_again(page: Page) -> Page:
    """Click "Sign in again" and return the window that opens."""
    with page.context.expect_page() as page_info:
        page.get_by_role("button", name="Sign in again", exact=True).click()
    return page_info.value


def consent(window: Page, *, username: str = "ada@example.com", button: str = "Grant access") -> None:
    """Submit the consent page, which has a field for the name because the browser lost its cookies."""
    window.get_by_label("E-mail").fill(username)
    window.get_by_label("Password").fill(PASSWORD)
    window.get_by_role("button", name=button).click()


def forget_who_granted(context: BrowserContext) -> None:
    context.clear_cookies()


def expire(page: Page, site: Site, *, calls: int = 1) -> None:
    """Let the token expire at Podio, and let the page find out by itself."""
    site.emulator.expire_tokens()
    assert ask(page, calls) == "needs-click"
    expect(page.get_by_role("button", name="Sign in again", exact=True)).to_be_visible()


# Blocked popups: the usual case


def test_an_expiry_in_the_middle_of_everything_costs_one_click_and_loses_nothing(
    open_at_work: Callable[..., Page], site: Site
) -> None:
    page = open_at_work()
    before = what_the_page_holds(page)
    windows: list[Page] = []
    page.context.on("page", lambda window: windows.append(window))

    site.emulator.expire_tokens()
    assert ask(page, 50) == "needs-click"
    expect(alert(page)).to_have_count(1)
    expect(alert(page)).to_contain_text("Nothing is lost")
    assert what_the_page_holds(page) == before
    assert windows == []

    sign_in_again(page)
    ended = expect_answers(page, 50)
    assert sorted(ended) == sorted(f"ok {number} {31_001 + number % 5}" for number in range(50))
    expect(alert(page)).to_have_count(0)
    assert what_the_page_holds(page) == before
    assert len(windows) == 1
    calls = Counter((entry["path"], entry["status"]) for entry in site.emulator.requests() if entry["method"] == "GET")
    assert calls["/item/31002", 401] == calls["/item/31002", 200] == 10


def test_the_composition_of_an_input_method_goes_on_through_the_renewal(
    open_at_work: Callable[..., Page], site: Site
) -> None:
    page = open_at_work()
    comment = page.get_by_label("Add a comment")
    comment.fill("")
    comment.focus()
    keyboard = page.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "にほ", "selectionStart": 2, "selectionEnd": 2})
    site.emulator.expire_tokens()
    await_end_of_click(page, keyboard)
    ask_without_click(page, 5)
    wait_until(page, lambda: any(entry["status"] == 401 for entry in site.emulator.requests()))
    keyboard.send("Input.imeSetComposition", {"text": "にほん", "selectionStart": 3, "selectionEnd": 3})
    keyboard.send("Input.insertText", {"text": "日本"})
    expect(comment).to_have_value("日本")
    sign_in_again(page)
    assert len(expect_answers(page, 5)) == 5
    expect(comment).to_have_value("日本")
    expect(comment).to_be_focused()


def test_a_second_renewal_works_like_the_first(open_at_work: Callable[..., Page], site: Site) -> None:
    page = open_at_work()
    for turn in (1, 2):
        expire(page, site)
        sign_in_again(page)
        assert all(answer.startswith("ok") for answer in expect_answers(page, turn))
    expect(page.get_by_label("Add a comment")).to_have_value(COMMENT)


def test_the_first_click_after_a_known_expiry_opens_the_window_itself(
    open_at_work: Callable[..., Page],
    new_context: Callable[..., BrowserContext],
    site: Site,
) -> None:
    context = new_context()
    context.clock.install()
    page = open_at_work(within=context)
    site.emulator.expire_tokens()
    page.clock.fast_forward("09:00:00")  # a token lives eight hours
    expect(page.get_by_text("Your session has expired", exact=False)).to_be_visible()
    with context.expect_page() as page_info:
        page.get_by_role("button", name="Add comment").click()
    expect(page.locator(".comment-list")).to_contain_text("new hall")
    expect_all_sent(page)
    expect(page.get_by_label("Add a comment")).to_have_value("")
    expect_closed(page_info.value)


# Allowed popups: the lucky case


def test_where_popups_are_allowed_the_renewal_needs_no_click(
    open_at_work: Callable[..., Page], site: Site, warm_context: BrowserContext
) -> None:
    page = open_at_work(within=warm_context)
    before = what_the_page_holds(page)
    site.emulator.expire_tokens()
    with warm_context.expect_page():
        ask(page, 50)
    assert all(answer.startswith("ok") for answer in expect_answers(page, 50))
    expect(alert(page)).to_have_count(0)
    assert what_the_page_holds(page) == before


# What users do with the window


def test_a_window_that_was_closed_is_opened_again(
    open_at_work: Callable[..., Page], site: Site, context: BrowserContext
) -> None:
    page = open_at_work()
    before = what_the_page_holds(page)
    forget_who_granted(context)
    expire(page, site, calls=3)
    window = sign_in_again(page)
    expect(window.get_by_role("button", name="Grant access")).to_be_visible()
    window.close()
    page.bring_to_front()
    expect(page.get_by_text("The sign-in window seems closed")).to_be_visible()
    with context.expect_page() as page_info:
        page.get_by_role("button", name="Open again").click()
    consent(page_info.value)
    assert all(answer.startswith("ok") for answer in expect_answers(page, 3))
    assert what_the_page_holds(page) == before


def test_cancelling_fails_what_waited_with_one_clear_error_and_a_late_answer_changes_nothing(
    open_at_work: Callable[..., Page], site: Site, context: BrowserContext
) -> None:
    page = open_at_work()
    forget_who_granted(context)
    expire(page, site, calls=3)
    window = sign_in_again(page)
    late = window.url
    expect(window.get_by_role("button", name="Grant access")).to_be_visible()
    late = window.url
    page.get_by_role("button", name="Cancel").click()
    assert {answer.split()[0] for answer in expect_answers(page, 3)} == {"RenewalCancelled"}
    expect(alert(page)).to_contain_text("Sign-in cancelled")
    expect(page.get_by_label("Add a comment")).to_have_value(COMMENT)

    token = stored_token(page)
    straggler = context.new_page()
    straggler.add_init_script(SHORT_WAITS)
    straggler.goto(late)
    consent(straggler)
    expect(straggler.get_by_role("status")).to_contain_text("Return to the other tab")
    assert stored_token(page) == token

    forget_who_granted(context)
    consent(sign_in_again(page))
    ask(page, 2)
    assert [answer.split()[0] for answer in expect_answers(page, 5)][3:] == ["ok", "ok"]


def test_a_denial_shows_podios_words_and_keeps_everything(
    open_at_work: Callable[..., Page], site: Site, context: BrowserContext
) -> None:
    page = open_at_work()
    before = what_the_page_holds(page)
    forget_who_granted(context)
    expire(page, site, calls=3)
    window = sign_in_again(page)
    window.get_by_role("button", name="Deny").click()
    assert {answer.split()[0] for answer in expect_answers(page, 3)} == {"RenewalCancelled"}
    expect(alert(page)).to_contain_text("The user denied your request.")
    assert what_the_page_holds(page) == before
    consent(sign_in_again(page))
    ask(page, 1)
    assert expect_answers(page, 4)[3].startswith("ok")


def test_a_window_that_nobody_answers_ends_by_the_time_limit(
    open_at_work: Callable[..., Page],
    new_context: Callable[..., BrowserContext],
    site: Site,
) -> None:
    context = new_context()
    context.add_init_script(
        """new MutationObserver((_, observer) => {
             if (document.documentElement) {
               document.documentElement.dataset.windowTimeLimit = "2";
               observer.disconnect();
             }
           }).observe(document, {childList: true});"""
    )
    page = open_at_work(within=context)
    forget_who_granted(context)
    expire(page, site, calls=3)
    window = sign_in_again(page)
    assert {answer.split()[0] for answer in expect_answers(page, 3)} == {"RenewalTimedOut"}
    expect(alert(page)).to_contain_text("Nobody finished signing in")
    expect(page.get_by_label("Add a comment")).to_have_value(COMMENT)
    expect(page.get_by_role("button", name="Sign in again", exact=True)).to_be_visible()

    token = stored_token(page)
    consent(window)
    expect(window).to_have_url(re.compile("callback.html$"))
    assert stored_token(page) == token


def test_when_another_user_signs_in_nothing_is_sent_until_the_user_decides(
    open_at_work: Callable[..., Page], site: Site, context: BrowserContext
) -> None:
    page = open_at_work()
    forget_who_granted(context)
    expire(page, site, calls=3)
    consent(sign_in_again(page), username="grace@example.com")
    expect(alert(page)).to_contain_text("Ada")
    expect(alert(page)).to_contain_text("Grace")
    assert not [
        entry
        for entry in site.emulator.requests()
        if (entry["person"] or "").startswith("grace") and "/item/" in entry["path"]
    ]
    assert answers(page) == []

    forget_who_granted(context)
    with context.expect_page() as page_info:
        page.get_by_role("button", name=re.compile("Sign in again as Ada")).click()
    consent(page_info.value)
    assert all(answer.startswith("ok") for answer in expect_answers(page, 3))
    expect(page.get_by_label("Add a comment")).to_have_value(COMMENT)


def test_another_user_may_start_afresh_and_sees_nothing_of_the_first(
    open_at_work: Callable[..., Page], sign_in: Callable[..., None], site: Site, context: BrowserContext
) -> None:
    page = open_at_work()
    forget_who_granted(context)
    expire(page, site, calls=3)
    consent(sign_in_again(page), username="grace@example.com")
    page.get_by_role("button", name=re.compile("Start afresh as Grace")).click()
    assert {answer.split()[0] for answer in expect_answers(page, 3)} == {"UserChanged"}
    expect(page.locator("#me-name")).to_contain_text("Grace")
    expect(page.get_by_label("Add a comment")).to_have_value("")

    # The first user's drafts stay the first's.
    page.get_by_role("button", name="Sign out").click()
    expect_state(page, "signed-out")
    forget_who_granted(context)
    sign_in(page)
    expect(page.get_by_label("Add a comment")).to_have_value(COMMENT)


# Providers and tabs


def test_a_provider_with_an_opener_policy_cuts_the_window_off_and_the_answer_still_comes(
    serve_probe: Callable[..., Site],
    open_signed_in: Callable[..., Page],
    context: BrowserContext,
    console: Console,
) -> None:
    console.allow(REFUSED)
    isolated = serve_probe({"workbench_probe": PROBE}, "workbench_probe", "--coop", take_snapshot=True)
    page = open_signed_in(ITEM, at=isolated)
    begin_work(page)
    before = what_the_page_holds(page)
    forget_who_granted(context)
    expire(page, isolated, calls=5)
    consent(sign_in_again(page))
    assert all(answer.startswith("ok") for answer in expect_answers(page, 5))
    assert what_the_page_holds(page) == before


def test_a_reload_while_the_window_is_open_loses_nothing(
    open_at_work: Callable[..., Page], site: Site, context: BrowserContext
) -> None:
    page = open_at_work()
    forget_who_granted(context)
    expire(page, site)
    window = sign_in_again(page)
    expect(window.get_by_role("button", name="Grant access")).to_be_visible()
    old = stored_token(page)
    page.reload()
    expect_state(page, re.compile("signed-in|loading"))
    consent(window)
    expect_state(page, "signed-in")
    expect(page.get_by_label("Add a comment")).to_have_value(COMMENT)
    assert stored_token(page) != old
    expect(alert(page)).to_have_count(0)


def test_an_answer_that_comes_while_the_page_reloads_is_taken_when_it_is_back(
    open_at_work: Callable[..., Page], site: Site, context: BrowserContext
) -> None:
    page = open_at_work()
    forget_who_granted(context)
    expire(page, site)
    window = sign_in_again(page)
    expect(window.get_by_role("button", name="Grant access")).to_be_visible()
    old = stored_token(page)
    address = page.url
    page.goto(site.url + "callback.html")
    consent(window)
    expect(window).to_have_url(re.compile("callback.html$"))
    page.goto(address)
    expect_state(page, "signed-in")
    expect(page.get_by_label("Add a comment")).to_have_value(COMMENT)
    assert stored_token(page) != old


def stored_token(page: Page) -> str:
    records = page.evaluate(
        """() => Object.entries(sessionStorage).filter(([key]) => key.includes(".session."))
                   .map(([, value]) => JSON.parse(value).access_token)"""
    )
    assert len(records) == 1
    return str(records[0])


def duplicate(page: Page) -> Page:
    """Duplicate the tab: the new one begins with a copy of its `sessionStorage`."""
    with page.context.expect_page() as page_info:
        page.evaluate("() => { window.open(location.href); }")
    tab = page_info.value
    expect_state(tab, "signed-in")
    expect(tab.locator("html")).to_have_attribute("data-probe", "ready")
    # A call of the page's own that meets the expiry would renew, and a look at the page counts as a click.
    tab.wait_for_load_state("networkidle")
    return tab


def test_a_duplicated_tab_shares_one_renewal(open_at_work: Callable[..., Page], site: Site) -> None:
    first = open_at_work()
    second = duplicate(first)
    site.emulator.expire_tokens()
    assert ask(first, 3) == "needs-click"
    assert ask(second, 3) == "needs-click"
    for tab in (first, second):
        expect(tab.get_by_role("button", name="Sign in again", exact=True)).to_be_visible()
    sign_in_again(first)
    for tab in (first, second):
        assert all(answer.startswith("ok") for answer in expect_answers(tab, 3))
        expect(alert(tab)).to_have_count(0)
    assert stored_token(first) == stored_token(second)
    authorizations = [entry for entry in site.emulator.requests() if entry["path"] == "/oauth/authorize"]
    assert len([entry for entry in authorizations if entry["status"] == 302]) == 2  # the sign-in, and one renewal


def test_a_duplicated_tab_waits_while_the_other_signs_in(
    open_at_work: Callable[..., Page], site: Site, context: BrowserContext
) -> None:
    first = open_at_work()
    second = duplicate(first)
    forget_who_granted(context)
    site.emulator.expire_tokens()
    ask(first, 1)
    ask(second, 1)
    window = sign_in_again(first)
    expect(window.get_by_role("button", name="Grant access")).to_be_visible()
    expect(second.get_by_text("signing in again in another tab")).to_be_visible()
    first.get_by_role("button", name="Cancel").click()
    expect(second.get_by_role("button", name="Sign in again", exact=True)).to_be_visible()
    consent(sign_in_again(second))
    assert expect_answers(second, 1)[0].startswith("ok")
    ask(first, 1)
    assert expect_answers(first, 2)[1].startswith("ok")


def test_tabs_that_signed_in_separately_renew_separately(
    open_at_work: Callable[..., Page], open_page: Callable[..., Page], site: Site
) -> None:
    second = open_page(state="signed-out")
    first = open_at_work()
    second.get_by_role("button", name="Sign in with Podio").click()
    expect_state(second, "signed-in")
    expect(second.locator("html")).to_have_attribute("data-probe", "ready")
    site.emulator.expire_tokens()
    ask(first, 1)
    ask(second, 1)
    sign_in_again(first)
    assert expect_answers(first, 1)[0].startswith("ok")
    expect(second.get_by_role("button", name="Sign in again", exact=True)).to_be_visible()
    assert answers(second) == []
    sign_in_again(second)
    assert expect_answers(second, 1)[0].startswith("ok")
    assert stored_token(first) != stored_token(second)


def test_forged_messages_are_ignored_and_the_true_answer_still_counts(
    open_at_work: Callable[..., Page], site: Site, context: BrowserContext
) -> None:
    page = open_at_work()
    forget_who_granted(context)
    expire(page, site, calls=2)
    window = sign_in_again(page)
    expect(window.get_by_role("button", name="Grant access")).to_be_visible()
    stranger = context.new_page()
    stranger.goto(site.url + "callback.html")
    stranger.evaluate(
        """() => {
          for (const name of ["podio.answer.x", "podio.answer.", "podio.session.x", "podio"])
            for (const message of [null, 5, "answer", {}, {type: "renewed", session: "{}"}, {type: "ended"},
                                   {type: "answer", state: "x", query: "", url: "", fragment: "access_token=planted"}])
              new BroadcastChannel(name).postMessage(message);
        }"""
    )
    page.evaluate(
        """() => {
          for (const message of [null, "answer", {type: "answer", fragment: "access_token=planted", state: "x"}])
            window.postMessage(message, "*");
        }"""
    )
    consent(window)
    assert all(answer.startswith("ok") for answer in expect_answers(page, 2))
    assert "planted" not in stored_token(page)


def test_the_sign_in_window_gets_no_copy_of_the_session_and_cannot_reach_the_page(
    open_at_work: Callable[..., Page], site: Site, context: BrowserContext, console: Console
) -> None:
    console.allow("favicon.ico")  # a browser requests one beside a bare style sheet
    page = open_at_work()
    forget_who_granted(context)
    expire(page, site)
    window = sign_in_again(page)
    expect(window.get_by_role("button", name="Grant access")).to_be_visible()
    assert window.evaluate("() => [window.opener === null, window.name]") == [True, ""]
    window.goto(site.url + "style.css")
    copied = window.evaluate("() => Object.keys(sessionStorage)")
    assert copied == ["podio.window"]
    window.goto(site.url)
    expect(window.get_by_role("alert")).to_contain_text("This is the sign-in window")
    assert stored_token(page)
