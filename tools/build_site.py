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
import json
import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Literal, NamedTuple

from tools import page_scripts, page_styles, site_archives, wheels
from tools.addresses import API_URL, AUTHORIZE_URL, PODIO_URL, TOKEN_URL, addresses_of, content_security_policy
from tools.page_modules import reachable
from tools.runtime import NODE_MODULES, ROOT, BuildError, Runtime, described, runtime_for
from tools.site_archives import page_sources, snapshot_of

WEB = ROOT / "web"

ENTRY = "workbench.browser.main"

RUNTIME = "runtime.mjs"
STYLE = "style.css"
PICO = NODE_MODULES / "@picocss" / "pico" / "css" / "pico.min.css"
WORKER = "service-worker.js"
AT_TOP = ("config.json", "workbench.webmanifest")
"""Files that keep their address in every version; pages, and what is named like them, do so, too."""

SUMMED_PART = 524_288
"""Bytes of a snapshot that the page sums in one go (``web/runtime/snapshot.mjs``)."""

CHARSET = b'<meta charset="utf-8">'
CHARSET_WITHIN = 1024
"""Bytes among which a browser looks for the encoding (https://html.spec.whatwg.org/multipage/semantics.html#charset)."""


def page_files() -> dict[str, bytes]:
    """Return the files of ``web/`` as the site has them: name in the site -> content."""
    files = {file.relative_to(WEB).as_posix(): file.read_bytes() for file in sorted(WEB.rglob("*")) if file.is_file()}
    files["pico.css"] = PICO.read_bytes()
    inside = [*page_scripts.parts(RUNTIME, files), *page_styles.parts(STYLE, files)]
    files[RUNTIME] = page_scripts.joined(RUNTIME, files)
    files[STYLE] = page_styles.joined(STYLE, files)
    return {name: content for name, content in files.items() if name not in inside}


def version() -> str:
    """Return the project's version: the client library's, which can't be imported where only the build's tools are."""
    source = (site_archives.PYAPP / "podio" / "__init__.py").read_text(encoding="utf-8")
    (text,) = re.findall(r'^__version__ = "([\d.]+)"$', source, flags=re.MULTILINE)
    return str(text)


