"""Notifications: a method for each operation that Podio documents. Performs no I/O but through its client.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import Any

from podio.areas.calls import Area, Query, fill


class Notifications(Area):
    """Notifications (https://developers.podio.com/doc/notifications)."""

    async def get_all(self, **params: Query) -> Any:
        """Return the notifications.

        See "Get notifications", https://developers.podio.com/doc/notifications/get-notifications-290777
        """
        path = "/notification/"
        return await self._caller.request("GET", path, params=params)

    async def get_inbox_new_count(self, **params: Query) -> Any:
        """Return how many new notifications there are.

        See "Get inbox new count", https://developers.podio.com/doc/notifications/get-inbox-new-count-84610
        """
        path = "/notification/inbox/new/count"
        return await self._caller.request("GET", path, params=params)

    async def mark_all_as_viewed(self, *, body: Any = None, **params: Query) -> Any:
        """Mark all notifications as viewed.

        See "Mark all notifications as viewed", https://developers.podio.com/doc/notifications/mark-all-notifications-as-viewed-58099
        """
        path = "/notification/viewed"
        return await self._caller.request("POST", path, params=params, body=body)

    async def get(self, notification_id: int, **params: Query) -> Any:
        """Return a notification.

        See "Get notification", https://developers.podio.com/doc/notifications/get-notification-2973737
        """
        path = fill("/notification/{notification_id}", notification_id=notification_id)
        return await self._caller.request("GET", path, params=params)

    async def unstar(self, notification_id: int, **params: Query) -> Any:
        """Take the star off a notification.

        See "Un star notification", https://developers.podio.com/doc/notifications/un-star-notification-295911
        """
        path = fill("/notification/{notification_id}/star", notification_id=notification_id)
        return await self._caller.request("DELETE", path, params=params)

    async def star(self, notification_id: int, *, body: Any = None, **params: Query) -> Any:
        """Put a star on a notification.

        See "Star notification", https://developers.podio.com/doc/notifications/star-notification-295910
        """
        path = fill("/notification/{notification_id}/star", notification_id=notification_id)
        return await self._caller.request("POST", path, params=params, body=body)

    async def get_v2(self, notification_id: int, **params: Query) -> Any:
        """Return a notification.

        See "Get notification v2", https://developers.podio.com/doc/notifications/get-notification-v2-2973737
        """
        path = fill("/notification/{notification_id}/v2", notification_id=notification_id)
        return await self._caller.request("GET", path, params=params)

    async def mark_as_viewed(self, notification_id: int, *, body: Any = None, **params: Query) -> Any:
        """Mark a notification as viewed.

        See "Mark notification as viewed", https://developers.podio.com/doc/notifications/mark-notification-as-viewed-22436
        """
        path = fill("/notification/{notification_id}/viewed", notification_id=notification_id)
        return await self._caller.request("POST", path, params=params, body=body)

    async def mark_as_viewed_by_ref(self, ref_type: str, ref_id: int, *, body: Any = None, **params: Query) -> Any:
        """Mark the notifications on an object as viewed.

        See "Mark notifications as viewed by ref", https://developers.podio.com/doc/notifications/mark-notifications-as-viewed-by-ref-553653
        """
        path = fill("/notification/{ref_type}/{ref_id}/viewed", ref_type=ref_type, ref_id=ref_id)
        return await self._caller.request("POST", path, params=params, body=body)
