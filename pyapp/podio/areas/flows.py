"""Flows: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import Any

from podio.areas.calls import Area, Params, fill


class Flows(Area):
    """Flows (https://developers.podio.com/doc/flows)."""

    async def delete(self, flow_id: int, *, params: Params | None = None) -> Any:
        """Delete a flow.

        See "Delete flow", https://developers.podio.com/doc/flows/delete-flow-32929229
        """
        path = fill("/flow/{flow_id:id}", flow_id=flow_id)
        return await self._caller.request("DELETE", path, params=params)

    async def get(self, flow_id: int, *, params: Params | None = None) -> Any:
        """Return a flow.

        See "Get flow by id", https://developers.podio.com/doc/flows/get-flow-by-id-26312313
        """
        path = fill("/flow/{flow_id:id}", flow_id=flow_id)
        return await self._caller.request("GET", path, params=params)

    async def update(self, flow_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Change a flow.

        See "Update flow", https://developers.podio.com/doc/flows/update-flow-26310901
        """
        path = fill("/flow/{flow_id:id}", flow_id=flow_id)
        return await self._caller.request("PUT", path, params=params, body=body)

    async def get_context(self, flow_id: int, *, params: Params | None = None) -> Any:
        """Return the context of a flow.

        See "Get flow context", https://developers.podio.com/doc/flows/get-flow-context-26313659
        """
        path = fill("/flow/{flow_id:id}/context/", flow_id=flow_id)
        return await self._caller.request("GET", path, params=params)

    async def get_all(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> Any:
        """Return the flows of an object.

        See "Get flows", https://developers.podio.com/doc/flows/get-flows-26312304
        """
        path = fill("/flow/{ref_type}/{ref_id:id}/", ref_type=ref_type, ref_id=ref_id)
        return await self._caller.request("GET", path, params=params)

    async def create(self, ref_type: str, ref_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Create a flow on an object.

        See "Add new flow", https://developers.podio.com/doc/flows/add-new-flow-26309928
        """
        path = fill("/flow/{ref_type}/{ref_id:id}/", ref_type=ref_type, ref_id=ref_id)
        return await self._caller.request("POST", path, params=params, body=body)

    async def get_possible_attributes(
        self, ref_type: str, ref_id: int, *, body: Any = None, params: Params | None = None
    ) -> Any:
        """Return the attributes that a flow of an object may use.

        See "Get possible attributes", https://developers.podio.com/doc/flows/get-possible-attributes-33060379
        """
        path = fill("/flow/{ref_type}/{ref_id:id}/attributes/", ref_type=ref_type, ref_id=ref_id)
        return await self._caller.request("POST", path, params=params, body=body)

    async def get_effect_attributes(
        self, ref_type: str, ref_id: int, *, body: Any = None, params: Params | None = None
    ) -> Any:
        """Return the attributes of a flow's effect.

        See "Get effect attributes", https://developers.podio.com/doc/flows/get-effect-attributes-239234961
        """
        path = fill("/flow/{ref_type}/{ref_id:id}/effect/attributes", ref_type=ref_type, ref_id=ref_id)
        return await self._caller.request("POST", path, params=params, body=body)
