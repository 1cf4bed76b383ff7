"""Grants: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from podio.areas.calls import Area, Params, fill

if TYPE_CHECKING:
    from podio.json_types import CountJSON, CreatedGrantJSON, GrantCreation, GrantJSON


class Grants(Area):
    """Grants (https://developers.podio.com/doc/grants)."""

    async def get_own_on_org(self, org_id: int, *, params: Params | None = None) -> list[GrantJSON]:
        """Return the user's own grants in an organization.

        See "Get own grants on org", https://developers.podio.com/doc/grants/get-own-grants-on-org-22330891
        """
        path = fill("/grant/org/{org_id:id}/own/", org_id=org_id)
        return cast("list[GrantJSON]", await self._caller.request("GET", path, params=params))

    async def get_to_user_on_space(
        self, space_id: int, user_id: int, *, params: Params | None = None
    ) -> list[GrantJSON]:
        """Return the grants that a user has in a space.

        See "Get grants to user on space", https://developers.podio.com/doc/grants/get-grants-to-user-on-space-19389786
        """
        path = fill("/grant/space/{space_id:id}/user/{user_id:id}/", space_id=space_id, user_id=user_id)
        return cast("list[GrantJSON]", await self._caller.request("GET", path, params=params))

    async def create(
        self, ref_type: str, ref_id: int, *, body: GrantCreation, params: Params | None = None
    ) -> CreatedGrantJSON:
        """Grant access to an object.

        See "Create grant", https://developers.podio.com/doc/grants/create-grant-16168841
        """
        path = fill("/grant/{ref_type}/{ref_id:id}", ref_type=ref_type, ref_id=ref_id)
        return cast("CreatedGrantJSON", await self._caller.request("POST", path, params=params, body=body))

    async def get_on_object(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> list[GrantJSON]:
        """Return the grants on an object.

        See "Get grants on object", https://developers.podio.com/doc/grants/get-grants-on-object-16491464
        """
        path = fill("/grant/{ref_type}/{ref_id:id}/", ref_type=ref_type, ref_id=ref_id)
        return cast("list[GrantJSON]", await self._caller.request("GET", path, params=params))

    async def get_count_on_object(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> CountJSON:
        """Return how many grants there are on an object.

        See "Count grants on object", https://developers.podio.com/doc/grants/count-grants-on-object-19275931
        """
        path = fill("/grant/{ref_type}/{ref_id:id}/count", ref_type=ref_type, ref_id=ref_id)
        return cast("CountJSON", await self._caller.request("GET", path, params=params))

    async def get_own_information(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> GrantJSON:
        """Return the user's own grant on an object.

        See "Get own grant information", https://developers.podio.com/doc/grants/get-own-grant-information-16490748
        """
        path = fill("/grant/{ref_type}/{ref_id:id}/own", ref_type=ref_type, ref_id=ref_id)
        return cast("GrantJSON", await self._caller.request("GET", path, params=params))

    async def delete(self, ref_type: str, ref_id: int, user_id: int, *, params: Params | None = None) -> None:
        """Take a user's grant on an object away.

        See "Remove grant", https://developers.podio.com/doc/grants/remove-grant-16496711
        """
        path = fill("/grant/{ref_type}/{ref_id:id}/{user_id:id}", ref_type=ref_type, ref_id=ref_id, user_id=user_id)
        await self._caller.request("DELETE", path, params=params)
