"""What a click changes."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from workbench import changes, clicks, effects, reading, routes, sample, screens, submissions
from workbench import state as states
from workbench.clicks import ChangeClick, FormClick, FrameClick, ReadingClick, SessionClick
from workbench.events import Clicked
from workbench.form_drafts import clear_form
from workbench.navigation import go
from workbench.session_transitions import ask_to_sign_out, cancel_sample, sign_out
from workbench.state import Dialog, Phase
from workbench.turn import Turn


def clicked(turn: Turn, event: Clicked) -> None:
    """Take one click."""
    click = event.click
    if isinstance(click, FormClick):
        _form(turn, click, event)
    elif isinstance(click, SessionClick):
        _session(turn, click)
    elif isinstance(click, ReadingClick):
        _reading(turn, click)
    elif isinstance(click, ChangeClick):
        changes.clicked(turn, click, event)
    elif isinstance(click, FrameClick):
        _frame(turn, click)
    else:
        screens.take_click(turn, click)


def _frame(turn: Turn, click: FrameClick) -> None:
    match click:
        case clicks.CloseDialog():
            turn.set_account(dialog=Dialog.NONE, dialog_form="", dialog_change="")
        case clicks.DismissNote():
            turn.set(note="")
        case clicks.DismissRefusal():
            turn.set(refusal=None)
        case clicks.SkipToMain():
            turn.do(effects.Focus(element_id="main-heading"))
        case clicks.ShowShortcuts():
            turn.set(menu_open=False)
            turn.set_account(dialog=Dialog.SHORTCUTS)
        case clicks.ToggleShortcuts():
            turn.set(has_shortcuts=not turn.state.has_shortcuts)
            turn.do(effects.KeepShortcuts(has_shortcuts=turn.state.has_shortcuts))
        case clicks.ToggleMenu():
            turn.set(menu_open=not turn.state.menu_open)
            turn.do(effects.Focus(element_id="side-home" if turn.state.menu_open else "menu"))
        case clicks.ToggleStrip():
            turn.set(strip_folded=not turn.state.strip_folded)
        case clicks.ToggleOrg(org_id=org_id):
            turn.set_account(closed_orgs=turn.account.closed_orgs ^ {org_id})
        case clicks.ToggleSpace(space_id=space_id):
            if space_id in turn.account.expanded:
                turn.set_account(expanded=turn.account.expanded - {space_id})
            elif space_id:
                reading.show_space(turn, space_id)
        case _:
            assert_never(click)


def _session(turn: Turn, click: SessionClick) -> None:
    state = turn.state
    match click:
        case clicks.SignIn():
            if state.phase is Phase.SIGNED_OUT and state.site.client_id and not state.leaving:
                cancel_sample(turn)
                turn.set(leaving=True, warning="")
                turn.do(effects.SignIn(route=routes.fragment(state.route)))
        case clicks.TrySample():
            if state.phase is Phase.SIGNED_OUT and not state.leaving:
                turn.set(refusal=None, warning="", note="")
                turn.do(effects.OpenSample())
        case clicks.CancelSample():
            if state.phase is Phase.SIGNED_OUT:
                cancel_sample(turn)
        case clicks.ExpireSample():
            if states.is_sample(state):
                turn.set(note=sample.EXPIRED)
                turn.do(effects.ExpireSample())
        case clicks.SignOut():
            ask_to_sign_out(turn)
        case clicks.SignOutAnyway():
            sign_out(turn)
        case clicks.SignInAgain() | clicks.StaySignedIn():
            if state.phase is Phase.SIGNED_IN:
                turn.do(effects.OpenSignInWindow())
        case clicks.CancelSignIn():
            turn.do(effects.CancelRenewal())
        case clicks.SignInAsFirst():
            turn.do(effects.SignInAsFirst())
        case clicks.StartAfresh():
            turn.do(effects.StartAfresh())
        case _:
            assert_never(click)


def _reading(turn: Turn, click: ReadingClick) -> None:
    match click:
        case clicks.Retry():
            # With what failed here all else that failed: it mostly did for the same reason.
            reading.retry_failed(turn)
        case clicks.Refresh():
            if not turn.account.refreshing:
                turn.set_account(refreshing=bool(turn.state.route.reads))
                reading.refresh(turn)
        case clicks.StopWaiting(tag=tag):
            if key := reading.waiting_for(turn.state, tag):
                reading.stop(turn, key)
        case _:
            assert_never(click)


def _form(turn: Turn, click: FormClick, event: Clicked) -> None:
    state = turn.state
    match click:
        case clicks.DeleteItem():
            if isinstance(state.route, routes.ItemPage):
                turn.set_account(dialog=Dialog.DELETE_ITEM)
        case clicks.ConfirmDeletion():
            if state.account.dialog is Dialog.DELETE_ITEM and isinstance(state.route, routes.ItemPage):
                turn.set_account(dialog=Dialog.NONE)
                submissions.delete(turn, state.route.item_id, nonce=event.nonce, now=event.now)
        case clicks.CancelForm(form=form):
            if states.is_typed_in(state, form):
                turn.set_account(dialog=Dialog.CANCEL_FORM, dialog_form=form)
            else:
                _leave_form(turn)
        case clicks.KeepDraft():
            turn.set_account(dialog=Dialog.NONE, dialog_form="")
            _leave_form(turn)
        case clicks.Discard(form=form):
            turn.set_account(dialog=Dialog.DISCARD_DRAFT, dialog_form=form)
        case clicks.ConfirmDiscard():
            if state.account.dialog in (Dialog.DISCARD_DRAFT, Dialog.CANCEL_FORM) and (
                form := state.account.dialog_form
            ):
                turn.set_account(dialog=Dialog.NONE, dialog_form="")
                clear_form(turn, form)
                if state.account.dialog is Dialog.CANCEL_FORM:
                    _leave_form(turn)
        case _:
            assert_never(click)


def _leave_form(turn: Turn) -> None:
    """Go from a form to what it was opened from."""
    match turn.state.route:
        case routes.NewItemPage() as route:
            go(turn, route.list_page)
        case routes.ItemPage(editing=True) as route:
            go(turn, replace(route, editing=False))
