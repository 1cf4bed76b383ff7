"""How items and the values of their fields are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from podio_emulator.model import (
    AppField,
    Item,
    Revision,
    Stored,
)
from podio_emulator.shapes.contents import ContentShapes
from podio_emulator.shapes.people import JSON
from podio_emulator.times import local_to_utc, time_text


@dataclass(frozen=True, kw_only=True, slots=True)
class Shapes(ContentShapes):
    """Writes everything as one caller sees it."""

    def revision(self, revision: Revision) -> JSON:
        """Write a step of an item's life."""
        byline = self.byline(revision.created_by)
        return {
            "item_revision_id": revision.item_revision_id,
            "revision": revision.revision,
            "type": revision.type,
            "created_on": time_text(revision.created_on),
            "created_by": byline,
            "created_via": self.via(revision.created_via),
            "user": byline,
        }

    def values(self, item: Item) -> list[JSON]:
        """Write the fields of an item that have values."""
        app = self.store.apps[item.app_id]
        result = []
        for field in app.fields:
            written_values = [
                value
                for raw_value in item.values.get(field.field_id, ())
                if (value := self.value(raw_value, field)) is not None
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

    def value(self, value: Stored, field: AppField) -> JSON | None:
        """Write one value of a field; None where what it refers to is gone or not the caller's to see."""
        write = _VALUES.get(field.type)
        return dict(value) if write is None else write(self, value, field)

    def item_listed(self, item: Item) -> JSON:
        """Write an item as it stands in the response of a filter."""
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
            "created_on": time_text(item.created_on),
            "created_by": self.byline(item.created_by),
            "created_via": self.via(item.created_via),
            "initial_revision": self.revision(first),
            "current_revision": self.revision(last),
            "last_event_on": time_text(item.last_event_on),
            "last_edit_on": time_text(last.created_on) if edited else None,
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
            "created_on": time_text(item.created_on),
            "created_via": self.via(item.created_via),
        }

    def _own_grant(self, item: Item, user_id: int) -> JSON | None:
        grant = self.store.grants.get((item.item_id, user_id))
        return None if grant is None else self.grant(grant)

    def _option(self, value: Stored, field: AppField) -> JSON | None:
        options = (field.settings or {}).get("options", ())
        option = next((option for option in options if option["id"] == value["value"]), None)
        return None if option is None else {"value": dict(option)}

    def _contact(self, value: Stored, field: AppField) -> JSON | None:
        profile = self.store.profiles.get(value["value"])
        return None if profile is None else {"value": self.profile(profile)}

    def _reference(self, value: Stored, field: AppField) -> JSON | None:
        item = self.store.find_item(value["value"])
        if item is None or not self._sees(item):
            return None
        return {"value": self.item_referred_to(item)}

    def _sees(self, item: Item) -> bool:
        if self.author is None or self.author.type != "user":
            return True
        return self.author.id in self.store.spaces[self.store.apps[item.app_id].space_id].roles

    def _file_value(self, value: Stored, field: AppField) -> JSON | None:
        file = self.store.files.get(value["value"])
        return None if file is None else {"value": self.file(file)}

    def _embed_value(self, value: Stored, field: AppField) -> JSON | None:
        file_id = value["file"]
        return {
            "embed": self.embed(self.store.embeds[value["embed"]]),
            "file": self.file(self.store.files[file_id]) if file_id in self.store.files else None,
        }

    def _location(self, value: Stored, field: AppField) -> JSON | None:
        return {"formatted": value["value"], "map_in_sync": "lat" in value} | dict(value)

    def _dates(self, value: Stored, field: AppField) -> JSON | None:
        return {**_edge("start", value), **_edge("end", value)}


def _edge(name: str, value: Stored) -> JSON:
    day, clock = value[f"{name}_date"], value[f"{name}_time"]
    names = (name, f"{name}_date", f"{name}_time", f"{name}_utc", f"{name}_date_utc", f"{name}_time_utc")
    if day is None:
        return dict.fromkeys(names)
    if clock is None:
        return dict(zip(names, (f"{day} 00:00:00", day, None, day, day, None), strict=True))
    local = datetime.fromisoformat(f"{day} {clock}").replace(fold=value.get(f"{name}_fold", 0))
    utc = time_text(local_to_utc(local))
    return dict(zip(names, (f"{day} {clock}", day, clock, utc, *utc.split(" ")), strict=True))


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
