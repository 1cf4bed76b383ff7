"""Email: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import Any

from podio.areas.calls import Area, Params, fill


class Email(Area):
    """Email (https://developers.podio.com/doc/email)."""

    async def get_app_email_configuration(self, app_id: int, *, params: Params | None = None) -> Any:
        """Return an app's mail configuration.

        See "Get app email configuration", https://developers.podio.com/doc/email/get-app-email-configuration-622338
        """
        path = fill("/email/app/{app_id:id}", app_id=app_id)
        return await self._caller.request("GET", path, params=params)

    async def update_app_email_configuration(
        self, app_id: int, *, body: Any = None, params: Params | None = None
    ) -> Any:
        """Change an app's mail configuration.

        See "Update app email configuration", https://developers.podio.com/doc/email/update-app-email-configuration-622851
        """
        path = fill("/email/app/{app_id:id}", app_id=app_id)
        return await self._caller.request("PUT", path, params=params, body=body)

    async def get_global_contact(self, name: str, *, params: Params | None = None) -> Any:
        """Return a mail contact by its name.

        See "Get global contact", https://developers.podio.com/doc/email/get-global-contact-13716154
        """
        path = fill("/email/contact/{name}", name=name)
        return await self._caller.request("GET", path, params=params)

    async def export_global_contact_to_linked_account(
        self, name: str, *, body: Any = None, params: Params | None = None
    ) -> Any:
        """Export a mail contact to a linked account.

        See "Export global email contact to linked account", https://developers.podio.com/doc/email/export-global-email-contact-to-linked-account-13629508
        """
        path = fill("/email/contact/{name}/export", name=name)
        return await self._caller.request("POST", path, params=params, body=body)

    async def get_global_contact_as_vcard(self, name: str, *, params: Params | None = None) -> bytes:
        """Return a mail contact as a vCard.

        See "Get global email contact as vcard", https://developers.podio.com/doc/email/get-global-email-contact-as-vcard-13624848
        """
        path = fill("/email/contact/{name}/vcard", name=name)
        return await self._caller.request_bytes("GET", path, params=params)

    async def get_contact_for_reference(
        self, name: str, ref_type: str, ref_id: int, *, params: Params | None = None
    ) -> Any:
        """Return a mail contact of an object.

        See "Get email contact for reference", https://developers.podio.com/doc/email/get-email-contact-for-reference-13716555
        """
        path = fill("/email/contact/{name}/{ref_type}/{ref_id:id}", name=name, ref_type=ref_type, ref_id=ref_id)
        return await self._caller.request("GET", path, params=params)

    async def export_contact_for_reference_to_linked_account(
        self, name: str, ref_type: str, ref_id: int, *, body: Any = None, params: Params | None = None
    ) -> Any:
        """Export a mail contact of an object to a linked account.

        See "Export email contact for reference to linked account", https://developers.podio.com/doc/email/export-email-contact-for-reference-to-linked-account-13628926
        """
        path = fill("/email/contact/{name}/{ref_type}/{ref_id:id}/export", name=name, ref_type=ref_type, ref_id=ref_id)
        return await self._caller.request("POST", path, params=params, body=body)

    async def get_contact_for_reference_as_vcard(
        self, name: str, ref_type: str, ref_id: int, *, params: Params | None = None
    ) -> bytes:
        """Return a mail contact of an object as a vCard.

        See "Get email contact for reference as vcard", https://developers.podio.com/doc/email/get-email-contact-for-reference-as-vcard-13628255
        """
        path = fill("/email/contact/{name}/{ref_type}/{ref_id:id}/vcard", name=name, ref_type=ref_type, ref_id=ref_id)
        return await self._caller.request_bytes("GET", path, params=params)

    async def get_groups(self, *, params: Params | None = None) -> Any:
        """Return the groups of mails.

        See "Get groups", https://developers.podio.com/doc/email/get-groups-333977
        """
        path = "/email/group/"
        return await self._caller.request("GET", path, params=params)

    async def update_groups(self, *, body: Any = None, params: Params | None = None) -> Any:
        """Change the groups of mails.

        See "Update groups", https://developers.podio.com/doc/email/update-groups-333981
        """
        path = "/email/group/"
        return await self._caller.request("PUT", path, params=params, body=body)

    async def unsubscribe_from_all(self, username: str, *, body: Any = None, params: Params | None = None) -> Any:
        """End all mails to a user name.

        See "Unsubscribe from all", https://developers.podio.com/doc/email/unsubscribe-from-all-304917
        """
        path = fill("/email/unsubscribe/{username}", username=username)
        return await self._caller.request("POST", path, params=params, body=body)
