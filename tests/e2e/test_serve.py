"""serve.py as a program: its lines, its options, what it serves, and how it ends."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Page, expect
from tests.e2e.driving import ROOT, Console, Server, copy_of_project, expect_state
from tools.build_site import build


def run(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "serve.py"), "--no-browser", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, stdin=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def developed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(log=tmp_path_factory.mktemp("log") / "serve.log")
    yield server
    server.stop()


@pytest.fixture(scope="module")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def pages(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    (built_site / "sub").mkdir()
    (built_site / "sub" / "index.html").write_text("<!doctype html><title>Below</title>")
    server = Server("--site", str(built_site), "--base", "/some/path", log=tmp_path_factory.mktemp("log") / "serve.log")
    yield server
    server.stop()


def get(address: str, *, method: str = "GET", **headers: str) -> httpx2.Response:
    with httpx2.Client(trust_env=False) as client:
        header_values = {name.replace("_", "-"): value for name, value in headers.items()}
        return client.request(method, address, headers={"accept-encoding": "identity", **header_values})


def raw(server: Server, path: str) -> bytes:
    """Request a path that clients would tidy up before they send it."""
    port = int(server.url.split(":")[2].split("/")[0])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        answer = b""
        while part := connection.recv(65536):
            answer += part
    return answer


def test_page_and_emulator_are_two_sites(developed: Server) -> None:
    assert developed.url.startswith("http://localhost:")
    assert developed.podio_url.startswith("http://127.0.0.1:")
    assert get(developed.podio_url + "/user/status").status_code == 401
    index = get(developed.url).text
    assert f'<meta name="podio-api-url" content="{developed.podio_url}">' in index
    assert f'<meta name="podio-authorize-url" content="{developed.podio_url}/oauth/authorize">' in index
    assert get(developed.url + "config.json").json()["client_id"] == "workbench"


def test_in_development_only_the_runtime_is_cached(developed: Server) -> None:
    for name in ("", "config.json", "callback.html", "runtime.mjs"):
        assert get(developed.url + name).headers["cache-control"] == "no-store"
    runtime = get(developed.url).text.partition('data-runtime="')[2].partition('"')[0]
    answer = get(f"{developed.url}{runtime}manifest.json")
    assert "immutable" in answer.headers["cache-control"]


def test_a_built_site_is_served_as_github_pages_would(pages: Server) -> None:
    answer = get(pages.url)
    assert pages.url.endswith("/some/path/")
    assert answer.headers["cache-control"] == "max-age=600"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    foreign = {"cross-origin-opener-policy", "cross-origin-embedder-policy", "content-security-policy"}
    assert not foreign & set(answer.headers)
    assert get(pages.url, if_none_match=answer.headers["etag"]).status_code == 304
    assert get(pages.url + "sub").headers["location"] == "/some/path/sub/"
    assert get(pages.url.removesuffix("/")).headers["location"] == "/some/path/"
    assert get(pages.url.replace("/some/path/", "/")).status_code == 404
    assert get(pages.url + "nothing.js").status_code == 404
    assert get(pages.url, method="POST").status_code == 405
    head = get(pages.url, method="HEAD")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(answer.content))


def test_text_and_wasm_are_compressed_and_archives_are_not(pages: Server) -> None:
    runtime = get(pages.url).text.partition('data-runtime="')[2].partition('"')[0]
    types = {
        "": "text/html; charset=utf-8",
        "runtime.mjs": "text/javascript; charset=utf-8",
        f"{runtime}pyodide/pyodide.asm.wasm": "application/wasm",
    }
    for name, content_type in types.items():
        answer = get(pages.url + name, accept_encoding="gzip")
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.headers["content-type"] == content_type
    for name in ("pyapp.zip", f"{runtime}snapshot.bin.gz"):
        assert "content-encoding" not in get(pages.url + name, accept_encoding="gzip").headers


@pytest.mark.parametrize(
    "path", ["/../serve.py", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fserve.py", "/.nojekyll", "//etc/passwd", "/%00"]
)
def test_nothing_outside_the_site_is_served(pages: Server, path: str) -> None:
    status = raw(pages, "/some/path" + path).partition(b"\r\n")[0]
    assert b" 404 " in status or b" 400 " in status


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--port", "eighty"], "no port"),
        (["--port", "70000"], "no port"),
        (["--port", "8000", "--podio-port", "8000"], "must differ"),
        (["--token-lifetime", "0"], "no number of seconds"),
        (["--podio", "https://podio.com"], "needs --client-id"),
        (["--podio", "podio.com", "--client-id", "mine"], "no address"),
        (["--site", "no-such-directory"], "no built site"),
        (["--base", "/a/"], "--base goes with --site"),
        (["--podio", "https://podio.com", "--client-id", "mine", "--no-state-echo"], "leave --podio out"),
        (["--podio", "https://podio.com", "--client-id", "mine", "--control-host", "podio.test"], "leave --podio out"),
        (["--control-host", "http://podio.test"], "no host name"),
        (["--wrong"], "unrecognized arguments"),
    ],
)
def test_options_that_make_no_sense_are_refused_in_a_sentence(options: list[str], says: str) -> None:
    process = run(*options)
    assert process.returncode == 2
    assert says in process.stderr
    assert "Traceback" not in process.stderr


def test_the_emulator_is_controlled_at_loopback_and_at_the_hosts_that_are_named(
    built_site: Path, tmp_path: Path
) -> None:
    names = ("--control-host", "podio.test", "--control-host", "Podio2.test")
    server = Server("--site", str(built_site), *names, log=tmp_path / "serve.log")
    try:
        address = f"{server.podio_url}/_emulator/reset"
        for host in ("127.0.0.1", "podio.test:8001", "podio2.test"):
            assert get(address, method="POST", Host=host).status_code == 200
        assert get(address, method="POST", Host="podio3.test").status_code == 403
        assert get(address, method="POST", Origin="https://evil.example").status_code == 403
    finally:
        server.stop()


@pytest.mark.parametrize("option", ["--port", "--podio-port"])
def test_a_busy_port_is_named(option: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy_socket:
        port = str(busy_socket.getsockname()[1])
        ports = {"--port": "0", "--podio-port": "0", option: port}
        process = run(*(word for pair in ports.items() for word in pair))
    assert process.returncode == 1
    assert f"Port {port} can't be used" in process.stderr
    assert option in process.stderr
    assert "Traceback" not in process.stderr


def test_an_interrupt_ends_it_without_a_traceback(built_site: Path, tmp_path: Path) -> None:
    server = Server("--site", str(built_site), log=tmp_path / "serve.log")
    get(server.url)
    assert server.stop() in {0, 130}
    assert server.log.read_text() == ""


def test_the_real_podio_takes_the_emulators_place(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "serve.py"), "--no-browser", "--port", "0"]
    process = subprocess.Popen(
        [*command, "--podio", "https://podio.com", "--client-id", "mine"], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        url = process.stdout.readline().split()[-1]
        assert process.stdout.readline() == "Podio at https://podio.com\n"
        index = get(url).text
        assert 'content="https://api.podio.com"' in index
        assert "connect-src 'self' https://api.podio.com https://files.podio.com;" in index
        assert get(url + "config.json").json()["client_id"] == "mine"
    finally:
        process.terminate()
        process.wait(timeout=20)
        if process.stdout:
            process.stdout.close()


def test_a_reload_runs_code_that_was_changed_meanwhile(page: Page, console: Console, tmp_path: Path) -> None:
    console.allow("status of 500")
    copy_of_project(tmp_path)
    entry = tmp_path / "pyapp/workbench/browser/main.py"
    page_program = """
import js

async def start():
    js.document.getElementById("app").textContent = "{}"
    js.document.documentElement.dataset.appState = "signed-out"
"""
    entry.write_text(page_program.format("before"))
    server = Server(log=tmp_path / "serve.log", program=tmp_path / "serve.py")
    try:
        page.goto(server.url)
        expect_state(page, "signed-out")
        expect(page.locator("#app")).to_have_text("before")
        entry.write_text(page_program.format("afterwards"))
        page.reload()
        expect_state(page, "signed-out")
        expect(page.locator("#app")).to_have_text("afterwards")
        entry.write_text("def broken(:\n")
        answer = page.reload()
        assert answer is not None
        assert answer.status == 500
        expect(page.locator("body")).to_contain_text("can't be parsed")
    finally:
        server.stop()
