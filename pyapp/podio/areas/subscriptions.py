"""Subscriptions: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from podio.areas.calls import Area, Params, fill

if TYPE_CHECKING:
    from podio.json_types import CreatedSubscriptionJSON, SubscriptionJSON


class Subscriptions(Area):
    """Subscriptions (https://developers.podio.com/doc/subscriptions)."""

    async def unsubscribe(self, subscription_id: int, *, params: Params | None = None) -> None:
        """End a subscription.

        See "Unsubscribe by id", https://developers.podio.com/doc/subscriptions/unsubscribe-by-id-22445
        """
        path = fill("/subscription/{subscription_id:id}", subscription_id=subscription_id)
        await self._caller.request("DELETE", path, params=params)

    async def get(self, subscription_id: int, *, params: Params | None = None) -> SubscriptionJSON:
        """Return a subscription.

        See "Get subscription by id", https://developers.podio.com/doc/subscriptions/get-subscription-by-id-22446
        """
        path = fill("/subscription/{subscription_id:id}", subscription_id=subscription_id)
        return cast("SubscriptionJSON", await self._caller.request("GET", path, params=params))

    async def unsubscribe_by_reference(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> None:
        """End the user's subscription of an object.

        See "Unsubscribe by reference", https://developers.podio.com/doc/subscriptions/unsubscribe-by-reference-22410
        """
        path = fill("/subscription/{ref_type}/{ref_id:id}", ref_type=ref_type, ref_id=ref_id)
        await self._caller.request("DELETE", path, params=params)

    async def get_by_reference(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> SubscriptionJSON:
        """Return the user's subscription of an object.

        See "Get subscription by reference", https://developers.podio.com/doc/subscriptions/get-subscription-by-reference-22408
        """
        path = fill("/subscription/{ref_type}/{ref_id:id}", ref_type=ref_type, ref_id=ref_id)
        return cast("SubscriptionJSON", await self._caller.request("GET", path, params=params))

    async def subscribe(
        self, ref_type: str, ref_id: int, *, body: Any = None, params: Params | None = None
    ) -> CreatedSubscriptionJSON:
        """Subscribe the user to an object.

        See "Subscribe", https://developers.podio.com/doc/subscriptions/subscribe-22409
        """
        path = fill("/subscription/{ref_type}/{ref_id:id}", ref_type=ref_type, ref_id=ref_id)
        return cast("CreatedSubscriptionJSON", await self._caller.request("POST", path, params=params, body=body))
