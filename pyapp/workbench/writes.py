"""How what the person typed is kept, sent, and never sent twice. Performs no I/O.

A form has a key: ``comment:item:9``, ``new:app:7``, ``edit:item:9`` or ``delete:item:9``. Its texts are a draft
until Podio has them. When a write's outcome is unknown it is looked up before anything is sent again: a create by
the ``external_id`` that it carried, an update by the item's revision, a deletion by whether the item is gone. What
can't be told is shown, with a choice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from podio.model import Comment, Item, read_list
from workbench import field_ui, reading, routes, state
from workbench.effects import Focus, GoTo, RemoveDraft, StoreDraft
from workbench.failures import STOPPED, Failure, Kind
from workbench.reads import AppOf, CommentsOf, ItemOf, ItemsOf
from workbench.state import RenewalPhase, Stage, Write
from workbench.turn import Turn

BASE = "_base"
"""In a draft of an edit: the revision that the person saw when they began."""

_FORM = re.compile(r"(comment|new|edit|delete):(item|app):([1-9][0-9]{0,15})")
_REVISION = re.compile(r"[0-9]{1,9}")
_LONGEST_TEXT = 200_000
_MOST_DRAFTS = 500


def form_target(form: str) -> tuple[str, int]:
    """Take a form's key apart into what it does and the id it does it to; ``("", 0)`` if it is no key."""
    match = _FORM.fullmatch(form)
    return (match[1], int(match[3])) if match else ("", 0)


# Drafts


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


def discard(turn: Turn, form: str) -> None:
    """Throw away a form's draft and whatever became of sending it."""
    known = turn.state.writes.get(form)
    if known:
        turn.abort(known.tag)
    turn.put_write(form, None)
    drop_draft(turn, form)
    turn.refill(form)


# Sending


def submit(turn: Turn, form: str, texts: Mapping[str, str], nonce: str) -> None:
    """Send a form, unless it is being sent already."""
    kind, number = form_target(form)
    known = turn.state.writes.get(form)
    if not kind or (known and known.busy):
        return
    if known and known.stage in {Stage.UNCONFIRMED, Stage.UNKNOWN} and known.sent == texts:
        nonce = known.nonce
    match kind:
        case "comment":
            _submit_comment(turn, form, texts, nonce)
        case "new":
            _submit_new(turn, form, number, texts, nonce)
        case "edit":
            _submit_edit(turn, form, number, texts)
        case "delete":
            _send(turn, form, Write(stage=Stage.SENDING))


def _submit_comment(turn: Turn, form: str, texts: Mapping[str, str], nonce: str) -> None:
    written = texts.get("text", "")
    if not written.strip():
        _complain(turn, form, {"text": "Write a comment first."}, "comment-" + form.rpartition(":")[2] + "-text")
        return
    turn.put_draft(form, {"text": written})
    try:
        field_ui.check_text("The comment", written)
    except field_ui.Complaint as complaint:
        _complain(turn, form, {"text": str(complaint)}, control_id(form, "text"))
        return
    _send(turn, form, Write(stage=Stage.SENDING, sent={"text": written}, nonce=nonce))


def _submit_new(turn: Turn, form: str, app_id: int, texts: Mapping[str, str], nonce: str) -> None:
    app = turn.state.read(AppOf(app_id=app_id)).value
    if app is None:
        return
    filled = field_ui.read_form(app, texts, None, turn.state.site.locale)
    turn.put_draft(form, dict(texts))
    if filled.complaints or not filled.fields:
        first = next(
            (control.name for _, made in field_ui.form_controls(app, None, turn.state.site.locale) for control in made),
            "",
        )
        complaints = filled.complaints or {first: "Fill in at least one field."}
        _complain(turn, form, complaints, control_id(form, next(iter(complaints))))
        return
    _send(turn, form, Write(stage=Stage.SENDING, sent=dict(texts), nonce=nonce, fields=filled.fields))


