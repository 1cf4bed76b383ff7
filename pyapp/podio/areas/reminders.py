"""Reminders: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from podio.areas.calls import Area, Params, fill

if TYPE_CHECKING:
    from podio.json_types import ReminderCreation, ReminderJSON


class Reminders(Area):
    """Reminders (https://developers.podio.com/doc/reminders)."""

    async def delete(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> None:
        """Delete an object's reminder.

        See "Delete reminder", https://developers.podio.com/doc/reminders/delete-reminder-3315117
        """
        path = fill("/reminder/{ref_type}/{ref_id:id}", ref_type=ref_type, ref_id=ref_id)
        await self._caller.request("DELETE", path, params=params)

    async def get(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> ReminderJSON:
        """Return an object's reminder.

        See "Get reminder", https://developers.podio.com/doc/reminders/get-reminder-3415569
        """
        path = fill("/reminder/{ref_type}/{ref_id:id}", ref_type=ref_type, ref_id=ref_id)
        return cast("ReminderJSON", await self._caller.request("GET", path, params=params))

    async def create_or_update_by_post(
        self, ref_type: str, ref_id: int, *, body: ReminderCreation, params: Params | None = None
    ) -> None:
        """Set an object's reminder.

        See "Create or update reminder", https://developers.podio.com/doc/reminders/create-or-update-reminder-3315055
        """
        path = fill("/reminder/{ref_type}/{ref_id:id}", ref_type=ref_type, ref_id=ref_id)
        await self._caller.request("POST", path, params=params, body=body)

    async def create_or_update(
        self, ref_type: str, ref_id: int, *, body: ReminderCreation, params: Params | None = None
    ) -> None:
        """Set an object's reminder.

        See "Create or update reminder", https://developers.podio.com/doc/reminders/create-or-update-reminder-3315055
        """
        path = fill("/reminder/{ref_type}/{ref_id:id}", ref_type=ref_type, ref_id=ref_id)
        await self._caller.request("PUT", path, params=params, body=body)

    async def snooze(self, ref_type: str, ref_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Put an object's reminder off.

        See "Snooze reminder", https://developers.podio.com/doc/reminders/snooze-reminder-3321049
        """
        path = fill("/reminder/{ref_type}/{ref_id:id}/snooze", ref_type=ref_type, ref_id=ref_id)
        await self._caller.request("POST", path, params=params, body=body)
