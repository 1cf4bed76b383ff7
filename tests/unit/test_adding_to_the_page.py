"""docs/architecture.md says how a screen and a type of field are added: so done to a copy of the tree, both work.

tests/e2e/test_adding_to_the_page.py uses them in a browser.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.documented_edits import apply_documented_edits

ROOT = Path(__file__).resolve().parents[2]
USE_THE_SCREEN = """
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

effects = take(Started(site=Site(), fragment="#/me", now=0, signed_in=True, user_id=1))
call = next(effect for effect in effects if getattr(effect, "path", "") == "/user/status")
take(CallAnswered(tag=call.tag, response={"user": {"user_id": 1}, "profile": {"user_id": 1, "name": "Ada"}}))
assert page_view.title(state) == "Me · Podio Workbench", page_view.title(state)
html = str(h.fragment[page_view.page(state)])
assert 'data-on-click="greet" data-name="Ada"' in html, html
take(Clicked(click=screens.CLICKS.read("greet", {"name": "Ada"}.get)))
assert "Hello, Ada!" in str(h.fragment[page_view.page(state)])
take(FragmentChanged(fragment="#/"))
take(Clicked(click=screens.CLICKS.read("greet", {"name": "Ada"}.get)))
assert "Hello, Ada!" not in str(h.fragment[page_view.page(state)])
"""
USE_THE_FIELD_TYPE = """
import dataclasses
from podio.fields import column_reader, read_field, write_value
from podio.model import AppField
from workbench.field_ui import Complaint, plain, read_text, show
from workbench.locales import ENGLISH

template = {"field_id": 7, "type": "rating", "external_id": "stars", "config": {"label": "Stars", "settings": {}}}
field = AppField.from_json(template)
value = read_field({**template, "values": [{"value": 4}]})
assert value.values == (4,)
assert column_reader("rating")([{"value": 4}]).sort == 4
assert plain(show(value, field, ENGLISH)) == "★★★★☆"
reading = read_text(field, "3", ENGLISH, value)
assert write_value(field.type, reading.value) == 3
try:
    read_text(field, "6", ENGLISH)
except Complaint as complaint:
    assert str(complaint) == "Enter a whole number from 1 to 5.", complaint
else:
    raise AssertionError("six stars were taken")
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tree:
    """A copy of the tree; the paths of the files that the document adds or changes."""

    root: Path
    edited: list[str]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run Python in it."""
        environment = {"PYTHONPATH": str(self.root / "pyapp"), "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.run(
            [sys.executable, *arguments], cwd=self.root, env=environment, capture_output=True, text=True, check=False
        )

    def type_errors(self, *files: str) -> str:
        """Return what mypy says of files."""
        return self.run("-m", "mypy", "--no-error-summary", "--follow-imports=silent", *files).stdout


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """Copy the tree and do what the document says."""
    root = tmp_path_factory.mktemp("tree")
    shutil.copytree(ROOT / "pyapp", root / "pyapp", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", root)
    return Tree(root=root, edited=apply_documented_edits(root))


def test_a_screen_is_one_file_and_one_row_and_a_type_of_field_one_row_for_each_layer(tree: Tree) -> None:
    assert tree.edited == [
        "pyapp/podio/fields/_ratings.py",
        "pyapp/podio/fields/_types.py",
        "pyapp/workbench/field_ui/ratings.py",
        "pyapp/workbench/field_ui/types.py",
        "pyapp/podio_emulator/field_types.py",
        "pyapp/workbench/screens/me.py",
        "pyapp/workbench/screens/__init__.py",
    ]


@pytest.mark.parametrize("program", [USE_THE_SCREEN, USE_THE_FIELD_TYPE], ids=["screen", "field type"])
def test_what_is_added_works(tree: Tree, program: str) -> None:
    process = tree.run("-c", program)
    assert process.returncode == 0, process.stderr[-3000:]


def test_what_is_added_passes_the_types_and_the_linter(tree: Tree) -> None:
    assert tree.type_errors(*tree.edited) == ""
    for command in (["check"], ["format", "--check"]):
        process = tree.run("-m", "ruff", *command, "--quiet", *tree.edited)
        assert process.returncode == 0, process.stdout + process.stderr


def test_mypy_finds_what_is_misspelt_in_what_is_added(tree: Tree) -> None:
    screen, field_type = "pyapp/workbench/screens/me.py", "pyapp/workbench/field_ui/ratings.py"
    mistakes = {
        "a read": (screen, "import Me\n", "import Mee\n"),
        "a click": (screen, 'button("Greet", Greet(', 'button("Greet", Great('),
        "what a click needs": (screen, "Greet(name=", "Greet(nam="),
        "what a click has": (screen, "click.name", "click.nam"),
        "a field of what is read": (screen, "name_of(user)", "user.nmae"),
        "a field of the state": (screen, "turn.set(note=", "turn.set(nite="),
        "a field of Podio's field": (field_type, "main_control(field, text", "main_control(field, field.lable"),
        "a part of a row": (field_type, "FieldUI(show=", "FieldUI(shwo="),
        "what a control has": (field_type, "hint=", "hnit="),
    }
    misspelt = {}
    for number, (mistake, (path, right, wrong)) in enumerate(mistakes.items()):
        text = (tree.root / path).read_text(encoding="utf-8")
        assert text.count(right) == 1, right
        file = Path(path).with_name(f"misspelt_{number}.py")
        (tree.root / file).write_text(text.replace(right, wrong), encoding="utf-8")
        misspelt[str(file)] = mistake
    errors = tree.type_errors(*misspelt)
    reported = {misspelt[path] for path in re.findall(r"^(pyapp\S+misspelt_\d\.py):\d+: error:", errors, re.MULTILINE)}
    assert reported == set(mistakes), errors
