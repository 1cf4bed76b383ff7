"""Places of the tab's history."""

from __future__ import annotations

import pytest

from workbench.places import Place, read_place, write_place


def test_a_place_is_read_as_it_was_written() -> None:
    place = Place(scroll={"main": 120.5, "rows-scroll.left": 40}, focus="row-9")
    assert read_place(write_place("e1", place)) == ("e1", place)


@pytest.mark.parametrize(
    "text",
    [
        None,
        7,
        "",
        "[]",
        "{",
        "null",
        '{"entry": 1, "scroll": {}}',
        '{"entry": "e1", "scroll": []}',
        "{}",
        "x" * 5000,
        "[" * 4000,
    ],
)
def test_what_is_no_place_is_none(text: object) -> None:
    assert read_place(text) is None


def test_of_a_strange_place_only_sound_parts_count() -> None:
    scroll = '{"main": 1e999, "x y": 3, "side": -1, "rows": "7", "item": 8, "q": null, "far": 1' + "0" * 400 + "}"
    text = f'{{"entry": "e1", "focus": "a b", "scroll": {scroll}}}'
    assert read_place(text) == ("e1", Place(scroll={"item": 8.0}, focus=""))
