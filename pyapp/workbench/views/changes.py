"""Changes that are on their way to Podio: where each stands, and what the user can do about it."""

from __future__ import annotations

from typing import Any

import htpy as h

from podio.fields import FieldValue
from podio.model import App, AppField, Item
from workbench import clicks, corrections
from workbench.core.clicks import on_click
from workbench.field_ui import moment_text, show
from workbench.names import name_of
from workbench.outbox import AddComment, Change, Choice, DeleteComment, Hindrance, Outbox, Phase, UpdateItem
from workbench.reads import AppOf, ItemOf
from workbench.state import State
from workbench.unsent_values import field_value
from workbench.views import values
from workbench.views.parts import button, clock_text

_CHOICES = {Choice.MINE: "Yours", Choice.THEIRS: "In Podio now", Choice.BEFORE: "When you began"}

_MARKS = {
    Phase.PENDING: "Not sent",
    Phase.SENDING: "Sending…",
    Phase.UNKNOWN: "Checking…",
    Phase.CONFLICT: "Conflict",
    Phase.FAILED: "Not saved",
}


def phase_name(change: Change) -> str:
    """Return where a change stands, as ``data-change`` has it."""
    return change.phase.name.lower()


def item_phase(state: State, item_id: int) -> str | None:
    """Return where the oldest change of an item stands; comments have their own."""
    change = _oldest_change(state, item_id)
    return phase_name(change) if change else None


def change_mark(state: State, item_id: int) -> h.Node:
    """Mark an item of a list that has a change which Podio doesn't have yet."""
    change = _oldest_change(state, item_id)
    return h.small(".draft-mark")[_MARKS[change.phase]] if change and change.phase in _MARKS else None


def _oldest_change(state: State, item_id: int) -> Change | None:
    changes = (*state.account.outbox.changes, *state.account.saved_changes)
    of_comments = AddComment | DeleteComment
    own_changes = (
        change for change in changes if change.item == item_id and not isinstance(change.operation, of_comments)
    )
    return next(own_changes, None)


def field_phase(state: State, item_id: int, field: AppField | FieldValue) -> str | None:
    """Return where the user's change of an item's field stands."""
    keys = {field.external_id, str(field.field_id)}
    for change in (*state.account.outbox.changes, *state.account.saved_changes):
        if (
            change.item == item_id
            and isinstance(change.operation, UpdateItem)
            and not keys.isdisjoint(change.operation.edits)
        ):
            return phase_name(change)
    return None


def change_state(state: State, change: Change, title: str, *, place: str = "change") -> h.Renderable:
    """Say where a change stands, with the choices that are left.

    Args:
        state: The page.
        change: The change.
        title: What it is, as in "Podio may not have saved …".
        place: Where on the page this is said, as a part of the element's id.
    """
    return h.div(".change-state", id=f"{place}-{change.change_id}-state")[_change_state(state, change, title, place)]


def _change_state(state: State, change: Change, title: str, place: str) -> h.Node:
    change_id = change.change_id
    send_again = button("Send again", clicks.SendChange(change_id=change_id))
    discard = button("Discard", clicks.DiscardChange(change_id=change_id), kind="secondary")
    match change.phase:
        case Phase.PENDING:
            may_send = state.account.pace.hindrance not in (Hindrance.LIMIT, Hindrance.SIGN_IN)
            now = button("Send now", clicks.SendChange(change_id=change_id)) if may_send else None
            return h.div(role="status")[
                h.p["Not sent yet. ", _why_not_sent(state, change)], h.div(".choices")[now, discard]
            ]
        case Phase.SENDING if change_id in state.account.slow_changes:
            return h.div(".waiting.slow", role="status")[
                h.span["Podio is slow to answer. Still waiting…"],
                button("Stop waiting", clicks.StopChange(change_id=change_id), kind="secondary"),
            ]
        case Phase.SENDING:
            return h.p(role="status")["Sending…"]
        case Phase.UNKNOWN if not change.reason or change.again_at <= change.unknown_since:
            # Podio is reached, and responds: what it doesn't show yet may still come, and is sent again if it doesn't.
            return h.p(role="status")[f"Checking whether {title} arrived…"]
        case Phase.UNKNOWN:
            may_check = state.account.pace.hindrance is not Hindrance.LIMIT
            click = clicks.CheckChange(change_id=change_id)
            check = button("Check again", click, kind="secondary") if may_check else None
            return h.div(".failure", role="alert")[
                h.p[f"Podio may not have saved {title}. This is looked up again by itself. Send it again?"],
                h.p(".said")[change.reason],
                h.div(".choices")[check, send_again, discard],
            ]
        case Phase.FAILED:
            page = corrections.form_page(state, change)
            may_edit = isinstance(change.operation, AddComment) or page not in (None, state.route)
            edit = button("Edit", clicks.EditChange(change_id=change_id), kind="secondary") if may_edit else None
            labels = corrections.complained_labels(state, change)
            return h.div(".failure", role="alert")[
                h.p[change.reason],
                h.p(".said")["Field: ", h.bdi[", ".join(labels)]] if labels else None,
                h.div(".choices")[send_again, edit, discard],
            ]
        case Phase.CONFLICT:
            return _conflict(state, change, place)
    return None


