"""Which hooks a call of the API sets off: what differs in the store between before and after.

So every operation has its hooks, with what it changes by the way. Sources: "Hooks" of Podio's documentation, for the
parameters; where it names none, the id of the object alone. Not known, and so chosen: what goes with an item (its
comments) sets off no hook of its own, and a tag that comes or goes with an update does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from podio_emulator.model import App, Comment, Hook, Item, Profile, Status, StoredFile, Task
from podio_emulator.store import Store

_T = TypeVar("_T")
Form = dict[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class HookEvent:
    """A hook that is set off, and the form that goes to its address."""

    hook: Hook
    form: Form


@dataclass(frozen=True, kw_only=True, slots=True)
class _Change:
    """What happened to an app or a workspace."""

    ref_type: str
    ref_id: int
    type: str
    form: Form
    fields: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class _State:
    items: dict[int, Item]
    comments: dict[int, Comment]
    files: dict[int, StoredFile]
    apps: dict[int, App]
    tasks: dict[int, Task]
    statuses: dict[int, Status]
    contacts: dict[int, Profile]
    members: dict[int, frozenset[int]]


class HookWatch:
    """Notes what the active hooks look at, before a call, and says afterwards which of them it has set off."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._hooks = [hook for hook in store.hooks.values() if hook.status == "active"]
        self._before = self._state() if self._hooks else None

    def events(self) -> list[HookEvent]:
        """Return what is to be posted, in the order in which it happened as far as that can be said."""
        if self._before is None:
            return []
        hooks = [hook for hook in self._hooks if hook.hook_id in self._store.hooks]
        return [
            HookEvent(hook=hook, form={"type": change.type, "hook_id": str(hook.hook_id), **change.form})
            for change in _changes(self._before, self._state())
            for hook in hooks
            if hook.type == change.type and _is_meant(hook, change)
        ]

    def _state(self) -> _State:
        store = self._store
        # Only of these apps, so that no other's ten thousand items are made for it.
        app_ids = {app_id for hook in self._hooks for app_id in _apps_of(hook, store)}
        items = {item.item_id: item for app_id in app_ids for item in store.items_of(app_id)}
        return _State(
            items=items,
            comments={c.comment_id: c for c in store.all_comments() if c.ref_type == "item" and c.ref_id in items},
            files=dict(store.files),
            apps=dict(store.apps),
            tasks={task.task_id: replace(task, rank=0) for task in store.tasks.values()},
            statuses=dict(store.statuses),
            contacts={p.profile_id: p for p in store.profiles.values() if p.space_id is not None},
            members={space.space_id: frozenset(space.roles) for space in store.spaces.values()},
        )


def _apps_of(hook: Hook, store: Store) -> set[int]:
    if hook.ref_type == "app":
        return {hook.ref_id} & set(store.apps)
    if hook.ref_type == "app_field":
        return {app.app_id for app in store.apps.values() if any(f.field_id == hook.ref_id for f in app.fields)}
    return set()


def _is_meant(hook: Hook, change: _Change) -> bool:
    if hook.ref_type == "app_field":
        return hook.ref_id in change.fields
    return (hook.ref_type, hook.ref_id) == (change.ref_type, change.ref_id)


def _changes(before: _State, after: _State) -> Iterator[_Change]:
    yield from _item_changes(before, after)
    for verb, comment in _differences(before.comments, after.comments):
        item = after.items.get(comment.ref_id)
        if item is not None and verb != "update":
            form = {"item_id": str(item.item_id), "comment_id": str(comment.comment_id)}
            yield _Change(ref_type="app", ref_id=item.app_id, type=f"comment.{verb}", form=form)
    for verb, app in _differences(before.apps, after.apps):
        place = ("space", app.space_id) if verb == "create" else ("app", app.app_id)
        yield _Change(ref_type=place[0], ref_id=place[1], type=f"app.{verb}", form={"app_id": str(app.app_id)})
    yield from _in_space("task", before.tasks, after.tasks, lambda task: task.space_id, lambda task: task.task_id)
    yield from _in_space(
        "status", before.statuses, after.statuses, lambda status: status.space_id, lambda status: status.status_id
    )
    yield from _in_space(
        "contact",
        before.contacts,
        after.contacts,
        lambda profile: profile.space_id,
        lambda profile: profile.profile_id,
        name="profile_id",
    )
    for space_id in before.members.keys() & after.members.keys():
        old, new = before.members[space_id], after.members[space_id]
        for verb, user_ids in (("add", new - old), ("remove", old - new)):
            for user_id in sorted(user_ids):
                form = {"user_id": str(user_id)}
                yield _Change(ref_type="space", ref_id=space_id, type=f"member.{verb}", form=form)


