"""Recurrence: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from podio.areas.calls import Area, Params, fill

if TYPE_CHECKING:
    from podio.json_types import RecurrenceCreation, RecurrenceJSON


class Recurrence(Area):
    """Recurrence (https://developers.podio.com/doc/recurrence)."""

    async def delete(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> None:
        """Delete an object's recurrence.

        See "Delete recurrence", https://developers.podio.com/doc/recurrence/delete-recurrence-3349970
        """
        path = fill("/recurrence/{ref_type}/{ref_id:id}", ref_type=ref_type, ref_id=ref_id)
        await self._caller.request("DELETE", path, params=params)

    async def get(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> RecurrenceJSON:
        """Return an object's recurrence.

        See "Get recurrence", https://developers.podio.com/doc/recurrence/get-recurrence-3415545
        """
        path = fill("/recurrence/{ref_type}/{ref_id:id}", ref_type=ref_type, ref_id=ref_id)
        return cast("RecurrenceJSON", await self._caller.request("GET", path, params=params))

    async def create_or_update(
        self, ref_type: str, ref_id: int, *, body: RecurrenceCreation, params: Params | None = None
    ) -> None:
        """Set an object's recurrence.

        See "Create or update recurrence", https://developers.podio.com/doc/recurrence/create-or-update-recurrence-3349957
        """
        path = fill("/recurrence/{ref_type}/{ref_id:id}", ref_type=ref_type, ref_id=ref_id)
        await self._caller.request("PUT", path, params=params, body=body)
