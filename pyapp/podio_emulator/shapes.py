"""The JSON in which Podio writes its objects.

Sources: captured answers of Podio and the pages of its documentation for each object. Names are written as they are
kept: Podio hands out HTML entities in them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from podio_emulator.file_contents import contents
from podio_emulator.model import (
    App,
    AppField,
    Author,
    Comment,
    Embed,
    Grant,
    Item,
    Label,
    Organization,
    Profile,
    Reminder,
    Revision,
    Space,
    Status,
    Stored,
    StoredFile,
    Task,
)
from podio_emulator.oauth.clients import CLIENTS
from podio_emulator.push import ChannelSigner
from podio_emulator.rich_value import rich_value
from podio_emulator.store import Store
from podio_emulator.times import local_to_utc, written

JSON = dict[str, Any]
SITE = "https://podio.com"

_VIA = {client.auth_client_id: client.name for client in CLIENTS.values()}


@dataclass(frozen=True, kw_only=True, slots=True)
class Shapes:
    """Writes objects as one caller sees them; ``base_url`` is where this emulator is reached, for links to files."""

    store: Store
    base_url: str
    now: datetime
    signer: ChannelSigner
    author: Author | None = None

    # People

    def image(self, file_id: int | None) -> JSON | None:
        """Write a picture of a user or an organization."""
        if file_id is None:
            return None
        return {
            "file_id": file_id,
            "link": f"{self.base_url}/file/{file_id}/raw",
            "thumbnail_link": f"{self.base_url}/file/{file_id}/thumbnail",
            "link_target": "_blank",
            "hosted_by": "podio",
            "hosted_by_humanized_name": "Podio",
        }

    def byline(self, author: Author) -> JSON:
        """Write who did something."""
        if author.type == "app":
            app = self.store.apps[author.id]
            return {
                "type": "app",
                "id": app.app_id,
                "user_id": None,
                "name": app.name,
                "url": self.app_url(app),
                "avatar_type": "icon",
                "avatar_id": app.icon_id,
                "avatar": None,
                "image": None,
                "last_seen_on": None,
            }
        profile = self.store.user(author.id)
        return {
            "type": "user",
            "id": profile.user_id,
            "user_id": profile.user_id,
            "name": profile.name,
            "url": f"{SITE}/users/{profile.user_id}",
            "avatar_type": "file",
            "avatar_id": profile.avatar,
            "avatar": profile.avatar,
            "image": self.image(profile.avatar),
            "last_seen_on": written(profile.last_seen_on),
        }

    def profile(self, profile: Profile) -> JSON:
        """Write a profile, as in contact fields and in the user's status."""
        return {
            "profile_id": profile.profile_id,
            "user_id": profile.user_id,
            "type": "user" if profile.user_id else "space",
            "name": profile.name,
            "mail": [profile.mail],
            "phone": [profile.phone] if profile.phone else [],
            "title": [profile.title] if profile.title else [],
            "organization": profile.organization,
            "link": f"{SITE}/users/{profile.user_id}" if profile.user_id else f"{SITE}/contacts/{profile.profile_id}",
            "avatar": profile.avatar,
            "image": self.image(profile.avatar),
            "rights": ["view"],
            "space_id": profile.space_id,
            "org_id": None,
            "external_id": None,
            "last_seen_on": written(profile.last_seen_on) if profile.user_id else None,
        }

    def user(self, profile: Profile) -> JSON:
        """Write an account."""
        return {
            "user_id": profile.user_id,
            "mail": profile.mail,
            "mails": [{"mail": profile.mail, "primary": True, "verified": True, "disabled": False}],
            "status": "active",
            "locale": profile.locale,
            "timezone": profile.timezone,
            "invites": 0,
            "flags": [],
            "created_on": written(profile.created_on),
            "activated_on": written(profile.created_on),
        }

    def user_of_member(self, profile: Profile) -> JSON:
        """Write the account of a workspace's member: with one address, as text, where a profile has a list."""
        return self.profile(profile) | {"mail": profile.mail, "status": "active"}

    def push(self, channel: str) -> JSON:
        """Write the permission to listen to a channel."""
        return self.signer.push_object(channel, int(self.now.timestamp()))

    def presence(self, kind: str, ref_id: int, user_id: int | None) -> JSON:
        """Write the permission to say that one looks at an object."""
        signature = _signature(f"presence:{kind}:{ref_id}:{user_id}")
        return {"ref_type": kind, "ref_id": ref_id, "user_id": user_id, "signature": signature}

    def user_status(self, profile: Profile) -> JSON:
        """Write the answer of ``GET /user/status``."""
        user_id = profile.user_id or 0
        return {
            "user": self.user(profile),
            "profile": self.profile(profile),
            "properties": dict(self.store.properties.get(user_id, {})),
            "referral": {"code": f"r{user_id}", "status": "inactive"},
            "flags": [],
            "betas": [],
            "inbox_new": sum(
                one.user_id == user_id and one.viewed_on is None for one in self.store.notifications.values()
            ),
            "message_unread_count": 0,
            "calendar_code": _signature(f"calendar:{user_id}")[:16],
            "mailbox": f"user{user_id}",
            "task_mail": f"user{user_id}@tasks.example.com",
            "push": self.push(f"/user/{user_id}"),
            "presence": self.presence("user", user_id, user_id),
        }

    # Places

    def organization(self, org: Organization, spaces: list[Space]) -> JSON:
        """Write an organization with those of its workspaces that the caller is in."""
        role = self._role(org.roles)
        return {
            "org_id": org.org_id,
            "name": org.name,
            "url": f"{SITE}/{org.url_label}",
            "url_label": org.url_label,
            "type": org.type,
            "premium": org.type == "premium",
            "role": role,
            "status": "active",
            "rank": 1,
            "logo": org.logo,
            "image": self.image(org.logo),
            "domains": [],
            "rights": ["view", "add_space"] if role == "admin" else ["view"],
            "user_limit": 25,
            "grants_count": 0,
            "segment": None,
            "segment_size": None,
            "tier": None,
            "contract_status": "none",
            "sales_agent_id": 1,
            "created_on": written(org.created_on),
            "created_by": self.byline(Author(type="user", id=org.created_by)),
            "spaces": [self.space_short(space) for space in spaces],
        }

    def space_short(self, space: Space) -> JSON:
        """Write a workspace as it stands in an organization."""
        return {
            "space_id": space.space_id,
            "org_id": space.org_id,
            "name": space.name,
            "url": self.space_url(space),
            "url_label": space.url_label,
            "type": "regular",
            "role": self._role(space.roles),
            "rank": 1,
        }

    def space(self, space: Space) -> JSON:
        """Write a workspace in full."""
        org = self.store.organizations[space.org_id]
        role = self._role(space.roles)
        return self.space_short(space) | {
            "description": space.description,
            "privacy": space.privacy,
            "auto_join": space.auto_join,
            "post_on_new_app": space.post_on_new_app,
            "post_on_new_member": space.post_on_new_member,
            "archived": False,
            "premium": org.type == "premium",
            "rights": ["view", "add_app", "add_status"] if role == "admin" else ["view", "add_status"],
            "subscribed": True,
            "member_count": len(space.roles),
            "app_count": len(self.store.apps_of(space.space_id)),
            "created_on": written(space.created_on),
            "last_activity_on": written(space.last_activity_on),
            "created_by": self.byline(Author(type="user", id=space.created_by)),
            "org": {
                "org_id": org.org_id,
                "name": org.name,
                "url": f"{SITE}/{org.url_label}",
                "url_label": org.url_label,
                "logo": org.logo,
                "image": self.image(org.logo),
            },
            "push": self.push(f"/space/{space.space_id}"),
            "video": None,
            "top": False,
        }

    def space_url(self, space: Space) -> str:
        """Return a workspace's address at Podio."""
        return f"{SITE}/{self.store.organizations[space.org_id].url_label}/{space.url_label}"

    def _role(self, roles: Mapping[int, str]) -> str | None:
        return roles.get(self.author.id) if self.author is not None and self.author.type == "user" else None

    # Apps

    def app_url(self, app: App) -> str:
        """Return an app's address at Podio."""
        return f"{self.space_url(self.store.spaces[app.space_id])}/apps/{app.url_label}"

    def app_micro(self, app: App) -> JSON:
        """Write an app as it stands in an item."""
        url = self.app_url(app)
        return {
            "app_id": app.app_id,
            "name": app.name,
            "item_name": app.item_name,
            "status": "inactive" if app.app_id in self.store.inactive_apps else "active",
            "space_id": app.space_id,
            "icon": f"{app.icon_id}.png",
            "icon_id": app.icon_id,
            "url": url,
            "url_label": app.url_label,
            "link": url,
            "url_add": f"{url}/items/new",
            "link_add": f"{url}/items/new",
            "current_revision": self.store.app_revisions.get(app.app_id, 0),
            "default_view_id": self.store.default_views.get(app.app_id),
            "config": {
                "name": app.name,
                "item_name": app.item_name,
                "type": app.type,
                "icon": f"{app.icon_id}.png",
                "icon_id": app.icon_id,
            },
        }

    def app_short(self, app: App) -> JSON:
        """Write an app as it stands in the list of a workspace's apps."""
        return self.app_micro(app) | {"rights": self.app_rights(), "config": app_config(app)}

    def app(self, app: App) -> JSON:
        """Write an app in full, with its fields and its token, which is a credential."""
        return self.app_short(app) | {
            "original": None,
            "original_revision": None,
            "subscribed": False,
            "mailbox": f"{app.url_label}.{app.app_id}",
            "token": app.token,
            "owner": self.byline(Author(type="user", id=app.created_by)),
            "created_on": written(app.created_on),
            "integration": None,
            "layouts": {},
            "fields": [self.field(field) for field in app.fields],
        }

    @staticmethod
    def app_rights() -> list[str]:
        """Return what a member may do with an app."""
        return ["view", "view_structure", "add_item", "reference", "subscribe"]

    def field(self, field: AppField) -> JSON:
        """Write a field of an app."""
        return {
            "field_id": field.field_id,
            "type": field.type,
            "external_id": field.external_id,
            "label": field.label,
            "status": "active",
            "config": self.field_config(field),
        }

    def field_config(self, field: AppField) -> JSON:
        """Write a field's configuration."""
        return {
            "label": field.label,
            "description": field.description,
            "delta": 0,
            "required": field.required,
            "mapping": None,
            "visible": True,
            "hidden": False,
            "hidden_create_view_edit": False,
            "unique": False,
            "default_value": None,
            "settings": self._field_settings(field),
        }

    def _field_settings(self, field: AppField) -> JSON | None:
        if field.settings is None:
            return None
        settings = dict(field.settings)
        if field.type == "app":
            apps = [self.store.apps[app_id] for app_id in settings["referenceable_types"]]
            settings["apps"] = [self.app_micro(app) for app in apps]
            settings["referenced_apps"] = [
                {"app_id": app.app_id, "view_id": None, "view": None, "app": self.app_micro(app)} for app in apps
            ]
        return settings

    # Items

    def item_link(self, item: Item) -> str:
        """Return an item's address at Podio."""
        return f"{self.app_url(self.store.apps[item.app_id])}/items/{item.app_item_id}"

    @staticmethod
    def auth_client_id(client_id: str) -> int:
        """Return the number under which an API key stands in ``created_via``."""
        return CLIENTS[client_id].auth_client_id

    def via(self, auth_client_id: int) -> JSON:
        """Write which API key something was made with."""
        name = _VIA.get(auth_client_id, "Podio")
        return {"id": auth_client_id, "auth_client_id": auth_client_id, "name": name, "url": None, "display": False}

    def revision(self, revision: Revision) -> JSON:
        """Write a step of an item's life."""
        return {
            "item_revision_id": revision.item_revision_id,
            "revision": revision.revision,
            "type": revision.type,
            "created_on": written(revision.created_on),
            "created_by": self.byline(revision.created_by),
            "created_via": self.via(revision.created_via),
        }

    def values(self, item: Item) -> list[JSON]:
        """Write the fields of an item that have values."""
        app = self.store.apps[item.app_id]
        result = []
        for field in app.fields:
            written_values = [
                value
                for stored in item.values.get(field.field_id, ())
                if (value := self.value(stored, field)) is not None
            ]
            if written_values:
                result.append(
                    {
                        "field_id": field.field_id,
                        "type": field.type,
                        "external_id": field.external_id,
                        "label": field.label,
                        "config": {"label": field.label, "settings": self._item_settings(field)},
                        "values": written_values,
                    }
                )
        return result

    @staticmethod
    def _item_settings(field: AppField) -> JSON | None:
        return None if field.settings is None else dict(field.settings)

    def value(self, stored: Stored, field: AppField) -> JSON | None:
        """Write one value of a field; None where what it refers to is gone or not the caller's to see."""
        write = _VALUES.get(field.type)
        return dict(stored) if write is None else write(self, stored, field)

    def item_listed(self, item: Item) -> JSON:
        """Write an item as it stands in the answer of a filter."""
        first, last = item.revisions[0], item.revisions[-1]
        edited = last.revision > 0
        return {
            "item_id": item.item_id,
            "app_item_id": item.app_item_id,
            "app_item_id_formatted": str(item.app_item_id),
            "external_id": item.external_id,
            "title": item.title,
            "link": self.item_link(item),
            "revision": last.revision,
            "rights": ["view", "update", "delete", "add_comment", "add_file", "rate", "subscribe"],
            "fields": self.values(item),
            "created_on": written(item.created_on),
            "created_by": self.byline(item.created_by),
            "created_via": self.via(item.created_via),
            "initial_revision": self.revision(first),
            "current_revision": self.revision(last),
            "last_event_on": written(item.last_event_on),
            "last_edit_on": written(last.created_on) if edited else None,
            "last_edit_by": self.byline(last.created_by) if edited else None,
            "comment_count": len(self.store.comments_on("item", item.item_id)),
            "file_count": len(self.files(item.file_ids)),
            "task_count": len(self.store.tasks_on("item", item.item_id)),
            "like_count": len(self.store.likes.get(("item", item.item_id), ())),
            "tags": list(item.tags),
            "refs": [],
            "priority": None,
            "pinned": False,
            "subscribed": False,
        }

    def item(self, item: Item) -> JSON:
        """Write an item in full."""
        app = self.store.apps[item.app_id]
        user_id = self.author.id if self.author is not None and self.author.type == "user" else None
        likers = self.store.likes.get(("item", item.item_id), ())
        return self.item_listed(item) | {
            "app": self.app_micro(app),
            "space": self.space_short(self.store.spaces[app.space_id]),
            "revisions": [self.revision(revision) for revision in item.revisions],
            "files": self.files(item.file_ids),
            "comments": [self.comment(comment) for comment in self.store.comments_on("item", item.item_id)],
            "tasks": [self.task(task) for task in self.store.tasks_on("item", item.item_id) if self._sees_task(task)],
            "ref": None if item.ref is None else self.reference(*item.ref),
            "references": [],
            "reminder": self.reminder(self.store.reminders.get(("item", item.item_id))),
            "recurrence": None,
            "participants": {},
            "linked_account_id": None,
            "linked_account_data": None,
            "subscribed_count": 1,
            "is_liked": user_id in likers,
            "user_ratings": {"like": 1 if user_id in likers else None},
            "ratings": {"like": self.like_counts(likers)},
            "invite": None,
            "excerpt": {"label": "", "text": ""},
            "grant": None if user_id is None else self._own_grant(item, user_id),
            "push": self.push(f"/item/{item.item_id}"),
            "presence": self.presence("item", item.item_id, user_id),
        }

    def item_micro(self, item: Item) -> JSON:
        """Write the least of an item."""
        return {
            "item_id": item.item_id,
            "app_item_id": item.app_item_id,
            "title": item.title,
            "link": self.item_link(item),
            "revision": item.revision,
        }

    def item_referred_to(self, item: Item) -> JSON:
        """Write an item as it stands in another item's reference field."""
        app = self.store.apps[item.app_id]
        return self.item_micro(item) | {
            "app": self.app_micro(app),
            "space": self.space_short(self.store.spaces[app.space_id]),
            "files": [],
            "initial_revision": self.revision(item.revisions[0]),
            "created_by": self.byline(item.created_by),
            "created_on": written(item.created_on),
            "created_via": self.via(item.created_via),
        }

    # Comments, files, links

    def comment(self, comment: Comment) -> JSON:
        """Write a comment; the text as typed, and as HTML."""
        byline = self.byline(comment.created_by)
        mine = comment.created_by == self.author
        likers = self.store.likes.get(("comment", comment.comment_id), ())
        return {
            "comment_id": comment.comment_id,
            "value": comment.value,
            "rich_value": rich_value(comment.value),
            "external_id": comment.external_id,
            "ref": {"type": comment.ref_type, "id": comment.ref_id},
            "created_on": written(comment.created_on),
            "created_by": byline,
            "created_via": self.via(comment.created_via),
            "user": byline,
            "last_edit_on": written(comment.last_edit_on) if comment.last_edit_on else None,
            "files": self.files(comment.file_ids),
            "embed": None,
            "embed_file": None,
            "questions": [],
            "is_liked": self.author is not None and self.author.id in likers,
            "like_count": len(likers),
            "rights": ["view", "update", "delete"] if mine else ["view"],
        }

    def file(self, file: StoredFile) -> JSON:
        """Write a file's description with links to its bytes."""
        has_thumbnail = file.mimetype.startswith("image/")
        return {
            "file_id": file.file_id,
            "name": file.name,
            "mimetype": file.mimetype,
            "size": len(contents(file)),
            "description": file.description,
            "link": f"{self.base_url}/file/{file.file_id}/raw",
            "thumbnail_link": f"{self.base_url}/file/{file.file_id}/thumbnail" if has_thumbnail else None,
            "perma_link": None,
            "link_target": "_blank",
            "hosted_by": "podio",
            "hosted_by_humanized_name": "Podio",
            "external_file_id": None,
            "created_on": written(file.created_on),
            "created_by": self.byline(file.created_by),
            "created_via": self.via(file.created_via),
            "rights": ["view", "download", "update", "delete"]
            if file.created_by == self.author
            else ["view", "download"],
            "replaces": [self.file(self.store.files[old]) for old in file.replaces if old in self.store.files],
        }

    def files(self, file_ids: tuple[int, ...]) -> list[JSON]:
        """Write those of some files that have not been deleted."""
        return [self.file(self.store.files[file_id]) for file_id in file_ids if file_id in self.store.files]

    def grant(self, grant: Grant) -> JSON:
        """Write whom an item is opened to, by whom and for what."""
        return {
            "ref": self.reference("item", grant.item_id),
            "ref_type": "item",
            "ref_id": grant.item_id,
            "user": self.profile(self.store.user(grant.user_id)),
            "action": grant.action,
            "message": grant.message,
            "rights": ["view", "comment", "rate"],
            "created_on": written(grant.created_on),
            "created_by": self.byline(grant.created_by),
        }

    def _own_grant(self, item: Item, user_id: int) -> JSON | None:
        grant = self.store.grants.get((item.item_id, user_id))
        return None if grant is None else self.grant(grant)

    # Status messages

    def status(self, status: Status) -> JSON:
        """Write a message to a workspace."""
        likers = self.store.likes.get(("status", status.status_id), ())
        return {
            "status_id": status.status_id,
            "value": status.value,
            "rich_value": rich_value(status.value),
            "link": f"{self.space_url(self.store.spaces[status.space_id])}/status/{status.status_id}",
            "space_id": status.space_id,
            "created_on": written(status.created_on),
            "created_by": self.byline(status.created_by),
            "created_via": self.via(status.created_via),
            "files": self.files(status.file_ids),
            "embed": None,
            "embed_file": None,
            "questions": [],
            "is_liked": self.author is not None and self.author.id in likers,
            "like_count": len(likers),
            "rights": ["view", "update", "delete"] if status.created_by == self.author else ["view"],
        }

    def status_full(self, status: Status) -> JSON:
        """Write a message to a workspace with its comments."""
        comments = self.store.comments_on("status", status.status_id)
        return self.status(status) | {
            "comments": [self.comment(comment) for comment in comments],
            "push": self.push(f"/status/{status.status_id}"),
        }

    # Tasks

    def task_link(self, task: Task) -> str:
        """Return a task's address at Podio."""
        return f"{SITE}/tasks/{task.task_id}"

    def task(self, task: Task) -> JSON:
        """Write a task as it stands in lists."""
        responsible = None if task.responsible is None else self.profile(self.store.user(task.responsible))
        due = None if task.due_date is None else f"{task.due_date} {task.due_time or '00:00:00'}"
        likers = self.store.likes.get(("task", task.task_id), ())
        return {
            "task_id": task.task_id,
            "text": task.text,
            "description": task.description,
            "status": task.status,
            "private": task.private,
            "started": False,
            "due_date": task.due_date,
            "due_time": task.due_time,
            "due_on": due,
            "responsible": responsible,
            "space_id": task.space_id,
            "link": self.task_link(task),
            "ref": None if task.ref is None else self.reference(*task.ref),
            "labels": [
                self.label(self.store.labels[label_id]) for label_id in task.label_ids if label_id in self.store.labels
            ],
            "created_on": written(task.created_on),
            "created_by": self.byline(task.created_by),
            "created_via": self.via(task.created_via),
            "completed_on": written(task.completed_on) if task.completed_on else None,
            "completed_by": self.byline(task.completed_by) if task.completed_by else None,
            "completed_via": self.via(task.completed_via) if task.completed_via else None,
            "external_id": task.external_id,
            "group": None,
            "is_liked": self.author is not None and self.author.id in likers,
            "like_count": len(likers),
            "rights": ["view", "update", "delete", "comment", "rate", "subscribe"],
        }

    def task_full(self, task: Task) -> JSON:
        """Write a task in full."""
        user_id = self.author.id if self.author is not None and self.author.type == "user" else None
        return self.task(task) | {
            "files": self.files(task.file_ids),
            "comments": [self.comment(comment) for comment in self.store.comments_on("task", task.task_id)],
            "reminder": self.reminder(self.store.reminders.get(("task", task.task_id))),
            "recurrence": self.recurrence(task),
            "subscribed": True,
            "subscribed_count": 1,
            "push": self.push(f"/task/{task.task_id}"),
            "presence": self.presence("task", task.task_id, user_id),
        }

    @staticmethod
    def reminder(reminder: Reminder | None) -> JSON | None:
        """Write what reminds a user of an object."""
        if reminder is None:
            return None
        return {"reminder_id": reminder.reminder_id, "remind_delta": reminder.remind_delta}

    @staticmethod
    def recurrence(task: Task) -> JSON | None:
        """Write the rule by which a task recurs; its id is the task's."""
        return None if task.recurrence is None else {"recurrence_id": task.task_id, **task.recurrence}

    def label(self, label: Label) -> JSON:
        """Write a label of tasks."""
        return {"label_id": label.label_id, "text": label.text, "color": label.color}

    def _sees_task(self, task: Task) -> bool:
        return not task.private or (
            self.author is not None and self.author.id in {task.responsible, task.created_by.id}
        )

    def reference(self, kind: str, ref_id: int) -> JSON:
        """Write an object as it stands in a task or a file; without a title where it is gone or of another kind."""
        title: str | None = None
        link: str | None = None
        if kind == "item" and (item := self.store.find_item(ref_id)) is not None:
            title, link = item.title, self.item_link(item)
        elif kind == "app" and ref_id in self.store.apps:
            title, link = self.store.apps[ref_id].name, self.app_url(self.store.apps[ref_id])
        elif kind == "space" and ref_id in self.store.spaces:
            title, link = self.store.spaces[ref_id].name, self.space_url(self.store.spaces[ref_id])
        elif kind == "status" and ref_id in self.store.statuses:
            title, link = self.store.statuses[ref_id].value, self.status(self.store.statuses[ref_id])["link"]
        elif kind == "task" and ref_id in self.store.tasks:
            title, link = self.store.tasks[ref_id].text, self.task_link(self.store.tasks[ref_id])
        return {"type": kind, "id": ref_id, "title": title, "link": link, "data": {}}

    def like_counts(self, likers: tuple[int, ...]) -> JSON:
        """Write who likes an object."""
        users = [self.byline(Author(type="user", id=user_id)) for user_id in likers]
        return {"average": 1 if likers else None, "counts": {"1": {"total": len(likers), "users": users}}}

    def file_full(self, file: StoredFile) -> JSON:
        """Write a file with what it is attached to."""
        user_id = self.author.id if self.author is not None and self.author.type == "user" else None
        return self.file(file) | {
            "context": None if file.ref is None else self.reference(*file.ref),
            "push": self.push(f"/file/{file.file_id}"),
            "presence": self.presence("file", file.file_id, user_id),
        }

    def embed(self, embed: Embed) -> JSON:
        """Write a link."""
        return {
            "embed_id": embed.embed_id,
            "url": embed.url,
            "original_url": embed.url,
            "resolved_url": embed.url,
            "title": embed.title,
            "description": embed.description,
            "type": embed.type,
            "hostname": embed.hostname,
            "embed_html": None,
            "embed_width": None,
            "embed_height": None,
        }

    # Values that refer to something

    def _option(self, stored: Stored, field: AppField) -> JSON | None:
        options = (field.settings or {}).get("options", ())
        option = next((option for option in options if option["id"] == stored["value"]), None)
        return None if option is None else {"value": dict(option)}

    def _contact(self, stored: Stored, field: AppField) -> JSON | None:
        profile = self.store.profiles.get(stored["value"])
        return None if profile is None else {"value": self.profile(profile)}

    def _reference(self, stored: Stored, field: AppField) -> JSON | None:
        item = self.store.find_item(stored["value"])
        if item is None or not self._sees(item):
            return None
        return {"value": self.item_referred_to(item)}

    def _sees(self, item: Item) -> bool:
        if self.author is None or self.author.type != "user":
            return True
        return self.author.id in self.store.spaces[self.store.apps[item.app_id].space_id].roles

    def _file_value(self, stored: Stored, field: AppField) -> JSON | None:
        file = self.store.files.get(stored["value"])
        return None if file is None else {"value": self.file(file)}

    def _embed_value(self, stored: Stored, field: AppField) -> JSON | None:
        file_id = stored["file"]
        return {
            "embed": self.embed(self.store.embeds[stored["embed"]]),
            "file": self.file(self.store.files[file_id]) if file_id in self.store.files else None,
        }

    def _location(self, stored: Stored, field: AppField) -> JSON | None:
        return {"formatted": stored["value"], "map_in_sync": "lat" in stored} | dict(stored)

    def _dates(self, stored: Stored, field: AppField) -> JSON | None:
        return {**_edge("start", stored), **_edge("end", stored)}


