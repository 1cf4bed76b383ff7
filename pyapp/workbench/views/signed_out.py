"""The page for whoever isn't signed in."""

from __future__ import annotations

import htpy as h

from workbench import clicks, routes
from workbench.state import RenewalPhase, SignInRefusal, State
from workbench.views.parts import button, mark

_KEYS = "https://podio.com/settings/api"
_KEPT_IN_TAB = "Your sign-in is kept in this tab's session storage only. It is gone when you close the tab or sign out."
_KEPT_IN_TABS = (
    "Your sign-in is kept in the session storage of this site's open tabs only. "
    "It is gone when you close them or sign out."
)
_ADVICE = {
    "access_denied": "You (or Podio on your behalf) refused access. Sign in again and choose “Grant access” to go on.",
    "invalid_answer": "Start again with the button below. Nothing of that answer was kept.",
    "unauthorized_client": "The site's owner must check the client id and the domain registered for it at Podio.",
    "invalid_client": "The site's owner must check the client id in config.json.",
    "invalid_request": "Start again with the button below. If it happens again, tell the site's owner.",
    "invalid_scope": "Tell the site's owner: Podio doesn't know the access that this page asks for.",
    "server_error": "Podio has a problem. Wait a little and sign in again.",
    "temporarily_unavailable": "Podio is busy. Wait a little and sign in again.",
}


def signed_out(state: State) -> h.Renderable:
    """What this is, and the way in."""
    site = state.site
    return h.fragment[
        h.header("#top.top")[h.div(".brand")[mark(), h.strong[site.title]]],
        h.main("#main.welcome", tabindex="-1")[
            h.div(".card")[
                h.h1("#main-heading", tabindex="-1")[site.title],
                h.p(".lead")["Work with your Podio workspaces, apps and items, straight from your browser."],
                _messages(state),
                h.p(".site-notice")[site.notice] if site.notice else None,
                _way_in(state) if site.client_id else _for_the_owner(state),
                _sample(state),
                h.ul(".promises")[
                    h.li["This is a static page: what you see and type goes to Podio and nowhere else."],
                    h.li[_KEPT_IN_TABS if site.own_origin else _KEPT_IN_TAB],
                    h.li["What you type is kept in this browser until it is sent, so that nothing gets lost."],
                ],
            ],
        ],
    ]


def _messages(state: State) -> h.Renderable:
    refusal = state.refusal
    return h.div("#sign-in-messages")[
        h.div(".failure", role="alert")[
            h.h2["You are not signed in"],
            _refusal(refusal) if refusal.description else None,
            h.p[_ADVICE.get(refusal.code, "Sign in again to go on. If it happens again, tell the site's owner.")],
            h.p(".said")["Error code: ", h.code[refusal.code]],
        ]
        if refusal
        else None,
        h.div(".failure", role="alert")[h.p[state.warning]] if state.warning else None,
        h.p(".note-box", role="status")[state.note] if state.note else None,
        h.p(".note-box", role="status")["You are offline. Sign in when you are connected again."]
        if not state.online
        else None,
    ]


def _refusal(refusal: SignInRefusal) -> h.Renderable:
    """The reason: Podio's words as such, the library's own as ours."""
    if refusal.code == "invalid_answer":
        return h.p[refusal.description]
    return h.p["Podio says: ", h.q[refusal.description]]


def _way_in(state: State) -> h.Renderable:
    return h.div(".actions")[
        button("Sign in with Podio", clicks.SignIn(), element_id="sign-in", kind="main"),
        h.p(".hint", role="status")["Going to Podio…"] if state.leaving else None,
        h.p(".hint")["You will be taken to where the link leads after you sign in."]
        if routes.is_deep(state.route)
        else None,
    ]


def _sample(state: State) -> h.Renderable:
    """A look at everything without Podio."""
    content: h.Node
    phase = state.account.renewal.phase
    match phase:
        case RenewalPhase.WINDOW_OPEN | RenewalPhase.SEEMS_CLOSED:
            content = [
                h.p(role="status")["Choose in the window that opened who you want to be. This page waits."],
                h.div(".actions")[
                    button("Open the window again", clicks.TrySample(), kind="secondary")
                    if phase is RenewalPhase.SEEMS_CLOSED
                    else None,
                    button("Cancel", clicks.CancelSample(), kind="secondary"),
                ],
            ]
        case RenewalPhase.CHECKING:
            content = h.p(role="status")[h.span({"aria-busy": "true"})["Opening the sample data…"]]
        case _:
            content = [
                h.p(".failure", role="alert")[
                    "The browser opened no window. Allow pop-up windows for this site, then try again: "
                    "who you are is asked in a window, as at Podio."
                ]
                if phase is RenewalPhase.NEEDS_CLICK
                else None,
                h.p(".failure", role="alert")[state.account.renewal.message] if phase is RenewalPhase.FAILED else None,
                h.p["Look around without a Podio account: the sample is made up and lies in this page's memory only."],
                h.div(".actions")[
                    button("Try sample data", clicks.TrySample(), element_id="try-sample", kind="secondary")
                ],
            ]
    return h.section("#sample.sample-offer", aria_labelledby="sample-heading")[
        h.h2("#sample-heading")["Sample data"], content
    ]


def _for_the_owner(state: State) -> h.Renderable:
    return h.section(".steps", aria_labelledby="owner-heading")[
        h.h2("#owner-heading")["This site isn't connected to Podio yet"],
        h.p["Nobody can sign in here until the site's owner has done this once:"],
        h.ol[
            h.li[
                "Open ",
                h.a(href=_KEYS, target="_blank", rel="noopener noreferrer")[_KEYS],
                " and create an API key for the domain ",
                h.code[state.site.host or "of this site"],
                ".",
            ],
            h.li[
                "Put the client id that Podio shows into ",
                h.code["config.json"],
                " beside this page: ",
                h.code['{"client_id": "your-client-id"}'],
                ". The client secret isn't needed and must not be put there.",
            ],
            h.li["Reload this page."],
        ],
    ]
