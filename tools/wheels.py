"""The wheels that lie on the site, and the index by which pip and micropip find them.

There are the client library's own wheel, micropip's, and those that the page loads when they are first needed
(``requirements/later.txt``), with all that these need inside Pyodide.

The index is the simple repository's HTML form (PEP 503), a folder with an ``index.html`` for each project. It is the
one form that a host which goes by file names can serve: micropip decides by the content type, takes
``application/json`` for an older interface of PyPI, and no file name gives ``application/vnd.pypi.simple.v1+json``. It
is also the one in which micropip takes an address relative to the page it stands on, so that the site may lie below
any path.

``python -m tools.wheels DIRECTORY`` builds the project's own wheels alone: the client library's and the emulator's.
"""

from __future__ import annotations

import hashlib
import html
import io
import json
import re
import shutil
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.once import make_once
from tools.runtime import NODE_MODULES, ROOT, BuildError, run

LATER = "later.txt"
"""Pins what is installed in the page when it is first needed."""

POOL = ("page.txt", "pyodide.txt")
"""Pin what those wheels may need."""

PLACE = "wheels"
INDEX = "simple"

CHANGELOG = "CHANGELOG.md"
"""What changed, for all distributions; it ends what a package index shows of each."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Own:
    """One of the project's distributions: its project file, package and description, below the repository's root."""

    project: str
    package: str
    readme: str


CLIENT = Own(project="pyproject.toml", package="podio", readme="docs/podio-client.md")
EMULATOR = Own(project="podio-emulator.toml", package="podio_emulator", readme="docs/podio-emulator.md")


def wheels(*, own: bool) -> dict[str, bytes]:
    """Return the wheels for the site: file name -> content.

    Args:
        own: With the client library's own, and all that it needs.

    Raises:
        BuildError: One can't be had, needs what is not pinned, or is compiled for anything else than Pyodide.
    """
    selection = {**(own_wheel() if own else {}), **_pinned(LATER, f"--platform={_platform()}")}
    pool = {_project(name): (name, content) for file in POOL for name, content in _pinned(file).items()}
    unseen = list(selection)
    while unseen:
        name = unseen.pop()
        for project in set(_needs(selection[name])) - {_project(there) for there in selection}:
            if project not in pool:
                raise BuildError(f"{name} needs {project}, which requirements/ does not pin.")
            wheel, content = pool[project]
            selection[wheel] = content
            unseen.append(wheel)
    endings = ("-none-any.whl", f"-{_platform()}.whl")
    if foreign := [name for name in selection if not name.endswith(endings)]:
        raise BuildError(f"These wheels are neither pure Python nor compiled for the page's: {', '.join(foreign)}")
    return dict(sorted(selection.items()))


def own_wheel(own: Own = CLIENT) -> dict[str, bytes]:
    """Return the wheel of one of the project's distributions, the same for the same sources: file name -> content."""
    sources = {name: (ROOT / name).read_bytes() for name in (own.project, own.readme, CHANGELOG, "LICENSE")}
    for file in sorted((ROOT / "pyapp" / own.package).rglob("*")):
        if file.suffix in {".py", ".typed"}:
            sources[file.relative_to(ROOT).as_posix()] = file.read_bytes()
    parts = [(ROOT / "requirements/build.txt").read_bytes()]
    parts += [part for name, content in sources.items() for part in (name.encode(), content)]

    def make(target: Path) -> None:
        folder, checkout = target.with_name("wheel"), target.with_name("sources")
        laid_out = {**sources, "pyproject.toml": sources[own.project]}
        laid_out[own.readme] += b"\n" + re.sub(rb"^#", b"##", sources[CHANGELOG], flags=re.MULTILINE)
        for name, content in laid_out.items():
            file = checkout / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        # Its files' times: not those of this checkout, whatever the environment says.
        command = ["env", "SOURCE_DATE_EPOCH=315532800", sys.executable, "-m", "pip", "wheel", "-qq", "--no-deps"]
        command += ["--no-build-isolation", "--no-index", "-w", str(folder), str(checkout)]
        run(command, task=f"Building the wheel of {own.package}")
        pack(folder, target)

    return _unpacked(make_once("wheels", parts, make))


def own_wheels() -> dict[str, bytes]:
    """Return the wheels of both distributions: file name -> content."""
    return own_wheel(CLIENT) | own_wheel(EMULATOR)


