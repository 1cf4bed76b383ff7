"""Items: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from podio.areas.calls import Area, Params, fill, merged

if TYPE_CHECKING:
    from podio.json_types import (
        ClonedItemJSON,
        CountJSON,
        CreatedItemJSON,
        DeletedItemsJSON,
        FieldDifferenceJSON,
        FieldValuesJSON,
        FilteredItemsJSON,
        ItemCreation,
        ItemFilter,
        ItemJSON,
        ItemMicroJSON,
        ItemRevisionJSON,
        ItemUpdate,
        ReferringItemsJSON,
        RevertedItemJSON,
        UpdatedItemJSON,
    )


class Items(Area):
    """Items (https://developers.podio.com/doc/items)."""

    async def get_by_app_item_id(
        self,
        app_id: int,
        app_item_id: int,
        *,
        fields: str | None = None,
        mark_as_viewed: bool | None = None,
        params: Params | None = None,
    ) -> ItemJSON:
        """Return an item by its number within its app.

        See "Get item by app item id", https://developers.podio.com/doc/items/get-item-by-app-item-id-66506688
        """
        path = fill("/app/{app_id:id}/item/{app_item_id:id}", app_id=app_id, app_item_id=app_item_id)
        return cast(
            "ItemJSON",
            await self._caller.request(
                "GET", path, params=merged({"fields": fields, "mark_as_viewed": mark_as_viewed}, params)
            ),
        )

    async def get_all(
        self,
        app_id: int,
        *,
        limit: int | None = None,
        offset: int | None = None,
        sort_by: str | None = None,
        sort_desc: bool | None = None,
        fields: str | None = None,
        params: Params | None = None,
    ) -> FilteredItemsJSON:
        """Return the items of an app.

        `filter` is the way to choose items.

        See "Get items", https://developers.podio.com/doc/items/get-items-27803
        """
        path = fill("/item/app/{app_id:id}/", app_id=app_id)
        return cast(
            "FilteredItemsJSON",
            await self._caller.request(
                "GET",
                path,
                params=merged(
                    {"limit": limit, "offset": offset, "sort_by": sort_by, "sort_desc": sort_desc, "fields": fields},
                    params,
                ),
            ),
        )

    async def create(
        self,
        app_id: int,
        *,
        body: ItemCreation,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> CreatedItemJSON:
        """Create an item in an app.

        `hook=False` runs no webhooks, `silent=True` notifies nobody.

        See "Add new item", https://developers.podio.com/doc/items/add-new-item-22362
        """
        path = fill("/item/app/{app_id:id}/", app_id=app_id)
        return cast(
            "CreatedItemJSON",
            await self._caller.request(
                "POST", path, params=merged({"silent": silent, "hook": hook}, params), body=body
            ),
        )

    async def calculate(self, app_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Calculate over the items of an app.

        See "Calculate", https://developers.podio.com/doc/items/calculate-67633
        """
        path = fill("/item/app/{app_id:id}/calculate", app_id=app_id)
        return await self._caller.request("POST", path, params=params, body=body)

    async def get_count(self, app_id: int, *, view_id: int | None = None, params: Params | None = None) -> CountJSON:
        """Return how many items an app has.

        See "Get item count", https://developers.podio.com/doc/items/get-item-count-34819997
        """
        path = fill("/item/app/{app_id:id}/count", app_id=app_id)
        return cast("CountJSON", await self._caller.request("GET", path, params=merged({"view_id": view_id}, params)))

    async def bulk_delete(
        self,
        app_id: int,
        *,
        body: Any = None,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> DeletedItemsJSON:
        """Delete many items of an app.

        See "Bulk delete items", https://developers.podio.com/doc/items/bulk-delete-items-19406111
        """
        path = fill("/item/app/{app_id:id}/delete", app_id=app_id)
        return cast(
            "DeletedItemsJSON",
            await self._caller.request(
                "POST", path, params=merged({"silent": silent, "hook": hook}, params), body=body
            ),
        )

    async def export(self, app_id: int, exporter: str, *, body: Any = None, params: Params | None = None) -> Any:
        """Export the items of an app.

        See "Export items", https://developers.podio.com/doc/items/export-items-4235696
        """
        path = fill("/item/app/{app_id:id}/export/{exporter}", app_id=app_id, exporter=exporter)
        return await self._caller.request("POST", path, params=params, body=body)

    async def get_by_external_id(
        self,
        app_id: int,
        external_id: str,
        *,
        fields: str | None = None,
        mark_as_viewed: bool | None = None,
        params: Params | None = None,
    ) -> ItemJSON:
        """Return the item of an app that has an external id.

        See "Get item by external id", https://developers.podio.com/doc/items/get-item-by-external-id-19556702
        """
        path = fill("/item/app/{app_id:id}/external_id/{external_id}", app_id=app_id, external_id=external_id)
        return cast(
            "ItemJSON",
            await self._caller.request(
                "GET", path, params=merged({"fields": fields, "mark_as_viewed": mark_as_viewed}, params)
            ),
        )

    async def filter(
        self, app_id: int, *, body: ItemFilter | None = None, fields: str | None = None, params: Params | None = None
    ) -> FilteredItemsJSON:
        """Return the items of an app that pass a filter, in an order.

        30 items if `limit` is left out, 500 at most. Text fields can't be filtered; Podio ignores a filter that it
        can't use.

        See "Filter items", https://developers.podio.com/doc/items/filter-items-4496747
        """
        path = fill("/item/app/{app_id:id}/filter/", app_id=app_id)
        return cast(
            "FilteredItemsJSON",
            await self._caller.request("POST", path, params=merged({"fields": fields}, params), body=body or {}),
        )

    async def filter_from_space_and_app(
        self,
        app_id: int,
        *,
        body: ItemFilter | None = None,
        space_id: int,
        fields: str | None = None,
        params: Params | None = None,
    ) -> FilteredItemsJSON:
        """Return the items of an app that pass a filter; the space is named, too.

        See "Filter items from space and app", https://developers.podio.com/doc/items/filter-items-from-space-and-app-268463307
        """
        path = fill("/item/app/{app_id:id}/filter/", app_id=app_id)
        return cast(
            "FilteredItemsJSON",
            await self._caller.request(
                "POST", path, params=merged({"space_id": space_id, "fields": fields}, params), body=body or {}
            ),
        )

    async def filter_by_view(
        self,
        app_id: int,
        view_id: int | str,
        *,
        body: Any = None,
        fields: str | None = None,
        params: Params | None = None,
    ) -> FilteredItemsJSON:
        """Return the items of an app that pass the filter of a view.

        See "Filter items by view", https://developers.podio.com/doc/items/filter-items-by-view-4540284
        """
        path = fill("/item/app/{app_id:id}/filter/{view_id}/", app_id=app_id, view_id=view_id)
        return cast(
            "FilteredItemsJSON",
            await self._caller.request("POST", path, params=merged({"fields": fields}, params), body=body),
        )

    async def get_app_values(self, app_id: int, *, params: Params | None = None) -> Any:
        """Return the values that the fields of an app's items have.

        See "Get app values", https://developers.podio.com/doc/items/get-app-values-22455
        """
        path = fill("/item/app/{app_id:id}/values", app_id=app_id)
        return await self._caller.request("GET", path, params=params)

    async def get_as_xlsx(
        self,
        app_id: int,
        *,
        view_id: int | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sort_by: str | None = None,
        sort_desc: bool | None = None,
        params: Params | None = None,
    ) -> bytes:
        """Return the items of an app as an Excel file.

        See "Get items as xlsx", https://developers.podio.com/doc/items/get-items-as-xlsx-63233
        """
        path = fill("/item/app/{app_id:id}/xlsx/", app_id=app_id)
        return await self._caller.request_bytes(
            "GET",
            path,
            params=merged(
                {"view_id": view_id, "limit": limit, "offset": offset, "sort_by": sort_by, "sort_desc": sort_desc},
                params,
            ),
        )

    async def find_by_field_and_title(
        self,
        field_id: int,
        *,
        text: str | None = None,
        limit: int | None = None,
        not_item_id: int | None = None,
        sort: str | None = None,
        params: Params | None = None,
    ) -> list[ItemMicroJSON]:
        """Find items to refer to in a field, by their title.

        See "Find items by field and title", https://developers.podio.com/doc/items/find-items-by-field-and-title-22485
        """
        path = fill("/item/field/{field_id:id}/find", field_id=field_id)
        return cast(
            "list[ItemMicroJSON]",
            await self._caller.request(
                "GET",
                path,
                params=merged({"text": text, "limit": limit, "not_item_id": not_item_id, "sort": sort}, params),
            ),
        )

    async def get_field_ranges(self, field_id: int, *, params: Params | None = None) -> Any:
        """Return the smallest and largest values of a field.

        See "Get field ranges", https://developers.podio.com/doc/items/get-field-ranges-24242866
        """
        path = fill("/item/field/{field_id:id}/range", field_id=field_id)
        return await self._caller.request("GET", path, params=params)

    async def get_top_values_for_field(
        self, field_id: int, *, limit: int | None = None, not_item_id: int | None = None, params: Params | None = None
    ) -> Any:
        """Return the top values of a field.

        See "Get top values for field", https://developers.podio.com/doc/items/get-top-values-for-field-68334
        """
        path = fill("/item/field/{field_id:id}/top/", field_id=field_id)
        return await self._caller.request(
            "GET", path, params=merged({"limit": limit, "not_item_id": not_item_id}, params)
        )

    async def delete(
        self, item_id: int, *, silent: bool | None = None, hook: bool | None = None, params: Params | None = None
    ) -> None:
        """Delete an item.

        See "Delete item", https://developers.podio.com/doc/items/delete-item-22364
        """
        path = fill("/item/{item_id:id}", item_id=item_id)
        await self._caller.request("DELETE", path, params=merged({"silent": silent, "hook": hook}, params))

    async def get(
        self,
        item_id: int,
        *,
        mark_as_viewed: bool | None = None,
        fields: str | None = None,
        params: Params | None = None,
    ) -> ItemJSON:
        """Return an item with its fields, comments, files and revisions.

        The user is noted as having seen the item unless `mark_as_viewed` is false.

        See "Get item", https://developers.podio.com/doc/items/get-item-22360
        """
        path = fill("/item/{item_id:id}", item_id=item_id)
        return cast(
            "ItemJSON",
            await self._caller.request(
                "GET", path, params=merged({"mark_as_viewed": mark_as_viewed, "fields": fields}, params)
            ),
        )

    async def update(
        self,
        item_id: int,
        *,
        body: ItemUpdate,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> UpdatedItemJSON | None:
        """Change an item.

        `hook=False` runs no webhooks, `silent=True` notifies nobody. With a `revision` that isn't the latest:
        `podio.Conflict`.

        See "Update item", https://developers.podio.com/doc/items/update-item-22363
        """
        path = fill("/item/{item_id:id}", item_id=item_id)
        return cast(
            "UpdatedItemJSON | None",
            await self._caller.request("PUT", path, params=merged({"silent": silent, "hook": hook}, params), body=body),
        )

    async def get_basic(self, item_id: int, *, fields: str | None = None, params: Params | None = None) -> ItemJSON:
        """Return an item without what surrounds it.

        See "Get item basic", https://developers.podio.com/doc/items/get-item-basic-61768
        """
        path = fill("/item/{item_id:id}/basic", item_id=item_id)
        return cast("ItemJSON", await self._caller.request("GET", path, params=merged({"fields": fields}, params)))

    async def get_clone(self, item_id: int, *, params: Params | None = None) -> Any:
        """Return what a clone of an item would hold.

        See "Get item clone", https://developers.podio.com/doc/items/get-item-clone-96822231
        """
        path = fill("/item/{item_id:id}/clone", item_id=item_id)
        return await self._caller.request("GET", path, params=params)

    async def clone(
        self,
        item_id: int,
        *,
        body: Any = None,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> ClonedItemJSON:
        """Make a copy of an item.

        See "Clone item", https://developers.podio.com/doc/items/clone-item-37722742
        """
        path = fill("/item/{item_id:id}/clone", item_id=item_id)
        return cast(
            "ClonedItemJSON",
            await self._caller.request(
                "POST", path, params=merged({"silent": silent, "hook": hook}, params), body=body
            ),
        )

    async def get_meeting_url(self, item_id: int, *, params: Params | None = None) -> Any:
        """Return the address of an item's online meeting.

        See "Get meeting url", https://developers.podio.com/doc/items/get-meeting-url-14763260
        """
        path = fill("/item/{item_id:id}/meeting/url", item_id=item_id)
        return await self._caller.request("GET", path, params=params)

    async def set_participation(
        self,
        item_id: int,
        *,
        body: Any = None,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> Any:
        """Set the participation in an item.

        See "Set participation", https://developers.podio.com/doc/items/set-participation-7156154
        """
        path = fill("/item/{item_id:id}/participation", item_id=item_id)
        return await self._caller.request(
            "PUT", path, params=merged({"silent": silent, "hook": hook}, params), body=body
        )

    async def remove_reference(self, item_id: int, *, params: Params | None = None) -> None:
        """Remove what an item refers to.

        See "Delete item reference", https://developers.podio.com/doc/items/delete-item-reference-7302326
        """
        path = fill("/item/{item_id:id}/ref", item_id=item_id)
        await self._caller.request("DELETE", path, params=params)

    async def update_reference(self, item_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Change what an item refers to.

        See "Update item reference", https://developers.podio.com/doc/items/update-item-reference-7421495
        """
        path = fill("/item/{item_id:id}/ref", item_id=item_id)
        await self._caller.request("PUT", path, params=params, body=body)

    async def get_references(self, item_id: int, *, params: Params | None = None) -> list[ReferringItemsJSON]:
        """Return what refers to an item.

        See "Get item references", https://developers.podio.com/doc/items/get-item-references-22439
        """
        path = fill("/item/{item_id:id}/reference/", item_id=item_id)
        return cast("list[ReferringItemsJSON]", await self._caller.request("GET", path, params=params))

    async def get_references_to_item_by_field(
        self, item_id: int, field_id: int, *, limit: int | None = None, params: Params | None = None
    ) -> list[ItemMicroJSON]:
        """Return the items that refer to an item by a field.

        See "Get references to item by field", https://developers.podio.com/doc/items/get-references-to-item-by-field-7403920
        """
        path = fill("/item/{item_id:id}/reference/field/{field_id:id}", item_id=item_id, field_id=field_id)
        return cast(
            "list[ItemMicroJSON]", await self._caller.request("GET", path, params=merged({"limit": limit}, params))
        )

    async def get_preview_for_field_reference(
        self, item_id: int, field_id: int, *, params: Params | None = None
    ) -> Any:
        """Return a preview of an item for a field that refers to it.

        See "Get item preview for field reference", https://developers.podio.com/doc/items/get-item-preview-for-field-reference-7529318
        """
        path = fill("/item/{item_id:id}/reference/{field_id:id}/preview", item_id=item_id, field_id=field_id)
        return await self._caller.request("GET", path, params=params)

    async def get_revisions(self, item_id: int, *, params: Params | None = None) -> list[ItemRevisionJSON]:
        """Return the revisions of an item.

        See "Get item revisions", https://developers.podio.com/doc/items/get-item-revisions-22372
        """
        path = fill("/item/{item_id:id}/revision/", item_id=item_id)
        return cast("list[ItemRevisionJSON]", await self._caller.request("GET", path, params=params))

    async def revert_revision(
        self,
        item_id: int,
        revision_id: int,
        *,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> RevertedItemJSON:
        """Undo a revision of an item.

        See "Revert item revision", https://developers.podio.com/doc/items/revert-item-revision-953195
        """
        path = fill("/item/{item_id:id}/revision/{revision_id:id}", item_id=item_id, revision_id=revision_id)
        return cast(
            "RevertedItemJSON",
            await self._caller.request("DELETE", path, params=merged({"silent": silent, "hook": hook}, params)),
        )

    async def get_revision(self, item_id: int, revision_id: int, *, params: Params | None = None) -> ItemRevisionJSON:
        """Return a revision of an item.

        See "Get item revision", https://developers.podio.com/doc/items/get-item-revision-22373
        """
        path = fill("/item/{item_id:id}/revision/{revision_id:id}", item_id=item_id, revision_id=revision_id)
        return cast("ItemRevisionJSON", await self._caller.request("GET", path, params=params))

    async def revert_to_revision(
        self,
        item_id: int,
        revision: int,
        *,
        body: Any = None,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> RevertedItemJSON:
        """Set an item back to a revision.

        See "Revert to revision", https://developers.podio.com/doc/items/revert-to-revision-194362682
        """
        path = fill("/item/{item_id:id}/revision/{revision:id}/revert_to", item_id=item_id, revision=revision)
        return cast(
            "RevertedItemJSON",
            await self._caller.request(
                "POST", path, params=merged({"silent": silent, "hook": hook}, params), body=body
            ),
        )

    async def get_revision_difference(
        self, item_id: int, revision_from_id: int, revision_to_id: int, *, params: Params | None = None
    ) -> list[FieldDifferenceJSON]:
        """Return what changed between two revisions of an item.

        See "Get item revision difference", https://developers.podio.com/doc/items/get-item-revision-difference-22374
        """
        path = fill(
            "/item/{item_id:id}/revision/{revision_from_id:id}/{revision_to_id:id}",
            item_id=item_id,
            revision_from_id=revision_from_id,
            revision_to_id=revision_to_id,
        )
        return cast("list[FieldDifferenceJSON]", await self._caller.request("GET", path, params=params))

    async def get_values(self, item_id: int, *, params: Params | None = None) -> list[FieldValuesJSON]:
        """Return the values of an item's fields.

        See "Get item values", https://developers.podio.com/doc/items/get-item-values-22365
        """
        path = fill("/item/{item_id:id}/value", item_id=item_id)
        return cast("list[FieldValuesJSON]", await self._caller.request("GET", path, params=params))

    async def update_values(
        self,
        item_id: int,
        *,
        body: Any = None,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> UpdatedItemJSON:
        """Change the values of an item's fields.

        See "Update item values", https://developers.podio.com/doc/items/update-item-values-22366
        """
        path = fill("/item/{item_id:id}/value", item_id=item_id)
        return cast(
            "UpdatedItemJSON",
            await self._caller.request("PUT", path, params=merged({"silent": silent, "hook": hook}, params), body=body),
        )

    async def get_values_v2(self, item_id: int, *, params: Params | None = None) -> list[FieldValuesJSON]:
        """Return the values of an item's fields.

        See "Get item values v2", https://developers.podio.com/doc/items/get-item-values-v2-144280791
        """
        path = fill("/item/{item_id:id}/value/v2", item_id=item_id)
        return cast("list[FieldValuesJSON]", await self._caller.request("GET", path, params=params))

    async def get_field_values(
        self, item_id: int, field_id: int | str, *, params: Params | None = None
    ) -> list[dict[str, Any]]:
        """Return the values of one field of an item.

        See "Get item field values", https://developers.podio.com/doc/items/get-item-field-values-22368
        """
        path = fill("/item/{item_id:id}/value/{field_id}", item_id=item_id, field_id=field_id)
        return cast("list[dict[str, Any]]", await self._caller.request("GET", path, params=params))

    async def update_field_values(
        self,
        item_id: int,
        field_id: int | str,
        *,
        body: Any = None,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> UpdatedItemJSON:
        """Change the values of one field of an item.

        See "Update item field values", https://developers.podio.com/doc/items/update-item-field-values-22367
        """
        path = fill("/item/{item_id:id}/value/{field_id}", item_id=item_id, field_id=field_id)
        return cast(
            "UpdatedItemJSON",
            await self._caller.request("PUT", path, params=merged({"silent": silent, "hook": hook}, params), body=body),
        )

    async def get_field_values_v2(
        self, item_id: int, field_or_external_id: int | str, *, params: Params | None = None
    ) -> FieldValuesJSON:
        """Return the values of one field of an item.

        See "Get item field values v2", https://developers.podio.com/doc/items/get-item-field-values-v2-144279511
        """
        path = fill(
            "/item/{item_id:id}/value/{field_or_external_id}/v2",
            item_id=item_id,
            field_or_external_id=field_or_external_id,
        )
        return cast("FieldValuesJSON", await self._caller.request("GET", path, params=params))