def _submit_edit(turn: Turn, form: str, item_id: int, texts: Mapping[str, str]) -> None:
    item = turn.state.read(ItemOf(item_id=item_id)).value
    app = turn.state.read(AppOf(app_id=item.app_id or 0)).value if item else None
    if item is None or app is None:
        return
    draft = turn.state.drafts.get(form, {})
    sent = {name: text for name, text in texts.items() if name in draft or text == field_ui.UNREADABLE}
    filled = field_ui.read_form(app, sent, item, turn.state.site.locale)
    if filled.complaints:
        _complain(turn, form, filled.complaints, control_id(form, next(iter(filled.complaints))))
        return
    if not filled.fields:
        discard(turn, form)
        _show_item(turn, item_id, "Nothing was changed.")
        return
    base = draft.get(BASE, "")
    revision = int(base) if _REVISION.fullmatch(base) else item.revision or 0
    turn.put_draft(form, {**draft, **sent})
    _send(turn, form, Write(stage=Stage.SENDING, sent=sent, fields=filled.fields, revision=revision))


def control_id(form: str, control: str) -> str:
    """Name a control's element: stable, and fit for an id."""
    kind, number = form_target(form)
    return f"{kind}-{number}-{control.replace('.', '-')}"


def _complain(turn: Turn, form: str, complaints: Mapping[str, str], element_id: str) -> None:
    failure = Failure(kind=Kind.REFUSED, message=" ".join(complaints.values()))
    turn.put_write(form, Write(stage=Stage.FAILED, complaints=complaints, failure=failure))
    turn.do(Focus(element_id=element_id))


def _send(turn: Turn, form: str, write: Write) -> None:
    kind, number = form_target(form)
    match kind:
        case "comment":
            body: dict[str, Any] = {"value": write.sent["text"], "external_id": write.nonce}
            tag = turn.call("POST", f"/comment/item/{number}/", None, body)
        case "new":
            body = {"fields": dict(write.fields), "external_id": write.nonce}
            tag = turn.call("POST", f"/item/app/{number}/", None, body)
        case "edit":
            tag = turn.call("PUT", f"/item/{number}", None, {"fields": dict(write.fields), "revision": write.revision})
        case _:
            tag = turn.call("DELETE", f"/item/{number}")
    sending = replace(write, stage=Stage.SENDING, tag=tag, slow=False, failure=None, theirs=None, complaints={})
    turn.put_write(form, sending)


def _look_up(turn: Turn, form: str, write: Write) -> None:
    kind, number = form_target(form)
    match kind:
        case "comment":
            tag = turn.request(CommentsOf(item_id=number).request())
        case "new":
            tag = turn.call("GET", f"/item/app/{number}/external_id/{write.nonce}")
        case _:
            tag = turn.call("GET", f"/item/{number}")
    turn.put_write(form, replace(write, stage=Stage.LOOKING, tag=tag, slow=False))


def send_again(turn: Turn, form: str) -> None:
    """Send what could not be confirmed once more, under the same ``external_id``."""
    known = turn.state.writes.get(form)
    if (
        known
        and not known.busy
        and known.stage in {Stage.UNCONFIRMED, Stage.UNKNOWN, Stage.FAILED}
        and not known.complaints
    ):
        _send(turn, form, known)


def check_again(turn: Turn, form: str) -> None:
    """Look up once more whether a write arrived."""
    known = turn.state.writes.get(form)
    if known and not known.busy and known.stage in {Stage.UNKNOWN, Stage.UNCONFIRMED, Stage.CONFLICT}:
        _look_up(turn, form, known)


def keep_mine(turn: Turn, form: str) -> None:
    """Send the person's values over the ones that somebody else saved."""
    known = turn.state.writes.get(form)
    if known and not known.busy and known.stage is Stage.CONFLICT and known.theirs:
        draft = turn.state.drafts.get(form, {})
        turn.put_draft(form, {**draft, BASE: str(known.theirs.revision or 0)})
        _send(turn, form, replace(known, revision=known.theirs.revision or 0))


def take_theirs(turn: Turn, form: str) -> None:
    """Drop the person's values for the ones that somebody else saved."""
    known = turn.state.writes.get(form)
    _, item_id = form_target(form)
    if not known or known.busy or known.stage is not Stage.CONFLICT:
        return
    discard(turn, form)
    _show_item(turn, item_id, "Your changes were dropped; this is the item as it is in Podio.")


