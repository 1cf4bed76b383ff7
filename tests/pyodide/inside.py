"""Runs inside Pyodide: pytest on the core's unit tests, with event loops beside Pyodide's ever-running one."""

from __future__ import annotations

import asyncio
import json
import os
import time
from asyncio import base_events
from collections.abc import Generator
from typing import Any

import pytest

from podio.errors import ConfigurationError


class _NoSelector:
    """Waits for the next timer; there are no sockets to wait for."""

    def select(self, timeout: float | None) -> list[Any]:
        if timeout is None:
            raise RuntimeError("a test waits for something that nothing will bring")
        if timeout > 0:
            time.sleep(timeout)
        return []

    def close(self) -> None:
        pass


class PlainLoop(base_events.BaseEventLoop):
    """An event loop with tasks and timers alone; the browser's own can't be waited for from a plain call."""

    def __init__(self) -> None:
        super().__init__()
        self._selector = _NoSelector()

    def _process_events(self, event_list: list[Any]) -> None:
        pass

    def _write_to_self(self) -> None:
        pass


class Outcome:
    """What became of each test."""

    def __init__(self) -> None:
        self.passed: list[str] = []
        self.skipped: list[str] = []
        self.failed: dict[str, str] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_pyfunc_call(self) -> Generator[None, Any, Any]:
        try:
            return (yield)
        except ConfigurationError as error:
            for refusal in ("must not be in a page", "needs files that last"):
                if refusal in str(error):
                    pytest.skip(f"what the library refuses in a page: {refusal}")
            raise

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed[report.nodeid] = report.longreprtext
        elif report.skipped:
            self.skipped.append(report.nodeid)
        elif report.when == "call":
            self.passed.append(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.failed[report.nodeid] = report.longreprtext


def run(paths: list[str]) -> str:
    """Run pytest on `paths` of the repository and return the outcome as JSON."""
    asyncio.events.new_event_loop = asyncio.new_event_loop = PlainLoop
    asyncio._set_running_loop(None)
    os.chdir("/repo")
    outcome = Outcome()
    plugins = ["anyio.pytest_plugin", "no:cacheprovider", "no:faulthandler", "no:threadexception"]
    # Rewriting the assertions would take a quarter of the time; what a failure compares, CPython says of the same test.
    options = ["-q", "--assert=plain", "--capture=sys", "--tb=short", *(f"-p{name}" for name in plugins)]
    code = pytest.main([*options, *paths], plugins=[outcome])
    return json.dumps({"exit": int(code), **vars(outcome)})
