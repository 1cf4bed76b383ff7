"""Every type of field: what may be written, how it is read back, what is refused."""

from __future__ import annotations

import pytest

# One field of each type: (app, an item of it, external id)
FIELDS = {
    "text": (31, 31001, "about"),
    "number": (33, 33001, "power"),
    "money": (31, 31001, "yearly-revenue"),
    "progress": (32, 32001, "progress"),
    "duration": (32, 32001, "work-done"),
    "category": (31, 31001, "status"),
    "categories": (33, 33001, "materials"),
    "date": (37, 37001, "when"),
    "day": (33, 33001, "launched"),
    "contact": (31, 31001, "people"),
    "app": (32, 32001, "client"),
    "apps": (32, 32001, "lamps"),
    "location": (31, 31001, "address"),
    "embed": (31, 31001, "website"),
    "image": (33, 33001, "picture"),
    "file": (32, 32001, "documents"),
    "phone": (31, 31001, "phone"),
    "email": (31, 31001, "email"),
    "tag": (31, 31001, "interests"),
}


def written(ada, kind, raw):
    _, item_id, external_id = FIELDS[kind]
    answer = ada.call("PUT", f"/item/{item_id}", {"fields": {external_id: raw}})
    assert answer.status_code in {200, 204}, answer.text
    return next((f["values"] for f in ada.get(f"/item/{item_id}/value") if f["external_id"] == external_id), [])


@pytest.mark.parametrize(
    ("kind", "raw", "values"),
    [
        ("text", "<p>x</p>", [{"value": "<p>x</p>"}]),
        ("text", {"value": "*x*", "format": "markdown"}, [{"value": "*x*", "format": "markdown"}]),
        ("number", 6513.51, [{"value": "6513.5100"}]),
        ("number", "-0.5", [{"value": "-0.5000"}]),
        ("number", [{"value": "7"}], [{"value": "7.0000"}]),
        ("money", {"value": "541.987", "currency": "EUR"}, [{"value": "541.9870", "currency": "EUR"}]),
        ("progress", 42, [{"value": 42}]),
        ("duration", 93784, [{"value": 93784}]),
        ("tag", ["a", {"value": " b "}], [{"value": "a"}, {"value": "b"}]),
        ("phone", {"type": "mobile", "value": "+45 1"}, [{"type": "mobile", "value": "+45 1"}]),
        ("email", ["a@b.c"], [{"type": "work", "value": "a@b.c"}]),
    ],
)
def test_plain_values_are_read_back(ada, kind, raw, values):
    assert written(ada, kind, raw) == values


@pytest.mark.parametrize("kind", FIELDS)
@pytest.mark.parametrize("nothing", [[], None])
def test_nothing_clears_a_field(ada, kind, nothing):
    assert written(ada, kind, nothing) == []


def test_options_are_written_by_id(ada):
    assert written(ada, "category", 2)[0]["value"]["text"] == "Talking"
    assert [v["value"]["id"] for v in written(ada, "categories", [3, {"value": 1}])] == [3, 1]


@pytest.mark.parametrize(
    ("raw", "start", "end"),
    [
        ({"start": "2026-12-11 23:00:00"}, "2026-12-11 23:00:00", None),
        ({"start": "2026-12-11"}, "2026-12-11 00:00:00", None),
        ("2026-12-11 08:30", "2026-12-11 08:30:00", None),
        (
            {"start_date": "2026-12-11", "start_time": "08:00", "end_date": "2026-12-12"},
            "2026-12-11 08:00:00",
            "2026-12-12 00:00:00",
        ),
        ({"start_utc": "2026-07-01 10:00:00"}, "2026-07-01 12:00:00", None),
        ({"start": "2026-12-11", "end": "2026-12-11"}, "2026-12-11 00:00:00", "2026-12-11 00:00:00"),
    ],
)
def test_dates_are_written_in_each_of_podios_spellings(ada, raw, start, end):
    (value,) = written(ada, "date", raw)
    assert (value["start"], value["end"]) == (start, end)


