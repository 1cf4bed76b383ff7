"""Filtering, sorting and paging."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest


def page(visitor, app_id=31, **body):
    answer = visitor.call("POST", f"/item/app/{app_id}/filter/", body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def ids(visitor, app_id=31, **body):
    return [item["item_id"] % 1000 for item in page(visitor, app_id, **body)["items"]]


def filtered_ids(visitor, filters, app_id=31):
    return sorted(ids(visitor, app_id, filters=filters))


def test_without_a_body_the_newest_thirty_come(ada):
    answer = ada.call("POST", "/item/app/34/filter/")
    assert {key: answer.json()[key] for key in ("total", "filtered")} == {"total": 10_000, "filtered": 10_000}
    assert [item["app_item_id"] for item in answer.json()["items"]] == list(range(10_000, 9_970, -1))


def test_pages_follow_one_another(ada):
    body = {"sort_by": "app_item_id", "sort_desc": False}
    pages = [page(ada, 34, limit=3, offset=offset, **body)["items"] for offset in (0, 3, 9_999, 20_000)]
    assert [[item["app_item_id"] for item in items] for items in pages] == [[1, 2, 3], [4, 5, 6], [10_000], []]


def test_at_most_five_hundred_come_at_once(ada):
    assert len(page(ada, 34, limit=500)["items"]) == 500
    assert ada.error("POST", "/item/app/34/filter/", {"limit": 501}) == (400, "invalid_value")


@pytest.mark.parametrize(
    "body",
    [
        {"limit": 0},
        {"limit": "5"},
        {"limit": True},
        {"offset": -1},
        {"offset": 1.5},
        {"sort_by": "colour"},
        {"sort_by": []},
        {"sort_desc": "yes"},
        {"filters": "x"},
    ],
)
def test_a_wrong_request_is_refused(ada, body):
    assert ada.error("POST", "/item/app/31/filter/", body) == (400, "invalid_value")


@pytest.mark.parametrize(
    "key",
    [
        "created_by",
        "created_on",
        "last_edit_by",
        "last_edit_on",
        "app_item_id",
        "item_id",
        "activity",
        "priority",
        "title",
        "like",
        "approved",
        "rsvp",
        "fivestar",
        "yesno",
        "thumbs",
    ],
)
def test_every_key_of_podio_sorts(ada, key):
    assert sorted(ids(ada, sort_by=key)) == list(range(1, 10))
    assert sorted(ids(ada, sort_by=key, sort_desc=True)) == list(range(1, 10))


def test_titles_sort_without_regard_to_capitals(ada):
    titles = [item["title"].casefold() for item in page(ada, sort_by="title")["items"]]
    assert titles == sorted(titles)


@pytest.mark.parametrize("app_id", range(31, 39))
def test_every_field_sorts_by_id_and_external_id_both_ways(ada, app_id):
    for field in ada.get(f"/app/{app_id}")["fields"]:
        up = ids(ada, app_id, sort_by=field["external_id"], limit=3)
        assert up == ids(ada, app_id, sort_by=str(field["field_id"]), limit=3)
        assert ids(ada, app_id, sort_by=field["field_id"], sort_desc=True, limit=3)


def test_items_without_a_value_come_last_either_way(ada):
    up, down = ids(ada, sort_by="yearly-revenue"), ids(ada, sort_by="yearly-revenue", sort_desc=True)
    assert up[:5] == [7, 2, 4, 1, 3]
    assert down[:5] == [3, 1, 4, 2, 7]
    assert set(up[5:]) == set(down[5:]) == {5, 6, 8, 9}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"status": [1]}, [5, 8]),
        ({"3102": [1, 2]}, [2, 5, 8, 9]),
        ({"status": 4}, [7]),
        ({"contact": [1102]}, [2, 3]),
        ({"contact": [None]}, [5, 6, 7, 8]),
        ({"yearly-revenue": {"from": 90_000, "to": "320000"}}, [2, 4]),
        ({"yearly-revenue": {"from": 400_000}}, [1, 3]),
        ({"interests": ["hotel", "café"]}, [1, 3]),
        ({"tags": ["vip"]}, [1]),
        ({"external_id": "clients-leads-4"}, [4]),
        ({"item_id": {"from": 31_008}}, [8, 9]),
        ({"app_item_id": [2, 3]}, [2, 3]),
        ({"title": ["Ångström Labs"]}, [8]),
        ({"created_by": [{"type": "user", "id": 101}]}, list(range(1, 10))),
        ({"created_by": [{"type": "user", "id": 102}]}, []),
        ({"last_edit_by": [{"type": "user", "id": 102}]}, []),
        ({"created_via": [1]}, list(range(1, 10))),
        ({"created_on": {"from": "2026-06-01", "to": "2026-06-30"}}, [1, 2]),
        ({"created_on": {"to": "2026-06-12"}}, [1]),
        ({"status": [1, 2], "contact": [1102]}, [2]),
        ([{"key": "status", "values": [1]}], [5, 8]),
    ],
)
def test_filters_select(ada, filters, expected):
    assert filtered_ids(ada, filters) == expected


@pytest.mark.parametrize(
    ("app_id", "filters", "expected"),
    [
        (32, {"client": [31_001, 31_004]}, [1, 4]),
        (32, {"lamps": [33_003]}, [1, 4]),
        (32, {"progress": {"from": 50, "to": 100}}, [3, 4]),
        (32, {"left": {"to": 0}}, [3]),
        (32, {"work-done": {"from": 100_000}}, [3]),
        (32, {"period": {"from": "2026-10-01", "to": "2026-10-31"}}, [1, 4]),
        (33, {"materials": [1]}, [1, 6]),
        (33, {"power": {"from": 12, "to": 15}}, [2, 5]),
    ],
)
def test_filters_of_other_types_select(ada, app_id, filters, expected):
    assert filtered_ids(ada, filters, app_id) == expected


@pytest.mark.parametrize(
    "filters",
    [
        {"name": "Hotel Fjord"},
        {"about": {"from": 1}},
        {"unheard-of": [1]},
        {"status": {"from": 1}},
        {"yearly-revenue": [5]},
        {"yearly-revenue": {"from": "much"}},
        {"created_on": "today"},
        {"created_on": {"from": "someday"}},
        {"created_by": [101]},
        {"tags": [5]},
        {"item_id": {"from": "x"}},
        {"phone": "+45"},
        {},
        [],
        [5],
    ],
)
def test_a_filter_that_is_of_no_use_is_ignored(ada, filters):
    assert len(filtered_ids(ada, filters)) == 9


@pytest.mark.parametrize(
    ("edges", "days"),
    [
        ({"from": "-1d", "to": "+0d"}, ("2026-11-17", "2026-11-18")),
        ({"from": "-1w"}, ("2026-11-11", "9999-12-31")),
        ({"from": "-1mr", "to": "-1mr"}, ("2026-10-01", "2026-10-31")),
        ({"from": "0yr", "to": "0yr"}, ("2026-01-01", "2026-12-31")),
        ({"from": "-1wr", "to": "-1wr"}, ("2026-11-09", "2026-11-15")),
    ],
)
def test_relative_dates_count_from_today(ada, clock, edges, days):
    clock.now = 1_795_000_000.0
    items = page(ada, 34, filters={"created_on": edges}, limit=3)
    exact = page(ada, 34, filters={"created_on": {"from": days[0], "to": days[1]}}, limit=3)
    assert items == exact


def test_other_peoples_apps_can_not_be_filtered(grace):
    assert grace.error("POST", "/item/app/35/filter/", {}) == (403, "forbidden")


@pytest.mark.parametrize(("local_days", "day"), [(False, "2026-11-18"), (True, "2026-11-19")])
def test_days_are_cut_at_utc_or_in_the_users_zone(other_emulator, local_days, day):
    now = datetime(2026, 11, 18, 23, 30, tzinfo=UTC).timestamp()
    visitor = other_emulator(clock=lambda: now, local_days=local_days)
    visitor.sign_in()
    item_id = visitor.call("POST", "/item/app/31/", {"fields": {"name": "Late"}}).json()["item_id"]
    task = {"text": "x", "due_date": day, "responsible": 101}
    assert visitor.call("POST", "/task/", task).status_code == 200
    for edge in (day, "-0d"):
        days = {"created_on": {"from": edge, "to": edge}}
        assert [item["item_id"] for item in page(visitor, filters=days)["items"]] == [item_id]
    assert visitor.get("/task/total/")["own"]["due"] == 1
    assert visitor.get("/task/summary")["today"]["total"] == 1
