"""docs/objects.md: its examples run one after the other against the emulator, and do what they say."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path
from typing import Any

import pytest

from podio_emulator import ids
from tests.library.conftest import World

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "objects.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)


@pytest.mark.parametrize("world", ["in process"], indirect=True)
async def test_the_examples_run(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    podio = await world.signed_in()
    names: dict[str, Any] = {"podio": podio, "app_id": ids.CLIENTS_APP_ID, "item_id": ids.CLIENT_ITEM_ID}
    for example in EXAMPLES:
        code = compile(example, "docs/objects.md", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        result = eval(code, names)
        if inspect.isawaitable(result):
            await result
    await podio.aclose()
    assert names["content"] == b"Dear Sir or Madam"
    assert str(names["again"]["status"]) == "Talking"
    assert (tmp_path / "clients.csv").read_text(encoding="utf-8").startswith("item_id,title,name,status")
    assert "Hotel Fjord & Spa 412000 DKK Ada Lysholm" in capsys.readouterr().out
