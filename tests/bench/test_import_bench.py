"""What importing the library costs on CPython beside importing httpx2, which it needs: at most 90 ms of CPU time."""

from __future__ import annotations

import compileall
import os
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 15
MOST = 90.0


def milliseconds(module: str, place: Path) -> float:
    """Return the CPU time of a program that only imports the module; the machine's other work isn't in it."""
    process = subprocess.Popen([sys.executable, "-c", f"import {module}"], env={**os.environ, "PYTHONPATH": str(place)})
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return (usage.ru_utime + usage.ru_stime) * 1000


def test_importing_the_library(tmp_path: Path) -> None:
    # Compiled, as pip installs it.
    shutil.copytree(ROOT / "pyapp" / "podio", tmp_path / "podio")
    assert compileall.compile_dir(tmp_path, quiet=1)
    # By turns, and each round by itself: httpx2's share differs with what else runs.
    rounds = [(milliseconds("httpx2", tmp_path), milliseconds("podio", tmp_path)) for _ in range(ROUNDS)]
    more = median(podio - httpx2 for httpx2, podio in rounds)
    print(f"\nimport podio: {more:.0f} ms more than import httpx2 (at most {MOST:.0f})")
    assert more <= MOST
