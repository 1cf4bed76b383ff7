"""Users: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from podio.areas.calls import Area, Params, fill

if TYPE_CHECKING:
    from podio.json_types import ImageJSON, PropertyJSON, UserJSON, UserStatusJSON


class Users(Area):
    """Users (https://developers.podio.com/doc/users)."""

    async def get(self, *, params: Params | None = None) -> UserJSON:
        """Return the user who is signed in.

        An app can't: the ``app`` flow has no user.

        See "Get user", https://developers.podio.com/doc/users/get-user-22378
        """
        path = "/user"
        return cast("UserJSON", await self._caller.request("GET", path, params=params))

    async def update_profile(self, *, body: Any = None, params: Params | None = None) -> None:
        """Change the user's profile.

        See "Update profile", https://developers.podio.com/doc/users/update-profile-22402
        """
        path = "/user/profile/"
        await self._caller.request("PUT", path, params=params, body=body)

    async def get_profile_field(self, field: str, *, params: Params | None = None) -> list[str | int | ImageJSON]:
        """Return one field of the user's profile.

        See "Get profile field", https://developers.podio.com/doc/users/get-profile-field-22380
        """
        path = fill("/user/profile/{field}", field=field)
        return cast("list[str | int | ImageJSON]", await self._caller.request("GET", path, params=params))

    async def update_profile_field(self, key: str, *, body: Any = None, params: Params | None = None) -> Any:
        """Change one field of the user's profile.

        See "Update profile field", https://developers.podio.com/doc/users/update-profile-field-22500
        """
        path = fill("/user/profile/{key}", key=key)
        return await self._caller.request("PUT", path, params=params, body=body)

    async def set_properties(self, *, body: Any = None, params: Params | None = None) -> None:
        """Set properties kept for the user.

        See "Set user properties", https://developers.podio.com/doc/users/set-user-properties-9052829
        """
        path = "/user/property/"
        await self._caller.request("PUT", path, params=params, body=body)

    async def delete_property(self, name: str, *, params: Params | None = None) -> None:
        """Delete a property kept for the user.

        See "Delete user property", https://developers.podio.com/doc/users/delete-user-property-29800
        """
        path = fill("/user/property/{name}", name=name)
        await self._caller.request("DELETE", path, params=params)

    async def get_property(self, name: str, *, params: Params | None = None) -> PropertyJSON:
        """Return a property kept for the user.

        See "Get user property", https://developers.podio.com/doc/users/get-user-property-29798
        """
        path = fill("/user/property/{name}", name=name)
        return cast("PropertyJSON", await self._caller.request("GET", path, params=params))

    async def set_property(self, name: str, *, body: Any = None, params: Params | None = None) -> None:
        """Set a property kept for the user.

        See "Set user property", https://developers.podio.com/doc/users/set-user-property-29799
        """
        path = fill("/user/property/{name}", name=name)
        await self._caller.request("PUT", path, params=params, body=body)

    async def get_notification_settings(
        self, client_type: str, *, params: Params | None = None
    ) -> dict[str, bool | str]:
        """Return the user's notification settings for a kind of client.

        See "Get notification setting", https://developers.podio.com/doc/users/get-notification-setting-3649859
        """
        path = fill("/user/setting/{client_type}", client_type=client_type)
        return cast("dict[str, bool | str]", await self._caller.request("GET", path, params=params))

    async def update_notification_settings(
        self, client_type: str, *, body: Any = None, params: Params | None = None
    ) -> None:
        """Change the user's notification settings for a kind of client.

        See "Update notification settings", https://developers.podio.com/doc/users/update-notification-settings-3649927
        """
        path = fill("/user/setting/{client_type}/", client_type=client_type)
        await self._caller.request("PUT", path, params=params, body=body)

    async def get_notification_setting(
        self, client_type: str, notification_type: str, *, params: Params | None = None
    ) -> Any:
        """Return one of the user's notification settings for a kind of client.

        See "Get notification setting", https://developers.podio.com/doc/users/get-notification-setting-3649859
        """
        path = fill(
            "/user/setting/{client_type}/{notification_type}",
            client_type=client_type,
            notification_type=notification_type,
        )
        return await self._caller.request("GET", path, params=params)

    async def update_notification_setting(
        self, client_type: str, notification_type: str, *, body: Any = None, params: Params | None = None
    ) -> Any:
        """Change one of the user's notification settings for a kind of client.

        See "Update notification setting", https://developers.podio.com/doc/users/update-notification-setting-3649918
        """
        path = fill(
            "/user/setting/{client_type}/{notification_type}",
            client_type=client_type,
            notification_type=notification_type,
        )
        return await self._caller.request("PUT", path, params=params, body=body)

    async def get_status(self, *, params: Params | None = None) -> UserStatusJSON:
        """Return the user who is signed in, with profile, counts and push channel.

        An app can't (the ``app`` flow has no user). `calendar_code` in the answer is a credential.

        See "Get user status", https://developers.podio.com/doc/users/get-user-status-22480
        """
        path = "/user/status"
        return cast("UserStatusJSON", await self._caller.request("GET", path, params=params))
