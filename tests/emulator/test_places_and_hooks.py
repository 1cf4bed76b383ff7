"""Organizations, workspaces and their members, apps, hooks, the user's own settings; and an item's history."""

from __future__ import annotations

import pytest


def test_an_organization_and_a_workspace_are_made_and_seen_by_their_maker_alone(ada, grace):
    org = ada.call("POST", "/org/", {"name": "New Lamps"}).json()
    assert org["url_label"] == "new-lamps"
    space = ada.call("POST", "/space/", {"org_id": org["org_id"], "name": "All", "privacy": "closed"}).json()
    assert space["url"] == "https://podio.com/new-lamps/all"
    shown_space = ada.get(f"/space/{space['space_id']}")
    assert (shown_space["role"], shown_space["privacy"], shown_space["member_count"]) == ("admin", "closed", 1)
    assert ada.get(f"/space/url?url={space['url']}")["space_id"] == space["space_id"]
    assert grace.error("GET", f"/space/{space['space_id']}") == (403, "forbidden")
    assert grace.error("POST", "/space/", {"org_id": org["org_id"], "name": "x"}) == (403, "forbidden")
    assert ada.call("PUT", f"/space/{space['space_id']}", {"name": "Everything"}).status_code == 204
    assert ada.get(f"/space/{space['space_id']}")["name"] == "Everything"
    assert grace.error("PUT", "/space/21", {"name": "x"}) == (403, "forbidden")


def test_members_come_change_and_go(ada, grace):
    assert grace.error("POST", "/space/21/member/", {"users": [104]}) == (403, "forbidden")
    assert ada.call("POST", "/space/21/member/", {"users": [104], "role": "light"}).status_code == 204
    assert ada.get("/space/21/member/104")["role"] == "light"
    assert [entry["profile"]["user_id"] for entry in ada.get("/space/21/member/light/")] == [103, 104]
    assert ada.call("PUT", "/space/21/member/103,104", {"role": "regular"}).status_code == 204
    assert ada.call("DELETE", "/space/21/member/103,104").status_code == 204
    assert [entry["profile"]["user_id"] for entry in ada.get("/space/21/member/")] == [101, 102]
    assert ada.call("DELETE", "/space/21/member/101").json()["error"] == "last_admin"
    assert grace.call("POST", "/space/21/leave").status_code == 204
    assert grace.error("GET", "/space/21") == (403, "forbidden")


def test_an_inactive_app_is_left_out_of_the_list(ada, grace):
    assert grace.error("POST", "/app/31/deactivate") == (403, "forbidden")
    assert ada.call("POST", "/app/31/deactivate").status_code == 204
    assert 31 not in [app["app_id"] for app in ada.get("/app/space/21/")]
    apps = ada.get("/app/space/21/?include_inactive=true")
    assert next(app["status"] for app in apps if app["app_id"] == 31) == "inactive"
    ada.call("POST", "/app/31/activate")
    assert 31 in [app["app_id"] for app in ada.get("/app/")]
    assert ada.get("/app/space/21/clients-leads")["app_id"] == 31


def test_a_hook_is_active_once_its_code_came_back(ada, grace):
    hook = ada.call("POST", "/hook/app/31/", {"url": "https://a.example/hook", "type": "item.create"}).json()["hook_id"]
    assert [(entry["hook_id"], entry["status"]) for entry in ada.get("/hook/app/31/")] == [(hook, "inactive")]
    assert ada.error("POST", f"/hook/{hook}/verify/validate", {"code": "x"}) == (400, "invalid_value")
    assert ada.call("POST", f"/hook/{hook}/verify/request").status_code == 204
    (waiting,) = ada.client.get("/_emulator/hooks").json()
    assert ada.error("POST", f"/hook/{hook}/verify/validate", {"code": "x"}) == (400, "invalid_value")
    assert ada.call("POST", f"/hook/{hook}/verify/validate", {"code": waiting["code"]}).status_code == 204
    assert ada.get("/hook/app/31/")[0]["status"] == "active"
    assert grace.error("DELETE", f"/hook/{hook}") == (403, "forbidden")
    assert ada.call("DELETE", f"/hook/{hook}").status_code == 204
    assert ada.get("/hook/app/31/") == []


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/hook/app/31/", {"url": "x", "type": "item.create"}),
        ("/hook/app/31/", {"url": "https://a.example", "type": "moon"}),
        ("/hook/app_field/3102/", {"url": "https://a.example", "type": "item.create"}),
        ("/hook/item/31001/", {"url": "https://a.example", "type": "item.create"}),
    ],
)
def test_a_wrong_hook_is_refused(ada, path, body):
    assert ada.error("POST", path, body) == (400, "invalid_value")


def test_a_user_changes_what_is_theirs(ada):
    assert ada.call("PUT", "/user/profile/", {"phone": ["+45 2"], "name": "Ada L."}).status_code == 204
    assert (ada.get("/user/profile/")["name"], ada.get("/user/profile/phone")) == ("Ada L.", ["+45 2"])
    assert ada.call("PUT", "/user/", {"locale": "da_DK"}).status_code == 204
    assert ada.get("/user")["locale"] == "da_DK"
    ada.call("PUT", "/user/property/theme", {"value": "dark"})
    assert ada.get("/user/property/theme") == {"value": "dark"}
    assert ada.call("DELETE", "/user/property/theme").status_code == 204
    assert ada.error("GET", "/user/property/theme") == (404, "not_found")
    ada.call("PUT", "/user/setting/web/", {"digest": "daily"})
    assert ada.get("/user/setting/web") == {"digest": "daily"}


