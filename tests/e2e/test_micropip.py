"""The client library as a package, on a PyScript page that has nothing else of ours."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import httpx2
import pytest
from playwright.sync_api import BrowserContext, expect
from tests.e2e.driving import ROOT, Console, Site

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>A page of somebody else's</title>
<link rel="icon" href="data:,">
<script type="module" src="pyscript/core.js"></script>
<script type="py" src="main.py" config='{"interpreter": "pyodide/pyodide.mjs"}'></script>
<p id="out"></p>
"""

PROGRAM = """
import js
import pyodide_js

await pyodide_js.loadPackage("wheels/MICROPIP")
import micropip

await micropip.install("podio-client", index_urls=f"{js.location.origin}/simple")

from podio import Podio
from podio.browser import SessionStorageStore

podio = Podio(
    client_id="workbench",
    api_url=PODIO,
    authorize_url=PODIO + "/oauth/authorize",
    token_url=PODIO + "/oauth/token",
    session_store=SessionStorageStore(api_url=PODIO, client_id="workbench"),
)
await podio.set_access_token(js.location.hash[1:])
status = await podio.users.get_status()
await podio.comments.delete(7001)
js.document.getElementById("out").textContent = f"{status['profile']['name']} by {Podio.__module__}"
"""


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder, and a package index in PEP 691's form."""

    extensions_map: ClassVar[dict[str, str]] = {
        **SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
        ".index": "application/vnd.pypi.simple.v1+json",
    }

    def translate_path(self, path: str) -> str:
        found = re.fullmatch(r"/simple/([a-z0-9-]+)/?", path.partition("?")[0])
        return super().translate_path(f"/simple/{found[1]}.index" if found else path)

    def log_message(self, *args: Any) -> None:
        pass


def pip(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", *arguments], check=True, cwd=ROOT)


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library's wheel and those that it needs, the pinned ones."""
    out = tmp_path_factory.mktemp("wheels")
    pip("wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", str(out), ".")
    pip(
        "download",
        "--no-deps",
        "--require-hashes",
        "--only-binary=:all:",
        "-d",
        str(out),
        "-r",
        "requirements/page.txt",
    )
    for pins in ("requirements/pyodide.txt", "requirements/micropip.txt"):
        pip(
            *("download", "--no-deps", "--require-hashes", "--only-binary=:all:", "--python-version", "3.14"),
            *("-d", str(out), "-r", pins),
        )
    return out


@pytest.fixture(scope="module")
def plain_page(wheels: Path, served_site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page with PyScript, Pyodide and wheels; nothing else of ours."""
    folder = tmp_path_factory.mktemp("plain")
    (folder / "pyscript").symlink_to(ROOT / "node_modules" / "@pyscript" / "core" / "dist")
    (folder / "pyodide").symlink_to(ROOT / "node_modules" / "pyodide")
    (folder / "wheels").symlink_to(wheels)
    (folder / "simple").mkdir()
    server = ThreadingHTTPServer(("localhost", 0), partial(Handler, directory=str(folder)))
    address = f"http://localhost:{server.server_port}/"
    for wheel in wheels.glob("*-none-any.whl"):
        name = wheel.name.split("-")[0].replace("_", "-").lower()
        with zipfile.ZipFile(wheel) as archive:
            metadata = next(member for member in archive.namelist() if member.endswith(".dist-info/METADATA"))
            needs = re.search(r"^Requires-Python: (.+)$", archive.read(metadata).decode(), re.MULTILINE)
        listed = {
            "filename": wheel.name,
            "url": f"{address}wheels/{wheel.name}",
            "hashes": {"sha256": hashlib.sha256(wheel.read_bytes()).hexdigest()},
            "requires-python": needs[1] if needs else None,
            "yanked": False,
        }
        index = {
            "meta": {"api-version": "1.0"},
            "name": name,
            "files": [listed],
            "versions": [wheel.name.split("-")[1]],
        }
        (folder / "simple" / f"{name}.index").write_text(json.dumps(index))
    (folder / "index.html").write_text(PAGE)
    micropip = next(wheels.glob("micropip-*")).name
    program = PROGRAM.replace("MICROPIP", micropip).replace("PODIO,", f"{served_site.emulator.url!r},")
    (folder / "main.py").write_text(program.replace("PODIO +", f"{served_site.emulator.url!r} +"))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield address
    server.shutdown()
    server.server_close()
    thread.join()


def test_micropip_installs_the_library_into_any_pyscript_page(
    context: BrowserContext, plain_page: str, site: Site, console: Console
) -> None:
    form = {"grant_type": "password", "username": "ada@example.com", "password": "podio"}
    secret = {"client_id": "server", "client_secret": "server-secret"}
    answer = httpx2.post(f"{site.emulator.url}/oauth/token", data={**form, **secret}, trust_env=False)
    page = context.new_page()
    page.goto(f"{plain_page}#{answer.raise_for_status().json()['access_token']}")
    expect(page.locator("#out")).to_have_text("Ada Lysholm by podio.client", timeout=60_000)
