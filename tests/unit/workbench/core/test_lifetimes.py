"""Subscriptions and islands live as long as the state wants them."""

from __future__ import annotations

import pytest

from workbench.core.lifetimes import ActiveSubscription, Lifetimes


class Islands:
    """Islands that write down what happens to them."""

    def __init__(self) -> None:
        self.log: list[str] = []
        self.follow = Lifetimes(self.mount).follow

    def mount(self, key: str, properties: int) -> Island:
        self.log.append(f"mount {key} {properties}")
        return Island(key, self.log)

    def after(self, properties: dict[str, int]) -> list[str]:
        self.log.clear()
        self.follow(properties)
        return list(self.log)


class Island:
    def __init__(self, key: str, log: list[str]) -> None:
        self.key, self.log = key, log

    def update(self, properties: int) -> None:
        self.log.append(f"update {self.key} {properties}")

    def stop(self) -> None:
        self.log.append(f"unmount {self.key}")


def test_what_is_wanted_is_mounted_once_updated_when_it_changes_and_unmounted_when_it_is_not_wanted() -> None:
    islands = Islands()
    assert islands.after({}) == []
    assert islands.after({"grid": 1}) == ["mount grid 1"]
    assert islands.after({"grid": 1}) == []
    assert islands.after({"grid": 2, "chart": 1}) == ["update grid 2", "mount chart 1"]
    assert islands.after({"chart": 1}) == ["unmount grid"]
    assert islands.after({"grid": 2}) == ["unmount chart", "mount grid 2"]


def test_one_that_can_t_be_started_is_tried_again_with_the_next_step() -> None:
    attempts: list[str] = []

    def start(key: str, properties: None) -> ActiveSubscription:
        attempts.append(key)
        if len(attempts) == 1:
            raise OSError
        return ActiveSubscription(lambda: attempts.append("stopped"))

    follow = Lifetimes(start).follow
    with pytest.raises(OSError):
        follow({"push": None})
    follow({"push": None})
    follow({"push": None})
    follow({})
    assert attempts == ["push", "push", "stopped"]
