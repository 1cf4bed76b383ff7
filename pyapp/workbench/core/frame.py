"""The page's steps, ``(state, event) -> (state, effects)``, and drawings, each of which may fail and break no other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from workbench.core.faults import Activity, Fault, fault_of

StateT = TypeVar("StateT")
EventT = TypeVar("EventT")
EffectT = TypeVar("EffectT")
DrawingT = TypeVar("DrawingT")


class Frame(Generic[StateT, EventT, EffectT, DrawingT]):
    """The state, and the only two ways in which the page uses it.

    Args:
        state: What the page begins with.
        update: Takes one event.
        view: Says how a state is drawn.
        report: Gets each fault; ``None`` once the page is drawn again after a drawing that failed.
    """

    def __init__(
        self,
        state: StateT,
        *,
        update: Callable[[StateT, EventT], tuple[StateT, tuple[EffectT, ...]]],
        view: Callable[[StateT], DrawingT],
        report: Callable[[Fault | None], None],
    ) -> None:
        self.state = state
        self._update = update
        self._view = view
        self._report = report
        self._is_drawing_broken = False

    def step(self, event: EventT) -> tuple[EffectT, ...]:
        """Take an event and return its effects; where that fails, the state stays and there are none."""
        try:
            self.state, effects = self._update(self.state, event)
        except Exception as error:
            self._report(fault_of(error, Activity.STEP))
            return ()
        return effects

    def draw(self, show: Callable[[DrawingT], None]) -> bool:
        """Show the state; where that fails, what is on screen stays. Return whether it was shown."""
        try:
            show(self._view(self.state))
        except Exception as error:
            self._is_drawing_broken = True
            self._report(fault_of(error, Activity.DRAWING))
            return False
        if self._is_drawing_broken:
            self._is_drawing_broken = False
            self._report(None)
        return True
