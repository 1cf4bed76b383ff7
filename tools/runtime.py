"""Make the part of the site that changes only with its pins: Pyodide, PyScript, Python packages, memory snapshot.

There are two kinds. To develop with, the runtime holds a snapshot without the page's own code, which may change all the
time. For a release everything is as small as it gets, and the builder takes a snapshot with the page's own code in it.

What is made lies in ``build/runtime-KEY``, where KEY covers everything it is made from: the lock files, these tools,
and the names of the modules that the page imports (not the page's own code). So it is made again only when one of them
changes, its address is stable, and two processes may need it at once: it is made once, and appears whole.
"""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.page_modules import imports

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
NODE_MODULES = ROOT / "node_modules"
REQUIREMENTS = ("page.txt", "pyodide.txt")

BASELINE_MODULES = """
_pyodide pyodide pyodide.code pyodide.console pyodide.ffi pyodide.ffi.wrappers pyodide.http pyodide.webloop
abc ast asyncio base64 binascii bisect calendar codecs collections collections.abc contextlib contextvars copy csv
dataclasses datetime decimal difflib email.message email.utils enum fractions functools gc hashlib heapq hmac html
html.entities html.parser http http.client http.cookies importlib importlib.metadata importlib.resources inspect io
itertools json keyword linecache locale logging math mimetypes operator os os.path pathlib pprint queue random re
secrets shutil string struct sys tempfile textwrap threading time tokenize traceback types typing unicodedata
urllib.error urllib.parse urllib.request uuid warnings weakref zipfile zipimport zlib
"""
"""Always there, so that an import added in the page's code rarely costs a new runtime."""

RELEASED_MODULES = """
_pyodide pyodide pyodide.code pyodide.ffi pyodide.ffi.wrappers pyodide.http pyodide.webloop
codecs importlib.metadata importlib.resources inspect linecache mimetypes string tempfile traceback zipimport
"""
"""What a release always has: what Pyodide and the packages import late, beside the imports of the page's code."""

BASELINE_PACKAGES = ("httpx2", "htpy", "markupsafe")

HOUR = 3600

PYODIDE_FILES = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
PYSCRIPT_FILES = ("core.js", "core-*.js", "error-*.js")
LIBRARIES = {"idiomorph.js": "idiomorph/dist/idiomorph.min.js"}


