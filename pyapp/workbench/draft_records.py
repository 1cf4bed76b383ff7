"""Whose a stored draft is: each tab that types in a form has a record of its own, so that none loses another's.

1. A draft belongs to the tab that typed it. A tab writes its own record of a form, and nobody else's.
2. A page that starts shows of each form the newest draft that is stored, and adopts it where its tab is gone: one page
   alone, which holds that tab's id from then on.
3. What is typed on in an adopted draft takes its place. When it is discarded or submitted, it is deleted.
4. What is stored while the form's change is being stored stays, when that is: it is more than what is sent.
5. Nothing else is deleted: not what a tab typed that is open and shows it, nor what isn't shown, which a page that
   starts later finds again. So a copy of another tab's draft that is discarded comes back, and the question says so: to
   delete what somebody sees in front of them, and may be typing on, would be the worse surprise.

A tab is a page from its start to its end: after a reload it is another one. Versions before kept one record of a form,
which belongs to no tab.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from podio.json_text import parse_object

Name = str | tuple[str, str]
"""What tells a user's records apart: form and tab; the form alone in records of the versions before."""

_NO_TAB = ""


class StoredDraft(NamedTuple):
    """A draft as it lies in storage.

    Attributes:
        form: The form's key.
        tab: The tab that typed it; empty for a record of the versions before.
        when: When it was stored, in milliseconds since 1970; 0 where the record doesn't say.
        texts: The texts by control; none where they have another shape.
    """

    form: str
    tab: str
    when: float
    texts: Mapping[str, str]


class FoundDrafts(NamedTuple):
    """What a page that starts shows.

    Attributes:
        drafts: The texts by form and control.
        gone_tabs: Of the drafts whose tab is gone, that tab, by form.
        copied_forms: The forms of the drafts that another tab, which is open, has on its screen.
    """

    drafts: Mapping[str, Mapping[str, str]]
    gone_tabs: Mapping[str, str]
    copied_forms: frozenset[str]


class TabDrafts:
    """The records that one tab may write and delete.

    Args:
        tab: The tab's id.
    """

    def __init__(self, tab: str) -> None:
        self.tab = tab
        self._adopted: dict[tuple[int, str], str] = {}
        self._typed_since: set[str] = set()

    def find(self, drafts: Iterable[StoredDraft], open_tabs: Collection[str]) -> FoundDrafts:
        """Choose what is shown of what is stored: of each form the newest."""
        newest: dict[str, StoredDraft] = {}
        for draft in drafts:
            other = newest.get(draft.form)
            if other is None or (bool(draft.texts), draft.when) >= (bool(other.texts), other.when):
                newest[draft.form] = draft
        gone = {form: draft.tab for form, draft in newest.items() if draft.tab not in {self.tab, *open_tabs}}
        copied = frozenset(form for form, draft in newest.items() if form not in gone and draft.tab != self.tab)
        return FoundDrafts({form: draft.texts for form, draft in newest.items()}, gone, copied)

    def others(self, user_id: int, drafts: Iterable[StoredDraft]) -> tuple[tuple[str, Mapping[str, str]], ...]:
        """Return of what is stored, as form and texts, what this tab neither typed nor took over."""
        return tuple(
            (draft.form, draft.texts)
            for draft in drafts
            if draft.tab not in {self.tab, self._adopted.get((user_id, draft.form))}
        )

    def adopt(self, user_id: int, form: str, tab: str) -> None:
        """Take over the draft of a tab that is gone."""
        self._adopted[user_id, form] = tab

    def begin_submission(self, form: str) -> None:
        """Take note that the change that a form makes is about to be stored, with all that was typed until now."""
        self._typed_since.discard(form)

    def note_typed(self, form: str) -> None:
        """Take note that something is stored of a form."""
        self._typed_since.add(form)

    def own(self, form: str) -> Name:
        """Return the name of the tab's own record of a form."""
        return form, self.tab

    def adopted(self, user_id: int, form: str) -> tuple[Name, ...]:
        """Return the name of the record that was adopted, if one was: what the tab's own takes the place of."""
        tab = self._adopted.get((user_id, form))
        return () if tab is None else (form if tab == _NO_TAB else (form, tab),)

    def names(self, user_id: int, form: str) -> tuple[Name, ...]:
        """Return the names of all records that go when the form is discarded."""
        return self.own(form), *self.adopted(user_id, form)

    def submitted(self, user_id: int, form: str) -> tuple[Name, ...]:
        """Return the names of the records that go with the transaction that stores what a form means."""
        return () if form in self._typed_since else self.names(user_id, form)


def read_draft(record: Mapping[str, Any]) -> StoredDraft | None:
    """Read a record of the storage, of any shape; None where it names no form."""
    name, when, texts = record.get("form"), record.get("when"), parse_object(record.get("texts"))
    form, tab = name if isinstance(name, list) and len(name) == 2 else (name, _NO_TAB)
    if not isinstance(form, str) or not isinstance(tab, str):
        return None
    is_fit = all(isinstance(text, str) for text in texts.values())
    stored_at = float(when) if isinstance(when, int | float) and not isinstance(when, bool) else 0.0
    return StoredDraft(form, tab, stored_at, texts if is_fit else {})
