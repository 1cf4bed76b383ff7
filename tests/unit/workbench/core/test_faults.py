"""What may be shown of an error in the page."""

from __future__ import annotations

import pytest

from workbench.core.faults import Activity, fault_of


def raise_with(secret: str) -> None:
    raise ValueError(f"could not read {secret}")


def test_a_fault_names_the_error_and_its_places_and_no_value_that_it_met() -> None:
    with pytest.raises(ValueError, match="canary") as raised:
        raise_with("canary")
    fault = fault_of(raised.value, Activity.STEP)
    assert (fault.activity, fault.name) == (Activity.STEP, "ValueError")
    assert fault.places[-1].endswith("in raise_with")
    assert "canary" not in repr(fault)
    assert fault.details.splitlines()[0] == "ValueError"


def test_the_library_s_places_are_taken_from_its_note_and_no_other_note_is() -> None:
    error = ValueError()
    error.add_note("Passed through podio._calls, line 9.")
    error.add_note("canary")
    assert fault_of(error, Activity.WORK).places == ("Passed through podio._calls, line 9.",)


def test_endless_recursion_leaves_a_readable_fault() -> None:
    def again() -> None:
        again()

    with pytest.raises(RecursionError) as raised:
        again()
    assert len(fault_of(raised.value, Activity.DRAWING).places) <= 40
