"""Find a Chromium to drive, and install one where there is none.

Looks at ``$CHROMIUM``, then on PATH, then at what Playwright has downloaded. Run as a program it installs what is
missing: Debian's package when root on Debian, else Playwright's own download.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class NoBrowserError(RuntimeError):
    """No Chromium was found; the message says what to do."""


def find_chromium() -> Path | None:
    """Return the Chromium to drive, or None where only Playwright's own could be.

    Raises:
        NoBrowserError: ``$CHROMIUM`` names something that can't be run.
    """
    program = os.environ.get("CHROMIUM")
    if program:
        path = shutil.which(program)
        if path is None:
            raise NoBrowserError(f"$CHROMIUM is {program!r}, which is no program that can be run. Correct or unset it.")
        return Path(path)
    return next((Path(path) for name in NAMES if (path := shutil.which(name))), None)


def playwright_chromium() -> Path | None:
    """Return the Chromium that Playwright downloaded, or None."""
    process = subprocess.run(
        [
            sys.executable,
            "-c",
            "from playwright.sync_api import sync_playwright as start; print(start().start().chromium.executable_path)",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    path = Path(process.stdout.strip())
    return path if process.returncode == 0 and process.stdout.strip() and path.exists() else None


def install() -> None:
    """Install a Chromium where none is found.

    Raises:
        NoBrowserError: No way to get one worked.
    """
    if find_chromium() or playwright_chromium():
        return
    if Path("/etc/debian_version").exists() and os.geteuid() == 0 and shutil.which("apt-get"):
        print("no Chromium found: installing Debian's", flush=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for arguments in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
            process = subprocess.run(["apt-get", *arguments], env=quiet, capture_output=True, text=True, check=False)
            if process.returncode:
                print(process.stderr[-2000:], file=sys.stderr)
        if find_chromium():
            return
    print("no Chromium found: downloading Playwright's", flush=True)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if not playwright_chromium():
        raise NoBrowserError("No Chromium could be installed. Install one and name it in $CHROMIUM.")


if __name__ == "__main__":
    try:
        install()
    except NoBrowserError as error:
        sys.exit(f"browser: {error}")
