"""Finding things: search, stream, tags, views, calendar, references, contacts."""

from __future__ import annotations

import pytest


def titles(results):
    return [entry["title"] for entry in results]


def test_a_search_finds_items_tasks_files_and_places_newest_first(ada):
    ada.call("POST", "/task/item/31001/", {"text": "Fjord: call back"})
    results = ada.call("POST", "/search/", {"query": "fjord"}).json()
    assert {"item", "task", "file"} <= {hit["type"] for hit in results}
    assert results[0]["title"] == "Fjord: call back"
    item = next(hit for hit in results if hit["type"] == "item" and hit["id"] == 31001)
    assert (item["app"]["app_id"], item["space"]["space_id"], item["org"]["org_id"]) == (31, 21, 11)
    only = ada.call("POST", "/search/app/31/", {"query": "fjord", "ref_type": "item"}).json()
    assert {hit["app"]["app_id"] for hit in only} == {31}
    assert ada.call("POST", "/search/space/23/", {"query": "fjord"}).json() == []


def test_a_search_gives_twenty_at_most_and_goes_on_by_offset(ada):
    first = ada.call("POST", "/search/app/34/", {"query": "m", "limit": 100}).json()
    second = ada.call("POST", "/search/app/34/", {"query": "m", "offset": 20}).json()
    assert (len(first), len(second)) == (20, 20)
    assert not {hit["id"] for hit in first} & {hit["id"] for hit in second}
    answer = ada.get("/search/app/34/v2?query=m&limit=50&counts=1")
    assert (len(answer["results"]), set(answer["counts"])) == (20, {"item", "task", "file", "app", "space"})


@pytest.mark.parametrize(
    "body", [{}, {"query": ""}, {"query": 5}, {"query": "x", "ref_type": "moon"}, {"query": "x", "limit": 0}]
)
def test_a_wrong_search_is_refused(ada, body):
    assert ada.error("POST", "/search/", body) == (400, "invalid_value")


def test_a_search_finds_nothing_of_another_organization(grace):
    assert {hit["org"]["org_id"] for hit in grace.call("POST", "/search/", {"query": "a"}).json()} == {11}
    assert grace.error("POST", "/search/space/23/", {"query": "a"}) == (403, "forbidden")


def test_the_stream_begins_with_what_was_done_last(ada, grace):
    ada.call("POST", "/comment/item/31003/", {"value": "hi"})
    status = ada.call("POST", "/item/app/35/", {"fields": {}}).status_code
    for path in ("/stream/", "/stream/org/11/", "/stream/space/21/", "/stream/app/31/", "/stream/v3/"):
        stream = grace.get(path)
        assert (stream[0]["type"], stream[0]["id"]) == ("item", 31003), path
        assert stream[0]["comments"][-1]["value"] == "hi"
        assert ("activity_groups" in stream[0]) is path.endswith("v3/")
    assert status in {200, 400}
    assert len(grace.get("/stream/?limit=3&offset=1")) == 3
    assert grace.get("/stream/item/31003")["last_update_on"] == grace.get("/stream/")[0]["last_update_on"]
    assert {entry["created_by"]["user_id"] for entry in grace.get("/stream/user/101/")} == {101}


def test_tags_are_counted_searched_and_changed(ada):
    assert {tag["text"]: tag["count"] for tag in ada.get("/tag/app/31/")}["vip"] == 1
    assert ada.call("POST", "/tag/item/31002/", ["vip", "new"]).status_code == 204
    assert ada.get("/tag/app/31/")[0] == {"text": "vip", "count": 2}
    assert ada.get("/tag/app/31/top/?limit=1") == ["vip"]
    assert [entry["id"] for entry in ada.get("/tag/space/21/search/?text=new")] == [31002]
    assert ada.call("DELETE", "/tag/item/31002/?text=new").status_code == 204
    assert ada.get("/item/31002")["tags"] == ["vip"]
    assert ada.call("PUT", "/tag/item/31002/", ["only"]).status_code == 204
    assert ada.get("/item/31002")["tags"] == ["only"]
    assert ada.error("POST", "/tag/item/31002/", {"tags": ["x"]}) == (400, "invalid_value")


