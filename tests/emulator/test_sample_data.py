"""The sample data: complete, consistent, and the same each time."""

from __future__ import annotations

import json

from podio_emulator.field_types import FIELD_TYPES
from podio_emulator.ids import HOSTILE_ITEM_ID, HOSTILE_NAME, MEASUREMENT_COUNT, MEASUREMENTS_APP_ID

APPS = range(31, 39)


def items(visitor, app_id, **body):
    return visitor.call("POST", f"/item/app/{app_id}/filter/", {"limit": 20} | body).json()


def everything(visitor):
    orgs = visitor.get("/org/")
    spaces = [visitor.get(f"/space/{space['space_id']}") for org in orgs for space in org["spaces"]]
    apps = [visitor.get(f"/app/{app_id}") for app_id in APPS]
    pages = [items(visitor, app_id, limit=20) for app_id in APPS]
    comments = [
        visitor.get(f"/comment/item/{item['item_id']}/")
        for page in pages
        for item in page["items"]
        if item["comment_count"]
    ]
    return json.dumps([orgs, spaces, apps, pages, comments], ensure_ascii=False, sort_keys=True)


def test_ada_sees_two_organizations_with_four_workspaces_and_eight_apps(ada):
    orgs = ada.get("/org/")
    spaces = [space for org in orgs for space in ada.get(f"/org/{org['org_id']}/space/")]
    apps = [app for space in spaces for app in ada.get(f"/app/space/{space['space_id']}/")]
    assert (len(orgs), len(spaces), len(apps)) == (2, 4, 8)
    assert [org["spaces"] for org in orgs] == [
        [{key: space[key] for key in short} for space in spaces if space["org_id"] == org["org_id"]]
        for org in orgs
        for short in [org["spaces"][0]]
    ]


def test_grace_sees_one_of_them_and_is_forbidden_the_other(grace):
    assert [org["org_id"] for org in grace.get("/org/")] == [11]
    for path in (
        "/org/12",
        "/space/23",
        "/app/35",
        "/item/35001",
        "/comment/item/35001/",
        "/comment/7010",
        "/file/8024",
    ):
        assert grace.error("GET", path) == (403, "forbidden")
    for method in ("PUT", "DELETE"):
        assert grace.error(method, "/item/35001", {}) == (403, "forbidden")


def test_two_resets_give_the_same_data(visitor):
    visitor.sign_in()
    first = everything(visitor)
    visitor.call("PUT", "/item/31001", {"fields": {"name": "Changed"}})
    assert everything(visitor) != first
    visitor.client.post("/_emulator/reset")
    visitor.sign_in()
    assert everything(visitor) == first


def test_two_emulators_give_the_same_data_and_another_seed_other_measurements(other_emulator, clock):
    visitors = [other_emulator(clock=clock, base_url="http://emulator", **seed) for seed in ({}, {}, {"seed": 1})]
    for visitor in visitors:
        visitor.sign_in()
    pages = [items(visitor, MEASUREMENTS_APP_ID, limit=10) for visitor in visitors]
    assert pages[0] == pages[1]
    assert pages[0] != pages[2]


def test_every_type_of_field_has_a_field_and_a_value(ada):
    fields = {field["type"] for app_id in APPS for field in ada.get(f"/app/{app_id}")["fields"]}
    values = {field["type"] for app_id in APPS for item in items(ada, app_id)["items"] for field in item["fields"]}
    assert fields == set(FIELD_TYPES)
    assert values == set(FIELD_TYPES) - {"separator"}
    formats = {
        field["config"]["settings"]["format"]
        for app_id in APPS
        for field in ada.get(f"/app/{app_id}")["fields"]
        if field["type"] == "text"
    }
    assert formats == {"plain", "markdown", "html"}


def test_names_hold_entities_and_many_scripts(ada):
    text = everything(ada)
    for name in ("Research &amp; Development", "Møller", "田中 陽子", "ليلى الحربي", "🙏"):
        assert name in text


def test_one_item_is_hostile(ada):
    item = ada.get(f"/item/{HOSTILE_ITEM_ID}")
    assert item["title"] == HOSTILE_NAME
    comment = ada.get(f"/comment/item/{HOSTILE_ITEM_ID}/")[0]
    assert "<script>" in comment["value"]
    assert "<script>" not in comment["rich_value"]


def test_the_measurements_are_ten_thousand_with_ids_that_follow_from_their_numbers(ada):
    assert ada.get(f"/item/app/{MEASUREMENTS_APP_ID}/count") == {"count": MEASUREMENT_COUNT}
    for number in (1, 4711, 10_000):
        item = ada.get(f"/item/{340_000 + number}")
        assert item["app_item_id"] == number
        assert item["title"].startswith(f"M-{number:05d} ")
        assert item["external_id"] == f"measurement-{number}"


def test_a_summer_date_is_two_hours_before_utc_and_a_winter_date_one(ada):
    summer = ada.call("POST", "/item/app/37/", {"fields": {"subject": "s", "when": {"start": "2026-07-01 10:00:00"}}})
    field = ada.get(f"/item/{summer.json()['item_id']}/value")[1]
    assert field["values"][0]["start_utc"] == "2026-07-01 08:00:00"
    winter = ada.get("/item/37001/value")[1]["values"][0]
    assert (winter["start"], winter["start_utc"]) == ("2026-11-05 10:00:00", "2026-11-05 09:00:00")
    assert (winter["end"], winter["end_time_utc"]) == ("2026-11-05 12:30:00", "11:30:00")


def test_a_date_without_time_has_none_and_no_end_is_null(ada):
    launched = next(f for f in ada.get("/item/33001/value") if f["external_id"] == "launched")["values"][0]
    assert launched["start"] == "2023-08-24 00:00:00"
    assert (launched["start_date"], launched["start_time"], launched["end"]) == ("2023-08-24", None, None)


def test_files_and_thumbnails_are_served_to_those_who_may_see_them(ada, grace, visitor):
    file = ada.get("/file/8011")
    raw = ada.call("GET", file["link"])
    assert raw.content.startswith(b"\x89PNG\r\n")
    assert (raw.headers["content-type"], len(raw.content)) == ("image/png", file["size"])
    assert "filename*=UTF-8''M%C3%A5nestr%C3%A5le%20front.png" in raw.headers["content-disposition"]
    for size in ("", "/tiny", "/small", "/medium", "/badge", "/large", "/extra_large"):
        assert ada.call("GET", file["thumbnail_link"] + size).content.startswith(b"\x89PNG")
    assert ada.error("GET", "/file/8011/thumbnail/huge") == (404, "not_found")
    assert visitor.client.get("/file/8011/raw").status_code == 401
    assert visitor.client.get("/file/8011/raw", headers={"Authorization": "Bearer x"}).status_code == 401
    assert grace.error("GET", "/file/8024/raw") == (403, "forbidden")
    assert ada.call("GET", "/file/8024/raw").content.startswith(b"%PDF")


def test_peoples_pictures_need_no_token(visitor, ada):
    image = ada.get("/user/status")["profile"]["image"]
    assert visitor.client.get(f"{image['thumbnail_link']}/large").status_code == 200


def test_the_status_names_the_user(ada):
    status = ada.get("/user/status")
    assert (status["user"]["user_id"], status["user"]["mail"]) == (101, "ada@example.com")
    assert status["profile"]["name"] == "Ada Lysholm"
    assert status["push"]["channel"] == "/user/101"
    assert ada.get("/user")["user_id"] == 101
