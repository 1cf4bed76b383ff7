"""Lighthouse has nothing to add to the signed-out page, wide and narrow; how fast it finds the start is printed.

What is asserted doesn't depend on the machine. The score for speed does, and it is Lighthouse's estimate for a slow
telephone (narrow) or a cable (wide); `make bench` measures the start itself. The views behind the sign-in are looked at
by axe, which is Lighthouse's own judge of accessibility, in `test_accessibility.py`.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserType
from tests.e2e.driving import ROOT, Site

LIGHTHOUSE = ROOT / "node_modules" / "lighthouse" / "cli" / "index.js"
TELEPHONE: list[str] = []  # Lighthouse's own choice
DESKTOP = ["--preset=desktop"]
# Whatever else the browser or Lighthouse would request is not found.
ALONE = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"]
LIMIT = 180  # seconds


@pytest.fixture
def audit(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], tmp_path: Path
) -> Iterator[Callable[..., dict[str, Any]]]:
    """Run Lighthouse on a page in a browser of its own, and return its report: `audit(url, "--preset=desktop")`.

    The browser is started here: Lighthouse itself waits half a minute for one, which a busy machine may exceed.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = [*browser_type_launch_args["args"], *ALONE, f"--remote-debugging-port={port}"]
    browser = browser_type.launch(**{**browser_type_launch_args, "args": arguments})

    def run(url: str, *options: str) -> dict[str, Any]:
        command = [
            "node",
            str(LIGHTHOUSE),
            url,
            f"--port={port}",
            "--output=json",
            "--quiet",
            "--only-categories=accessibility,best-practices,performance",
            "--no-enable-error-reporting",
            *options,
        ]
        environment = {**os.environ, "TMPDIR": str(tmp_path)}
        process = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LIMIT, env=environment)
        assert process.returncode == 0, process.stderr[-3000:]
        report: dict[str, Any] = json.loads(process.stdout)
        return report

    yield run
    browser.close()


def lost(report: dict[str, Any], category: str) -> dict[str, Any]:
    """Return what cost points in a category, and where."""
    judged = [report["audits"][part["id"]] for part in report["categories"][category]["auditRefs"] if part["weight"]]
    return {
        finding["id"]: finding.get("details", {}).get("items")
        for finding in judged
        if finding["score"] not in {None, 1}
    }


@pytest.mark.parametrize("look", [DESKTOP, TELEPHONE], ids=["wide", "narrow"])
def test_lighthouse_finds_nothing_to_better(
    released_site: Site,
    audit: Callable[..., dict[str, Any]],
    look: list[str],
    record_property: Callable[[str, object], None],
) -> None:
    report = audit(released_site.url, *look)
    # It has looked at the page that users see, not at the frame that says "Loading…", and at nothing but this site.
    assert "workbench:interactive" in [mark["name"] for mark in report["audits"]["user-timings"]["details"]["items"]]
    urls = [request["url"] for request in report["audits"]["network-requests"]["details"]["items"]]
    assert [url for url in urls if not url.startswith((released_site.url, "data:", "blob:"))] == []
    for category in ("accessibility", "best-practices"):
        assert lost(report, category) == {}
        assert report["categories"][category]["score"] == 1
    record_property("performance", f"{report['categories']['performance']['score'] * 100:.0f} of 100")
