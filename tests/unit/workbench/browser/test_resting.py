"""What the user rests at: a link on which the pointer or the focus stays, in a tab that is looked at."""

from __future__ import annotations

import asyncio
import importlib
import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from workbench.events import Rested


@pytest.fixture
def browser() -> SimpleNamespace:
    """A tab that is looked at."""
    return SimpleNamespace(
        navigator=SimpleNamespace(connection=SimpleNamespace(saveData=False)),
        document=SimpleNamespace(visibilityState="visible"),
    )


@pytest.fixture
def resting(browser: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module, in that tab, where a moment is no time."""
    monkeypatch.setitem(sys.modules, "js", browser)
    monkeypatch.delitem(sys.modules, "workbench.browser.resting", raising=False)
    module = importlib.import_module("workbench.browser.resting")
    for name in ("_REST", "_IDLE", "_LOOK_AGAIN"):
        monkeypatch.setattr(module, name, 0.0)
    monkeypatch.delitem(sys.modules, "workbench.browser.resting")
    return module


class Element:
    """An element in a link, or in none."""

    def __init__(self, address: str = "") -> None:
        self._address = address

    def closest(self, selector: str) -> Element | None:
        assert selector == "a[href^='#/']"
        return self if self._address else None

    def getAttribute(self, name: str) -> str:  # noqa: N802 - the DOM's name
        return self._address


async def rests_at(resting: ModuleType, *elements: Element) -> list[str]:
    addresses: list[str] = []
    follower: Any = resting.Resting(addresses.append)
    for element in elements:
        follower.came_to(element)
    for _ in range(5):
        await asyncio.sleep(0)
    return addresses


async def test_a_link_at_which_the_user_stays_is_reported_once(resting: ModuleType) -> None:
    assert await rests_at(resting, Element("#/app/7"), Element("#/app/8"), Element("#/app/8")) == ["#/app/8"]
    assert await rests_at(resting, Element("#/app/7"), Element()) == []


async def test_nothing_is_reported_of_a_tab_that_nobody_looks_at(resting: ModuleType, browser: Any) -> None:
    browser.document.visibilityState = "hidden"
    assert not resting.may_read_ahead()
    assert await rests_at(resting, Element("#/app/7")) == []


async def test_that_nothing_happens_is_reported_once_the_tab_is_looked_at(resting: ModuleType, browser: Any) -> None:
    browser.document.visibilityState = "hidden"
    events: list[object] = []
    waiting = asyncio.create_task(resting.rest(events.append))
    for _ in range(20):
        await asyncio.sleep(0)
    assert events == []
    browser.document.visibilityState = "visible"
    await waiting
    assert [type(event) for event in events] == [Rested]


async def test_nothing_is_reported_where_the_user_saves_data(resting: ModuleType, browser: Any) -> None:
    browser.navigator.connection.saveData = True
    assert not resting.may_read_ahead()
    assert await rests_at(resting, Element("#/app/7")) == []


async def test_a_browser_that_knows_nothing_of_saving_data_saves_none(resting: ModuleType, browser: Any) -> None:
    del browser.navigator.connection
    assert resting.may_read_ahead()