def test_a_date_field_without_time_drops_it(ada):
    (value,) = written(ada, "day", {"start": "2026-12-11 10:00:00"})
    assert (value["start_date"], value["start_time"]) == ("2026-12-11", None)


@pytest.mark.parametrize("raw", [1103, [{"type": "user", "id": 103}], {"type": "mail", "id": "soren@lysholm.example"}])
def test_people_are_written_by_profile_user_or_mail(ada, raw):
    assert [v["value"]["name"] for v in written(ada, "contact", raw)] == ["Søren Kjærgaard"]


def test_references_files_and_pictures_are_written_by_id(ada):
    assert [v["value"]["item_id"] for v in written(ada, "app", [31002])] == [31002]
    assert [v["value"]["item_id"] for v in written(ada, "apps", [33001, {"value": 33002}])] == [33001, 33002]
    assert [v["value"]["file_id"] for v in written(ada, "image", [8013])] == [8013]
    assert [v["value"]["file_id"] for v in written(ada, "file", 8013)] == [8013]


def test_a_link_is_written_by_id_or_address(ada):
    assert written(ada, "embed", 9001)[0]["embed"]["title"] == "Hotel Fjord &amp; Spa"
    (value,) = written(ada, "embed", [{"url": "https://new.example/page"}])
    assert (value["embed"]["original_url"], value["embed"]["hostname"]) == ("https://new.example/page", "new.example")


def test_a_place_is_written_as_text_or_in_parts(ada):
    assert written(ada, "location", "Aarhus")[0]["formatted"] == "Aarhus"
    (value,) = written(
        ada, "location", {"street_address": "Åboulevarden 1", "city": "Aarhus", "lat": 56.15, "lng": 10.2}
    )
    assert (value["value"], value["map_in_sync"]) == ("Åboulevarden 1, Aarhus", True)


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("text", 5),
        ("text", ["a", "b"]),
        ("text", {"value": "x", "format": "rtf"}),
        ("number", "five"),
        ("number", True),
        ("number", "Infinity"),
        ("number", 1e300),
        ("number", {}),
        ("money", 5),
        ("money", {"value": "5"}),
        ("money", {"value": "5", "currency": "XXX"}),
        ("money", {"value": "x", "currency": "EUR"}),
        ("progress", 101),
        ("progress", -1),
        ("progress", "42"),
        ("progress", True),
        ("duration", -1),
        ("duration", 1.5),
        ("category", 99),
        ("category", "Client"),
        ("category", [1, 2]),
        ("categories", [1, 99]),
        ("date", "yesterday"),
        ("date", {"start": "2026-02-30"}),
        ("date", {"start": "2026-12-11 25:00:00"}),
        ("date", {"start": "2026-12-11T10:00:00Z"}),
        ("date", {"end": "2026-12-11"}),
        ("date", {"start": "2026-12-11", "end": "2026-12-10"}),
        ("date", {"start": 5}),
        ("date", 5),
        ("day", {"start": "2026-12-11", "end": "2026-12-12"}),
        ("contact", 1),
        ("contact", "Ada"),
        ("contact", {"type": "user", "id": 999}),
        ("app", 999),
        ("app", [33001]),
        ("app", [31001, 31002]),
        ("app", "31001"),
        ("location", 5),
        ("location", {}),
        ("location", {"value": "x", "lat": 91}),
        ("location", {"city": 5}),
        ("embed", 1),
        ("embed", "https://x.example"),
        ("embed", {"url": "javascript:alert(1)"}),
        ("embed", {"url": "http://[bad"}),
        ("embed", {"embed": 9001, "file": 1}),
        ("image", 8021),
        ("image", 1),
        ("file", "x"),
        ("phone", {"type": "pager", "value": "1"}),
        ("phone", "1" * 51),
        ("phone", 5),
        ("email", "no address"),
        ("email", f"{'a' * 251}@b.c"),
        ("tag", 5),
    ],
)
def test_a_wrong_value_is_refused_with_the_reason(ada, kind, raw):
    _, item_id, external_id = FIELDS[kind]
    answer = ada.call("PUT", f"/item/{item_id}", {"fields": {external_id: raw}})
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_value")
    assert answer.json()["error_description"].startswith("Invalid value ")
    assert ada.get(f"/item/{item_id}")["revision"] == 0


