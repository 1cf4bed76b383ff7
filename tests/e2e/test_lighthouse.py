"""Lighthouse has nothing to add to the signed-out page, wide and narrow; how fast it finds the start is printed.

What is asserted doesn't depend on the machine. The score for speed does, and it is Lighthouse's estimate for a slow
telephone (narrow) or a cable (wide); `make bench` measures the start itself. The views behind the sign-in are looked at
by axe, which is Lighthouse's own judge of accessibility, in `test_accessibility.py`.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserType
from tests.e2e.driving import ROOT, Site

LIGHTHOUSE = ROOT / "node_modules" / "lighthouse" / "cli" / "index.js"
TELEPHONE: list[str] = []  # Lighthouse's own choice
DESKTOP = ["--preset=desktop"]
ALONE = [
    "--headless=new",
    # Whatever else the browser or Lighthouse would ask for is not found.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
LIMIT = 180  # seconds
# Lighthouse gives its browser half a minute to start, which a busy machine may take longer for.
NO_BROWSER, STARTS = "Unable to connect to Chrome", 3


@pytest.fixture
def audit(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], tmp_path: Path
) -> Callable[..., dict[str, Any]]:
    """Run Lighthouse on a page in a browser of its own, and return its report: `audit(url, "--preset=desktop")`."""
    chromium = browser_type_launch_args.get("executable_path", browser_type.executable_path)
    flags = shlex.join([*ALONE, *browser_type_launch_args["args"]])

    def run(url: str, *options: str) -> dict[str, Any]:
        command = [
            "node",
            str(LIGHTHOUSE),
            url,
            "--output=json",
            "--quiet",
            "--only-categories=accessibility,best-practices,performance",
            "--no-enable-error-reporting",
            f"--chrome-flags={flags}",
            *options,
        ]
        environment = {**os.environ, "CHROME_PATH": str(chromium), "TMPDIR": str(tmp_path)}
        for _ in range(STARTS):
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LIMIT, env=environment)
            if NO_BROWSER not in done.stderr:
                break
        assert done.returncode == 0, done.stderr[-3000:]
        report: dict[str, Any] = json.loads(done.stdout)
        return report

    return run


def lost(report: dict[str, Any], category: str) -> dict[str, Any]:
    """Return what cost points in a category, and where."""
    judged = [report["audits"][part["id"]] for part in report["categories"][category]["auditRefs"] if part["weight"]]
    return {one["id"]: one.get("details", {}).get("items") for one in judged if one["score"] not in {None, 1}}


@pytest.mark.parametrize("look", [DESKTOP, TELEPHONE], ids=["wide", "narrow"])
def test_lighthouse_finds_nothing_to_better(
    released_site: Site,
    audit: Callable[..., dict[str, Any]],
    look: list[str],
    record_property: Callable[[str, object], None],
) -> None:
    report = audit(released_site.url, *look)
    # It has looked at the page that people see, not at the frame that says "Loading…", and at nothing but this site.
    assert "workbench:interactive" in [mark["name"] for mark in report["audits"]["user-timings"]["details"]["items"]]
    asked = [one["url"] for one in report["audits"]["network-requests"]["details"]["items"]]
    assert [url for url in asked if not url.startswith((released_site.url, "data:", "blob:"))] == []
    for category in ("accessibility", "best-practices"):
        assert lost(report, category) == {}
        assert report["categories"][category]["score"] == 1
    record_property("performance", f"{report['categories']['performance']['score'] * 100:.0f} of 100")
