"""What is typed in a form, until Podio has it: a draft by form and control.

A form has a key: ``comment:item:9``, ``new:app:7``, ``edit:item:9`` or ``delete:item:9``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from workbench import field_ui
from workbench.effects import RemoveDraft, StoreDraft
from workbench.reads import ItemOf
from workbench.turn import Turn

BASE = "_base"
"""In a draft of an edit: the revision that the user saw when they began."""

_FORM = re.compile(r"(comment|new|edit|delete):(item|app):([1-9][0-9]{0,15})")
_LONGEST_TEXT = 200_000
_MOST_DRAFTS = 500


def form_target(form: str) -> tuple[str, int]:
    """Take a form's key apart into what it does and the id it does it to; ``("", 0)`` if it is no key."""
    match = _FORM.fullmatch(form)
    return (match[1], int(match[3])) if match else ("", 0)


def typed(turn: Turn, form: str, control: str, text: str) -> None:
    """Keep what was typed."""
    kind, number = form_target(form)
    if not kind:
        return
    texts = {**turn.state.drafts.get(form, {}), control: text}
    if kind == "edit" and BASE not in texts:
        known = turn.state.read(ItemOf(item_id=number)).value
        texts[BASE] = str((known and known.revision) or 0)
    if kind in {"comment", "new"} and not any(value.strip() for value in texts.values()):
        drop_draft(turn, form)
        return
    turn.put_draft(form, texts)
    store(turn, form)


def store(turn: Turn, form: str) -> None:
    """Store a form's draft, once it is known whose it is."""
    texts = turn.state.drafts.get(form)
    if texts and turn.state.person_id:
        turn.do(StoreDraft(person_id=turn.state.person_id, form=form, texts=texts))


def drop_draft(turn: Turn, form: str) -> None:
    """Forget a form's draft, here and in storage."""
    turn.put_draft(form, None)
    turn.set(kept=turn.state.kept - {form})
    if turn.state.person_id:
        turn.do(RemoveDraft(person_id=turn.state.person_id, form=form))


def take_out(turn: Turn, form: str, control: str, sent: str) -> None:
    """Take out of a control what was sent of it, and only that: the user may have typed on."""
    text = turn.state.drafts.get(form, {}).get(control, "")
    if text.strip() == sent.strip():
        drop_draft(turn, form)
        turn.refill(form)
    elif text.startswith(sent):
        turn.put_draft(form, {control: text[len(sent) :].lstrip()})
        turn.refill(form)
        store(turn, form)


def restore(turn: Turn, drafts: Mapping[str, Mapping[str, str]]) -> None:
    """Bring back stored drafts; what was typed meanwhile wins over them, what isn't a draft is removed."""
    for number, (form, texts) in enumerate(drafts.items()):
        if number >= _MOST_DRAFTS or not _is_draft(form, texts):
            turn.do(RemoveDraft(person_id=turn.state.person_id, form=form))
        elif form not in turn.state.drafts:
            turn.put_draft(form, {name: text for name, text in texts.items() if text != field_ui.UNREADABLE})
            turn.set(kept=turn.state.kept | {form})
            turn.refill(form)


def _is_draft(form: str, texts: object) -> bool:
    return (
        form_target(form)[0] not in {"", "delete"}
        and isinstance(texts, Mapping)
        and 0 < len(texts) <= 300
        and all(isinstance(name, str) and isinstance(text, str) for name, text in texts.items())
        and sum(map(len, texts.values())) <= _LONGEST_TEXT
    )


def control_id(form: str, control: str) -> str:
    """Name a control's element: stable, and fit for an id."""
    kind, number = form_target(form)
    return f"{kind}-{number}-{control.replace('.', '-')}"
