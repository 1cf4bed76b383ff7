"""Find a Chromium to drive, and its headless shell, and install what is missing.

Looks at ``$CHROMIUM``, then on PATH, then at what Playwright has downloaded. Run as a program it installs what is
missing: Debian's packages when root on Debian, else Playwright's own download.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SHELL = "chromium-headless-shell"


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


def find_shell() -> Path | None:
    """Return Chromium's headless shell, or None where there is none, or where ``$CHROMIUM`` names what to drive.

    It is the same engine without a browser's windows, profile services and popup blocker: a page that it opens costs
    a fifth less work.
    """
    path = None if os.environ.get("CHROMIUM") else shutil.which(SHELL)
    return Path(path) if path else None


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


def _install_packages(*names: str) -> None:
    """Install Debian's packages `names` where we may; what isn't there afterwards is looked for by the caller."""
    if not (Path("/etc/debian_version").exists() and os.geteuid() == 0 and shutil.which("apt-get")):
        return
    print(f"installing Debian's {' and '.join(names)}", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *names]):
        process = subprocess.run(["apt-get", *arguments], env=quiet, capture_output=True, text=True, check=False)
        if process.returncode:
            print(process.stderr[-2000:], file=sys.stderr)


def install() -> None:
    """Install a Chromium where none is found, and the headless shell where Debian has it.

    Raises:
        NoBrowserError: No way to get one worked.
    """
    if not find_chromium() and not playwright_chromium():
        _install_packages("chromium")
    if find_chromium():
        if not os.environ.get("CHROMIUM") and not find_shell():
            _install_packages(SHELL)
        return
    if not playwright_chromium():
        print("no Chromium found: downloading Playwright's", flush=True)
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if not playwright_chromium():
        raise NoBrowserError("No Chromium could be installed. Install one and name it in $CHROMIUM.")


if __name__ == "__main__":
    try:
        install()
    except NoBrowserError as error:
        sys.exit(f"browser: {error}")
