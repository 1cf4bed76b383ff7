"""The strip at the page's foot (renewal, connection, storage), and the questions.

The strip lies over the page and takes no room in it, so that nothing shifts, scrolls or loses the focus when it
changes.
"""

from __future__ import annotations

from collections.abc import Sequence

import htpy as h

from workbench import clicks
from workbench import state as states
from workbench.core.clicks import on_click
from workbench.failures import Kind
from workbench.names import name_of
from workbench.reads import ItemOf, Me, Organizations
from workbench.state import Dialog, Phase, RenewalPhase, State
from workbench.views.drafts import unsent_texts
from workbench.views.parts import button, clock_text, closing, modal
from workbench.views.shortcuts import shortcuts_dialog
from workbench.views.unsent import unsent_banner, unsent_dialog, unsent_list

_CANCEL = ("Cancel", clicks.CancelSignIn())


def strip(state: State) -> h.Renderable:
    """All that is said about the page as a whole."""
    return h.div("#strip.strip")[
        h.div("#strip-renewal")[_renewal(state)],
        h.div("#strip-refusal")[
            h.div(".banner.warn", role="alert")[
                h.p["This page received a sign-in response that it didn’t request. It was ignored."],
                button("Dismiss", clicks.DismissRefusal(), kind="secondary"),
            ]
            if state.refusal
            else None
        ],
        h.div("#strip-connection", role="status")[
            h.p(".banner")["You are offline. What you type is kept; loading goes on when you are connected again."]
            if states.is_cut_off(state)
            else None
        ],
        h.div("#strip-storage", role="status")[
            h.p(".banner.warn")[
                "Your browser's storage is full. Make room: until then, what "
                if state.storage_full
                else "Your browser doesn't let this page store drafts. What ",
                "you type stays on the page, but is lost when you reload or close it.",
            ]
            if state.account.denied_drafts
            else None,
            h.p(".banner.warn")["Your browser doesn't let this page store your sign-in: a reload signs you out."]
            if state.session_unsaved
            else None,
            _unknown_user(state),
        ],
        h.div("#strip-unsent", role="status")[unsent_banner(state)],
        h.div("#strip-note", role="status")[
            h.p(".banner.note")[
                h.span[state.note],
                _undo(state),
                h.button({**on_click(clicks.DismissNote()), "aria-label": "Dismiss"}, type="button", class_="link")[
                    "✕"
                ],
            ]
            if state.note
            else None
        ],
    ]


def _undo(state: State) -> h.Node:
    """Offer to take back the change that the note reports; Ctrl+Z presses it, wherever one can't undo typing."""
    if state.account.latest_settlement is None or states.offered_undo(state) is None:
        return None
    click = clicks.UndoChange(change_id=state.account.latest_settlement.change.change_id)
    return h.button(
        {**on_click(click), "aria-keyshortcuts": "Control+Z"}, id="undo", type="button", class_="link", title="Ctrl+Z"
    )["Undo"]


def _unknown_user(state: State) -> h.Node:
    """Say that it could not be read who is signed in, where nothing else says so: drafts lie under the user."""
    loadable = state.read(Me())
    if (
        loadable.value
        or not loadable.failure
        or loadable.failure.kind is Kind.SIGN_IN
        or state.read(Organizations()).failure
    ):
        return None
    return h.div(".banner.warn")[
        h.p["Podio didn't say who you are. Until it does, what you type is kept on this page only."],
        button("Try again", clicks.Retry(), kind="secondary"),
    ]


def _renewal(state: State) -> h.Node:
    renewal = state.account.renewal
    sign_in_again = button("Sign in again", clicks.SignInAgain(), element_id="sign-in-again")
    match renewal.phase:
        case RenewalPhase.NEEDS_CLICK:
            return _foldable(state, "Your session has expired. Nothing is lost.", sign_in_again, is_alert=True)
        case RenewalPhase.WINDOW_OPEN:
            text = "Finish signing in in the window that opened. This page waits and keeps everything."
            return _foldable(state, text, button(*_CANCEL, kind="secondary"))
        case RenewalPhase.SEEMS_CLOSED:
            return h.div(".banner.warn", role="status")[
                h.p["The sign-in window seems closed."],
                button("Open again", clicks.SignInAgain()),
                button(*_CANCEL, kind="secondary"),
            ]
        case RenewalPhase.CHECKING:
            return h.div(".banner", role="status")[h.p["Checking who signed in…"]]
        case RenewalPhase.ANOTHER_USER:
            return _another_user(state)
        case RenewalPhase.ELSEWHERE:
            return _foldable(state, "You are signing in again in another tab. This page goes on after that.")
        case RenewalPhase.FAILED:
            text = renewal.message or "Signing in again did not work. Nothing is lost."
            return _foldable(state, text, sign_in_again, is_alert=True)
    return _stay(state)


