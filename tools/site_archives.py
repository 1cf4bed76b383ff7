"""The archives of Python modules that a page loads, and the snapshot of Python's memory with its own modules imported.

What takes long is made once for the same sources, pins and tools, and kept in ``build/``.
"""

from __future__ import annotations

import gzip
import io
import json
import sys
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from tools import wheels
from tools.once import make_once
from tools.page_modules import reachable
from tools.runtime import ROOT, BuildError, Runtime, packages, run

PYAPP = ROOT / "pyapp"
PAGE_PACKAGES = ("podio", "workbench")
SAMPLE_ENTRY = "podio_emulator.application"
"""What the second archive begins with, which is loaded on demand: it holds all that this imports. What
serves an emulator, and what only tests make in one, stays out."""

INSTALLER = "micropip"
"""What the third archive holds, with the rest of the standard library: a package that comes later may import any."""

APP_PATH = "/home/pyodide/pyapp.zip"


def page_sources(packages: tuple[str, ...] = PAGE_PACKAGES) -> dict[str, bytes]:
    """Return the Python files of the project's packages: name inside the archive -> source."""
    return {
        file.relative_to(PYAPP).as_posix(): file.read_bytes()
        for package in packages
        for file in sorted((PYAPP / package).rglob("*.py"))
    }


def sample_sources() -> dict[str, bytes]:
    """Return the project's Python files in the sample data's archive: name inside the archive -> source."""
    return reachable(page_sources(("podio_emulator",)), [SAMPLE_ENTRY])


def archive(files: Mapping[str, bytes]) -> bytes:
    """Return a zip archive of `files` that is the same for the same files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(files):
            target.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), files[name], zipfile.ZIP_DEFLATED, 6)
    return buffer.getvalue()


def _make_once(kind: str, parts: Iterable[bytes], tools: Iterable[str], make: Callable[[Path], None]) -> bytes:
    """Return what `make` writes into a file; make it once for the same `parts`, pins and `tools`."""
    own = [Path(__file__).with_name(tool).read_bytes() for tool in tools]
    return make_once(kind, [(ROOT / "package-lock.json").read_bytes(), *own, *parts], make)


def _node(tool: str, *arguments: str | Path, task: str) -> None:
    command = [Path(__file__).with_name(tool), ROOT / "node_modules/pyodide", *arguments]
    run(["node", *map(str, command)], task=task)


def compiled(source: bytes) -> bytes:
    """Return the archive `source` with each module's compiled form beside it."""

    def make(target: Path) -> None:
        plain = target.with_name("plain.zip")
        plain.write_bytes(source)
        _node("compile_archive.mjs", plain, target, task="Compiling the page's Python")

    return _make_once("compiled", [source], ["compile_archive.mjs", "snapshot.mjs"], make)


def released(source: bytes, *, path: str, has: Iterable[Path] = (), complete: bool = False) -> bytes:
    """Return the archive `source` as a release ships it: compiled modules only, gzipped.

    Args:
        source: The archive of modules.
        path: Where the page has it; a traceback names it.
        has: Gzipped archives that the page has.
        complete: Add all that the modules import of packages and the standard library and that is not in `has`.
    """
    request = {"path": path, "packages": str(packages()), "has": [str(file) for file in has], "complete": complete}

    def make(target: Path) -> None:
        plain, request_file = target.with_name("plain.zip"), target.with_name("request.json")
        plain.write_bytes(source)
        request_file.write_text(json.dumps(request), encoding="utf-8")
        _node("compile_archive.mjs", plain, target, request_file, task=f"Compiling {path}")

    parts = [source, path.encode(), *(file.read_bytes() for file in has), packages().name.encode(), bytes([complete])]
    return _make_once("released", parts, ["compile_archive.mjs", "snapshot.mjs"], make)


