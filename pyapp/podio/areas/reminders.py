"""Reminders: a method for each operation that Podio documents. Performs no I/O but through its client.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import Any

from podio.areas.calls import Area, Query, fill


class Reminders(Area):
    """Reminders (https://developers.podio.com/doc/reminders)."""

    async def delete(self, ref_type: str, ref_id: int, **params: Query) -> Any:
        """Delete an object's reminder.

        See "Delete reminder", https://developers.podio.com/doc/reminders/delete-reminder-3315117
        """
        path = fill("/reminder/{ref_type}/{ref_id}", ref_type=ref_type, ref_id=ref_id)
        return await self._caller.request("DELETE", path, params=params)

    async def get(self, ref_type: str, ref_id: int, **params: Query) -> Any:
        """Return an object's reminder.

        See "Get reminder", https://developers.podio.com/doc/reminders/get-reminder-3415569
        """
        path = fill("/reminder/{ref_type}/{ref_id}", ref_type=ref_type, ref_id=ref_id)
        return await self._caller.request("GET", path, params=params)

    async def create_or_update_by_post(self, ref_type: str, ref_id: int, *, body: Any = None, **params: Query) -> Any:
        """Set an object's reminder.

        See "Create or update reminder", https://developers.podio.com/doc/reminders/create-or-update-reminder-3315055
        """
        path = fill("/reminder/{ref_type}/{ref_id}", ref_type=ref_type, ref_id=ref_id)
        return await self._caller.request("POST", path, params=params, body=body)

    async def create_or_update(self, ref_type: str, ref_id: int, *, body: Any = None, **params: Query) -> Any:
        """Set an object's reminder.

        See "Create or update reminder", https://developers.podio.com/doc/reminders/create-or-update-reminder-3315055
        """
        path = fill("/reminder/{ref_type}/{ref_id}", ref_type=ref_type, ref_id=ref_id)
        return await self._caller.request("PUT", path, params=params, body=body)

    async def snooze(self, ref_type: str, ref_id: int, *, body: Any = None, **params: Query) -> Any:
        """Put an object's reminder off.

        See "Snooze reminder", https://developers.podio.com/doc/reminders/snooze-reminder-3321049
        """
        path = fill("/reminder/{ref_type}/{ref_id}/snooze", ref_type=ref_type, ref_id=ref_id)
        return await self._caller.request("POST", path, params=params, body=body)
