"""Contacts: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from podio.areas.calls import Area, Params, fill, merged

if TYPE_CHECKING:
    from podio.json_types import CreatedContactJSON, ProfileJSON


class Contacts(Area):
    """Contacts (https://developers.podio.com/doc/contacts)."""

    async def get_all(
        self,
        *,
        name: str | None = None,
        contact_type: str | None = None,
        exclude_self: bool | None = None,
        external_id: str | None = None,
        order: str | None = None,
        required: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        params: Params | None = None,
    ) -> list[ProfileJSON]:
        """Return the contacts.

        See "Get contacts", https://developers.podio.com/doc/contacts/get-contacts-22400
        """
        path = "/contact/"
        return cast(
            "list[ProfileJSON]",
            await self._caller.request(
                "GET",
                path,
                params=merged(
                    {
                        "name": name,
                        "contact_type": contact_type,
                        "exclude_self": exclude_self,
                        "external_id": external_id,
                        "order": order,
                        "required": required,
                        "limit": limit,
                        "offset": offset,
                    },
                    params,
                ),
            ),
        )

    async def get_space_contacts_on_app(
        self,
        app_id: int,
        *,
        name: str | None = None,
        contact_type: str | None = None,
        exclude_self: bool | None = None,
        external_id: str | None = None,
        order: str | None = None,
        required: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        params: Params | None = None,
    ) -> list[ProfileJSON]:
        """Return the space contacts of an app.

        See "Get space contacts on app", https://developers.podio.com/doc/contacts/get-space-contacts-on-app-79475279
        """
        path = fill("/contact/app/{app_id:id}/", app_id=app_id)
        return cast(
            "list[ProfileJSON]",
            await self._caller.request(
                "GET",
                path,
                params=merged(
                    {
                        "name": name,
                        "contact_type": contact_type,
                        "exclude_self": exclude_self,
                        "external_id": external_id,
                        "order": order,
                        "required": required,
                        "limit": limit,
                        "offset": offset,
                    },
                    params,
                ),
            ),
        )

    async def get_linked_account_contacts(
        self,
        linked_account_id: int,
        *,
        name: str | None = None,
        contact_type: str | None = None,
        exclude_self: bool | None = None,
        external_id: str | None = None,
        order: str | None = None,
        required: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        params: Params | None = None,
    ) -> Any:
        """Return the contacts of a linked account.

        See "Get linked account contacts", https://developers.podio.com/doc/contacts/get-linked-account-contacts-6214688
        """
        path = fill("/contact/linked_account/{linked_account_id:id}", linked_account_id=linked_account_id)
        return await self._caller.request(
            "GET",
            path,
            params=merged(
                {
                    "name": name,
                    "contact_type": contact_type,
                    "exclude_self": exclude_self,
                    "external_id": external_id,
                    "order": order,
                    "required": required,
                    "limit": limit,
                    "offset": offset,
                },
                params,
            ),
        )

    async def get_organization_contacts(
        self,
        org_id: int,
        *,
        name: str | None = None,
        contact_type: str | None = None,
        exclude_self: bool | None = None,
        external_id: str | None = None,
        order: str | None = None,
        required: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        params: Params | None = None,
    ) -> list[ProfileJSON]:
        """Return the contacts of an organization.

        See "Get organization contacts", https://developers.podio.com/doc/contacts/get-organization-contacts-22401
        """
        path = fill("/contact/org/{org_id:id}", org_id=org_id)
        return cast(
            "list[ProfileJSON]",
            await self._caller.request(
                "GET",
                path,
                params=merged(
                    {
                        "name": name,
                        "contact_type": contact_type,
                        "exclude_self": exclude_self,
                        "external_id": external_id,
                        "order": order,
                        "required": required,
                        "limit": limit,
                        "offset": offset,
                    },
                    params,
                ),
            ),
        )

    async def get_skills(
        self, *, text: str | None = None, limit: int | None = None, params: Params | None = None
    ) -> Any:
        """Return skills of contacts.

        See "Get skills", https://developers.podio.com/doc/contacts/get-skills-1346872
        """
        path = "/contact/skill/"
        return await self._caller.request("GET", path, params=merged({"text": text, "limit": limit}, params))

    async def get_space_contacts(
        self,
        space_id: int,
        *,
        name: str | None = None,
        contact_type: str | None = None,
        exclude_self: bool | None = None,
        external_id: str | None = None,
        order: str | None = None,
        required: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        params: Params | None = None,
    ) -> list[ProfileJSON]:
        """Return the contacts of a space.

        See "Get space contacts", https://developers.podio.com/doc/contacts/get-space-contacts-22414
        """
        path = fill("/contact/space/{space_id:id}/", space_id=space_id)
        return cast(
            "list[ProfileJSON]",
            await self._caller.request(
                "GET",
                path,
                params=merged(
                    {
                        "name": name,
                        "contact_type": contact_type,
                        "exclude_self": exclude_self,
                        "external_id": external_id,
                        "order": order,
                        "required": required,
                        "limit": limit,
                        "offset": offset,
                    },
                    params,
                ),
            ),
        )

    async def create_space_contact(
        self, space_id: int, *, body: Any = None, params: Params | None = None
    ) -> CreatedContactJSON:
        """Create a contact in a space.

        See "Create space contact", https://developers.podio.com/doc/contacts/create-space-contact-65590
        """
        path = fill("/contact/space/{space_id:id}/", space_id=space_id)
        return cast("CreatedContactJSON", await self._caller.request("POST", path, params=params, body=body))

    async def get_space_contact_totals(self, space_id: int, *, params: Params | None = None) -> Any:
        """Return the totals of a space's contacts.

        See "Get space contact totals", https://developers.podio.com/doc/contacts/get-space-contact-totals-67508
        """
        path = fill("/contact/space/{space_id:id}/totals/", space_id=space_id)
        return await self._caller.request("GET", path, params=params)

    async def get_space_contact_totals_space(self, space_id: int, *, params: Params | None = None) -> Any:
        """Return the totals of a space's contacts.

        See "Get space contact totals", https://developers.podio.com/doc/contacts/get-space-contact-totals-67508
        """
        path = fill("/contact/space/{space_id:id}/totals/space", space_id=space_id)
        return await self._caller.request("GET", path, params=params)

    async def get_totals(self, *, params: Params | None = None) -> Any:
        """Return the totals of the contacts.

        See "Get contact totals", https://developers.podio.com/doc/contacts/get-contact-totals-60467
        """
        path = "/contact/totals/"
        return await self._caller.request("GET", path, params=params)

    async def get_totals_v2(self, *, params: Params | None = None) -> Any:
        """Return the totals of the contacts.

        See "Get contact totals", https://developers.podio.com/doc/contacts/get-contact-totals-60467
        """
        path = "/contact/totals/v2/"
        return await self._caller.request("GET", path, params=params)

    async def get_totals_v3(self, *, params: Params | None = None) -> Any:
        """Return the totals of the contacts.

        See "Get contact totals v3", https://developers.podio.com/doc/contacts/get-contact-totals-v3-34629208
        """
        path = "/contact/totals/v3/"
        return await self._caller.request("GET", path, params=params)

    async def get_user_contact(self, user_id: int, *, params: Params | None = None) -> ProfileJSON:
        """Return the contact of a user by their user id.

        See "Get user contact", https://developers.podio.com/doc/contacts/get-user-contact-60514
        """
        path = fill("/contact/user/{user_id:id}", user_id=user_id)
        return cast("ProfileJSON", await self._caller.request("GET", path, params=params))

    async def get_user_contact_field(self, user_id: int, key: str, *, params: Params | None = None) -> Any:
        """Return one field of a user's contact.

        See "Get user contact field", https://developers.podio.com/doc/contacts/get-user-contact-field-22403
        """
        path = fill("/contact/user/{user_id:id}/{key}", user_id=user_id, key=key)
        return await self._caller.request("GET", path, params=params)

    async def delete(self, profile_ids: int | str, *, params: Params | None = None) -> None:
        """Delete contacts.

        See "Delete contact s", https://developers.podio.com/doc/contacts/delete-contact-s-60560
        """
        path = fill("/contact/{profile_ids:ids}", profile_ids=profile_ids)
        await self._caller.request("DELETE", path, params=params)

    async def update(self, profile_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Change a contact.

        See "Update contact", https://developers.podio.com/doc/contacts/update-contact-60556
        """
        path = fill("/contact/{profile_id:id}", profile_id=profile_id)
        await self._caller.request("PUT", path, params=params, body=body)

    async def get(self, profile_ids: int | str, *, params: Params | None = None) -> ProfileJSON | list[ProfileJSON]:
        """Return contacts by their profile ids.

        See "Get contact s", https://developers.podio.com/doc/contacts/get-contact-s-22335
        """
        path = fill("/contact/{profile_ids:ids}/v2", profile_ids=profile_ids)
        return cast("ProfileJSON | list[ProfileJSON]", await self._caller.request("GET", path, params=params))

    async def get_vcard(self, profile_id: int, *, params: Params | None = None) -> bytes:
        """Return a contact as a vCard.

        See "Get vcard", https://developers.podio.com/doc/contacts/get-vcard-213496
        """
        path = fill("/contact/{profile_id:id}/vcard", profile_id=profile_id)
        return await self._caller.request_bytes("GET", path, params=params)

    async def update_field(self, profile_id: int, key: str, *, body: Any = None, params: Params | None = None) -> Any:
        """Change one field of a contact.

        See "Update contact field", https://developers.podio.com/doc/contacts/update-contact-field-60558
        """
        path = fill("/contact/{profile_id:id}/{key}", profile_id=profile_id, key=key)
        return await self._caller.request("PUT", path, params=params, body=body)
