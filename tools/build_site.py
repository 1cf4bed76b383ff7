"""Compose the static site: ``web/`` and ``pyapp/`` with the runtime, into one directory that any static host serves.

The runtime (`tools.runtime`) is made when its pins change; composing the rest takes well under a second. The
addresses of Podio are fixed here, for the page's Content Security Policy is made from them.
"""

from __future__ import annotations

import argparse
import hashlib
import html
import io
import json
import os
import re
import shutil
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypedDict
from urllib.parse import urlsplit

from tools.runtime import BUILD, ROOT, BuildError, Runtime, exclusive, run, runtime

WEB = ROOT / "web"
PYAPP = ROOT / "pyapp"
PAGE_PACKAGES = ("podio", "workbench")
ENTRY = "workbench.browser.main"

PODIO_URL = "https://podio.com"
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
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in directives.items())


def page_sources() -> dict[str, bytes]:
    """Return the page's own Python files: name inside the archive -> content."""
    return {
        file.relative_to(PYAPP).as_posix(): file.read_bytes()
        for package in PAGE_PACKAGES
        for file in sorted((PYAPP / package).rglob("*"))
        if file.is_file() and (file.suffix == ".py" or file.name == "py.typed")
    }


def archive(files: Mapping[str, bytes]) -> bytes:
    """Return a zip archive of `files` that is the same for the same files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(files):
            target.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), files[name], zipfile.ZIP_DEFLATED, 6)
    return buffer.getvalue()


def compiled(source: bytes) -> bytes:
    """Return the archive `source` with each module's compiled form beside it; made once for the same content."""
    pins = (ROOT / "package-lock.json").read_bytes()
    compiler = Path(__file__).with_name("compile_archive.mjs")
    key = hashlib.sha256(pins + compiler.read_bytes() + source).hexdigest()[:16]
    target = BUILD / f"compiled-{key}.zip"
    if not target.exists():
        with exclusive("compile"), tempfile.TemporaryDirectory(dir=BUILD) as scratch:
            plain, made = Path(scratch, "plain.zip"), Path(scratch, "made.zip")
            plain.write_bytes(source)
            command = ["node", str(compiler), str(ROOT / "node_modules/pyodide"), str(plain), str(made)]
            run(command, what="Compiling the page's Python")
            made.rename(target)
    return target.read_bytes()


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


def _preloads(name: str, files: Runtime, archive_address: str) -> Iterator[str]:
    core = next(file for file in files.files if re.fullmatch(r"pyscript/core-.+\.js", file))
    for module in ("pyodide/pyodide.mjs", "pyodide/pyodide.asm.mjs", core):
        yield f'<link rel="modulepreload" href="{name}/{module}">'
    fetched = ["manifest.json", "pyodide/pyodide.asm.wasm", "stdlib.zip", "packages.zip"]
    if "snapshot.bin.gz" in files.files:
        fetched.append("snapshot.bin.gz")
    for address in [*(f"{name}/{file}" for file in fetched), archive_address]:
        yield f'<link rel="preload" as="fetch" crossorigin href="{address}">'


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
    extra_modules: Mapping[str, str] | None = None,
    entry: str = ENTRY,
    config: Mapping[str, Any] | None = None,
    compile_modules: bool = False,
) -> Path:
    """Compose the site in the directory `out` and return it.

    Args:
        out: Where; made if missing, files of another build in it are replaced.
        api_url: Podio's API, without a trailing slash.
        authorize_url: Podio's authorization page.
        token_url: Podio's token endpoint.
        extra_modules: More modules for the page: dotted name -> source. For tests.
        entry: The module whose ``start()`` is the page's program.
        config: Changes to ``web/config.json``.
        compile_modules: Ship compiled modules beside the sources: the page starts faster, the first build is slower.

    Raises:
        BuildError: A file, a package or a tool is missing, or an address can't be used.
    """
    sources = page_sources()
    for name, source in (extra_modules or {}).items():
        sources[name.replace(".", "/") + ".py"] = source.encode()
    try:
        texts = [content.decode() for name, content in sources.items() if name.endswith(".py")]
        made = runtime(texts)
    except SyntaxError as error:
        raise BuildError(f"The page's Python can't be parsed: {error}") from error
    pyapp = archive(sources)
    if compile_modules:
        pyapp = compiled(pyapp)
    out.mkdir(parents=True, exist_ok=True)
    _place_runtime(made, out)
    _write(out / "pyapp.zip", pyapp)

    settings = read_config(config)
    own = {file.relative_to(WEB).as_posix(): file for file in sorted(WEB.rglob("*")) if file.is_file()}
    stamp = hashlib.sha256(pyapp + b"".join(file.read_bytes() for file in own.values())).hexdigest()[:12]
    policy = content_security_policy(api_url=api_url, authorize_url=authorize_url, token_url=token_url)
    archive_address = f"pyapp.zip?v={stamp}"
    values = {
        "csp": html.escape(policy, quote=True).replace("&#x27;", "'"),
        "api_url": html.escape(api_url),
        "authorize_url": html.escape(authorize_url),
        "token_url": html.escape(token_url),
        "version": html.escape(version()),
        "entry": html.escape(entry),
        "title": html.escape(str(settings.get("texts", {}).get("title") or "Podio Workbench")),
        "runtime": made.path.name,
        "pyodide_version": made.pyodide_version,
        "archive": archive_address,
        "archive_sha256": hashlib.sha256(pyapp).hexdigest(),
        "preloads": "\n    ".join(_preloads(made.path.name, made, archive_address)),
        "stamp": stamp,
    }
    for name, file in own.items():
        if name == "config.json":
            content = json.dumps(settings, indent=2, ensure_ascii=False).encode() + b"\n"
        elif name in {"index.html", "pyscript.json"}:
            content = _fill(file.read_text(encoding="utf-8"), values, where=f"web/{name}").encode()
        else:
            content = file.read_bytes()
        if name != "index.html":
            _write(out / name, content)
    # GitHub Pages passes files through as they are only with this file present.
    _write(out / ".nojekyll", b"")
    # Last, for it names the others.
    index = _fill((WEB / "index.html").read_text(encoding="utf-8"), values, where="web/index.html")
    _write(out / "index.html", index.encode())
    return out


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
    options = parser.parse_args(arguments)
    config = {} if options.client_id is None else {"client_id": options.client_id}
    try:
        build(options.out, config=config, compile_modules=True, **addresses_of(options.podio))
    except (BuildError, OSError) as error:
        sys.exit(f"build_site: {error}")
    print(f"the site is in {options.out}/")


if __name__ == "__main__":
    main()
