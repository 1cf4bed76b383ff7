"""Status: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import Any

from podio.areas.calls import Area, Params, fill, merged


class Status(Area):
    """Status (https://developers.podio.com/doc/status)."""

    async def create(
        self,
        space_id: int,
        *,
        body: Any = None,
        alert_invite: bool | None = None,
        silent: bool | None = None,
        params: Params | None = None,
    ) -> Any:
        """Post a status message to a space.

        See "Add new status message", https://developers.podio.com/doc/status/add-new-status-message-22336
        """
        path = fill("/status/space/{space_id:id}/", space_id=space_id)
        return await self._caller.request(
            "POST", path, params=merged({"alert_invite": alert_invite, "silent": silent}, params), body=body
        )

    async def delete(self, status_id: int, *, params: Params | None = None) -> Any:
        """Delete a status message.

        See "Delete a status message", https://developers.podio.com/doc/status/delete-a-status-message-22339
        """
        path = fill("/status/{status_id:id}", status_id=status_id)
        return await self._caller.request("DELETE", path, params=params)

    async def get(self, status_id: int, *, params: Params | None = None) -> Any:
        """Return a status message.

        See "Get status message", https://developers.podio.com/doc/status/get-status-message-22337
        """
        path = fill("/status/{status_id:id}", status_id=status_id)
        return await self._caller.request("GET", path, params=params)

    async def update(self, status_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Change a status message.

        See "Update a status message", https://developers.podio.com/doc/status/update-a-status-message-22338
        """
        path = fill("/status/{status_id:id}", status_id=status_id)
        return await self._caller.request("PUT", path, params=params, body=body)
