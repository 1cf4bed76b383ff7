"""Small pieces that many views share. Performs no I/O."""

from __future__ import annotations

from datetime import UTC, datetime

import htpy as h

from podio.model import Byline
from workbench import clicks
from workbench.core.clicks import Click, on_click
from workbench.core.reads import Loadable
from workbench.failures import Failure, Kind
from workbench.field_ui import moment_text
from workbench.state import RenewalPhase, State


def button(text: str, click: Click, *, element_id: str | None = None, kind: str = "") -> h.Renderable:
    """A button that can be clicked."""
    return h.button(on_click(click), id=element_id, type="button", class_=kind or None)[text]


def failure_box(failure: Failure) -> h.Renderable:
    """Why something couldn't be read, and a way on.

    The strip speaks already for whatever waits for a new sign-in, so that one expiry makes one alert.
    """
    return h.div(".failure", role=None if failure.kind is Kind.SIGN_IN else "alert")[
        h.p[failure.message],
        h.p(".said")["Podio says: ", h.q[failure.detail]] if failure.detail else None,
        button("Try again", clicks.Retry(), kind="secondary small"),
    ]


def waiting(state: State, known: Loadable[object], what: str) -> h.Renderable:
    """Say that something is being read, and after a while that it takes long."""
    if known.slow and state.renewal.phase is RenewalPhase.IDLE:
        return h.div(".waiting.slow", role="status")[
            h.span["Podio is slow to answer. Still waiting…"],
            button("Stop waiting", clicks.StopWaiting(tag=known.tag), kind="secondary outline small"),
        ]
    return h.div(".waiting", role="status")[h.span({"aria-busy": "true"})[f"Loading {what}…"]]


def by_and_when(state: State, who: Byline | None, at: datetime | None) -> h.Renderable:
    """Who did something and when, in the user's time zone."""
    return h.fragment[
        h.span(".who")[(who and who.name) or "Somebody"],
        [", ", h.time(datetime=at.isoformat())[moment_text(at, state.site.zone, state.site.locale)]] if at else None,
    ]


def clock_text(state: State, seconds: float) -> str:
    """The time of day of a moment in seconds since 1970."""
    return datetime.fromtimestamp(seconds, UTC).astimezone(state.site.zone).strftime("%H:%M")


def is_missing(failure: Failure | None) -> bool:
    """Whether a failure means that there is no such thing."""
    return failure is not None and failure.kind is Kind.MISSING