def test_a_view_is_saved_and_filters_as_it_says(ada, grace):
    body = {"name": "Dormant", "filters": [{"key": "status", "values": [3]}], "sort_by": "title", "sort_desc": False}
    view_id = ada.call("POST", "/view/app/31/", body).json()["view_id"]
    view = grace.get(f"/view/{view_id}")
    assert (view["name"], view["type"], view["sort_by"], view["filters"]) == (
        "Dormant",
        "saved",
        "title",
        body["filters"],
    )
    page = grace.call("POST", f"/item/app/31/filter/{view_id}/", {"limit": 2}).json()
    assert page["filtered"] == view["items"] > 0
    assert [entry["view_id"] for entry in grace.get("/view/app/31/")] == [view_id]
    assert grace.get("/view/app/31/Dormant")["view_id"] == view_id
    assert grace.error("DELETE", f"/view/{view_id}") == (403, "forbidden")
    assert ada.call("PUT", f"/view/{view_id}", {"sort_by": "created_on"}).status_code == 204
    assert (ada.get(f"/view/{view_id}")["sort_by"], ada.get(f"/view/{view_id}")["name"]) == ("created_on", "Dormant")
    assert ada.call("DELETE", f"/view/{view_id}").status_code == 204
    assert ada.error("GET", f"/view/{view_id}") == (404, "not_found")


def test_the_last_view_is_kept_for_each_user(ada, grace):
    assert ada.call("PUT", "/view/app/31/last", {"sort_by": "title", "filters": {"status": [1]}}).status_code == 204
    assert ada.get("/view/app/31/0")["sort_by"] == ada.get("/view/app/31/last")["sort_by"] == "title"
    assert grace.get("/view/app/31/last")["sort_by"] == "created_on"


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"layout": "moon"}, {"sort_by": "moon"}, {"filters": 5}, {"private": 1}]
)
def test_a_wrong_view_is_refused(ada, wrong):
    assert ada.error("POST", "/view/app/31/", {"name": "x"} | wrong) == (400, "invalid_value")


def test_the_calendar_shows_items_with_dates_and_tasks_that_are_due(ada):
    ada.call("POST", "/task/item/32001/", {"text": "Deadline", "due_date": "2026-11-20", "responsible": 101})
    events = ada.get("/calendar/?date_from=2026-01-01&date_to=2026-12-31")
    assert {event["ref_type"] for event in events} == {"item", "task"}
    assert [event["start"] for event in events] == sorted(event["start"] for event in events)
    assert {
        event["app"]["app_id"] for event in ada.get("/calendar/app/32/?date_from=2000-01-01&date_to=2030-01-01")
    } == {32}
    for query in ("", "date_from=2026-01-01", "date_from=2026-01-02&date_to=2026-01-01"):
        assert ada.error("GET", f"/calendar/?{query}") == (400, "invalid_value")


def test_what_a_field_may_refer_to_can_be_searched(ada):
    field = next(f for f in ada.get("/app/32")["fields"] if f["external_id"] == "client")["field_id"]
    groups = ada.call(
        "POST", "/reference/search", {"target": "item_field", "target_params": {"field_id": field}, "text": "fjord"}
    ).json()
    assert [content["id"] for group in groups for content in group["contents"]] == [31001]
    assert [entry["item_id"] for entry in ada.get(f"/item/field/{field}/find?text=fjord")] == [31001]
    users = ada.call("POST", "/reference/search", {"target": "task_responsible", "text": "grace"}).json()
    assert users[0]["contents"][0]["id"] == 1102
    assert ada.error("POST", "/reference/search", {"target": "moon"}) == (400, "invalid_value")


def test_contacts_are_those_of_ones_workspaces(ada, grace):
    names = [contact["name"] for contact in grace.get("/contact/?contact_type=")]
    assert "Astrid Bækgaard" in names
    assert "佐藤 健二" not in names
    assert [contact["profile_id"] for contact in ada.get("/contact/space/21/?contact_type=space")] == [1201]
    assert ada.get("/contact/1101/v2")["name"] == "Ada Lysholm"
    assert [contact["profile_id"] for contact in ada.get("/contact/1101,1102/v2")] == [1101, 1102]
    assert ada.get("/contact/user/102")["profile_id"] == 1102


def test_a_contact_of_a_workspace_is_made_changed_and_deleted(ada):
    contact_id = ada.call("POST", "/contact/space/21/", {"name": "Nils", "mail": ["nils@a.example"]}).json()[
        "profile_id"
    ]
    assert ada.call("PUT", f"/contact/{contact_id}", {"phone": ["+45 1"]}).status_code == 204
    contact = ada.get(f"/contact/{contact_id}/v2")
    assert (contact["type"], contact["mail"], contact["phone"]) == ("space", ["nils@a.example"], ["+45 1"])
    assert ada.call("DELETE", f"/contact/{contact_id}").status_code == 204
    assert ada.error("GET", f"/contact/{contact_id}/v2") == (404, "not_found")
    assert ada.error("PUT", "/contact/1102", {"name": "x"}) == (403, "forbidden")
