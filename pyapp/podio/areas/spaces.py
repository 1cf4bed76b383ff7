"""Spaces: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from podio.areas.calls import Area, Params, fill, merged

if TYPE_CHECKING:
    from podio.json_types import CreatedSpaceJSON, SpaceCreation, SpaceJSON, SpaceShortJSON


class Spaces(Area):
    """Spaces (https://developers.podio.com/doc/spaces)."""

    async def create(self, *, body: SpaceCreation, params: Params | None = None) -> CreatedSpaceJSON:
        """Create a space.

        See "Create space", https://developers.podio.com/doc/spaces/create-space-22390
        """
        path = "/space/"
        return cast("CreatedSpaceJSON", await self._caller.request("POST", path, params=params, body=body))

    async def get_on_organization(self, org_id: int, *, params: Params | None = None) -> list[SpaceJSON]:
        """Return the workspaces of an organization.

        See "Get list of organization workspaces", https://developers.podio.com/doc/spaces/get-list-of-organization-workspaces-238875316
        """
        path = fill("/space/org/{org_id:id}/", org_id=org_id)
        return cast("list[SpaceJSON]", await self._caller.request("GET", path, params=params))

    async def get_available(self, org_id: int, *, params: Params | None = None) -> list[SpaceShortJSON]:
        """Return the spaces of an organization that the user may join.

        See "Get available spaces", https://developers.podio.com/doc/spaces/get-available-spaces-1911961
        """
        path = fill("/space/org/{org_id:id}/available/", org_id=org_id)
        return cast("list[SpaceShortJSON]", await self._caller.request("GET", path, params=params))

    async def get_by_org_and_url_label(self, org_id: int, url_label: str, *, params: Params | None = None) -> SpaceJSON:
        """Return the space of an organization that has this label in its address.

        See "Get space by org and url label", https://developers.podio.com/doc/spaces/get-space-by-org-and-url-label-476929
        """
        path = fill("/space/org/{org_id:id}/{url_label}", org_id=org_id, url_label=url_label)
        return cast("SpaceJSON", await self._caller.request("GET", path, params=params))

    async def get_top(self, *, limit: int | None = None, params: Params | None = None) -> list[SpaceJSON]:
        """Return the user's top spaces.

        See "Get top spaces", https://developers.podio.com/doc/spaces/get-top-spaces-22477
        """
        path = "/space/top/"
        return cast("list[SpaceJSON]", await self._caller.request("GET", path, params=merged({"limit": limit}, params)))

    async def get_by_url(
        self,
        *,
        url: str | None = None,
        org_slug: str | None = None,
        space_slug: str | None = None,
        info: bool | None = None,
        params: Params | None = None,
    ) -> SpaceJSON:
        """Return the space that has an address.

        See "Get space by url", https://developers.podio.com/doc/spaces/get-space-by-url-22481
        """
        path = "/space/url"
        return cast(
            "SpaceJSON",
            await self._caller.request(
                "GET",
                path,
                params=merged({"url": url, "org_slug": org_slug, "space_slug": space_slug, "info": info}, params),
            ),
        )

    async def delete(self, space_id: int, *, params: Params | None = None) -> Any:
        """Delete a space.

        See "Delete space", https://developers.podio.com/doc/spaces/delete-space-22417
        """
        path = fill("/space/{space_id:id}", space_id=space_id)
        return await self._caller.request("DELETE", path, params=params)

    async def get(self, space_id: int, *, fields: str | None = None, params: Params | None = None) -> SpaceJSON:
        """Return a space.

        See "Get space", https://developers.podio.com/doc/spaces/get-space-22389
        """
        path = fill("/space/{space_id:id}", space_id=space_id)
        return cast("SpaceJSON", await self._caller.request("GET", path, params=merged({"fields": fields}, params)))

    async def update(self, space_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Change a space.

        See "Update space", https://developers.podio.com/doc/spaces/update-space-22391
        """
        path = fill("/space/{space_id:id}", space_id=space_id)
        await self._caller.request("PUT", path, params=params, body=body)

    async def get_available_to_space(self, space_id: int, *, params: Params | None = None) -> Any:
        """Return the spaces available to a space.

        See "Get available spaces", https://developers.podio.com/doc/spaces/get-available-spaces-1911961
        """
        path = fill("/space/{space_id:id}/available", space_id=space_id)
        return await self._caller.request("GET", path, params=params)