def _edge(name: str, stored: Stored) -> JSON:
    day, clock = stored[f"{name}_date"], stored[f"{name}_time"]
    names = (name, f"{name}_date", f"{name}_time", f"{name}_utc", f"{name}_date_utc", f"{name}_time_utc")
    if day is None:
        return dict.fromkeys(names)
    if clock is None:
        return dict(zip(names, (f"{day} 00:00:00", day, None, day, day, None), strict=True))
    local = datetime.fromisoformat(f"{day} {clock}").replace(fold=stored.get(f"{name}_fold", 0))
    utc = written(local_to_utc(local))
    return dict(zip(names, (f"{day} {clock}", day, clock, utc, *utc.split(" ")), strict=True))


def _signature(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:40]


def app_config(app: App) -> JSON:
    """Write an app's configuration."""
    return {
        "type": app.type,
        "name": app.name,
        "item_name": app.item_name,
        "description": app.description,
        "usage": None,
        "icon": f"{app.icon_id}.png",
        "icon_id": app.icon_id,
        "external_id": None,
        "allow_create": True,
        "allow_edit": True,
        "allow_attachments": True,
        "allow_comments": True,
        "allow_tags": True,
        "silent_creates": False,
        "silent_edits": False,
        "disable_notifications": False,
        "default_view": "table",
        "show_app_item_id": False,
        "app_item_id_prefix": None,
        "app_item_id_padding": None,
        "tasks": [],
        "fivestar": False,
        "fivestar_label": None,
        "approved": False,
        "thumbs": False,
        "thumbs_label": None,
        "rsvp": False,
        "rsvp_label": None,
        "yesno": False,
        "yesno_label": None,
    }


_VALUES: Mapping[str, Callable[[Shapes, Stored, AppField], JSON | None]] = {
    "category": Shapes._option,
    "contact": Shapes._contact,
    "app": Shapes._reference,
    "image": Shapes._file_value,
    "file": Shapes._file_value,
    "embed": Shapes._embed_value,
    "location": Shapes._location,
    "date": Shapes._dates,
}
