"""Conversations: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import Any

from podio.areas.calls import Area, Params, fill, merged


class Conversations(Area):
    """Conversations (https://developers.podio.com/doc/conversations)."""

    async def get_all(
        self, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> Any:
        """Return the conversations.

        See "Get conversations", https://developers.podio.com/doc/conversations/get-conversations-34822801
        """
        path = "/conversation/"
        return await self._caller.request("GET", path, params=merged({"limit": limit, "offset": offset}, params))

    async def create(self, *, body: Any = None, params: Params | None = None) -> Any:
        """Start a conversation.

        See "Create conversation", https://developers.podio.com/doc/conversations/create-conversation-22441
        """
        path = "/conversation/"
        return await self._caller.request("POST", path, params=params, body=body)

    async def get_existing_direct(self, user_id: int, *, params: Params | None = None) -> Any:
        """Return the direct conversation with a user, if there is one.

        See "Get existing direct conversation", https://developers.podio.com/doc/conversations/get-existing-direct-conversation-44969910
        """
        path = fill("/conversation/direct/{user_id:id}", user_id=user_id)
        return await self._caller.request("GET", path, params=params)

    async def get_event(self, event_id: int, *, params: Params | None = None) -> Any:
        """Return an event of a conversation.

        See "Get conversation event", https://developers.podio.com/doc/conversations/get-conversation-event-35628220
        """
        path = fill("/conversation/event/{event_id:id}", event_id=event_id)
        return await self._caller.request("GET", path, params=params)

    async def mark_all_as_read(self, *, body: Any = None, params: Params | None = None) -> Any:
        """Mark all conversations as read.

        See "Mark all conversations as read", https://developers.podio.com/doc/conversations/mark-all-conversations-as-read-38080233
        """
        path = "/conversation/read"
        return await self._caller.request("POST", path, params=params, body=body)

    async def search(
        self,
        *,
        text: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        participants: bool | None = None,
        params: Params | None = None,
    ) -> Any:
        """Search the conversations.

        See "Search conversations", https://developers.podio.com/doc/conversations/search-conversations-36885550
        """
        path = "/conversation/search/"
        return await self._caller.request(
            "GET",
            path,
            params=merged({"text": text, "limit": limit, "offset": offset, "participants": participants}, params),
        )

    async def get_starred_counts(self, *, params: Params | None = None) -> Any:
        """Return how many conversations are starred.

        See "Get flagged conversation counts", https://developers.podio.com/doc/conversations/get-flagged-conversation-counts-35467925
        """
        path = "/conversation/starred/count"
        return await self._caller.request("GET", path, params=params)

    async def get_unread_counts(self, *, params: Params | None = None) -> Any:
        """Return how many conversations are unread.

        See "Get flagged conversation counts", https://developers.podio.com/doc/conversations/get-flagged-conversation-counts-35467925
        """
        path = "/conversation/unread/count"
        return await self._caller.request("GET", path, params=params)

    async def create_v2(self, *, body: Any = None, params: Params | None = None) -> Any:
        """Start a conversation.

        See "Create conversation v2", https://developers.podio.com/doc/conversations/create-conversation-v2-37301474
        """
        path = "/conversation/v2/"
        return await self._caller.request("POST", path, params=params, body=body)

    async def get(self, conversation_id: int, *, params: Params | None = None) -> Any:
        """Return a conversation.

        See "Get conversation", https://developers.podio.com/doc/conversations/get-conversation-22369
        """
        path = fill("/conversation/{conversation_id:id}", conversation_id=conversation_id)
        return await self._caller.request("GET", path, params=params)

    async def get_flagged(
        self, flag: str, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> Any:
        """Return the conversations that have a flag.

        See "Get flagged conversations", https://developers.podio.com/doc/conversations/get-flagged-conversations-35466860
        """
        path = fill("/conversation/{flag}/", flag=flag)
        return await self._caller.request("GET", path, params=merged({"limit": limit, "offset": offset}, params))

    async def get_flagged_counts(self, flag: str, *, params: Params | None = None) -> Any:
        """Return how many conversations have a flag.

        See "Get flagged conversation counts", https://developers.podio.com/doc/conversations/get-flagged-conversation-counts-35467925
        """
        path = fill("/conversation/{flag}/count", flag=flag)
        return await self._caller.request("GET", path, params=params)

    async def get_events(
        self, conversation_id: int, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> Any:
        """Return the events of a conversation.

        See "Get conversation events", https://developers.podio.com/doc/conversations/get-conversation-events-35440697
        """
        path = fill("/conversation/{conversation_id:id}/event/", conversation_id=conversation_id)
        return await self._caller.request("GET", path, params=merged({"limit": limit, "offset": offset}, params))

    async def leave(self, conversation_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Leave a conversation.

        See "Leave conversation", https://developers.podio.com/doc/conversations/leave-conversation-35483748
        """
        path = fill("/conversation/{conversation_id:id}/leave", conversation_id=conversation_id)
        return await self._caller.request("POST", path, params=params, body=body)

    async def add_participants(self, conversation_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Add users to a conversation.

        See "Add participants", https://developers.podio.com/doc/conversations/add-participants-384261
        """
        path = fill("/conversation/{conversation_id:id}/participant/", conversation_id=conversation_id)
        return await self._caller.request("POST", path, params=params, body=body)

    async def add_participants_v2(self, conversation_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Add users to a conversation.

        See "Add participants v2", https://developers.podio.com/doc/conversations/add-participants-v2-37282400
        """
        path = fill("/conversation/{conversation_id:id}/participant/v2/", conversation_id=conversation_id)
        return await self._caller.request("POST", path, params=params, body=body)

    async def mark_as_unread(self, conversation_id: int, *, params: Params | None = None) -> Any:
        """Mark a conversation as unread.

        See "Mark conversation as unread", https://developers.podio.com/doc/conversations/mark-conversation-as-unread-35441542
        """
        path = fill("/conversation/{conversation_id:id}/read", conversation_id=conversation_id)
        return await self._caller.request("DELETE", path, params=params)

    async def mark_as_read(self, conversation_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Mark a conversation as read.

        See "Mark conversation as read", https://developers.podio.com/doc/conversations/mark-conversation-as-read-35441525
        """
        path = fill("/conversation/{conversation_id:id}/read", conversation_id=conversation_id)
        return await self._caller.request("POST", path, params=params, body=body)

    async def reply(self, conversation_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Reply to a conversation.

        See "Reply to conversation", https://developers.podio.com/doc/conversations/reply-to-conversation-22444
        """
        path = fill("/conversation/{conversation_id:id}/reply", conversation_id=conversation_id)
        return await self._caller.request("POST", path, params=params, body=body)

    async def reply_v2(self, conversation_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Reply to a conversation.

        See "Reply to conversation v2", https://developers.podio.com/doc/conversations/reply-to-conversation-v2-37260916
        """
        path = fill("/conversation/{conversation_id:id}/reply/v2", conversation_id=conversation_id)
        return await self._caller.request("POST", path, params=params, body=body)

    async def unstar(self, conversation_id: int, *, params: Params | None = None) -> Any:
        """Take the star off a conversation.

        See "Unstar conversation", https://developers.podio.com/doc/conversations/unstar-conversation-35106990
        """
        path = fill("/conversation/{conversation_id:id}/star", conversation_id=conversation_id)
        return await self._caller.request("DELETE", path, params=params)

    async def star(self, conversation_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Put a star on a conversation.

        See "Star conversation", https://developers.podio.com/doc/conversations/star-conversation-35106944
        """
        path = fill("/conversation/{conversation_id:id}/star", conversation_id=conversation_id)
        return await self._caller.request("POST", path, params=params, body=body)

    async def get_on_object(
        self,
        ref_type: str,
        ref_id: int,
        *,
        limit: int | None = None,
        offset: int | None = None,
        params: Params | None = None,
    ) -> Any:
        """Return the conversations on an object.

        See "Get conversations on object", https://developers.podio.com/doc/conversations/get-conversations-on-object-22443
        """
        path = fill("/conversation/{ref_type}/{ref_id:id}/", ref_type=ref_type, ref_id=ref_id)
        return await self._caller.request("GET", path, params=merged({"limit": limit, "offset": offset}, params))

    async def create_on_object(
        self, ref_type: str, ref_id: int, *, body: Any = None, params: Params | None = None
    ) -> Any:
        """Start a conversation on an object.

        See "Create conversation on object", https://developers.podio.com/doc/conversations/create-conversation-on-object-22442
        """
        path = fill("/conversation/{ref_type}/{ref_id:id}/", ref_type=ref_type, ref_id=ref_id)
        return await self._caller.request("POST", path, params=params, body=body)
