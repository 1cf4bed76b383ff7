"""How long a renewal takes, and what it costs however many calls wait for it.

From the load of the callback page in the sign-in window to the answer of the call that waited: the answer travels to
the page, `/user/status` says who signed in, the call is sent. As a yardstick the same page makes a plain call, in the
same run.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from statistics import median

import pytest
from playwright.sync_api import BrowserContext, Page
from tests.e2e.driving import Console, Site, expect_state, grant

ROUNDS = 7
PROBE = (Path(__file__).parent / "renewal_probe.py").read_text(encoding="utf-8")
TELL_WHEN_LOADED = """
  const channel = new BroadcastChannel("bench");
  if (location.pathname.endsWith("/callback.html")) channel.postMessage(performance.timeOrigin);
  else channel.onmessage = ({ data }) => { window.callbackLoaded = data; };
"""


@pytest.fixture
def popup_context(
    profile: Callable[[], AbstractContextManager[BrowserContext]], console: Console
) -> Iterator[BrowserContext]:
    """A browser as people have it, but that lets every popup open."""
    with profile() as context:
        console.watch(context)
        yield context


def timed(page: Page, expression: str) -> dict[str, float]:
    return dict(json.loads(page.evaluate(f"async () => await {expression}")))


def test_a_renewal_and_its_cost(
    serve_probe: Callable[..., Site], popup_context: BrowserContext, console: Console
) -> None:
    console.allow("status of 401")
    site = serve_probe({"renewal_probe": PROBE}, "renewal_probe")
    site.emulator.reset()
    popup_context.add_init_script(TELL_WHEN_LOADED)
    page = popup_context.new_page()
    page.goto(site.url)
    expect_state(page, "signed-out")
    page.get_by_role("button", name="Sign in with Podio").click()
    grant(page)
    expect_state(page, "signed-in")
    windows: list[Page] = []
    popup_context.on("page", lambda window: windows.append(window))

    plain = [timed(page, "window.benchCalls(1)") for _ in range(ROUNDS)]
    renewed = []
    for _ in range(ROUNDS):
        site.emulator.expire_tokens()
        renewed.append(timed(page, "window.benchCalls(1)"))
    windows.clear()
    site.emulator.expire_tokens()
    many = timed(page, "window.benchCalls(200)")

    call = median(entry["took"] for entry in plain)
    waited = median(entry["since_callback"] for entry in renewed)
    whole = median(entry["took"] for entry in renewed)
    print(f"\na plain call:                                    {call:7.1f} ms")
    print(f"callback page's load to the waiting call's answer: {waited:7.1f} ms  ({waited / call:.1f} plain calls)")
    print(f"the whole renewal, from the refused call:        {whole:7.1f} ms  ({whole / call:.1f} plain calls)")
    print(f"200 calls waiting for one renewal:               {len(windows)} window(s), {many['took']:.0f} ms for all")
    assert len(windows) == 1
    assert many["answered"] == 200
