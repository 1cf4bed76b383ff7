"""Apps and fields made and changed, what apps depend on; and what other makers' clients request besides."""

from __future__ import annotations

import pytest


def created_app(visitor, **body):
    config = {"name": "Lamps & more", "item_name": "Lamp"}
    answer = visitor.call("POST", "/app/", {"space_id": 21, "config": config} | body)
    assert answer.status_code == 200, answer.text
    return answer.json()["app_id"]


def refused(visitor, path, body, method="POST"):
    return visitor.error(method, path, body) == (400, "invalid_value")


def test_an_app_is_made_with_its_fields_and_takes_items(ada, grace):
    fields = [
        {"type": "text", "config": {"label": "Name", "required": True, "settings": {"format": "plain"}}},
        {"type": "category", "config": {"label": "Kind", "settings": {"options": [{"text": "A"}, {"text": "B"}]}}},
        {"type": "app", "config": {"label": "Client", "settings": {"referenced_apps": [{"app_id": 31}]}}},
    ]
    app_id = created_app(ada, fields=fields)
    app = grace.get(f"/app/{app_id}")
    assert (app["config"]["name"], app["url_label"]) == ("Lamps & more", "lamps-more")
    assert [field["external_id"] for field in app["fields"]] == ["name", "kind", "client"]
    assert app["fields"][1]["config"]["settings"]["options"][1] == {
        "id": 2,
        "text": "B",
        "status": "active",
        "color": "DCEBD8",
    }
    values = {"name": "Moon", "kind": 2, "client": 31001}
    item = ada.call("POST", f"/item/app/{app_id}/", {"fields": values}).json()["item_id"]
    assert [field["external_id"] for field in ada.get(f"/item/{item}")["fields"]] == ["name", "kind", "client"]
    assert ada.error("POST", f"/item/app/{app_id}/", {"fields": {}}) == (400, "invalid_value")


@pytest.mark.parametrize(
    "body",
    [
        {"config": {"name": "x"}},
        {"config": {"name": "x", "item_name": "y", "fivestar": True}},
        {"config": {"name": "x", "item_name": "y", "no_such_key": 1}},
        {"fields": [{"type": "moon", "config": {"label": "x"}}]},
        {"fields": [{"type": "text", "config": {"label": ""}}]},
        {"fields": [{"type": "number", "config": {"label": "x", "settings": {"decimals": "2"}}}]},
        {"fields": [{"type": "calculation", "config": {"label": "x", "settings": {"script": "now().year"}}}]},
        {"fields": [{"type": "text", "config": {"label": "x", "unique": True}}]},
        {"fields": [{"type": "text", "config": {"label": "x", "settings": {"no_such_key": 1}}}]},
        {"fields": [{"type": "app", "config": {"label": "x", "settings": {"referenceable_types": [5]}}}]},
    ],
)
def test_an_app_is_not_made_of_what_the_emulator_would_not_do(ada, body):
    before = len(ada.get("/app/space/21/"))
    assert refused(ada, "/app/", {"space_id": 21, "config": {"name": "x", "item_name": "y"}} | body)
    assert len(ada.get("/app/space/21/")) == before


def test_a_field_is_added_changed_moved_and_deleted(ada):
    added = ada.call("POST", "/app/31/field/", {"type": "number", "config": {"label": "Score", "delta": 0}}).json()
    assert ada.get("/app/31")["fields"][0]["field_id"] == added["field_id"]
    path = f"/app/31/field/{added['field_id']}"
    ada.call("PUT", "/item/31001", {"fields": {"score": 5}})
    changed = ada.call(
        "PUT", path, {"config": {"label": "Points", "description": "0 to 9", "settings": {"decimals": 2}}}
    )
    assert changed.json()["revision"] == added["revision"] + 1 == ada.get("/app/31")["current_revision"]
    config = ada.get(path)["config"]
    assert (config["label"], config["description"], config["settings"]) == ("Points", "0 to 9", {"decimals": 2})
    # The external id stays, as the values do.
    assert ada.get("/item/31001/value/score")[0]["value"] == "5.0000"
    assert ada.call("DELETE", path).status_code == 200
    assert ada.error("GET", path)[0] == 404
    assert "score" not in [field["external_id"] for field in ada.get("/item/31001")["fields"]]


