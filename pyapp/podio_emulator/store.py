"""The emulator's data, in memory, with ids that go on from the sample's."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import urlsplit

from podio_emulator.errors import Refusal, gone, not_found
from podio_emulator.model import (
    App,
    AppField,
    Author,
    Comment,
    Embed,
    Grant,
    Hook,
    Item,
    Label,
    Notification,
    Organization,
    Profile,
    Reminder,
    Revision,
    Space,
    Status,
    Stored,
    StoredFile,
    Task,
    View,
)

#: Where the ids of things begin that are made at run time, above every id of the sample data.
FIRST_NEW_ID = 900_001

Values = Mapping[int, tuple[Stored, ...]]
_TAG = re.compile(r"<[^<>]*+>")


class LazyItems(Protocol):
    """An app whose items are made when they are first requested."""

    @property
    def app_id(self) -> int:
        """The app that the items belong to."""

    def holds(self, item_id: int) -> bool:
        """Return whether an id is one of these items'."""

    def make(self) -> Sequence[Item]:
        """Make them all."""


class Store:
    """Everything but tokens. Look-ups refuse (404, 410) what isn't there; rights are not the store's business."""

    def __init__(self) -> None:
        self.profiles: dict[int, Profile] = {}
        self.organizations: dict[int, Organization] = {}
        self.spaces: dict[int, Space] = {}
        self.apps: dict[int, App] = {}
        self.files: dict[int, StoredFile] = {}
        self.embeds: dict[int, Embed] = {}
        self.tasks: dict[int, Task] = {}
        self.statuses: dict[int, Status] = {}
        self.grants: dict[tuple[int, int], Grant] = {}
        self._deleted_statuses: set[int] = set()
        self.labels: dict[int, Label] = {}
        self.views: dict[int, View] = {}
        self.last_views: dict[tuple[int, int], View] = {}
        self.hooks: dict[int, Hook] = {}
        self.notifications: dict[int, Notification] = {}
        self.likes: dict[tuple[str, int], tuple[int, ...]] = {}
        self.subscriptions: dict[int, tuple[int, str, int]] = {}
        self.properties: dict[int, dict[str, Any]] = {}
        self.reminders: dict[tuple[str, int], Reminder] = {}
        self.inactive_apps: set[int] = set()
        self.app_revisions: dict[int, int] = {}
        self.default_views: dict[int, int] = {}
        self._items: dict[int, Item] = {}
        self._items_by_app: dict[int, dict[int, Item]] = {}
        self._comments: dict[int, Comment] = {}
        self._comments_by_ref: dict[tuple[str, int], dict[int, Comment]] = {}
        self._snapshots: dict[int, dict[int, Item]] = {}
        self._deleted_files: set[int] = set()
        self._deleted_tasks: set[int] = set()
        self._deleted_items: set[int] = set()
        self._deleted_comments: set[int] = set()
        self._lazy: dict[int, LazyItems] = {}
        self._next_id = FIRST_NEW_ID

    def new_id(self) -> int:
        """Return an id that nothing has."""
        self._next_id += 1
        return self._next_id - 1

    # People

    def user(self, user_id: int) -> Profile:
        """Return the account with this user id."""
        for profile in self.profiles.values():
            if profile.user_id == user_id:
                return profile
        raise not_found()

    def user_by_mail(self, mail: str) -> Profile | None:
        """Return the account that signs in with this address."""
        address = mail.strip().casefold()
        return next(
            (p for p in self.profiles.values() if p.password is not None and p.mail.casefold() == address), None
        )

    def colleagues(self, user_id: int) -> set[int]:
        """Return the profile ids of all users and contacts of the workspaces that a user is in."""
        spaces = [space for space in self.spaces.values() if user_id in space.roles]
        members = {member for space in spaces for member in space.roles}
        space_ids = {space.space_id for space in spaces}
        return {p.profile_id for p in self.profiles.values() if p.user_id in members or p.space_id in space_ids}

    # Places

    def organization(self, org_id: int) -> Organization:
        """Return an organization."""
        if org_id not in self.organizations:
            raise not_found()
        return self.organizations[org_id]

    def space(self, space_id: int) -> Space:
        """Return a workspace."""
        if space_id not in self.spaces:
            raise not_found()
        return self.spaces[space_id]

    def app(self, app_id: int) -> App:
        """Return an app."""
        if app_id not in self.apps:
            raise not_found()
        return self.apps[app_id]

    def apps_of(self, space_id: int) -> list[App]:
        """Return a workspace's apps in their order."""
        return [app for app in self.apps.values() if app.space_id == space_id]

    def delete_app(self, app: App) -> None:
        """Delete an app and its items."""
        for item in self.items_of(app.app_id):
            self.delete_item(item)
        del self.apps[app.app_id]

    # Items

    def add_lazy_items(self, lazy: LazyItems) -> None:
        """Register items that are made when they are first requested."""
        self._lazy[lazy.app_id] = lazy

    def _wake(self, app_id: int) -> None:
        lazy = self._lazy.pop(app_id, None)
        if lazy is not None:
            for item in lazy.make():
                self.put_item(item)

    def items_of(self, app_id: int) -> list[Item]:
        """Return an app's items in the order of their creation."""
        self._wake(app_id)
        return list(self._items_by_app.get(app_id, {}).values())

    def item(self, item_id: int) -> Item:
        """Return an item."""
        for lazy in list(self._lazy.values()):
            if lazy.holds(item_id):
                self._wake(lazy.app_id)
        if item_id in self._deleted_items:
            raise gone()
        if item_id not in self._items:
            raise not_found()
        return self._items[item_id]

    def find_item(self, item_id: int) -> Item | None:
        """Return an item, or None where there is none or it has been deleted."""
        try:
            return self.item(item_id)
        except Refusal:
            return None

    def put_item(self, item: Item) -> None:
        """Add an item, or put it in the place of its older state."""
        self._items[item.item_id] = item
        self._items_by_app.setdefault(item.app_id, {})[item.item_id] = item

    def create_item(
        self,
        *,
        app: App,
        values: Values,
        author: Author,
        via: int,
        now: datetime,
        external_id: str | None = None,
        tags: tuple[str, ...] = (),
        file_ids: tuple[int, ...] = (),
        ref: tuple[str, int] | None = None,
        item_id: int | None = None,
    ) -> Item:
        """Make an item with its first revision."""
        existing_items = self.items_of(app.app_id)
        first = Revision(
            item_revision_id=self.new_id() if item_id is None else item_id * 10,
            revision=0,
            type="creation",
            created_on=now,
            created_by=author,
            created_via=via,
        )
        item = Item(
            item_id=self.new_id() if item_id is None else item_id,
            app_item_id=max((other.app_item_id for other in existing_items), default=0) + 1,
            app_id=app.app_id,
            title=title_of(app, values),
            values=values,
            created_on=now,
            created_by=author,
            created_via=via,
            revisions=(first,),
            external_id=external_id,
            tags=tags,
            file_ids=file_ids,
            ref=ref,
            last_event_on=now,
        )
        self.put_item(item)
        return item

    def change_item(
        self, item: Item, new_item: Item, *, author: Author, via: int, now: datetime, is_silent: bool = False
    ) -> Item:
        """Keep a changed item with a new revision; return it, or the item as it was if nothing differs.

        A silent change does not move the item up in the streams.
        """
        if new_item == item:
            return item
        step = Revision(
            item_revision_id=self.new_id(),
            revision=item.revision + 1,
            type="update",
            created_on=now,
            created_by=author,
            created_via=via,
        )
        result = replace(
            new_item,
            title=title_of(self.apps[item.app_id], new_item.values),
            revisions=(*item.revisions, step),
            last_event_on=item.last_event_on if is_silent else now,
        )
        self._snapshots.setdefault(item.item_id, {})[item.revision] = item
        self.put_item(result)
        return result

    def item_at(self, item: Item, revision: int) -> Item:
        """Return an item as it was at one of its revisions."""
        if revision == item.revision:
            return item
        snapshot = self._snapshots.get(item.item_id, {}).get(revision)
        if snapshot is None:
            raise not_found()
        return snapshot

    def delete_item(self, item: Item) -> None:
        """Delete an item and its comments."""
        self._delete_comments("item", item.item_id)
        for task in [task for task in self.tasks.values() if task.ref == ("item", item.item_id)]:
            self.delete_task(task)
        for key in [key for key in self.grants if key[0] == item.item_id]:
            del self.grants[key]
        del self._items[item.item_id]
        del self._items_by_app[item.app_id][item.item_id]
        self._deleted_items.add(item.item_id)

    # Comments

    def comments_on(self, ref_type: str, ref_id: int) -> list[Comment]:
        """Return an object's comments, oldest first."""
        return list(self._comments_by_ref.get((ref_type, ref_id), {}).values())

    def _delete_comments(self, ref_type: str, ref_id: int) -> None:
        for comment in self.comments_on(ref_type, ref_id):
            self.delete_comment(comment)

    def comment(self, comment_id: int) -> Comment:
        """Return a comment."""
        if comment_id in self._deleted_comments:
            raise gone()
        if comment_id not in self._comments:
            raise not_found()
        return self._comments[comment_id]

    def all_comments(self) -> list[Comment]:
        """Return the comments on all objects."""
        return list(self._comments.values())

    def put_comment(self, comment: Comment) -> None:
        """Add a comment, or put it in the place of its older state."""
        self._comments[comment.comment_id] = comment
        self._comments_by_ref.setdefault((comment.ref_type, comment.ref_id), {})[comment.comment_id] = comment

    def delete_comment(self, comment: Comment) -> None:
        """Delete a comment."""
        del self._comments[comment.comment_id]
        del self._comments_by_ref[comment.ref_type, comment.ref_id][comment.comment_id]
        self._deleted_comments.add(comment.comment_id)

    # Tasks

    def task(self, task_id: int) -> Task:
        """Return a task."""
        if task_id in self._deleted_tasks:
            raise gone()
        if task_id not in self.tasks:
            raise not_found()
        return self.tasks[task_id]

    def tasks_on(self, ref_type: str, ref_id: int) -> list[Task]:
        """Return the tasks that refer to an object, oldest first."""
        return [task for task in self.tasks.values() if task.ref == (ref_type, ref_id)]

    def delete_task(self, task: Task) -> None:
        """Delete a task and its comments."""
        self._delete_comments("task", task.task_id)
        del self.tasks[task.task_id]
        self._deleted_tasks.add(task.task_id)

    # Status messages

    def status(self, status_id: int) -> Status:
        """Return a status message."""
        if status_id in self._deleted_statuses:
            raise gone()
        if status_id not in self.statuses:
            raise not_found()
        return self.statuses[status_id]

    def delete_status(self, status: Status) -> None:
        """Delete a status message and its comments."""
        self._delete_comments("status", status.status_id)
        del self.statuses[status.status_id]
        self._deleted_statuses.add(status.status_id)

    # Files and links

    def delete_file(self, file: StoredFile) -> None:
        """Delete a file; what it was attached to goes on without it."""
        del self.files[file.file_id]
        self._deleted_files.add(file.file_id)

    def file(self, file_id: int) -> StoredFile:
        """Return a file."""
        if file_id in self._deleted_files:
            raise gone()
        if file_id not in self.files:
            raise not_found()
        return self.files[file_id]

    def embed_for(self, url: str) -> Embed:
        """Return the link with this address; make it where there is none."""
        embed = next((embed for embed in self.embeds.values() if embed.url == url), None)
        if embed is not None:
            return embed
        embed = Embed(
            embed_id=self.new_id(),
            url=url,
            title=None,
            description=None,
            type="unresolved",
            hostname=urlsplit(url).hostname or "",
        )
        self.embeds[embed.embed_id] = embed
        return embed


def title_of(app: App, values: Values) -> str:
    """Return an item's title: the value of its first text field without markup, or the name of such items."""
    field = next((f for f in app.fields if f.type == "text"), None)
    if field is None or field.field_id not in values:
        return app.item_name
    text = str(values[field.field_id][0]["value"])
    if _format(field) == "html":
        text = html.unescape(_TAG.sub("", text))
    return text.strip().splitlines()[0] if text.strip() else app.item_name


def _format(field: AppField) -> str:
    return str((field.settings or {}).get("format", "plain"))
