"""Comments: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from podio.areas.calls import Area, Params, fill, merged

if TYPE_CHECKING:
    from podio.json_types import CommentCreation, CommentJSON


class Comments(Area):
    """Comments (https://developers.podio.com/doc/comments)."""

    async def delete(
        self, comment_id: int, *, silent: bool | None = None, hook: bool | None = None, params: Params | None = None
    ) -> None:
        """Delete a comment.

        See "Delete a comment", https://developers.podio.com/doc/comments/delete-a-comment-22347
        """
        path = fill("/comment/{comment_id:id}", comment_id=comment_id)
        await self._caller.request("DELETE", path, params=merged({"silent": silent, "hook": hook}, params))

    async def get(self, comment_id: int, *, fields: str | None = None, params: Params | None = None) -> CommentJSON:
        """Return a comment.

        See "Get a comment", https://developers.podio.com/doc/comments/get-a-comment-22345
        """
        path = fill("/comment/{comment_id:id}", comment_id=comment_id)
        return cast("CommentJSON", await self._caller.request("GET", path, params=merged({"fields": fields}, params)))

    async def update(
        self,
        comment_id: int,
        *,
        body: Any = None,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> CommentJSON:
        """Change a comment.

        See "Update a comment", https://developers.podio.com/doc/comments/update-a-comment-22346
        """
        path = fill("/comment/{comment_id:id}", comment_id=comment_id)
        return cast(
            "CommentJSON",
            await self._caller.request("PUT", path, params=merged({"silent": silent, "hook": hook}, params), body=body),
        )

    async def get_who_liked(self, comment_id: int, *, params: Params | None = None) -> Any:
        """Return who likes a comment.

        See "Get who liked a comment", https://developers.podio.com/doc/comments/get-who-liked-a-comment-29007011
        """
        path = fill("/comment/{comment_id:id}/liked_by/", comment_id=comment_id)
        return await self._caller.request("GET", path, params=params)

    async def get_revisions(self, comment_id: int, *, params: Params | None = None) -> Any:
        """Return the revisions of a comment.

        See "Get comment revisions", https://developers.podio.com/doc/comments/get-comment-revisions-256356096
        """
        path = fill("/comment/{comment_id:id}/revision", comment_id=comment_id)
        return await self._caller.request("GET", path, params=params)

    async def get_on_object(
        self,
        ref_type: str,
        ref_id: int,
        *,
        limit: int | None = None,
        offset: int | None = None,
        fields: str | None = None,
        params: Params | None = None,
    ) -> list[CommentJSON]:
        """Return the comments on an object, oldest first.

        `limit` is 100 if left out.

        See "Get comments on object", https://developers.podio.com/doc/comments/get-comments-on-object-22371
        """
        path = fill("/comment/{ref_type}/{ref_id:id}/", ref_type=ref_type, ref_id=ref_id)
        return cast(
            "list[CommentJSON]",
            await self._caller.request(
                "GET", path, params=merged({"limit": limit, "offset": offset, "fields": fields}, params)
            ),
        )

    async def create(
        self,
        ref_type: str,
        ref_id: int,
        *,
        body: CommentCreation,
        alert_invite: bool | None = None,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> CommentJSON:
        """Create a comment on an object.

        With `alert_invite` users who are mentioned and have no access are invited.

        See "Add comment to object", https://developers.podio.com/doc/comments/add-comment-to-object-22340
        """
        path = fill("/comment/{ref_type}/{ref_id:id}/", ref_type=ref_type, ref_id=ref_id)
        return cast(
            "CommentJSON",
            await self._caller.request(
                "POST",
                path,
                params=merged({"alert_invite": alert_invite, "silent": silent, "hook": hook}, params),
                body=body,
            ),
        )