def _foldable(state: State, text: str, *choices: h.Node, is_alert: bool = False) -> h.Renderable:
    """A banner that may stay for long; folded, what can be chosen remains."""
    is_folded = state.strip_folded
    fold = {**on_click(clicks.ToggleStrip()), "aria-expanded": "false" if is_folded else "true"}
    return h.div(
        class_=f"banner{' warn' if is_alert else ''}{' folded' if is_folded else ''}",
        role="alert" if is_alert else "status",
    )[
        h.p[text],
        list(choices),
        h.button(fold, id="fold-strip", type="button", class_="twisty", aria_label="About your session")[
            h.span(aria_hidden="true")["▸" if is_folded else "▾"]
        ],
    ]


def _another_user(state: State) -> h.Renderable:
    renewal, user = state.account.renewal, state.read(Me()).value
    first_name = renewal.user_name or (name_of(user) if user else "the first person")
    other_name = renewal.other_user_name or "somebody else"
    return h.div(".banner.warn", role="alert")[
        h.p[
            "This page was ",
            h.bdi[first_name],
            "’s, but ",
            h.bdi[other_name],
            f" signed in. Nothing was sent in {other_name}’s name.",
        ],
        _sign_out_at_podio(state, first_name, other_name),
        button(f"Sign in again as {first_name}", clicks.SignInAsFirst()),
        button(f"Start afresh as {other_name}", clicks.StartAfresh(), kind="secondary"),
    ]


def _sign_out_at_podio(state: State, first_name: str, other_name: str) -> h.Node:
    """Say why the same user comes back again and again: Podio remembers them, and shows no form."""
    address = state.site.podio_sign_out_url
    if state.account.other_user_times < 2 or not address or states.is_sample(state):
        return None
    return h.p[
        f"Podio itself is still signed in as {other_name}. ",
        h.a(href=address, target="_blank", rel="noopener noreferrer")["Sign out at Podio"],
        f", then sign in again as {first_name}.",
    ]


def _stay(state: State) -> h.Node:
    if state.phase is not Phase.SIGNED_IN:
        return None
    if states.is_expired(state, state.now) or states.waits_for_sign_in(state):
        sign_in_again = button("Sign in again", clicks.SignInAgain(), element_id="sign-in-again")
        return _foldable(state, "Your session has expired.", sign_in_again)
    if state.account.expires_at is None or state.account.expires_at - state.now > states.STAY_SIGNED_IN_WITHIN:
        return None
    text = f"Your session ends at {clock_text(state, state.account.expires_at)}."
    return _foldable(state, text, button("Stay signed in", clicks.StaySignedIn(), kind="secondary"))


def dialog(state: State) -> h.Renderable:
    """The question that is open, as a modal dialog; the loop opens it."""
    return h.div("#dialogs")[_dialog(state)]


def _dialog(state: State) -> h.Node:
    match state.account.dialog:
        case Dialog.SIGN_OUT:
            return _question(
                "Sign out?",
                "What you typed and didn't send is deleted when you sign out:",
                button("Sign out and delete drafts", clicks.SignOutAnyway(), kind="danger"),
                button("Save as a file", clicks.SaveUnsent(), kind="secondary")
                if state.account.outbox.changes
                else None,
                closing("Stay"),
                details=[_names(unsent_texts(state)), unsent_list(state) if state.account.outbox.changes else None],
            )
        case Dialog.UNSENT:
            return unsent_dialog(state)
        case Dialog.SHORTCUTS:
            return shortcuts_dialog(state)
        case Dialog.DELETE_ITEM:
            item = state.read(ItemOf(item_id=getattr(state.route, "item_id", 0))).value
            return _question(
                "Delete this item?",
                f"“{item.title if item else 'This item'}” is deleted in Podio, for everybody, with its comments. "
                "This can't be undone here.",
                button("Delete the item", clicks.ConfirmDeletion(), kind="danger"),
                closing("Keep it"),
            )
        case Dialog.DISCARD_DRAFT:
            return _question(
                "Discard what you typed?",
                _what_is_discarded(state),
                button("Discard it", clicks.ConfirmDiscard(), kind="danger"),
                closing("Keep it"),
            )
        case Dialog.DISCARD_CHANGE:
            return _question(
                "Discard this change?",
                "It isn't in Podio yet, and is not sent any more.",
                button("Discard it", clicks.ConfirmDiscardChange(), kind="danger"),
                closing("Keep it"),
            )
        case Dialog.CANCEL_FORM:
            return _question(
                "Leave this form?",
                "What you typed isn't in Podio yet. It can be kept as a draft for later.",
                button("Discard it", clicks.ConfirmDiscard(), kind="danger"),
                button("Keep the draft", clicks.KeepDraft()),
                closing("Go on editing"),
            )
    return None


def _what_is_discarded(state: State) -> str:
    text = "What you typed here and isn't in Podio yet is deleted."
    is_copied = state.account.dialog_form in state.account.copied_drafts
    return f"{text} Another tab has a draft of it, too, and keeps that." if is_copied else text


def _names(names: Sequence[str]) -> h.Node:
    return h.ul[[h.li[h.bdi[name]] for name in names]] if names else None


def _question(title: str, text: str, *choices: h.Node, details: h.Node = None) -> h.Renderable:
    return modal(title, h.p[text], details, choices=choices)
