"""What an operation gets, and how the table of operations is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from starlette.responses import Response

from podio_emulator.errors import forbidden
from podio_emulator.hook_delivery import HookDelivery
from podio_emulator.json_bodies import decoded
from podio_emulator.model import App, Author, Comment, Item, Organization, Profile, Space, Status, StoredFile, Task
from podio_emulator.oauth.scopes import Permission, Scope
from podio_emulator.oauth.tokens import Token, TokenBook
from podio_emulator.push import Publish, event
from podio_emulator.queries import object_of, query_boolean
from podio_emulator.shapes import Shapes
from podio_emulator.store import Store
from podio_emulator.times import Calendar


class Access(Enum):
    """Who may request an operation."""

    ANYONE = "anyone"
    OPTIONAL = "anyone, but a token that is sent must be good"
    SIGNED_IN = "a user or an app"
    USER = "a user"


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """One call of the API: who calls, with what, and the data that the operation works on."""

    method: str
    path: str
    params: Mapping[str, Any]
    query: Mapping[str, str]
    content_type: str
    full_content_type: str
    largest_file: int
    body: bytes = field(repr=False)
    store: Store
    tokens: TokenBook
    shapes: Shapes
    now: datetime
    calendar: Calendar
    token: Token | None
    publish: Publish
    hooks: HookDelivery

    def send_event(self, channel: str, name: str, ref_type: str, ref_id: int, **data: Any) -> None:
        """Send an event that the caller caused to those who listen to a channel."""
        self.publish(
            channel, event(name, ref_type=ref_type, ref_id=ref_id, author=self.author, via=self.via, data=data or None)
        )

    @property
    def is_silent(self) -> bool:
        """Whether nobody is to be notified, and nothing to come up in a stream: ``silent=true``."""
        return query_boolean(self.query, "silent") is True

    @property
    def caller(self) -> Token:
        """The token of the call; only operations that require one may use it."""
        if self.token is None:  # pragma: no cover - the pipeline has refused such a call
            msg = "this operation needs a token"
            raise LookupError(msg)
        return self.token

    @property
    def user(self) -> Profile:
        """The user who calls; only operations for users may use it."""
        return self.store.user(self.caller.author.id)

    @property
    def author(self) -> Author:
        """Who is named as the author of what the call makes."""
        return self.caller.author

    def json_object(self) -> dict[str, Any]:
        """Return the body, which must be a JSON object; an empty body counts as ``{}``."""
        if not self.body.strip():
            return {}
        return object_of(decoded(self.body))

    def sees_org(self, org: Organization) -> bool:
        """Return whether the caller may know of this organization."""
        if self.author.type == "app":
            return self.store.spaces[self.store.apps[self.author.id].space_id].org_id == org.org_id
        if self.author.id not in org.roles:
            return False
        spaces = (space for space in self.store.spaces.values() if space.org_id == org.org_id)
        # Whoever may see something in it may see the organization itself.
        return self._scope_allows(Permission.READ, org_id=org.org_id) or any(map(self.sees_space, spaces))

    def sees_space(self, space: Space, permission: Permission = Permission.READ) -> bool:
        """Return whether the caller may use this workspace so."""
        if self.author.type == "app":
            return self.store.apps[self.author.id].space_id == space.space_id and permission is Permission.READ
        if self.author.id not in space.roles:
            return False
        if self._scope_allows(permission, org_id=space.org_id, space_id=space.space_id):
            return True
        return permission is Permission.READ and any(map(self.sees_app, self.store.apps_of(space.space_id)))

    def sees_app(self, app: App, permission: Permission = Permission.READ) -> bool:
        """Return whether the caller may use this app, its items and their comments so."""
        if self.author.type == "app":
            return self.author.id == app.app_id
        space = self.store.spaces[app.space_id]
        return self.author.id in space.roles and self._scope_allows(
            permission, org_id=space.org_id, space_id=space.space_id, app_id=app.app_id
        )

    def _scope_allows(self, permission: Permission, **ids: int) -> bool:
        return self.caller.scope.allows(permission, **ids)

    def organization(self) -> Organization:
        """Return the organization that the path names; refuse an unknown one and one that is hidden."""
        org = self.store.organization(self.params["org_id"])
        if not self.sees_org(org):
            raise forbidden()
        return org

    def space(self) -> Space:
        """Return the workspace that the path names; refuse an unknown one and one that is hidden."""
        space = self.store.space(self.params["space_id"])
        if not self.sees_space(space):
            raise forbidden()
        return space

    def app(self, permission: Permission = Permission.READ) -> App:
        """Return the app that the path names; refuse an unknown one and one that the caller may not use so."""
        app = self.store.app(self.params["app_id"])
        if not self.sees_app(app, permission):
            raise forbidden()
        return app

    def item(self, permission: Permission = Permission.READ) -> Item:
        """Return the item that the path names; refuse an unknown, a deleted and a hidden one."""
        return self.allowed_item(self.store.item(self.params["item_id"]), permission)

    def task(self, permission: Permission = Permission.READ) -> Task:
        """Return the task that the path names; refuse an unknown, a deleted and a hidden one."""
        return self.allowed_task(self.store.task(self.params["task_id"]), permission)

    def comment(self, permission: Permission = Permission.READ) -> Comment:
        """Return the comment that the path names; changing one is for its author."""
        comment = self.store.comment(self.params["comment_id"])
        if comment.ref_type == "task":
            self.allowed_task(self.store.task(comment.ref_id), permission)
        elif comment.ref_type == "status":
            self.allowed_status(self.store.status(comment.ref_id), permission)
        else:
            self.allowed_item(self.store.item(comment.ref_id), permission)
        if permission is not Permission.READ and comment.created_by != self.author:
            raise forbidden("You can only change your own comments")
        return comment

    def file(self) -> StoredFile:
        """Return the file that the path names; refuse an unknown, a deleted and a hidden one."""
        return self.allowed_file(self.store.file(self.params["file_id"]))

    @property
    def via(self) -> int:
        """The number of the API key that is named as the way that something was made."""
        return self.shapes.auth_client_id(self.caller.client_id)

    @property
    def user_id(self) -> int:
        """The id of the user who calls, 0 for an app."""
        return self.author.id if self.author.type == "user" else 0

    def allowed_item(self, item: Item, permission: Permission = Permission.READ) -> Item:
        """Return an item that the caller may use so; else refuse."""
        is_granted = permission is Permission.READ and self.is_granted(item.item_id)
        if not is_granted and not self.sees_app(self.store.app(item.app_id), permission):
            raise forbidden()
        return item

    def is_granted(self, item_id: int) -> bool:
        """Return whether a grant opens an item to the caller."""
        return (item_id, self.user_id) in self.store.grants and self._scope_allows(Permission.READ)

    def sees_task(self, task: Task, permission: Permission = Permission.READ) -> bool:
        """Return whether the caller may use a task so: it is theirs, or lies in a workspace and isn't private."""
        if self.author.type == "user" and self.author.id in {task.responsible, task.created_by.id}:
            return self._scope_allows(permission)
        if task.private or task.space_id is None:
            return task.created_by == self.author
        if self.author.type == "app":
            ref_type, ref_id = task.ref or ("", 0)
            item = self.store.find_item(ref_id) if ref_type == "item" else None
            return task.ref == ("app", self.author.id) or (item is not None and item.app_id == self.author.id)
        return self.sees_space(self.store.space(task.space_id), permission)

    def allowed_task(self, task: Task, permission: Permission = Permission.READ) -> Task:
        """Return a task that the caller may use so; else refuse."""
        if not self.sees_task(task, permission):
            raise forbidden()
        return task

    def allowed_status(self, status: Status, permission: Permission = Permission.READ) -> Status:
        """Return a status message that the caller may use so; else refuse."""
        if not self.sees_space(self.store.space(status.space_id), permission):
            raise forbidden()
        return status

    def sees_file(self, file: StoredFile) -> bool:
        """Return whether the caller may see a file."""
        if file.public or file.created_by == self.author:
            return True
        if file.ref is not None and file.ref[0] == "item" and self.is_granted(file.ref[1]):
            return True
        return file.space_id is not None and self.sees_space(self.store.space(file.space_id))

    def allowed_file(self, file: StoredFile) -> StoredFile:
        """Return a file that the caller may see; else refuse."""
        if not self.sees_file(file):
            raise forbidden()
        return file


#: An operation responds with JSON, with nothing (204), or with a response of its own.
Handler = Callable[[Call], Response | dict[str, Any] | list[Any] | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Operation:
    """A line of the table: method, path (without the slash at its end), what runs, for whom, and which limit counts.

    ``upload`` says that the body may be as large as a file, ``free_body`` that its keys are the caller's own, or that
    it is no JSON object; ``accepted_keys`` says what the keys and parameters are for.
    """

    method: str
    path: str
    run: Handler
    access: Access = Access.SIGNED_IN
    heavy: bool = False
    upload: bool = False
    free_body: bool = False
    keys: tuple[str, ...] = ()
    missing_keys: tuple[str, ...] = ()
    missing_parameters: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()


__all__ = ["Access", "Call", "Handler", "Operation", "Permission", "Scope"]
