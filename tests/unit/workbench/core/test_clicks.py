"""Clicks as they stand in the document, and as they come back from it: untrusted."""

from __future__ import annotations

import pytest

from workbench.core.clicks import Click, Clicks, PodioUse, on_cancel, on_change, on_click


class Open(Click):
    pass


class PickRow(Click, podio=PodioUse.NONE):
    row_id: int
    column: str


CLICKS: Clicks[Open | PickRow] = Clicks([Open, PickRow])


def test_a_click_is_written_with_its_name_and_what_it_needs() -> None:
    pick = PickRow(row_id=7, column="a b")
    assert on_click(pick) == {"data-on-click": "pick-row", "data-row-id": "7", "data-column": "a b"}
    assert on_cancel(Open()) == {"data-on-cancel": "open"}
    assert on_change(Open) == {"data-on-change": "open"}


def test_what_is_written_is_read_back() -> None:
    assert CLICKS.read("pick-row", {"row_id": "7", "column": "a b"}.get) == PickRow(row_id=7, column="a b")
    assert CLICKS.read("open", {}.get) == Open()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("__proto__", {}),
        ("", {}),
        ("PickRow", {"row_id": "7", "column": "a"}),
        ("pick-row", {"row_id": "7"}),
        ("pick-row", {"row_id": "", "column": "a"}),
        ("pick-row", {"row_id": "-7", "column": "a"}),
        ("pick-row", {"row_id": "7.0", "column": "a"}),
        ("pick-row", {"row_id": "٧", "column": "a"}),
        ("pick-row", {"row_id": "7\n", "column": "a"}),
        ("pick-row", {"row_id": "9" * 17, "column": "a"}),
        ("pick-row", {"row_id": 7, "column": "a"}),
        ("pick-row", {"row_id": "7", "column": None}),
        ("pick-row", {"row_id": "7", "column": "a" * 201}),
    ],
)
def test_what_is_not_declared_so_is_no_click(name: str, data: dict[str, object]) -> None:
    assert CLICKS.read(name, data.get) is None


def test_a_click_calls_podio_unless_it_is_declared_to_do_without() -> None:
    assert (Open.podio_use, PickRow.podio_use) == (PodioUse.CALLS, PodioUse.NONE)


def test_a_field_of_another_kind_can_t_be_declared() -> None:
    with pytest.raises(KeyError):

        class Odd(Click):
            when: float
