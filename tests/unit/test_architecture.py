"""The arrows of the design: who may import whom, and what an import may do."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PYAPP = Path(__file__).resolve().parents[2] / "pyapp"
OURS = {"podio", "workbench", "podio_emulator"}
ALLOWED = {"podio": {"podio"}, "workbench": {"workbench", "podio"}, "podio_emulator": {"podio_emulator"}}
LATE = {"workbench.browser.sample": "podio_emulator"}
"""Who may import along no arrow, but only inside a function: the sample data runs the emulator in the page. That lies
in an archive of its own, which is loaded when somebody opens the sample, so that nobody else pays for it."""
BROWSERS_OWN = {"js", "pyodide", "pyodide_js", "_pyodide", "pyscript", "polyscript"}

MODULES = sorted(PYAPP.rglob("*.py"))


def dotted(file: Path) -> str:
    parts = file.relative_to(PYAPP).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def is_browser(name: str) -> bool:
    return "browser" in name.split(".")


def late_lines(tree: ast.Module) -> set[int]:
    """Return the lines that lie inside a function: what is there runs when it is called, not at the import."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return {line for node in functions for line in range(node.body[0].lineno, (node.end_lineno or 0) + 1)}


def imports(file: Path) -> Iterator[tuple[int, str]]:
    """Yield line and absolute name of everything that `file` imports, wherever it does."""
    name = dotted(file)
    package = name.split(".") if file.name == "__init__.py" else name.split(".")[:-1]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            stem = ".".join([*base, *([node.module] if node.module else [])])
            for alias in node.names:
                full = f"{stem}.{alias.name}"
                as_module = PYAPP / full.replace(".", "/")
                yield node.lineno, full if as_module.is_dir() or as_module.with_suffix(".py").exists() else stem


def violations(file: Path) -> Iterator[str]:
    name = dotted(file)
    late = late_lines(ast.parse(file.read_text(encoding="utf-8")))
    for line, imported in imports(file):
        where = f"{file.relative_to(PYAPP)}:{line} imports {imported}"
        top = imported.partition(".")[0]
        if LATE.get(name) == top and line in late:
            continue
        if top in OURS and top not in ALLOWED[name.partition(".")[0]]:
            yield f"{where}: the arrows point the other way"
        if is_browser(name):
            continue
        if top in BROWSERS_OWN:
            yield f"{where}: only browser/ may"
        if top in OURS and is_browser(imported):
            yield f"{where}: the pure part doesn't know browser/"


def test_there_are_modules_to_check() -> None:
    assert len(MODULES) > 10


@pytest.mark.parametrize("file", MODULES, ids=dotted)
def test_a_module_imports_only_along_the_arrows(file: Path) -> None:
    assert list(violations(file)) == []


def test_the_page_imports_the_emulator_in_one_place_and_late() -> None:
    """Elsewhere, or at the import, it would have to be in the archive that every page loads."""
    users = {
        dotted(file): line in late_lines(ast.parse(file.read_text(encoding="utf-8")))
        for file in MODULES
        if dotted(file).startswith("workbench")
        for line, imported in imports(file)
        if imported.partition(".")[0] == "podio_emulator"
    }
    assert users == dict.fromkeys(LATE, True)


IMPORT_QUIETLY = """
import importlib, sys
# What others' packages do at their import is not ours to judge.
others = "anyio asyncio htpy httpx2 markupsafe redis.asyncio starlette.applications starlette.responses"
for name in others.split():
    try:
        importlib.import_module(name)
    except ImportError:
        pass

importing = []
def watch(event, arguments):
    if not importing:
        return
    if event.startswith(("socket.", "urllib.", "subprocess.", "http.")) or event in {"os.system", "os.mkdir"}:
        raise RuntimeError(f"{importing[-1]} does {event}")
    if event == "open":
        path, mode, flags = arguments
        reads_code = isinstance(path, (str, bytes)) and str(path).endswith((".py", ".pyc", ".so", "pyvenv.cfg"))
        if not reads_code and not str(path).startswith(sys.base_prefix):
            raise RuntimeError(f"{importing[-1]} opens {path}")
sys.addaudithook(watch)
sys.dont_write_bytecode = True
for name in sys.argv[1:]:
    importing.append(name)
    importlib.import_module(name)
assert not {"js", "pyodide", "pyscript"} & set(sys.modules)
"""


@pytest.mark.parametrize("package", sorted(OURS))
def test_importing_pure_modules_touches_neither_network_nor_files(package: str) -> None:
    names = [dotted(file) for file in MODULES if dotted(file).partition(".")[0] == package]
    pure = [name for name in names if not is_browser(name) and not name.endswith("__main__")]
    process = subprocess.run(
        [sys.executable, "-W", "error", "-c", IMPORT_QUIETLY, *pure],
        env={**os.environ, "PYTHONPATH": str(PYAPP)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 0, process.stderr[-3000:]


def test_every_module_opens_with_its_promise() -> None:
    silent = [dotted(file) for file in MODULES if not ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))]
    assert silent == []
