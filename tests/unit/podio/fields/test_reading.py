"""From Podio's JSON to Python values: the documented examples, and whatever else an answer may hold."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from podio.fields import (
    READ_ONLY,
    Contact,
    DateValue,
    Email,
    Embed,
    FieldValue,
    FieldValueError,
    ItemValues,
    Option,
    Phone,
    RawValue,
    Text,
    column_of,
    item_values,
    options,
    read_field,
    write_value,
)
from tests.unit.podio.fields.shapes import DATE, DAY, EXAMPLES, FILE, PERSON, PLACE

TYPES = sorted({kind for kind, *_ in EXAMPLES} | {"calculation", "separator"})


def read(kind: str, *entries: Any, **settings: Any) -> FieldValue:
    return read_field(
        {
            "field_id": 42,
            "type": kind,
            "external_id": "budget",
            "label": "Budget",
            "config": {"settings": settings},
            "values": list(entries),
        }
    )


@pytest.mark.parametrize(("kind", "entries", "values", "json"), EXAMPLES)
def test_the_documented_examples_are_read(kind: str, entries: list[Any], values: Any, json: Any) -> None:
    assert read(kind, *entries).values == values


def test_a_field_says_what_it_is() -> None:
    field = read("money", {"value": "1.0000", "currency": "EUR"}, allowed_currencies=["EUR"])
    assert (field.type, field.field_id, field.external_id, field.label) == ("money", 42, "budget", "Budget")
    assert field.settings == {"allowed_currencies": ["EUR"]}
    assert field.raw["config"]["settings"] is field.settings


@pytest.mark.parametrize(("kind", "entries", "values", "json"), EXAMPLES)
def test_what_a_value_was_read_from_stays_within_reach(kind: str, entries: Any, values: Any, json: Any) -> None:
    entries = [entry | {"added_by_podio_later": 1} for entry in entries]
    field = read(kind, *entries)
    assert field.raw["values"] == entries
    for value, entry in zip(field.values, entries, strict=True):
        if hasattr(value, "raw"):
            assert value.raw == entry


def test_the_json_behind_a_value_counts_neither_for_equality_nor_for_its_repr() -> None:
    value = read("category", {"value": {"id": 1, "text": "A", "secret_note": "x"}}).of(Option)[0]
    assert value == Option(id=1, text="A")
    assert hash(value) == hash(Option(id=1, text="A"))
    assert "secret_note" not in repr(value)


def test_entities_in_names_and_texts_stay_as_podio_wrote_them() -> None:
    assert read("contact", {"value": PERSON}).of(Contact)[0].name == "Foo &amp; Bar"
    assert str(read("text", {"value": "a &lt; b"}).value) == "a &lt; b"


# Numbers


@pytest.mark.parametrize("text", ["0.0000", "-0.0000", "6513.5100", "007", "9" * 100, "-1." + "3" * 100])
def test_a_number_keeps_every_digit(text: str) -> None:
    assert str(read("number", {"value": text}).value) == str(Decimal(text))


@pytest.mark.parametrize("number", [5, -7, 0, 6513.51, 10**99])
def test_a_number_that_comes_as_a_json_number_is_read_too(number: float) -> None:
    assert read("number", {"value": number}).value == Decimal(str(number))


@pytest.mark.parametrize(
    "odd",
    [None, "", "x", "1e5", "1e999999999", "NaN", "Infinity", "1_000", "1,5", "٣", " 1", True, [], {}, 10**400, 1e300],
)
def test_what_is_no_number_passes_through(odd: object) -> None:
    entry = {"value": odd}
    assert read("number", entry).values == (RawValue(raw=entry),)
    assert read("money", entry | {"currency": "EUR"}).of(RawValue)


def test_a_json_number_that_is_none_or_beyond_all_measure_passes_through() -> None:
    assert read("number", {"value": 10**5000}).of(RawValue)
    for odd in (float("nan"), float("inf")):
        for kind in ("number", "progress", "duration"):
            assert len(read(kind, {"value": odd}).of(RawValue)) == 1


@pytest.mark.parametrize(
    ("settings", "entry", "value"),
    [
        ({}, {"value": "111.0000"}, Decimal("111.0000")),
        ({"return_type": "number"}, {"value": "111.0000"}, Decimal("111.0000")),
        ({"return_type": "text"}, {"value": "42"}, Text(value="42")),
        ({}, {"value": "late"}, Text(value="late")),
        ({"return_type": "date"}, DAY, DateValue(start=date(2018, 10, 15))),
        ({}, {"value": None}, RawValue(raw={"value": None})),
    ],
)
def test_a_calculation_is_read_as_what_it_gives(settings: Any, entry: Any, value: Any) -> None:
    assert read("calculation", entry, **settings).value == value


# Dates


def test_a_midnight_without_a_time_is_a_whole_day_and_one_with_a_time_is_not() -> None:
    day = read("date", DAY).of(DateValue)[0]
    midnight = read("date", DAY | {"start_time": "00:00:00"}).of(DateValue)[0]
    assert (day.start, type(day.start)) == (date(2018, 10, 15), date)
    assert midnight.start == datetime(2018, 10, 15)


@pytest.mark.parametrize(
    ("entry", "start"),
    [
        ({"start": "2014-12-11 23:00:00"}, datetime(2014, 12, 11, 23)),
        ({"start": "2014-12-11 23:00"}, datetime(2014, 12, 11, 23)),
        ({"start": "2014-12-11"}, date(2014, 12, 11)),
        ({"start_date": "2014-12-11", "start_time": "23:00:00"}, datetime(2014, 12, 11, 23)),
        ({"start_date": "2014-12-11"}, date(2014, 12, 11)),
        ({"start": "2014-12-11", "start_time": "23:00:00"}, datetime(2014, 12, 11, 23)),
        ({"start": "2014-12-11 23:00:00", "start_date": "2014-12-11"}, datetime(2014, 12, 11, 23)),
        ({"start_utc": "2014-12-11 22:00:00"}, datetime(2014, 12, 11, 22, tzinfo=UTC)),
        ({"start_utc": "2014-12-11"}, date(2014, 12, 11)),
        (DATE | dict.fromkeys(("end", "end_date", "end_time", "end_utc")), datetime(2014, 12, 11, 23)),
    ],
)
def test_a_date_is_read_from_whichever_spellings_are_there(entry: Any, start: date) -> None:
    value = read("date", entry).of(DateValue)[0]
    assert (value.start, value.end) == (start, None)


@pytest.mark.parametrize(
    ("entry", "start"),
    [
        ({"start": "2014-12-11 00:00:00"}, date(2014, 12, 11)),
        ({"start": "2014-12-11 00:00:00", "start_date": "2014-12-11"}, date(2014, 12, 11)),
        ({"start_utc": "2014-12-11 00:00:00"}, date(2014, 12, 11)),
        ({"start": "2014-12-11 23:00:00"}, datetime(2014, 12, 11, 23)),
        ({"start": "2014-12-11 00:00:00", "start_time": "00:00:00"}, datetime(2014, 12, 11)),
        (DATE | {"start_time": "23:00:00"}, datetime(2014, 12, 11, 23)),
    ],
)
def test_a_midnight_alone_is_a_whole_day_in_a_field_without_times(entry: Any, start: date) -> None:
    """But nothing that Podio says of a time is lost, also where the settings have changed since."""
    value = read("date", entry, time="disabled").of(DateValue)[0]
    assert (value.start, type(value.start)) == (start, type(start))


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"start": None},
        {"start": 5},
        {"start": "soon"},
        {"start": "2014-13-41"},
        {"start": "2014-12-11T23:00:00Z"},
        {"start": "20141211"},
        {"start": "2014-12-11 25:00:00"},
        {"start": "2014-12-11 "},
        {"start_time": "23:00:00"},
        {"start_date": "2014-12-11", "start_time": 23},
        {"end": "2014-12-11"},
        {"start": "2014-12-11", "end": "later"},
        {"start": "2014-12-11", "start_utc": "x"},
        DATE | {"start_date": "2014-12-12"},
        DATE | {"start_time": "22:00:00"},
        {"start_utc": "2014-12-11 22:00:00", "end": "2014-12-12 22:00:00"},
    ],
)
def test_an_odd_or_contradictory_date_passes_through(odd: Any) -> None:
    assert read("date", odd).values == (RawValue(raw=odd),)


# Odd shapes


@pytest.mark.parametrize(
    ("kind", "odd"),
    [
        ("text", {"value": 5}),
        ("text", {"value": "x", "format": 5}),
        ("money", {"value": "5.0000"}),
        ("money", {"value": "5.0000", "currency": None}),
        ("progress", {"value": 101}),
        ("progress", {"value": 1.5}),
        ("duration", {"value": "an hour"}),
        ("duration", {"value": 10**30}),
        ("duration", {"value": -1}),
        ("category", {"value": "A"}),
        ("category", {"value": {"id": None}}),
        ("category", {"value": {"id": True}}),
        ("contact", {"value": {"name": "Foo"}}),
        ("app", {"value": {"title": "x"}}),
        ("file", {"value": {"file_id": -1}}),
        ("embed", {"embed": {"embed_id": 7}, "file": "x"}),
        ("location", PLACE | {"lat": "48.85"}),
        ("location", PLACE | {"lng": 10**400}),
        ("location", PLACE | {"city": 7}),
        ("phone", {"type": "work", "value": "1" * 51}),
        ("email", {"type": 5, "value": "a@b.c"}),
        ("email", {"type": "work", "value": "a" * 255}),
    ],
)
def test_a_value_of_unexpected_shape_passes_through(kind: str, odd: Any) -> None:
    field = read(kind, odd)
    assert field.values == (RawValue(raw=odd),)
    assert field.written() in (odd, [odd])


@pytest.mark.parametrize(
    ("kind", "entry", "value"),
    [
        ("progress", {"value": "42"}, 42),
        ("category", {"value": {"id": "2", "text": None}}, Option(id=2)),
        ("category", {"value": 2}, Option(id=2)),
        ("contact", {"value": {"user_id": "7", "mail": "a@b.c", "phone": None}}, Contact(user_id=7, mail=("a@b.c",))),
        ("embed", {"embed": {"url": "https://x.example"}}, Embed(url="https://x.example")),
        ("phone", {"value": "+45 1"}, Phone(value="+45 1")),
        ("phone", {"value": "+45 1", "type": None}, Phone(value="+45 1")),
        ("email", {"value": "a@b.c"}, Email(value="a@b.c")),
    ],
)
def test_a_number_as_text_or_a_missing_part_does_no_harm(kind: str, entry: Any, value: Any) -> None:
    assert read(kind, entry).value == value


@pytest.mark.parametrize(
    ("kind", "nothing"),
    [
        *((kind, {"value": None}) for kind in ("app", "contact", "category", "file", "image", "tag", "text", "number")),
        ("location", {"value": None, "formatted": None}),
        ("embed", {"embed": None, "file": None}),
        ("money", {"value": None, "currency": "EUR"}),
        ("phone", {"value": None, "type": "work"}),
        ("date", dict.fromkeys(DATE)),
        ("app", None),
    ],
)
def test_what_was_deleted_is_kept_while_it_is_read_and_left_out_when_it_is_written_back(
    kind: str, nothing: Any
) -> None:
    field = read(kind, nothing)
    assert field.values == (RawValue(raw=nothing),)
    assert field.written() == []
    assert write_value(kind, [RawValue(raw=nothing)]) == []
    assert RawValue(raw=nothing).is_empty


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ({"value": "1e5"}, "1e5"),
        ({"value": {"title": "A &amp; B"}}, "A & B"),
        ({"city": "Paris"}, "Paris"),
        ({"start": "soon"}, "soon"),
        ({"value": 250}, "250"),
        ({"value": True}, ""),
        ([], ""),
        (None, ""),
    ],
)
def test_what_was_not_understood_can_still_be_shown(raw: Any, text: str) -> None:
    assert RawValue(raw=raw).text == text
    assert RawValue(raw=raw).is_empty is (raw is None)


def test_a_deleted_item_among_others_is_left_out_alone() -> None:
    assert read("app", {"value": {"item_id": 1}}, {"value": None}, {"value": {"item_id": 2}}).written() == [1, 2]
    assert write_value("app", [{"value": None}, {"value": {"item_id": 2}}]) == [2]


@pytest.mark.parametrize("odd", [None, 5, "x", [], {}, {"values": None}, {"type": 5, "values": []}, {"type": "text"}])
def test_what_is_no_field_is_read_as_an_empty_one(odd: object) -> None:
    field = read_field(odd)
    assert (field.values, field.value, field.written()) == ((), None, [])
    assert field.settings == {}


@pytest.mark.parametrize("odd", ["x", 5, {"value": "x"}, True])
def test_values_that_are_no_list_are_kept(odd: object) -> None:
    assert read_field({"type": "text", "values": odd}).values == (RawValue(raw=odd),)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["2014-12-11", "7"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [*DATE, "value", "type", "id", "embed", "file", "profile_id", "item_id", "currency", "lat", "x"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


def holds_nothing(raw: Any) -> bool:
    if isinstance(raw, dict) and raw:
        return all(value is None or key in {"type", "currency", "format"} for key, value in raw.items())
    return raw is None


@settings(max_examples=300)
@given(kind=st.sampled_from(TYPES), entries=st.lists(JSON, max_size=3) | JSON, config=JSON)
def test_no_answer_makes_reading_or_writing_back_fail(kind: str, entries: Any, config: Any) -> None:
    field = read_field({"type": kind, "external_id": "x", "values": entries, "config": config})
    assert field.raw["values"] is entries
    if kind not in READ_ONLY:
        again = field.written()
        # What was not understood goes back as it came, but for what holds nothing.
        for value in field.of(RawValue):
            assert holds_nothing(value.raw) or again is value.raw or any(entry is value.raw for entry in again)


# Where a page and a program could differ


def test_ids_beyond_what_javascript_counts_exactly_are_read_and_written_whole() -> None:
    for number in (2**53, 2**53 + 1, 2**63 - 1):
        field = read("app", {"value": {"item_id": number}})
        assert field.written() == [number]
    assert read("app", {"value": {"item_id": 2**63}}).of(RawValue)


@pytest.mark.parametrize("label", ["mobile", "pager", "skype", "work_fax", "Ærø"])
def test_a_phone_number_of_any_type_is_read_and_keeps_it(label: str) -> None:
    entry = {"type": label, "value": "+45 1"}
    assert read("phone", entry).values == (Phone(type=label, value="+45 1"),)
    assert read("phone", entry).written() == [entry]


def test_a_text_has_a_format_where_its_value_names_one_and_else_that_of_its_field() -> None:
    text = read("text", {"value": "*x*"}, format="markdown")
    assert (text.values, text.settings["format"]) == ((Text(value="*x*"),), "markdown")
    assert read("text", {"value": "*x*", "format": "markdown"}, format="html").values == (
        Text(value="*x*", format="markdown"),
    )


def test_an_amount_without_a_currency_is_no_money_and_keeps_its_text() -> None:
    field = read("money", {"value": "5.0000"}, allowed_currencies=["EUR", "DKK"])
    assert field.values == (RawValue(raw={"value": "5.0000"}),)
    assert column_of(field).text == "5.0000"


# Items


ITEM = {
    "item_id": 1,
    "fields": [
        {"field_id": 10, "external_id": "title", "type": "text", "values": [{"value": "Lamp"}]},
        {"field_id": 11, "external_id": "sum", "type": "calculation", "values": [{"value": "5.0000"}]},
        {"field_id": 12, "external_id": None, "type": "file", "values": [{"value": FILE}, {"value": FILE}]},
    ],
}


def test_an_items_fields_are_found_by_external_id_and_by_field_id() -> None:
    values = item_values(ITEM)
    assert values["title"] is values[10]
    assert values["title"].value == Text(value="Lamp")
    assert list(values) == ["title", "sum", 12]
    assert len(values) == 3
    assert values.get("empty") is None
    assert "title" in values
    assert [field.type for field in values.fields] == ["text", "calculation", "file"]


def test_the_list_of_an_items_fields_is_read_like_the_item() -> None:
    assert item_values(ITEM["fields"]) == item_values(ITEM)


def test_an_item_is_written_without_what_podio_works_out() -> None:
    assert item_values(ITEM).written() == {"title": "Lamp", "12": [195174666, 195174666]}


@pytest.mark.parametrize("odd", [None, 5, "x", [], {}, {"fields": None}, {"fields": {}}, {"fields": [None, 5]}])
def test_what_is_no_item_has_no_values(odd: object) -> None:
    assert item_values(odd) == ItemValues()


def test_one_value_of_several_is_not_given_out_as_the_only_one() -> None:
    field = item_values(ITEM)[12]
    with pytest.raises(FieldValueError, match="holds 2 values") as caught:
        _ = field.value
    assert caught.value.field == "12"


def test_a_categorys_options_are_read_from_its_settings() -> None:
    assert options({"options": [{"id": 1, "text": "A", "status": "active"}, {"id": None}, None, "x"]}) == (
        Option(id=1, text="A", status="active"),
    )
    assert options({}) == options(None) == options({"options": 5}) == ()
