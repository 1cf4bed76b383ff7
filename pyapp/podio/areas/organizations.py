"""Organizations: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from podio.areas.calls import Area, Params, fill, merged

if TYPE_CHECKING:
    from podio.json_types import CreatedOrganizationJSON, OrganizationJSON, OrganizationMemberJSON, SpaceJSON


class Organizations(Area):
    """Organizations (https://developers.podio.com/doc/organizations)."""

    async def get_all(self, *, fields: str | None = None, params: Params | None = None) -> list[OrganizationJSON]:
        """Return the user's organizations, with their spaces.

        See "Get organizations", https://developers.podio.com/doc/organizations/get-organizations-22344
        """
        path = "/org/"
        return cast(
            "list[OrganizationJSON]", await self._caller.request("GET", path, params=merged({"fields": fields}, params))
        )

    async def create(self, *, body: Any = None, params: Params | None = None) -> CreatedOrganizationJSON:
        """Create an organization.

        See "Add new organization", https://developers.podio.com/doc/organizations/add-new-organization-22385
        """
        path = "/org/"
        return cast("CreatedOrganizationJSON", await self._caller.request("POST", path, params=params, body=body))

    async def get_admin_orgs_by_email(self, email: str, *, params: Params | None = None) -> Any:
        """Return the organizations that somebody administers, by mail address.

        See "Get admin orgs by email", https://developers.podio.com/doc/organizations/get-admin-orgs-by-email-1685869693
        """
        path = fill("/org/admin-orgs/{email}", email=email)
        return await self._caller.request("GET", path, params=params)

    async def get_shared(self, user_id: int, *, params: Params | None = None) -> Any:
        """Return the organizations shared with a user.

        See "Get shared organizations", https://developers.podio.com/doc/organizations/get-shared-organizations-22411
        """
        path = fill("/org/shared/{user_id:id}", user_id=user_id)
        return await self._caller.request("GET", path, params=params)

    async def get_by_url(
        self, *, url: str | None = None, org_slug: str | None = None, params: Params | None = None
    ) -> OrganizationJSON:
        """Return the organization that has an address.

        See "Get organization by url", https://developers.podio.com/doc/organizations/get-organization-by-url-22384
        """
        path = "/org/url"
        return cast(
            "OrganizationJSON",
            await self._caller.request("GET", path, params=merged({"url": url, "org_slug": org_slug}, params)),
        )

    async def get(self, org_id: int, *, fields: str | None = None, params: Params | None = None) -> OrganizationJSON:
        """Return an organization.

        See "Get organization", https://developers.podio.com/doc/organizations/get-organization-22383
        """
        path = fill("/org/{org_id:id}", org_id=org_id)
        return cast(
            "OrganizationJSON", await self._caller.request("GET", path, params=merged({"fields": fields}, params))
        )

    async def update(self, org_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Change an organization.

        See "Update organization", https://developers.podio.com/doc/organizations/update-organization-22386
        """
        path = fill("/org/{org_id:id}", org_id=org_id)
        await self._caller.request("PUT", path, params=params, body=body)

    async def get_admins(self, org_id: int, *, params: Params | None = None) -> Any:
        """Return the administrators of an organization.

        See "Get organization admins", https://developers.podio.com/doc/organizations/get-organization-admins-81542
        """
        path = fill("/org/{org_id:id}/admin/", org_id=org_id)
        return await self._caller.request("GET", path, params=params)

    async def add_admin(self, org_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Make somebody an administrator of an organization.

        See "Add organization admin", https://developers.podio.com/doc/organizations/add-organization-admin-50854
        """
        path = fill("/org/{org_id:id}/admin/", org_id=org_id)
        return await self._caller.request("POST", path, params=params, body=body)

    async def remove_admin(self, org_id: int, user_id: int, *, params: Params | None = None) -> Any:
        """Make somebody an administrator of an organization no longer.

        See "Remove organization admin", https://developers.podio.com/doc/organizations/remove-organization-admin-50855
        """
        path = fill("/org/{org_id:id}/admin/{user_id:id}", org_id=org_id, user_id=user_id)
        return await self._caller.request("DELETE", path, params=params)

    async def get_all_spaces(self, org_id: int, *, params: Params | None = None) -> Any:
        """Return all spaces of an organization.

        See "Get all spaces on organization", https://developers.podio.com/doc/organizations/get-all-spaces-on-organization-11902608
        """
        path = fill("/org/{org_id:id}/all_spaces/", org_id=org_id)
        return await self._caller.request("GET", path, params=params)

    async def delete_app_store_profile(self, org_id: int, *, params: Params | None = None) -> Any:
        """Delete an organization's profile in the app market.

        See "Delete organization app store profile", https://developers.podio.com/doc/organizations/delete-organization-app-store-profile-87808
        """
        path = fill("/org/{org_id:id}/appstore", org_id=org_id)
        return await self._caller.request("DELETE", path, params=params)

    async def get_app_store_profile(self, org_id: int, *, params: Params | None = None) -> Any:
        """Return an organization's profile in the app market.

        See "Get organization app store profile", https://developers.podio.com/doc/organizations/get-organization-app-store-profile-87799
        """
        path = fill("/org/{org_id:id}/appstore", org_id=org_id)
        return await self._caller.request("GET", path, params=params)

    async def create_app_store_profile(self, org_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Create an organization's profile in the app market.

        See "Create organization app store profile", https://developers.podio.com/doc/organizations/create-organization-app-store-profile-87819
        """
        path = fill("/org/{org_id:id}/appstore", org_id=org_id)
        return await self._caller.request("POST", path, params=params, body=body)

    async def update_app_store_profile(self, org_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Change an organization's profile in the app market.

        See "Update organization app store profile", https://developers.podio.com/doc/organizations/update-organization-app-store-profile-87805
        """
        path = fill("/org/{org_id:id}/appstore", org_id=org_id)
        return await self._caller.request("PUT", path, params=params, body=body)

    async def get_billing_profile(self, org_id: int, *, params: Params | None = None) -> Any:
        """Return an organization's billing profile.

        See "Get organization billing profile", https://developers.podio.com/doc/organizations/get-organization-billing-profile-51370
        """
        path = fill("/org/{org_id:id}/billing", org_id=org_id)
        return await self._caller.request("GET", path, params=params)

    async def leave(self, org_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Leave an organization.

        See "End organization membership", https://developers.podio.com/doc/organizations/end-organization-membership-19410652
        """
        path = fill("/org/{org_id:id}/leave", org_id=org_id)
        return await self._caller.request("POST", path, params=params, body=body)

    async def get_members(
        self,
        org_id: int,
        *,
        limit: int | None = None,
        offset: int | None = None,
        query: str | None = None,
        sort_by: str | None = None,
        sort_desc: bool | None = None,
        member_type: str | None = None,
        params: Params | None = None,
    ) -> list[OrganizationMemberJSON]:
        """Return the members of an organization.

        See "Get organization members", https://developers.podio.com/doc/organizations/get-organization-members-50661
        """
        path = fill("/org/{org_id:id}/member/", org_id=org_id)
        return cast(
            "list[OrganizationMemberJSON]",
            await self._caller.request(
                "GET",
                path,
                params=merged(
                    {
                        "limit": limit,
                        "offset": offset,
                        "query": query,
                        "sort_by": sort_by,
                        "sort_desc": sort_desc,
                        "member_type": member_type,
                    },
                    params,
                ),
            ),
        )

    async def remove_member(self, org_id: int, user_id: int, *, params: Params | None = None) -> Any:
        """End somebody's membership of an organization.

        See "End organization membership", https://developers.podio.com/doc/organizations/end-organization-membership-50689
        """
        path = fill("/org/{org_id:id}/member/{user_id:id}", org_id=org_id, user_id=user_id)
        return await self._caller.request("DELETE", path, params=params)

    async def get_member(self, org_id: int, user_id: int, *, params: Params | None = None) -> Any:
        """Return a member of an organization.

        See "Get organization member", https://developers.podio.com/doc/organizations/get-organization-member-50908
        """
        path = fill("/org/{org_id:id}/member/{user_id:id}", org_id=org_id, user_id=user_id)
        return await self._caller.request("GET", path, params=params)

    async def delete_member_role(self, org_id: int, user_id: int, *, params: Params | None = None) -> Any:
        """Take a member's role in an organization away.

        See "Delete organization member role", https://developers.podio.com/doc/organizations/delete-organization-member-role-935217
        """
        path = fill("/org/{org_id:id}/member/{user_id:id}/role", org_id=org_id, user_id=user_id)
        return await self._caller.request("DELETE", path, params=params)

    async def get_space_memberships_for_org_member(
        self, org_id: int, user_id: int, *, params: Params | None = None
    ) -> Any:
        """Return the spaces that a member of an organization belongs to.

        See "Get space memberships for org member", https://developers.podio.com/doc/organizations/get-space-memberships-for-org-member-11902943
        """
        path = fill("/org/{org_id:id}/member/{user_id:id}/space_member/", org_id=org_id, user_id=user_id)
        return await self._caller.request("GET", path, params=params)

    async def get_login_report(
        self, org_id: int, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> Any:
        """Return a report of the sign-ins to an organization.

        See "Get organization login report", https://developers.podio.com/doc/organizations/get-organization-login-report-51730
        """
        path = fill("/org/{org_id:id}/report/login", org_id=org_id)
        return await self._caller.request("GET", path, params=merged({"limit": limit, "offset": offset}, params))

    async def get_spaces(
        self, org_id: int, *, fields: str | None = None, params: Params | None = None
    ) -> list[SpaceJSON]:
        """Return the user's spaces in an organization.

        See "Get spaces on organization", https://developers.podio.com/doc/organizations/get-spaces-on-organization-22387
        """
        path = fill("/org/{org_id:id}/space/", org_id=org_id)
        return cast(
            "list[SpaceJSON]", await self._caller.request("GET", path, params=merged({"fields": fields}, params))
        )

    async def get_statistics(self, org_id: int, *, params: Params | None = None) -> Any:
        """Return figures about an organization.

        See "Get organization statistics", https://developers.podio.com/doc/organizations/get-organization-statistics-28734
        """
        path = fill("/org/{org_id:id}/statistics", org_id=org_id)
        return await self._caller.request("GET", path, params=params)

    async def leave_space(self, space_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Leave a space.

        See "End organization membership", https://developers.podio.com/doc/organizations/end-organization-membership-19410457
        """
        path = fill("/space/{space_id:id}/leave", space_id=space_id)
        await self._caller.request("POST", path, params=params, body=body)
