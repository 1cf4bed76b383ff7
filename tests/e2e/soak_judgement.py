"""What Ada typed and saw in a seeded run, what Podio holds then, and whether that is as the page reported."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tests.e2e.driving import Colleague

from workbench.outbox import AddComment, Change, CreateItem, DeleteItem, Phase, UpdateItem

ADA = 101
_TOKEN = re.compile(r"[a-z]+-[0-9a-f]{10}")


class Wrong(AssertionError):
    """Something was lost, doubled, overwritten or reported wrongly."""


def check(is_right: bool, what: str) -> None:
    """Raise Wrong, and say what is, unless it is right."""
    if not is_right:
        raise Wrong(what)


def tokens_in(value: Any) -> list[str]:
    """Return the texts of the run that lie anywhere in a value; each is like no other."""
    return _TOKEN.findall(str(value))


def tokens_of(change: Change) -> list[str]:
    """Return the texts that a change would bring to Podio."""
    match change.operation:
        case CreateItem(fields=fields):
            return tokens_in(dict(fields))
        case UpdateItem(edits=edits):
            return tokens_in([edit.value for edit in edits.values()])
        case AddComment(text=text):
            return tokens_in(text)
    return []


class Write(NamedTuple):
    """One field in one revision of an item."""

    user_id: int
    before: str
    after: str


@dataclass(kw_only=True)
class Truth:
    """What Podio holds.

    Attributes:
        values: The fields' texts, by item and external id of the field.
        creations: The texts with which each item was created.
        writes: What was written since, of the items that are still there.
        comments: The texts of all comments.
        gone: The items that are deleted.
    """

    values: dict[int, dict[str, str]] = field(default_factory=dict)
    creations: list[str] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    gone: set[int] = field(default_factory=set)

    @property
    def held(self) -> set[str]:
        """All texts that have come to Podio."""
        return {*self.creations, *self.comments, *(write.after for write in self.writes)}


def read_truth(podio: Colleague, app_id: int, item_ids: Iterable[int]) -> Truth:
    """Read all of an app of Podio.

    Args:
        podio: Somebody who may.
        app_id: The app.
        item_ids: Items that there have been.
    """
    items = podio.call("POST", f"/item/app/{app_id}/filter/", {"limit": 500})["items"]
    truth = Truth(gone=set(item_ids) - {item["item_id"] for item in items})
    for entry in sorted(items, key=lambda entry: int(entry["item_id"])):
        item_id = entry["item_id"]
        item = podio.call("GET", f"/item/{item_id}")
        values = {field["external_id"]: str(field["values"][0]["value"]) for field in item["fields"]}
        truth.values[item_id] = dict(values)
        for revision in reversed(podio.call("GET", f"/item/{item_id}/revision/")):
            number = revision["revision"]
            if not number:
                continue
            for change in podio.call("GET", f"/item/{item_id}/revision/{number - 1}/{number}"):
                before, after = (str(change[end][0]["value"]) if change[end] else "" for end in ("from", "to"))
                truth.writes.append(Write(revision["created_by"]["id"], before, after))
                values[change["external_id"]] = before
        truth.creations += [value for value in values.values() if value]
        truth.comments += podio.comments(item_id)
    return truth


@dataclass(kw_only=True)
class Notes:
    """What Ada typed, saw and decided; a text is named by itself, for each is like no other.

    Attributes:
        typed: The texts that she typed, each with the item that it belongs to; None for a new item's.
        allowed: By a text, what she had seen in its field when she typed it, or decided for it.
        dropped: Texts that she knows to be dropped.
        never: Those of them that the page said weren't sent.
        rewritten: Texts that she went back to.
        deletions: The items that she deleted.
    """

    typed: dict[str, int | None] = field(default_factory=dict)
    allowed: dict[str, set[str]] = field(default_factory=dict)
    dropped: set[str] = field(default_factory=set)
    never: set[str] = field(default_factory=set)
    rewritten: set[str] = field(default_factory=set)

    def judge(
        self, truth: Truth, unsent: Iterable[Change], reports: Iterable[tuple[Change, int]], drafts: set[str]
    ) -> None:
        """Raise Wrong where something was lost, doubled, overwritten or reported wrongly."""
        unsent = list(unsent)
        self._judge_doubles(truth)
        for write in truth.writes:
            if write.user_id == ADA and write.after not in {write.before, *self.rewritten}:
                allowed_items = self.allowed.get(write.after, set())
                check(write.before in allowed_items, f"{write.before!r} was overwritten unseen by {write.after!r}")
        waiting = {token for change in unsent for token in tokens_of(change)}
        tokens_kept = {*truth.held, *waiting, *drafts, *self.dropped}
        for token, item_id in self.typed.items():
            check(token in tokens_kept or item_id in truth.gone, f"{token} was lost")
        for change in unsent:
            self.judge_conflict(change)
            if change.phase not in (Phase.UNKNOWN, Phase.SENDING):
                there = set(tokens_of(change)) & (truth.held - self.rewritten)
                check(not there, f"listed as unsent ({change.phase.name}), and in Podio: {there}")
        check(not self.never & truth.held, f"dropped unsent, and in Podio: {self.never & truth.held}")
        for change, item_id in reports:
            self._judge_told(truth, change, item_id)

    def judge_conflict(self, change: Change) -> None:
        """Raise Wrong where Ada's own word stands against her."""
        edits = change.operation.edits if isinstance(change.operation, UpdateItem) else {}
        for key, theirs in change.theirs.items():
            own = {*tokens_in(theirs)} & (self.typed.keys() - self.dropped - self.rewritten)
            # One that she dropped is missed below the edits that were made on it.
            check(not own or {*tokens_in(edits[key].before)} & self.dropped, f"her own word is a conflict: {own}")

    def _judge_doubles(self, truth: Truth) -> None:
        own = [write.after for write in truth.writes if write.user_id == ADA and write.after not in self.rewritten]
        for what, texts in (("creation", truth.creations), ("comment", truth.comments), ("change", own)):
            doubled = [text for text, times in Counter(texts).items() if times > 1 and text]
            check(not doubled, f"a {what} was doubled: {doubled}")

    def _judge_told(self, truth: Truth, change: Change, item_id: int) -> None:
        if isinstance(change.operation, DeleteItem):
            check(item_id in truth.gone, f"told as deleted, and still there: {item_id}")
        elif item_id not in truth.gone:
            missing = set(tokens_of(change)) - truth.held
            check(not missing, f"told as saved, and not there: {missing}")
