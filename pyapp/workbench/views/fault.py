"""The alert for an error of the page itself. It needs no state, for the state may be what can't be drawn."""

from __future__ import annotations

import htpy as h

from workbench.core.faults import Activity, Fault

_WHAT = {
    Activity.STEP: "Something went wrong in this page, so your last step was not done.",
    Activity.DRAWING: "Something went wrong in this page, so what you see may be out of date.",
    Activity.WORK: "Something went wrong in this page, so something may not be finished.",
}
KEPT = "What you typed is kept. Reload the page to go on."
NOT_KEPT = "Copy what you typed, for it may not be kept. Then reload the page."


def fault(error: Fault, *, is_text_kept: bool) -> h.Renderable:
    """What happened and what to do; for the site's owner, where.

    Args:
        error: The error.
        is_text_kept: Whether all that was typed comes back after a reload.
    """
    return h.div(".banner.warn.fault", role="alert")[
        h.p[f"{_WHAT[error.activity]} {KEPT if is_text_kept else NOT_KEPT}"],
        h.button({"data-fault": "reload"}, type="button")["Reload the page"],
        h.button({"data-fault": "dismiss"}, type="button", class_="secondary")["Dismiss"],
        h.details[
            h.summary["Details for the owner of this page"],
            h.pre(tabindex="0", aria_label="Details")[error.details],
        ],
    ]