def test_the_reason_is_worded_as_podio_words_it(ada):
    def reason(fields, item_id=31001):
        return ada.call("PUT", f"/item/{item_id}", {"fields": fields}).json()["error_description"]

    assert reason({"status": 99}) == "Invalid value 99 (integer): must be one of {1,2,3,4,5}"
    assert reason({"phone": {"type": "x", "value": "1"}}).startswith(
        "Invalid value \"x\" (string): must be one of {'mobile','work',"
    )
    assert reason({"yearly-revenue": ["Test"]}) == 'Invalid value "Test" (string): must be object'


@pytest.mark.parametrize("external_id", ["left", "more"])
def test_calculations_and_separators_can_not_be_written(ada, external_id):
    assert ada.error("PUT", "/item/32001", {"fields": {external_id: 5}}) == (400, "invalid_value")


def test_the_hour_that_comes_twice_in_october_is_distinguished_by_its_utc(ada):
    """In Copenhagen 02:30 comes at 00:30 UTC and again at 01:30 UTC, when summer time ends."""
    for first, last in (("2026-10-25 00:30:00", "2026-10-25 01:30:00"), ("2026-10-25 01:30:00", "2026-10-25 02:00:00")):
        ada.call("PUT", "/item/35001", {"fields": {"due": {"start_utc": first, "end_utc": last}}})
        (value,) = ada.get("/item/35001/value/due")
        assert (value["start"], value["start_utc"], value["end_utc"]) == ("2026-10-25 02:30:00", first, last)
    # As local time it is the first of the two.
    ada.call("PUT", "/item/35001", {"fields": {"due": {"start": "2026-10-25 02:30:00"}}})
    assert ada.get("/item/35001/value/due")[0]["start_utc"] == "2026-10-25 00:30:00"


@pytest.mark.parametrize(
    ("item", "field", "value"),
    [
        (31001, "name", {"value": "x", "no_such_key": 1}),
        (31001, "status", {"id": 1, "no_such_key": 1}),
        (31001, "phone", {"type": "work", "value": "1", "no_such_key": 1}),
        (31001, "address", {"value": "x", "no_such_key": 1}),
        (31001, "website", {"url": "https://a.example/", "no_such_key": 1}),
        (32001, "period", {"start": "2026-12-24", "no_such_key": 1}),
        (32001, "budget", {"value": 1, "currency": "DKK", "no_such_key": 1}),
        (32001, "responsible", {"type": "user", "id": 101, "no_such_key": 1}),
        (32001, "progress", {"value": 5, "no_such_key": 1}),
    ],
)
def test_a_key_that_a_value_does_not_have_is_refused(ada, item, field, value):
    assert ada.error("PUT", f"/item/{item}/value/{field}", value) == (400, "invalid_value")
    # As a typed client may send it: null for what it doesn't set.
    body = {name: entry if name != "no_such_key" else None for name, entry in value.items()}
    assert ada.call("PUT", f"/item/{item}/value/{field}", body).status_code == 200


def test_what_was_read_can_be_written_back(ada):
    for item in (31001, 32001, 33001):
        for entry in ada.get(f"/item/{item}")["fields"]:
            if entry["type"] not in {"calculation", "embed"}:
                path = f"/item/{item}/value/{entry['external_id']}"
                assert ada.call("PUT", path, entry["values"]).status_code == 200, entry


def test_a_text_says_how_it_is_written_where_its_field_does_not(ada):
    ada.call("PUT", "/item/31001/value/about", {"value": "*x*", "format": "markdown"})
    assert ada.get("/item/31001/value/about") == [{"value": "*x*", "format": "markdown"}]
    ada.call("PUT", "/item/31001/value/about", {"value": "<b>x</b>", "format": "html"})
    assert ada.get("/item/31001/value/about") == [{"value": "<b>x</b>"}]
