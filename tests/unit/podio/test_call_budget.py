"""The call budget's decisions: when a call may go, by what is left and since when."""

from __future__ import annotations

import re
from typing import Any

import pytest

from podio import LocalCallBudget
from podio._call_gate import kind_of
from podio._retry_policy import Limits
from podio.call_budget import HOUR, MOST_UNSEEN, BudgetState, Turn, close, note, take
from podio_emulator.api import OPERATIONS

NOW = 1_000_000.0


def after(
    remaining: int | None, *, limit: int = 100, state: BudgetState | None = None, now: float = NOW
) -> BudgetState:
    """Return the state once a call was made whose response says what is left."""
    state, turn = take(state or BudgetState(), "ordinary", now)
    return note(state, turn, None if remaining is None else Limits(limit=limit, remaining=remaining), now)


def pause(state: BudgetState, now: float = NOW, **options: Any) -> float:
    return take(state, "ordinary", now, **options)[1].seconds


@pytest.mark.parametrize("remaining", [99, 51, 50])
def test_nothing_waits_while_half_is_left(remaining: int) -> None:
    assert pause(after(remaining)) == 0


def test_pauses_grow_the_less_is_left_and_end_with_the_hour() -> None:
    pauses = [pause(after(remaining)) for remaining in (49, 40, 25, 10, 1)]
    assert pauses == sorted(pauses)
    assert 0 < pauses[0] < 5
    assert pause(after(0)) == HOUR


def test_what_was_sent_since_is_not_left_any_more() -> None:
    state = after(53)
    turns = []
    for _ in range(3):
        state, turn = take(state, "ordinary", NOW)
        turns.append(turn)
    assert [turn.seconds for turn in turns] == [0, 0, 0]
    assert pause(state) == 0
    state, _ = take(state, "ordinary", NOW)
    assert pause(state) > 0
    assert turns[-1].limits == Limits(limit=100, remaining=50)
    # The responses say the same, in whatever order they come.
    for turn, remaining in zip(reversed(turns), (50, 51, 52), strict=True):
        state = note(state, turn, Limits(limit=100, remaining=remaining), NOW)
    assert state.counts["ordinary"].left == 49


def test_others_calls_are_found_out_by_the_next_response() -> None:
    assert pause(after(5, state=after(99))) > 0


def test_a_new_hour_begins_when_a_response_says_so_or_an_hour_has_passed() -> None:
    low = after(0)
    assert pause(after(99, state=low, now=NOW + 900), NOW + 900) == 0
    assert pause(low, NOW + HOUR - 1) > 0
    assert pause(low, NOW + HOUR) == 0


def test_a_share_of_nothing_slows_nothing_down() -> None:
    assert pause(after(0), slow_below=0) == 0
    for wrong in (-0.1, 1.1, float("nan")):
        with pytest.raises(ValueError, match="share"):
            LocalCallBudget(slow_below=wrong)


def test_only_a_few_calls_go_out_before_the_first_response() -> None:
    state = BudgetState()
    for _ in range(MOST_UNSEEN):
        state, turn = take(state, "ordinary", NOW)
        assert turn.seconds == 0
    assert take(state, "ordinary", NOW)[1].cause == "unseen"
    assert pause(state, NOW + 1) == 0, "nobody waits for long for a response that doesn't come"
    assert pause(note(state, turn, Limits(limit=100, remaining=80), NOW)) == 0
    assert pause(note(state, turn, None, NOW)) == 0, "a page's responses say nothing"


def test_a_refusal_closes_for_all_kinds_and_what_comes_after_is_a_new_hour() -> None:
    state = close(after(0), 300, NOW)
    assert [take(state, kind, NOW)[1].cause for kind in ("ordinary", "rate_limited")] == ["refused", "refused"]
    assert pause(state, NOW + 100) == 200
    assert close(state, 10, NOW + 100) == state, "a shorter one changes nothing"
    late = note(state, Turn(kind="ordinary", ticket=1), Limits(limit=100, remaining=0), NOW + 200)
    assert pause(late, NOW + 300) == 0


def test_a_clock_that_was_put_back_holds_nobody_up_for_good() -> None:
    state = BudgetState()
    for _ in range(MOST_UNSEEN):
        state, _ = take(state, "ordinary", NOW)
    assert pause(state, NOW - 5000) == 0


def test_a_state_survives_as_text_and_a_damaged_one_counts_as_nothing() -> None:
    state = close(after(3, state=after(None)), 300, NOW)
    assert BudgetState.from_json(state.to_json()) == state
    for text in ("", "{", "[]", "{}", '{"closed_until": "x", "counts": {}}', '{"closed_until": 1, "counts": {"a": 1}}'):
        assert BudgetState.from_json(text) == BudgetState()
    odd = state.to_json().replace('"taken": 2', '"taken": "2"')
    assert odd != state.to_json()
    assert BudgetState.from_json(odd) == BudgetState()


@pytest.mark.parametrize("names", ["{id}", "{app_id}"])
def test_what_podio_counts_apart_is_known_by_its_operation(names: str) -> None:
    for operation in OPERATIONS:
        template = re.sub(r"\{[^}]+\}", names, operation.path)
        if "/stream/{" in template and operation.path.startswith("/stream/{ref_type}"):
            continue
        assert (kind_of(operation.method, template) == "rate_limited") is operation.heavy, (operation.method, template)
