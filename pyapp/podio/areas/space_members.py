"""Space members: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from podio.areas.calls import Area, Params, fill, merged

if TYPE_CHECKING:
    from podio.json_types import SpaceMemberJSON


class SpaceMembers(Area):
    """Space members (https://developers.podio.com/doc/space-members)."""

    async def join_space(self, space_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Join a space.

        See "Join space", https://developers.podio.com/doc/space-members/join-space-1927286
        """
        path = fill("/space/{space_id:id}/join", space_id=space_id)
        await self._caller.request("POST", path, params=params, body=body)

    async def get_active(
        self,
        space_id: int,
        *,
        limit: int | None = None,
        offset: int | None = None,
        query: str | None = None,
        params: Params | None = None,
    ) -> list[SpaceMemberJSON]:
        """Return the active members of a space.

        See "Get active members of space", https://developers.podio.com/doc/space-members/get-active-members-of-space-22395
        """
        path = fill("/space/{space_id:id}/member/", space_id=space_id)
        return cast(
            "list[SpaceMemberJSON]",
            await self._caller.request(
                "GET", path, params=merged({"limit": limit, "offset": offset, "query": query}, params)
            ),
        )

    async def add(self, space_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Add users to a space.

        See "Add member to space", https://developers.podio.com/doc/space-members/add-member-to-space-1066259
        """
        path = fill("/space/{space_id:id}/member/", space_id=space_id)
        await self._caller.request("POST", path, params=params, body=body)

    async def get_top_users(self, space_id: int, *, limit: int | None = None, params: Params | None = None) -> Any:
        """Return the top users of a space.

        See "Get top users on space", https://developers.podio.com/doc/space-members/get-top-users-on-space-22461
        """
        path = fill("/space/{space_id:id}/member/top/", space_id=space_id)
        return await self._caller.request("GET", path, params=merged({"limit": limit}, params))

    async def get_all_v2(
        self,
        space_id: int,
        *,
        limit: int | None = None,
        offset: int | None = None,
        query: str | None = None,
        params: Params | None = None,
    ) -> list[SpaceMemberJSON]:
        """Return the members of a space.

        See "Get space members v2", https://developers.podio.com/doc/space-members/get-space-members-v2-19350328
        """
        path = fill("/space/{space_id:id}/member/v2/", space_id=space_id)
        return cast(
            "list[SpaceMemberJSON]",
            await self._caller.request(
                "GET", path, params=merged({"limit": limit, "offset": offset, "query": query}, params)
            ),
        )

    async def remove(self, space_id: int, user_ids: int | str, *, params: Params | None = None) -> None:
        """End memberships of a space.

        See "End space memberships", https://developers.podio.com/doc/space-members/end-space-memberships-22399
        """
        path = fill("/space/{space_id:id}/member/{user_ids:ids}", space_id=space_id, user_ids=user_ids)
        await self._caller.request("DELETE", path, params=params)

    async def get(self, space_id: int, user_id: int, *, params: Params | None = None) -> SpaceMemberJSON:
        """Return somebody's membership of a space.

        See "Get space membership", https://developers.podio.com/doc/space-members/get-space-membership-22397
        """
        path = fill("/space/{space_id:id}/member/{user_id:id}", space_id=space_id, user_id=user_id)
        return cast("SpaceMemberJSON", await self._caller.request("GET", path, params=params))

    async def update(
        self, space_id: int, user_ids: int | str, *, body: Any = None, params: Params | None = None
    ) -> None:
        """Change memberships of a space.

        See "Update space memberships", https://developers.podio.com/doc/space-members/update-space-memberships-22398
        """
        path = fill("/space/{space_id:id}/member/{user_ids:ids}", space_id=space_id, user_ids=user_ids)
        await self._caller.request("PUT", path, params=params, body=body)

    async def get_by_role(
        self,
        space_id: int,
        role: str,
        *,
        limit: int | None = None,
        offset: int | None = None,
        query: str | None = None,
        params: Params | None = None,
    ) -> list[SpaceMemberJSON]:
        """Return the members of a space that have a role.

        See "Get space members by role", https://developers.podio.com/doc/space-members/get-space-members-by-role-68043
        """
        path = fill("/space/{space_id:id}/member/{role}/", space_id=space_id, role=role)
        return cast(
            "list[SpaceMemberJSON]",
            await self._caller.request(
                "GET", path, params=merged({"limit": limit, "offset": offset, "query": query}, params)
            ),
        )

    async def get_v2(self, space_id: int, user_id: int, *, params: Params | None = None) -> SpaceMemberJSON:
        """Return a member of a space.

        See "Get space member (v2)", https://developers.podio.com/doc/space-members/get-space-member-20735097
        """
        path = fill("/space/{space_id:id}/member/{user_id:id}/v2", space_id=space_id, user_id=user_id)
        return cast("SpaceMemberJSON", await self._caller.request("GET", path, params=params))

    async def request(self, space_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Ask to become a member of a space.

        See "Request space membership", https://developers.podio.com/doc/space-members/request-space-membership-6146231
        """
        path = fill("/space/{space_id:id}/member_request/", space_id=space_id)
        return await self._caller.request("POST", path, params=params, body=body)

    async def accept_request(
        self, space_id: int, space_member_request_id: int, *, body: Any = None, params: Params | None = None
    ) -> Any:
        """Accept somebody's request to become a member of a space.

        See "Accept space membership request", https://developers.podio.com/doc/space-members/accept-space-membership-request-6146271
        """
        path = fill(
            "/space/{space_id:id}/member_request/{space_member_request_id:id}/accept",
            space_id=space_id,
            space_member_request_id=space_member_request_id,
        )
        return await self._caller.request("POST", path, params=params, body=body)
