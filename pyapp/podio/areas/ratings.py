"""Ratings: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from podio.areas.calls import Area, Params, fill

if TYPE_CHECKING:
    from podio.json_types import BylineJSON, CreatedRatingJSON, LikeCountJSON, RatingsJSON, RatingValueJSON


class Ratings(Area):
    """Ratings (https://developers.podio.com/doc/ratings)."""

    async def get_all(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> dict[str, RatingsJSON]:
        """Return all ratings of an object.

        See "Get all ratings", https://developers.podio.com/doc/ratings/get-all-ratings-22376
        """
        path = fill("/rating/{ref_type}/{ref_id:id}", ref_type=ref_type, ref_id=ref_id)
        return cast("dict[str, RatingsJSON]", await self._caller.request("GET", path, params=params))

    async def get_like_count(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> LikeCountJSON:
        """Return how many users like an object.

        See "Get like count", https://developers.podio.com/doc/ratings/get-like-count-32161225
        """
        path = fill("/rating/{ref_type}/{ref_id:id}/like_count", ref_type=ref_type, ref_id=ref_id)
        return cast("LikeCountJSON", await self._caller.request("GET", path, params=params))

    async def get_who_liked_object(
        self, ref_type: str, ref_id: int, *, params: Params | None = None
    ) -> list[BylineJSON]:
        """Return who likes an object.

        See "Get who liked an object", https://developers.podio.com/doc/ratings/get-who-liked-an-object-29007011
        """
        path = fill("/rating/{ref_type}/{ref_id:id}/liked_by/", ref_type=ref_type, ref_id=ref_id)
        return cast("list[BylineJSON]", await self._caller.request("GET", path, params=params))

    async def delete(self, ref_type: str, ref_id: int, rating_type: str, *, params: Params | None = None) -> None:
        """Remove one's rating of an object.

        See "Remove rating", https://developers.podio.com/doc/ratings/remove-rating-22342
        """
        path = fill(
            "/rating/{ref_type}/{ref_id:id}/{rating_type}", ref_type=ref_type, ref_id=ref_id, rating_type=rating_type
        )
        await self._caller.request("DELETE", path, params=params)

    async def get_by_type(
        self, ref_type: str, ref_id: int, rating_type: str, *, params: Params | None = None
    ) -> RatingsJSON:
        """Return the ratings of one kind of an object.

        See "Get ratings", https://developers.podio.com/doc/ratings/get-ratings-22375
        """
        path = fill(
            "/rating/{ref_type}/{ref_id:id}/{rating_type}", ref_type=ref_type, ref_id=ref_id, rating_type=rating_type
        )
        return cast("RatingsJSON", await self._caller.request("GET", path, params=params))

    async def create(
        self, ref_type: str, ref_id: int, rating_type: str, *, body: Any = None, params: Params | None = None
    ) -> CreatedRatingJSON:
        """Rate an object.

        See "Add rating", https://developers.podio.com/doc/ratings/add-rating-22377
        """
        path = fill(
            "/rating/{ref_type}/{ref_id:id}/{rating_type}", ref_type=ref_type, ref_id=ref_id, rating_type=rating_type
        )
        return cast("CreatedRatingJSON", await self._caller.request("POST", path, params=params, body=body))

    async def get_own(
        self, ref_type: str, ref_id: int, rating_type: str, *, params: Params | None = None
    ) -> RatingValueJSON:
        """Return one's own rating of an object.

        See "Get rating own", https://developers.podio.com/doc/ratings/get-rating-own-84128
        """
        path = fill(
            "/rating/{ref_type}/{ref_id:id}/{rating_type}/self",
            ref_type=ref_type,
            ref_id=ref_id,
            rating_type=rating_type,
        )
        return cast("RatingValueJSON", await self._caller.request("GET", path, params=params))

    async def get(
        self, ref_type: str, ref_id: int, rating_type: str, user_id: int, *, params: Params | None = None
    ) -> Any:
        """Return somebody's rating of an object.

        See "Get rating", https://developers.podio.com/doc/ratings/get-rating-22407
        """
        path = fill(
            "/rating/{ref_type}/{ref_id:id}/{rating_type}/{user_id:id}",
            ref_type=ref_type,
            ref_id=ref_id,
            rating_type=rating_type,
            user_id=user_id,
        )
        return await self._caller.request("GET", path, params=params)
