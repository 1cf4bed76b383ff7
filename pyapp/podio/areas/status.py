"""Status: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from podio.areas.calls import Area, Params, fill, merged

if TYPE_CHECKING:
    from podio.json_types import StatusCreation, StatusJSON, StatusUpdate


class Status(Area):
    """Status (https://developers.podio.com/doc/status)."""

    async def create(
        self,
        space_id: int,
        *,
        body: StatusCreation,
        alert_invite: bool | None = None,
        silent: bool | None = None,
        params: Params | None = None,
    ) -> StatusJSON:
        """Post a status message to a space.

        See "Add new status message", https://developers.podio.com/doc/status/add-new-status-message-22336
        """
        path = fill("/status/space/{space_id:id}/", space_id=space_id)
        return cast(
            "StatusJSON",
            await self._caller.request(
                "POST", path, params=merged({"alert_invite": alert_invite, "silent": silent}, params), body=body
            ),
        )

    async def delete(self, status_id: int, *, params: Params | None = None) -> None:
        """Delete a status message.

        See "Delete a status message", https://developers.podio.com/doc/status/delete-a-status-message-22339
        """
        path = fill("/status/{status_id:id}", status_id=status_id)
        await self._caller.request("DELETE", path, params=params)

    async def get(self, status_id: int, *, params: Params | None = None) -> StatusJSON:
        """Return a status message.

        See "Get status message", https://developers.podio.com/doc/status/get-status-message-22337
        """
        path = fill("/status/{status_id:id}", status_id=status_id)
        return cast("StatusJSON", await self._caller.request("GET", path, params=params))

    async def update(self, status_id: int, *, body: StatusUpdate, params: Params | None = None) -> None:
        """Change a status message.

        See "Update a status message", https://developers.podio.com/doc/status/update-a-status-message-22338
        """
        path = fill("/status/{status_id:id}", status_id=status_id)
        await self._caller.request("PUT", path, params=params, body=body)
