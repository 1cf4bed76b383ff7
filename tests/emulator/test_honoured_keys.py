"""What keys and parameters do that change how an operation works, and not only what it stores."""

from __future__ import annotations

import pytest


def newest(visitor, path="/stream/app/31/"):
    return visitor.get(path)[0]["id"]


def inbox(visitor):
    return visitor.get("/notification/inbox/new/count")["new"]


def test_a_silent_change_notifies_nobody_and_leaves_the_streams_as_they_are(ada, grace):
    top, new = newest(ada), inbox(grace)
    other = next(entry["id"] for entry in ada.get("/stream/app/31/") if entry["id"] != top)
    assert ada.call("PUT", f"/item/{other}?silent=true", {"fields": {"status": 2}}).json()["revision"] > 0
    ada.call("POST", f"/comment/item/{other}/?silent=1", {"value": "@[Grace](user:102)"})
    ada.call("POST", "/task/item/31001/?silent=1", {"text": "x", "responsible": 102})
    assert (newest(ada), inbox(grace)) == (top, new)
    ada.call("PUT", f"/item/{other}", {"fields": {"status": 3}})
    ada.call("POST", "/task/item/31001/", {"text": "x", "responsible": 102})
    assert (newest(ada), inbox(grace)) == (other, new + 1)


def test_reading_an_item_marks_its_notifications_as_viewed_unless_requested_otherwise(ada, grace):
    ada.call("POST", "/comment/item/31001/", {"value": "@[Grace](user:102)"})
    before = inbox(grace)
    grace.get("/item/31001?mark_as_viewed=false")
    assert inbox(grace) == before
    grace.get("/item/31001")
    assert inbox(grace) == before - 1


def test_a_filter_that_is_to_be_remembered_becomes_the_last_view(ada, grace):
    body = {"sort_by": "title", "sort_desc": False, "filters": {"status": [2]}, "limit": 1}
    ada.call("POST", "/item/app/31/filter/", body)
    assert ada.get("/view/app/31/last")["sort_by"] == "created_on"
    ada.call("POST", "/item/app/31/filter/", body | {"remember": True})
    view = ada.get("/view/app/31/last")
    assert (view["sort_by"], view["sort_desc"], view["filters"]) == ("title", False, [{"key": "status", "values": [2]}])
    assert grace.get("/view/app/31/last")["filters"] == []
    # Nulls are what typed clients send for what they don't set.
    empty = {"sort_by": None, "sort_desc": None, "filters": None, "remember": True}
    assert ada.call("POST", "/item/app/31/filter/", empty).status_code == 200
    assert ada.get("/view/app/31/last")["filters"] == []


def test_fields_bundles_properties_of_the_full_item_into_a_filters_items(ada):
    item = ada.call("POST", "/item/app/31/filter/?fields=items.fields(files,comments)", {"limit": 1}).json()["items"][0]
    full = ada.get(f"/item/{item['item_id']}")
    assert (item["files"], item["comments"]) == (full["files"], full["comments"])
    assert item["fields"] == full["fields"]
    path = "/item/app/31/filter/last/?fields=items.view(micro).fields(external_id)"
    item = ada.call("POST", path, {"limit": 1}).json()["items"][0]
    assert set(item) == {"item_id", "app_item_id", "title", "link", "revision", "external_id"}


@pytest.mark.parametrize(
    "fields", ["files", "items.fields(moon)", "items.view(moon)", "items.fields(files", "x.fields(y)"]
)
def test_fields_that_can_not_be_bundled_are_refused(ada, fields):
    path = "/item/app/31/filter/"
    assert ada.error("POST", path, {}, params={"fields": fields}) == (400, "invalid_value")
    assert ada.error("GET", "/item/31001", params={"fields": "files"}) == (400, "invalid_value")


def test_items_are_filtered_by_the_key_that_they_were_last_changed_with(ada):
    before = ada.call("POST", "/item/app/31/filter/", {}).json()["total"]
    item_id = ada.call("POST", "/item/app/31/", {"fields": {"name": "By the workbench"}}).json()["item_id"]
    via = ada.get(f"/item/{item_id}")["current_revision"]["created_via"]["auth_client_id"]
    page = ada.call("POST", "/item/app/31/filter/", {"filters": {"last_edit_via": [via]}}).json()
    assert item_id in [item["item_id"] for item in page["items"]]
    assert ada.call("POST", "/item/app/31/filter/", {"filters": {"last_edit_via": [999]}}).json()["filtered"] == 0
    assert page["total"] == before + 1


