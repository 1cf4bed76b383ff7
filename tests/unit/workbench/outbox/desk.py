"""Two users of an API like Podio's, in process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2

from podio import Podio
from podio_emulator import create_app
from podio_emulator.in_process import InProcessTransport
from workbench.outbox import Change, Operation, Outcome, look_up, send

ITEM, APP, ADA = 340_401, 34, 101
NOW = 5000.0
ID = "0123456789abcdef" * 2
PROXY = "<html><h1>Not here</h1></html>"


class Desk:
    """Ada at work, and Grace beside her."""

    def __init__(self, ada: Podio, grace: Podio, http: httpx2.AsyncClient) -> None:
        self.ada, self.grace, self._http = ada, grace, http

    async def faults(self, *faults: dict[str, Any]) -> None:
        (await self._http.post("/_emulator/faults", json=list(faults))).raise_for_status()

    async def send(self, operation: Operation, content: Any = None) -> Outcome:
        return await send(self.ada, change_of(operation), content)

    async def look_up(self, operation: Operation, **attributes: Any) -> Outcome:
        return await look_up(self.ada, change_of(operation, **attributes), user_id=ADA, now=NOW)

    async def revision(self) -> int:
        return int((await self.ada.request("GET", f"/item/{ITEM}"))["revision"])

    async def remark(self) -> str:
        fields = (await self.ada.request("GET", f"/item/{ITEM}"))["fields"]
        return next((entry["values"][0]["value"] for entry in fields if entry["external_id"] == "remark"), "")


def change_of(operation: Operation, **attributes: Any) -> Change:
    return Change(ID, 1, NOW, operation, **attributes)


@asynccontextmanager
async def open_desk() -> AsyncIterator[Desk]:
    """Sign both in."""
    transport = InProcessTransport(create_app())
    async with httpx2.AsyncClient(transport=transport, base_url="https://podio.test") as http:
        users = []
        for name in ("ada", "grace"):
            client = Podio(
                "password",
                client_id="server",
                client_secret="server-secret",
                api_url="https://podio.test",
                token_url="https://podio.test/oauth/token",
                http_client=http,
                allow_secret_in_page=True,
            )
            await client.authenticate_with_credentials(f"{name}@example.com", "podio")
            users.append(client)
        yield Desk(*users, http)