def test_a_calculation_is_added_and_worked_out(ada):
    number = ada.call("POST", "/app/31/field/", {"type": "number", "label": "Score"}).json()["field_id"]
    settings = {"script": f"@[Score](field_{number}) * 2 + 1"}
    assert ada.call("POST", "/app/31/field/", {"type": "calculation", "label": "Sum", "settings": settings}).is_success
    ada.call("PUT", "/item/31001", {"fields": {"score": 5}})
    assert ada.get("/item/31001/value/sum") == [{"value": "11.0000"}]


def test_an_option_that_is_left_out_is_deleted_and_stays_with_the_items_that_have_it(ada):
    ada.call("PUT", "/item/31001", {"fields": {"status": 4}})
    options = [{"id": 1, "text": "Lead"}, {"text": "New"}]
    assert ada.call("PUT", "/app/31/field/status", {"config": {"settings": {"options": options}}}).status_code == 200
    kept_options = ada.get("/app/31/field/status")["config"]["settings"]["options"]
    assert {option["text"]: option["status"] for option in kept_options}["Dormant"] == "deleted"
    assert ada.get("/item/31001/value/status")[0]["value"]["text"] == "Dormant"
    assert ada.error("PUT", "/item/31002", {"fields": {"status": 4}}) == (400, "invalid_value")
    assert ada.call("POST", "/item/app/31/filter/", {"sort_by": "status"}).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "/app/31/field/status", {"label": "x"}),
        ("POST", "/app/31/field/", {"type": "text", "label": "x"}),
        ("DELETE", "/app/31/field/status", None),
    ],
)
def test_only_admins_change_fields(grace, method, path, body):
    assert grace.error(method, path, body) == (403, "forbidden")


def test_what_apps_depend_on_is_found_over_all_steps(ada):
    answer = ada.get("/app/32/dependencies/")
    assert answer["dependencies"]["32"] == [31, 33]
    assert {app["app_id"] for app in answer["apps"]} == {int(app_id) for app_id in answer["dependencies"]}
    assert set(ada.get("/space/21/dependencies/")["dependencies"]) >= {"31", "32"}


def test_a_view_is_made_the_apps_default_until_it_is_deleted(ada):
    view_id = ada.call("POST", "/view/app/31/", {"name": "Mine"}).json()["view_id"]
    assert ada.get("/app/31")["default_view_id"] is None
    assert ada.call("POST", f"/view/{view_id}/default").status_code == 204
    assert ada.get("/app/31")["default_view_id"] == view_id
    ada.call("DELETE", f"/view/{view_id}")
    assert ada.get("/app/31")["default_view_id"] is None


def test_version_2_of_values_is_an_operation_and_no_field(ada):
    assert ada.get("/item/31001/value/v2") == ada.get("/item/31001/value")
    field = ada.get("/item/31001/value/status/v2")
    assert (field["external_id"], field["values"]) == ("status", ada.get("/item/31001/value/status"))
    ada.call("PUT", "/item/31001", {"fields": {"status": []}})
    assert ada.get("/item/31001/value/status/v2")["values"] == []
    assert ada.error("GET", "/item/31001/value/moon/v2")[0] == 404


def test_an_item_keeps_what_it_refers_to(ada):
    item = ada.call("POST", "/item/app/31/", {"fields": {"name": "x"}, "ref": {"type": "item", "id": 31001}}).json()
    path = f"/item/{item['item_id']}"
    assert (ada.get(path)["ref"]["type"], ada.get(path)["ref"]["id"]) == ("item", 31001)
    assert ada.call("PUT", f"{path}/ref", {"type": "app", "id": 31}).status_code == 204
    assert ada.get(path)["ref"]["type"] == "app"
    assert ada.call("DELETE", f"{path}/ref").status_code == 204
    assert ada.get(path)["ref"] is None
    assert ada.error("PUT", path, {"ref": {"type": "item", "id": 5}})[0] == 404
    assert ada.error("PUT", path, {"ref": {"type": "moon", "id": 5}}) == (400, "invalid_value")


def test_a_tasks_due_date_is_changed_by_itself(ada):
    task = ada.call("POST", "/task/", {"text": "x"}).json()["task_id"]
    assert ada.call("PUT", f"/task/{task}/due_date", {"due_date": "2027-01-02"}).status_code == 204
    assert ada.get(f"/task/{task}")["due_date"] == "2027-01-02"