def read_config(changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return ``web/config.json`` with `changes` over it (its "texts" are merged)."""
    config: dict[str, Any] = json.loads((WEB / "config.json").read_text(encoding="utf-8"))
    for name, value in (changes or {}).items():
        config[name] = {**config.get(name, {}), **value} if isinstance(value, dict) else value
    return config


def _preloads(runtime: Runtime, *, app: str, query: str, own_snapshot: bool) -> Iterator[str]:
    """Yield a tag for each file that the start waits for: small ones first, as a browser has few connections to a host.

    Not for the archives of packages and of the page's own modules: Python needs them last (``web/runtime.mjs``).
    """
    name = runtime.path.name
    for script in ("answer.js", "tabs.js", "watch.js"):
        yield f'<link rel="preload" as="script" href="{app}{script}{query}">'
    yield f'<link rel="preload" as="style" href="{app}{STYLE}{query}">'
    own = [f"{app}{module}{query}" for module in ("boot.js", "runtime.mjs")]
    for module in [*own, f"{name}/pyodide/pyodide.mjs", f"{name}/pyodide/pyodide.asm.mjs"]:
        yield f'<link rel="modulepreload" href="{module}">'
    # The runtime's snapshot is of no use where there is one with the page's own modules, which is fetched when it pays.
    names = (
        "manifest.json",
        "pyodide/pyodide.asm.wasm",
        "stdlib.zip",
        *(() if own_snapshot else ("snapshot.bin.gz",)),
    )
    for file in (file for name in names for file in (name, f"{name}.gz")):
        if file in runtime.files or file == "manifest.json":
            yield f'<link rel="preload" as="fetch" crossorigin href="{name}/{file}">'


def _fill(template: str, values: Mapping[str, str], *, where: str) -> str:
    def value(match: re.Match[str]) -> str:
        try:
            return values[match[1]]
        except KeyError:
            raise BuildError(f"{where} names {{{{{match[1]}}}}}, which the builder does not know.") from None

    return re.sub(r"\{\{(\w+)\}\}", value, template)


def _write(file: Path, content: bytes) -> None:
    """Write `file` at once, whole: a server may be reading it."""
    if file.exists() and not file.is_symlink() and file.read_bytes() == content:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    part.write_bytes(content)
    part.replace(file)


def _place_runtime(runtime: Runtime, out: Path) -> None:
    target = out / runtime.path.name
    if target.is_dir():
        return
    part = out / f".{runtime.path.name}.{os.getpid()}.part"
    shutil.rmtree(part, ignore_errors=True)

    def link_or_copy(source: str, destination: str) -> None:
        try:
            os.link(source, destination)
        except OSError:
            shutil.copyfile(source, destination)

    shutil.copytree(runtime.path, part, copy_function=link_or_copy)
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
    python = _python(
        extra_modules or {},
        entry=entry,
        compile_modules=compile_modules,
        release=release,
        is_small=release or take_snapshot,
    )
    choices = {
        "api_url": api_url,
        "authorize_url": authorize_url,
        "token_url": token_url,
        "response_type": response_type,
        "redirect_nonce": str(redirect_nonce).lower(),
        "entry": entry,
        "fast_start": "on" if fast_start else "off",
    }
    out.mkdir(parents=True, exist_ok=True)
    _place_runtime(python.runtime, out)
    _place_version(out, python, choices, settings=read_config(config), release=release)
    return out


class _Python(NamedTuple):
    """The page's Python: the archives by name, the snapshot if there is one, the wheels by name in the site."""

    runtime: Runtime
    archives: dict[str, bytes]
    snapshot: bytes | None
    wheels: dict[str, bytes]


def _python(
    extra_modules: Mapping[str, str], *, entry: str, compile_modules: bool, release: bool, is_small: bool
) -> _Python:
    sources = page_sources()
    for name, source in extra_modules.items():
        sources[name.replace(".", "/") + ".py"] = source.encode()
    try:
        sources = reachable(sources, [entry, *extra_modules])
        runtime = runtime_for([source.decode() for source in sources.values()], release=is_small)
    except SyntaxError as error:
        raise BuildError(f"The page's Python can't be parsed: {error}") from error
    installable = wheels.wheels(own=release)
    archives = site_archives.archives(
        sources, installable, runtime, release=release, is_small=is_small, compile_modules=compile_modules
    )
    snapshot = snapshot_of(runtime, archives["pyapp"], entry=entry) if is_small else None
    wheel_files = {f"{wheels.PLACE}/{name}": content for name, content in installable.items()}
    return _Python(runtime, archives, snapshot, wheel_files | wheels.index(installable))


def _place_version(
    out: Path, python: _Python, choices: Mapping[str, str], *, settings: Mapping[str, Any], release: bool
) -> None:
    """Write all of the site but the runtime.

    In a release what belongs to a version lies below an address of its own; else it is at the top, never cached.

    Args:
        out: The site's directory, the runtime in it.
        python: The page's Python.
        choices: What the page is told of the site, by its name in the pages.
        settings: What config.json says.
        release: Whether it is a release.
    """
    own = page_files()
    own["config.json"] = json.dumps(settings, indent=2, ensure_ascii=False).encode() + b"\n"
    addresses = {name: choices[name] for name in ("api_url", "authorize_url", "token_url")}
    policy = content_security_policy(**addresses)
    snapshot = python.snapshot
    stamp = _stamp(
        [python.runtime.path.name, policy, version(), dict(choices)],
        [*python.archives.values(), snapshot or b"", *own.values()],
    )
    place, query = (f"app-{stamp}/", "") if release else ("", f"?v={stamp}")
    ending = ".zip.gz" if release else ".zip"
    values = {
        **{name: html.escape(choice) for name, choice in choices.items()},
        "csp": html.escape(policy, quote=True).replace("&#x27;", "'"),
        "version": html.escape(version()),
        "title": html.escape(str(settings.get("texts", {}).get("title") or "Podio Workbench")),
        "runtime": python.runtime.path.name,
        "pyodide_version": python.runtime.pyodide_version,
        "app": place,
        "v": query,
        "archives": _archive_list(python.archives, {name: f"{place}{name}{ending}{query}" for name in python.archives}),
        "snapshot": f"{place}snapshot.bin.gz{query}" if snapshot is not None else "",
        "snapshot_sum": _sum_of_parts(snapshot) if snapshot is not None else "",
        "release": stamp if release else "",
        "preloads": "\n    ".join(_preloads(python.runtime, app=place, query=query, own_snapshot=snapshot is not None)),
        "stamp": stamp,
    }
    placed = {f"{place}{name}{ending}": content for name, content in python.archives.items()} | python.wheels
    if snapshot is not None:
        placed[f"{place}snapshot.bin.gz"] = snapshot
    _place(out, placed | _filled(own, values, place=place), place=place)
    _write(out / WORKER, _worker(own[WORKER].decode(), out, version=stamp, place=place) if release else own[WORKER])


def _stamp(choices: list[object], contents: Iterable[bytes]) -> str:
    """Return a name for all that a version is made of."""
    sums = b"".join(hashlib.sha256(content).digest() for content in contents)
    return hashlib.sha256(json.dumps(choices).encode() + sums).hexdigest()[:12]


def _archive_list(archives: Mapping[str, bytes], addresses: Mapping[str, str]) -> str:
    """Return the page's list of its archives: their addresses and sums."""
    listed = {name: {"address": addresses[name], **described(content)} for name, content in archives.items()}
    return html.escape(json.dumps(listed, separators=(",", ":")))


def _filled(own: Mapping[str, bytes], values: Mapping[str, str], *, place: str) -> dict[str, bytes]:
    """Return the files of ``web/`` with what was built named in them, by their names in the site."""
    pages = {PurePosixPath(name).stem for name in own if name.endswith(".html")}
    filled = {}
    for name, content in own.items():
        if name == WORKER:
            continue
        if name.endswith((".html", ".webmanifest")) or name == "pyscript.json":
            content = _fill(content.decode(), values, where=f"web/{name}").encode()
        at_top = "/" in name or name in AT_TOP or PurePosixPath(name).stem in pages
        filled[name if at_top else f"{place}{name}"] = content
    if CHARSET not in filled["index.html"][:CHARSET_WITHIN]:
        raise BuildError("The addresses are too long: a page must declare its encoding within its first 1,024 bytes.")
    return filled


def _place(out: Path, placed: Mapping[str, bytes], *, place: str) -> None:
    """Write the site's files, the one that names the others last, and remove those of another build."""
    # GitHub Pages passes files through as they are only with this file present.
    for name, content in {**placed, ".nojekyll": b""}.items():
        if name != "index.html":
            _write(out / name, content)
    for earlier in out.glob("app-*"):
        if earlier.name != place.rstrip("/"):
            shutil.rmtree(earlier)
    for folder in (wheels.PLACE, wheels.INDEX):
        for file in (out / folder).rglob("*"):
            if file.is_file() and file.relative_to(out).as_posix() not in placed:
                file.unlink()
    _write(out / "index.html", placed["index.html"])


def _worker(source: str, out: Path, *, version: str, place: str) -> bytes:
    """Return the service worker with the list of what a release consists of, which is written down as well."""
    files = _manifest(out)
    _write(out / "site.json", json.dumps({"version": version, "files": files}, indent=1).encode() + b"\n")
    # What few people need, and need a network for anyway, the service worker neither keeps nor answers.
    seldom = (f"{wheels.PLACE}/", f"{wheels.INDEX}/", f"{place}later.")
    offline_files = {name: file for name, file in files.items() if not name.startswith(seldom)}
    line = f"const SITE = {json.dumps({'version': version, 'files': offline_files}, separators=(',', ':'))};"
    worker, places = re.subn(r"^const SITE = .*$", lambda _: line, source, flags=re.MULTILINE)
    if places != 1:
        raise BuildError(f"web/{WORKER} has no place for the list of files.")
    return worker.encode()


def _sum_of_parts(snapshot: bytes) -> str:
    """Return the SHA-256 of the SHA-256 of each part of a gzipped snapshot: the page sums them as they come."""
    content = gzip.decompress(snapshot)
    parts = [content[start : start + SUMMED_PART] for start in range(0, len(content), SUMMED_PART)]
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def _manifest(out: Path) -> dict[str, dict[str, int | str]]:
    """Return sizes and sums of all files of the site, but those that name them."""
    return {
        name: described(file.read_bytes())
        for file in sorted(out.rglob("*"))
        if file.is_file() and (name := file.relative_to(out).as_posix()) not in {"site.json", WORKER, ".nojekyll"}
    }


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
