"""What the page listens to, by its state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.unit.workbench.driver import Page

from workbench.events import SessionChanged
from workbench.state import State
from workbench.subscriptions import OutboxOf, Subscription, subscriptions


def test_the_clock_is_looked_at_while_a_sign_in_may_end(signed_in: Callable[..., Page]) -> None:
    assert subscriptions(State()) == {}
    page = signed_in()
    assert subscriptions(page.state) == {Subscription.CLOCK: None, OutboxOf(1): None}
    page.take(SessionChanged(is_signed_in=False))
    assert subscriptions(page.state) == {}


def test_tabs_that_open_are_listened_to_on_an_origin_of_the_site_s_own(signed_in: Callable[..., Page]) -> None:
    state = signed_in().state
    own = replace(state, site=replace(state.site, own_origin=True))
    assert Subscription.TABS in subscriptions(own)
    assert Subscription.TABS not in subscriptions(replace(own, leaving=True))
