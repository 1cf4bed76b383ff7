"""Search: a method for each operation that Podio documents. Performs no I/O but through its client.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import cast

from podio.areas.calls import Area, Query, fill
from podio.shapes import SearchAnswer, SearchRequest, SearchResult


class Search(Area):
    """Search (https://developers.podio.com/doc/search)."""

    async def search_globally(self, *, body: SearchRequest, **params: Query) -> list[SearchResult]:
        """Search everything that the person sees.

        20 results at most.

        See "Search globally", https://developers.podio.com/doc/search/search-globally-22488
        """
        path = "/search/"
        return cast("list[SearchResult]", await self._caller.request("POST", path, params=params, body=body))

    async def search_in_app(self, app_id: int, *, body: SearchRequest, **params: Query) -> list[SearchResult]:
        """Search in an app.

        20 results at most.

        See "Search in app", https://developers.podio.com/doc/search/search-in-app-4234651
        """
        path = fill("/search/app/{app_id}/", app_id=app_id)
        return cast("list[SearchResult]", await self._caller.request("POST", path, params=params, body=body))

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
        **params: Query,
    ) -> SearchAnswer:
        """Search in an app.

        See "Search in application v2", https://developers.podio.com/doc/search/search-in-application-v2-155196220
        """
        path = fill("/search/app/{app_id}/v2", app_id=app_id)
        return cast(
            "SearchAnswer",
            await self._caller.request(
                "GET",
                path,
                params={
                    "query": query,
                    "limit": limit,
                    "offset": offset,
                    "ref_type": ref_type,
                    "counts": counts,
                    "highlights": highlights,
                    **params,
                },
            ),
        )

    async def search_in_organization(self, org_id: int, *, body: SearchRequest, **params: Query) -> list[SearchResult]:
        """Search in an organization.

        20 results at most.

        See "Search in organization", https://developers.podio.com/doc/search/search-in-organization-22487
        """
        path = fill("/search/org/{org_id}/", org_id=org_id)
        return cast("list[SearchResult]", await self._caller.request("POST", path, params=params, body=body))

    async def search_in_space(self, space_id: int, *, body: SearchRequest, **params: Query) -> list[SearchResult]:
        """Search in a space.

        20 results at most.

        See "Search in space", https://developers.podio.com/doc/search/search-in-space-22479
        """
        path = fill("/search/space/{space_id}/", space_id=space_id)
        return cast("list[SearchResult]", await self._caller.request("POST", path, params=params, body=body))