def stop(turn: Turn, form: str) -> None:
    """Stop waiting for a write; whether it arrived isn't known then."""
    known = turn.state.writes.get(form)
    if known and known.busy:
        turn.abort(known.tag)
        turn.put_write(form, replace(known, stage=Stage.UNKNOWN, tag=0, slow=False, failure=STOPPED))


def waiting_for(current: state.State, tag: int) -> str:
    """Find the form whose answer has this tag; empty when nobody waits for it any more."""
    return next((form for form, write in current.writes.items() if write.tag == tag), "") if tag else ""


def mark_slow(turn: Turn, form: str) -> None:
    """Say that sending takes long; not while the sign-in is what is waited for."""
    if turn.state.renewal.phase is RenewalPhase.IDLE:
        turn.put_write(form, replace(turn.state.writes[form], slow=True))


# What Podio answers


def answered(turn: Turn, form: str, answer: Any) -> None:
    """Go on with a write or with its lookup."""
    known = turn.state.writes[form]
    kind, number = form_target(form)
    if known.stage is Stage.SENDING:
        if _is_confirmation(kind, answer):
            _done(turn, form, known, answer)
        else:
            _look_up(turn, form, known)
        return
    match kind:
        case "comment":
            found = next((each for each in read_list(Comment, answer) if each.external_id == known.nonce), None)
            if found:
                _done(turn, form, known, answer=None)
            else:
                _unconfirmed(turn, form, known)
        case "new":
            if Item.from_json(answer):
                _done(turn, form, known, answer)
            else:
                _unconfirmed(turn, form, known)
        case "edit":
            _compare(turn, form, known, Item.from_json(answer, app_id=_app_of(turn, number)))
        case _:
            _unconfirmed(turn, form, known)


def _is_confirmation(kind: str, answer: Any) -> bool:
    """Tell whether an answer says that a write was done: what Podio created has an id."""
    match kind:
        case "comment":
            return Comment.from_json(answer) is not None
        case "new":
            return Item.from_json(answer) is not None
    return True


def _app_of(turn: Turn, item_id: int) -> int | None:
    known = turn.state.read(ItemOf(item_id=item_id)).value
    return known.app_id if known else None


def _compare(turn: Turn, form: str, known: Write, now: Item | None) -> None:
    """Tell from the item as it is now what became of an update."""
    app = turn.state.read(AppOf(app_id=now.app_id or 0)).value if now else None
    if now is None or app is None:
        turn.put_write(form, replace(known, stage=Stage.UNKNOWN, tag=0))
    elif not field_ui.read_form(app, known.sent, now, turn.state.site.locale).fields:
        _done(turn, form, known, answer=None)
    elif (now.revision or 0) <= known.revision:
        _unconfirmed(turn, form, known)
    else:
        turn.put_write(form, replace(known, stage=Stage.CONFLICT, tag=0, slow=False, theirs=now))


def _unconfirmed(turn: Turn, form: str, known: Write) -> None:
    turn.put_write(form, replace(known, stage=Stage.UNCONFIRMED, tag=0, slow=False))


def failed(turn: Turn, form: str, failure: Failure) -> None:
    """Go on after a write, or its lookup, failed. What was typed stays in any case."""
    known = turn.state.writes[form]
    kind, _ = form_target(form)
    if known.stage is Stage.LOOKING:
        if failure.kind is Kind.MISSING and kind == "delete":
            _done(turn, form, known, answer=None)
        elif failure.kind is Kind.MISSING and kind == "new":
            _unconfirmed(turn, form, known)
        else:
            turn.put_write(form, replace(known, stage=Stage.UNKNOWN, tag=0, slow=False, failure=failure))
    elif failure.outcome_unknown or (failure.kind is Kind.CONFLICT and kind in {"edit", "new"}):
        _look_up(turn, form, replace(known, failure=failure))
    elif failure.kind is Kind.MISSING and kind == "delete":
        _done(turn, form, known, answer=None)
    else:
        turn.put_write(form, replace(known, stage=Stage.FAILED, tag=0, slow=False, failure=failure))


