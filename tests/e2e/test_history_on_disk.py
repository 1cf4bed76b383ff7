"""What the browser itself writes into its profile: the one place of a token that no page can clear.

Contexts of Playwright live in memory. So this browser has a profile on disk, which is read when the browser is closed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from playwright.sync_api import BrowserContext, BrowserType, Page, expect
from tests.e2e.driving import Console, Site, expect_state, grant
from tests.e2e.kept import token_of


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def context(
    browser_type: BrowserType, desktop_browser_arguments: dict[str, Any], profile: Path, console: Console
) -> Iterator[BrowserContext]:
    """A browser with a profile on disk; the headless shell would keep no history."""
    opened = browser_type.launch_persistent_context(str(profile), **desktop_browser_arguments)
    console.watch(opened)
    yield opened
    opened.close()


def answers_on_disk(profile: Path) -> list[dict[str, str]]:
    """Return the parameters of each sign-in answer whose address the history has, with the page that it came to."""
    with closing(sqlite3.connect(profile / "Default" / "History")) as history:
        addresses = [urlsplit(str(url)) for (url,) in history.execute("select url from urls order by id")]
    answers = [
        (address.path, parse_qs(address.fragment)) for address in addresses if "access_token" in address.fragment
    ]
    return [{"page": path, **{name: values[0] for name, values in parameters.items()}} for path, parameters in answers]


def is_accepted(site: Site, token: str) -> bool:
    answer = httpx2.get(
        f"{site.emulator.url}/user/status", headers={"Authorization": f"Bearer {token}"}, trust_env=False
    )
    return answer.status_code == httpx2.codes.OK


def is_refreshed(site: Site, refresh_token: str) -> bool:
    form = {"grant_type": "refresh_token", "client_id": "workbench", "refresh_token": refresh_token}
    answer = httpx2.post(f"{site.emulator.url}/oauth/token", data=form, trust_env=False)
    return answer.status_code == httpx2.codes.OK


def renew_in_window(page: Page) -> None:
    page.evaluate("() => { location.hash = '#/app/34'; }")
    again = page.get_by_role("button", name="Sign in again", exact=True)
    expect(again.or_(page.get_by_role("table"))).to_be_visible()
    if again.is_visible():
        again.click()
    expect(page.get_by_role("table")).to_be_visible()


def test_the_history_on_disk_holds_the_answers_and_the_sign_out_makes_them_worthless(
    context: BrowserContext, profile: Path, site: Site, console: Console
) -> None:
    """A known limit, which docs/security.md states; should a browser write less some day, it can say less."""
    console.allow("status of 401")
    page = context.pages[0]
    page.goto(site.url)
    page.get_by_role("button", name="Sign in with Podio").click()
    grant(page)
    expect_state(page, "signed-in")
    first = token_of(page)
    site.emulator.expire_tokens()
    renew_in_window(page)
    second = token_of(page)
    assert (is_accepted(site, first), is_accepted(site, second)) == (False, True)
    page.get_by_role("button", name="Sign out").click()
    expect_state(page, "signed-out")
    context.close()

    answers = answers_on_disk(profile)
    path = urlsplit(site.url).path
    assert [(answer["page"], answer["access_token"]) for answer in answers] == [
        (path, first),
        (f"{path}callback.html", second),
    ]
    assert not is_accepted(site, second)
    assert not is_refreshed(site, answers[1]["refresh_token"])
    # The sign-in that expired and was replaced had been ended by nobody. Podio itself wants the client's secret here.
    assert is_refreshed(site, answers[0]["refresh_token"])
