"""Hooks: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from podio.areas.calls import Area, Params, fill

if TYPE_CHECKING:
    from podio.json_types import CreatedHookJSON, HookCreation, HookJSON, HookVerification


class Hooks(Area):
    """Hooks (https://developers.podio.com/doc/hooks)."""

    async def delete(self, hook_id: int, *, params: Params | None = None) -> None:
        """Delete a webhook.

        See "Delete hook", https://developers.podio.com/doc/hooks/delete-hook-215291
        """
        path = fill("/hook/{hook_id:id}", hook_id=hook_id)
        await self._caller.request("DELETE", path, params=params)

    async def request_verification(self, hook_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Ask Podio to verify a webhook: it posts a code to the hook's address.

        See "Request hook verification", https://developers.podio.com/doc/hooks/request-hook-verification-215232
        """
        path = fill("/hook/{hook_id:id}/verify/request", hook_id=hook_id)
        await self._caller.request("POST", path, params=params, body=body)

    async def validate_verification(
        self, hook_id: int, *, body: HookVerification, params: Params | None = None
    ) -> None:
        """Verify a webhook by the code that Podio posted to it.

        See "Validate hook verification", https://developers.podio.com/doc/hooks/validate-hook-verification-215241
        """
        path = fill("/hook/{hook_id:id}/verify/validate", hook_id=hook_id)
        await self._caller.request("POST", path, params=params, body=body)

    async def get_all(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> list[HookJSON]:
        """Return the webhooks of an object.

        See "Get hooks", https://developers.podio.com/doc/hooks/get-hooks-215285
        """
        path = fill("/hook/{ref_type}/{ref_id:id}/", ref_type=ref_type, ref_id=ref_id)
        return cast("list[HookJSON]", await self._caller.request("GET", path, params=params))

    async def create(
        self, ref_type: str, ref_id: int, *, body: HookCreation, params: Params | None = None
    ) -> CreatedHookJSON:
        """Create a webhook on an object.

        It is inactive until it is verified: `request_verification`, then `validate_verification`.

        See "Create hook", https://developers.podio.com/doc/hooks/create-hook-215056
        """
        path = fill("/hook/{ref_type}/{ref_id:id}/", ref_type=ref_type, ref_id=ref_id)
        return cast("CreatedHookJSON", await self._caller.request("POST", path, params=params, body=body))