def _done(turn: Turn, form: str, write: Write, answer: Any) -> None:
    kind, number = form_target(form)
    turn.put_write(form, None)
    match kind:
        case "comment":
            _clear_comment(turn, form, write.sent["text"])
            _show_comment(turn, number, answer)
            turn.set(note="Comment added.")
        case "new":
            _clear_fields(turn, form, write.sent)
            made = Item.from_json(answer)
            turn.drop_reads(reading.pages_of(turn.state, number))
            if made and turn.state.route == routes.NewItemPage(app_id=number, query=_list_query(turn)):
                go(turn, routes.ItemPage(app_id=number, item_id=made.item_id, query=_list_query(turn)))
            turn.set(note="Item created.")
        case "edit":
            _clear_fields(turn, form, write.sent)
            if form in turn.state.drafts:
                reading.start(turn, ItemOf(item_id=number))
                turn.set(note="Saved, but for what you typed since.")
            else:
                _show_item(turn, number, "Saved.")
        case _:
            discard(turn, f"edit:item:{number}")
            discard(turn, f"comment:item:{number}")
            _leave_deleted(turn, number)


def _list_query(turn: Turn) -> routes.ListQuery:
    route = turn.state.route
    return (
        route.query if isinstance(route, routes.AppPage | routes.ItemPage | routes.NewItemPage) else routes.ListQuery()
    )


def _clear_comment(turn: Turn, form: str, sent: str) -> None:
    """Take out of the field what was sent, and only that: the person may have typed on."""
    current = turn.state.drafts.get(form, {}).get("text", "")
    if current.strip() == sent.strip():
        drop_draft(turn, form)
        turn.refill(form)
    elif current.startswith(sent):
        turn.put_draft(form, {"text": current[len(sent) :].lstrip()})
        turn.refill(form)
        store(turn, form)


def _clear_fields(turn: Turn, form: str, sent: Mapping[str, str]) -> None:
    left = {
        name: text
        for name, text in turn.state.drafts.get(form, {}).items()
        if (name != BASE and name in sent and text != sent[name]) or (name != BASE and name not in sent)
    }
    drop_draft(turn, form)
    if left:
        turn.put_draft(form, left)
        store(turn, form)
    else:
        turn.refill(form)


def _show_comment(turn: Turn, item_id: int, answer: Any) -> None:
    key = CommentsOf(item_id=item_id)
    if ItemOf(item_id=item_id) not in turn.state.reads:
        return
    known = turn.state.read(key)
    new = Comment.from_json(answer)
    if new and new.value and all(each.comment_id != new.comment_id for each in known.value or ()):
        turn.put_read(key, replace(known, value=(*(known.value or ()), new)))
    reading.start(turn, key)


def _show_item(turn: Turn, item_id: int, note: str) -> None:
    """Go from editing to reading, and read the item anew."""
    route = turn.state.route
    if isinstance(route, routes.ItemPage) and route.item_id == item_id:
        go(turn, replace(route, editing=False))
        reading.start(turn, ItemOf(item_id=item_id))
        reading.start(turn, ItemsOf(app_id=route.app_id, query=route.query))
    turn.set(note=note)


def _leave_deleted(turn: Turn, item_id: int) -> None:
    route = turn.state.route
    if isinstance(route, routes.ItemPage) and route.item_id == item_id:
        turn.drop_reads([*reading.pages_of(turn.state, route.app_id), ItemOf(item_id=item_id)])
        go(turn, routes.AppPage(app_id=route.app_id, query=route.query), replace_entry=True)
    turn.set(note="The item was deleted.")


def go(turn: Turn, route: routes.Route, *, replace_entry: bool = False) -> None:
    """Go to a route of the workbench's own accord."""
    turn.set(route=route, menu_open=False)
    turn.do(GoTo(fragment=routes.fragment(route), replace=replace_entry), Focus(element_id="main-heading"))
    reading.ensure(turn)
