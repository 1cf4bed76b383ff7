"""The whole page: ``state -> HTML``."""

from __future__ import annotations

import htpy as h

from workbench import clicks, screens
from workbench import state as states
from workbench.core.clicks import on_click
from workbench.core.parts import part
from workbench.names import name_of
from workbench.reads import Me
from workbench.state import Phase, State
from workbench.views.parts import button, mark
from workbench.views.people import avatar
from workbench.views.session import dialog, strip
from workbench.views.side_bar import side_bar
from workbench.views.signed_out import signed_out
from workbench.views.unsent import unsent


def page(state: State) -> h.Node:
    """All that lies in ``#app``."""
    if state.phase is Phase.SIGNED_OUT:
        return signed_out(state)
    if state.phase is Phase.LOADING:
        return h.main(".boot")[h.h1[state.site.title], h.p(role="status")["Going to Podio…"]]
    return h.fragment[
        h.button(on_click(clicks.SkipToMain()), id="skip", type="button", class_="skip")["Skip to the content"],
        part(_header, state),
        _sample_banner() if states.is_sample(state) else None,
        h.div("#frame.frame", {"data-shortcuts": "on" if state.has_shortcuts else "off"})[
            part(side_bar, state),
            h.div(on_click(clicks.ToggleMenu()), id="backdrop", class_="backdrop") if state.menu_open else None,
            h.main("#main.scroll", data_keep_scroll=True)[h.div("#content.content")[part(screens.content, state)]],
        ],
        part(strip, state),
        part(dialog, state),
    ]


def _header(state: State) -> h.Renderable:
    user = state.read(Me()).value
    return h.header("#top.top")[
        h.button(
            {**on_click(clicks.ToggleMenu()), "aria-expanded": "true" if state.menu_open else "false"},
            id="menu",
            type="button",
            class_="menu secondary icon",
            aria_controls="side",
            aria_label="Workspaces and apps",
        )[h.span(aria_hidden="true")["☰"]],
        h.a("#brand.brand", href="#/")[mark(), h.strong[state.site.title]],
        h.div(".me")[
            avatar(name_of(user), user.image_link) if user else None,
            h.span("#me-name.me-name", title=user.mail if user else None)[name_of(user) if user else ""],
            unsent(state),
            button(
                "Signing out…" if state.leaving else "Sign out",
                clicks.SignOut(),
                element_id="sign-out",
                kind="secondary",
            ),
        ],
    ]


def _sample_banner() -> h.Renderable:
    """Say all the time that nothing of this is real, and show what a real sign-in does when it expires."""
    return h.aside("#sample-banner.sample-banner", aria_label="Sample data")[
        h.p[h.strong["Sample data:"], " nothing here is real; nothing leaves this page."],
        h.div(".sample-actions")[
            button("Let the sign-in expire now", clicks.ExpireSample(), kind="secondary"),
            button("Leave", clicks.SignOut(), element_id="sample-leave", kind="secondary"),
        ],
    ]


def title(state: State) -> str:
    """Return the document's title: the place first, for it is what tabs have room for."""
    name = state.site.title
    if state.phase is not Phase.SIGNED_IN:
        return name
    place = screens.title(state)
    return f"{place} · {name}" if place else name
