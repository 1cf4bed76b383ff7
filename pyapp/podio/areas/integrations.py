"""Integrations: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import Any

from podio.areas.calls import Area, Params, fill


class Integrations(Area):
    """Integrations (https://developers.podio.com/doc/integrations)."""

    async def delete(self, app_id: int, *, params: Params | None = None) -> Any:
        """Delete an app's integration.

        See "Delete integration", https://developers.podio.com/doc/integrations/delete-integration-86876
        """
        path = fill("/integration/{app_id:id}", app_id=app_id)
        return await self._caller.request("DELETE", path, params=params)

    async def get(self, app_id: int, *, params: Params | None = None) -> Any:
        """Return an app's integration.

        See "Get integration", https://developers.podio.com/doc/integrations/get-integration-86821
        """
        path = fill("/integration/{app_id:id}", app_id=app_id)
        return await self._caller.request("GET", path, params=params)

    async def create(self, app_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Create an integration for an app.

        See "Create integration", https://developers.podio.com/doc/integrations/create-integration-86839
        """
        path = fill("/integration/{app_id:id}", app_id=app_id)
        return await self._caller.request("POST", path, params=params, body=body)

    async def update(self, app_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Change an app's integration.

        See "Update integration", https://developers.podio.com/doc/integrations/update-integration-86843
        """
        path = fill("/integration/{app_id:id}", app_id=app_id)
        return await self._caller.request("PUT", path, params=params, body=body)

    async def get_available_fields(self, app_id: int, *, params: Params | None = None) -> Any:
        """Return the fields available to an app's integration.

        See "Get available fields", https://developers.podio.com/doc/integrations/get-available-fields-86890
        """
        path = fill("/integration/{app_id:id}/field/", app_id=app_id)
        return await self._caller.request("GET", path, params=params)

    async def update_mapping(self, app_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Change how an integration's fields are mapped to its app's.

        See "Update integration mapping", https://developers.podio.com/doc/integrations/update-integration-mapping-86865
        """
        path = fill("/integration/{app_id:id}/mapping", app_id=app_id)
        return await self._caller.request("PUT", path, params=params, body=body)

    async def refresh(self, app_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Fetch an integration's data again.

        See "Refresh integration", https://developers.podio.com/doc/integrations/refresh-integration-86987
        """
        path = fill("/integration/{app_id:id}/refresh", app_id=app_id)
        return await self._caller.request("POST", path, params=params, body=body)