def _why_not_sent(state: State, change: Change) -> str:
    """Say why a change waits: what keeps all of them from being sent, else its own reason."""
    match state.account.pace.hindrance:
        case Hindrance.LIMIT:
            time_text = clock_text(state, state.account.pace.until)
            return f"Podio's limit of calls per hour is reached. Sending goes on at {time_text}."
        case Hindrance.SIGN_IN:
            return "Sign in to send this."
    return change.reason


def _waits_before(state: State, change: Change) -> bool:
    """Whether what a change is in conflict with is a change of the user's own, which waits before it."""
    waiting = Outbox(tuple(other for other in state.account.outbox.changes if other.number < change.number))
    return not change.theirs.keys().isdisjoint(waiting.values_shown(change.item, {}))


def _conflict(state: State, change: Change, place: str) -> h.Renderable:
    """Let the user decide between what they have typed and what somebody else has saved."""
    item = _item(state, change)
    is_own = _waits_before(state, change)
    last_edit_by = item.last_edit_by if item and not is_own else None
    other = last_edit_by.name if last_edit_by else ""
    when = item.last_edit_on if item and not is_own else None
    edits = change.operation.edits if isinstance(change.operation, UpdateItem) else {}
    choices = _CHOICES | ({Choice.THEIRS: "In the other tab"} if is_own else {})
    # The page leads the user to an open question.
    return h.div(f"#{place}-{change.change_id}-conflict.failure.conflict", role="alert", tabindex="-1", data_asks=True)[
        h.p[
            "You" if is_own else h.bdi[other or "Somebody else"],
            " changed this item",
            [" on ", moment_text(when, state.site.zone, state.site.locale)] if when else None,
            " in another tab" if is_own else None,
            " while you were editing. What you typed is kept. Which values should stay?",
        ],
        h.div(".table-scroll")[
            h.table[
                h.thead[h.tr[[h.th(scope="col")[text] for text in ("Field", *choices.values())]]],
                h.tbody[
                    [
                        h.tr[
                            h.th(scope="row")[field_label(state, change, key)],
                            [
                                _choosable(state, change, key, choice, value, choices[choice])
                                for choice, value in (
                                    (Choice.MINE, edits[key].value),
                                    (Choice.THEIRS, theirs),
                                    (Choice.BEFORE, edits[key].before),
                                )
                            ],
                        ]
                        for key, theirs in change.theirs.items()
                        if key in edits
                    ]
                ],
            ]
        ],
        h.div(".choices")[
            button("Save my version", clicks.KeepMine(change_id=change.change_id)),
            button(
                f"Use {other}’s version" if other else "Use the other version",
                clicks.TakeTheirs(change_id=change.change_id),
                kind="secondary",
            ),
            button("Save what I chose", clicks.KeepChosen(change_id=change.change_id), kind="secondary")
            if state.account.choices.get(change.change_id, {}).keys() == change.theirs.keys()
            else None,
        ],
    ]


def _choosable(state: State, change: Change, key: str, choice: Choice, value: Any, name: str) -> h.Renderable:
    """One of the values of a field, with the button that chooses it."""
    is_chosen = state.account.choices.get(change.change_id, {}).get(key) is choice
    click = clicks.ChooseValue(change_id=change.change_id, key=key, choice=choice.value)
    label = f"Choose for {field_label(state, change, key)}: {name}"
    return h.td[
        h.div(dir="auto")[_value(state, _app(state, change), key, value)],
        h.button(
            {**on_click(click), "aria-pressed": "true" if is_chosen else "false", "aria-label": label},
            type="button",
            class_="secondary",
        )["Choose"],
    ]


def _field(app: App | None, key: str) -> AppField | None:
    fields = app.fields if app else ()
    return next((field for field in fields if key in (field.external_id, str(field.field_id))), None)


def field_label(state: State, change: Change, key: str) -> str:
    """Return the label of a field that a change names."""
    field = _field(_app(state, change), key)
    return name_of(field) if field else key


def _item(state: State, change: Change) -> Item | None:
    return state.read(ItemOf(item_id=change.item)).value if isinstance(change.item, int) else None


def _app(state: State, change: Change) -> App | None:
    item = _item(state, change)
    return state.read(AppOf(app_id=item.app_id or 0)).value if item else None


def _value(state: State, app: App | None, key: str, json: Any) -> h.Node:
    field = _field(app, key)
    value = field_value(field, json) if field else None
    pieces = show(value, field, state.site.locale)
    return values.full(pieces) if pieces else "–"
