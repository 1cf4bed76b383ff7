"""Two builds of the site are the same, byte for byte.

One is made here, with whatever ``build/`` already holds. The other is made by a copy of the sources that lies elsewhere
and has made nothing yet: it makes everything again in a process of its own, under another time zone and with other
random hashes: the packages' folder, the runtime with its trimmed standard library, the compiled archives, the memory
snapshot, the wheels with their index, the list of sums. Only npm's packages are shared; the lock file pins them.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.build_site import build

ROOT = Path(__file__).resolve().parents[3]
SOURCES = ("tools", "web", "pyapp", "requirements", "docs")
FILES = ("pyproject.toml", "package.json", "package-lock.json", "CHANGELOG.md", "LICENSE", ".gitignore")


def sums(site: Path) -> dict[str, str]:
    """Return the SHA-256 of every file: path below `site` -> sum."""
    files = [file for file in sorted(site.rglob("*")) if file.is_file()]
    return {file.relative_to(site).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def test_a_build_elsewhere_from_nothing_gives_the_same_bytes(tmp_path: Path) -> None:
    copy = tmp_path / "another checkout"
    for name in SOURCES:
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copyfile(ROOT / name, copy / name)
    (copy / "node_modules").symlink_to(ROOT / "node_modules")
    elsewhere = subprocess.Popen(
        [sys.executable, "-m", "tools.build_site", str(tmp_path / "second")],
        cwd=copy,
        env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "SOURCE_DATE_EPOCH": "1700000000"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    first = sums(build(tmp_path / "first", release=True))
    output, _ = elsewhere.communicate(timeout=300)
    assert elsewhere.returncode == 0, output
    second = sums(tmp_path / "second")
    assert [name for name in sorted(first.keys() | second.keys()) if first.get(name) != second.get(name)] == []
    files = json.loads((tmp_path / "first" / "site.json").read_text(encoding="utf-8"))["files"]
    assert {name: file["sha256"] for name, file in files.items()}.items() <= first.items()
    assert first.keys() - files.keys() == {"site.json", "service-worker.js", ".nojekyll"}
