"""Ratings (likes) and subscriptions."""

from __future__ import annotations

from typing import Required, TypedDict

from podio.json_types._common import BylineJSON, ReferenceJSON


class RatingCountJSON(TypedDict, total=False):
    """Who gave one value."""

    total: Required[int]
    users: Required[list[BylineJSON]]


class RatingsJSON(TypedDict, total=False):
    """The ratings of one type: their average, and who gave which value (as text)."""

    average: Required[float | None]
    counts: Required[dict[str, RatingCountJSON]]


class CreatedRatingJSON(TypedDict):
    """The new rating."""

    rating_id: int


class RatingValueJSON(TypedDict):
    """The user's own rating."""

    value: int


class LikeCountJSON(TypedDict):
    """How many like an object."""

    like_count: int


class CreatedSubscriptionJSON(TypedDict):
    """The subscription."""

    subscription_id: int


class SubscriptionJSON(TypedDict, total=False):
    """What a user follows."""

    subscription_id: Required[int]
    ref: Required[ReferenceJSON]
    started_on: str | None
