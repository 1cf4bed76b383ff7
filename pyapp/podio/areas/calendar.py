"""Calendar: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from podio.areas.calls import Area, Params, fill, merged

if TYPE_CHECKING:
    from podio.json_types import CalendarEventJSON


class Calendar(Area):
    """Calendar (https://developers.podio.com/doc/calendar)."""

    async def get_global(
        self,
        *,
        date_from: str | None = None,
        date_to: str | None = None,
        priority: int | None = None,
        tasks: bool | None = None,
        params: Params | None = None,
    ) -> list[CalendarEventJSON]:
        """Return the calendar of everything the user sees.

        See "Get global calendar", https://developers.podio.com/doc/calendar/get-global-calendar-22458
        """
        path = "/calendar/"
        return cast(
            "list[CalendarEventJSON]",
            await self._caller.request(
                "GET",
                path,
                params=merged(
                    {"date_from": date_from, "date_to": date_to, "priority": priority, "tasks": tasks}, params
                ),
            ),
        )

    async def get_app_calendar(
        self,
        app_id: int,
        *,
        date_from: str | None = None,
        date_to: str | None = None,
        priority: int | None = None,
        params: Params | None = None,
    ) -> list[CalendarEventJSON]:
        """Return an app's calendar.

        See "Get app calendar", https://developers.podio.com/doc/calendar/get-app-calendar-22460
        """
        path = fill("/calendar/app/{app_id:id}/", app_id=app_id)
        return cast(
            "list[CalendarEventJSON]",
            await self._caller.request(
                "GET", path, params=merged({"date_from": date_from, "date_to": date_to, "priority": priority}, params)
            ),
        )

    async def get_app_calendar_as_ical(
        self, app_id: int, user_id: int, token: str, *, params: Params | None = None
    ) -> bytes:
        """Return an app's calendar in the iCalendar format.

        `token` is a credential (the user's `calendar_code`): it stands in the address, so don't log it.

        See "Get app calendar as ical", https://developers.podio.com/doc/calendar/get-app-calendar-as-ical-22515
        """
        path = fill("/calendar/app/{app_id:id}/ics/{user_id:id}/{token}/", app_id=app_id, user_id=user_id, token=token)
        return await self._caller.request_bytes("GET", path, params=params)

    async def update_event(self, uid: str, *, body: Any = None, params: Params | None = None) -> Any:
        """Change a calendar event.

        See "Update calendar event", https://developers.podio.com/doc/calendar/update-calendar-event-78177950
        """
        path = fill("/calendar/event/{uid}", uid=uid)
        return await self._caller.request("PUT", path, params=params, body=body)

    async def get_global_exports(self, *, params: Params | None = None) -> Any:
        """Return the exports of the global calendar.

        See "Get global exports", https://developers.podio.com/doc/calendar/get-global-exports-7554169
        """
        path = "/calendar/export/"
        return await self._caller.request("GET", path, params=params)

    async def set_global_export(self, linked_account_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Set the export of the global calendar to a linked account.

        See "Get global export", https://developers.podio.com/doc/calendar/get-global-export-9381099
        """
        path = fill("/calendar/export/linked_account/{linked_account_id:id}", linked_account_id=linked_account_id)
        return await self._caller.request("PUT", path, params=params, body=body)

    async def stop_reference_export(
        self, linked_account_id: int, ref_type: str, ref_id: int, *, params: Params | None = None
    ) -> Any:
        """Stop the export of an object's calendar to a linked account.

        See "Stop reference export", https://developers.podio.com/doc/calendar/stop-reference-export-9183590
        """
        path = fill(
            "/calendar/export/linked_account/{linked_account_id:id}/{ref_type}/{ref_id:id}",
            linked_account_id=linked_account_id,
            ref_type=ref_type,
            ref_id=ref_id,
        )
        return await self._caller.request("DELETE", path, params=params)

    async def set_reference_export(
        self, linked_account_id: int, ref_type: str, ref_id: int, *, body: Any = None, params: Params | None = None
    ) -> Any:
        """Set the export of an object's calendar to a linked account.

        See "Set reference export", https://developers.podio.com/doc/calendar/set-reference-export-9183515
        """
        path = fill(
            "/calendar/export/linked_account/{linked_account_id:id}/{ref_type}/{ref_id:id}",
            linked_account_id=linked_account_id,
            ref_type=ref_type,
            ref_id=ref_id,
        )
        return await self._caller.request("PUT", path, params=params, body=body)

    async def get_exports_by_reference(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> Any:
        """Return the exports of an object's calendar.

        See "Get exports by reference", https://developers.podio.com/doc/calendar/get-exports-by-reference-7554180
        """
        path = fill("/calendar/export/{ref_type}/{ref_id:id}/", ref_type=ref_type, ref_id=ref_id)
        return await self._caller.request("GET", path, params=params)

    async def get_global_as_ical(self, user_id: int, token: str, *, params: Params | None = None) -> bytes:
        """Return the global calendar in the iCalendar format.

        `token` is a credential (the user's `calendar_code`): it stands in the address, so don't log it.

        See "Get global calendar as ical", https://developers.podio.com/doc/calendar/get-global-calendar-as-ical-22513
        """
        path = fill("/calendar/ics/{user_id:id}/{token}/", user_id=user_id, token=token)
        return await self._caller.request_bytes("GET", path, params=params)

    async def get_item_field_calendar_as_ical(
        self, item_id: int, field_id: int, *, params: Params | None = None
    ) -> bytes:
        """Return a date field of an item in the iCalendar format.

        See "Get item field calendar as ical", https://developers.podio.com/doc/calendar/get-item-field-calendar-as-ical-10195681
        """
        path = fill("/calendar/item/{item_id:id}/field/{field_id:id}/ics/", item_id=item_id, field_id=field_id)
        return await self._caller.request_bytes("GET", path, params=params)

    async def get_mutes_in_global_calendar(self, *, params: Params | None = None) -> Any:
        """Return what is muted in the global calendar.

        See "Get mutes in global calendar", https://developers.podio.com/doc/calendar/get-mutes-in-global-calendar-62730
        """
        path = "/calendar/mute/"
        return await self._caller.request("GET", path, params=params)

    async def unmute_objects_from_global_calendar(
        self, scope_type: str, scope_id: int, *, params: Params | None = None
    ) -> Any:
        """Show muted objects in the global calendar again.

        See "Unmute objects from the global calendar", https://developers.podio.com/doc/calendar/unmute-objects-from-the-global-calendar-79420
        """
        path = fill("/calendar/mute/{scope_type}/{scope_id:id}/", scope_type=scope_type, scope_id=scope_id)
        return await self._caller.request("DELETE", path, params=params)

    async def mute_objects_from_global_calendar(
        self, scope_type: str, scope_id: int, *, body: Any = None, params: Params | None = None
    ) -> Any:
        """Mute objects in the global calendar.

        See "Mute objects from global calendar", https://developers.podio.com/doc/calendar/mute-objects-from-global-calendar-79418
        """
        path = fill("/calendar/mute/{scope_type}/{scope_id:id}/", scope_type=scope_type, scope_id=scope_id)
        return await self._caller.request("POST", path, params=params, body=body)

    async def get_summary_for_personal(
        self, *, limit: int | None = None, priority: int | None = None, params: Params | None = None
    ) -> Any:
        """Return a summary of the user's own calendar.

        See "Get calendar summary for personal", https://developers.podio.com/doc/calendar/get-calendar-summary-for-personal-1657903
        """
        path = "/calendar/personal/summary"
        return await self._caller.request("GET", path, params=merged({"limit": limit, "priority": priority}, params))

    async def get_space_calendar(
        self,
        space_id: int,
        *,
        date_from: str | None = None,
        date_to: str | None = None,
        priority: int | None = None,
        tasks: bool | None = None,
        params: Params | None = None,
    ) -> list[CalendarEventJSON]:
        """Return a space's calendar.

        See "Get space calendar", https://developers.podio.com/doc/calendar/get-space-calendar-22459
        """
        path = fill("/calendar/space/{space_id:id}/", space_id=space_id)
        return cast(
            "list[CalendarEventJSON]",
            await self._caller.request(
                "GET",
                path,
                params=merged(
                    {"date_from": date_from, "date_to": date_to, "priority": priority, "tasks": tasks}, params
                ),
            ),
        )

    async def get_space_calendar_as_ical(
        self, space_id: int, user_id: int, token: str, *, params: Params | None = None
    ) -> bytes:
        """Return a space's calendar in the iCalendar format.

        `token` is a credential (the user's `calendar_code`): it stands in the address, so don't log it.

        See "Get space calendar as ical", https://developers.podio.com/doc/calendar/get-space-calendar-as-ical-22514
        """
        path = fill(
            "/calendar/space/{space_id:id}/ics/{user_id:id}/{token}/", space_id=space_id, user_id=user_id, token=token
        )
        return await self._caller.request_bytes("GET", path, params=params)

    async def get_summary_for_space(
        self, space_id: int, *, limit: int | None = None, priority: int | None = None, params: Params | None = None
    ) -> Any:
        """Return a summary of a space's calendar.

        See "Get calendar summary for space", https://developers.podio.com/doc/calendar/get-calendar-summary-for-space-1609328
        """
        path = fill("/calendar/space/{space_id:id}/summary", space_id=space_id)
        return await self._caller.request("GET", path, params=merged({"limit": limit, "priority": priority}, params))

    async def get_summary(
        self, *, limit: int | None = None, priority: int | None = None, params: Params | None = None
    ) -> Any:
        """Return a summary of the calendar.

        See "Get calendar summary", https://developers.podio.com/doc/calendar/get-calendar-summary-1609256
        """
        path = "/calendar/summary"
        return await self._caller.request("GET", path, params=merged({"limit": limit, "priority": priority}, params))

    async def get_task_calendar_as_ical(self, task_id: int, *, params: Params | None = None) -> bytes:
        """Return a task in the iCalendar format.

        See "Get task calendar as ical", https://developers.podio.com/doc/calendar/get-task-calendar-as-ical-10195650
        """
        path = fill("/calendar/task/{task_id:id}/ics/", task_id=task_id)
        return await self._caller.request_bytes("GET", path, params=params)