def test_the_older_list_filters_by_ids_and_texts_and_refuses_what_it_can_not_filter_by(ada):
    ada.call("PUT", "/item/31001", {"external_id": "A 1"})
    for path in ("/item/app/31/", "/item/app/31/v2/"):
        assert [i["item_id"] for i in ada.get(path, params={"external_id": "A 1"})["items"]] == [31001]
        numbers = [i["app_item_id"] for i in ada.get(path, params={"app_item_id": "2;1", "sort_desc": "0"})["items"]]
        assert numbers == [1, 2]
        assert ada.error("GET", path, params={"created_on": "2026"}) == (400, "invalid_value")
        assert ada.error("GET", path, params={"item_id": "x"}) == (400, "invalid_value")


def test_a_view_and_a_body_narrow_a_filter_together(ada):
    view = {"name": "Two", "filters": {"app_item_id": {"from": 1, "to": 2}}}
    view_id = ada.call("POST", "/view/app/31/", view).json()["view_id"]
    page = ada.call("POST", f"/item/app/31/filter/{view_id}/", {"filters": {"app_item_id": {"from": 2}}}).json()
    assert [item["app_item_id"] for item in page["items"]] == [2]


def test_a_bulk_deletion_by_a_view_that_is_not_there_deletes_nothing(ada):
    before = ada.get("/item/app/31/count")
    assert ada.error("POST", "/item/app/31/delete", {"view_id": 12345}) == (404, "not_found")
    assert ada.error("POST", "/item/app/31/delete", {"item_ids": [1], "view_id": 0}) == (400, "invalid_value")
    assert ada.get("/item/app/31/count") == before


def test_a_workspaces_switches_are_kept(ada):
    space = ada.call(
        "POST", "/space/", {"org_id": 11, "name": "New", "auto_join": True, "post_on_new_app": False}
    ).json()
    path = f"/space/{space['space_id']}"
    names = ("auto_join", "post_on_new_app", "post_on_new_member")
    assert [ada.get(path)[name] for name in names] == [True, False, True]
    ada.call("PUT", path, {"post_on_new_member": False})
    assert [ada.get(path)[name] for name in names] == [True, False, False]


def test_contacts_are_users_without_the_caller_unless_more_is_wanted(ada):
    def kinds(query):
        contacts = ada.get(f"/contact/space/21/{query}")
        return {contact["type"] for contact in contacts}, 101 in [contact["user_id"] for contact in contacts]

    assert kinds("") == ({"user"}, False)
    assert kinds("?exclude_self=false") == ({"user"}, True)
    assert kinds("?exclude_self=0&contact_type=space") == ({"space"}, False)
    for both in ("", "user,space", "space, user"):
        assert kinds(f"?contact_type={both}") == ({"user", "space"}, False)
    assert ada.error("GET", "/contact/space/21/?contact_type=moon") == (400, "invalid_value")


def test_a_members_user_has_one_address_as_text(ada):
    member = ada.get("/space/21/member/102")
    assert (member["user"]["mail"], member["profile"]["mail"]) == ("grace@example.com", ["grace@example.com"])


def test_a_task_loses_its_date_by_a_null_and_takes_no_time_without_a_date(ada):
    task = ada.call("POST", "/task/", {"text": "x", "due_on": "2026-12-24 10:00"}).json()["task_id"]
    assert ada.call("PUT", f"/task/{task}", {"due_on": None}).json()["due_on"] is None
    assert ada.error("PUT", f"/task/{task}", {"due_time": "10:00"}) == (400, "invalid_value")


def test_a_task_lies_in_the_workspace_of_what_it_refers_to(ada):
    body = {"text": "x", "ref_type": "item", "ref_id": 31001}
    assert ada.call("POST", "/task/", body | {"space_id": 21}).json()["space_id"] == 21
    assert ada.error("POST", "/task/", body | {"space_id": 22}) == (400, "invalid_value")


def test_the_calendar_leaves_tasks_out_on_request(ada):
    ada.call("POST", "/task/", {"text": "x", "due_on": "2031-05-05", "responsible": 101})
    dates = "/calendar/?date_from=2031-05-01&date_to=2031-05-31"
    assert "task" in {entry["ref_type"] for entry in ada.get(dates)}
    assert "task" not in {entry["ref_type"] for entry in ada.get(f"{dates}&tasks=false")}


def test_what_many_operations_have_at_podio_is_refused_where_the_emulator_has_not(ada):
    for name, value in (("fields", "app.fields(name)"), ("alert_invite", "true")):
        assert ada.error("GET", "/app/31", params={name: value}) == (400, "invalid_value")
    assert ada.call("GET", "/app/31", params={"alert_invite": "false"}).status_code == 200


def test_a_dry_run_is_refused(ada):
    before = ada.get("/item/app/31/count")
    headers = {"X-Podio-Dry-Run": "1"}
    assert ada.error("POST", "/item/app/31/", {"fields": {"name": "x"}}, headers=headers) == (400, "invalid_value")
    assert ada.get("/item/app/31/count") == before
