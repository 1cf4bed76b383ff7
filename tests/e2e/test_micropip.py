"""The wheels on the built site: installed from its index by the workbench, and by a page that is not ours."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.e2e.driving import ROOT, Console, Site, expect_state
from tests.e2e.kept import await_snapshot, is_restored
from tools.build_site import build

BASE = "/some/path/"

# Somebody else's page on the same site: stock PyScript and Pyodide, and what docs/hosting.md says to write.
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

site = "SITE"
await pyodide_js.loadPackage(f"{site}wheels/micropip-MICROPIP-py3-none-any.whl")
import micropip

await micropip.install("podio-client", index_urls=[f"{site}simple"])

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

# The workbench, and beside it a function that writes a workbook as an export would.
PROBE = '''
"""Runs in the page: the real workbench, and the writing of a spreadsheet when a test asks for it."""

import io

import js
from pyodide.ffi import create_proxy

from workbench.browser import later, main


async def write() -> str:
    await later.install("XlsxWriter")
    await later.install("xlsxwriter")
    import xlsxwriter

    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, {"in_memory": True})
    workbook.add_worksheet("Items").write_row(0, 0, ["Title", 3.5, True])
    workbook.close()

    # Parts of packages of which the page has started with others.
    import email.mime.text
    import importlib.resources.simple
    import json.tool
    import xml.etree.ElementTree

    return target.getvalue()[:2].decode()


async def decode() -> str:
    await later.install("msgspec")
    from podio.model import _item_columns, read_item_columns

    content = b'{"items": [{"item_id": 31001, "title": "Hotel &amp; Spa", "fields": []}]}'
    assert _item_columns._decoded_by_msgspec(content) is not None
    return read_item_columns(content, ()).titles[0]


async def refuse() -> str:
    try:
        await later.install("no-such-package")
    except ValueError as error:
        return str(error)
    return ""


async def start() -> None:
    js.window.probeWrite = create_proxy(write)
    js.window.probeDecode = create_proxy(decode)
    js.window.probeRefuse = create_proxy(refuse)
    await main.start()
'''


@pytest.fixture(scope="module")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(
        tmp_path_factory.mktemp("site"), extra_modules={"export_probe": PROBE}, entry="export_probe", release=True
    )


@pytest.fixture(scope="module")
def released(built_site: Path, serve_site: Callable[..., Site]) -> Site:
    site = serve_site("--site", str(built_site), "--base", BASE)
    plain = built_site / "elsewhere"
    shutil.copytree(ROOT / "node_modules" / "@pyscript" / "core" / "dist", plain / "pyscript")
    shutil.copytree(ROOT / "node_modules" / "pyodide", plain / "pyodide")
    micropip = next((built_site / "wheels").glob("micropip-*")).name.split("-")[1]
    program = PROGRAM.replace("SITE", site.url).replace("MICROPIP", micropip)
    (plain / "main.py").write_text(
        program.replace("PODIO,", f"{site.emulator.url!r},").replace("PODIO +", f"{site.emulator.url!r} +")
    )
    (plain / "index.html").write_text(PAGE)
    return site


@pytest.fixture
def site(released: Site) -> Site:
    released.emulator.reset()
    return released


def requested(context: BrowserContext) -> list[str]:
    """Return a list that goes on filling with the addresses that pages and workers of `context` request."""
    requests: list[str] = []
    context.on("request", lambda request: requests.append(request.url))
    return requests


def of_later(addresses: list[str], site: Site) -> list[str]:
    names = [address.removeprefix(site.url) for address in addresses]
    return [name for name in names if name.startswith(("wheels/", "simple/")) or "/later." in name]


def test_micropip_installs_the_library_into_any_pyscript_page(
    context: BrowserContext, site: Site, console: Console
) -> None:
    form = {"grant_type": "password", "username": "ada@example.com", "password": "podio"}
    secret = {"client_id": "server", "client_secret": "server-secret"}
    answer = httpx2.post(f"{site.emulator.url}/oauth/token", data={**form, **secret}, trust_env=False)
    console.watch(context)
    requests = requested(context)
    page = context.new_page()
    page.goto(f"{site.url}elsewhere/#{answer.raise_for_status().json()['access_token']}")
    expect(page.locator("#out")).to_have_text("Ada Lysholm by podio.client")
    assert [url for url in requests if not url.startswith((site.url, site.emulator.url, "data:"))] == []


def test_the_workbench_installs_a_package_when_it_is_needed_and_from_its_own_site(
    context: BrowserContext, open_page: Callable[..., Page], site: Site, console: Console
) -> None:
    console.watch(context)
    requests = requested(context)
    page = open_page(state="signed-out")
    await_snapshot(page)
    assert of_later(requests, site) == [], "neither the start nor the service worker fetches it"
    page.reload()
    expect_state(page, "signed-out")
    assert is_restored(page)
    assert page.evaluate("probeWrite()") == "PK"
    assert of_later(requests, site) != []
    assert page.evaluate("probeDecode()") == "Hotel & Spa"
    console.allow("status of 404")
    assert "no-such-package" in page.evaluate("probeRefuse()")
    assert [url for url in requests if not url.startswith((site.url, site.emulator.url))] == []


def test_the_sums_of_the_site_cover_its_wheels_and_their_index(built_site: Path) -> None:
    files = json.loads((built_site / "site.json").read_text())["files"]
    wheels = {file.name for file in (built_site / "wheels").iterdir()}
    assert {name.split("-")[0] for name in wheels} >= {"podio_client", "micropip", "msgspec", "xlsxwriter"}
    assert {f"wheels/{name}" for name in wheels} <= set(files)
    [micropip] = [name for name in wheels if name.startswith("micropip-")]
    assert f"wheels/{micropip}" in (ROOT / "docs" / "hosting.md").read_text(), "the guide names it"
    assert {"simple/podio-client/index.html", "simple/xlsxwriter/index.html"} <= set(files)
