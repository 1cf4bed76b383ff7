"""Serve the page and the Podio emulator on two sites, in one process.

The page is served either as it is developed (composed again when a source has changed, nothing of it cached but the
runtime) or as GitHub Pages would serve a built site (``max-age=600``, gzip for text and WebAssembly, no other headers
of ours, below a path).
"""

from __future__ import annotations

import asyncio
import errno
import gzip
import hashlib
import json
import mimetypes
import re
import socket
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator, Mapping, MutableMapping
from email.utils import formatdate, parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import uvicorn

from tools import addresses, build_site, site_archives
from tools.runtime import BuildError, described

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
ASGIApp = Callable[[Scope, Receive, Send], Awaitable[None]]

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".gz": "application/gzip",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".py": "text/x-python; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".zip": "application/zip",
}
COMPRESSED = {".css", ".html", ".js", ".json", ".mjs", ".svg", ".txt", ".wasm", ".webmanifest"}


class PortBusyError(Exception):
    """A port can't be listened on; the message names it and what to do."""


class Files:
    """An ASGI app that serves the files below a directory as GitHub Pages does.

    Starlette's ``StaticFiles`` would leave most of this to be written around it: gzip by type, once for each file (the
    WebAssembly takes half a second), contents that are changed on their way, and the address below a path. Its
    ``GZipMiddleware`` compresses what Pages doesn't, each time again.

    Args:
        directory: The built site.
        base: The path below which it appears, with a slash at both ends.
        replaced: Contents in place of a file's: name below the site -> how to change what the file holds.
    """

    def __init__(
        self, directory: Path, *, base: str = "/", replaced: Mapping[str, Callable[[bytes], bytes]] | None = None
    ) -> None:
        self.directory = directory.resolve()
        self.base = base
        self.replaced = dict(replaced or {})
        self._compressed: dict[Path, tuple[int, bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["method"] not in {"GET", "HEAD"}:
            await self._answer(scope, send, 405, b"Only GET and HEAD.\n", {"allow": "GET, HEAD"})
            return
        path = unquote(scope.get("raw_path", scope["path"].encode()).partition(b"?")[0].decode("latin-1"), "utf-8")
        if self.base != "/" and path == self.base.rstrip("/"):
            await self._answer(scope, send, 301, b"", {"location": self.base})
            return
        name = path[len(self.base) :] if path.startswith(self.base) else None
        try:
            await self.prepare(name or "")
        except BuildError as error:
            print(f"The site can't be composed: {error}", file=sys.stderr, flush=True)
            text = f"The site can't be composed:\n\n{error}\n".encode()
            await self._answer(scope, send, 500, text, {"cache-control": "no-store"})
            return
        file = None if name is None else self.find(name)
        if file is None:
            await self._answer(scope, send, 404, b"404: there is no such file on this site.\n", self.headers_of(""))
            return
        if file.is_dir():
            await self._answer(scope, send, 301, b"", {"location": f"{path}/"})
            return
        await self._send_file(scope, send, file)

    async def prepare(self, name: str) -> None:
        """Do what must be done before the file `name` is looked for."""

    def headers_of(self, name: str) -> dict[str, str]:
        """Return the caching headers for the file `name`."""
        return {"cache-control": "max-age=600"}

    def compresses(self, file: Path) -> bool:
        """Return whether `file` may be sent compressed."""
        return file.suffix in COMPRESSED

    def find(self, name: str) -> Path | None:
        """Return the file for the address `name` below the site; None for what is not there or lies outside."""
        if "\0" in name or "\\" in name:
            return None
        file = self.directory / (name + "index.html" if name.endswith("/") or not name else name)
        try:
            resolved = file.resolve()
            inside = resolved.is_relative_to(self.directory) and resolved.exists()
        except OSError:
            return None
        hidden = any(part.startswith(".") for part in Path(name).parts)
        return resolved if inside and not hidden else None

    async def _send_file(self, scope: Scope, send: Send, file: Path) -> None:
        name = file.relative_to(self.directory).as_posix()
        stat = await asyncio.to_thread(file.stat)
        headers = {
            "content-type": TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream",
            "last-modified": formatdate(stat.st_mtime, usegmt=True),
            "etag": f'W/"{stat.st_mtime_ns:x}-{stat.st_size:x}"',
            **self.headers_of(name),
        }
        request_headers = {key.decode("latin-1").lower(): value.decode("latin-1") for key, value in scope["headers"]}
        if _not_modified(request_headers, headers):
            await self._answer(scope, send, 304, b"", headers)
            return
        content = await asyncio.to_thread(file.read_bytes)
        if change := self.replaced.get(name):
            content = change(content)
        if self.compresses(file):
            headers["vary"] = "Accept-Encoding"
            if "gzip" in request_headers.get("accept-encoding", ""):
                headers["content-encoding"] = "gzip"
                content = await asyncio.to_thread(self._gzip, file, stat.st_mtime_ns, content)
        await self._answer(scope, send, 200, content, headers)

    def _gzip(self, file: Path, changed: int, content: bytes) -> bytes:
        entry = self._compressed.get(file)
        if entry is None or entry[0] != changed:
            entry = self._compressed[file] = (changed, gzip.compress(content, 6, mtime=0))
        return entry[1]

    @staticmethod
    async def _answer(scope: Scope, send: Send, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        fields = {"content-type": "text/plain; charset=utf-8", **headers}
        if status != 304:
            fields["content-length"] = str(len(body))
        encoded = [(key.encode("latin-1"), value.encode("latin-1")) for key, value in fields.items()]
        await send({"type": "http.response.start", "status": status, "headers": encoded})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


def _not_modified(request_headers: Mapping[str, str], headers: Mapping[str, str]) -> bool:
    if "if-none-match" in request_headers:
        return headers["etag"] in [tag.strip() for tag in request_headers["if-none-match"].split(",")]
    if "if-modified-since" in request_headers:
        try:
            since = parsedate_to_datetime(request_headers["if-modified-since"])
            return parsedate_to_datetime(headers["last-modified"]) <= since
        except (TypeError, ValueError):
            return False
    return False


def emulated_site(directory: Path, *, base: str, podio: str, client_id: str) -> Files:
    """Return a built site whose page talks to the emulator at `podio` where it was built for the real Podio.

    A built site's addresses are fixed; served beside the emulator it is to be tried with it.
    A client id that its owner has configured is kept.
    """
    emulator = addresses.addresses_of(podio)
    built_for = [addresses.AUTHORIZE_URL, addresses.TOKEN_URL, addresses.API_URL, *addresses.PODIO_FILES]
    emulated = [emulator["authorize_url"], emulator["token_url"], emulator["api_url"], podio]

    # Its service worker goes by sums: what is changed here is another version.
    mark = f"-{hashlib.sha256(podio.encode()).hexdigest()[:6]}".encode()

    def index(content: bytes) -> bytes:
        for real, ours in zip(built_for, emulated, strict=True):
            content = content.replace(real.encode(), ours.encode())
        return re.sub(rb'( data-app-copy="\w+)"', rb"\1" + mark + b'"', content, count=1)

    def config(content: bytes) -> bytes:
        settings = json.loads(content)
        settings["client_id"] = settings.get("client_id") or client_id
        return json.dumps(settings, indent=2, ensure_ascii=False).encode() + b"\n"

    def worker(content: bytes) -> bytes:
        line = re.search(rb'^const SITE = (\{"version":.*\});$', content, flags=re.MULTILINE)
        if line is None:
            return content
        listed = json.loads(line[1])
        listed["version"] += mark.decode()
        listed["files"]["index.html"] = described(index((directory / "index.html").read_bytes()))
        return content.replace(line[1], json.dumps(listed, separators=(",", ":")).encode())

    return Files(directory, base=base, replaced={"index.html": index, "config.json": config, build_site.WORKER: worker})


class DevelopedSite(Files):
    """The site as it is developed: composed again when a source has changed, so that a reload runs new code.

    Args:
        directory: Where it is composed.
        compose: Composes it there.
    """

    def __init__(self, directory: Path, *, compose: Callable[[], object]) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        super().__init__(directory)
        self._compose = compose
        self._composed_from: object = None
        self._lock = threading.Lock()

    def refresh(self) -> None:
        """Compose the site if a source has changed.

        Raises:
            BuildError: It can't be composed.
        """
        with self._lock:
            sources = list(_stamps())
            if sources != self._composed_from:
                self._compose()
                self._composed_from = sources

    async def prepare(self, name: str) -> None:
        """See to it that what is served is of the sources as they are."""
        if not name.startswith("runtime-"):
            await asyncio.to_thread(self.refresh)

    def headers_of(self, name: str) -> dict[str, str]:
        """Let only the runtime be cached: its address changes with its content."""
        if name.startswith("runtime-"):
            return {"cache-control": "public, max-age=31536000, immutable"}
        return {"cache-control": "no-store"}

    def compresses(self, file: Path) -> bool:
        """Send everything as it is: over the loopback compressing costs more than it saves."""
        return False


def _stamps() -> Iterator[tuple[str, int, int]]:
    roots = [build_site.WEB, *(site_archives.PYAPP / package for package in site_archives.PAGE_PACKAGES)]
    for root in roots:
        for file in sorted(root.rglob("*")):
            if "__pycache__" not in file.parts and file.is_file():
                stat = file.stat()
                yield str(file), stat.st_mtime_ns, stat.st_size


def listen(port: int, *, hosts: tuple[str, ...], option: str) -> list[socket.socket]:
    """Return listening sockets for one port on all of `hosts` that this machine has; port 0 takes a free one.

    Raises:
        PortBusyError: The port is in use or not allowed.
    """
    sockets: list[socket.socket] = []
    for host in hosts:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        except OSError:
            continue
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            listener.bind((host, port))
            listener.listen(256)
        except OSError as error:
            listener.close()
            if host != hosts[0] and error.errno != errno.EADDRINUSE:
                continue  # a machine without IPv6
            for other in sockets:
                other.close()
            message = (
                f"Port {port} can't be used ({error.strerror}). Name another one: {option} PORT (0: any free one)."
            )
            raise PortBusyError(message) from None
        port = listener.getsockname()[1]
        sockets.append(listener)
    return sockets


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, *, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self._ready()


def serve(
    *,
    page: ASGIApp,
    page_sockets: list[socket.socket],
    podio: ASGIApp | None,
    podio_sockets: list[socket.socket],
    ready: Callable[[], None],
) -> None:
    """Serve until a signal comes; call `ready` once both accept connections.

    One server for both, distinguished by port: one set of signals, one loop.
    """
    podio_ports = {listener.getsockname()[1] for listener in podio_sockets}

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            if podio is not None:
                await podio(scope, receive, send)
            return
        if podio is not None and scope["server"][1] in podio_ports:
            await podio(scope, receive, send)
        elif scope["type"] == "http":
            await page(scope, receive, send)

    config = uvicorn.Config(
        app,
        log_level="error",
        access_log=False,  # addresses may hold what must not be printed
        lifespan="auto" if podio is not None else "off",
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    _Server(config, ready=ready).run(sockets=[*page_sockets, *podio_sockets])
