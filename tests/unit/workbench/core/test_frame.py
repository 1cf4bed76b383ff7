"""A step or a drawing that fails changes nothing, and says so."""

from __future__ import annotations

from workbench.core.faults import Activity, Fault
from workbench.core.frame import Frame


def update(state: int, event: int) -> tuple[int, tuple[str, ...]]:
    return state + 100 // event, ("sound",)


def view(state: int) -> str:
    return f"{100 // (state - 20)}"


class Screen:
    def __init__(self) -> None:
        self.shown: list[str] = []
        self.faults: list[Fault | None] = []
        self.frame: Frame[int, int, str, str] = Frame(0, update=update, view=view, report=self.faults.append)


def test_a_step_gives_its_effects_and_the_next_state() -> None:
    screen = Screen()
    assert screen.frame.step(10) == ("sound",)
    assert screen.frame.state == 10
    assert screen.faults == []


def test_a_step_that_fails_leaves_the_state_without_effects_and_is_reported() -> None:
    screen = Screen()
    screen.frame.step(10)
    assert screen.frame.step(0) == ()
    assert screen.frame.state == 10
    [fault] = screen.faults
    assert fault is not None
    assert (fault.activity, fault.name) == (Activity.STEP, "ZeroDivisionError")
    assert screen.frame.step(10) == ("sound",)


def test_a_drawing_that_fails_is_reported_until_one_succeeds() -> None:
    screen = Screen()
    assert screen.frame.draw(screen.shown.append)
    screen.frame.step(5)
    assert not screen.frame.draw(screen.shown.append)
    assert [fault and fault.activity for fault in screen.faults] == [Activity.DRAWING]
    screen.frame.step(5)
    assert screen.frame.draw(screen.shown.append)
    assert screen.faults[1:] == [None]
    assert screen.shown == ["-5", "5"]


def test_a_screen_that_can_t_show_what_is_drawn_is_reported_as_well() -> None:
    def broken(drawing: str) -> None:
        raise RuntimeError(drawing)

    screen = Screen()
    assert not screen.frame.draw(broken)
    assert [fault and fault.name for fault in screen.faults] == ["RuntimeError"]
