"""Notifications: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from podio.areas.calls import Area, Params, fill, merged

if TYPE_CHECKING:
    from podio.json_types import InboxCountJSON, NotificationGroupJSON


class Notifications(Area):
    """Notifications (https://developers.podio.com/doc/notifications)."""

    async def get_all(
        self,
        *,
        context_type: str | None = None,
        created_from: str | None = None,
        created_to: str | None = None,
        direction: str | None = None,
        starred: bool | None = None,
        user_id: int | None = None,
        viewed: bool | None = None,
        viewed_from: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        params: Params | None = None,
    ) -> list[NotificationGroupJSON]:
        """Return the notifications.

        See "Get notifications", https://developers.podio.com/doc/notifications/get-notifications-290777
        """
        path = "/notification/"
        return cast(
            "list[NotificationGroupJSON]",
            await self._caller.request(
                "GET",
                path,
                params=merged(
                    {
                        "context_type": context_type,
                        "created_from": created_from,
                        "created_to": created_to,
                        "direction": direction,
                        "starred": starred,
                        "user_id": user_id,
                        "viewed": viewed,
                        "viewed_from": viewed_from,
                        "limit": limit,
                        "offset": offset,
                    },
                    params,
                ),
            ),
        )

    async def get_inbox_new_count(self, *, params: Params | None = None) -> InboxCountJSON:
        """Return how many new notifications there are.

        See "Get inbox new count", https://developers.podio.com/doc/notifications/get-inbox-new-count-84610
        """
        path = "/notification/inbox/new/count"
        return cast("InboxCountJSON", await self._caller.request("GET", path, params=params))

    async def mark_all_as_viewed(self, *, body: Any = None, params: Params | None = None) -> None:
        """Mark all notifications as viewed.

        See "Mark all notifications as viewed", https://developers.podio.com/doc/notifications/mark-all-notifications-as-viewed-58099
        """
        path = "/notification/viewed"
        await self._caller.request("POST", path, params=params, body=body)

    async def get(self, notification_id: int, *, params: Params | None = None) -> NotificationGroupJSON:
        """Return a notification.

        See "Get notification", https://developers.podio.com/doc/notifications/get-notification-2973737
        """
        path = fill("/notification/{notification_id:id}", notification_id=notification_id)
        return cast("NotificationGroupJSON", await self._caller.request("GET", path, params=params))

    async def unstar(self, notification_id: int, *, params: Params | None = None) -> None:
        """Take the star off a notification.

        See "Un star notification", https://developers.podio.com/doc/notifications/un-star-notification-295911
        """
        path = fill("/notification/{notification_id:id}/star", notification_id=notification_id)
        await self._caller.request("DELETE", path, params=params)

    async def star(self, notification_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Put a star on a notification.

        See "Star notification", https://developers.podio.com/doc/notifications/star-notification-295910
        """
        path = fill("/notification/{notification_id:id}/star", notification_id=notification_id)
        await self._caller.request("POST", path, params=params, body=body)

    async def get_v2(self, notification_id: int, *, params: Params | None = None) -> NotificationGroupJSON:
        """Return a notification.

        See "Get notification v2", https://developers.podio.com/doc/notifications/get-notification-v2-2973737
        """
        path = fill("/notification/{notification_id:id}/v2", notification_id=notification_id)
        return cast("NotificationGroupJSON", await self._caller.request("GET", path, params=params))

    async def mark_as_viewed(self, notification_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Mark a notification as viewed.

        See "Mark notification as viewed", https://developers.podio.com/doc/notifications/mark-notification-as-viewed-22436
        """
        path = fill("/notification/{notification_id:id}/viewed", notification_id=notification_id)
        await self._caller.request("POST", path, params=params, body=body)

    async def mark_as_viewed_by_ref(
        self, ref_type: str, ref_id: int, *, body: Any = None, params: Params | None = None
    ) -> None:
        """Mark the notifications on an object as viewed.

        See "Mark notifications as viewed by ref", https://developers.podio.com/doc/notifications/mark-notifications-as-viewed-by-ref-553653
        """
        path = fill("/notification/{ref_type}/{ref_id:id}/viewed", ref_type=ref_type, ref_id=ref_id)
        await self._caller.request("POST", path, params=params, body=body)
