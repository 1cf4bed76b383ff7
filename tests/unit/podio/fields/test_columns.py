"""What a grid keeps of a field: the same from the JSON as from the values that were read from it."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from podio.fields import EMPTY_CELL, Cell, column, column_of, column_reader, read_field
from tests.unit.podio.fields.shapes import DATE, DAY, EMBED, EXAMPLES, FILE, ITEM, PERSON, PLACE, SPAN
from tests.unit.podio.fields.test_reading import JSON, TYPES, read

SETTINGS = {
    "options": [{"id": 2, "text": "First"}, {"id": 1, "text": "Second", "status": "deleted"}, None],
    "format": "html",
    "size": "large",
    "time": "disabled",
    "return_type": "text",
}


def cell(kind: str, *entries: Any, **config: Any) -> Cell:
    field = read(kind, *entries, **config).raw
    cell_found = column(field)
    assert cell_found == column_of(read_field(field)) == column_reader(kind, config)(list(entries))
    return cell_found


@pytest.mark.parametrize(("kind", "entries", "values", "json"), EXAMPLES)
@pytest.mark.parametrize("config", [{}, SETTINGS, {"return_type": "number", "size": "small"}])
def test_a_documented_example_and_its_value_have_the_same_cell(
    kind: str, entries: list[Any], values: Any, json: Any, config: Any
) -> None:
    cell(kind, *entries, **config)
    cell(kind, *entries, *entries, **config)


@pytest.mark.parametrize(
    ("kind", "entry", "config", "key", "text", "sort"),
    [
        ("text", {"value": "A &amp; B"}, {}, "A &amp; B", "A & B", "a & b"),
        (
            "text",
            {"value": "<p>A &lt;b&gt;<br/>B</p>"},
            {"size": "large"},
            "<p>A &lt;b&gt;<br/>B</p>",
            "A <b> B",
            "a <b> b",
        ),
        ("text", {"value": "<p>A", "format": "plain"}, {"format": "html"}, "<p>A", "<p>A", "<p>a"),
        ("text", {"value": "*A* <b>", "format": "markdown"}, {}, "*A* <b>", "*A* <b>", "*a* <b>"),
        ("text", {"value": "*A* <b>"}, {"format": "markdown"}, "*A* <b>", "*A* <b>", "*a* <b>"),
        ("text", {"value": "1 <b>"}, {"size": "small"}, "1 <b>", "1 <b>", "1 <b>"),
        ("tag", {"value": "Lamp"}, {}, "Lamp", "Lamp", "lamp"),
        ("number", {"value": "6513.5100"}, {}, Decimal("6513.51"), "6513.51", Decimal("6513.51")),
        ("number", {"value": "-0.0000"}, {}, Decimal(0), "0", Decimal(0)),
        ("money", {"value": "5.0000", "currency": "EUR"}, {}, (Decimal(5), "EUR"), "5 EUR", Decimal(5)),
        ("progress", {"value": 42}, {}, 42, "42%", 42),
        ("duration", {"value": 93784}, {}, 93784, "26:03:04", 93784),
        ("date", DAY, {}, date(2018, 10, 15).toordinal(), "2018-10-15", date(2018, 10, 15).toordinal() * 86_400),
        (
            "date",
            SPAN,
            {},
            date(2014, 12, 11).toordinal(),
            "2014-12-11 23:00 – 2014-12-12 01:30",
            date(2014, 12, 11).toordinal() * 86_400 + 23 * 3600,
        ),
        ("category", {"value": {"id": 1, "text": "B &amp; C"}}, {}, 1, "B & C", "b & c"),
        ("category", {"value": {"id": 1, "text": "Second"}}, SETTINGS, 1, "Second", 1),
        ("category", {"value": {"id": 7, "text": "Unknown"}}, SETTINGS, 7, "Unknown", 2),
        ("contact", {"value": PERSON}, {}, 140798621, "Foo & Bar", "foo & bar"),
        ("contact", {"value": {"user_id": 7}}, {}, ("user", 7), "", ""),
        ("app", {"value": ITEM}, {}, 123, "Leads", "leads"),
        ("file", {"value": FILE}, {}, 195174666, "a.png", "a.png"),
        ("embed", {"embed": EMBED, "file": FILE}, {}, 7, "Example", "example"),
        (
            "embed",
            {"embed": {"url": "https://X.example"}},
            {},
            "https://X.example",
            "https://X.example",
            "https://x.example",
        ),
        ("location", PLACE, {}, PLACE["value"], PLACE["formatted"], str(PLACE["formatted"]).casefold()),
        ("phone", {"value": "+45 1", "type": "pager"}, {}, "+45 1", "+45 1", "+45 1"),
        ("email", {"value": "A@b.c"}, {}, "A@b.c", "A@b.c", "a@b.c"),
        ("calculation", {"value": "5.0000"}, {}, Decimal(5), "5", (0, Decimal(5))),
        ("calculation", {"value": "42"}, {"return_type": "text"}, "42", "42", (1, "42")),
        (
            "calculation",
            DAY,
            {},
            date(2018, 10, 15).toordinal(),
            "2018-10-15",
            (2, date(2018, 10, 15).toordinal() * 86_400),
        ),
        ("state", {"value": "Open"}, {}, "Open", "Open", "open"),
        # What is not understood is still found by its text, and comes last
        ("money", {"value": "5.0000"}, {}, "5.0000", "5.0000", None),
        ("date", {"start": "soon"}, {}, "soon", "soon", None),
        ("contact", {"value": {"name": "A &amp; B"}}, {}, "A & B", "A & B", None),
        ("app", {"value": None}, {}, "", "", None),
        ("hologram", {"value": 10**5000}, {}, "", "", ""),
    ],
)
def test_each_type_keeps_its_key_its_text_and_its_sort_key(
    kind: str, entry: Any, config: Any, key: Any, text: str, sort: Any
) -> None:
    assert cell(kind, entry, **config) == Cell((key,), text, sort)


def test_a_field_with_several_values_has_all_keys_and_sorts_by_the_first() -> None:
    entries = [{"value": {"id": 1, "text": "B"}}, {"value": {"id": 2, "text": ""}}, {"value": {"id": 3, "text": "A"}}]
    assert cell("category", *entries) == Cell((1, 2, 3), "B, A", "b")


def test_an_empty_field_has_the_empty_cell() -> None:
    assert cell("text") == EMPTY_CELL
    assert column(None) == column({"type": "text", "values": None}) == column_reader("text")(None) == EMPTY_CELL


def test_the_cells_of_a_calculation_can_be_sorted_whatever_it_gave() -> None:
    entries: list[Any] = [DAY, {"value": "late"}, {"value": "5.0000"}, {"value": "7.0000"}, SPAN]
    cells = sorted((cell("calculation", entry) for entry in entries), key=lambda cell_found: cell_found.sort)
    assert [cell_found.text[:4] for cell_found in cells] == ["5", "7", "late", "2014", "2018"]


ODD = st.sampled_from(
    [None, 5, -1, 1.5, "x", "", True, [], {}, [None], 2**70, "7", "2014-12-11", float("nan"), "\ud83d"]
)
CONFIG = st.just({}) | st.just(SETTINGS) | st.dictionaries(st.sampled_from(sorted(SETTINGS)), JSON, max_size=3)


@settings(max_examples=500)
@given(kind=st.sampled_from(TYPES), entries=st.lists(JSON, max_size=3) | JSON, config=CONFIG)
@example(kind="calculation", entries={"start": "2014-12-11"}, config={})
@example(kind="hologram", entries={"start": "2014-12-11"}, config={})
def test_json_of_any_shape_and_its_values_have_the_same_cell(kind: str, entries: Any, config: Any) -> None:
    field = {"type": kind, "external_id": "x", "values": entries, "config": {"settings": config}}
    assert column(field) == column_of(read_field(field)) == column_reader(kind, config)(entries)
    hash(column(field))


@settings(max_examples=500)
@given(number=st.integers(0, len(EXAMPLES) - 1), config=CONFIG, data=st.data())
def test_an_example_with_an_odd_part_and_its_value_have_the_same_cell(
    number: int, config: Any, data: st.DataObject
) -> None:
    kind, entries, *_ = EXAMPLES[number]
    entry = json.loads(json.dumps(entries[0]))
    part: Any = entry
    while isinstance(part, dict) and part:
        key = data.draw(st.sampled_from(sorted(part)))
        if not isinstance(part[key], dict) or data.draw(st.booleans()):
            part[key] = data.draw(ODD)
            break
        part = part[key]
    field = {"type": kind, "values": [entry], "config": {"settings": config}}
    assert column(field) == column_of(read_field(field)) == column_reader(kind, config)([entry])


def _spellings() -> list[dict[str, Any]]:
    """Return a span with each of its spellings left out, null, of a whole day, or odd."""
    changes: list[Any] = [None, "2014-12-11", "2014-12-11 23:00", "23:00", "00:00:00", "2014-12-11 00:00:00", 5]
    single = [SPAN | {key: change} for key in SPAN for change in changes]
    return [DATE, DAY, SPAN, *single, *({key: SPAN[key] for key in SPAN if key != left} for left in SPAN)]


@pytest.mark.parametrize("config", [{}, {"time": "disabled"}])
def test_a_date_of_any_spelling_and_its_value_have_the_same_cell(config: Any) -> None:
    for entry in _spellings():
        cell("date", entry, **config)
