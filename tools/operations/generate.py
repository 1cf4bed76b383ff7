"""Makes the files of `podio.areas` and docs/operations.md from the table, formatted by ruff."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tools.operations import render
from tools.operations.table import read

ROOT = Path(__file__).resolve().parents[2]
AREAS = Path("pyapp/podio/areas")
PAGE = Path("docs/operations.md")
INTRODUCTION = Path(__file__).with_name("page.md")
WRITTEN_BY_HAND = frozenset({"calls.py"})


def generated() -> dict[Path, bytes]:
    """Return each generated file's content by its path in the repository."""
    operations = read()
    sources = {f"{area}.py": render.area_module(rows) for area, rows in render.by_area(operations).items()}
    sources["__init__.py"] = render.areas_module(operations)
    files = {AREAS / name: content for name, content in _formatted(sources).items()}
    files[PAGE] = render.page(INTRODUCTION.read_text(encoding="utf-8"), operations).encode()
    return files


def write() -> None:
    """Write the files, and remove modules of areas that the table no longer has."""
    files = generated()
    for path, content in files.items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_bytes(content)
    for module in left_over(set(files)):
        module.unlink()


def left_over(files: set[Path]) -> list[Path]:
    """Return the modules in the package that are neither generated nor written by hand."""
    present = {path.relative_to(ROOT) for path in (ROOT / AREAS).glob("*.py") if path.name not in WRITTEN_BY_HAND}
    return sorted(ROOT / path for path in present - files)


def _formatted(sources: dict[str, str]) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as directory:
        for name, source in sources.items():
            (Path(directory) / name).write_text(source, encoding="utf-8", newline="\n")
        configuration = ROOT / "pyproject.toml"
        ruff = [sys.executable, "-m", "ruff"]
        options = ["--quiet", "--no-cache", "--config", str(configuration), directory]
        subprocess.run([*ruff, "format", *options], check=True)
        return {name: (Path(directory) / name).read_bytes() for name in sources}
