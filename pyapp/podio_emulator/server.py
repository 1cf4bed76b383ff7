"""A Podio to test against, which a test controls: what the pytest plugin's fixture hands out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, TypedDict

from podio_emulator import ids
from podio_emulator.application import create_app
from podio_emulator.clock import Clock
from podio_emulator.description import EmulatedApp, Field, add_app
from podio_emulator.serving import served

if TYPE_CHECKING:
    import httpx2

__all__ = ["Clock", "EmulatedApp", "Field", "InProcessOptions", "Options", "PodioServer"]

_IN_PROCESS = "https://podio.test"


class Options(TypedDict):
    """What `podio.Podio` needs to reach the server, besides the way to sign in."""

    client_id: str
    client_secret: str
    api_url: str
    authorize_url: str
    token_url: str
    push_url: str


class InProcessOptions(Options):
    """The same without a socket."""

    http_client: httpx2.AsyncClient


class PodioServer:
    """An emulator with the means to reach it and to control it.

    It is served from the first time that its address is read; a test that calls it in process alone
    (`in_process`) opens no socket. Both ways lead to the same data.

    Args:
        options: As of `podio_emulator.create_app`.

    Attributes:
        client_id: The API key's id.
        client_secret: The API key's secret.
        public_client_id: The id of a key without a secret, as a page has it.
        username: The address with which Ada signs in; she is an admin of the workspace `space_id`.
        other_username: That of Grace, a regular member of it.
        password: The password of both.
        space_id: The workspace that apps are added to.
        app: The ASGI app.
    """

    client_id = ids.CONFIDENTIAL_CLIENT_ID
    client_secret = ids.CONFIDENTIAL_CLIENT_SECRET
    public_client_id = ids.PUBLIC_CLIENT_ID
    username = ids.ADA_MAIL
    other_username = ids.GRACE_MAIL
    password = ids.PASSWORD
    space_id = ids.SALES_SPACE_ID

    def __init__(self, **options: Any) -> None:
        self.app = create_app(**options)
        self._control = self.app.control
        self._stack = ExitStack()
        self._url: str | None = None

    def __enter__(self) -> PodioServer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def url(self) -> str:
        """The address at which it is served; whoever reads it first starts that."""
        if self._url is None:
            self._url = self._stack.enter_context(served(self.app))
            # Whoever waits for events would keep the server from stopping.
            self._stack.callback(self.app.close)
        return self._url

    @property
    def options(self) -> Options:
        """What `podio.Podio` needs to reach the server over HTTP: ``Podio("password", **podio_server.options)``."""
        return _options(self.url)

    def in_process(self) -> InProcessOptions:
        """Return what `podio.Podio` needs to call the emulator without a socket, in the loop that it runs in."""
        return {**_options(_IN_PROCESS), "http_client": self.http_client()}

    def http_client(self) -> httpx2.AsyncClient:
        """Return an HTTP client that calls the emulator without a socket."""
        import httpx2

        from podio_emulator.in_process import InProcessTransport

        return httpx2.AsyncClient(transport=InProcessTransport(self.app), base_url=_IN_PROCESS)

    @property
    def clock(self) -> Clock:
        """The server's time: ``clock.advance(3600)``, ``clock.stop(moment)``."""
        return self._control.clock

    def reset(self) -> None:
        """Put everything back to the start: data, tokens, faults, limits, clock, and the requests noted."""
        self._control.reset()

    def faults(self, faults: Sequence[Mapping[str, Any]]) -> None:
        """Let calls fail: put these faults in force in place of those before.

        Args:
            faults: Each with a ``path`` that calls begin with, and any of ``method, status, times, delay, drop, body,
                headers, after``: ``{"path": "/item/", "status": 503, "times": 2}``. The documentation has a table.

        Raises:
            ValueError: for a fault that isn't one; those before stay.
        """
        self._control.set_faults(faults)

    def requests(self) -> list[dict[str, Any]]:
        """Return what was requested, oldest first: ``method, path, query, status, headers, person``; never a token."""
        return self._control.requests()

    def expire_tokens(self, username: str | None = None) -> int:
        """Let access tokens expire now, all or one user's, and return their number.

        Raises:
            ValueError: for an address that nobody signs in with.
        """
        return self._control.expire_tokens(username)

    def require_second_factor(self, *, required: bool = True) -> None:
        """Let the password grant require a second factor, which is ``podio_emulator.ids.ONE_TIME_CODE``."""
        self._control.require_second_factor(required=required)

    def hooks(self) -> list[dict[str, Any]]:
        """Return the hooks whose verification was requested: ``hook_id, url, code``."""
        return self._control.hooks()

    def add_app(
        self,
        name: str,
        fields: Sequence[Field],
        *,
        items: Sequence[Mapping[str, Any]] = (),
        item_name: str | None = None,
        description: str = "",
        space_id: int = space_id,
    ) -> EmulatedApp:
        """Add an app without a request; it is there until `reset`.

        Args:
            name: Its name.
            fields: Its fields in their order.
            items: Its first items: external id of a field -> value, as the API takes it; a category's option may be
                given by its text.
            item_name: What one of its items is called.
            description: What it is for.
            space_id: The workspace.

        Raises:
            ValueError: for what Podio would refuse.
        """
        return add_app(
            self._control, name, fields, items=items, item_name=item_name, description=description, space_id=space_id
        )

    def close(self) -> None:
        """Stop serving."""
        self._stack.close()
        self._url = None


def _options(url: str) -> Options:
    return {
        "client_id": PodioServer.client_id,
        "client_secret": PodioServer.client_secret,
        "api_url": url,
        "authorize_url": f"{url}/oauth/authorize",
        "token_url": f"{url}/oauth/token",
        "push_url": f"{url}/faye",
    }
