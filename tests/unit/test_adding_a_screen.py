"""docs/architecture.md says how a screen is added: done so to a copy of the tree, it is type-checked and works."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
USE_IT = """
import htpy as h
from workbench import page_view, screens
from workbench.core.clicks import Click
from workbench.events import CallAnswered, Clicked, FragmentChanged, Started
from workbench.state import Site, State
from workbench.transitions import update

state = State()
def take(event):
    global state
    state, effects = update(state, event)
    return effects

effects = take(Started(site=Site(), fragment="#/me", now=0, signed_in=True, person_id=1))
call = next(effect for effect in effects if getattr(effect, "path", "") == "/user/status")
take(CallAnswered(tag=call.tag, answer={"user": {"user_id": 1}, "profile": {"user_id": 1, "name": "Ada"}}))
assert page_view.title(state) == "Me · Podio Workbench", page_view.title(state)
html = str(h.fragment[page_view.page(state)])
assert 'data-on-click="greet" data-name="Ada"' in html, html
take(Clicked(click=screens.CLICKS.read("greet", {"name": "Ada"}.get)))
assert "Hello, Ada!" in str(h.fragment[page_view.page(state)])
take(FragmentChanged(fragment="#/"))
take(Clicked(click=screens.CLICKS.read("greet", {"name": "Ada"}.get)))
assert "Hello, Ada!" not in str(h.fragment[page_view.page(state)])
"""


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the tree and do what the document says."""
    tree = tmp_path_factory.mktemp("tree")
    shutil.copytree(ROOT / "pyapp", tree / "pyapp", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tree)
    section = (ROOT / "docs/architecture.md").read_text(encoding="utf-8").partition("### Adding a screen")[2]
    module, row = re.findall(r"```\w+\n(.*?)```", section, re.DOTALL)[:2]
    screens = tree / "pyapp/workbench/screens"
    (screens / "me.py").write_text(module, encoding="utf-8")
    table = (screens / "__init__.py").read_text(encoding="utf-8")
    imported = table.replace("import app, home, item, ", "import app, home, item, me, ")
    added = imported.replace("    home.SCREEN,\n", f"    home.SCREEN,\n{row}")
    assert added != imported != table
    (screens / "__init__.py").write_text(added, encoding="utf-8")
    return tree


def test_a_screen_is_added_by_one_file_and_one_row(tree: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", USE_IT],
        env={"PYTHONPATH": str(tree / "pyapp"), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]


def test_an_added_screen_passes_the_types_and_the_linter(tree: Path) -> None:
    files = ["pyapp/workbench/screens/__init__.py", "pyapp/workbench/screens/me.py"]
    for command in (
        ["-m", "mypy", "--no-error-summary", "--follow-imports=silent", *files],
        ["-m", "ruff", "check", "--quiet", *files],
        ["-m", "ruff", "format", "--check", "--quiet", *files],
    ):
        done = subprocess.run([sys.executable, *command], cwd=tree, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
