"""docs/install.md: its examples are Python, and those for the emulator run against it."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest

from tests.emulator.visitor import Clock
from tests.library.conftest import IN_PYODIDE

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "install.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)


def compiled(example: str) -> Any:
    return compile(example, "docs/install.md", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_an_example_is_python(example: str) -> None:
    compiled(example)


@pytest.mark.skipif(IN_PYODIDE, reason="a page takes no client secret, and has no sockets")
async def test_the_library_finds_the_emulator_that_is_served(
    http_emulator: tuple[str, Clock], capsys: pytest.CaptureFixture[str]
) -> None:
    url, _ = http_emulator
    (example,) = (example for example in EXAMPLES if "push_url" in example)
    await eval(compiled(example.replace("http://127.0.0.1:8001", url)), {})
    assert capsys.readouterr().out == "Ada Lysholm\n"


@pytest.mark.skipif(IN_PYODIDE, reason="a page takes no client secret")
async def test_the_library_calls_the_emulator_in_its_own_process(capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = (example for example in EXAMPLES if "in_process" in example)
    await eval(compiled(example), {})
    assert capsys.readouterr().out == "Ada Lysholm\n"
