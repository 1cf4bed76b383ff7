"""Search: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from podio.areas.calls import Area, Params, fill, merged

if TYPE_CHECKING:
    from podio.json_types import SearchRequest, SearchResultJSON, SearchResultsJSON


class Search(Area):
    """Search (https://developers.podio.com/doc/search)."""

    async def search_globally(self, *, body: SearchRequest, params: Params | None = None) -> list[SearchResultJSON]:
        """Search everything that the user sees.

        20 results at most.

        See "Search globally", https://developers.podio.com/doc/search/search-globally-22488
        """
        path = "/search/"
        return cast("list[SearchResultJSON]", await self._caller.request("POST", path, params=params, body=body))

    async def search_in_app(
        self, app_id: int, *, body: SearchRequest, params: Params | None = None
    ) -> list[SearchResultJSON]:
        """Search in an app.

        20 results at most.

        See "Search in app", https://developers.podio.com/doc/search/search-in-app-4234651
        """
        path = fill("/search/app/{app_id:id}/", app_id=app_id)
        return cast("list[SearchResultJSON]", await self._caller.request("POST", path, params=params, body=body))

    async def search_in_app_v2(
        self,
        app_id: int,
        *,
        query: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        ref_type: str | None = None,
        counts: bool | None = None,
        highlights: bool | None = None,
        params: Params | None = None,
    ) -> SearchResultsJSON:
        """Search in an app.

        See "Search in application v2", https://developers.podio.com/doc/search/search-in-application-v2-155196220
        """
        path = fill("/search/app/{app_id:id}/v2", app_id=app_id)
        return cast(
            "SearchResultsJSON",
            await self._caller.request(
                "GET",
                path,
                params=merged(
                    {
                        "query": query,
                        "limit": limit,
                        "offset": offset,
                        "ref_type": ref_type,
                        "counts": counts,
                        "highlights": highlights,
                    },
                    params,
                ),
            ),
        )

    async def search_in_organization(
        self, org_id: int, *, body: SearchRequest, params: Params | None = None
    ) -> list[SearchResultJSON]:
        """Search in an organization.

        20 results at most.

        See "Search in organization", https://developers.podio.com/doc/search/search-in-organization-22487
        """
        path = fill("/search/org/{org_id:id}/", org_id=org_id)
        return cast("list[SearchResultJSON]", await self._caller.request("POST", path, params=params, body=body))

    async def search_in_space(
        self, space_id: int, *, body: SearchRequest, params: Params | None = None
    ) -> list[SearchResultJSON]:
        """Search in a space.

        20 results at most.

        See "Search in space", https://developers.podio.com/doc/search/search-in-space-22479
        """
        path = fill("/search/space/{space_id:id}/", space_id=space_id)
        return cast("list[SearchResultJSON]", await self._caller.request("POST", path, params=params, body=body))
