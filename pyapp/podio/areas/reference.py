"""Reference: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from podio.areas.calls import Area, Params, fill, merged

if TYPE_CHECKING:
    from podio.json_types import ReferenceGroupJSON, ReferenceJSON


class Reference(Area):
    """Reference (https://developers.podio.com/doc/reference)."""

    async def resolve_url(self, *, url: str, params: Params | None = None) -> Any:
        """Return the object that an address of Podio names.

        See "Resolve url", https://developers.podio.com/doc/reference/resolve-url-66839423
        """
        path = "/reference/resolve"
        return await self._caller.request("GET", path, params=merged({"url": url}, params))

    async def search(self, *, body: Any = None, params: Params | None = None) -> list[ReferenceGroupJSON]:
        """Search for objects to refer to.

        See "Search references", https://developers.podio.com/doc/reference/search-references-13312595
        """
        path = "/reference/search"
        return cast("list[ReferenceGroupJSON]", await self._caller.request("POST", path, params=params, body=body))

    async def get(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> ReferenceJSON:
        """Return an object by its type and id.

        See "Get reference", https://developers.podio.com/doc/reference/get-reference-10661022
        """
        path = fill("/reference/{ref_type}/{ref_id:id}", ref_type=ref_type, ref_id=ref_id)
        return cast("ReferenceJSON", await self._caller.request("GET", path, params=params))

    async def get_users_with_access_to_object(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> Any:
        """Return who may see an object.

        See "Get users with access to object", https://developers.podio.com/doc/reference/get-users-with-access-to-object-16681010
        """
        path = fill("/reference/{ref_type}/{ref_id:id}/accessible_by/", ref_type=ref_type, ref_id=ref_id)
        return await self._caller.request("GET", path, params=params)

    async def get_count_of_user_profiles_with_access_to_object(
        self, ref_type: str, ref_id: int, *, params: Params | None = None
    ) -> Any:
        """Return how many users may see an object.

        See "Count user profiles with access to object", https://developers.podio.com/doc/reference/count-user-profiles-with-access-to-object-19190550
        """
        path = fill("/reference/{ref_type}/{ref_id:id}/accessible_by/count", ref_type=ref_type, ref_id=ref_id)
        return await self._caller.request("GET", path, params=params)
