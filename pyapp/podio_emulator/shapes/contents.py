"""How comments, files, links, status messages, tasks and references are written."""

from __future__ import annotations

from dataclasses import dataclass

from podio_emulator.file_contents import contents
from podio_emulator.model import (
    Author,
    Comment,
    Embed,
    Grant,
    Label,
    Reminder,
    Status,
    StoredFile,
    Task,
)
from podio_emulator.rich_value import rich_value
from podio_emulator.shapes.people import JSON, SITE
from podio_emulator.shapes.places import PlaceShapes
from podio_emulator.times import time_text


@dataclass(frozen=True, kw_only=True, slots=True)
class ContentShapes(PlaceShapes):
    """Writes what users add to places and items, as one caller sees it."""

    def comment(self, comment: Comment) -> JSON:
        """Write a comment; the text as typed, and as HTML."""
        byline = self.byline(comment.created_by)
        is_own = comment.created_by == self.author
        likers = self.store.likes.get(("comment", comment.comment_id), ())
        return {
            "comment_id": comment.comment_id,
            "value": comment.value,
            "rich_value": rich_value(comment.value),
            "external_id": comment.external_id,
            "ref": {"type": comment.ref_type, "id": comment.ref_id},
            "created_on": time_text(comment.created_on),
            "created_by": byline,
            "created_via": self.via(comment.created_via),
            "user": byline,
            "last_edit_on": time_text(comment.last_edit_on) if comment.last_edit_on else None,
            "files": self.files(comment.file_ids),
            "embed": None,
            "embed_file": None,
            "questions": [],
            "is_liked": self.author is not None and self.author.id in likers,
            "like_count": len(likers),
            "rights": ["view", "update", "delete"] if is_own else ["view"],
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
            "created_on": time_text(file.created_on),
            "created_by": self.byline(file.created_by),
            "created_via": self.via(file.created_via),
            "rights": ["view", "download", "update", "delete"]
            if file.created_by == self.author
            else ["view", "download"],
            "replaces": [
                self.file(self.store.files[file_id]) for file_id in file.replaces if file_id in self.store.files
            ],
        }

    def files(self, file_ids: tuple[int, ...]) -> list[JSON]:
        """Write those of some files that have not been deleted."""
        return [self.file(self.store.files[file_id]) for file_id in file_ids if file_id in self.store.files]

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

    def grant(self, grant: Grant) -> JSON:
        """Write whom an item is opened to, by whom and for what."""
        app = self.store.apps[self.store.item(grant.item_id).app_id]
        return {
            "grant_id": grant.grant_id,
            "ref": self.reference("item", grant.item_id),
            "ref_type": "item",
            "ref_id": grant.item_id,
            "user": self.profile(self.store.user(grant.user_id)),
            "action": grant.action,
            "access_level": "view",
            "message": grant.message,
            "rights": ["view", "comment", "rate"],
            "app": self.app_micro(app),
            "space": self.space_short(self.store.spaces[app.space_id]),
            "created_on": time_text(grant.created_on),
            "created_by": self.byline(grant.created_by),
        }

    def status(self, status: Status) -> JSON:
        """Write a message to a workspace."""
        likers = self.store.likes.get(("status", status.status_id), ())
        return {
            "status_id": status.status_id,
            "value": status.value,
            "rich_value": rich_value(status.value),
            "link": f"{self.space_url(self.store.spaces[status.space_id])}/status/{status.status_id}",
            "space_id": status.space_id,
            "created_on": time_text(status.created_on),
            "created_by": self.byline(status.created_by),
            "created_via": self.via(status.created_via),
            "files": self.files(status.file_ids),
            "embed": None,
            "embed_file": None,
            "questions": [],
            "is_liked": self.author is not None and self.author.id in likers,
            "like_count": len(likers),
            "ratings": {"like": self.like_counts(likers)},
            "user_ratings": {"like": 1 if self.author is not None and self.author.id in likers else None},
            "rights": ["view", "update", "delete"] if status.created_by == self.author else ["view"],
        }

    def status_full(self, status: Status) -> JSON:
        """Write a message to a workspace with its comments."""
        comments = self.store.comments_on("status", status.status_id)
        return self.status(status) | {
            "comments": [self.comment(comment) for comment in comments],
            "push": self.push(f"/status/{status.status_id}"),
        }

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
            "created_on": time_text(task.created_on),
            "created_by": self.byline(task.created_by),
            "created_via": self.via(task.created_via),
            "completed_on": time_text(task.completed_on) if task.completed_on else None,
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
