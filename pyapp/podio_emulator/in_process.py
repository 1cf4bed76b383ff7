"""The emulator without a socket, for httpx2's clients."""

from __future__ import annotations

import httpx2

from podio_emulator.emulator import ConnectionDropped


class InProcessTransport(httpx2.ASGITransport):
    """Calls an emulator in the caller's own loop; a connection that it drops looks as on a network.

    ``httpx2.AsyncClient(transport=InProcessTransport(create_app()))`` is an HTTP client of it.
    """

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the emulator's response.

        Raises:
            httpx2.ReadError: A fault drops the connection.
        """
        try:
            return await super().handle_async_request(request)
        except ConnectionDropped as error:
            raise httpx2.ReadError(str(error), request=request) from error
