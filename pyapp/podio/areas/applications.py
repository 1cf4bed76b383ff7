"""Applications: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from podio.areas.calls import Area, Params, fill, merged

if TYPE_CHECKING:
    from podio.json_types import (
        AppDependenciesJSON,
        AppFieldJSON,
        AppJSON,
        CreatedAppJSON,
        CreatedFieldJSON,
        UpdatedAppJSON,
    )


class Applications(Area):
    """Applications (https://developers.podio.com/doc/applications)."""

    async def get_all(
        self,
        *,
        exclude_app_ids: str | None = None,
        exclude_demo: bool | None = None,
        include_inactive: bool | None = None,
        limit: int | None = None,
        order: str | None = None,
        referenceable_in_org: int | None = None,
        right: str | None = None,
        text: str | None = None,
        params: Params | None = None,
    ) -> list[AppJSON]:
        """Return all apps.

        See "Get all apps", https://developers.podio.com/doc/applications/get-all-apps-5902728
        """
        path = "/app/"
        return cast(
            "list[AppJSON]",
            await self._caller.request(
                "GET",
                path,
                params=merged(
                    {
                        "exclude_app_ids": exclude_app_ids,
                        "exclude_demo": exclude_demo,
                        "include_inactive": include_inactive,
                        "limit": limit,
                        "order": order,
                        "referenceable_in_org": referenceable_in_org,
                        "right": right,
                        "text": text,
                    },
                    params,
                ),
            ),
        )

    async def create(self, *, body: Any = None, params: Params | None = None) -> CreatedAppJSON:
        """Create an app.

        See "Add new app", https://developers.podio.com/doc/applications/add-new-app-22351
        """
        path = "/app/"
        return cast("CreatedAppJSON", await self._caller.request("POST", path, params=params, body=body))

    async def get_features(self, *, params: Params | None = None) -> Any:
        """Return the features that apps may have.

        See "Get features", https://developers.podio.com/doc/applications/get-features-43648
        """
        path = "/app/features/"
        return await self._caller.request("GET", path, params=params)

    async def get_icon_suggestions(self, *, text: str | None = None, params: Params | None = None) -> Any:
        """Return icons that suit an app.

        See "Get icon suggestions", https://developers.podio.com/doc/applications/get-icon-suggestions-82045764
        """
        path = "/app/icon/search"
        return await self._caller.request("GET", path, params=merged({"text": text}, params))

    async def get_by_org_label_space_label_and_app_label(
        self, org_label: str, space_label: str, app_label: str, *, params: Params | None = None
    ) -> AppJSON:
        """Return the app that lies under these labels of organization, space and app.

        See "Get app by org label space label and app label", https://developers.podio.com/doc/applications/get-app-by-org-label-space-label-and-app-label-91708386
        """
        path = fill(
            "/app/org/{org_label}/space/{space_label}/{app_label}",
            org_label=org_label,
            space_label=space_label,
            app_label=app_label,
        )
        return cast("AppJSON", await self._caller.request("GET", path, params=params))

    async def get_top_for_organization(
        self, org_id: int, *, exclude_demo: bool | None = None, limit: int | None = None, params: Params | None = None
    ) -> Any:
        """Return the top apps of an organization.

        See "Get top apps for organization", https://developers.podio.com/doc/applications/get-top-apps-for-organization-1671395
        """
        path = fill("/app/org/{org_id:id}/top/", org_id=org_id)
        return await self._caller.request(
            "GET", path, params=merged({"exclude_demo": exclude_demo, "limit": limit}, params)
        )

    async def get_by_space(
        self,
        space_id: int,
        *,
        include_inactive: bool | None = None,
        fields: str | None = None,
        params: Params | None = None,
    ) -> list[AppJSON]:
        """Return the apps of a space.

        The apps come without their fields; inactive ones are left out unless asked for.

        See "Get apps by space", https://developers.podio.com/doc/applications/get-apps-by-space-22478
        """
        path = fill("/app/space/{space_id:id}/", space_id=space_id)
        return cast(
            "list[AppJSON]",
            await self._caller.request(
                "GET", path, params=merged({"include_inactive": include_inactive, "fields": fields}, params)
            ),
        )

    async def update_order(self, space_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Change the order of a space's apps.

        See "Update app order", https://developers.podio.com/doc/applications/update-app-order-22463
        """
        path = fill("/app/space/{space_id:id}/order", space_id=space_id)
        return await self._caller.request("PUT", path, params=params, body=body)

    async def get_on_space_by_url_label(
        self, space_id: int, url_label: str, *, params: Params | None = None
    ) -> AppJSON:
        """Return the app of a space that has this label in its address.

        See "Get app on space by url label", https://developers.podio.com/doc/applications/get-app-on-space-by-url-label-477105
        """
        path = fill("/app/space/{space_id:id}/{url_label}", space_id=space_id, url_label=url_label)
        return cast("AppJSON", await self._caller.request("GET", path, params=params))

    async def get_top(
        self, *, exclude_demo: bool | None = None, limit: int | None = None, params: Params | None = None
    ) -> list[AppJSON]:
        """Return the user's top apps.

        See "Get top apps", https://developers.podio.com/doc/applications/get-top-apps-22476
        """
        path = "/app/top/"
        return cast(
            "list[AppJSON]",
            await self._caller.request(
                "GET", path, params=merged({"exclude_demo": exclude_demo, "limit": limit}, params)
            ),
        )

    async def get_all_user_apps(
        self,
        *,
        exclude_app_ids: str | None = None,
        exclude_demo: bool | None = None,
        include_inactive: bool | None = None,
        limit: int | None = None,
        order: str | None = None,
        referenceable_in_org: int | None = None,
        right: str | None = None,
        text: str | None = None,
        params: Params | None = None,
    ) -> list[AppJSON]:
        """Return all apps of the user.

        See "Get all user apps", https://developers.podio.com/doc/applications/get-all-user-apps-5902728
        """
        path = "/app/v2/"
        return cast(
            "list[AppJSON]",
            await self._caller.request(
                "GET",
                path,
                params=merged(
                    {
                        "exclude_app_ids": exclude_app_ids,
                        "exclude_demo": exclude_demo,
                        "include_inactive": include_inactive,
                        "limit": limit,
                        "order": order,
                        "referenceable_in_org": referenceable_in_org,
                        "right": right,
                        "text": text,
                    },
                    params,
                ),
            ),
        )

    async def delete(self, app_id: int, *, params: Params | None = None) -> Any:
        """Delete an app.

        See "Delete app", https://developers.podio.com/doc/applications/delete-app-43693
        """
        path = fill("/app/{app_id:id}", app_id=app_id)
        return await self._caller.request("DELETE", path, params=params)

    async def get(self, app_id: int, *, fields: str | None = None, params: Params | None = None) -> AppJSON:
        """Return an app with its fields.

        The app's `token` in the answer is a credential: never log it.

        See "Get app", https://developers.podio.com/doc/applications/get-app-22349
        """
        path = fill("/app/{app_id:id}", app_id=app_id)
        return cast("AppJSON", await self._caller.request("GET", path, params=merged({"fields": fields}, params)))

    async def update(self, app_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Change an app.

        See "Update app", https://developers.podio.com/doc/applications/update-app-22352
        """
        path = fill("/app/{app_id:id}", app_id=app_id)
        return await self._caller.request("PUT", path, params=params, body=body)

    async def activate(self, app_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Make an inactive app active again.

        See "Activate app", https://developers.podio.com/doc/applications/activate-app-43822
        """
        path = fill("/app/{app_id:id}/activate", app_id=app_id)
        await self._caller.request("POST", path, params=params, body=body)

    async def get_calculations(self, app_id: int, *, params: Params | None = None) -> Any:
        """Return the calculations for an app.

        See "Get calculations for app", https://developers.podio.com/doc/applications/get-calculations-for-app-773005
        """
        path = fill("/app/{app_id:id}/calculation/", app_id=app_id)
        return await self._caller.request("GET", path, params=params)

    async def deactivate(self, app_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Make an app inactive.

        See "Deactivate app", https://developers.podio.com/doc/applications/deactivate-app-43821
        """
        path = fill("/app/{app_id:id}/deactivate", app_id=app_id)
        await self._caller.request("POST", path, params=params, body=body)

    async def get_dependencies(self, app_id: int, *, params: Params | None = None) -> AppDependenciesJSON:
        """Return what an app depends on.

        See "Get app dependencies", https://developers.podio.com/doc/applications/get-app-dependencies-39159
        """
        path = fill("/app/{app_id:id}/dependencies/", app_id=app_id)
        return cast("AppDependenciesJSON", await self._caller.request("GET", path, params=params))

    async def update_description(self, app_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Change an app's description.

        See "Update app description", https://developers.podio.com/doc/applications/update-app-description-33569973
        """
        path = fill("/app/{app_id:id}/description", app_id=app_id)
        await self._caller.request("PUT", path, params=params, body=body)

    async def create_field(self, app_id: int, *, body: Any = None, params: Params | None = None) -> CreatedFieldJSON:
        """Create a field of an app.

        See "Add new app field", https://developers.podio.com/doc/applications/add-new-app-field-22354
        """
        path = fill("/app/{app_id:id}/field/", app_id=app_id)
        return cast("CreatedFieldJSON", await self._caller.request("POST", path, params=params, body=body))

    async def delete_field(
        self, app_id: int, field_id: int | str, *, delete_values: bool | None = None, params: Params | None = None
    ) -> UpdatedAppJSON:
        """Delete a field of an app.

        See "Delete app field", https://developers.podio.com/doc/applications/delete-app-field-22355
        """
        path = fill("/app/{app_id:id}/field/{field_id}", app_id=app_id, field_id=field_id)
        return cast(
            "UpdatedAppJSON",
            await self._caller.request("DELETE", path, params=merged({"delete_values": delete_values}, params)),
        )

    async def get_field(self, app_id: int, field_id: int | str, *, params: Params | None = None) -> AppFieldJSON:
        """Return a field of an app.

        See "Get app field", https://developers.podio.com/doc/applications/get-app-field-22353
        """
        path = fill("/app/{app_id:id}/field/{field_id}", app_id=app_id, field_id=field_id)
        return cast("AppFieldJSON", await self._caller.request("GET", path, params=params))

    async def update_field(
        self, app_id: int, field_id: int | str, *, body: Any = None, params: Params | None = None
    ) -> UpdatedAppJSON:
        """Change a field of an app.

        See "Update an app field", https://developers.podio.com/doc/applications/update-an-app-field-22356
        """
        path = fill("/app/{app_id:id}/field/{field_id}", app_id=app_id, field_id=field_id)
        return cast("UpdatedAppJSON", await self._caller.request("PUT", path, params=params, body=body))

    async def install(self, app_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Install an app into another space.

        See "Install app", https://developers.podio.com/doc/applications/install-app-22506
        """
        path = fill("/app/{app_id:id}/install", app_id=app_id)
        return await self._caller.request("POST", path, params=params, body=body)

    async def update_usage(self, app_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Change an app's instructions for use.

        See "Update app usage", https://developers.podio.com/doc/applications/update-app-usage-33570086
        """
        path = fill("/app/{app_id:id}/usage", app_id=app_id)
        return await self._caller.request("PUT", path, params=params, body=body)

    async def get_space_app_dependencies(self, space_id: int, *, params: Params | None = None) -> AppDependenciesJSON:
        """Return what a space's apps depend on.

        See "Get space app dependencies", https://developers.podio.com/doc/applications/get-space-app-dependencies-45779
        """
        path = fill("/space/{space_id:id}/dependencies/", space_id=space_id)
        return cast("AppDependenciesJSON", await self._caller.request("GET", path, params=params))