def index(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the pages of the index of these wheels: path on the site -> content."""
    projects: dict[str, list[str]] = {}
    for name, content in files.items():
        checksum = hashlib.sha256(content).hexdigest()
        # The client library keeps its name while it is developed: a cached wheel must not pass for a newer one.
        address = html.escape(f"../../{PLACE}/{name}?v={checksum[:12]}#sha256={checksum}")
        needs = metadata_of(content)["Requires-Python"]
        python = f' data-requires-python="{html.escape(needs)}"' if needs else ""
        projects.setdefault(_project(name), []).append(f'<a href="{address}"{python}>{html.escape(name)}</a>')
    pages = {f"{INDEX}/{project}/index.html": _page(project, links) for project, links in projects.items()}
    pages[f"{INDEX}/index.html"] = _page("Packages", [f'<a href="{name}/">{name}</a>' for name in sorted(projects)])
    return pages


def python_files(files: Mapping[str, bytes], project: str) -> dict[str, bytes]:
    """Return the modules of one of these wheels: name in the archive -> source."""
    content = next(content for name, content in files.items() if _project(name) == project)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.endswith(".py")}


def _page(title: str, links: Iterable[str]) -> bytes:
    lines = ["<!DOCTYPE html>", '<html lang="en">', '<meta charset="utf-8">']
    lines += ['<meta name="pypi:repository-version" content="1.0">', f"<title>{html.escape(title)}</title>"]
    return "\n".join([*lines, *(f"<p>{link}</p>" for link in links), ""]).encode()


def _pyodide(name: str) -> str:
    lock = json.loads((NODE_MODULES / "pyodide" / "pyodide-lock.json").read_text(encoding="utf-8"))
    return str(lock["info"][name])


def _python_of_pyodide() -> str:
    return _pyodide("python")


def _platform() -> str:
    """Return the platform that compiled wheels for Pyodide name (PEP 783)."""
    return f"pyemscripten_{_pyodide('abi_version')}_{_pyodide('arch')}"


def _pinned(requirements: str, *more: str) -> dict[str, bytes]:
    """Return the wheels that a file of ``requirements/`` pins, for Pyodide's Python: file name -> content."""
    file = ROOT / "requirements" / requirements
    python = _python_of_pyodide()

    def make(target: Path) -> None:
        folder = target.with_name("wheels")
        options = ["-qq", "--no-deps", "--require-hashes", "--only-binary=:all:", "--python-version", python, *more]
        command = [sys.executable, "-m", "pip", "download", *options, "-d", str(folder), "-r", str(file)]
        run(command, task=f"Downloading requirements/{requirements}")
        pack(folder, target)

    return _unpacked(make_once("wheels", [file.read_bytes(), python.encode(), *map(str.encode, more)], make))


def pack(folder: Path, target: Path) -> None:
    """Put a folder's wheels into one file."""
    with zipfile.ZipFile(target, "w") as archive:
        for file in sorted(folder.glob("*.whl")):
            archive.write(file, file.name)


def _unpacked(packed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _project(name: str) -> str:
    return canonicalize_name(name.partition("-")[0])


def metadata_of(wheel: bytes) -> Message:
    """Return what a wheel says of itself."""
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return BytesHeaderParser().parsebytes(archive.read(name))


def _needs(wheel: bytes) -> Iterator[str]:
    """Yield the projects that `wheel` needs inside Pyodide, without its extras."""
    python = _python_of_pyodide()
    inside = {
        "sys_platform": "emscripten",
        "platform_system": "Emscripten",
        "platform_machine": "wasm32",
        "python_version": ".".join(python.split(".")[:2]),
        "python_full_version": python,
        "extra": "",
    }
    for line in metadata_of(wheel).get_all("Requires-Dist", []):
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate(inside):
            yield canonicalize_name(requirement.name)


def main(arguments: list[str]) -> None:
    """Build the project's own wheels into a directory, in place of what is there."""
    out = Path(arguments[0] if arguments else "build/wheel")
    try:
        wheel_files = own_wheels()
    except BuildError as error:
        sys.exit(f"wheels: {error}")
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    for name, content in wheel_files.items():
        (out / name).write_bytes(content)
        print(out / name)


if __name__ == "__main__":
    main(sys.argv[1:])
