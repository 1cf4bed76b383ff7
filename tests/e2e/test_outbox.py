"""The outbox in a real browser: what a reload, a closed tab and a second tab leave is made once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.e2e.driving import Colleague, Console, Site

PROBE = """
import json

import js
from pyodide.ffi import create_proxy

from podio.browser import BrowserFile
from workbench.browser import main
from workbench.browser.database import Database
from workbench.browser.outbox import PageOutbox
from workbench.outbox import AddComment, AttachFile, Change, Listener

ITEM = 340_401


async def start():
    loop = await main.start()
    reads, saved, holds, outboxes = [()], [], [], []

    def show_outbox(outbox):
        reads.append(outbox.changes)
        js.document.documentElement.dataset.unsent = str(len(outbox.changes))
        js.document.documentElement.dataset.phases = " ".join(change.phase.name for change in outbox.changes)

    async def open_outbox(sends_found, in_memory):
        outboxes.append(
            PageOutbox(
                database=None if in_memory else Database(host="h"),
                site="/",
                host="h",
                client_id="c",
                user_id=101,
                client=loop.podio,
                sends_found=sends_found,
                listener=Listener(
                    show_outbox=show_outbox,
                    report_settlement=lambda settlement: saved.append(settlement.change.operation[1]),
                    show_item=lambda command: None,
                    set_pace=lambda pace: None,
                    set_held=holds.append,
                    report_error=loop.report_error,
                ),
            )
        )
        await outboxes[-1].open()
        return outboxes[-1].is_kept

    async def comment(number):
        change = Change(f"{number:032x}", 0, 1000.0, AddComment(ITEM, f"Comment {number}"))
        await outboxes[-1].put(change)

    async def attach(blob):
        change = Change("f" * 32, 0, 1000.0, AttachFile(ITEM, "lamp.txt", "text/plain", blob.size))
        await outboxes[-1].put(change, content=BrowserFile(blob))

    def approve():
        outboxes[-1].approve({change.change_id for change in reads[-1]})

    def report():
        return json.dumps({"unsent": [change.phase.name for change in reads[-1]], "saved": saved, "held": holds[-1:]})

    for function in (open_outbox, comment, attach, approve, report):
        setattr(js.window, f"probe_{function.__name__}", create_proxy(function))
    js.document.documentElement.dataset.probe = "ready"
"""
ITEM = 340_401
REFUSE_A_LOCK = """() => {
  const { request } = LockManager.prototype;
  globalThis.refused = 0;
  LockManager.prototype.request = function (...options) {
    if (!options[0].startsWith("podio.outbox.") || refused) return request.apply(this, options);
    globalThis.refused += 1;
    return Promise.reject(new DOMException("The document is not active.", "InvalidStateError"));
  };
}"""


@pytest.fixture(scope="module")
def outbox_site(serve_probe: Callable[..., Site]) -> Site:
    return serve_probe({"outbox_probe": PROBE}, "outbox_probe")


@pytest.fixture
def site(outbox_site: Site, console: Console) -> Site:
    console.allow("status of 420")
    outbox_site.emulator.reset()
    return outbox_site


@pytest.fixture
def context(warm_context: BrowserContext) -> BrowserContext:
    return warm_context


@pytest.fixture
def desk(open_signed_in: Callable[..., Page]) -> Page:
    return open_signed_in()


def begin(page: Page, *, sends_found: bool = True, in_memory: bool = False) -> bool:
    expect(page.locator("html")).to_have_attribute("data-probe", "ready")
    return bool(page.evaluate("(options) => probe_open_outbox(...options)", [sends_found, in_memory]))


def report(page: Page) -> dict[str, Any]:
    return dict(json.loads(page.evaluate("() => probe_report()")))


def expect_unsent(page: Page, number: int) -> None:
    expect(page.locator("html")).to_have_attribute("data-unsent", str(number))


def slow(site: Site, seconds: float, *, times: int | None = 1) -> None:
    site.emulator.faults([{"path": "/comment/", "method": "POST", "delay": seconds, "times": times}])


def test_a_reload_while_podio_still_works_on_it_sends_nothing_twice(
    desk: Page, site: Site, colleague: Colleague
) -> None:
    begin(desk)
    slow(site, 4)  # the call is carried out after the page is back
    with desk.expect_request(lambda request: request.method == "POST" and "/comment/" in request.url):
        desk.evaluate("() => { probe_comment(1); }")
    desk.reload()
    begin(desk)
    assert report(desk)["unsent"] in (["SENDING"], ["UNKNOWN"])
    expect_unsent(desk, 0)
    assert report(desk)["saved"] == ["Comment 1"]
    assert colleague.comments(ITEM) == ["Comment 1"]


def test_a_tab_that_is_closed_midway_hands_its_changes_to_the_next(
    desk: Page, site: Site, colleague: Colleague, open_page: Callable[..., Page]
) -> None:
    second = open_page(state="signed-in")
    begin(second)
    begin(desk)
    slow(site, 0.2, times=None)
    desk.evaluate("async () => { for (let n = 1; n <= 10; n += 1) await probe_comment(n); }")
    expect(second.locator("html")).to_have_attribute("data-unsent", re.compile("^[3-8]$"))
    desk.close()
    expect_unsent(second, 0)
    assert colleague.comments(ITEM) == [f"Comment {number}" for number in range(1, 11)]


def test_where_others_share_the_origin_found_changes_wait_for_a_click(
    desk: Page, site: Site, colleague: Colleague
) -> None:
    begin(desk)
    site.emulator.faults([{"path": "/comment/", "method": "POST", "status": 420}])
    with desk.expect_response(lambda response: response.status == 420):
        desk.evaluate("() => { probe_comment(1); }")
    desk.reload()
    begin(desk, sends_found=False)
    desk.evaluate("() => probe_comment(2)")  # one's own waits for the one before it
    expect(desk.locator("html")).to_have_attribute("data-phases", re.compile("^(PENDING|UNKNOWN) PENDING$"))
    assert colleague.comments(ITEM) == []
    desk.evaluate("() => probe_approve()")
    expect_unsent(desk, 0)
    assert colleague.comments(ITEM) == ["Comment 1", "Comment 2"]


def test_a_lock_that_a_page_is_refused_as_if_it_were_left_is_requested_again(
    desk: Page, site: Site, colleague: Colleague
) -> None:
    desk.evaluate(REFUSE_A_LOCK)
    begin(desk)
    desk.evaluate("() => { probe_comment(1); }")
    expect_unsent(desk, 0)
    assert desk.evaluate("refused") == 1
    assert colleague.comments(ITEM) == ["Comment 1"]


def test_a_files_content_lies_with_its_change(desk: Page, site: Site, colleague: Colleague) -> None:
    begin(desk)
    site.emulator.faults([{"path": "/file/", "method": "POST", "status": 420}])
    with desk.expect_response(lambda response: response.status == 420):
        desk.evaluate("() => { probe_attach(new Blob(['a lamp'])); }")
    desk.reload()
    begin(desk)
    expect_unsent(desk, 0)
    files = colleague.call("GET", f"/item/{ITEM}")["files"]
    assert [(file["name"], file["size"]) for file in files] == [("lamp.txt", 6)]


def test_without_a_database_changes_are_sent_and_end_with_the_page(
    desk: Page, site: Site, colleague: Colleague
) -> None:
    assert begin(desk, in_memory=True) is False
    desk.evaluate("() => probe_comment(1)")
    expect_unsent(desk, 0)
    assert colleague.comments(ITEM) == ["Comment 1"]
