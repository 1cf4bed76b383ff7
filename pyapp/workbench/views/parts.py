"""Small pieces that many views share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TypeVar

import htpy as h

from podio.model import App, Byline
from workbench import clicks, field_ui
from workbench.core.clicks import Click, on_cancel, on_click
from workbench.core.reads import Loadable
from workbench.core.routes import Route, fragment
from workbench.failures import Failure, Kind
from workbench.names import name_of
from workbench.state import RenewalPhase, State

ValueT = TypeVar("ValueT")


_MARK = (
    (0, 0, 64, 64, 14, "#0172ad"),
    (16, 18, 32, 7, 3.5, "#ffffff"),
    (16, 29, 22, 7, 3.5, "#a9d2f5"),
    (16, 40, 27, 7, 3.5, "#a9d2f5"),
    (43, 29, 7, 7, 3.5, "#ffd166"),
)
"""The mark's rectangles: where, how large, how round, which colour. `tools.icons` draws the same."""


def mark() -> h.Renderable:
    """The page's mark, as its icon has it."""
    return h.svg(".logo", viewBox="0 0 64 64", aria_hidden="true")[
        [
            h.rect(x=str(x), y=str(y), width=str(width), height=str(height), rx=str(radius), fill=fill)
            for x, y, width, height, radius, fill in _MARK
        ]
    ]


def type_icon(kind: str) -> h.Renderable:
    """The icon of a type of field; its label says more."""
    return h.svg(".type-icon", viewBox="0 0 16 16", aria_hidden="true")[h.path(d=field_ui.icon(kind))]


_TINTS = 6


def app_icon(app: App) -> h.Renderable:
    """A tile with an app's first letter, always of the same tint: Podio's icons lie where the page may not fetch."""
    name = name_of(app)
    letter = next((character for character in name if character.isalnum()), "·")
    return h.span(f".app-icon.tint-{app.app_id % _TINTS}", aria_hidden="true", data_letters=letter.upper()[:1])


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
        button("Try again", clicks.Retry(), kind="secondary"),
    ]


def waiting(state: State, loadable: Loadable[object], name: str) -> h.Renderable:
    """Say that something is being read, and after a while that it takes long."""
    if loadable.is_slow and state.account.renewal.phase is RenewalPhase.IDLE:
        return h.div(".waiting.slow", role="status")[
            h.span["Podio is slow to answer. Still waiting…"],
            button("Stop waiting", clicks.StopWaiting(tag=loadable.tag), kind="secondary"),
        ]
    return h.div(".waiting", role="status")[h.span({"aria-busy": "true"})[f"Loading {name}…"]]


def loaded(
    state: State,
    loadable: Loadable[ValueT],
    name: str,
    show: Callable[[ValueT], h.Node],
    *,
    empty: str = "",
    empty_text: str = "",
) -> h.Renderable:
    """What is read from Podio, wherever it stands: awaited, failed, empty or there.

    Args:
        state: The page's state.
        loadable: What came of reading it; what was read before is shown while it is read again and when that fails.
        name: What is read, as in "Loading …".
        show: Shows the value.
        empty: The text for a list in which there is nothing.
        empty_text: The text for a failure that isn't announced, where the main part says why.
    """
    failure: h.Node = None
    if loadable.failure:
        failure = _quiet_failure(empty_text) if empty_text else failure_box(loadable.failure)
    value = loadable.value
    if value is None:
        return h.fragment[failure or waiting(state, loadable, name)]
    return h.fragment[failure, h.p(".empty")[empty] if empty and value == () else show(value)]


def _quiet_failure(text: str) -> h.Renderable:
    return h.div(".failure.quiet")[h.p[text], button("Try again", clicks.Retry(), kind="secondary")]


def missing(name: str) -> h.Renderable:
    """There is no such thing, or none that the user may see."""
    return h.div(role="alert", class_="missing")[
        heading(f"No such {name}"),
        h.p[f"There is no such {name}, or you may not see it. Check the link, or ask whoever sent it to you."],
        h.p[h.a(href="#/")["Go to your workspaces"]],
    ]


def heading(text: str) -> h.Renderable:
    """The heading of what is shown, which gets the focus when the user comes there."""
    return h.h1("#main-heading", tabindex="-1", dir="auto")[text]


def more_actions(state: State, *choices: h.Node) -> h.Renderable:
    """What is done seldom, or destroys, in a menu; the browser opens it, and closes it by Escape or a click beside it.

    Args:
        state: The page's state.
        choices: Links and buttons, beside "Refresh".
    """
    return h.fragment[
        h.span("#refreshing.hint", role="status")["Refreshing…" if state.account.refreshing else None],
        h.button(
            {"popovertarget": "more-menu"}, id="more", type="button", class_="secondary icon", aria_label="More actions"
        )[h.span(aria_hidden="true")["⋯"]],
        h.div("#more-menu", {"popover": "auto"})[
            h.button(
                {**on_click(clicks.Refresh()), "aria-disabled": "true" if state.account.refreshing else None},
                id="refresh",
                type="button",
                class_="secondary",
            )["Refresh"],
            list(choices),
        ],
    ]


def step(element_id: str, label: str, sign: str, route: Route | None, *, shortcut: str = "") -> h.Renderable:
    """A link to what comes before or after; without a route it is there, and leads nowhere.

    Args:
        element_id: Its id.
        label: What it says to whoever doesn't see the sign.
        sign: What it shows.
        route: Where it leads.
        shortcut: The key that follows it, which its tooltip makes known.
    """
    mark = h.span(aria_hidden="true")[sign]
    if route is None:
        return h.a(id=element_id, role="link", aria_disabled="true", aria_label=label)[mark]
    return h.a(
        id=element_id,
        href=fragment(route),
        aria_label=label,
        title=label if shortcut else None,
        aria_keyshortcuts=shortcut or None,
    )[mark]


def crumbs(*links: tuple[Route, str]) -> h.Renderable:
    """Where the user is, as links to what it lies in."""
    steps = [
        [" / " if number else None, h.a(href=fragment(to), dir="auto")[text]] for number, (to, text) in enumerate(links)
    ]
    return h.nav(".crumbs", aria_label="Where you are")[steps]


def by_and_when(state: State, byline: Byline | None, at: datetime | None) -> h.Renderable:
    """Who did something and when, in the user's time zone."""
    return h.fragment[
        h.bdi(".who")[(byline and byline.name) or "Somebody"],
        [", ", h.time(datetime=at.isoformat())[field_ui.moment_text(at, state.site.zone, state.site.locale)]]
        if at
        else None,
    ]


def clock_text(state: State, seconds: float) -> str:
    """The time of day of a moment in seconds since 1970."""
    return datetime.fromtimestamp(seconds, UTC).astimezone(state.site.zone).strftime("%H:%M")


def is_missing(failure: Failure | None) -> bool:
    """Whether a failure means that there is no such thing."""
    return failure is not None and failure.kind is Kind.MISSING


def modal(title: str, *body: h.Node, choices: Sequence[h.Node]) -> h.Renderable:
    """The dialog: what it says, and what can be chosen."""
    return h.dialog("#dialog", {"data-modal": True, **on_cancel(clicks.CloseDialog())}, aria_labelledby="dialog-title")[
        h.article[h.h2("#dialog-title")[title], list(body), h.footer[list(choices)]]
    ]


def closing(text: str) -> h.Renderable:
    """The choice of a dialog that changes nothing; it has the focus at first."""
    return h.button(on_click(clicks.CloseDialog()), type="button", class_="secondary", autofocus=True)[text]
