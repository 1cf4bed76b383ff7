"""The API keys that the emulator knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class Client:
    """An API key; without a secret it is a public client (RFC 6749, section 2.1)."""

    client_id: str
    name: str
    auth_client_id: int
    secret: str | None = field(default=None, repr=False)

    @property
    def is_public(self) -> bool:
        """Return whether the client can't keep a secret: a page, not a server."""
        return self.secret is None


CLIENTS: Mapping[str, Client] = {
    client.client_id: client
    for client in (
        Client(client_id="workbench", name="Podio Workbench", auth_client_id=1),
        Client(client_id="server", name="Example server", auth_client_id=2, secret="server-secret"),
    )
}
