"""The core's unit tests once more, on the Python that runs in the page."""

from __future__ import annotations

import json
import shutil
import subprocess
from importlib.metadata import distribution
from pathlib import Path

import pytest
from tools.runtime import NODE_MODULES, ROOT, packages, tool_environment

HERE = Path(__file__).parent
# Pure Python, and what the tests import; they come from this very environment.
TEST_PACKAGES = ["pytest", "pluggy", "iniconfig", "packaging", "pygments", "oauthlib"]
PATHS = [
    *("tests/unit/podio", "tests/unit/workbench"),
    # The library against the emulator, which runs in the same Python.
    *("tests/library/test_flows.py", "tests/library/test_the_flows_guide.py", "tests/library/test_the_tasks_guide.py"),
    *("tests/library/test_paging_over_http.py", "tests/library/test_operations_on_the_emulator.py"),
]
FEWEST = 100


@pytest.fixture(scope="module")
def site_packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a directory with the test packages alone: others of this environment are compiled for it."""
    folder = tmp_path_factory.mktemp("site-packages")
    for name in TEST_PACKAGES:
        for file in distribution(name).files or []:
            source = Path(str(file.locate()))
            if ".." not in file.parts and source.suffix not in {".so", ".pyc"} and source.is_file():
                target = folder / file
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)  # a link would lead out of what Pyodide sees
    return folder


def test_the_core_passes_its_unit_tests_inside_pyodide(site_packages: Path) -> None:
    paths = [path for path in PATHS if (ROOT / path).exists()]
    command = ["node", HERE / "run.mjs", NODE_MODULES / "pyodide", ROOT, site_packages, packages(), *paths]
    process = subprocess.run(command, capture_output=True, text=True, check=False, timeout=1800, env=tool_environment())
    assert process.returncode == 0, (process.stdout + process.stderr)[-5000:]
    outcome = json.loads(process.stdout.splitlines()[-1])
    failures = "\n\n".join(f"{name}\n{report}" for name, report in outcome["failed"].items())
    assert not failures, failures[-15000:]
    assert outcome["exit"] == 0, process.stdout[-5000:]
    assert len(outcome["passed"]) > FEWEST
    assert len(outcome["skipped"]) <= len(outcome["passed"]) // 10, outcome["skipped"]
