"""Compose the static site: ``web/`` and ``pyapp/`` with the runtime, into one directory that any static host serves.

The runtime (`tools.runtime`) is made when its pins change; composing the rest takes well under a second. The
addresses of Podio are fixed here, for the page's Content Security Policy is made from them.

A release (``make site``) is made once and for many visits: its Python is as small as it gets, a memory snapshot holds
the page's own modules, all that belongs to one version lies in directories whose names change with it, and a service
worker keeps it. Two releases of the same sources are the same, byte for byte, and work below any path.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import html
import io
import json
import os
import re
import shutil
import sys
import tomllib
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Literal, TypedDict
from urllib.parse import urlsplit

from tools import page_scripts, wheels
from tools.once import made_once
from tools.page_modules import reachable
from tools.runtime import ROOT, BuildError, Runtime, described, packages, run, runtime

WEB = ROOT / "web"
PYAPP = ROOT / "pyapp"
PAGE_PACKAGES = ("podio", "workbench")
SAMPLE_PACKAGES = ("podio_emulator",)
"""What the second archive holds, which is loaded when it is asked for: besides these all that they import."""

INSTALLER = "micropip"
"""What the third archive holds, with the rest of the standard library: a package that comes later may import any."""

ENTRY = "workbench.browser.main"

PODIO_URL = "https://podio.com"
RUNTIME = "runtime.mjs"
WORKER = "service-worker.js"
AT_TOP = ("config.json", "workbench.webmanifest")
"""Files that keep their address in every version; pages, and what is named like them, do so, too."""

CHARSET = b'<meta charset="utf-8">'
CHARSET_WITHIN = 1024
"""Bytes among which a browser looks for the encoding (https://html.spec.whatwg.org/multipage/semantics.html#charset)."""

APP_PATH = "/home/pyodide/pyapp.zip"

API_URL = "https://api.podio.com"
AUTHORIZE_URL = "https://podio.com/oauth/authorize"
TOKEN_URL = "https://api.podio.com/oauth/token"
PODIO_FILES = ("https://files.podio.com",)
PODIO_IMAGES = ("https://files.podio.com", "https://d2cmuesa4snpwn.cloudfront.net")
"""Where avatars and thumbnails of the real Podio lie; the second is what its answers name for public files."""


def origin(url: str) -> str:
    """Return the origin of an http(s) address.

    Raises:
        BuildError: It is no such address.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or re.search(r"[\s;,'\"<>]", url):
        raise BuildError(f"{url!r} is no http(s) address.")
    return f"{parts.scheme}://{parts.netloc}"


def content_security_policy(*, api_url: str, authorize_url: str, token_url: str) -> str:
    """Return the page's policy. No ``'unsafe-…'``: nothing may be run or styled but our own files."""
    apis = [origin(api_url), origin(token_url)]
    real = "https://podio.com" in {origin(authorize_url), *apis} or "https://api.podio.com" in apis
    connect = [*apis, *(PODIO_FILES if real else ())]
    images = [*(PODIO_IMAGES if real else ()), *apis]
    directives = {
        "default-src": ["'none'"],
        "script-src": ["'self'", "'wasm-unsafe-eval'"],
        "style-src": ["'self'"],
        "connect-src": ["'self'", *dict.fromkeys(connect)],
        "img-src": ["'self'", "data:", "blob:", *dict.fromkeys(images)],
        "font-src": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["podio-workbench-views", "podio-workbench-worker"],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in directives.items())


def page_sources(packages: tuple[str, ...] = PAGE_PACKAGES) -> dict[str, bytes]:
    """Return the Python files of the project's packages: name inside the archive -> source."""
    return {
        file.relative_to(PYAPP).as_posix(): file.read_bytes()
        for package in packages
        for file in sorted((PYAPP / package).rglob("*.py"))
    }


def page_files() -> dict[str, bytes]:
    """Return the files of ``web/`` as the site has them: name in the site -> content."""
    files = {file.relative_to(WEB).as_posix(): file.read_bytes() for file in sorted(WEB.rglob("*")) if file.is_file()}
    inside = page_scripts.parts(RUNTIME, files)
    files[RUNTIME] = page_scripts.joined(RUNTIME, files)
    return {name: content for name, content in files.items() if name not in inside}


def archive(files: Mapping[str, bytes]) -> bytes:
    """Return a zip archive of `files` that is the same for the same files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(files):
            target.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), files[name], zipfile.ZIP_DEFLATED, 6)
    return buffer.getvalue()


def _made_once(kind: str, parts: Iterable[bytes], tools: Iterable[str], make: Callable[[Path], None]) -> bytes:
    """Return what `make` writes into the file it is given; made once for the same `parts`, pins and `tools`."""
    own = [Path(__file__).with_name(tool).read_bytes() for tool in tools]
    return made_once(kind, [(ROOT / "package-lock.json").read_bytes(), *own, *parts], make)


def _node(tool: str, *arguments: str | Path, what: str) -> None:
    command = [Path(__file__).with_name(tool), ROOT / "node_modules/pyodide", *arguments]
    run(["node", *map(str, command)], what=what)


def compiled(source: bytes) -> bytes:
    """Return the archive `source` with each module's compiled form beside it."""

    def make(made: Path) -> None:
        plain = made.with_name("plain.zip")
        plain.write_bytes(source)
        _node("compile_archive.mjs", plain, made, what="Compiling the page's Python")

    return _made_once("compiled", [source], ["compile_archive.mjs", "snapshot.mjs"], make)


def released(source: bytes, *, path: str, has: Iterable[Path] = (), complete: bool = False) -> bytes:
    """Return the archive `source` as a release ships it: compiled modules only, gzipped.

    Args:
        source: The archive of modules.
        path: Where the page has it; a traceback names it.
        has: Gzipped archives that the page has.
        complete: Add all that the modules import of packages and the standard library and that is not in `has`.
    """
    request = {"path": path, "packages": str(packages()), "has": [str(file) for file in has], "complete": complete}

    def make(made: Path) -> None:
        plain, asked = made.with_name("plain.zip"), made.with_name("request.json")
        plain.write_bytes(source)
        asked.write_text(json.dumps(request), encoding="utf-8")
        _node("compile_archive.mjs", plain, made, asked, what=f"Compiling {path}")

    parts = [source, path.encode(), *(file.read_bytes() for file in has), packages().name.encode(), bytes([complete])]
    return _made_once("released", parts, ["compile_archive.mjs", "snapshot.mjs"], make)


def snapshot_of(made: Runtime, pyapp: bytes, *, entry: str) -> bytes | None:
    """Return the gzipped memory snapshot with the module `entry` imported, or None where none can be taken."""

    def make(target: Path) -> None:
        archive_file, asked = target.with_name("pyapp.zip.gz"), target.with_name("request.json")
        archive_file.write_bytes(pyapp)
        request = {
            "stdlib": str(made.file("stdlib.zip")),
            "archives": {"/lib/packages.zip": str(made.file("packages.zip")), APP_PATH: str(archive_file)},
            # The second: what PyScript imports when it joins.
            "names": [entry, "pyodide.http"],
        }
        asked.write_text(json.dumps(request), encoding="utf-8")
        _node("make_snapshot.mjs", asked, target, what="Taking the memory snapshot")

    try:
        parts = [made.path.name.encode(), pyapp, entry.encode()]
        return _made_once("snapshot", parts, ["make_snapshot.mjs", "snapshot.mjs"], make)
    except BuildError as error:
        print(f"no memory snapshot, the page will start more slowly: {error}", file=sys.stderr, flush=True)
        return None


def version() -> str:
    """Return the project's version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])


def read_config(changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return ``web/config.json`` with `changes` over it (its "texts" are merged)."""
    config: dict[str, Any] = json.loads((WEB / "config.json").read_text(encoding="utf-8"))
    for name, value in (changes or {}).items():
        config[name] = {**config.get(name, {}), **value} if isinstance(value, dict) else value
    return config


def _preloads(name: str, files: Runtime, *, app: str, query: str, own_snapshot: bool) -> Iterator[str]:
    """Yield a tag for each file that the start waits for: small ones first, as a browser has few connections to a host.

    Not for the archives of packages and of the page's own modules: Python needs them last (``web/runtime.mjs``).
    """
    for script in ("answer.js", "tabs.js", "watch.js"):
        yield f'<link rel="preload" as="script" href="{app}{script}{query}">'
    for style in (f"{name}/pico.css", f"{app}style.css{query}", f"{app}boot.css{query}"):
        yield f'<link rel="preload" as="style" href="{style}">'
    own = [f"{app}{module}{query}" for module in ("boot.js", "runtime.mjs")]
    for module in [*own, f"{name}/pyodide/pyodide.mjs", f"{name}/pyodide/pyodide.asm.mjs"]:
        yield f'<link rel="modulepreload" href="{module}">'
    # The runtime's snapshot is of no use where there is one with the page's own modules, which is fetched when it pays.
    wanted = (
        "manifest.json",
        "pyodide/pyodide.asm.wasm",
        "stdlib.zip",
        *(() if own_snapshot else ("snapshot.bin.gz",)),
    )
    for file in (file for name in wanted for file in (name, f"{name}.gz")):
        if file in files.files or file == "manifest.json":
            yield f'<link rel="preload" as="fetch" crossorigin href="{name}/{file}">'


def _fill(template: str, values: Mapping[str, str], *, where: str) -> str:
    def value(match: re.Match[str]) -> str:
        try:
            return values[match[1]]
        except KeyError:
            raise BuildError(f"{where} asks for {{{{{match[1]}}}}}, which the builder does not know.") from None

    return re.sub(r"\{\{(\w+)\}\}", value, template)


def _write(file: Path, content: bytes) -> None:
    """Write `file` at once, whole: a server may be reading it."""
    if file.exists() and not file.is_symlink() and file.read_bytes() == content:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    part.write_bytes(content)
    part.replace(file)


def _place_runtime(made: Runtime, out: Path) -> None:
    target = out / made.path.name
    if target.is_dir():
        return
    part = out / f".{made.path.name}.{os.getpid()}.part"
    shutil.rmtree(part, ignore_errors=True)

    def link_or_copy(source: str, destination: str) -> None:
        try:
            os.link(source, destination)
        except OSError:
            shutil.copyfile(source, destination)

    shutil.copytree(made.path, part, copy_function=link_or_copy)
    part.rename(target)
    for old in out.glob("runtime-*"):
        if old != target:
            shutil.rmtree(old)


def build(
    out: Path,
    *,
    api_url: str = API_URL,
    authorize_url: str = AUTHORIZE_URL,
    token_url: str = TOKEN_URL,
    response_type: Literal["token", "code"] = "token",
    redirect_nonce: bool = True,
    extra_modules: Mapping[str, str] | None = None,
    entry: str = ENTRY,
    config: Mapping[str, Any] | None = None,
    compile_modules: bool = False,
    take_snapshot: bool = False,
    release: bool = False,
    fast_start: bool = True,
) -> Path:
    """Compose the site in the directory `out` and return it.

    Args:
        out: Where; made if missing, files of another build in it are replaced.
        api_url: Podio's API, without a trailing slash.
        authorize_url: Podio's authorization page.
        token_url: Podio's token endpoint.
        response_type: ``token``, as Podio gives a page nothing else; ``code`` (with PKCE) for a provider that does.
        redirect_nonce: Whether the nonce travels in the redirect URI's query, too. Podio's token flow needs it; False
            for a provider that gives ``state`` back. The code flow never has it.
        extra_modules: More modules for the page: dotted name -> source. For tests.
        entry: The module whose ``start()`` is the page's program.
        config: Changes to ``web/config.json``.
        compile_modules: Ship compiled modules beside the sources: the page starts faster, the first build is slower.
        take_snapshot: Start as a release does, from a memory snapshot with the page's own modules imported (without
            their sources): the page starts faster still, the first build takes 20 s more.
        release: Make what a static host serves: see above.
        fast_start: Start the app before PyScript, which then finds it running. False: PyScript's script starts it.

    Raises:
        BuildError: A file, a package or a tool is missing, or an address can't be used.
    """
    sources = page_sources()
    for name, source in (extra_modules or {}).items():
        sources[name.replace(".", "/") + ".py"] = source.encode()
    try:
        sources = reachable(sources, [entry, *(extra_modules or {})])
        made = runtime([source.decode() for source in sources.values()], release=release or take_snapshot)
    except SyntaxError as error:
        raise BuildError(f"The page's Python can't be parsed: {error}") from error
    installable = wheels.wheels(own=release)
    later = _later(made, installable)
    archives = _archives(sources, later, made, release=release, compile_modules=compile_modules)
    if take_snapshot:
        archives["pyapp"] = released(archive(sources), path=APP_PATH)
    pyapp = archives["pyapp"]
    snapshot = snapshot_of(made, pyapp, entry=entry) if release or take_snapshot else None
    out.mkdir(parents=True, exist_ok=True)
    _place_runtime(made, out)

    settings = read_config(config)
    own = page_files()
    own["config.json"] = json.dumps(settings, indent=2, ensure_ascii=False).encode() + b"\n"
    policy = content_security_policy(api_url=api_url, authorize_url=authorize_url, token_url=token_url)
    stamp = hashlib.sha256(
        json.dumps(
            [made.path.name, entry, policy, version(), authorize_url, response_type, redirect_nonce, fast_start]
        ).encode()
        + b"".join(hashlib.sha256(content).digest() for content in [*archives.values(), snapshot or b"", *own.values()])
    ).hexdigest()[:12]
    # In a release all that belongs to a version lies below an address of its own; else it is at the top, never cached.
    place, query = (f"app-{stamp}/", "") if release else ("", f"?v={stamp}")
    ending = ".zip.gz" if release else ".zip"
    placed = {f"{place}{name}{ending}": content for name, content in archives.items()}
    placed |= {f"{wheels.PLACE}/{name}": content for name, content in installable.items()} | wheels.index(installable)
    if snapshot is not None:
        placed[f"{place}snapshot.bin.gz"] = snapshot
    values = {
        "csp": html.escape(policy, quote=True).replace("&#x27;", "'"),
        "api_url": html.escape(api_url),
        "authorize_url": html.escape(authorize_url),
        "token_url": html.escape(token_url),
        "response_type": response_type,
        "redirect_nonce": str(redirect_nonce).lower(),
        "version": html.escape(version()),
        "entry": html.escape(entry),
        "title": html.escape(str(settings.get("texts", {}).get("title") or "Podio Workbench")),
        "runtime": made.path.name,
        "pyodide_version": made.pyodide_version,
        "app": place,
        "v": query,
        "archives": html.escape(
            json.dumps(
                {
                    name: {"address": f"{place}{name}{ending}{query}", **described(content)}
                    for name, content in archives.items()
                },
                separators=(",", ":"),
            )
        ),
        "snapshot": f"{place}snapshot.bin.gz{query}" if snapshot is not None else "",
        "snapshot_sums": " ".join(_sums(snapshot)) if snapshot is not None else "",
        "release": stamp if release else "",
        "fast_start": "on" if fast_start else "off",
        "preloads": "\n    ".join(
            _preloads(made.path.name, made, app=place, query=query, own_snapshot=snapshot is not None)
        ),
        "stamp": stamp,
    }
    pages = {PurePosixPath(name).stem for name in own if name.endswith(".html")}
    for name, content in own.items():
        filled = content
        if name.endswith((".html", ".webmanifest")) or name == "pyscript.json":
            filled = _fill(content.decode(), values, where=f"web/{name}").encode()
        if name == WORKER:
            continue
        at_top = "/" in name or name in AT_TOP or PurePosixPath(name).stem in pages
        placed[name if at_top else f"{place}{name}"] = filled
    # GitHub Pages passes files through as they are only with this file present.
    placed[".nojekyll"] = b""
    index = placed.pop("index.html")
    if CHARSET not in index[:CHARSET_WITHIN]:
        raise BuildError("The addresses are too long: a page must declare its encoding within its first 1,024 bytes.")
    for name, content in placed.items():
        _write(out / name, content)
    for old in out.glob("app-*"):
        if old.name != place.rstrip("/"):
            shutil.rmtree(old)
    for folder in (wheels.PLACE, wheels.INDEX):
        for file in (out / folder).rglob("*"):
            if file.is_file() and file.relative_to(out).as_posix() not in placed:
                file.unlink()
    # Last, for they name the others.
    _write(out / "index.html", index)
    worker = own[WORKER].decode()
    if release:
        files = _manifest(out)
        _write(out / "site.json", json.dumps({"version": stamp, "files": files}, indent=1).encode() + b"\n")
        # What few people need, and need a network for anyway, the service worker neither keeps nor answers.
        seldom = (f"{wheels.PLACE}/", f"{wheels.INDEX}/", f"{place}later.")
        kept = {name: file for name, file in files.items() if not name.startswith(seldom)}
        listed = {"version": stamp, "files": kept}
        line = f"const SITE = {json.dumps(listed, separators=(',', ':'))};"
        worker, places = re.subn(r"^const SITE = .*$", lambda _: line, worker, flags=re.MULTILINE)
        if places != 1:
            raise BuildError(f"web/{WORKER} has no place for the list of files.")
    _write(out / WORKER, worker.encode())
    return out


def _sums(content: bytes) -> list[str]:
    return [str(value) for name, value in described(content).items() if name.endswith("sha256")]


def _archives(
    sources: Mapping[str, bytes], later: bytes, made: Runtime, *, release: bool, compile_modules: bool
) -> dict[str, bytes]:
    """Return the archives of Python modules that the page can load, by name."""
    pyapp, sample = archive(sources), archive(page_sources(SAMPLE_PACKAGES))
    if release:
        pyapp = released(pyapp, path=APP_PATH)
        has = [made.path / "stdlib.zip.gz", made.path / "packages.zip.gz"]
        return {
            "pyapp": pyapp,
            "sample": released(sample, path="/home/pyodide/sample.zip", has=has, complete=True),
            "later": released(later, path="/home/pyodide/later.zip"),
        }
    if compile_modules:
        pyapp = compiled(pyapp)
    return {"pyapp": pyapp, "sample": _sample_to_develop_with(made), "later": later}


def _rest_of_stdlib(made: Runtime) -> dict[str, bytes]:
    """Return the modules of the standard library that the page does not start with: name in the archive -> source."""
    plain = made.path / "stdlib.zip"
    packed = plain.read_bytes() if plain.exists() else gzip.decompress(Path(f"{plain}.gz").read_bytes())
    there = set(zipfile.ZipFile(io.BytesIO(packed)).namelist())
    stock = zipfile.ZipFile(ROOT / "node_modules/pyodide/python_stdlib.zip")
    return {name: stock.read(name) for name in stock.namelist() if name.endswith(".py") and f"{name}c" not in there}


def _later(made: Runtime, installable: Mapping[str, bytes]) -> bytes:
    """Return the archive of what the page loads to install a package, as sources."""
    installer = wheels.python_files(installable, INSTALLER)

    def make(target: Path) -> None:
        target.write_bytes(archive({**_rest_of_stdlib(made), **installer}))

    return _made_once("later", [made.path.name.encode(), *installer.values()], [], make)


def _sample_to_develop_with(made: Runtime) -> bytes:
    """Return the sample data's archive with all packages and the standard library's other modules, as sources."""
    own = archive(page_sources(SAMPLE_PACKAGES))

    def make(target: Path) -> None:
        more = _rest_of_stdlib(made)
        for file in sorted(packages().rglob("*.py")):
            more[file.relative_to(packages()).as_posix()] = file.read_bytes()
        target.write_bytes(archive({**more, **page_sources(SAMPLE_PACKAGES)}))

    return _made_once("sample", [own, made.path.name.encode(), packages().name.encode()], [], make)


def _manifest(out: Path) -> dict[str, dict[str, int | str]]:
    """Return sizes and sums of all files of the site, but those that name them."""
    return {
        name: described(file.read_bytes())
        for file in sorted(out.rglob("*"))
        if file.is_file() and (name := file.relative_to(out).as_posix()) not in {"site.json", WORKER, ".nojekyll"}
    }


class Addresses(TypedDict):
    """The addresses that `build` takes."""

    api_url: str
    authorize_url: str
    token_url: str


def addresses_of(podio: str) -> Addresses:
    """Return the build's address arguments for the real Podio, or for an emulator's origin.

    Raises:
        BuildError: `podio` is no origin of an http(s) address.
    """
    podio = podio.rstrip("/")
    if podio == PODIO_URL:
        return {"api_url": API_URL, "authorize_url": AUTHORIZE_URL, "token_url": TOKEN_URL}
    if origin(podio) != podio:
        raise BuildError(f"{podio!r}: name {PODIO_URL} or an emulator like http://127.0.0.1:8001")
    return {"api_url": podio, "authorize_url": f"{podio}/oauth/authorize", "token_url": f"{podio}/oauth/token"}


def main(arguments: list[str] | None = None) -> None:
    """Build the site from the command line."""
    parser = argparse.ArgumentParser(prog="build_site", description="Build the static site.")
    parser.add_argument("out", nargs="?", default="dist", type=Path, help="where to (default: dist)")
    parser.add_argument("--client-id", help="the client id of your Podio API key (default: the one of web/config.json)")
    parser.add_argument("--podio", default=PODIO_URL, metavar="ADDRESS", help=f"default: {PODIO_URL}; or an emulator")
    parser.add_argument(
        "--response-type", choices=("token", "code"), default="token", help="code: by a provider with PKCE (not Podio)"
    )
    parser.add_argument(
        "--no-redirect-nonce",
        action="store_true",
        help="for a provider that gives `state` back (it isn't known of Podio)",
    )
    parser.add_argument(
        "--no-fast-start", action="store_true", help="let PyScript start the app (slower, for looking into a problem)"
    )
    options = parser.parse_args(arguments)
    config = {} if options.client_id is None else {"client_id": options.client_id}
    try:
        build(
            options.out,
            config=config,
            response_type=options.response_type,
            redirect_nonce=not options.no_redirect_nonce,
            release=True,
            fast_start=not options.no_fast_start,
            **addresses_of(options.podio),
        )
    except (BuildError, OSError) as error:
        sys.exit(f"build_site: {error}")
    print(f"the site is in {options.out}/")


if __name__ == "__main__":
    main()
