"""docs/flows.md and the pages of the flows: their code is Python, and the database store keeps what it promises."""

from __future__ import annotations

import ast
import asyncio
import re
import sqlite3
from pathlib import Path
from typing import Any, get_args

import pytest

from podio.session import AuthType
from podio_emulator import ids
from tests.library.conftest import World

DOCS = Path(__file__).resolve().parents[2] / "docs"
OVERVIEW = (DOCS / "flows.md").read_text(encoding="utf-8")
FLOWS = sorted(DOCS.glob("flow-*.md"))
EXAMPLES = [
    example
    for page in [DOCS / "flows.md", DOCS / "stores.md", *FLOWS]
    for example in re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
]


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_an_example_is_python(example: str) -> None:
    compile(example, "docs", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)


def test_every_flow_has_a_page_that_the_overview_leads_to() -> None:
    titles = {page.name: page.read_text(encoding="utf-8").splitlines()[0] for page in FLOWS}
    led_to = dict(re.findall(r"\| \[`([a-z_]+)`\]\(([a-z-]+\.md)\) \|", OVERVIEW))
    assert set(led_to) == set(get_args(AuthType))
    assert set(led_to.values()) == set(titles)
    for flow, name in led_to.items():
        assert titles[name].startswith(f"# The {flow} flow: ")


async def test_the_database_store_lets_its_clients_renew_once(world: World, tmp_path: Path) -> None:
    module: dict[str, Any] = {}
    exec(next(example for example in EXAMPLES if "class DatabaseStore" in example), module)
    file = tmp_path / "sessions.db"
    sqlite3.connect(file).executescript(module["TABLES"]).connection.close()
    # A synchronous client uses its store in a thread of its own.
    databases = [sqlite3.connect(file, check_same_thread=False) for _ in range(3)]

    clients = [world.podio("app", session_store=module["DatabaseStore"](database, "visitor")) for database in databases]
    await clients[0].authenticate_with_app(ids.CLIENTS_APP_ID, ids.CLIENTS_APP_TOKEN)
    world.clock.now += 30_000
    calls = [podio.request("GET", f"/item/{ids.CLIENT_ITEM_ID}") for podio in clients]
    assert [item["item_id"] for item in await asyncio.gather(*calls)] == [ids.CLIENT_ITEM_ID] * 3
    assert (await world.requests()).count("POST /oauth/token") == 2
    await clients[0].sign_out()
    assert await clients[1].refresh_auth_from_store() is None
    for podio in clients:
        await podio.aclose()
    assert databases[1].execute("select count(*) from leases").fetchone() == (0,)
    for database in databases:
        database.close()