def _item_changes(before: _State, after: _State) -> Iterator[_Change]:
    for verb, item in _differences(before.items, after.items):
        old = before.items.get(item.item_id)
        is_same = verb == "update" and old is not None and old.revision == item.revision
        if not is_same:
            form = {
                "item_id": str(item.item_id),
                "item_revision_id": str(item.revision),
                "external_id": item.external_id or "",
            }
            fields = _changed_fields(old, item) if verb == "update" else frozenset(item.values)
            yield _Change(ref_type="app", ref_id=item.app_id, type=f"item.{verb}", form=form, fields=fields)
        if verb == "delete":
            continue
        tags = set(() if old is None else old.tags), set(item.tags)
        for name, tags_changed in (("tag.add", tags[1] - tags[0]), ("tag.delete", tags[0] - tags[1])):
            if tags_changed:
                yield _Change(ref_type="app", ref_id=item.app_id, type=name, form={"item_id": str(item.item_id)})
    for item_id in before.items.keys() & after.items.keys():
        item = after.items[item_id]
        for action, file_ids in _file_changes(before, after, item_id):
            form = {"item_id": str(item_id), "action_type": action, "file_ids": ",".join(map(str, file_ids))}
            yield _Change(ref_type="app", ref_id=item.app_id, type="file.change", form=form)


def _changed_fields(old: Item | None, new: Item) -> frozenset[int]:
    values = {} if old is None else old.values
    return frozenset(key for key in {*values, *new.values} if values.get(key) != new.values.get(key))


def _file_changes(before: _State, after: _State, item_id: int) -> Iterator[tuple[str, list[int]]]:
    old = [file_id for file_id in before.items[item_id].file_ids if file_id in before.files]
    new = [file_id for file_id in after.items[item_id].file_ids if file_id in after.files]
    if old == new:
        return
    added = [file_id for file_id in new if file_id not in old]
    removed_ids = [file_id for file_id in old if file_id not in new]
    replacement_ids = [file_id for file_id in added if set(after.files[file_id].replaces) & set(removed_ids)]
    superseded = {older for file_id in replacement_ids for older in after.files[file_id].replaces}
    for action, file_ids in (
        ("file_created", [file_id for file_id in added if file_id not in replacement_ids]),
        ("file_replaced", replacement_ids),
        ("file_deleted", [file_id for file_id in removed_ids if file_id not in superseded]),
    ):
        if file_ids:
            yield action, file_ids


def _in_space(
    kind: str,
    before: Mapping[int, _T],
    after: Mapping[int, _T],
    space_of: Callable[[_T], int | None],
    id_of: Callable[[_T], int],
    *,
    name: str | None = None,
) -> Iterator[_Change]:
    for verb, target in _differences(before, after):
        space_id = space_of(target)
        if space_id is not None:
            form = {name or f"{kind}_id": str(id_of(target))}
            yield _Change(ref_type="space", ref_id=space_id, type=f"{kind}.{verb}", form=form)


def _differences(before: Mapping[int, _T], after: Mapping[int, _T]) -> Iterator[tuple[str, _T]]:
    for key, target in after.items():
        old = before.get(key)
        if old is not target and old != target:
            yield ("create" if old is None else "update"), target
    for key, target in before.items():
        if key not in after:
            yield "delete", target
