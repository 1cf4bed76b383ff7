"""What importing the library costs on CPython beside importing httpx2, which it needs, in CPU time."""

from __future__ import annotations

import compileall
import os
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 15
MOST = {"podio": 90.0, "podio.sync": 120.0}
"""Milliseconds that each may take."""


def milliseconds(module: str, place: Path) -> float:
    """Return the CPU time of a program that only imports the module; the machine's other work isn't in it."""
    process = subprocess.Popen([sys.executable, "-c", f"import {module}"], env={**os.environ, "PYTHONPATH": str(place)})
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return (usage.ru_utime + usage.ru_stime) * 1000


@pytest.mark.parametrize("module", MOST)
def test_importing_the_library(tmp_path: Path, module: str) -> None:
    # Compiled, as pip installs it.
    shutil.copytree(ROOT / "pyapp" / "podio", tmp_path / "podio")
    assert compileall.compile_dir(tmp_path, quiet=1)
    # By turns, and each round by itself: httpx2's share differs with what else runs.
    rounds = [(milliseconds("httpx2", tmp_path), milliseconds(module, tmp_path)) for _ in range(ROUNDS)]
    more = median(podio - httpx2 for httpx2, podio in rounds)
    print(f"\nimport {module}: {more:.0f} ms more than import httpx2 (at most {MOST[module]:.0f})")
    assert more <= MOST[module]
