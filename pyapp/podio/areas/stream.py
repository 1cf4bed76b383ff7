"""Stream: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from podio.areas.calls import Area, Params, fill, merged

if TYPE_CHECKING:
    from podio.json_types import StreamObjectJSON


class Stream(Area):
    """Stream (https://developers.podio.com/doc/stream)."""

    async def get_global(
        self, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> list[StreamObjectJSON]:
        """Return the stream of everything the user sees.

        See "Get global stream", https://developers.podio.com/doc/stream/get-global-stream-80012
        """
        path = "/stream/"
        return cast(
            "list[StreamObjectJSON]",
            await self._caller.request("GET", path, params=merged({"limit": limit, "offset": offset}, params)),
        )

    async def get_app_stream(
        self, app_id: int, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> list[StreamObjectJSON]:
        """Return an app's stream.

        See "Get app stream", https://developers.podio.com/doc/stream/get-app-stream-264673
        """
        path = fill("/stream/app/{app_id:id}/", app_id=app_id)
        return cast(
            "list[StreamObjectJSON]",
            await self._caller.request("GET", path, params=merged({"limit": limit, "offset": offset}, params)),
        )

    async def get_app_stream_v3(
        self, app_id: int, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> list[StreamObjectJSON]:
        """Return an app's stream.

        See "Get application stream v3", https://developers.podio.com/doc/stream/get-application-stream-v3-100406563
        """
        path = fill("/stream/app/{app_id:id}/v3", app_id=app_id)
        return cast(
            "list[StreamObjectJSON]",
            await self._caller.request("GET", path, params=merged({"limit": limit, "offset": offset}, params)),
        )

    async def get_mutes_in_global_stream(self, *, params: Params | None = None) -> Any:
        """Return what is muted in the global stream.

        See "Get mutes in global stream", https://developers.podio.com/doc/stream/get-mutes-in-global-stream-62742
        """
        path = "/stream/mute/v2/"
        return await self._caller.request("GET", path, params=params)

    async def unmute_objects_from_global_stream(
        self, scope_type: str, scope_id: int, *, params: Params | None = None
    ) -> Any:
        """Show muted objects in the global stream again.

        See "Unmute objects from the global stream", https://developers.podio.com/doc/stream/unmute-objects-from-the-global-stream-79426
        """
        path = fill("/stream/mute/{scope_type}/{scope_id:id}", scope_type=scope_type, scope_id=scope_id)
        return await self._caller.request("DELETE", path, params=params)

    async def mute_object_from_global_stream(
        self, scope_type: str, scope_id: int, *, body: Any = None, params: Params | None = None
    ) -> Any:
        """Mute objects in the global stream.

        See "Mute object from global stream", https://developers.podio.com/doc/stream/mute-object-from-global-stream-79424
        """
        path = fill("/stream/mute/{scope_type}/{scope_id:id}", scope_type=scope_type, scope_id=scope_id)
        return await self._caller.request("POST", path, params=params, body=body)

    async def get_organization_stream(
        self, org_id: int, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> list[StreamObjectJSON]:
        """Return an organization's stream.

        See "Get organization stream", https://developers.podio.com/doc/stream/get-organization-stream-80038
        """
        path = fill("/stream/org/{org_id:id}/", org_id=org_id)
        return cast(
            "list[StreamObjectJSON]",
            await self._caller.request("GET", path, params=merged({"limit": limit, "offset": offset}, params)),
        )

    async def get_organization_stream_v2(
        self, org_id: int, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> list[StreamObjectJSON]:
        """Return an organization's stream.

        See "Get organization stream", https://developers.podio.com/doc/stream/get-organization-stream-80038
        """
        path = fill("/stream/org/{org_id:id}/v2/", org_id=org_id)
        return cast(
            "list[StreamObjectJSON]",
            await self._caller.request("GET", path, params=merged({"limit": limit, "offset": offset}, params)),
        )

    async def get_organization_stream_v3(
        self, org_id: int, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> list[StreamObjectJSON]:
        """Return an organization's stream.

        See "Get org stream v3", https://developers.podio.com/doc/stream/get-org-stream-v3-100405933
        """
        path = fill("/stream/org/{org_id:id}/v3/", org_id=org_id)
        return cast(
            "list[StreamObjectJSON]",
            await self._caller.request("GET", path, params=merged({"limit": limit, "offset": offset}, params)),
        )

    async def get_personal(
        self, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> list[StreamObjectJSON]:
        """Return the user's own stream.

        See "Get personal stream", https://developers.podio.com/doc/stream/get-personal-stream-1656647
        """
        path = "/stream/personal/"
        return cast(
            "list[StreamObjectJSON]",
            await self._caller.request("GET", path, params=merged({"limit": limit, "offset": offset}, params)),
        )

    async def get_space_stream(
        self, space_id: int, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> list[StreamObjectJSON]:
        """Return a space's stream.

        See "Get space stream", https://developers.podio.com/doc/stream/get-space-stream-80039
        """
        path = fill("/stream/space/{space_id:id}/", space_id=space_id)
        return cast(
            "list[StreamObjectJSON]",
            await self._caller.request("GET", path, params=merged({"limit": limit, "offset": offset}, params)),
        )

    async def get_space_stream_v2(
        self, space_id: int, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> list[StreamObjectJSON]:
        """Return a space's stream.

        See "Get space stream", https://developers.podio.com/doc/stream/get-space-stream-80039
        """
        path = fill("/stream/space/{space_id:id}/v2/", space_id=space_id)
        return cast(
            "list[StreamObjectJSON]",
            await self._caller.request("GET", path, params=merged({"limit": limit, "offset": offset}, params)),
        )

    async def get_space_stream_v3(
        self, space_id: int, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> list[StreamObjectJSON]:
        """Return a space's stream.

        See "Get space stream v3", https://developers.podio.com/doc/stream/get-space-stream-v3-116373969
        """
        path = fill("/stream/space/{space_id:id}/v3/", space_id=space_id)
        return cast(
            "list[StreamObjectJSON]",
            await self._caller.request("GET", path, params=merged({"limit": limit, "offset": offset}, params)),
        )

    async def get_user_stream(
        self, user_id: int, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> list[StreamObjectJSON]:
        """Return the stream of what a user did.

        See "Get user stream", https://developers.podio.com/doc/stream/get-user-stream-1289318
        """
        path = fill("/stream/user/{user_id:id}/", user_id=user_id)
        return cast(
            "list[StreamObjectJSON]",
            await self._caller.request("GET", path, params=merged({"limit": limit, "offset": offset}, params)),
        )

    async def get_user_stream_v3(
        self, user_id: int, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> list[StreamObjectJSON]:
        """Return the stream of what a user did.

        See "Get user stream v3", https://developers.podio.com/doc/stream/get-user-stream-v3-100406822
        """
        path = fill("/stream/user/{user_id:id}/v3", user_id=user_id)
        return cast(
            "list[StreamObjectJSON]",
            await self._caller.request("GET", path, params=merged({"limit": limit, "offset": offset}, params)),
        )

    async def get_global_v3(
        self, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> list[StreamObjectJSON]:
        """Return the stream of everything the user sees.

        See "Get global stream v3", https://developers.podio.com/doc/stream/get-global-stream-v3-100405451
        """
        path = "/stream/v3/"
        return cast(
            "list[StreamObjectJSON]",
            await self._caller.request("GET", path, params=merged({"limit": limit, "offset": offset}, params)),
        )

    async def get_object(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> StreamObjectJSON:
        """Return an object as the stream shows it.

        See "Get stream object", https://developers.podio.com/doc/stream/get-stream-object-80054
        """
        path = fill("/stream/{ref_type}/{ref_id:id}", ref_type=ref_type, ref_id=ref_id)
        return cast("StreamObjectJSON", await self._caller.request("GET", path, params=params))

    async def get_object_v2(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> StreamObjectJSON:
        """Return an object as the stream shows it.

        See "Get stream object", https://developers.podio.com/doc/stream/get-stream-object-80054
        """
        path = fill("/stream/{ref_type}/{ref_id:id}/v2", ref_type=ref_type, ref_id=ref_id)
        return cast("StreamObjectJSON", await self._caller.request("GET", path, params=params))

    async def get_object_v3(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> StreamObjectJSON:
        """Return an object as the stream shows it.

        See "Get stream object v3", https://developers.podio.com/doc/stream/get-stream-object-v3-116373396
        """
        path = fill("/stream/{ref_type}/{ref_id:id}/v3", ref_type=ref_type, ref_id=ref_id)
        return cast("StreamObjectJSON", await self._caller.request("GET", path, params=params))
