"""What all tests share: the order they run in, and that some run only when requested."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

# What the package `podio-emulator` brings to its users' tests.
pytest_plugins = ["podio_emulator.pytest_plugin"]

HERE = Path(__file__).parent
# Quick ones first. Browser tests last, also within each worker: Playwright keeps an event loop in its thread, and
# other tests start their own.
ORDER = ["unit", "emulator", "library", "podio_js", "pypodio2", "pyodide", "e2e", "engines", "bench"]
# Small files whose tests are long: one that begins at the end keeps one process busy alone.
LONG = {"test_soak.py", "test_micropip.py", "test_lighthouse.py", "test_neighbours.py", "test_service_worker.py"}
WHEN_ASKED = {"engines", "bench"}  # `make test-engines`, `make bench`


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """What runs the async tests: the library knows asyncio alone."""
    return "asyncio"


def _group(path: Path) -> str:
    return path.relative_to(HERE).parts[0] if path.is_relative_to(HERE) else ""


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    paths = [Path(config.invocation_params.dir, argument.partition("::")[0]).resolve() for argument in config.args]
    group = _group(collection_path)
    if group in WHEN_ASKED and not any(_group(path) == group for path in paths if path != HERE):
        return True
    return None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def place(item: pytest.Item) -> tuple[int, bool, int]:
        group = _group(item.path)
        # Of the browser tests the large files first: what is last should not keep one process busy alone.
        size = item.path.stat().st_size if group == "e2e" else 0
        return ORDER.index(group) if group in ORDER else 0, item.path.name not in LONG, -size

    items.sort(key=place)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests measured and recorded by `record_property`: a process that runs tests can't print itself."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            terminalreporter.write_line(f"{report.nodeid}: {name} {value}")


def pytest_configure(config: pytest.Config) -> None:
    with suppress(ImportError):  # inside Pyodide there is none
        from hypothesis import HealthCheck, settings

        # How long an example takes depends on what else the machine does; what must not take long is compared in work.
        settings.register_profile("podio", deadline=None, suppress_health_check=[HealthCheck.too_slow])
        settings.load_profile("podio")
    # A fixture of pytest-playwright's own plugin pytest-base-url; nothing here can fix it.
    config.addinivalue_line(
        "filterwarnings", "ignore:Session-scoped fixtures defined as instance methods:pytest.PytestRemovedIn10Warning"
    )
