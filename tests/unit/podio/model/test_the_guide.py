"""docs/model.md: its examples run, and its table names every class."""

from __future__ import annotations

import ast
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2

import podio.model
from podio.fields import Option
from tests.unit.podio.fakes import Page
from tests.unit.podio.model import answers

GUIDE = (Path(__file__).resolve().parents[4] / "docs" / "model.md").read_text(encoding="utf-8")


async def test_the_guides_examples_run_and_give_what_they_say() -> None:
    items = {"total": 1, "filtered": 1, "items": [answers.WHOLE_ITEM]}
    names: dict[str, Any] = {
        "app_json": answers.APP,
        "items_json": items,
        "comments_json": [answers.COMMENT],
        "organizations_json": [answers.ORGANIZATION],
    }
    page = Page()
    page.fake.answers = [httpx2.Response(200, json=items)]
    names["podio"] = page.podio
    for block in re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL):
        # Without an `await` in it a block has run when this returns None.
        running = eval(compile(block, "docs/model.md", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT), names)
        if running is not None:
            await running
    assert [request.method for request in page.fake.seen] == ["POST"]
    assert names["labels"] == ["Title", "", "Status & more"]
    assert names["choices"] == ["To do", "Old"]
    assert names["titles"] == ["Hotel Fjord & Spa"]
    assert names["changed"] == datetime(2026, 6, 13, 8, 8, tzinfo=UTC)
    assert names["status"] == Option(id=1, text="To do", status="active")
    assert (names["may_edit"], names["spaces"]) == (True, ["Sales & Projects"])
    assert [comment.comment_id for comment in names["comments"]] == [7001]
    assert (names["numbers"], names["shown"]) == ([1], ["To do"])


def test_the_guides_table_names_every_class_that_is_decoded() -> None:
    table = "".join(line for line in GUIDE.splitlines() if line.startswith("|"))
    classes = {name for name in podio.model.__all__ if hasattr(getattr(podio.model, name), "from_json")}
    assert {name for name in classes if f"`{name}`" not in table} == set()
