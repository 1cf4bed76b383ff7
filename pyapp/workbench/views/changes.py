"""Changes that are on their way to Podio: where each stands, and what the user can do about it."""

from __future__ import annotations

import htpy as h

from workbench import clicks
from workbench.outbox import AddComment, Change, Phase
from workbench.state import State
from workbench.views.parts import button


def phase_name(change: Change) -> str:
    """Return where a change stands, as ``data-change`` has it."""
    return change.phase.name.lower()


def change_state(state: State, change: Change, what: str) -> h.Renderable:
    """Say where a change stands, with the choices that are left.

    Args:
        state: The page.
        change: The change.
        what: What it is, as in "It isn't known whether … arrived".
    """
    return h.div(".change-state", id=f"change-{change.change_id}-state")[_change_state(state, change, what)]


def _change_state(state: State, change: Change, what: str) -> h.Node:
    change_id = change.change_id
    again = button("Send again", clicks.SendChange(change_id=change_id), kind="small")
    discard = button("Discard", clicks.DiscardChange(change_id=change_id), kind="secondary outline small")
    match change.phase:
        case Phase.PENDING:
            return h.div(role="status")[
                h.p["Not sent yet. ", change.reason],
                h.div(".choices")[button("Send now", clicks.SendChange(change_id=change_id), kind="small"), discard],
            ]
        case Phase.SENDING if change_id in state.slow_changes:
            return h.div(".waiting.slow", role="status")[
                h.span["Podio is slow to answer. Still waiting…"],
                button("Stop waiting", clicks.StopChange(change_id=change_id), kind="secondary outline small"),
            ]
        case Phase.SENDING:
            return h.p(role="status")["Sending…"]
        case Phase.UNKNOWN if change.again_at <= change.unknown_since:
            return h.p(role="status")[f"Checking whether {what} arrived…"]
        case Phase.UNKNOWN:
            check = button("Check again", clicks.CheckChange(change_id=change_id), kind="secondary small")
            return h.div(".failure", role="alert")[
                h.p[f"It isn't known whether {what} arrived. It is looked up again by itself."],
                h.p(".said")[change.reason] if change.reason else None,
                h.div(".choices")[check, again, discard],
            ]
        case Phase.FAILED:
            is_text = isinstance(change.operation, AddComment)
            edit = button("Edit", clicks.EditChange(change_id=change_id), kind="secondary small") if is_text else None
            return h.div(".failure", role="alert")[h.p[change.reason], h.div(".choices")[again, edit, discard]]
    return None