def test_a_link_is_made_before_an_item_refers_to_it(ada):
    embed = ada.call("POST", "/embed/", {"url": "https://lamps.example/new", "mode": "immediate"}).json()
    assert (embed["hostname"], embed["files"]) == ("lamps.example", [])
    ada.call("PUT", "/item/31001", {"fields": {"website": {"embed": embed["embed_id"]}}})
    assert ada.get("/item/31001/value/website")[0]["embed"]["url"] == "https://lamps.example/new"
    assert ada.error("POST", "/embed/", {"url": "nowhere"}) == (400, "invalid_value")


# An item's history


def test_revisions_differ_and_can_be_gone_back_to(ada):
    ada.call("PUT", "/item/31001", {"fields": {"status": 4}})
    ada.call("PUT", "/item/31001", {"fields": {"name": "Other"}})
    assert [entry["revision"] for entry in ada.get("/item/31001/revision/")] == [0, 1, 2]
    (change,) = ada.get("/item/31001/revision/0/1")
    assert (change["external_id"], change["from"][0]["value"]["id"], change["to"][0]["value"]["id"]) == ("status", 3, 4)
    assert len(ada.get("/item/31001/revision/0/2")) == 2
    assert ada.call("POST", "/item/31001/revision/0/revert_to").json() == {"revision": 3}
    assert ada.get("/item/31001/revision/0/3") == []
    assert ada.get("/item/31001")["title"] == "Hotel Fjord &amp; Spa"
    assert ada.call("DELETE", "/item/31001/revision/2").json() == {"revision": 4}
    assert ada.error("DELETE", "/item/31001/revision/0") == (400, "invalid_value")
    assert ada.error("GET", "/item/31001/revision/9") == (404, "not_found")


def test_single_fields_are_read_and_written(ada):
    assert ada.call("PUT", "/item/31001/value/status", 4).json()["revision"] == 1
    assert ada.get("/item/31001/value/3102")[0]["value"]["id"] == 4
    assert ada.call("PUT", "/item/31001/value/phone", [{"type": "work", "value": "+45 9"}]).json()["revision"] == 2
    assert ada.call("PUT", "/item/31001/value", {"name": "N", "status": 1}).json() == {"revision": 3, "title": "N"}
    assert ada.error("PUT", "/item/31001/value/status", 99) == (400, "invalid_value")
    assert ada.error("PUT", "/item/31001/value/moon", 1) == (404, "not_found")


def test_references_to_an_item_are_listed_by_app_and_field(ada):
    groups = ada.get("/item/31001/reference/")
    assert 32001 in [entry["item_id"] for group in groups for entry in group["items"]]
    field_id = groups[0]["field"]["field_id"]
    assert ada.get(f"/item/31001/reference/field/{field_id}") == groups[0]["items"]


def test_a_clone_has_the_same_values_and_a_life_of_its_own(ada):
    clone_id = ada.call("POST", "/item/31001/clone").json()["item_id"]
    clone, first = ada.get(f"/item/{clone_id}"), ada.get("/item/31001")
    assert (clone["fields"], clone["tags"]) == (first["fields"], first["tags"])
    assert (clone["revision"], clone["comments"]) == (0, [])


def test_many_items_are_deleted_at_once(ada, grace):
    answer = ada.call("POST", "/item/app/31/delete", {"item_ids": [31001, 31002, 35001]}).json()
    assert answer == {"deleted": [31001, 31002], "pending": []}
    assert ada.get("/item/app/31/count") == {"count": 7}
    assert ada.get("/item/35001")["item_id"] == 35001
    by_filter = ada.call("POST", "/item/app/31/delete", {"filters": {"item_id": {"from": 31003, "to": 31004}}}).json()
    assert sorted(by_filter["deleted"]) == [31003, 31004]
    assert ada.error("POST", "/item/app/31/delete", {}) == (400, "invalid_value")


def test_items_are_listed_without_a_filter_too(ada):
    page = ada.get("/item/app/31/?limit=2&sort_by=item_id")
    assert (page["total"], [item["item_id"] for item in page["items"]]) == (9, [31001, 31002])


def test_a_user_changes_the_locale_and_to_no_time_zone_that_the_emulator_does_not_know(ada):
    assert ada.call("PUT", "/user/", {"locale": "da_DK", "timezone": "Europe/Copenhagen"}).status_code == 204
    assert ada.get("/user/")["locale"] == "da_DK"
    assert ada.error("PUT", "/user/", {"timezone": "Asia/Tokyo"}) == (400, "invalid_value")


def test_there_are_ten_hooks_of_a_type_at_most(ada):
    hook = {"url": "https://a.example/", "type": "item.create"}
    for _ in range(10):
        assert ada.call("POST", "/hook/app/31/", hook).status_code == 200
    assert ada.error("POST", "/hook/app/31/", hook) == (400, "invalid_value")
    assert ada.call("POST", "/hook/app/31/", hook | {"type": "item.update"}).status_code == 200
    assert ada.call("POST", "/hook/app/32/", hook).status_code == 200


@pytest.mark.parametrize(("url", "status"), [("https://a.example:443/", 200), ("http://a.example:80/x", 200)])
def test_a_hooks_address_may_name_the_usual_ports(ada, url, status):
    assert ada.call("POST", "/hook/app/31/", {"url": url, "type": "item.create"}).status_code == status


@pytest.mark.parametrize("url", ["https://a.example:8443/", "http://a.example:8000/", "http://a.example:99999/"])
def test_a_hooks_address_may_name_no_other_port(ada, url):
    assert ada.error("POST", "/hook/app/31/", {"url": url, "type": "item.create"}) == (400, "invalid_value")
