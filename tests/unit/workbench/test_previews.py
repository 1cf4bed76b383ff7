"""What is said under a field while it is typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.unit.workbench.driver import Page
from tests.unit.workbench.intl import LOCALES

from workbench.events import Typed
from workbench.page_view import page as draw
from workbench.previews import saved_as, shows_more
from workbench.state import State


def type_in(state: State, text: str, form: str = "edit:item:9", control: str = "f2") -> tuple[State, Typed]:
    """Type into a control; return what the page is then."""
    page, event = Page(state), Typed(form=form, control=control, text=text)
    page.take(event)
    return page.state, event


@pytest.fixture
def editing(signed_in: Callable[..., Page]) -> State:
    return signed_in("#/app/7/item/9/edit").state


def test_a_number_that_could_be_another_says_what_will_be_saved(editing: State) -> None:
    state, _ = type_in(editing, "1,250")
    assert saved_as(state, "edit:item:9", "f2") == "1250"
    html = str(draw(state))
    assert "Will be saved as 1250" in html
    assert 'aria-describedby="edit-9-f2-note"' in html


def test_what_is_said_follows_the_browser_s_locale(editing: State) -> None:
    danish = replace(editing, site=replace(editing.site, locale=LOCALES["da"]))
    state, _ = type_in(danish, "1.250")
    assert saved_as(state, "edit:item:9", "f2") == "1250"
    assert saved_as(type_in(danish, "12,5")[0], "edit:item:9", "f2") == ""


def test_a_key_that_changes_nothing_of_what_is_said_draws_nothing(editing: State) -> None:
    events = []
    state = editing
    for text in ("1", "1,", "1,2", "1,25", "1,250", "1,250"):
        before = state
        state, event = type_in(state, text)
        events.append(shows_more(event, before, state))
    assert events == [False, False, True, True, True, False]


def test_a_currency_that_was_chosen_changes_what_is_said_under_the_amount(
    signed_in: Callable[..., Page],
) -> None:
    state, _ = type_in(signed_in("#/app/7/new").state, "€5", "new:app:7", "f4")
    before, _ = type_in(state, "USD", "new:app:7", "f4.currency")
    after, event = type_in(before, "EUR", "new:app:7", "f4.currency")
    assert saved_as(before, "new:app:7", "f4") == "5 EUR"
    assert saved_as(after, "new:app:7", "f4") == ""
    assert shows_more(event, before, after)


@pytest.mark.parametrize("control", ["text", "f99", "f", "", "fx", "f2.part", "f\u00b2"])
def test_a_control_of_no_field_says_nothing(editing: State, control: str) -> None:
    state, _ = type_in(editing, "1,250", control=control)
    assert saved_as(state, "edit:item:9", control) == ""
    assert saved_as(type_in(editing, "1,250", "comment:item:9", control)[0], "comment:item:9", control) == ""
