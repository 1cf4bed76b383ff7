"""Status: a method for each operation that Podio documents. Performs no I/O but through its client.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import Any

from podio.areas.calls import Area, Query, fill


class Status(Area):
    """Status (https://developers.podio.com/doc/status)."""

    async def add(self, space_id: int, *, body: Any = None, **params: Query) -> Any:
        """Post a status message to a space.

        See "Add new status message", https://developers.podio.com/doc/status/add-new-status-message-22336
        """
        path = fill("/status/space/{space_id}/", space_id=space_id)
        return await self._caller.request("POST", path, params=params, body=body)

    async def delete(self, status_id: int, **params: Query) -> Any:
        """Delete a status message.

        See "Delete a status message", https://developers.podio.com/doc/status/delete-a-status-message-22339
        """
        path = fill("/status/{status_id}", status_id=status_id)
        return await self._caller.request("DELETE", path, params=params)

    async def get(self, status_id: int, **params: Query) -> Any:
        """Return a status message.

        See "Get status message", https://developers.podio.com/doc/status/get-status-message-22337
        """
        path = fill("/status/{status_id}", status_id=status_id)
        return await self._caller.request("GET", path, params=params)

    async def update(self, status_id: int, *, body: Any = None, **params: Query) -> Any:
        """Change a status message.

        See "Update a status message", https://developers.podio.com/doc/status/update-a-status-message-22338
        """
        path = fill("/status/{status_id}", status_id=status_id)
        return await self._caller.request("PUT", path, params=params, body=body)
