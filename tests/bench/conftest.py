"""The benchmarks drive the pages that the browser tests do, and a built site in browsers with a profile on disk."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, BrowserType
from tests.bench.visits import BARE, PROFILES
from tests.e2e.conftest import *  # noqa: F403
from tests.e2e.driving import ROOT, Site
from tools.build_site import build

SCRIPTS = re.compile(r"<script\b.*?</script>|<link\b[^>]*\brel=\"?(?:module)?preload[^>]*>", re.DOTALL)


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory, serve_site: Callable[..., Site]) -> Site:
    out = build(tmp_path_factory.mktemp("site"), release=True)
    (out / "bare" / "pyodide").mkdir(parents=True)
    (out / "bare" / "index.html").write_text(BARE)
    for name in ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json"):
        shutil.copyfile(ROOT / "node_modules/pyodide" / name, out / "bare/pyodide" / name)
    (out / "static.html").write_text(SCRIPTS.sub("", (out / "index.html").read_text()))
    return serve_site("--site", str(out))


@pytest.fixture
def profile(
    browser_type: BrowserType, desktop_browser_arguments: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], AbstractContextManager[BrowserContext]]:
    """Open browsers with a new profile on disk each, of which nothing is left afterwards."""

    @contextmanager
    def new_profile() -> Iterator[BrowserContext]:
        # A page has a process of its own, as most people have it: its memory is its own, and nobody compiles for it.
        options = [option for option in desktop_browser_arguments["args"] if option != "--process-per-site"]
        arguments = {name: value for name, value in desktop_browser_arguments.items() if name != "ignore_default_args"}
        arguments["args"] = options
        directory = tmp_path_factory.mktemp("profile")
        PROFILES.append(str(directory))
        context = browser_type.launch_persistent_context(str(directory), **arguments)
        try:
            yield context
        finally:
            context.close()
            shutil.rmtree(directory, ignore_errors=True)

    return new_profile
