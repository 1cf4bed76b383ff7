"""What importing the library costs on CPython beside importing httpx2, which it needs: under 150 ms more."""

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 9


def milliseconds(module: str) -> float:
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", f"import {module}"], check=True, env={**os.environ, "PYTHONPATH": str(ROOT / "pyapp")}
    )
    return (time.perf_counter() - begun) * 1000


def test_importing_the_library() -> None:
    times = [(milliseconds("httpx2"), milliseconds("podio")) for _ in range(ROUNDS)]
    httpx2, podio = (median(column) for column in zip(*times, strict=True))
    print(f"\nimport httpx2: {httpx2:.0f} ms; import podio: {podio:.0f} ms, {podio - httpx2:.0f} ms more (at most 150)")
    assert podio - httpx2 < 150
