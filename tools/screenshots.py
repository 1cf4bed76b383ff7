"""Take the pictures of the README: the workbench with the emulator's sample data, in Chromium.

``python -m tools.screenshots [OUT]`` writes workbench-light.png, workbench-dark.png and sign-in-again.png.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import httpx2
from playwright.sync_api import Browser, Page, sync_playwright

from tools.browser import find_chromium

ROOT = Path(__file__).resolve().parent.parent
ITEM = "#/app/31/item/31001"


def take(browser: Browser, address: str, podio: str, out: Path) -> None:
    """Sign in, open an item in both colour schemes, and let the token expire in the middle of a comment."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, device_scale_factor=1)
    # As a browser does that blocks windows: the picture is of what the user then sees.
    context.add_init_script("window.open = () => null")
    page = context.new_page()
    page.goto(address + ITEM)
    page.get_by_role("button", name="Sign in with Podio").click()
    page.get_by_label("E-mail").fill("ada@example.com")
    page.get_by_label("Password").fill("podio")
    page.get_by_role("button", name="Grant access").click()
    page.get_by_label("Add a comment").wait_for()
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.screenshot(path=out / f"workbench-{scheme}.png", animations="disabled")
    expire(page, podio)
    page.screenshot(path=out / "sign-in-again.png")
    context.close()


def expire(page: Page, podio: str) -> None:
    """Let the token expire while a comment is half typed."""
    comment = page.get_by_label("Add a comment")
    comment.fill("Astrid asks whether the lamps for the lobby could")
    httpx2.post(f"{podio}/_emulator/tokens/expire").raise_for_status()
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Refresh").click()
    page.get_by_role("button", name="Sign in again").wait_for()
    comment.scroll_into_view_if_needed()


def main() -> None:
    """Run from the command line."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images"
    out.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, str(ROOT / "serve.py"), "--port", "0", "--podio-port", "0", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            address, podio = (server.stdout.readline().split(" at ")[1].strip() for _ in range(2))
            with sync_playwright() as playwright:
                chromium = find_chromium()
                browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
                take(browser, address, podio, out)
                browser.close()
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