def snapshot_of(runtime: Runtime, pyapp: bytes, *, entry: str) -> bytes | None:
    """Return the gzipped memory snapshot with the module `entry` imported, or None where none can be taken."""

    def make(target: Path) -> None:
        archive_file, request_file = target.with_name("pyapp.zip.gz"), target.with_name("request.json")
        archive_file.write_bytes(pyapp)
        request = {
            "stdlib": str(runtime.file("stdlib.zip")),
            "archives": {"/lib/packages.zip": str(runtime.file("packages.zip")), APP_PATH: str(archive_file)},
            # The second: what PyScript imports when it joins.
            "names": [entry, "pyodide.http"],
        }
        request_file.write_text(json.dumps(request), encoding="utf-8")
        _node("make_snapshot.mjs", request_file, target, task="Taking the memory snapshot")

    try:
        parts = [runtime.path.name.encode(), pyapp, entry.encode()]
        return _make_once("snapshot", parts, ["make_snapshot.mjs", "snapshot.mjs"], make)
    except BuildError as error:
        print(f"no memory snapshot, the page will start more slowly: {error}", file=sys.stderr, flush=True)
        return None


def archives(
    sources: Mapping[str, bytes],
    installable: Mapping[str, bytes],
    runtime: Runtime,
    *,
    release: bool,
    is_small: bool,
    compile_modules: bool,
) -> dict[str, bytes]:
    """Return the archives of Python modules that the page can load, by name.

    Args:
        sources: The page's own modules.
        installable: The wheels of the site, by file name.
        runtime: The runtime; that of a release where anything is as a release has it.
        release: Whether all of them are as a release has them.
        is_small: Whether the page's own modules are, as small as they get: for a snapshot of them as well.
        compile_modules: Whether the page's own modules, where they aren't so, have their compiled forms beside them.
    """
    pyapp, later = archive(sources), _later(runtime, installable)
    if is_small:
        pyapp = released(pyapp, path=APP_PATH)
    elif compile_modules:
        pyapp = compiled(pyapp)
    if not release:
        return {"pyapp": pyapp, "sample": _sample_to_develop_with(runtime), "later": later}
    sample, has = archive(sample_sources()), [runtime.path / "stdlib.zip.gz", runtime.path / "packages.zip.gz"]
    return {
        "pyapp": pyapp,
        "sample": released(sample, path="/home/pyodide/sample.zip", has=has, complete=True),
        "later": released(later, path="/home/pyodide/later.zip"),
    }


def _rest_of_stdlib(runtime: Runtime) -> dict[str, bytes]:
    """Return the modules of the standard library that the page does not start with: name in the archive -> source."""
    plain = runtime.path / "stdlib.zip"
    packed = plain.read_bytes() if plain.exists() else gzip.decompress(Path(f"{plain}.gz").read_bytes())
    there = set(zipfile.ZipFile(io.BytesIO(packed)).namelist())
    stock = zipfile.ZipFile(ROOT / "node_modules/pyodide/python_stdlib.zip")
    return {name: stock.read(name) for name in stock.namelist() if name.endswith(".py") and f"{name}c" not in there}


def _later(runtime: Runtime, installable: Mapping[str, bytes]) -> bytes:
    """Return the archive of what the page loads to install a package, as sources."""
    installer = wheels.python_files(installable, INSTALLER)

    def make(target: Path) -> None:
        target.write_bytes(archive({**_rest_of_stdlib(runtime), **installer}))

    return _make_once("later", [runtime.path.name.encode(), *installer.values()], [], make)


def _sample_to_develop_with(runtime: Runtime) -> bytes:
    """Return the sample data's archive with all packages and the standard library's other modules, as sources."""
    own = sample_sources()

    def make(target: Path) -> None:
        more = _rest_of_stdlib(runtime)
        for file in sorted(packages().rglob("*.py")):
            more[file.relative_to(packages()).as_posix()] = file.read_bytes()
        target.write_bytes(archive({**more, **own}))

    parts = [part for name, content in own.items() for part in (name.encode(), content)]
    return _make_once("sample", [*parts, runtime.path.name.encode(), packages().name.encode()], [], make)
