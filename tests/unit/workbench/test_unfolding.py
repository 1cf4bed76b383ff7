"""What of the side bar is unfolded."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.unit.workbench.driver import NOW, Page, answer_all
from tests.unit.workbench.test_views import drawn

from workbench import clicks
from workbench.effects import KeepUnfolding
from workbench.events import Clicked, SignOutEnded, Started
from workbench.state import Site
from workbench.unfolding import Unfolding

SignedIn = Callable[..., Page]


def test_what_is_unfolded_is_read_as_it_was_written() -> None:
    unfolding = Unfolding(spaces=frozenset({6, 8}), closed_orgs=frozenset({5}))
    assert Unfolding.from_text(unfolding.to_text()) == unfolding
    assert Unfolding().to_text() == ""


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"spaces": 7}', '{"spaces": ["6", true, -1, 1.5, null, 1e30]}', "[" * 9000]
)
def test_what_makes_no_sense_unfolds_nothing(text: str) -> None:
    assert Unfolding.from_text(text) == Unfolding()


def test_a_workspace_that_is_unfolded_or_folded_is_kept_so(signed_in: SignedIn) -> None:
    page = signed_in()
    effects = page.take(Clicked(click=clicks.ToggleSpace(space_id=6)))
    assert KeepUnfolding(unfolding=Unfolding(spaces=frozenset({6}))) in effects
    assert page.take(Clicked(click=clicks.ToggleSpace(space_id=6))) == [KeepUnfolding(unfolding=Unfolding())]


def test_after_a_sign_out_nothing_is_kept(signed_in: SignedIn) -> None:
    page = signed_in()
    page.take(Clicked(click=clicks.ToggleSpace(space_id=6)))
    assert KeepUnfolding(unfolding=Unfolding()) in page.take(SignOutEnded(warning=""))


def test_what_was_unfolded_is_so_after_a_reload_and_only_the_user_s_own_is_read() -> None:
    page = Page()
    unfolding = Unfolding(spaces=frozenset({6, 999}), closed_orgs=frozenset())
    page.take(
        Started(
            site=Site(client_id="x"),
            fragment="",
            now=NOW,
            signed_in=True,
            user_id=1,
            expires_at=None,
            unfolding=unfolding,
        )
    )
    answer_all(page)
    assert page.calls("/app/space/6/")
    assert not page.calls("/app/space/999/")
    assert drawn(page).all("li", id="side-app-7")
