"""Grants: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import Any

from podio.areas.calls import Area, Params, fill


class Grants(Area):
    """Grants (https://developers.podio.com/doc/grants)."""

    async def get_own_on_org(self, org_id: int, *, params: Params | None = None) -> Any:
        """Return the user's own grants in an organization.

        See "Get own grants on org", https://developers.podio.com/doc/grants/get-own-grants-on-org-22330891
        """
        path = fill("/grant/org/{org_id:id}/own/", org_id=org_id)
        return await self._caller.request("GET", path, params=params)

    async def get_to_user_on_space(self, space_id: int, user_id: int, *, params: Params | None = None) -> Any:
        """Return the grants that a user has in a space.

        See "Get grants to user on space", https://developers.podio.com/doc/grants/get-grants-to-user-on-space-19389786
        """
        path = fill("/grant/space/{space_id:id}/user/{user_id:id}/", space_id=space_id, user_id=user_id)
        return await self._caller.request("GET", path, params=params)

    async def create(self, ref_type: str, ref_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Grant access to an object.

        See "Create grant", https://developers.podio.com/doc/grants/create-grant-16168841
        """
        path = fill("/grant/{ref_type}/{ref_id:id}", ref_type=ref_type, ref_id=ref_id)
        return await self._caller.request("POST", path, params=params, body=body)

    async def get_on_object(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> Any:
        """Return the grants on an object.

        See "Get grants on object", https://developers.podio.com/doc/grants/get-grants-on-object-16491464
        """
        path = fill("/grant/{ref_type}/{ref_id:id}/", ref_type=ref_type, ref_id=ref_id)
        return await self._caller.request("GET", path, params=params)

    async def get_count_on_object(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> Any:
        """Return how many grants there are on an object.

        See "Count grants on object", https://developers.podio.com/doc/grants/count-grants-on-object-19275931
        """
        path = fill("/grant/{ref_type}/{ref_id:id}/count", ref_type=ref_type, ref_id=ref_id)
        return await self._caller.request("GET", path, params=params)

    async def get_own_information(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> Any:
        """Return the user's own grant on an object.

        See "Get own grant information", https://developers.podio.com/doc/grants/get-own-grant-information-16490748
        """
        path = fill("/grant/{ref_type}/{ref_id:id}/own", ref_type=ref_type, ref_id=ref_id)
        return await self._caller.request("GET", path, params=params)

    async def delete(self, ref_type: str, ref_id: int, user_id: int, *, params: Params | None = None) -> Any:
        """Take a user's grant on an object away.

        See "Remove grant", https://developers.podio.com/doc/grants/remove-grant-16496711
        """
        path = fill("/grant/{ref_type}/{ref_id:id}/{user_id:id}", ref_type=ref_type, ref_id=ref_id, user_id=user_id)
        return await self._caller.request("DELETE", path, params=params)
