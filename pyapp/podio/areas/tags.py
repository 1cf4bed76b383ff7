"""Tags: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from podio.areas.calls import Area, Params, fill, merged

if TYPE_CHECKING:
    from podio.json_types import TagCountJSON, TaggedObjectJSON


class Tags(Area):
    """Tags (https://developers.podio.com/doc/tags)."""

    async def get_on_app(
        self, app_id: int, *, limit: int | None = None, text: str | None = None, params: Params | None = None
    ) -> list[TagCountJSON]:
        """Return the tags used in an app.

        See "Get tags on app", https://developers.podio.com/doc/tags/get-tags-on-app-22467
        """
        path = fill("/tag/app/{app_id:id}/", app_id=app_id)
        return cast(
            "list[TagCountJSON]",
            await self._caller.request("GET", path, params=merged({"limit": limit, "text": text}, params)),
        )

    async def get_objects_on_app_with_tag(
        self,
        app_id: int,
        *,
        text: str,
        limit: int | None = None,
        offset: int | None = None,
        params: Params | None = None,
    ) -> list[TaggedObjectJSON]:
        """Return the objects of an app that have a tag.

        See "Get objects on app with tag", https://developers.podio.com/doc/tags/get-objects-on-app-with-tag-22469
        """
        path = fill("/tag/app/{app_id:id}/search/", app_id=app_id)
        return cast(
            "list[TaggedObjectJSON]",
            await self._caller.request(
                "GET", path, params=merged({"text": text, "limit": limit, "offset": offset}, params)
            ),
        )

    async def get_on_app_top(
        self, app_id: int, *, limit: int | None = None, text: str | None = None, params: Params | None = None
    ) -> list[str]:
        """Return the top tags of an app.

        See "Get tags on app top", https://developers.podio.com/doc/tags/get-tags-on-app-top-68485
        """
        path = fill("/tag/app/{app_id:id}/top/", app_id=app_id)
        return cast(
            "list[str]", await self._caller.request("GET", path, params=merged({"limit": limit, "text": text}, params))
        )

    async def get_on_organization(
        self, org_id: int, *, limit: int | None = None, text: str | None = None, params: Params | None = None
    ) -> list[TagCountJSON]:
        """Return the tags used in an organization.

        See "Get tags on organization", https://developers.podio.com/doc/tags/get-tags-on-organization-48473
        """
        path = fill("/tag/org/{org_id:id}/", org_id=org_id)
        return cast(
            "list[TagCountJSON]",
            await self._caller.request("GET", path, params=merged({"limit": limit, "text": text}, params)),
        )

    async def get_objects_on_organization_with_tag(
        self,
        org_id: int,
        *,
        text: str,
        limit: int | None = None,
        offset: int | None = None,
        params: Params | None = None,
    ) -> list[TaggedObjectJSON]:
        """Return the objects of an organization that have a tag.

        See "Get objects on organization with tag", https://developers.podio.com/doc/tags/get-objects-on-organization-with-tag-48478
        """
        path = fill("/tag/org/{org_id:id}/search/", org_id=org_id)
        return cast(
            "list[TaggedObjectJSON]",
            await self._caller.request(
                "GET", path, params=merged({"text": text, "limit": limit, "offset": offset}, params)
            ),
        )

    async def get_on_space(
        self, space_id: int, *, limit: int | None = None, text: str | None = None, params: Params | None = None
    ) -> list[TagCountJSON]:
        """Return the tags used in a space.

        See "Get tags on space", https://developers.podio.com/doc/tags/get-tags-on-space-22466
        """
        path = fill("/tag/space/{space_id:id}/", space_id=space_id)
        return cast(
            "list[TagCountJSON]",
            await self._caller.request("GET", path, params=merged({"limit": limit, "text": text}, params)),
        )

    async def get_objects_on_space_with_tag(
        self,
        space_id: int,
        *,
        text: str,
        limit: int | None = None,
        offset: int | None = None,
        params: Params | None = None,
    ) -> list[TaggedObjectJSON]:
        """Return the objects of a space that have a tag.

        See "Get objects on space with tag", https://developers.podio.com/doc/tags/get-objects-on-space-with-tag-22468
        """
        path = fill("/tag/space/{space_id:id}/search/", space_id=space_id)
        return cast(
            "list[TaggedObjectJSON]",
            await self._caller.request(
                "GET", path, params=merged({"text": text, "limit": limit, "offset": offset}, params)
            ),
        )

    async def remove(self, ref_type: str, ref_id: int, *, text: str, params: Params | None = None) -> None:
        """Remove a tag from an object.

        See "Remove tag", https://developers.podio.com/doc/tags/remove-tag-22465
        """
        path = fill("/tag/{ref_type}/{ref_id:id}/", ref_type=ref_type, ref_id=ref_id)
        await self._caller.request("DELETE", path, params=merged({"text": text}, params))

    async def add(self, ref_type: str, ref_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Add tags to an object.

        See "Create tags", https://developers.podio.com/doc/tags/create-tags-22464
        """
        path = fill("/tag/{ref_type}/{ref_id:id}/", ref_type=ref_type, ref_id=ref_id)
        await self._caller.request("POST", path, params=params, body=body)

    async def update(self, ref_type: str, ref_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Change the tags of an object.

        See "Update tags", https://developers.podio.com/doc/tags/update-tags-39859
        """
        path = fill("/tag/{ref_type}/{ref_id:id}/", ref_type=ref_type, ref_id=ref_id)
        await self._caller.request("PUT", path, params=params, body=body)
