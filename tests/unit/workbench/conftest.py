"""A page that is signed in, for the workbench's tests."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable

import pytest
from tests.unit.workbench.driver import NOW, Page, answer_all
from tests.unit.workbench.outbox.desk import Desk, open_desk

from workbench.events import FragmentChanged, Started
from workbench.state import Site

_SITE = Site(client_id="workbench", host="example.com")


@pytest.fixture
def signed_in() -> Callable[..., Page]:
    """Make a page that is signed in and shows a route, with all answers in."""

    def make(
        fragment: str = "#/",
        *,
        but: Iterable[str] = (),
        expires_in: float = 28_800.0,
        site: Site = _SITE,
    ) -> Page:
        page = Page()
        page.take(
            Started(
                site=site,
                fragment=fragment,
                now=NOW,
                signed_in=True,
                user_id=1,
                expires_at=NOW + expires_in,
            )
        )
        answer_all(page, but)
        return page

    return make


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    """Ada and Grace at an emulator."""
    async with open_desk() as desk:
        yield desk


@pytest.fixture
def item_page(signed_in: Callable[..., Page]) -> Page:
    """Make a page that shows an item."""
    return signed_in("#/app/7/item/9")


@pytest.fixture
def go() -> Callable[[Page, str], None]:
    """Go to another route and let Podio answer."""

    def make(page: Page, fragment: str) -> None:
        page.take(FragmentChanged(fragment=fragment))
        answer_all(page)

    return make
