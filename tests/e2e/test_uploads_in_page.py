"""A file that a user chose goes from a real page to Podio, by the browser, and the page can show how far it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.e2e.driving import Colleague, Console, Site, throttle

PROBE = """
import asyncio
import json

import js
from pyodide.ffi import create_proxy

from podio.browser import BrowserFile
from workbench.browser import main


async def start():
    loop = await main.start()
    chosen = js.document.createElement("input")
    chosen.type, chosen.id = "file", "chosen"
    js.document.body.append(chosen)

    async def upload(filename, stop_after):
        told = []

        def progress(sent, size):
            told.append([sent, size])
            if stop_after == "error" and sent:
                raise ValueError("the page's own fault")
            if stop_after == "cancel" and sent:
                task.cancel()

        source = BrowserFile(chosen.files.item(0))
        task = asyncio.ensure_future(loop.podio.upload_file(source, filename or None, progress=progress))
        try:
            ended = {"file": await task}
        except asyncio.CancelledError:
            ended = {"error": "CancelledError"}
        except Exception as error:
            ended = {"error": type(error).__name__, "text": str(error)}
        return json.dumps({"told": told, **ended})

    js.window.probeUpload = create_proxy(upload)
"""
CONTENT = bytes(range(256)) * 8 * 1024  # 2 MB


@pytest.fixture(scope="module")
def uploads_site(serve_probe: Callable[..., Site]) -> Site:
    return serve_probe({"uploads_probe": PROBE}, "uploads_probe")


@pytest.fixture
def site(uploads_site: Site) -> Site:
    uploads_site.emulator.reset()
    return uploads_site


@pytest.fixture
def context(warm_context: BrowserContext) -> BrowserContext:
    return warm_context


@pytest.fixture
def desk(open_signed_in: Callable[..., Page]) -> Page:
    """Ada at work, with a file chosen and a line that takes 2 MB a second."""
    page = open_signed_in()
    page.locator("#chosen").set_input_files({"name": "lamp.bin", "mimeType": "image/x-lamp", "buffer": CONTENT})
    throttle(page, up=2_000_000)
    return page


def upload(page: Page, *, filename: str = "", stop_after: str = "") -> dict[str, Any]:
    script = "([filename, stopAfter]) => window.probeUpload(filename, stopAfter)"
    return dict(json.loads(page.evaluate(script, [filename, stop_after])))


def test_a_chosen_file_arrives_and_its_progress_is_reported_on_the_way(desk: Page, site: Site) -> None:
    ended = upload(desk)
    sent = [sent for sent, size in ended["told"]]
    assert {size for _, size in ended["told"]} == {len(CONTENT)}
    assert sent == sorted(set(sent))
    assert (sent[0], sent[-1]) == (0, len(CONTENT))
    assert len(sent) > 4
    assert (ended["file"]["name"], ended["file"]["size"]) == ("lamp.bin", len(CONTENT))
    colleague = Colleague(site.emulator, "ada@example.com")
    assert colleague.content(f"/file/{ended['file']['file_id']}/raw") == CONTENT
    colleague.close()


def test_a_file_that_podio_refuses_says_why(desk: Page, console: Console) -> None:
    console.allow("status of 400")
    ended = upload(desk, filename="lamp.exe")
    assert ended["error"] == "BadRequest"
    assert ".exe are not allowed" in ended["text"]


def test_an_upload_whose_connection_is_lost_says_so_and_is_not_sent_again(
    desk: Page, site: Site, console: Console
) -> None:
    console.allow("Failed to load resource")
    site.emulator.faults([{"path": "/file/", "method": "POST", "drop": True, "times": None}])
    ended = upload(desk)
    assert ended["error"] == "ConnectionFailed"
    assert [entry["method"] for entry in site.emulator.requests() if entry["path"] == "/file/"].count("POST") == 1


@pytest.mark.parametrize(("stop_after", "error"), [("cancel", "CancelledError"), ("error", "ValueError")])
def test_an_upload_that_the_page_gives_up_is_aborted(
    desk: Page, site: Site, console: Console, stop_after: str, error: str
) -> None:
    console.allow("Failed to load resource")
    with desk.expect_event("requestfailed", lambda request: request.url.endswith("/file/")):
        ended = upload(desk, stop_after=stop_after)
    assert ended["error"] == error
    assert ended["told"][-1][0] < len(CONTENT)
    expect(desk.locator("#chosen")).to_be_attached()
