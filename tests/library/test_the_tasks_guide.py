"""docs/tasks.md: its recipes run against the emulator and do what they say."""

from __future__ import annotations

import ast
import asyncio
import inspect
import re
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

from podio import Podio
from podio_emulator import ids
from tests.library.conftest import World

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "tasks.md").read_text(encoding="utf-8")
RECIPES = {
    title: re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    for title, text in re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", GUIDE, re.MULTILINE | re.DOTALL)
}
CONTENT = b"%PDF-1.7 " * 1000


async def follow(title: str, names: dict[str, Any]) -> dict[str, Any]:
    for recipe in RECIPES[title]:
        code: CodeType = compile(recipe, f"docs/tasks.md: {title}", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        result = eval(code, names)
        if inspect.isawaitable(result):
            await result
    return names


async def test_the_limits_recipe_makes_a_patient_client(capsys: pytest.CaptureFixture[str]) -> None:
    names = await follow("Be patient with Podio's limits", {})
    assert isinstance(names["patient"], Podio)


async def test_the_export_recipe_writes_all_items(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    podio = await world.signed_in(push_url=f"{world.url}/faye")
    count = await podio.items.get_count(ids.CLIENTS_APP_ID)
    names = {"podio": podio, "app_id": ids.CLIENTS_APP_ID, "stop_at": ids.CLIENT_ITEM_ID, "count": count["count"]}
    await follow("Export all items", names)
    await podio.aclose()
    lines = (tmp_path / "items.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "Id,Title,Created"
    assert len(lines) > 1
    assert names["kept"].endswith(f".{ids.CLIENT_ITEM_ID}")


async def test_the_update_recipe_updates(world: World) -> None:
    podio = await world.signed_in(push_url=f"{world.url}/faye")
    names = await follow("Update many items", {"podio": podio, "app_id": ids.CLIENTS_APP_ID})
    assert names["failed"] == {}
    item = await podio.items.get(names["found"]["items"][0]["item_id"])
    assert item["tags"] == ["closed"]
    await podio.aclose()


async def test_the_file_recipes_move_a_file_both_ways(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "report.pdf").write_bytes(CONTENT)
    podio = await world.signed_in(push_url=f"{world.url}/faye")
    names = {"podio": podio, "item_id": ids.CLIENT_ITEM_ID, "picture_id": 8011}
    await follow("Upload a file", names)
    await follow("Download a file", names)
    item = await podio.items.get(ids.CLIENT_ITEM_ID)
    assert names["file"]["file_id"] in [file["file_id"] for file in item["files"]]
    assert names["content"] == CONTENT
    assert names["small"].startswith(b"\x89PNG")
    await podio.aclose()
    assert (tmp_path / "copy.pdf").read_bytes() == CONTENT
    assert f"{len(CONTENT)} of {len(CONTENT)} bytes" in capsys.readouterr().out


async def test_the_push_recipe_hears_of_a_comment(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    podio = await world.signed_in(push_url=f"{world.url}/faye")
    listening = asyncio.ensure_future(follow("Listen to what happens", {"podio": podio, "item_id": ids.CLIENT_ITEM_ID}))
    while not listening.done():
        # Until the connection stands nobody receives it: send it again.
        await podio.comments.create("item", ids.CLIENT_ITEM_ID, body={"value": "heard?"})
        await asyncio.wait([listening], timeout=0.2)
    await listening
    await podio.aclose()
    output = capsys.readouterr().out
    assert "PushState.CONNECTED" in output
    assert f"comment_create {{'type': 'item', 'id': {ids.CLIENT_ITEM_ID}}}" in output
