"""From Python values to what Podio takes: every form that a type allows, there and back, and clear refusals."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from podio import PodioError
from podio.fields import (
    READ_ONLY,
    Contact,
    DateValue,
    Email,
    Embed,
    FieldValue,
    FieldValueError,
    FileReference,
    ItemReference,
    Location,
    Money,
    Option,
    Phone,
    RawValue,
    Text,
    read_field,
    write_value,
    write_values,
)
from tests.unit.podio.fields.shapes import DATE, DAY, EMBED, EXAMPLES, FILE, ITEM, PERSON, PLACE, SPAN

WRITABLE = sorted({kind for kind, *_ in EXAMPLES})
KNOWN = sorted(set(WRITABLE) - {"state", "title", "member", "hologram"})
EASTWARD = timezone(timedelta(hours=5, minutes=30))


@pytest.mark.parametrize(("kind", "entries", "values", "written_json"), EXAMPLES)
def test_a_value_that_was_read_is_written_as_podio_takes_it(
    kind: str, entries: Any, values: Any, written_json: Any
) -> None:
    field = read_field({"type": kind, "values": entries})
    assert field.written() == written_json
    assert write_value(kind, field) == written_json
    assert write_value(kind, list(field.values)) == written_json
    assert write_value(kind, entries) == written_json
    json.dumps(field.written(), allow_nan=False)


@pytest.mark.parametrize(
    ("kind", "value", "written_json"),
    [
        # The documentation's own ways of writing
        ("text", "Title", "Title"),
        ("text", {"value": "..", "format": "markdown"}, {"value": "..", "format": "markdown"}),
        ("number", "6513.51", "6513.51"),
        ("number", 6513.51, "6513.51"),
        ("category", 2, [2]),
        ("category", [1, 2], [1, 2]),
        ("date", {"start": "2014-12-11 23:00:00"}, {"start_date": "2014-12-11", "start_time": "23:00:00"}),
        ("date", {"start_date": "2014-12-11", "end_date": "2014-12-12"}, None),
        ("date", {"start_utc": "2014-12-11 22:00:00", "end_utc": "2014-12-11 23:00:00"}, None),
        ("contact", [140798621], [140798621]),
        ("contact", {"type": "user", "id": 1}, [{"type": "user", "id": 1}]),
        ("contact", {"type": "mail", "id": "a@b.c"}, [{"type": "mail", "id": "a@b.c"}]),
        ("app", [123], [123]),
        ("money", {"value": "541.99", "currency": "EUR"}, {"value": "541.99", "currency": "EUR"}),
        ("progress", 42, 42),
        ("location", "address", "address"),
        ("location", {"value": ".."}, {"value": ".."}),
        ("duration", 93784, 93784),
        ("embed", {"embed": 7, "file": 8}, [{"embed": 7, "file": 8}]),
        ("embed", {"url": "https://example.com"}, [{"url": "https://example.com"}]),
        ("image", [195174666], [195174666]),
        ("phone", {"type": "work", "value": "+1919.."}, [{"type": "work", "value": "+1919.."}]),
        ("email", [{"type": "work", "value": "a@b.c"}], [{"type": "work", "value": "a@b.c"}]),
        ("tag", ["tag"], ["tag"]),
        # A type that isn't given is Podio's default
        ("phone", "+45 1", [{"type": "work", "value": "+45 1"}]),
        ("phone", Phone(value="+45 1"), [{"type": "work", "value": "+45 1"}]),
        ("phone", {"value": "+45 1"}, [{"type": "work", "value": "+45 1"}]),
        (
            "email",
            ["a@b.c", Email(type="home", value="d@e.f")],
            [{"type": "work", "value": "a@b.c"}, {"type": "home", "value": "d@e.f"}],
        ),
        ("email", Email(value="a@b.c"), [{"type": "work", "value": "a@b.c"}]),
        # When the clocks go back, a span's end may seem to lie before its start
        (
            "date",
            DateValue(start=datetime(2014, 10, 26, 2, 50), end=datetime(2014, 10, 26, 2, 10)),
            {"start_date": "2014-10-26", "start_time": "02:50:00", "end_date": "2014-10-26", "end_time": "02:10:00"},
        ),
        # Python's ways
        ("text", Text(value="x"), "x"),
        ("number", Decimal("1E+3"), "1000"),
        ("number", 7, "7"),
        ("number", [7], "7"),
        ("money", Money(amount=Decimal("5.5"), currency="DKK"), {"value": "5.5", "currency": "DKK"}),
        ("date", date(2014, 12, 11), {"start_date": "2014-12-11"}),
        ("date", "2014-12-11", {"start_date": "2014-12-11"}),
        ("date", datetime(987, 1, 2, 3, 4), {"start_date": "0987-01-02", "start_time": "03:04:00"}),
        ("date", datetime(2014, 12, 11, 23, tzinfo=EASTWARD), {"start_utc": "2014-12-11 17:30:00"}),
        (
            "date",
            DateValue(start=datetime(2014, 12, 11, 22, tzinfo=UTC), end=datetime(2014, 12, 11, 23, tzinfo=UTC)),
            {"start_utc": "2014-12-11 22:00:00", "end_utc": "2014-12-11 23:00:00"},
        ),
        (
            "date",
            DateValue(start=date(2014, 12, 11), end=datetime(2014, 12, 12, 1)),
            {"start_date": "2014-12-11", "end_date": "2014-12-12", "end_time": "01:00:00"},
        ),
        ("category", (Option(id=3), 4), [3, 4]),
        ("category", {"id": 3, "text": "x"}, [3]),
        ("contact", Contact(user_id=7), [{"type": "user", "id": 7}]),
        ("contact", Contact(mail=("a@b.c", "d@e.f")), [{"type": "mail", "id": "a@b.c"}]),
        ("contact", [PERSON], [140798621]),
        ("app", [ItemReference(item_id=5), ITEM], [5, 123]),
        ("file", [FileReference(file_id=5), FILE], [5, 195174666]),
        ("embed", 7, [{"embed": 7}]),
        ("embed", "https://example.com", [{"url": "https://example.com"}]),
        (
            "embed",
            Embed(url="https://example.com", file=FileReference(file_id=8)),
            [{"url": "https://example.com", "file": 8}],
        ),
        ("location", Location(value="x", city="Oslo", lat=0), {"value": "x", "city": "Oslo", "lat": 0}),
        ("hologram", {"depth": 3}, {"depth": 3}),
        ("hologram", [1, RawValue(raw={"depth": 3})], [1, {"depth": 3}]),
        ("text", RawValue(raw={"value": "x", "new": 1}), {"value": "x", "new": 1}),
    ],
)
def test_each_type_takes_these_forms(kind: str, value: Any, written_json: Any) -> None:
    assert write_value(kind, value) == (value if written_json is None else written_json)


@pytest.mark.parametrize("kind", WRITABLE)
@pytest.mark.parametrize("nothing", [None, [], (), FieldValue(type="")])
def test_nothing_clears_a_field(kind: str, nothing: Any) -> None:
    if isinstance(nothing, FieldValue):
        nothing = FieldValue(type=kind)
    assert write_value(kind, nothing) == []


# There and back: each value, written, and answered by Podio in its own shape, is the same value again

WORDS = st.text(max_size=20)
IDS = st.integers(1, 10**12)
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**30), max_value=10**30)
MOMENTS = st.datetimes().map(lambda moment: moment.replace(microsecond=0))
DATES = st.dates() | MOMENTS
AWARE = st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1), timezones=st.just(EASTWARD)).map(
    lambda moment: moment.replace(microsecond=0)
)
DEGREES = st.none() | st.floats(-180, 180) | st.integers(-180, 180)
MAYBE = st.none() | WORDS


def spans(edges: st.SearchStrategy[Any]) -> st.SearchStrategy[DateValue]:
    def span(first: date, second: date | None) -> DateValue:
        start, end = (second, first) if second is not None and str(second) < str(first) else (first, second)
        return DateValue(start=start, end=end)

    return st.builds(span, edges, st.none() | edges)


ONE: dict[str, st.SearchStrategy[Any]] = {
    "text": st.builds(Text, value=WORDS, format=st.sampled_from([None, "plain", "markdown", "html"])),
    "number": DECIMALS,
    "money": st.builds(Money, amount=DECIMALS, currency=st.sampled_from(["EUR", "USD", "XTS"])),
    "progress": st.integers(0, 100),
    "duration": st.timedeltas(min_value=timedelta()).map(lambda span: span - timedelta(microseconds=span.microseconds)),
    "date": spans(DATES) | spans(AWARE),
    "location": st.builds(
        Location,
        value=WORDS,
        **dict.fromkeys(("street_address", "street_number", "street_name", "city", "postal_code", "state"), MAYBE),
        country=MAYBE,
        lat=DEGREES,
        lng=DEGREES,
    ),
}
MANY: dict[str, st.SearchStrategy[Any]] = {
    "category": st.builds(Option, id=IDS),
    "question": st.builds(Option, id=IDS),
    "contact": st.builds(Contact, profile_id=IDS),
    "app": st.builds(ItemReference, item_id=IDS),
    "image": st.builds(FileReference, file_id=IDS),
    "file": st.builds(FileReference, file_id=IDS),
    "video": st.builds(FileReference, file_id=IDS),
    "embed": st.builds(Embed, embed_id=IDS, file=st.none() | st.builds(FileReference, file_id=IDS)),
    "phone": st.builds(Phone, type=st.sampled_from(["mobile", "private_fax"]), value=st.text(max_size=50)),
    "tel": st.builds(Phone, type=st.just("work"), value=st.text(max_size=50)),
    "email": st.builds(Email, type=st.sampled_from(["home", "other"]), value=st.text(max_size=254)),
    "tag": WORDS,
}
FIELDS = st.one_of(
    *(st.tuples(st.just(kind), st.tuples(values)) for kind, values in ONE.items()),
    *(
        # An option is chosen once at most.
        st.tuples(st.just(kind), st.lists(values, max_size=3, unique=kind in {"category", "question"}).map(tuple))
        for kind, values in MANY.items()
    ),
)


def answered(kind: str, written_json: Any) -> list[Any]:
    """Give what was written the outer shape in which Podio answers it."""
    entries = written_json if isinstance(written_json, list) else [written_json]
    wrapped = {"phone", "tel", "email", "embed", "date"}
    return [
        entry if kind in wrapped or (isinstance(entry, dict) and "value" in entry) else {"value": entry}
        for entry in entries
    ]


def test_there_and_back_is_tried_for_every_type() -> None:
    assert sorted(ONE | MANY) == KNOWN


@settings(max_examples=400)
@given(FIELDS)
@example(("date", (DateValue(start=datetime(2014, 12, 11, 23), end=date(2014, 12, 12)),)))
@example(("number", (Decimal("-0.0000"),)))
def test_a_value_is_the_same_after_the_way_to_podio_and_back(field: tuple[str, tuple[Any, ...]]) -> None:
    kind, values = field
    written_json = write_value(kind, values)
    # Podio and its callers see JSON only.
    again = read_field({"type": kind, "values": json.loads(json.dumps(answered(kind, written_json), allow_nan=False))})
    if kind == "date":
        # A moment with a time zone comes back as the same moment in UTC.
        assert [(date_value.start, date_value.end) for date_value in again.of(DateValue)] == [
            (date_value.start, date_value.end) for date_value in values
        ]
        assert [type(date_value.start) for date_value in again.of(DateValue)] == [
            type(date_value.start) for date_value in values
        ]
    else:
        assert again.values == values
        assert list(map(str, again.values)) == list(map(str, values))
    assert again.written() == write_value(kind, written_json) == written_json


@settings(max_examples=100)
@given(kind=st.sampled_from(KNOWN), data=st.data())
def test_an_answer_with_one_odd_part_still_goes_back_whole(kind: str, data: st.DataObject) -> None:
    entries = next(entries for name, entries, *_ in EXAMPLES if name == kind)
    entry = json.loads(json.dumps(entries[0]))
    inner = next((part for part in entry.values() if isinstance(part, dict)), entry)
    part = data.draw(st.sampled_from(sorted(inner)))
    inner[part] = data.draw(st.sampled_from([None, 5, -1, 1.5, "x", "", True, [], {}, [None]]))
    field = read_field({"type": kind, "values": [entry]})
    written_json = field.written()
    if field.of(RawValue):
        assert written_json in (entry, [entry]) or (written_json == [] and entry.get("value", "") is None)
    else:
        assert write_value(kind, written_json) == written_json


# Refusals


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("text", 5, "a str"),
        ("text", Text(value=5), "a str"),
        ("text", ["a", "b"], "one value"),
        ("text", {"text": "x"}, "a str"),
        ("number", "1,5", "'6513.51'"),
        ("number", True, "Decimal"),
        ("number", Decimal("NaN"), "Decimal"),
        ("number", Decimal("1e99999"), "100 digits"),
        ("number", 10**100, "100 digits"),
        ("number", float("inf"), "Decimal"),
        ("number", [1, 2], "one value"),
        ("money", Decimal(5), "currency"),
        ("money", {"value": 5}, "currency"),
        ("money", Money(amount="x", currency="EUR"), "Money"),
        ("money", Money(amount=Decimal(5), currency=""), "Money"),
        ("progress", 101, "0 to 100"),
        ("progress", Decimal(5), "0 to 100"),
        ("progress", True, "0 to 100"),
        ("duration", 1.5, "timedelta"),
        ("duration", timedelta(milliseconds=1), "whole seconds"),
        ("duration", timedelta(days=-1, seconds=1), "no less than 0"),
        ("duration", -1, "no less than 0"),
        ("date", 5, "datetime"),
        ("date", "tomorrow", "2014-12-11"),
        ("date", {"start": "2014-12-11T23:00:00Z"}, "datetime"),
        ("date", datetime(2014, 1, 1, microsecond=1), "replace(microsecond=0)"),
        ("date", datetime(1, 1, 1, tzinfo=EASTWARD), "UTC can express"),
        ("date", DateValue(start=date(2014, 1, 1), end=datetime(2014, 1, 2, tzinfo=UTC)), "alike"),
        ("date", DateValue(start=None), "datetime"),
        ("date", DateValue(start=date(2014, 1, 2), end=date(2014, 1, 1)), "not before the start"),
        ("date", DateValue(start=datetime(2014, 1, 2, 9), end=datetime(2014, 1, 1, 9)), "not before the start"),
        (
            "date",
            DateValue(start=datetime(2014, 1, 1, 9, tzinfo=UTC), end=datetime(2014, 1, 1, 8, tzinfo=UTC)),
            "not before the start",
        ),
        ("date", (date(2014, 1, 1), date(2014, 1, 2)), "DateValue for a span"),
        ("category", 0, "option's id"),
        ("category", True, "option's id"),
        ("category", "Done", "settings"),
        ("category", {2}, "option's id"),
        ("category", {"id": None}, "option's id"),
        ("contact", {"type": "mail", "id": None}, "profile's id"),
        ("app", {"item_id": None}, "item's id"),
        ("money", {"value": None, "currency": "EUR"}, "currency"),
        ("date", {"start": None}, "datetime"),
        ("location", {}, "address"),
        ("contact", "a@b.c", "'mail'"),
        ("contact", Contact(name="Foo"), "a profile_id, a user_id or a mail"),
        ("contact", {"type": "user", "id": "x"}, "profile's id"),
        ("contact", {"id": 5}, "profile's id"),
        ("app", "Leads", "item's id"),
        ("file", "a.png", "file's id"),
        ("image", b"...", "uploaded files"),
        ("embed", "", "address"),
        ("embed", "example.com", "https://example.com"),
        ("embed", "//example.com/page", "https://example.com"),
        ("embed", "https:///page", "https://example.com"),
        ("embed", "https://[", "https://example.com"),
        ("embed", "https://two words/page", "https://example.com"),
        ("embed", "https://exam\u202eple.com", "https://example.com"),
        ("embed", "\thttps://example.com", "https://example.com"),
        ("embed", "javascript:alert(1)", "https://example.com"),
        ("embed", Embed(url="example.com"), "https://example.com"),
        ("embed", {"url": "example.com"}, "https://example.com"),
        ("embed", Embed(title="x"), "embed_id or a url"),
        ("location", 5, "address"),
        ("location", ["Oslo", "Bergen"], "one value"),
        ("location", Location(value="x", lat="48"), "lat is a number"),
        ("location", Location(value="x", city=5), "city is a str"),
        ("phone", 451, "Phone(type='work'"),
        ("phone", Phone(type=5, value="1"), "Phone(type='work'"),
        ("phone", Phone(type="work", value="1" * 51), "50 characters"),
        ("email", Email(type="work", value="a" * 255), "254 characters"),
        ("email", Phone(type="work", value="1"), "Email(type='work'"),
        ("tag", 5, "str"),
        ("tag", [None], "str"),
        ("calculation", Decimal(5), "Podio works out calculations itself"),
        ("calculation", None, "leave the field out"),
        ("separator", "x", "leave it out"),
        ("duration", 10**30, "timedelta"),
        ("app", 2**63, "item's id"),
        ("hologram", Decimal(5), "plain JSON"),
        ("hologram", [{"depth": date(2014, 1, 1)}], "plain JSON"),
        ("hologram", {1: 2}, "plain JSON"),
        ("hologram", float("nan"), "plain JSON"),
    ],
)
def test_what_does_not_fit_is_refused_with_field_value_and_what_is_expected(
    kind: str, value: Any, expected: str
) -> None:
    with pytest.raises(FieldValueError) as caught:
        write_value(kind, value, field="budget")
    assert isinstance(caught.value, PodioError)
    assert caught.value.field == "budget"
    assert caught.value.value is value or value in (caught.value.value, [caught.value.value])
    assert expected in caught.value.expected
    assert "'budget'" in str(caught.value)
    assert caught.value.expected in str(caught.value)
    assert len(str(caught.value)) < 600


def test_a_refusal_names_the_one_value_of_several_that_does_not_fit() -> None:
    with pytest.raises(FieldValueError) as caught:
        write_value("category", [1, "x", 2])
    assert (caught.value.field, caught.value.value) == ("category", "x")


@settings(max_examples=200)
@given(
    kind=st.sampled_from(WRITABLE),
    value=st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.text()
    | st.dates()
    | st.datetimes(timezones=st.none() | st.just(EASTWARD))
    | st.timedeltas()
    | st.sampled_from(
        [b"", {1}, object(), int, 10**5000, DATE, DAY, SPAN, PERSON, ITEM, FILE, EMBED, PLACE, {}, {"value": {}}]
    ),
)
def test_no_value_is_refused_in_another_way(kind: str, value: Any) -> None:
    with suppress(FieldValueError):
        json.dumps(write_value(kind, value), allow_nan=False)


def test_values_of_another_type_of_field_are_not_taken_over_blindly() -> None:
    number = read_field({"type": "number", "external_id": "n", "values": [{"value": "5.0000"}]})
    with pytest.raises(FieldValueError, match="values of the type progress"):
        write_value("progress", number)
    assert write_value("money", Money(amount=number.of(Decimal)[0], currency="EUR"))["value"] == "5.0000"


@pytest.mark.parametrize("kind", sorted(READ_ONLY))
def test_a_type_that_podio_works_out_is_not_written_back_either(kind: str) -> None:
    with pytest.raises(FieldValueError, match="leave"):
        read_field({"type": kind, "external_id": "sum", "values": [{"value": "5.0000"}]}).written()


# Options by their texts, and whole items

SETTINGS = {
    "options": [
        {"id": 1, "text": "To do", "status": "active"},
        {"id": 2, "text": "Q &amp; A", "status": "active"},
        {"id": 3, "text": "Old", "status": "deleted"},
        {"id": 4, "text": "Twice", "status": "active"},
        {"id": 5, "text": "Twice", "status": "active"},
    ]
}


def test_an_option_may_be_named_by_its_text_where_the_settings_are_known() -> None:
    assert write_value("category", ["To do", "Q & A"], settings=SETTINGS) == [1, 2]
    assert write_value("category", "Q &amp; A", settings=SETTINGS) == [2]


@pytest.mark.parametrize("text", ["Old", "Twice", "to do", ""])
def test_a_text_that_names_no_one_active_option_is_refused_with_the_options(text: str) -> None:
    with pytest.raises(FieldValueError, match=r"'To do' \(id 1\)"):
        write_value("category", text, settings=SETTINGS)


APP = {
    "app_id": 1,
    "fields": [
        {"field_id": 10, "external_id": "title", "type": "text"},
        {"field_id": 11, "external_id": "status", "type": "category", "config": {"settings": SETTINGS}},
        {"field_id": 12, "external_id": "due", "type": "date", "config": {"settings": None}},
        {"field_id": 13, "external_id": "sum", "type": "calculation"},
        None,
    ],
}


def test_an_item_is_written_by_external_id_or_field_id() -> None:
    values = {"title": "Lamp", "status": "To do", 12: date(2026, 11, 30)}
    written_json = {"title": "Lamp", "status": [1], "12": {"start_date": "2026-11-30"}}
    assert write_values(APP, values) == write_values(APP["fields"], values) == written_json
    assert write_values(APP, {"due": None}) == {"due": []}


def test_a_field_that_the_app_does_not_have_is_refused_with_those_that_it_has() -> None:
    with pytest.raises(FieldValueError, match=r"no field 'titel'\. It has title, status, due, sum"):
        write_values(APP, {"titel": "Lamp"})
    with pytest.raises(FieldValueError, match="It has no fields at all"):
        write_values(None, {"title": "Lamp"})


def test_a_value_that_does_not_fit_is_refused_by_the_name_of_its_field() -> None:
    with pytest.raises(FieldValueError) as caught:
        write_values(APP, {"due": "tomorrow"})
    assert caught.value.field == "due"
    assert caught.value.errors == (caught.value,)


def test_all_wrong_fields_of_a_write_are_reported_at_once() -> None:
    with pytest.raises(FieldValueError) as caught:
        write_values(APP, {"due": "tomorrow", "title": 5, "status": 99, "titel": "x", "sum": 1})
    assert [error.field for error in caught.value.errors] == ["due", "title", "status", "titel", "sum"]
    assert (caught.value.field, caught.value.value) == ("due", "tomorrow")
    for error in caught.value.errors:
        assert str(error) in str(caught.value)


def test_a_field_named_twice_is_refused() -> None:
    with pytest.raises(FieldValueError, match="named twice"):
        write_values(APP, {"title": "Lamp", 10: "Torch"})


# What a field's settings exclude, and Podio would refuse or drop without a word

ONE_OPTION = SETTINGS | {"multiple": False}


@pytest.mark.parametrize(
    ("kind", "settings", "value", "expected"),
    [
        ("category", SETTINGS, 99, r"'To do' \(id 1\)"),
        ("category", SETTINGS, [1, Option(id=99)], r"'To do' \(id 1\)"),
        ("category", SETTINGS, {"id": 99}, r"'To do' \(id 1\)"),
        ("category", SETTINGS, 3, r"'To do' \(id 1\)"),
        ("question", SETTINGS, 99, r"'To do' \(id 1\)"),
        ("category", {"options": []}, 99, "no options"),
        ("category", {"options": [SETTINGS["options"][2]]}, 3, "no options"),
        ("category", {}, [1, 1], "each value once"),
        ("category", SETTINGS, [1, "To do"], "each value once"),
        ("category", SETTINGS, [Option(id=1), {"id": 1}], "each value once"),
        ("category", ONE_OPTION, [1, 2], "allow no more"),
        ("question", ONE_OPTION, ["To do", 2], "allow no more"),
        ("app", {"multiple": False}, [1, 2], "allow no more"),
        ("date", {"time": "disabled"}, datetime(2026, 11, 30, 9), "settings exclude times"),
        ("date", {"time": "disabled"}, datetime(2026, 11, 30, 9, tzinfo=UTC), "settings exclude times"),
        ("date", {"time": "disabled"}, "2026-11-30 09:00:00", "settings exclude times"),
        (
            "date",
            {"time": "disabled"},
            DateValue(start=date(2026, 11, 30), end=datetime(2026, 11, 30, 9)),
            "settings exclude times",
        ),
        (
            "date",
            {"end": "disabled"},
            DateValue(start=date(2026, 11, 30), end=date(2026, 12, 1)),
            "settings exclude ends",
        ),
        (
            "money",
            {"allowed_currencies": ["EUR", "DKK"]},
            Money(amount=Decimal(5), currency="USD"),
            "currencies: EUR, DKK",
        ),
    ],
)
def test_what_the_settings_exclude_is_refused(kind: str, settings: Any, value: Any, expected: str) -> None:
    with pytest.raises(FieldValueError, match=expected):
        write_value(kind, value, settings=settings)


@pytest.mark.parametrize(
    ("kind", "settings", "value", "written_json"),
    [
        ("category", ONE_OPTION, 1, [1]),
        ("category", {"options": "odd", "multiple": "odd"}, [98, 99], [98, 99]),
        ("category", {"multiple": True}, [98, 99], [98, 99]),
        ("date", {"time": "disabled"}, date(2026, 11, 30), {"start_date": "2026-11-30"}),
        ("money", {"allowed_currencies": None}, Money(amount=Decimal(5), currency="USD"), None),
        ("phone", {"possible_types": ["mobile", "home"]}, "1", [{"type": "mobile", "value": "1"}]),
        ("phone", {"possible_types": ["mobile", "work"]}, "1", [{"type": "work", "value": "1"}]),
        ("email", {"possible_types": 5}, "1", [{"type": "work", "value": "1"}]),
    ],
)
def test_what_the_settings_allow_is_written(kind: str, settings: Any, value: Any, written_json: Any) -> None:
    assert write_value(kind, value, settings=settings) == (written_json or {"value": "5", "currency": "USD"})


def test_what_was_read_goes_back_even_where_the_settings_exclude_it_by_now() -> None:
    config = {"settings": ONE_OPTION}
    field = read_field({"type": "category", "config": config, "values": [{"value": {"id": 3}}, {"value": {"id": 99}}]})
    assert field.written() == [3, 99]
    with pytest.raises(FieldValueError):
        write_value("category", field, settings=SETTINGS)
    embed = read_field({"type": "embed", "values": [{"embed": {"url": "example.com"}}]})
    assert embed.written() == [{"url": "example.com"}]


def test_a_value_read_as_tel_or_phone_is_written_to_either() -> None:
    field = read_field({"type": "tel", "values": [{"type": "pager", "value": "1"}]})
    assert field.type == "phone"
    assert write_value("tel", field) == write_value("phone", field) == [{"type": "pager", "value": "1"}]