class BuildError(Exception):
    """The site can't be built; the message says why and what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Runtime:
    """A runtime in `build/`.

    Attributes:
        path: The directory that holds it, named ``runtime-KEY``.
        files: Name below `path` -> size in bytes and SHA-256 in hex.
        pyodide_version: Pyodide's version.
    """

    path: Path
    files: dict[str, dict[str, int | str]]
    pyodide_version: str

    def file(self, name: str) -> Path:
        """Return the file of that name; in a release it is gzipped."""
        return self.path / (name if name in self.files else f"{name}.gz")


@contextmanager
def exclusive(name: str) -> Iterator[None]:
    """Hold the lock `name` among all processes that build here."""
    BUILD.mkdir(exist_ok=True)
    with (BUILD / f".{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def tool_environment() -> dict[str, str]:
    """Return the environment for tools: a Node that the set-up put beside this Python is found."""
    return {**os.environ, "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])}


def run(command: list[str], *, task: str) -> None:
    """Run `command`.

    Raises:
        BuildError: It failed, or isn't there; with the end of what it printed.
    """
    try:
        process = subprocess.run(
            command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, env=tool_environment()
        )
    except FileNotFoundError as error:
        raise BuildError(f"{task}: {command[0]} is not installed. Run `make setup`.") from error
    if process.returncode:
        raise BuildError(f"{task} failed:\n{(process.stderr or process.stdout)[-3000:]}")


def imported_names(sources: Iterable[str]) -> set[str]:
    """Return the absolute names that `sources` import anywhere, late imports included."""
    return set().union(*map(imports, sources))


def _is_stdlib_module(name: str) -> bool:
    if name.partition(".")[0] not in sys.stdlib_module_names:
        return False
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def needed_modules(sources: Iterable[str], *, baseline: str = BASELINE_MODULES) -> list[str]:
    """Return what the runtime must hold for `sources`: modules of the standard library and third-party packages."""
    pyscript = (NODE_MODULES / "@pyscript/core/src/stdlib/pyscript").glob("*.py")
    names = imported_names([*sources, *(file.read_text(encoding="utf-8") for file in pyscript)])
    modules = {name for name in names if _is_stdlib_module(name)} | set(baseline.split())
    modules.discard("__future__")
    available = third_party_names()
    modules |= {top for name in [*names, *BASELINE_PACKAGES] if (top := name.partition(".")[0]) in available}
    return sorted(modules)


def third_party_names() -> set[str]:
    """Return the top-level names of the packages that the page may import."""
    return {entry.stem for entry in packages().iterdir() if not entry.name.endswith(".dist-info")}


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()[:12]


def _tidy() -> None:
    """Remove what an ended process left half made, and what nobody has used in weeks."""
    for entry in BUILD.iterdir():
        age = time.time() - entry.stat().st_mtime
        left_over = entry.name.startswith(".making-") and age > HOUR
        old = (
            entry.name.startswith(
                ("runtime-", "packages-", "compiled-", "released-", "sample-", "later-", "snapshot-", "wheels-")
            )
            and age > 14 * 24 * HOUR
        )
        if left_over or old:
            shutil.rmtree(entry, ignore_errors=True) if entry.is_dir() else entry.unlink(missing_ok=True)


def _publish(directory: Path, target: Path) -> None:
    """Give a directory its name at once, whole; where another process was first, its work stands."""
    try:
        directory.rename(target)
    except OSError:
        if not target.is_dir():
            raise
        shutil.rmtree(directory)


def packages() -> Path:
    """Return a directory with the third-party packages that may run in the page, as pure Python.

    A compiled file is dropped: what needs one there has a pure fallback (markupsafe).
    """
    requirements = [ROOT / "requirements" / name for name in REQUIREMENTS]
    key = _digest([b"1", *(file.read_bytes() for file in requirements)])
    target = BUILD / f"packages-{key}"
    if target.is_dir():
        os.utime(target)
        return target
    with exclusive("packages"):
        if target.is_dir():
            return target
        directory = Path(tempfile.mkdtemp(prefix=".making-", dir=BUILD))
        for file in requirements:
            # They run on Pyodide's Python, which is newer than the one that installs them.
            options = ["-qq", "--no-deps", "--no-compile", "--ignore-requires-python", "--require-hashes"]
            command = [sys.executable, "-m", "pip", "install", *options, "--upgrade", "--target", str(directory)]
            run([*command, "-r", str(file)], task=f"Installing requirements/{file.name}")
        for entry in sorted(directory.rglob("*"), reverse=True):
            relative = entry.relative_to(directory)
            metadata = relative.parts[0].endswith(".dist-info")
            if entry.is_file() and (entry.name != "METADATA" if metadata else entry.suffix != ".py"):
                entry.unlink()
            elif entry.is_dir() and not any(entry.iterdir()):
                entry.rmdir()
        shutil.rmtree(directory / "bin", ignore_errors=True)
        directory.chmod(0o755)
        _publish(directory, target)
    return target


def runtime_for(sources: Iterable[str], *, release: bool = False) -> Runtime:
    """Return the runtime for a page made of `sources`; make it where it is not there yet (some ten seconds).

    Args:
        sources: All modules of the page.
        release: Make it as small as it gets, without a snapshot.

    Raises:
        BuildError: npm's packages are missing, or a tool failed.
    """
    for directory in ("pyodide", "@pyscript/core", "idiomorph", "@picocss/pico"):
        if not (NODE_MODULES / directory).is_dir():
            raise BuildError(f"node_modules/{directory} is missing. Run `make setup`.")
    modules = needed_modules(sources, baseline=RELEASED_MODULES if release else BASELINE_MODULES)
    inputs = [
        ROOT / "package-lock.json",
        *(ROOT / "requirements" / name for name in REQUIREMENTS),
        Path(__file__),
        Path(__file__).with_name("make_runtime.mjs"),
        Path(__file__).with_name("snapshot.mjs"),
    ]
    key = _digest([json.dumps([modules, release]).encode(), *(file.read_bytes() for file in inputs)])
    target = BUILD / f"runtime-{key}"
    if not target.is_dir():
        with exclusive("runtime"):
            if not target.is_dir():
                _tidy()
                _publish(_make(modules, release=release), target)
    os.utime(target)
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    return Runtime(path=target, files=manifest["files"], pyodide_version=manifest["version"])


def described(content: bytes) -> dict[str, int | str]:
    """Return what a manifest says of a file; of a compressed one also what it is unpacked, for it may be kept so."""
    entry: dict[str, int | str] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    if content[:2] == b"\x1f\x8b":
        raw = gzip.decompress(content)
        entry |= {"unpacked_bytes": len(raw), "unpacked_sha256": hashlib.sha256(raw).hexdigest()}
    return entry


def _make(modules: list[str], *, release: bool) -> Path:
    print("making the browser's runtime …", file=sys.stderr, flush=True)
    directory = Path(tempfile.mkdtemp(prefix=".making-", dir=BUILD))
    pyodide = NODE_MODULES / "pyodide"
    request = directory / "request.json"
    request.write_text(
        json.dumps({"packages": str(packages()), "modules": modules, "release": release}), encoding="utf-8"
    )
    maker = Path(__file__).with_name("make_runtime.mjs")
    run(["node", str(maker), str(pyodide), str(request), str(directory)], task="Making the runtime")
    report = json.loads((directory / "made.json").read_text(encoding="utf-8"))
    if report["snapshot"] is None and not release:
        print(f"no memory snapshot, pages will start more slowly: {report['reason']}", file=sys.stderr, flush=True)
    request.unlink()
    (directory / "made.json").unlink()
    (directory / "pyodide").mkdir()
    for name in PYODIDE_FILES:
        shutil.copyfile(pyodide / name, directory / "pyodide" / name)
    (directory / "pyscript").mkdir()
    for pattern in PYSCRIPT_FILES:
        for file in (NODE_MODULES / "@pyscript/core/dist").glob(pattern):
            shutil.copyfile(file, directory / "pyscript" / file.name)
    for name, source in LIBRARIES.items():
        shutil.copyfile(NODE_MODULES / source, directory / name)
    for file in directory.rglob("*"):
        # A source map that isn't served is a failed request in the developer's tools.
        if file.suffix in {".js", ".mjs"}:
            lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
            file.write_text("".join(x for x in lines if not x.startswith("//# sourceMappingURL=")), encoding="utf-8")
    lock = json.loads((pyodide / "pyodide-lock.json").read_text(encoding="utf-8"))
    manifest = {
        "version": json.loads((pyodide / "package.json").read_text(encoding="utf-8"))["version"],
        "lock": {"info": lock["info"], "packages": {}},
        "snapshot": report["snapshot"],
        "files": {
            str(file.relative_to(directory).as_posix()): described(file.read_bytes())
            for file in sorted(directory.rglob("*"))
            if file.is_file()
        },
    }
    (directory / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    for file in directory.rglob("*"):
        file.chmod(0o755 if file.is_dir() else 0o644)
    directory.chmod(0o755)
    return directory
