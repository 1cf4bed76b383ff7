"""Forms: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import Any

from podio.areas.calls import Area, Params, fill


class Forms(Area):
    """Forms (https://developers.podio.com/doc/forms)."""

    async def get_all(self, app_id: int, *, params: Params | None = None) -> Any:
        """Return the web forms of an app.

        See "Get forms", https://developers.podio.com/doc/forms/get-forms-53771
        """
        path = fill("/form/app/{app_id:id}/", app_id=app_id)
        return await self._caller.request("GET", path, params=params)

    async def create(self, app_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Create a web form for an app.

        See "Create form", https://developers.podio.com/doc/forms/create-form-53803
        """
        path = fill("/form/app/{app_id:id}/", app_id=app_id)
        return await self._caller.request("POST", path, params=params, body=body)

    async def delete(self, form_id: int, *, params: Params | None = None) -> Any:
        """Delete a web form.

        See "Delete from", https://developers.podio.com/doc/forms/delete-from-53810
        """
        path = fill("/form/{form_id:id}", form_id=form_id)
        return await self._caller.request("DELETE", path, params=params)

    async def get(self, form_id: int, *, params: Params | None = None) -> Any:
        """Return a web form.

        See "Get form", https://developers.podio.com/doc/forms/get-form-53754
        """
        path = fill("/form/{form_id:id}", form_id=form_id)
        return await self._caller.request("GET", path, params=params)

    async def update(self, form_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Change a web form.

        See "Update form", https://developers.podio.com/doc/forms/update-form-53808
        """
        path = fill("/form/{form_id:id}", form_id=form_id)
        return await self._caller.request("PUT", path, params=params, body=body)

    async def activate(self, form_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Make a web form active.

        See "Activate form", https://developers.podio.com/doc/forms/activate-form-1107439
        """
        path = fill("/form/{form_id:id}/activate", form_id=form_id)
        return await self._caller.request("POST", path, params=params, body=body)

    async def deactivate(self, form_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Make a web form inactive.

        See "Deactivate form", https://developers.podio.com/doc/forms/deactivate-form-1107378
        """
        path = fill("/form/{form_id:id}/deactivate", form_id=form_id)
        return await self._caller.request("POST", path, params=params, body=body)
