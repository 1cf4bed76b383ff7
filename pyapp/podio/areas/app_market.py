"""App market: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import Any

from podio.areas.calls import Area, Params, fill, merged


class AppMarket(Area):
    """App market (https://developers.podio.com/doc/app-market)."""

    async def share_app(self, *, body: Any = None, params: Params | None = None) -> Any:
        """Share an app in the app market.

        See "Share app", https://developers.podio.com/doc/app-market/share-app-22504
        """
        path = "/app_store/"
        return await self._caller.request("POST", path, params=params, body=body)

    async def get_categories(self, *, params: Params | None = None) -> Any:
        """Return the market's categories.

        See "Get categories", https://developers.podio.com/doc/app-market/get-categories-37009
        """
        path = "/app_store/category/"
        return await self._caller.request("GET", path, params=params)

    async def get_by_category_v2(
        self,
        category_id: int,
        *,
        language: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
        params: Params | None = None,
    ) -> Any:
        """Return the shares of a category.

        See "Get shares by category", https://developers.podio.com/doc/app-market/get-shares-by-category-22498
        """
        path = fill("/app_store/category/{category_id:id}/v2", category_id=category_id)
        return await self._caller.request(
            "GET", path, params=merged({"language": language, "limit": limit, "offset": offset, "sort": sort}, params)
        )

    async def get_orgs_with_private_shares(self, *, params: Params | None = None) -> Any:
        """Return the organizations that have private shares.

        See "Get orgs with private shares", https://developers.podio.com/doc/app-market/get-orgs-with-private-shares-211715
        """
        path = "/app_store/org/"
        return await self._caller.request("GET", path, params=params)

    async def get_recommended(
        self,
        area: str,
        *,
        language: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
        params: Params | None = None,
    ) -> Any:
        """Return the shares recommended for an area.

        See "Get recommended shares", https://developers.podio.com/doc/app-market/get-recommended-shares-5340177
        """
        path = fill("/app_store/recommended/{area}/", area=area)
        return await self._caller.request(
            "GET", path, params=merged({"language": language, "limit": limit, "offset": offset, "sort": sort}, params)
        )

    async def unshare_app(self, share_id: int, *, params: Params | None = None) -> Any:
        """Take a share out of the market.

        See "Unshare app", https://developers.podio.com/doc/app-market/unshare-app-37917
        """
        path = fill("/app_store/{share_id:id}", share_id=share_id)
        return await self._caller.request("DELETE", path, params=params)

    async def update(self, share_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Change a share.

        See "Update share", https://developers.podio.com/doc/app-market/update-share-38639
        """
        path = fill("/app_store/{share_id:id}", share_id=share_id)
        return await self._caller.request("PUT", path, params=params, body=body)

    async def get_by_author(
        self,
        ref_type: str,
        user_id: int,
        *,
        language: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
        params: Params | None = None,
    ) -> Any:
        """Return the shares of one author.

        See "Get shares by author", https://developers.podio.com/doc/app-market/get-shares-by-author-22497
        """
        path = fill("/app_store/{ref_type}/author/{user_id:id}/", ref_type=ref_type, user_id=user_id)
        return await self._caller.request(
            "GET", path, params=merged({"language": language, "limit": limit, "offset": offset, "sort": sort}, params)
        )

    async def get_by_category(
        self,
        ref_type: str,
        category_id: int,
        *,
        language: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
        params: Params | None = None,
    ) -> Any:
        """Return the shares of one kind in a category.

        See "Get shares by category", https://developers.podio.com/doc/app-market/get-shares-by-category-22498
        """
        path = fill("/app_store/{ref_type}/category/{category_id:id}/", ref_type=ref_type, category_id=category_id)
        return await self._caller.request(
            "GET", path, params=merged({"language": language, "limit": limit, "offset": offset, "sort": sort}, params)
        )

    async def install(self, share_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Install a share.

        See "Install share", https://developers.podio.com/doc/app-market/install-share-22499
        """
        path = fill("/app_store/{share_id:id}/install", share_id=share_id)
        return await self._caller.request("POST", path, params=params, body=body)

    async def install_v2(self, share_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Install a share.

        See "Install share", https://developers.podio.com/doc/app-market/install-share-22499
        """
        path = fill("/app_store/{share_id:id}/install/v2", share_id=share_id)
        return await self._caller.request("POST", path, params=params, body=body)

    async def get_own(
        self,
        ref_type: str,
        *,
        language: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
        params: Params | None = None,
    ) -> Any:
        """Return one's own shares of one kind.

        See "Get own shares", https://developers.podio.com/doc/app-market/get-own-shares-38645
        """
        path = fill("/app_store/{ref_type}/own/", ref_type=ref_type)
        return await self._caller.request(
            "GET", path, params=merged({"language": language, "limit": limit, "offset": offset, "sort": sort}, params)
        )

    async def get_recommended_by_ref_type(
        self,
        ref_type: str,
        area: str,
        *,
        language: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
        params: Params | None = None,
    ) -> Any:
        """Return the shares of one kind recommended for an area.

        See "Get recommended shares", https://developers.podio.com/doc/app-market/get-recommended-shares-5340177
        """
        path = fill("/app_store/{ref_type}/recommended/{area}/", ref_type=ref_type, area=area)
        return await self._caller.request(
            "GET", path, params=merged({"language": language, "limit": limit, "offset": offset, "sort": sort}, params)
        )

    async def get_top(
        self,
        ref_type: str,
        *,
        language: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
        params: Params | None = None,
    ) -> Any:
        """Return the top shares of one kind.

        See "Get top shares", https://developers.podio.com/doc/app-market/get-top-shares-22496
        """
        path = fill("/app_store/{ref_type}/top/", ref_type=ref_type)
        return await self._caller.request(
            "GET", path, params=merged({"language": language, "limit": limit, "offset": offset, "sort": sort}, params)
        )

    async def get(self, share_id: int, *, params: Params | None = None) -> Any:
        """Return a share.

        See "Get share", https://developers.podio.com/doc/app-market/get-share-22505
        """
        path = fill("/app_store/{share_id:id}/v2", share_id=share_id)
        return await self._caller.request("GET", path, params=params)

    async def get_by_reference(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> Any:
        """Return the share of a shared object.

        See "Get share by reference", https://developers.podio.com/doc/app-market/get-share-by-reference-45002
        """
        path = fill("/app_store/{ref_type}/{ref_id:id}/", ref_type=ref_type, ref_id=ref_id)
        return await self._caller.request("GET", path, params=params)
